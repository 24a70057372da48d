"""What every effect is made of: noise in a band, dying partials, envelopes, a place to stand."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
Floats = NDArray[np.float32]
Draw = np.random.Generator
Mode = tuple[float, float, float]
"""Hertz, strength, seconds to fall by 60 dB."""
_ROOM_S = 0.4


def clock(length_s: float) -> Floats:
    """The seconds of every sample."""
    return np.arange(round(length_s * RATE), dtype=np.float32) / np.float32(RATE)


def band(draw: Draw, length_s: float, *, low_hz: float, high_hz: float, order: int = 4) -> Floats:
    """Noise between two frequencies, with unit strength."""
    count = max(8, round(length_s * RATE))
    spectrum = np.fft.rfft(draw.standard_normal(count, dtype=np.float32))
    at = np.fft.rfftfreq(count, 1 / RATE) + 1e-3
    shape = 1 / np.sqrt((1 + (low_hz / at) ** order) * (1 + (at / high_hz) ** order))
    sound = np.fft.irfft(spectrum * shape, count)
    return np.asarray(sound / (np.std(sound) + 1e-9), dtype=np.float32)


def ring(length_s: float, modes: Iterable[Mode], *, phase: float = 0.0) -> Floats:
    """Struck matter: partials that die each at its own pace."""
    at = clock(length_s)
    sound = np.zeros_like(at)
    for hertz, strength, fall_s in modes:
        dying = np.exp(at * np.float32(-6.9 / fall_s)) * np.float32(strength)
        sound += dying * np.sin(np.float32(2 * np.pi * hertz) * at + np.float32(phase))
    return sound


def dying(length_s: float, fall_s: float, *, rise_s: float = 0.001) -> Floats:
    """A quick rise, then a fall of 60 dB in `fall_s`."""
    at = clock(length_s)
    rise = np.minimum(1, at / np.float32(max(rise_s, 1e-4)))
    return np.asarray(rise * np.exp(at * np.float32(-6.9 / fall_s)), dtype=np.float32)


def drawn(length_s: float, points: Iterable[tuple[float, float]]) -> Floats:
    """An envelope through (seconds, height) points, with rounded corners."""
    times, heights = zip(*points, strict=True)
    line = np.interp(clock(length_s), times, heights)
    return np.asarray(line * line * (3 - 2 * np.clip(line, 0, 1)), dtype=np.float32)


def flicker(draw: Draw, length_s: float, *, every_s: float, depth: float) -> Floats:
    """An irregular rise and fall around one, never below zero."""
    points = max(4, int(length_s / every_s) + 2)
    heights = 1 + depth * draw.uniform(-1, 1, points)
    line = np.interp(clock(length_s), np.linspace(0, length_s, points), heights)
    return np.asarray(np.maximum(0, line), dtype=np.float32)


def joined(length_s: float, parts: Iterable[tuple[float, Floats]]) -> Floats:
    """Sounds laid over each other, each at its second."""
    out = np.zeros(round(length_s * RATE), dtype=np.float32)
    for at_s, sound in parts:
        first = round(at_s * RATE)
        piece = sound[: max(0, len(out) - first)]
        out[first : first + len(piece)] += piece
    return out


def standing(sound: Floats, pan: float | Floats) -> Floats:
    """Equal-power placing from -1, left, to 1, right; a path of places moves it."""
    angle = (np.asarray(pan, dtype=np.float32) + 1) * np.float32(np.pi / 4)
    return np.asarray(np.stack([sound * np.cos(angle), sound * np.sin(angle)], axis=1), dtype=np.float32)


def in_a_room(stereo: Floats, draw: Draw, *, wet: float) -> Floats:
    """The same with a short room around it, other on each side; longer by the room."""
    count = round(_ROOM_S * RATE)
    size = 1 << (len(stereo) + count).bit_length()
    out = np.zeros((len(stereo) + count, 2), dtype=np.float32)
    out[: len(stereo)] = stereo
    mono = np.fft.rfft(stereo.mean(axis=1), size)
    for side in (0, 1):
        walls = band(draw, _ROOM_S, low_hz=200, high_hz=4500) * dying(_ROOM_S, _ROOM_S, rise_s=0.004)
        walls = np.roll(walls, round(0.007 * RATE)) / np.sqrt(np.sum(walls**2))
        walls[: round(0.007 * RATE)] = 0
        out[:, side] += np.float32(wet) * np.fft.irfft(mono * np.fft.rfft(walls, size), size)[: len(out)]
    return out
