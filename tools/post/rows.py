"""A text in rows that fit: as few as can be, about as wide as each other, broken where it reads well."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from tools.post.fonts import Font, runs, width

_MARKS = {"Mn", "Me", "Mc"}
_CLOSING, _OPENING = {"Pe", "Pf", "Po"}, {"Ps", "Pi"}
_LITTLE = 3
"""A word of so many letters belongs to the one behind it."""
_ROUNDING = 1.001


@dataclass(frozen=True)
class Piece:
    """A word, or a part of one where it may be broken."""

    text: str
    word: int
    """Which word of the text it is of, from nought."""
    spaced: bool
    """Whether there is a space before it."""


Row = tuple[Piece, ...]


def text_of(row: Row) -> str:
    """A row as it is read."""
    return "".join(f" {one.text}" if one.spaced and at else one.text for at, one in enumerate(row))


def in_rows(
    text: str, font: Font, room: float, most: int, *, tracking: float = 0, anew: bool = False
) -> list[Row] | None:
    """The text in at most so many rows that are no wider than `room`, in em; None where it does not fit.

    Its own lines stay when they fit. Else each is broken for itself, or with `anew` the whole text.
    """
    setting = _Setting(font, room * _ROUNDING, tracking)
    lines = [line for line in text.splitlines() if line.split()]
    own = _numbered(lines)
    if len(own) <= most and all(setting.width(row) <= setting.room for row in own):
        return own
    pieces = list(setting.broken([piece for row in _numbered([" ".join(lines)]) for piece in row]))
    fewest = setting.fewest(pieces)
    if not anew and len(own) <= fewest <= most and len(own) > 1:
        return setting.kept(own, most) or setting.best(pieces, fewest)
    return setting.best(pieces, fewest) if fewest <= most else None


def row_width(row: Row, font: Font, tracking: float = 0) -> float:
    """How wide a row is drawn, in em."""
    return _width(text_of(row), font, tracking)


def _numbered(lines: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    at = 0
    for line in lines:
        row = tuple(Piece(word, at + number, number > 0) for number, word in enumerate(line.split()))
        rows.append(row)
        at += len(row)
    return rows


class _Setting:
    """Rows of one font and width."""

    def __init__(self, font: Font, room: float, tracking: float) -> None:
        self.font, self.room, self.tracking = font, room, tracking
        self._space = _width(" ", font, tracking)

    def width(self, row: Row) -> float:
        return row_width(row, self.font, self.tracking)

    def kept(self, own: Sequence[Row], most: int) -> list[Row] | None:
        """Each line of the text broken for itself, where that takes no more rows than there may be."""
        rows: list[Row] = []
        for line in own:
            pieces = list(self.broken(line))
            rows += self.best(pieces, self.fewest(pieces))
        return rows if len(rows) <= most else None

    def broken(self, row: Sequence[Piece]) -> Iterator[Piece]:
        """Words where they may be broken: in scripts without spaces, and where they are too long."""
        for piece in row:
            spaced = piece.spaced
            for unit in _units(piece.text):
                for part in self._cut(unit):
                    yield Piece(part, piece.word, spaced)
                    spaced = False

    def _cut(self, unit: str) -> Iterator[str]:
        while unit and _width(unit, self.font, self.tracking) > self.room:
            length = self._fitting(unit)
            yield unit[:length]
            unit = unit[length:]
        if unit:
            yield unit

    def _fitting(self, unit: str) -> int:
        low, high = 1, len(unit)
        while low < high:
            middle = (low + high + 1) // 2
            fits = _width(unit[:middle], self.font, self.tracking) <= self.room
            low, high = (middle, high) if fits else (low, middle - 1)
        while low < len(unit) and unicodedata.category(unit[low]) in _MARKS:
            low += 1
        return low

    def fewest(self, pieces: Sequence[Piece]) -> int:
        """How many rows it takes, at least."""
        rows, at = 1, 0.0
        for piece, wide in zip(pieces, self._widths(pieces), strict=True):
            step = wide + (self._space if piece.spaced and at else 0)
            if at and at + step > self.room:
                rows, at, step = rows + 1, 0.0, wide
            at += step
        return rows

    def best(self, pieces: Sequence[Piece], count: int) -> list[Row]:
        """The way with so many rows whose rows differ least, and end where a reader would breathe."""
        widths = self._widths(pieces)
        whole = sum(widths) + self._space * sum(piece.spaced for piece in pieces)
        target = min(self.room, whole / count)
        costs, before = [0.0] + [float("inf")] * len(pieces), [0] * (len(pieces) + 1)
        for end in range(1, len(pieces) + 1):
            at = 0.0
            for start in range(end - 1, -1, -1):
                gap = self._space if start + 1 < end and pieces[start + 1].spaced else 0
                at += widths[start] + gap
                if at > self.room and start < end - 1:
                    break
                last = end == len(pieces)
                cost = costs[start] + ((at - target) / self.room) ** 2 + (0 if last else _end(pieces, end))
                if cost < costs[end]:
                    costs[end], before[end] = cost, start
        return _traced(pieces, before)

    def _widths(self, pieces: Sequence[Piece]) -> list[float]:
        return [_width(piece.text, self.font, self.tracking) for piece in pieces]


def _traced(pieces: Sequence[Piece], before: Sequence[int]) -> list[Row]:
    rows: list[Row] = []
    end = len(pieces)
    while end > 0:
        rows.append(tuple(pieces[before[end] : end]))
        end = before[end]
    return rows[::-1]


def _end(pieces: Sequence[Piece], end: int) -> float:
    """What it costs to end a row here: little behind a mark, more behind a little word or inside of one."""
    word = pieces[end - 1].text
    if pieces[end].word == pieces[end - 1].word:
        return 0.02
    if unicodedata.category(word[-1]).startswith("P"):
        return 0.0
    return 0.06 if len(word) <= _LITTLE else 0.02


@lru_cache(maxsize=8192)
def _width(text: str, font: Font, tracking: float) -> float:
    shown = sum(unicodedata.category(char) not in _MARKS for _, part in runs(text, font) for char in part)
    return width(text, font) + tracking * shown if tracking else width(text, font)


def _units(word: str) -> Iterator[str]:
    """A word whole, or by character where its script has no spaces; marks stay with what they belong to."""
    if not any(map(_is_ideograph, word)):
        yield word
        return
    unit = ""
    for alone, part in groupby(word, key=_is_ideograph):
        for char in part if alone else ("".join(part),):
            if unit and _may_break(unit[-1], char[0]):
                yield unit
                unit = ""
            unit += char
    if unit:
        yield unit


def _may_break(before: str, after: str) -> bool:
    category = unicodedata.category(after)
    closes = category in _CLOSING or category in _MARKS or after in "ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
    return not closes and unicodedata.category(before) not in _OPENING


def _is_ideograph(char: str) -> bool:
    """Chinese and Japanese; their punctuation too."""
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uffef"
