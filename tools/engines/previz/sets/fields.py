"""Fields and gardens that people work: maize and wheat, vines, an allotment."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, line, num, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.built import cottage, rail_fence, shed
from tools.engines.previz.sets.growing import bean_row, cabbages, cypress, ears, ground, hedge, maize, wheat
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing
from tools.engines.previz.sets.placing import at, receding
from tools.engines.previz.sets.shapes import block, disc, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.town import puddles

HORIZON = 560.0


def field(paint: Paint) -> SetDrawing:
    """A field of maize or of wheat with a track through it, a scarecrow, trees far away."""
    crop = (
        "maize"
        if paint.has("maize", "corn", "maíz", "milho")
        else "wheat"
        if paint.has("wheat", "trigo")
        else ""
    )
    crop = crop or paint.pick("crop", "maize", "maize", "wheat")
    far = sky(paint) + hills(paint, HORIZON - 10, "#93aa94", seed=paint.seed, high=120)
    far += hedge(paint, HORIZON + 24, 54, tone="#7f9a62", salt="far trees")
    middle = _maize_field(paint) if crop == "maize" else _wheat_field(paint)
    return SetDrawing(far=far, middle=middle + puddles(paint))


def _track(paint: Paint, half: float) -> str:
    """A track of earth from the camera to the horizon, with its ruts."""
    tone = paint.lit("#b08a5f")
    way = pts(
        [
            (800 - half * 0.1, HORIZON + 16),
            (800 + half * 0.1, HORIZON + 16),
            (800 + half * 3.4, 1700),
            (800 - half * 3.4, 1700),
        ]
    )
    ruts = "".join(path(pts([(800 + s * half * 0.04, HORIZON + 16), (800 + s * half * 0.06, HORIZON + 16), (800 + s * half * 2.0, 1700), (800 + s * half * 1.3, 1700)]), dark(tone, 0.16)) for s in (-1, 1))  # fmt: skip
    return path(way, tone, ink=dark(tone, 0.25), width=3) + clip(way, ruts)


def _maize_field(paint: Paint) -> str:
    dice, soil = paint.dice("maize"), paint.lit("#8f7048")
    drawn = ground(paint, HORIZON + 14, soil, tufts=30) + _band(paint, HORIZON + 26, 46) + _track(paint, 330)
    for y, high, step in ((640, 190, 40), (712, 350, 64), (806, 580, 100)):
        lane = 60 + (y - HORIZON) * 1.35
        spots = [x + dice.uniform(-9, 9) for x in range(int(LEFT), int(RIGHT), step) if abs(x - 800) > lane]
        drawn += _thicket(paint, y, high, lane)
        drawn += "".join(
            maize(paint, x, y + dice.uniform(-8, 8), high * dice.uniform(0.9, 1.08), dice) for x in spots
        )
    return drawn


def _thicket(paint: Paint, y: float, high: float, lane: float) -> str:
    """The dark between the plants of a row, so that they stand before more of them."""
    tone = dark(paint.lit("#5f7f3c"), 0.3)
    drawn = ""
    for side in (-1, 1):
        edge = 800 + side * (lane + 26)
        end = RIGHT + 80 if side > 0 else LEFT - 80
        steps = 40
        teeth = [
            (edge + (end - edge) * k / steps, y - high * (0.56 if k % 2 else 0.68)) for k in range(steps + 1)
        ]
        feet = [(end + (edge - end) * k / steps, y + (10 if k % 2 else -16)) for k in range(steps + 1)]
        drawn += path(pts([*teeth, *feet]), tone)
    return drawn


def _band(paint: Paint, y: float, high: float) -> str:
    """The far part of the field: one toothed edge."""
    teeth = [
        (x, y - high * (1.0 if k % 2 else 0.66)) for k, x in enumerate(range(int(LEFT), int(RIGHT) + 20, 17))
    ]
    return path(
        pts([(LEFT, y + 8), *teeth, (RIGHT, y + 8)]),
        paint.lit("#7f9a4c"),
        ink=dark(paint.lit("#7f9a4c"), 0.3),
        width=2,
    )


def _wheat_field(paint: Paint) -> str:
    dice = paint.dice("wheat")
    drawn = wheat(paint, HORIZON + 10, 900) + box(
        LEFT, 899, RIGHT - LEFT, 802, dark(paint.lit("#c09a48"), 0.12)
    )
    drawn += (
        _track(paint, 300)
        + g.tree(paint, 1330, 628, 0.95, tone="#7d9a52")
        + g.tree(paint, 40, 640, 1.05, tone="#6f8f4c")
    )
    drawn += _scarecrow(paint, 1070, 690) + _scarecrow(paint, 330, 650, 0.66)
    for y, size, step in ((720, 0.8, 60), (820, 1.5, 92)):
        lane = 60 + (y - HORIZON) * 1.25
        drawn += "".join(
            ears(paint, x, y, size, dice) for x in range(int(LEFT), int(RIGHT), step) if abs(x - 800) > lane
        )
    return drawn


def _scarecrow(paint: Paint, x: float, y: float, size: float = 1.0) -> str:
    coat, straw = paint.accent, paint.lit("#d9b65a")
    post = stick(paint, at(x, y, size, "0 0 0 -330"), paint.wood, 13 * size) + stick(paint, at(x, y, size, "-130 -246 130 -246"), paint.wood, 11 * size)  # fmt: skip
    jacket = poly(paint, at(x, y, size, "-110 -270 110 -270 116 -222 56 -214 64 -96 24 -108 0 -92 -28 -110 -62 -94 -56 -214 -116 -222"), coat)  # fmt: skip
    hands = path("".join(f"M{num(x + s * 112 * size)} {num(y - 246 * size)}l{num(s * 34 * size)} {num(d * size)}" for s in (-1, 1) for d in (-20, 0, 20)), ink=straw, width=6 * size)  # fmt: skip
    patch = box(
        x - 30 * size, y - 190 * size, 30 * size, 30 * size, paint.lit("#5c7a8c"), ink=paint.ink, width=2
    )
    head = disc(paint, x, y - 316 * size, 40 * size, paint.lit("#dcc08a"))
    face = "".join(oval(x + k * size, y - 322 * size, 5 * size, 6 * size, paint.ink) for k in (-14, 14)) + line(at(x, y, size, "-16 -298 0 -292 16 -298"), paint.ink, 3)  # fmt: skip
    hat = poly(paint, at(x, y, size, "-70 -338 70 -338 34 -350 26 -396 -26 -396 -34 -350"), straw)
    return standing(x, 60 * size, y) + post + jacket + hands + patch + head + face + hat


def vineyard(paint: Paint) -> SetDrawing:
    """Rows of vines that run up to a hill with its farm, cypresses and posts."""
    far = (
        sky(paint)
        + hills(paint, 520, "#8fa592", seed=paint.seed, high=170)
        + hills(paint, 566, "#a3b078", seed=paint.seed + 3, high=90)
    )
    wall, roof = paint.wall, paint.lit("#b5653f")
    slope = "-560 200 -240 24 20 -8 260 34 560 200"
    far += path(curve(at(480, 412, 1, slope), tension=0.9), paint.lit("#a3b078"))
    farm = cottage(paint, 480, 412, 240, 92, wall=pale(wall, 0.2), roof=roof, trim=paint.lit("#6f5a48"))
    far += farm + "".join(
        cypress(paint, x, 418 + max(0.0, x - 800) * 0.5, h)
        for x, h in ((318, 190), (640, 210), (690, 160), (900, 120), (930, 90))
    )
    tone = paint.lit("#b0905f")
    middle = ground(paint, 566, tone, tufts=60)
    for k in (5, 4, 3, 2, 1):
        middle += "".join(_vine_row(paint, side, k) for side in (-1, 1))
    return SetDrawing(far=far, middle=middle + puddles(paint), lamps=(Lamp(480, 360, 200),))


def _vine_row(paint: Paint, side: int, k: int) -> str:
    """One row from the vanishing point to the camera; the first is nearest to the middle."""
    dice = paint.dice(f"vines{side}{k}")
    green = paint.lit(paint.pick("leaf", "#6f9444", "#8f9a44", "#7a9a4c"))
    foot, high = 800 + side * (300 + (k - 1) * 420), 540.0
    near, far = (foot, 860.0), (800 + side * k * 16, 578.0)
    drawn, leaves, light, grapes = "", "", "", ""

    def spot(t: float) -> tuple[float, float, float]:
        return far[0] + (near[0] - far[0]) * t, far[1] + (near[1] - far[1]) * t, 0.05 + 0.95 * t

    body = [spot(t / 8) for t in range(9)]
    upper = [(x, y - high * s * dice.uniform(0.9, 1.06)) for x, y, s in body]
    lower = [(x, y - high * s * 0.3) for x, y, s in reversed(body)]
    drawn += path(curve([*upper, *lower], tension=0.6), dark(green, 0.24), ink=paint.ink, width=3)
    for t in (0.12, 0.24, 0.42, 0.66, 1.0):
        x, y, s = spot(t)
        drawn = stick(paint, [(x, y), (x, y - high * s * 1.12)], pale(paint.wood, 0.1), 16 * s) + drawn
        drawn += line([(x + 26 * s, y), (x + 14 * s, y - high * s * 0.2), (x + 30 * s, y - high * s * 0.4)], paint.lit("#5f4636"), 18 * s)  # fmt: skip
    for n in range(150):
        x, y, s = spot((n / 150) ** 0.7)
        up, r = dice.uniform(0.28, 1.02), 34 * s * dice.uniform(0.7, 1.2)
        leaf = _vine_leaf(x + dice.uniform(-30, 30) * s, y - high * s * up, r)
        leaves, light = (leaves + leaf, light) if n % 3 else (leaves, light + leaf)
        if n % 9 == 4 and s > 0.25:
            grapes += _grapes(paint, x, y - high * s * dice.uniform(0.3, 0.62), 44 * s)
    return drawn + path(leaves, green, ink=dark(green, 0.4), width=1.6) + path(light, pale(green, 0.2), ink=dark(green, 0.4), width=1.6) + grapes  # fmt: skip


def _vine_leaf(x: float, y: float, r: float) -> str:
    return f"M{num(x)} {num(y - r)}l{num(r * 0.4)} {num(r * 0.5)}l{num(r * 0.6)} {num(r * 0.1)}l{num(-r * 0.3)} {num(r * 0.6)}l{num(r * 0.1)} {num(r * 0.6)}l{num(-r * 0.8)} {num(-r * 0.3)}l{num(-r * 0.8)} {num(r * 0.3)}l{num(r * 0.1)} {num(-r * 0.6)}l{num(-r * 0.3)} {num(-r * 0.6)}l{num(r * 0.6)} {num(-r * 0.1)}Z"


def _grapes(paint: Paint, x: float, y: float, r: float) -> str:
    tone = paint.lit(paint.pick("grape", "#5f3f78", "#7a3550", "#a8b858"))
    spots = ((-0.5, 0), (0, -0.1), (0.5, 0), (-0.26, 0.5), (0.26, 0.5), (0, 1.0))
    return "".join(
        oval(x + a * r, y + b * r, r * 0.32, r * 0.32, tone, ink=dark(tone, 0.5), width=1.6) for a, b in spots
    )


def allotment(paint: Paint) -> SetDrawing:
    """Vegetable beds behind a shed, bean poles, fences and the sheds of the neighbours."""
    far = (
        sky(paint)
        + hills(paint, 540, "#93a893", seed=paint.seed, high=100)
        + hedge(paint, 590, 60, tone="#6f8f5c")
    )
    far += "".join(
        shed(paint, x, 596, w, w * 0.8, tone=paint.lit(c), roof=paint.lit("#5a5450"), lamp=False)
        for x, w, c in (
            (-420, 130, "#8a9a7a"),
            (610, 110, "#a8805c"),
            (960, 120, "#6f8a94"),
            (1960, 140, "#a8805c"),
        )
    )
    tone = paint.pick("shed", "#8a6a4a", "#5f7f7a", "#7a8a5c", "#9a5a48")
    middle = (
        ground(paint, 586, paint.floor, tufts=60)
        + rail_fence(paint, LEFT, RIGHT, 628, high=76)
        + _beds(paint)
    )
    middle += shed(paint, 230, 700, 330, 330, tone=paint.lit(tone), roof=paint.lit("#4f4a4a")) + _butt(
        paint, 440, 706
    )
    middle += (
        bean_row(paint, 1310, 730, 500, count=3)
        + bean_row(paint, 1960, 730, 500, count=3)
        + _pumpkins(paint)
        + _guard(paint)
    )
    middle += _barrow(paint, 1010, 744) + _tools(paint, 34, 706) + bean_row(paint, -420, 740, 400, count=3)
    return SetDrawing(
        far=far, middle=middle + puddles(paint), lamps=(Lamp(400, 470, 340), Lamp(150, 520, 240))
    )


def _guard(paint: Paint) -> str:
    """What keeps the birds away: a scarecrow, or a line with strips that flutter."""
    if paint.pick("guard", "scarecrow", "strips") == "scarecrow":
        return _scarecrow(paint, 800, 668, 0.86)
    posts = "".join(stick(paint, [(x, 668), (x, 420)], pale(paint.wood, 0.2), 9) for x in (660, 960))
    strips = "".join(
        path(
            f"M{x} 440q{10 + k % 3 * 6} 26 2 56",
            ink=paint.lit(("#d8452f", "#f2ece0", "#e8b04a")[k % 3]),
            width=8,
        )
        for k, x in enumerate(range(690, 950, 32))
    )
    return posts + line([(660, 432), (810, 446), (960, 432)], paint.ink, 4) + strips


def _beds(paint: Paint) -> str:
    """Beds of dark earth across the plot, each with its own crop."""
    soil, drawn = paint.lit("#7a5a40"), ""
    tones = ("#8fb86a", "#6f9f78", "#a8b858", "#7f9a8a")
    for k, y in enumerate(receding(664, 900, 4, bend=1.3)):
        size = 0.36 + k * 0.3
        h = 34 + k * 16
        drawn += path(curve([(LEFT, y - h * 0.3), (200, y - h * 0.7), (800, y - h * 0.5), (1500, y - h * 0.7), (RIGHT, y - h * 0.3), (RIGHT, y + h * 0.5), (LEFT, y + h * 0.5)], tension=0.4), soil, ink=dark(soil, 0.35), width=3)  # fmt: skip
        step = round(112 * size)
        drawn += cabbages(
            paint, y, size, [float(x) for x in range(int(LEFT) + k * 20, int(RIGHT), step)], tones[k]
        )
    return drawn


def _butt(paint: Paint, x: float, y: float) -> str:
    """The barrel that catches rain, with a can before it."""
    tone = paint.lit("#4f6f8a")
    barrel = standing(x, 66, y) + path(curve(at(x, y, 1, "-50 0 -60 -80 -50 -164 50 -164 60 -80 50 0"), tension=0.7), tone, ink=paint.ink, width=3.5)  # fmt: skip
    hoops = "".join(box(x - 57, y - k, 114, 9, dark(tone, 0.35)) for k in (130, 40))
    can, steel = x + 96, paint.lit("#a9b4b4")
    body = f.slab(paint, can - 30, y - 62, 60, 66, steel, r=6) + stick(
        paint, [(can + 28, y - 20), (can + 74, y - 70)], steel, 8
    )
    handle = path(
        curve([(can - 24, y - 60), (can, y - 104), (can + 24, y - 60)], False), ink=paint.ink, width=7
    )
    return (
        barrel
        + hoops
        + oval(x, y - 164, 50, 12, paint.lit("#6f94a8"), ink=paint.ink, width=3)
        + handle
        + body
    )


def _pumpkins(paint: Paint) -> str:
    drawn = ""
    for x, y, r, c in ((720, 742, 44, "#e08a3a"), (640, 760, 34, "#d9a03a"), (800, 756, 30, "#6f8f4a")):
        tone = paint.lit(c)
        ribs = "".join(oval(x + k * r * 0.5, y - r * 0.7, r * 0.45, r * 0.74, tone, ink=dark(tone, 0.4), width=2.5) for k in (-1.1, 1.1, -0.6, 0.6, 0))  # fmt: skip
        drawn += (
            standing(x, r * 1.3, y)
            + ribs
            + line([(x, y - r * 1.4), (x + 8, y - r * 1.8)], paint.lit("#5f7f3c"), 9)
        )
    return drawn


def _barrow(paint: Paint, x: float, y: float) -> str:
    tub, iron = paint.lit(paint.pick("barrow", "#4f8a6f", "#c9503f", "#3f6f8c")), paint.lit("#3a3f48")
    arms = stick(paint, [(x - 150, y - 92), (x + 96, y - 46)], paint.wood, 9)
    wheel = disc(paint, x + 108, y - 36, 36, iron) + disc(paint, x + 108, y - 36, 15, paint.lit("#b9b9bd"))
    legs = stick(paint, [(x - 60, y - 70), (x - 70, y)], iron, 8)
    load = path(
        curve(at(x, y, 1, "-92 -120 -40 -168 30 -172 82 -124")), paint.lit("#6f9a4c"), ink=paint.ink, width=3
    )
    return (
        standing(x, 120, y)
        + legs
        + arms
        + load
        + poly(paint, at(x, y, 1, "-110 -124 104 -124 74 -50 -64 -50"), tub)
        + wheel
    )


def _tools(paint: Paint, x: float, y: float) -> str:
    """A spade and a rake that lean on the shed."""
    spade = stick(paint, [(x, y), (x + 34, y - 260)], pale(paint.wood, 0.2), 9) + block(paint, x - 22, y - 70, 44, 72, paint.lit("#7f8890"), r=8)  # fmt: skip
    rake = stick(paint, [(x + 46, y), (x + 20, y - 290)], pale(paint.wood, 0.1), 8)
    teeth = path(
        "".join(f"M{num(x - 26 + k * 15)} {num(y - 290)}v-22" for k in range(7)), ink=paint.ink, width=5
    )
    return spade + rake + stick(paint, [(x - 28, y - 290), (x + 68, y - 290)], paint.lit("#7f8890"), 7) + teeth + mixed_pots(paint, x - 60, y)  # fmt: skip


def mixed_pots(paint: Paint, x: float, y: float) -> str:
    """Clay pots, one in the other, with a seedling."""
    clay = mix(paint.lit("#b5653f"), paint.wood, 0.1)
    pots = "".join(poly(paint, at(x - k * 66, y, 1, "-30 -62 30 -62 22 0 -22 0"), clay) for k in range(2))
    sprout = "".join(
        oval(x - k * 66 + d, y - 84, 16, 10, paint.lit("#7fae5a"), ink=paint.ink, width=2)
        for k in range(2)
        for d in (-14, 14)
    )
    return standing(x - 33, 80, y) + sprout + pots
