"""What the novela does when an engine fails or a person stops it."""

from typing import Any

from server.composition import Parts
from state.errors import ProviderRefused
from state.order import EngineRequest, VideoRequest
from tests.acceptance.studio_lot import USER, begin
from tools.engines.base import Engine
from tools.engines.files import NO_FILES, Files


class Moody:
    """An engine that refuses takes so many times, and is the real one otherwise."""

    def __init__(self, real: Engine, refusals: int) -> None:
        self.real = real
        self.refusals = refusals

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        if isinstance(request, VideoRequest) and ":1B:" in call_key and self.refusals > 0:
            self.refusals -= 1
            raise ProviderRefused("The words were refused.", provider="previz", kind="refused")
        return await self.real.submit(request, call_key=call_key, files=files)


def make_moody(parts: Parts, refusals: int) -> None:
    engines: Any = parts.tools.engines
    engines["previz"] = Moody(engines["previz"], refusals)


async def test_a_refused_take_goes_to_the_fallback_handler_and_is_shot_again(parts: Parts):
    """S1-22: integrator, fallback handler, integrator's retry; the siblings are not shot twice."""
    make_moody(parts, 1)
    walk = await begin(parts, review="auto")
    await walk.to_end()
    said = [(m["from_agent"], m["to_agent"], m["message_type"]) for m in await walk.messages()][2:]
    assert said == [
        ("system_integrator", "fallback_handler", "request"),
        ("fallback_handler", "system_integrator", "response"),
    ]
    takes = [(row["item"], row["state"]) for row in await walk.orders("take")]
    assert sorted(takes) == [("1A", "done"), ("1B", "done"), ("1B", "failed"), ("1C", "done")]


async def test_a_take_that_keeps_failing_is_shown_to_a_person_and_never_left_out(parts: Parts):
    """Two tries by ourselves, then the gate says which shot is missing."""
    make_moody(parts, 4)
    walk = await begin(parts)
    await walk.to_gate("approve_budget")
    await walk.answer()
    await walk.to_gate("review_storyboard")
    await walk.answer()
    gate = await walk.to_gate("review_scene")
    assert "1B" in gate["items"][0]["text"]
    assert next(item for item in gate["items"] if item["item"] == "1B")["media"] is None
    await walk.answer(**{"1B": {"light": "RED"}})
    gate = await walk.to_gate("review_scene")
    assert "1B" in gate["items"][0]["text"], "the fourth refusal"
    await walk.answer(**{"1B": {"light": "RED"}})
    gate = await walk.to_gate("review_scene")
    assert "1B" not in gate["items"][0]["text"]
    await walk.answer()
    await walk.to_end()
    assert [row["state"] for row in await walk.orders("take") if row["item"] == "1B"] == [
        "failed", "failed", "failed", "failed", "done",
    ]  # fmt: skip


async def test_without_a_person_it_stops_at_a_take_that_keeps_failing(parts: Parts):
    """`review: auto` approves what was planned; it never tries for ever, nor goes on without a shot."""
    make_moody(parts, 4)
    walk = await begin(parts, review="auto")
    gate = await walk.to_gate("review_scene")
    assert "1B" in gate["items"][0]["text"]
    assert [row["item"] for row in await walk.orders("take")].count("1B") == 3
    await walk.answer(**{"1B": {"light": "RED"}})
    assert (await walk.to_gate("review_scene"))["round"] > gate["round"], "the fourth refusal"
    await walk.answer(**{"1B": {"light": "RED"}})
    await walk.to_end()


async def test_a_cancelled_production_goes_on_where_it_stopped(parts: Parts):
    walk = await begin(parts)
    await walk.to_gate("approve_budget")
    await walk.answer()
    gate = await walk.to_gate("review_storyboard")
    await parts.house.runs.cancel(user_id=USER, production_id=walk.production_id)
    assert (await walk.state()).status == "cancelled"
    await parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
    again = await walk.to_gate("review_storyboard")
    assert again["items"] == gate["items"], "nothing was drawn again"
