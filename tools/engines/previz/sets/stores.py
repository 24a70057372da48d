"""Where goods are kept: warehouse and cold store."""

from dataclasses import replace

from tools.engines.previz.colour import dark, mix, tint
from tools.engines.previz.ink import box, curve, cut, glow, line, oval, path, pts
from tools.engines.previz.sets import fittings, readouts, stock
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import household as h
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.paint import BOTTOM, LEFT, RIGHT, TOP, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import block, disc, poly, rod, standing, stick
from tools.engines.previz.sets.sky import outlook


def warehouse(paint: Paint) -> SetDrawing:
    """Racks of boxes up to the roof, an aisle that leads to the open dock, a fork-lift."""
    wall = paint.wall
    ribs = "".join(box(x, -40, 8, 690, dark(wall, 0.12)) for x in range(int(LEFT), int(RIGHT), 46))
    dock = [(640.0, 190.0), (960.0, 190.0), (960.0, 648.0), (640.0, 648.0)]
    door = (
        path(pts(dock), ink=paint.lit("#d9a03a"), width=26)
        + path(pts(dock), ink=paint.ink, width=4)
        + fittings.shutter(paint, 640, 60, 320, 150)
    )
    steel = paint.pick("rack", "#d9703a", "#3f6f9a", "#c9a03a")
    racks = "".join(
        stock.shelves(
            paint, x, 676, w, 650, 4, stock.cartons, tone=paint.lit(steel), back=dark(wall, 0.5), bays=b
        )
        for x, w, b in ((-760, 620, 3), (-110, 620, 3), (1090, 620, 3), (1740, 620, 3))
    )
    lamps = "".join(fittings.hung(paint, x, 36) for x in (560, 1040))
    middle = (
        fittings.plain_walls(paint, wall)
        + ribs
        + fittings.trusses(paint)
        + cut(path(pts(dock), "#000000"))
        + door
        + fittings.hard_floor(paint)
        + ("" if paint.tells("period", "sacks") else _lanes(paint))
        + racks
    )
    middle += _goods(paint) + lamps
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 420, 730), panes=((640, 210, 320, 436),),
        lamps=(Lamp(560, 80, 560), Lamp(1040, 80, 560), Lamp(-60, 80, 480)),
    )  # fmt: skip


def _goods(paint: Paint) -> str:
    """What stands in the aisle: sacks where the story has them, a fork-lift in our days, a barrel before."""
    if paint.tells("sacks"):
        return _sacks(paint, 540, 706, 3) + _sacks(paint, 1060, 716, 4) + _sacks(paint, 800, 664, 2)
    if paint.tells("period"):
        return fittings.barrel(paint, 690, 640, 70) + h.sacks(paint, 1020, 730)
    return _pallets(paint, 610, 700) + _forklift(paint, 1020, 720)


def _sacks(paint: Paint, x: float, y: float, rows: int) -> str:
    """Full sacks lying in a heap, each row a sack shorter."""
    cloth, drawn = paint.lit("#cdb48a"), ""
    for row in range(rows):
        for k in range(rows - row):
            left, low = x + (k - (rows - row) / 2) * 118, y - row * 58
            form = curve([(left + 6, low), (left - 4, low - 34), (left + 14, low - 64), (left + 104, low - 66), (left + 122, low - 36), (left + 112, low)], tension=0.7)  # fmt: skip
            tone = mix(cloth, paint.lit("#a88a5c"), 0.14 * ((k + row) % 3))
            drawn += path(form, tone, ink=paint.ink, width=3.5)
            drawn += line([(left + 24, low - 46), (left + 60, low - 40), (left + 96, low - 46)], paint.lit("#9a7c50"), 3)  # fmt: skip
            drawn += line([(left + 104, low - 58), (left + 118, low - 70)], paint.lit("#9a7c50"), 5)
    return standing(x, rows * 66, y) + drawn


def _lanes(paint: Paint) -> str:
    yellow = paint.lit("#d9b03a")
    return "".join(
        path(
            pts(
                [
                    (800 + way * 190, 660),
                    (800 + way * 204, 660),
                    (800 + way * 500, 1700),
                    (800 + way * 440, 1700),
                ]
            ),
            yellow,
        )
        for way in (-1, 1)
    )


def _pallets(paint: Paint, x: float, y: float) -> str:
    """A stack of cartons under film on a pallet."""
    foot = "".join(
        box(x - 110 + k * 88, y - 22, 32, 22, dark(paint.wood, 0.2), ink=paint.ink, width=2) for k in range(3)
    ) + block(paint, x - 116, y - 32, 232, 12, paint.wood)
    tone = paint.lit("#c39a68")
    boxes = "".join(
        f.slab(
            paint,
            x - 104 + c * 70,
            y - 88 - r * 58,
            68,
            56,
            mix(tone, paint.lit("#8a6a44"), 0.2 * ((c + r) % 3)),
        )
        for c in range(3)
        for r in range(3 if x < 800 else 2)
    )
    return standing(x, 130, y) + foot + boxes + box(x - 106, y - 200, 212, 168, "#ffffff", opacity=0.12)


@modern
def _forklift(paint: Paint, x: float, y: float) -> str:
    tone, black = paint.lit("#e0a02f"), paint.lit("#2a2c32")
    mast = "".join(
        stick(paint, [(x - 108 - k, y - 14), (x - 108 - k, y - 370)], paint.lit("#5a6268"), 12)
        for k in (0, 26)
    ) + stick(paint, [(x - 134, y - 20), (x - 230, y - 20)], paint.lit("#5a6268"), 12)
    body = poly(
        paint,
        [
            (x - 96, y - 40),
            (x - 96, y - 150),
            (x + 30, y - 160),
            (x + 50, y - 190),
            (x + 120, y - 180),
            (x + 132, y - 40),
        ],
        tone,
    )
    cage = stick(
        paint, [(x - 70, y - 150), (x - 50, y - 330), (x + 90, y - 330), (x + 104, y - 184)], black, 11
    )
    seat = (
        block(paint, x + 14, y - 228, 26, 72, black, r=8)
        + rod(paint, [(x - 46, y - 160), (x - 26, y - 214)], black, 6)
        + glow(x + 80, y - 340, 60, 50, "#ff9a3a", 0.6)
        + disc(paint, x + 80, y - 342, 13, "#ff9a3a")
    )
    wheels = "".join(
        disc(paint, wx, y - r, r, black) + disc(paint, wx, y - r, r * 0.45, paint.lit("#b9bfc2"))
        for wx, r in ((x - 66, 44), (x + 96, 38))
    )
    return standing(x, 190, y) + mast + cage + seat + body + box(x - 92, y - 76, 222, 10, black) + wheels


def cold_store(paint: Paint) -> SetDrawing:
    """White boxes on racks, frost on everything, fans under the ceiling, a strip curtain, blue light."""
    paint = _chilled(paint)
    ice, steel = paint.lit("#dcecf4"), paint.lit("#9fb0b8")
    wall = mix(paint.wall, paint.lit("#cfe4ee"), 0.4)
    joints = "".join(
        line([(x, -40), (x, 640)], dark(wall, 0.16), 4, smooth=False)
        for x in range(int(LEFT), int(RIGHT), 210)
    )
    racks = "".join(
        stock.shelves(
            paint,
            x,
            672,
            w,
            560,
            4,
            stock.white_boxes,
            tone=steel,
            back=mix(dark(wall, 0.42), paint.lit("#6f848f"), 0.6),
            bays=2,
        )
        for x, w in ((-680, 560), (-60, 500), (1010, 560), (1880, 520))
    )
    rime = "".join(
        _frost(paint, x, 106, w, ice) for x, w in ((-690, 580), (-70, 520), (1000, 580), (1870, 540))
    )
    fans = "".join(_evaporator(paint, x, 26) for x in (250, 1290, -560, 2060))
    light = "".join(fittings.tube(paint, x, 8, 240, tone="#cfeaff") for x in (700, -160, 1780))
    mist = wash(560, 200, [(0, "#eaf6ff", 0), (0.6, "#eaf6ff", 0.34), (1, "#eaf6ff", 0)])
    middle = (
        fittings.plain_walls(paint, wall)
        + joints
        + fittings.hard_floor(paint, mix(paint.floor, ice, 0.3))
        + light
        + _strip_door(paint, 560, 700)
        + racks
        + rime
        + fans
    )
    middle += (
        _thermometer(paint, 786, 130)
        + _trolley(paint, 470, 760)
        + mist
        + _heavy_door(paint, 1620, 650)
        + extras(paint, 900, 730)
    )
    return SetDrawing(
        far=flat(TOP, BOTTOM - TOP, dark(wall, 0.4)), middle=middle,
        lamps=(Lamp(700, 30, 620, "#cfeaff"), Lamp(-160, 30, 520, "#cfeaff"), Lamp(1780, 30, 520, "#cfeaff"), *(() if paint.tells("period") else (Lamp(836, 150, 150, "#ff6a4e", 0.6),))),
    )  # fmt: skip


def _chilled(paint: Paint) -> Paint:
    """The same paint under blue light, whatever the hour."""
    red, green, blue = paint.light
    even = (red + green + blue) / 3
    light = (even * 0.87, even * 0.98, even * 1.1)
    return replace(paint, light=light, wall=tint("#bcd0da", light), floor=tint("#a9bcc6", light))


def _frost(paint: Paint, x: float, y: float, w: float, ice: str) -> str:
    """Rime along an upper edge, with icicles."""
    dice, low = paint.dice(f"frost {x:.0f}"), [(x + w, y), (x, y)]
    at, edge = x, []
    while at < x + w:
        edge.append((at, y + dice.choice((10, 14, 22, 40, 66))))
        edge.append((at + 14, y + 8))
        at += dice.uniform(22, 40)
    return path(pts([*low, *edge]), ice) + path(pts(edge, False), ink=dark(ice, 0.3), width=2.4)


def _strip_door(paint: Paint, x: float, y: float) -> str:
    """Clear plastic strips in a steel frame, light behind them."""
    steel = paint.lit("#8d9ca4")
    back = box(x, 190, 210, y - 240, "#e6f4fb" if not paint.night else paint.lit("#cfe4f0")) + glow(
        x + 105, 400, 170, 320, "#ffffff", 0.5
    )
    strips = "".join(
        box(
            x + k * 30,
            190,
            34,
            y - 226 - k % 2 * 12,
            "#9fd0e6" if k % 2 else "#bfe2f2",
            ink="#6fa4bc",
            width=2,
            opacity=0.62,
        )
        for k in range(7)
    )
    frame = path(
        pts([(x - 12, y - 46), (x - 12, 176), (x + 222, 176), (x + 222, y - 46)], False),
        ink=paint.ink,
        width=36,
    ) + path(
        pts([(x - 12, y - 46), (x - 12, 176), (x + 222, 176), (x + 222, y - 46)], False), ink=steel, width=29
    )
    bands = "".join(
        path(pts([(x - 24, k), (x, k - 20), (x, k), (x - 24, k + 20)]), paint.lit("#e8b83a"))
        + path(pts([(x + 210, k), (x + 234, k - 20), (x + 234, k), (x + 210, k + 20)]), paint.lit("#e8b83a"))
        for k in range(240, 640, 60)
    )
    return back + strips + frame + bands


def _evaporator(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#dfe8ec")
    drawn = f.slab(paint, x - 210, y - 46, 420, 132, steel, r=8)
    for k in (-104, 104):
        drawn += disc(paint, x + k, y + 20, 54, paint.lit("#3a464e"))
        drawn += "".join(
            path(
                curve(
                    [
                        (x + k, y + 20),
                        (x + k + 44 * dx - 12 * dy, y + 20 + 44 * dy + 12 * dx),
                        (x + k + 46 * dx, y + 20 + 46 * dy),
                    ]
                ),
                paint.lit("#8fa2ac"),
            )
            for dx, dy in ((0, -1), (0.87, 0.5), (-0.87, 0.5))
        )
        drawn += "".join(oval(x + k, y + 20, r, r, "none", ink=steel, width=2.5) for r in (18, 36, 52))
    return drawn + _frost(paint, x - 206, y + 84, 412, paint.lit("#e6f3fa"))


@modern
def _thermometer(paint: Paint, x: float, y: float) -> str:
    case = f.slab(paint, x, y, 150, 84, paint.lit("#2a323a"), r=8) + glow(
        x + 75, y + 42, 120, 70, "#ff5a4e", 0.3
    )
    return (
        case
        + readouts.digits(
            paint, x + 22, y + 24, "-" + paint.pick("degrees", "20", "18", "25"), "#ff6a5a", 0.86
        )
        + disc(paint, x + 132, y + 16, 7, "#ff5a4e")
    )


def _heavy_door(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#c9d6dc")
    leaf = f.slab(paint, x, y - 500, 210, 500, steel, r=8) + box(
        x + 22, y - 476, 166, 452, "none", ink=dark(steel, 0.25), width=4, r=8
    )
    bar = rod(
        paint, [(x + 40, y - 250), (x + 40, y - 330), (x + 90, y - 330)], paint.lit("#c9403a"), 13
    ) + block(paint, x + 20, y - 270, 40, 60, dark(steel, 0.3), r=5)
    return (
        leaf + bar + "".join(block(paint, x + 186, y - k, 36, 60, dark(steel, 0.3), r=4) for k in (430, 150))
    )


def _trolley(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#9fb0b8")
    frame = stick(paint, [(x - 130, y - 40), (x + 110, y - 40), (x + 140, y - 250)], steel, 11)
    dice = paint.dice("trolley")
    return (
        standing(x, 140, y)
        + stock.white_boxes(paint, dice, x - 124, y - 50, 230, 80)
        + stock.white_boxes(paint, dice, x - 110, y - 124, 150, 74)
        + frame
        + "".join(disc(paint, x + k, y - 18, 17, "#2a2d35") for k in (-106, 92))
    )
