"""Hard cuts inside one file: behind them the window may stand elsewhere at once."""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.post.small_frames import Pictures

_CELLS = (16, 9)
_LEAST = 12.0
"""Levels by which cells must differ on average."""
_ABOVE_USUAL = 3.0
"""And so many times as much as pictures differ around there: a fast pan is no cut."""
_AROUND = 4


def cuts_in(pictures: Pictures) -> list[int]:
    """The first picture behind each cut. A flash, after which all is as it was, is none."""
    cells = [_cells(one) for one in pictures]
    steps = np.array([_apart(one, other) for one, other in pairwise(cells)])
    found = []
    for number, step in enumerate(steps):
        around = np.delete(steps[max(0, number - _AROUND) : number + _AROUND + 1], min(number, _AROUND))
        usual = float(np.median(around)) if len(around) else 0.0
        if step >= max(_LEAST, _ABOVE_USUAL * usual) and not _comes_back(cells, number, step):
            found.append(number + 1)
    return found


def _comes_back(cells: list[NDArray[np.float32]], before: int, step: float) -> bool:
    """Whether a picture soon after, or shortly before, is as on the other side."""
    later = any(_apart(cells[before], one) < step / 3 for one in cells[before + 2 : before + 4])
    earlier = any(_apart(cells[before + 1], one) < step / 3 for one in cells[max(0, before - 2) : before])
    return later or earlier


def _cells(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(picture, _CELLS, interpolation=cv2.INTER_AREA), np.float32)


def _apart(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(np.abs(one - other).max(axis=2).mean())


def sharpest(pictures: Pictures) -> int:
    """The picture behind the largest change of all."""
    cells = [_cells(one) for one in pictures]
    return 1 + int(np.argmax([_apart(one, other) for one, other in pairwise(cells)]))
