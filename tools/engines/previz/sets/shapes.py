"""Shapes with the set's outline: what most furniture is put together from."""

from collections.abc import Sequence

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import Point, box, clip, curve, glow, line, oval, path, pts
from tools.engines.previz.sets.paint import FLOOR_Y, LEFT, RIGHT, Paint

W = 3.5
"""Width of the outline of furniture."""


def poly(paint: Paint, points: Sequence[Point], tone: str, width: float = W) -> str:
    """A straight-edged shape."""
    return path(pts(points), tone, ink=paint.ink, width=width)


def blob(paint: Paint, points: Sequence[Point], tone: str, width: float = W, *, tension: float = 0.8) -> str:
    """A round-edged shape."""
    return path(curve(points, tension=tension), tone, ink=paint.ink, width=width)


def shaded(paint: Paint, d: str, tone: str, *shade: str) -> str:
    """A shape with what falls on it, under one outline."""
    return path(d, tone) + clip(d, *shade) + path(d, ink=paint.ink, width=W)


def block(paint: Paint, x: float, y: float, w: float, h: float, tone: str, *, r: float = 2.0) -> str:
    """A plain rectangle with an outline; its corner is top left."""
    return box(x, y, w, h, tone, ink=paint.ink, width=W, r=r)


def disc(paint: Paint, x: float, y: float, rx: float, tone: str, ry: float = 0.0) -> str:
    """A round thing."""
    return oval(x, y, rx, ry or rx, tone, ink=paint.ink, width=3)


def rod(paint: Paint, points: Sequence[Point], tone: str, width: float) -> str:
    """A bent bar with an outline."""
    return line(points, paint.ink, width + 5) + line(points, tone, width)


def stick(paint: Paint, points: Sequence[Point], tone: str, width: float) -> str:
    """A straight bar with an outline."""
    return line(points, paint.ink, width + 5, smooth=False) + line(points, tone, width, smooth=False)


def wall_tiles(paint: Paint, top: float, low: float, tone: str, *, side: float = 62.0) -> str:
    """Glazed tiles on a wall, as wide as the set."""
    joint = dark(tone, 0.13)
    face = box(LEFT, top, RIGHT - LEFT, low - top, tone)
    rows = int((low - top) / side) + 1
    face += "".join(box(LEFT, top + k * side, RIGHT - LEFT, 2.4, joint) for k in range(rows))
    face += "".join(box(x, top, 2.4, low - top, joint) for x in range(int(LEFT), int(RIGHT), int(side)))
    dice = paint.dice("tiles")
    for _ in range(70):
        x = LEFT + int(dice.uniform(0, (RIGHT - LEFT) / side)) * side
        y = top + int(dice.uniform(0, rows - 1)) * side
        face += box(x + 3, y + 3, side - 4, side - 4, pale(tone, 0.3), opacity=0.5)
    return face


def bricks(paint: Paint, top: float, low: float, tone: str) -> str:
    """A brick wall: a few bricks drawn, the rest left to the eye."""
    joint, dice = dark(tone, 0.2), paint.dice("bricks")
    face = box(LEFT, top, RIGHT - LEFT, low - top, tone)
    face += "".join(
        box(LEFT, y, RIGHT - LEFT, 2.2, joint, opacity=0.7) for y in range(int(top), int(low), 26)
    )
    for _ in range(420):
        row = int(dice.uniform(0, (low - top - 26) / 26))
        x = LEFT + int(dice.uniform(0, 52)) * 62 + (row % 2) * 31
        shade = dice.choice((pale(tone, 0.12), dark(tone, 0.12), dark(tone, 0.06)))
        face += box(x, top + row * 26 + 2, 59, 22, shade, opacity=0.8)
    return face


def lamp_light(paint: Paint, x: float, y: float, reach: float, tone: str = "#ffc869") -> str:
    """The halo of a lamp that is lit after dark."""
    return glow(x, y, reach, reach, tone, 0.5) if paint.lamps else ""


def standing(x: float, rx: float, y: float = FLOOR_Y + 30) -> str:
    """The shadow under something that stands on the floor."""
    return oval(x, y, rx, rx * 0.09, "#12080c", opacity=0.28)
