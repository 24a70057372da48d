"""Means over the fields of a grid: one sum table instead of a scaler, and fractions of a level stay."""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Means = NDArray[np.float32]


class Grid:
    """So many columns and rows of fields over a picture of one shape; fewer samples are enlarged."""

    def __init__(self, shape: tuple[int, int], fields: tuple[int, int]) -> None:
        self._size = (max(shape[1], fields[0]), max(shape[0], fields[1]))
        self._enlarged = self._size != (shape[1], shape[0])
        rows, columns = (
            np.round(np.linspace(0, length, count + 1)).astype(np.intp)
            for length, count in ((self._size[1], fields[1]), (self._size[0], fields[0]))
        )
        self._corners = np.ix_(rows, columns)
        self._areas = (np.diff(rows)[:, None] * np.diff(columns)).astype(np.float32)

    def means(self, samples: Grey) -> Means:
        """Rows by columns of the mean of each field."""
        if self._enlarged:
            samples = np.asarray(cv2.resize(samples, self._size, interpolation=cv2.INTER_NEAREST), np.uint8)
        sums = cv2.integral(samples)[self._corners]
        rows = sums[1:] - sums[:-1]
        return np.asarray((rows[:, 1:] - rows[:, :-1]) / self._areas, np.float32)


@lru_cache(maxsize=16)
def grid(shape: tuple[int, int], fields: tuple[int, int]) -> Grid:
    """The grid for pictures of this shape, rows by columns."""
    return Grid(shape, fields)
