"""Conversations of several rounds: what is sent back, and what the whole of them comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import BaseModel

from tests.integration.models.all_cases import CASES
from tests.integration.models.asking import Noted, a_line, clients_at
from tests.integration.models.cases import Case, play, usage
from tests.standins.cassette_player import Player, exchanges, playing
from tools.models.base import Tool
from tools.models.live.asked import Asked, Listener, ToolResult, Turn
from tools.models.live.model import LiveModel

MEXICO = {"city": "Mexico City", "country": "Mexico"}
LONDON = {"city": "London", "date": "2022-01-01", "temperature": "30°C"}


@dataclass(frozen=True)
class Words:
    text: str
    system: str = ""
    digest: str = ""


class Nothing(BaseModel):
    pass


def case_of(file: str, first: int = 0) -> Case:
    return next(case for case in CASES if (case.file, case.first) == (file, first))


async def bodies(file: str) -> list[Any]:
    async with playing(file) as player:
        await play(case_of(file), player)
        return player.bodies()


@pytest.mark.parametrize(
    ("file", "content", "took"),
    [
        ("openai/chat_tool_output.yaml", MEXICO, (157, 48, 0, 0)),
        ("openai/chat_json_schema_after_tool.yaml", MEXICO, (163, 27, 0, 0)),
        ("openai/responses_json_schema.yaml", MEXICO, (155, 28, 0, 0)),
        ("google/generate_structured_tool.yaml", LONDON, (160, 35, 0, 0)),
    ],
)
async def test_the_loop_runs_the_tool_and_comes_to_the_content(file: str, content: Any, took: Any):
    case, ran, booking = case_of(file), list[Mapping[str, Any]](), Noted()

    async def run(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        ran.append(arguments)
        return case.results

    (name,) = case.tools
    tool = Tool(name=name, description="", parameters={"type": "object", "properties": {}}, run=run)
    async with playing(file) as player:
        clients = clients_at(player.url)
        answer = await LiveModel(a_line(case.card, clients)).answer(
            Words(case.text, case.system), output=case.shape or Nothing, input=Nothing(), temperature=0.5,
            max_tokens=100, tools=[tool], booking=booking,
        )  # fmt: skip
        await clients.close()

    assert (answer.content, answer.wrong, answer.usage) == (content, "", usage(took))
    assert len(ran) == 1
    assert [ended.outcome for ended in booking.ended] == ["done", "done"]


async def test_thought_signatures_of_gemini_go_back_as_they_came():
    (came,) = [one for one in exchanges("google/stream_tool_thought_signature.yaml")[:1]]
    signature = came.body.decode().partition('"thoughtSignature": "')[2].partition('"')[0]

    _, second = await bodies("google/stream_tool_thought_signature.yaml")

    parts = second["contents"][1]["parts"]
    (sent,) = [part["thoughtSignature"] for part in parts if "functionCall" in part]
    assert len(signature) > 1000
    assert sent.translate(str.maketrans("-_", "+/")) == signature


async def test_results_of_gemini_name_their_function():
    *_, last = await bodies("google/tool_retry.yaml")

    parts = [part for content in last["contents"] for part in content["parts"]]
    answered = [part["functionResponse"]["name"] for part in parts if "functionResponse" in part]
    assert answered == ["get_capital", "get_capital"]
    assert all("thoughtSignature" in part for part in parts if "functionCall" in part)


async def test_results_of_openai_name_the_call_they_answer():
    _, chat = await bodies("openai/chat_stream_text.yaml")
    _, responses = await bodies("openai/responses_stream.yaml")
    _, plain = await bodies("deepseek/responses_function_tool.yaml")

    assert chat["messages"][1]["tool_calls"][0]["id"] == chat["messages"][2]["tool_call_id"]
    assert chat["messages"][2] == {
        "role": "tool", "content": "London", "tool_call_id": "call_ZR5UUuTt3pf61kjwAJIYdVMj",
    }  # fmt: skip
    assert calls_in(responses) == ["call_kL0PCQV7M2WMoVX8V8OtYSAL"] * 2
    assert calls_in(plain) == ["call_00_iD0U8IMtyIljI0ET7GLz1318"] * 2


def calls_in(sent: Any) -> list[str]:
    return [one["call_id"] for one in sent["input"] if "call_id" in one]


async def test_reasoning_of_the_responses_api_goes_back_before_its_call():
    _, second = await bodies("deepseek/responses_function_tool.yaml")

    kinds = [one["type"] for one in second["input"]]
    assert kinds[1:] == ["reasoning", "function_call", "function_call_output"]
    assert second["input"][1]["content"][0]["text"].startswith("The user asks for the temperature")


async def test_reasoning_of_deepseek_goes_back_with_its_call():
    file = "deepseek/chat_tool_call_stream.chunks.txt"
    case, twice = case_of(file), Player(exchanges(file) * 2)
    await twice.server.start()
    clients = clients_at(twice.url)
    line = a_line(case.card, clients)
    try:
        reply = await line.ask(asked(), Noted(), Listener())
        turn = Turn(reply=reply, results=(ToolResult(call=reply.tool_calls[0], text="{}"),))
        await line.ask(asked(turn), Noted(), Listener())
    finally:
        await clients.close()
        await twice.server.stop()

    _, assistant, result = twice.bodies()[1]["messages"]
    assert assistant["reasoning_content"] == reply.thoughts != ""
    assert assistant["tool_calls"][0]["id"] == result["tool_call_id"] == "call_00_ioIn7yN9p1ZOMNpDLwd4MgAF"


def asked(*turns: Turn) -> Asked:
    return Asked(system="", text="The weather in San Francisco.", max_tokens=100, turns=turns)
