"""What grows in rows, stands in woods and hangs over walls."""

import random

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import clip, curve, line, num, oval, path, pts
from tools.engines.previz.sets.furniture import floor_shadow
from tools.engines.previz.sets.paint import LEFT, RIGHT, Paint, flat, wash
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import stick

W = 3.0


def ground(paint: Paint, top: float, tone: str, *, tufts: int = 90, deep: float = 330.0) -> str:
    """Earth or grass from its far edge to the camera, with tufts in the same colour."""
    dice = paint.dice(f"tufts{top:.0f}")
    soil = wash(top, deep, [(0, dark(tone, 0.16), 1), (1, tone, 1)]) + flat(
        top + deep - 1, 1701 - top - deep, tone
    )
    marks = ""
    for k in range(tufts):
        near = ((k + dice.random()) / max(tufts, 1)) ** 1.3
        s = 0.5 + 1.2 * near
        x, y = dice.uniform(LEFT, RIGHT), top + 14 + (1240 - top) * near
        marks += f"M{num(x)} {num(y)}l{num(-6 * s)} {num(-14 * s)}l{num(6 * s)} {num(7 * s)}l{num(4 * s)} {num(-16 * s)}l{num(4 * s)} {num(16 * s)}l{num(8 * s)} {num(-9 * s)}l{num(-5 * s)} {num(16 * s)}Z"
    return soil + path(marks, dark(tone, 0.22), opacity=0.6)


def blade(x: float, y: float, dx: float, dy: float, wide: float, droop: float = 0.0) -> str:
    """Path data of one long leaf that bends at its tip."""
    mx, my = x + dx * 0.55, y + dy * 0.8
    tip = f"{num(x + dx)} {num(y + dy + droop)}"
    return f"M{num(x)} {num(y)}Q{num(mx)} {num(my - wide)} {tip}Q{num(mx)} {num(my + wide)} {num(x)} {num(y + wide * 0.6)}Z"


def maize(paint: Paint, x: float, y: float, high: float, dice: random.Random) -> str:
    """One plant of maize with its cob and tassel."""
    green = paint.lit(dice.choice(("#6f9a44", "#7fa64a", "#5f8c42")))
    lean = dice.uniform(-0.03, 0.03) * high
    leaves = ""
    for k in range(6):
        side = 1 if k % 2 else -1
        up = high * (0.14 + k * 0.135)
        reach = high * dice.uniform(0.2, 0.3) * (1 - k * 0.06)
        leaves += blade(x + lean * up / high, y - up, side * reach, -high * 0.12, high * 0.03, high * dice.uniform(0.04, 0.14))  # fmt: skip
    top = (x + lean, y - high)
    tassel = "".join(
        f"M{num(top[0])} {num(top[1] + high * 0.06)}l{num(high * d)} {num(-high * 0.11)}"
        for d in (-0.05, -0.02, 0.02, 0.05)
    )
    cx, cy = x + lean * 0.5 + high * 0.025, y - high * 0.5
    cob = path(
        curve(at(cx, cy, high / 100, "-1 4 3 4 6 -6 4 -14 1 -8")),
        paint.lit("#e0b84a"),
        ink=paint.ink,
        width=2,
    )
    return (
        line([(x, y), top], paint.ink, high * 0.03 + 3, smooth=False)
        + line([(x, y), top], dark(green, 0.15), high * 0.03, smooth=False)
        + path(tassel, ink=paint.lit("#c9a860"), width=max(2.0, high * 0.012))
        + path(leaves, green, ink=paint.ink, width=2)
        + cob
    )


def wheat(paint: Paint, top: float, low: float) -> str:
    """Standing corn: a golden sheet whose ears catch the light."""
    tone, dice = paint.lit("#d8b252"), paint.dice("ears")
    sheet = wash(top, low - top, [(0, pale(tone, 0.12), 1), (1, dark(tone, 0.12), 1)])
    light, shade = "", ""
    for k in range(420):
        near = (k / 420) ** 1.1
        x, y = dice.uniform(LEFT, RIGHT), top + (low - top) * near
        s = 0.5 + 1.3 * near
        mark = (
            f"M{num(x)} {num(y)}q{num(3 * s)} {num(-14 * s)} {num(dice.uniform(-6, 10) * s)} {num(-26 * s)}"
        )
        light, shade = (light + mark, shade) if k % 2 else (light, shade + mark)
    return (
        sheet
        + path(shade, ink=dark(tone, 0.24), width=4, opacity=0.7)
        + path(light, ink=pale(tone, 0.35), width=4)
    )


def ears(paint: Paint, x: float, y: float, size: float, dice: random.Random) -> str:
    """A tuft of wheat with its ears."""
    straw, stems, heads = paint.lit("#cfa748"), "", ""
    for _ in range(7):
        lean, high = dice.uniform(-50, 50) * size, dice.uniform(150, 230) * size
        foot = x + dice.uniform(-30, 30) * size
        stems += f"M{num(foot)} {num(y)}Q{num(foot)} {num(y - high * 0.7)} {num(foot + lean)} {num(y - high)}"
        heads += "".join(
            oval(foot + lean * (1 + k * 0.09) + side * 5 * size, y - high - k * 11 * size, 5 * size, 9 * size, pale(straw, 0.2), ink=paint.ink, width=1.5)
            for k in range(4)
            for side in (-1, 1)
        )  # fmt: skip
    return path(stems, ink=dark(straw, 0.15), width=4 * size) + heads


def poplar(paint: Paint, x: float, y: float, high: float, *, tone: str = "#6f9456") -> str:
    """A slender tree, as beside roads and canals."""
    green, s = paint.lit(tone), high / 100
    d = curve(at(x, y, s, "-5 -12 -12 -30 -12 -62 -5 -90 0 -100 6 -88 12 -60 11 -28 4 -11"), tension=0.9)
    shade = path(curve(at(x, y, s, "-14 -10 -14 -96 -3 -80 -5 -40 -2 -10")), dark(green, 0.24))
    dabs = path("".join(f"M{num(x + a * s)} {num(y + b * s)}l{num(3 * s)} {num(-6 * s)}" for a, b in ((1, -30), (5, -44), (2, -60), (6, -68), (1, -78))), ink=pale(green, 0.2), width=max(2, s * 1.2))  # fmt: skip
    trunk = line([(x, y), (x, y - 16 * s)], paint.lit("#6d5040"), 5 * s, smooth=False)
    return trunk + path(d, green) + clip(d, shade, dabs) + path(d, ink=paint.ink, width=W)


def cypress(paint: Paint, x: float, y: float, high: float) -> str:
    """A dark, narrow evergreen."""
    return poplar(paint, x, y, high, tone="#3f6848")


def fir(paint: Paint, x: float, y: float, high: float, *, tone: str = "#466f52", snow: bool = False) -> str:
    """A conifer in four skirts, under snow if it lies."""
    green, s = paint.lit(tone), high / 100
    drawn = line([(x, y), (x, y - 14 * s)], paint.lit("#5f4636"), 7 * s, smooth=False)
    for k in range(4):
        w, low, top = 30 - k * 6.2, -10 - k * 20.0, -44 - k * 18.5
        d = pts(at(x, y, s, f"{-w} {low} {-w * 0.5} {low - 3} {-w * 0.2} {low + 2} {w * 0.25} {low - 2} {w * 0.55} {low + 2} {w} {low - 1} 0 {top}"))  # fmt: skip
        left = path(pts(at(x, y, s, f"{-w} {low} {-w * 0.2} {low + 2} 0 {top}")), dark(green, 0.2))
        cap = at(x, y, s, f"0 {top} {-w * 0.55} {low - 14} {-w * 0.2} {low - 12} 0 {low - 17} {w * 0.3} {low - 11} {w * 0.55} {low - 15}")  # fmt: skip
        white = path(pts(cap), paint.lit("#f4f7fa")) if snow else ""
        drawn += path(d, green) + clip(d, left, white) + path(d, ink=paint.ink, width=W)
    return drawn


def willow(paint: Paint, x: float, y: float, size: float, *, tone: str = "#7f9c58") -> str:
    """A tree whose twigs hang to the ground."""
    green, dice = paint.lit(tone), paint.dice(f"willow{x:.0f}")
    trunk = path(curve(at(x, y, size, "-34 0 -26 -150 -50 -270 40 -280 26 -150 40 0"), tension=0.7), paint.lit("#6d5440"), ink=paint.ink, width=3.5)  # fmt: skip
    shape = (
        "-200 -250 -216 -340 -150 -430 -60 -486 70 -484 160 -430 220 -340 204 -250 120 -300 20 -262 -90 -300"
    )
    crown = path(curve(at(x, y, size, shape), tension=1.0), dark(green, 0.16))
    edge = line(
        at(x, y, size, "-206 -270 -216 -340 -150 -430 -60 -486 70 -484 160 -430 220 -340 210 -270"),
        paint.ink,
        3,
    )
    strands = {0: "", 1: "", 2: ""}
    for k in range(66):
        px = dice.uniform(-1, 1)
        top = -300 - (1 - px * px) * dice.uniform(20, 165)
        low = min(top + dice.uniform(110, 250), -46)
        out, mid = x + px * 232 * size, (top + low) / 2
        strands[k % 3] += (
            f"M{num(x + px * 196 * size)} {num(y + top * size)}Q{num(out)} {num(y + (mid - 30) * size)} {num(out)} {num(y + low * size)}"
        )
    tones = (green, pale(green, 0.2), dark(green, 0.12))
    hung = "".join(path(d, ink=tones[k], width=7 * size) for k, d in strands.items())
    return floor_shadow(x, y, 190 * size) + trunk + crown + edge + hung


def bean_row(paint: Paint, x: float, y: float, high: float, *, count: int = 4) -> str:
    """Poles tied to tents, with beans that climb them."""
    dice, step = paint.dice(f"beans{x:.0f}"), high * 0.3
    poles, green, wide = "", paint.lit("#5f9148"), count * step
    for k in range(count + 1):
        px = x - wide / 2 + k * step
        for lean in (-0.12, 0.12):
            poles += stick(paint, [(px - lean * high, y), (px + lean * high * 0.25, y - high)], pale(paint.wood, 0.2), high * 0.018)  # fmt: skip
    ridge = stick(paint, [(x - wide / 2 - 20, y - high * 0.88), (x + wide / 2 + 20, y - high * 0.88)], pale(paint.wood, 0.2), high * 0.02)  # fmt: skip
    leaves, pods, blooms = "", "", ""
    for k in range(26 * (count + 1)):
        up = dice.uniform(0.03, 0.95)
        px = (
            x
            - wide / 2
            + (k % (count + 1)) * step
            + dice.choice((-0.1, 0.1)) * high * (1 - up)
            + dice.uniform(-14, 14)
        )
        leaves += _leaf(px, y - high * up, high * dice.uniform(0.03, 0.055))
        if k % 5 == 0:
            pods += f"M{num(px)} {num(y - high * up)}q6 {num(high * 0.05)} -2 {num(high * 0.1)}"
        if k % 9 == 0:
            blooms += oval(px + 6, y - high * up, high * 0.014, high * 0.014, paint.lit("#e0574a"))
    return (
        floor_shadow(x, y, wide * 0.6)
        + poles
        + ridge
        + path(leaves, green, ink=dark(green, 0.45), width=1.6)
        + path(pods, ink=paint.lit("#9cbf5a"), width=5)
        + blooms
    )


def _leaf(x: float, y: float, r: float) -> str:
    """Path data of a heart-shaped leaf."""
    return f"M{num(x)} {num(y - r)}q{num(r * 1.4)} {num(r * 0.4)} 0 {num(r * 2)}q{num(-r * 1.4)} {num(-r * 1.6)} 0 {num(-r * 2)}Z"


def cabbages(paint: Paint, y: float, size: float, spots: list[float], tone: str) -> str:
    """A row of cabbages or lettuces, one path for all their leaves."""
    green = paint.lit(tone)
    outer = "".join(
        f"M{num(x - 44 * size)} {num(y - 14 * size)}q{num(-4 * size)} {num(-34 * size)} {num(26 * size)} {num(-36 * size)}q{num(18 * size)} {num(-20 * size)} {num(38 * size)} {num(-2 * size)}q{num(30 * size)} 0 {num(26 * size)} {num(38 * size)}q{num(-44 * size)} {num(22 * size)} {num(-90 * size)} 0Z"
        for x in spots
    )
    hearts = "".join(
        oval(x, y - 28 * size, 22 * size, 19 * size, pale(green, 0.2), ink=dark(green, 0.4), width=2)
        for x in spots
    )
    return path(outer, green, ink=paint.ink, width=2.5) + hearts


def hedge(paint: Paint, y: float, high: float, *, tone: str = "#5f8450", salt: str = "hedge") -> str:
    """A line of bushes as wide as the set, its edge uneven."""
    dice, green = paint.dice(salt), paint.lit(tone)
    crest = [(x, y - high * dice.uniform(0.72, 1.0)) for x in range(int(LEFT) - 100, int(RIGHT) + 160, 70)]
    d = curve([*crest, (RIGHT + 200, y + 6), (LEFT - 200, y + 6)], tension=1.1)
    shade = flat(y - high * 0.34, high * 0.5, dark(green, 0.22))
    return path(d, green) + clip(d, shade) + path(d, ink=mix(paint.ink, green, 0.4), width=W)
