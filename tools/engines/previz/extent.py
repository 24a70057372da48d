"""How much of its square a drawing fills, and what it looks like lying on a table."""

from functools import lru_cache

import numpy as np

from tools.engines.previz.colour import rgb
from tools.engines.previz.ink import group
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
    shadow = "".join(_shadow(group(slanted, transform=f"translate({d} {d * 1.3:.1f})")) for d in (4, 8))
    return shadow + slanted, extent_of(slanted)


def cast_on_wall(thing: str) -> str:
    """The soft shadow of what hangs close to a wall, to its lower right."""
    return "".join(_shadow(group(thing, transform=f"translate({d} {d})")) for d in (3, 6))


def _shadow(shape: str) -> str:
    """The outline of a drawing, filled with shade: a key throws no shadow of a sheet of paper."""
    red, green, blue = rgb(SHADOW)
    to = f"0 0 0 0 {red:.3f} 0 0 0 0 {green:.3f} 0 0 0 0 {blue:.3f} 0 0 0 0.2 0"
    tone = f'<feColorMatrix color-interpolation-filters="sRGB" values="{to}"/>'
    reach = f'filterUnits="userSpaceOnUse" x="{-SIDE}" y="{-SIDE}" width="{2 * SIDE}" height="{2 * SIDE}"'
    return f'<filter id="shade" {reach}>{tone}</filter><g filter="url(#shade)">{shape}</g>'
