"""What is done to colours: the grade, curves and our own looks, as arithmetic on tables.

All of it works on code values of 0 to 1, as pictures are stored; light is about their power of 2.2.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from tools.post.looks.cube import GRID, Colours, Cube, grid

_GAMMA = 2.2
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])
_PIVOT = 0.42
"""Mid grey stays where it is when contrast changes."""
CHANNELS = ("red", "green", "blue")
CURVE_STEPS = 255
"""Curve points are named by their place in code values, `red_128`."""


def graded(colours: Colours, values: Mapping[str, float]) -> Colours:
    """Exposure in stops, then temperature and tint, contrast and saturation; all of -1 to 1 but exposure."""
    light = np.power(np.clip(colours, 0, 1), _GAMMA) * 2.0 ** values.get("exposure", 0.0)
    light = light * _balance(values.get("temperature", 0.0), values.get("tint", 0.0))
    coded = np.power(np.clip(_shouldered(light), 0, 1), 1 / _GAMMA)
    return saturated(contrasted(coded, values.get("contrast", 0.0)), 1 + values.get("saturation", 0.0))


def _balance(temperature: float, tint: float) -> Colours:
    """Gains that leave the brightness of grey as it is."""
    gains = 2.0 ** np.array([0.4 * temperature + 0.1 * tint, -0.2 * tint, -0.4 * temperature + 0.1 * tint])
    return np.asarray(gains / float(gains @ _WEIGHTS))


def _shouldered(light: Colours) -> Colours:
    """Where light goes beyond white, the brightest becomes white and what is near it is pressed together."""
    knee = 0.8
    most = float(light.max())
    if most <= 1.0:
        return light
    room = 1 - knee
    over, reach = (light - knee) / room, (most - knee) / room
    return np.asarray(
        np.where(light > knee, knee + room * over / (1 + np.maximum(over, 0) * (reach - 1) / reach), light)
    )


def contrasted(colours: Colours, amount: float) -> Colours:
    """An S about mid grey; black and white stay where they are."""
    power = 2.0**amount
    low = _PIVOT * np.power(np.clip(colours / _PIVOT, 0, 1), power)
    high = 1 - (1 - _PIVOT) * np.power(np.clip((1 - colours) / (1 - _PIVOT), 0, 1), power)
    return np.asarray(np.where(colours < _PIVOT, low, high))


def saturated(colours: Colours, factor: float) -> Colours:
    """Away from grey of the same brightness, or towards it."""
    grey = (colours @ _WEIGHTS)[..., None]
    return np.asarray(np.clip(grey + factor * (colours - grey), 0, 1))


def curved(colours: Colours, values: Mapping[str, float], strength: float = 1.0) -> Colours:
    """Curves through points: first each channel's own, then `master`. A channel without points stays."""
    made = np.array(colours, dtype=float)
    for channel, name in enumerate(CHANNELS):
        made[..., channel] = _along(made[..., channel], _points(values, name), strength)
    return _along(made, _points(values, "master"), strength)


def _points(values: Mapping[str, float], name: str) -> list[tuple[float, float]]:
    found = {
        int(key[len(name) + 1 :]) / CURVE_STEPS: y for key, y in values.items() if key.startswith(f"{name}_")
    }
    return sorted(found.items())


def _along(values: Colours, points: list[tuple[float, float]], strength: float) -> Colours:
    if not points:
        return values
    if points[0][0] > 0:
        points = [(0.0, 0.0), *points]
    if points[-1][0] < 1:
        points = [*points, (1.0, 1.0)]
    x, y = np.array(points).T
    return np.asarray(values + strength * (np.clip(_smooth(values, x, y), 0, 1) - values))


def _smooth(at: Colours, x: NDArray[np.float64], y: NDArray[np.float64]) -> Colours:
    """A smooth line through points that never swings beyond them (Fritsch and Carlson)."""
    width = np.diff(x)
    rise = np.diff(y) / width
    slope = np.concatenate(
        [rise[:1], np.where(rise[:-1] * rise[1:] > 0, (rise[:-1] + rise[1:]) / 2, 0), rise[-1:]]
    )
    for part, one in enumerate(rise):
        steepest = 3 * abs(one)
        slope[part : part + 2] = np.clip(slope[part : part + 2], -steepest, steepest)
    of = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(rise) - 1)
    t = np.clip((at - x[of]) / width[of], 0, 1)
    return np.asarray(
        y[of] * (1 + 2 * t) * (1 - t) ** 2 + width[of] * slope[of] * t * (1 - t) ** 2
        + y[of + 1] * t**2 * (3 - 2 * t) + width[of] * slope[of + 1] * t**2 * (t - 1)
    )  # fmt: skip


def baked(step: Callable[[Colours], Colours], *, title: str = "") -> Cube:
    """What is done to colours, as a table."""
    return Cube(table=np.clip(step(grid(GRID)), 0, 1), title=title)


def _warm(colours: Colours) -> Colours:
    return graded(colours, {"temperature": 0.35, "tint": 0.05, "contrast": 0.1, "saturation": 0.08})


def _cold(colours: Colours) -> Colours:
    return graded(colours, {"temperature": -0.4, "tint": -0.04, "contrast": 0.12, "saturation": -0.1})


def _noir(colours: Colours) -> Colours:
    return contrasted(saturated(colours, 0.0), 0.45)


def _teal_orange(colours: Colours) -> Colours:
    """Shadows go to teal and lights to orange; skin, which is orange, gains, and black stays nearly black."""
    grey = (colours @ _WEIGHTS)[..., None]
    light = np.clip((grey - 0.12) / 0.7, 0, 1)
    toned = (
        colours
        + (1 - light) * np.clip(grey / 0.2, 0.15, 1) * np.array([-0.05, 0.015, 0.05])
        + light * np.array([0.05, 0.01, -0.06])
    )
    return contrasted(saturated(np.clip(toned, 0, 1), 1.12), 0.12)


def _faded(colours: Colours) -> Colours:
    """Blacks are lifted, whites held down and colours pale, as in an old print."""
    pale = saturated(contrasted(colours, -0.15), 0.72)
    return np.asarray(np.array([0.085, 0.075, 0.09]) + pale * np.array([0.85, 0.845, 0.79]))


def _bleached(colours: Colours) -> Colours:
    """Half the colour and hard light, as where silver was left in the film."""
    return contrasted(saturated(colours, 0.45), 0.4)


NAMED: dict[str, Callable[[Colours], Colours]] = {
    "warm": _warm, "cold": _cold, "noir": _noir, "teal_orange": _teal_orange, "faded": _faded,
    "bleached": _bleached,
}  # fmt: skip
"""Our own looks, each a function of colours."""


def named_look(name: str) -> Cube:
    """One of `NAMED` as a table; KeyError for another name."""
    return baked(NAMED[name], title=name)
