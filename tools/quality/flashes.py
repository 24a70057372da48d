"""Flashes that can bring on a seizure: more than three in one second over a quarter of the picture.

A cell of the picture turns when it has gone up or down by enough since its last turn. Where enough cells
turn together the picture has made a transition; two opposite ones are a flash.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.quality.limits import FlashLimits
from tools.quality.plan import Span, joined
from tools.quality.report import Finding

_TOGETHER = 3
"""Cells that turn within so many frames turn together: a light needs a moment to come up."""
_SECOND = 1.0


@dataclass(frozen=True, kw_only=True)
class Transition:
    """The picture as a whole became brighter, or redder, or the opposite."""

    at_s: float
    up: bool


class Watch:
    """Follows the cells of a picture from frame to frame."""

    def __init__(self, *, change: float, darker_below: float, area: float) -> None:
        self.change = change
        self.darker_below = darker_below
        self.area = area
        self._low: NDArray[np.float32] | None = None
        self._high: NDArray[np.float32] | None = None
        self._going = np.zeros(0, np.int8)
        self._marked = np.zeros(0, bool)
        self._none = np.zeros(1, np.int8)
        self._recent: deque[NDArray[np.int8]] = deque(maxlen=_TOGETHER)
        self._last: bool | None = None

    @classmethod
    def general(cls, limits: FlashLimits) -> "Watch":
        """Of relative luminance."""
        return cls(change=limits.change, darker_below=limits.darker_below, area=limits.area)

    @classmethod
    def red(cls, limits: FlashLimits) -> "Watch":
        """Of u': a change counts where one of its ends is saturated red."""
        return cls(change=limits.red_change, darker_below=np.inf, area=limits.area)

    def seen(
        self, at_s: float, values: NDArray[np.float32], marked: NDArray[np.bool_] | None
    ) -> list[Transition]:
        """The transition that this frame completes, if any; `marked` are the cells that may take part."""
        if self._low is None or self._high is None:
            self._low, self._high = values.copy(), values.copy()
            self._going = np.zeros(values.shape, np.int8)
            self._marked = np.zeros(values.shape, bool)
            self._none = np.zeros(values.shape, np.int8)
        now = np.ones(values.shape, bool) if marked is None else marked
        counts = now | self._marked
        above, below = values - self._low, self._high - values
        if above.max() < self.change and below.max() < self.change:
            self._low, self._high = np.minimum(self._low, values), np.maximum(self._high, values)
            self._marked |= now
            self._recent.append(self._none)
            return []
        up = (above >= self.change) & (self._low < self.darker_below) & (self._going != 1)
        down = (below >= self.change) & (values < self.darker_below) & (self._going != -1)
        turned = up | down
        self._going = np.where(up, 1, np.where(down, -1, self._going)).astype(np.int8)
        self._low = np.where(turned, values, np.minimum(self._low, values))
        self._high = np.where(turned, values, np.maximum(self._high, values))
        self._recent.append((np.where(up, 1, np.where(down, -1, 0)) * counts).astype(np.int8))
        self._marked = np.where(turned, now, self._marked | now)
        return self._completed(at_s)

    def _completed(self, at_s: float) -> list[Transition]:
        for up in (True, False):
            if self._last is up:
                continue
            way, first, *more = 1 if up else -1, *self._recent
            together = first == way
            for turns in more:
                together |= turns == way
            if np.count_nonzero(together) >= self.area * together.size:
                self._last = up
                self._recent.clear()
                return [Transition(at_s=at_s, up=up)]
        return []


def flash_spans(transitions: Sequence[Transition], *, most: int) -> list[Span]:
    """Where more than `most` flashes lie within one second."""
    needed = 2 * (most + 1)
    times = [one.at_s for one in transitions]
    spans = [
        Span(start_s=times[at], end_s=times[at + needed - 1])
        for at in range(len(times) - needed + 1)
        if times[at + needed - 1] - times[at] <= _SECOND
    ]
    return joined(spans)


def find_flashes(general: Sequence[Transition], red: Sequence[Transition], most: int) -> list[Finding]:
    """One finding for each span that is too much."""
    kinds = (("the picture flashes", general), ("saturated red flashes", red))
    return [
        Finding(
            check="flashes", light="RED", start_s=span.start_s, end_s=span.end_s,
            message=f"{words} more than {most} times in one second",
        )
        for words, transitions in kinds
        for span in flash_spans(transitions, most=most)
    ]  # fmt: skip
