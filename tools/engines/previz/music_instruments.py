"""The orchestra: every instrument is built from sines and noise, no recordings.

`played` gives one note as mono samples that begin and end at zero. Notes are cached,
because a piece repeats itself.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tools.engines.previz.music_theory import Timbre

RATE = 48_000
TABLE = 8192
Floats = NDArray[np.float32]


def played(timbre: Timbre, pitch: int, *, length_s: float) -> Floats:
    """One note at full strength. Percussion ignores pitch; a riser ends exactly at its length."""
    return _cached(timbre, pitch, length_s=round(length_s, 2))


@lru_cache(maxsize=1024)
def _cached(timbre: Timbre, pitch: int, *, length_s: float) -> Floats:
    sound = INSTRUMENTS[timbre](pitch, length_s)
    edge = min(96, len(sound) // 2)
    ramp = np.linspace(0, 1, edge, dtype=np.float32)
    sound[:edge] *= ramp
    sound[len(sound) - edge :] *= ramp[::-1]
    return sound


def _floats(sound: object) -> Floats:
    """Whatever arithmetic made of it, as 32-bit samples."""
    return np.asarray(sound, dtype=np.float32)


def hertz(pitch: float) -> float:
    """Frequency of a MIDI number."""
    return float(440 * 2 ** ((pitch - 69) / 12))


def _seconds(length_s: float) -> Floats:
    return np.arange(int(length_s * RATE), dtype=np.float32) / np.float32(RATE)


def _noise(length_s: float, seed: int) -> Floats:
    return np.random.default_rng(seed).standard_normal(int(length_s * RATE), dtype=np.float32)


def _tinted(noise: Floats, low_hz: float, *, high_hz: float) -> Floats:
    """Noise between two frequencies, with soft slopes, at unit strength."""
    spectrum = np.fft.rfft(noise)
    at = np.fft.rfftfreq(len(noise), 1 / RATE) + 1e-3
    shape = 1 / (1 + (low_hz / at) ** 4) / (1 + (at / high_hz) ** 4)
    sound = np.fft.irfft(spectrum * shape, len(noise))
    return _floats(sound / (np.std(sound) + 1e-9))


@lru_cache(maxsize=64)
def _table(partials: int, slope: float) -> Floats:
    """One cycle of a wave with partials falling by `slope`; phases spread so that it never peaks."""
    cycle = np.arange(TABLE) / TABLE
    wave = sum(np.sin(2 * np.pi * (k * cycle + 0.37 * k * k)) / k**slope for k in range(1, partials + 1))
    return _floats(wave / np.max(np.abs(wave)))


def _bowed(pitch: int, length_s: float, *, slope: float, attack_s: float, release_s: float) -> Floats:
    """Three players, slightly apart in tuning, with a vibrato that sets in late."""
    at = _seconds(length_s + release_s)
    base = hertz(pitch)
    table = _table(max(3, min(16, int(7000 / base))), slope)
    swell = (
        np.float32(0.0028) * np.minimum(1, at / np.float32(1.2)) * np.sin(np.float32(2 * np.pi * 5.1) * at)
    )
    sound = np.zeros_like(at)
    for cents, phase in ((-6, 0.0), (1, 0.31), (7, 0.67)):
        turns = (
            np.float32(base * 2 ** (cents / 1200)) * at + swell * np.float32(base / 32) + np.float32(phase)
        )
        sound += table[(turns * TABLE).astype(np.int64) & (TABLE - 1)]
    return _floats(sound / 3 * _envelope(at, length_s, attack_s=attack_s, release_s=release_s))


def _envelope(at: Floats, length_s: float, *, attack_s: float, release_s: float) -> Floats:
    rise = np.sin(np.minimum(1, at / np.float32(attack_s)) * np.float32(np.pi / 2)) ** 2
    fall = np.clip((np.float32(length_s + release_s) - at) / np.float32(release_s), 0, 1)
    return _floats(rise * fall * fall * (3 - 2 * fall))


def _struck(pitch: int, ring_s: float, *, partials: list[tuple[float, float, float]]) -> Floats:
    """A sum of dying partials: (multiple of the frequency, strength, seconds to fall by 60 dB)."""
    at = _seconds(ring_s)
    sound = np.zeros_like(at)
    for multiple, strength, fall_s in partials:
        if hertz(pitch) * multiple < 16_000:
            decay = np.exp(at * np.float32(-6.9 / fall_s))
            sound += (
                np.float32(strength) * decay * np.sin(np.float32(2 * np.pi * hertz(pitch) * multiple) * at)
            )
    return sound


@lru_cache(maxsize=128)
def _piano_ring(pitch: int) -> Floats:
    long_s = 5.5 * (220 / hertz(pitch)) ** 0.35
    partials = [
        (
            k * (1 + 0.0004 * k * k) ** 0.5 * detune,
            np.exp(-0.55 * (k - 1)) * share,
            long_s / (1 + 0.45 * (k - 1)),
        )
        for k in range(1, 9)
        for detune, share in (((1.0, 0.6), (1.0011, 0.4)) if k < 4 else ((1.0, 1.0),))
    ]
    sound = _struck(pitch, min(5.0, long_s), partials=partials)
    knock = _tinted(_noise(0.05, pitch), 150, high_hz=900) * np.exp(-_seconds(0.05) * np.float32(90))
    sound[: len(knock)] += np.float32(0.035) * knock
    soft = np.minimum(1, np.arange(len(sound), dtype=np.float32) / np.float32(0.004 * RATE))
    return _floats(sound * soft)


def _piano(pitch: int, length_s: float) -> Floats:
    """A felt piano; the damper falls when the note ends."""
    ring = _piano_ring(pitch)
    sound = ring[: int((length_s + 0.45) * RATE)].copy()
    at = _seconds(len(sound) / RATE + 0.01)[: len(sound)]
    damped = np.exp(-np.maximum(0, at - np.float32(length_s)) * np.float32(9))
    return _floats(sound * damped)


def _strings(pitch: int, length_s: float) -> Floats:
    return _bowed(pitch, length_s, slope=1.25, attack_s=min(0.28, length_s / 2), release_s=0.6)


def _tremolo(pitch: int, length_s: float) -> Floats:
    """Strings that shiver."""
    sound = _bowed(pitch, length_s, slope=1.35, attack_s=min(0.5, length_s / 2), release_s=0.5)
    shiver = 0.62 + 0.38 * np.sin(
        np.float32(2 * np.pi * 9.5) * _seconds(len(sound) / RATE + 0.01)[: len(sound)]
    )
    return _floats(sound * shiver)


def _pad(pitch: int, length_s: float) -> Floats:
    return _bowed(pitch, length_s, slope=2.1, attack_s=min(0.9, length_s * 0.6), release_s=1.3)


def _bass(pitch: int, length_s: float) -> Floats:
    at = _seconds(length_s + 0.25)
    turn = np.float32(2 * np.pi * hertz(pitch)) * at
    sound = np.sin(turn) + 0.4 * np.sin(2 * turn) + 0.16 * np.sin(3 * turn) + 0.05 * np.sin(5 * turn)
    return _floats(
        sound * 0.6 * _envelope(at, length_s, attack_s=0.03, release_s=0.25) * np.exp(-at * np.float32(0.35))
    )


def _pizzicato(pitch: int, length_s: float) -> Floats:
    low = (220 / hertz(pitch)) ** 0.3
    partials = [(float(k), 0.9 / k**1.1, low * 0.75 / k**0.7) for k in range(1, 8)]
    return _floats(_struck(pitch, 0.75, partials=partials) * np.float32(0.7))


def _bell(pitch: int, length_s: float) -> Floats:
    """A celesta."""
    return _struck(
        pitch + 12, 2.2, partials=[(1, 0.8, 2.2), (2.0, 0.12, 1.0), (3.98, 0.22, 0.5), (6.7, 0.05, 0.2)]
    )


def _spiccato(pitch: int, length_s: float) -> Floats:
    """A short, bouncing bow."""
    return _bowed(pitch, 0.11, slope=1.15, attack_s=0.012, release_s=0.16)


def _falling(from_hz: float, to_hz: float, *, ring_s: float, fall_s: float) -> Floats:
    """A drum: a tone that falls in pitch as it dies."""
    at = _seconds(ring_s)
    slide = np.float32(0.06)
    turn = to_hz * at + (from_hz - to_hz) * slide * (1 - np.exp(-at / slide))
    return _floats(np.sin(2 * np.pi * turn) * np.exp(at * np.float32(-6.9 / fall_s)))


def _boom(pitch: int, length_s: float) -> Floats:
    sound = _falling(110, 41, ring_s=2.6, fall_s=2.6)
    thump = _tinted(_noise(0.25, 11), 60, high_hz=500) * np.exp(-_seconds(0.25) * np.float32(28))
    sound[: len(thump)] += np.float32(0.25) * thump
    return sound


def _drum(pitch: int, length_s: float) -> Floats:
    sound = _falling(150, 62, ring_s=0.6, fall_s=0.55)
    skin = _tinted(_noise(0.08, 12), 120, high_hz=700) * np.exp(-_seconds(0.08) * np.float32(60))
    sound[: len(skin)] += np.float32(0.12) * skin
    return sound


def _shaker(pitch: int, length_s: float) -> Floats:
    at = _seconds(0.09)
    body = np.minimum(1, at / np.float32(0.012)) * np.exp(-at * np.float32(55))
    return _floats(_tinted(_noise(0.09, 13), 4500, high_hz=11_000) * body * 0.4)


def _tick(pitch: int, length_s: float) -> Floats:
    """A clock in another room."""
    return _struck(90, 0.08, partials=[(1, 0.5, 0.05), (1.51, 0.3, 0.03), (2.7, 0.2, 0.02)])


def _cymbal(pitch: int, length_s: float) -> Floats:
    at = _seconds(2.4)
    body = np.minimum(1, at / np.float32(0.02)) * np.exp(-at * np.float32(2.6))
    return _floats(_tinted(_noise(2.4, 14), 3000, high_hz=12_000) * body * 0.35)


def _riser(pitch: int, length_s: float) -> Floats:
    """Air and strings that rise and stop dead."""
    at = _seconds(length_s)
    rise = at / np.float32(length_s)
    air = _tinted(_noise(length_s, 15)[: len(at)], 700, high_hz=7000) * rise**3 * np.float32(0.3)
    turn = hertz(pitch) * (at + at * rise * np.float32(0.5))
    table = _table(8, 1.3)
    tone = table[(turn * TABLE).astype(np.int64) & (TABLE - 1)] * rise**2 * np.float32(0.35)
    stop = np.minimum(1, (np.float32(length_s) - at) / np.float32(0.03))
    return _floats((air + tone) * stop)


INSTRUMENTS: dict[Timbre, Callable[[int, float], Floats]] = {
    "piano": _piano, "strings": _strings, "tremolo": _tremolo, "pad": _pad, "bass": _bass,
    "pizzicato": _pizzicato, "bell": _bell, "spiccato": _spiccato, "boom": _boom, "drum": _drum,
    "shaker": _shaker, "tick": _tick, "riser": _riser, "cymbal": _cymbal,
}  # fmt: skip
