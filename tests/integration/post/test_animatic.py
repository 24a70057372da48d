"""The animatic: as long as its boards, with a slate over panels and none over cards."""

import asyncio
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from state.errors import MediaMissing, PostError
from tools.ffmpeg.probe import probe
from tools.post.animatic import FPS, Board, animatic_size, cut_animatic, timecode
from tools.post.stills import frame_at

SIZE = (320, 180)


def painted(folder: Path, colour: str = "#2f7d5b") -> Path:
    path = folder / f"{colour.strip('#')}.png"
    Image.new("RGB", SIZE, colour).save(path)
    return path


async def first_frame(video: Path, folder: Path, at_s: float = 0.0) -> np.ndarray:
    shown = await frame_at(video, at_s, folder / f"seen{at_s}.png")
    return np.asarray(await asyncio.to_thread(Image.open, shown)).astype(int)


async def test_it_is_as_long_as_its_boards_together(tmp_path):
    boards = [Board(picture=painted(tmp_path), seconds=s, slate="1A") for s in (0.5, 1.25, 0.75)]
    made = await cut_animatic(boards, size=SIZE, into=tmp_path / "animatic.mp4")
    facts = await probe(made)
    assert facts.duration_s == pytest.approx(2.5, abs=1 / FPS)
    assert (facts.width, facts.height) == SIZE


async def test_a_slate_lies_over_panels_and_not_over_cards(tmp_path):
    panel = painted(tmp_path)
    boards = [
        Board(picture=panel, seconds=1, slate="1A", heading="Kitchen, day"),
        Board(picture=panel, seconds=1),
    ]
    made = await cut_animatic(boards, size=SIZE, into=tmp_path / "animatic.mp4")
    with_slate, without = [await first_frame(made, tmp_path, at) for at in (0.4, 1.5)]
    bar = slice(0, 10)
    assert with_slate[bar].mean() < without[bar].mean() - 20
    assert abs(with_slate[60:160].mean() - without[60:160].mean()) < 3


async def test_a_title_comes_up_under_the_slate_and_goes(tmp_path):
    board = Board(picture=painted(tmp_path, "#202020"), seconds=4, slate="1A", title="Quay, night")
    made = await cut_animatic([board], size=SIZE, into=tmp_path / "animatic.mp4")
    before, during, after = [await first_frame(made, tmp_path, at) for at in (0.2, 1.5, 3.5)]
    changed = np.abs(during - before).max(axis=2) > 60
    rows, columns = np.nonzero(changed)
    assert (rows.min() >= 15, rows.max() < 60, columns.max() < 200) == (True, True, True)
    assert not (np.abs(after - before).max(axis=2) > 60).any()


async def test_every_panel_is_seen_in_its_time(tmp_path):
    boards = [Board(picture=painted(tmp_path, c), seconds=0.5) for c in ("#d03030", "#3030d0")]
    made = await cut_animatic(boards, size=SIZE, into=tmp_path / "animatic.mp4")
    red, blue = [await first_frame(made, tmp_path, at) for at in (0.1, 0.8)]
    assert red[..., 0].mean() > red[..., 2].mean() + 60
    assert blue[..., 2].mean() > blue[..., 0].mean() + 60


async def test_a_panel_that_could_not_be_made_is_a_grey_board(tmp_path):
    made = await cut_animatic(
        [Board(picture=None, seconds=0.5, slate="1A")], size=SIZE, into=tmp_path / "a.mp4"
    )
    assert (await first_frame(made, tmp_path))[60:160].std() < 8


async def test_no_boards_and_lost_panels_are_said(tmp_path):
    with pytest.raises(PostError):
        await cut_animatic([], size=SIZE, into=tmp_path / "a.mp4")
    lost = Board(picture=tmp_path / "gone.png", seconds=1, slate="2B")
    with pytest.raises(MediaMissing, match="2B"):
        await cut_animatic([lost], size=SIZE, into=tmp_path / "a.mp4")


def test_large_films_get_small_animatics_and_small_ones_stay():
    assert animatic_size((1920, 1080)) == (960, 540)
    assert animatic_size((1080, 1920)) == (540, 960)
    assert animatic_size((320, 180)) == (320, 180)


def test_the_clock_counts_minutes_and_seconds():
    assert timecode(67.9) == "01:07"
