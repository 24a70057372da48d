"""Pulls the model's phoneme times onto the sound.

The model reports how long it meant each phoneme to last. What is heard comes two of
its frames earlier (measured on hissing sounds: 50 ms in every voice and language), and
drifts a little. Pauses can be found in both, so they are pinned together and
everything between them is stretched to fit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from tools.engines.previz.speech_timing import MARKS, Sound

Span = tuple[float, float]
EARLY_S = 0.12
LATE_S = 0.08
SHORTEST_PAUSE_S = 0.06
MODEL_LATE_S = 0.05
"""How much later than heard the model reports every phoneme, at its own pitch."""


def aligned(sounds: Sequence[Sound], silences: Sequence[Span], *, voiced: Span) -> list[Sound]:
    """The sounds with their times moved so that pauses lie on silences, and nothing outside `voiced`."""
    meant, heard = _pins(sounds, silences)

    def moved(at_s: float) -> float:
        return float(np.clip(np.interp(at_s, meant, heard), *voiced))

    return [replace(sound, start_s=moved(sound.start_s), end_s=moved(sound.end_s)) for sound in sounds]


def _pins(sounds: Sequence[Sound], silences: Sequence[Span]) -> tuple[list[float], list[float]]:
    """Moments as the model means them and as they are heard, both rising; the ends stay where they are."""
    first, last = sounds[0].start_s, sounds[-1].end_s
    meant, heard = [first], [first]
    for pause, silence in _matched(_pauses(sounds), silences):
        if meant[-1] < pause[0] and heard[-1] < silence[0] and pause[1] < last and silence[1] < last:
            meant += pause
            heard += silence
    return [*meant, last], [*heard, last]


def _pauses(sounds: Sequence[Sound]) -> Iterator[Span]:
    """Where marks stand inside the line, with the spaces beside them. A space alone is no pause."""
    for is_pause, run in groupby(sounds, key=lambda sound: sound.phoneme in MARKS):
        spoken = list(run)
        start, end = spoken[0].start_s, spoken[-1].end_s
        if is_pause and end - start >= SHORTEST_PAUSE_S and any(one.phoneme != " " for one in spoken):
            yield start, end


def _matched(pauses: Iterator[Span], silences: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Each pause with the silence that covers most of it; silence may begin early, hardly ever late."""
    after = 0.0
    for start, end in pauses:
        free = [silence for silence in silences if silence[0] >= after]
        best = max(free, key=lambda silence: _shared(silence, (start - EARLY_S, end + LATE_S)), default=None)
        if best and _shared(best, (start - EARLY_S, end + LATE_S)) >= SHORTEST_PAUSE_S:
            after = best[1]
            yield (start, end), best


def _shared(a: Span, b: Span) -> float:
    return min(a[1], b[1]) - max(a[0], b[0])
