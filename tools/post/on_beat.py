"""Cuts that fall on beats: which of them move, and how long every shot is then.

The first shot stays at 0 and the last ends where it did. No shot becomes shorter than what is said in it
asks for, or longer than its take. All of that holds before it holds that a cut is on a beat: a cut that
reaches none stays where it is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MAX_SHIFT_S = 0.5
"""A cut that moves further than this is another cut."""
SHORTEST_S = 0.5
"""No shot is shorter, however much is free."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """What one shot allows, in frames. A shot that is outside of it already may stay as it is."""

    length: int
    shortest: int = 0
    """What is said or shown in it; `SHORTEST_S` where that is less."""
    longest: int | None = None
    """What its take has; None where it has no end."""
    locked: bool = False
    """Its first frame does not move: a scene begins, or two shots overlap there."""


@dataclass(frozen=True)
class _Way:
    """The best way up to one place: how many cuts missed every beat, frames moved, which place was before."""

    missed: int
    moved: int
    before: int


def cut_on_beat(
    shots: Sequence[Stretch], beats_s: Sequence[float], *, fps: float, max_shift_s: float = MAX_SHIFT_S
) -> list[int]:
    """New lengths of the shots, in frames, with the same sum.

    As many cuts as can be are on a beat, each on one of its own, and they move as little as that needs.

    Raises:
        ValueError: a shot without a frame, or `fps` or `max_shift_s` that mean nothing.
    """
    if fps <= 0 or max_shift_s < 0 or any(shot.length < 1 for shot in shots):
        raise ValueError("shots have frames, and frames a rate")
    if not shots:
        return []
    beats = sorted({round(beat * fps) for beat in beats_s})
    places = _places(shots, beats, max_shift_s * fps)
    spans = [_allowed(shot, fps) for shot in shots]
    cuts = _walked_back(_ways(places, spans, set(beats), _starts(shots)), places)
    return [after - before for before, after in pairwise(cuts)]


def _starts(shots: Sequence[Stretch]) -> list[int]:
    """The first frame of every shot, and the one after the last."""
    starts = [0]
    for shot in shots:
        starts.append(starts[-1] + shot.length)
    return starts


def _places(shots: Sequence[Stretch], beats: Sequence[int], reach: float) -> list[list[int]]:
    """Where each cut may lie, the two ends included: where it is, and the beats around it."""
    starts = _starts(shots)
    places = []
    for number, start in enumerate(starts):
        near = beats[bisect_left(beats, start - reach) : bisect_right(beats, start + reach)]
        fixed = number in (0, len(shots)) or shots[number].locked
        places.append([start] if fixed else sorted({start, *near}))
    return places


def _allowed(shot: Stretch, fps: float) -> tuple[int, int | None]:
    """The fewest and the most frames of a shot; what it has now is always allowed."""
    fewest = min(shot.length, max(shot.shortest, round(SHORTEST_S * fps), 1))
    return fewest, None if shot.longest is None else max(shot.length, shot.longest)


def _ways(
    places: Sequence[Sequence[int]],
    spans: Sequence[tuple[int, int | None]],
    beats: set[int],
    starts: Sequence[int],
) -> list[list[_Way | None]]:
    """For every place of every cut the best way there; None where no allowed lengths lead."""
    ways: list[list[_Way | None]] = [[_Way(0, 0, 0)]]
    for number, (fewest, most) in enumerate(spans, start=1):
        here: list[_Way | None] = []
        for place in places[number]:
            reaching = [
                _Way(way.missed + (place not in beats), way.moved + abs(place - starts[number]), before)
                for before, (at, way) in enumerate(zip(places[number - 1], ways[-1], strict=True))
                if way is not None and place - at >= fewest and (most is None or place - at <= most)
            ]
            here.append(min(reaching, key=lambda way: (way.missed, way.moved, way.before), default=None))
        ways.append(here)
    return ways


def _walked_back(ways: Sequence[Sequence[_Way | None]], places: Sequence[Sequence[int]]) -> list[int]:
    """From the end, which where everything is as it was can always be reached."""
    cuts, at = [], 0
    for number in range(len(ways) - 1, -1, -1):
        cuts.append(places[number][at])
        way = ways[number][at]
        if way is None:
            raise ValueError("there is no way to cut this")
        at = way.before
    return cuts[::-1]
