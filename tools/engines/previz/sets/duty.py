"""Police station and cell."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, cut, line, oval, path
from tools.engines.previz.sets import fittings, readouts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.room import extras, panes_of
from tools.engines.previz.sets.shapes import blob, block, bricks, disc, poly, rod, standing, stick
from tools.engines.previz.sets.sky import opening, outlook


def police_station(paint: Paint) -> SetDrawing:
    """A chequered band, a board of faces and threads, the badge, cabinets, a window with blinds."""
    glass = [
        opening(paint, 1380, 110, 250, 240, curtain="blinds", style="plain"),
        opening(paint, -600, 110, 250, 240, curtain="blinds", style="plain"),
    ]
    walls = fittings.plain_walls(
        paint,
        mix(paint.wall, paint.lit(paint.pick("station", "#b4bdc0", "#cfc4a4", "#9fb09a", "#8fa3b8")), 0.6),
    ) + _chequers(paint, 398)
    middle = (
        walls
        + cut(*(path(o.hole, "#000000") for o in glass))
        + "".join(o.trim for o in glass)
        + fittings.hard_floor(paint)
        + _case_board(paint, 560, 70)
        + _badge(paint, 1200, 200, 108)
        + _height_lines(paint, 60)
    )
    middle += (
        _duty_desk(paint, 620, 720)
        + fittings.cabinet(paint, 340, 668, 120, 300, 4)
        + fittings.cabinet(paint, 1330, 668, 130, 300, 4)
        + fittings.tube(paint, 400, 6, 320)
        + fittings.tube(paint, 1240, 6, 320)
    )
    middle += (
        fittings.barred_door(paint, -230, 650)
        + f.chair(paint, 1180, 730, left=True)
        + f.table_lamp(paint, 1400, 368)
        + f.door(paint, 1860, 642)
    )
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 1640, 720), panes=panes_of(glass),
        lamps=(Lamp(400, 30, 560, "#f2f8ff"), Lamp(1240, 30, 520, "#f2f8ff"), Lamp(880, 440, 300)),
    )  # fmt: skip


def _chequers(paint: Paint, y: float) -> str:
    blue, white = paint.accent, paint.lit("#eef2f2")
    drawn = box(LEFT, y, RIGHT - LEFT, 56, white)
    drawn += "".join(
        box(x + (28 if row else 0), y + row * 28, 28, 28, blue)
        for x in range(int(LEFT), int(RIGHT), 56)
        for row in (0, 1)
    )
    return (
        drawn + box(LEFT, y - 4, RIGHT - LEFT, 4, paint.ink) + box(LEFT, y + 56, RIGHT - LEFT, 4, paint.ink)
    )


def _case_board(paint: Paint, x: float, y: float) -> str:
    """Cork with photographs, a map, and red thread from one to another."""
    dice, cork = paint.dice("case"), paint.lit("#c99a64")
    drawn = f.slab(paint, x, y, 480, 300, paint.wood, r=4) + box(x + 14, y + 14, 452, 272, cork)
    drawn += (
        box(x + 176, y + 92, 130, 110, paint.lit("#dfe6cf"), ink=paint.ink, width=2)
        + line([(x + 186, y + 180), (x + 230, y + 130), (x + 296, y + 116)], paint.lit("#3f7fae"), 5)
        + line([(x + 200, y + 104), (x + 250, y + 196)], dark(cork, 0.2), 3)
    )
    spots = [
        (x + 60, y + 66),
        (x + 150, y + 52),
        (x + 350, y + 60),
        (x + 430, y + 100),
        (x + 66, y + 190),
        (x + 130, y + 240),
        (x + 370, y + 230),
        (x + 436, y + 210),
    ]
    for k, (px, py) in enumerate(spots):
        skin = paint.lit(dice.choice(("#e0ac7e", "#8d5a3b", "#f1c9a5")))
        drawn += box(px - 34, py - 38, 68, 80, paint.lit("#f6f2e6"), ink=paint.ink, width=2) + box(
            px - 27, py - 31, 54, 54, paint.lit("#9fb0b8")
        )
        drawn += (
            path(
                curve(
                    [(px - 24, py + 22), (px - 18, py + 4), (px + 18, py + 4), (px + 24, py + 22)],
                    tension=0.8,
                ),
                paint.lit(("#35577a", "#5a3a44", "#3f4a3f")[k % 3]),
            )
            + oval(px, py - 10, 12, 15, skin)
            + path(
                curve(
                    [
                        (px - 14, py - 8),
                        (px - 12, py - 24),
                        (px, py - 30),
                        (px + 12, py - 24),
                        (px + 14, py - 8),
                        (px + 8, py - 18),
                        (px - 8, py - 18),
                    ],
                    tension=0.6,
                ),
                paint.lit(dice.choice(("#2b1d16", "#8a5a30", "#9a948c"))),
            )
        )
    mid = (x + 246, y + 140)
    thread = "".join(line([spot, mid], "#d9302f", 3.5, smooth=False) for spot in spots) + line(
        spots[:4], "#d9302f", 3, smooth=False
    )
    return (
        drawn
        + thread
        + "".join(disc(paint, px, py - 34, 6, "#d9302f") for px, py in [*spots, (mid[0], mid[1] + 34)])
    )


def _badge(paint: Paint, x: float, y: float, r: float) -> str:
    """A shield with a star."""
    gold, blue = paint.lit("#d9b04a"), paint.accent
    shield = [
        (x, y - r),
        (x + r * 0.84, y - r * 0.72),
        (x + r * 0.76, y + r * 0.3),
        (x, y + r),
        (x - r * 0.76, y + r * 0.3),
        (x - r * 0.84, y - r * 0.72),
    ]
    inner = [(x + (px - x) * 0.82, y + (py - y) * 0.82) for px, py in shield]
    star = [
        (0, -1),
        (0.24, -0.32),
        (0.95, -0.31),
        (0.38, 0.12),
        (0.59, 0.81),
        (0, 0.4),
        (-0.59, 0.81),
        (-0.38, 0.12),
        (-0.95, -0.31),
        (-0.24, -0.32),
    ]
    return (
        poly(paint, shield, gold, 4)
        + poly(paint, inner, blue)
        + poly(paint, [(x + a * r * 0.48, y + b * r * 0.48) for a, b in star], gold, 3)
    )


def _height_lines(paint: Paint, x: float) -> str:
    """Where suspects are measured."""
    sheet = paint.lit("#eef0ea")
    drawn = box(x, 40, 220, 600, sheet, ink=paint.ink, width=3.5)
    return drawn + "".join(
        box(x + 4, y, 212 if k % 2 == 0 else 60, 5, paint.ink if k % 2 == 0 else dark(sheet, 0.4))
        for k, y in enumerate(range(80, 620, 44))
    )


def _duty_desk(paint: Paint, x: float, y: float) -> str:
    front = (
        f.slab(paint, x, y - 200, 520, 200, paint.wood, r=4)
        + "".join(
            box(
                x + 24 + k * 124,
                y - 164,
                104,
                136,
                dark(paint.wood, 0.14),
                ink=dark(paint.wood, 0.45),
                width=3,
                r=4,
            )
            for k in range(4)
        )
        + f.slab(paint, x - 20, y - 224, 560, 30, pale(paint.wood, 0.25), r=4)
    )
    papers = "".join(
        box(x + 30, y - 236 - k * 9, 90, 10, paint.lit(c), ink=paint.ink, width=2)
        for k, c in enumerate(("#f4eddc", "#d9b98a", "#f4eddc", "#c9d6dc"))
    )
    return (
        standing(x + 260, 290, y)
        + front
        + papers
        + f.table_lamp(paint, x + 250, y - 224)
        + readouts.screen(paint, x + 350, y - 340, 130, 90, "lines")
        + ("" if paint.tells("period") else block(paint, x + 400, y - 242, 30, 20, "#2a2d35"))
    )


def cell(paint: Paint) -> SetDrawing:
    """Bricks, a bunk on chains, a small barred window, days scratched on the wall, a door of bars."""
    stone = mix(paint.wall, paint.lit(paint.pick("cell", "#8f958c", "#a89a80", "#8494a0", "#9a7a68")), 0.75)
    hole = box(690, 70, 190, 150, "#000000")
    walls = (
        fittings.plain_walls(paint, stone)
        + bricks(paint, -40, 640, stone)
        + flat(470, 170, mix(paint.lit(paint.pick("dado", "#5a6a62", "#4f6478", "#7a5f4a")), stone, 0.35))
        + flat(464, 7, dark(stone, 0.4))
    )
    frame = (
        box(690, 70, 190, 150, "none", ink=dark(stone, 0.4), width=26)
        + box(690, 70, 190, 150, "none", ink=paint.ink, width=4)
        + "".join(
            stick(paint, [(728 + k * 38, 70), (728 + k * 38, 220)], paint.lit("#59636a"), 11)
            for k in range(4)
        )
        + f.slab(paint, 672, 224, 226, 24, pale(stone, 0.2))
    )
    bunks = _bunk(paint, 120, 330) + _bunk(paint, 120, 580)
    doors = (
        fittings.barred_door(paint, 1180, 650)
        + fittings.barred_door(paint, 1452, 650)
        + fittings.barred_door(paint, -420, 650)
        + fittings.barred_door(paint, 1980, 650)
    )
    middle = (
        walls
        + cut(hole)
        + frame
        + fittings.hard_floor(paint)
        + _tallies(paint, 560, 300)
        + _tallies(paint, -190, 180)
        + bunks
        + doors
        + _steel_sink(paint, 930, 660)
        + fittings.bulb(paint, 600, 30, reach=260)
    )
    return SetDrawing(
        far=outlook(paint, high=True), middle=middle + extras(paint, 700, 740), panes=((690, 70, 190, 150),),
        lamps=(Lamp(600, 50, 520, "#ffe2b0"), Lamp(1320, 200, 420, "#dfe8ff", 0.7)),
    )  # fmt: skip


def _bunk(paint: Paint, x: float, y: float) -> str:
    iron = paint.lit("#59636a")
    chains = "".join(
        line([(x + k, y - 170), (x + k + (14 if k < 200 else -14), y + 10)], iron, 6, smooth=False)
        + line(
            [(x + k, y - 170), (x + k + (14 if k < 200 else -14), y + 10)], pale(iron, 0.4), 2, smooth=False
        )
        for k in (10, 410)
    )
    mattress = box(x + 4, y - 40, 412, 44, paint.lit("#c9cabc"), ink=paint.ink, width=3.5, r=14) + "".join(
        box(x + 110 + k * 44, y - 38, 12, 40, paint.lit("#7f8a94")) for k in range(7)
    )
    pillow = box(x + 8, y - 72, 96, 46, paint.lit("#eceade"), ink=paint.ink, width=3.5, r=18)
    blanket = poly(
        paint,
        [(x + 250, y - 48), (x + 414, y - 48), (x + 420, y + 40), (x + 262, y + 34)],
        mix(paint.accent, paint.lit("#6f7f74"), 0.4),
    )
    return chains + pillow + mattress + blanket + f.slab(paint, x - 4, y + 4, 428, 18, iron, r=3)


def _tallies(paint: Paint, x: float, y: float) -> str:
    tone, drawn = pale(paint.wall, 0.6), ""
    for k in range(7):
        left, top = x + k % 4 * 74, y + k // 4 * 62
        drawn += "".join(
            line([(left + n * 11, top), (left + n * 11 + 3, top + 40)], tone, 3.5, smooth=False)
            for n in range(4)
        ) + line([(left - 8, top + 34), (left + 44, top + 6)], tone, 3.5, smooth=False)
    return drawn


def _steel_sink(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#b4bdc2")
    pan = blob(
        paint,
        [(x - 56, y - 130), (x - 46, y - 50), (x - 30, y), (x + 30, y), (x + 46, y - 50), (x + 56, y - 130)],
        steel,
    ) + box(x - 62, y - 146, 124, 22, pale(steel, 0.3), ink=paint.ink, width=3.5, r=10)
    tank = (
        f.slab(paint, x - 54, y - 330, 108, 130, steel, r=8)
        + box(x - 40, y - 316, 80, 24, dark(steel, 0.4), r=10)
        + rod(paint, [(x, y - 330), (x, y - 356), (x + 22, y - 352)], steel, 9)
    )
    return standing(x, 66, y) + tank + pan
