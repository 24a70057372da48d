"""Gives a spoken line another melody without touching its words, its timbre or its times.

The voiced parts are cut into periods and put together again nearer to each other or farther
apart (pitch-synchronous overlap-add). The mouth's own colour stays where it is, so a voice
that goes up stays the same person.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Marks = NDArray[np.int64]
RISE_S = 0.45
"""How long the end of a question goes up."""
_HOP_S = 0.005
_WINDOW_S = 0.04
_LOWEST_HZ, _HIGHEST_HZ = 70.0, 420.0
_VOICED = 0.5
_QUIET = 0.05
_STEADY = 8
_LEAST, _MOST = 0.72, 1.75


@dataclass(frozen=True, kw_only=True)
class Pitch:
    """Hertz every 5 ms; zero where there is no tone."""

    hertz: Doubles

    @property
    def middle(self) -> float:
        """The median of the voiced parts; 0 without any."""
        voiced = self.hertz[self.hertz > 0]
        return float(np.median(voiced)) if len(voiced) else 0.0

    @property
    def end_s(self) -> float:
        """Where the last steady tone ends: what comes after it is breath and creak."""
        voiced = np.convolve(self.hertz > 0, np.ones(_STEADY), "valid") >= _STEADY
        return float((np.flatnonzero(voiced)[-1] + _STEADY) * _HOP_S) if voiced.any() else 0.0

    def at(self, sample: int, rate: int) -> float:
        """Hertz at a sample."""
        return float(self.hertz[min(len(self.hertz) - 1, int(sample / rate / _HOP_S))])


def melodic(sound: Floats, rate: int, *, span: float, rise: float, last: int) -> Floats:
    """The line with its ups and downs scaled by `span`, and its end raised by `rise`.

    `last` is the sample after the last sound. Nothing is changed when `span` is 1 and `rise` 0.
    """
    if span == 1 and rise == 0:
        return sound
    pitch = tracked(sound, rate)
    if pitch.middle == 0:
        return sound
    return _put_together(
        sound, rate, pitch=pitch, ratios=_ratios(pitch, rate, span=span, rise=rise, last=last)
    )


def tracked(sound: Floats, rate: int) -> Pitch:
    """The pitch of a voice by autocorrelation, without single steps that jump an octave."""
    width, hop = int(_WINDOW_S * rate), int(_HOP_S * rate)
    padded = np.pad(sound.astype(np.float64), (width // 2, width))
    frames = np.lib.stride_tricks.sliding_window_view(padded, width)[::hop][: len(sound) // hop + 1]
    frames = frames - frames.mean(axis=1, keepdims=True)
    spectra = np.abs(np.fft.rfft(frames * np.hanning(width), 2 * width, axis=1)) ** 2
    likeness = np.fft.irfft(spectra, axis=1)[:, : int(rate / _LOWEST_HZ) + 1]
    # A window that fades in makes long periods look less alike than they are.
    fading = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(width), 2 * width)) ** 2)[: likeness.shape[1]]
    likeness = likeness / (likeness[:, :1] + 1e-9) / (fading / fading[0])
    shortest = int(rate / _HIGHEST_HZ)
    best = (
        np.argmax(likeness[:, shortest:] - np.linspace(0, 0.08, likeness.shape[1] - shortest), axis=1)
        + shortest
    )
    energy = np.sqrt(np.mean(frames**2, axis=1))
    sure = likeness[np.arange(len(best)), best] > _VOICED
    hertz = np.where(sure & (energy > _QUIET * energy.max()), rate / best, 0.0)
    return Pitch(hertz=_without_jumps(hertz))


def _without_jumps(hertz: Doubles) -> Doubles:
    voiced = hertz[hertz > 0]
    if not len(voiced):
        return hertz
    middle = np.median(voiced)
    folded = np.where(hertz > 1.75 * middle, hertz / 2, np.where(hertz < 0.57 * middle, hertz * 2, hertz))
    padded = np.pad(folded, 2, mode="edge")
    smooth = np.median(np.lib.stride_tricks.sliding_window_view(padded, 5), axis=1)
    return np.asarray(np.where((hertz > 0) & (smooth > 0), smooth, 0.0))


def _ratios(pitch: Pitch, rate: int, *, span: float, rise: float, last: int) -> Doubles:
    """By how much the pitch moves at every step."""
    hertz = pitch.hertz
    ratios = np.where(hertz > 0, (np.maximum(hertz, 1) / pitch.middle) ** (span - 1), 1.0)
    at_s = np.arange(len(hertz)) * _HOP_S
    end_s = min(last / rate, pitch.end_s)
    share = np.clip((at_s - (end_s - RISE_S)) / RISE_S, 0, 1)
    return np.asarray(np.clip(ratios * (1 + rise * share), _LEAST, _MOST))


def _put_together(sound: Floats, rate: int, *, pitch: Pitch, ratios: Doubles) -> Floats:
    marks, periods = _marks(sound, rate, pitch)
    out, weight = np.zeros(len(sound)), np.zeros(len(sound))
    at, number = float(marks[0]), 0
    while at < len(sound):
        while number + 1 < len(marks) and abs(marks[number + 1] - at) <= abs(marks[number] - at):
            number += 1
        period = int(periods[number])
        _lay(sound, int(marks[number]), round(at), period, out, weight)
        voiced = pitch.at(int(marks[number]), rate) > 0
        step = int(min(len(ratios) - 1, marks[number] / rate / _HOP_S))
        at += period / (ratios[step] if voiced else 1.0)
    return np.where(weight > 0.2, out / np.maximum(weight, 0.2), sound).astype(np.float32)


def _lay(sound: Floats, mark: int, at: int, period: int, out: Doubles, weight: Doubles) -> None:
    """Add two periods around a mark at another place."""
    before = min(period, mark, at)
    after = min(period, len(sound) - mark, len(out) - at)
    if before + after <= 0:
        return
    window = np.hanning(2 * period + 1)[period - before : period + after]
    out[at - before : at + after] += sound[mark - before : mark + after] * window
    weight[at - before : at + after] += window


def _marks(sound: Floats, rate: int, pitch: Pitch) -> tuple[Marks, Marks]:
    """One mark per period, on its peak where there is a tone; every 5 ms where there is none."""
    marks, periods = list[int](), list[int]()
    at = 0
    plain = int(_HOP_S * rate)
    was_voiced = False
    while at < len(sound):
        hertz = pitch.at(at, rate)
        period = round(rate / hertz) if hertz else plain
        if hertz:
            reach = period // 6 if was_voiced else period // 2
            low, high = max(0, at - reach), min(len(sound), at + reach + 1)
            at = max(low + int(np.argmax(sound[low:high])), marks[-1] + 1 if marks else 0)
        was_voiced = bool(hertz)
        marks.append(at)
        periods.append(period)
        at += period
    return np.array(marks), np.array(periods)
