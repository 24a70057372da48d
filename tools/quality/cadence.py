"""Frames that are shown twice while everything moves, and frames that are missing."""

from math import ceil

import numpy as np
from numpy.typing import NDArray

from tools.quality.limits import PictureLimits
from tools.quality.picture import PictureTrace
from tools.quality.plan import Plan, Span, joined
from tools.quality.report import Finding

_AROUND = 12
"""Half a second to both sides says whether the picture moves: a blink in a still one is no movement."""
_MOST_IN_A_ROW = 2
"""What stands longer is a pause of the picture."""


def find_cadence(trace: PictureTrace, plan: Plan, limits: PictureLimits) -> list[Finding]:
    """Repeats that come often and without a rhythm, and holes in the time line."""
    return [*_repeats(trace, plan, limits), *_holes(trace, plan)]


def repeated_frames(trace: PictureTrace, limits: PictureLimits) -> list[int]:
    """One frame, or two, like the one before, in a picture that moves."""
    changed = np.array(trace.changed)
    usual = np.array(
        [np.median(changed[max(1, at - _AROUND) : at + _AROUND + 1]) for at in range(len(changed))]
    )
    same = (changed <= np.maximum(limits.repeat_level, limits.repeat_share * usual)) & (
        usual >= limits.moving_level
    )
    same[[0, -1]] = False
    return [
        at for first, last in _runs(same) if last - first < _MOST_IN_A_ROW for at in range(first, last + 1)
    ]


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last frame of each run."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]])))
    return [(int(first), int(end) - 1) for first, end in zip(edges[::2], edges[1::2], strict=True)]


def _repeats(trace: PictureTrace, plan: Plan, limits: PictureLimits) -> list[Finding]:
    repeats = repeated_frames(trace, limits)
    dense = _dense([trace.times_s[at] for at in repeats], plan, limits.repeats_per_s)
    return [
        Finding(check="cadence", light="YELLOW", start_s=span.start_s, end_s=span.end_s,
                message=f"{count} frames are shown twice while the picture moves")
        for span in dense
        for inside in [[at for at in repeats if span.start_s <= trace.times_s[at] <= span.end_s]]
        for count in [len(inside)]
        if not _steady(inside, limits)
    ]  # fmt: skip


def _dense(times_s: list[float], plan: Plan, most: int) -> list[Span]:
    """Where so many more lie within one second than the pace of the takes makes by itself."""
    found = []
    for at, start_s in enumerate(times_s):
        needed = most + _expected(plan, start_s, start_s + 1.0)
        inside = [one for one in times_s[at : at + needed] if one - start_s <= 1.0]
        if len(inside) >= needed:
            found.append(Span(start_s=start_s, end_s=inside[-1]))
    return joined(found)


def _expected(plan: Plan, start_s: float, end_s: float) -> int:
    """How many frames of this second are shown twice because their takes have no more."""
    shares = (
        (min(end_s, one.end_s) - max(start_s, one.start_s)) * one.repeats_per_s
        for one in plan.paced
        if one.start_s < end_s and one.end_s > start_s
    )
    return ceil(sum(shares))


def _steady(repeats: list[int], limits: PictureLimits) -> bool:
    """A take of another rate repeats in a rhythm all the way; a fault does not."""
    apart = np.diff(repeats)
    if len(apart) < limits.repeats_per_s * 2:
        return False
    usual = np.median(apart)
    return bool(np.mean(np.abs(apart - usual) <= 1) >= limits.steady_share)


def _holes(trace: PictureTrace, plan: Plan) -> list[Finding]:
    """A frame that stays longer than one frame: those behind it are missing."""
    frame_s = 1 / plan.fps
    return [
        Finding(check="cadence", light="RED", start_s=start, end_s=end,
                message=f"{round((end - start) / frame_s) - 1} frames are missing")
        for start, end in zip(trace.times_s, trace.times_s[1:], strict=False)
        if end - start > 1.5 * frame_s
    ]  # fmt: skip
