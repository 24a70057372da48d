"""Water that lies open: it has the sky's colours, ripples, the light of the hour and what stands over it."""

from tools.engines.previz.colour import dark, mix
from tools.engines.previz.ink import box, clip, glow, group, line, num, oval, path, pts
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, flat, wash
from tools.engines.previz.sets.sky import aside, stops

SEA, LAKE, RIVER = "#3f8499", "#4f8a96", "#5f8a7a"


def tones(paint: Paint, tone: str) -> tuple[str, str]:
    """The colours of water, far away and near: how much of the sky it has in it."""
    seen, own = stops(paint), paint.lit(tone)
    return mix(own, seen[-1][1], 0.45), mix(own, seen[0][1], 0.3)


def water(paint: Paint, top: float, low: float, *, tone: str = LAKE, waves: int = 90) -> str:
    """A sheet of water as wide as the set, from its far edge to its near one."""
    far, near = tones(paint, tone)
    sheet = wash(top, low - top, [(0, far, 1), (0.4, mix(far, near, 0.65), 1), (1, near, 1)])
    return sheet + flat(low - 1, 3, near) + ripples(paint, top, low, mix(far, "#ffffff", 0.35), waves)


def ripples(paint: Paint, top: float, low: float, tone: str, count: int) -> str:
    """Small waves, longer and thicker near the camera."""
    dice, drawn = paint.dice(f"ripples{top:.0f}"), {1.6: "", 2.6: "", 4.0: ""}
    for k in range(count):
        near = ((k + dice.random()) / count) ** 1.4
        x, y = dice.uniform(LEFT, RIGHT), top + 6 + (low - top - 8) * near
        long, high = 26 + 130 * near, 2 + 8 * near
        step = f"M{num(x)} {num(y)}q{num(long / 2)} {num(-high)} {num(long)} 0"
        drawn[1.6 if near < 0.3 else 2.6 if near < 0.65 else 4.0] += step
    return "".join(path(d, ink=tone, width=width, opacity=0.55) for width, d in drawn.items() if d)


def glitter(paint: Paint, top: float, low: float, *, sun_x: float = 1180.0) -> str:
    """The way of light that sun or moon throw on water, under where the sky has them."""
    if not paint.dry:
        return ""
    x, dice = sun_x + aside(paint), paint.dice("glitter")
    tone = {"day": "#ffffff", "dusk": "#ffdf9e", "night": "#e6ecff"}[paint.time]
    drawn = glow(x, top + 14, 200, 60, tone, 0.3)
    for k in range(18):
        near = k / 17
        wide = (14 + 70 * near) * dice.uniform(0.5, 1.3)
        y = top + 5 + (low - top - 10) * near**1.3
        drawn += oval(x + dice.uniform(-50, 50) * near, y, wide, 1.6 + 3 * near, tone, opacity=0.55)
    return drawn


def mirrored(body: str, y: float, *, strength: float = 0.3) -> str:
    """The picture that calm water gives back of what stands at its far edge."""
    below = pts([(LEFT - 400, y), (RIGHT + 400, y), (RIGHT + 400, 1701), (LEFT - 400, 1701)])
    return clip(below, group(body, transform=f"translate(0 {num(2 * y)}) scale(1 -1)", opacity=strength))


def lights_in_water(paint: Paint, lamps: tuple[Lamp, ...], top: float, low: float) -> str:
    """What lamps beside it throw on water after dark."""
    if not paint.lamps:
        return ""
    drawn = ""
    for lamp in lamps:
        for k in range(6):
            y = top + (low - top) * (k + 0.6) / 6
            drawn += oval(
                lamp.x + (k % 2 * 2 - 1) * 5, y, 26 - k * 2.5, 3.2, lamp.tone, opacity=0.6 - k * 0.08
            )
    return drawn


def reeds(paint: Paint, x: float, y: float, size: float = 1.0, *, count: int = 13) -> str:
    """A clump of reeds with a few bulrushes."""
    dice, green, stems, tips = paint.dice(f"reeds{x:.0f}"), paint.lit("#6f8f52"), "", ""
    for k in range(count):
        foot = x + (k - count / 2) * 12 * size
        lean, high = dice.uniform(-30, 34) * size, dice.uniform(90, 210) * size
        stems += f"M{num(foot)} {num(y)}q{num(lean * 0.2)} {num(-high * 0.6)} {num(lean)} {num(-high)}"
        if k % 3 == 1:
            tips += box(foot + lean - 5 * size, y - high - 6 * size, 10 * size, 38 * size, paint.lit("#6f4a30"),
                        ink=paint.ink, width=2, r=5 * size)  # fmt: skip
    return path(stems, ink=paint.ink, width=8 * size) + path(stems, ink=green, width=5 * size) + tips


def gulls(paint: Paint, *spots: tuple[float, float, float]) -> str:
    """Gulls on the wing: where, and how large."""
    drawn = ""
    for x, y, s in spots:
        wing = [(x - 34 * s, y - 10 * s), (x - 14 * s, y - 20 * s), (x, y), (x + 14 * s, y - 20 * s), (x + 34 * s, y - 10 * s)]  # fmt: skip
        drawn += line(wing, paint.ink, 9 * s) + line(wing, paint.lit("#f6f4ee"), 5 * s)
    return drawn


def rowing_boat(paint: Paint, x: float, y: float, size: float, tone: str) -> str:
    """A small boat on the water, its oars laid in."""
    from_left = f"M{num(x - 190 * size)} {num(y - 62 * size)}"
    hull = (
        f"{from_left}Q{num(x)} {num(y - 26 * size)} {num(x + 200 * size)} {num(y - 74 * size)}"
        f"Q{num(x + 170 * size)} {num(y)} {num(x + 90 * size)} {num(y)}H{num(x - 120 * size)}"
        f"Q{num(x - 176 * size)} {num(y - 10 * size)} {num(x - 190 * size)} {num(y - 62 * size)}Z"
    )
    inside = (
        f"{from_left}Q{num(x)} {num(y - 96 * size)} {num(x + 200 * size)} {num(y - 74 * size)}"
        f"Q{num(x)} {num(y - 26 * size)} {num(x - 190 * size)} {num(y - 62 * size)}Z"
    )
    oar = line([(x - 70 * size, y - 50 * size), (x + 150 * size, y - 128 * size)], paint.wood, 8 * size)
    shade = oval(x, y + 4 * size, 190 * size, 12 * size, "#10202a", opacity=0.3)
    bands = line([(x - 184 * size, y - 44 * size), (x, y - 22 * size), (x + 192 * size, y - 58 * size)], dark(tone, 0.3), 6 * size)  # fmt: skip
    return (
        shade
        + path(inside, dark(paint.wood, 0.35), ink=paint.ink, width=3)
        + oar
        + path(hull, tone, ink=paint.ink, width=3.5)
        + bands
    )
