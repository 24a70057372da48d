"""What has happened to a thing and can be seen close: a hole, a patch, a burn, a stain, a chipped rim."""

from itertools import pairwise

from state.script import ThingState
from tools.engines.previz.colour import dark, pale
from tools.engines.previz.extent import extent_of, top_at
from tools.engines.previz.ink import Point, clip, curve, group, line, oval, path, pts
from tools.engines.previz.raster import raster

DAMAGES = frozenset(("torn", "patched", "scorched", "stained", "chipped"))
THREAD = "#f2e6c8"
"""Of a mend whose thread nobody has told."""
BREAK = ((0.1, -0.04), (-0.08, 0.14), (0.07, 0.3), (-0.06, 0.46), (0.09, 0.62), (-0.05, 0.78), (0.04, 1.04))
"""Where a thing parts, from top to foot: shares of its width from the middle, and of its height."""
SIDE, SOLID, STEPS = 110, 200, 6
"""Of the square in which it is looked for where a drawing is, and in how many steps a part of its edge is."""
APART, TURNED = 0.13, 9
"""How far the halves lie from each other, as a share of the width, and how much each is turned."""
SPLASHED = 1.15
"""How much larger a splash is than a hole."""
LINING, SCORCH, BLOT = "#1f181d", "#7a4a22", "#6b3a2a"


def damaged(state: ThingState, drawn: str, ink: str, thread: str, stain: str = BLOT) -> str:
    """The mark of that damage on a drawing."""
    left, top, right, low = extent_of(drawn)
    x, y, size = (left + right) / 2, top + (low - top) * 0.6, min(right - left, low - top) / 150
    match state:
        case "torn":
            return _at(_hole(ink), x - (right - left) * 0.18, y, size)
        case "patched":
            # On the sleeve of a jacket, and as well on a sheet.
            return _at(_patch(ink, thread), left + (right - left) * 0.2, top + (low - top) * 0.56, size * 0.8)
        case "scorched":
            return _at(_scorch(), x, y - (low - top) * 0.1, size)
        case "stained":
            return _at(_blot(stain, ink), x + (right - left) * 0.04, top + (low - top) * 0.5, size * SPLASHED)
        case _:
            rim = left + (right - left) * 0.3
            return _at(_chip(ink), rim, top_at(drawn, rim) + 4, size)


def in_halves(drawn: str, ink: str) -> str:
    """A drawing parted along a ragged line, its halves fallen away from each other."""
    left, top, right, low = extent_of(drawn)
    edge, away = _edge(left, top, right, low), max(right - left, low - top) * APART
    drawn += _torn_edge(drawn, edge, ink)
    halves = []
    for side in (-1, 1):
        far = left - 40 if side < 0 else right + 40
        half = clip(pts([*edge, (far, low + 40), (far, top - 40)]), drawn)
        x, y = (left + right) / 2 + side * (right - left) / 4, low
        halves.append(
            group(half, transform=f"translate({side * away:.1f} 0) rotate({side * TURNED} {x:.1f} {y:.1f})")
        )
    return group(*halves, transform="scale(0.88)")


def _torn_edge(drawn: str, edge: list[Point], ink: str) -> str:
    """The line along which it parts, where there is anything to part."""
    pixels = raster(drawn, (-SIDE, -SIDE, 2 * SIDE, 2 * SIDE), (2 * SIDE, 2 * SIDE)).reshape(
        2 * SIDE, 2 * SIDE, 4
    )

    def is_there(x: float, y: float) -> bool:
        across, down = round(x) + SIDE, round(y) + SIDE
        inside = 0 <= across < 2 * SIDE and 0 <= down < 2 * SIDE
        return inside and bool(pixels[down, across, 3] > SOLID)

    drawn_on = ""
    for (x, y), (u, v) in pairwise(edge):
        steps = [(x + (u - x) * k / STEPS, y + (v - y) * k / STEPS) for k in range(STEPS + 1)]
        for one, two in pairwise(steps):
            drawn_on += line([one, two], ink, 7, smooth=False) if is_there(*one) and is_there(*two) else ""
    return drawn_on


def seam(drawn: str, ink: str, thread: str) -> str:
    """Where it was in halves and is one again."""
    left, top, right, low = extent_of(drawn)
    edge = [(x, min(max(y, top + 3), low - 3)) for x, y in _edge(left, top, right, low)]
    return line(edge, ink, 8, smooth=False) + line(edge, thread, 5, smooth=False)


def _edge(left: float, top: float, right: float, low: float) -> list[Point]:
    x, wide, high = (left + right) / 2, right - left, low - top
    return [(x + wide * across, top + high * down) for across, down in BREAK]


def _at(mark: str, x: float, y: float, size: float) -> str:
    return group(mark, transform=f"translate({x:.1f} {y:.1f}) scale({size:.3f})")


def _hole(ink: str) -> str:
    """Ragged, the dark inside seen, its edge frayed."""
    ragged: list[Point] = [
        (-22, -6),
        (-9, -15),
        (4, -10),
        (20, -13),
        (15, 1),
        (24, 10),
        (6, 11),
        (-4, 19),
        (-12, 9),
        (-24, 8),
    ]
    frays = "".join(
        line(one, ink, 2.4)
        for one in (
            [(-22, -6), (-29, -10)],
            [(20, -13), (26, -19)],
            [(24, 10), (31, 14)],
            [(-4, 19), (-6, 26)],
        )
    )
    return frays + path(curve(ragged, tension=0.3), LINING, ink=ink, width=3)


def _patch(ink: str, thread: str) -> str:
    """Of another cloth, sewn on with stitches that can be counted."""
    piece = path(pts([(-17, -19), (16, -17), (18, 18), (-16, 20)]), "#8a7c6c", ink=ink, width=3)
    stitches = ""
    for k in range(5):
        t = -14 + k * 7
        for a, b in (
            ((t, -24), (t + 2, -12)),
            ((t, 13), (t + 2, 25)),
            ((-23, t), (-11, t + 2)),
            ((11, t), (24, t + 2)),
        ):
            stitches += line([a, b], thread, 4.2, smooth=False)
    return piece + stitches


def _scorch() -> str:
    """The print of an iron: pointed above, square below."""
    outer = curve([(0, -44), (20, -14), (26, 30), (0, 35), (-26, 30), (-20, -14)], tension=0.7)
    inner = curve([(0, -30), (12, -8), (16, 20), (0, 24), (-16, 20), (-12, -8)], tension=0.7)
    return path(outer, SCORCH, opacity=0.62) + path(inner, SCORCH, opacity=0.55)


def _blot(tone: str, ink: str) -> str:
    """Splashed on, running down in two drops, with splatters round it."""
    edge = curve([(-26, -2), (-16, -20), (4, -16), (18, -24), (28, -4), (22, 12), (18, 34), (12, 14), (0, 16), (-6, 28), (-12, 14)])  # fmt: skip
    spots = "".join(
        oval(x, y, r, r, tone, ink=dark(tone, 0.35), width=1.4)
        for x, y, r in ((38, -14, 4.5), (-36, 8, 4), (34, 24, 3.5), (-26, -28, 3.5), (-24, 30, 3))
    )
    lump = oval(-6, -4, 8, 6, dark(tone, 0.2)) + oval(10, 0, 6, 5, pale(tone, 0.25))
    return path(edge, tone, ink=dark(tone, 0.35), width=2.2) + lump + spots


def _chip(ink: str) -> str:
    """A bite out of a rim, the rough clay showing, and a hair line running down from it."""
    gap: list[Point] = [(-15, -7), (14, -7), (10, 3), (4, 5), (1, 12), (-7, 8), (-11, 2)]
    return line([(1, 10), (5, 19), (2, 28)], ink, 2.4) + path(pts(gap), "#a98f70", ink=ink, width=3.2)
