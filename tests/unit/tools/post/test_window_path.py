"""The curve of a window: softly through its keys, never beyond them, and the same in every part of a clip."""

from itertools import pairwise

import numpy as np
import pytest
from pydantic import ValidationError

from state.timeline import Clip, Focus
from tests.cut_media import a_clip
from tools.post.window import expression, moves, place


def path(keys: list[Focus], frames: int) -> list[float]:
    return [place(keys, at)[0] for at in range(frames)]


def some_keys(seed: int) -> list[Focus]:
    dice = np.random.default_rng(seed)
    at = np.cumsum(dice.choice([1, 2, 7, 24, 60], 12))
    return [
        Focus(at=int(one), x=float(x), y=float(y))
        for one, x, y in zip(at, *dice.random((2, 12)), strict=True)
    ]


def test_without_keys_it_is_the_middle_and_with_one_it_stands():
    assert place([], 7) == (0.5, 0.5)
    assert [place([Focus(at=10, x=0.2, y=0.9)], at) for at in (0, 10, 99)] == [(0.2, 0.9)] * 3
    assert not moves([Focus(at=1, x=0.2), Focus(at=9, x=0.2)])
    assert moves([Focus(at=1, x=0.2), Focus(at=9, x=0.2, y=0.4)])


@pytest.mark.parametrize("seed", range(5))
def test_it_goes_through_its_keys_and_never_beyond_them(seed):
    keys = some_keys(seed)
    for before, after in pairwise(keys):
        assert place(keys, before.at)[0] == pytest.approx(before.x)
        low, high = sorted((before.x, after.x))
        seen = [place(keys, at)[0] for at in range(before.at, after.at)]
        assert low - 1e-9 <= min(seen) <= max(seen) <= high + 1e-9


def test_it_leaves_where_it_stood_softly_and_comes_to_rest_softly():
    steps = np.diff(
        path([Focus(at=0, x=0.2), Focus(at=24, x=0.2), Focus(at=48, x=0.8), Focus(at=72, x=0.8)], 73)
    )
    assert np.abs(np.diff(steps)).max() < 6 * 0.6 / 24**2 * 1.05, "as a smooth step, no harder"


def test_a_movement_of_three_keys_does_not_stop_at_the_second():
    steps = np.diff(path([Focus(at=0, x=0.1), Focus(at=30, x=0.4), Focus(at=60, x=0.7)], 61))
    assert steps[28:32].min() > 0.9 * 0.6 / 60


def test_between_keys_that_touch_it_jumps_and_neither_side_feels_it():
    keys = [Focus(at=0, x=0.3), Focus(at=23, x=0.3), Focus(at=24, x=0.7), Focus(at=60, x=0.7)]
    assert path(keys, 48) == pytest.approx([0.3] * 24 + [0.7] * 24)


@pytest.mark.parametrize("seed", range(5))
def test_ffmpeg_is_told_the_same_curve_for_every_part(seed):
    keys = some_keys(seed)
    whole = keys[-1].at + 10
    for first, frames in ((0, whole), (keys[4].at, 9), (keys[3].at + 3, 40), (keys[-1].at + 2, 4)):
        text = expression(keys, "y", first=first, frames=frames)
        names = {"lt": lambda a, b: float(a < b), "gte": lambda a, b: float(a >= b)}
        told = [eval(text, names | {"n": n}) for n in range(frames)]  # noqa: S307  # sums of our own
        assert told == pytest.approx([place(keys, first + n)[1] for n in range(frames)], abs=2e-5)


@pytest.mark.parametrize(
    "keys",
    [
        [{"at": 4}, {"at": 4}], [{"at": 4}, {"at": 3}], [{"at": -1}], [{"at": 0, "x": 1.01}],
        [{"at": 0, "y": float("nan")}], [{"at": n} for n in range(1001)],
    ],
    ids=["twice", "backwards", "early", "outside", "none", "many"],
)  # fmt: skip
def test_keys_that_lead_nowhere_are_refused(keys):
    plain = a_clip("ramp.mp4", 10).model_dump(mode="json")
    with pytest.raises(ValidationError):
        Clip.model_validate(plain | {"focus": keys})
