"""What lies over the whole picture: vignette, paper, light that falls in, motes."""

from functools import lru_cache
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from state.script import Mood
from tools.engines.previz.colour import GRADES, rgb
from tools.engines.previz.raster import Pixels

Plane = npt.NDArray[np.float32]
PHASES = 4
"""A mote is drawn at so many places within a pixel: what drifts slowly must not step."""
COARSE = 4
"""Soft light is worked out on every fourth pixel and enlarged."""


def _plane(width: int, height: int) -> tuple[Plane, Plane]:
    """Coordinates from 0 to 1 on the coarse grid."""
    rows, columns = height // COARSE + 1, width // COARSE + 1
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    return x / (columns - 1), y / (rows - 1)


@lru_cache(maxsize=4)
def veil(mood: Mood, width: int, height: int, *, blinds: bool = True) -> Pixels:
    """What the finished frame is multiplied with: vignette and paper; for suspense the shadow of `blinds`."""
    x, y = _plane(width, height)
    nx, ny = (x - 0.5) * 2, (y - 0.5) * 2
    edge = np.clip((nx * nx + ny * ny) / 2.0, 0, 1) ** 1.3
    shade = 1.0 - GRADES[mood].vignette * edge
    if blinds and mood in ("tense", "mysterious"):
        shade *= _slats(nx, ny, 0.1 if mood == "tense" else 0.05)
    wide = cast(Plane, cv2.resize(shade.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR))
    toned = np.clip(wide * _paper(width, height) * 255, 0, 255).astype(np.uint8)
    return cast(Pixels, cv2.cvtColor(toned, cv2.COLOR_GRAY2BGR))


def _slats(nx: Plane, ny: Plane, strength: float) -> Plane:
    """Soft stripes of light, as through blinds."""
    wave = 0.5 + 0.5 * np.sin((ny * 1.0 + nx * 0.32) * 17.0)
    soft = np.clip((wave - 0.35) * 2.2, 0, 1)
    return cast(Plane, 1.0 - strength * soft * np.clip(0.8 - ny * 0.5, 0, 1))


def _paper(width: int, height: int) -> Plane:
    """The tooth of drawing paper: faint, still and the same in every picture of a size."""
    dice = np.random.default_rng(11)
    coarse = max(2, round(min(width, height) / 360))
    small = dice.normal(0, 1, (height // coarse + 1, width // coarse + 1)).astype(np.float32)
    tooth = 0.996 + np.clip(small, -2, 2) * np.float32(0.008)
    return cast(Plane, cv2.resize(tooth, (width, height), interpolation=cv2.INTER_LINEAR))


@lru_cache(maxsize=4)
def falling_light(mood: Mood, width: int, height: int) -> Pixels | None:
    """What is added to the frame: a soft light from the upper corner."""
    grade = GRADES[mood]
    if grade.shaft < 0.05:
        return None
    nx, ny = _plane(width, height)
    spread = np.exp(-((nx - 0.12) ** 2 * 2.4 + (ny + 0.1) ** 2 * 2.0))
    angle = np.arctan2(ny + 0.25, nx + 0.12)
    rays = 0.72 + 0.28 * np.sin(angle * 23.0) if grade.shaft > 0.25 else 1.0
    strength = spread * rays * grade.shaft * 105
    red, green, blue = rgb(grade.glow)
    colours = np.dstack([strength * blue, strength * green, strength * red]).astype(np.float32)
    wide = cast(npt.NDArray[np.float32], cv2.resize(colours, (width, height), interpolation=cv2.INTER_LINEAR))
    # Dithered: eight bits of so faint a gradient would show as bands.
    dice = np.random.default_rng(12).random((height, width, 1), dtype=np.float32)
    return (wide + dice).clip(0, 255).astype(np.uint8)


class Motes:
    """Dust or fireflies in the light: a few soft dots that drift."""

    def __init__(self, mood: Mood, width: int, height: int, seed: int) -> None:
        dice = np.random.default_rng(seed + 5)
        count = {"romantic": 26, "hopeful": 22, "mysterious": 14, "triumphant": 26, "warm": 10}.get(mood, 0)
        self._places = dice.uniform(0, 1, (count, 4))
        self._size = (width, height)
        red, green, blue = rgb(GRADES[mood].glow)
        steps = [(x / PHASES, y / PHASES) for y in range(PHASES) for x in range(PHASES)]
        radii = [min(width, height) / 900 * r for r in (3.0, 5.5, 9.0)] if count else []
        self._dots = [[self._dot(r, (blue, green, red), step) for step in steps] for r in radii]

    def _dot(self, radius: float, colour: tuple[float, float, float], off: tuple[float, float]) -> Pixels:
        side = max(3, int(radius * 4) | 1) + 2
        y, x = np.mgrid[0:side, 0:side].astype(np.float32) - side // 2
        x, y = x - off[0], y - off[1]
        soft = np.exp(-(x * x + y * y) / max(radius * radius, 0.6)) * 90
        return np.dstack([soft * c for c in colour]).astype(np.uint8)

    def onto(self, frame: Pixels, at_s: float) -> None:
        """Add the motes of a moment."""
        w, h = self._size
        for x, y, speed, phase in self._places:
            across = round((x + 0.012 * np.sin(at_s * 0.8 + phase * 40)) * w * PHASES)
            down = round(((y - at_s * (0.008 + 0.02 * speed)) % 1.0) * h * PHASES)
            (px, fx), (py, fy) = divmod(across, PHASES), divmod(down, PHASES)
            dot = self._dots[int(phase * 3) % 3][fy * PHASES + fx]
            side = dot.shape[0]
            if 0 <= px < w - side and 0 <= py < h - side:
                cut = frame[py : py + side, px : px + side]
                cv2.add(cut, dot, dst=cut)
