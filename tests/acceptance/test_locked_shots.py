"""What is locked is not made again, whatever is: no order, no call, the same files (S4-065)."""

from contextlib import nullcontext
from typing import Any

import httpx
import pytest

from server.app import create_app
from server.branches.fork import Difference, fork
from server.branches.reshoot import Wish, offer, reshoot
from server.composition import Parts
from server.scenes.board import scene_board
from server.scenes.locks import lock, unlock
from server.threads.change_state import Change
from state.errors import RecordConflict, RecordNotFound
from tests.acceptance.studio_lot import MICRO, USER, Walk, begin
from tests.acceptance.test_chained_shots import VEO, drawn_small, open_cameras, shot, state_of
from tests.acceptance.test_own_frames import ALONE, a_frame, delivered, takes_sold

__all__ = ["drawn_small"]
WHOLE = {"scene-1": {"light": "RED"}}


async def locks(walk: Walk, *items: str) -> None:
    for item in items:
        await lock(walk.parts.house, walk.production_id, item, user_id=USER)


def files(state: dict[str, Any], item: str) -> list[str]:
    """The digests of what is locked with a shot."""
    lines = [
        track["media"]["sha256"] for name, track in state["voices"].items() if name.startswith(f"{item}/")
    ]
    return [state["panels"][item]["media"]["sha256"], state["takes"][item]["media"]["sha256"], *lines]


async def test_a_red_scene_makes_all_but_what_is_locked(parts: Parts) -> None:
    """Its panel, its take, its lines and its words."""
    walk = await begin(parts)
    await walk.to_gate("approve_budget")
    await walk.answer()
    await walk.to_gate("review_storyboard")
    await locks(walk, "1A")
    await walk.answer(**{"1A": {"light": "RED"}, "1B": {"light": "RED"}})
    await walk.to_gate("review_storyboard")
    assert [row["item"] for row in await walk.orders("storyboard")].count("1A") == 1
    await unlock(parts.house, walk.production_id, "1A", user_id=USER)
    await walk.answer()

    await walk.to_gate("review_scene")
    await walk.answer(**WHOLE)
    await walk.to_gate("review_scene")
    free = await state_of(walk)
    assert await count(walk) == {"1A": 2, "1B": 2, "1C": 2}, "control: without a lock all are made"
    await locks(walk, "1A")
    await walk.answer(**WHOLE, **{"1A": {"light": "YELLOW", "note": "Say it louder, at night."}})
    await walk.to_gate("review_scene")
    state = await state_of(walk)
    assert await count(walk) == {"1A": 2, "1B": 3, "1C": 3}
    assert files(state, "1A") == files(free, "1A")
    assert state["script"]["scenes"][0]["shots"][0] == free["script"]["scenes"][0]["shots"][0]


async def count(walk: Walk) -> dict[str, int]:
    """How many takes were ordered of each shot."""
    items = [row["item"] for row in await walk.orders("take")]
    return {item: items.count(item) for item in sorted(set(items))}


async def test_a_delivered_film_keeps_what_is_locked(parts: Parts) -> None:
    """Re-shoots, own frames, changes by hand, branches and a new start."""
    walk, cameras = await delivered(parts, VEO)
    before, bought = await state_of(walk), takes_sold(cameras)
    await locks(walk, "1A", "1B")
    with pytest.raises(RecordConflict, match="locked"):
        await offer(parts.house, walk.production_id, Wish(shot="1A"), user_id=USER)
    own = Wish(shot="1A", first_frame=await a_frame(parts, "red"))
    with pytest.raises(RecordConflict, match="locked"):
        await reshoot(parts.house, walk.production_id, own, user_id=USER)
    with pytest.raises(RecordConflict, match="1A, 1B"):
        await parts.house.runs.start(
            user_id=USER, graph="novela", title="t", brief=MICRO, context={},
            production_id=walk.production_id,
        )  # fmt: skip

    wish = Wish(shot="1C")
    price = await offer(parts.house, walk.production_id, wish, user_id=USER)
    await reshoot(
        parts.house, walk.production_id, Wish(shot="1C", quote_id=price.quote.quote_id), user_id=USER
    )
    await walk.to_end()
    after = await state_of(walk)
    assert takes_sold(cameras) == [*bought, "take:1C"]
    assert await count(walk) == {"1A": 1, "1B": 1, "1C": 2}, "what is locked is not even looked up again"
    assert [files(after, item) for item in ("1A", "1B")] == [files(before, item) for item in ("1A", "1B")]
    branch = await fork(parts.house, walk.production_id, Difference(), user_id=USER)
    with pytest.raises(RecordConflict, match="locked"):
        await offer(parts.house, branch.production_id, Wish(shot="1A"), user_id=USER)


@pytest.mark.parametrize("locked", [True, False], ids=["locked", "control"])
async def test_a_change_by_hand_asks_nothing_of_what_is_locked(parts: Parts, locked: bool) -> None:
    """The whole look is another one: without the lock every shot would be asked for anew."""
    cameras = open_cameras(parts)
    walk, before = await shot(parts, ALONE, model_id=VEO)
    bought = takes_sold(cameras)
    if locked:
        await locks(walk, "scene-1")
    await parts.house.threads.changes.update(
        Change(values={"format": {**before["format"], "master_seed": 77}}),
        user_id=USER, thread_id=walk.production_id,
    )  # fmt: skip
    await parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
    await walk.to_gate("review_scene")
    await walk.answer()
    if not locked:
        await walk.to_gate("approve_budget")
        return
    await walk.to_end()
    after = await state_of(walk)
    assert takes_sold(cameras) == bought
    assert [files(after, item) for item in ("1A", "1B", "1C")] == [
        files(before, item) for item in ("1A", "1B", "1C")
    ]


async def test_a_page_asks_for_the_board_locks_and_learns_what_a_frame_costs(parts: Parts) -> None:
    walk, state = await shot(parts, ALONE)
    await shows_them_as_they_are(parts, walk, state)
    app = create_app(parts.house.settings, opener=lambda _: nullcontext(parts.house))
    app.state.house = parts.house
    place, key = f"/api/productions/{walk.production_id}", await a_frame(parts, "red")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        locked = await client.put(f"{place}/scenes/scene-1/lock")
        assert locked.json()["data"] == {"locked": ["1A", "1B", "1C"]}
        asked = {"shot": "1A", "firstFrame": key}
        assert (await client.post(f"{place}/reshoot?dry_run=true", json=asked)).status_code == 409
        unlocked = await client.delete(f"{place}/scenes/1A/lock")
        assert unlocked.json()["data"] == {"locked": ["1B", "1C"]}
        told = (await client.post(f"{place}/reshoot?dry_run=true", json=asked)).json()["data"]
        assert (told["price"], told["frames"]) == ("0.00", {"first": "blended"})
        [scene] = (await client.get(f"{place}/scenes")).json()["data"]
        assert (scene["status"], scene["locked"], len(scene["shots"])) == ("completed", False, 3)
        assert [one["locked"] for one in scene["shots"]] == [False, True, True]
        assert scene["lastFrameUrl"] == scene["shots"][-1]["lastFrameUrl"]
        picture = await client.get(scene["firstFrameUrl"])
        assert picture.headers["content-type"].startswith("image/")
        nothing = {"light": "YELLOW", "first_frame": key.replace(key.split("/")[2][:4], "0000")}
        answer = {"reply": {"approve_all": True, "items": {"1A": nothing}}}
        refused = await client.post(f"{place}/answer", json=answer)
        assert (refused.status_code, "items.1A.first_frame" in refused.text) == (422, True)
        await walk.to_gate("review_scene")
        missing = await client.put(f"{place}/scenes/9Z/lock")
        assert (missing.status_code, "9Z" in missing.text) == (404, True)


async def shows_them_as_they_are(parts: Parts, walk: Walk, state: dict[str, Any]) -> None:
    """S4-070, S4-062."""
    await locks(walk, "1B")
    [scene], total = await scene_board(
        parts.house, walk.production_id, user_id=USER, limit=20, offset=0
    )  # fmt: skip
    assert (total, scene.number, scene.status) == (1, 1, "completed")
    assert [(one.slate, one.take, one.status, one.locked) for one in scene.shots] == [
        ("1A", "1A-1", "completed", False), ("1B", "1B-1", "completed", True),
        ("1C", "1C-1", "completed", False),
    ]  # fmt: skip
    for one in scene.shots:
        assert one.thumbnail is not None
        assert one.thumbnail.key == state["takes"][one.slate]["thumbnail"]["key"]
        assert one.first_frame is not None
        assert one.last_frame is not None
        assert one.first_frame.sha256 != one.last_frame.sha256
        assert one.duration_s == state["shot_seconds"].get(one.slate, one.duration_s)
    again, _ = await scene_board(parts.house, walk.production_id, user_id=USER, limit=20, offset=0)
    assert again == [scene], "the same pictures"
    with pytest.raises(RecordNotFound, match="9Z"):
        await lock(parts.house, walk.production_id, "9Z", user_id=USER)
