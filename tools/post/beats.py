"""Where the beats of a sound are, heard without any model: onsets, tempo, beats.

How the onsets repeat gives the tempo, window by window, so that it may drift or change; the beats are
the path through the onsets that keeps to it best. What does not repeat (speech, noise, free time) has
a low confidence and no beats there: none are invented.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from tools.post.onsets import (
    FRAMES_PER_S,
    Curve,
    Frames,
    Samples,
    band_levels,
    growth,
    peaks,
    seconds_of,
    smooth,
)

RATE_HZ = 22_050
"""The rate to decode at: what is listened for lies below 8 kHz."""
SLOWEST_BPM, FASTEST_BPM = 40.0, 220.0
CERTAIN = 0.17
"""What repeats less than this has no beats; noise and speech reach 0.1."""
FEWEST = 4
"""Fewer beats in a row are none: by chance anything is regular for a moment."""
SHORTEST_S = 3.0
"""Shorter sounds have onsets and no beats: nothing can repeat in them."""

_LIKELY_BPM, _OCTAVES = 112.0, 0.9
"""Where most music is and how far around it: decides between a tempo, its half and its double."""
_TEMPI = 120
_WINDOW = 10 * FRAMES_PER_S
_HOP = FRAMES_PER_S
_DUPLE = ((0.25, 0.3), (0.5, 0.6), (1.0, 1.0), (2.0, 0.8), (4.0, 0.8))
_TRIPLE = ((0.25, 0.3), (0.5, 0.6), (1.0, 1.0), (3.0, 0.8), (6.0, 0.8))
"""Multiples of a beat at which a bar repeats, with how much each counts. The parts of a beat are what
keeps three of two apart from two of three: a wrong tempo has nothing at its half."""
_JUMP_COST, _FAR_OCTAVES = 0.4, 0.25
_TIGHT = 200.0
"""How much a beat that comes early or late costs: at 10 % two thirds of a strong onset less."""
_EVEN, _STILL = 0.03, 0.1
"""Held tones grow unevenly by less than this; that is not made as large as music."""
_EMPTY = 0.12
"""Beats that are so much weaker than every second or third of them are not there."""
_KICK = 1.0
"""Low drums tell beats from the offbeats that a hat or a guitar plays as loudly."""


class Rhythm(BaseModel, frozen=True):
    """What repeats in a sound. Times in seconds from its start, in order."""

    tempo_bpm: float | None
    """The usual distance of the beats; None where there are none."""
    beats_s: list[float]
    onsets_s: list[float]
    """Where anything begins: notes, hits, syllables."""
    confidence: float = Field(ge=0, le=1)
    """How much the sound repeats where it does most; below `CERTAIN` no beats are told."""


def find_rhythm(samples: Samples, rate_hz: int) -> Rhythm:
    """Onsets, tempo and beats of mono samples, shape (n,); a mapped file is read in blocks.

    Raises:
        ValueError: not one channel, or a rate below 8 kHz.
    """
    everywhere, low = growth(band_levels(samples, rate_hz))
    onsets = peaks(everywhere)
    onsets_s = seconds_of(onsets, everywhere)
    if len(everywhere) < SHORTEST_S * FRAMES_PER_S or len(onsets) < 4:
        return _nothing(onsets_s, 0.0)
    level = levelled(everywhere)
    tempo = _Tempo(level)
    strength = level + _KICK * levelled(low)
    kept = _in_rows(_beats(strength, tempo.period), tempo.certain)
    if not len(kept):
        return _nothing(onsets_s, min(CERTAIN - 0.001, float(np.median(tempo.sure))))
    confidence = float(np.median(tempo.sure[kept]))
    beats = _without_empty(kept, everywhere)
    beats_s = seconds_of(beats, strength)
    return Rhythm(
        tempo_bpm=round(60 / float(np.median(np.diff(beats_s))), 2),
        beats_s=beats_s, onsets_s=onsets_s, confidence=_share(confidence),
    )  # fmt: skip


def _nothing(onsets_s: list[float], confidence: float) -> Rhythm:
    return Rhythm(tempo_bpm=None, beats_s=[], onsets_s=onsets_s, confidence=_share(confidence))


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 3)


def _in_rows(beats: Frames, certain: NDArray[np.bool_]) -> Frames:
    """The beats that are certain, where enough of them follow each other."""
    sure = certain[beats]
    borders = np.flatnonzero(np.diff(sure.astype(int))) + 1
    rows = np.split(beats, borders)
    kept = [row for row in rows if len(row) >= FEWEST and certain[row[0]]]
    return np.concatenate(kept) if kept else np.zeros(0, np.intp)


def _without_empty(beats: Frames, grown: Curve) -> Frames:
    """Every second or third of the beats alone, where nothing at all begins at the others."""
    around = np.lib.stride_tricks.sliding_window_view(np.pad(grown, 3), 7).max(axis=1)[beats]
    for step in (3, 2):
        means = np.array([np.median(around[first::step]) for first in range(step)])
        best = int(means.argmax())
        if len(beats) // step >= FEWEST and np.delete(means, best).max() < _EMPTY * means[best]:
            return beats[best::step]
    return beats


def levelled(grown: Curve) -> Curve:
    """Growth against what is usual around it: a quiet beginning counts as much as what follows."""
    rest = grown - smooth(grown, 0.8)
    spread = np.sqrt(smooth(rest**2, 6.0))
    return np.asarray(rest / np.maximum(spread, max(0.1 * float(spread.max()), _EVEN)))


class _Tempo:
    """The length of a beat at every frame, and how sure it is."""

    period: Curve
    sure: Curve

    def __init__(self, level: Curve) -> None:
        periods = 60 * FRAMES_PER_S / np.geomspace(FASTEST_BPM, SLOWEST_BPM, _TEMPI)
        size = min(len(level), _WINDOW)
        starts = np.unique([*range(0, len(level) - size + 1, _HOP), len(level) - size])
        salience = _salience(_repeats(level, starts, size), periods)
        path = _steadiest(salience, periods)
        heard = salience[np.arange(len(path)), path]
        frames, centres = np.arange(len(level)), starts + size / 2
        self.period = np.interp(frames, centres, periods[path])
        # By chance a short sound repeats more than a long one.
        self.sure = np.interp(frames, centres, heard) * np.sqrt(size / _WINDOW)

    @property
    def certain(self) -> NDArray[np.bool_]:
        return self.sure >= CERTAIN


def _repeats(level: Curve, starts: Frames, size: int) -> Curve:
    """How alike each window is to itself so many frames later, 1 at none: shape (windows, size)."""
    window = np.hanning(size + 2)[1:-1]
    room = 1 << (2 * size - 1).bit_length()
    soft = np.convolve(np.clip(level, -1, 4), (0.25, 0.5, 0.25), mode="same")
    parts = soft[starts[:, None] + np.arange(size)] * window
    same = np.fft.irfft(np.abs(np.fft.rfft(parts, room, axis=1)) ** 2, axis=1)[:, :size]
    fewer = np.fft.irfft(np.abs(np.fft.rfft(window, room)) ** 2)[:size]
    same /= np.maximum(fewer, 0.05 * fewer[0])
    return np.asarray(same / np.maximum(same[:, :1], _STILL))


def _salience(repeats: Curve, periods: Curve) -> Curve:
    """How well each tempo explains what repeats, as duple or as triple time: (windows, tempi)."""
    size, ways = repeats.shape[1], []
    for metre in (_DUPLE, _TRIPLE):
        total, weights = np.zeros((len(repeats), len(periods))), np.zeros(len(periods))
        for times, weight in metre:
            lag = periods * times
            fits = lag < 0.8 * size
            whole = np.minimum(lag.astype(int), size - 2)
            part = np.clip(lag - whole, 0, 1)
            alike = repeats[:, whole] * (1 - part) + repeats[:, whole + 1] * part
            total += np.where(fits, weight * alike, 0)
            weights += np.where(fits, weight, 0)
        ways.append(total / np.maximum(weights, 1e-9))
    return np.asarray(np.maximum(*ways))


def _steadiest(salience: Curve, periods: Curve) -> Frames:
    """The tempo of each window: where it repeats most, at a likely tempo, without jumping."""
    octaves = np.log2(60 * FRAMES_PER_S / periods / _LIKELY_BPM)
    score = np.maximum(salience, 0) * np.exp(-0.5 * (octaves / _OCTAVES) ** 2)
    cost = _JUMP_COST * np.minimum(np.abs(octaves[:, None] - octaves) / _FAR_OCTAVES, 1)
    best, back = score[0], np.zeros(score.shape, np.intp)
    for at in range(1, len(score)):
        ways = best[:, None] - cost
        back[at] = ways.argmax(axis=0)
        best = ways.max(axis=0) + score[at]
    path = [int(best.argmax())]
    for row in back[:0:-1]:
        path.append(int(row[path[-1]]))
    return np.array(path[::-1])


def _beats(level: Curve, period: Curve) -> Frames:
    """The frames that are strong and a beat apart: the best way through the whole sound."""
    strength = np.convolve(np.clip(level, -0.5, 4), (0.25, 0.5, 0.25), mode="same")
    costs = {beat: _costs(beat) for beat in map(int, np.unique(np.rint(period)))}
    score, back = strength.copy(), np.full(len(strength), -1)
    for at, beat in enumerate(np.rint(period).astype(int).tolist()):
        near, cost = costs[beat]
        low = max(0, at - near - len(cost) + 1)
        if at - near < low:
            continue
        ways = score[low : at - near + 1] + cost[low - at + near - 1 :]
        best = int(ways.argmax())
        if ways[best] > 0:
            score[at] += ways[best]
            back[at] = low + best
    return _walked_back(score, back, round(float(period[-1])))


def _costs(beat: int) -> tuple[int, Curve]:
    """The shortest way to the next beat, and what every way costs, the longest first."""
    lags = np.arange(round(beat * 1.4), round(beat * 0.7) - 1, -1)
    return int(lags[-1]), -_TIGHT * np.log(lags / beat) ** 2


def _walked_back(score: Curve, back: Frames, beat: int) -> Frames:
    """From the best of the last beat's frames to the first beat."""
    at = len(score) - beat + int(score[-beat:].argmax())
    beats = [at]
    while back[at] >= 0:
        at = int(back[at])
        beats.append(at)
    return np.array(beats[::-1])
