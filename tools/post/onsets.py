"""What begins when: how much the spectrum of a sound grows, a hundred times a second.

No filter bank of an ear is copied: triangles that are evenly spaced by pitch, their logarithm, and what
grew in each of them against the loudest of its neighbours a moment before, so that a voice that only
slides in pitch begins nothing.
"""

import numpy as np
from numpy.typing import NDArray

FRAMES_PER_S = 100
SLOWEST_RATE_HZ = 8000
Samples = NDArray[np.float32] | NDArray[np.int16]
Curve = NDArray[np.float64]
"""One value for each hundredth of a second."""
Frames = NDArray[np.intp]

_FULL_SCALE = 32_768
_WINDOW_S = 0.046
_BLOCK = 3000
"""Frames that are transformed at once: 12 MB at 22 kHz, however long the sound is."""
_BANDS, _LOW_BANDS = 32, 2
_LOWEST_HZ, _HIGHEST_HZ = 32.0, 8000.0
_SILENT = 1e-4
"""A peak below -80 dB is silence."""
_RANGE = 300.0
"""How much quieter than the loud moments of a sound still counts: 50 dB."""
_LAG = 2
_REACH = 3
"""Two onsets are at least so many frames apart."""
_ABOVE = 1.5
_FLOOR, _NOTHING = 0.03, 0.02
"""Of the strongest onsets, and outright: what grows less is a held tone, a little uneven."""


def band_levels(samples: Samples, rate_hz: int) -> NDArray[np.float32]:
    """The magnitude in each band at each frame, shape (frames, bands). Frame n is centred on n/100 s.

    Raises:
        ValueError: not one channel, or a rate below 8 kHz.
    """
    if samples.ndim != 1 or rate_hz < SLOWEST_RATE_HZ:
        raise ValueError("onsets are looked for in one channel of at least 8 kHz")
    size = 1 << round(np.log2(_WINDOW_S * rate_hz))
    window, filters = np.hanning(size).astype(np.float32), _filters(size, rate_hz)
    frames = len(samples) * FRAMES_PER_S // rate_hz
    levels = np.zeros((frames, _BANDS), np.float32)
    for first in range(0, frames, _BLOCK):
        last = min(frames, first + _BLOCK)
        starts = np.arange(first, last) * rate_hz // FRAMES_PER_S - size // 2
        cut = _cut(samples, starts, size)
        levels[first:last] = np.abs(np.fft.rfft(cut * window, axis=1)) @ filters
    return levels


def _cut(samples: Samples, starts: Frames, size: int) -> NDArray[np.float32]:
    """Windows of samples, with silence beyond both ends."""
    low, high = int(starts[0]), int(starts[-1]) + size
    part = np.zeros(high - low, np.float32)
    have = samples[max(0, low) : max(0, high)]
    part[max(0, -low) : max(0, -low) + len(have)] = have
    if samples.dtype.kind == "i":
        part /= _FULL_SCALE
    return np.lib.stride_tricks.sliding_window_view(part, size)[starts - low]


def _filters(size: int, rate_hz: int) -> NDArray[np.float32]:
    hz = np.arange(size // 2 + 1) * rate_hz / size
    top = min(_HIGHEST_HZ, rate_hz * 0.475)
    pitches = np.linspace(np.log1p(_LOWEST_HZ / 700), np.log1p(top / 700), _BANDS + 2)
    edges = 700 * np.expm1(pitches)
    rise = (hz[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    fall = (edges[2:] - hz[:, None]) / (edges[2:] - edges[1:-1])
    shape = np.clip(np.minimum(rise, fall), 0, None)
    return np.asarray(shape / np.maximum(1e-9, shape.sum(axis=0)), np.float32)


def growth(levels: NDArray[np.float32]) -> tuple[Curve, Curve]:
    """How much each frame grows: in all bands, and in those of a kick drum and a bass."""
    nothing = np.zeros(len(levels))
    loud = float(np.percentile(levels.max(axis=1), 98)) if len(levels) else 0.0
    if loud < _SILENT:
        return nothing, nothing
    heard = np.log1p(levels * np.float32(_RANGE / loud))
    before = heard.copy()
    np.maximum(before[:, 1:], heard[:, :-1], out=before[:, 1:])
    np.maximum(before[:, :-1], heard[:, 1:], out=before[:, :-1])
    grown = np.zeros_like(heard)
    np.maximum(heard[_LAG:] - before[:-_LAG], 0, out=grown[_LAG:])
    return grown.mean(axis=1, dtype=np.float64), grown[:, :_LOW_BANDS].mean(axis=1, dtype=np.float64)


def peaks(grown: Curve) -> Frames:
    """Frames at which something begins: the strongest of their surroundings, and clearly above them."""
    if not len(grown) or grown.max() <= 0:
        return np.zeros(0, np.intp)
    floor = max(_NOTHING, _FLOOR * float(np.percentile(grown, 99.5)))
    above = _ABOVE * smooth(grown, 0.6) + floor
    around = np.lib.stride_tricks.sliding_window_view(np.pad(grown, _REACH), 2 * _REACH + 1).max(axis=1)
    return np.flatnonzero((grown >= around) & (grown > above))


def smooth(curve: Curve, seconds: float) -> Curve:
    """A moving mean; at both ends of what there is."""
    half = max(1, round(seconds * FRAMES_PER_S)) // 2
    sums = np.concatenate([[0.0], np.cumsum(curve)])
    at = np.arange(len(curve))
    low, high = np.maximum(at - half, 0), np.minimum(at + half + 1, len(curve))
    return np.asarray((sums[high] - sums[low]) / (high - low))


def seconds_of(frames: Frames, curve: Curve) -> list[float]:
    """Frames as times: the top of the parabola through each and its neighbours, to a millisecond."""
    if not len(frames):
        return []
    at = np.clip(frames, 1, len(curve) - 2)
    before, here, after = curve[at - 1], curve[at], curve[at + 1]
    bend = before - 2 * here + after
    peaked = bend < -1e-9
    shift = np.where(peaked, 0.5 * (before - after) / np.where(peaked, bend, 1), 0)
    times = np.maximum(0, (frames + np.clip(shift, -0.5, 0.5)) / FRAMES_PER_S)
    return [round(float(time), 3) for time in times]
