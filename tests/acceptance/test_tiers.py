"""S4-037: a draft is made by cheap models only, a final by those that were chosen; counted at who sells."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from server.branches.fork import Difference, fork
from server.composition import Parts
from state.order import EngineRequest
from state.tier import Tier
from tests.acceptance.live_house import Writer, live_house
from tests.acceptance.studio_lot import USER, Walk, begin, sold
from tests.acceptance.test_paid_novela import (
    Paid,
    change,
    sold_by_the_second,  # noqa: F401 - a fixture
)
from tests.standins.model_vendors import Vendors
from tools.engines.catalog import engine_tier
from tools.engines.files import NO_FILES, Files
from tools.models.catalog import text_tier

House = tuple[Parts, Vendors, Writer]
PREMIUM = {"model_id": "wan-2.5-t2v", "resolution": "480p"}
PICTURES = {"sdxl", "nano-banana"}
WRITTEN_FOR = re.compile(r"Video model: (\S+)\. ")
MADE = {"draft": {"wan-2.5-t2v-fast", "sdxl"}, "final": {"wan-2.5-t2v", "nano-banana"}}


class Counted(Paid):
    """Keeps the model of everything it sells, and draws it small."""

    def __init__(self, real: Any) -> None:
        super().__init__(real)
        self.models: list[str] = []

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        self.models.append(request.model)
        small = request.model_copy(update={"width": 160, "height": 90})
        return await super().submit(small, call_key=call_key, files=files)


@pytest.fixture
async def live(database_url: str, tmp_path: Path, voice_models: Path) -> AsyncIterator[House]:
    async with live_house(database_url, tmp_path / "data", voice_models) as opened:
        yield opened


def open_shop(parts: Parts) -> Counted:
    return sold(parts, Counted(parts.tools.engines["previz"]))


async def planned(parts: Parts, tier: Tier) -> tuple[Walk, dict[str, Any]]:
    """The episode at its budget, with premium models for everything; and what is asked there."""
    walk = await begin(parts, context={"tier": tier, "text_model": "live"}, **PREMIUM)
    await walk.to_gate("approve_budget")
    await change(walk, image_model="nano-banana")
    await walk.to_gate("approve_budget")
    await walk.answer()  # names the quote that was shown, which was made before
    return walk, await walk.to_gate("approve_budget")


def paid_models(calls: list[dict[str, Any]]) -> set[str]:
    return {call["model"] for call in calls if call["provider"] == "replicate"}


async def counted(house: House, tier: Tier) -> tuple[set[str], set[str]]:
    """What was sold to the storyboard, booked under the same names; and the tiers of all who were asked."""
    parts, vendors, writer = house
    shop = open_shop(parts)
    walk, gate = await planned(parts, tier)
    assert (gate["quote"]["tier"], paid_models(gate["quote"]["calls"])) == (tier, MADE[tier])
    assert ("This is a draft" in gate["items"][0]["text"]) == (tier == "draft")
    told = [WRITTEN_FOR.findall(turn.text) for one in writer.asked for turn in one.turns]
    assert {name for names in told for name in names} == paid_models(gate["quote"]["calls"]) - PICTURES
    await walk.answer()
    await walk.to_gate("review_storyboard")
    if tier == "draft":
        await forked(walk, shop)
        await walk.answer()
        await walk.to_gate("review_scene")
    rows = [row for row in await walk.orders() if row["provider"] == "replicate"]
    assert {row["model"] for row in rows} == set(shop.models)
    assert all(row["cost_actual"] == row["cost_quoted"] > 0 for row in rows)
    asked = {invoice.model for invoice in vendors.books.invoices}
    return set(shop.models), {engine_tier(model) for model in shop.models} | {text_tier(one) for one in asked}


async def forked(draft: Walk, shop: Counted) -> None:
    """What was drawn in the draft is kept; what is shot from here is quoted anew, and nothing bought yet."""
    sold = list(shop.models)
    difference = Difference(reply={"approve_all": True, "items": {}}, tier="final")
    branch = await fork(draft.parts.house, draft.production_id, difference, user_id=USER)
    gate = await Walk(draft.parts, branch.production_id).to_gate("approve_budget")
    assert (gate["quote"]["tier"], paid_models(gate["quote"]["calls"])) == ("final", {"wan-2.5-t2v"})
    assert shop.models == sold


async def test_a_draft_never_calls_a_premium_model_and_is_forked_for_the_final_render(live: House):
    assert await counted(live, "draft") == (MADE["draft"], {"draft"})


async def test_a_final_calls_the_premium_models(live: House):
    assert await counted(live, "final") == ({"nano-banana"}, {"final"})
