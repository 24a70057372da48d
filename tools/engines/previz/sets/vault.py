"""The vault of a bank: marble, a round door of steel, counters under sheets, boxes in the walls."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, line, path
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.bank import vault_door
from tools.engines.previz.sets.paint import FLOOR_Y, LEFT, RIGHT, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.shapes import block, disc, standing

LISTED = ("sheet", "dust", "closed", "lona", "sában", "lençó", "cerrad", "abandon", "fechad")


def vault(paint: Paint) -> SetDrawing:
    """A low room under the ground with the great door in its back wall."""
    green = paint.about("verde", "green")
    stone = mix(paint.wall, paint.lit("#7f9a86" if green else "#b9b09c"), 0.6)
    walls = fittings.plain_walls(paint, dark(stone, 0.12)) + _marble(paint, stone)
    floor = fittings.hard_floor(paint, dark(stone, 0.3))
    door = block(paint, 560, 60, 520, 590, dark(stone, 0.3), r=10) + vault_door(paint, 820, 356)
    boxes = _deposit_boxes(paint, -160) + _deposit_boxes(paint, 1190)
    desks = _counter(paint, 40, 760) + _counter(paint, 1230, 770)
    return SetDrawing(
        far=flat(-1000, 2700, dark(stone, 0.5)),
        middle=walls + floor + boxes + door + fittings.bulb(paint, 420, 40) + fittings.bulb(paint, 1240, 40) + desks,
        lamps=(Lamp(420, 60, 520), Lamp(1240, 60, 520)),
    )  # fmt: skip


def _marble(paint: Paint, stone: str) -> str:
    joints = "".join(box(x, -40, 3, FLOOR_Y + 40, dark(stone, 0.3)) for x in range(int(LEFT), int(RIGHT), 260))  # fmt: skip
    joints += flat(190, 3, dark(stone, 0.3)) + flat(420, 3, dark(stone, 0.3))
    dice, veins = paint.dice("veins"), ""
    for _ in range(26):
        x, y = dice.uniform(LEFT, RIGHT), dice.uniform(-20, 600)
        steps = [(x + k * dice.uniform(18, 44), y + k * dice.uniform(-16, 26)) for k in range(4)]
        veins += line(steps, pale(stone, 0.34), 3, opacity=0.6)
    cracks = line([(300, -30), (330, 90), (300, 190), (346, 300)], dark(stone, 0.55), 5)
    return joints + veins + cracks + line([(1130, 80), (1156, 200), (1126, 290)], dark(stone, 0.55), 4)


def _deposit_boxes(paint: Paint, x: float) -> str:
    """A wall of small steel doors, each with its lock."""
    steel, drawn = paint.lit("#8f979a"), ""
    drawn += block(paint, x - 12, 108, 404, 500, dark(steel, 0.4))
    for row in range(6):
        for column in range(5):
            left, top = x + column * 77, 118 + row * 81
            drawn += block(paint, left, top, 70, 74, mix(steel, pale(steel, 0.3), (row + column) % 3 / 3))
            drawn += disc(paint, left + 50, top + 38, 7, paint.lit("#d0a648")) + box(left + 12, top + 14, 30, 12, pale(steel, 0.6))  # fmt: skip
    return drawn


def _counter(paint: Paint, x: float, y: float) -> str:
    """A counter of marble; under a sheet when the place is shut."""
    if not paint.about(*LISTED):
        return standing(x + 170, 210, y) + f.slab(paint, x, y - 170, 340, 170, paint.wood) + f.slab(paint, x - 16, y - 190, 372, 24, pale(paint.wall, 0.3))  # fmt: skip
    cloth = paint.lit("#d9d2c2")
    d = curve([(x - 20, y - 186), (x + 80, y - 200), (x + 200, y - 190), (x + 350, y - 204), (x + 372, y - 60), (x + 392, y + 4), (x + 190, y - 8), (x - 40, y + 6), (x - 34, y - 90)], tension=0.6)  # fmt: skip
    folds = "".join(line([(x + k, y - 186), (x + k + 14, y - 90), (x + k - 4, y - 4)], dark(cloth, 0.24), 5) for k in (30, 110, 200, 290, 340))  # fmt: skip
    return standing(x + 170, 220, y) + path(d, cloth, ink=paint.ink, width=3.5) + folds
