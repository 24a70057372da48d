"""What a set sounds like when nobody speaks: a quiet bed under every scene.

Cuts between silences are audible, cuts between room tones are not. Every bed is
filtered noise with slow movement, and what belongs to the place: rain, traffic, waves,
wind, birds, crickets, people, a ventilator. Weather is loud outside and dull inside.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from state.script import SetKind, TimeOfDay, Weather
from tools.engines.previz.levels import faded, levelled, write_wav

RATE = 48_000
LOOP_S = 30.0
CROSSFADE_S = 2.0
Floats = NDArray[np.float32]
Bed = Literal[
    "room", "hum", "street", "green", "sea", "wind", "people", "hall", "rain", "crickets", "cabin", "panes",
    "storm",
]  # fmt: skip
"""`cabin` is a car from inside, `panes` rain against a window."""
BEDS: dict[SetKind, Bed] = {
    "living_room": "room", "kitchen": "hum", "bedroom": "room", "office": "hum", "hospital": "hum",
    "church": "hall", "restaurant": "people", "hallway": "hall", "street": "street", "park": "green",
    "beach": "sea", "rooftop": "wind", "garden": "green", "cafe": "people", "shop": "hum",
    "station": "people", "bathroom": "hum", "gym": "hum", "studio": "room", "car": "cabin",
    "market": "people", "classroom": "room", "courtroom": "hall", "harbour": "sea", "bar": "people",
    "countryside": "green", "plaza": "street", "workshop": "hum", "cemetery": "green", "stage": "hall",
    "lift": "hum", "warehouse": "hall", "cold_store": "hum", "cinema": "hall", "control_room": "hum",
    "lobby": "hall", "hotel_room": "room", "laundry": "hum", "bakery": "hum", "pharmacy": "hum",
    "library": "room", "laboratory": "hum", "factory": "hum", "garage": "hum", "cellar": "hall",
    "attic": "room", "stairwell": "hall", "police_station": "hum", "cell": "hall", "airport": "people",
    "train": "cabin", "bus": "cabin", "boat_cabin": "cabin", "newsroom": "people", "museum": "hall",
    "bank": "hall", "art_studio": "room", "tent": "wind", "winery": "hall", "dressing_room": "hum",
    "waiting_room": "hum", "greenhouse": "green", "field": "green", "forest": "green", "mountain": "wind",
    "desert": "wind", "river": "sea", "lake": "green", "canal": "green", "vineyard": "green",
    "salt_flats": "wind", "boat_deck": "sea", "bridge": "wind", "yard": "green", "balcony": "street",
    "pool": "hall", "farmyard": "green", "village": "green", "pitch": "green", "lighthouse": "sea",
    "fairground": "people", "allotment": "green", "roadside": "street", "building_site": "street",
    "cliff": "sea", "snow": "wind", "river_boat": "sea", "vault": "hall", "telephone_exchange": "hum",
    "ballroom": "people", "tram": "cabin", "alley": "street", "mine": "hall",
    "cave": "hall", "plane": "cabin", "salon": "hum", "rink": "hall", "booth": "hum",
    "car_park": "hall", "stock_room": "hum",
}  # fmt: skip
OUTDOORS: frozenset[SetKind] = frozenset({
    "street", "park", "beach", "rooftop", "garden", "market", "harbour", "countryside", "plaza", "cemetery",
    "field", "forest", "mountain", "desert", "river", "lake", "canal", "vineyard", "salt_flats", "boat_deck",
    "bridge", "yard", "balcony", "pool", "farmyard", "village", "pitch", "lighthouse", "fairground",
    "allotment", "roadside", "building_site", "cliff", "snow", "river_boat", "alley",
})  # fmt: skip
LOUDNESS_LUFS: dict[Bed, float] = {
    "room": -54, "hum": -52, "street": -43, "green": -46, "sea": -42, "wind": -44, "people": -46,
    "hall": -53, "rain": -43, "crickets": -47, "cabin": -46, "panes": -50, "storm": -41,
}  # fmt: skip
"""Four to five less than they are in the master, which is brought up as a whole."""


async def render_room_tone(
    duration_s: float,
    kind: SetKind,
    *,
    seed: int,
    into: Path,
    weather: Weather = "clear",
    time: TimeOfDay = "day",
) -> Path:
    """Write the bed of a set as a stereo WAV file, 48 kHz, between -56 and -39 LUFS."""
    return await asyncio.to_thread(_write, duration_s, kind, seed=seed, into=into, weather=weather, time=time)


def room_tone(
    duration_s: float, kind: SetKind, *, seed: int, weather: Weather = "clear", time: TimeOfDay = "day"
) -> Floats:
    """The bed of a set, shape (samples, 2). Longer ones repeat half a minute without a seam."""
    count = round(duration_s * RATE)
    length_s = min(duration_s, LOOP_S)
    layers = beds_of(kind, weather=weather, time=time)
    bed = _bed(layers[0], length_s, seed=seed)
    for number, layer in enumerate(layers[1:], start=1):
        bed += _bed(layer, length_s, seed=seed + number)
    return faded(_repeated(bed, count), RATE, edge_s=min(0.3, duration_s / 4))


def beds_of(kind: SetKind, *, weather: Weather = "clear", time: TimeOfDay = "day") -> list[Bed]:
    """What is heard in a set, the place itself first, then its weather."""
    place, outside = BEDS[kind], kind in OUTDOORS
    if place == "green" and time == "night":
        place = "crickets"
    wet: list[Bed] = ["rain"] if outside else ["panes"]
    weathers: dict[Weather, list[Bed]] = {
        "rain": wet, "storm": ["storm", *wet] if outside else [*wet, "wind"], "fog": [], "overcast": [],
        "clear": [],
    }  # fmt: skip
    return [place, *weathers[weather]]


def _write(
    duration_s: float, kind: SetKind, *, seed: int, into: Path, weather: Weather, time: TimeOfDay
) -> Path:
    target = into / f"room-{kind}-{weather}-{time}-{seed}-{round(duration_s * 1000)}.wav"
    bed = room_tone(duration_s, kind, seed=seed, weather=weather, time=time)
    write_wav(target, bed, rate=RATE)
    return target


def _bed(bed: Bed, length_s: float, *, seed: int) -> Floats:
    draw = np.random.default_rng([seed % 2**32, list(get_args(Bed)).index(bed)])
    count = int((length_s + CROSSFADE_S) * RATE)
    sides = [MAKERS[bed](draw, count) for _ in range(2)]
    stereo = np.stack([0.8 * sides[0] + 0.2 * sides[1], 0.2 * sides[0] + 0.8 * sides[1]], axis=1)
    return levelled(stereo.astype(np.float32), RATE, lufs=LOUDNESS_LUFS[bed])


def _repeated(bed: Floats, count: int) -> Floats:
    """Tile a bed; each repetition starts under the end of the one before."""
    cross = int(CROSSFADE_S * RATE)
    ramp = np.sin(np.linspace(0, np.pi / 2, cross, dtype=np.float32))[:, None]
    period = len(bed) - cross
    whole = np.zeros((count + len(bed), 2), dtype=np.float32)
    for first in range(0, count, period):
        piece = bed.copy()
        piece[len(bed) - cross :] *= ramp[::-1]
        if first:
            piece[:cross] *= ramp
        whole[first : first + len(bed)] += piece
    return whole[:count]


def _air(
    draw: np.random.Generator, count: int, *, low_hz: float, high_hz: float, slope: float = 1.0
) -> Floats:
    """Noise between two frequencies that falls with frequency."""
    spectrum = np.fft.rfft(draw.standard_normal(count, dtype=np.float32))
    at = np.fft.rfftfreq(count, 1 / RATE) + 1.0
    shape = at**-slope / (1 + (low_hz / at) ** 4) / (1 + (at / high_hz) ** 4)
    sound = np.fft.irfft(spectrum * shape, count)
    return np.asarray(sound / (np.std(sound) + 1e-12), dtype=np.float32)


def _swell(draw: np.random.Generator, count: int, *, period_s: float, depth: float) -> Floats:
    """A slow, irregular rise and fall around one."""
    points = max(4, int(count / RATE / period_s * 2) + 2)
    heights = 1 + depth * draw.uniform(-1, 1, points)
    place = np.linspace(0, points - 1, count)
    before = np.minimum(place.astype(int), points - 2)
    share = (1 - np.cos((place - before) * np.pi)) / 2
    return np.asarray(heights[before] * (1 - share) + heights[before + 1] * share, dtype=np.float32)


def _room(draw: np.random.Generator, count: int) -> Floats:
    return _air(draw, count, low_hz=60, high_hz=900) * _swell(draw, count, period_s=6, depth=0.15)


def _hum(draw: np.random.Generator, count: int) -> Floats:
    at = np.arange(count, dtype=np.float32) / np.float32(RATE)
    mains = sum(np.sin(np.float32(2 * np.pi * 60 * k) * at + k) / k**1.5 for k in (2, 3, 4, 6))
    return np.asarray(_air(draw, count, low_hz=90, high_hz=1500) + 0.25 * mains, dtype=np.float32)


def _street(draw: np.random.Generator, count: int) -> Floats:
    far = _air(draw, count, low_hz=50, high_hz=700) * _swell(draw, count, period_s=4, depth=0.35)
    tyres = _air(draw, count, low_hz=400, high_hz=2500) * np.maximum(
        0, _swell(draw, count, period_s=5, depth=1.0) - 0.9
    )
    return np.asarray(far + 1.2 * tyres, dtype=np.float32)


def _green(draw: np.random.Generator, count: int) -> Floats:
    """Leaves, and now and then a bird."""
    leaves = _air(draw, count, low_hz=300, high_hz=5000, slope=0.8) * _swell(
        draw, count, period_s=4, depth=0.4
    )
    for first in np.sort(draw.integers(0, max(1, count - RATE), max(1, count // (RATE * 4)))):
        song = _chirp(draw)
        leaves[first : first + len(song)] += song
    return leaves


def _chirp(draw: np.random.Generator) -> Floats:
    at = np.arange(int(draw.uniform(0.08, 0.2) * RATE), dtype=np.float32) / np.float32(RATE)
    base, bend = draw.uniform(2400, 4200), draw.uniform(-3000, 3000)
    body = np.sin(np.pi * at / at[-1]) ** 2 * draw.uniform(0.3, 1.2)
    return np.asarray(np.sin(2 * np.pi * (base * at + bend * at**2)) * body, dtype=np.float32)


def _sea(draw: np.random.Generator, count: int) -> Floats:
    waves = np.clip(_swell(draw, count, period_s=7, depth=0.9), 0.12, None) ** 1.5
    wash = _air(draw, count, low_hz=120, high_hz=3500, slope=0.7) * waves
    return np.asarray(wash + 0.3 * _air(draw, count, low_hz=40, high_hz=250), dtype=np.float32)


def _wind(draw: np.random.Generator, count: int) -> Floats:
    return _air(draw, count, low_hz=90, high_hz=700) * _swell(
        draw, count, period_s=3, depth=0.6
    ) + 0.3 * _street(draw, count)


def _people(draw: np.random.Generator, count: int) -> Floats:
    """Many voices that say nothing: noise in the range of speech that flickers as syllables do."""
    talk = [
        _air(draw, count, low_hz=220, high_hz=1800)
        * np.clip(_swell(draw, count, period_s=0.28, depth=1.1), 0, None)
        for _ in range(3)
    ]
    return np.asarray(sum(talk) + 0.4 * _room(draw, count), dtype=np.float32)


def _hall(draw: np.random.Generator, count: int) -> Floats:
    return _air(draw, count, low_hz=40, high_hz=450) * _swell(draw, count, period_s=8, depth=0.2)


def _rain(draw: np.random.Generator, count: int) -> Floats:
    """A steady wash, and single drops."""
    wash = _air(draw, count, low_hz=600, high_hz=9000, slope=0.4) * _swell(
        draw, count, period_s=5, depth=0.15
    )
    drops = (draw.random(count) < 60 / RATE) * draw.exponential(1.0, count)
    ring = np.exp(-np.arange(400) / 60) * np.sin(np.arange(400) * 0.35)
    return np.asarray(wash + 2.5 * np.convolve(drops, ring)[:count], dtype=np.float32)


def _panes(draw: np.random.Generator, count: int) -> Floats:
    """Rain from inside: dull, with drops on the sill."""
    wash = _air(draw, count, low_hz=150, high_hz=1400) * _swell(draw, count, period_s=5, depth=0.2)
    drops = (draw.random(count) < 9 / RATE) * draw.exponential(1.0, count)
    ring = np.exp(-np.arange(1200) / 220) * np.sin(np.arange(1200) * 0.11)
    return np.asarray(wash + 1.6 * np.convolve(drops, ring)[:count], dtype=np.float32)


def _crickets(draw: np.random.Generator, count: int) -> Floats:
    """A warm night: three crickets, each at its own pitch and pace, over still air."""
    at = np.arange(count, dtype=np.float32) / np.float32(RATE)
    night = _air(draw, count, low_hz=120, high_hz=1500)
    for hertz, pace in zip(draw.uniform(3900, 5200, 3), draw.uniform(1.7, 2.6, 3), strict=True):
        song = np.clip(np.sin(2 * np.pi * pace * at + draw.uniform(0, 6)), 0, None) ** 0.5
        chirps = np.clip(np.sin(2 * np.pi * 31 * at), 0, None) ** 2
        night += 0.55 * song * chirps * np.sin(2 * np.pi * np.float32(hertz) * at)
    return np.asarray(night, dtype=np.float32)


def _cabin(draw: np.random.Generator, count: int) -> Floats:
    """A car from inside: the motor, the road, the wind at the windows."""
    turns = 2 * np.pi * np.cumsum(41 * _swell(draw, count, period_s=5, depth=0.04)) / RATE
    motor = sum(np.sin(turns * k + k) / k for k in (1, 2, 3, 4))
    road = _air(draw, count, low_hz=60, high_hz=500) + 0.3 * _air(draw, count, low_hz=500, high_hz=2500)
    return np.asarray(road + 0.35 * motor, dtype=np.float32)


def _storm(draw: np.random.Generator, count: int) -> Floats:
    """Gusts, and thunder a long way off."""
    gusts = _air(draw, count, low_hz=150, high_hz=1100) * _swell(draw, count, period_s=2.5, depth=0.7)
    rolls = np.clip(_swell(draw, count, period_s=9, depth=1.0) - 1.0, 0, None) * 2.5
    return np.asarray(gusts + rolls * _air(draw, count, low_hz=30, high_hz=160), dtype=np.float32)


MAKERS: dict[Bed, Callable[[np.random.Generator, int], Floats]] = {
    "room": _room, "hum": _hum, "street": _street, "green": _green, "sea": _sea, "wind": _wind,
    "people": _people, "hall": _hall, "rain": _rain, "panes": _panes, "crickets": _crickets,
    "cabin": _cabin, "storm": _storm,
}  # fmt: skip
