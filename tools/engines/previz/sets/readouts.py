"""What tells something: clocks, luminous figures, monitors, dials."""

from tools.engines.previz.colour import dark
from tools.engines.previz.ink import box, curve, glow, group, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.paint import Paint
from tools.engines.previz.sets.shapes import disc


def clock(paint: Paint, x: float, y: float, r: float = 44.0, *, hour: float = 0.0) -> str:
    """A round wall clock."""
    face = disc(paint, x, y, r, paint.lit("#2f3138")) + disc(paint, x, y, r * 0.86, paint.lit("#f6f2e6"))
    marks = "".join(
        oval(x + dx * r * 0.68, y + dy * r * 0.68, r * 0.05, r * 0.05, paint.ink)
        for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0))
    )
    lean = -0.3 + hour * 0.6
    hands = line([(x, y), (x + r * lean, y - r * 0.42)], paint.ink, r * 0.1) + line(
        [(x, y), (x + r * 0.5, y + r * (0.3 - hour * 0.5))], paint.ink, r * 0.07
    )
    return face + marks + hands


SEGMENTS = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc",
    "8": "abcdefg", "9": "gfabcd", "-": "g",
}  # fmt: skip


ENDS = {
    "a": ((0, 0), (20, 0)), "b": ((20, 0), (20, 20)), "c": ((20, 20), (20, 40)), "d": ((0, 40), (20, 40)),
    "e": ((0, 20), (0, 40)), "f": ((0, 0), (0, 20)), "g": ((0, 20), (20, 20)),
}  # fmt: skip


@modern
def digits(paint: Paint, x: float, y: float, said: str, tone: str, size: float = 1.0) -> str:
    """Luminous figures from their top left corner, that can be read in a mirrored set too."""
    bars = [(k * 34, ENDS[bar]) for k, figure in enumerate(said) for bar in SEGMENTS[figure]]
    drawn = "".join(line([(px + k, py) for px, py in ends], tone, 6, smooth=False) for k, ends in bars)
    far = (len(said) * 34 - 14) * size if paint.mirrored else 0.0
    turn = -size if paint.mirrored else size
    return group(drawn, transform=f"translate({x + far:g} {y:g}) scale({turn:g} {size:g})")


@modern
def screen(paint: Paint, x: float, y: float, w: float, h: float, shows: str = "lines") -> str:
    """A lit monitor: `lines`, `graph`, `map`, `corridor` or `bars`."""
    case = f.slab(paint, x - 8, y - 8, w + 16, h + 16, paint.lit("#2a2d35"), r=6)
    back = "#123038" if shows != "corridor" else "#46565a"
    return (
        glow(x + w / 2, y + h / 2, w * 0.9, h * 0.95, "#9fe0e8", 0.2)
        + case
        + box(x, y, w, h, back)
        + _shown(x, y, w, h, shows)
    )


def _shown(x: float, y: float, w: float, h: float, shows: str) -> str:
    if shows == "graph":
        points = [(x + w * k / 6, y + h * v) for k, v in enumerate((0.7, 0.5, 0.62, 0.34, 0.46, 0.22, 0.3))]
        grid = "".join(box(x, y + h * k / 4, w, 1.6, "#3f7f86") for k in (1, 2, 3))
        return grid + line(points, "#7af0b8", 5, smooth=False)
    if shows == "map":
        land = path(curve([(x + w * 0.1, y + h * 0.3), (x + w * 0.4, y + h * 0.14), (x + w * 0.7, y + h * 0.4), (x + w * 0.86, y + h * 0.8), (x + w * 0.3, y + h * 0.82)]), "#3f8f86")  # fmt: skip
        return (
            land
            + oval(x + w * 0.55, y + h * 0.45, 7, 7, "#ffb14e")
            + oval(x + w * 0.36, y + h * 0.62, 5, 5, "#ff6a4e")
        )
    if shows == "corridor":
        mid = [
            (x + w * 0.38, y + h * 0.3),
            (x + w * 0.62, y + h * 0.3),
            (x + w * 0.62, y + h * 0.66),
            (x + w * 0.38, y + h * 0.66),
        ]
        floor = path(pts([(x, y + h), mid[3], mid[2], (x + w, y + h)]), "#93a6a6")
        return (
            floor
            + path(pts([(x, y), mid[0], mid[1], (x + w, y)]), "#2f3d42")
            + path(pts(mid), "#dfeeea")
            + oval(x + w - 12, y + 12, 4, 4, "#ff5a4e")
        )
    if shows == "bars":
        return "".join(
            box(
                x + w * (0.08 + k * 0.15),
                y + h * (1 - v),
                w * 0.1,
                h * v,
                ("#7af0b8", "#ffd24e", "#6ac8f0")[k % 3],
            )
            for k, v in enumerate((0.5, 0.8, 0.36, 0.62, 0.9, 0.44))
        )
    return "".join(
        box(
            x + w * 0.08,
            y + h * (0.12 + k * 0.15),
            w * v,
            h * 0.07,
            "#8fe6d8" if k else "#ffffff",
            opacity=0.9,
        )
        for k, v in enumerate((0.5, 0.8, 0.64, 0.76, 0.3))
    )


def gauge(paint: Paint, x: float, y: float, r: float = 30.0, *, lean: float = 0.5) -> str:
    """A round dial with its needle."""
    rim = disc(paint, x, y, r, paint.lit("#c9a04a")) + disc(paint, x, y, r * 0.8, paint.lit("#f6f2e6"))
    scale = line(
        [
            (x - r * 0.5, y + r * 0.2),
            (x - r * 0.34, y - r * 0.44),
            (x + r * 0.34, y - r * 0.44),
            (x + r * 0.5, y + r * 0.2),
        ],
        dark(paint.lit("#c9503f"), 0.1),
        r * 0.1,
    )
    return (
        rim
        + scale
        + line([(x, y + r * 0.1), (x + r * 0.7 * (lean - 0.5), y - r * 0.46)], paint.ink, r * 0.12)
    )
