"""Fields with a farm."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, clip, curve, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.shapes import blob, block, disc, lamp_light, poly, rod, standing, stick
from tools.engines.previz.sets.sky import hills, sky


def meadow(paint: Paint, top: float) -> str:
    """Grass from the horizon to the camera, with tufts."""
    tone, dice = paint.floor, paint.dice("tufts")
    ground = wash(top, 340, [(0, dark(tone, 0.14), 1), (1, tone, 1)]) + flat(top + 340, 1360 - top, tone)
    shade = dark(tone, 0.24)
    tufts = [(dice.uniform(LEFT, RIGHT), dice.uniform(top + 60, 1240)) for _ in range(120)]
    return ground + "".join(
        path(f"M{x:.0f} {y:.0f}l-6 -16l6 8l4 -18l4 18l8 -10l-5 18Z", shade, opacity=0.65) for x, y in tufts
    )


def countryside(paint: Paint) -> SetDrawing:
    """Fields and hills, a farmhouse and barn, a fence, hay, a mill."""
    far = (
        sky(paint)
        + hills(paint, 520, "#8fa890", seed=paint.seed, high=190)
        + hills(paint, 570, "#9ab07a", seed=paint.seed + 3, high=110)
    )
    fields = "".join(
        path(
            curve([(x, 600), (x + 260, 540), (x + 620, 556), (x + 700, 604)], tension=0.6),
            paint.lit(c),
            ink=dark(paint.lit(c), 0.3),
            width=3,
        )
        for x, c in (
            (-760, "#c9b45a"),
            (-120, "#9ab05a"),
            (560, "#d9c46a"),
            (1180, "#8fa850"),
            (1780, "#c9b45a"),
        )
    )
    furrows = "".join(
        line([(600 + k * 40, 602), (580 + k * 62, 660)], dark(paint.lit("#d9c46a"), 0.25), 3)
        for k in range(18)
    )
    middle = (
        fields
        + _mill(paint, 1020, 590)
        + meadow(paint, 596)
        + furrows
        + _lane(paint)
        + g.tree(paint, -190, 650, 0.95)
        + _farmhouse(paint, 270, 650)
        + _barn(paint, 1400, 660)
    )
    middle += (
        g.tree(paint, 640, 628, 0.5, tone="#7fa860")
        + g.tree(paint, 1840, 690, 1.15, tone="#6f9a4c")
        + _well(paint, 640, 710)
        + "".join(_hay(paint, x, y, s) for x, y, s in ((1180, 690, 0.8), (1700, 760, 1.1), (930, 650, 0.5)))
    )
    middle += (
        _fence(paint, -780, 560, 770)
        + _fence(paint, 1100, 2380, 790)
        + _sunflowers(paint, 60, 800)
        + _sunflowers(paint, 1560, 830)
        + _cow(paint, 1050, 668, 0.6)
    )
    return SetDrawing(far=far, middle=middle, lamps=(Lamp(270, 520, 360), Lamp(1400, 470, 260)))


def _lane(paint: Paint) -> str:
    tone = paint.lit("#d2b98a")
    way = curve(
        [
            (470, 640),
            (560, 700),
            (700, 820),
            (620, 1100),
            (500, 1600),
            (1400, 1600),
            (1120, 1060),
            (900, 800),
            (640, 690),
            (520, 640),
        ]
    )
    ruts = "".join(
        line(p, dark(tone, 0.18), 7)
        for p in ([(580, 700), (780, 840), (760, 1200)], [(640, 700), (900, 860), (1000, 1200)])
    )
    return path(way, tone, ink=dark(tone, 0.25), width=4) + clip(way, ruts)


def _farmhouse(paint: Paint, x: float, y: float) -> str:
    wall, roof = paint.wall, paint.lit("#a8503a")
    body = f.slab(paint, x - 230, y - 210, 460, 210, pale(wall, 0.2))
    tiles = poly(
        paint, [(x - 264, y - 206), (x + 264, y - 206), (x + 190, y - 340), (x - 190, y - 340)], roof
    ) + "".join(
        line(
            [(x - 250 + k * 18, y - 226 - k * 26), (x + 250 - k * 18, y - 226 - k * 26)], dark(roof, 0.25), 3
        )
        for k in range(5)
    )
    chimney = f.slab(paint, x + 90, y - 400, 50, 84, paint.lit("#9a6a52")) + "".join(
        oval(x + 118 + k * 22, y - 424 - k * 40, 20 + k * 8, 15 + k * 6, "#ffffff", opacity=0.34 - k * 0.07)
        for k in range(4)
    )
    lit = "#ffdc8c" if paint.lamps else paint.lit("#8fb0bc")
    panes = "".join(
        block(paint, x + k, y - 160, 62, 72, lit)
        + line([(x + k + 31, y - 160), (x + k + 31, y - 88)], paint.lit("#f2ead8"), 5)
        + "".join(block(paint, x + k + s, y - 160, 22, 72, paint.accent) for s in (-24, 64))
        for k in (-180, 110)
    )
    entry = (
        block(paint, x - 40, y - 140, 80, 140, dark(paint.wood, 0.1))
        + poly(paint, [(x - 66, y - 140), (x + 66, y - 140), (x + 46, y - 180), (x - 46, y - 180)], roof)
        + lamp_light(paint, x + 62, y - 120, 120)
    )
    steps = f.slab(paint, x - 56, y - 12, 112, 16, paint.lit("#b9b0a0")) + "".join(
        g.bush(paint, x + k, y + 4, 0.4, bloom="#d8506a") for k in (-150, 150)
    )
    return standing(x, 250, y) + chimney + body + tiles + panes + entry + steps


def _barn(paint: Paint, x: float, y: float) -> str:
    red = paint.accent
    body = pts(
        [
            (x - 170, y),
            (x - 170, y - 190),
            (x - 110, y - 280),
            (x, y - 330),
            (x + 110, y - 280),
            (x + 170, y - 190),
            (x + 170, y),
        ]
    )
    planks = "".join(
        line([(x - 170 + k * 26, y), (x - 170 + k * 26, y - 340)], dark(red, 0.2), 3) for k in range(14)
    )
    trim = line(
        [(x - 186, y - 180), (x - 118, y - 288), (x, y - 342), (x + 118, y - 288), (x + 186, y - 180)],
        paint.lit("#f2ead8"),
        13,
        smooth=False,
    )
    doors = block(paint, x - 70, y - 150, 140, 150, dark(red, 0.15)) + "".join(
        line([(x + a, y - 146), (x + b, y - 4)], paint.lit("#f2ead8"), 7, smooth=False)
        for a, b in ((-66, -4), (-4, -66), (4, 66), (66, 4))
    )
    loft = block(paint, x - 30, y - 256, 60, 56, "#ffcf7a" if paint.lamps else dark(red, 0.5))
    return (
        standing(x, 190, y)
        + path(body, red)
        + clip(body, planks)
        + path(body, ink=paint.ink, width=3.5)
        + trim
        + doors
        + loft
    )


def _mill(paint: Paint, x: float, y: float) -> str:
    stone = paint.lit("#d9cdb8")
    tower = poly(paint, [(x - 44, y), (x + 44, y), (x + 30, y - 170), (x - 30, y - 170)], stone, 3) + poly(
        paint, [(x - 38, y - 168), (x + 38, y - 168), (x, y - 214)], paint.lit("#7a5a48"), 3
    )
    sails = "".join(
        line([(x, y - 176), (x + a, y - 176 + b)], paint.wood, 6, smooth=False)
        + poly(
            paint,
            [
                (x + a * 0.3 - b * 0.02, y - 176 + b * 0.3 + a * 0.02),
                (x + a, y - 176 + b),
                (x + a - b * 0.16, y - 176 + b + a * 0.16),
                (x + a * 0.3 - b * 0.16, y - 176 + b * 0.3 + a * 0.16),
            ],
            paint.lit("#f2ead8"),
            2,
        )
        for a, b in ((96, -60), (60, 96), (-96, 60), (-60, -96))
    )
    return tower + sails + disc(paint, x, y - 176, 9, paint.ink)


def _fence(paint: Paint, x0: float, x1: float, y: float) -> str:
    posts = "".join(
        f.slab(paint, x, y - 116, 24, 116, pale(paint.wood, 0.18)) for x in range(int(x0), int(x1), 130)
    )
    rails = "".join(f.slab(paint, x0, y - k, x1 - x0, 17, pale(paint.wood, 0.1)) for k in (94, 50))
    return rails + posts


def _hay(paint: Paint, x: float, y: float, s: float) -> str:
    straw = paint.lit("#d9b65a")
    side = (
        disc(paint, x, y - 70 * s, 76 * s, straw)
        + oval(x, y - 70 * s, 50 * s, 50 * s, "none", ink=dark(straw, 0.25), width=4)
        + oval(x, y - 70 * s, 24 * s, 24 * s, "none", ink=dark(straw, 0.25), width=4)
    )
    roll = box(x, y - 146 * s, 110 * s, 152 * s, dark(straw, 0.12), ink=paint.ink, width=3.5, r=30 * s)
    return standing(x + 30 * s, 110 * s, y) + roll + side


def _well(paint: Paint, x: float, y: float) -> str:
    stone = paint.lit("#a9a195")
    wall = f.slab(paint, x - 70, y - 84, 140, 84, stone, r=8) + "".join(
        block(paint, x - 62 + k % 3 * 44 + k // 3 * 12, y - 74 + k // 3 * 26, 36, 20, pale(stone, 0.15), r=5)
        for k in range(8)
    )
    roof = "".join(
        stick(paint, [(x + k, y - 80), (x + k, y - 190)], paint.wood, 9) for k in (-58, 58)
    ) + poly(paint, [(x - 92, y - 180), (x + 92, y - 180), (x, y - 250)], paint.lit("#a8503a"))
    return (
        standing(x, 84, y)
        + line([(x, y - 180), (x, y - 120)], paint.ink, 4)
        + block(paint, x - 18, y - 122, 36, 36, paint.wood, r=4)
        + wall
        + roof
    )


def _sunflowers(paint: Paint, x: float, y: float) -> str:
    drawn = ""
    for k, h in enumerate((150, 190, 130, 170)):
        cx = x - 90 + k * 58
        leaf = paint.lit("#5c8a4a")
        petals = "".join(
            oval(cx + dx * 26, y - h + dy * 26, 15, 15, paint.lit("#e8b43a"), ink=paint.ink, width=2)
            for dx, dy in (
                (1, 0),
                (0.7, 0.7),
                (0, 1),
                (-0.7, 0.7),
                (-1, 0),
                (-0.7, -0.7),
                (0, -1),
                (0.7, -0.7),
            )
        )
        drawn += (
            rod(paint, [(cx, y), (cx + 4, y - h * 0.5), (cx, y - h)], leaf, 7)
            + blob(
                paint,
                [
                    (cx + 2, y - h * 0.4),
                    (cx + 34, y - h * 0.56),
                    (cx + 44, y - h * 0.44),
                    (cx + 18, y - h * 0.3),
                ],
                leaf,
                3,
            )
            + petals
            + disc(paint, cx, y - h, 18, paint.lit("#6b4226"))
        )
    return drawn


def _cow(paint: Paint, x: float, y: float, s: float) -> str:
    white, black = paint.lit("#f4efe4"), paint.lit("#3a3038")
    body = curve(
        [
            (x + a * s, y + b * s)
            for a, b in ((-100, -60), (-96, -130), (60, -134), (96, -110), (100, -60), (60, -46), (-60, -46))
        ],
        tension=0.7,
    )
    legs = "".join(block(paint, x + k * s, y - 54 * s, 20 * s, 54 * s, white) for k in (-86, -56, 50, 78))
    head = blob(
        paint,
        [(x + a * s, y + b * s) for a, b in ((84, -150), (130, -160), (152, -120), (140, -92), (108, -98))],
        white,
        3,
    )
    spots = oval(x - 40 * s, y - 110 * s, 34 * s, 24 * s, black) + oval(
        x + 40 * s, y - 76 * s, 30 * s, 20 * s, black
    )
    return (
        legs
        + path(body, white)
        + clip(body, spots)
        + path(body, ink=paint.ink, width=3)
        + head
        + oval(x + 144 * s, y - 104 * s, 13 * s, 15 * s, paint.lit("#e0a8a0"), ink=paint.ink, width=2)
        + oval(x + 122 * s, y - 134 * s, 3, 4, paint.ink)
    )
