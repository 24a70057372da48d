"""Location titles: where or when we are, in a corner of the picture for two seconds.

Lower left, as films do it; upper left while somebody speaks, because captions own the
lower third. Drawn only here: no engine is ever asked for letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise
from textwrap import shorten

from state.script import Script
from state.timeline import Cue, Timeline, Title
from tools.post.blocks import Block, Look, words_block
from tools.post.fonts import TITLE, width
from tools.post.placing import Smaller
from tools.post.rows import Piece, in_rows

DELAY_S, STAY_S, BEFORE_CUT_S = 0.4, 2.2, 0.2
"""A title comes this long after the cut, stays, and is gone this long before the next cut."""
FADE_MS = 250
READABLE_S, SHORTEST_S = 1.2, 0.8
"""In a short shot a title comes earlier; one that could not be read is left out."""
_CLEAR_S = 0.1
"""A caption this close in time counts as shown together with the title."""
_EM, _TRACKING = 0.047, 0.07
"""Letter size as a share of the shorter side, and the space between letters as a share of that."""
_SMALLEST_EM = 9.0
_LONGEST = 90
"""Characters; what is longer is cut: it is no title."""
_ROWS, _SHRUNK, _LEAST = 2, 0.75, 0.5
"""A title is set in one row, else in two, no smaller than these shares of its size."""
_COLUMN, _TALL_COLUMN = 0.6, 0.76
_LABEL_EM, _LABEL_S = 0.03, 5.0
"""Letter size of the label, as that of titles; how long it stays where it does not stay all the time."""
_LABEL_COLUMN = 0.5
"""How much of the picture's width it may take."""
_COLOUR, _LINE = "#fbf4e6", "#0c0a0e"


def first_titles(script: Script) -> dict[str, str]:
    """The titles by slate; where shots that follow each other carry the same words, only the first."""
    titles, before = {}, ""
    for shot in (shot for scene in script.scenes for shot in scene.shots):
        words = " ".join(shot.staging.title.split())
        if words and words != before:
            titles[str(shot.slate)] = before = words
    return titles


def title_span(length_s: float) -> tuple[float, float] | None:
    """From when to when a title is seen in a shot, seconds from its first frame; None when too short."""
    last = length_s - BEFORE_CUT_S
    begin = max(0.0, min(DELAY_S, last - READABLE_S))
    end = min(begin + STAY_S, last)
    return (begin, end) if end - begin >= SHORTEST_S else None


@dataclass(frozen=True)
class Label:
    """Words that tell the audience what it sees: upper right, above no caption and beside no title."""

    text: str
    whole: bool = False
    """For the whole film, not only at its beginning."""


def title_makers(
    titles: Sequence[Title], timeline: Timeline, cues: Sequence[Cue] | None
) -> list[tuple[int, Smaller]]:
    """For every title its first frame, and how it is set. Without `cues` they all stand high.

    One in the lower left goes up while a caption is shown.
    """
    made: list[tuple[int, Smaller]] = []
    for number, title in enumerate(titles):
        start, end = max(0, timeline.frames(title.start_s)), timeline.frames(title.end_s)
        high = cues is None or any(_together(title, cue) for cue in cues)
        if end > start and title.text.split():
            made.append((start, partial(_title, title.text, timeline, start, end, number, high)))
    return made


def label_maker(label: Label, timeline: Timeline) -> Smaller:
    """How the label is set: in the upper right, for the whole film or at its beginning."""
    end = timeline.length if label.whole else min(timeline.length, timeline.frames(_LABEL_S))
    fade = 0 if label.whole else timeline.frames(FADE_MS / 1000)
    size = (timeline.width, timeline.height)
    em = max(_SMALLEST_EM, min(size) * _LABEL_EM)

    def make(share: float) -> Block:
        look = _look(em * share)
        room = size[0] * _LABEL_COLUMN / look.em
        rows = next(
            (
                rows
                for most in (1, 2, 3, 6)
                if (rows := in_rows(label.text, TITLE, room, most, tracking=_TRACKING))
            ),
            [],
        )
        return words_block("label", rows, look, "top_right", start=0, end=max(1, end), fade=(0, fade))

    return make


def _title(
    text: str, timeline: Timeline, start: int, end: int, number: int, high: bool, share: float
) -> Block:  # fmt: skip
    size = (timeline.width, timeline.height)
    em, rows = set_title(shorten(text.upper(), _LONGEST, placeholder="…"), size)
    fade = timeline.frames(FADE_MS / 1000)
    pieces = [
        tuple(Piece(word, at, at > 0) for at, word in enumerate(row.split())) for row in rows if row.split()
    ]
    return words_block(
        "title", pieces, _look(em * share), "top_left" if high else "bottom_left", start=start, end=end,
        source=number, fade=(fade, fade),
    )  # fmt: skip


def _look(em: float) -> Look:
    return Look(
        font=TITLE, em=em, colour=_COLOUR, outline=_LINE, edge=max(0.9, em * 0.07),
        shadow=max(0.6, em * 0.05), tracking=em * _TRACKING, soft=em * 0.02,
    )  # fmt: skip


def _together(title: Title, cue: Cue) -> bool:
    return cue.start_s < title.end_s + _CLEAR_S and title.start_s < cue.end_s + _CLEAR_S


def set_title(text: str, size: tuple[int, int]) -> tuple[float, list[str]]:
    """The em in pixels and the rows of a title: as large as can be, then two rows, then smaller, then cut."""
    wanted = max(_SMALLEST_EM, min(size) * _EM)
    room = size[0] * (_COLUMN if size[0] > size[1] else _TALL_COLUMN) / wanted
    rows = _balanced(text.split(), _ROWS if _reach(text) > room else 1)
    if max(map(_reach, rows)) * _SHRUNK > room:
        rows = _balanced(text.split(), _ROWS + 1)
    share = max(_LEAST, min(1.0, room / max(map(_reach, rows))))
    return wanted * share, [_cut(row, room / share) for row in rows]


def _balanced(words: list[str], count: int) -> list[str]:
    """The words in at most so many rows, the widest as narrow as it can be."""
    borders = combinations(range(1, len(words)), min(count, len(words)) - 1)
    ways = ([" ".join(words[a:b]) for a, b in pairwise((0, *inner, len(words)))] for inner in borders)
    return min(ways, key=lambda rows: max(map(_reach, rows)))


def _cut(row: str, room: float) -> str:
    if _reach(row) <= room * 1.001:
        return row
    while row and _reach(f"{row}…") > room:
        row = row[:-1]
    return f"{row.rstrip(' ,')}…"


def _reach(row: str) -> float:
    """The width of a row in em, with the space between its letters."""
    return width(row, TITLE) + _TRACKING * len(row)
