"""Speed, held frames, backwards and movement over a cut, frame by frame."""

import numpy as np
import pytest

from state.errors import EditRefused
from tests.raw_pictures import Frames, a_picture, difference, flat, lumas, ready, run_graph
from tools.post.motion import (
    plan_freeze,
    plan_reverse,
    plan_smooth_cut,
    plan_speed,
    speed_frames,
)

SIZE = (160, 96)


def _ramp(count: int) -> Frames:
    """Every frame is two code values lighter than the one before it."""
    return np.concatenate([flat(1, (64, 32), 30 + 2 * n) for n in range(count)])


async def _run(folder, frames, plan, *, fps=24, more=None) -> Frames:
    chains = [
        ready("0:v", "a", fps),
        *([ready("1:v", "b", fps)] if more is not None else []),
        *plan,
        "[x]null[out]",
    ]
    return await run_graph([frames, *([more] if more is not None else [])], chains, folder, fps=fps)


def _means(frames: Frames) -> list[float]:
    return [round(float(frame.mean()), 1) for frame in lumas(frames)]


@pytest.mark.parametrize("fps", [24, 25, 30, 60])
async def test_every_speed_has_exactly_its_frames(fps, tmp_path):
    """All speeds in one run: one frame too many anywhere would show in the sum."""
    length, speeds = 37, [0.1, 0.25, 1 / 3, 0.7, 1.0, 1.1, 1.5, 2.0, 3.7, 10.0]
    cases = [(speed, between) for speed in speeds for between in ("repeat", "blend")] + [(0.4, "motion")]
    chains = [
        ready("0:v", "a", fps),
        f"[a]split={len(cases)}" + "".join(f"[a{n}]" for n in range(len(cases))),
    ]
    for n, (speed, between) in enumerate(cases):
        chains += plan_speed(f"a{n}", f"x{n}", speed, length=length, fps=fps, between=between)
    ends = "".join(f"[x{n}]" for n in range(len(cases)))
    made = await run_graph([_ramp(length)], [*chains, f"{ends}concat=n={len(cases)}[out]"], tmp_path, fps=fps)
    starts = np.cumsum([0, *(speed_frames(length, speed) for speed, _ in cases)])
    assert len(made) == starts[-1]
    firsts = [_means(made)[start] for start in starts[:-1]]
    assert firsts == pytest.approx([30] * len(cases), abs=1.0)


async def test_twice_as_fast_shows_every_other_frame(tmp_path):
    made = await _run(tmp_path, _ramp(24), plan_speed("a", "x", 2.0, length=24, fps=24))
    assert _means(made) == [30 + 4 * n for n in range(12)]


async def test_half_as_fast_shows_each_frame_twice_or_what_lies_between(tmp_path):
    ramp = _ramp(12)
    repeated, blended = [
        _means(await _run(tmp_path, ramp, plan_speed("a", "x", 0.5, length=12, fps=24, between=between)))
        for between in ("repeat", "blend")
    ]
    assert repeated == [30 + 2 * (n // 2) for n in range(24)]
    assert blended == pytest.approx([30 + min(n, 22) for n in range(24)], abs=0.6)


def _square(places) -> Frames:
    """A textured square that moves over a textured ground."""
    ground = a_picture(1, SIZE, seed=3, low=60, high=110)
    block = np.random.default_rng(4).integers(150, 235, (32, 32))
    frames = np.repeat(ground, len(places), axis=0)
    for frame, x in zip(frames, places, strict=True):
        frame[32:64, x : x + 32] = block
    return frames


def _where(frame) -> float:
    columns = np.clip(frame[34:62].mean(axis=0) - 125, 0, None)
    return float((columns * np.arange(len(columns))).sum() / columns.sum()) - 15.5


async def test_interpolated_motion_puts_things_where_they_were_between_frames(tmp_path):
    """Repeated frames stand still for two; mixed ones would show the square twice."""
    frames = _square([20 + 6 * n for n in range(12)])
    made = await _run(tmp_path, frames, plan_speed("a", "x", 0.5, length=12, fps=24, between="motion"))
    places = [_where(frame) for frame in lumas(made)[4:18]]
    assert np.diff(places) == pytest.approx([3] * 13, abs=1.6)


async def test_a_frame_is_held_and_the_clip_goes_on(tmp_path):
    made = await _run(tmp_path, _ramp(10), plan_freeze("a", "x", at=4, frames=3, length=10, fps=24))
    assert _means(made) == [30 + 2 * n for n in (0, 1, 2, 3, 4, 4, 4, 4, 5, 6, 7, 8, 9)]


@pytest.mark.parametrize("at", [0, 9])
async def test_the_first_and_the_last_frame_can_be_held(at, tmp_path):
    made = await _run(tmp_path, _ramp(10), plan_freeze("a", "x", at=at, frames=5, length=10, fps=24))
    assert (len(made), _means(made).count(30 + 2 * at)) == (15, 6)


async def test_backwards_is_backwards(tmp_path):
    made = await _run(tmp_path, _ramp(10), plan_reverse("a", "x", length=10, fps=24))
    assert _means(made) == [30 + 2 * n for n in range(9, -1, -1)]


@pytest.mark.parametrize(("fps", "length"), [(24, 4), (24, 5), (25, 12), (30, 30), (60, 13)])
async def test_a_smooth_cut_has_its_frames_and_goes_from_one_clip_to_the_other(fps, length, tmp_path):
    first, second = a_picture(length, SIZE, seed=5), a_picture(length, SIZE, seed=6)
    made = await _run(
        tmp_path, first, plan_smooth_cut("a", "b", "x", length=length, fps=fps), fps=fps, more=second
    )
    assert len(made) == length
    assert difference(made[:1], first[:1]) < 2
    assert difference(made[-1:], second[-1:]) < 2


async def test_a_smooth_cut_moves_where_a_cut_jumps_and_a_dissolve_shows_two(tmp_path):
    """The square stands at 40 in one clip and at 60 in the next: between them it is on its way."""
    first, second = _square([40] * 12), _square([60] * 12)
    made = await _run(tmp_path, first, plan_smooth_cut("a", "b", "x", length=12, fps=24), more=second)
    places = [_where(frame) for frame in lumas(made)]
    assert (places[0], places[-1]) == pytest.approx((40, 60), abs=1)
    assert np.abs(np.diff(places)).max() < 10
    mixed = (lumas(first)[6] + lumas(second)[6]) / 2
    assert np.abs(lumas(made)[6] - mixed).mean() > 1


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (lambda: plan_speed("a", "x", 0.05, length=9, fps=24), "speed"),
        (lambda: plan_speed("a", "x", float("nan"), length=9, fps=24), "speed"),
        (lambda: plan_freeze("a", "x", at=9, frames=3, length=9, fps=24), "at"),
        (lambda: plan_freeze("a", "x", at=3, frames=0, length=9, fps=24), "frames"),
        (lambda: plan_reverse("a", "x", length=5000, fps=24), "length"),
        (lambda: plan_smooth_cut("a", "b", "x", length=3, fps=24), "length"),
        (lambda: plan_smooth_cut("a", "b", "x", length=25, fps=24), "length"),
    ],
)
def test_times_that_cannot_be_are_refused_with_field_and_fix(plan, field):
    with pytest.raises(EditRefused) as refused:
        plan()
    assert (refused.value.details, bool(refused.value.user_action)) == ({"field": field}, True)
