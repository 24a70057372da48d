"""Cuts that are not where the plan has them, and jumps of the picture that nobody planned."""

import numpy as np
from numpy.typing import NDArray

from tools.quality.limits import CutLimits
from tools.quality.picture import PictureTrace
from tools.quality.plan import Plan, Span
from tools.quality.report import Finding

_AROUND = 6
_STAYS = (1, 4)
"""So many frames behind a jump the picture still is another one: a flash comes back."""


def find_cuts(trace: PictureTrace, plan: Plan, limits: CutLimits) -> list[Finding]:
    """YELLOW each: a person sees at once whether it matters."""
    if trace.frames < 3:
        return []
    cells = np.stack(trace.cells).astype(np.float32).reshape(trace.frames, -1) / 219
    steps = np.abs(np.diff(cells, axis=0)).mean(axis=1)
    steps = np.concatenate([[0.0], steps])
    return [*_missing(steps, trace, plan, limits), *_nobodys(steps, cells, trace, plan, limits)]


def _missing(steps: NDArray[np.float64], trace: PictureTrace, plan: Plan, limits: CutLimits) -> list[Finding]:
    near, found = limits.tolerance_frames, []
    for cut in plan.cuts:
        around = steps[max(1, cut - near) : cut + near + 1]
        blocks = trace.changed[max(1, cut - near) : cut + near + 1]
        if not blocks or around.max() >= limits.missing_below or max(blocks) >= limits.missing_block:
            continue
        at_s = cut / plan.fps
        found.append(
            Finding(check="cuts", light="YELLOW", start_s=at_s, end_s=at_s,
                    message="the cut has a new picture here, and the film shows none")
        )  # fmt: skip
    return found


def _nobodys(
    steps: NDArray[np.float64], cells: NDArray[np.floating], trace: PictureTrace, plan: Plan,
    limits: CutLimits,
) -> list[Finding]:  # fmt: skip
    planned = {cut + by for cut in plan.cuts for by in range(-2, 3)}
    frame_s = 1 / plan.fps
    soft = [Span(start_s=one.start_s - 2 * frame_s, end_s=one.end_s + 2 * frame_s) for one in plan.soft]
    found = []
    for at in np.flatnonzero(steps >= limits.jump).tolist():
        at_s = trace.times_s[at]
        if at in planned or any(one.start_s <= at_s <= one.end_s for one in soft):
            continue
        if _sudden(steps, at, limits) and _stays(cells, at, steps[at]):
            found.append(
                Finding(check="cuts", light="YELLOW", start_s=at_s, end_s=at_s,
                        message="the picture jumps where the cut has no cut")
            )  # fmt: skip
    return found


def _sudden(steps: NDArray[np.float64], at: int, limits: CutLimits) -> bool:
    around = np.concatenate([steps[max(1, at - _AROUND) : at], steps[at + 1 : at + 1 + _AROUND]])
    usual = float(np.median(around)) if len(around) else 0.0
    return bool(steps[at] >= limits.jump_ratio * usual)


def _stays(cells: NDArray[np.floating], at: int, step: float) -> bool:
    before, last = cells[max(0, at - 2)], len(cells) - 1
    apart = [float(np.abs(cells[min(at + later, last)] - before).mean()) for later in _STAYS]
    return min(apart) >= step / 2
