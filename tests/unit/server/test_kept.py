"""Design-facts 6.15: a key that a client sends along is in nothing that is kept."""

from typing import Any

import pytest
from pydantic import ValidationError

from server.protocol.assistant_bodies import NewAssistant
from server.protocol.command_bodies import RespondParams, RunStartParams
from server.protocol.kept import refuse_keys, without_keys
from server.protocol.run_bodies import RunBody
from server.protocol.thread_bodies import NewThread, ThreadPatch

PRESET = "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"
KEY = "sk-proj-0123456789abcdef"
KEYS: list[dict[str, Any]] = [
    {"openai_api_key": "plain"}, {"apiKey": "plain"}, {"x-api-key": "plain"}, {"authorization": "Basic x"},
    {"x-supabase-access-token": "plain"}, {"token": "plain"}, {"user": {"password": "plain"}},
    {"deep": [{"client_secret": "plain"}]}, {"apiKeys": {"openai": "plain"}}, {"note": f"use {KEY}"},
    {"cookies": ["a=b"]},
]  # fmt: skip
NO_KEYS: dict[str, Any] = {
    "sort_key": "title", "secret": "she is his sister", "token_count": 7, "max_tokens": 100, "apiKey": None,
    "hf-film": "a pk-zero_sum game", "note": "the password is in the drawer", "list": [1, {"three": 3}],
}  # fmt: skip


@pytest.mark.parametrize("sent", KEYS, ids=str)
def test_a_key_is_dropped_from_knobs_and_refused_in_metadata(sent: dict[str, Any]) -> None:
    kept = without_keys({**sent, "review": "ask"})
    assert kept["review"] == "ask"
    assert "plain" not in str(kept)
    assert KEY not in str(kept)
    with pytest.raises(ValueError, match=f"`{next(iter(sent))}"):
        refuse_keys(sent)


def test_what_is_no_key_stays() -> None:
    """The control: neither rule takes what only sounds like one."""
    assert without_keys(NO_KEYS) == NO_KEYS
    assert refuse_keys(NO_KEYS) == NO_KEYS


@pytest.mark.parametrize(
    "body", [RunBody, RunStartParams, NewAssistant, NewThread, ThreadPatch, RespondParams]
)
def test_every_body_that_is_kept_refuses_a_key_in_its_metadata(body: Any) -> None:
    needed = {"assistant_id": PRESET, "graph_id": "novela", "interrupt_id": "x", "response": 1}
    body.model_validate({**needed, "metadata": {"project": "autumn"}})
    with pytest.raises(ValidationError) as refused:
        body.model_validate({**needed, "metadata": {"owner": {"api_key": "plain-value"}}})
    assert "owner.api_key" in refused.value.errors()[0]["msg"]


@pytest.mark.parametrize("body", [RunBody, RunStartParams, NewAssistant, RespondParams])
def test_every_body_with_knobs_drops_them(body: Any) -> None:
    needed = {"assistant_id": PRESET, "graph_id": "novela", "interrupt_id": "x", "response": 1}
    knobs = {"review": "ask", "openai_api_key": "plain-value"}
    read = body.model_validate({**needed, "context": knobs, "config": {"configurable": knobs}})
    assert "plain-value" not in read.model_dump_json()
    assert read.model_dump_json().count('"ask"') == 2, "the control: what is no key is there"
