"""A drawn layer and where it lies."""

from dataclasses import dataclass

import numpy as np

from tools.engines.previz.camera import times
from tools.engines.previz.raster import Matrix, Pixels, warp_onto, warp_over


@dataclass(frozen=True, kw_only=True)
class Cel:
    """A drawn layer and where its first pixel lies in the frame."""

    pixels: Pixels
    x: float
    y: float

    def onto(self, frame: Pixels, matrix: Matrix) -> None:
        """Lay it over a frame, moved by a matrix in frame pixels."""
        warp_onto(frame, self.pixels, times(matrix, np.array([[1, 0, self.x], [0, 1, self.y]], np.float32)))

    def over(self, frame: Pixels, matrix: Matrix) -> None:
        """Cover a frame with it, for a layer without holes."""
        warp_over(frame, self.pixels, times(matrix, np.array([[1, 0, self.x], [0, 1, self.y]], np.float32)))
