"""Recordings played to the SDKs as they are."""

import openai
import pytest
from google import genai
from google.genai import errors, types
from langchain_deepseek import ChatDeepSeek
from langchain_openai import ChatOpenAI

from tests.standins.cassette_player import BODIES, CASSETTES, exchanges, playing, playing_apart

HELLO = [{"role": "user", "content": "Hello"}]


def gpt(player, lines, **more):
    return openai.AsyncOpenAI(
        base_url=f"{player.url}/v1", api_key="any", http_client=lines, max_retries=0, **more
    )


async def test_what_is_sent_is_kept_and_what_was_recorded_comes(lines):
    async with playing("openai/chat_gpt5_plain.yaml") as player:
        model = ChatOpenAI(model="gpt-5", base_url=f"{player.url}/v1", api_key="any", http_async_client=lines)
        answer = await model.ainvoke("What is the capital of France?")
        assert (answer.text, answer.usage_metadata["output_tokens"]) == ("Paris.", 11)
        recorded = exchanges("openai/chat_gpt5_plain.yaml")[0]
        assert player.bodies()[0]["messages"] == [
            {"content": "What is the capital of France?", "role": "user"}
        ]
        assert (player.left, player.sent[0].path, recorded.status) == ([], recorded.path, 200)


async def test_exchanges_come_in_order_and_then_no_more(lines):
    async with playing("openai/chat_stream_text.yaml") as player:
        client = gpt(player, lines)
        for wanted in "tool_calls", "stop":
            stream = await client.chat.completions.create(model="gpt-4o-mini", messages=HELLO, stream=True)
            finishes = [chunk.choices[0].finish_reason async for chunk in stream if chunk.choices]
            assert finishes[-1] == wanted
        with pytest.raises(openai.InternalServerError, match="not recorded: POST"):
            await client.chat.completions.create(model="gpt-4o-mini", messages=HELLO)
        assert len(player.missed) == 1


async def test_bodies_without_a_request_are_played_where_they_belong(lines):
    async with playing("openai/chat_stream_raw_chunks.txt") as player:
        stream = await gpt(player, lines).chat.completions.create(model="x", messages=HELLO, stream=True)
        chunks = [chunk async for chunk in stream]
        assert chunks[-1].usage.completion_tokens == 300
    async with playing("openai/responses_stream_error_quota.chunks.txt") as player:
        with pytest.raises(openai.APIError, match="quota"):
            async for _ in await gpt(player, lines).responses.create(model="x", input="x", stream=True):
                pass
    async with playing("openai/quoted_errors.json", "gpt5_temperature") as player:
        with pytest.raises(openai.BadRequestError, match=r"does not support 0\.5"):
            await gpt(player, lines).chat.completions.create(model="x", messages=HELLO)


async def test_deepseek_thinks_on_the_recording(lines):
    async with playing("deepseek/chat_reasoner.yaml") as player:
        model = ChatDeepSeek(
            model="deepseek-reasoner", api_base=player.url, api_key="any", http_async_client=lines
        )
        assert "traffic" in (await model.ainvoke("Hello")).additional_kwargs["reasoning_content"]


def test_blocking_clients_and_google():
    with playing_apart("google/stream_text.yaml") as player, google(player) as client:
        said = client.models.generate_content_stream(model="gemini-2.0-flash-exp", contents="Hello")
        assert "".join(event.text for event in said) == "The capital of France is Paris.\n"
    with playing_apart("google/error_429_retry_info.json") as player, google(player) as client:
        with pytest.raises(errors.ClientError) as no:
            client.models.generate_content(model="gemini-2.5-flash", contents="Hello")
        assert no.value.code == 429


def google(player):
    return genai.Client(api_key="any", http_options=types.HttpOptions(base_url=player.url))


def test_every_cassette_can_be_played():
    for file in CASSETTES.glob("*/*"):
        name = file.relative_to(CASSETTES).as_posix()
        assert file.suffix == ".yaml" or name in BODIES, name
        assert file.name.startswith("quoted") or exchanges(name), name
