"""Places of one's own: bathroom and workshop."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import household as h
from tools.engines.previz.sets.boatshed import boatshed
from tools.engines.previz.sets.country import bench
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.sewing import sewing_workshop
from tools.engines.previz.sets.shapes import (
    blob,
    block,
    disc,
    lamp_light,
    poly,
    rod,
    standing,
    stick,
    wall_tiles,
)
from tools.engines.previz.sets.sky import opening, outlook


def bathroom(paint: Paint) -> SetDrawing:
    """A tub behind a curtain, a basin under a round mirror, towels, tiles."""
    glass = [opening(paint, 1010, 110, 170, 230, style="grid")]
    tiles = wall_tiles(paint, 250, 624, pale(paint.wall, 0.32)) + flat(238, 14, paint.accent)
    built = room(paint, glass, tiles, tiles=True, panel=False)
    mirror = disc(paint, 470, 270, 118, paint.lit("#e8d9b8")) + disc(
        paint, 470, 270, 102, paint.lit("#bcd6da")
    )
    mirror += path(pts([(400, 330), (500, 176), (530, 190), (430, 352)]), "#ffffff", opacity=0.3)
    bulbs = "".join(
        lamp_light(paint, x, 130, 110) + disc(paint, x, 134, 15, "#fff2c8") for x in (390, 470, 550)
    ) + block(paint, 366, 142, 208, 14, paint.lit("#d9b15a"))
    middle = (
        built + mirror + bulbs + _basin(paint, 470, 668) + _towels(paint, 760, 330) + _tub(paint, 1390, 716)
    )
    middle += _toilet(paint, 90, 700) + _bath_shelf(paint, 150, 250) + f.plant(paint, 700, 684, 0.7)
    middle += oval(880, 792, 230, 30, mix(paint.accent, "#ffffff", 0.35), ink=paint.ink, width=3)
    middle += oval(880, 790, 180, 21, mix(paint.accent, "#ffffff", 0.55)) + _hamper(paint, 900, 690)
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, -180, 700), panes=panes_of(glass),
        lamps=(Lamp(470, 134, 560, "#fff0cf"), Lamp(1400, 60, 500, "#fff0cf", 0.7)),
    )  # fmt: skip


def _basin(paint: Paint, x: float, y: float) -> str:
    white, chrome = paint.lit("#f2f1ec"), paint.lit("#b4c0c4")
    body = f.slab(paint, x - 170, y - 190, 340, 190, paint.wood, r=6)
    doors = "".join(
        block(paint, x + k, y - 160, 148, 140, pale(paint.wood, 0.12), r=4) for k in (-156, 8)
    ) + "".join(disc(paint, x + k, y - 92, 7, chrome) for k in (-20, 22))
    bowl = blob(
        paint,
        [(x - 190, y - 222), (x - 170, y - 190), (x, y - 176), (x + 170, y - 190), (x + 190, y - 222)],
        white,
    )
    tap = rod(paint, [(x, y - 224), (x, y - 268), (x + 22, y - 280), (x + 40, y - 262)], chrome, 9)
    cup = block(paint, x - 120, y - 266, 36, 44, paint.accent, r=5) + "".join(
        stick(paint, [(x - 108 + k * 12, y - 258), (x - 114 + k * 18, y - 304)], c, 4)
        for k, c in enumerate(("#e2533f", "#5f9ac0"))
    )
    soap = block(paint, x + 92, y - 268, 30, 46, paint.lit("#e8b8a0"), r=7) + block(
        paint, x + 100, y - 284, 14, 18, chrome, r=3
    )
    return standing(x, 190, y) + body + doors + tap + cup + soap + bowl


def _towels(paint: Paint, x: float, y: float) -> str:
    rail = stick(paint, [(x - 90, y), (x + 110, y)], paint.lit("#b4c0c4"), 8)
    cloths = ""
    for k, tone in ((-74, paint.accent), (20, paint.lit("#f2e6d0"))):
        cloths += block(paint, x + k, y - 6, 78, 170, tone, r=5)
        cloths += box(x + k + 3, y + 120, 72, 12, dark(tone, 0.2)) + box(
            x + k + 3, y + 139, 72, 5, pale(tone, 0.4)
        )
    return rail + cloths


def _tub(paint: Paint, x: float, y: float) -> str:
    white, chrome = paint.lit("#f5f3ee"), paint.lit("#b4c0c4")
    body = curve(
        [
            (x - 290, y - 190),
            (x - 262, y - 70),
            (x - 190, y - 34),
            (x + 190, y - 34),
            (x + 262, y - 70),
            (x + 290, y - 190),
        ],
        tension=0.7,
    )
    feet = "".join(disc(paint, x + k, y - 18, 20, paint.lit("#d9b15a")) for k in (-190, 190))
    tub = (
        path(body, white)
        + clip(body, box(x - 300, y - 100, 600, 90, dark(white, 0.14)))
        + path(body, ink=paint.ink, width=3.5)
    )
    rim = box(x - 310, y - 206, 620, 28, white, ink=paint.ink, width=3.5, r=14)
    foam = "".join(
        disc(paint, x - 220 + k * 58, y - 214 - (k * 37 % 23), 34 - k % 3 * 7, "#ffffff") for k in range(7)
    )
    rail = stick(paint, [(x - 330, 70), (x + 700, 70)], chrome, 7)
    veil = pale(paint.accent, 0.55)
    folds = "".join(
        poly(
            paint,
            [
                (x + 120 + k * 34, 76),
                (x + 156 + k * 34, 76),
                (x + 166 + k * 32, y - 60),
                (x + 126 + k * 32, y - 60),
            ],
            veil if k % 2 else dark(veil, 0.08),
            2.2,
        )
        for k in range(6)
    )
    shower = rod(paint, [(x - 230, y - 210), (x - 234, 170), (x - 200, 140), (x - 170, 160)], chrome, 9)
    rose = poly(paint, [(x - 206, 158), (x - 136, 158), (x - 150, 180), (x - 192, 180)], chrome)
    return standing(x, 300, y) + feet + shower + rose + foam + tub + rim + rail + folds


def _toilet(paint: Paint, x: float, y: float) -> str:
    white = paint.lit("#f2f1ec")
    tank = f.slab(paint, x - 76, y - 300, 152, 130, white, r=8) + disc(
        paint, x, y - 304, 13, paint.lit("#b4c0c4")
    )
    bowl = blob(
        paint,
        [(x - 82, y - 160), (x - 66, y - 70), (x - 40, y), (x + 40, y), (x + 66, y - 70), (x + 82, y - 160)],
        white,
    )
    seat = box(x - 90, y - 176, 180, 26, pale(white, 0.3), ink=paint.ink, width=3.5, r=12)
    roll = disc(paint, x + 150, y - 210, 24, paint.lit("#fbf8f0")) + disc(
        paint, x + 150, y - 210, 8, dark(white, 0.3)
    )
    return standing(x, 90, y) + tank + bowl + seat + roll


def _bath_shelf(paint: Paint, x: float, y: float) -> str:
    dice, things = paint.dice("bottles"), ""
    for row in (0, 96):
        things += f.slab(paint, x - 110, y + row, 220, 14, paint.wood, r=3)
        cx = x - 96
        while cx < x + 78:
            w, h = dice.uniform(20, 34), dice.uniform(34, 66)
            tone = paint.lit(dice.choice(("#e8b8a0", "#8fb8b0", "#f2e6d0", "#b58ab0", "#d9a94a")))
            things += block(paint, cx, y + row - h, w, h, tone, r=6) + block(
                paint, cx + w * 0.3, y + row - h - 12, w * 0.4, 12, paint.lit("#f4f0e6"), r=2
            )
            cx += w + dice.uniform(6, 18)
    return things


def _hamper(paint: Paint, x: float, y: float) -> str:
    tone = mix(paint.wood, paint.lit("#e0c79a"), 0.6)
    body = f.slab(paint, x - 58, y - 150, 116, 150, tone, r=10)
    weave = "".join(line([(x - 54, y - k), (x + 54, y - k)], dark(tone, 0.25), 3) for k in (30, 60, 90, 120))
    return (
        standing(x, 66, y)
        + body
        + weave
        + blob(
            paint,
            [(x - 60, y - 146), (x - 40, y - 180), (x + 30, y - 176), (x + 60, y - 146)],
            paint.lit("#f2e6d0"),
        )
    )


def workshop(paint: Paint) -> SetDrawing:
    """A bench with a vise, tools on a board, timber; what the trade of the story needs."""
    if paint.tells("boats"):
        return boatshed(paint)
    if paint.tells("sewing"):
        return sewing_workshop(paint)
    fine = paint.tells("fine_work")
    motors = not fine and (paint.tells("mechanic") or paint.about("mechan", "mecán", "tyre", "llant", "pneu"))
    glass = [opening(paint, 1120, 130, 260, 190, style="grid")]
    built = room(paint, glass, panel=False)
    door = f.slab(paint, -460, 40, 480, 604, paint.lit("#8c9298"), r=4)
    door += "".join(box(-452, y, 464, 5, dark(paint.lit("#8c9298"), 0.3)) for y in range(70, 640, 44))
    way_in = f.door(paint, -330, 642) if fine else door
    middle = built + way_in + _pegboard(paint, 330, 130) + _paint_shelf(paint, 870, 180)
    middle += h.dresser(paint, 1560, 664) if fine else _timber(paint, 1560, 650)
    middle += _work_bench(paint, 560, 690)
    if fine:
        middle += (
            f.table(paint, 1190, 700, 330) + f.table_lamp(paint, 1290, 530) + h.plate_shelf(paint, 1440, 160)
        )
    else:
        middle += ("" if paint.tells("period") else _drill(paint, 1250, 690)) + _sawhorse(paint, 1010, 760)
    middle += _tyres(paint, 130, 720) if motors else bench(paint, 130, 712, 200)
    middle += (
        f.pendant(paint, 560, 40, tone="#5a6a5f")
        + f.pendant(paint, 1250, 40, tone="#5a6a5f")
        + ("" if fine else _shavings(paint))
    )
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 1740, 710), panes=panes_of(glass),
        lamps=(Lamp(560, 70, 520), Lamp(1250, 70, 480)),
    )  # fmt: skip


def _pegboard(paint: Paint, x: float, y: float) -> str:
    board = f.slab(paint, x, y, 460, 290, mix(paint.wood, paint.lit("#d9c09a"), 0.5), r=4)
    steel, grip = paint.lit("#aab4b8"), paint.accent
    holes = "".join(
        oval(x + 20 + c * 30, y + 18 + r * 32, 2.4, 2.4, "#2a1a16", opacity=0.5)
        for c in range(15)
        for r in range(9)
    )
    saw = poly(
        paint, [(x + 30, y + 60), (x + 190, y + 40), (x + 194, y + 74), (x + 40, y + 104)], steel
    ) + block(paint, x + 18, y + 54, 44, 56, grip, r=12)
    hammer = stick(paint, [(x + 250, y + 60), (x + 250, y + 170)], paint.wood, 12) + block(
        paint, x + 216, y + 36, 72, 30, steel, r=4
    )
    spanners = "".join(
        stick(paint, [(x + 330 + k * 32, y + 60), (x + 330 + k * 32, y + 110 + k * 16)], steel, 9)
        + disc(paint, x + 330 + k * 32, y + 54, 13, steel)
        for k in range(4)
    )
    drivers = "".join(
        block(paint, x + 44 + k * 38, y + 170, 16, 44, c, r=6)
        + stick(paint, [(x + 52 + k * 38, y + 216), (x + 52 + k * 38, y + 262)], steel, 4)
        for k, c in enumerate(("#d9503f", "#e8b04a", "#3f7f8c", "#d9503f", "#5c7a4a"))
    )
    square = rod(paint, [(x + 300, y + 260), (x + 420, y + 260), (x + 420, y + 200)], steel, 10)
    return board + holes + saw + hammer + spanners + drivers + square


def _paint_shelf(paint: Paint, x: float, y: float) -> str:
    drawn = ""
    for row in range(3):
        base = y + 110 * (row + 1)
        for k in range(4):
            tone = paint.lit(
                ("#c9503f", "#3f7f8c", "#e8b04a", "#8f9a9e", "#5c7a4a", "#e9dfc8")[(k + row * 2) % 6]
            )
            drawn += f.slab(
                paint, x + 8 + k * 52, base - 56 - (k + row) % 2 * 14, 42, 56 + (k + row) % 2 * 14, tone, r=4
            )
        drawn += f.slab(paint, x - 6, base, 226, 14, paint.wood, r=2)
    posts = "".join(block(paint, x + k, y, 12, 460, dark(paint.wood, 0.2)) for k in (-12, 214))
    return posts + drawn


def _timber(paint: Paint, x: float, y: float) -> str:
    return standing(x, 130, y) + "".join(
        poly(
            paint,
            [
                (x - 110 + k * 40, y),
                (x - 76 + k * 40, y),
                (x - 40 + k * 36, y - 520 + k * 42),
                (x - 70 + k * 36, y - 520 + k * 42),
            ],
            pale(paint.wood, 0.1 + k % 3 * 0.12),
        )
        for k in range(6)
    )


def _work_bench(paint: Paint, x: float, y: float) -> str:
    legs = "".join(f.slab(paint, x + k, y - 170, 44, 170, dark(paint.wood, 0.15)) for k in (-280, 236))
    shelf = f.slab(paint, x - 250, y - 60, 500, 18, dark(paint.wood, 0.1))
    boxes = (
        f.slab(paint, x - 210, y - 118, 120, 58, paint.lit("#b5483f"), r=6)
        + f.slab(paint, x - 50, y - 106, 90, 46, paint.lit("#5a6f7a"), r=4)
        + f.slab(paint, x + 70, y - 128, 110, 68, paint.lit("#c9a36a"), r=3)
    )
    vise = f.slab(paint, x + 190, y - 250, 96, 56, paint.lit("#4f6b7a"), r=6) + stick(
        paint, [(x + 286, y - 214), (x + 330, y - 214)], paint.lit("#aab4b8"), 9
    )
    plane = blob(
        paint,
        [(x - 200, y - 196), (x - 196, y - 228), (x - 90, y - 226), (x - 70, y - 196)],
        paint.lit("#7d5a3c"),
    ) + disc(paint, x - 176, y - 240, 13, paint.accent)
    plank = f.slab(paint, x - 60, y - 216, 210, 20, pale(paint.wood, 0.35))
    lamp = rod(
        paint, [(x - 270, y - 200), (x - 250, y - 300), (x - 170, y - 340)], paint.lit("#3f464c"), 7
    ) + poly(
        paint, [(x - 190, y - 356), (x - 150, y - 356), (x - 120, y - 310), (x - 200, y - 310)], paint.accent
    )
    return (
        standing(x, 310, y)
        + legs
        + shelf
        + boxes
        + plane
        + plank
        + vise
        + lamp
        + f.slab(paint, x - 300, y - 196, 600, 32, pale(paint.wood, 0.12), r=4)
    )


def _drill(paint: Paint, x: float, y: float) -> str:
    steel, green = paint.lit("#9aa6aa"), paint.lit("#4f7a6a")
    return (
        standing(x, 100, y) + f.slab(paint, x - 90, y - 150, 180, 150, dark(paint.wood, 0.2), r=4)
        + block(paint, x - 70, y - 166, 140, 18, steel) + stick(paint, [(x - 40, y - 166), (x - 40, y - 360)], steel, 16)
        + f.slab(paint, x - 76, y - 400, 150, 90, green, r=12) + block(paint, x + 22, y - 312, 22, 44, steel)
        + stick(paint, [(x + 33, y - 268), (x + 33, y - 210)], paint.lit("#d7dde0"), 5) + stick(paint, [(x + 74, y - 350), (x + 116, y - 300)], steel, 6)
        + block(paint, x - 50, y - 196, 110, 12, steel)
    )  # fmt: skip


def _tyres(paint: Paint, x: float, y: float) -> str:
    rubber = paint.lit("#33323a")
    return standing(x, 110, y) + "".join(
        box(x - 100 + k % 2 * 6, y - 58 - k * 54, 200, 56, rubber, ink=paint.ink, width=3.5, r=26)
        + "".join(
            line(
                [(x - 70 + j * 35, y - 52 - k * 54), (x - 70 + j * 35, y - 10 - k * 54)],
                pale(rubber, 0.18),
                4,
            )
            for j in range(5)
        )
        for k in range(3)
    )


def _sawhorse(paint: Paint, x: float, y: float) -> str:
    legs = "".join(
        stick(paint, [(x + k, y - 130), (x + k + s, y)], dark(paint.wood, 0.1), 14)
        for k, s in ((-120, -34), (-120, 26), (120, -26), (120, 34))
    )
    return (
        standing(x, 170, y)
        + legs
        + f.slab(paint, x - 150, y - 150, 300, 26, paint.wood)
        + f.slab(paint, x - 230, y - 172, 480, 18, pale(paint.wood, 0.4))
    )


def _shavings(paint: Paint) -> str:
    dice, tone = paint.dice("shavings"), pale(paint.wood, 0.45)
    return "".join(
        line([(x, y), (x + 10, y - 6), (x + 18, y), (x + 12, y + 4)], tone, 3.5)
        for x, y in ((dice.uniform(200, 1500), dice.uniform(770, 1050)) for _ in range(40))
    )
