"""Failures that come inside an answer of 200, as vendors document them and nobody has recorded."""

import json
from typing import Any

import pytest

from state.errors import ProviderBusy, ProviderError, ProviderTimeout
from tests.integration.models.asking import a_card
from tests.integration.models.cases import Case, Said, play
from tests.standins.cassette_player import CHAT, RESPONSES, Exchange, Player
from tests.standins.model_vendors.wire import EVENTS, JSON
from tools.models.base import TextEnd

BEGUN: dict[str, Any] = {
    "id": "resp_1", "object": "response", "created_at": 1, "model": "gpt-5", "output": [],
    "parallel_tool_calls": True, "tool_choice": "auto", "tools": [], "temperature": 1, "top_p": 1,
    "metadata": {}, "instructions": None, "usage": None, "incomplete_details": None, "error": None,
    "status": "in_progress",
}  # fmt: skip
SORRY = {"code": "server_error", "message": "Sorry."}
FAILED = {**BEGUN, "status": "failed", "error": SORRY}
CREATED = {"type": "response.created", "sequence_number": 0, "response": BEGUN}
OVER = {"type": "response.failed", "sequence_number": 1, "response": FAILED}
SLOW = {
    "type": "error",
    "sequence_number": 1,
    "code": "rate_limit_exceeded",
    "message": "Slow.",
    "param": None,
}


def stream(*events: dict[str, Any]) -> bytes:
    return "".join(f"event: {one['type']}\ndata: {json.dumps(one)}\n\n" for one in events).encode()


async def asked(path: str, body: bytes, *, streams: bool) -> tuple[Any, list[TextEnd]]:
    player = Player([Exchange("POST", path, "", "", 200, EVENTS if streams else JSON, body)])
    card = a_card(vendor="gpt-5", api="responses" if path == RESPONSES else "chat", streams=streams)
    await player.server.start()
    try:
        (came,), booking = await play(
            Case(file="", card=card, text="Hello", expects=(Said(took=(0, 0, 0, 0)),)), player
        )
    finally:
        await player.server.stop()
    return came, booking.ended


@pytest.mark.parametrize(
    ("path", "body", "streams", "error", "kind", "says"),
    [
        (RESPONSES, stream(CREATED, OVER), True, ProviderTimeout, "ambiguous", "Sorry."),
        (RESPONSES, stream(CREATED, SLOW), True, ProviderBusy, "throttled", "Slow."),
        (RESPONSES, stream(SLOW), True, ProviderBusy, "throttled", "Slow."),
        (RESPONSES, json.dumps(FAILED).encode(), False, ProviderTimeout, "ambiguous", "Sorry."),
        (CHAT, json.dumps({"error": SORRY}).encode(), False, ProviderTimeout, "ambiguous", "Sorry."),
    ],
)
async def test_it_is_told_by_its_kind(
    path: str, body: bytes, streams: bool, error: type[ProviderError], kind: str, says: str
):
    came, ended = await asked(path, body, streams=streams)

    assert type(came) is error
    assert (came.kind, came.message) == (kind, f"The model at openai: {says}")
    assert [one.outcome for one in ended] == [kind]


async def test_an_answer_that_was_cancelled_is_none():
    came, (ended,) = await asked(
        RESPONSES, json.dumps({**BEGUN, "status": "cancelled"}).encode(), streams=False
    )

    assert (type(came), ended.outcome, ended.usage) == (ProviderTimeout, "ambiguous", None)
