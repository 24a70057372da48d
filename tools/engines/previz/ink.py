"""The pen: SVG shapes as strings, so that everything drawn is a value that can be compared.

Coordinates are whatever space the caller draws in; numbers are written with one
decimal, which keeps the documents small and the bytes the same on every machine.
"""

import re
import zlib
from collections.abc import Sequence
from math import hypot

Point = tuple[float, float]
Stop = tuple[float, str, float]
"""Offset 0 to 1, colour, opacity."""


def num(value: float) -> str:
    """A coordinate as text."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def pts(points: Sequence[Point], closed: bool = True) -> str:
    """Path data of straight lines through the points."""
    steps = " L".join(f"{num(x)} {num(y)}" for x, y in points)
    return f"M{steps}{'Z' if closed else ''}"


def curve(points: Sequence[Point], closed: bool = True, tension: float = 1.0) -> str:
    """Path data of a smooth line through the points (Catmull-Rom as Béziers)."""
    count = len(points)
    if count < 3:
        return pts(points, False)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    parts = [f"M{num(points[0][0])} {num(points[0][1])}"]
    for i in range(count if closed else count - 1):
        before, start, end, after = at(i - 1), at(i), at(i + 1), at(i + 2)
        k = tension / 6
        first = (start[0] + (end[0] - before[0]) * k, start[1] + (end[1] - before[1]) * k)
        second = (end[0] - (after[0] - start[0]) * k, end[1] - (after[1] - start[1]) * k)
        parts.append("C" + " ".join(f"{num(x)} {num(y)}" for x, y in (first, second, end)))
    return "".join(parts) + ("Z" if closed else "")


def tube(points: Sequence[Point], widths: Sequence[float]) -> str:
    """Path data of a limb: a smooth outline at half the width on both sides of a bent line."""
    left: list[Point] = []
    right: list[Point] = []
    for i, (x, y) in enumerate(points):
        ahead, behind = points[min(i + 1, len(points) - 1)], points[max(i - 1, 0)]
        dx, dy = ahead[0] - behind[0], ahead[1] - behind[1]
        length = hypot(dx, dy) or 1.0
        nx, ny = -dy / length * widths[i] / 2, dx / length * widths[i] / 2
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return curve([*left, *reversed(right)], tension=0.8)


def path(d: str, fill: str = "none", *, ink: str = "none", width: float = 0.0, opacity: float = 1.0) -> str:
    """One path element."""
    stroke = f' stroke="{ink}" stroke-width="{num(width)}"' if width else ""
    alpha = _faded(opacity, fill, width)
    return f'<path d="{d}" fill="{fill}"{stroke}{alpha}/>'


def _faded(opacity: float, fill: str, width: float) -> str:
    # A fading fill or stroke is free; a fading element costs the rasteriser a layer of its own.
    if opacity >= 1:
        return ""
    if not width:
        return f' fill-opacity="{num(opacity)}"'
    return f' stroke-opacity="{num(opacity)}"' if fill == "none" else f' opacity="{num(opacity)}"'


def line(
    points: Sequence[Point], ink: str, width: float, *, smooth: bool = True, opacity: float = 1.0
) -> str:
    """An open stroke."""
    d = curve(points, False) if smooth else pts(points, False)
    return path(d, ink=ink, width=width, opacity=opacity)


def rod(points: Sequence[Point], ink: str, tone: str, width: float, *, smooth: bool = True) -> str:
    """A stroke with an outline of 4 on both sides."""
    return line(points, ink, width + 8, smooth=smooth) + line(points, tone, width, smooth=smooth)


def oval(
    x: float, y: float, rx: float, ry: float, fill: str, *, ink: str = "none", width: float = 0.0,
    opacity: float = 1.0,
) -> str:  # fmt: skip
    """An ellipse by its centre."""
    stroke = f' stroke="{ink}" stroke-width="{num(width)}"' if width else ""
    alpha = _faded(opacity, fill, width)
    where = f'cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}"'
    return f'<ellipse {where} fill="{fill}"{stroke}{alpha}/>'


def box(
    x: float, y: float, w: float, h: float, fill: str, *, ink: str = "none", width: float = 0.0,
    r: float = 0.0, opacity: float = 1.0,
) -> str:  # fmt: skip
    """A rectangle by its top left corner."""
    stroke = f' stroke="{ink}" stroke-width="{num(width)}"' if width else ""
    alpha = _faded(opacity, fill, width)
    where = f'x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"'
    return f'<rect {where} rx="{num(r)}" fill="{fill}"{stroke}{alpha}/>'


def group(*parts: str, transform: str = "", opacity: float = 1.0) -> str:
    """Several elements moved or faded together."""
    move = f' transform="{transform}"' if transform else ""
    alpha = f' opacity="{num(opacity)}"' if opacity < 1 else ""
    return f"<g{move}{alpha}>{''.join(parts)}</g>"


def clip(d: str, *parts: str) -> str:
    """Elements seen only inside a path."""
    name = f"c{zlib.crc32(d.encode()):08x}"
    return f'<clipPath id="{name}"><path d="{d}"/></clipPath><g clip-path="url(#{name})">{"".join(parts)}</g>'


def cut(*holes: str) -> str:
    """A seam: everything drawn before it has holes where these shapes are."""
    return f"<!--cut {''.join(holes)}-->" if holes else ""


def seams(body: str) -> list[str]:
    """A drawing taken apart at its seams: a part, the holes cut into all before, the next part, ..."""
    return re.split(r"<!--cut (.*?)-->", body, flags=re.DOTALL)


def cel(d: str, fill: str, shade: str, shadow: str, *, ink: str, width: float) -> str:
    """A filled shape with one hard shadow and an outline: the cel look."""
    return path(d, fill) + clip(d, path(shadow, shade)) + path(d, ink=ink, width=width)


def gradient(stops: Sequence[Stop], *, radial: bool = False, across: bool = False) -> tuple[str, str]:
    """A gradient from top to bottom (or left to right, or from the centre out).

    Returns its definition, to be put before use, and the paint that names it.
    """
    body = "".join(
        f'<stop offset="{num(o)}" stop-color="{colour}" stop-opacity="{num(alpha)}"/>'
        for o, colour, alpha in stops
    )
    tag = "radialGradient" if radial else "linearGradient"
    line_ = "" if radial else (' x1="0" y1="0" x2="1" y2="0"' if across else ' x1="0" y1="0" x2="0" y2="1"')
    name = f"g{zlib.crc32((tag + line_ + body).encode()):08x}"
    return f'<{tag} id="{name}"{line_}>{body}</{tag}>', f"url(#{name})"


def glow(x: float, y: float, rx: float, ry: float, colour: str, strength: float) -> str:
    """Soft light around a point."""
    define, paint = gradient(
        [(0, colour, strength), (0.4, colour, strength * 0.45), (1, colour, 0)], radial=True
    )
    return define + oval(x, y, rx, ry, paint)


def document(body: str, view: tuple[float, float, float, float], size: tuple[int, int]) -> str:
    """A complete SVG that shows `view` (x, y, width, height) stretched over `size` pixels."""
    seen = " ".join(f"{v:.4f}" for v in view)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{seen}" width="{size[0]}" height="{size[1]}" '
        f'preserveAspectRatio="none" stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
    )
