"""A shot that is longer than its model sells in one piece is made longer, piece by piece, as was approved."""

from typing import Any

import pytest

from server.composition import Parts
from server.threads.change_state import Change
from state.order import VideoRequest
from tests.acceptance.studio_lot import USER, Walk, begin, micros
from tests.acceptance.test_chained_shots import (
    VEO,
    WAN,
    drawn_small,  # noqa: F401 - a fixture
    open_cameras,
    state_of,
)


async def with_a_long_shot(walk: Walk, seconds: float) -> dict[str, Any]:
    """1A is written to be so long, by hand, at the budget; the question with its new quote."""
    await walk.to_gate("approve_budget")
    script = (await state_of(walk))["script"]
    script["scenes"][0]["shots"][0]["duration_s"] = seconds
    threads = walk.parts.house.threads
    await threads.changes.update(
        Change(values={"script": script}), user_id=USER, thread_id=walk.production_id
    )
    await walk.parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
    await walk.to_gate("approve_budget")
    await walk.answer()  # names the quote that was shown, which was made before
    return await walk.to_gate("approve_budget")


def pieces(gate: dict[str, Any]) -> list[tuple[str, str]]:
    calls = [call for call in gate["quote"]["calls"] if call["stage"] == "extension"]
    return [(call["item"], call["units"]) for call in calls]


def gone_on_from(request: VideoRequest) -> str:
    """The digest of the clip that it makes longer."""
    return request.extends.sha256 if request.extends else ""


async def test_two_pieces_are_quoted_approved_and_put_behind_the_first(parts: Parts) -> None:
    """S5-052: 20 s are 8, and 7 more, and 7 more; each goes on from the clip that there is."""
    google = open_cameras(parts)["google"]
    walk = await begin(parts, context={"substitution": "never"}, resolution="720p", model_id=VEO)
    budget = await with_a_long_shot(walk, 20.0)
    assert pieces(budget) == [("1A/1", "7"), ("1A/2", "7")]
    await walk.answer()
    board = await walk.to_gate("review_storyboard")
    prices = {
        call["item"]: call["price"]["micros"]
        for call in budget["quote"]["calls"]
        if call["stage"] in ("take", "extension")
    }
    whole = prices["1A"] + prices["1A/1"] + prices["1A/2"]
    assert micros(board)["1A"]["GREEN"] == whole
    await walk.answer()
    scene = await walk.to_gate("review_scene")
    state = await state_of(walk)
    assert "without a usable take" not in scene["items"][0]["text"]
    assert micros(scene)["1A"]["RED"] == whole
    (first,) = google.sent["1A"]
    second, third = google.sent["1A/1"][0], google.sent["1A/2"][0]
    assert [(one.duration_s, one.extends is None) for one in (first, second, third)] == [
        (8.0, True), (15.0, False), (20.0, False),
    ]  # fmt: skip
    assert first.parameters["duration"] == 8
    assert {"duration", "resolution"} & set(second.parameters) == {"resolution"}
    assert (second.first_frame, second.references) == (None, [])
    take = state["takes"]["1A"]
    rows = {row["item"]: row for row in await walk.orders() if row["provider"] == "google"}
    assert gone_on_from(second) == rows["1A"]["media"]["sha256"]
    assert gone_on_from(third) == rows["1A/1"]["media"]["sha256"]
    assert (take["media"]["sha256"], take["extended"]) == (rows["1A/2"]["media"]["sha256"], 2)
    assert (
        take["cost"]["micros"] == whole == sum(rows[item]["cost_actual"] for item in ("1A", "1A/1", "1A/2"))
    )
    assert round(take["duration_s"], 1) == 20.0


async def test_a_piece_that_is_refused_leaves_the_shot_without_a_take(parts: Parts) -> None:
    """What there is of it is too short: it is never cut in unnoticed."""
    google = open_cameras(parts)["google"]
    google.refuses = {"1A/1"}
    walk = await begin(parts, context={"substitution": "never"}, resolution="720p", model_id=VEO)
    await with_a_long_shot(walk, 10.0)
    await walk.answer()
    await walk.to_gate("review_storyboard")
    await walk.answer()
    gate = await walk.to_gate("approve_budget")
    assert "Not approved as planned now" in gate["why"], "another try is another price"
    google.refuses = set()
    await walk.answer()
    scene = await walk.to_gate("review_scene")
    assert "without a usable take" not in scene["items"][0]["text"]
    assert (await state_of(walk))["takes"]["1A"]["extended"] == 1


@pytest.mark.parametrize(("model", "resolution"), [(WAN, "480p"), (VEO, "1080p")])
async def test_what_cannot_be_made_longer_is_not_quoted_so(parts: Parts, model: str, resolution: str) -> None:
    """The control: Wan goes on from no clip, and Veo only at 720p."""
    open_cameras(parts)
    walk = await begin(parts, context={"substitution": "never"}, resolution=resolution, model_id=model)
    assert pieces(await with_a_long_shot(walk, 20.0)) == []
