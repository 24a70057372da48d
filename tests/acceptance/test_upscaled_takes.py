"""Clips that are filmed small and made as large as the film once they are approved (S4-095)."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from nodes.post import render_master
from nodes.post.left_copies import HOW_LATER
from server.branches.fork import Difference, fork
from server.branches.reshoot import Wish, offer
from state.cost import ZERO
from state.errors import FfmpegFailed
from tests.acceptance.studio_lot import USER, Walk, begin, micros
from tests.acceptance.test_bought_films import Lot, in_the_master, lot
from tests.acceptance.test_branches import _asked as checkpoints_asked
from tests.acceptance.test_chained_shots import state_of
from tests.acceptance.test_paid_novela import as_it_came
from tests.standins.job_vendors import colour_of, faults
from tools.ledger.stops import Stops
from tools.orders import collecting

SMALL: dict[str, Any] = {"upscale_from": "480p", "substitution": "never"}
ON_WAN: dict[str, Any] = {"model_id": "wan-2.5-t2v-fast", "resolution": "1080p"}
UPSCALER = "fal-video-upscaler"
ITEMS = ["1A", "1B", "1C"]


@pytest.fixture
async def both(database_url: str, tmp_path: Path, voice_models: Path) -> AsyncIterator[Lot]:
    async with AsyncExitStack() as stack:
        yield await lot(stack, database_url, tmp_path / "data", voice_models, "replicate", "fal")


def planned(gate: dict[str, Any], stage: str) -> list[tuple[str, str, str, Any]]:
    calls = [call for call in gate["quote"]["calls"] if call["stage"] == stage]
    return [(one["item"], one["model"], one["units"], one["parameters"].get("resolution")) for one in calls]


def made_larger(here: Lot) -> list[Any]:
    return [job for job in here.jobs.books.orders("fal") if "upscaler" in job.model]


async def to_the_cut(walk: Walk) -> dict[str, Any]:
    """To the last review before anything is made larger."""
    for gate in ("approve_budget", "review_storyboard"):
        await walk.to_gate(gate)
        await walk.answer()
    return await walk.to_gate("review_scene")


@pytest.fixture
def unmastered(monkeypatch: pytest.MonkeyPatch) -> None:
    """It fails at its last encode, and nobody looks at its clips: both cost time, and are done by night."""

    async def fails(*_: object, **__: object) -> None:
        raise FfmpegFailed("not by day")

    monkeypatch.setattr(render_master, "render", fails)
    monkeypatch.setattr(collecting, "verify", as_it_came)


async def upscaled(here: Lot, walk: Walk) -> dict[str, dict[str, Any]]:
    """The orders of larger copies by their items, each of the current take of its shot."""
    rows = {row["item"]: row for row in await walk.orders() if row["stage"] == "upscale"}
    found = {row["external_id"].rpartition("/")[2] for row in rows.values()}
    assert found == {job.id for job in made_larger(here)}
    takes = {row["item"]: row for row in await walk.orders("take")}
    for item, row in rows.items():
        assert row["request"]["upscales"]["sha256"] == takes[item]["sha256"], "the latest take"
    return rows


@pytest.mark.usefixtures("unmastered")
async def test_approved_takes_are_made_as_large_as_the_film_at_the_quoted_price(both: Lot) -> None:
    """Filmed in 480p; nothing is made larger before it was kept; what is booked is what was quoted."""
    walk = await begin(both.parts, context=SMALL, **ON_WAN)
    budget = await walk.to_gate("approve_budget")
    assert {one[3] for one in planned(budget, "take")} == {"480p"}
    assert planned(budget, "upscale") == [(item, UPSCALER, "5", "1080p") for item in ITEMS]
    review = await to_the_cut(walk)
    assert made_larger(both) == [], "nobody has approved a take yet"
    assert micros(review)["scene-1"]["GREEN"] == 3 * 36_000, "what follows this approval"
    await walk.answer(**{"1B": {"light": "RED"}})
    await walk.to_gate("review_scene")
    await walk.answer()
    await walk.to_end("failed")
    rows = await upscaled(both, walk)
    assert sorted(rows) == ITEMS
    assert len(made_larger(both)) == 3, "each once, the one that was sent back, too"
    assert all(row["cost_actual"] == row["cost_quoted"] == 36_000 for row in rows.values())
    assert both.jobs.books.micro_usd("fal") == sum(row["cost_actual"] for row in rows.values())
    assert sum(job.clip_s for job in made_larger(both)) == pytest.approx(15, abs=0.1)


async def warnings(walk: Walk) -> list[str]:
    rows = await walk.parts.house.database.fetch_all(
        "select payload -> 'payload' ->> 'text' as text from events"
        " where production_id = %s and payload ->> 'name' = 'warning'",
        (walk.production_id,),
    )
    return [row["text"] for row in rows if "is not made larger" in row["text"]]


@pytest.mark.usefixtures("unmastered")
async def test_a_copy_that_is_refused_is_told_and_holds_nothing_up(both: Lot) -> None:
    walk = await begin(both.parts, context=SMALL, **ON_WAN)
    await to_the_cut(walk)
    both.jobs.fal.faults += [faults.refused(), faults.refused()]
    await walk.answer()
    await walk.to_end("failed")
    assert len(await warnings(walk)) == 2
    assert sorted(row["state"] for row in await walk.orders("upscale")) == ["done", "failed", "failed"]


@pytest.mark.usefixtures("unmastered")
async def test_what_nobody_approved_is_asked_about_before_it_is_made_larger(both: Lot) -> None:
    walk = await begin(both.parts, context=SMALL, **ON_WAN)
    await to_the_cut(walk)
    await both.parts.house.database.execute(
        "delete from approved_calls where production_id = %s and stage = 'upscale' and item <> '1B'",
        (walk.production_id,),
    )
    await walk.answer()
    gate = await walk.to_gate("approve_budget")
    assert "Not approved as planned now: 1A, 1C ($0.07)" in gate["why"]
    assert planned(gate, "upscale") == [(item, UPSCALER, "5", "1080p") for item in ITEMS]
    assert made_larger(both) == []
    await walk.answer()
    await walk.to_end("failed")
    assert sorted(await upscaled(both, walk)) == ITEMS
    assert await warnings(walk) == []


@pytest.mark.usefixtures("unmastered")
async def test_while_spending_is_stopped_the_film_is_cut_without_and_a_branch_has_it_later(both: Lot) -> None:
    """S4-095: larger is better, and never worth a film that is ready. What to do is told, and helps."""
    walk, stops = await begin(both.parts, context=SMALL, **ON_WAN), Stops(both.parts.house.database)
    await to_the_cut(walk)
    await stops.stop(None, by=USER, reason="the bill is odd")
    await walk.answer()
    await walk.to_end("failed")  # by its last encode, as all here
    told = await warnings(walk)
    assert [text.partition(" ")[0] for text in sorted(told)] == ITEMS
    assert all("the bill is odd" in text and HOW_LATER in text for text in told)
    assert (await both.parts.tools.orders.costs(walk.production_id)).reserved == ZERO
    assert made_larger(both) == []

    await stops.release(None, by=USER)
    clips = len(both.jobs.books.orders("replicate"))
    review = (await checkpoints_asked(both.parts, walk, "review_scene"))[0]
    kept = Difference(checkpoint_id=review, reply={"approve_all": True})
    left = await fork(both.parts.house, walk.production_id, kept, user_id=USER)
    branch = Walk(both.parts, left.production_id)
    gate = await branch.to_gate("approve_budget")
    assert {call["stage"] for call in gate["quote"]["calls"] if call["price"]["micros"]} == {"upscale"}
    await branch.answer()
    await branch.to_end("failed")
    assert len(made_larger(both)) == 3
    assert len(both.jobs.books.orders("replicate")) == clips, "what is made is taken over"


@pytest.mark.nightly
@pytest.mark.parametrize("refused", [0, 1])
async def test_the_film_is_cut_from_the_larger_copies(both: Lot, refused: int) -> None:
    walk = await begin(both.parts, context=SMALL, **ON_WAN)
    await to_the_cut(walk)
    both.jobs.fal.faults += [faults.refused()] * refused
    await walk.answer()
    await walk.to_end()
    state = await state_of(walk)
    rows = await upscaled(both, walk)
    master = await both.parts.tools.media.get(state["deliverables"]["master.mp4"]["key"])
    for item, row in rows.items():
        take = state["takes"][item]
        seen = take["upscaled"] or take["media"]
        assert (seen["height"], take["media"]["height"]) == (480 if row["state"] == "failed" else 1080, 480)
        shown = row["external_id"].rpartition("/")[2]
        assert row["state"] == "failed" or in_the_master(colour_of(shown), master)
    assert sum(row["state"] == "failed" for row in rows.values()) == refused
    for item, row in rows.items():
        offered = await offer(walk.parts.house, walk.production_id, Wish(shot=item), user_id=USER)
        again = [call.price.micros for call in offered.quote.calls if call.stage == "upscale"]
        assert again == ([36_000] if row["state"] == "done" else []), "what was not bought is approved still"


@pytest.mark.parametrize(
    ("context", "brief", "filmed"),
    [
        ({"substitution": "never"}, {}, "1080p"),
        ({**SMALL, "tier": "draft"}, {}, "1080p"),
        (SMALL, {"resolution": "480p"}, "480p"),
        ({**SMALL, "upscale_from": "480p"}, {"resolution": "720p"}, "720p"),
    ],
    ids=["not asked for", "a draft", "no smaller than the film", "a size that no upscaler makes"],
)
async def test_where_it_is_not_configured_or_cannot_be_nobody_is_asked(
    both: Lot, context: dict[str, Any], brief: dict[str, Any], filmed: str
) -> None:
    """Off by default."""
    walk = await begin(both.parts, context=context, **{**ON_WAN, **brief})
    budget = await walk.to_gate("approve_budget")
    assert {one[3] for one in planned(budget, "take")} == {filmed}
    assert planned(budget, "upscale") == []


async def test_without_a_key_for_the_upscaler_clips_are_filmed_large(
    database_url: str, tmp_path: Path, voice_models: Path
) -> None:
    async with AsyncExitStack() as stack:
        here = await lot(stack, database_url, tmp_path / "data", voice_models, "replicate")
        walk = await begin(here.parts, context=SMALL, **ON_WAN)
        budget = await walk.to_gate("approve_budget")
        assert {one[3] for one in planned(budget, "take")} == {"1080p"}
        assert planned(budget, "upscale") == []
