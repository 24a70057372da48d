"""The layers of a set, drawn once for all shots that see the same of it.

Shots come back to a set-up, above all in a dialogue. What is kept is a handful of layers in
each drawing process: the key is everything a layer is drawn from, so a kept one has the
pixels that drawing it again would have.
"""

from functools import lru_cache

from tools.engines.previz.colour import Grade
from tools.engines.previz.raster import Pixels, grade_matrix, graded, soft_raster
from tools.engines.previz.room_light import View, lit
from tools.engines.previz.sets.paint import Paint, Pane, SetDrawing

KEPT = 6
"""Layers kept in a process: about 12 MiB each at 1080p."""
PARALLAX = 0.07
"""How much more than the panes is drawn of what they look out on, as a share of the view."""


@lru_cache(maxsize=KEPT)
def set_layer(
    body: str,
    view: View,
    size: tuple[int, int],
    *,
    blur: float,
    grade: Grade,
    fade: float,
    air: float,
    paint: Paint,
    under: SetDrawing | None = None,
) -> Pixels:
    """One layer, lit and graded, read only; `under` is the set whose lamps and windows light it."""
    drawn = soft_raster(body, view, size, blur)
    if under:
        drawn = lit(drawn, under, paint, view)
    done = graded(drawn, grade_matrix(grade, fade=fade, air=air))
    done.flags.writeable = False
    return done


def seen_through(panes: tuple[Pane, ...], view: View, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The pixels (left, top, right, low) of a layer that lie behind glass, with room for parallax."""
    if not panes:
        return 0, 0, 2, 2
    x, y, w, h = view
    edges = (
        min(p[0] for p in panes) - w * PARALLAX, min(p[1] for p in panes) - h * PARALLAX,
        max(p[0] + p[2] for p in panes) + w * PARALLAX, max(p[1] + p[3] for p in panes) + h * PARALLAX,
    )  # fmt: skip
    left, right = (min(max(round((edge - x) / w * size[0]), 0), size[0]) for edge in edges[::2])
    top, low = (min(max(round((edge - y) / h * size[1]), 0), size[1]) for edge in edges[1::2])
    return (left, top, right, low) if right - left > 1 and low - top > 1 else (0, 0, 2, 2)
