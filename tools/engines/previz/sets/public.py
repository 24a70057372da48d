"""Five public rooms."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, glow, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import household as h
from tools.engines.previz.sets.belfry import belfry
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.sky import opening, outlook


def hospital(paint: Paint) -> SetDrawing:
    """A hospital bed, a monitor and a curtain on a rail."""
    old = paint.tells("period")
    glass = [opening(paint, 1060, 140, 260, 260, curtain=paint.pick("ward", "", "blinds"), style="cross")]
    built = room(paint, glass, flat(430, 26, paint.accent), tiles=True, panel=False)
    rail = line([(LEFT, 60), (RIGHT, 60)], paint.lit("#9aa6a8"), 8, smooth=False)
    curtain = "".join(
        path(
            pts([(30 + k * 40, 62), (70 + k * 40, 62), (66 + k * 40, 600), (34 + k * 40, 600)]),
            pale(paint.accent, 0.5 if k % 2 else 0.4),
            ink=dark(paint.accent, 0.2),
            width=2,
        )
        for k in range(7)
    )
    trace = _hospital_trace()
    monitor = (
        f.slab(paint, 390, 280, 134, 104, paint.lit("#e4ebea"), r=8)
        + box(400, 292, 114, 80, "#12261f")
        + trace
        + box(450, 384, 14, 270, paint.lit("#a9b3b5"), ink=paint.ink, width=3)
    )
    drip = (
        box(1386, 190, 10, 470, paint.lit("#a9b3b5"), ink=paint.ink, width=2.5)
        + path(
            curve([(1366, 200), (1414, 200), (1408, 270), (1390, 286), (1372, 270)]),
            paint.lit("#dff0f2"),
            ink=paint.ink,
            width=3,
        )
        + line([(1390, 286), (1384, 420), (1330, 540)], paint.lit("#c8dcde"), 3)
    )
    call = f.slab(paint, 720, 330, 300, 70, paint.lit("#e9efee"), r=6) + "".join(
        oval(760 + k * 44, 365, 11, 11, paint.lit(c), ink=paint.ink, width=2.5)
        for k, c in enumerate(("#d9503f", "#4fae6a", "#e8b04a", "#8fa5a8", "#8fa5a8"))
    )
    lamp = box(
        700, 296, 340, 26, "#fbfdf4" if paint.lamps else paint.lit("#f1f4ef"), ink=paint.ink, width=3.5, r=10
    )
    return SetDrawing(
        far=outlook(paint, high=True),
        middle=built
        + rail
        + ("" if old else call)
        + lamp
        + curtain
        + ("" if old else monitor)
        + drip
        + _hospital_bed(paint, 910, 706)
        + f.chair(paint, 1540, 720, left=True)
        + f.plant(paint, 1700, 690, 0.8)
        + f.door(paint, -330, 642, tone=paint.lit("#b9cfd0"))
        + f.door(paint, 1960, 642, tone=paint.lit("#b9cfd0"))
        + extras(paint, 1820, 700),
        panes=panes_of(glass),
        lamps=(Lamp(870, 310, 560, "#e9f6ff"), *(() if old else (Lamp(457, 330, 200, "#8affc0", 0.6),))),
    )


def _hospital_trace() -> str:
    return line(
        [
            (402, 330),
            (424, 330),
            (432, 306),
            (442, 352),
            (452, 330),
            (478, 330),
            (486, 316),
            (494, 330),
            (512, 330),
        ],
        "#74e29a",
        4,
        smooth=False,
    )


def _hospital_bed(paint: Paint, x: float, y: float) -> str:
    sheet = paint.lit("#f3f6f2")
    rails = "".join(
        line([(x + k, y - 160), (x + k, y - 30)], paint.lit("#8b989b"), 10) for k in (-300, 300)
    ) + line([(x - 300, y - 160), (x - 300, y - 250)], paint.lit("#8b989b"), 12)
    mattress = path(
        curve(
            [
                (x - 300, y - 118),
                (x - 290, y - 216),
                (x - 140, y - 172),
                (x + 300, y - 168),
                (x + 304, y - 108),
            ],
            tension=0.5,
        ),
        sheet,
        ink=paint.ink,
        width=3.5,
    )
    pillow = path(
        curve([(x - 294, y - 200), (x - 262, y - 246), (x - 182, y - 214), (x - 176, y - 176)]),
        paint.lit("#ffffff"),
        ink=paint.ink,
        width=3.5,
    )
    blanket = path(
        curve([(x - 90, y - 180), (x + 300, y - 176), (x + 310, y - 72), (x - 80, y - 70)], tension=0.4),
        pale(paint.accent, 0.25),
        ink=paint.ink,
        width=3.5,
    )
    wheels = "".join(oval(x + k, y - 12, 14, 14, "#2a2a30", ink=paint.ink, width=2.5) for k in (-280, 280))
    return (
        f.floor_shadow(x, y, 320)
        + rails
        + pillow
        + mattress
        + blanket
        + box(x - 304, y - 74, 612, 14, paint.lit("#8b989b"), ink=paint.ink, width=3)
        + wheels
    )


def church(paint: Paint) -> SetDrawing:
    """Coloured glass, columns, an altar with candles, pews; a ringer is up with the bell."""
    if paint.tells("belfry"):
        return belfry(paint)
    built = (
        room(paint, tiles=True, panel=False)
        + _stained(paint, 700, 20, 200, 350)
        + _stained(paint, 330, 110, 110, 260)
        + _stained(paint, 1160, 110, 110, 260)
    )
    columns = "".join(_column(paint, x) for x in (60, 520, 1080, 1540))
    altar = (
        f.table(paint, 800, 660, 320, cloth=paint.lit("#f2ead8"))
        + box(790, 380, 20, 116, paint.lit("#d9a94a"), ink=paint.ink, width=3)
        + box(762, 408, 76, 18, paint.lit("#d9a94a"), ink=paint.ink, width=3)
    )
    candles = "".join(
        box(x - 6, 440, 12, 54, "#fbf3dc", ink=paint.ink, width=2.5)
        + glow(x, 424, 110, 110, "#ffc45e", 0.7)
        + path(curve([(x - 6, 436), (x, 414), (x + 6, 436)]), "#ffdf8a")
        for x in (676, 724, 876, 924)
    )
    aisle = path(
        pts([(720, 660), (880, 660), (1060, 1500), (540, 1500)]),
        paint.accent,
        ink=dark(paint.accent, 0.4),
        width=4,
    )
    pews = "".join(
        _pew(paint, side, y, k) for y, k in ((720, 0.7), (790, 0.9), (880, 1.15)) for side in (-1, 1)
    )
    lamps = tuple(Lamp(x, 424, 330, "#ffb45a") for x in (676, 800, 924))
    hung = f.pendant(paint, 330, -10, tone="#d9b15a") + f.pendant(paint, 1270, -10, tone="#d9b15a")
    return SetDrawing(
        far=flat(-1000, 2700, paint.wall),
        middle=built + columns + aisle + altar + candles + hung + pews + _stand_of_candles(paint, 1200, 700),
        lamps=(*lamps, Lamp(330, 30, 400), Lamp(1270, 30, 400), Lamp(1200, 540, 260, "#ffb45a")),
    )


def _stand_of_candles(paint: Paint, x: float, y: float) -> str:
    gold = paint.lit("#b58a3a")
    rows = "".join(
        box(x - 60 + k * 24, y - 172 - row * 34, 12, 34, paint.lit("#fbf3dc"), ink=paint.ink, width=2)
        + path(
            curve(
                [
                    (x - 60 + k * 24, y - 174 - row * 34),
                    (x - 54 + k * 24, y - 194 - row * 34),
                    (x - 48 + k * 24, y - 174 - row * 34),
                ]
            ),
            "#ffdf8a",
        )
        for row in (1, 0)
        for k in range(5)
    )
    legs = "".join(line([(x, y - 130), (x + k, y)], gold, 8, smooth=False) for k in (-50, 50))
    return (
        glow(x, y - 200, 170, 130, "#ffc45e", 0.5)
        + legs
        + rows
        + f.slab(paint, x - 76, y - 146, 152, 16, gold)
    )


def _stained(paint: Paint, x: float, y: float, w: float, h: float) -> str:
    d = f"M{x} {y + h}V{y + w / 2}A{w / 2} {w / 2} 0 0 1 {x + w} {y + w / 2}V{y + h}Z"
    tones = ("#c8473f", "#3f6fae", "#e2b04a", "#4f9a6c", "#8a4f9a", "#e58a4a")
    bright = 0.0 if paint.time == "day" else 0.12 if paint.time == "dusk" else 0.55
    panes = "".join(
        path(
            pts(
                [
                    (x + w * a, y + h * b),
                    (x + w * (a + 0.25), y + h * b),
                    (x + w * (a + 0.125), y + h * (b + 0.1)),
                    (x + w * (a - 0.02), y + h * (b + 0.11)),
                ]
            ),
            mix(tones[int(a * 12 + b * 20) % 6], "#141a3a", bright),
            ink="#2a1d22",
            width=4,
        )
        for b in (k / 10 for k in range(10))
        for a in (0, 0.25, 0.5, 0.75)
    )
    ground = path(d, mix("#e8c67a", "#141a3a", bright))
    rose = oval(
        x + w / 2, y + w / 2, w * 0.28, w * 0.28, mix("#f2d48a", "#141a3a", bright), ink="#2a1d22", width=5
    ) + oval(
        x + w / 2, y + w / 2, w * 0.13, w * 0.13, mix("#c8473f", "#141a3a", bright), ink="#2a1d22", width=4
    )
    beam = (
        path(pts([(x, y + h), (x + w, y + h), (x + w + 160, 900), (x - 60, 900)]), "#ffe2a8", opacity=0.12)
        if paint.time != "night"
        else ""
    )
    return (
        ground
        + clip(d, panes, rose)
        + path(d, ink=pale(paint.wall, 0.3), width=18)
        + path(d, ink=paint.ink, width=4)
        + beam
    )


def _column(paint: Paint, x: float) -> str:
    tone = pale(paint.wall, 0.22)
    return (
        f.slab(paint, x - 40, -1000, 80, 1640, tone)
        + "".join(
            line([(x + k, -1000), (x + k, 610)], dark(tone, 0.14), 4, smooth=False) for k in (-14, 8, 26)
        )
        + f.slab(paint, x - 58, 606, 116, 46, tone)
    )


def _pew(paint: Paint, side: int, y: float, k: float) -> str:
    inner, outer = 800 + side * 250 * k, 800 + side * 1700
    x, w = min(inner, outer), abs(outer - inner)
    return f.slab(paint, x, y - 110 * k, w, 100 * k, paint.wood, r=4) + f.slab(
        paint, inner - (18 if side < 0 else 6) * k, y - 132 * k, 24 * k, 136 * k, pale(paint.wood, 0.12), r=6
    )


def restaurant(paint: Paint) -> SetDrawing:
    """Tables under cloths, low lamps, a wine rack."""
    glass = [opening(paint, 1140, 120, 300, 310, curtain=paint.accent)]
    built = room(paint, glass) + f.picture(paint, 560, 180, 240, 160, seed=paint.seed)
    rack = f.slab(paint, 150, 170, 270, 330, dark(paint.wood, 0.1)) + "".join(
        oval(186 + c * 50, 208 + r * 52, 19, 19, dark(paint.wood, 0.5), ink=paint.ink, width=2)
        + oval(186 + c * 50, 208 + r * 52, 9, 9, paint.lit("#3f6b4a"))
        for c in range(5)
        for r in range(6)
    )
    sets = "".join(
        f.chair(paint, x - 170, y)
        + f.chair(paint, x + 170, y, left=True)
        + f.table(paint, x, y, 250, cloth=paint.lit("#f4ecdc"))
        + _setting(paint, x, y - 170)
        for x, y in ((330, 730), (1270, 730), (800, 690))
    )
    lamps = "".join(f.pendant(paint, x, 110) for x in (330, 800, 1270))
    door = f.door(paint, -280, 642) + h.sideboard(paint, 1880, 680)
    return SetDrawing(
        far=outlook(paint),
        middle=built
        + rack
        + door
        + sets
        + lamps
        + f.plant(paint, 1640, 680, 1.1)
        + f.plant(paint, -40, 700)
        + extras(paint, 1040, 690),
        panes=panes_of(glass),
        lamps=tuple(Lamp(x, 150, 420) for x in (330, 800, 1270)),
    )


def _setting(paint: Paint, x: float, y: float) -> str:
    candle = (
        box(x - 5, y - 52, 10, 44, "#fbf3dc", ink=paint.ink, width=2)
        + glow(x, y - 62, 120, 100, "#ffc45e", 0.6)
        + path(curve([(x - 5, y - 52), (x, y - 74), (x + 5, y - 52)]), "#ffdf8a")
    )
    glasses = "".join(
        path(
            curve(
                [
                    (x + k - 11, y - 50),
                    (x + k - 9, y - 28),
                    (x + k, y - 22),
                    (x + k + 9, y - 28),
                    (x + k + 11, y - 50),
                ]
            ),
            "#f6f2ea",
            ink=paint.ink,
            width=2,
            opacity=0.85,
        )
        + line([(x + k, y - 22), (x + k, y - 4)], paint.ink, 2.5)
        for k in (-64, 64)
    )
    return candle + glasses


def cafe(paint: Paint) -> SetDrawing:
    """A counter, a blackboard, small round tables."""
    glass = [opening(paint, 1080, 110, 380, 360)]
    built = room(paint, glass, panel=paint.dice("cafe").random() < 0.5)
    board = (
        f.slab(paint, 330, 120, 300, 200, paint.wood)
        + box(346, 136, 268, 168, paint.lit("#26332f"))
        + "".join(
            line([(372, y), (420, y - 4), (470, y + 2), (590 - y % 40, y)], paint.lit("#e9e4d2"), 4)
            for y in (170, 206, 242, 276)
        )
    )
    shelves = _cafe_shelves(paint)
    machine = (
        f.slab(paint, 180, 392, 190, 96, paint.lit("#b5bcbc"), r=10)
        + box(200, 420, 150, 40, paint.lit("#4a4e54"), r=6)
        + "".join(oval(216 + k * 40, 408, 6, 6, "#e2533f") for k in range(4))
    )
    tables = "".join(
        f.chair(paint, x - 120, y) + f.chair(paint, x + 120, y, left=True) + _round_table(paint, x, y)
        for x, y in ((930, 710), (1420, 740))
    )
    lamps = "".join(f.pendant(paint, x, 70, tone="#3f6f62") for x in (420, 800, 1180))
    cakes = h.cake_stand(paint, 520, 472) + h.cake_stand(paint, 630, 472)
    return SetDrawing(
        far=outlook(paint),
        middle=built
        + board
        + shelves
        + machine
        + f.counter(paint, -260, 690, 960, paint.accent, h=200)
        + cakes
        + tables
        + lamps
        + f.plant(paint, 1660, 690)
        + f.picture(paint, 760, 170, 130, 170, seed=paint.seed)
        + f.picture(paint, 920, 200, 90, 120, seed=paint.seed + 1)
        + f.door(paint, 1900, 642)
        + extras(paint, 1160, 700),
        panes=panes_of(glass),
        lamps=tuple(Lamp(x, 110, 400) for x in (420, 800, 1180)),
    )


def _cafe_shelves(paint: Paint) -> str:
    return f.slab(paint, 60, 330, 560, 16, paint.wood) + "".join(
        f.slab(paint, 84 + k * 54, 282 + (k % 3) * 8, 36, 48 - (k % 3) * 8, paint.lit(c), r=6)
        for k, c in enumerate(
            (
                "#c2634c",
                "#e9dfc8",
                "#3f6f62",
                "#d9a94a",
                "#7a4b30",
                "#e9dfc8",
                "#c2634c",
                "#3f6f62",
                "#d9a94a",
            )
        )
    )


def _round_table(paint: Paint, x: float, y: float) -> str:
    top = oval(x, y - 168, 100, 17, paint.wood, ink=paint.ink, width=3.5) + oval(
        x, y - 171, 92, 12, pale(paint.wood, 0.2)
    )
    cup = path(
        curve([(x - 18, y - 196), (x - 14, y - 176), (x + 14, y - 176), (x + 18, y - 196)]),
        paint.lit("#f7f0e4"),
        ink=paint.ink,
        width=2.5,
    )
    return (
        f.floor_shadow(x, y, 70)
        + box(x - 8, y - 160, 16, 152, paint.lit("#3a3438"), ink=paint.ink, width=3)
        + oval(x, y - 6, 54, 11, paint.lit("#3a3438"), ink=paint.ink, width=3)
        + top
        + cup
    )


def shop(paint: Paint) -> SetDrawing:
    """Shelves of jars and boxes behind a counter."""
    glass = [opening(paint, 1190, 110, 330, 380, style=paint.pick("shop", "grid", "plain", "cross"))]
    built = room(paint, glass, panel=False)
    awning = "".join(
        path(
            pts(
                [
                    (1150 + k * 60, 70),
                    (1210 + k * 60, 70),
                    (1210 + k * 60, 128),
                    (1180 + k * 60, 146),
                    (1150 + k * 60, 128),
                ]
            ),
            paint.accent if k % 2 else paint.lit("#f4ecdc"),
            ink=paint.ink,
            width=3,
        )
        for k in range(7)
    )
    shelves = (
        "".join(f.bookshelf(paint, x, 560, 260, 470) for x in (-120, 150, 424))
        + f.slab(paint, 590, 90, 420, 470, paint.wood)
        + "".join(
            box(602, 102 + r * 116, 396, 100, dark(paint.wood, 0.42))
            + "".join(_jar(paint, 626 + c * 64, 202 + r * 116, (c + r) % 4) for c in range(6))
            for r in range(4)
        )
    )
    till = f.slab(paint, 880, 420, 120, 72, paint.lit("#5c5a62"), r=8) + box(
        894, 396, 70, 36, paint.lit("#cfe0c8"), ink=paint.ink, width=3
    )
    return SetDrawing(
        far=outlook(paint),
        middle=built
        + shelves
        + awning
        + till
        + f.counter(paint, 200, 690, 880, paint.accent, h=190)
        + f.plant(paint, 1580, 690)
        + f.pendant(paint, 500, 60)
        + f.pendant(paint, 900, 60)
        + f.door(paint, 1820, 642)
        + h.sacks(paint, 1180, 720)
        + extras(paint, 1400, 710),
        panes=panes_of(glass),
        lamps=(Lamp(500, 100, 460), Lamp(900, 100, 460)),
    )


def _jar(paint: Paint, x: float, y: float, kind: int) -> str:
    tone = paint.lit(("#c9803f", "#8fae6a", "#c8506a", "#d9cdb4")[kind])
    return f.slab(paint, x, y - 62, 42, 62, tone, r=8) + box(
        x + 5, y - 74, 32, 14, paint.lit("#7a4b30"), ink=paint.ink, width=2
    )
