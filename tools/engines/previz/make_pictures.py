"""Makes `pictures.json.gz` from the flat Fluent emoji. Only run when the list of pictures changes.

npm pack @iconify-json/fluent-emoji-flat@1.2.6
python -m tools.engines.previz.make_pictures iconify-json-fluent-emoji-flat-1.2.6.tgz
"""

import colorsys
import gzip
import json
import re
import sys
import tarfile
import xml.etree.ElementTree as ET  # the package's own files, read once by hand
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tools.engines.previz.colour import hexed, mix, rgb
from tools.engines.previz.picture_library import DETAIL, DRAWINGS, EVEN_ODD, SIDE, Shape
from tools.engines.previz.raster import raster
from tools.pictures.library import OWN, pictures

PAPER, WARMTH, FULLNESS = "#d9b98a", 0.14, 0.66
"""What emoji colours are mixed with, how much of it, and what is left of their saturation."""
SMALLEST = 3.4
"""A shape narrower than this gets no line of its own, in the icon set's units."""
SEEN = 128
"""Pixels across at which shapes are measured."""


@dataclass(frozen=True, kw_only=True)
class Paint:
    """What a shape inherits from what it lies in."""

    fill: str
    moved: str = ""


def make_pictures(package: Path, target: Path) -> None:
    """Write the drawings of the listed pictures. The same package always gives the same bytes."""
    icons = _icons(package)
    drawn = {
        name: _measured(_shapes(_recoloured(icons[one.drawing]["body"], one.colours)))
        for name, one in sorted(pictures().items())
        if one.drawing != OWN
    }
    text = json.dumps(drawn, separators=(",", ":"), sort_keys=True).encode()
    target.write_bytes(gzip.compress(text, compresslevel=9, mtime=0))


def _icons(package: Path) -> dict[str, dict[str, str]]:
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/icons.json")
        content: dict[str, dict[str, dict[str, str]]] = json.loads(member.read() if member else b"{}")
    return content["icons"]


def _recoloured(body: str, colours: Mapping[str, str]) -> str:
    """A wolf is a dog in grey."""
    return re.sub(r"#[0-9a-f]{6}", lambda found: colours.get(found[0], found[0]), body)


def _shapes(body: str) -> list[Shape]:
    root = ET.fromstring(f"<svg xmlns:xlink='x'>{body}</svg>")  # noqa: S314  # the package's own files
    gradients = {found[1]: found[2] for found in re.finditer(r'id="(\w+)".*?stop-color="(#\w+)"', body)}
    return [
        (_muted(gradients.get(fill[5:-1], fill)), d, int(even), moved)
        for fill, d, even, moved in _walk(root, Paint(fill="#000000"))
        if fill != "none"
    ]


def _walk(element: ET.Element, paint: Paint) -> Iterator[tuple[str, str, bool, str]]:
    tag = element.tag
    if tag in ("defs", "clipPath", "use", "mask"):
        yield from (one for child in element if tag == "defs" for one in _used(child, paint))
        return
    inner = Paint(
        fill=element.get("fill", paint.fill), moved=f"{paint.moved} {element.get('transform', '')}".strip()
    )
    d = _outline(element)
    if d:
        yield inner.fill, d, element.get("fill-rule") == "evenodd", inner.moved
    for child in element:
        yield from _walk(child, inner)


def _used(element: ET.Element, paint: Paint) -> Iterator[tuple[str, str, bool, str]]:
    """Shapes that are defined first and used later have a fill of their own where they are to be seen."""
    if element.get("fill") and element.tag in ("path", "circle", "ellipse", "rect"):
        yield from _walk(element, paint)


def _outline(element: ET.Element) -> str:
    """Path data of a shape."""
    if element.tag == "path":
        return element.get("d", "")
    if element.tag in ("circle", "ellipse"):
        x, y = float(element.get("cx", 0)), float(element.get("cy", 0))
        rx, ry = (float(element.get(key) or element.get("r") or 0) for key in ("rx", "ry"))
        return f"M{x - rx} {y}a{rx} {ry} 0 1 0 {2 * rx} 0a{rx} {ry} 0 1 0 {-2 * rx} 0z"
    if element.tag == "rect":
        x, y, w, h = (float(element.get(key, 0)) for key in ("x", "y", "width", "height"))
        return f"M{x} {y}h{w}v{h}h{-w}z"
    return ""


def _muted(colour: str) -> str:
    """An emoji's colour as it would be on our paper."""
    full = "#" + "".join(c * 2 for c in colour[1:]) if len(colour) == 4 else colour
    hue, light, fullness = colorsys.rgb_to_hls(*rgb(full))
    return mix(hexed(*colorsys.hls_to_rgb(hue, min(light, 0.93) * 0.97, fullness * FULLNESS)), PAPER, WARMTH)


def _measured(shapes: list[Shape]) -> tuple[list[float], list[Shape]]:
    """The drawing's reach, and its shapes with those marked that are too small for a line."""
    whole = _reach("".join(f'<g transform="{t}"><path d="{d}"/></g>' for _, d, _, t in shapes))
    marked = []
    for colour, d, even, moved in shapes:
        left, top, right, low = _reach(f'<g transform="{moved}"><path d="{d}"/></g>')
        small = min(right - left, low - top) < SMALLEST
        marked.append((colour, d, (EVEN_ODD if even else 0) | (DETAIL if small else 0), moved))
    return whole, marked


def _reach(body: str) -> list[float]:
    """Left, top, right and low end in the icon set's units."""
    solid = raster(body, (0, 0, SIDE, SIDE), (SEEN, SEEN))[:, :, 3] > 100
    xs, ys = np.flatnonzero(solid.any(axis=0)), np.flatnonzero(solid.any(axis=1))
    if not len(xs):
        return [0.0, 0.0, 0.0, 0.0]
    k = SIDE / SEEN
    return [float(xs[0] * k), float(ys[0] * k), float((xs[-1] + 1) * k), float((ys[-1] + 1) * k)]


if __name__ == "__main__":
    make_pictures(Path(sys.argv[1]), DRAWINGS)
