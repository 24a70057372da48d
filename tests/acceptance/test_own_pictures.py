"""Pictures that a person brought: a panel is used as it is, a product is in its shot and in the request."""

import io
import json
from typing import Any

from PIL import Image

from server.api.story import _warnings as said
from server.composition import Parts
from server.own_pictures import check_pictures, with_uploads
from server.records.story import read_story
from state.brief import NovelaBrief
from tests.acceptance.studio_lot import MICRO, USER, Walk, begin, micros
from tests.acceptance.test_paid_novela import ON_WAN, open_shop

SHOTS = [
    {"description": "Ana finds a key.", "panel": "panel.png"},
    {"lines": [{"speaker": "Bruno", "text": "It opens nothing."}]},
    {"description": "The Solo lamp on the table.", "size": "insert"},
]


def a_picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 180), colour).save(out, "PNG")
    return out.getvalue()


async def begun(parts: Parts, **brief_too: Any) -> Walk:
    told = {
        **MICRO, "episode_seconds": 8, "scenes": [{"number": 1, "place": "Hallway", "shots": SHOTS}],
        "product": {"name": "Solo lamp", "picture": "lamp.png"},
    }  # fmt: skip
    files = {"panel.png": a_picture("#336699"), "lamp.png": a_picture("#cc9933")}
    store = parts.tools.media
    brief = await with_uploads(store, NovelaBrief.model_validate(told), files, user_id=USER)
    await check_pictures(store, brief, user_id=USER)
    return await begin(parts, **{**brief.model_dump(mode="json"), **brief_too})


async def requests(walk: Walk, stage: str) -> dict[str, dict[str, Any]]:
    return {row["item"]: row["request"] for row in await walk.orders(stage)}


async def test_a_given_panel_costs_nothing_until_another_is_asked_for(parts: Parts):
    walk = await begun(parts)
    budget = await walk.to_gate("approve_budget")
    drawn = [call["item"] for call in budget["quote"]["calls"] if call["stage"] == "storyboard"]
    assert drawn == ["1B", "1C"], "no price for a panel that is there"
    await walk.answer()
    first = await walk.to_gate("review_storyboard")
    assert [item["given"] for item in first["items"]] == [True, False, False]
    assert set(await requests(walk, "storyboard")) == {"1B", "1C"}

    given = first["items"][0]["media"]
    await walk.answer(**{"1A": {"light": "RED"}})
    again = await walk.to_gate("review_storyboard")
    assert again["items"][0]["given"] is False
    assert again["items"][0]["media"]["sha256"] != given["sha256"]
    redrawn = (await requests(walk, "storyboard"))["1A"]
    assert [media["key"] for media in redrawn["references"]] == [given["key"]]
    script = (await walk.state()).values["script"]
    assert script["scenes"][0]["shots"][0]["panel"] == given, "the original is kept"


async def test_another_panel_than_the_given_one_is_asked_about_at_the_budget(parts: Parts):
    """S3-73: no quote named it, so RED shows no price, and nothing is drawn before its price was approved."""
    shop = open_shop(parts)
    walk = await begun(parts, **ON_WAN)
    await walk.to_gate("approve_budget")
    await walk.answer()
    shown = micros(await walk.to_gate("review_storyboard"))
    assert [set(shown[slate]) for slate in ("1A", "1B")] == [{"GREEN"}, {"GREEN", "YELLOW", "RED"}]
    before = list(shop.posts)
    await walk.answer(**{"1A": {"light": "RED"}})
    again = await walk.to_gate("approve_budget")
    assert shop.posts == before
    panels = [call for call in again["quote"]["calls"] if call["stage"] == "storyboard"]
    assert [(call["item"], call["price"]["micros"]) for call in panels] == [("1A", 3000)]
    await walk.answer()
    drawn = await walk.to_gate("review_storyboard")
    assert drawn["items"][0]["given"] is False
    assert shop.posts == [*before, "storyboard:1A"]


async def test_the_take_gets_the_panel_and_the_product(parts: Parts):
    walk = await begun(parts)
    for gate in ("approve_budget", "review_storyboard"):
        await walk.to_gate(gate)
        await walk.answer()
    scene = await walk.to_gate("review_scene")
    assert all(item["media"] for item in scene["items"]), "every shot has its take"
    takes = await requests(walk, "take")
    panel, lamp = takes["1A"]["first_frame"], takes["1C"]["staging"]["picture"]
    assert takes["1B"]["first_frame"] is None
    assert takes["1C"]["staging"]["subject"] == "product"
    assert takes["1C"]["references"] == [lamp]
    for media in (panel, lamp):
        assert (await parts.tools.media.get(media["key"])).is_file()


async def test_what_a_paid_model_cannot_take_is_told_and_blended_in_the_cut(parts: Parts):
    """S4-064: this model takes neither frames nor references."""
    open_shop(parts)
    walk = await begun(parts, **ON_WAN)
    for gate in ("approve_budget", "review_storyboard", "review_scene"):
        await walk.to_gate(gate)
        await walk.answer()
    await walk.to_end()
    state = await parts.house.threads.snapshots.read(walk.production_id, graph="novela")
    takes = await requests(walk, "take")
    assert [(one["first_frame"], one["references"]) for one in takes.values()] == [(None, [])] * 3
    anchors = {slate: take["anchors"] for slate, take in state.values["takes"].items()}
    panel = state.values["panels"]["1A"]["media"]
    assert anchors == {"1A": [{"edge": "first", "media": panel}], "1B": [], "1C": []}
    cut = await parts.tools.media.get(state.values["cut"]["key"])
    [picture] = [one for one in json.loads(cut.read_text())["tracks"] if one["role"] == "picture"]
    shown = [(one["name"], one["media"]["mime"]) for one in picture["items"] if one["kind"] == "clip"]
    assert shown[:2] == [("1A-1", "image/png"), ("1A-1", "video/mp4")]
    told = await warnings(parts, walk)
    assert (
        f"1A: {ON_WAN['model_id']} cannot be told its first frame; the cut blends out of it instead." in told
    )
    assert (
        f"1C: 0 of 1 reference fits {ON_WAN['model_id']}: the product was left out (it takes none)." in told
    )
    assert {row["degraded"] for row in await walk.orders("take")} == {False}


async def warnings(parts: Parts, walk: Walk) -> list[str]:
    """As the page shows them."""
    found = await read_story(parts.house.database, walk.production_id, user_id=USER)
    return said(found)
