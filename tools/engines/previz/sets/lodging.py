"""A hotel room, and where actors dress."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, glow, line, oval, path, pts
from tools.engines.previz.sets import fittings, readouts, stock
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.shapes import blob, block, disc, poly, rod, standing, stick
from tools.engines.previz.sets.sky import opening, outlook


def hotel_room(paint: Paint) -> SetDrawing:
    """A wide bed before an upholstered wall, twin lamps, a flat screen, luggage, a view from high up."""
    glass = [opening(paint, 1130, 90, 320, 400, curtain=paint.accent, style="plain")]
    built = room(paint, glass, stripes=paint.dice("hotel").random() < 0.5, panel=False)
    head = _padded(paint, 200, 170, 700)
    lamps = "".join(_wall_lamp(paint, x, 260) for x in (150, 950))
    bed = _wide_bed(paint, 550, 740)
    nights = "".join(
        f.slab(paint, x - 60, 560, 120, 110, paint.wood) + box(x - 40, 590, 80, 8, paint.lit("#d9b15a"))
        for x in (130, 970)
    )
    phone = _telephone(paint, 970, 560)
    art = f.picture(paint, 330, 50, 180, 96, seed=paint.seed) + f.picture(
        paint, 590, 50, 180, 96, seed=paint.seed + 1
    )
    desk = (
        f.table(paint, -330, 670, 420)
        + readouts.screen(paint, -470, 220, 270, 160, "map")
        + f.table_lamp(paint, -160, 500)
    )
    middle = (
        built
        + art
        + head
        + lamps
        + nights
        + phone
        + bed
        + desk
        + f.armchair(paint, 1490, 730, paint.accent)
        + fittings.luggage(paint, 1240, 780)
        + f.door(paint, 1800, 642)
    )
    return SetDrawing(
        far=outlook(paint, high=True), middle=middle + extras(paint, 1990, 710), panes=panes_of(glass),
        lamps=(Lamp(150, 240, 400), Lamp(950, 240, 400), Lamp(-160, 430, 320)),
    )  # fmt: skip


def _padded(paint: Paint, x: float, y: float, w: float) -> str:
    """An upholstered headboard, buttoned."""
    cloth = mix(paint.accent, paint.lit("#c9b494"), 0.35)
    drawn = f.slab(paint, x - 12, y - 12, w + 24, 400, paint.wood, r=8)
    n = 6
    for k in range(n):
        left = x + k * w / n
        drawn += "".join(
            box(left + 2, y + r * 124, w / n - 4, 120, cloth, ink=dark(cloth, 0.35), width=3, r=18)
            + box(left + 14, y + 12 + r * 124, w / n - 28, 30, pale(cloth, 0.2), r=14)
            for r in range(3)
        )
    return drawn


def _wall_lamp(paint: Paint, x: float, y: float) -> str:
    shade = "#ffe6ac" if paint.lamps else paint.lit("#f1e2c4")
    shine = glow(x, y, 260, 300, "#ffc869", 0.55) if paint.lamps else ""
    return (
        shine
        + rod(paint, [(x, y + 90), (x, y + 50)], paint.lit("#c9a04a"), 8)
        + poly(paint, [(x - 30, y - 50), (x + 30, y - 50), (x + 44, y + 46), (x - 44, y + 46)], shade)
    )


def _wide_bed(paint: Paint, x: float, y: float) -> str:
    """A double bed seen from its foot."""
    sheet, throw = paint.lit("#f6f0e4"), paint.accent
    base = f.slab(paint, x - 300, y - 70, 600, 64, dark(paint.wood, 0.1), r=4)
    pillows = "".join(
        box(x + k, y - 300, 190, 92, c, ink=paint.ink, width=3.5, r=34)
        for k, c in ((-260, sheet), (70, sheet), (-200, pale(throw, 0.3)), (10, pale(throw, 0.3)))
    )
    cover = path(
        curve(
            [
                (x - 296, y - 210),
                (x, y - 222),
                (x + 296, y - 210),
                (x + 316, y - 60),
                (x, y - 50),
                (x - 316, y - 60),
            ],
            tension=0.5,
        ),
        sheet,
        ink=paint.ink,
        width=3.5,
    )
    runner = poly(
        paint, [(x - 306, y - 140), (x + 306, y - 140), (x + 314, y - 78), (x - 314, y - 78)], throw
    )
    folds = "".join(
        line([(x + k, y - 200), (x + k * 1.05, y - 146)], dark(sheet, 0.16), 4) for k in (-190, -60, 80, 200)
    )
    return standing(x, 340, y) + base + pillows + cover + folds + runner


def _telephone(paint: Paint, x: float, y: float) -> str:
    tone = paint.lit("#3a3438")
    return (
        poly(paint, [(x - 44, y), (x - 30, y - 36), (x + 30, y - 36), (x + 44, y)], tone)
        + rod(paint, [(x - 42, y - 36), (x - 30, y - 52), (x + 30, y - 52), (x + 42, y - 36)], tone, 14)
        + disc(paint, x, y - 16, 10, paint.lit("#e9e2d0"))
    )


def dressing_room(paint: Paint) -> SetDrawing:
    """Mirrors framed in bulbs over a shelf of pots, costumes on a rail, flowers, a folding screen."""
    built = room(paint, [], stripes=paint.dice("dressing").random() < 0.5, panel=True)
    mirrors = "".join(_bulb_mirror(paint, x, 90) for x in (250, 620))
    shelf = (
        f.slab(paint, 180, 486, 780, 30, pale(paint.wood, 0.15), r=4)
        + "".join(
            f.slab(paint, x, 516, 150, 150, paint.wood) + box(x + 50, 570, 50, 9, paint.lit("#d9b04a"))
            for x in (190, 800)
        )
        + _pots(paint, 200, 486)
        + _wig(paint, 890, 486)
    )
    rail = stock.garments(paint, 1060, 110, 560, long=380) + "".join(
        stick(paint, [(x, 110), (x, 690)], paint.lit("#b4c0c4"), 9) for x in (1050, 1640)
    )
    more = stock.garments(paint, -560, 110, 440, long=380) + "".join(
        stick(paint, [(x, 110), (x, 690)], paint.lit("#b4c0c4"), 9) for x in (-570, -100)
    )
    stools = "".join(
        standing(x, 70, 760)
        + box(x - 60, 620, 120, 40, paint.accent, ink=paint.ink, width=3.5, r=18)
        + "".join(stick(paint, [(x + k, 660), (x + k * 1.3, 756)], paint.wood, 9) for k in (-40, 40))
        for x in (360, 760)
    )
    hats = "".join(
        f.slab(paint, x, 40 + k * 6, 110, 64, paint.lit(c), r=6)
        for k, (x, c) in enumerate(((1100, "#c9a04a"), (1230, "#6f5a8c"), (1400, "#a8433f")))
    )
    middle = (
        built
        + mirrors
        + hats
        + rail
        + more
        + shelf
        + stools
        + _bouquet(paint, 540, 486)
        + _folding(paint, -20, 690)
        + f.door(paint, 1870, 642)
    )
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 2060, 710), lamps=(Lamp(410, 280, 480, "#ffe2a8"), Lamp(780, 280, 480, "#ffe2a8"), Lamp(1400, 60, 400, power=0.7)),
    )  # fmt: skip


def _bulb_mirror(paint: Paint, x: float, y: float) -> str:
    frame = f.slab(paint, x - 22, y - 22, 344, 384, mix(paint.wood, paint.lit("#d9b04a"), 0.3), r=10) + box(
        x + 20, y + 20, 260, 300, paint.lit("#c4d8da"), ink=paint.ink, width=3
    )
    streak = "".join(
        path(
            pts([(x + a, y + 318), (x + a + 120, y + 22), (x + a + b, y + 22), (x + a + b - 120, y + 318)]),
            "#ffffff",
            opacity=0.28,
        )
        for a, b in ((40, 160), (100, 140))
    )
    spots = [(x + k, y + v) for k in (0, 75, 150, 225, 300) for v in (0, 340)] + [
        (x + k, y + v) for k in (0, 300) for v in (85, 170, 255)
    ]
    return (
        frame
        + streak
        + "".join(
            glow(bx, by, 54, 54, "#ffdf9a", 0.65) + disc(paint, bx, by, 14, "#fff3c8") for bx, by in spots
        )
        + poly(
            paint,
            [(x + 210, y + 240), (x + 270, y + 232), (x + 276, y + 300), (x + 216, y + 308)],
            paint.lit("#f4eddc"),
            2.4,
        )
    )


def _pots(paint: Paint, x: float, y: float) -> str:
    dice = paint.dice("pots")
    drawn = ""
    for k in range(9):
        high, tone = (
            dice.uniform(24, 62),
            paint.lit(dice.choice(("#e8b8b0", "#c9503f", "#f4eddc", "#d9b04a", "#6f5a8c"))),
        )
        drawn += block(paint, x + k * 38, y - high, 30, high, tone, r=5) + block(
            paint, x + 4 + k * 38, y - high - 12, 22, 13, paint.lit("#d9b04a"), r=3
        )
    brushes = block(paint, x + 360, y - 60, 40, 60, paint.accent, r=5) + "".join(
        stick(paint, [(x + 370 + k * 9, y - 60), (x + 362 + k * 14, y - 112)], paint.wood, 4)
        + oval(x + 362 + k * 14, y - 118, 6, 13, paint.lit("#e8c8b0"), ink=paint.ink, width=2)
        for k in range(3)
    )
    return drawn + brushes


def _wig(paint: Paint, x: float, y: float) -> str:
    skin, hair = paint.lit("#e9d8c8"), paint.lit(paint.pick("wig", "#d9b04a", "#8a2f1f", "#f0ece4"))
    neck = block(paint, x - 22, y - 60, 44, 60, skin, r=6)
    return (
        neck
        + oval(x, y - 100, 46, 56, skin, ink=paint.ink, width=3)
        + blob(
            paint,
            [
                (x - 60, y - 60),
                (x - 62, y - 130),
                (x - 20, y - 172),
                (x + 30, y - 170),
                (x + 64, y - 124),
                (x + 62, y - 60),
                (x + 40, y - 70),
                (x + 34, y - 124),
                (x - 34, y - 124),
                (x - 40, y - 66),
            ],
            hair,
        )
    )


def _bouquet(paint: Paint, x: float, y: float) -> str:
    vase = poly(paint, [(x - 30, y - 80), (x + 30, y - 80), (x + 22, y), (x - 22, y)], paint.lit("#8fb8c4"))
    stems = "".join(
        line([(x, y - 70), (x + k, y - 150)], paint.lit("#4f8550"), 5) for k in (-50, -20, 14, 46)
    )
    return (
        stems
        + "".join(
            disc(paint, x + k, y - 150 - abs(k * 7 % 31), 25, paint.lit(c))
            + oval(x + k, y - 150 - abs(k * 7 % 31), 10, 10, dark(paint.lit(c), 0.25))
            for k, c in ((-54, "#d8506a"), (-22, "#f2a0b0"), (14, "#d8506a"), (50, "#f4e4c0"))
        )
        + vase
    )


def _folding(paint: Paint, x: float, y: float) -> str:
    cloth = mix(paint.accent, paint.lit("#e9d8c0"), 0.5)
    drawn = ""
    for k in range(3):
        left, dip = x - 20 + k * 84, 14 * (k % 2)
        drawn += poly(
            paint,
            [
                (left, y - 480 + dip),
                (left + 84, y - 480 + 14 - dip),
                (left + 84, y + 14 - dip),
                (left, y + dip),
            ],
            cloth if k % 2 else dark(cloth, 0.12),
        )
        drawn += path(
            curve([(left + 42, y - 400), (left + 62, y - 330), (left + 42, y - 250), (left + 22, y - 330)]),
            pale(cloth, 0.4),
        ) + line([(left + 42, y - 250), (left + 42, y - 90)], pale(cloth, 0.3), 4)
    return drawn
