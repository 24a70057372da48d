"""The micro-episode written by GPT-5, by Gemini, by DeepSeek, and by all three together."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from server.chat import turns
from server.chat.facts import Subject
from server.chat.turns import Heard, Question
from server.composition import Parts
from state.cost import ZERO
from tests.acceptance.live_house import ADVICE, Writer, live_house
from tests.acceptance.studio_lot import USER, Walk, begin
from tests.acceptance.test_novela_troubles import make_moody
from tests.standins.model_vendors import Vendors
from tools.ledger.costs import Wanted, read_costs

EACH_MODEL = Wanted(user_id=USER, by=("provider", "model"))
House = tuple[Parts, Vendors, Writer]
SPLIT = {
    "script_writer": "gpt-5", "system_integrator": "gemini-2.5-pro", "fallback_handler": "deepseek-chat",
}  # fmt: skip


@pytest.fixture
async def live(database_url: str, tmp_path: Path, voice_models: Path) -> AsyncIterator[House]:
    async with live_house(database_url, tmp_path / "data", voice_models) as opened:
        yield opened


async def text_orders(walk: Walk) -> list[dict[str, Any]]:
    history = await walk.parts.tools.orders.history(walk.production_id)
    return [row for row in history if row["kind"] == "text"]


async def written(parts: Parts, text_model: str, *, to_its_end: bool = False) -> Walk:
    """An episode that this model has written: at its first gate, or made to its master."""
    walk = await begin(parts, review="auto" if to_its_end else "ask", context={"text_model": text_model})
    if to_its_end:
        state = await walk.to_end()
        assert "master.mp4" in (state.values or {})["deliverables"]
    else:
        await walk.to_gate("approve_budget")
    return walk


EACH = ("gpt-5", "gemini-2.5-pro", "deepseek-chat")


@pytest.mark.parametrize(
    ("model", "to_its_end"),
    [*((name, False) for name in EACH), ("live", True),
     *(pytest.param(name, True, marks=pytest.mark.nightly) for name in EACH)],
)  # fmt: skip
async def test_the_episode_is_written_by_a_model_and_every_token_is_booked(
    live: House, model: str, to_its_end: bool
):
    """Whichever of them has written it, it is made alike; by day one of them goes to its end."""
    parts, vendors, writer = live
    walk = await written(parts, model, to_its_end=to_its_end)
    text = await text_orders(walk)
    assert {row["model"] for row in text} == {"gpt-5" if model == "live" else model}
    assert len(writer.asked) == len(text) == len(vendors.books.invoices) == 3
    billed = sum(row["cost_actual"] for row in text)
    assert billed == vendors.books.micro_usd() > 0
    costs = await parts.tools.orders.costs(walk.production_id)
    assert (costs.billed.micros, costs.unknown.micros, costs.reserved.micros) == (billed, 0, 0)


async def test_a_server_of_ones_own_is_booked_at_nothing_and_its_tokens_are_counted(live: House):
    parts, vendors, writer = live
    walk = await written(parts, "own/deepseek-chat")
    requests = [one for row in await text_orders(walk) for one in row["attempts"]]
    assert {one["provider"] for one in requests} == {"openai_compatible"}
    assert len(requests) == len(writer.asked) == 3
    tokens = [(one["prompt_tokens"], one["completion_tokens"], one["cost"]) for one in requests]
    assert tokens == [(one.prompt_tokens, one.completion_tokens, 0) for one in vendors.books.invoices]
    costs = await parts.tools.orders.costs(walk.production_id)
    assert (costs.billed, costs.unknown, costs.reserved) == (ZERO, ZERO, ZERO)
    lines = await read_costs(parts.tools.database, EACH_MODEL, limit=9, offset=0)
    own = [row for row in lines.rows if row["provider"] == "openai_compatible"]
    assert [(row["model"], row["lines"], row["billed"]) for row in own] == [("own/deepseek-chat", 3, 0)]


async def test_each_role_may_have_a_model_of_its_own(live: House):
    """The writer, the integrator and the fallback handler ask three vendors in one episode."""
    parts, vendors, _ = live
    make_moody(parts, 1)
    walk = await begin(parts, review="auto", context={"text_models": SPLIT})
    await walk.to_end()
    text = await text_orders(walk)
    assert {(row["request"]["agent"], row["model"]) for row in text} == set(SPLIT.items())
    assert {invoice.vendor for invoice in vendors.books.invoices} == {"openai", "google", "deepseek"}
    assert sum(row["cost_actual"] for row in text) == vendors.books.micro_usd()


@pytest.mark.parametrize("model", ["gpt-5", "gemini-2.5-pro", "deepseek-chat"])
async def test_a_talk_about_a_production_is_answered_by_its_model_in_pieces(live: House, model: str):
    """S1-74: more than one piece before the end; booked for the production, beside whoever drives it."""
    parts, vendors, _ = live
    walk = await begin(parts, context={"text_models": {"fallback_handler": model}})
    await walk.to_gate("approve_budget")
    subject = Subject(production_id=walk.production_id)
    asked = Question(message="Why did it fail?", subject=subject, session_id="s", user_id=USER)
    facts = await turns.begin(parts.house, asked)
    said = [part async for part in turns.speak(parts.house, asked, facts)]
    pieces = [part.payload["text"] for part in said if isinstance(part, Heard) and part.name == "agent:text"]
    assert len(pieces) > 1
    assert "".join(pieces) == ADVICE["userMessage"]
    [row] = [row for row in await text_orders(walk) if row["stage"] == "talk"]
    assert (row["model"], row["cost_actual"]) == (model, vendors.books.micro_usd())
    assert row["cost_actual"] > 0
    await walk.answer()
    await walk.to_gate("review_storyboard")


async def test_a_talk_goes_on_without_the_model_when_there_is_no_money_for_it(live: House):
    parts, vendors, _ = live
    context = {"text_models": {"fallback_handler": "gpt-5"}, "text_allowance_usd": "0.00"}
    walk = await begin(parts, context=context)
    await walk.to_gate("approve_budget")
    subject = Subject(production_id=walk.production_id)
    asked = Question(message="Why does it wait?", subject=subject, session_id="s", user_id=USER)
    facts = await turns.begin(parts.house, asked)
    said = [part async for part in turns.speak(parts.house, asked, facts)]
    doing = [part.payload.get("doing") for part in said if isinstance(part, Heard)]
    assert "without_model" in doing
    assert said[-1].response  # type: ignore[union-attr]
    assert vendors.books.requests == []
