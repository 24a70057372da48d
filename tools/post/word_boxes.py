"""Where the words that are burned in stand, read from the very file that burns them in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pysubs2

from state.timeline import Timeline
from tools.post.fonts import MAIN, TITLE, Font, line_height, width
from tools.post.titles import words_ass

_SIZE = re.compile(r"\\fs([\d.]+)")
_SPACE = re.compile(r"\\fsp([\d.]+)")
_TAGS = re.compile(r"\{[^{}]*\}")
_BOLD = 1.05
"""Bold is so much wider than the regular shapes that are measured."""


@dataclass(frozen=True, kw_only=True)
class WordBox:
    """Words on the picture: shares of its width and height from the upper left corner, and seconds."""

    start_s: float
    end_s: float
    text: str
    left: float
    top: float
    right: float
    bottom: float


def word_boxes(timeline: Timeline) -> list[WordBox]:
    """Captions and titles with their outlines, in the order of the file."""
    return list(_boxes(words_ass(timeline), (timeline.width, timeline.height)))


def _boxes(file: pysubs2.SSAFile, size: tuple[int, int]) -> Iterator[WordBox]:
    for event in file.events:
        style = file.styles[event.style]
        # An escaped brace is a letter; a tag never holds one.
        plain = _TAGS.sub("", event.text.replace(r"\{", "(").replace(r"\}", ")"))
        rows = plain.split(r"\N")
        wide, high = _extent(rows, event.text, style)
        left, top = _corner(style, (wide, high), size)
        edge = style.outline
        yield WordBox(
            start_s=event.start / 1000, end_s=event.end / 1000, text=" ".join(rows),
            left=(left - edge) / size[0], right=(left + wide + edge) / size[0],
            top=(top - edge) / size[1], bottom=(top + high + edge) / size[1],
        )  # fmt: skip


def _extent(rows: list[str], text: str, style: pysubs2.SSAStyle) -> tuple[float, float]:
    """Width and height in pixels; ASS sizes a font by its line height."""
    font: Font = TITLE if style.fontname == TITLE.name else MAIN
    points = float(found[1]) if (found := _SIZE.search(text)) else style.fontsize
    space = float(found[1]) if (found := _SPACE.search(text)) else 0.0
    em = points / line_height(font) * (_BOLD if style.bold else 1.0)
    return max(width(row, font) * em + space * len(row) for row in rows), points * len(rows)


def _corner(
    style: pysubs2.SSAStyle, extent: tuple[float, float], size: tuple[int, int]
) -> tuple[float, float]:
    """The upper left corner in pixels, by the style's alignment: 1 to 9 as on a key pad."""
    column, row = (int(style.alignment) - 1) % 3, (int(style.alignment) - 1) // 3
    lefts = (
        style.marginl,
        style.marginl + (size[0] - style.marginl - style.marginr - extent[0]) / 2,
        size[0] - style.marginr - extent[0],
    )
    tops = (size[1] - style.marginv - extent[1], (size[1] - extent[1]) / 2, style.marginv)
    return lefts[column], tops[row]
