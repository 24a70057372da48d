"""Loudness by ITU-R BS.1770-4, in numpy alone.

The usual packages load a second's worth of libraries, which every voice and music
process would pay for. The weighting is applied in the frequency domain, a piece at a
time, so that half an hour of music needs no more memory than ten seconds.
"""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
PIECE_S = 10
HOPS_PER_BLOCK = 4
"""Blocks of 400 ms that start every 100 ms."""
SILENCE_LUFS = -70.0
SHORTEST_S = 0.5


def loudness_lufs(sound: Floats, rate: int) -> float:
    """Integrated loudness of samples, one column per channel; `-inf` for silence.

    A sound shorter than half a second is measured repeated.
    """
    repeats = math.ceil(SHORTEST_S * rate / max(1, len(sound)))
    energies = _hop_energies(np.concatenate([sound] * repeats) if repeats > 1 else sound, rate)
    blocks = np.convolve(energies, np.full(HOPS_PER_BLOCK, 1 / HOPS_PER_BLOCK), "valid")
    heard = blocks[blocks > _energy(SILENCE_LUFS)]
    if not len(heard):
        return -math.inf
    gated = heard[heard > heard.mean() / 10]
    return float(-0.691 + 10 * np.log10(gated.mean()))


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _hop_energies(sound: Floats, rate: int) -> Doubles:
    """Weighted mean square of every 100 ms, channels added."""
    hop, piece = rate // 10, rate * PIECE_S
    channels = sound.reshape(len(sound), -1)
    energies = [
        (_weighted(channels[first : first + piece], rate, piece=piece) ** 2).sum(axis=1)
        for first in range(0, len(channels), piece)
    ]
    joined = np.concatenate(energies)
    return np.asarray(joined[: len(joined) // hop * hop].reshape(-1, hop).mean(axis=1), dtype=np.float64)


def _weighted(channels: Floats, rate: int, *, piece: int) -> Doubles:
    """K-weighting without its phase, which loudness does not hear."""
    count = len(channels)
    spectrum = np.fft.rfft(channels, n=piece, axis=0)
    shaped = np.fft.irfft(spectrum * _curve(rate, piece)[:, None], n=piece, axis=0)
    return np.asarray(shaped[:count], dtype=np.float64)


@lru_cache(maxsize=4)
def _curve(rate: int, piece: int) -> Doubles:
    """The strength of both filters of the standard at every frequency of a piece."""
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(piece))
    shelf, cut = _shelf(rate), _high_pass(rate)
    return np.abs(_response(*shelf, turn=turn) * _response(*cut, turn=turn))


def _response(
    over: tuple[float, ...], under: tuple[float, ...], *, turn: NDArray[np.complex128]
) -> NDArray[np.complex128]:
    return np.asarray(np.polyval(over[::-1], turn) / np.polyval(under[::-1], turn))


def _shelf(rate: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The head: four decibels more above 1.7 kHz."""
    k, q = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    norm = 1 + k / q + k * k
    over = (high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k)
    return tuple(one / norm for one in over), (1.0, 2 * (k * k - 1) / norm, (1 - k / q + k * k) / norm)


def _high_pass(rate: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Below 38 Hz nobody hears how loud it is."""
    k, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    norm = 1 + k / q + k * k
    return (1.0, -2.0, 1.0), (1.0, 2 * (k * k - 1) / norm, (1 - k / q + k * k) / norm)
