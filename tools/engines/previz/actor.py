"""One person in a shot: their layers, the patches that change on the face, the arms that move."""

import math

import numpy as np

from state.script import ThingLook
from tools.engines.previz.camera import Pose2D as Pose
from tools.engines.previz.camera import camera_matrix, times, turn_about
from tools.engines.previz.cel import Cel
from tools.engines.previz.framing import Mark
from tools.engines.previz.ink import Point
from tools.engines.previz.life import Life, Motion
from tools.engines.previz.people import figure
from tools.engines.previz.people.arms import limbs
from tools.engines.previz.people.backs import from_behind, whole_from_behind
from tools.engines.previz.people.body import moving_sides
from tools.engines.previz.people.doing import AT_FACE
from tools.engines.previz.people.face import Feeling
from tools.engines.previz.people.person import Mouth, person_of
from tools.engines.previz.puppet import Arm
from tools.engines.previz.raster import Matrix, Pixels, graded, laid, raster, soft_raster, trimmed

EYE_BAND, MOUTH_BAND = (-38.0, 22.0), (22.0, 58.0)
"""The heights of the face, in figure units, that blinking and speaking redraw."""
FACE_REACH = 56.0
Reach = tuple[float, float, float]
"""How far a layer goes from the head's centre: to the sides, up, down."""
BACK, BODY, HEAD = (125.0, 105.0, 185.0), (205.0, -20.0, 690.0), (112.0, 132.0, 165.0)
ASIDE, STRIDE = 0.75, (300.0, -20.0, 690.0)
"""How far beyond the frame a figure is drawn that is turned into it, and how far bent legs go."""
HAIR_LAG_S = 0.08
BREATH, YAW = 0.0011, 0.02
"""How much the body is stretched by a breath, and the head narrowed by a turn."""


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
        held_look: ThingLook | None = None,
        outdoors: bool = False,
    ) -> None:
        self.mark, self._life, self._size = mark, life, size
        self._calm = min(1.0, math.sqrt(2.6 / mark.scale))
        """Near the camera the same movement looks larger."""
        self.px = mark.scale / unit
        """Pixels of a figure unit."""
        self.x, self.y = mark.x / unit, mark.y / unit
        self._grade = grade
        self.person = person_of(
            mark.blocking, line=_line(self.px, min(size)), ink=ink, held=held, facing=mark.facing,
            room=mark.room, open_ahead=mark.open_ahead, held_look=held_look, outdoors=outdoors,
        )  # fmt: skip
        self._patches: dict[tuple[object, ...], Pixels] = {}
        self._grounds: dict[str, tuple[Pixels, Pixels]] = {}
        self._worn: dict[str, object] = {}
        self._draw_layers()

    def _draw_layers(self) -> None:
        face = self._life.feeling(0.0)
        self._back = self._cel(figure.back_layer(self.person), BACK)
        self._body = self._cel(
            figure.trunk_layer(self.person, self._life.pose),
            STRIDE if self.person.strides or self.person.seated else BODY,
        )
        self._head = self._cel(figure.head_layer(self.person, face), HEAD)
        self._worn = {"eyes": (face, "open"), "mouth": (face, "rest")}
        self._arms = [self._arm(side) for side in moving_sides(self._life.pose) if self._shows_arms()]

    def _shows_arms(self) -> bool:
        """Whether more than a shoulder is in the picture, or a hand comes up to the face."""
        return self.y + 150 * self.px < self._size[1] or self._life.pose in AT_FACE

    def _arm(self, side: int) -> Arm:
        index = 0 if side < 0 else 1
        rest, raised = limbs(self.person, "hanging")[index], limbs(self.person, self._life.pose)[index]
        return Arm(self.person, rest, raised, place=self._place, draw=self._limb_cel)

    def _place(self, point: Point) -> Point:
        x, y = self.person.body_place(*point)
        return self.x + (-x if self.person.mirrored else x) * self.px, self.y + y * self.px

    def _limb_cel(self, body: str, around: list[Point], reach: float) -> Cel:
        """A limb is drawn whole, even outside the frame: it may come in."""
        seen = [self._place(point) for point in around]
        edge = reach * self.px
        left, top = (math.floor(min(p[i] for p in seen) - edge) for i in (0, 1))
        right, low = (math.ceil(max(p[i] for p in seen) + edge) for i in (0, 1))
        return self._drawn(body, left, top, (right - left, low - top))

    def _cel(self, body: str, reach: Reach) -> Cel:
        """The part of a layer that can be seen, aligned to whole pixels."""
        margin, (w, h) = ASIDE if self.person.tilt else 0.08, self._size
        wide, above, below = (round(edge * self.px) for edge in reach)
        left, right = (
            max(int(-w * margin), int(self.x) - wide),
            min(int(w * (1 + margin)), int(self.x) + wide),
        )
        top, low = max(int(-h * margin), int(self.y) - above), min(int(h * (1 + margin)), int(self.y) + below)
        return self._drawn(body, left, top, (max(right - left, 2), max(low - top, 2)))

    def _drawn(self, body: str, left: int, top: int, size: tuple[int, int]) -> Cel:
        view = ((left - self.x) / self.px, (top - self.y) / self.px, size[0] / self.px, size[1] / self.px)
        pixels, dx, dy = trimmed(raster(body, view, size))
        return Cel(pixels=graded(pixels, self._grade), x=left + dx, y=top + dy)

    def draw_body(self, frame: Pixels, at_s: float, camera: Pose, focus: tuple[float, float]) -> None:
        """Lay the body over a frame as it is at a moment, with what is behind it."""
        reach = self._life.reach(at_s)
        body, _ = self._moves(self._life.motion(at_s), camera, focus)
        # Hair behind the shoulders follows the head a moment later.
        self._back.onto(frame, self._moves(self._life.motion(at_s - HAIR_LAG_S), camera, focus)[1])
        for arm in self._arms:
            if arm.behind(reach):
                arm.draw_upper(frame, reach, body)
                arm.draw_fore(frame, reach, body)
        self._body.onto(frame, body)

    def draw_face(self, frame: Pixels, at_s: float, camera: Pose, focus: tuple[float, float]) -> None:
        """Lay the arms and the head over everybody's body: no arm goes on behind somebody else."""
        self._make_face(at_s)
        reach = self._life.reach(at_s)
        body, head = self._moves(self._life.motion(at_s), camera, focus)
        ahead = [arm for arm in self._arms if not arm.behind(reach)]
        for arm in ahead:
            arm.draw_upper(frame, reach, body)
            if not arm.over_head:
                arm.draw_fore(frame, reach, body)
        self._head.onto(frame, head)
        for arm in ahead:
            if arm.over_head:
                arm.draw_fore(frame, reach, body)

    def _moves(self, motion: Motion, camera: Pose, focus: tuple[float, float]) -> tuple[Matrix, Matrix]:
        """Where body and head go: the head turns about the neck, all of it leans about the feet."""
        neck_x, neck_y = self.x, self.y + 74 * self.px
        feet_y = self.y + self.person.soles_y * self.px
        way = -1 if self.person.mirrored else 1
        calm = way * self._calm
        tilt = self.person.tilt * motion.tilt * way
        ahead, up = motion.ahead * self.px * way, -motion.up * self.px
        lean = turn_about(neck_x, feet_y, motion.lean * calm + tilt, ahead, up)
        seen = times(camera_matrix(camera, 1.0, self._size, focus), lean)
        breath = turn_about(neck_x, feet_y, 0, 0, 0, 1 + BREATH * motion.breath)
        lift = (neck_y - feet_y) * BREATH * motion.breath
        shift = (motion.head_x + motion.yaw * 1.8) * calm * self.px
        nod = motion.head_y * self._calm * self.px * 0.5
        head = turn_about(neck_x, neck_y, motion.head_turn * calm, shift, nod + lift)
        narrow = turn_about(neck_x, neck_y, 0, 0, 0)
        narrow[0, 0] = 1 - YAW * motion.yaw * motion.yaw
        narrow[0, 2] = neck_x * (1 - narrow[0, 0])
        return times(seen, breath), times(seen, times(head, narrow))

    def _make_face(self, at_s: float) -> None:
        face = self._life.feeling(at_s)
        self._wear("eyes", (face, self._life.lids(at_s)), EYE_BAND)
        shape = self._life.mouth(at_s)
        self._wear("mouth", (_lips_only(face, shape), shape), MOUTH_BAND)

    def _wear(self, part: str, state: tuple[Feeling, str], band: tuple[float, float]) -> None:
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

    def _patch(self, part: str, state: tuple[Feeling, str], box: tuple[int, int, int, int]) -> Pixels:
        """Only the part itself is drawn anew, between what lies under it and over it."""
        if min(box[2] - box[0], box[3] - box[1]) <= 0:
            return self._head.pixels[box[1] : box[3], box[0] : box[2]].copy()
        under, over = self._grounds.get(part) or self._ground(part, box)
        face, shape = state
        body = (
            figure.eyes_layer(self.person, face, shape)  # type: ignore[arg-type]  # eyes' own words
            if part == "eyes"
            else figure.mouth_layer(self.person, face, shape)  # type: ignore[arg-type]  # mouths' own words
        )
        return graded(laid(laid(under, self._in_box(body, box)), over), self._grade)

    def _ground(self, part: str, box: tuple[int, int, int, int]) -> tuple[Pixels, Pixels]:
        under, over = figure.head_under_layer(self.person), figure.head_over_layer(self.person)
        self._grounds[part] = self._in_box(under, box), self._in_box(over, box)
        return self._grounds[part]

    def _in_box(self, body: str, box: tuple[int, int, int, int]) -> Pixels:
        left, top, right, low = box
        x, y = self._head.x + left - self.x, self._head.y + top - self.y
        view = (x / self.px, y / self.px, (right - left) / self.px, (low - top) / self.px)
        return raster(body, view, (right - left, low - top))


def _lips_only(face: Feeling, shape: Mouth) -> Feeling:
    """What of a feeling the mouth shows, so that a glance does not redraw it; speech needs no in-between."""
    if shape != "rest":
        return Feeling(expression=face.expression if face.share > 0.5 else face.before, tone=face.tone)
    return Feeling(expression=face.expression, before=face.before, share=face.share, tone=face.tone)


class Shoulder:
    """The one we look past: near the camera, a little soft, breathing; or, `leaving`, whoever walks away."""

    def __init__(
        self, mark: Mark, life: Life, *, unit: float, size: tuple[int, int], grade: Matrix, ink: str,
        leaving: bool = False,
    ) -> None:  # fmt: skip
        self._size, self._life, self._leaving = size, life, leaving
        px = mark.scale / unit
        x, y = mark.x / unit, mark.y / unit
        self._px, self._neck, self._mirrored = px, (x, y + 74 * px), mark.facing == "left"
        still = mark.blocking.model_copy(update={"gesture": "none"})
        person = person_of(still, line=_line(px, min(size)), ink=ink, facing=mark.facing)
        margin = 0.12
        left, top = int(-size[0] * margin), int(-size[1] * margin)
        wide, high = int(size[0] * (1 + 2 * margin)), int(size[1] * (1 + 2 * margin))
        view = ((left - x) / px, (top - y) / px, wide / px, high / px)
        whole = whole_from_behind(person) if leaving else from_behind(person)
        drawn = soft_raster(whole, view, (wide, high), 0.0 if leaving else min(size) / 900 * 2.2)
        self._feet = y + person.soles_y * px
        pixels, dx, dy = trimmed(graded(drawn, grade))
        self._cel = Cel(pixels=pixels, x=left + dx, y=top + dy)

    def draw(self, frame: Pixels, at_s: float, camera: Pose, focus: tuple[float, float]) -> None:
        """Lay the shoulder over a frame as it is at a moment."""
        if self._leaving:
            self._cel.onto(frame, times(camera_matrix(camera, 1.0, self._size, focus), self._gone(at_s)))
            return
        motion = self._life.motion(at_s)
        way = -1 if self._mirrored else 1
        x, y = self._neck
        nod = motion.head_y * self._px * 0.3
        moved = turn_about(x, y + 560 * self._px, motion.lean * way, 0, nod, 1 + BREATH * motion.breath)
        self._cel.onto(frame, times(camera_matrix(camera, 1.35, self._size, focus), moved))

    def _gone(self, at_s: float) -> Matrix:
        """Smaller about the feet with every step."""
        x, away = self._neck[0], max(1.0 - self._life.gone(at_s), 0.5)
        step = self._life.motion(at_s).up * self._px
        return np.array([[away, 0, x * (1 - away)], [0, away, self._feet * (1 - away) - step]], np.float32)


def _line(px: float, short_side: int) -> float:
    """Outlines grow slower than figures, so that wide shots stay crisp and faces stay fine."""
    pixels = short_side / 900 * 2.6 * math.pow(max(px * 900 / short_side, 0.4), 0.55)
    return max(pixels, 0.9) / px
