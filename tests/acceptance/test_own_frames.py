"""Own first and last frames of a shot: told to a model that takes them, blended by the cut elsewhere.

One shop has a model that begins and ends a clip as it is told, the other one has none (S4-063, S4-064).
"""

import io
import json
from typing import Any

import pytest
from PIL import Image

from server.branches.reshoot import Offer, Wish, offer, reshoot
from server.composition import Parts
from state.errors import BriefIncomplete, ReviewRefused
from tests.acceptance.studio_lot import USER, Walk
from tests.acceptance.test_chained_shots import VEO, WAN, Camera, drawn_small, open_cameras, shot, state_of
from tools.media.upload import upload_image

__all__ = ["drawn_small"]
ALONE = {"substitution": "never"}


async def a_frame(parts: Parts, colour: str, user_id: str = USER) -> str:
    out = io.BytesIO()
    Image.new("RGB", (320, 180), colour).save(out, "PNG")
    return (await upload_image(parts.tools.media, out.getvalue(), user_id=user_id)).key


async def delivered(parts: Parts, model: str) -> tuple[Walk, dict[str, Camera]]:
    """A finished film of that model's takes."""
    cameras = open_cameras(parts)
    walk, _ = await shot(parts, ALONE, model_id=model)
    await walk.answer()
    await walk.to_end()
    return walk, cameras


def takes_sold(cameras: dict[str, Camera]) -> list[str]:
    return [post for camera in cameras.values() for post in camera.posts if post.startswith("take:")]


async def again(walk: Walk, offered: Offer, wish: dict[str, Any]) -> dict[str, Any]:
    asked = Wish(**wish, quote_id=offered.quote.quote_id)
    await reshoot(walk.parts.house, walk.production_id, asked, user_id=USER)
    await walk.to_end()
    return await state_of(walk)


def told(camera: Camera, item: str) -> tuple[str, str]:
    """The keys of the frames that its last order told."""
    request = camera.sent[item][-1]
    first, last = request.first_frame, request.last_frame
    return first.key if first else "", last.key if last else ""


async def picture_of_cut(walk: Walk, state: dict[str, Any]) -> list[tuple[str, str]]:
    """Name and file of each clip of the picture, in order."""
    cut = await walk.parts.tools.media.get(state["cut"]["key"])
    [picture] = [one for one in json.loads(cut.read_text())["tracks"] if one["role"] == "picture"]
    return [(one["name"], one["media"]["key"]) for one in picture["items"] if one["kind"] == "clip"]


async def test_a_model_that_takes_frames_makes_the_shot_again_with_them(parts: Parts) -> None:
    """One paid call, for the price that was approved; later takes of the shot keep to the frames, too."""
    walk, cameras = await delivered(parts, VEO)
    before, bought = await state_of(walk), takes_sold(cameras)
    wish = {
        "shot": "1B",
        "first_frame": await a_frame(parts, "red"),
        "last_frame": await a_frame(parts, "blue"),
    }
    offered = await offer(parts.house, walk.production_id, Wish(**wish), user_id=USER)
    assert (offered.frames, offered.quote.total.micros > 0) == ({"first": "told", "last": "told"}, True)
    with pytest.raises(ReviewRefused):
        await reshoot(parts.house, walk.production_id, Wish(**wish), user_id=USER)
    assert takes_sold(cameras) == bought, "nothing without the quote"

    state = await again(walk, offered, wish)
    assert takes_sold(cameras) == [*bought, "take:1B"]
    assert told(cameras["google"], "1B") == (wish["first_frame"], wish["last_frame"])
    assert state["takes"]["1B"]["anchors"] == []
    assert {item: take["media"] for item, take in state["takes"].items() if item != "1B"} == {
        item: take["media"] for item, take in before["takes"].items() if item != "1B"
    }
    rows = [row for row in await walk.orders("take") if row["item"] == "1B"]
    assert [row["cost_actual"] for row in rows][1:] == [offered.quote.total.micros]

    once_more = await offer(parts.house, walk.production_id, Wish(shot="1B"), user_id=USER)
    await again(walk, once_more, {"shot": "1B"})
    assert told(cameras["google"], "1B") == (wish["first_frame"], wish["last_frame"]), "they stay"


async def test_a_model_that_takes_none_is_not_paid_and_the_cut_blends_the_frames(parts: Parts) -> None:
    walk, cameras = await delivered(parts, WAN)
    before, bought = await state_of(walk), takes_sold(cameras)
    wish = {
        "shot": "1B",
        "first_frame": await a_frame(parts, "red"),
        "last_frame": await a_frame(parts, "blue"),
    }
    offered = await offer(parts.house, walk.production_id, Wish(**wish), user_id=USER)
    assert offered.frames == {"first": "blended", "last": "blended"}
    assert (offered.quote.total.micros, offered.quote.calls) == (0, [])

    state = await again(walk, offered, wish)
    assert takes_sold(cameras) == bought
    take = state["takes"]["1B"]
    assert take["media"] == before["takes"]["1B"]["media"]
    assert [(one["edge"], one["media"]["key"]) for one in take["anchors"]] == [
        ("first", wish["first_frame"]), ("last", wish["last_frame"]),
    ]  # fmt: skip
    shown = [key for name, key in await picture_of_cut(walk, state) if name == take_name(take)]
    assert shown == [wish["first_frame"], take["media"]["key"], wish["last_frame"]]
    assert state["deliverables"]["master.mp4"] != before["deliverables"]["master.mp4"]

    away = {"shot": "1B", "first_frame": "", "last_frame": ""}
    offered = await offer(parts.house, walk.production_id, Wish(**away), user_id=USER)
    state = await again(walk, offered, away)
    assert (state["takes"]["1B"]["anchors"], takes_sold(cameras)) == ([], bought)


def take_name(take: dict[str, Any]) -> str:
    return "{scene}{shot}-{take}".format(**take["slate"])


async def test_at_the_scenes_review_a_frame_is_an_answer(parts: Parts) -> None:
    """YELLOW needs no words where it brings a frame; a frame for the scene is its first shot's."""
    cameras = open_cameras(parts)
    walk, _ = await shot(parts, ALONE, model_id=VEO)
    key, bought = await a_frame(parts, "red"), takes_sold(cameras)
    await walk.answer(**{"scene-1": {"light": "YELLOW", "first_frame": key}})
    await walk.to_gate("review_scene")
    assert takes_sold(cameras) == [*bought, "take:1A"], "no other shot of the scene"
    assert told(cameras["google"], "1A")[0] == key
    one, two = cameras["google"].sent["1A"]
    assert one.seed == two.seed, "nothing but the frame is another"


async def test_a_frame_that_is_not_there_or_somebody_elses_orders_nothing(parts: Parts) -> None:
    cameras = open_cameras(parts)
    walk, _ = await shot(parts, ALONE, model_id=VEO)
    bought, theirs = takes_sold(cameras), await a_frame(parts, "green", user_id="somebody")
    for key in (f"image/{USER}/{'0' * 64}.png", theirs):
        with pytest.raises(BriefIncomplete, match="firstFrame"):
            await offer(parts.house, walk.production_id, Wish(shot="1A", first_frame=key), user_id=USER)
        await walk.answer(**{"1A": {"light": "RED", "first_frame": key}})
        await walk.to_gate("review_scene")
    assert takes_sold(cameras) == bought
