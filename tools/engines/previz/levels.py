"""Levels and files of sound: gain, edges, resampling, WAV."""

import math
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.engines.previz.loudness import loudness_lufs

Floats = NDArray[np.float32]
CHUNK = 1 << 20
PEAK = 0.89
"""-1 dBFS: what no sample may pass."""


def levelled(sound: Floats, rate: int, *, lufs: float) -> Floats:
    """The sound at a loudness, in place; peaks that would clip are rounded off, not cut."""
    measured = loudness_lufs(sound, rate)
    if math.isfinite(measured):
        sound *= np.float32(10 ** ((lufs - measured) / 20))
        for first in range(0, len(sound), CHUNK):
            soften(sound[first : first + CHUNK])
    return sound


def soften(sound: Floats, *, knee: float = 0.6) -> None:
    """Bend peaks above the knee towards -1 dBFS, in place; all else is untouched."""
    loud = np.abs(sound) > knee
    size = np.abs(sound[loud])
    sound[loud] = np.sign(sound[loud]) * (knee + (PEAK - knee) * np.tanh((size - knee) / (PEAK - knee)))


def voiced_bounds(sound: Floats, rate: int, *, floor_db: float = -45) -> tuple[int, int]:
    """First sample, and the one after the last, of what is within `floor_db` of the loudest 10 ms."""
    hop = rate // 100
    frames = np.sqrt(np.mean(sound[: len(sound) // hop * hop].reshape(-1, hop) ** 2, axis=1))
    if not len(frames) or frames.max() <= 0:
        return 0, len(sound)
    loud = np.flatnonzero(frames > frames.max() * 10 ** (floor_db / 20))
    return int(loud[0]) * hop, (int(loud[-1]) + 1) * hop


def silences(
    sound: Floats, rate: int, *, shortest_s: float = 0.08, floor_db: float = -36
) -> list[tuple[float, float]]:
    """Spans, in seconds, that stay below `floor_db` of the loudest 5 ms for at least `shortest_s`."""
    hop = rate // 200
    frames = np.sqrt(np.mean(sound[: len(sound) // hop * hop].reshape(-1, hop) ** 2, axis=1))
    loud = np.concatenate([[True], frames > frames.max(initial=0) * 10 ** (floor_db / 20), [True]])
    edges = np.flatnonzero(np.diff(loud.astype(int)))
    runs = [
        (start * hop / rate, end * hop / rate) for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]
    return [(float(start), float(end)) for start, end in runs if end - start >= shortest_s]


def cut_out(sound: Floats, first: int, *, last: int) -> Floats:
    """Samples `first` to `last`; silence where the sound has none."""
    inside = sound[max(0, first) : max(0, last)]
    return np.pad(inside, (max(0, -first), last - max(0, first) - len(inside)))


def faded(sound: Floats, rate: int, *, edge_s: float = 0.008) -> Floats:
    """No click at either end."""
    edge = min(int(edge_s * rate), len(sound) // 2)
    ramp = np.sin(np.linspace(0, np.pi / 2, edge, dtype=np.float32)) ** 2
    ramp = ramp if sound.ndim == 1 else ramp[:, None]
    out = sound.copy()
    out[:edge] *= ramp
    out[len(out) - edge :] *= ramp[::-1]
    return out


def resampled(sound: Floats, factor: float) -> Floats:
    """Play faster by `factor`: higher and shorter."""
    if factor == 1.0:
        return sound
    count = round(len(sound) / factor)
    spectrum = np.fft.rfft(sound)
    bent = np.fft.irfft(spectrum[: count // 2 + 1], count) * (count / len(sound))
    return bent.astype(np.float32)


def write_wav(path: Path, sound: Floats, *, rate: int) -> None:
    """16-bit PCM, one column per channel. Equal sound gives equal bytes."""
    channels = 1 if sound.ndim == 1 else sound.shape[1]
    # Opened here: the module that writes WAV trips over itself when the folder is missing.
    with path.open("wb") as file, wave.open(file, "wb") as target:
        target.setnchannels(channels)
        target.setsampwidth(2)
        target.setframerate(rate)
        for first in range(0, len(sound), CHUNK):
            samples = np.round(np.clip(sound[first : first + CHUNK], -1, 1) * 32767)
            target.writeframes(samples.astype("<i2").tobytes())
