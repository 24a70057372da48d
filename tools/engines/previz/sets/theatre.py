"""A theatre seen from the floor."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, curve, glow, gradient, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import BOTTOM, LEFT, RIGHT, TOP, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.shapes import blob, block, disc, lamp_light, poly, standing, stick
from tools.engines.previz.sets.stalls import seats


def stage(paint: Paint) -> SetDrawing:
    """A theatre from the floor: curtain, painted backdrop, footlights, boxes at the sides."""
    if paint.tells("seats"):
        return seats(paint)
    red, gold = paint.accent, paint.lit("#d9a94a")
    define, night = gradient(
        [(0, paint.lit("#26355c"), 1), (0.6, paint.lit("#5a6a9a"), 1), (1, paint.lit("#c98f7a"), 1)]
    )
    drop = _stage_drop(paint, define, night)
    stars = "".join(
        disc(paint, x, y, 7, paint.lit("#f6e9b0"))
        for x, y in ((300, 90), (460, 180), (620, 70), (820, 210), (930, 90), (380, 260), (720, 300))
    )
    boards = wash(600, 330, [(0, dark(paint.floor, 0.35), 1), (1, paint.floor, 1)]) + "".join(
        line([(800 + x, 602), (800 + x * 2, 930)], dark(paint.floor, 0.3), 3, smooth=False)
        for x in range(-1600, 1601, 110)
    )
    wings = "".join(_wing(paint, x, red, way) for x, way in ((120, 1), (1480, -1)))
    swags = _stage_swags(paint, gold, red)
    arch = _stage_arch(paint, gold)
    house = flat(TOP, BOTTOM - TOP, dark(paint.wall, 0.3)) + "".join(
        _balcony(paint, x, y, gold) for x in (-480, 2080) for y in (110, 430)
    )
    front = f.slab(paint, LEFT, 930, RIGHT - LEFT, 60, dark(paint.wood, 0.15)) + "".join(
        _footlight(paint, x, 930) for x in range(-60, 1700, 150)
    )
    pit = flat(990, 710, dark(paint.wall, 0.6)) + "".join(
        box(x, y, 130, 400, dark(red, 0.35 if y < 1100 else 0.45), ink=paint.ink, width=3.5, r=30)
        for y in (1040, 1180, 1360)
        for x in range(-780 + y % 3 * 50, 2400, 160)
    )
    beams = _beams()
    piano = _grand(paint, 1250, 700) if paint.tells("piano") else ""
    middle = (
        house
        + drop
        + stars
        + boards
        + wings
        + ("" if paint.tells("period", "backstage") else _mic(paint, 800, 780))
        + (_fly_ropes(paint) if paint.tells("backstage") else piano)
        + beams
        + swags
        + arch
        + front
        + pit
        + _spots(paint)
    )
    return SetDrawing(
        far=flat(TOP, BOTTOM - TOP, dark(paint.wall, 0.4)),
        middle=middle,
        lamps=(
            Lamp(640, 600, 560, "#fff0c8"),
            Lamp(980, 600, 560, "#fff0c8"),
            Lamp(800, 900, 700, "#ffc877", 0.7),
        ),
    )


def _beams() -> str:
    """Two shafts of light and their pools on the boards."""
    return "".join(
        path(pts([(a, -40), (a + 40, -40), (b + 190, 860), (b - 190, 860)]), "#fff0c0", opacity=0.12)
        + oval(b, 862, 190, 26, "#fff0c0", opacity=0.22)
        for a, b in ((420, 640), (1140, 980))
    )


def _fly_ropes(paint: Paint) -> str:
    """What hangs beside the scene: ropes on their rail, sandbags, counterweights."""
    rope, bag = paint.lit("#b59a6a"), paint.lit("#a08a64")
    drawn = ""
    for k, x in enumerate((1180, 1236, 1292, 1348, 250, 306, 362)):
        low = 560 + k % 3 * 34
        drawn += stick(paint, [(x, -120), (x, low)], rope, 8)
        drawn += blob(
            paint, [(x - 22, low + 70), (x - 16, low + 6), (x + 16, low + 6), (x + 22, low + 70)], bag
        )
    return drawn + block(paint, 1150, 690, 240, 22, paint.wood) + block(paint, 220, 690, 190, 22, paint.wood)


def _stage_arch(paint: Paint, gold: str) -> str:
    return (
        f.slab(paint, -150, -400, 210, 1060, dark(gold, 0.12))
        + f.slab(paint, 1540, -400, 210, 1060, dark(gold, 0.12))
        + f.slab(paint, -190, -130, 1980, 110, gold)
        + "".join(disc(paint, x, -76, 26, dark(gold, 0.2)) for x in range(-120, 1760, 94))
        + "".join(f.slab(paint, x, y, 130, 120, gold, r=6) for x in (-110, 1580) for y in (160, 330, 500))
    )


def _stage_swags(paint: Paint, gold: str, red: str) -> str:
    return "".join(
        path(
            curve(
                [
                    (60 + k * 250, -40),
                    (80 + k * 250, 90),
                    (185 + k * 250, 150),
                    (290 + k * 250, 90),
                    (310 + k * 250, -40),
                ],
                tension=0.8,
            ),
            red,
            ink=paint.ink,
            width=3.5,
        )
        + line([(84 + k * 250, 92), (185 + k * 250, 148), (286 + k * 250, 92)], gold, 9)
        for k in range(6)
    )


def _stage_drop(paint: Paint, define: str, night: str) -> str:
    return (
        define
        + box(120, -60, 1360, 700, night)
        + disc(paint, 1080, 170, 70, paint.lit("#f4e6b8"))
        + "".join(
            path(
                curve(
                    [
                        (100, y + 60),
                        (360, y - 50 + k * 30),
                        (700, y + 20),
                        (1100, y - 70 + k * 20),
                        (1500, y + 30),
                        (1500, 700),
                        (100, 700),
                    ]
                ),
                paint.lit(c),
            )
            for k, (y, c) in enumerate(((480, "#4f6a7a"), (540, "#3f5a5a"), (590, "#34493f")))
        )
    )


def _wing(paint: Paint, x: float, red: str, way: int) -> str:
    folds = "".join(
        path(
            curve(
                [
                    (x + way * k * 52, -60),
                    (x + way * (k * 50 + 10), 300),
                    (x + way * (k * 54 - 6), 700),
                    (x + way * (k * 54 + 40), 704),
                    (x + way * (k * 50 + 52), 300),
                    (x + way * (k * 52 + 50), -60),
                ],
                tension=0.6,
            ),
            red if k % 2 else dark(red, 0.22),
            ink=paint.ink,
            width=2.5,
        )
        for k in range(-2, 4)
    )
    return folds


def _footlight(paint: Paint, x: float, y: float) -> str:
    return (
        glow(x, y - 30, 120, 100, "#ffd98a", 0.5)
        + blob(
            paint,
            [(x - 40, y + 4), (x - 34, y - 34), (x, y - 46), (x + 34, y - 34), (x + 40, y + 4)],
            paint.lit("#b58a3a"),
        )
        + oval(x, y - 12, 20, 12, "#fff2c8")
    )


def _balcony(paint: Paint, x: float, y: float, gold: str) -> str:
    opening_ = box(x - 190, y - 150, 380, 200, dark(paint.wall, 0.55), ink=paint.ink, width=4, r=90)
    return (
        opening_
        + f.slab(paint, x - 220, y + 40, 440, 90, gold, r=20)
        + "".join(disc(paint, x - 150 + k * 100, y + 84, 26, dark(gold, 0.2)) for k in range(4))
        + lamp_light(paint, x, y - 60, 200)
    )


def _mic(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#aab2b8")
    return (
        standing(x, 60, y)
        + stick(paint, [(x, y - 6), (x, y - 330)], steel, 7)
        + disc(paint, x, y - 6, 54, paint.lit("#3a3e46"), 10)
        + box(x - 17, y - 380, 34, 60, steel, ink=paint.ink, width=3.5, r=16)
        + "".join(
            line([(x - 13, y - 372 + k * 12), (x + 13, y - 372 + k * 12)], paint.ink, 2.5) for k in range(4)
        )
    )


def _grand(paint: Paint, x: float, y: float) -> str:
    black = paint.lit("#1f1c24")
    lid = poly(
        paint,
        [(x - 150, y - 190), (x + 200, y - 190), (x + 250, y - 400), (x - 20, y - 360)],
        pale(black, 0.1),
    )
    body = blob(
        paint,
        [(x - 210, y - 130), (x - 200, y - 200), (x + 210, y - 200), (x + 230, y - 130)],
        black,
        tension=0.3,
    )
    keys = box(x - 216, y - 152, 130, 14, paint.lit("#f4efe2"), ink=paint.ink, width=2.5)
    legs = "".join(block(paint, x + k, y - 130, 20, 130, black) for k in (-180, -20, 170))
    return (
        standing(x, 220, y)
        + lid
        + legs
        + body
        + keys
        + f.slab(paint, x - 330, y - 96, 90, 22, paint.lit("#4a2a2a"), r=6)
        + "".join(block(paint, x + k, y - 74, 10, 74, black) for k in (-318, -262))
    )


def _spots(paint: Paint) -> str:
    black = paint.lit("#23252b")
    bar_ = stick(paint, [(-100, -20), (1700, -20)], black, 12)
    return bar_ + "".join(
        poly(paint, [(x - 34, 0), (x + 34, 0), (x + 44, 62), (x - 44, 62)], black)
        + oval(x, 62, 40, 12, "#fff6d8", ink=paint.ink, width=3)
        for x in (260, 440, 620, 980, 1160, 1340)
    )
