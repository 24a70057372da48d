"""The micro-episode written by GPT-5, by Gemini, by DeepSeek, and by all three together."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.composition import Parts
from tests.acceptance.live_house import Library, live_house
from tests.acceptance.studio_lot import begin
from tests.standins.model_vendors import Vendors

House = tuple[Parts, Vendors, Library]


@pytest.fixture
async def live(database_url: str, tmp_path: Path, voice_models: Path) -> AsyncIterator[House]:
    async with live_house(database_url, tmp_path / "data", voice_models) as opened:
        yield opened


@pytest.mark.parametrize("model", ["gpt-5", "gemini-2.5-pro", "deepseek-chat", "live"])
async def test_the_episode_is_written_by_a_model_and_every_token_is_booked(live: House, model: str):
    parts, vendors, library = live
    walk = await begin(parts, review="auto", context={"text_model": model})
    state = await walk.to_end()
    assert "master.mp4" in (state.values or {})["deliverables"]
    text = [row for row in await parts.tools.orders.history(walk.production_id) if row["kind"] == "text"]
    wanted = "gpt-5" if model == "live" else model
    assert {row["model"] for row in text} == {wanted}
    assert len(library.asked) == len(text) == len(vendors.books.invoices)
    costs = await parts.tools.orders.costs(walk.production_id)
    billed = sum(row["cost_actual"] for row in text)
    assert billed == sum(invoice.micro_usd for invoice in vendors.books.invoices) > 0
    assert costs.billed.micros == billed
    assert costs.unknown.micros == costs.reserved.micros == 0
