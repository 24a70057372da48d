"""Windows of another shape follow whoever is in the picture: on takes whose subject's place is known.

The method was tuned on seeds below 100. What is asked here are others, looked at once it was done.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from state.timeline import Crop, Focus, TimeRange
from tests import moving_subjects as subjects
from tests.moving_subjects import FPS, LENGTH, SIZE, Take, write
from tools.post.subject import find_subject
from tools.post.window import place

NARROW = (9, 16)
SEED = 700
MOST_MOVES = 2
"""In four seconds, with whoever walks over and stops."""
HARDEST = 0.005
"""Widths of the picture by which the speed may change from one frame to the next."""


async def followed(take: Take, folder: Path, shape: tuple[int, int] = NARROW) -> list[Focus]:
    path = write(take, folder / "take.mp4")
    return await find_subject(path, TimeRange(start=0, length=len(take.frames)), FPS, shape)


def middles(keys: list[Focus], shape: tuple[int, int], size: tuple[int, int] = SIZE) -> NDArray[np.float64]:
    """Where the middle of the window is in each frame, along the way that it can go."""
    across = size[0] / size[1] > shape[0] / shape[1]
    half = width(shape, size) / 2
    along = [place(keys, at)[0 if across else 1] for at in range(LENGTH)]
    return np.clip(along, half, 1 - half)


def width(shape: tuple[int, int], size: tuple[int, int] = SIZE) -> float:
    ratios = shape[0] / shape[1], size[0] / size[1]
    return min(ratios) / max(ratios)


def inside(take: Take, window: NDArray[np.float64], shape: tuple[int, int], axis: int = 0) -> float:
    """In how many of the frames with somebody their middle is in the window; of two the better."""
    shares = []
    for where in (take.where, *take.others):
        there = ~np.isnan(where[:, 0])
        shares.append(float((np.abs(where[there, axis] - window[there]) <= width(shape) / 2).mean()))
    return max(shares)


def moves(window: NDArray[np.float64], cuts: tuple[int, ...]) -> int:
    """How often it sets out; where the film is cut it may be elsewhere at once."""
    steps = np.abs(np.diff(window))
    steps[[cut - 1 for cut in cuts]] = 0
    going = np.concatenate([[False], steps > 2e-4]).astype(int)
    return int((np.diff(going) == 1).sum())


def is_calm(window: NDArray[np.float64], cuts: tuple[int, ...]) -> bool:
    bounds = [0, *cuts, len(window)]
    hardest = max(np.abs(np.diff(window[a:b], 2)).max() for a, b in pairwise(bounds))
    return bool(hardest <= HARDEST) and moves(window, cuts) <= MOST_MOVES


@pytest.mark.breadth(2)
@pytest.mark.parametrize("kind", subjects.SUBJECTS, ids=lambda kind: kind.__name__)
async def test_whoever_is_in_the_picture_stays_in_the_window_and_it_does_not_tremble(kind, tmp_path):
    take = kind(SEED)
    window = middles(await followed(take, tmp_path), NARROW)
    # Who comes in from the side is not met at the very edge.
    assert inside(take, window, NARROW) >= (0.8 if kind is subjects.comes_late else 0.95)
    assert is_calm(window, take.cuts)


@pytest.mark.nightly
@pytest.mark.parametrize("shape", [NARROW, (4, 5), (1, 1)])
@pytest.mark.parametrize("kind", subjects.SUBJECTS, ids=lambda kind: kind.__name__)
async def test_of_many_takes_of_each_kind_95_percent_of_the_frames_have_their_subject(kind, shape, tmp_path):
    shares, calm = [], []
    for seed in range(SEED, SEED + 12):
        take = kind(seed)
        window = middles(await followed(take, tmp_path, shape), shape)
        shares.append(inside(take, window, shape))
        calm.append(is_calm(window, take.cuts))
    assert np.mean(shares) >= 0.95, shares
    assert all(calm)


@pytest.mark.parametrize("kind", [subjects.nothing, subjects.snow], ids=lambda kind: kind.__name__)
async def test_without_anybody_the_window_stands_in_the_middle(kind, tmp_path):
    keys = await followed(kind(SEED), tmp_path)
    assert len(keys) == 1
    assert keys[0].x == pytest.approx(0.5, abs=0.1)


async def test_behind_a_cut_inside_the_file_the_window_is_elsewhere_from_that_very_frame_on(tmp_path):
    take = subjects.cut_in_two(SEED + 50)
    keys = await followed(take, tmp_path)
    (cut,) = take.cuts
    assert [(one.at, other.at) for one, other in pairwise(keys) if one.x != other.x] == [(cut - 1, cut)]
    assert abs(place(keys, cut)[0] - place(keys, cut - 1)[0]) > 0.2


async def test_keys_count_the_frames_of_the_file_and_only_the_asked_for_part_is_looked_at(tmp_path):
    take = subjects.cut_in_two(SEED + 50)
    (cut,) = take.cuts
    path = write(take, tmp_path / "take.mp4")
    behind = await find_subject(path, TimeRange(start=cut + 4, length=24), FPS, NARROW)
    assert [key.at for key in behind] == [cut + 4]
    assert behind[0].x == pytest.approx(take.where[cut + 10, 0], abs=width(NARROW) / 2)


async def test_a_picture_of_that_shape_needs_no_window(tmp_path):
    assert await followed(subjects.at_the_edge(SEED), tmp_path, SIZE) == []


async def test_of_a_crop_the_shares_are_those_of_what_it_leaves(tmp_path):
    take = subjects.is_followed(SEED)
    path = write(take, tmp_path / "take.mp4")
    crop = Crop(left=40) if take.where[0, 0] > 0.5 else Crop(right=40)
    (key, *_) = await find_subject(path, TimeRange(start=0, length=LENGTH), FPS, NARROW, crop=crop)
    expected = (take.where[0, 0] - crop.left / 100) / 0.6
    assert key.x == pytest.approx(expected, abs=0.12)


TALL = (SIZE[1], SIZE[0])


@pytest.mark.breadth(2)
@pytest.mark.parametrize("seed", [SEED, SEED + 1])
async def test_of_somebody_who_is_higher_than_the_window_the_head_is_seen(seed, tmp_path):
    scene = subjects.Scene(seed, TALL, LENGTH)
    scene.enters(np.full(LENGTH, 0.5), share=0.42, person=True)
    take = scene.take()
    keys = await followed(take, tmp_path, (16, 9))
    window, high = place(keys, 40)[1], width((16, 9), TALL)
    figure = scene.people[0][0].mask.shape[0] / TALL[1]
    top = take.where[:, 1].min() - figure / 2
    assert window - high / 2 <= top + 0.02
    assert window + high / 2 >= top + 0.26 * figure, "down to the chin"
