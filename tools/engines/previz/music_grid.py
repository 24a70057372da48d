"""Bars and beats that fall where the picture needs them.

A film composer bends the tempo a little so that the turn of the story lands on a
downbeat. So do we: the music is laid out in spans between the turns and the ending,
each with a whole number of beats.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from state.order import MusicHit

BEATS_PER_BAR = 4
LONGEST_TAIL_S = 4.5
SHORTEST_SPAN_BEATS = 3


@dataclass(frozen=True, kw_only=True)
class Section:
    """From here on another tempo, as a share of the piece's own."""

    start_s: float
    tempo: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar; the last of a span may be short."""

    beats_s: tuple[float, ...]
    """When each of its beats starts."""
    end_s: float
    span: int
    """How many turns came before."""
    section: int
    """Which of the sections, and so which mood, it belongs to."""
    part: int
    """How many times the music began anew before: at turns and at sections."""
    index: int
    """Its place in the part, from 0."""
    of: int
    """How many bars the part has."""

    @property
    def start_s(self) -> float:
        """Its downbeat."""
        return self.beats_s[0]

    @property
    def beat_s(self) -> float:
        """Length of a beat."""
        return (self.end_s - self.start_s) / len(self.beats_s)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """All bars up to the last chord, and where that chord falls."""

    bars: list[Bar]
    final_s: float
    end_s: float

    @property
    def beats_s(self) -> list[float]:
        """Every beat, the last chord included."""
        return [round(beat, 4) for bar in self.bars for beat in bar.beats_s] + [round(self.final_s, 4)]

    @property
    def tempo_bpm(self) -> float:
        """Beats per minute over the whole."""
        return round(60 * (len(self.beats_s) - 1) / self.final_s, 2)


def laid_out(
    duration_s: float,
    tempo_bpm: float,
    *,
    hits: Sequence[MusicHit],
    sections: Sequence[Section] = (Section(start_s=0.0),),
) -> Grid:
    """The grid of a picture. What leaves no room for three beats does not bend the tempo."""
    final_s = _final(duration_s, hits)
    turns = sorted(hit.at_s for hit in hits if hit.kind == "turn")
    # Turns first: when a scene begins too near to one, the turn has the downbeat.
    anchors = _anchors([*turns, *[section.start_s for section in sections]], final_s, 60 / tempo_bpm)
    bars: list[Bar] = []
    for part, (start, end) in enumerate(pairwise([*anchors, final_s])):
        beat_s = 60 / (tempo_bpm * sections[_section(sections, start)].tempo)
        span = sum(turn in anchors and turn <= start for turn in turns)
        bars += _bars(start, end, beat_s=beat_s, span=span, part=part, sections=sections)
    return Grid(bars=bars, final_s=final_s, end_s=duration_s)


def _anchors(wanted: Sequence[float], final_s: float, beat_s: float) -> list[float]:
    anchors = [0.0]
    for at_s in wanted:
        before = [anchor for anchor in anchors if anchor <= at_s]
        room = min(abs(at_s - anchor) for anchor in [*anchors, final_s])
        if before and at_s < final_s and room >= SHORTEST_SPAN_BEATS * beat_s:
            anchors = sorted([*anchors, at_s])
    return anchors


def _section(sections: Sequence[Section], at_s: float) -> int:
    return max((at for at, one in enumerate(sections) if one.start_s <= at_s + 0.02), default=0)


def _final(duration_s: float, hits: Sequence[MusicHit]) -> float:
    """Where the last chord falls: on a marked end that leaves it time to ring, else so that it does."""
    marked = [hit.at_s for hit in hits if hit.kind == "end"]
    usual = duration_s - min(LONGEST_TAIL_S, duration_s * 0.35)
    at_least = duration_s * 0.4
    return marked[-1] if marked and at_least <= marked[-1] <= duration_s - 2.0 else usual


def _bars(
    start: float, end: float, *, beat_s: float, span: int, part: int, sections: Sequence[Section]
) -> list[Bar]:
    count = max(1, round((end - start) / beat_s))
    beats = [start + (end - start) * beat / count for beat in range(count + 1)]
    firsts = range(0, count, BEATS_PER_BAR)
    return [
        Bar(
            beats_s=tuple(beats[first : min(first + BEATS_PER_BAR, count)]),
            end_s=beats[min(first + BEATS_PER_BAR, count)],
            span=span,
            section=_section(sections, beats[first]),
            part=part,
            index=index,
            of=len(firsts),
        )
        for index, first in enumerate(firsts)
    ]
