"""A theatre seen from its stage: the rows of seats, the balcony over them, the doors behind."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, glow, oval
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import BOTTOM, LEFT, RIGHT, TOP, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.shapes import block, disc

ROWS = ((470.0, 0.5), (526.0, 0.62), (596.0, 0.76), (684.0, 0.94))
"""Where the rows stand from the far one on, and how large their seats are."""
AISLE = 130.0
"""Half of the way between the seats, at full size."""


def seats(paint: Paint) -> SetDrawing:
    """Rows that rise to the doors, an aisle between them, a gilt balcony over the last."""
    wall, gold = mix(paint.wall, paint.lit("#6a4a44"), 0.4), paint.lit("#d9a94a")
    back = fittings.plain_walls(paint, wall) + "".join(box(x, -40, 12, 560, dark(wall, 0.2)) for x in range(int(LEFT), int(RIGHT), 120))  # fmt: skip
    doors = "".join(block(paint, x, 230, 96, 210, dark(paint.wood, 0.1)) for x in (700, 804))
    doors += glow(800, 330, 260, 200, "#ffd9a0", 0.25)
    floor = wash(430, 420, [(0, dark(paint.floor, 0.4), 1), (1, dark(paint.floor, 0.1), 1)]) + flat(849, 860, dark(paint.floor, 0.1))  # fmt: skip
    carpet = "".join(
        box(800 - AISLE * k * 0.8, y, AISLE * k * 1.6, 90, mix(paint.accent, paint.ink, 0.3))
        for y, k in ((452.0, 0.5), (530.0, 0.62), (606.0, 0.78), (690.0, 0.94), (770.0, 1.1), (850.0, 1.24))
    )
    rows = "".join(_row(paint, y, size) for y, size in ROWS)
    lamps = "".join(_sconce(paint, x, 300, gold) for x in (-240, 330, 1270, 1840))
    return SetDrawing(
        far=flat(TOP, BOTTOM - TOP, dark(wall, 0.4)),
        middle=back + doors + _balcony(paint, gold) + floor + carpet + lamps + rows,
        lamps=(Lamp(330, 300, 420), Lamp(1270, 300, 420), Lamp(800, 340, 360)),
    )


def _balcony(paint: Paint, gold: str) -> str:
    """The front of the circle with its seats in the dark behind it."""
    dim = flat(20, 100, dark(paint.wall, 0.55))
    heads = "".join(box(x, 62, 58, 70, mix(paint.accent, paint.ink, 0.45), ink=paint.ink, width=2.5, r=18) for x in range(int(LEFT), int(RIGHT), 70))  # fmt: skip
    front = f.slab(paint, LEFT, 118, RIGHT - LEFT, 84, gold, r=4)
    knobs = "".join(disc(paint, x, 160, 22, dark(gold, 0.18)) for x in range(int(LEFT) + 40, int(RIGHT), 120))
    return dim + heads + front + knobs


def _row(paint: Paint, y: float, size: float) -> str:
    """Seats that face us, left and right of the aisle."""
    step, tone = 132 * size, mix(paint.accent, paint.ink, 0.1)
    drawn, count = "", int((RIGHT - LEFT) / step / 2) + 1
    for k in range(count):
        for x in (800 - AISLE * size - (k + 1) * step, 800 + AISLE * size + k * step):
            drawn += box(x + 4, y - 96 * size, step - 8, 150 * size, tone, ink=paint.ink, width=3, r=34 * size)  # fmt: skip
            drawn += box(x + step * 0.16, y - 78 * size, step * 0.68, 84 * size, pale(tone, 0.14), r=22 * size)  # fmt: skip
            drawn += box(x + 8, y + 14 * size, step - 16, 40 * size, pale(tone, 0.08), ink=paint.ink, width=3, r=14 * size)  # fmt: skip
            drawn += box(x - 6 * size, y - 12 * size, 14 * size, 84 * size, dark(paint.wood, 0.2), ink=paint.ink, width=2, r=5 * size)  # fmt: skip
    return drawn


def _sconce(paint: Paint, x: float, y: float, gold: str) -> str:
    shine = glow(x, y - 20, 200, 190, "#ffdf9a", 0.45)
    return shine + block(paint, x - 8, y - 10, 16, 56, gold) + oval(x, y - 26, 24, 30, "#fff0c4", ink=paint.ink, width=3)  # fmt: skip
