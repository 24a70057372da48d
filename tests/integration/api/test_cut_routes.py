"""The editor over HTTP: a cut is opened, edited, undone, compared and brought back; nothing is lost."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production, another_user, assembled
from tests.media_files import clip, picture
from tests.unit.tools.cuts.cutting import a_cut
from tests.visitors import ask_as
from tools.cuts.book import CutBook, Edited

TRIM = {"op": "trim_clip", "clip": "c2", "head": 12}
MUTE = {"op": "set_track", "track": "music", "muted": True}


@pytest.fixture
async def url(lot: Lot) -> str:
    production = await a_production(lot)
    await assembled(lot, production)
    return f"/api/productions/{production}/cut"


async def opened(lot: Lot, url: str) -> dict[str, Any]:
    answer = await lot.client.get(url)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


async def edit(lot: Lot, url: str, *operations: dict[str, Any], **more: Any) -> httpx.Response:
    return await lot.client.post(f"{url}/operations", json={"operations": operations, **more})


async def step(lot: Lot, url: str, way: str, **more: Any) -> httpx.Response:
    return await lot.client.post(f"{url}/{way}", json=more)


def names(cut: dict[str, Any]) -> list[str]:
    [picture] = [track for track in cut["timeline"]["tracks"] if track["role"] == "picture"]
    return [item["name"] for item in picture["items"] if item["kind"] == "clip"]


async def test_a_cut_is_opened_as_it_was_assembled(lot: Lot, url: str) -> None:
    cut = await opened(lot, url)
    assert (cut["version"], cut["frames"], cut["durationS"]) == (1, 132, 5.5)
    assert (cut["canUndo"], cut["canRedo"], cut["outdated"]) == (False, False, False)
    assert names(cut) == ["1A-1", "1B-1", "2A-1"]
    clip_of_it = cut["timeline"]["tracks"][0]["items"][0]
    assert (clip_of_it["id"], clip_of_it["media"]["sizeBytes"], clip_of_it["fadeIn"]) == ("c1", 1, 0)
    assert clip_of_it["media"]["key"] in cut["links"]


async def test_a_production_that_is_not_cut_yet_says_so(lot: Lot) -> None:
    answer = await lot.client.get(f"/api/productions/{await a_production(lot)}/cut")
    assert answer.status_code == 409
    assert "no cut yet" in answer.json()["error"]["message"]


async def test_edits_are_versions_that_can_be_undone_and_done_again(lot: Lot, url: str) -> None:
    first = await opened(lot, url)
    second = (await edit(lot, url, TRIM)).json()["data"]
    assert (second["version"], second["frames"], second["canUndo"]) == (2, 120, True)
    third = (await edit(lot, url, MUTE)).json()["data"]
    back = (await step(lot, url, "undo", count=2)).json()["data"]
    assert (back["version"], back["digest"], back["canRedo"]) == (1, first["digest"], True)
    assert (await step(lot, url, "redo")).json()["data"]["digest"] == second["digest"]
    assert (await step(lot, url, "redo", count=9)).json()["data"]["digest"] == third["digest"]
    nothing = await step(lot, url, "redo")
    assert (nothing.status_code, nothing.json()["error"]["message"]) == (409, "There is nothing to redo.")


async def test_what_was_undone_is_not_lost_when_something_else_is_done(lot: Lot, url: str) -> None:
    await edit(lot, url, TRIM)
    await step(lot, url, "undo")
    other = (await edit(lot, url, MUTE)).json()["data"]
    assert (other["version"], other["canRedo"], other["frames"]) == (3, False, 132)
    history = (await lot.client.get(f"{url}/versions")).json()
    assert history["pagination"]["total"] == 3
    assert [(one["version"], one["parent"], one["kind"]) for one in history["data"]] == [
        (3, 1, "edit"), (2, 1, "edit"), (1, None, "assembled"),
    ]  # fmt: skip
    assert history["data"][1]["operation"] == TRIM | {"tail": 0}
    restored = (await lot.client.post(f"{url}/restore", json={"restore": 2})).json()["data"]
    assert (restored["version"], restored["frames"]) == (4, 120)
    assert (await step(lot, url, "undo")).json()["data"]["version"] == 3


async def test_all_operations_are_carried_out_or_none(lot: Lot, url: str) -> None:
    answer = await edit(lot, url, MUTE, {"op": "trim_clip", "clip": "c2", "head": 90})
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert (error["code"], error["details"]["field"], error["details"]["number"]) == (
        "edit_refused",
        "head",
        1,
    )
    assert error["suggestion"] == "Trim less, or delete the clip."
    assert (await opened(lot, url))["version"] == 1


@pytest.mark.parametrize(
    ("operation", "field"),
    [
        ({"op": "explode", "clip": "c1"}, "op"),
        ({"op": "set_speed", "clip": "c1", "speed": 11}, "speed"),
        ({"op": "trim_clip", "clip": "c1", "hed": 3}, "hed"),
        ({"op": "add_caption", "startS": 1, "endS": 2, "text": ""}, "text"),
        ({"op": "set_effects", "effects": [{"name": "No such look!"}]}, "name"),
        ({"op": "crop_clip", "clip": "c1", "crop": {"left": 60, "right": 40}}, "crop"),
    ],
)
async def test_an_operation_that_is_wrong_names_its_field(
    lot: Lot, url: str, operation: dict[str, Any], field: str
) -> None:
    answer = await edit(lot, url, operation)
    assert answer.status_code == 422
    assert field in answer.text
    assert (await opened(lot, url))["version"] == 1


@pytest.mark.parametrize(
    ("operation", "field"),
    [
        ({"op": "set_transition", "clip": "c2", "style": "no_such", "length": 12}, "style"),
        ({"op": "set_transition", "clip": "c2", "style": "whip_left", "length": 13}, "length"),
        ({"op": "set_effects", "clip": "c2", "effects": [{"name": "no_such"}]}, "name"),
        ({"op": "set_effects", "effects": [{"name": "grade", "values": {"exposure": 9}}]}, "values"),
    ],
)
async def test_what_no_film_can_show_is_refused(
    lot: Lot, url: str, operation: dict[str, Any], field: str
) -> None:
    answer = await edit(lot, url, MUTE, operation)
    details = answer.json()["error"]["details"]
    assert (answer.status_code, details["field"], details["number"]) == (422, field, 1)
    assert (await opened(lot, url))["version"] == 1


async def test_who_has_seen_another_version_is_told(lot: Lot, url: str) -> None:
    await edit(lot, url, TRIM, version=1)
    late = await edit(lot, url, MUTE, version=1)
    assert (late.status_code, late.json()["error"]["details"]["version"]) == (409, 2)
    assert (await edit(lot, url, MUTE, version=2)).status_code == 200


async def test_of_two_who_edit_at_once_neither_is_lost(lot: Lot, url: str) -> None:
    await opened(lot, url)
    done = await asyncio.gather(*(edit(lot, url, MUTE | {"muted": bool(n % 2)}) for n in range(6)))
    assert sorted(one.json()["data"]["version"] for one in done) == [2, 3, 4, 5, 6, 7]


async def test_the_answer_is_what_this_edit_made_whatever_others_do_meanwhile(
    lot: Lot, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between an edit and its answer somebody else edits: the answer is about the first of the two."""
    carried_out = CutBook.edit

    async def overtaken(self: CutBook, *args: Any, **named: Any) -> Edited:
        edited = await carried_out(self, *args, **named)
        await carried_out(self, *args, **named)
        return edited

    monkeypatch.setattr(CutBook, "edit", overtaken)
    assert (await edit(lot, url, MUTE)).json()["data"]["version"] == 2
    assert (await opened(lot, url))["version"] == 3


async def test_two_who_open_it_at_once_open_one(lot: Lot, url: str) -> None:
    both = await asyncio.gather(*(opened(lot, url) for _ in range(4)))
    assert {one["version"] for one in both} == {1}


async def test_a_take_is_swapped_for_a_stored_clip_by_its_key(lot: Lot, url: str) -> None:
    """Half a second of picture: what the client says of it counts for nothing."""
    stored = await lot.store.put_bytes(clip(), user_id="local")
    said = stored.model_dump(mode="json") | {"duration_s": 900.0}
    short = {"op": "swap_take", "clip": "c2", "media": said, "name": "1B-2"}
    refused = await edit(lot, url, short)
    assert refused.json()["error"]["details"]["frames"] == 12
    cut = await edit(
        lot, url, {"op": "trim_clip", "clip": "c2", "tail": 36}, short | {"media": {"key": stored.key}}
    )
    assert names(cut.json()["data"]) == ["1A-1", "1B-2", "2A-1"]
    kept = cut.json()["data"]["timeline"]["tracks"][0]["items"][1]["media"]
    assert (kept["sha256"], kept["mime"], kept["durationS"]) == (stored.sha256, "video/mp4", 0.5)


async def test_a_file_of_somebody_else_is_not_found(lot: Lot, url: str) -> None:
    theirs = await lot.store.put_bytes(picture(), user_id=await another_user(lot))
    logo = {"kind": "logo", "start": 0, "media": {"key": theirs.key}}
    answer = await edit(lot, url, {"op": "add_overlay", "overlay": logo})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "media_missing")
    for key in ("nothing", "../../etc/passwd", f"image/local/{'0' * 64}.png"):
        answer = await edit(lot, url, {"op": "add_overlay", "overlay": logo | {"media": key}})
        assert answer.status_code == 404, key


async def test_a_cut_that_was_assembled_anew_is_taken_over_when_asked(lot: Lot, url: str) -> None:
    production = url.split("/")[3]
    await edit(lot, url, TRIM)
    again = a_cut().model_copy(update={"name": "With another take"})
    await assembled(lot, production, again)
    stale = await opened(lot, url)
    assert (stale["outdated"], stale["version"]) == (True, 2)
    new = (await lot.client.post(f"{url}/take-over")).json()["data"]
    assert (new["version"], new["outdated"], new["timeline"]["name"]) == (3, False, "With another take")
    assert new["canUndo"] is False
    once = await lot.client.post(f"{url}/take-over")
    assert once.status_code == 409


async def test_two_versions_are_compared(lot: Lot, url: str) -> None:
    await edit(lot, url, {"op": "delete_clip", "clip": "c2"})
    told = (await lot.client.get(f"{url}/compare")).json()["data"]
    assert {(one["what"], one["kind"], one["name"]) for one in told} >= {
        ("clip", "removed", "1B-1"), ("clip", "moved", "2A-1"), ("film", "changed", "Three shots"),
    }  # fmt: skip
    missing = await lot.client.get(f"{url}/compare", params={"before": 9})
    assert missing.status_code == 404


async def test_nobody_edits_the_cut_of_somebody_else(lot: Lot, url: str) -> None:
    await edit(lot, url, TRIM)
    ask_as(await another_user(lot))
    for answer in (
        await lot.client.get(url), await edit(lot, url, MUTE), await step(lot, url, "undo"),
        await lot.client.get(f"{url}/versions"), await lot.client.get(f"{url}/versions/1"),
    ):  # fmt: skip
        assert answer.status_code == 404
