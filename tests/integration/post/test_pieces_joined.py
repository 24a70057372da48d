"""A master of several pieces: no frame is missing, doubled, or another one than in a film of one piece."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from state.errors import FfmpegFailed
from state.timeline import Cue, Effect, Title
from tests.cut_media import a_clip, a_timeline, dissolve, read_back, write_take
from tools.post import segments
from tools.post.encode import MASTER, Encoding
from tools.post.titles import Label

LUMAS = [20 + n * 4 % 200 for n in range(30 * 22)]
"""Fifty frames until one comes again."""


@pytest.fixture(scope="module")
def media(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    write_take(folder / "counted.mp4", LUMAS[: 24 * 22])
    write_take(folder / "faster.mp4", LUMAS, fps=30)
    write_take(folder / "slower.mp4", LUMAS[: 25 * 22], fps=25)
    return folder


def _packets(path: Path) -> list[tuple[int, int, bool]]:
    """Moment, decoding moment, and whether it needs no other, in frames."""
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        step = int(1 / (24 * video.time_base))
        found = [(p.pts, p.dts, p.is_keyframe) for p in container.demux(video) if p.pts is not None]
        assert all(pts % step == 0 and dts % step == 0 for pts, dts, _ in found)
        return [(pts // step, dts // step, key) for pts, dts, key in found]


async def test_a_long_clip_of_three_pieces_shows_every_frame_once(render):
    timeline = a_timeline([a_clip("counted.mp4", 480, start=13)])
    _, path = await render(timeline)
    shown = read_back(path)
    assert len(shown.lumas) == 480
    assert np.abs(np.subtract([shown.luma(n) for n in range(480)], LUMAS[13:493])).max() < 2


async def test_every_frame_has_its_moment(render):
    _, path = await render(a_timeline([a_clip("counted.mp4", 480, start=13)]))
    packets = _packets(path)
    assert sorted(pts for pts, _, _ in packets) == list(range(480))
    assert all(after - before == 1 for (_, before, _), (_, after, _) in pairwise(packets))
    borders = [250 - 13, 2 * segments.GRID_S * 24 - 13]  # the second has no key frame near it
    assert all((border, True) in {(pts, key) for pts, _, key in packets} for border in borders)


def _in_one(monkeypatch) -> None:
    monkeypatch.setattr(segments, "GRID_S", 10_000)
    monkeypatch.setattr(segments, "SHORTEST_S", 9_000)
    monkeypatch.setattr(segments, "_is_full", lambda run, fps: False)


@pytest.mark.parametrize("name", ["faster.mp4", "slower.mp4"])
async def test_pieces_of_a_clip_at_another_rate_take_the_frames_that_the_whole_would(
    render, monkeypatch, name
):
    timeline = a_timeline([a_clip(name, 480, start=13)])
    _, path = await render(timeline)
    parted = read_back(path)
    _in_one(monkeypatch)
    _, path = await render(timeline)
    whole = read_back(path)
    lumas = [[film.luma(n) for n in range(480)] for film in (parted, whole)]
    assert np.abs(np.subtract(*lumas)).max() < 3


async def test_words_and_looks_are_those_of_a_film_of_one_piece(render, monkeypatch):
    """Also where a caption, a fading title or the label is seen in two pieces."""
    timeline = a_timeline(
        [a_clip("counted.mp4", 200, start=60), dissolve(12), a_clip("slower.mp4", 90),
         a_clip("faster.mp4", 40)],
        captions=[Cue(start_s=5.2, end_s=6.9, text="Good morning"), Cue(start_s=10.9, end_s=12, text="you")],
    ).model_copy(update={
        "titles": [Title(start_s=5.3, end_s=5.9, text="Lima")], "effects": [Effect(name="vignette")],
    })  # fmt: skip
    _, path = await render(timeline, label=Label("Made by hand", whole=True))
    parted = read_back(path).lumas.astype(int)
    assert {0, 132, 278} <= {at for at, _, key in _packets(path) if key}
    _in_one(monkeypatch)
    _, path = await render(timeline, label=Label("Made by hand", whole=True))
    whole = read_back(path).lumas.astype(int)
    assert parted.shape == whole.shape
    apart = (np.abs(parted - whole) > 50).sum(axis=(1, 2))
    assert apart.max() < 20


async def test_a_piece_with_a_frame_too_few_is_no_film(render, monkeypatch):
    """Without the look at every piece the film would be one frame short."""
    arguments = MASTER.arguments

    def short(self: Encoding, *, fps: int, frames: int) -> list[str]:
        return arguments(fps=fps, frames=frames - (frames == 134))

    monkeypatch.setattr(Encoding, "arguments", short)
    with pytest.raises(FfmpegFailed, match="133 frames instead of 134"):
        await render(a_timeline([a_clip("counted.mp4", 480, start=13)]))


async def test_pieces_that_are_coded_in_different_ways_are_not_joined(render, monkeypatch):
    arguments = MASTER.arguments

    def another(self: Encoding, *, fps: int, frames: int) -> list[str]:
        made = arguments(fps=fps, frames=frames)
        return [*made, "-x264-params", "ref=4"] if frames == 134 else made

    monkeypatch.setattr(Encoding, "arguments", another)
    with pytest.raises(FfmpegFailed, match="not coded alike"):
        await render(a_timeline([a_clip("counted.mp4", 480, start=13)]))


async def test_the_same_film_is_the_same_file(render):
    timeline = a_timeline([a_clip("counted.mp4", 300, start=13), a_clip("slower.mp4", 30)])
    found = []
    for _ in range(2):
        _, path = await render(timeline)
        found.append(path.read_bytes())
    assert found[0] == found[1]
