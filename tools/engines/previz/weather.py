"""Weather that moves: rain, drops on a window, haze, lightning, and the street behind a car's windows.

Each is drawn once and scrolled; a frame only moves and adds it.
"""

from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from tools.engines.previz.camera import times
from tools.engines.previz.colour import rgb
from tools.engines.previz.raster import Matrix, Pixels, blend, graded, raster
from tools.engines.previz.sets.paint import LEFT, RIGHT, Pane

Grey = npt.NDArray[np.uint8]


def _moved(x: float, y: float) -> Matrix:
    return np.array([[1, 0, x], [0, 1, y]], np.float32)


def _scrolled(tile: Pixels | Grey, matrix: Matrix, size: tuple[int, int]) -> Pixels:
    """A tile that repeats without end, moved to a fraction of a pixel."""
    return cast(
        Pixels, cv2.warpAffine(tile, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    )


class Rain:
    """Two curtains of rain, a fine one behind the people and a coarse one before them."""

    def __init__(self, width: int, height: int, seed: int, *, heavy: bool = False) -> None:
        self._size = (width, height)
        unit, more = min(width, height) / 900, 1.7 if heavy else 1.0
        slant = 0.34 if heavy else 0.12
        self._fine = self._curtain(seed, int(300 * more), (24 * unit, slant), unit * 1.0, 44)
        self._coarse = self._curtain(seed + 1, int(120 * more), (50 * unit, slant), unit * 1.8, 66)
        self._speeds = (1500 * unit, 2300 * unit)
        self._drift = slant

    def _curtain(
        self, seed: int, count: int, streak: tuple[float, float], width: float, light: int
    ) -> Pixels:
        w, h = self._size
        length, slant = streak
        dice = np.random.default_rng(seed)
        tile = np.zeros((h, w, 3), np.uint8)
        places = zip(
            dice.uniform(0, w, count), dice.uniform(0, h, count), dice.uniform(0.6, 1.3, count), strict=True
        )
        for x, y, k in places:
            for wrap in (-h, 0):
                start = (round(x * 8), round((y + wrap) * 8))
                end = (round((x - length * k * slant) * 8), round((y + wrap + length * k) * 8))
                colour = (light, light, round(light * 0.9))
                cv2.line(tile, start, end, colour, max(1, round(width)), cv2.LINE_AA, 3)
        return tile

    def behind(self, frame: Pixels, at_s: float) -> None:
        """Add the rain that falls behind the people."""
        self._add(frame, self._fine, at_s * self._speeds[0])

    def before(self, frame: Pixels, at_s: float) -> None:
        """Add the rain that falls before them."""
        self._add(frame, self._coarse, at_s * self._speeds[1])

    def _add(self, frame: Pixels, tile: Pixels, fallen: float) -> None:
        h, w = frame.shape[:2]
        cut, side = int(fallen) % h, int(fallen * self._drift) % w
        for rows, below in ((slice(cut, h), slice(0, h - cut)), (slice(0, cut), slice(h - cut, h))):
            if rows.stop > rows.start:
                _add_row(frame[rows], tile[below], side)


def _add_row(frame: Pixels, tile: Pixels, side: int) -> None:
    w = frame.shape[1]
    left, right = frame[:, : w - side], frame[:, w - side :]
    cv2.add(left, tile[:, side:], dst=left)
    if side:
        cv2.add(right, tile[:, :side], dst=right)


class GlassRain:
    """Drops that run down the windows of a room; the set's own layer covers what is no glass."""

    def __init__(self, panes: tuple[Pane, ...], size: tuple[int, int], seed: int) -> None:
        w, h = size
        edges = np.array([(x, y, x + pw, y + ph) for x, y, pw, ph in panes])
        left, top = max(edges[:, 0].min() - 0.06, -0.1) * w, max(edges[:, 1].min() - 0.06, -0.1) * h
        right, low = min(edges[:, 2].max() + 0.06, 1.1) * w, min(edges[:, 3].max() + 0.06, 1.1) * h
        self._at = (round(left), round(top))
        self._tile_size = (max(8, round(right - left)), max(8, round(low - top)))
        unit = min(w, h) / 900
        self._layers = [
            (self._beads(seed, unit), 5.0 * unit),
            (self._runs(seed + 1, unit, 16), 46.0 * unit),
            (self._runs(seed + 2, unit, 9), 128.0 * unit),
        ]

    def _beads(self, seed: int, unit: float) -> Grey:
        w, h = self._tile_size
        dice, tile = np.random.default_rng(seed), np.zeros((h, w), np.uint8)
        for _ in range(int(w * h / (unit * unit * 700))):
            at = (int(dice.uniform(0, w) * 8), int(dice.uniform(0, h) * 8))
            radius, light = int(dice.uniform(0.8, 2.4) * unit * 8), int(dice.uniform(18, 60))
            cv2.circle(tile, at, radius, light, -1, cv2.LINE_AA, 3)
        return tile

    def _runs(self, seed: int, unit: float, share: float) -> Grey:
        w, h = self._tile_size
        dice, tile = np.random.default_rng(seed), np.zeros((h, w), np.uint8)
        for _ in range(max(3, int(w / (unit * 300) * share))):
            x, y, long = dice.uniform(0, w), dice.uniform(0, h), dice.uniform(60, 190) * unit
            steps = [(x + np.sin(k * 0.9 + y) * 1.6 * unit, y - long * k / 8) for k in range(9)]
            light, wide = int(dice.uniform(40, 80)), max(1, round(dice.uniform(1.2, 2.4) * unit))
            for wrap in (0, h):
                line = (np.array([(px, py + wrap) for px, py in steps]) * 8).astype(np.int32)
                cv2.polylines(tile, [line], False, light // 2, wide, cv2.LINE_AA, 3)
                head = (int(line[0][0]), int(line[0][1]))
                cv2.circle(tile, head, int(2.6 * unit * 8), min(255, light + 60), -1, cv2.LINE_AA, 3)
        return tile

    def onto(self, frame: Pixels, at_s: float, camera: Matrix) -> None:
        """Add the drops of a moment, where the windows are under this camera."""
        w, h = self._tile_size
        corner = camera @ np.array([self._at[0], self._at[1], 1.0], np.float32)
        x0, y0 = max(int(corner[0]), 0), max(int(corner[1]), 0)
        far = camera @ np.array([self._at[0] + w, self._at[1] + h, 1.0], np.float32)
        x1, y1 = min(int(far[0]), frame.shape[1]), min(int(far[1]), frame.shape[0])
        if x1 <= x0 or y1 <= y0:
            return
        cut = frame[y0:y1, x0:x1]
        for tile, speed in self._layers:
            fallen = times(camera, _moved(self._at[0], self._at[1] + at_s * speed))
            fallen[:, 2] -= (x0, y0)
            drops = _scrolled(tile, fallen, (x1 - x0, y1 - y0))
            cv2.add(cut, cast(Pixels, cv2.cvtColor(drops, cv2.COLOR_GRAY2BGR)), dst=cut)


class Haze:
    """Fog that drifts behind the people."""

    CLOUD = 10
    """Fog is soft: it is kept at a tenth of the frame."""

    def __init__(self, width: int, height: int, seed: int, *, tone: str, strength: float) -> None:
        self._size = (width, height)
        dice = np.random.default_rng(seed)
        rows, columns = height // self.CLOUD, width // self.CLOUD * 2
        noise = np.zeros((rows, columns), np.float32)
        for step, share in ((4, 1.0), (2, 0.5), (1, 0.2)):
            coarse = dice.random((max(2, 3 * 4 // step), max(4, 6 * 4 // step))).astype(np.float32)
            tiled = np.tile(coarse, (1, 3))
            soft = cv2.resize(tiled, (columns * 3, rows), interpolation=cv2.INTER_CUBIC)
            noise += soft[:, columns : columns * 2] * share
        noise = (noise - noise.min()) / max(float(np.ptp(noise)), 1e-6)
        low = np.linspace(0.35, 1.0, rows, dtype=np.float32)[:, None]
        self._density = (noise * low * strength * 255).clip(0, 255).astype(np.uint8)
        self._tone = np.array([*rgb(tone)[::-1], 1.0])
        self._speed = width * 0.014

    def onto(self, frame: Pixels, at_s: float) -> None:
        """Mix in the fog of a moment."""
        step = float(self.CLOUD)
        matrix = np.array([[step, 0, -at_s * self._speed], [0, step, 0]], np.float32)
        dense = cast(Pixels, cv2.cvtColor(_scrolled(self._density, matrix, self._size), cv2.COLOR_GRAY2BGR))
        cv2.multiply(frame, cv2.bitwise_not(dense), dst=frame, scale=1 / 255)
        cv2.add(frame, cv2.multiply(dense, self._tone), dst=frame)


class Lightning:
    """When it flashes in a storm: twice in quick succession, then seconds of nothing."""

    def __init__(self, seed: int) -> None:
        dice = np.random.default_rng(seed + 31)
        gaps = dice.uniform(4.2, 8.5, 14)
        gaps[0] = dice.uniform(0.7, 2.2)
        self._moments = np.cumsum(gaps)

    def at(self, at_s: float) -> float:
        """How bright the flash is at a moment, 0 to 1."""
        since = at_s - self._moments[self._moments <= at_s]
        if not len(since) or since.min() > 0.75:
            return 0.0
        t = float(since.min())
        first, second = np.exp(-t / 0.05), 0.8 * np.exp(-(t - 0.17) / 0.14) if t >= 0.17 else 0.0
        level = float(max(first, second))
        return level if level > 0.02 else 0.0


class Passing:
    """The street that goes by behind the windows of a car."""

    SPEED = 230.0
    """Set units in a second."""

    def __init__(
        self, body: str, panes: tuple[Pane, ...], view: Pane, size: tuple[int, int], *, matrix: Matrix,
        blur: float,
    ) -> None:  # fmt: skip
        self._k = size[0] / view[2]
        top, low = min(p[1] for p in panes) - 130.0, max(p[1] + p[3] for p in panes) + 130.0
        self._origin = ((LEFT - view[0]) * self._k, (top - view[1]) * self._k)
        strip = (round((RIGHT - LEFT) * self._k), round((low - top) * self._k))
        drawn = raster(body, (LEFT, top, RIGHT - LEFT, low - top), strip)
        across = max(3, round(7 * self._k) | 1)
        # What goes by is smeared along its way; the far blur of the lens comes on top.
        smeared = cast(Pixels, cv2.blur(drawn, (across, 1)))
        if blur > 0.4:
            smeared = cast(Pixels, cv2.GaussianBlur(smeared, (0, 0), blur))
        self._strip = graded(smeared, matrix)

    def onto(self, frame: Pixels, at_s: float, camera: Matrix) -> None:
        """Lay the street of a moment over what is far."""
        x, y = self._origin
        moved = times(camera, _moved(x - at_s * self.SPEED * self._k, y))
        inset = round(20 * self._k)
        top = max(int(moved[1, 2]) + inset, 0)
        low = min(int(moved[1, 2] + self._strip.shape[0] * moved[1, 1]) - inset, frame.shape[0])
        if low <= top:
            return
        moved[1, 2] -= top
        blend(frame[top:low], _scrolled(self._strip, moved, (frame.shape[1], low - top)))
