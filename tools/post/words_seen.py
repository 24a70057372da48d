"""Words that are a part of a picture: a title card's, a sign's. Not which ones, only where they are.

Letters are many strokes side by side, each as sharp as the next, in a line that is wider than high. Few other
things are; a fence or a shelf of books may be taken for words, and is then shown whole.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
PIXELS = 480 * 270
"""Pictures in which words are looked for: the letters of a subtitle are ten pixels high there."""
_SHARP = 0.3
"""Of the strongest edges of the picture: strokes of letters are among them."""
_LEAST_SHARP = 40.0
"""Levels; fainter words nobody is meant to read."""
_SIZES = (6, 12, 18, 26, 44)
"""Heights of letters that are looked for; gaps between them are closed up to their height."""
_WIDER = 2.2
_STROKES = 0.7
"""Strokes for each letter height of a line's width, at least."""
_FULL = 0.35
"""How much of a line's box must be strokes and what they enclose."""


@dataclass(frozen=True)
class Line:
    """A line of words: shares of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """How much of the picture it takes."""
        return (self.right - self.left) * (self.bottom - self.top)


def words_in(luma: Grey) -> list[Line]:
    """Lines of words in a picture of about `PIXELS` pixels."""
    edges = cv2.Sobel(luma, cv2.CV_32F, 1, 0, ksize=3) / 4
    strongest = float(np.quantile(np.abs(edges), 0.995))
    if strongest < _LEAST_SHARP:
        return []
    rising, falling = edges > _SHARP * strongest, edges < -_SHARP * strongest
    found = [line for size in _SIZES for line in _lines(rising, falling, size)]
    return _largest(found)


def _lines(rising: Mask, falling: Mask, size: int) -> list[Line]:
    """Lines of letters of about one height: strokes of both directions, closed to a block."""
    strokes = (rising | falling).astype(np.uint8)
    closed = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((max(1, size // 8), size), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    lines = []
    for left, top, wide, high, area in stats[1:count]:
        if not (0.5 * size <= high <= 1.8 * size and wide >= _WIDER * high and area >= _FULL * wide * high):
            continue
        box = slice(top, top + high), slice(left, left + wide)
        if _reads(rising[box], falling[box]):
            rows, columns = rising.shape
            box_in = (left / columns, top / rows, (left + wide) / columns, (top + high) / rows)
            lines.append(Line(*(float(share) for share in box_in)))
    return lines


def _reads(rising: Mask, falling: Mask) -> bool:
    """Whether light and dark change as often as letters make them, on most heights of the line."""
    high, wide = rising.shape
    middle = slice(round(high * 0.2), max(round(high * 0.8), round(high * 0.2) + 1))
    ups = np.diff(rising[middle].astype(np.int8), axis=1, prepend=0) > 0
    downs = np.diff(falling[middle].astype(np.int8), axis=1, prepend=0) > 0
    strokes = np.minimum(ups.sum(axis=1), downs.sum(axis=1))
    return bool(np.median(strokes) >= max(4.0, _STROKES * wide / high))


def _largest(lines: list[Line]) -> list[Line]:
    """Each line once, by its largest box."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda one: -one.area):
        middle = (line.left + line.right) / 2, (line.top + line.bottom) / 2
        if not any(o.left <= middle[0] <= o.right and o.top <= middle[1] <= o.bottom for o in kept):
            kept.append(line)
    return kept
