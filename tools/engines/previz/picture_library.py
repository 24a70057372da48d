"""Pictures of the library in our hand: a flat drawing gets an ink outline, inner lines, one hard shadow."""

import gzip
import json
import zlib
from functools import lru_cache
from pathlib import Path

from tools.engines.previz.colour import dark, mix
from tools.engines.previz.ink import group, num

DRAWINGS = Path(__file__).parent / "pictures.json.gz"
Shape = tuple[str, str, int, str]
"""Colour, path data, flags, and how it is moved."""
EVEN_ODD, DETAIL = 1, 2
SIDE = 32.0
"""The icon set draws in a square of this side."""
LONGER = 184.0
"""How long the longer side of a drawing is in our square of 200."""
TILED = {"fireworks": 1, "shooting_star": 2}
"""Drawn by the icon set on a tile of night, which is none in a sky: so many shapes of it come first."""
INNER = 0.55
"""Inner lines are this much of the outline."""
SHADE, SHADE_X, SHADE_Y = "#2b1a3d", -1.4, -1.6
"""The hard shadow, and how far the lit part lies from the outline."""


@lru_cache(maxsize=1)
def drawings() -> dict[str, tuple[tuple[float, float, float, float], list[Shape]]]:
    """Every drawing: its reach in the icon set's units, and its shapes from back to front."""
    found: dict[str, tuple[tuple[float, float, float, float], list[Shape]]]
    found = json.loads(gzip.decompress(DRAWINGS.read_bytes()))
    return found


@lru_cache(maxsize=64)
def inked_picture(name: str, ink: str, line: float) -> str:
    """A library's drawing within -100 to 100, with an outline so many units wide."""
    (left, top, right, low), shapes = drawings()[name]
    shapes = shapes[TILED.get(name, 0) :]
    k = LONGER / max(right - left, low - top)
    wide = line / k
    solid = "".join(_outline(d, flags, moved) for _, d, flags, moved in shapes)
    outline = f'<g fill="{ink}" stroke="{ink}" stroke-width="{wide * 2:.3f}">{solid}</g>'
    body = "".join(_filled(shape, ink, wide * INNER) for shape in shapes)
    shift = f"scale({k:.4f}) translate({num(-(left + right) / 2)} {num(-(top + low) / 2)})"
    return group(outline, body, _shadow(solid), transform=shift)


def _outline(d: str, flags: int, moved: str) -> str:
    rule = ' fill-rule="evenodd"' if flags & EVEN_ODD else ""
    move = f' transform="{moved}"' if moved else ""
    return f'<path d="{d}"{rule}{move}/>'


def _filled(shape: Shape, ink: str, line: float) -> str:
    colour, d, flags, moved = shape
    # A detail with a line round it would be all line.
    stroke = (
        "" if flags & DETAIL else f' stroke="{mix(dark(colour, 0.45), ink, 0.45)}" stroke-width="{line:.3f}"'
    )
    return f'<g fill="{colour}"{stroke}>{_outline(d, flags, moved)}</g>'


def _shadow(solid: str) -> str:
    """What the light from the upper left does not reach."""
    name = f"m{zlib.crc32(solid.encode()):08x}"
    frame = f'x="-2" y="-2" width="{num(SIDE + 4)}" height="{num(SIDE + 4)}"'
    away = f"translate({SHADE_X} {SHADE_Y})"
    lit = f'<g fill="#000" stroke="#000" stroke-width=".3" transform="{away}">{solid}</g>'
    mask = f'<mask id="{name}" maskUnits="userSpaceOnUse" {frame}><g fill="#fff">{solid}</g>{lit}</mask>'
    return f'{mask}<rect {frame} fill="{SHADE}" fill-opacity="0.26" mask="url(#{name})"/>'
