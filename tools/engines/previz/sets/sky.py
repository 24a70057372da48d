"""Sky, skyline and what is seen through windows."""

import random
from dataclasses import dataclass, replace

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import Stop, box, clip, curve, glow, gradient, num, oval, path, pts
from tools.engines.previz.sets.paint import LEFT, RIGHT, TOP, Paint, Pane, cold_of, flat

SKIES: dict[str, list[Stop]] = {
    "day": [(0, "#5fa3cf", 1), (0.6, "#a9d2e6", 1), (1, "#e9f1e6", 1)],
    "dusk": [(0, "#3b3a72", 1), (0.45, "#a8557a", 1), (0.75, "#ef8a5a", 1), (1, "#fbc877", 1)],
    "night": [(0, "#0b1230", 1), (0.6, "#1d2a55", 1), (1, "#3b4573", 1)],
    "grey": [(0, "#8fa0ac", 1), (0.6, "#b4c0c4", 1), (1, "#d2d6d2", 1)],
}


def sky(paint: Paint, bottom: float = 660.0, *, sun_x: float = 1180.0) -> str:
    """The whole sky down to the horizon."""
    tones = stops(paint)
    define, fill = gradient(tones)
    drawn = (
        define
        + box(LEFT, -420, RIGHT - LEFT, bottom + 420, fill)
        + box(LEFT, TOP, RIGHT - LEFT, 582, tones[0][1])
    )
    return drawn + _lights(paint, bottom, sun_x + aside(paint)) + _clouds(paint, aside(paint))


def aside(paint: Paint) -> float:
    """How far sun, moon and clouds stand from their usual place: no two places have the same sky."""
    return paint.dice("sky").uniform(-420.0, 260.0)


def stops(paint: Paint) -> list[Stop]:
    """The colours of the sky, from its top to the horizon."""
    if paint.dry:
        return SKIES[paint.time]
    dull = (
        SKIES["grey"]
        if paint.time == "day"
        else [(o, mix(c, "#59606e", 0.4), a) for o, c, a in SKIES[paint.time]]
    )
    if paint.weather == "storm":
        return [(o, mix(c, "#262c3a", 0.58), a) for o, c, a in dull]
    if paint.weather == "fog":
        return [(o, mix(c, dull[-1][1], 0.5), a) for o, c, a in dull]
    return dull


def _lights(paint: Paint, bottom: float, x: float) -> str:
    if not paint.dry:
        return ""
    if paint.time == "night":
        dice = paint.dice("stars")
        stars = "".join(
            oval(
                dice.uniform(LEFT, RIGHT),
                dice.uniform(-700, 330),
                r,
                r,
                "#fdf6dd",
                opacity=dice.uniform(0.4, 1),
            )
            for r in (dice.choice((1.4, 1.9, 2.8)) for _ in range(190))
        )
        moon = (
            glow(x, 110, 230, 230, "#cdd8ff", 0.5)
            + oval(x, 110, 46, 46, "#f4efdc")
            + oval(x + 13, 101, 38, 38, "#e2dbc4", opacity=0.6)
        )
        return stars + moon
    if paint.time == "dusk":
        return glow(x, bottom - 70, 620, 360, "#ffd27a", 0.8) + oval(x, bottom - 70, 74, 74, "#ffe2a0")
    return glow(x, 60, 420, 420, "#fffbe0", 0.7) + oval(x, 60, 58, 58, "#fffbe6")


def _clouds(paint: Paint, away: float) -> str:
    tone = {"day": "#ffffff", "dusk": "#f7a987", "night": "#33406b"}[paint.time]
    if paint.weather == "fog":
        return ""
    if not paint.dry:
        tone = mix(tone, "#3a4250" if paint.weather == "storm" else "#6b7480", 0.6)
    spots = [
        (260, 150, 1.0),
        (760, 70, 0.7),
        (1420, 240, 1.1),
        (-220, 40, 1.2),
        (1960, 110, 1.0),
        (500, -190, 1.2),
    ]
    many = (
        spots if paint.dry else [(x + d, y + abs(d) * 0.2, s * 1.6) for x, y, s in spots for d in (-170, 150)]
    )
    return "".join(_cloud(x + away, y + away * 0.08, s, tone) for x, y, s in many)


def _cloud(x: float, y: float, size: float, tone: str) -> str:
    top = [(-110, 20), (-84, -8), (-44, -12), (-18, -40), (28, -38), (48, -12), (92, -8), (120, 20)]
    d = curve([(x + a * size, y + b * size) for a, b in [*top, (0, 27)]])
    return path(d, tone, opacity=0.8) + clip(
        d,
        path(
            curve(
                [
                    (x - 130 * size, y + 8 * size),
                    (x, y + 12 * size),
                    (x + 130 * size, y + 6 * size),
                    (x, y + 50 * size),
                ]
            ),
            dark(tone, 0.1),
            opacity=0.5,
        ),
    )


def skyline(paint: Paint, base: float, *, tall: float = 1.0, seed: int = 3, near: bool = False) -> str:
    """A row of buildings, with lit windows after dark; low old houses in a story of earlier times."""
    if paint.tells("period"):
        return _roofs(paint, base)
    dice = random.Random(seed)  # noqa: S311  # architecture, not secrets
    haze = {"day": "#9fb9c9", "dusk": "#9a6480", "night": "#1c2750"}[paint.time]
    parts, x = [], LEFT
    while x < RIGHT:
        w, h = dice.uniform(80, 170), dice.uniform(110, 330) * tall
        body = mix(haze, paint.lit("#6d6672"), dice.uniform(0.25, 0.5) if near else dice.uniform(0.02, 0.2))
        parts.append(_tower(paint, dice, (x, base - h, w, h), body, near))
        x += w + dice.uniform(-12, 22)
    return "".join(parts)


def _tower(
    paint: Paint, dice: random.Random, frame: tuple[float, float, float, float], body: str, near: bool
) -> str:
    x, y, w, h = frame
    roof = dice.choice(("flat", "step", "tank"))
    top = box(x + w * 0.25, y - 26, w * 0.5, 30, body) if roof == "step" else ""
    top += box(x + w * 0.6, y - 34, 24, 24, dark(body, 0.15), r=3) if roof == "tank" else ""
    lit = {"day": pale(body, 0.28), "dusk": "#ffd98a", "night": "#ffd777"}[paint.time]
    chance = 0.5 if paint.time != "day" else 0.75
    panes = "".join(
        box(
            cx, cy, 10, 15, lit if dice.random() < chance else dark(body, 0.25), opacity=0.9 if near else 0.65
        )
        for cy in range(int(y) + 18, int(y + h) - 12, 32)
        for cx in range(int(x) + 12, int(x + w) - 16, 24)
    )
    return top + box(x, y, w, h, body) + box(x, y, w * 0.22, h, dark(body, 0.18)) + panes


def hills(paint: Paint, base: float, tone: str, *, seed: int = 1, high: float = 120.0) -> str:
    """A soft line of hills or trees."""
    dice = random.Random(seed)  # noqa: S311  # hills, not secrets
    crest = [
        (x, base - dice.uniform(0.35, 1.0) * high) for x in range(int(LEFT) - 200, int(RIGHT) + 300, 170)
    ]
    return path(
        curve([*crest, (RIGHT + 300, base + 60), (LEFT - 300, base + 60)], tension=0.9), paint.lit(tone)
    )


def outlook(paint: Paint, *, high: bool = False) -> str:
    """What the windows of a house look out on: the city, gardens, hills, or the land that the story tells of."""
    seen = _view(paint, high=high)
    paint = replace(paint, cold=cold_of(paint.told))
    base = 620 if high else 520
    drawn = sky(paint, 560, sun_x=980)
    if seen == "city":
        return drawn + skyline(paint, base, tall=0.9 if high else 0.75, seed=paint.seed) + flat(base, 1200, paint.lit("#7a7f86"))  # fmt: skip
    if seen == "desert":
        bare = hills(paint, 440, "#c9a07c", seed=paint.seed, high=130) + hills(paint, 500, "#b98a60", seed=paint.seed + 4, high=50)  # fmt: skip
        return drawn + bare + flat(500, 1200, paint.lit("#c29a6c"))
    if seen == "sea":
        line_of_water = flat(400, 1200, paint.lit("#5f93a4")) + flat(400, 6, paint.lit("#a8c8cc"))
        waves = "".join(flat(y, 3, paint.lit("#8fb8c0")) for y in (426, 458, 498, 548))
        return drawn + line_of_water + waves
    drawn += hills(paint, 470, "#8aa58a", seed=paint.seed, high=120)
    if seen == "roofs":
        drawn += _roofs(paint, 520)
    drawn += _grove(paint, 520 if seen == "gardens" else 500, 34 if seen == "gardens" else 15)
    return drawn + flat(520, 1200, paint.lit("#7d9a62"))


def _view(paint: Paint, *, high: bool) -> str:
    """What is seen from there: what the story says, else as this place has it."""
    if paint.tells("arid"):
        return "desert"
    if paint.tells("seaside"):
        return "sea"
    if paint.tells("rural", "rural_view"):
        return paint.pick("outlook", "gardens", "hills")
    if paint.tells("period"):
        return paint.pick("outlook", "roofs", "gardens", "hills", "roofs")
    return "city" if high else paint.pick("outlook", "city", "gardens", "hills", "city")


def _roofs(paint: Paint, base: float) -> str:
    """A row of low old houses with pitched roofs and chimneys, some of their windows lit after dark."""
    dice, x, drawn = paint.dice("roofs"), LEFT, ""
    while x < RIGHT:
        w, h = dice.uniform(110, 190), dice.uniform(90, 150)
        wall = paint.lit(dice.choice(("#c9b08c", "#b5937a", "#bda894", "#a88470")))
        tile = paint.lit(dice.choice(("#8f4f3c", "#7a4a40", "#6a5a58")))
        drawn += box(x + w * 0.68, base - h - 62, 20, 50, dark(tile, 0.15)) + box(x, base - h, w, h + 10, wall)  # fmt: skip
        drawn += path(pts([(x - 12, base - h), (x + w / 2, base - h - 58), (x + w + 12, base - h)]), tile)
        pane = "#ffd98a" if paint.lamps and dice.random() < 0.6 else dark(wall, 0.45)
        drawn += "".join(box(x + w * k - 9, base - h + 24, 18, 28, pane) for k in (0.28, 0.72))
        x += w + dice.uniform(-8, 16)
    return drawn


def _grove(paint: Paint, base: float, count: int) -> str:
    """Round tree tops, one before the other."""
    dice = paint.dice("grove")
    tops = []
    for _ in range(count):
        x, size = dice.uniform(LEFT, RIGHT), dice.uniform(46, 92)
        green = paint.lit(dice.choice(("#6f9a5c", "#5c8a54", "#86a862")))
        tops.append(
            oval(x, base - size * 0.7, size, size * 1.15, green)
            + oval(x + size * 0.2, base - size * 0.5, size * 0.7, size * 0.8, dark(green, 0.14), opacity=0.6)
        )
    return "".join(tops)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A window: the hole it makes in its wall, and what is drawn around and in that hole."""

    hole: str
    pane: Pane
    trim: str


def opening(
    paint: Paint, x: float, y: float, w: float, h: float, *, curtain: str = "", style: str = ""
) -> Opening:
    """A window as this place has them: bars, frame, sill, curtains or a blind."""
    style = style or paint.pick("window", "cross", "sash", "arch", "grid", "cross")
    frame = pale(paint.wood, 0.5) if paint.seed % 3 else paint.lit("#efe8da")
    d = pts([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
    if style == "arch":
        d = f"M{num(x)} {num(y + h)}V{num(y + w / 2)}A{num(w / 2)} {num(w / 2)} 0 0 1 {num(x + w)} {num(y + w / 2)}V{num(y + h)}Z"
    shine = path(
        pts([(x + w * 0.12, y + h), (x + w * 0.42, y), (x + w * 0.56, y), (x + w * 0.26, y + h)]),
        "#ffffff",
        opacity=0.1,
    )
    trim = clip(d, shine, _bars(x, y, w, h, frame, style))
    trim += path(d, ink=frame, width=20) + path(d, ink=paint.ink, width=3.5)
    sill = box(x - 22, y + h + 4, w + 44, 20, frame, ink=paint.ink, width=3.5, r=3)
    if curtain == "blinds":
        trim += "".join(
            box(x, y + k * 14, w, 6, pale(frame, 0.3), opacity=0.9) for k in range(int(h * 0.4 / 14))
        )
    elif curtain:
        trim += _curtains(paint, x, y, w, h, curtain)
    return Opening(hole=d, pane=(x, y, w, h), trim=sill + trim)


def _bars(x: float, y: float, w: float, h: float, tone: str, style: str) -> str:
    if style == "plain":
        return ""
    if style == "grid":
        across = "".join(box(x + w * k / 3 - 3, y, 6, h, tone) for k in (1, 2))
        return across + "".join(box(x, y + h * k / 4 - 3, w, 6, tone) for k in (1, 2, 3))
    if style == "sash":
        return box(x, y + h * 0.5, w, 13, tone) + box(x + w / 2 - 3, y, 6, h * 0.5, tone)
    return box(x + w / 2 - 5, y, 10, h, tone) + box(x, y + h * 0.45, w, 9, tone)


def _curtains(paint: Paint, x: float, y: float, w: float, h: float, colour: str) -> str:
    rod = box(x - 90, y - 34, w + 180, 9, paint.wood, ink=paint.ink, width=3, r=4)
    parts = []
    for side, edge in ((1, x - 78.0), (-1, x + w + 78.0)):
        wide = 118.0 * side
        d = curve([(edge, y - 30), (edge + wide, y - 30), (edge + wide * 0.86, y + h * 0.5), (edge + wide * 0.72, y + h + 90), (edge - 6 * side, y + h + 92)], tension=0.5)  # fmt: skip
        folds = "".join(path(curve([(edge + wide * k, y - 30), (edge + wide * k * 0.92, y + h * 0.5), (edge + wide * k * 0.8, y + h + 92), (edge + wide * (k + 0.09) * 0.8, y + h + 92), (edge + wide * (k + 0.09), y - 30)], tension=0.6), dark(colour, 0.24), opacity=0.8) for k in (0.08, 0.34, 0.6, 0.84))  # fmt: skip
        parts.append(path(d, colour) + clip(d, folds) + path(d, ink=paint.ink, width=3.5))
    return "".join(parts) + rod
