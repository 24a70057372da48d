"""What has happened to a thing and can be seen close: a hole, a patch, a burn, a stain, a chipped rim."""

from state.script import ThingState
from tools.engines.previz.extent import Extent
from tools.engines.previz.ink import Point, curve, group, line, oval, path, pts

DAMAGES = frozenset(("torn", "patched", "scorched", "stained", "chipped"))
THREAD = "#f2e6c8"
"""Of a mend whose thread nobody has told."""
LINING, SCORCH, BLOT = "#1f181d", "#7a4a22", "#6b3a2a"


def damaged(state: ThingState, extent: Extent, ink: str, thread: str) -> str:
    """The mark of that damage on what fills this extent."""
    left, top, right, low = extent
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
            return _at(_blot(), x + (right - left) * 0.1, y, size)
        case _:
            return _at(_chip(ink), left + (right - left) * 0.26, top, size)


def _at(mark: str, x: float, y: float, size: float) -> str:
    return group(mark, transform=f"translate({x:.1f} {y:.1f}) scale({size:.3f})")


def _hole(ink: str) -> str:
    ragged: list[Point] = [
        (-20, -8),
        (-6, -16),
        (8, -12),
        (22, -4),
        (14, 6),
        (18, 16),
        (2, 13),
        (-12, 18),
        (-15, 6),
    ]
    threads = "".join(
        line(one, THREAD, 2) for one in ([(-14, -4), (-2, 2)], [(16, 0), (6, 3)], [(0, 12), (2, 3)])
    )
    return path(pts(ragged), LINING, ink=ink, width=3.5) + threads


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


def _blot() -> str:
    edge = curve([(-24, 2), (-14, -18), (6, -22), (22, -8), (26, 10), (8, 22), (-12, 18)])
    return (
        path(edge, BLOT, opacity=0.6)
        + oval(-4, 2, 13, 10, BLOT, opacity=0.5)
        + oval(34, 16, 5, 4, BLOT, opacity=0.6)
    )


def _chip(ink: str) -> str:
    """A bite out of a rim, the rough clay showing."""
    gap: list[Point] = [(-15, -5), (15, -5), (9, 8), (2, 15), (-8, 10)]
    return path(pts(gap), "#4a3a38", ink=ink, width=3.5) + line(
        [(-12, -1), (-7, 8), (1, 12), (8, 6)], "#e9dcc4", 3.5
    )
