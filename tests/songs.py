"""Songs with known beats, synthesised: what the beat tracker was tuned on.

`tests/other_songs.py` makes songs in another way; nothing was tuned on those.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 22_050
Sound = NDArray[np.float64]


@dataclass(frozen=True)
class Song:
    """Samples at `RATE_HZ` and the truth about them."""

    name: str
    samples: NDArray[np.float32]
    beats_s: NDArray[np.float64]
    beats_per_bar: int = 4


@dataclass(frozen=True)
class Hit:
    """One pattern of a drum: at which sixteenths of a bar, and how loud."""

    drum: str
    at: tuple[int, ...]
    level: float = 1.0


PATTERNS: dict[str, tuple[int, tuple[Hit, ...]]] = {
    "rock": (4, (Hit("kick", (0, 8)), Hit("snare", (4, 12)), Hit("hat", tuple(range(0, 16, 2)), 0.4))),
    "four on the floor": (
        4,
        (Hit("kick", (0, 4, 8, 12)), Hit("snare", (4, 12), 0.7), Hit("hat", (2, 6, 10, 14), 0.6)),
    ),
    "funk": (
        4,
        (
            Hit("kick", (0, 3, 10)),
            Hit("snare", (4, 12)),
            Hit("snare", (7, 9), 0.25),
            Hit("hat", tuple(range(16)), 0.3),
        ),
    ),
    "pushed": (
        4,
        (Hit("kick", (0, 6, 8, 14)), Hit("snare", (4, 12)), Hit("hat", tuple(range(0, 16, 2)), 0.35)),
    ),
    "ballad": (4, (Hit("kick", (0,)), Hit("snare", (8,)), Hit("hat", (0, 4, 8, 12), 0.4))),
    "waltz": (3, (Hit("kick", (0,)), Hit("snare", (4, 8), 0.6), Hit("hat", (0, 4, 8), 0.3))),
    "slow three": (
        3,
        (Hit("kick", (0, 6)), Hit("snare", (8,)), Hit("hat", tuple(range(0, 12, 2)), 0.35)),
    ),
}


def song(seed: int, *, seconds: float = 30.0, pattern: str = "", bpm: float = 0.0) -> Song:
    """Kick, snare and hat, bass and chords in a room, played by people, with noise at -30 dB."""
    rng = np.random.default_rng(seed)
    name = pattern or list(PATTERNS)[rng.integers(len(PATTERNS))]
    tempo = bpm or float(rng.uniform(60, 180))
    in_bar, hits = PATTERNS[name]
    beat_s, start_s = 60 / tempo, float(rng.uniform(0.05, 1.0))
    beats = np.arange(start_s, seconds - 0.1, beat_s)
    out = np.zeros(round(seconds * RATE_HZ) + RATE_HZ)
    for bar in range(0, len(beats), in_bar):
        bar_s = start_s + bar * beat_s
        for hit in hits:
            for sixteenth in hit.at:
                if rng.random() > 0.05:
                    _add(out, bar_s + sixteenth * beat_s / 4 + _human(rng), _drum(hit.drum, rng), hit.level)
        _play(out, rng, bar_s, beat_s, in_bar)
    return Song(f"{name} {tempo:.0f}", _mastered(out, rng, seconds), beats, in_bar)


def clicks(bpm: float, seconds: float, *, start_s: float = 0.5, level: float = 0.8) -> Song:
    """A bare click on every beat, in silence."""
    beats = np.arange(start_s, seconds - 0.05, 60 / bpm)
    out = np.zeros(round(seconds * RATE_HZ) + RATE_HZ)
    at = np.arange(round(0.02 * RATE_HZ)) / RATE_HZ
    for beat in beats:
        _add(out, beat, np.sin(2 * np.pi * 1500 * at) * np.exp(-at * 200), level)
    return Song(f"clicks {bpm:g}", out[: round(seconds * RATE_HZ)].astype(np.float32), beats)


def _human(rng: np.random.Generator) -> float:
    return float(rng.uniform(-0.008, 0.008))


def _play(out: Sound, rng: np.random.Generator, bar_s: float, beat_s: float, in_bar: int) -> None:
    """A bar of bass, with notes before the beat too, and one chord or two."""
    root = 55 * 2 ** (rng.choice([0, 3, 5, 7, 10]) / 12)
    at = 0.0
    while at < in_bar:
        length = float(rng.choice([0.5, 0.75, 1.0, 1.5]))
        note = root * 2 ** (rng.choice([0, 0, 0, 7, 12]) / 12)
        _add(out, bar_s + at * beat_s + _human(rng), _bass(note, length * beat_s), 0.45)
        at += length
    for start in (0, 2) if in_bar == 4 and rng.random() < 0.5 else (0,):
        _add(out, bar_s + start * beat_s + _human(rng), _chord(root * 4, (in_bar - start) * beat_s), 0.12)


def _add(out: Sound, at_s: float, sound: Sound, level: float) -> None:
    first = max(0, round(at_s * RATE_HZ))
    part = sound[: max(0, len(out) - first)]
    out[first : first + len(part)] += level * part


def _drum(kind: str, rng: np.random.Generator) -> Sound:
    if kind == "kick":
        at = np.arange(round(0.25 * RATE_HZ)) / RATE_HZ
        return np.sin(2 * np.pi * (50 * at + 4 * (1 - np.exp(-at * 30)))) * np.exp(-at * 14)
    if kind == "snare":
        at = np.arange(round(0.18 * RATE_HZ)) / RATE_HZ
        ring = 0.5 * np.sin(2 * np.pi * 190 * at) * np.exp(-at * 25)
        return ring + 0.5 * rng.standard_normal(len(at)) * np.exp(-at * 22)
    at = np.arange(round(0.06 * RATE_HZ)) / RATE_HZ
    return np.diff(rng.standard_normal(len(at) + 1)) * np.exp(-at * 70) * 0.5


def _bass(hz: float, seconds: float) -> Sound:
    at = np.arange(round(seconds * 0.9 * RATE_HZ)) / RATE_HZ
    tone = sum(np.sin(2 * np.pi * hz * n * at) / n**1.5 for n in range(1, 7))
    return np.asarray(tone * np.minimum(1, at / 0.005) * np.exp(-at * 2))


def _chord(hz: float, seconds: float) -> Sound:
    at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    tone = sum(
        np.sin(2 * np.pi * hz * 2 ** (step / 12) * n * at) / n for step in (0, 4, 7) for n in (1, 2, 3)
    )
    return np.asarray(tone * np.minimum(1, at / 0.03) * np.exp(-at * 0.8))


def _mastered(out: Sound, rng: np.random.Generator, seconds: float) -> NDArray[np.float32]:
    """In a room, with noise at -30 dB, at a common peak."""
    at = np.arange(round(0.6 * RATE_HZ)) / RATE_HZ
    room = rng.standard_normal(len(at)) * np.exp(-at * 9)
    room *= 0.25 / np.sqrt(np.sum(room**2))
    size = 1 << (len(out) + len(room)).bit_length()
    wet = np.fft.irfft(np.fft.rfft(out, size) * np.fft.rfft(room, size))[: len(out)]
    played = (out + wet)[: round(seconds * RATE_HZ)]
    played *= 0.9 / np.max(np.abs(played))
    played += rng.standard_normal(len(played)) * np.sqrt(np.mean(played**2)) * 10 ** (-30 / 20)
    return np.clip(played, -1, 1).astype(np.float32)


@dataclass(frozen=True)
class Hits:
    """How found beats compare with the true ones, at the level of the metre where they agree best."""

    recall: float
    precision: float
    median_ms: float
    level: str


def compared(found_s: NDArray[np.float64], true_s: NDArray[np.float64], *, within_s: float = 0.04) -> Hits:
    """The share of true beats that were found and of found beats that are true, one to one.

    Twice or half the tempo is the same rhythm: every other one of the true beats, or those between them
    too. The beats between them alone are not.
    """
    halves = (true_s[:-1] + true_s[1:]) / 2
    doubled = np.sort(np.concatenate([true_s, halves]))
    levels = {"same": true_s, "double": doubled, "half, even": true_s[::2], "half, odd": true_s[1::2]}
    told = {name: _hits(found_s, true, within_s, name) for name, true in levels.items()}
    return max(told.values(), key=lambda hits: min(hits.recall, hits.precision))


def _hits(found: NDArray[np.float64], true: NDArray[np.float64], within_s: float, level: str) -> Hits:
    if not len(found) or not len(true):
        return Hits(0.0, 0.0, float("inf"), level)
    away = np.array([found[np.argmin(np.abs(found - beat))] - beat for beat in true])
    near = np.array([true[np.argmin(np.abs(true - beat))] - beat for beat in found])
    hit = np.abs(away) <= within_s
    return Hits(
        float(hit.mean()),
        float((np.abs(near) <= within_s).mean()),
        float(np.median(away[hit]) * 1000) if hit.any() else float("inf"),
        level,
    )
