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
LONGEST_S = 14.0
"""No bow and no breath holds longer."""
Floats = NDArray[np.float32]


def played(timbre: Timbre, pitch: int, *, length_s: float) -> Floats:
    """One note at full strength. Percussion ignores pitch; a riser ends exactly at its length."""
    return _cached(timbre, pitch, length_s=round(min(length_s, LONGEST_S), 2))


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


DESK = ((-9, 0.0, 4.7), (-4, 0.29, 5.3), (1, 0.61, 5.0), (5, 0.13, 5.6), (9, 0.83, 4.9))
"""Five players: cents out of tune, where in the wave they begin, how fast their hand shakes."""


LONGEST_BOW_S = 16.0


def _bowed(
    pitch: int, length_s: float, *, slope: float, attack_s: float, release_s: float, players: int = 5
) -> Floats:
    """A desk of players with a vibrato of their own that sets in late, and rosin on the strings."""
    at = _seconds(length_s + release_s)
    base = hertz(pitch)
    table = _table(max(3, min(18, int(7600 / base))), slope)
    sound = np.zeros_like(at)
    for number in range(players):
        cents, phase, _ = DESK[number]
        turns = np.float32(base * 2 ** (cents / 1200) * TABLE) * at + np.float32(phase * TABLE)
        turns += _hand(number)[: len(at)] * np.float32(base * TABLE)
        sound += table[turns.astype(np.int32) & (TABLE - 1)]
    if players > 3:
        rosin = _rosin()[: len(at)]
        sound += np.float32(0.035) * np.roll(rosin, 997 * pitch)
    return _floats(
        sound * (0.7 / players**0.6) * _envelope(at, length_s, attack_s=attack_s, release_s=release_s)
    )


@lru_cache(maxsize=8)
def _hand(player: int) -> Floats:
    """How far a player's vibrato has carried the tone, in periods of one hertz."""
    at = _seconds(LONGEST_BOW_S)
    _, phase, hand_hz = DESK[player]
    depth = np.minimum(1, at / np.float32(1.1)) * np.float32(0.0035 / (2 * np.pi * hand_hz))
    return _floats(depth * np.sin(np.float32(2 * np.pi * hand_hz) * at + np.float32(7 * phase)))


@lru_cache(maxsize=1)
def _rosin() -> Floats:
    """The breath of the bow."""
    return _tinted(_noise(LONGEST_BOW_S, 21), 900, high_hz=5500)


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
    """Stiff strings: partials lie a little sharp, fall fast at first and then sing on."""
    base = hertz(pitch)
    long_s = 6.5 * (220 / base) ** 0.4
    stiff = 0.00018 * 2 ** ((pitch - 48) / 14)
    partials = []
    for k in range(1, 13):
        multiple = k * (1 + stiff * k * k) ** 0.5
        strength, fall_s = _hammer(k), long_s / (1 + 0.5 * (k - 1))
        partials += [
            (multiple, 0.62 * strength, fall_s * 0.34),
            (multiple * 1.0007, 0.38 * strength, fall_s * 1.15),
        ]
    sound = _struck(pitch, min(5.0, long_s), partials=partials)
    knock = _tinted(_noise(0.06, pitch), 120, high_hz=1100) * np.exp(-_seconds(0.06) * np.float32(80))
    sound[: len(knock)] += np.float32(0.04) * knock
    soft = np.minimum(1, np.arange(len(sound), dtype=np.float32) / np.float32(0.005 * RATE))
    return _floats(sound * soft)


def _hammer(k: int) -> float:
    """A felt hammer that strikes at an eighth of the string: that partial is missing."""
    return float(np.exp(-0.5 * (k - 1)) * (0.25 + abs(np.sin(np.pi * k / 8))) / 0.63)


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
    return _bowed(pitch, length_s, slope=2.1, attack_s=min(0.9, length_s * 0.6), release_s=1.3, players=3)


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
    """A celesta: a tone whose brightness dies before it does."""
    at = _seconds(2.4)
    turn = np.float32(2 * np.pi * hertz(pitch + 12)) * at
    glint = np.float32(1.5) * np.exp(at * np.float32(-9)) * np.sin(np.float32(3.5) * turn)
    warm = np.float32(0.35) * np.exp(at * np.float32(-4)) * np.sin(np.float32(2.0) * turn)
    body = np.minimum(1, at / np.float32(0.002)) * np.exp(at * np.float32(-6.9 / 2.3))
    under = np.float32(0.3) * np.sin(turn / 2) * np.exp(at * np.float32(-5))
    return _floats((np.sin(turn + glint + warm) * 0.8 + under) * body)


def _flute(pitch: int, length_s: float) -> Floats:
    """A wooden flute: few partials, breath, a vibrato of loudness more than of pitch."""
    at = _seconds(length_s + 0.22)
    late = np.minimum(1, at / np.float32(0.7))
    wave = np.sin(np.float32(2 * np.pi * 4.8) * at) * late
    turn = np.float32(2 * np.pi * hertz(pitch)) * at + np.float32(0.35) * wave
    tone = np.sin(turn) + 0.28 * np.sin(2 * turn) + 0.1 * np.sin(3 * turn) + 0.03 * np.sin(4 * turn)
    breath = np.roll(_rosin()[: len(at)], 997 * pitch)
    tone += np.float32(0.05) * breath * (1 + 2 * np.exp(-at * 30))
    shape = _envelope(at, length_s, attack_s=min(0.07, length_s / 3), release_s=0.22)
    return _floats(tone * (1 + np.float32(0.12) * wave) * shape * 0.8)


def _horn(pitch: int, length_s: float) -> Floats:
    """A horn in the distance: it opens up as it swells."""
    at = _seconds(length_s + 0.3)
    shape = _envelope(at, length_s, attack_s=min(0.12, length_s / 3), release_s=0.3)
    open_ = shape * (0.55 + 0.45 * np.minimum(1, at / np.float32(0.4)))
    sound = np.zeros_like(at)
    for cents in (-4, 4):
        turn = np.float32(2 * np.pi * hertz(pitch) * 2 ** (cents / 1200)) * at
        for k in range(1, 9):
            if hertz(pitch) * k < 6000:
                sound += (
                    np.float32(0.5 / k**0.6) * open_ ** np.float32(0.6 * k) * np.sin(np.float32(k) * turn)
                )
    return _floats(sound * 0.55)


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
    "shaker": _shaker, "tick": _tick, "riser": _riser, "cymbal": _cymbal, "flute": _flute, "horn": _horn,
}  # fmt: skip
