"""The light on a set: pools of its lamps after dark, shafts of sun through its windows by day.

Worked out once per shot on a coarse grid and baked into the set's layer, so that a frame
pays nothing for it.
"""

from functools import lru_cache
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from state.script import TimeOfDay
from tools.engines.previz.colour import rgb
from tools.engines.previz.raster import Pixels
from tools.engines.previz.sets.paint import FLOOR_Y, Paint, Pane, SetDrawing

View = tuple[float, float, float, float]
Plane = npt.NDArray[np.float32]
GRID = 8
"""Light is soft: one value for every eighth pixel."""
AMBIENT: dict[TimeOfDay, float] = {"day": 1.0, "dusk": 0.84, "night": 0.56}
"""How bright a room is where no lamp reaches."""
MOST = 84.0
"""What all lamps together add at the brightest: several of them never burn out the paint."""
SUN = {"day": "#fff0c4", "dusk": "#ffab63"}


def lit(pixels: Pixels, drawn: SetDrawing, paint: Paint, view: View) -> Pixels:
    """A layer of the set under its own light."""
    lamps = drawn.lamps if paint.lamps else ()
    sunny = paint.indoor and paint.dry and paint.time != "night" and not drawn.passing
    panes = drawn.panes if sunny else ()
    dark = paint.unlit and paint.indoor and paint.time != "day"
    if not lamps and not panes and not dark:
        return pixels
    height, width = pixels.shape[:2]
    x, y = _grid(view, width, height)
    glow = _glow(x, y, drawn, paint) if lamps else np.zeros((*x.shape, 3), np.float32)
    shade = _shade(glow, paint) if lamps or dark else np.ones(x.shape, np.float32)
    for pane in panes[:3]:
        glow += _shaft(pane, paint.time, view, x)
    return _applied(pixels, shade, glow)


def _grid(view: View, width: int, height: int) -> tuple[Plane, Plane]:
    rows, columns = height // GRID + 1, width // GRID + 1
    down, across = np.mgrid[0:rows, 0:columns].astype(np.float32)
    return view[0] + across * (view[2] / (columns - 1)), view[1] + down * (view[3] / (rows - 1))


def _glow(x: Plane, y: Plane, drawn: SetDrawing, paint: Paint) -> Plane:
    """What the lamps add, blue first, 0 to 255."""
    strength = {"day": 22.0, "dusk": 40.0, "night": 66.0}[paint.time] * (1.0 if paint.indoor else 0.8)
    total = np.zeros((*x.shape, 3), np.float32)
    for lamp in drawn.lamps:
        far = ((x - lamp.x) ** 2 + ((y - lamp.y) * 0.92) ** 2) / lamp.reach**2
        fall = np.exp(-far * 2.1) * lamp.power * strength
        total += fall[:, :, None] * np.array(rgb(lamp.tone)[::-1], np.float32)
    return cast(Plane, MOST * (1 - np.exp(-total / MOST)))


def _shade(glow: Plane, paint: Paint) -> Plane:
    """What the paint is multiplied with: dark where no lamp reaches."""
    if not paint.indoor:
        return np.ones(glow.shape[:2], np.float32)
    ambient = AMBIENT[paint.time]
    reached = np.clip(glow.max(axis=2) / 44.0, 0, 1)
    return cast(Plane, (ambient + (1.0 - ambient) * reached).astype(np.float32))


def _shaft(pane: Pane, time: TimeOfDay, view: View, like: Plane) -> Plane:
    """The sun through one window: a beam to the floor and the patch where it lands."""
    x, y, w, _ = pane
    lean = (170.0 if x + w / 2 < 800 else -170.0) * (1.0 if time == "day" else 1.5)
    rows, columns = like.shape
    kx, ky = columns / view[2], rows / view[3]

    def placed(points: list[tuple[float, float]]) -> npt.NDArray[np.int32]:
        return np.array([[(px - view[0]) * kx * 16, (py - view[1]) * ky * 16] for px, py in points]).astype(
            np.int32
        )

    low = FLOOR_Y + 210
    beam, patch = np.zeros(like.shape, np.float32), np.zeros(like.shape, np.float32)
    sides = [(x, y), (x + w, y), (x + w + lean + 60, low), (x + lean - 60, low)]
    cv2.fillConvexPoly(beam, placed(sides), 1.0, cv2.LINE_8, 4)
    landing = FLOOR_Y + 24
    near, far = x + lean * 0.6, x + w + lean * 0.6
    floor = [(near, landing), (far, landing), (x + w + lean + 60, low), (x + lean - 60, low)]
    cv2.fillConvexPoly(patch, placed(floor), 1.0, cv2.LINE_8, 4)
    blur = columns / 240
    soft = cv2.GaussianBlur(beam, (0, 0), 3.2 * blur) * 21 + cv2.GaussianBlur(patch, (0, 0), blur) * 30
    colour = np.array(rgb(SUN[time])[::-1], np.float32)
    return cast(Plane, soft[:, :, None] * colour)


@lru_cache(maxsize=2)
def _grain(size: tuple[int, int]) -> Plane:
    return np.random.default_rng(13).random((size[1], size[0], 1), dtype=np.float32)


def _applied(pixels: Pixels, shade: Plane, glow: Plane) -> Pixels:
    size = (pixels.shape[1], pixels.shape[0])
    alpha = pixels[:, :, 3]
    toned = cv2.resize((shade * 255).astype(np.uint8), size, interpolation=cv2.INTER_LINEAR)
    added = cast(Plane, cv2.resize(glow, size, interpolation=cv2.INTER_LINEAR))
    # Dithered: eight bits of so faint a gradient would show as bands.
    added += _grain(size)
    bright = np.clip(added, 0, 255).astype(np.uint8)
    colour = cv2.multiply(pixels[:, :, :3], cv2.cvtColor(toned, cv2.COLOR_GRAY2BGR), scale=1 / 255)
    over = cv2.multiply(bright, cv2.cvtColor(alpha, cv2.COLOR_GRAY2BGR), scale=1 / 255)
    colour = cv2.min(cv2.add(colour, over), cv2.cvtColor(alpha, cv2.COLOR_GRAY2BGR))
    return cast(Pixels, np.dstack([colour, alpha]))
