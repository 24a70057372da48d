"""Where clips meet: both frames as they are in their files, how far they differ, and one for both."""

from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np
import pytest

from state.timeline import Clip, Timeline, TimeRange, Track
from tests.cut_media import FPS, SIZE, write_take
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production, assembled
from tools.post.master import render_master

LUMAS = {"up": [40 + 4 * n for n in range(24)], "on": [132] * 24, "away": [220] * 24}
"""The first ends with 132, with which the second goes on; the third is another picture."""


@pytest.fixture
async def url(lot: Lot, tmp_path: Path) -> str:
    clips = []
    for name, lumas in LUMAS.items():
        file = write_take(tmp_path / f"{name}.mp4", lumas)
        media = await lot.store.put(file, user_id="local")
        clips.append(Clip(name=name, media=media, source=TimeRange(start=0, length=24)))
    picture = Track(name="picture", role="picture", items=clips)
    production = await a_production(lot)
    cut = Timeline(name="Three", fps=FPS, width=SIZE[0], height=SIZE[1], tracks=[picture])
    await assembled(lot, production, cut)
    return f"/api/productions/{production}/cut"


async def data(asked: httpx.Response) -> Any:
    assert asked.status_code == 200, asked.text
    return asked.json()["data"]


async def luma_at(lot: Lot, link: str) -> float:
    """The middle of a linked picture, as luma in limited range."""
    path = await lot.store.get(link.partition("/media/")[2].partition("?")[0])
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        return float(np.asarray(frame.to_image().convert("L"))[90, 160]) * 219 / 255 + 16


async def test_where_two_clips_differ_is_told_and_where_one_goes_on(lot: Lot, url: str) -> None:
    joins = await data(await lot.client.get(f"{url}/joins"))
    assert [(one["before"], one["after"], one["at"], one["style"]) for one in joins] == [
        ("c1", "c2", 24, "cut"), ("c2", "c3", 48, "cut"),
    ]  # fmt: skip
    assert [one["matches"] for one in joins] == [True, False]
    assert [one["conflicts"] for one in joins] == [False, True]
    assert joins[0]["unlike"] < 0.02 < 0.3 < joins[1]["unlike"]
    assert await luma_at(lot, joins[0]["lastFrameUrl"]) == pytest.approx(132, abs=3)
    assert await luma_at(lot, joins[1]["firstFrameUrl"]) == pytest.approx(220, abs=3)


async def test_the_ends_of_a_clip_are_the_frames_of_its_file(lot: Lot, url: str) -> None:
    """S4-062: also of a clip that was trimmed."""
    trim = {"op": "trim_clip", "clip": "c1", "head": 5, "tail": 3}
    await data(await lot.client.post(f"{url}/operations", json={"operations": [trim]}))
    ends = await data(await lot.client.get(f"{url}/clips/c1/frames"))
    assert await luma_at(lot, ends["firstFrameUrl"]) == pytest.approx(40 + 4 * 5, abs=3)
    assert await luma_at(lot, ends["lastFrameUrl"]) == pytest.approx(40 + 4 * 20, abs=3)
    missing = await lot.client.get(f"{url}/clips/c9/frames")
    assert (missing.status_code, "c9" in missing.text) == (404, True)


@pytest.mark.parametrize(("keep", "value"), [("before", 132), ("after", 220)])
async def test_both_clips_meet_in_the_frame_that_is_kept(
    lot: Lot, url: str, tmp_path: Path, keep: str, value: int
) -> None:
    """S4-064, S4-066, S4-068: seen in the render; between that frame and the take nothing jumps."""
    before = await data(await lot.client.get(url))
    done = await data(await lot.client.post(f"{url}/joins/c3", json={"keep": keep, "frames": 8}))
    assert (done["version"], done["frames"]) == (before["version"] + 1, before["frames"])
    seen = await lumas_of(lot, done["timeline"], tmp_path)
    assert len(seen) == 72
    assert seen[47] == pytest.approx(value if keep == "after" else 132, abs=3)
    assert seen[48] == pytest.approx(value if keep == "before" else 220, abs=3)
    assert max(abs(np.diff(seen[38:58]))) <= 88 / 7 + 3, "a jump"
    joins = await data(await lot.client.get(f"{url}/joins"))
    assert [one["conflicts"] for one in joins] == [False] * 3, "the still blends with what it stands beside"
    undone = await data(await lot.client.post(f"{url}/undo", json={}))
    assert undone["digest"] == before["digest"]


async def lumas_of(lot: Lot, timeline: dict[str, Any], folder: Path) -> list[float]:
    cut = Timeline.model_validate(timeline)
    clips = [item for track in cut.tracks for item in track.items if isinstance(item, Clip)]
    paths = {clip.media.key: await lot.store.get(clip.media.key) for clip in clips}
    await render_master(cut, resolve=paths.__getitem__, into=folder / "cut.mp4", work=folder / "work")
    with av.open(str(folder / "cut.mp4")) as container:
        return [float(frame.to_ndarray()[90, 160]) for frame in container.decode(video=0)]


async def test_a_join_that_there_is_not_and_a_clip_that_is_too_short_are_refused(lot: Lot, url: str) -> None:
    first = await lot.client.post(f"{url}/joins/c1", json={"keep": "before"})
    assert first.status_code == 404
    long = await lot.client.post(f"{url}/joins/c2", json={"keep": "before", "frames": 25})
    assert (long.status_code, long.json()["error"]["details"]["frames"]) == (422, 24)
    wrong = await lot.client.post(f"{url}/joins/c2", json={"keep": "both"})
    assert (wrong.status_code, "keep" in wrong.text) == (422, True)
    late = await lot.client.post(f"{url}/joins/c2", json={"keep": "after", "version": 9})
    assert late.status_code == 409


async def test_a_part_of_the_cut_is_shown_before_it_is_rendered_whole(lot: Lot, url: str) -> None:
    """S4-069: around the cut into a clip, and of any frames; what was seen before is not rendered again."""
    shown = await data(await lot.client.post(f"{url}/preview", json={"clip": "c3"}))
    assert (shown["version"], shown["start"], shown["frames"]) == (1, 12, 60)
    seen = await frames_at(lot, shown["url"])
    assert len(seen) == 60
    assert [round(seen[at]) for at in (35, 36)] == pytest.approx([132, 220], abs=5)
    part = await data(await lot.client.post(f"{url}/preview", json={"start": 70, "frames": 100}))
    assert (part["frames"], len(await frames_at(lot, part["url"]))) == (2, 2)
    again = await data(await lot.client.post(f"{url}/preview", json={"clip": "c3"}))
    assert again["url"].partition("?")[0] == shown["url"].partition("?")[0]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "clip"), ({"clip": "c2", "start": 3}, "clip"), ({"clip": "c9"}, "clip"),
        ({"start": 72}, "start"), ({"start": 0, "frames": 481}, "frames"), ({"start": -1}, "start"),
    ],
)  # fmt: skip
async def test_a_part_that_the_cut_has_not_is_refused(
    lot: Lot, url: str, asked: dict[str, Any], field: str
) -> None:
    answer = await lot.client.post(f"{url}/preview", json=asked)
    assert (answer.status_code, field in answer.text) == (422, True), answer.text


async def frames_at(lot: Lot, link: str) -> list[float]:
    path = await lot.store.get(link.partition("/media/")[2].partition("?")[0])
    with av.open(str(path)) as container:
        return [float(frame.to_ndarray()[90, 160]) for frame in container.decode(video=0)]


@pytest.mark.parametrize(("keep", "status"), [("before", 409), ("after", 200)])
async def test_a_join_is_not_settled_at_the_cost_of_a_locked_shot(
    lot: Lot, url: str, keep: str, status: int
) -> None:
    """What the third clip begins with stays; the one before it may come to meet it."""
    await lot.database.execute(
        'update productions set context = context || \'{"locked": ["away"]}\' where production_id = %s',
        [url.split("/")[3]],
    )
    done = await lot.client.post(f"{url}/joins/c3", json={"keep": keep, "frames": 8})
    assert (done.status_code, "away is locked" in done.text) == (status, status == 409)
