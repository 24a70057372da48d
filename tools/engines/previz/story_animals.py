"""Donkey and horse with all four feet on the ground, as a story leads them, stables them, rides them."""

import re

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import cel, curve, group, line, oval, path, pts, rod

LINE = 4.0
"""The width that they are drawn for."""


def donkey(ink: str, wide: float) -> str:
    """Grey, pale about the nose, with its long ears."""
    return _lined(_equine("#9a938c", "#4a4340", "#e4dccf", ears=46.0, ink=ink), wide)


def horse(ink: str, wide: float) -> str:
    """Brown, with a dark mane and a full tail."""
    return _lined(_equine("#9b6240", "#38281f", "#7a4a30", ears=20.0, ink=ink), wide)


def _lined(drawn: str, wide: float) -> str:
    """With outlines of that width."""
    k = min(max(wide / LINE, 0.4), 1.5)
    return re.sub(
        r'stroke-width="([\d.]+)"', lambda found: f'stroke-width="{float(found[1]) * k:.2f}"', drawn
    )


def _equine(coat: str, mane: str, nose: str, *, ears: float, ink: str) -> str:
    far = dark(coat, 0.28)
    legs = "".join(_leg(x, far, ink) for x in (-14, 58)) + "".join(_leg(x, coat, ink) for x in (-34, 40))
    tail = rod([(68, 2), (82, 18), (82, 44)], ink, far, 8) + path(curve([(76, 36), (88, 36), (90, 66), (80, 74), (74, 60)]), mane, ink=ink, width=3.5)  # fmt: skip
    trunk = curve([(-42, -12), (-20, -22), (20, -18), (56, -22), (74, -2), (68, 30), (44, 38), (0, 42), (-36, 36), (-48, 12)], tension=0.9)  # fmt: skip
    body = cel(
        trunk, coat, dark(coat, 0.2), pts([(-60, 22), (90, 14), (90, 60), (-60, 60)]), ink=ink, width=4.5
    )
    neck = path(curve([(-22, -22), (-40, -66), (-62, -70), (-66, -48), (-50, 16), (-34, 22)], tension=0.6), coat, ink=ink, width=4.5)  # fmt: skip
    seam = path(curve([(-40, -8), (-24, -16), (-10, 10), (-34, 16)]), coat)
    crest = path(curve([(-18, -22), (-26, -54), (-44, -82), (-56, -78), (-42, -56), (-32, -18)], tension=0.7), mane, ink=ink, width=3.5)  # fmt: skip
    drawn = tail + legs + body + neck + seam + crest + _head(coat, mane, nose, ears, ink)
    return group(drawn, transform="translate(2 12) scale(0.86)")


def _leg(x: float, tone: str, ink: str) -> str:
    shape = pts([(x - 10, 22), (x + 10, 22), (x + 7, 56), (x + 8, 84), (x - 8, 84), (x - 6, 56)])
    hoof = pts([(x - 9, 82), (x + 8, 82), (x + 10, 96), (x - 12, 96)])
    return path(shape, tone, ink=ink, width=4) + path(hoof, "#3a3230", ink=ink, width=3.5)


def _head(coat: str, mane: str, nose: str, ears: float, ink: str) -> str:
    back = path(pts([(-50, -76), (-40, -74 - ears), (-34, -72)]), dark(coat, 0.25), ink=ink, width=4)
    skull = cel(curve([(-42, -76), (-64, -80), (-84, -50), (-100, -26), (-92, -12), (-76, -14), (-56, -38), (-42, -52)], tension=0.8), coat, dark(coat, 0.18), pts([(-70, -40), (-30, -70), (-30, 0), (-90, 0)]), ink=ink, width=4.5)  # fmt: skip
    muzzle = path(curve([(-86, -42), (-100, -26), (-92, -12), (-78, -14), (-72, -28)], tension=0.8), nose, ink=ink, width=3.5)  # fmt: skip
    near = path(curve([(-62, -74), (-66, -80 - ears), (-56, -84 - ears * 0.5), (-50, -72)], tension=0.6), coat, ink=ink, width=4)  # fmt: skip
    inner = line([(-60, -78), (-62, -76 - ears * 0.7)], pale("#c9a08c", 0.2), 4)
    eye = oval(-68, -56, 4.5, 5.5, ink) + oval(-69.5, -58, 1.4, 1.6, "#ffffff")
    nostril = oval(-92, -26, 2.6, 3.4, ink)
    mouth = line([(-94, -17), (-84, -20)], ink, 3)
    lock = path(curve([(-48, -78), (-60, -86), (-72, -66), (-62, -70), (-54, -64)]), mane, ink=ink, width=3)
    return back + skull + muzzle + near + inner + lock + eye + nostril + mouth
