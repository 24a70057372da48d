"""The set of a shot in its planes: far, what is between, the set itself, what stands near the camera."""

from dataclasses import replace

import cv2
import numpy as np

from state.script import Staging, TimeOfDay
from tools.engines.previz.camera import DEPTHS, Pose2D, camera_matrix
from tools.engines.previz.cel import Cel
from tools.engines.previz.colour import GRADES, rgb
from tools.engines.previz.framing import Framing
from tools.engines.previz.ink import group
from tools.engines.previz.raster import Matrix, Pixels, grade_matrix, graded, laid, soft_raster, trimmed
from tools.engines.previz.set_layers import seen_through, set_layer
from tools.engines.previz.sets.foreground import foreground
from tools.engines.previz.sets.paint import Paint, Pane, SetDrawing
from tools.engines.previz.weather import GlassRain, Lightning, Passing

MARGIN = 0.09
"""How much more of the set is drawn on every side than is seen, for the camera to move in."""
AIR = {"day": 0.62, "dusk": 0.5, "night": 0.22}
FOG = {"far": 0.62, "middle": 0.26}
FLASH = np.array([34.0, 30.0, 26.0, 0.0])
"""What lightning adds to the whole picture, blue first; the sky gets several times as much."""
DIM: dict[TimeOfDay, float] = {"day": 0.94, "dusk": 1.0, "night": 1.3}
"""How bright what is near the camera is against the set: by night it is nearer to the lamps."""
RIM = 0.011
"""How broad the light on its edge is, as a share of the short side."""
HEAD_HALF, NARROW, BROAD = 95.0, 0.075, 0.17
"""Half a head with its hair, in figure units; the least and the most of a frame's width that is near."""


class Scenery:
    """Everything of a shot that is not a person or a thing in close-up."""

    def __init__(
        self, staging: Staging, framing: Framing, paint: Paint, drawn: SetDrawing, size: tuple[int, int],
        *, seed: int, shadows: str,
    ) -> None:  # fmt: skip
        self._staging, self._framing, self._paint, self._size = staging, framing, paint, size
        self._focus = (framing.focus[0] * size[0] / framing.width, framing.focus[1] * size[0] / framing.width)
        self._lightning = Lightning(seed) if staging.weather == "storm" else None
        x, y, vw, vh = framing.view
        frames = tuple(((px - x) / vw, (py - y) / vh, w / vw, h / vh) for px, py, w, h in drawn.panes)
        self._glass = GlassRain(frames, size, seed) if drawn.panes and paint.wet and paint.indoor else None
        self._passing = self._street(drawn) if drawn.passing else None
        self._far, self._middle = self._layers(drawn, shadows)
        self._near = self._foreground()
        self._still: Pixels | None = None

    def behind(self, camera: Pose2D, at_s: float) -> Pixels:
        """A new frame with what lies behind the people."""
        flash = self._lightning.at(at_s) if self._lightning else 0.0
        alive = bool(self._glass or self._passing or flash)
        if self._staging.move == "static" and self._still is not None and not alive:
            return self._still.copy()
        canvas = np.zeros((self._size[1], self._size[0], 3), np.uint8)
        if self._middle and self._paint.indoor:
            # Only windows show what is far: there it is no larger than they are.
            self._far.onto(canvas, self._at(camera, "far"))
        else:
            self._far.over(canvas, self._at(camera, "far" if self._middle else "set"))
        if flash:
            cv2.add(canvas, FLASH * (4.4 * flash), dst=canvas)
        self._between(canvas, camera, at_s)
        if self._middle:
            self._middle.onto(canvas, self._at(camera, "middle"))
        if self._staging.move == "static" and not alive:
            self._still = canvas.copy()
        return canvas

    def before(self, canvas: Pixels, camera: Pose2D, at_s: float) -> None:
        """Lay what is near the camera over the people, and the flash over everything."""
        if self._near:
            self._near.onto(canvas, self._at(camera, "near"))
        flash = self._lightning.at(at_s) if self._lightning else 0.0
        if flash:
            cv2.add(canvas, FLASH * flash, dst=canvas)

    def _at(self, camera: Pose2D, depth: str) -> Matrix:
        return camera_matrix(camera, DEPTHS[depth], self._size, self._focus)

    def _between(self, canvas: Pixels, camera: Pose2D, at_s: float) -> None:
        if self._passing:
            self._passing.onto(canvas, at_s, self._at(camera, "far"))
        if self._glass:
            self._glass.onto(canvas, at_s, self._at(camera, "middle"))

    def _layers(self, drawn: SetDrawing, shadows: str) -> tuple[Cel, Cel | None]:
        """Two depths of the set where they can be told apart; out of focus they are one."""
        middle = self._cel(drawn.middle + shadows, "middle", under=drawn)
        far = self._cel(drawn.far, "far", panes=drawn.panes if self._paint.indoor else None)
        apart = not self._framing.blur and self._staging.move != "static"
        if apart or self._glass or self._passing or self._lightning:
            return far, middle
        under = np.zeros_like(middle.pixels)
        left, top = round(far.x - middle.x), round(far.y - middle.y)
        under[top : top + far.pixels.shape[0], left : left + far.pixels.shape[1]] = far.pixels
        return replace(middle, pixels=laid(under, middle.pixels)), None

    def _fade(self, plane: str) -> float:
        if self._staging.weather == "fog" and not self._paint.indoor:
            return FOG[plane]
        return (0.05 if self._framing.full_bodies else 0.1) * (0.3 if self._paint.night else 1.0)

    @property
    def _blur(self) -> float:
        return self._framing.blur * self._size[0] / self._framing.width

    def _cel(
        self, body: str, plane: str, *, under: SetDrawing | None = None, panes: tuple[Pane, ...] | None = None
    ) -> Cel:
        """A plane of the set; with `panes`, only what is seen through them."""
        w, h = self._size
        mx, my = int(w * MARGIN), int(h * MARGIN)
        x, y, vw, vh = self._framing.view
        view = (x - vw * mx / w, y - vh * my / h, vw * (w + 2 * mx) / w, vh * (h + 2 * my) / h)
        size = (w + 2 * mx, h + 2 * my)
        left, top, right, low = (0, 0, *size) if panes is None else seen_through(panes, view, size)
        kx, ky = view[2] / size[0], view[3] / size[1]
        cut = (view[0] + left * kx, view[1] + top * ky, (right - left) * kx, (low - top) * ky)
        pixels = set_layer(
            body, cut, (right - left, low - top), blur=self._blur, grade=GRADES[self._staging.mood],
            fade=self._fade(plane), air=AIR[self._paint.time], paint=self._paint, under=under,
        )  # fmt: skip
        return Cel(pixels=pixels, x=left - mx, y=top - my)

    def _street(self, drawn: SetDrawing) -> Passing:
        matrix = grade_matrix(GRADES[self._staging.mood], fade=self._fade("far"), air=AIR[self._paint.time])
        return Passing(
            drawn.passing, drawn.panes, self._framing.view, self._size, matrix=matrix, blur=self._blur
        )

    def _foreground(self) -> Cel | None:
        """Something soft at the edge that has more room, as far from faces as it needs to be."""
        staging, framing = self._staging, self._framing
        # What the story put there takes its place.
        if staging.size in ("insert", "over_shoulder") or staging.things:
            return None
        left, right = _room(framing)
        side = 1 if left >= right else -1
        reach = min(max(left, right), framing.width * BROAD)
        if reach < framing.width * NARROW:
            return None
        salt = f"{staging.size}{side}"
        body = foreground(staging.place.kind, self._paint, salt, framing.height, reach)
        if side < 0:
            body = group(body, transform=f"translate({framing.width:.1f} 0) scale(-1 1)")
        return self._near_cel(body) if body else None

    def _near_cel(self, body: str) -> Cel:
        w, h = self._size
        mx, my = int(w * MARGIN * 1.6), int(h * MARGIN * 1.6)
        unit = self._framing.width / w
        view = (-mx * unit, -my * unit, (w + 2 * mx) * unit, (h + 2 * my) * unit)
        soft = soft_raster(body, view, (w + 2 * mx, h + 2 * my), min(w, h) / 900 * 7.5)
        grade, dim = GRADES[self._staging.mood], DIM[self._paint.time]
        pixels, dx, dy = trimmed(graded(soft, grade_matrix(grade, (dim, dim, dim))))
        inwards = -1 if dx + pixels.shape[1] / 2 < mx + w / 2 else 1
        _rim(pixels, round(min(w, h) * RIM) * inwards, grade.glow)
        return Cel(pixels=pixels, x=dx - mx, y=dy - my)


def _rim(pixels: Pixels, reach: int, tone: str) -> None:
    """Light along the edge that looks into the picture, in place: a dark thing without it is a stain."""
    wide = abs(reach)
    if pixels.shape[1] <= wide:
        return
    solid = pixels[:, :, 3]
    beside = np.zeros_like(solid)
    if reach < 0:
        beside[:, :-wide] = solid[:, wide:]
    else:
        beside[:, wide:] = solid[:, :-wide]
    edge = cv2.GaussianBlur(cv2.subtract(solid, beside), (0, 0), wide * 0.35)
    light = cv2.merge([cv2.convertScaleAbs(edge, alpha=part * 0.34) for part in reversed(rgb(tone))])
    pixels[:, :, :3] = cv2.min(cv2.add(pixels[:, :, :3], light), cv2.merge([solid] * 3))


def _room(framing: Framing) -> tuple[float, float]:
    """How far from the left and from the right edge no face is."""
    if not framing.marks:
        return framing.width * BROAD, framing.width * BROAD * 0.9
    left = min(mark.x - HEAD_HALF * mark.scale for mark in framing.marks)
    right = max(mark.x + HEAD_HALF * mark.scale for mark in framing.marks)
    return left, framing.width - right
