"""Which part of a picture is shown, and how it fills a frame of another shape.

Everything ends at the wanted size in yuv420p with square pixels. What follows a subject is a window that
moves along keys (`window.py`): where they come from is not decided here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from state.refusals import refuse
from state.timeline import Focus
from tools.post.window import expression

Fit = Literal["fill", "fit", "blur"]
"""Cut off what does not fit; between bars of one colour; between the picture's own blurred edges."""
_COLOUR = re.compile(r"^#[0-9A-Fa-f]{6}$")
_MOST_CUT = 90.0
_SHARPEST_BLUR = 24
"""The blurred sides are made so many pixels high and large again."""


@dataclass(frozen=True, kw_only=True)
class Edges:
    """What is cut off at each edge, in percent of the picture."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


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
    before: str, into: str, fit: Fit, *,
    size: tuple[int, int], colour: str = "#000000", around: Focus | None = None,
) -> list[str]:  # fmt: skip
    """Bring a picture of any shape to a size; `around` says around what it is cut off.

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
        outside += f":{_middle_at(around)}" if around is not None else ""
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


def _middle_at(key: Focus) -> str:
    return f"x='clip({key.x:.6f}*iw-ow/2,0,iw-ow)':y='clip({key.y:.6f}*ih-oh/2,0,ih-oh)'"


_TAGGED = "out_color_matrix=bt709:out_range=tv"


def _lit(colour: str) -> str:
    """A colour as pad takes it."""
    return f"color=0x{colour[1:]}"


def plan_cover(before: str, into: str, size: tuple[int, int]) -> list[str]:
    """Enlarge a picture until it covers a size; colours as fine as light, for a window to move over it.

    Without that the window could stand on every other pixel only.
    """
    width, height = size
    cover = f"scale={width}:{height}:force_original_aspect_ratio=increase:{_TAGGED}"
    return [f"[{before}]{cover},format=yuv444p[{into}]"]


def plan_window(
    before: str, into: str, keys: Sequence[Focus], *, size: tuple[int, int], first: int, frames: int
) -> list[str]:
    """A moving window over what `plan_cover` gave: `frames` from frame `first` of the source on.

    It stops at the edges of the picture.
    """
    along = (expression(keys, axis, first=first, frames=frames) for axis in ("x", "y"))
    x, y = (
        f"clip(round(({line})*i{side}-o{side}/2),0,i{side}-o{side})"
        for line, side in zip(along, "wh", strict=True)
    )
    return [f"[{before}]crop={size[0]}:{size[1]}:x='{x}':y='{y}',setsar=1,format=yuv420p[{into}]"]
