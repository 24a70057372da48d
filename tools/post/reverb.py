"""How a place answers a voice: a little, so that people stand in the picture and not in a booth.

The recorded lines are dry. A nave rings for two seconds, a corridor for less than one; a
furnished room is hardly heard, and missed when it is not there. Outdoors nothing answers.
"""

from functools import lru_cache

import numpy as np

from state.script import OUTDOORS, SetKind
from state.timeline import Room
from tools.post.loudness import RATE_HZ, Samples

_RINGS: dict[Room, tuple[float, float, float, float]] = {
    "room": (0.32, -23.0, 0.006, 3800),
    "hall": (0.9, -20.0, 0.014, 3200),
    "church": (2.1, -19.0, 0.028, 2600),
}
"""Seconds to fall by 60 dB, level in dB, delay of the first wall, where it turns dull (Hz)."""
_OPEN = OUTDOORS | {"studio", "tent"}
"""Sets without walls that answer, but for the large ones."""
_LARGE: dict[SetKind, Room] = {
    "church": "church", "hallway": "hall", "station": "hall", "stage": "hall", "courtroom": "hall",
    "gym": "hall", "warehouse": "hall", "cold_store": "hall", "cinema": "hall", "lobby": "hall",
    "library": "hall", "factory": "hall", "garage": "hall", "cellar": "hall", "stairwell": "hall",
    "airport": "hall", "museum": "hall", "bank": "hall", "winery": "hall", "pool": "hall",
    "lighthouse": "hall", "vault": "hall", "ballroom": "hall", "mine": "hall", "cave": "hall",
    "rink": "hall", "car_park": "hall",
}  # fmt: skip


def room_of(kind: SetKind) -> Room:
    """What answers a voice in a set."""
    return _LARGE.get(kind) or ("open" if kind in _OPEN else "room")


def answered(dry: Samples, room: Room) -> Samples:
    """Only what comes back from the walls, longer than the sound by the room's ring. Deterministic."""
    # Slow to import, and most processes never mix.
    from scipy.signal import oaconvolve

    if not len(dry) or room == "open":
        return np.zeros((0, 2), np.float32)
    wet = oaconvolve(dry.mean(axis=1)[:, None], _walls(room), axes=0)
    return np.asarray(wet, dtype=np.float32)


@lru_cache(maxsize=4)
def _walls(room: Room) -> Samples:
    """Noise that dies and darkens, other on each side, at the room's level."""
    ring_s, level_db, delay_s, dull_hz = _RINGS[room]
    count, delay = round(ring_s * RATE_HZ), round(delay_s * RATE_HZ)
    at = np.arange(count) / RATE_HZ
    noise = np.random.default_rng(71).standard_normal((count, 2)) * np.exp(-6.9 * at / ring_s)[:, None]
    hertz = np.fft.rfftfreq(count, 1 / RATE_HZ)[:, None] + 1e-3
    spectrum = np.fft.rfft(noise, axis=0) / (1 + (hertz / dull_hz) ** 2) / (1 + (250 / hertz) ** 4)
    walls = np.fft.irfft(spectrum, count, axis=0)
    walls *= 10 ** (level_db / 20) / np.sqrt((walls**2).sum(axis=0, keepdims=True))
    return np.concatenate([np.zeros((delay, 2)), walls]).astype(np.float32)
