"""Whoever goes on with a thread may name other models: those there are, and that the graph works with."""

from typing import Any

import pytest

from server import briefs
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production

APPROVED = {"approve_all": True}
WRONG: dict[str, dict[str, Any]] = {
    "context.text_model": {"text_model": "gpt-6"},
    "context.text_models.script_writer": {"text_models": {"script_writer": "gpt-4.1"}},
    "context.text_models.director": {"text_models": {"director": "gpt-5"}},
    "context.text_fallbacks.system_integrator": {"text_fallbacks": {"system_integrator": "own/gpt-4o"}},
}
GOOD = {"text_model": "live", "text_models": {"script_writer": "gpt-5"}, "text_fallbacks": {}}
WAYS = ("answer", "config", "command", "continue")


async def waiting(lot: Lot, way: str) -> tuple[str, str]:
    """A thread that can be resumed, and its open question where there is one."""
    thread = await a_production(lot)
    if way == "continue":
        await lot.runs.set(thread, status="failed", interrupts=[])
        return thread, ""
    return thread, await lot.runs.open_gate(thread, "budget")


async def resumed(lot: Lot, way: str, thread: str, gate: str, context: dict[str, Any]) -> tuple[bool, str]:
    """Whether it was taken, and what was said."""
    if way == "command":
        params = {"interrupt_id": gate, "namespace": [], "response": APPROVED, "context": context}
        body = {"id": 1, "method": "input.respond", "params": params}
        told = (await lot.client.post(f"/threads/{thread}/commands", json=body)).json()
        assert told.get("error") in (None, "invalid_argument")
        return told["type"] == "success", told.get("message", "")
    place = {"config": {"configurable": context}} if way == "config" else {"context": context}
    command = {} if way == "continue" else {"command": {"resume": {gate: APPROVED}}}
    body = {"assistant_id": "novela", **command, **place}
    answer = await lot.client.post(f"/threads/{thread}/runs", json=body)
    assert answer.status_code in (200, 422), answer.text
    return answer.status_code == 200, str(answer.json().get("detail", ""))


async def rows(lot: Lot, thread: str) -> list[Any]:
    """All there is of the thread."""
    asked = "select to_jsonb(t) as row from {} t where production_id = %s order by 1"
    return [await lot.database.fetch_all(asked.format(one), [thread]) for one in ("productions", "runs")]


@pytest.mark.parametrize("field", WRONG)
@pytest.mark.parametrize("way", WAYS)
async def test_a_model_that_cannot_be_had_is_named_and_the_thread_stays(
    lot: Lot, way: str, field: str
) -> None:
    thread, gate = await waiting(lot, way)
    before = await rows(lot, thread)

    taken, said = await resumed(lot, way, thread, gate, WRONG[field])

    assert (taken, field in said) == (False, True)
    assert await rows(lot, thread) == before
    assert (await resumed(lot, way, thread, gate, GOOD))[0], "it can be resumed"


@pytest.mark.parametrize("way", WAYS)
async def test_without_the_guard_it_would_run(lot: Lot, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """The control."""
    monkeypatch.setattr(briefs, "check_text_models", lambda graph, knobs, **more: None)
    thread, gate = await waiting(lot, way)
    assert (await resumed(lot, way, thread, gate, {"text_model": "gpt-6"}))[0]
