"""What a gesture itself puts into a hand or on the table: a pen, a spoon, a wheel, a bowl."""

from collections.abc import Callable
from typing import Literal

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import Point, box, clip, curve, group, line, oval, path, pts

Implement = Literal["pen", "spoon", "screwdriver", "wheel", "glass", "bite", "half_left", "half_right"]
BRASS, WOOD, STEEL, CLAY = "#c99b3f", "#a9703f", "#aeb7bf", "#b5603f"


def in_hand(kind: Implement, at: Point, ink: str, width: float) -> str:
    """An implement whose handle passes through a fist at a point of the body's space."""
    return group(_HELD[kind](ink, width), transform=f"translate({at[0]:.1f} {at[1]:.1f})")


def _pen(ink: str, w: float) -> str:
    barrel = pts([(10, -30), (17, -26), (-4, 15), (-10, 12)])
    nib = pts([(-4, 15), (-10, 12), (-11, 22)])
    return path(barrel, "#28406b", ink=ink, width=w * 0.7) + path(nib, BRASS, ink=ink, width=w * 0.5)


def _spoon(ink: str, w: float) -> str:
    return path(pts([(9, -34), (15, -32), (-6, 44), (-12, 42)]), WOOD, ink=ink, width=w * 0.7)


def _screwdriver(ink: str, w: float) -> str:
    grip = path(pts([(2, -24), (13, -20), (6, 2), (-4, -1)]), "#c8452f", ink=ink, width=w * 0.7)
    shaft = path(pts([(-1, 1), (3, 2), (-7, 30), (-10, 29)]), STEEL, ink=ink, width=w * 0.6)
    return shaft + grip


def _wheel(ink: str, w: float) -> str:
    """Seen by who sits before it: a rim, two spokes and a boss, leaning away."""
    rim = oval(0, 0, 58, 38, "none", ink=ink, width=10 + w * 1.6) + oval(
        0, 0, 58, 38, "none", ink="#3a3a44", width=10
    )
    spokes = line([(-58, 4), (0, 6), (58, 4)], "#3a3a44", 9, smooth=False)
    return rim + spokes + oval(0, 6, 16, 13, "#2b2b33", ink=ink, width=w * 0.8)


def _glass(ink: str, w: float) -> str:
    """Tipped towards the mouth."""
    body = group(
        path(pts([(-13, -34), (13, -34), (9, 8), (-9, 8)]), "#dfe9ee", ink=ink, width=w * 0.8)
        + path(pts([(-11, -20), (11, -20), (8, 6), (-8, 6)]), "#b98a4a"),
        transform="rotate(-38)",
    )
    return body


def _bite(ink: str, w: float) -> str:
    """A slice of bread with a bite out of it, before the mouth."""
    slice_ = curve(
        [(-20, -14), (-14, -30), (-4, -24), (4, -34), (16, -28), (22, -8), (16, 10), (-14, 10)], tension=0.8
    )
    crumb = curve(
        [(-14, -13), (-9, -23), (-2, -19), (6, -27), (12, -22), (16, -7), (11, 4), (-10, 4)], tension=0.8
    )
    return path(slice_, "#b9793f", ink=ink, width=w * 0.8) + path(crumb, "#f0dcae")


def _half(ink: str, w: float, way: int) -> str:
    """One half of a torn sheet, its ragged edge towards the other one."""
    ragged = [(-8, -42), (2, -30), (-6, -18), (5, -6), (-4, 8), (4, 20), (-3, 32)]
    edge = [(x * way - way * 6, y) for x, y in ragged]
    sheet = pts([(way * 46, -50), *edge, (way * 40, 40)])
    words = "".join(
        line([(way * 12, y), (way * 36, y - 2)], "#8b8fa0", w * 0.7, smooth=False) for y in (-30, -16, -2, 12)
    )
    return path(sheet, "#f6f1e4", ink=ink, width=w * 0.8) + words


def _half_left(ink: str, w: float) -> str:
    return group(_half(ink, w, -1), transform="rotate(-14)")


def _half_right(ink: str, w: float) -> str:
    return group(_half(ink, w, 1), transform="rotate(14)")


_HELD: dict[Implement, Callable[[str, float], str]] = {
    "pen": _pen, "spoon": _spoon, "screwdriver": _screwdriver, "wheel": _wheel,
    "glass": _glass, "bite": _bite, "half_left": _half_left, "half_right": _half_right,
}  # fmt: skip


def on_table(gesture: str, at: Point, ink: str, width: float) -> str:
    """What lies before somebody who writes, stirs or works, on a table's top at a point."""
    lying = {"writing": _sheet, "stirring": _bowl, "working": _case}.get(gesture)
    return group(lying(ink, width), transform=f"translate({at[0]:.1f} {at[1]:.1f})") if lying else ""


def _sheet(ink: str, w: float) -> str:
    paper = pts([(-46, -13), (40, -13), (52, 14), (-58, 14)])
    words = "".join(
        line([(-44 - i * 3, -8 + i * 5), (20 - i * 7, -8 + i * 5)], "#8b8fa0", w * 0.6, smooth=False)
        for i in range(3)
    )
    return path(paper, "#f6f1e4", ink=ink, width=w * 0.7) + words


def _bowl(ink: str, w: float) -> str:
    side = curve([(-52, -12), (-44, 22), (-20, 40), (20, 40), (44, 22), (52, -12)], tension=0.9)
    shade = curve([(-60, -20), (-26, -12), (-24, 20), (-6, 46), (-60, 46)])
    food = oval(0, -12, 46, 8.5, "#d9a457")
    return (
        path(side, CLAY) + clip(side, path(shade, dark(CLAY, 0.24))) + path(side, ink=ink, width=w)
        + oval(0, -12, 52, 12, pale(CLAY, 0.2), ink=ink, width=w) + food
    )  # fmt: skip


def _case(ink: str, w: float) -> str:
    """An open case with something to mend in it."""
    front = box(-50, -6, 100, 32, "#8a5a3a", ink=ink, width=w, r=3)
    inside = path(pts([(-50, -6), (-40, -20), (40, -20), (50, -6)]), "#3d2a22", ink=ink, width=w * 0.8)
    gear = oval(-14, -12, 13, 6, STEEL, ink=ink, width=w * 0.7) + oval(-14, -12, 4, 2, "#3d2a22")
    coil = oval(18, -12, 9, 5, BRASS, ink=ink, width=w * 0.7)
    clasp = box(-7, -2, 14, 9, BRASS, ink=ink, width=w * 0.6, r=2)
    return inside + gear + coil + front + clasp
