"""Where an operator would hold the window: still, then over there in one go, never faster than looks good.

One direction only: the largest window of another shape touches two edges of the picture. The best path is
searched for with its speed as a part of it, so that starting and stopping have their price.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
PLACES = 81
FASTEST = 0.5
"""Widths of the picture in a second."""
_SLOWEST = 0.2
"""Of that: whoever goes slower than this drifts, and stands better."""
_PER_WIDTH = 0.35
"""What a movement over the whole width costs, in seconds of seeing nothing of the subject."""
_PER_START = 0.15
"""What it costs to reach the highest speed, or to stop from it, in the same."""
_TO_MIDDLE = 0.08
_INNER = 0.7
_AT_EASE = 0.8
"""Within this part of the window the subject is well seen, best in its middle; nearer to the edge less."""
_CUT, _BEYOND = 0.35, 1.3
"""What the edge cuts through is worse than not there at all: so much, and to so far outside."""


def gains(profiles: Numbers, window: float) -> Numbers:
    """What a window at each place shows of each profile: pictures by places."""
    columns = profiles.shape[1]
    middles = places(window)
    at = (np.arange(columns) + 0.5) / columns
    apart = np.abs(at[None] - middles[:, None]) / (window / 2)
    seen = np.interp(apart, [0.0, _INNER, 1.0, _BEYOND], [1.0, _AT_EASE, -_CUT, 0.0])
    cost = _TO_MIDDLE * (2 * np.abs(middles - 0.5)) ** 2
    return np.asarray(profiles @ seen.T - cost)


def places(window: float) -> Numbers:
    """The middles that a window may have."""
    return np.linspace(window / 2, 1 - window / 2, PLACES)


def best_path(profiles: Numbers, *, window: float, rate: float) -> Numbers:
    """The window's middle for each picture, of which there are `rate` in a second."""
    gain = gains(profiles, window)
    step = (1 - window) / (PLACES - 1)
    most = max(1, min(PLACES - 1, int(FASTEST / rate / step)))
    speeds = np.array([v for v in range(-most, most + 1) if v == 0 or abs(v) >= _SLOWEST * most])
    rest = int(np.flatnonzero(speeds == 0)[0])
    change = _PER_START * rate * np.abs(speeds[:, None] - speeds[None]) / most
    going = _PER_WIDTH * rate * np.abs(speeds) * step
    score = np.full((len(speeds), PLACES), -np.inf)
    score[rest] = gain[0]
    came: list[NDArray[np.intp]] = []
    for seen in gain[1:]:
        # For each new speed the best of the old ones, then everybody goes one step on.
        reached = score[None] - change[:, :, None]
        came.append(reached.argmax(axis=1))
        score = _gone_on(reached.max(axis=1) - going[:, None], speeds) + seen
    # A movement is ended, too: nobody sets out for the last moment.
    return places(window)[_back(score - change[rest][:, None], came, speeds)]


def _gone_on(score: Numbers, speeds: NDArray[np.intp]) -> Numbers:
    moved = np.full_like(score, -np.inf)
    for row, speed in enumerate(speeds):
        if speed >= 0:
            moved[row, speed:] = score[row, : PLACES - speed]
        else:
            moved[row, :speed] = score[row, -speed:]
    return moved


def _back(score: Numbers, came: Sequence[NDArray[np.intp]], speeds: NDArray[np.intp]) -> NDArray[np.intp]:
    """The way that led to the best end."""
    row, place = np.unravel_index(int(score.argmax()), score.shape)
    way = [int(place)]
    for choice in reversed(came):
        way.append(way[-1] - int(speeds[row]))
        row = choice[row, way[-1]]
    return np.asarray(way[::-1], np.intp)
