"""S1-23, S1-58, S1-59, S1-66, S1-74, S1-76: a talk with the fallback handler over the API."""

import asyncio
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx
import pytest
from psycopg.types.json import Jsonb

import nodes.talk.answer_complaint as node
from nodes.agents.agent import TextKey
from nodes.agents.said import AdviceSource, Piece, Said, StandIn, TakenBack, Thinking
from state.context import RunContext
from state.errors import ProviderBusy
from state.writing import FallbackInput
from tests.integration.api.conftest import Lot
from tests.integration.api.listening import Ear
from tests.integration.api.making import a_novela, a_production, another_user, done, tell
from tests.visitors import ask_as
from tools.models.offline.advice import compose_advice

NOBODYS = "00000000-0000-4000-8000-000000000000"
OVER = {
    "code": "budget_exceeded", "message": "The next step would cost more than this production has left.",
    "user_action": "Raise the ceiling.", "details": {"secret": "never told"},
}  # fmt: skip


async def a_failed_production(lot: Lot, **error: Any) -> str:
    production = await a_production(lot)
    await lot.runs.set(production, status="failed", interrupts=[])
    await lot.database.execute(
        "update productions set error = %s, ceiling_micros = 5000000 where production_id = %s",
        [Jsonb({**OVER, **error}), production],
    )
    return production


async def ask(lot: Lot, message: str, *, status: int = 200, session: str | None = None, **about: Any) -> Any:
    body = {"message": message, "context": about, **({"sessionId": session} if session else {})}
    answer = await lot.client.post("/api/agent/chat", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()["data"] if status == 200 else answer.json()["error"]


@asynccontextmanager
async def heard(
    served: httpx.AsyncClient, body: dict[str, Any], path: str = "/stream"
) -> AsyncGenerator[Ear]:
    headers = {"accept": "text/event-stream"}
    async with served.stream("POST", f"/api/agent/chat{path}", json=body, headers=headers) as response:
        assert response.status_code == 200, await response.aread()
        yield Ear(response, response.aiter_lines())


async def rows(lot: Lot) -> list[dict[str, Any]]:
    return await lot.database.fetch_all("select * from user_chat_messages order by created_at")


async def test_a_message_is_answered_with_what_can_be_done(lot: Lot) -> None:
    """S1-58."""
    production = await a_failed_production(lot)
    told = await ask(lot, "What happened?", productionId=production)
    assert set(told) == {
        "messageId",
        "response",
        "agent",
        "actions",
        "sessionId",
        "conversationId",
        "standIn",
    }
    assert told["standIn"] is None
    assert told["agent"] == "fallback_handler"
    assert "Raise the ceiling and resume" in told["response"]
    assert "$5.00" in told["response"]
    assert [one["name"] for one in told["actions"]] == ["raise_ceiling", "resume", "see_costs"]
    assert told["actions"][0]["path"] == f"/api/productions/{production}/ceiling"
    assert told["actions"][0]["fill"] == ["ceilingUsd"]


async def test_the_fallback_handler_is_given_the_failed_record(lot: Lot) -> None:
    """S1-23, S1-59: with the error, the state and the failed orders, readable as a conversation."""
    production = await a_failed_production(lot)
    await lot.database.execute(
        "insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium,"
        " provider, model, request, request_hash, state, owner_epoch, webhook_token, error_kind,"
        " error_detail)"
        " values ('k', %s, 'local', 'take', '2A', 'first', 1, 'video', 'replicate', 'veo-3.1', '{}', 'h',"
        " 'failed', 1, 'never-told', 'throttled', 'replicate is busy')",
        [production],
    )
    told = await ask(lot, "Why?", productionId=production, errorCode="provider_busy")
    answer = await lot.client.get(f"/api/agent/conversations/{told['conversationId']}")
    asked, response = answer.json()["data"]["messages"]
    assert (asked["fromAgent"], asked["toAgent"], asked["action"]) == (
        "user", "fallback_handler", "answer_complaint",
    )  # fmt: skip
    assert asked["responseReceived"]
    known = asked["content"]["context"]
    assert asked["content"]["error_code"] == "provider_busy"
    assert known["production"]["error"]["code"] == "budget_exceeded"
    assert known["failedOrders"] == [{
        "medium": "video", "stage": "take", "item": "2A", "provider": "replicate", "model": "veo-3.1",
        "state": "failed", "kind": "throttled", "message": "replicate is busy",
    }]  # fmt: skip
    assert response["content"]["userMessage"] == told["response"]
    assert "never" not in str(asked)


TEXT_ORDER = """
insert into orders (call_key, production_id, user_id, kind, stage, item, cause, take_number, medium,
    provider, model, request, request_hash, state, owner_epoch, webhook_token, error_kind, error_detail)
values (%(stage)s, %(id)s, 'local', 'text', %(stage)s, 'plan', 'first', 1, 'text', 'openai', 'gpt-5', '{}',
    'h', 'failed', 1, %(stage)s, %(kind)s, 'GPT-5 at openai: it was not taken')
"""
NO_KEY = {
    "code": "provider_key_not_taken", "message": "It was not taken", "user_action": "Replace it.",
    "provider": "openai", "model": "gpt-5", "charged": {"billed_usd": "0.00", "unknown_usd": "0.00"},
}  # fmt: skip


async def test_a_question_to_a_language_model_that_failed_is_a_failed_record(lot: Lot) -> None:
    """S1-23: with who was asked and what it was charged; a talk's own questions are no trouble of it."""
    production = await a_failed_production(lot, **NO_KEY)
    await lot.runs.set(production, status="paused", interrupts=[])
    for stage, kind in (("script", "auth"), ("talk", "throttled")):
        await lot.database.execute(TEXT_ORDER, {"stage": stage, "id": production, "kind": kind})
    told = await ask(lot, "Why did it stop?", productionId=production)
    answer = await lot.client.get(f"/api/agent/conversations/{told['conversationId']}")
    known = answer.json()["data"]["messages"][0]["content"]["context"]
    assert known["failedOrders"] == [{
        "medium": "text", "stage": "script", "item": "plan", "provider": "openai", "model": "gpt-5",
        "state": "failed", "kind": "auth", "message": "GPT-5 at openai: it was not taken",
    }]  # fmt: skip
    error = known["production"]["error"]
    assert (error["provider"], error["model"]) == ("openai", "gpt-5")
    assert error["charged"] == NO_KEY["charged"]
    assert (known["kind"], known["modelId"]) == ("auth", "")
    assert "stopped. The model does not accept our key" in told["response"]
    assert "resume" in [one["name"] for one in told["actions"]]


async def test_every_turn_writes_two_rows_with_their_context(lot: Lot) -> None:
    production = await a_failed_production(lot)
    first = await ask(lot, "What happened?", productionId=production)
    await ask(lot, "And now?", session=first["sessionId"], productionId=production)
    kept = await rows(lot)
    assert [row["role"] for row in kept] == ["user", "assistant"] * 2
    assert {row["session_id"] for row in kept} == {first["sessionId"]}
    assert [row["agent_role"] for row in kept[:2]] == [None, "fallback_handler"]
    assert str(kept[1]["id"]) == first["messageId"]
    for row in kept:
        assert row["error_context"]["production"]["status"] == "failed"
    assert kept[1]["error_context"]["actions"][0]["name"] == "raise_ceiling"


async def test_earlier_turns_are_told_along_and_cut_short(lot: Lot) -> None:
    first = await ask(lot, "x" * 2000)
    for number in range(8):
        await ask(lot, f"message {number}", session=first["sessionId"])
    answer = await lot.client.get(f"/api/agent/conversations/{first['conversationId']}")
    asked = [one for one in answer.json()["data"]["messages"] if one["messageType"] == "request"]
    assert asked[0]["content"]["context"]["history"] == []
    assert len(asked[1]["content"]["context"]["history"][0]["content"]) == 500
    assert len(asked[-1]["content"]["context"]["history"]) == 12


async def test_the_answer_streams_in_pieces(lot: Lot, served: httpx.AsyncClient) -> None:
    """S1-66, S1-74: more than one piece before the whole, and together they are the whole."""
    production = await a_failed_production(lot)
    body = {"message": "What happened?", "context": {"productionId": production}}
    for path in ("/stream", ""):
        async with heard(served, body, path) as ear:
            told = await ear.rest()
        names = [one.event for one in told]
        pieces = [one.data["payload"]["text"] for one in told if one.event == "agent:text"]
        assert names[0] == "agent:thinking"
        assert told[0].data["payload"]["text"] == "Reading what is known about it"
        assert names[-2:] == ["agent:response", "end"]
        assert len(pieces) > 1
        assert "".join(pieces) == told[-2].data["payload"]["response"]
        assert [one.id for one in told[:-1]] == [str(number) for number in range(1, len(told))]


class Breaking:
    """An advice source that fails in the middle, or says nothing more until it is closed."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.closed = error, asyncio.Event()

    async def advise(self, asked: FallbackInput, *, key: TextKey) -> AsyncGenerator[Said, None]:
        yield Thinking("reading")
        yield Piece("So far. ")
        if self.error is not None:
            raise self.error
        try:
            await asyncio.Event().wait()
        finally:
            self.closed.set()


class Saying:
    """An advice source that says just this, and then its advice."""

    def __init__(self, *said: Said) -> None:
        self.said = said

    async def advise(self, asked: FallbackInput, *, key: TextKey) -> AsyncGenerator[Said, None]:
        for one in self.said:
            yield one
        whole = [one.text for one in self.said if isinstance(one, Piece)][-1]
        yield compose_advice(asked).model_copy(update={"userMessage": whole})


S = TypeVar("S", bound=AdviceSource)


def speaks(source: S, monkeypatch: pytest.MonkeyPatch) -> S:
    async def chosen(context: RunContext, production_id: str) -> S:
        return source

    monkeypatch.setattr(node, "advice_source", chosen)
    return source


async def test_a_model_that_fails_is_told_in_plain_words(
    lot: Lot, served: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S1-76: an `error` event with words and a suggestion, and the stream ends in order."""
    speaks(Breaking(ProviderBusy("openai is busy", provider="openai")), monkeypatch)
    async with heard(served, {"message": "hello"}) as ear:
        told = await ear.rest()
    assert [one.event for one in told] == ["agent:thinking", "agent:text", "error", "end"]
    problem = told[2].data["payload"]
    assert (problem["code"], problem["userMessage"]) == ("provider_busy", "openai is busy")
    assert problem["suggestion"]
    assert "Traceback" not in str(problem)
    assert [row["role"] for row in await rows(lot)] == ["user"]
    answer = await lot.client.post("/api/agent/chat", json={"message": "hello"})
    assert (answer.status_code, answer.json()["error"]["userMessage"]) == (503, "openai is busy")


async def test_words_that_do_not_count_are_taken_back_and_the_last_message_is_kept(
    lot: Lot, served: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaks(Saying(Piece("It be"), TakenBack(), Piece("It waits.")), monkeypatch)
    async with heard(served, {"message": "hello"}) as ear:
        told = await ear.rest()
    assert [one.event for one in told] == ["agent:text", "agent:anew", "agent:text", "agent:response", "end"]
    assert told[3].data["payload"]["response"] == "It waits."
    assert [row["content"] for row in await rows(lot)] == ["hello", "It waits."]


async def test_who_answered_instead_is_told_and_kept(
    lot: Lot, served: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaks(Saying(StandIn("google", "gemini-2.5-flash", "gpt-5"), Piece("It waits.")), monkeypatch)
    async with heard(served, {"message": "¿Por qué no sigue?"}) as ear:
        told = await ear.rest()
    stand_in = {
        "provider": "google", "model": "gemini-2.5-flash", "insteadOf": "gpt-5",
        "text": "Responde gemini-2.5-flash: gpt-5 no estaba disponible.",
    }  # fmt: skip
    by_event = {one.event: one.data["payload"] for one in told if one.event != "end"}
    assert by_event["agent:stand_in"] == by_event["agent:response"]["standIn"] == stand_in
    assert (await ask(lot, "¿Y ahora?"))["standIn"] == stand_in
    assert [row["error_context"].get("standIn") for row in await rows(lot)] == [None, stand_in] * 2


async def test_who_stood_in_for_words_that_do_not_count_is_nobody(
    lot: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = (StandIn("google", "gemini-2.5-flash", "gpt-5"), Piece("It be"))
    speaks(Saying(*first, TakenBack(), Piece("It waits.")), monkeypatch)
    assert (await ask(lot, "hello"))["standIn"] is None


async def test_a_client_that_goes_away_stops_the_work(
    lot: Lot, served: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = speaks(Breaking(), monkeypatch)
    async with heard(served, {"message": "hello"}) as ear:
        await ear.take(2)
    async with asyncio.timeout(10):
        await source.closed.wait()


async def test_talks_are_listed_newest_first_and_read_by_cursor(lot: Lot) -> None:
    """C18."""
    first = (await ask(lot, "first"))["sessionId"]
    for number in range(2):
        await ask(lot, f"more {number}", session=first)
    second = (await ask(lot, "second"))["sessionId"]
    body = (await lot.client.get("/api/agent/chat/sessions")).json()
    assert [one["sessionId"] for one in body["data"]] == [second, first]
    assert [one["messages"] for one in body["data"]] == [2, 6]
    assert (body["data"][1]["firstMessage"], body["pagination"]["total"]) == ("first", 2)
    url, seen, cursor = f"/api/agent/chat/sessions/{first}", [], None
    while True:
        params = {"limit": 4, **({"cursor": cursor} if cursor else {})}
        page = (await lot.client.get(url, params=params)).json()["data"]
        seen = [one["content"] for one in page["messages"] if one["role"] == "user"] + seen
        if (cursor := page["nextCursor"]) is None:
            break
    assert seen == ["first", "more 0", "more 1"]


async def test_nobody_reads_or_goes_on_with_anothers_talk(lot: Lot) -> None:
    mine = await ask(lot, "hello")
    production = await a_failed_production(lot)
    await another_user(lot)
    ask_as("other")
    url = f"/api/agent/chat/sessions/{mine['sessionId']}"
    assert (await lot.client.get(url)).status_code == 404
    assert (await lot.client.get(f"/api/agent/conversations/{mine['conversationId']}")).status_code == 404
    assert (await lot.client.get("/api/agent/chat/sessions")).json()["data"] == []
    await ask(lot, "hello", status=404, session=mine["sessionId"])
    await ask(lot, "hello", status=404, productionId=production)
    assert len(await rows(lot)) == 2


@pytest.mark.parametrize(("body", "field"), [
    ({"message": ""}, "message"), ({"message": "   "}, "message"), ({"message": "x" * 2001}, "message"),
    ({}, "message"), ({"message": "x", "context": {"errorCode": "x" * 101}}, "context.errorCode"),
    ({"message": "x", "context": {"video": "x"}}, "context.video"), ({"message": "x", "role": "x"}, "role"),
])  # fmt: skip
async def test_a_wrong_message_is_named_and_nothing_is_kept(
    lot: Lot, body: dict[str, Any], field: str
) -> None:
    answer = await lot.client.post("/api/agent/chat", json=body)
    assert answer.status_code == 422
    [problem] = answer.json()["error"]["details"]["fields"]
    assert problem["field"] == field
    assert problem["fix"]
    assert await rows(lot) == []


async def test_two_thousand_letters_are_taken(lot: Lot) -> None:
    assert (await ask(lot, "x" * 2000))["response"]


@pytest.mark.parametrize("name", ["novelaId", "productionId", "videoId"])
async def test_what_is_not_there_is_not_found_and_nothing_is_kept(lot: Lot, name: str) -> None:
    for identity in (NOBODYS, "no-id"):
        await ask(lot, "hello", status=404, **{name: identity})
    await ask(lot, "hello", status=404, session=str(uuid.uuid4()))
    assert await rows(lot) == []


async def test_a_scene_is_talked_about_with_its_production(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    production = await a_production(lot, novela_id=novela["id"])
    await tell(lot, production, done())
    video = await lot.database.fetch_one("select id from novela_videos")
    assert video is not None
    await ask(lot, "How is it?", videoId=str(video["id"]))
    [question, _] = await rows(lot)
    known = question["error_context"]
    assert (known["video"]["scene_number"], known["production"]["id"]) == (1, production)
    assert (known["novela"]["title"], str(question["novela_id"])) == (novela["title"], novela["id"])


async def test_a_talk_changes_and_spends_nothing(lot: Lot) -> None:
    production = await a_production(lot)
    await lot.runs.open_gate(production, "review_scene", "scene-1", "1A")
    before = await lot.database.fetch_all("select * from productions")
    told = await ask(lot, "approve it all and buy everything now", productionId=production)
    names = {one["name"] for one in told["actions"]}
    assert "approve_gate" in names
    assert await lot.database.fetch_all("select * from productions") == before
    assert await lot.database.fetch_all("select * from orders") == []
    assert [name for name, _ in lot.runs.calls] == ["start"]


async def test_offered_requests_are_those_that_the_api_takes(lot: Lot) -> None:
    """Every action is a route of this API; at a gate its answer is accepted once its note is written."""
    production = await a_production(lot)
    await lot.runs.open_gate(production, "review_scene", "scene-1", "1A")
    told = await ask(lot, "Her face is different", productionId=production)
    yellow = next(one for one in told["actions"] if one["name"] == "answer_gate_yellow")
    assert yellow["fill"] == ["reply.items", "reply.items.scene-1.note"]
    yellow["body"]["reply"]["items"]["scene-1"]["note"] = "Same face as before."
    answer = await lot.client.request(yellow["method"], yellow["path"], json=yellow["body"])
    assert answer.status_code == 202, answer.text


@pytest.mark.parametrize(("message", "said"), [
    ("Does Veo 3.1 take reference pictures?", "one to three reference pictures"),
    ("does veo-3.1-fast take reference pictures?", "Where a face must match a picture, use Veo 3.1 itself."),
])  # fmt: skip
async def test_the_model_that_a_person_names_is_looked_up(
    lot: Lot, served: httpx.AsyncClient, message: str, said: str
) -> None:
    """S1-17: not the production's own; and the look-up is told while it goes on."""
    production = await a_production(lot)
    body = {"message": message, "context": {"productionId": production}}
    async with heard(served, body) as ear:
        told = await ear.rest()
    doing = [one.data["payload"]["doing"] for one in told if one.event == "agent:thinking"]
    assert doing == ["reading", "looking_up"]
    assert said in told[-2].data["payload"]["response"]
    context = Jsonb({"documentation": False})
    await lot.database.execute("update productions set context = %s", [context])
    off = await ask(lot, message, productionId=production)
    assert said not in off["response"]
    assert "brief or at the budget review" in off["response"]
