"""Loudness after ITU-R BS.1770, kept as a curve so that any part of a sound can be judged.

The mix needs to know how loud the music is under one line; a whole-file figure cannot
tell. The finished master is measured by ffmpeg instead, as an independent check.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000
HOP = RATE_HZ // 10
SILENT_LUFS = -70.0

Samples = NDArray[np.float32]
Curve = NDArray[np.float64]
"""Weighted mean square of each tenth of a second, both channels added."""

# The two stages of K-weighting at 48 kHz, as the recommendation prints them.
_SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
_STEPS_PER_BLOCK = 4
_RELATIVE_GATE_LU = 10.0


def loudness_curve(samples: Samples) -> Curve:
    """The loudness curve of stereo samples, shape (n, 2)."""
    states = [np.zeros((2, 2)), np.zeros((2, 2))]
    parts = [_energies(part, states) for part in _blocks(samples, RATE_HZ * 30)]
    return np.concatenate(parts) if parts else np.zeros(0)


def loudness(curve: Curve, *, start_s: float = 0.0, end_s: float | None = None) -> float:
    """Gated loudness in LUFS of a span; -70 for silence. Spans under 0.4 s count as one block."""
    first = int(start_s * 10)
    part = curve[first : None if end_s is None else max(first + 1, int(np.ceil(end_s * 10)))]
    if not len(part):
        return SILENT_LUFS
    width = min(_STEPS_PER_BLOCK, len(part))
    blocks = np.convolve(part, np.full(width, 1 / width), mode="valid")
    heard = blocks[blocks > _energy(SILENT_LUFS)]
    if not len(heard):
        return SILENT_LUFS
    gated = heard[heard >= heard.mean() * 10 ** (-_RELATIVE_GATE_LU / 10)]
    return _lufs(float(gated.mean()))


def loudest(curve: Curve, *, start_s: float, end_s: float) -> float:
    """The loudest 0.4 s of a span, in LUFS."""
    first = int(start_s * 10)
    part = curve[first : max(first + 1, int(np.ceil(end_s * 10)))]
    if not len(part):
        return SILENT_LUFS
    width = min(_STEPS_PER_BLOCK, len(part))
    blocks = np.convolve(part, np.full(width, 1 / width), mode="valid")
    return max(SILENT_LUFS, _lufs(float(blocks.max())))


def _energies(part: Samples, states: list[NDArray[np.float64]]) -> Curve:
    # Slow to import, and most processes never mix.
    from scipy.signal import lfilter

    signal = part.astype(np.float64)
    for number, (forward, back) in enumerate((_SHELF, _HIGH_PASS)):
        signal, states[number] = lfilter(forward, back, signal, axis=0, zi=states[number])
    whole = len(signal) // HOP * HOP
    squares = (signal**2).sum(axis=1)
    energies: Curve = squares[:whole].reshape(-1, HOP).mean(axis=1)
    # A tail shorter than a hop counts as its own mean: the end of a short line matters.
    return np.append(energies, squares[whole:].mean()) if whole < len(signal) else energies


def _blocks(samples: Samples, size: int) -> Iterator[Samples]:
    for start in range(0, len(samples), size):
        yield samples[start : start + size]


def _lufs(energy: float) -> float:
    return -0.691 + 10 * float(np.log10(energy)) if energy > 0 else SILENT_LUFS


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
