"""Which part of a picture is shown, and how it fills a frame of another shape.

Everything ends at the wanted size in yuv420p with square pixels. What follows a subject is a window that
moves along keyframes: where they come from is not decided here.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from state.refusals import refuse

Fit = Literal["fill", "fit", "blur"]
"""Cut off what does not fit; between bars of one colour; between the picture's own blurred edges."""
_COLOUR = re.compile(r"^#[0-9A-Fa-f]{6}$")
_MOST_CUT = 90.0
_SHARPEST_BLUR = 24
"""The blurred sides are made so many pixels high and large again."""
_STEEP_S = 0.04
"""Two keyframes must lie farther apart than this."""


@dataclass(frozen=True, kw_only=True)
class Edges:
    """What is cut off at each edge, in percent of the picture."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Keyframe:
    """Where the middle of the window is at a moment; shares of the picture, 0 at its left or upper edge."""

    at_s: float
    x: float
    y: float = 0.5


def plan_crop(before: str, into: str, edges: Edges) -> list[str]:
    """Cut edges off; sides stay even, and of a picture nobody can see less than a tenth.

    Raises:
        EditRefused: a number that is none, or nothing would be left.
    """
    for one, other, name in ((edges.left, edges.right, "left"), (edges.top, edges.bottom, "top")):
        if not (one >= 0 and other >= 0 and one + other <= _MOST_CUT):
            refuse("Nothing would be left of the picture.", field=f"crop.{name}",
                   fix=f"Cut off {_MOST_CUT:g} percent at most of the width and of the height.")  # fmt: skip
    if edges == Edges():
        return [f"[{before}]null[{into}]"]
    wide, high = (100 - edges.left - edges.right) / 100, (100 - edges.top - edges.bottom) / 100
    size = f"w='max(2,trunc(iw*{wide:.5f}/2)*2)':h='max(2,trunc(ih*{high:.5f}/2)*2)'"
    left, top = (
        f"trunc({side}*{part / 100:.5f}/2)*2" for side, part in (("iw", edges.left), ("ih", edges.top))
    )
    return [f"[{before}]crop={size}:x='{left}':y='{top}'[{into}]"]


def plan_fit(
    before: str, into: str, fit: Fit, *, size: tuple[int, int], colour: str = "#000000"
) -> list[str]:
    """Bring a picture of any shape to a size.

    Raises:
        EditRefused: a colour that is none.
    """
    if not _COLOUR.match(colour):
        refuse(f"{colour[:20]!r} is no colour.", field="colour", fix="Write it as #RRGGBB.")
    width, height = size
    inside = f"scale={width}:{height}:force_original_aspect_ratio=decrease:force_divisible_by=2:{_TAGGED}"
    outside = f"scale={width}:{height}:force_original_aspect_ratio=increase:{_TAGGED},crop={width}:{height}"
    middle = f"{width}:{height}:(ow-iw)/2:(oh-ih)/2"
    if fit == "fill":
        return [f"[{before}]{outside},setsar=1,format=yuv420p[{into}]"]
    if fit == "fit":
        # pad would put a shift of a pixel between luma and colour where the bar is odd.
        return [
            f"[{before}]{inside},setsar=1,format=yuv444p,pad={middle}:{_lit(colour)},format=yuv420p[{into}]"
        ]
    small = max(2, round(_SHARPEST_BLUR * width / height / 2) * 2)
    return [
        f"[{before}]split[{into}a][{into}b]",
        f"[{into}a]{outside},setsar=1,scale={small}:{_SHARPEST_BLUR}:flags=area,gblur=sigma=1.2,"
        f"scale={width}:{height}:flags=bicubic,lutyuv=y='16+(val-16)*0.72',format=yuv444p[{into}c]",
        f"[{into}b]{inside},setsar=1,format=yuv444p[{into}d]",
        f"[{into}c][{into}d]overlay=(W-w)/2:(H-h)/2:format=yuv444,format=yuv420p[{into}]",
    ]


_TAGGED = "out_color_matrix=bt709:out_range=tv"


def _lit(colour: str) -> str:
    """A colour as pad takes it."""
    return f"color=0x{colour[1:]}"


def plan_reframe(
    before: str, into: str, keys: Sequence[Keyframe], *,
    source: tuple[int, int], size: tuple[int, int], fps: int, zoom: float = 1.0,
) -> list[str]:  # fmt: skip
    """Another ratio out of a moving picture: the largest window of the new shape, which follows keyframes.

    `source` is the size of what comes in, at `fps`. The window moves smoothly from key to key, stops at the
    edges of the picture, and stands still where there is one key. `zoom` makes it smaller.

    Raises:
        EditRefused: no keys, keys out of order, or values outside the picture.
    """
    _check_keys(keys)
    if not 1 <= zoom <= 4:
        refuse(f"The window cannot be {zoom:g} times as near.", field="zoom", fix="Give it 1 to 4.")
    width, height = source
    scale = min(width / size[0], height / size[1]) / zoom
    window = size[0] * scale, size[1] * scale
    x = _along([(key.at_s, _edge(key.x, window[0], width)) for key in keys], fps)
    y = _along([(key.at_s, _edge(key.y, window[1], height)) for key in keys], fps)
    return [f"[{before}]{_window(x, y, window, size)}[{into}]"]


def _window(x: str, y: str, window: tuple[float, float], size: tuple[int, int]) -> str:
    """A window that lies between pixels too, so that a slow pan does not jerk."""
    corners = ":".join(
        f"x{n}='{x}+{window[0] if n % 2 else 0:.3f}':y{n}='{y}+{window[1] if n > 1 else 0:.3f}'"
        for n in range(4)
    )
    return (
        f"perspective={corners}:eval=frame:interpolation=cubic,"
        f"scale={size[0]}:{size[1]}:{_TAGGED},setsar=1,format=yuv420p"
    )


def _check_keys(keys: Sequence[Keyframe]) -> None:
    fix = "Name at least one, in the order of time, with x and y of 0 to 1."
    if not keys:
        refuse("There is no keyframe.", field="keys", fix=fix)
    for number, key in enumerate(keys):
        finite = all(math.isfinite(value) for value in (key.at_s, key.x, key.y))
        if not (finite and 0 <= key.x <= 1 and 0 <= key.y <= 1 and key.at_s >= 0):
            refuse(f"Keyframe {number} lies outside the picture.", field="keys", fix=fix)
        if number and key.at_s < keys[number - 1].at_s + _STEEP_S:
            refuse(f"Keyframe {number} is not after the one before it.", field="keys", fix=fix)


def _edge(share: float, window: float, whole: int) -> float:
    """The window's left or upper edge, inside the picture."""
    return min(max(share * whole - window / 2, 0.0), whole - window)


def _along(keys: Sequence[tuple[float, float]], fps: int) -> str:
    """A value over time that leaves each key and comes to the next softly; flat before and after them."""
    moment_s = f"((on-1)/{fps})"  # perspective counts its frames from one on
    line = f"{keys[0][1]:.3f}"
    for (start, low), (end, high) in pairwise(keys):
        if abs(high - low) > 0.001:
            share = f"clip(({moment_s}-{start:.4f})/{end - start:.4f},0,1)"
            line += f"+{high - low:.3f}*{share}*{share}*(3-2*{share})"
    return f"({line})"
