"""What stands near the camera in the open, drawn as the things of `foreground` are."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, glow, line, num, oval, path, pts
from tools.engines.previz.sets.paint import Paint

FOOT = 90.0
"""How far in a thing may reach where captions are."""


def _blade(x: float, y: float, dx: float, dy: float, wide: float) -> str:
    """Path data of a long leaf."""
    mx, my = x + dx * 0.3, y + dy * 0.6
    return f"M{num(x - wide)} {num(y)}Q{num(mx - wide)} {num(my)} {num(x + dx)} {num(y + dy)}Q{num(mx + wide)} {num(my)} {num(x + wide)} {num(y)}Z"


def reeds(paint: Paint, h: float) -> str:
    """Reeds with bulrushes, from below."""
    dice, green = paint.dice("near reeds"), dark(paint.lit("#7a9456"), 0.12)
    leaves = [
        _blade(dice.uniform(-150, 44), h * 1.05, dice.uniform(-40, 60), -h * dice.uniform(0.3, 0.62), 9)
        for _ in range(15)
    ]
    tips = "".join(
        line([(x, h * 1.05), (x + lean, h * top)], green, 7) + box(x + lean - 11, h * top - 20, 22, h * 0.12, dark(paint.lit("#7a5034"), 0.1), r=11)
        for x, lean, top in ((-40, 30, 0.42), (14, 40, 0.5), (-90, 10, 0.36))
    )  # fmt: skip
    return path("".join(leaves[::2]), green) + tips + path("".join(leaves[1::2]), pale(green, 0.14))


def corn(paint: Paint, h: float) -> str:
    """Leaves and a cob of maize, as high as a head."""
    green = dark(paint.lit("#7fa64a"), 0.1)
    stem = line([(-30, h * 1.1), (-20, h * 0.5), (-24, h * 0.06)], dark(green, 0.15), 22)
    leaves = (
        ("-24 0.78 90 0.66 110 0.8 40 0.74", 0.0), ("-24 0.62 80 0.44 190 0.52 90 0.53", 0.12), ("-24 0.46 60 0.3 170 0.3 70 0.37", 0.0),
        ("-24 0.3 40 0.14 150 0.1 50 0.2", 0.16), ("-24 0.2 -20 0.02 40 -0.06 4 0.08", 0.05),
    )  # fmt: skip
    drawn = ""
    for text, light in leaves:
        n = [float(part) for part in text.split()]
        drawn += path(curve([(n[k], n[k + 1] * h) for k in (0, 2, 4, 6)]), pale(green, light))
    cob = path(
        curve([(-8, h * 0.58), (18, h * 0.5), (42, h * 0.38), (58, h * 0.4), (48, h * 0.5), (20, h * 0.6)]),
        paint.lit("#e0b84a"),
    )
    return stem + drawn + cob


def vine(paint: Paint, h: float) -> str:
    """Vine leaves and a bunch of grapes that hang into the picture."""
    dice, green = paint.dice("near vine"), dark(paint.lit("#7a9a4c"), 0.1)
    drawn = line([(-150, -60), (20, h * 0.08), (160, h * 0.13)], dark(paint.lit("#6d4e3a"), 0.1), 13)
    for k in range(11):
        x, y, r = dice.uniform(-90, 150), h * dice.uniform(-0.04, 0.24), dice.uniform(36, 58)
        if x > 90:
            y *= 0.6
        drawn += path(pts([(x, y - r), (x + r * 0.4, y - r * 0.4), (x + r, y - r * 0.3), (x + r * 0.7, y + r * 0.4), (x, y + r), (x - r * 0.7, y + r * 0.4), (x - r, y - r * 0.3), (x - r * 0.4, y - r * 0.4)]), (green, dark(green, 0.16), pale(green, 0.14))[k % 3])  # fmt: skip
    tone = paint.lit(paint.pick("grape", "#5f3f78", "#7a3550", "#a8b858"))
    spots = ((-30, 0), (4, -4), (38, 2), (-14, 34), (20, 36), (4, 68), (46, 30), (10, 98))
    return drawn + "".join(
        oval(26 + dx, h * 0.27 + dy, 21, 21, mix(tone, pale(tone, 0.4), (k % 3) * 0.25))
        for k, (dx, dy) in enumerate(spots)
    )


def pine(paint: Paint, h: float) -> str:
    """A branch of fir, with snow on it where snow lies."""
    return _fir_twigs(paint, h, "")


def snowy_pine(paint: Paint, h: float) -> str:
    """A branch of fir under snow."""
    return _fir_twigs(paint, h, paint.lit("#f2f6fa"))


def _fir_twigs(paint: Paint, h: float, snow: str) -> str:
    green, drawn, white = dark(paint.lit("#4f7a58"), 0.1), "", ""
    for x0, y0, x1, y1 in ((-160, -0.06, 190, 0.1), (-160, 0.08, 120, 0.26), (-120, -0.1, 110, -0.02)):
        needles = ""
        for k in range(26):
            t = k / 25
            x, y = x0 + (x1 - x0) * t, (y0 + (y1 - y0) * t) * h + 30 * t * t
            r = 62 * (1.1 - t)
            needles += f"M{num(x)} {num(y)}l{num(r * 0.7)} {num(r * 0.7)}M{num(x)} {num(y)}l{num(r * 0.8)} {num(-r * 0.45)}"
        drawn += line([(x0, y0 * h), ((x0 + x1) / 2, (y0 + y1) / 2 * h + 7), (x1, y1 * h + 30)], dark(paint.lit("#5f4636"), 0.2), 11) + path(needles, ink=green, width=11)  # fmt: skip
        white += (
            line(
                [(x0, y0 * h - 14), ((x0 + x1) / 2, (y0 + y1) / 2 * h - 10), (x1 - 30, y1 * h + 10)], snow, 30
            )
            if snow
            else ""
        )
    return drawn + white


def linen(paint: Paint, h: float) -> str:
    """A sheet on the line, lifted by the wind."""
    tone = mix(
        paint.lit("#f2ece0"), paint.lit(paint.pick("near linen", "#f2ece0", "#c9dce4", "#f0d0c4")), 0.6
    )
    cloth = path(
        curve(
            [
                (-260, -60),
                (150, -60),
                (128, h * 0.2),
                (158, h * 0.44),
                (110, h * 0.62),
                (20, h * 0.56),
                (-260, h * 0.64),
            ],
            tension=0.6,
        ),
        tone,
    )
    folds = "".join(
        line([(x, -60), (x - 14, h * 0.26), (x + 8, h * 0.54)], dark(tone, 0.14), 20, opacity=0.7)
        for x in (-50, 30, 96)
    )
    pegs = "".join(box(x, -6, 16, 50, paint.lit("#c9a05a"), r=5) for x in (-20, 100))
    return cloth + folds + pegs


def stone(paint: Paint, h: float) -> str:
    """The corner of a rock."""
    tone = dark(paint.lit(paint.pick("near rock", "#a8937c", "#9a948c", "#b58a68")), 0.12)
    body = path(
        pts(
            [
                (-200, h * 0.42),
                (-40, h * 0.38),
                (60, h * 0.48),
                (96, h * 0.62),
                (80, h * 0.8),
                (FOOT * 0.9, h * 1.1),
                (-200, h * 1.1),
            ]
        ),
        tone,
    )
    light = path(
        pts([(-200, h * 0.42), (-40, h * 0.38), (60, h * 0.48), (10, h * 0.58), (-200, h * 0.54)]),
        pale(tone, 0.2),
    )
    return (
        body + light + line([(10, h * 0.58), (30, h * 0.76), (0, h * 0.98)], dark(tone, 0.3), 9, smooth=False)
    )


def scaffold(paint: Paint, h: float) -> str:
    """Tubes of a scaffold and the net on them."""
    steel = paint.lit("#aab2b6")
    tubes = box(20, -100, 34, h * 1.3, dark(steel, 0.12)) + box(42, -100, 10, h * 1.3, pale(steel, 0.3))
    cross = line([(-200, h * 0.2), (190, h * 0.2)], dark(steel, 0.05), 26, smooth=False) + line(
        [(-200, h * 0.86), (60, h * 0.5)], dark(steel, 0.15), 22, smooth=False
    )
    clamp = box(6, h * 0.2 - 32, 64, 64, dark(steel, 0.3), r=8)
    return box(-300, -100, 330, h * 1.3, paint.lit("#5f9a6a"), opacity=0.5) + tubes + cross + clamp


def bulbs(paint: Paint, h: float) -> str:
    """The corner of an awning with its bulbs."""
    tones, drawn = (paint.accent, paint.lit("#f6ecd6")), ""
    for k in range(6):
        x, low = -80.0 + k * 50, h * 0.15 - k * 10
        drawn += path(pts([(x, -120), (x + 50, -120), (x + 50, low - 10), (x, low)]), tones[k % 2]) + oval(
            x + 25, low - 4, 25, 20, tones[k % 2]
        )
        on = ("#ffd86a", "#ff8a7a", "#8ae0d0")[k % 3]
        drawn += (glow(x + 25, low + 34, 70, 70, on, 0.8) if paint.lamps else "") + oval(
            x + 25, low + 32, 15, 17, on if paint.lamps else paint.lit("#f0dca0")
        )
    return drawn


def shrouds(paint: Paint, h: float) -> str:
    """Ropes that run up to a mast, with their rungs and a block."""
    rope = dark(paint.lit("#b59a6a"), 0.2)
    lines = line([(60, h * 1.1), (10, h * 0.4), (-60, -80)], rope, 17) + line(
        [(-40, h * 1.1), (-70, h * 0.4), (-110, -80)], rope, 17
    )
    rungs = "".join(
        line([(-130, h * y), (58 - (1 - y) * 110, h * y)], rope, 11) for y in (0.12, 0.3, 0.48, 0.66)
    )
    return (
        lines
        + rungs
        + box(8, h * 0.62, 62, 84, dark(paint.wood, 0.15), r=26)
        + oval(39, h * 0.62 + 42, 15, 15, dark(paint.wood, 0.5))
    )


def lane_post(paint: Paint, h: float) -> str:
    """A post of a fence with its wires and a tuft of grass."""
    wood = dark(pale(paint.wood, 0.1), 0.1)
    post = (
        box(-30, h * 0.4, 74, h * 0.8, wood, r=6)
        + box(26, h * 0.4, 16, h * 0.8, pale(wood, 0.25))
        + box(-34, h * 0.4, 82, 24, pale(wood, 0.18), r=8)
    )
    wires = "".join(
        line(
            [(-200, h * y), (40, h * y + 4), (FOOT * 1.9 if y < 0.7 else FOOT * 0.9, h * y - 4)],
            dark(paint.lit("#8a9096"), 0.2),
            6,
        )
        for y in (0.5, 0.64, 0.82)
    )
    blades = "".join(
        _blade(x, h * 1.06, dx, -h * up, 8)
        for x, dx, up in ((-120, -20, 0.3), (-70, 20, 0.36), (20, -20, 0.26), (50, 24, 0.22))
    )
    return wires + post + path(blades, dark(paint.floor, 0.3))
