"""How much of its square a drawing fills, and what it looks like lying on a table."""

from functools import lru_cache

import numpy as np

from tools.engines.previz.ink import box, group
from tools.engines.previz.raster import raster

SLANT = "matrix(1 0 -0.16 0.68 0 0) rotate(-6)"
"""What lies is seen at a slant."""
LOW_SLANT = "matrix(1 0 -0.34 0.4 0 0) rotate(-5)"
"""Seen from as low as people's faces are."""
SIDE = 240
SHADOW = "#0c0508"
Extent = tuple[float, float, float, float]
"""Left, top, right and low end."""


@lru_cache(maxsize=64)
def extent_of(thing: str) -> Extent:
    """The extent of what is drawn solidly."""
    solid = raster(thing, (-SIDE / 2, -SIDE / 2, SIDE, SIDE), (SIDE // 2, SIDE // 2))[:, :, 3] > 190
    ys, xs = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    edges = (xs[0] * 2, ys[0] * 2, xs[-1] * 2 + 2, ys[-1] * 2 + 2)
    left, top, right, low = (float(edge - SIDE / 2) for edge in edges)
    return left, top, right, low


def lying(thing: str, slant: str = SLANT) -> tuple[str, Extent]:
    """A thing as it lies on a table with its shadow, and the extent of the thing itself."""
    slanted = group(thing, transform=slant)
    x0, y0, x1, y1 = extent_of(thing)
    sheet = box(x0, y0, x1 - x0, y1 - y0, SHADOW, opacity=0.2, r=8)
    shadow = "".join(group(sheet, transform=f"translate({d} {d * 1.3:.1f}) {slant}") for d in (4, 8))
    return group(shadow, slanted), extent_of(slanted)
