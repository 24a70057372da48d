"""Colour arithmetic and the light of a shot: what time and mood do to paint."""

import colorsys
from dataclasses import dataclass, replace
from functools import lru_cache

from state.script import Mood, TimeOfDay, Weather

MIXED = 8192
"""So many colours are kept: every window of a skyline asks for the same few."""


@lru_cache(maxsize=MIXED)
def rgb(colour: str) -> tuple[float, float, float]:
    """`#rrggbb` as three numbers from 0 to 1."""
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]  # three


def hexed(red: float, green: float, blue: float) -> str:
    """Three numbers from 0 to 1 as `#rrggbb`."""
    return "#" + "".join(f"{round(min(max(v, 0.0), 1.0) * 255):02x}" for v in (red, green, blue))


@lru_cache(maxsize=MIXED)
def mix(first: str, second: str, share: float) -> str:
    """`first` with a share of `second` in it."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    return hexed(*(a + (b - a) * share for a, b in pairs))


@lru_cache(maxsize=MIXED)
def dark(colour: str, share: float = 0.25) -> str:
    """The colour in shadow: darker, a little cooler and fuller, as ink on paper is."""
    hue, light, full = colorsys.rgb_to_hls(*rgb(colour))
    shaded = hexed(*colorsys.hls_to_rgb(hue, light * (1 - share), min(1.0, full * 1.05)))
    return mix(shaded, "#2b1a3d", share * 0.35)


def turned(colour: str, hue: float, light: float = 0.0) -> str:
    """The colour turned on the wheel (1 is all the way round) and made lighter or darker."""
    h, was, full = colorsys.rgb_to_hls(*rgb(colour))
    return hexed(*colorsys.hls_to_rgb((h + hue) % 1.0, min(max(was + light, 0.0), 1.0), full))


def pale(colour: str, share: float = 0.25) -> str:
    """The colour in light."""
    return mix(colour, "#fff6e6", share)


def luma(colour: str) -> float:
    """How bright a colour looks, 0 to 1."""
    red, green, blue = rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tint(colour: str, light: tuple[float, float, float]) -> str:
    """The colour under a coloured light."""
    return hexed(*(a * b for a, b in zip(rgb(colour), light, strict=True)))


@dataclass(frozen=True, kw_only=True)
class Grade:
    """What the mood does to the finished picture."""

    gain: tuple[float, float, float]
    saturation: float
    contrast: float
    vignette: float
    glow: str
    """Colour of the light that comes into the frame."""
    shaft: float
    """Strength of that light, 0 to 1."""


CLOSE = 0.45
"""How much of its own colour a mood has left."""


def _grade(
    gain: tuple[float, float, float],
    saturation: float,
    contrast: float,
    vignette: float,
    glow: str,
    shaft: float,
) -> Grade:
    # Scenes of one place and hour follow each other in several moods: their light has to stay one light.
    red, green, blue = (1 + (v - 1) * CLOSE for v in gain)
    return Grade(
        gain=(red, green, blue),
        saturation=1 + (saturation - 1) * CLOSE,
        contrast=contrast,
        vignette=vignette,
        glow=mix(glow, "#fff2dc", 1 - CLOSE),
        shaft=shaft * 0.7,
    )


GRADES: dict[Mood, Grade] = {
    "warm": _grade((1.07, 1.0, 0.88), 1.06, 1.02, 0.24, "#ffd9a0", 0.16),
    "tense": _grade((0.9, 0.94, 0.99), 0.7, 1.15, 0.5, "#c9d6e8", 0.04),
    "sad": _grade((0.84, 0.93, 1.07), 0.7, 0.95, 0.36, "#b9cbe6", 0.08),
    "hopeful": _grade((1.07, 1.04, 0.95), 1.12, 1.0, 0.12, "#fff0c2", 0.32),
    "romantic": _grade((1.12, 0.94, 0.97), 1.08, 0.98, 0.3, "#ffb7a8", 0.24),
    "mysterious": _grade((0.72, 0.89, 1.03), 0.72, 1.12, 0.54, "#9fb8d8", 0.1),
    "playful": _grade((1.04, 1.04, 0.98), 1.32, 1.04, 0.08, "#fff2b8", 0.14),
    "triumphant": _grade((1.13, 1.02, 0.82), 1.18, 1.1, 0.26, "#ffd878", 0.34),
}
"""Gain, saturation, contrast, vignette, glow, shaft of each mood."""


def on_people(grade: Grade) -> Grade:
    """The grade as it falls on skin: a third of its colour, or faces turn orange and grey."""
    red, green, blue = (1 + (v - 1) * 0.36 for v in grade.gain)
    return replace(
        grade,
        gain=(red, green, blue),
        saturation=1 + (grade.saturation - 1) * 0.4,
        contrast=(1 + grade.contrast) / 2,
    )


LIGHTS: dict[TimeOfDay, tuple[float, float, float]] = {
    "day": (1.0, 1.0, 1.0),
    "dusk": (0.98, 0.8, 0.74),
    "night": (0.5, 0.54, 0.76),
}
"""What daylight does to paint outdoors; indoors half of it comes through the walls."""


CLOUDS: dict[Weather, tuple[float, float, float]] = {
    "clear": (1.0, 1.0, 1.0),
    "overcast": (0.88, 0.91, 0.95),
    "rain": (0.78, 0.83, 0.91),
    "fog": (0.92, 0.95, 0.98),
    "storm": (0.6, 0.65, 0.76),
}
"""What the weather leaves of the light."""


def room_light(time: TimeOfDay, weather: Weather, *, indoor: bool) -> tuple[float, float, float]:
    """The light on a set, per channel."""
    # By night there is little light left for clouds to take.
    share = 0.4 if time == "night" else 1.0
    clouds = (1 + (v - 1) * share for v in CLOUDS[weather])
    red, green, blue = (a * b for a, b in zip(LIGHTS[time], clouds, strict=True))
    if not indoor:
        return red, green, blue
    lamp = (1.0, 0.9, 0.76) if time == "night" else (1.0, 0.98, 0.94)
    inside = 0.55 if time == "night" else 0.45
    return tuple(a + (b - a) * inside for a, b in zip((red, green, blue), lamp, strict=True))  # type: ignore[return-value]  # three


def people_light(time: TimeOfDay, weather: Weather, *, indoor: bool) -> tuple[float, float, float]:
    """The light on people: as on the set, but nobody vanishes in the dark."""
    light = room_light(time, weather, indoor=indoor)
    keep = 0.58 if time == "night" else 0.46
    even = sum(light) / 3
    # Half of the hour's colour: skin under all of it is grey.
    return tuple((v + even) / 2 * (1 - keep) + keep for v in light)  # type: ignore[return-value]  # three
