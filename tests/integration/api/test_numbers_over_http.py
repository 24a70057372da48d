"""Whatever number stands in an edit: the answer is soon there, no failure of ours, and the cut opens."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from state import edits
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production, assembled
from tests.media_files import clip, picture, sound

BAD = (
    "NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e308", "-1e308", "1e-320", "0", "-0.0", "-1", "0.5",
    "1e15", str(2**31), str(2**63), str(-(2**63) - 1), str(10**40), "9" * 5000,
)  # fmt: skip
"""As they stand in JSON; some are no JSON at all, and Python reads them."""
STYLE = {"size": 1.5, "font": "Inter"}
CUE = {"text": "Not now", "startS": 0.5, "endS": 1.5}
SAID = {"text": "Not", "startS": 0.5, "endS": 0.9}
GRADE = {"name": "grade", "strength": 0.5, "values": {"exposure": 0.5}}
OVERLAY = {
    "kind": "text",
    "text": "Now",
    "start": 3,
    "length": 9,
    "width": 20,
    "opacity": 0.5,
    "size": 1,
    "fade": 2,
}
SOUND = {"gainDb": -3, "fadeIn": 2, "fadeOut": 2}


Json = dict[str, Any]
Path = tuple[str | int, ...]
SOON_S = 10


def every_edit(cut: Json, take: Json, tone: Json, still: Json) -> list[Json]:
    """One of each operation that has numbers, with all that it has."""
    tracks = {track["name"]: track for track in cut["tracks"]}
    words = cut["captions"][0]["id"]
    first, second = (item["id"] for item in tracks["picture"]["items"][:2])
    [door] = [item["id"] for item in tracks["effects"]["items"] if item["kind"] == "clip"]
    shot = {
        "name": "new", "media": take, "source": {"start": 0, "length": 12}, "frames": 12, "speed": 1,
        "gainDb": 1.5, "fadeIn": 1, "fadeOut": 1, "effects": [GRADE],
        "crop": {"left": 1, "top": 1, "right": 1, "bottom": 1}, "focus": [{"at": 2, "x": 0.5, "y": 0.5}],
    }  # fmt: skip
    heard = {"name": "tone", "media": tone, "source": {"start": 0, "length": 6}, **SOUND}
    return [
        {"op": "add_clip", "track": "picture", "clip": shot},
        {"op": "add_clip", "track": "effects", "clip": heard, "at": 2},
        {"op": "shift_clip", "clip": door, "at": 70},
        {"op": "split_clip", "clip": first, "at": 20},
        {"op": "trim_clip", "clip": second, "head": 3, "tail": 3},
        {"op": "roll_cut", "clip": second, "frames": 2},
        {"op": "slip_clip", "clip": second, "frames": 2},
        {"op": "swap_take", "clip": first, "media": still, "start": 0},
        {"op": "anchor_frame", "clip": first, "edge": "first", "media": still, "frames": 6},
        {"op": "crop_clip", "clip": first, "crop": {"left": 5, "top": 5, "right": 5, "bottom": 5}},
        {"op": "set_focus", "clip": first, "focus": [{"at": 3, "x": 0.5, "y": 0.5}]},
        {"op": "set_speed", "clip": first, "speed": 2},
        {"op": "set_transition", "clip": second, "style": "dissolve", "length": 12},
        {"op": "set_sound", "clip": door, **SOUND},
        {"op": "set_track", "track": "music", **SOUND},
        {"op": "set_master", "gainDb": -3},
        {"op": "set_effects", "effects": [{"name": "grade", "strength": 1, "values": {"tint": 0.5}}]},
        {"op": "add_caption", **CUE, "words": [SAID], "style": STYLE},
        {"op": "change_caption", "caption": words, "startS": 0.5, "endS": 1.5, "style": STYLE},
        {"op": "set_caption_style", "style": STYLE},
        {"op": "add_overlay", "overlay": OVERLAY},
        {"op": "change_overlay", "id": cut["overlays"][0]["id"], "overlay": OVERLAY},
        {"op": "add_marker", "at": 9, "name": "here"},
    ]  # fmt: skip


def numbers_in(part: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(part, dict | list):
        steps = part.items() if isinstance(part, dict) else enumerate(part)
        for step, inner in steps:
            yield from numbers_in(inner, (*path, step))
    elif isinstance(part, int | float):
        yield path


def with_number(edit: dict[str, Any], path: tuple[str | int, ...], number: str) -> str:
    """The request's body as text: what stands there need not be JSON."""
    whole = json.loads(json.dumps(edit))
    part: Any = whole
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = "@"
    return json.dumps({"operations": [whole]}).replace('"@"', number)


@pytest.fixture
async def url(lot: Lot) -> str:
    production = await a_production(lot)
    await assembled(lot, production)
    return f"/api/productions/{production}/cut"


async def examples(lot: Lot, url: str) -> list[Json]:
    opened = await lot.client.get(url)
    take = await lot.store.put_bytes(clip(), user_id="local")
    tone = await lot.store.put_bytes(sound("wav"), user_id="local")
    still = await lot.store.put_bytes(picture(), user_id="local")
    files = ({"key": one.key} for one in (take, tone, still))
    return every_edit(opened.json()["data"]["timeline"], *files)


async def sent(lot: Lot, url: str, body: str) -> httpx.Response:
    """The answer; a cut that is changed opens and leaves in all formats, and the change is taken back."""
    began = time.monotonic()
    headers = {"content-type": "application/json"}
    answer = await lot.client.post(f"{url}/operations", content=body, headers=headers)
    if answer.status_code == 200:
        json.dumps(answer.json(), allow_nan=False)
        for read in (url, *(f"{url}/formats/{kind}" for kind in ("otio", "fcpxml", "edl"))):
            read_again = await lot.client.get(read)
            assert read_again.status_code == 200, (read, body[:300], read_again.text[:300])
        assert (await lot.client.post(f"{url}/undo", json={})).status_code == 200
    assert time.monotonic() - began < SOON_S, body[:300]
    return answer


async def test_the_examples_are_edits_that_can_be_made(lot: Lot, url: str) -> None:
    """The control: what is refused below is refused for its number."""
    refused = []
    for edit in await examples(lot, url):
        answer = await sent(lot, url, json.dumps({"operations": [edit]}))
        refused += [(edit["op"], answer.text[:200])] if answer.status_code != 200 else []
    assert refused == []


def test_every_operation_that_has_numbers_is_among_them() -> None:
    known = {kind.model_fields["op"].default: kind for kind in edits.Operation.__subclasses__()}
    without = {
        "delete_clip",
        "move_clip",
        "add_track",
        "delete_track",
        "delete_caption",
        "delete_overlay",
        "delete_marker",
    }
    cut = {
        "tracks": [
            {"name": "picture", "items": [{"id": "a"}, {"id": "b"}]},
            {"name": "effects", "items": [{"id": "c", "kind": "clip"}]},
        ],
        "captions": [{"id": "d"}], "overlays": [{"id": "e"}],
    }  # fmt: skip
    assert {edit["op"] for edit in every_edit(cut, {}, {}, {})} == known.keys() - without


def cases(many: list[Json]) -> list[tuple[Json, Path, str]]:
    return [(edit, path, bad) for edit in many for path in numbers_in(edit) for bad in BAD]


@pytest.mark.parametrize("part", [0, *(pytest.param(n, marks=pytest.mark.nightly) for n in range(1, 17))])
async def test_no_number_is_a_failure_of_ours(lot: Lot, url: str, part: int) -> None:
    """Every seventeenth case each day: as there are eighteen bad numbers, each field has had some of them."""
    wrong = []
    for edit, path, bad in cases(await examples(lot, url))[part::17]:
        answer = await sent(lot, url, with_number(edit, path, bad))
        if answer.status_code not in (200, 400, 404, 409, 422):
            wrong.append((edit["op"], path, bad[:20], answer.status_code, answer.text[:300]))
        if answer.status_code == 422 and not answer.json()["error"]["suggestion"]:
            wrong.append((edit["op"], path, bad[:20], "no word on what to do"))
    assert wrong == []


@pytest.mark.parametrize("bad", ["NaN", "Infinity", "-Infinity"])
async def test_what_is_no_number_is_refused_with_its_field(lot: Lot, url: str, bad: str) -> None:
    accepted = []
    for edit in (await examples(lot, url))[:: 1 if bad == "NaN" else 6]:
        for path in numbers_in(edit):
            answer = await sent(lot, url, with_number(edit, path, bad))
            named = next(str(step) for step in reversed(path) if isinstance(step, str))
            if answer.status_code not in (400, 422) or (
                answer.status_code == 422 and named not in answer.text
            ):
                accepted.append((edit["op"], path, answer.status_code, answer.text[:200]))
    assert accepted == []
