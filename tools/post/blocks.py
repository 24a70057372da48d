"""What is written over a picture, set and placed: blocks of rows, before they become a subtitle file."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from state.timeline import Place
from tools.post.fonts import Font, height, inked, runs
from tools.post.rows import Row, row_width, text_of

Kind = Literal["caption", "title", "label", "overlay", "logo"]
_COLUMNS = {"left": 1, "centre": 2, "right": 3}
_SLANT = 0.16
"""How far italics lean beyond their width, in em."""
_PITCH = 1.25
"""From row to row, in em."""
_TIGHT, _TIGHT_SCRIPTS = 0.72, 0.9
"""No closer than this share of what the font leaves between them; other scripts have marks there."""
_ROWS = {"bottom": 0, "middle": 3, "top": 6}


@dataclass(frozen=True, kw_only=True)
class Look:
    """How letters are drawn. Lengths in pixels."""

    font: Font
    em: float
    colour: str = "#ffffff"
    outline: str | None = "#0c0c10"
    edge: float = 0
    """The width of the outline."""
    shadow: float = 0
    background: str | None = None
    padding: float = 0
    """How far the background reaches beyond the letters."""
    opacity: float = 1
    tracking: float = 0
    """Space between letters."""
    soft: float = 0
    """How far edges are blurred."""
    slanted: bool = False

    @property
    def margin(self) -> float:
        """How far it is seen beyond its letters."""
        leaning = self.em * _SLANT if self.slanted else 0
        return self.edge + leaning + (self.padding if self.background else self.shadow)

    def scaled(self, share: float) -> "Look":
        """Smaller, or larger, with all that belongs to it."""
        return replace(
            self, em=self.em * share, edge=self.edge * share, shadow=self.shadow * share,
            padding=self.padding * share, tracking=self.tracking * share, soft=self.soft * share,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle in pixels from the upper left corner of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def moved(self, *, top: float) -> "Box":
        """The same, elsewhere in the same column."""
        return replace(self, top=top, bottom=top + self.height)

    def meets(self, other: "Box", gap: float) -> bool:
        """Whether the two lie closer than this."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


@dataclass(frozen=True, kw_only=True)
class Block:
    """Words or a picture, from frame `start` to the frame before `end`."""

    kind: Kind
    start: int
    end: int
    place: Place
    text: str = ""
    look: Look | None = None
    rows: tuple[Row, ...] = ()
    tops: tuple[float, ...] = ()
    """How far under the top of the first row each row's letters begin. Without them rows follow each other as
    far apart as their font says, which is what a common background asks for."""
    box: Box | None = None
    """Where it is seen, with its outline or background; None until it is placed."""
    size: tuple[float, float] = (0, 0)
    """How much room it takes."""
    fade: tuple[int, int] = (0, 0)
    """Frames in which it comes, and goes."""
    source: int = 0
    """Which one of its kind in the cut it is."""


def words_block(
    kind: Kind, rows: Sequence[Row], look: Look, place: Place, *, start: int, end: int, source: int = 0,
    fade: tuple[int, int] = (0, 0), room: float = 1,
) -> Block:  # fmt: skip
    """A block of these rows, with the room that they take; `room` is more where it grows as it comes."""
    wide = max((row_width(row, look.font, look.tracking / look.em) for row in rows), default=0) * look.em
    heights = [_reach(text_of(row), look) for row in rows]
    tops: tuple[float, ...] = ()
    high = sum(above + below for above, below in heights)
    if look.background is None and room == 1 and rows:
        tops = _tops(rows, heights, look)
        high = tops[-1] + sum(heights[-1])
    margin = 2 * look.margin
    return Block(
        kind=kind, start=start, end=end, place=place, look=look, rows=tuple(rows), tops=tops, fade=fade,
        source=source, text=" ".join(map(text_of, rows)),
        size=((wide + margin) * room, (high + margin) * room),
    )  # fmt: skip


def _reach(text: str, look: Look) -> tuple[float, float]:
    """How far a row reaches above and below its line, in pixels; letters of all its fonts count."""
    heights = [_height(font, part) for font, part in runs(text, look.font)] or [_height(look.font, "")]
    return max(above for above, _ in heights) * look.em, max(below for _, below in heights) * look.em


def _height(font: Font, text: str) -> tuple[float, float]:
    """As the font says, or as it is drawn where marks may stand on one another."""
    usual = height(font)
    if not any(map(unicodedata.combining, text)):
        return usual.above, usual.below
    above, below = inked(text, font)
    return max(usual.above, above), max(usual.below, below)


def _tops(rows: Sequence[Row], heights: Sequence[tuple[float, float]], look: Look) -> tuple[float, ...]:
    """Rows as close as they read well: fonts leave room between them for what titles do not have."""
    tops, line = [0.0], heights[0][0]
    for (before, (_, below)), (after, (above, _)) in pairwise(zip(rows, heights, strict=True)):
        tight = _TIGHT if _in_one_font(before, look) and _in_one_font(after, look) else _TIGHT_SCRIPTS
        line += max(_PITCH * look.em, tight * (below + above))
        tops.append(line - above)
    return tuple(tops)


def _in_one_font(row: Row, look: Look) -> bool:
    return all(font == look.font for font, _ in runs(text_of(row), look.font))


def column_of(place: Place) -> Literal["left", "centre", "right"]:
    """On which side it stands."""
    for side in ("left", "right"):
        if place.endswith(side):
            return side
    return "centre"


def level_of(place: Place) -> Literal["top", "middle", "bottom"]:
    """How high it stands."""
    for level in ("top", "bottom"):
        if place.startswith(level):
            return level
    return "middle"


def key_of(place: Place) -> int:
    """The place as subtitles name it: 1 to 9 as on a key pad."""
    return _COLUMNS[column_of(place)] + _ROWS[level_of(place)]
