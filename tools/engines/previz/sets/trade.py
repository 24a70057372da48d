"""Bakery and pharmacy."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, glow, line, oval, path, pts
from tools.engines.previz.sets import fittings, stock
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import household as h
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.shapes import blob, block, disc, stick, wall_tiles
from tools.engines.previz.sets.sky import opening, outlook


def bakery(paint: Paint) -> SetDrawing:
    """Bread on slanting shelves, a brick oven alight, trays of buns under glass."""
    glass = [opening(paint, 1500, 110, 240, 300), opening(paint, -620, 110, 240, 300)]
    tiles = wall_tiles(paint, 400, 640, pale(paint.wall, 0.3))
    built = room(paint, glass, tiles, tiles=True, panel=False)
    walls = stock.shelves(
        paint, -190, 480, 560, 400, 4, stock.loaves, tone=paint.wood, back=pale(paint.wood, 0.2), bays=2
    )
    walls += stock.shelves(
        paint, 1010, 480, 400, 400, 4, stock.loaves, tone=paint.wood, back=pale(paint.wood, 0.2)
    )
    middle = (
        built
        + walls
        + _oven(paint, 680, 660)
        + _display(paint, -150, 726, 470)
        + _display(paint, 1010, 726, 430)
    )
    middle += (
        fittings.till(paint, 390, 552)
        + h.sacks(paint, 1600, 720)
        + "".join(fittings.hung(paint, x, 30, "#b5653f") for x in (120, 1200))
    )
    return SetDrawing(
        far=outlook(paint), middle=middle + f.table(paint, 390, 720, 150) + extras(paint, 1820, 710), panes=panes_of(glass),
        lamps=(Lamp(120, 70, 480), Lamp(1200, 70, 480), Lamp(690, 430, 300, "#ff8a3a")),
    )  # fmt: skip


def _oven(paint: Paint, x: float, y: float) -> str:
    """A brick oven with its fire, and the peel that leans beside it."""
    brick = paint.lit("#b5705a")
    front = box(x - 230, 60, 460, y - 60, brick, ink=paint.ink, width=3.5)
    courses = "".join(
        box(x - 226 + (row % 2) * 30 + k * 62, 66 + row * 30, 58, 26, dark(brick, 0.1 * ((row + k) % 3)), r=2)
        for row in range(19)
        for k in range(7)
    )
    mouth = f"M{x - 120:g} 420V330A120 110 0 0 1 {x + 120:g} 330V420Z"
    fire = glow(x, 400, 190, 130, "#ffb04e", 0.9) + "".join(
        path(
            curve(
                [
                    (x + k - 26, 416),
                    (x + k - 8, 350 + abs(k) * 0.4),
                    (x + k + 2, 330 + abs(k) * 0.5),
                    (x + k + 26, 416),
                ]
            ),
            c,
        )
        for k, c in ((-60, "#ff8a3a"), (0, "#ffc24e"), (56, "#ff8a3a"), (-24, "#ffe08a"), (30, "#ffd06a"))
    )
    arch = (
        path(mouth, "#2a1210")
        + fire
        + path(mouth, ink=paint.ink, width=34)
        + path(mouth, ink=pale(brick, 0.25), width=27)
    )
    peel = stick(paint, [(x + 280, 690), (x + 250, 190)], pale(paint.wood, 0.2), 13) + path(
        curve([(x + 216, 190), (x + 214, 90), (x + 246, 60), (x + 280, 90), (x + 284, 186)], tension=0.7),
        pale(paint.wood, 0.3),
        ink=paint.ink,
        width=3.5,
    )
    shelf = (
        f.slab(paint, x - 250, 424, 500, 26, paint.lit("#9a948c"), r=3)
        + box(x - 150, 500, 300, 130, dark(brick, 0.5), ink=paint.ink, width=3)
        + "".join(disc(paint, x - 110 + k * 56, 600, 28, dark(paint.wood, 0.1)) for k in range(5))
    )
    return front + courses + arch + shelf + peel


def _display(paint: Paint, x: float, y: float, w: float) -> str:
    """A glass case of cakes and buns on a base."""
    dice, glass = paint.dice(f"cakes {x:.0f}"), box(x, y - 270, w, 170, "#e6f4f4", opacity=0.32)
    cakes = ""
    for row in (0, 1):
        for k in range(int(w / 66)):
            cx, base = x + 38 + k * 66, y - 190 + row * 84
            tone = paint.lit(dice.choice(("#d9a55a", "#8a5030", "#f2d8c0", "#c9604f", "#e8c46a")))
            cakes += path(
                curve(
                    [
                        (cx - 27, base),
                        (cx - 24, base - 28),
                        (cx, base - 40),
                        (cx + 24, base - 28),
                        (cx + 27, base),
                    ],
                    tension=0.8,
                ),
                tone,
                ink=paint.ink,
                width=2.5,
            ) + oval(cx, base - 40, 6, 6, paint.lit("#c9303a"))
    boards = "".join(
        box(x, y - 190 + k * 84, w, 7, paint.lit("#cfd8da"), ink=paint.ink, width=2) for k in (0, 1)
    )
    frame = box(x, y - 270, w, 172, "none", ink=paint.lit("#b9a06a"), width=9) + box(
        x - 5, y - 275, w + 10, 182, "none", ink=paint.ink, width=2.5
    )
    return (
        f.slab(paint, x - 8, y - 102, w + 16, 102, paint.accent, r=4)
        + boards
        + cakes
        + glass
        + path(
            pts([(x + 40, y - 104), (x + 120, y - 266), (x + 170, y - 266), (x + 90, y - 104)]),
            "#ffffff",
            opacity=0.22,
        )
        + frame
    )


def pharmacy(paint: Paint) -> SetDrawing:
    """Shelves of packs up to the ceiling, the lit green cross, a counter with scales."""
    green = paint.accent
    built = room(paint, [], tiles=True, panel=False)
    white = pale(paint.wood, 0.12) if paint.tells("period") else paint.lit("#f1f1ea")
    old = paint.tells("period")
    units = "".join(
        _drug_wall(paint, x, w, white) for x, w in ((-760, 560), (-130, 620), (1110, 560), (1740, 600))
    )
    panel = f.slab(paint, 540, 40, 520, 600, mix(white, green, 0.25), r=4) + _cross(paint, 800, 200, 92)
    panel += _mirror(paint) if old else ""
    drawers = "".join(
        block(paint, 560 + c * 96, 360 + r * 68, 88, 60, pale(paint.wood, 0.25), r=3)
        + disc(paint, 604 + c * 96, 390 + r * 68, 7, paint.lit("#c9a04a"))
        for c in range(5)
        for r in range(4)
    )
    counter = (
        f.counter(paint, 300, 726, 1000, mix(white, green, 0.5))
        + fittings.till(paint, 1180, 518)
        + _scales(paint, 420, 518)
        + _mortar(paint, 1020, 518)
    )
    return SetDrawing(
        far=outlook(paint), middle=built + units + panel + drawers + counter + fittings.tube(paint, 360, 6, 300) + fittings.tube(paint, 1240, 6, 300) + extras(paint, 1560, 710),
        lamps=(Lamp(360, 30, 540, "#f4fff4"), Lamp(1240, 30, 540, "#f4fff4"), Lamp(800, 200, 300, "#ffe0a0" if old else "#6af0a0", 0.8)),
    )  # fmt: skip


def _mirror(paint: Paint) -> str:
    """What hung behind a druggist's counter: a looking-glass in a frame of dark wood."""
    glass = box(606, 92, 388, 212, paint.lit("#c9d6d2"), ink=paint.ink, width=3)
    shine = path(pts([(640, 300), (730, 96), (780, 96), (690, 300)]), "#ffffff", opacity=0.3)
    return block(paint, 584, 70, 432, 256, dark(paint.wood, 0.3), r=6) + glass + shine


def _drug_wall(paint: Paint, x: float, w: float, white: str) -> str:
    """Packs; before the seventies jars and bottles."""
    goods = stock.jars if paint.tells("period") else stock.packs
    return stock.shelves(
        paint, x, 664, w, 600, 6, goods, tone=white, back=dark(white, 0.22), bays=3
    ) + f.slab(paint, x - 12, 20, w + 24, 40, paint.accent, r=4)


@modern
def _cross(paint: Paint, x: float, y: float, r: float) -> str:
    a = r * 0.34
    d = pts(
        [
            (x - a, y - r),
            (x + a, y - r),
            (x + a, y - a),
            (x + r, y - a),
            (x + r, y + a),
            (x + a, y + a),
            (x + a, y + r),
            (x - a, y + r),
            (x - a, y + a),
            (x - r, y + a),
            (x - r, y - a),
            (x - a, y - a),
        ]
    )
    return (
        glow(x, y, r * 2, r * 2, "#4fe08a", 0.55)
        + path(d, "#3fcf7c", ink=paint.ink, width=4)
        + _cross_light(x, y, r)
    )


def _cross_light(x: float, y: float, r: float) -> str:
    """The lighter line inside a lit cross."""
    return line([(x, y - r * 0.8), (x, y + r * 0.8)], "#d8ffe6", 6, smooth=False) + line(
        [(x - r * 0.8, y), (x + r * 0.8, y)], "#d8ffe6", 6, smooth=False
    )


def _scales(paint: Paint, x: float, y: float) -> str:
    brass = paint.lit("#d0a648")
    post = (
        stick(paint, [(x, y - 8), (x, y - 140)], brass, 9)
        + stick(paint, [(x - 74, y - 126), (x + 74, y - 140)], brass, 7)
        + box(x - 40, y - 14, 80, 14, dark(brass, 0.3), ink=paint.ink, width=2.5, r=4)
    )
    pans = "".join(
        line([(x + k, y - 132), (x + k - 24, y - 66)], paint.ink, 2.4)
        + line([(x + k, y - 132), (x + k + 24, y - 66)], paint.ink, 2.4)
        + path(
            curve([(x + k - 30, y - 68), (x + k, y - 48), (x + k + 30, y - 68)], tension=0.9),
            brass,
            ink=paint.ink,
            width=3,
        )
        for k in (-72, 72)
    )
    return post + pans


def _mortar(paint: Paint, x: float, y: float) -> str:
    """A mortar with its pestle."""
    stone = paint.lit("#e9e4da")
    return stick(paint, [(x + 8, y - 50), (x + 44, y - 116)], stone, 14) + blob(
        paint,
        [(x - 44, y - 66), (x - 32, y - 10), (x - 20, y), (x + 20, y), (x + 32, y - 10), (x + 44, y - 66)],
        stone,
    )
