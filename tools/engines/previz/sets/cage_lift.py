"""A lift of before the seventies: a folding gate, a dial with a hand, and a lever that somebody works."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, glow, line
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import BOTTOM, FLOOR_Y, TOP, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.shapes import block, disc, poly, rod, stick

LEFT_EDGE, RIGHT_EDGE, GATE_TOP, GATE_FOOT = 516.0, 1084.0, 150.0, 652.0
BARS = 9
FLOORS = 7
BRASS = "#c69a4a"


def cage_lift(paint: Paint) -> SetDrawing:
    """Panelled wood, the brass gate shut before the wall of the shaft, one lamp in the ceiling."""
    wood = mix(paint.wood, paint.lit("#6e4226"), 0.5)
    middle = flat(TOP, BOTTOM - TOP, dark(wood, 0.5)) + fittings.hard_floor(paint, joints=False)
    middle += fittings.side_walls(paint, 250, 1350, dark(wood, 0.1), top=-10) + _front(paint, wood)
    middle += _dial(paint) + _shaft(paint) + _gate(paint) + _lever(paint, 412) + _rails(paint)
    return SetDrawing(
        far=flat(TOP, BOTTOM - TOP, dark(wood, 0.5)), middle=middle + _lamp(paint),
        lamps=(Lamp(800, -20, 620, "#ffdf9e"),),
    )  # fmt: skip


def _front(paint: Paint, wood: str) -> str:
    """The wall with the opening in it: panels with mouldings on both sides."""
    drawn = box(250, -10, 1100, FLOOR_Y + 10, wood, ink=paint.ink, width=4)
    for x in (284, 1116):
        for y, h in ((40, 280), (350, 270)):
            drawn += block(paint, x, y, 200, h, dark(wood, 0.14), r=4)
            drawn += box(x + 16, y + 16, 168, h - 32, pale(wood, 0.08), ink=dark(wood, 0.4), width=3, r=3)
    return drawn


def _shaft(paint: Paint) -> str:
    """What is seen through the gate: the bricks of the shaft and the sill of a floor."""
    brick = paint.lit("#5f4a40")
    frame = box(496, 130, 608, 526, paint.lit(BRASS), ink=paint.ink, width=4)
    wall = box(LEFT_EDGE, GATE_TOP, RIGHT_EDGE - LEFT_EDGE, GATE_FOOT - GATE_TOP, dark(brick, 0.3))
    rows = "".join(
        line([(LEFT_EDGE, y), (RIGHT_EDGE, y)], dark(brick, 0.5), 3, smooth=False)
        for y in range(190, 650, 44)
    )
    sill = block(paint, LEFT_EDGE, 250, RIGHT_EDGE - LEFT_EDGE, 34, paint.lit("#8c8378"))
    return frame + wall + rows + sill


def _gate(paint: Paint) -> str:
    """Crossed bars between uprights, folded shut across the opening."""
    brass, step = paint.lit(BRASS), (RIGHT_EDGE - LEFT_EDGE) / BARS
    crossed = ""
    for k in range(BARS):
        x = LEFT_EDGE + k * step
        for y in range(170, 620, 120):
            crossed += line([(x, y), (x + step, y + 110)], dark(brass, 0.35), 6, smooth=False)
            crossed += line([(x + step, y), (x, y + 110)], brass, 6, smooth=False)
    posts = "".join(
        stick(paint, [(LEFT_EDGE + k * step, GATE_TOP), (LEFT_EDGE + k * step, GATE_FOOT)], brass, 8)
        for k in range(BARS + 1)
    )
    handle = rod(paint, [(812, 390), (846, 390), (846, 450), (812, 450)], pale(brass, 0.2), 9)
    return crossed + posts + handle


def _dial(paint: Paint) -> str:
    """Half a disc above the gate, a mark for each floor, and the hand at one of them."""
    brass = paint.lit(BRASS)
    plate = disc(paint, 800, 120, 116, brass) + disc(paint, 800, 120, 98, paint.lit("#f0e6cc"))
    turns = [pi + (k + 0.5) * pi / FLOORS for k in range(FLOORS)]
    marks = "".join(
        line(
            [(800 + 74 * cos(a), 120 + 74 * sin(a)), (800 + 92 * cos(a), 120 + 92 * sin(a))],
            paint.ink, 6, smooth=False,
        )
        for a in turns
    )  # fmt: skip
    at = turns[paint.dice("floor of the dial").randrange(FLOORS)]
    hand = stick(paint, [(800, 116), (800 + 80 * cos(at), 116 + 80 * sin(at))], paint.lit("#8a2f2a"), 7)
    lintel = f.slab(paint, 480, 116, 640, 36, brass, r=4)
    return plate + marks + hand + lintel + disc(paint, 800, 118, 13, dark(brass, 0.2))


def _lever(paint: Paint, x: float) -> str:
    """The brass drum beside the gate with the crank that starts and stops the car."""
    brass = paint.lit(BRASS)
    drum = f.slab(paint, x - 58, 336, 116, 150, dark(brass, 0.15), r=10) + disc(paint, x, 404, 46, brass)
    marks = "".join(
        line([(x + 34 * cos(a), 404 + 34 * sin(a)), (x + 42 * cos(a), 404 + 42 * sin(a))], paint.ink, 4)
        for a in (pi * 1.2, pi * 1.5, pi * 1.8)
    )
    crank = stick(paint, [(x, 404), (x + 40, 330)], paint.lit("#4a4038"), 12)
    return drum + marks + crank + disc(paint, x + 42, 326, 16, paint.lit("#2f2622"))


def _rails(paint: Paint) -> str:
    brass = paint.lit(BRASS)
    drawn = stick(paint, [(1110, 548), (1340, 548)], brass, 13)
    for x, way in ((250, -1), (1350, 1)):
        glass = [(x + way * 46, 60), (x + way * 460, -150), (x + way * 460, 560), (x + way * 46, 420)]
        drawn += poly(paint, glass, mix(paint.lit("#b9b09a"), paint.wall, 0.3))
        drawn += rod(paint, [(x + way * 14, 548), (x + way * 200, 640), (x + way * 560, 820)], brass, 16)
    return drawn


def _lamp(paint: Paint) -> str:
    """A bowl of milk glass under the ceiling."""
    roof = box(250, TOP, 1100, -TOP - 8, dark(paint.wood, 0.35), ink=paint.ink, width=4)
    bowl = disc(paint, 560, -2, 70, "#fff0c8", 34)
    return roof + glow(560, 0, 300, 170, "#ffe7ae", 0.5) + bowl
