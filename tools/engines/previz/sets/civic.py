"""Places of the public: classroom and courtroom."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, line, path
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import LEFT, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.shapes import blob, block, disc, poly, rod, standing, stick
from tools.engines.previz.sets.sky import opening, outlook


def classroom(paint: Paint) -> SetDrawing:
    """A blackboard, the teacher's desk, rows of desks, a globe, tall windows."""
    glass = [opening(paint, x, 70, 240, 360, style="sash") for x in (1330, 1640, -380)]
    built = room(paint, glass)
    green = paint.lit("#2f4f43")
    board = (
        f.slab(paint, 380, 110, 720, 300, paint.wood, r=4)
        + box(400, 130, 680, 258, green)
        + f.slab(paint, 420, 400, 640, 16, pale(paint.wood, 0.2))
    )
    chalk = _classroom_chalk()
    chalk += box(440, 390, 30, 9, "#f4f4ec") + box(490, 388, 54, 12, paint.lit("#8a6a4a"))
    cards = _classroom_cards(paint)
    middle = (
        built
        + board
        + chalk
        + cards
        + _map(paint, 90, 130)
        + _wall_clock(paint, 1210, 120)
        + f.bookshelf(paint, 230, 660, 220, 230)
    )
    middle += (
        _teacher_desk(paint, 1010, 690)
        + _globe(paint, 230, 428)
        + "".join(
            _pupil_desk(paint, x, y, k)
            for x, y, k in (
                (430, 720, 0.9),
                (720, 720, 0.9),
                (1400, 720, 0.9),
                (120, 800, 1.15),
                (1620, 810, 1.2),
            )
        )
    )
    middle += (
        f.plant(paint, 1270, 676, 0.8)
        + f.pendant(paint, 560, 10, tone="#e9e0c8")
        + f.pendant(paint, 1180, 10, tone="#e9e0c8")
    )
    return SetDrawing(
        far=outlook(paint),
        middle=middle + extras(paint, 1900, 700),
        panes=panes_of(glass),
        lamps=(Lamp(560, 40, 560), Lamp(1180, 40, 560)),
    )


def _classroom_chalk() -> str:
    return "".join(
        line(p, "#e9eee4", 4, opacity=0.85, smooth=len(p) == 3 or p[0][0] < 700)
        for p in (
            [(450, 180), (520, 172), (580, 182), (640, 174)],
            [(450, 220), (560, 214), (690, 222)],
            [(450, 262), (540, 256), (600, 266)],
            [(760, 330), (760, 190), (980, 330), (760, 330)],
            [(740, 330), (1020, 330)],
            [(860, 300), (880, 260), (910, 250)],
        )
    )


def _classroom_cards(paint: Paint) -> str:
    return "".join(
        block(
            paint,
            390 + k * 58,
            52,
            44,
            40,
            paint.lit(("#d9503f", "#e8b04a", "#3f7f8c", "#7a9a5c")[k % 4]),
            r=3,
        )
        for k in range(12)
    )


def _map(paint: Paint, x: float, y: float) -> str:
    sheet = (
        block(paint, x, y, 230, 170, paint.lit("#a9c9d6"))
        + block(paint, x - 8, y - 10, 246, 14, paint.wood)
        + block(paint, x - 8, y + 166, 246, 12, paint.wood)
    )
    lands = (
        [(20, 40), (80, 26), (100, 60), (70, 90), (84, 140), (60, 150), (44, 90)],
        [(130, 36), (200, 30), (210, 70), (170, 80), (180, 130), (150, 120), (136, 80)],
    )
    return sheet + "".join(
        path(curve([(x + a, y + b) for a, b in land]), paint.lit(c), ink=paint.ink, width=2)
        for land, c in zip(lands, ("#9ab06a", "#d9b06a"), strict=True)
    )


def _wall_clock(paint: Paint, x: float, y: float) -> str:
    return (
        disc(paint, x, y, 54, paint.wood)
        + disc(paint, x, y, 44, paint.lit("#fbf6e6"))
        + stick(paint, [(x, y), (x, y - 30)], paint.ink, 2)
        + stick(paint, [(x, y), (x + 20, y + 12)], paint.ink, 2)
    )


def _teacher_desk(paint: Paint, x: float, y: float) -> str:
    body = f.slab(paint, x - 210, y - 160, 420, 160, paint.wood) + "".join(
        block(paint, x + 90, y - 136 + k * 62, 100, 50, pale(paint.wood, 0.14), r=4) for k in (0, 1)
    )
    books = "".join(
        f.slab(paint, x - 180 + k * 8, y - 210 - k * 20, 110 - k * 10, 20, paint.lit(c), r=3)
        for k, c in enumerate(("#a8433f", "#3f5f7a", "#c9a04a"))
    )
    apple = disc(paint, x + 20, y - 208, 22, paint.lit("#d9403a")) + line(
        [(x + 20, y - 228), (x + 26, y - 242)], paint.ink, 4
    )
    papers = poly(
        paint,
        [(x + 80, y - 186), (x + 170, y - 196), (x + 176, y - 184), (x + 84, y - 174)],
        paint.lit("#f6f0e0"),
        2,
    )
    return (
        standing(x, 220, y)
        + body
        + books
        + apple
        + papers
        + f.slab(paint, x - 230, y - 184, 460, 26, pale(paint.wood, 0.2), r=4)
    )


def _globe(paint: Paint, x: float, y: float) -> str:
    land = path(
        curve([(x - 30, y - 90), (x + 10, y - 96), (x + 20, y - 60), (x - 10, y - 40)]), paint.lit("#8fae6a")
    )
    return (
        disc(paint, x, y - 6, 34, paint.wood, 9)
        + rod(paint, [(x + 8, y - 130), (x + 66, y - 74), (x + 6, y - 14)], paint.lit("#d9b15a"), 6)
        + disc(paint, x, y - 72, 52, paint.lit("#6fa8c4"))
        + land
    )


def _pupil_desk(paint: Paint, x: float, y: float, k: float) -> str:
    steel = paint.lit("#6f767c")
    legs = "".join(
        stick(paint, [(x + d * k, y - 120 * k), (x + d * 1.1 * k, y)], steel, 8 * k) for d in (-96, 96)
    )
    seat = f.slab(paint, x - 56 * k, y - 196 * k, 112 * k, 76 * k, pale(paint.wood, 0.24), r=8)
    book = poly(
        paint,
        [
            (x - 50 * k, y - 146 * k),
            (x + 4 * k, y - 150 * k),
            (x + 10 * k, y - 138 * k),
            (x - 46 * k, y - 134 * k),
        ],
        paint.lit("#f2e6d0"),
        2,
    )
    return (
        standing(x, 120 * k, y)
        + seat
        + legs
        + f.slab(paint, x - 124 * k, y - 140 * k, 248 * k, 28 * k, pale(paint.wood, 0.12), r=4)
        + book
    )


def courtroom(paint: Paint) -> SetDrawing:
    """The judge's bench under a seal, panelling, flags, the bar and the witness stand."""
    glass = [opening(paint, x, 60, 170, 330, style="arch") for x in (60, 1370)]
    tone = mix(paint.wood, paint.wall, 0.35)
    panels = (
        flat(120, 520, tone)
        + "".join(
            box(x, 150, 178, 300, dark(tone, 0.08), ink=dark(tone, 0.35), width=4, r=3)
            + box(x, 480, 178, 130, dark(tone, 0.08), ink=dark(tone, 0.35), width=4, r=3)
            for x in range(-780, 2390, 212)
        )
        + flat(104, 18, pale(tone, 0.25))
    )
    built = room(paint, glass, panels, panel=False)
    columns = "".join(
        f.slab(paint, x, -40, 66, 690, pale(tone, 0.3))
        + f.slab(paint, x - 16, -44, 98, 36, pale(tone, 0.4))
        + f.slab(paint, x - 16, 606, 98, 40, pale(tone, 0.2))
        for x in (310, 1224, -160, 1700)
    )
    middle = (
        built
        + columns
        + _seal(paint, 800, 170)
        + _flag(paint, 500, 650, paint.accent)
        + _flag(paint, 1110, 650, paint.lit("#a8433f"))
    )
    middle += (
        _judge_bench(paint, 800, 680)
        + _witness(paint, 1330, 700)
        + _jury(paint, 60, 690)
        + _bar_rail(paint, 760)
        + _counsel(paint, 330, 820)
        + _counsel(paint, 1340, 830)
    )
    middle += "".join(f.pendant(paint, x, 20, tone="#d9c08a") for x in (420, 1180))
    return SetDrawing(
        far=outlook(paint),
        middle=middle,
        panes=panes_of(glass),
        lamps=(Lamp(420, 50, 520), Lamp(1180, 50, 520)),
    )


def _seal(paint: Paint, x: float, y: float) -> str:
    gold = paint.lit("#d9b15a")
    scales = stick(paint, [(x, y - 44), (x, y + 46)], gold, 6) + stick(
        paint, [(x - 46, y - 30), (x + 46, y - 30)], gold, 5
    )
    pans = "".join(
        line([(x + k - 20, y + 10), (x + k, y - 28), (x + k + 20, y + 10)], paint.ink, 2.5, smooth=False)
        + blob(paint, [(x + k - 24, y + 10), (x + k, y + 24), (x + k + 24, y + 10)], gold, 2.5)
        for k in (-46, 46)
    )
    return (
        disc(paint, x, y, 108, gold)
        + disc(paint, x, y, 94, paint.accent)
        + disc(paint, x, y, 78, dark(paint.accent, 0.2))
        + scales
        + pans
    )


def _flag(paint: Paint, x: float, y: float, tone: str) -> str:
    cloth = blob(
        paint,
        [(x + 4, y - 460), (x + 66, y - 430), (x + 84, y - 250), (x + 60, y - 150), (x + 6, y - 180)],
        tone,
    )
    folds = "".join(line([(x + k, y - 430 + k), (x + k + 8, y - 190)], dark(tone, 0.3), 5) for k in (22, 46))
    return (
        standing(x, 40, y)
        + stick(paint, [(x, y), (x, y - 500)], paint.lit("#8a6a3a"), 8)
        + disc(paint, x, y - 508, 12, paint.lit("#d9b15a"))
        + cloth
        + folds
    )


def _judge_bench(paint: Paint, x: float, y: float) -> str:
    chair = blob(
        paint,
        [(x - 80, y - 250), (x - 88, y - 410), (x, y - 440), (x + 88, y - 410), (x + 80, y - 250)],
        paint.lit("#4a2a2a"),
    )
    base = f.slab(paint, x - 330, y - 90, 660, 90, dark(paint.wood, 0.12)) + f.slab(
        paint, x - 270, y - 270, 540, 186, paint.wood
    )
    panels = "".join(
        box(
            x - 246 + k * 166,
            y - 226,
            150,
            110,
            dark(paint.wood, 0.12),
            ink=dark(paint.wood, 0.4),
            width=4,
            r=3,
        )
        for k in range(3)
    )
    books = "".join(
        f.slab(paint, x - 220 + k * 24, y - 352, 22, 56, paint.lit(c), r=2)
        for k, c in enumerate(("#7a2f3b", "#35577a", "#7a2f3b", "#5c7a4a"))
    )
    gavel = stick(paint, [(x + 120, y - 306), (x + 190, y - 322)], paint.wood, 8) + block(
        paint, x + 98, y - 324, 36, 30, dark(paint.wood, 0.2), r=6
    )
    lamp = f.table_lamp(paint, x + 226, y - 290)
    return (
        standing(x, 340, y)
        + chair
        + base
        + panels
        + books
        + gavel
        + lamp
        + f.slab(paint, x - 290, y - 298, 580, 32, pale(paint.wood, 0.18), r=4)
    )


def _witness(paint: Paint, x: float, y: float) -> str:
    box_ = f.slab(paint, x - 110, y - 220, 220, 220, pale(paint.wood, 0.06)) + "".join(
        block(paint, x - 94 + k * 66, y - 176, 54, 140, dark(paint.wood, 0.1), r=3) for k in range(3)
    )
    mic = rod(paint, [(x, y - 240), (x - 10, y - 290), (x - 36, y - 306)], paint.lit("#3a3e46"), 6) + disc(
        paint, x - 40, y - 308, 12, paint.lit("#23252b")
    )
    return (
        standing(x, 120, y)
        + mic
        + box_
        + f.slab(paint, x - 124, y - 246, 248, 28, pale(paint.wood, 0.25), r=4)
    )


def _jury(paint: Paint, x: float, y: float) -> str:
    seats = "".join(
        blob(
            paint,
            [
                (x - 190 + k * 92, y - 150),
                (x - 186 + k * 92, y - 270),
                (x - 116 + k * 92, y - 270),
                (x - 112 + k * 92, y - 150),
            ],
            paint.lit("#5a3438"),
            tension=0.4,
        )
        for k in range(4)
    )
    return (
        standing(x, 220, y)
        + seats
        + f.slab(paint, x - 230, y - 170, 420, 170, paint.wood)
        + "".join(
            block(paint, x - 210 + k * 100, y - 136, 84, 110, dark(paint.wood, 0.12), r=3) for k in range(4)
        )
    )


def _bar_rail(paint: Paint, y: float) -> str:
    posts = "".join(
        f.slab(paint, x, y - 96, 14, 96, paint.wood) for x in [*range(-780, 560, 46), *range(1040, 2390, 46)]
    )
    tops = f.slab(paint, LEFT, y - 112, 1370, 22, pale(paint.wood, 0.22)) + f.slab(
        paint, 1030, y - 112, 1370, 22, pale(paint.wood, 0.22)
    )
    return tops + posts + flat(y, 0, paint.ink)


def _counsel(paint: Paint, x: float, y: float) -> str:
    papers = poly(
        paint,
        [(x - 60, y - 188), (x + 40, y - 196), (x + 46, y - 182), (x - 56, y - 174)],
        paint.lit("#f6f0e0"),
        2,
    )
    return (
        f.table(paint, x, y, 380) + papers + f.slab(paint, x + 80, y - 196, 60, 26, paint.lit("#7a2f3b"), r=3)
    )
