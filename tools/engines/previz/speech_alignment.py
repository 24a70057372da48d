"""Pulls the model's phoneme times onto the sound.

The model reports how long it meant each phoneme to last; what is heard comes 20 to
100 ms earlier. Pauses can be found in both, so they are pinned together and
everything between them is stretched to fit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from tools.engines.previz.speech_timing import MARKS, Sound

Span = tuple[float, float]
EARLY_S = 0.2
LATE_S = 0.06
SHORTEST_PAUSE_S = 0.06


def aligned(sounds: Sequence[Sound], silences: Sequence[Span], *, voiced: Span) -> list[Sound]:
    """The sounds with their times moved so that pauses lie on silences and the ends on `voiced`."""
    pronounced = [sound for sound in sounds if sound.phoneme not in MARKS]
    if not pronounced:
        return list(sounds)
    meant = [pronounced[0].start_s]
    heard = [voiced[0]]
    for pause, silence in _matched(_pauses(sounds), silences):
        if pause[0] > meant[-1] and silence[0] > heard[-1]:
            meant += pause
            heard += silence
    while len(meant) > 1 and (meant[-1] >= pronounced[-1].end_s or heard[-1] >= voiced[1]):
        del meant[-2:], heard[-2:]
    meant.append(pronounced[-1].end_s)
    heard.append(voiced[1])
    return [
        replace(sound, start_s=_moved(sound.start_s, meant, heard), end_s=_moved(sound.end_s, meant, heard))
        for sound in sounds
    ]


def _moved(at_s: float, meant: list[float], heard: list[float]) -> float:
    return float(np.interp(at_s, meant, heard))


def _pauses(sounds: Sequence[Sound]) -> Iterator[Span]:
    """Runs of marks inside the line, the spaces around them included."""
    start: float | None = None
    for before, sound in zip((None, *sounds), sounds, strict=False):
        if sound.phoneme in MARKS and start is None and before is not None:
            start = sound.start_s
        elif sound.phoneme not in MARKS and start is not None:
            if sound.start_s - start >= SHORTEST_PAUSE_S:
                yield start, sound.start_s
            start = None


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
