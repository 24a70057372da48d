"""The market of an old town."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, line, oval, path
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.shapes import blob, block, disc, lamp_light, poly, standing, stick
from tools.engines.previz.sets.sky import sky, skyline

FRUIT = ("#d9503f", "#e8a03a", "#8fae4a", "#e8cf5a", "#7a3f5a", "#c9703f")


def cobbles(paint: Paint, top: float) -> str:
    """Paving in perspective with a few stones picked out."""
    tone, dice = paint.floor, paint.dice("cobbles")
    ground = wash(top, 320, [(0, dark(tone, 0.22), 1), (1, tone, 1)]) + flat(top + 320, 1400 - top, tone)
    rows, y, step = "", top + 8.0, 12.0
    while y < 1500:
        rows += box(LEFT, y, RIGHT - LEFT, 2.4, dark(tone, 0.2), opacity=0.6)
        for _ in range(9):
            x = dice.uniform(LEFT, RIGHT)
            rows += box(
                x, y + 2, step * 2.6, step - 3, dice.choice((dark(tone, 0.1), pale(tone, 0.14))), r=step * 0.3
            )
        y, step = y + step, step * 1.12
    return ground + rows


def facades(paint: Paint, base: float, *, low: float = 250.0, high: float = 430.0) -> str:
    """A row of old houses with shutters and balconies, as wide as the set."""
    dice, x, drawn = paint.dice("facades"), LEFT, ""
    tones = ("#d9b48a", "#c98f6a", "#e0cba0", "#b5806a", "#c9a88a", "#a9b0a0", "#d99a7a")
    while x < RIGHT:
        w, h = dice.uniform(170, 260), dice.uniform(low, high)
        drawn += _facade(
            paint, (x, base - h, w, h), mix(paint.wall, paint.lit(dice.choice(tones)), 0.65), dice.random()
        )
        x += w
    return drawn


def _facade(paint: Paint, frame: tuple[float, float, float, float], tone: str, chance: float) -> str:
    x, y, w, h = frame
    roof = poly(
        paint, [(x - 12, y), (x + w + 12, y), (x + w - 14, y - 46), (x + 14, y - 46)], paint.lit("#b5603f"), 3
    )
    roof += "".join(
        line([(x + k, y - 2), (x + k + 4, y - 42)], dark(paint.lit("#b5603f"), 0.25), 2.5)
        for k in range(14, int(w), 22)
    )
    wall = box(x, y, w, h, tone, ink=paint.ink, width=3) + box(x, y, w * 0.07, h, dark(tone, 0.18))
    shutter = paint.lit(("#4f7a6a", "#5a6f8a", "#8a5a3f", "#6f7a4f")[int(chance * 4)])
    panes, rows = "", max(1, int((h - 130) // 120))
    for r in range(rows):
        for c in range(2):
            px, py = x + w * (0.2 + 0.4 * c), y + 30 + r * 118
            lit = paint.lamps and (r * 2 + c + int(chance * 10)) % 3 != 0
            panes += box(
                px,
                py,
                44,
                72,
                "#ffdc8c" if lit else paint.lit("#8fb0bc") if not paint.night else "#2a3350",
                ink=paint.ink,
                width=2.5,
            )
            panes += "".join(box(px + k, py, 18, 72, shutter, ink=paint.ink, width=2.5) for k in (-20, 46))
            panes += box(px - 22, py + 74, 88, 7, pale(tone, 0.35))
    door = box(x + w * 0.4, y + h - 104, w * 0.22, 104, dark(shutter, 0.2), ink=paint.ink, width=3)
    return roof + wall + panes + door


def bunting(paint: Paint, y: float, sag: float) -> str:
    """Little flags on strings over the street."""
    drawn = ""
    for x0 in range(int(LEFT), int(RIGHT), 640):
        drawn += line([(x0, y), (x0 + 320, y + sag), (x0 + 640, y)], paint.ink, 3)
        for k in range(1, 14):
            x, t = x0 + k * 640 / 14, k / 14
            fy = y + sag * 4 * t * (1 - t)
            drawn += poly(
                paint,
                [(x - 15, fy), (x + 15, fy + 1), (x, fy + 36)],
                (paint.accent, paint.lit("#e8b04a"), paint.lit("#3f7f8c"), paint.lit("#f2e6d0"))[k % 4],
                2,
            )
    return drawn


def market(paint: Paint) -> SetDrawing:
    """Stalls of fruit, flowers and bread under awnings, flags over the street."""
    far = sky(paint) + skyline(paint, 420, tall=0.6, seed=paint.seed)
    ground = cobbles(paint, 630)
    stripes = [paint.accent, paint.lit("#3f7f6a"), paint.lit("#e0a03a"), paint.lit("#35577a")]
    spots = ((-420, 680, 0), (200, 690, 1), (1330, 700, 2), (1960, 690, 3))
    stalls = "".join(_stall(paint, x, y, stripes[k]) for x, y, k in spots)
    middle = (
        facades(paint, 634)
        + ground
        + bunting(paint, 60, 70)
        + _flower_stall(paint, 800, 668)
        + stalls
        + _scales(paint, 330, 520)
    )
    middle += (
        _barrels(paint, 560, 730)
        + _sacks(paint, 1060, 720)
        + _baskets(paint, 1650, 770)
        + _baskets(paint, -60, 790)
        + _handcart(paint, 1010, 690)
    )
    middle += g.street_lamp(paint, 640, 660) + puddles(paint)
    lamps = tuple(Lamp(x, 380, 380) for x, _, _ in spots)
    return SetDrawing(far=far, middle=middle, lamps=(*lamps, Lamp(640, 140, 420)))


def puddles(paint: Paint) -> str:
    """What rain leaves on the ground."""
    if not paint.wet:
        return ""
    return "".join(
        oval(x, y, w, w * 0.1, pale(paint.floor, 0.35), opacity=0.5)
        + oval(x - w * 0.2, y - w * 0.02, w * 0.5, w * 0.03, "#ffffff", opacity=0.25)
        for x, y, w in (
            (300, 800, 170),
            (1100, 880, 220),
            (1500, 790, 120),
            (-200, 870, 200),
            (800, 1010, 260),
        )
    )


def _stall(paint: Paint, x: float, y: float, tone: str) -> str:
    posts = "".join(stick(paint, [(x + k, y), (x + k, y - 350)], paint.wood, 11) for k in (-220, 220))
    n = 8
    awning = "".join(
        poly(
            paint,
            [
                (x - 250 + k * 500 / n, y - 310),
                (x - 250 + (k + 1) * 500 / n, y - 310),
                (x - 210 + (k + 1) * 420 / n, y - 420),
                (x - 210 + k * 420 / n, y - 420),
            ],
            tone if k % 2 else paint.lit("#f4ead4"),
            2.5,
        )
        + path(
            f"M{x - 250 + k * 500 / n:.1f} {y - 312}a{250 / n:.1f} 26 0 0 0 {500 / n:.1f} 0Z",
            tone if k % 2 else paint.lit("#f4ead4"),
            ink=paint.ink,
            width=2.5,
        )
        for k in range(n)
    )
    bulb = (
        lamp_light(paint, x, y - 270, 240)
        + line([(x, y - 312), (x, y - 284)], paint.ink, 4)
        + disc(paint, x, y - 272, 13, "#ffe9b0" if paint.lamps else paint.lit("#e9e2cc"))
    )
    table = f.slab(paint, x - 230, y - 130, 460, 130, dark(paint.wood, 0.08)) + "".join(
        line([(x - 222, y - 96 + k * 34), (x + 222, y - 96 + k * 34)], dark(paint.wood, 0.4), 3)
        for k in range(3)
    )
    dice, goods = paint.dice(f"stall{x}"), ""
    for c in range(4):
        cx, fruit = x - 172 + c * 115, paint.lit(dice.choice(FRUIT))
        goods += f.slab(paint, cx - 54, y - 178, 108, 50, pale(paint.wood, 0.25), r=3)
        goods += "".join(
            disc(paint, cx - 38 + k % 4 * 25 + k // 4 * 12, y - 182 - k // 4 * 18, 14, fruit)
            for k in range(7)
        )
        goods += poly(
            paint,
            [(cx - 18, y - 214), (cx + 20, y - 214), (cx + 20, y - 242), (cx - 18, y - 242)],
            paint.lit("#fbf4e0"),
            2,
        ) + line([(cx - 10, y - 228), (cx + 12, y - 229)], paint.ink, 3)
    return standing(x, 250, y) + posts + bulb + table + goods + awning


def _flower_stall(paint: Paint, x: float, y: float) -> str:
    steps = "".join(
        f.slab(paint, x - 150 + k * 26, y - 50 - k * 56, 300 - k * 52, 50, pale(paint.wood, 0.1 + k * 0.08))
        for k in range(3)
    )
    tones = ("#d8506a", "#f2d6da", "#e8b04a", "#b58ac9", "#f2e6e0")
    pots = "".join(
        g.bush(paint, x - 110 + c * 74 + r * 22, y - 78 - r * 58, 0.3, bloom=tones[(c + r) % 5])
        + block(paint, x - 126 + c * 74 + r * 22, y - 80 - r * 58, 34, 30, paint.lit("#b5653f"), r=4)
        for r in range(3)
        for c in range(4 - r)
    )
    return standing(x, 170, y) + steps + pots


def _scales(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#b9c0c4")
    return (
        line([(x, y - 128), (x, y - 90)], paint.ink, 4)
        + disc(paint, x, y - 60, 34, paint.lit("#fbf4e0"))
        + line([(x, y - 60), (x + 14, y - 78)], paint.ink, 4)
        + blob(paint, [(x - 46, y), (x - 30, y + 22), (x + 30, y + 22), (x + 46, y)], steel)
        + "".join(line([(x + k, y), (x, y - 28)], paint.ink, 2.5) for k in (-42, 42))
    )


def _barrels(paint: Paint, x: float, y: float) -> str:
    drawn = ""
    for k, dx in enumerate((0, 104)):
        d = curve(
            [
                (x + dx - 44, y - 130),
                (x + dx - 54, y - 65),
                (x + dx - 44, y),
                (x + dx + 44, y),
                (x + dx + 54, y - 65),
                (x + dx + 44, y - 130),
            ],
            tension=0.7,
        )
        hoops = "".join(box(x + dx - 60, y - h, 120, 9, paint.lit("#5a5f66")) for h in (112, 30))
        drawn += (
            standing(x + dx, 60, y)
            + path(d, pale(paint.wood, k * 0.1))
            + clip(d, hoops)
            + path(d, ink=paint.ink, width=3.5)
            + oval(x + dx, y - 130, 44, 11, dark(paint.wood, 0.3), ink=paint.ink, width=3)
        )
        drawn += "".join(
            disc(paint, x + dx - 24 + j * 24, y - 138, 13, paint.lit("#7a8f4a" if k else "#d9a04a"))
            for j in range(3)
        )
    return drawn


def _sacks(paint: Paint, x: float, y: float) -> str:
    return "".join(
        standing(x + dx, 60, y)
        + blob(
            paint,
            [
                (x + dx - 52, y),
                (x + dx - 60, y - 60),
                (x + dx - 40, y - 104),
                (x + dx + 40, y - 104),
                (x + dx + 60, y - 60),
                (x + dx + 52, y),
            ],
            paint.lit("#cbb38a"),
        )
        + oval(x + dx, y - 104, 42, 13, paint.lit(c), ink=paint.ink, width=3)
        for dx, c in ((0, "#8a5a3a"), (112, "#e8cf8a"), (220, "#b5483f"))
    )


def _baskets(paint: Paint, x: float, y: float) -> str:
    drawn = ""
    for dx, c in ((0, "#d9503f"), (120, "#e8a03a")):
        tone = paint.lit("#b98a52")
        fruit = "".join(
            disc(paint, x + dx - 34 + k * 17, y - 64 - (k % 2) * 12, 15, paint.lit(c)) for k in range(5)
        )
        drawn += (
            standing(x + dx, 56, y)
            + fruit
            + poly(
                paint,
                [(x + dx - 54, y - 60), (x + dx + 54, y - 60), (x + dx + 40, y), (x + dx - 40, y)],
                tone,
            )
            + "".join(
                line([(x + dx - 48, y - k), (x + dx + 48, y - k)], dark(tone, 0.3), 3) for k in (16, 32, 46)
            )
        )
    return drawn


def _handcart(paint: Paint, x: float, y: float) -> str:
    bed = f.slab(paint, x - 120, y - 110, 240, 44, paint.lit("#5c7a5a"))
    wheel = (
        disc(paint, x, y - 40, 42, paint.lit("#3a3438"))
        + disc(paint, x, y - 40, 28, paint.floor)
        + "".join(
            line([(x - 28, y - 40), (x + 28, y - 40)], paint.ink, 4)
            + line([(x, y - 68), (x, y - 12)], paint.ink, 4)
            for _ in range(1)
        )
    )
    loaves = "".join(
        blob(
            paint,
            [
                (x - 100 + k * 52, y - 110),
                (x - 92 + k * 52, y - 142),
                (x - 60 + k * 52, y - 142),
                (x - 52 + k * 52, y - 110),
            ],
            paint.lit("#c98f4a"),
        )
        for k in range(4)
    )
    return (
        standing(x, 100, y)
        + loaves
        + bed
        + wheel
        + stick(paint, [(x + 116, y - 96), (x + 200, y - 130)], paint.wood, 9)
    )
