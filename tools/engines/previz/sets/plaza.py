"""The square of an old town."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, line, oval, path
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.alley import street_feast
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing
from tools.engines.previz.sets.shapes import blob, block, disc, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.town import cobbles, facades, puddles


def plaza(paint: Paint) -> SetDrawing:
    """A square with an arcade, a town hall with its clock, a fountain, cafe tables."""
    far = sky(paint) + hills(paint, 470, "#8a9f8a", seed=paint.seed, high=150)
    middle = (
        facades(paint, 600, low=230, high=330)
        + _arcade(paint, -760, 7)
        + _arcade(paint, 1330, 8)
        + _town_hall(paint, 800, 606)
        + cobbles(paint, 604)
    )
    middle += (
        "".join(g.street_lamp(paint, x, 690) for x in (210, 1390))
        + g.tree(paint, -150, 690, 1.0)
        + g.tree(paint, 1720, 700, 1.05, tone="#6f9a4c")
    )
    middle += (
        _fountain(paint, 800, 716)
        + _cafe_tables(paint, 1480, 760)
        + g.bench(paint, 400, 720, 240)
        + _flower_pots(paint)
        + _pigeons(paint)
        + puddles(paint)
    )
    if paint.tells("festive"):
        middle += street_feast(paint)
    return SetDrawing(
        far=far,
        middle=middle,
        lamps=(Lamp(210, 170, 420), Lamp(1390, 170, 420), Lamp(800, 520, 380), Lamp(1600, 520, 300)),
    )


def _arcade(paint: Paint, x: float, count: int) -> str:
    tone = pale(paint.wall, 0.12)
    drawn = f.slab(paint, x - 10, 330, count * 130 + 20, 56, pale(tone, 0.15)) + box(
        x, 380, count * 130, 226, tone, ink=paint.ink, width=3
    )
    for k in range(count):
        a = x + 16 + k * 130
        inner = "#e8b060" if paint.lamps else dark(tone, 0.5)
        drawn += path(
            f"M{a} 606V452A49 49 0 0 1 {a + 98} 452V606Z",
            mix(inner, dark(tone, 0.5), 0.4),
            ink=paint.ink,
            width=3.5,
        )
        drawn += path(f"M{a} 606V452A49 49 0 0 1 {a + 98} 452", ink=pale(tone, 0.35), width=9) + block(
            paint, a - 18, 470, 24, 136, pale(tone, 0.2)
        )
    windows = "".join(
        box(
            x + 36 + k * 130,
            250,
            56,
            70,
            "#ffdc8c" if paint.lamps and k % 2 else paint.lit("#7f9aa6"),
            ink=paint.ink,
            width=3,
        )
        for k in range(count)
    )
    return (
        box(x, 210, count * 130, 130, tone, ink=paint.ink, width=3)
        + windows
        + f.slab(paint, x - 14, 190, count * 130 + 28, 30, paint.lit("#b5603f"))
        + drawn
    )


def _town_hall(paint: Paint, x: float, y: float) -> str:
    tone = pale(paint.wall, 0.25)
    body = f.slab(paint, x - 300, y - 350, 600, 350, tone) + f.slab(
        paint, x - 320, y - 376, 640, 34, pale(tone, 0.3)
    )
    tower = f.slab(paint, x - 76, y - 590, 152, 230, tone) + poly(
        paint, [(x - 92, y - 590), (x + 92, y - 590), (x, y - 700)], paint.lit("#b5603f")
    )
    clock = (
        disc(paint, x, y - 500, 50, "#fdf2cf" if paint.lamps else paint.lit("#fbf4e0"))
        + stick(paint, [(x, y - 500), (x, y - 534)], paint.ink, 2)
        + stick(paint, [(x, y - 500), (x + 22, y - 488)], paint.ink, 2)
    )
    panes = "".join(
        path(
            f"M{x + k - 26} {y - 220}V{y - 284}A26 26 0 0 1 {x + k + 26} {y - 284}V{y - 220}Z",
            "#ffdc8c" if paint.lamps else paint.lit("#7f9aa6"),
            ink=paint.ink,
            width=3,
        )
        for k in (-230, -120, 0, 120, 230)
    )
    arches = "".join(
        path(
            f"M{x + k - 40} {y}V{y - 104}A40 40 0 0 1 {x + k + 40} {y - 104}V{y}Z",
            mix("#e8b060", dark(tone, 0.5), 0.5) if paint.lamps else dark(tone, 0.5),
            ink=paint.ink,
            width=3.5,
        )
        for k in (-220, -110, 0, 110, 220)
    )
    balcony = f.slab(paint, x - 110, y - 200, 220, 18, pale(tone, 0.35)) + "".join(
        box(x - 104 + k * 20, y - 182, 6, 26, paint.ink) for k in range(11)
    )
    flags = "".join(
        stick(paint, [(x + k, y - 200), (x + k + 30, y - 270)], paint.wood, 4)
        + poly(
            paint,
            [(x + k + 10, y - 224), (x + k + 30, y - 270), (x + k + 90, y - 250), (x + k + 66, y - 206)],
            paint.accent,
            2.5,
        )
        for k in (-160, 90)
    )
    return body + tower + clock + panes + arches + balcony + flags


def _fountain(paint: Paint, x: float, y: float) -> str:
    stone, water = pale(paint.wall, 0.3), paint.lit("#8fc4d2")
    basin = (
        standing(x, 280, y)
        + f.slab(paint, x - 260, y - 74, 520, 74, stone, r=20)
        + oval(x, y - 70, 246, 26, water, ink=paint.ink, width=3.5)
    )
    bowl = (
        f.slab(paint, x - 26, y - 190, 52, 120, stone)
        + blob(paint, [(x - 130, y - 206), (x - 90, y - 166), (x + 90, y - 166), (x + 130, y - 206)], stone)
        + oval(x, y - 206, 130, 17, water, ink=paint.ink, width=3)
    )
    top = (
        f.slab(paint, x - 14, y - 268, 28, 64, stone)
        + blob(paint, [(x - 60, y - 276), (x - 40, y - 254), (x + 40, y - 254), (x + 60, y - 276)], stone)
        + disc(paint, x, y - 292, 18, stone)
    )
    jets = "".join(
        line(
            [(x + s * 40, y - 276), (x + s * 90, y - 296), (x + s * 112, y - 214)], "#eaf6f8", 5, opacity=0.8
        )
        + line(
            [(x + s * 120, y - 204), (x + s * 190, y - 190), (x + s * 206, y - 84)],
            "#eaf6f8",
            6,
            opacity=0.75,
        )
        for s in (-1, 1)
    )
    return basin + bowl + top + jets + line([(x, y - 300), (x, y - 372)], "#eaf6f8", 7, opacity=0.7)


def _cafe_tables(paint: Paint, x: float, y: float) -> str:
    drawn = ""
    for dx, tone in ((0, paint.accent), (300, paint.lit("#e0c08a"))):
        pole = stick(paint, [(x + dx, y), (x + dx, y - 330)], paint.wood, 8)
        shade = poly(
            paint, [(x + dx - 150, y - 290), (x + dx, y - 370), (x + dx + 150, y - 290)], tone
        ) + poly(
            paint,
            [(x + dx - 50, y - 290), (x + dx, y - 370), (x + dx + 50, y - 290)],
            paint.lit("#f4ead4"),
            2.5,
        )
        drawn += (
            f.chair(paint, x + dx - 96, y)
            + f.chair(paint, x + dx + 96, y, left=True)
            + standing(x + dx, 80, y)
            + pole
            + oval(x + dx, y - 150, 84, 15, paint.lit("#efe6d4"), ink=paint.ink, width=3.5)
            + block(paint, x + dx - 10, y - 180, 24, 24, paint.lit("#f7f0e4"), r=5)
            + shade
        )
    return drawn


def _flower_pots(paint: Paint) -> str:
    return "".join(
        g.bush(paint, x, y - 60, 0.42, bloom=c)
        + poly(paint, [(x - 46, y - 66), (x + 46, y - 66), (x + 34, y), (x - 34, y)], paint.lit("#b5653f"))
        for x, y, c in (
            (110, 730, "#d8506a"),
            (1180, 724, "#e8b04a"),
            (620, 650, "#d8506a"),
            (980, 650, "#f2d6da"),
        )
    )


def _pigeons(paint: Paint) -> str:
    dice, tone = paint.dice("pigeons"), paint.lit("#7d8490")
    spots = [(dice.uniform(520, 1150), dice.uniform(752, 850), dice.choice((-1, 1))) for _ in range(6)]
    return "".join(
        blob(
            paint,
            [
                (x - 20 * s, y - 6),
                (x - 4 * s, y - 20),
                (x + 14 * s, y - 18),
                (x + 20 * s, y - 30),
                (x + 26 * s, y - 22),
                (x + 14 * s, y - 4),
            ],
            tone,
            2,
        )
        + line([(x, y - 4), (x, y + 4)], paint.lit("#c9703f"), 2.5)
        for x, y, s in spots
    )
