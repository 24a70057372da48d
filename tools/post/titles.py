"""Location titles: where or when we are, in a corner of the picture for two seconds.

Lower left, as films do it; upper left while somebody speaks, because captions own the
lower third. Drawn only here: no engine is ever asked for letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from textwrap import shorten

import pysubs2

from state.script import Script
from state.timeline import Cue, Timeline, Title
from tools.post.captions import SAFE, TALL_BOTTOM, ass_text, captions_ass
from tools.post.fonts import TITLE, line_height, width

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
_TALL_LABEL = 0.22
"""Tall pictures have no room for it beside a title: it stands under three rows of one."""
_TALL_TOP = 0.12
"""What players draw over the top of tall pictures."""


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


def write_words(timeline: Timeline, path: Path, label: Label | None = None) -> None:
    """Captions, titles and label of a cut as one ASS file to burn in."""
    file = words_ass(timeline)
    if label is not None:
        _add_label(file, label, (timeline.width, timeline.height), timeline.duration_s)
    path.write_text(file.to_string("ass"), encoding="utf-8")


def words_ass(timeline: Timeline) -> pysubs2.SSAFile:
    """Everything of a cut that is burned in."""
    size = (timeline.width, timeline.height)
    file = captions_ass(timeline.captions, size)
    _add(file, timeline.titles, size, timeline.captions)
    return file


def write_titles(titles: Sequence[Title], path: Path, size: tuple[int, int], *, below: int) -> None:
    """Only titles, all in the upper left corner under so many pixels that are taken."""
    file = captions_ass([], size)
    _add(file, titles, size, None, below=below)
    path.write_text(file.to_string("ass"), encoding="utf-8")


def _add(
    file: pysubs2.SSAFile, titles: Sequence[Title], size: tuple[int, int], cues: Sequence[Cue] | None,
    *, below: int = 0,
) -> None:  # fmt: skip
    """Each title with its own size; without `cues` the lower part of the picture is taken all the time."""
    tall = size[1] > size[0] * 1.2
    top = below + round(size[1] * 0.03) if below else round(size[1] * (_TALL_TOP if tall else SAFE))
    bottom = round(size[1] * (TALL_BOTTOM if tall else SAFE))
    file.styles["TitleLow"] = _style(size, pysubs2.Alignment.BOTTOM_LEFT, bottom)
    file.styles["TitleHigh"] = _style(size, pysubs2.Alignment.TOP_LEFT, top)
    for title in titles:
        high = cues is None or any(_together(title, cue) for cue in cues)
        event = pysubs2.SSAEvent(
            start=round(title.start_s * 1000), end=round(title.end_s * 1000), layer=1,
            style="TitleHigh" if high else "TitleLow", text=_shown(title.text, size),
        )  # fmt: skip
        file.events.append(event)


def _add_label(file: pysubs2.SSAFile, label: Label, size: tuple[int, int], film_s: float) -> None:
    tall = size[1] > size[0] * 1.2
    top = round(size[1] * (_TALL_LABEL if tall else SAFE))
    em = max(_SMALLEST_EM, min(size) * _LABEL_EM)
    style = _style(size, pysubs2.Alignment.TOP_RIGHT, top)
    style.fontsize = round(em * line_height(TITLE), 1)
    file.styles["Label"] = style
    end_s = film_s if label.whole else min(film_s, _LABEL_S)
    event = pysubs2.SSAEvent(start=0, end=round(end_s * 1000), layer=2, style="Label")
    event.text = f"{{\\fad(0,{0 if label.whole else FADE_MS})}}{ass_text(label.text, TITLE)}"
    file.events.append(event)


def _together(title: Title, cue: Cue) -> bool:
    return cue.start_s < title.end_s + _CLEAR_S and title.start_s < cue.end_s + _CLEAR_S


def _shown(text: str, size: tuple[int, int]) -> str:
    em, rows = set_title(shorten(text.upper(), _LONGEST, placeholder="…"), size)
    points, space = em * line_height(TITLE), em * _TRACKING
    tags = f"\\fs{points:.1f}\\fsp{space:.2f}\\blur{em * 0.02:.2f}\\fad({FADE_MS},{FADE_MS})"
    return f"{{{tags}}}" + r"\N".join(ass_text(row, TITLE) for row in rows)


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


def _style(size: tuple[int, int], corner: pysubs2.Alignment, margin: int) -> pysubs2.SSAStyle:
    em = max(_SMALLEST_EM, min(size) * _EM)
    side = round(size[0] * SAFE)
    return pysubs2.SSAStyle(
        fontname=TITLE.name, fontsize=round(em * line_height(TITLE), 1), bold=False,
        primarycolor=pysubs2.Color(251, 244, 230), outlinecolor=pysubs2.Color(12, 10, 14, 30),
        backcolor=pysubs2.Color(0, 0, 0, 60), outline=round(max(0.9, em * 0.062), 2),
        shadow=round(max(0.6, em * 0.05), 2), borderstyle=1, alignment=corner,
        marginl=side, marginr=side, marginv=margin,
    )  # fmt: skip
