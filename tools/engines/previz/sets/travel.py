"""Inside a train and a bus that drive."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, cut, glow, line, oval, path, pts
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.paint import BOTTOM, LEFT, RIGHT, TOP, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import blob, block, disc, poly, rod, stick
from tools.engines.previz.sets.sky import hills, sky, skyline


def train(paint: Paint) -> SetDrawing:
    """A carriage: pairs of seats with tables under wide windows, bags in the rack, country going by."""
    shell = mix(paint.wall, paint.lit("#e4e6e0"), 0.4)
    frames = [(x, 112.0, 500.0, 270.0) for x in (-650.0, -50.0, 550.0, 1150.0, 1750.0)]
    body = flat(TOP, BOTTOM - TOP, shell) + wash(
        -60, 700, [(0, dark(shell, 0.2), 1), (0.3, shell, 1), (1, dark(shell, 0.12), 1)]
    )
    body += (
        flat(440, 210, mix(paint.accent, shell, 0.35))
        + flat(434, 9, pale(shell, 0.4))
        + _carriage_roof(paint, shell)
    )
    trims = "".join(
        box(x, y, w, h, "none", ink=dark(shell, 0.3), width=26, r=34)
        + box(x, y, w, h, "none", ink=paint.ink, width=4, r=34)
        + path(pts([(x + 90, y + h), (x + 210, y), (x + 280, y), (x + 160, y + h)]), "#ffffff", opacity=0.12)
        for x, y, w, h in frames
    )
    blinds = "".join(
        box(x + 4, y, w - 8, 34, mix(paint.accent, paint.lit("#d9c9a4"), 0.5), ink=paint.ink, width=2.5, r=8)
        for x, y, w, _ in frames
    )
    seats = "".join(_rail_seat(paint, x, way) for x in (-700, -100, 500, 1100, 1700, 2300) for way in (-1, 1))
    tables = "".join(_rail_table(paint, x) for x in (-400, 200, 800, 1400, 2000))
    middle = (
        body
        + cut(*(box(x, y, w, h, "#000000", r=34) for x, y, w, h in frames))
        + fittings.veil(paint, frames)
        + trims
        + blinds
        + fittings.hard_floor(paint)
        + tables
        + seats
        + luggage_rack(paint)
    )
    return SetDrawing(
        far=open_country(fittings.outside(paint)), middle=middle + extras(paint, 1420, 760), panes=tuple(frames), passing=passing_country(fittings.outside(paint)),
        lamps=tuple(Lamp(x, 20, 420, "#fff0d0") for x in (200, 800, 1400)),
    )  # fmt: skip


def _carriage_roof(paint: Paint, shell: str) -> str:
    tone = pale(shell, 0.2)
    drawn = wash(TOP, 960, [(0, dark(tone, 0.4), 1), (1, tone, 1)]) + box(
        LEFT, -40, RIGHT - LEFT, 12, dark(shell, 0.3)
    )
    return drawn + "".join(
        glow(x, -10, 300, 130, "#fff2d0", 0.4)
        + box(x - 130, -28, 260, 18, "#fff8e4", ink=paint.ink, width=2.5, r=8)
        for x in (-400, 200, 800, 1400, 2000)
    )


def _rail_seat(paint: Paint, x: float, way: int) -> str:
    """A high seat from the side; the two of a pair stand back to back at `x`."""
    cloth, at = (
        mix(paint.accent, paint.lit(paint.pick("cloth", "#2f5f8a", "#8a3a3f", "#4f7a5c", "#7a5f8a")), 0.6),
        x + way * 6,
    )
    back = [
        (at, 300),
        (at + way * 20, 262),
        (at + way * 70, 258),
        (at + way * 92, 300),
        (at + way * 96, 540),
        (at + way * 230, 548),
        (at + way * 236, 610),
        (at, 640),
    ]
    drawn = blob(paint, back, cloth, tension=0.45) + path(
        curve(
            [(at + way * 22, 330), (at + way * 74, 330), (at + way * 78, 520), (at + way * 26, 520)],
            tension=0.4,
        ),
        pale(cloth, 0.12),
    )
    head = blob(
        paint,
        [(at + way * 8, 350), (at + way * 14, 262), (at + way * 90, 262), (at + way * 98, 350)],
        paint.lit("#efe8d8"),
        tension=0.4,
    )
    arm = rod(
        paint, [(at + way * 70, 470), (at + way * 150, 462), (at + way * 190, 470)], paint.lit("#3a3f48"), 16
    )
    return (
        drawn
        + head
        + arm
        + block(paint, min(at + way * 60, at + way * 120), 634, 60, 60, paint.lit("#6d757c"))
        + "".join(
            line([(at + way * 30, y), (at + way * 74, y)], dark(cloth, 0.25), 3) for y in (400, 440, 480)
        )
    )


def _rail_table(paint: Paint, x: float) -> str:
    top = f.slab(paint, x - 110, 436, 220, 18, paint.lit("#d9d2c2"), r=6) + block(
        paint, x - 8, 454, 16, 190, paint.lit("#8d959a")
    )
    cup = poly(
        paint, [(x + 40, 396), (x + 72, 396), (x + 66, 436), (x + 46, 436)], paint.lit("#f2ede0")
    ) + box(x + 44, 406, 24, 14, paint.accent)
    paper = poly(
        paint, [(x - 90, 436), (x - 70, 420), (x + 10, 422), (x - 4, 436)], paint.lit("#f2ede0"), 2.4
    )
    return top + cup + paper


def luggage_rack(paint: Paint) -> str:
    """Bags over the windows."""
    steel, dice = paint.lit("#b9c2c4"), paint.dice("rack")
    drawn = ""
    for x in range(-740, 2300, 190):
        wide, high = dice.uniform(90, 160), dice.uniform(44, 76)
        tone = paint.lit(dice.choice(("#8a4a2a", "#35577a", "#5a6a4a", "#a8433f", "#3a3f48", "#c9a04a")))
        if dice.random() < 0.8:
            drawn += f.slab(paint, x, 66 - high, wide, high, tone, r=12) + rod(
                paint,
                [
                    (x + wide * 0.36, 66 - high),
                    (x + wide * 0.4, 54 - high),
                    (x + wide * 0.6, 54 - high),
                    (x + wide * 0.64, 66 - high),
                ],
                dark(tone, 0.3),
                6,
            )
    return (
        drawn
        + stick(paint, [(LEFT, 72), (RIGHT, 72)], steel, 11)
        + "".join(stick(paint, [(x, 72), (x, 24)], steel, 7) for x in range(-700, 2400, 300))
    )


def open_country(paint: Paint) -> str:
    """Fields and hills; sand and bare hills where the story is arid."""
    green = (
        ("#8aa58a", "#7f9f64", "#a3b468") if not paint.tells("arid") else ("#c9a07c", "#b98a60", "#d2ab78")
    )
    return (
        sky(paint, 400)
        + hills(paint, 330, green[0], seed=paint.seed, high=130)
        + hills(paint, 350, green[1], seed=paint.seed + 3, high=60)
        + flat(336, 1400, paint.lit(green[2]))
    )


def passing_country(paint: Paint) -> str:
    """Trees, wires on poles and a farm that go by."""
    trees = "".join(
        g.tree(paint, x, 392, size, tone=c)
        for x, size, c in (
            (-640, 0.5, "#6f9a4c"),
            (-240, 0.4, "#5c8f4e"),
            (330, 0.56, "#6f9a4c"),
            (760, 0.42, "#7fa860"),
            (1340, 0.5, "#5c8f4e"),
            (2050, 0.55, "#6f9a4c"),
        )
    )
    farm = "".join(
        box(x, 290, 120, 70, paint.lit("#e6d8c0"), ink=paint.ink, width=2.5)
        + poly(paint, [(x - 14, 292), (x + 60, 240), (x + 134, 292)], paint.lit("#b5563f"), 2.5)
        + box(x + 44, 316, 26, 44, paint.lit("#6a4a38"))
        for x in (60, 1640)
    )
    poles = "".join(
        stick(paint, [(x, 400), (x, 130)], paint.lit("#6a5240"), 9)
        + stick(paint, [(x - 34, 150), (x + 34, 150)], paint.lit("#6a5240"), 6)
        for x in (-500, 20, 540, 1060, 1580, 2100)
    )
    wires = "".join(
        line([(a, 150 + d), (a + 260, 176 + d), (a + 520, 150 + d)], paint.ink, 2.4)
        for a in (-1020, -500, 20, 540, 1060, 1580, 2100)
        for d in (0, 14)
    )
    return wires + poles if paint.tells("arid") else farm + trees + wires + poles


def bus(paint: Paint) -> SetDrawing:
    """A town bus: rows of seats one behind another, yellow poles with bells, straps, the street outside."""
    shell = mix(paint.wall, paint.lit("#dfe2da"), 0.4)
    frames = [(x, 120.0, 360.0, 270.0) for x in (-770.0, -370.0, 30.0, 430.0, 830.0, 1230.0, 1630.0, 2030.0)]
    body = (
        flat(TOP, BOTTOM - TOP, shell)
        + wash(-60, 700, [(0, dark(shell, 0.16), 1), (0.4, shell, 1), (1, dark(shell, 0.16), 1)])
        + flat(420, 230, dark(mix(shell, paint.accent, 0.25), 0.1))
    )
    body += _carriage_roof(paint, shell) + _adverts(paint)
    trims = "".join(
        box(x, y, w, h, "none", ink=paint.lit("#2f333a"), width=24, r=20)
        + path(pts([(x + 60, y + h), (x + 150, y), (x + 210, y), (x + 120, y + h)]), "#ffffff", opacity=0.12)
        + box(x, y + 76, w, 6, paint.lit("#2f333a"))
        for x, y, w, h in frames
    )
    seats = "".join(_bus_seat(paint, x) for x in range(-760, 2360, 236))
    poles = "".join(_bus_pole(paint, x) for x in (-330, 90, 560, 1040, 1500, 1960))
    middle = (
        body
        + cut(*(box(x, y, w, h, "#000000", r=20) for x, y, w, h in frames))
        + fittings.veil(paint, frames)
        + trims
        + fittings.hard_floor(paint, joints=False)
        + seats
        + _straps(paint)
        + poles
    )
    return SetDrawing(
        far=town_beyond(fittings.outside(paint)), middle=middle + extras(paint, 1400, 760), panes=tuple(frames), passing=passing_town(fittings.outside(paint)),
        lamps=tuple(Lamp(x, 10, 420, "#f4f8e8") for x in (200, 800, 1400)),
    )  # fmt: skip


def _adverts(paint: Paint) -> str:
    dice, drawn = paint.dice("adverts"), ""
    for x in range(-780, 2360, 260):
        tone = paint.lit(dice.choice(("#e8b04a", "#d9503f", "#3f7fae", "#5c8a4a", "#f2e6d0")))
        drawn += (
            box(x, -14, 236, 66, tone, ink=paint.ink, width=2.5, r=4)
            + disc(paint, x + 44, 19, 20, pale(tone, 0.5))
            + "".join(box(x + 84, 2 + k * 18, 120 - k * 30, 8, dark(tone, 0.45)) for k in range(2))
        )
    return drawn


def _bus_seat(paint: Paint, x: float) -> str:
    """A seat seen from the side and a little from behind, with its grab rail."""
    cloth = mix(paint.accent, paint.lit(paint.pick("cloth", "#2f7f6a", "#35577a", "#9a4038", "#c9853f")), 0.7)
    back = blob(
        paint,
        [
            (x, 640),
            (x - 16, 420),
            (x - 4, 372),
            (x + 60, 366),
            (x + 84, 400),
            (x + 92, 552),
            (x + 186, 560),
            (x + 190, 612),
            (x + 90, 640),
        ],
        cloth,
        tension=0.45,
    )
    spots = "".join(
        oval(x + a, b, 7, 7, pale(cloth, 0.35))
        for a, b in ((24, 420), (54, 450), (22, 484), (56, 514), (30, 550), (66, 590), (120, 586), (160, 586))
    )
    grip = rod(paint, [(x - 6, 400), (x + 6, 346), (x + 60, 344), (x + 72, 386)], paint.lit("#e8b83a"), 11)
    return grip + back + spots + block(paint, x + 66, 628, 40, 60, paint.lit("#5a6268"))


def _bus_pole(paint: Paint, x: float) -> str:
    yellow = paint.lit("#e8b83a")
    pole = stick(paint, [(x, -60), (x, 720)], yellow, 16) + box(x - 5, -40, 4, 740, "#ffffff", opacity=0.5)
    return pole + f.slab(paint, x - 24, 272, 48, 74, yellow, r=12) + disc(paint, x, 308, 16, "#d9302f")


def _straps(paint: Paint) -> str:
    steel = paint.lit("#c2cacc")
    drawn = stick(paint, [(LEFT, 66), (RIGHT, 66)], paint.lit("#e8b83a"), 13)
    for x in range(-720, 2360, 120):
        drawn += (
            line([(x, 66), (x, 120)], paint.lit("#3a3f48"), 11, smooth=False)
            + poly(paint, [(x - 24, 176), (x - 8, 120), (x + 8, 120), (x + 24, 176)], "none", 15)
            + path(pts([(x - 24, 176), (x - 8, 120), (x + 8, 120), (x + 24, 176)]), ink=steel, width=9)
        )
    return drawn


def town_beyond(paint: Paint) -> str:
    """Sky and roofs that are too far away to go by."""
    return (
        sky(paint, 420)
        + skyline(paint, 380, tall=0.9, seed=paint.seed)
        + flat(372, 1400, paint.lit("#6f727a"))
    )


def passing_town(paint: Paint) -> str:
    """House fronts, lamps, trees and a car that go by."""
    dice, drawn, x = paint.dice("fronts"), "", LEFT
    while x < RIGHT:
        wide, tone = (
            dice.uniform(150, 240),
            paint.lit(dice.choice(("#c98a6a", "#d9c29a", "#a8b0a8", "#c9a0a0", "#b5a082"))),
        )
        drawn += (
            box(x, dice.uniform(60, 130), wide, 290, tone, ink=paint.ink, width=2.5)
            + box(
                x + 14,
                300,
                wide - 28,
                64,
                "#ffd98a" if paint.lamps else paint.lit("#6f8a94"),
                ink=paint.ink,
                width=2.5,
            )
            + box(
                x + 6,
                282,
                wide - 12,
                24,
                paint.lit(dice.choice(("#a8433f", "#3f6b5a", "#35577a"))),
                ink=paint.ink,
                width=2,
            )
        )
        drawn += "".join(
            box(
                x + wide * k - 18,
                y,
                36,
                54,
                "#ffe0a0" if paint.lamps and dice.random() < 0.6 else paint.lit("#5f7480"),
                ink=paint.ink,
                width=2,
            )
            for k in (0.28, 0.72)
            for y in (150, 220)
        )
        x += wide + dice.uniform(0, 50)
    return (
        drawn
        + "".join(g.street_lamp(paint, at, 420) for at in (-460, 300, 1060, 1820))
        + g.car(paint, 700, 460, paint.lit("#5f8aae"))
        + g.car(paint, -300, 460, paint.lit("#c9a04a"))
    )
