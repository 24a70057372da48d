"""Clips that nobody touched keep the packets that they came with; whatever is in doubt is encoded."""

import asyncio
from pathlib import Path

import av
import numpy as np
import pytest

from state.timeline import Cue, Effect, Timeline
from tests.cut_media import FPS, a_clip, a_timeline, dissolve, write_take
from tools.ffmpeg.command import run_ffmpeg
from tools.post import copying
from tools.post.copying import plan_copy
from tools.post.encode import MASTER, Encoding
from tools.post.master import render_master
from tools.post.piece import Film, plan_piece
from tools.post.pieces import Pieces
from tools.post.segments import plan_segments
from tools.post.sources import open_picture

TAGGED = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
CODED = ("-c:v", "libx264", "-preset", "veryfast", "-g", "12", "-sc_threshold", "0", "-pix_fmt", "yuv420p")


async def coded(path: Path, *more: str, size: str = "320x180", seconds: int = 2, rate: int = FPS) -> Path:
    """A moving picture with bidirectional frames, a new group every twelve frames."""
    source = f"testsrc2=s={size}:r={rate}:d={seconds},{TAGGED}"
    await run_ffmpeg(["-f", "lavfi", "-i", source, *CODED, *more, "-f", "mp4", path])
    return path


@pytest.fixture(scope="module")
def media(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    asyncio.run(_fill(folder))
    return folder


async def _fill(folder: Path) -> None:
    for name, luma in (("a", 60), ("b", 120), ("c", 180)):
        write_take(folder / f"{name}.mp4", [luma + n for n in range(24)])
    await coded(folder / "moving.mp4")
    await coded(folder / "like.mp4", *MASTER.coder)
    await run_ffmpeg(
        ["-display_rotation", "90", "-i", folder / "like.mp4", "-c", "copy", folder / "turned.mp4"]
    )
    await coded(folder / "open.mp4", "-x264-params", "open-gop=1:bframes=3:b-adapt=0")
    await coded(folder / "tall.mp4", size="320x240")
    await coded(folder / "slow.mp4", rate=25)
    await coded(folder / "lines.mp4", "-flags", "+ildct+ilme")
    await coded(folder / "full.mp4", "-color_range", "pc")
    await coded(folder / "ten.mp4", "-pix_fmt", "yuv420p10le")
    await coded(folder / "hevc.mp4", "-c:v", "mpeg4")
    await coded(folder / "settings.mp4", "-x264-params", "repeat-headers=1", "-flags", "-global_header")


@pytest.fixture
def join(media, tmp_path):
    async def _join(cut: Timeline, **more: object) -> tuple[Pieces, Path]:
        heard: list[Pieces] = []
        into = tmp_path / "master.mp4"
        await render_master(
            cut, resolve=lambda key: media / key, into=into, work=tmp_path / "work", tell=heard.append, **more
        )
        await run_ffmpeg(["-xerror", "-err_detect", "explode", "-i", into, "-f", "null", "-"])
        return heard[0], into

    return _join


def frames(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


async def test_clips_that_nobody_touched_are_joined_frame_for_frame(join, media):
    names = [f"{name}.mp4" for name in "abcabcabcabc"]
    pieces, path = await join(a_timeline([a_clip(name, 24) for name in names]))
    assert pieces == Pieces(encoded=0, copied=3)
    wanted = [frame for name in names for frame in frames(media / name)]
    assert np.array_equal(frames(path), wanted)
    with av.open(str(path)) as container:
        codec = container.streams.video[0].codec_context
        assert (codec.colorspace, codec.color_primaries, codec.color_trc, codec.color_range) == (1, 1, 1, 1)


async def test_groups_from_the_middle_of_a_file_are_copied(join, media):
    pieces, path = await join(a_timeline([a_clip("moving.mp4", 24, start=12), a_clip("moving.mp4", 12)]))
    assert pieces == Pieces(encoded=0, copied=2)
    every = frames(media / "moving.mp4")
    assert np.array_equal(frames(path), [*every[12:36], *every[:12]])


async def test_beside_what_is_encoded_only_what_is_coded_alike_is_copied(join, media):
    """`like` was coded as masters are; the others would need other settings of the decoder."""
    captioned = {"captions": [Cue(start_s=2.2, end_s=2.8, text="Good morning")]}
    cut = a_timeline([a_clip("like.mp4", 48), a_clip("a.mp4", 24), a_clip("moving.mp4", 48)], **captioned)
    pieces, path = await join(cut)
    assert pieces == Pieces(encoded=2, copied=1)
    assert np.array_equal(frames(path)[:48], frames(media / "like.mp4"))


async def test_a_copy_that_is_not_what_it_should_be_is_encoded(join, monkeypatch):
    """As a file would be that leads elsewhere than its index says."""
    true = copying.copy_arguments
    monkeypatch.setattr(
        "tools.post.copied_pieces.copy_arguments",
        lambda copies, into: true(copies, into, frames=23),
    )
    pieces, path = await join(a_timeline([a_clip("a.mp4", 24), a_clip("b.mp4", 24)]))
    assert pieces == Pieces(encoded=2)
    assert len(frames(path)) == 48


async def _is_copied(media: Path, cut: Timeline, encoding: Encoding = MASTER) -> bool:
    names = {item.media.key for item in cut.tracks[0].items if item.kind == "clip"}
    sources = {name: await open_picture(media / name) for name in names}
    film = Film(timeline=cut, sources=sources, luts={}, encoding=encoding)
    segments = plan_segments(cut, sources)
    return all(plan_copy(film, plan_piece(film, segment)) is not None for segment in segments)


WHOLE = a_clip("like.mp4", 48)


@pytest.mark.parametrize(
    ("clip", "copied"),
    [
        (WHOLE, True),
        (a_clip("moving.mp4", 12, start=24), True),
        (a_clip("moving.mp4", 20, start=5), False),
        (a_clip("moving.mp4", 13), False),
        (a_clip("moving.mp4", 60), False),
        (a_clip("open.mp4", 48), True),
        (a_clip("open.mp4", 12, start=9), False),
        (a_clip("open.mp4", 9), False),
        (a_clip("turned.mp4", 48), False),
        (a_clip("tall.mp4", 48), False),
        (a_clip("slow.mp4", 50), False),
        (a_clip("lines.mp4", 48), False),
        (a_clip("full.mp4", 48), False),
        (a_clip("ten.mp4", 48), False),
        (a_clip("hevc.mp4", 48), False),
        (a_clip("settings.mp4", 48), False),
        (WHOLE.model_copy(update={"fade_in": 5}), False),
        (WHOLE.model_copy(update={"fit": "fit"}), False),
        (WHOLE.model_copy(update={"effects": [Effect(name="vignette")]}), False),
        (WHOLE.model_copy(update={"effects": [Effect(name="vignette", on=False)]}), True),
    ],
    ids=lambda value: value.name if hasattr(value, "name") else str(value),
)
async def test_what_is_in_doubt_is_not_copied(media, clip, copied):
    assert await _is_copied(media, a_timeline([clip])) is copied


async def test_a_film_of_which_something_is_asked_is_not_copied(media):
    cut = a_timeline([WHOLE])
    assert await _is_copied(media, cut)
    assert not await _is_copied(media, cut.model_copy(update={"effects": [Effect(name="grain")]}))
    assert not await _is_copied(media, cut, Encoding(coder=("-c:v", "libx264", "-b:v", "900k")))
    assert not await _is_copied(media, cut, Encoding(coder=("-c:v", "libvpx-vp9")))
    assert not await _is_copied(media, a_timeline([WHOLE, dissolve(6), WHOLE]))
