"""A cinema, and rooms from which something is watched or shown."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, glow, gradient, line, oval, path, pts
from tools.engines.previz.sets import fittings, readouts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.crane import crane_cab
from tools.engines.previz.sets.paint import (
    BOTTOM,
    FLOOR_Y,
    LEFT,
    RIGHT,
    TOP,
    Lamp,
    Paint,
    SetDrawing,
    flat,
    wash,
)
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import block, disc, poly, rod, standing


def cinema(paint: Paint) -> SetDrawing:
    """The house from behind its last rows: a lit screen between curtains, the beam, rows of seats."""
    red, gold = paint.accent, paint.lit("#d9a94a")
    wall = dark(paint.wall, 0.15)
    back = fittings.plain_walls(paint, wall) + "".join(
        box(x, -40, 14, 680, dark(wall, 0.22)) for x in range(int(LEFT), int(RIGHT), 90)
    )
    back += wash(FLOOR_Y - 40, 460, [(0, dark(paint.floor, 0.4), 1), (1, dark(paint.floor, 0.2), 1)]) + flat(
        1040, 700, dark(paint.floor, 0.2)
    )
    screen = (
        box(176, 40, 1248, 420, dark(gold, 0.2), ink=paint.ink, width=5, r=10)
        + _film(paint)
        + ("" if paint.unlit else glow(800, 250, 940, 460, "#e8f0ff", 0.26))
    )
    drapes = "".join(_drape(paint, x, red, way) for x, way in ((150, -1), (1450, 1))) + _pelmet(
        paint, red, gold
    )
    lights = "".join(_sconce(paint, x, 250, gold) for x in (-330, 1930, -640, 2240))
    rows = "".join(
        _seat_row(paint, y, size, red) for y, size in ((560, 0.66), (630, 0.8), (716, 0.96))
    ) + _aisle(paint, 806)
    return SetDrawing(
        far=flat(TOP, BOTTOM - TOP, dark(wall, 0.4)), middle=back + screen + drapes + ("" if paint.unlit else _beam()) + lights + rows,
        lamps=(Lamp(800, 250, 760, "#dfe8ff"), Lamp(-330, 240, 300), Lamp(1930, 240, 300)),
    )  # fmt: skip


def _film(paint: Paint) -> str:
    """The picture on the screen: two heads about to kiss, a road, or a sea, in grey or in colour."""
    d = pts([(196, 58), (1404, 58), (1404, 442), (196, 442)])
    if paint.unlit:
        return box(196, 58, 1208, 384, dark(paint.lit("#d6d4cc"), 0.25))
    light, mid, deep = paint.pick(
        "print", "#f2f0e8 #b9b8b4 #4a4a50", "#f6e6c4 #d9a878 #6a4638", "#dfecf4 #8fb0c4 #34506a"
    ).split()
    kind = paint.pick("film", "kiss", "road", "kiss", "sea")
    shown = box(196, 58, 1208, 384, light)
    if kind == "kiss":
        shown += oval(980, 150, 330, 250, mix(light, "#ffffff", 0.4))
        for x, way in ((474, 1), (1126, -1)):
            face = [(x, 442), (x - way * 20, 180), (x + way * 60, 96), (x + way * 170, 110), (x + way * 208, 190), (x + way * 250, 262), (x + way * 216, 282), (x + way * 222, 330), (x + way * 150, 362), (x + way * 170, 442)]  # fmt: skip
            shown += path(curve(face, tension=0.7), mid if way > 0 else mix(mid, deep, 0.3))
            shown += path(
                curve(
                    [
                        (x - way * 40, 460),
                        (x - way * 66, 300),
                        (x - way * 46, 150),
                        (x + way * 40, 76),
                        (x + way * 150, 78),
                        (x + way * 176, 116),
                        (x + way * 104, 150),
                        (x + way * 84, 230),
                        (x + way * 60, 330),
                        (x + way * 80, 460),
                    ],
                    tension=0.9,
                ),
                deep,
            )
    elif kind == "road":
        shown += path(pts([(196, 300), (560, 150), (840, 290), (1060, 190), (1404, 300)]), mid) + box(
            196, 296, 1208, 150, mix(mid, deep, 0.5)
        )
        shown += path(pts([(560, 442), (780, 296), (830, 296), (1120, 442)]), deep) + path(
            pts([(820, 442), (802, 310), (808, 310), (850, 442)]), light
        )
    else:
        shown += (
            oval(1020, 270, 96, 96, "#ffffff")
            + box(196, 270, 1208, 180, mid)
            + "".join(box(300 + k * 120, 300 + k * 37 % 110, 180, 7, light) for k in range(8))
        )
        shown += path(pts([(480, 262), (480, 120), (590, 262)]), deep) + path(
            pts([(420, 276), (640, 276), (600, 312), (456, 312)]), deep
        )
    return clip(d, shown) + path(d, ink=paint.ink, width=4)


def _drape(paint: Paint, x: float, red: str, way: int) -> str:
    drawn = ""
    for k in range(5):
        left = x + way * (k * 58 - 40)
        fold = [
            (left, 0),
            (left + 64, 0),
            (left + 70 - way * 4, 300),
            (left + 74, 560),
            (left - 8, 560),
            (left - 4, 300),
        ]
        drawn += path(curve(fold, tension=0.3), red if k % 2 else dark(red, 0.24), ink=paint.ink, width=2.5)
    return drawn


def _pelmet(paint: Paint, red: str, gold: str) -> str:
    swags = ""
    for k in range(9):
        x = -40 + k * 190
        swags += path(
            curve([(x, -30), (x + 12, 20), (x + 95, 58), (x + 178, 20), (x + 190, -30)], tension=0.8),
            dark(red, 0.1 if k % 2 else 0.0),
            ink=paint.ink,
            width=3,
        )
        swags += line([(x + 10, 20), (x + 95, 58), (x + 180, 20)], gold, 6)
    return swags + f.slab(paint, -120, -70, 1840, 52, gold)


def _aisle(paint: Paint, y: float) -> str:
    """The carpet before the camera, on which people stand."""
    tone, gold = dark(mix(paint.floor, paint.accent, 0.25), 0.1), paint.lit("#c9a04a")
    carpet = (
        wash(y, 260, [(0, dark(tone, 0.4), 1), (1, tone, 1)])
        + flat(y + 260, BOTTOM - y, tone)
        + flat(y, 5, paint.ink)
    )
    marks = ""
    for row in range(5):
        at, half = y + 50 + row * (44 + row * 14), 20 + row * 8
        for k in range(-9, 10):
            x = 800 + (k + row % 2 * 0.5) * half * 7
            marks += path(
                pts([(x - half, at), (x, at - half * 0.36), (x + half, at), (x, at + half * 0.36)]),
                gold,
                opacity=0.3,
            )
    return carpet + marks


def _beam() -> str:
    rays = path(pts([(1404, 62), (1404, 438), (2460, -250), (2460, -330)]), "#eef4ff", opacity=0.13)
    return rays + path(pts([(1404, 150), (1404, 330), (2460, -270), (2460, -310)]), "#ffffff", opacity=0.1)


def _sconce(paint: Paint, x: float, y: float, gold: str) -> str:
    return (
        glow(x, y - 30, 230, 330, "#ffc36a", 0.6)
        + path(pts([(x - 34, y - 40), (x + 34, y - 40), (x, y + 60)]), gold, ink=paint.ink, width=3.5)
        + box(x - 40, y - 52, 80, 14, "#ffe6b0", ink=paint.ink, width=3)
    )


def _seat_row(paint: Paint, y: float, size: float, red: str) -> str:
    """The backs of a row, smaller farther off; every row is a step lower."""
    tone, drawn, step = mix(red, paint.ink, 0.12), "", 128 * size
    drawn += flat(y + 60 * size, 300, dark(paint.floor, 0.45))
    shift = (y * 7) % step
    count = int((RIGHT - LEFT) / step) + 2
    for k in range(count):
        x = LEFT - shift + k * step
        drawn += box(x, y - 86 * size, step * 0.9, 220 * size, tone, ink=paint.ink, width=3, r=30 * size)
        drawn += box(x + step * 0.1, y - 72 * size, step * 0.7, 26 * size, pale(tone, 0.2), r=12 * size)
        drawn += box(
            x + step * 0.88, y - 6 * size, step * 0.14, 140 * size, dark(paint.wood, 0.25), r=4 * size
        )
    return drawn


def control_room(paint: Paint) -> SetDrawing:
    """A booth behind glass: a projector where films run, else a wall of screens and a desk of switches."""
    films = paint.about(
        "project", "proyec", "projeç", "projet", "film", "cine", "booth", "cabina", "reel", "bobina"
    )
    if paint.tells("crane"):
        return crane_cab(paint)
    wall = mix(paint.wall, paint.lit("#39424a"), 0.45)
    walls = fittings.plain_walls(paint, wall) + _pads(paint, wall)
    d = pts([(560, 90), (1060, 90), (1060, 350), (560, 350)])
    frame = (
        path(d, ink=paint.lit("#2c3138"), width=34)
        + path(d, ink=paint.ink, width=4)
        + path(pts([(620, 350), (740, 90), (800, 90), (680, 350)]), "#ffffff", opacity=0.14)
    )
    left = (
        _projector(paint, 330, 700) + _reels(paint, 1160, 110) + _projector(paint, 1560, 700)
        if films
        else _dials(paint, 40) + _dials(paint, 1120)
        if paint.tells("period")
        else _monitors(paint, 40) + _monitors(paint, 1120)
    )
    desk = (_splicer(paint) if films else _switches(paint)) + fittings.tube(
        paint, 800, 30, 300, tone="#dfefff"
    )
    middle = (
        walls
        + clip(d, _hall_beyond(paint, films))
        + frame
        + fittings.hard_floor(paint)
        + left
        + desk
        + fittings.lockers(paint, -560, 660, 4, paint.lit("#5f6b72"))
        + f.door(paint, 2080, 642, tone=paint.lit("#5a656c"))
    )
    return SetDrawing(
        far=flat(TOP, BOTTOM - TOP, dark(wall, 0.5)), middle=middle + extras(paint, 1840, 710),
        lamps=(Lamp(300, 240, 420, "#a8e6f0", 0.8), Lamp(1320, 240, 420, "#a8e6f0", 0.8), Lamp(800, 480, 420, "#ffca8a", 0.8)),
    )  # fmt: skip


def _dials(paint: Paint, x: float) -> str:
    """A board of round dials, where screens hang in our days."""
    board = f.slab(paint, x, 100, 400, 250, paint.lit("#4f4a40"), r=6)
    return board + "".join(
        readouts.gauge(paint, x + 74 + k * 84, y, 34, lean=(k * 0.3 + row * 0.5) % 1.2)
        for row, y in enumerate((170, 276))
        for k in range(4)
    )


def _hall_beyond(paint: Paint, films: bool) -> str:
    """What the glass looks down on: an auditorium with its screen, or a lit machine hall."""
    if films:
        red = paint.lit("#5a2430")
        drawn = (
            box(560, 90, 500, 260, dark(red, 0.4))
            + glow(810, 190, 250, 150, "#eaf2ff", 0.7)
            + box(660, 120, 300, 120, "#f2f4ee")
            + oval(770, 190, 34, 50, "#8a8a90")
            + oval(858, 190, 34, 50, "#6a6a74")
        )
        return drawn + "".join(
            box(x, y, 40, 60, dark(red, 0.1), ink=paint.ink, width=2, r=10)
            for y in (280, 310, 334)
            for x in range(562 + y % 7 * 4, 1050, 46)
        )
    tone = paint.lit("#6f7f86")
    define, air = gradient([(0, pale(tone, 0.1), 1), (1, dark(tone, 0.4), 1)])
    drawn = define + box(560, 90, 500, 260, air) + glow(810, 140, 250, 90, "#fff2cf", 0.7)
    drawn += "".join(
        box(x, 186 + x * 7 % 50, 64, 180, dark(tone, 0.3), ink=paint.ink, width=2)
        + oval(x + 20, 210 + x * 7 % 50, 5, 5, "#7af0b8")
        for x in range(572, 1050, 86)
    )
    return drawn + "".join(
        line([(x, 92), (x + 12, 180)], dark(tone, 0.4), 6, smooth=False) for x in range(600, 1050, 120)
    )


def _pads(paint: Paint, wall: str) -> str:
    """Sound panels on the wall."""
    return "".join(
        box(x, y, 150, 150, dark(wall, 0.12 if (x // 160 + y // 160) % 2 else 0.2), r=6)
        for x in range(int(LEFT), int(RIGHT), 160)
        for y in range(-30, 420, 160)
    )


def _monitors(paint: Paint, x: float) -> str:
    shows = ("corridor", "lines", "corridor", "graph", "map", "corridor")
    seed = paint.dice("monitors").randrange(6)
    return "".join(
        readouts.screen(paint, x + k % 3 * 158, 104 + k // 3 * 128, 138, 104, shows[(k + seed + int(x)) % 6])
        for k in range(6)
    )


def _switches(paint: Paint) -> str:
    """A long desk of faders and lamps with chairs before it."""
    steel = paint.lit("#3f464e")
    top = poly(paint, [(-240, 452), (1840, 452), (1900, 560), (-300, 560)], steel) + box(
        -300, 560, 2200, 130, dark(steel, 0.25), ink=paint.ink, width=3.5
    )
    dice, drawn = paint.dice("faders"), ""
    for x in range(-200, 1800, 58):
        y = 478 + dice.random() * 44
        drawn += line([(x, 470), (x - 4, 536)], paint.ink, 5, smooth=False) + box(
            x - 13, y, 24, 15, paint.lit("#e8e4d8"), ink=paint.ink, width=2, r=3
        )
        drawn += oval(
            x + 28,
            482,
            7,
            7,
            dice.choice(("#ff5a4e", "#7af0b8", "#ffd24e", "#2f3a40")),
            ink=paint.ink,
            width=2,
        )
        drawn += oval(
            x + 28, 508, 7, 7, dice.choice(("#7af0b8", "#ffd24e", "#2f3a40")), ink=paint.ink, width=2
        )
    stem = rod(paint, [(960, 460), (950, 410), (914, 392)], "#2a2d35", 6) + disc(
        paint, 908, 390, 13, "#2a2d35"
    )
    cup = block(paint, 480, 416, 36, 42, paint.accent, r=5)
    seats = "".join(f.armchair(paint, x, 860, paint.lit("#2f333c")) for x in (240, 1380))
    return (
        top
        + drawn
        + stem
        + cup
        + readouts.digits(paint, 770, 366, paint.pick("count", "20-48", "03-15", "11-36"), "#ff6a4e", 0.5)
        + seats
    )


def _projector(paint: Paint, x: float, y: float) -> str:
    """A film projector from the side with both its reels, its beam going in by the glass."""
    steel, way = paint.lit("#56645f"), 1 if x < 800 else -1
    beam = (
        path(pts([(x + 130, 272), (x + 130, 296), (566, 316), (566, 232)]), "#fff6dc", opacity=0.5)
        if way > 0
        else ""
    )
    reels = "".join(
        _reel(paint, rx, ry, r) for rx, ry, r in ((x - way * 40, 110, 96), (x - way * 90, 470, 82))
    )
    head = f.slab(paint, x - 92, 226, 184, 120, steel, r=12) + rod(
        paint, [(x + way * 92, 284), (x + way * 128, 284)], paint.lit("#c9a04a"), 34
    )
    house = f.slab(paint, x - way * 190 - 90, 234, 180, 130, dark(steel, 0.2), r=14) + "".join(
        box(x - way * 190 - 60 + k * 28, 252, 12, 66, paint.ink, r=5) for k in range(5)
    )
    chimney = box(x - way * 190 - 22, -300, 44, 540, dark(steel, 0.3), ink=paint.ink, width=3)
    film = rod(
        paint,
        [(x - way * 6, 190), (x + way * 40, 250), (x + way * 30, 330), (x - way * 20, 420)],
        "#3a2a22",
        7,
    )
    foot = (
        poly(paint, [(x - 60, 346), (x + 60, 346), (x + 110, y), (x - 110, y)], dark(steel, 0.15))
        + block(paint, x - 44, 400, 88, 90, paint.accent, r=6)
        + readouts.gauge(paint, x, 444, 24)
    )
    return (
        standing(x, 190, y)
        + chimney
        + beam
        + foot
        + house
        + reels
        + head
        + film
        + (glow(x + 140, 284, 120, 90, "#fff2c8", 0.7) if way > 0 else "")
    )


def _reel(paint: Paint, x: float, y: float, r: float) -> str:
    steel = paint.lit("#b9c2c4")
    rim = disc(paint, x, y, r, steel) + oval(x, y, r * 0.86, r * 0.86, "#4a342a")
    arms = "".join(
        oval(
            x + dx * r * 0.5, y + dy * r * 0.5, r * 0.24, r * 0.24, dark(steel, 0.1), ink=paint.ink, width=2.5
        )
        for dx, dy in ((0, -1), (0.87, 0.5), (-0.87, 0.5))
    )
    return (
        rim + arms + oval(x, y, r, r, "none", ink=paint.ink, width=3.5) + disc(paint, x, y, r * 0.14, steel)
    )


def _reels(paint: Paint, x: float, y: float) -> str:
    """A rack of film cans and reels on the wall."""
    drawn = f.slab(paint, x, y - 26, 250, 330, dark(paint.wood, 0.2), r=4)
    for k in range(6):
        drawn += disc(
            paint,
            x + 70 + k % 2 * 110,
            y + 24 + k // 2 * 108,
            46,
            paint.lit(("#c9c2ae", "#c9a04a", "#a8433f")[(k * 2 + k // 2) % 3]),
        ) + disc(paint, x + 70 + k % 2 * 110, y + 24 + k // 2 * 108, 14, paint.lit("#6a6460"))
    return drawn


def _splicer(paint: Paint) -> str:
    bench = f.table(paint, 800, 690, 460) + f.slab(paint, 650, 470, 300, 54, paint.lit("#56645f"), r=6)
    reels = "".join(_reel(paint, x, 450, 52) for x in (640, 960))
    strip = line([(640, 500), (720, 480), (880, 484), (960, 500)], "#3a2a22", 9) + line(
        [(700, 520), (660, 590), (700, 650), (650, 700)], "#3a2a22", 9
    )
    return bench + strip + reels + f.table_lamp(paint, 800, 472)
