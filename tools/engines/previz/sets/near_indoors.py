"""Things of rooms where people work, wait or travel, near the camera: drawn as `foreground` says."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, line, oval, path
from tools.engines.previz.sets.paint import Paint

FOOT = 90.0
"""How far in a thing may reach where captions are."""


def boxes(paint: Paint, h: float) -> str:
    """A stack of cartons."""
    return _stack(paint, h, paint.lit("#b58a58"), pale(paint.lit("#c39a68"), 0.2))


def cool_boxes(paint: Paint, h: float) -> str:
    """A stack of white boxes with blue bands."""
    return _stack(paint, h, paint.lit("#c3d2da"), paint.lit("#3f7fae"))


def _stack(paint: Paint, h: float, tone: str, band: str) -> str:
    drawn = ""
    for y, wide, high, shade in ((0.34, 104.0, 0.2, 0.0), (0.54, 150.0, 0.25, 0.12), (0.79, FOOT, 0.35, 0.2)):
        face = dark(tone, shade + 0.08)
        drawn += box(-220, h * y, 220 + wide, h * high, face, r=8)
        drawn += box(-220, h * y, 220 + wide, 14, pale(face, 0.22), r=6)
        drawn += box(-30, h * (y + 0.03), wide, h * 0.045, band, opacity=0.8)
        drawn += box(wide - 14, h * y + 14, 14, h * high - 14, dark(face, 0.2))
    return drawn


def bars(paint: Paint, h: float) -> str:
    """Iron bars from floor to ceiling."""
    iron = dark(paint.lit("#7a848a"), 0.1)
    drawn = "".join(box(-200, h * y, 200 + FOOT, 26, iron, r=8) for y in (0.1, 0.66))
    for x in (-70.0, -4.0, 62.0):
        drawn += box(x, -120, 24, h * 1.3, iron) + box(x + 15, -120, 5, h * 1.3, pale(iron, 0.4))
    return drawn


def clothes(paint: Paint, h: float) -> str:
    """Garments that hang from a rail."""
    drawn = line([(-200, h * 0.05), (190, h * 0.05)], paint.lit("#9aa6aa"), 16, smooth=False)
    for x, low, c in ((-70, 0.8, "#35577a"), (10, 0.72, "#a8433f"), (84, 0.66, "#d9cfb8")):
        tone = dark(paint.lit(c), 0.15)
        hem = min(x + 80, 164.0)
        coat = [(x - 14, h * 0.09), (x + 14, h * 0.09), (x + 62, h * 0.16), (hem, h * low), (x - 84, h * low)]
        drawn += path(curve([*coat, (x - 62, h * 0.16)], tension=0.35), tone)
        folds = ((x + k, h * 0.2, x + k * 1.2, h * (low - 0.03)) for k in (-30, 4, 36))
        drawn += "".join(line([(a, b), (c_, d)], dark(tone, 0.2), 7) for a, b, c_, d in folds)
    return drawn


def seat(paint: Paint, h: float) -> str:
    """The back of a seat, with its piping."""
    tone = dark(paint.accent, 0.12)
    back = box(-220, h * 0.56, 220 + FOOT, h * 0.6, tone, r=46) + box(
        -200, h * 0.585, 176 + FOOT, 20, pale(tone, 0.3), r=10
    )
    seams = "".join(line([(x, h * 0.64), (x - 6, h * 1.05)], dark(tone, 0.25), 8) for x in (-60, 16))
    return back + seams


def canvas(paint: Paint, h: float) -> str:
    """A picture on its stretcher, seen from behind, on an easel."""
    wood, cloth = dark(paint.wood, 0.12), paint.lit("#cfc2a4")
    legs = line([(-20, h * 0.1), (70, h * 1.1)], wood, 28, smooth=False) + box(-70, -40, 26, h * 1.2, wood)
    sheet = box(-240, h * 0.16, 240 + 120, h * 0.54, cloth) + box(
        -240, h * 0.16, 240 + 120, h * 0.54, "none", ink=wood, width=26
    )
    return legs + sheet + box(-240, h * 0.41, 350, 24, wood) + box(-240, h * 0.7, 240 + 140, 26, wood, r=6)


def pipe(paint: Paint, h: float) -> str:
    """An upright pipe with flanges and a red wheel."""
    tone = mix(paint.lit("#8a949a"), paint.accent, 0.25)
    strips = ((-60.0, 120.0, dark(tone, 0.25)), (-30.0, 90.0, tone), (26.0, 20.0, pale(tone, 0.35)))
    shaft = "".join(box(x, -100, w, h * 1.3, c) for x, w, c in strips)
    rings = "".join(box(-80, h * y, 80 + FOOT - 6, 34, dark(tone, 0.12), r=8) for y in (0.16, 0.5, 0.8))
    red = dark(paint.lit("#c9403a"), 0.1)
    wheel = oval(30, h * 0.36, 70, 78, "none", ink=red, width=22) + line(
        [(-30, h * 0.36), (92, h * 0.36)], red, 14
    )
    return shaft + rings + wheel + oval(30, h * 0.36, 20, 22, red)
