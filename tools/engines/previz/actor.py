"""One person in a shot: their layers, and the patches that change on the face."""

import math
from dataclasses import dataclass

import numpy as np

from state.script import Expression
from tools.engines.previz.camera import Life, camera_matrix, times, turn_about
from tools.engines.previz.camera import Pose2D as Pose
from tools.engines.previz.framing import Mark
from tools.engines.previz.people import figure
from tools.engines.previz.people.person import Eyes, Mouth, Person, person_of
from tools.engines.previz.raster import (
    Matrix,
    Pixels,
    graded,
    raster,
    soft_raster,
    trimmed,
    warp_onto,
    warp_over,
)

EYE_BAND, MOUTH_BAND = (-36.0, 13.0), (20.0, 56.0)
"""The heights of the face, in figure units, that blinking and speaking redraw."""
FACE_REACH = 56.0
Reach = tuple[float, float, float]
"""How far a layer goes from the head's centre: to the sides, up, down."""
BACK, BODY, HEAD = (125.0, 105.0, 185.0), (330.0, -20.0, 680.0), (108.0, 112.0, 165.0)


@dataclass(frozen=True, kw_only=True)
class Cel:
    """A drawn layer and where its first pixel lies in the frame."""

    pixels: Pixels
    x: float
    y: float

    def onto(self, frame: Pixels, matrix: Matrix) -> None:
        """Lay it over a frame, moved by a matrix in frame pixels."""
        warp_onto(frame, self.pixels, times(matrix, np.array([[1, 0, self.x], [0, 1, self.y]], np.float32)))

    def over(self, frame: Pixels, matrix: Matrix) -> None:
        """Cover a frame with it, for a layer without holes."""
        warp_over(frame, self.pixels, times(matrix, np.array([[1, 0, self.x], [0, 1, self.y]], np.float32)))


class Actor:
    """A mark with its layers drawn once; faces are patched as they change."""

    def __init__(
        self,
        mark: Mark,
        life: Life,
        *,
        unit: float,
        size: tuple[int, int],
        grade: Matrix,
        ink: str,
        held: str = "",
    ) -> None:
        self.mark, self._life, self._size = mark, life, size
        self.px = mark.scale / unit
        """Pixels of a figure unit."""
        self.x, self.y = mark.x / unit, mark.y / unit
        self._grade = grade
        self.person = person_of(
            mark.blocking, line=_line(self.px, min(size)), ink=ink, held=held, facing=mark.facing
        )
        self._patches: dict[tuple[object, ...], Pixels] = {}
        self._worn: dict[str, object] = {}
        self._draw_layers()

    def _draw_layers(self) -> None:
        face = self._life.expression(0.0)
        self._back = self._cel(figure.back_layer(self.person), BACK)
        self._body = self._cel(figure.body_layer(self.person), BODY)
        self._head = self._cel(figure.head_layer(self.person, face), HEAD)
        self._worn = {"eyes": (face, "open"), "mouth": (face, "rest")}

    def _view(self, reach: Reach) -> tuple[tuple[float, float, float, float], tuple[int, int], int, int]:
        """The part of a layer that can be seen, aligned to whole pixels."""
        margin, (w, h) = 0.08, self._size
        wide, above, below = (round(edge * self.px) for edge in reach)
        left, right = (
            max(int(-w * margin), int(self.x) - wide),
            min(int(w * (1 + margin)), int(self.x) + wide),
        )
        top, low = max(int(-h * margin), int(self.y) - above), min(int(h * (1 + margin)), int(self.y) + below)
        size = (max(right - left, 2), max(low - top, 2))
        view = ((left - self.x) / self.px, (top - self.y) / self.px, size[0] / self.px, size[1] / self.px)
        return view, size, left, top

    def _cel(self, body: str, reach: Reach) -> Cel:
        view, size, left, top = self._view(reach)
        pixels, dx, dy = trimmed(raster(body, view, size))
        return Cel(pixels=graded(pixels, self._grade), x=left + dx, y=top + dy)

    def draw(self, frame: Pixels, at_s: float, camera: Pose, focus: tuple[float, float]) -> None:
        """Lay the person over a frame as they are at a moment."""
        self._make_face(at_s)
        motion = self._life.motion(at_s)
        seen = camera_matrix(camera, 1.0, self._size, focus)
        neck_x, neck_y = self.x, self.y + 74 * self.px
        feet_y = self.y + self.person.soles_y * self.px
        breath = turn_about(neck_x, feet_y, 0, 0, 0, 1 + 0.0011 * motion.breath)
        lift = (neck_y - feet_y) * 0.0011 * motion.breath
        head = turn_about(
            neck_x, neck_y, motion.head_turn, motion.head_x * self.px, motion.head_y * self.px * 0.5 + lift
        )
        self._back.onto(frame, times(seen, head))
        self._body.onto(frame, times(seen, breath))
        self._head.onto(frame, times(seen, head))

    def _make_face(self, at_s: float) -> None:
        face = self._life.expression(at_s)
        self._wear("eyes", (face, self._life.lids(at_s)), EYE_BAND)
        self._wear("mouth", (face, self._life.mouth(at_s)), MOUTH_BAND)

    def _wear(self, part: str, state: tuple[Expression, str], band: tuple[float, float]) -> None:
        """Swap the patch of one part of the face when it changed."""
        if self._worn[part] == state:
            return
        box = self._box(band)
        patch = self._patches.get((part, *state))
        if patch is None:
            patch = self._patch(part, state, box)
            self._patches[(part, *state)] = patch
        self._head.pixels[box[1] : box[3], box[0] : box[2]] = patch
        self._worn[part] = state

    def _box(self, band: tuple[float, float]) -> tuple[int, int, int, int]:
        """The patch's place in the head layer: left, top, right, bottom."""
        height, width = self._head.pixels.shape[:2]
        columns = [round(self.x + edge * self.px - self._head.x) for edge in (-FACE_REACH, FACE_REACH)]
        rows = [round(self.y + edge * self.px - self._head.y) for edge in band]
        left, right = (min(max(edge, 0), width) for edge in columns)
        top, low = (min(max(edge, 0), height) for edge in rows)
        return left, top, right, low

    def _patch(self, part: str, state: tuple[Expression, str], box: tuple[int, int, int, int]) -> Pixels:
        face, shape = state
        lids: Eyes = shape if part == "eyes" else "open"  # type: ignore[assignment]  # eyes' own words
        mouth: Mouth = shape if part == "mouth" else "rest"  # type: ignore[assignment]  # mouths' own words
        left, top, right, low = box
        size = (right - left, low - top)
        if min(size) <= 0:
            return self._head.pixels[top:low, left:right].copy()
        x, y = self._head.x + left - self.x, self._head.y + top - self.y
        view = (x / self.px, y / self.px, size[0] / self.px, size[1] / self.px)
        body = figure.head_layer(self.person, face, lids=lids, mouth=mouth)
        return graded(raster(body, view, size), self._grade)


class Shoulder:
    """The one we look past: dark, soft, near the camera."""

    def __init__(self, mark: Mark, *, unit: float, size: tuple[int, int], grade: Matrix, ink: str) -> None:
        self._size = size
        px = mark.scale / unit
        x, y = mark.x / unit, mark.y / unit
        still = mark.blocking.model_copy(update={"gesture": "none"})
        person = person_of(still, line=_line(px, min(size)), ink=ink, facing=mark.facing)
        margin = 0.12
        left, top = int(-size[0] * margin), int(-size[1] * margin)
        wide, high = int(size[0] * (1 + 2 * margin)), int(size[1] * (1 + 2 * margin))
        view = ((left - x) / px, (top - y) / px, wide / px, high / px)
        drawn = soft_raster(figure.from_behind(person), view, (wide, high), min(size) / 900 * 2.2)
        pixels, dx, dy = trimmed(graded(drawn, grade))
        self._cel = Cel(pixels=pixels, x=left + dx, y=top + dy)

    def draw(self, frame: Pixels, camera: Pose, focus: tuple[float, float]) -> None:
        """Lay the shoulder over a frame."""
        self._cel.onto(frame, camera_matrix(camera, 1.35, self._size, focus))


def _line(px: float, short_side: int) -> float:
    """Outlines grow slower than figures, so that wide shots stay crisp and faces stay fine."""
    pixels = short_side / 900 * 2.6 * math.pow(max(px * 900 / short_side, 0.4), 0.55)
    return max(pixels, 0.9) / px


def drawn_person(person: Person) -> str:
    """A person with a resting face, for sheets of the cast."""
    return figure.whole(person, "neutral")
