"""More songs with known beats, made in another way: the beat tracker was not tuned on them.

Plucked strings and struck bells instead of added sines, drums that are ringing noise, rhythms that are
spread or drawn by chance instead of written, a room of combs, another rate.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tests.songs import Song

RATE_HZ = 44_100
Sound = NDArray[np.float64]
CHANCES = {
    4: (0.95, 0.05, 0.25, 0.15, 0.6, 0.05, 0.3, 0.15, 0.85, 0.05, 0.3, 0.2, 0.6, 0.05, 0.35, 0.2),
    3: (0.95, 0.05, 0.2, 0.1, 0.55, 0.05, 0.3, 0.15, 0.55, 0.05, 0.35, 0.15),
}
"""How likely a low drum is at each sixteenth of a bar."""


def other_song(seed: int, *, seconds: float = 30.0, swing: float = 0.0, drift: float = 0.0) -> Song:
    """Bars that all differ. `swing` delays every second eighth by a share of it, `drift` bends the tempo."""
    rng = np.random.default_rng([seed, 77])
    in_bar = 3 if rng.random() < 0.35 else 4
    beats = _beats(rng, seconds, drift)
    out = np.zeros(round((seconds + 1.5) * RATE_HZ))
    kit = _kit(rng)
    spread = _spread(int(rng.integers(3, 8)), in_bar * 4)
    keys = rng.choice([41.2, 49.0, 55.0, 61.7]) * 2 ** (rng.integers(0, 12, 8) / 12)
    for bar, first in enumerate(range(0, len(beats) - 1, in_bar)):
        places = list(_sixteenths(beats[first : first + in_bar + 1], swing))
        key = float(keys[bar % len(keys)])
        _drums(out, rng, kit, places, in_bar, spread)
        _strings(out, rng, places, key)
    name = f"{in_bar}/4 at {60 / float(np.median(np.diff(beats))):.0f}"
    return Song(name, _in_a_hall(out, rng, seconds), beats[beats < seconds - 0.1], in_bar)


def _beats(rng: np.random.Generator, seconds: float, drift: float) -> Sound:
    tempo = 60 * 3 ** rng.random()
    count = int(seconds * tempo / 60 * (1 + drift)) + 8
    bend = 1 + drift * np.sin(2 * np.pi * (np.arange(count) / count + rng.random()))
    beats = rng.random() * 0.8 + 0.02 + np.concatenate([[0], np.cumsum(60 / (tempo * bend))])
    return np.asarray(beats[beats < seconds + 4])


def _sixteenths(beats: Sound, swing: float) -> Iterator[float]:
    """The sixteenths of the bar between these beats."""
    for here, there in pairwise(beats):
        for quarter in range(4):
            late = swing / 2 if quarter == 2 else swing / 4 if quarter % 2 else 0.0
            yield here + (quarter / 4 + late) * (there - here)


def _spread(hits: int, steps: int) -> list[bool]:
    """So many hits, as evenly as they go."""
    return [(step * hits) % steps < hits for step in range(steps)]


def _drums(
    out: Sound,
    rng: np.random.Generator,
    kit: dict[str, Sound],
    places: list[float],
    in_bar: int,
    spread: list[bool],
) -> None:
    for step, at_s in enumerate(places):
        accent = 1.0 if step % 4 == 0 else 0.6
        if rng.random() < CHANCES[in_bar][step]:
            _lay(out, kit["low"], at_s + _loose(rng), 0.9 * accent + 0.1)
        if step % 8 == 4 if in_bar == 4 else step % 12 in (4, 8) and rng.random() < 0.5:
            _lay(out, kit["crack"], at_s + _loose(rng), 0.7)
        if spread[step % len(spread)] and step % 2 == 0:
            _lay(out, kit["metal"], at_s + _loose(rng), 0.25 * accent)


def _strings(out: Sound, rng: np.random.Generator, places: list[float], key: float) -> None:
    """A bass that may come before its beat, and plucked or struck chords."""
    for step in range(0, len(places), 4):
        if rng.random() < 0.8:
            early = step - 1 if step and rng.random() < 0.12 else step
            _lay(out, _plucked(rng, key, 0.5), places[early] + _loose(rng), 0.6)
        if rng.random() < 0.55:
            where = min(len(places) - 1, step + int(rng.choice([0, 0, 2, 3])))
            tone = _struck if rng.random() < 0.5 else _plucked
            for note in (4, 5.04, 6):
                _lay(out, tone(rng, key * note, 0.9), places[where] + _loose(rng), 0.16)


def _loose(rng: np.random.Generator) -> float:
    return float(np.clip(rng.normal(0, 0.004), -0.008, 0.008))


def _lay(out: Sound, sound: Sound, at_s: float, level: float) -> None:
    first = max(0, int(at_s * RATE_HZ + 0.5))
    room = out[first : first + len(sound)]
    room += level * sound[: len(room)]


def _kit(rng: np.random.Generator) -> dict[str, Sound]:
    return {
        "low": _ringing(rng, float(rng.uniform(45, 80)), 25, 0.3),
        "crack": _ringing(rng, float(rng.uniform(900, 2500)), 1800, 0.2),
        "metal": _ringing(rng, float(rng.uniform(6000, 9000)), 4000, float(rng.uniform(0.04, 0.12))),
    }


def _ringing(rng: np.random.Generator, hz: float, wide_hz: float, seconds: float) -> Sound:
    """Noise through a resonance, at its peak from the first millisecond."""
    count = round(seconds * 2 * RATE_HZ)
    noise = np.fft.rfft(rng.standard_normal(count))
    tuned = np.fft.irfft(noise / (1 + ((np.fft.rfftfreq(count, 1 / RATE_HZ) - hz) / wide_hz) ** 2), count)
    at = np.arange(count) / RATE_HZ
    struck = tuned / np.max(np.abs(tuned)) * np.minimum(1, at / 0.001) * 0.02 ** (at / seconds)
    return np.asarray(struck / np.max(np.abs(struck)))


def _plucked(rng: np.random.Generator, hz: float, seconds: float) -> Sound:
    """A string: one round of noise that goes round and round, duller each time."""
    size = max(8, round(RATE_HZ / hz))
    rounds = [rng.uniform(-1, 1, size)]
    for _ in range(int(seconds * RATE_HZ / size)):
        rounds.append(0.498 * (rounds[-1] + np.roll(rounds[-1], 1)))
    return np.concatenate(rounds)


def _struck(rng: np.random.Generator, hz: float, seconds: float) -> Sound:
    """A bell: one tone that shakes another."""
    at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    shaken = 2.5 * np.exp(-at * 6) * np.sin(2 * np.pi * hz * 1.41 * at + rng.random())
    return np.asarray(np.sin(2 * np.pi * hz * at + shaken) * np.exp(-at * 4))


def _in_a_hall(out: Sound, rng: np.random.Generator, seconds: float) -> NDArray[np.float32]:
    """Four combs beside the dry sound, then noise at -30 dB."""
    wet = out.copy()
    for delay in (1557, 1617, 1491, 1422):
        comb = out * 0.12
        for _ in range(6):
            comb = np.concatenate([np.zeros(delay), comb[:-delay]]) * 0.75
            wet += comb
    played = wet[: round(seconds * RATE_HZ)]
    played = np.tanh(played / np.percentile(np.abs(played), 99.5))
    played = played + rng.standard_normal(len(played)) * np.std(played) * 10 ** (-30 / 20)
    return np.asarray(0.8 * played / np.max(np.abs(played)), np.float32)
