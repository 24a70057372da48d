"""The cemetery."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.land import meadow
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing
from tools.engines.previz.sets.shapes import blob, block, disc, poly, rod, standing
from tools.engines.previz.sets.sky import hills, sky


def cemetery(paint: Paint) -> SetDrawing:
    """Stones and crosses among cypresses, a chapel, an iron gate, an angel."""
    far = sky(paint) + hills(paint, 540, "#7f9488", seed=paint.seed, high=150)
    trees = "".join(
        path(
            curve([(x - 44, 640), (x - 50, 470), (x, 210), (x + 50, 470), (x + 44, 640)]),
            paint.lit("#3a5a48"),
            ink=paint.ink,
            width=3.5,
        )
        + line([(x - 12, 600), (x - 5, 380)], paint.lit("#527a60"), 6)
        for x in (-560, -260, 110, 1240, 1560, 1840, 2160)
    )
    way = _cemetery_way(paint)
    rows = "".join(
        _stone(paint, x, y, s, k)
        for k, (x, y, s) in enumerate(
            (
                (330, 660, 0.55),
                (470, 664, 0.6),
                (1090, 660, 0.55),
                (1200, 668, 0.6),
                (980, 650, 0.5),
                (610, 650, 0.5),
            )
        )
    )
    front = _cemetery_front(paint)
    middle = (
        trees
        + _railing(paint, 610)
        + meadow(paint, 606)
        + way
        + _chapel(paint, 800, 620)
        + rows
        + _bare_tree(paint, 1590, 690)
        + _angel(paint, 1010, 720)
        + front
    )
    middle += (
        "".join(
            g.bush(paint, x, y, 0.3, bloom=c)
            for x, y, c in (
                (200, 752, "#f2e6e0"),
                (1200, 752, "#d8506a"),
                (450, 760, "#e8b04a"),
                (1460, 770, "#f2e6e0"),
            )
        )
        + g.street_lamp(paint, 640, 700)
        + _leaves(paint)
    )
    return SetDrawing(far=far, middle=middle, lamps=(Lamp(640, 180, 420), Lamp(800, 520, 260)))


def _cemetery_front(paint: Paint) -> str:
    return "".join(
        _stone(paint, x, y, s, k + 2)
        for k, (x, y, s) in enumerate(
            (
                (180, 740, 1.0),
                (430, 748, 1.05),
                (1180, 740, 1.0),
                (1440, 756, 1.1),
                (-120, 752, 1.1),
                (1760, 752, 1.1),
                (-420, 748, 1.0),
            )
        )
    )


def _cemetery_way(paint: Paint) -> str:
    return path(
        curve(
            [
                (740, 610),
                (700, 720),
                (560, 940),
                (300, 1500),
                (1300, 1500),
                (1060, 940),
                (900, 720),
                (860, 610),
            ]
        ),
        paint.lit("#b9ab94"),
        ink=dark(paint.lit("#b9ab94"), 0.3),
        width=4,
    )


def _railing(paint: Paint, y: float) -> str:
    iron = paint.lit("#33363d")
    bars = "".join(
        line([(x, y), (x, y - 140)], iron, 5, smooth=False)
        + path(pts([(x - 7, y - 138), (x + 7, y - 138), (x, y - 160)]), iron)
        for x in [*range(-790, 640, 30), *range(970, 2390, 30)]
    )
    rails = "".join(box(a, y - k, b - a, 7, iron) for k in (30, 124) for a, b in ((LEFT, 640), (960, RIGHT)))
    posts = "".join(
        f.slab(paint, x, y - 210, 50, 216, paint.lit("#a9a195"))
        + disc(paint, x + 25, y - 226, 24, paint.lit("#a9a195"))
        for x in (620, 940)
    )
    return bars + rails + posts


def _stone(paint: Paint, x: float, y: float, s: float, kind: int) -> str:
    tone = (paint.lit("#a9a9a4"), paint.lit("#b9b2a4"), paint.lit("#8f9498"))[kind % 3]
    base = standing(x, 74 * s, y) + f.slab(paint, x - 70 * s, y - 22 * s, 140 * s, 22 * s, dark(tone, 0.1))
    words = "".join(
        line([(x - w * s, y - h * s), (x + w * s, y - h * s)], dark(tone, 0.35), 4 * s)
        for w, h in ((30, 110), (36, 92), (22, 74))
    )
    if kind % 3 == 1:
        cross = (
            block(paint, x - 13 * s, y - 200 * s, 26 * s, 180 * s, tone)
            + block(paint, x - 56 * s, y - 160 * s, 112 * s, 26 * s, tone)
            + box(x - 11 * s, y - 158 * s, 22 * s, 22 * s, tone)
        )
        return base + cross
    d = f"M{x - 54 * s:.1f} {y - 20 * s:.1f}V{y - 120 * s:.1f}A{54 * s:.1f} {54 * s:.1f} 0 0 1 {x + 54 * s:.1f} {y - 120 * s:.1f}V{y - 20 * s:.1f}Z"
    return (
        base
        + path(d, tone)
        + clip(d, box(x - 60 * s, y - 190 * s, 24 * s, 180 * s, dark(tone, 0.2)))
        + path(d, ink=paint.ink, width=3.5)
        + words
        + (disc(paint, x, y - 138 * s, 14 * s, dark(tone, 0.15)) if kind % 2 else "")
    )


def _chapel(paint: Paint, x: float, y: float) -> str:
    wall = pale(paint.wall, 0.25)
    body = f.slab(paint, x - 110, y - 170, 220, 170, wall) + poly(
        paint, [(x - 134, y - 166), (x + 134, y - 166), (x, y - 270)], paint.lit("#6f5a54")
    )
    tower = (
        f.slab(paint, x - 30, y - 340, 60, 90, wall)
        + poly(paint, [(x - 40, y - 338), (x + 40, y - 338), (x, y - 410)], paint.lit("#6f5a54"))
        + box(x - 4, y - 450, 8, 44, paint.ink)
        + box(x - 16, y - 438, 32, 8, paint.ink)
        + oval(x, y - 292, 15, 19, dark(wall, 0.6), ink=paint.ink, width=3)
    )
    door = path(
        f"M{x - 34} {y}V{y - 70}A34 34 0 0 1 {x + 34} {y - 70}V{y}Z",
        "#ffcf7a" if paint.lamps else dark(paint.wood, 0.2),
        ink=paint.ink,
        width=3.5,
    )
    return (
        body + tower + door + disc(paint, x, y - 190, 20, "#ffcf7a" if paint.lamps else paint.lit("#6f8fa0"))
    )


def _bare_tree(paint: Paint, x: float, y: float) -> str:
    bark = paint.lit("#4a3c38")
    limbs = (
        [(0, 0), (-6, -160), (10, -320), (-20, -430)],
        [(0, -170), (-70, -270), (-130, -360)],
        [(6, -220), (80, -310), (140, -420)],
        [(-50, -246), (-120, -280), (-190, -290)],
        [(66, -300), (130, -310), (190, -350)],
        [(4, -320), (50, -400), (60, -470)],
    )
    widths = (34, 18, 18, 10, 10, 12)
    placed = [[(x + a, y + b) for a, b in limb] for limb in limbs]
    return (
        standing(x, 90, y)
        + "".join(line(p, paint.ink, w + 6) for p, w in zip(placed, widths, strict=True))
        + "".join(line(p, bark, w) for p, w in zip(placed, widths, strict=True))
    )


def _angel(paint: Paint, x: float, y: float) -> str:
    stone = mix(paint.lit("#c9c6bc"), paint.wall, 0.2)
    plinth = f.slab(paint, x - 56, y - 110, 112, 110, dark(stone, 0.08)) + f.slab(
        paint, x - 66, y - 122, 132, 18, stone
    )
    wings = "".join(
        blob(
            paint,
            [
                (x + s * 14, y - 240),
                (x + s * 70, y - 330),
                (x + s * 104, y - 290),
                (x + s * 84, y - 190),
                (x + s * 30, y - 170),
            ],
            dark(stone, 0.1),
        )
        for s in (-1, 1)
    )
    robe = blob(
        paint,
        [(x - 22, y - 262), (x - 44, y - 124), (x + 44, y - 124), (x + 22, y - 262)],
        stone,
        tension=0.4,
    )
    arms = rod(paint, [(x - 20, y - 240), (x - 4, y - 206), (x + 18, y - 240)], stone, 12)
    return (
        standing(x, 74, y)
        + plinth
        + wings
        + robe
        + arms
        + disc(paint, x, y - 284, 24, stone)
        + oval(x, y - 318, 24, 6, "none", ink=dark(stone, 0.3), width=4)
    )


def _leaves(paint: Paint) -> str:
    dice = paint.dice("leaves")
    return "".join(
        oval(
            dice.uniform(LEFT, RIGHT),
            dice.uniform(690, 1240),
            8,
            4,
            paint.lit(dice.choice(("#c9853f", "#a85a3a", "#d9b04a"))),
            opacity=0.8,
        )
        for _ in range(70)
    )
