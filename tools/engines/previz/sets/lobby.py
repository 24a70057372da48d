"""Where one waits: lobby and waiting room."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, glow, line, oval, path, pts
from tools.engines.previz.sets import fittings, readouts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import household as h
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.shapes import block, disc, poly, rod, standing
from tools.engines.previz.sets.sky import opening, outlook


def lobby(paint: Paint) -> SetDrawing:
    """A front desk before a wall of keys or of letter boxes, the glass door, a lamp of many lights."""
    hotel = paint.about("hotel", "hostal", "pension", "pensión", "pensão", "inn", "reception", "recep") or (
        not paint.about("building", "edificio", "edifício", "block", "portería", "portaria", "condom") and paint.dice("lobby").random() < 0.5
    )  # fmt: skip
    glass = [
        opening(paint, 1190, 110, 330, 520, style="grid"),
        opening(paint, -560, 110, 280, 520, style="grid"),
    ]
    built = room(paint, glass, tiles=True, stripes=paint.dice("lobby").random() < 0.5)
    wall = _key_wall(paint, 300, 80) if hotel else _letter_boxes(paint, 300, 90)
    desk = _front_desk(paint, 250, 730, 640)
    middle = (
        built
        + wall
        + _chandelier(paint, 800, 40)
        + desk
        + f.sofa(paint, -20, 760, mix(paint.accent, paint.wood, 0.2))
        + f.plant(paint, 1090, 690, 1.2)
        + f.plant(paint, 1640, 690, 1.2)
    )
    middle += (
        _lift_door(paint, 60, 642)
        + fittings.luggage(paint, 1010, 790)
        + f.armchair(paint, 1800, 740, paint.accent)
    )
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 1480, 730), panes=panes_of(glass),
        lamps=(Lamp(800, 70, 620), Lamp(420, 440, 340), Lamp(60, 120, 240)),
    )  # fmt: skip


def _key_wall(paint: Paint, x: float, y: float) -> str:
    """Pigeon-holes, each with its key, some with a letter."""
    dice, brass = paint.dice("keys"), paint.lit("#d9b04a")
    drawn = f.slab(paint, x - 16, y - 16, 556, 368, paint.wood, r=6)
    for k in range(35):
        left, top = x + k % 7 * 76, y + k // 7 * 68
        drawn += box(left, top, 68, 60, dark(paint.wood, 0.5), ink=paint.ink, width=2)
        if dice.random() < 0.3:
            drawn += poly(
                paint,
                [(left + 12, top + 58), (left + 20, top + 20), (left + 50, top + 24), (left + 44, top + 58)],
                paint.lit("#f4eddc"),
                2,
            )
        if dice.random() < 0.72:
            drawn += (
                disc(paint, left + 34, top + 14, 7, brass)
                + line([(left + 34, top + 22), (left + 34, top + 46)], brass, 5)
                + box(left + 26, top + 38, 16, 20, paint.accent, ink=paint.ink, width=1.8, r=4)
            )
    return drawn


def _letter_boxes(paint: Paint, x: float, y: float) -> str:
    """A block of letter boxes with slots and locks."""
    steel, dice = mix(paint.lit("#b4b09c"), paint.wood, 0.2), paint.dice("letters")
    drawn = f.slab(paint, x - 14, y - 14, 560, 350, dark(steel, 0.3), r=6)
    for k in range(20):
        left, top = x + k % 5 * 108, y + k // 5 * 82
        drawn += (
            f.slab(paint, left, top, 100, 74, steel, r=3)
            + box(left + 16, top + 16, 68, 9, paint.ink, r=4)
            + disc(paint, left + 82, top + 50, 6, paint.lit("#c9a04a"))
            + box(left + 14, top + 40, 40, 20, paint.lit("#f4eddc"), ink=paint.ink, width=1.8)
        )
        if dice.random() < 0.3:
            drawn += poly(
                paint,
                [(left + 24, top + 22), (left + 30, top - 6), (left + 70, top - 2), (left + 66, top + 22)],
                paint.lit("#f4eddc"),
                2,
            )
    return drawn


def _front_desk(paint: Paint, x: float, y: float, w: float) -> str:
    front = f.slab(paint, x, y - 210, w, 210, paint.wood, r=4) + "".join(
        box(
            x + 24 + k * (w - 30) / 4,
            y - 176,
            (w - 30) / 4 - 24,
            150,
            dark(paint.wood, 0.14),
            ink=dark(paint.wood, 0.45),
            width=3,
            r=4,
        )
        for k in range(4)
    )
    top = f.slab(paint, x - 24, y - 236, w + 48, 32, pale(paint.lit("#d9cdb8"), 0.2), r=4)
    book = poly(
        paint,
        [(x + 330, y - 240), (x + 470, y - 240), (x + 450, y - 260), (x + 350, y - 260)],
        paint.lit("#f4eddc"),
    )
    return (
        standing(x + w / 2, w * 0.55, y)
        + front
        + top
        + book
        + fittings.bell(paint, x + 250, y - 236)
        + f.table_lamp(paint, x + 120, y - 236)
        + f.table_lamp(paint, x + w - 60, y - 236)
    )


def _chandelier(paint: Paint, x: float, y: float) -> str:
    brass = paint.lit("#d9b04a")
    cord = line([(x, -1000), (x, y)], paint.ink, 5, smooth=False) + disc(paint, x, y + 10, 22, brass)
    arms = "".join(
        rod(paint, [(x, y + 14), (x + k * 0.5, y + 64), (x + k, y + 40)], brass, 5)
        + glow(x + k, y + 8, 110, 110, "#ffd98a", 0.5)
        + path(
            curve([(x + k - 10, y + 26), (x + k, y - 10), (x + k + 10, y + 26)]),
            "#fff2c8",
            ink=paint.ink,
            width=2,
        )
        + box(x + k - 14, y + 26, 28, 12, brass, ink=paint.ink, width=2, r=4)
        for k in (-130, -66, 66, 130)
    )
    drops = "".join(
        path(
            curve([(x + k, y + 52), (x + k - 7, y + 72), (x + k, y + 82), (x + k + 7, y + 72)]),
            "#eaf6f6",
            ink=paint.ink,
            width=1.6,
        )
        for k in (-100, -50, 0, 50, 100)
    )
    return cord + arms + drops


def _lift_door(paint: Paint, x: float, y: float) -> str:
    brass, steel = paint.lit("#c9a04a"), paint.lit("#b4bdc2")
    frame = f.slab(paint, x - 110, y - 460, 220, 460, brass, r=4) + "".join(
        f.slab(paint, x + k, y - 420, 88, 420, steel) for k in (-90, 2)
    )
    return (
        frame
        + path(pts([(x - 14, y - 436), (x + 14, y - 436), (x, y - 456)]), "#ffab3d", ink=paint.ink, width=2)
        + disc(paint, x + 136, y - 230, 14, "#ffd27a")
    )


def waiting_room(paint: Paint) -> SetDrawing:
    """Seats on a bar along the wall, a called number, a clock, a notice board, a water cooler."""
    old = paint.tells("period")
    glass = [
        opening(paint, 1330, 110, 260, 270, curtain="blinds"),
        opening(paint, -460, 110, 260, 270, curtain="blinds"),
    ]
    walls = room(paint, glass, box(-800, 470, 3200, 14, paint.accent), tiles=True, panel=False)
    board = _notices(paint, 120, 110)
    seats = (
        fittings.chairs(paint, 60, 700, 4, paint.accent)
        + fittings.chairs(paint, 1060, 700, 4, paint.accent)
        + fittings.chairs(paint, -560, 700, 4, paint.accent)
    )
    called = (
        f.slab(paint, 640, 70, 220, 120, paint.lit("#23282e"), r=8)
        + glow(750, 130, 200, 120, "#ff5a4e", 0.3)
        + readouts.digits(paint, 690, 96, paint.pick("called", "47", "12", "85", "36"), "#ff6a4e", 1.7)
    )
    middle = (
        walls
        + board
        + ("" if old else called)
        + readouts.clock(paint, 980, 130, 52)
        + _poster(paint, 1110, 100)
        + seats
        + _cooler(paint, 640, 690)
        + f.plant(paint, 960, 690, 0.9)
        + _magazines(paint, 800, 760)
    )
    middle += (
        fittings.tube(paint, 420, 10, 300)
        + fittings.tube(paint, 1200, 10, 300)
        + f.door(paint, 1840, 642, tone=pale(paint.wood, 0.2))
    )
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 1640, 710), panes=panes_of(glass),
        lamps=(Lamp(420, 30, 560, "#f4fff8"), Lamp(1200, 30, 560, "#f4fff8"), *(() if old else (Lamp(750, 130, 160, "#ff6a4e", 0.6),))),
    )  # fmt: skip


def _notices(paint: Paint, x: float, y: float) -> str:
    cork, dice = paint.lit("#c99a64"), paint.dice("notices")
    drawn = f.slab(paint, x, y, 430, 260, paint.wood, r=4) + box(x + 14, y + 14, 402, 232, cork)
    for k in range(8):
        left, top = x + 30 + k % 4 * 96 + dice.uniform(-6, 6), y + 26 + k // 4 * 112 + dice.uniform(-5, 5)
        tone = paint.lit(dice.choice(("#f6f2e6", "#f2e2a0", "#cfe2e8", "#f2c8bc")))
        drawn += (
            box(left, top, 76, 96, tone, ink=paint.ink, width=2)
            + "".join(box(left + 10, top + 24 + n * 16, 56 - n * 7, 5, dark(tone, 0.4)) for n in range(4))
            + disc(paint, left + 38, top + 7, 6, paint.accent)
        )
    return drawn


def _poster(paint: Paint, x: float, y: float) -> str:
    sheet = paint.lit("#f2ece0")
    heart = path(
        curve(
            [
                (x + 80, y + 170),
                (x + 26, y + 110),
                (x + 44, y + 66),
                (x + 80, y + 90),
                (x + 116, y + 66),
                (x + 134, y + 110),
            ],
            tension=0.8,
        ),
        paint.lit("#d9503f"),
        ink=paint.ink,
        width=3,
    )
    return (
        box(x, y, 160, 230, sheet, ink=paint.ink, width=3)
        + heart
        + "".join(box(x + 26, y + 186 + k * 14, 108 - k * 30, 6, dark(sheet, 0.4)) for k in range(2))
        + box(x, y, 160, 34, paint.accent)
    )


@modern
def _cooler(paint: Paint, x: float, y: float) -> str:
    white = paint.lit("#eef1ee")
    bottle = path(
        curve(
            [
                (x - 50, y - 430),
                (x + 50, y - 430),
                (x + 56, y - 320),
                (x + 24, y - 290),
                (x - 24, y - 290),
                (x - 56, y - 320),
            ],
            tension=0.6,
        ),
        "#9fd4ea",
        ink=paint.ink,
        width=3.5,
        opacity=0.9,
    )
    return (
        standing(x, 70, y)
        + bottle
        + "".join(
            oval(x + a, y - b, 5, 5, "#ffffff", opacity=0.7) for a, b in ((-14, 360), (10, 390), (20, 340))
        )
        + f.slab(paint, x - 60, y - 294, 120, 294, white, r=8)
        + box(x - 40, y - 240, 80, 60, paint.lit("#b9c2c4"), ink=paint.ink, width=2.5, r=4)
        + "".join(
            block(paint, x + k, y - 236, 18, 18, c, r=3) for k, c in ((-28, "#d9503f"), (10, "#3f7fae"))
        )
    )


def _magazines(paint: Paint, x: float, y: float) -> str:
    table = h.coffee_table(paint, x, y)
    return table + "".join(
        poly(
            paint,
            [
                (x - 90 + k * 60, y - 92),
                (x - 20 + k * 60, y - 98),
                (x - 14 + k * 60, y - 88),
                (x - 84 + k * 60, y - 82),
            ],
            paint.lit(c),
            2.4,
        )
        for k, c in enumerate(("#d9503f", "#e8b04a", "#3f7f8c"))
    )
