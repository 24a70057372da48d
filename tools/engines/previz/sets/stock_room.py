"""The room behind a shop where its goods are kept."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, line, path, pts
from tools.engines.previz.sets import fittings, stock
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import BOTTOM, TOP, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import block, disc, poly, rod, standing, stick

DOOR = [(690.0, 196.0), (910.0, 196.0), (910.0, 648.0), (690.0, 648.0)]
"""The open door to the shop."""


def stock_room(paint: Paint) -> SetDrawing:
    """Shelves of goods up to the ceiling, the open door to the shop, a ladder, a trolley, bare bulbs."""
    wall = mix(paint.wall, paint.lit("#cfc4ac"), 0.3)
    goods = "".join(
        stock.shelves(paint, x, 676, w, 610, 5, fill, back=dark(wall, 0.42), bays=b)
        for x, w, b, fill in (
            (-760, 560, 3, stock.cartons), (-150, 330, 2, stock.packs), (210, 420, 2, stock.cartons),
            (980, 420, 2, stock.jars), (1440, 420, 2, stock.cartons), (1900, 480, 3, stock.packs),
        )
    )  # fmt: skip
    frame = path(pts(DOOR), ink=paint.wood, width=24) + path(pts(DOOR), ink=paint.ink, width=3.5)
    middle = (
        fittings.plain_walls(paint, wall) + clip(pts(DOOR), _shop(paint)) + frame
        + fittings.hard_floor(paint) + goods + _ladder(paint, 640, 700) + _trolley(paint, 1110, 760)
        + _open_boxes(paint, 300, 780) + fittings.bulb(paint, 800, 70, reach=420)
        + fittings.bulb(paint, 60, 70) + fittings.bulb(paint, 1640, 70)
    )  # fmt: skip
    return SetDrawing(
        far=flat(TOP, BOTTOM - TOP, dark(wall, 0.4)), middle=middle + extras(paint, 480, 790),
        lamps=(Lamp(800, 110, 560), Lamp(60, 110, 380), Lamp(1640, 110, 380)),
    )  # fmt: skip


def _shop(paint: Paint) -> str:
    """What is seen of the shop through the door: a lit wall, shelves, the back of the counter."""
    lit = paint.lit("#f0dfba")
    drawn = wash(120, 540, [(0, pale(lit, 0.3), 1), (1, dark(lit, 0.12), 1)])
    dice = paint.dice("beyond")
    for row in range(3):
        base = 300.0 + row * 84
        drawn += stock.packs(paint, dice, 690, base, 220, 66) + box(680, base, 240, 9, paint.wood)
    counter = f.slab(paint, 680, 520, 150, 130, mix(paint.wood, paint.accent, 0.3), r=3)
    return drawn + flat(640, 400, dark(paint.floor, 0.1)) + counter


def _ladder(paint: Paint, x: float, y: float) -> str:
    """Steps that lean on the shelves."""
    wood = paint.lit("#c9a468")
    rails = "".join(stick(paint, [(x + k, y), (x - 60 + k * 0.8, y - 470)], wood, 14) for k in (-52, 52))
    rungs = "".join(
        stick(paint, [(x - 56 - n * 9.6, y - 60 - n * 66), (x + 44 - n * 11.4, y - 60 - n * 66)], wood, 12)
        for n in range(6)
    )
    return standing(x, 80, y) + rungs + rails


def _trolley(paint: Paint, x: float, y: float) -> str:
    """A sack truck with cartons on it."""
    iron, tone = paint.lit("#5a6268"), paint.lit("#c39a68")
    truck = stick(paint, [(x + 96, y - 20), (x + 116, y - 330)], iron, 12)
    truck += rod(paint, [(x + 116, y - 330), (x + 148, y - 344)], iron, 12)
    truck += stick(paint, [(x - 90, y - 16), (x + 100, y - 16)], iron, 10)
    boxes = ""
    for w, h, low in ((170, 110, 22), (150, 92, 132), (110, 70, 224)):
        boxes += f.slab(paint, x - 78, y - low - h, w, h, mix(tone, paint.wood, low / 900), r=3)
        boxes += box(x - 78 + w * 0.42, y - low - h, w * 0.16, h, pale(tone, 0.3), opacity=0.8)
    return standing(x, 130, y) + truck + boxes + disc(paint, x + 92, y - 24, 26, paint.lit("#2a2c32"))


def _open_boxes(paint: Paint, x: float, y: float) -> str:
    """A carton that is being unpacked, its flaps up, and a list."""
    tone = paint.lit("#b98f5c")
    flaps = poly(paint, [(x - 92, y - 104), (x - 132, y - 150), (x - 40, y - 146), (x - 4, y - 104)], pale(tone, 0.18))  # fmt: skip
    flaps += poly(paint, [(x + 92, y - 104), (x + 138, y - 142), (x + 50, y - 150), (x + 8, y - 104)], pale(tone, 0.1))  # fmt: skip
    case = f.slab(paint, x - 96, y - 106, 192, 106, tone, r=3) + box(x - 14, y - 104, 28, 102, pale(tone, 0.3))  # fmt: skip
    sheet = block(paint, x + 40, y - 84, 42, 54, paint.lit("#f4eddc")) + "".join(
        line([(x + 47, y - 72 + k * 11), (x + 74 - k * 4, y - 72 + k * 11)], paint.ink, 2) for k in range(4)
    )
    return standing(x, 120, y) + flaps + case + sheet
