"""High places: mountains, and snow."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import Point, box, clip, curve, line, num, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.built import rail_fence, shed
from tools.engines.previz.sets.growing import fir, ground
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import block, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky, stops


def haze(paint: Paint, tone: str, share: float) -> str:
    """A colour as it looks through so much air."""
    return mix(paint.lit(tone), stops(paint)[-1][1], share)


def peaks(paint: Paint, base: float, high: float, tone: str, *, salt: str, snow: bool = True) -> str:
    """A range of mountains with their lit and their dark sides."""
    dice, drawn, x = paint.dice(salt), "", LEFT - 260
    while x < RIGHT + 200:
        h, w = high * dice.uniform(0.55, 1.0), high * dice.uniform(0.8, 1.15)
        lean = dice.uniform(-0.12, 0.12) * w
        top = (x + lean, base - h)
        left, right = (x - w * 0.42, base - h * 0.46), (x + w * 0.4, base - h * 0.52)
        feet = [(x - w, base + 40), (x + w, base + 40)]
        ridge = [(x + lean - w * 0.06, base - h * 0.3), (x + lean + w * 0.1, base - h * 0.6)]
        drawn += path(pts([feet[0], left, top, right, feet[1]]), tone, ink=dark(tone, 0.3), width=2.5)
        drawn += path(pts([top, right, feet[1], (x + w * 0.2, base + 40), *ridge]), dark(tone, 0.16))
        drawn += _cap(paint, top, left, right, tone) if snow else ""
        x += w * dice.uniform(0.7, 1.0)
    return drawn


def _cap(paint: Paint, top: Point, left: Point, right: Point, tone: str) -> str:
    """Snow on a peak, down to a ragged edge between its flanks."""
    (rx, ry), (lx, ly) = (
        (top[0] + (p[0] - top[0]) * t, top[1] + (p[1] - top[1]) * t) for p, t in ((right, 0.6), (left, 0.52))
    )
    high = max(ry, ly) - top[1]
    steps = ((0.74, 0.7), (0.55, 0.98), (0.42, 0.66), (0.24, 0.86))
    ragged = [(lx + (rx - lx) * a, top[1] + high * b) for a, b in steps]
    return path(pts([top, (rx, ry), *ragged, (lx, ly)]), mix(paint.lit("#f6f8fa"), tone, 0.12))


def rock(paint: Paint, x: float, y: float, size: float, *, tone: str = "#9a948c") -> str:
    """A boulder with its facets."""
    stone = paint.lit(tone)
    d = pts(at(x, y, size, "-110 0 -120 -60 -70 -120 10 -140 84 -104 118 -40 104 0"))
    light = path(pts(at(x, y, size, "-120 -60 -70 -120 10 -140 -20 -84 -70 -50")), pale(stone, 0.18))
    shade = path(pts(at(x, y, size, "-20 -84 84 -104 118 -40 104 0 10 0")), dark(stone, 0.2))
    crack = line(at(x, y, size, "-20 -84 0 -50 -8 -16"), dark(stone, 0.4), 3, smooth=False)
    return (
        standing(x, 120 * size, y)
        + path(d, stone)
        + clip(d, light, shade, crack)
        + path(d, ink=paint.ink, width=3.5)
    )


def mountain(paint: Paint) -> SetDrawing:
    """Peaks, a high meadow with rocks and firs, a hut and a signpost."""
    far = sky(paint) + peaks(paint, 560, 520, haze(paint, "#8496a8", 0.35), salt="far range")
    far += peaks(paint, 590, 330, haze(paint, "#6f8478", 0.15), salt="near range", snow=False)
    far += hills(paint, 600, "#86a06c", seed=paint.seed, high=90)
    middle = ground(paint, 596, paint.floor, tufts=130)
    middle += "".join(fir(paint, x, y, h) for x, y, h in ((-520, 640, 330), (-330, 660, 420), (430, 622, 190), (520, 616, 150), (1170, 622, 200), (1560, 660, 420), (1700, 650, 330), (1980, 660, 460), (60, 660, 440), (190, 640, 330)))  # fmt: skip
    middle += _hut(paint, 1340, 668) + rock(paint, 330, 738, 1.0) + rock(paint, 1640, 790, 1.3) + rock(paint, -120, 780, 1.2) + rock(paint, 980, 690, 0.5)  # fmt: skip
    middle += _signpost(paint, 540, 726) + _flowers(paint)
    return SetDrawing(far=far, middle=middle, lamps=(Lamp(1240, 520, 320), Lamp(1400, 560, 240)))


def _hut(paint: Paint, x: float, y: float) -> str:
    """A hut of logs on stones, with a light."""
    return shed(paint, x, y, 300, 200, tone=paint.lit("#8a6548"), roof=paint.lit(paint.pick("roof", "#6f6a68", "#8a4a3c"))) + f.slab(paint, x - 160, y - 34, 184, 40, paint.lit("#a59c90"))  # fmt: skip


def _signpost(paint: Paint, x: float, y: float) -> str:
    wood = pale(paint.wood, 0.24)
    post = stick(paint, [(x, y), (x, y - 400)], paint.wood, 16)
    arrows = "".join(
        poly(paint, at(x, y - h, 1, shape), wood)
        + path(f"M{num(x + a)} {num(y - h)}h90", ink=dark(wood, 0.5), width=5)
        for h, shape, a in (
            (360, "-30 -26 130 -26 166 0 130 26 -30 26", 10),
            (294, "30 -26 -130 -26 -166 0 -130 26 30 26", -110),
        )
    )
    mark = box(x - 9, y - 236, 18, 16, paint.lit("#f2eee4")) + box(x - 9, y - 220, 18, 16, paint.accent)
    return standing(x, 50, y) + post + arrows + mark


def _flowers(paint: Paint) -> str:
    dice = paint.dice("alp")
    tones_ = ("#f2eee4", "#e8c84a", "#a86ad0", "#d8506a")
    return "".join(
        oval(dice.uniform(LEFT, RIGHT), dice.uniform(650, 880), 6, 5, paint.lit(tones_[k % 4]), ink=paint.ink, width=1.2) for k in range(90)
    )  # fmt: skip


def snow(paint: Paint) -> SetDrawing:
    """Deep snow: firs bowed under it, a hut with a light, a fence, tracks."""
    white, blue = paint.lit("#eef3f8"), paint.lit("#b9cbe0")
    far = sky(paint) + peaks(paint, 570, 360, haze(paint, "#9fb2c6", 0.3), salt="white range")
    far += hills(paint, 590, "#d4e0ea", seed=paint.seed, high=120) + "".join(fir(paint, x, 590, h, tone="#7f9a98", snow=True) for x, h in ((-300, 120), (440, 100), (520, 130), (600, 90), (1010, 110), (1100, 140), (1960, 130)))  # fmt: skip
    drifts = wash(584, 330, [(0, mix(white, blue, 0.35), 1), (1, white, 1)]) + flat(913, 788, white)
    drifts += "".join(path(curve(at(x, y, s, "-360 10 -160 -40 60 -48 280 -20 380 14 100 4 -140 6")), mix(white, blue, share)) for x, y, s, share in ((200, 700, 1.0, 0.5), (1250, 720, 1.2, 0.45), (760, 820, 1.3, 0.3), (-500, 760, 1.2, 0.4), (2050, 800, 1.2, 0.4)))  # fmt: skip
    middle = drifts + "".join(fir(paint, x, y, h, snow=True) for x, y, h in ((60, 690, 520), (-240, 700, 480), (250, 664, 370), (1580, 700, 560), (1770, 720, 480), (1120, 640, 220), (2150, 720, 560)))  # fmt: skip
    middle += (
        _snowed_hut(paint, 1340, 690)
        + rail_fence(paint, LEFT, 640, 742, high=96)
        + _caps(paint)
        + _tracks(paint, blue)
        + _flakes(paint)
    )
    return SetDrawing(far=far, middle=middle, lamps=(Lamp(1220, 530, 380), Lamp(1400, 540, 300)))


def _snowed_hut(paint: Paint, x: float, y: float) -> str:
    white = paint.lit("#f4f7fa")
    body = shed(paint, x, y, 330, 230, tone=paint.lit("#8a6044"), roof=paint.lit("#6f5a50"))
    cap = path(curve(at(x, y, 1, "-206 -208 -186 -262 -160 -306 0 -320 160 -306 186 -262 208 -206 150 -222 90 -206 20 -220 -60 -204 -140 -220"), tension=0.8), white, ink=paint.ink, width=3.5)  # fmt: skip
    chimney = f.slab(paint, x + 70, y - 366, 46, 70, paint.lit("#a59c90")) + block(
        paint, x + 62, y - 378, 62, 20, white, r=9
    )
    smoke = "".join(
        oval(x + 96 + k * 20, y - 404 - k * 36, 18 + k * 8, 13 + k * 6, "#ffffff", opacity=0.4 - k * 0.08)
        for k in range(4)
    )
    return chimney + smoke + body + cap


def _caps(paint: Paint) -> str:
    white = paint.lit("#f4f7fa")
    return "".join(oval(x, 646, 18, 9, white, ink=paint.ink, width=2.5) for x in range(-800, 660, 111)) + path(curve([(LEFT, 744), (-300, 730), (100, 746), (420, 728), (700, 760), (300, 776), (LEFT, 780)]), white)  # fmt: skip


def _tracks(paint: Paint, tone: str) -> str:
    return "".join(
        oval(820 + (k % 2) * 44 + k * 9 - 60, 640 + k * k * 3.2, 7 + k * 2.1, 3 + k * 0.9, dark(tone, 0.1))
        for k in range(12)
    )


def _flakes(paint: Paint) -> str:
    """Flakes in the air: still, as on a card."""
    dice = paint.dice("flakes")
    return "".join(oval(dice.uniform(LEFT, RIGHT), dice.uniform(-300, 860), r, r, "#ffffff", opacity=0.85) for r in (dice.choice((2.4, 3.4, 5.0)) for _ in range(170)))  # fmt: skip
