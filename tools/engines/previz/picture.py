"""One shot as layers that can be shown at any moment: the same for panels and takes."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from state.order import Speech, Style
from state.script import Staging
from tools.engines.files import NO_FILES, Files
from tools.engines.previz import light
from tools.engines.previz.acting import Gaze
from tools.engines.previz.actor import Actor, Shoulder
from tools.engines.previz.camera import DEPTHS, Pose2D, camera_matrix, pose_at
from tools.engines.previz.cel import Cel
from tools.engines.previz.colour import GRADES, on_people, people_light
from tools.engines.previz.framing import Mark, frame
from tools.engines.previz.ink import group, oval
from tools.engines.previz.life import Life
from tools.engines.previz.objects import drawn_object, size_of, table_top
from tools.engines.previz.people.arms import reaching_hand
from tools.engines.previz.people.person import person_of
from tools.engines.previz.raster import (
    Matrix,
    Pixels,
    grade_matrix,
    graded,
    joined,
    raster,
    soft_raster,
    trimmed,
)
from tools.engines.previz.room_light import lit
from tools.engines.previz.sets.catalog import drawn_set
from tools.engines.previz.sets.paint import Paint, paint_of

MARGIN = 0.09
"""How much more of the set is drawn on every side than is seen, for the camera to move in."""


@dataclass(frozen=True, kw_only=True)
class PictureSize:
    """Pixels of a picture."""

    width: int
    height: int

    @property
    def pair(self) -> tuple[int, int]:
        """Width and height."""
        return self.width, self.height


class Picture:
    """A staging, drawn. Not for threads: faces are patched in place."""

    def __init__(
        self,
        staging: Staging,
        style: Style,
        size: PictureSize,
        *,
        seed: int,
        speeches: list[Speech] | None = None,
        files: Files = NO_FILES,
    ) -> None:
        """`files` holds the staging's picture, by its media key, when there is one."""
        if staging.place.kind == "car" and staging.size == "wide" and staging.people:
            # Nobody stands in a car.
            staging = staging.model_copy(update={"size": "two_shot"})
        self._staging, self._size, self._files = staging, size, files
        self._framing = frame(staging, size.width, size.height)
        self._unit = self._framing.width / size.width
        """Frame units in a pixel."""
        self._paint = paint_of(staging.place, staging.time, staging.weather, style)
        self._focus = (self._framing.focus[0] / self._unit, self._framing.focus[1] / self._unit)
        self._set = drawn_set(staging.place.kind, self._paint)
        self._far, self._middle = self._set_layers()
        self._actors, self._near = self._people(seed, speeches)
        self._props = self._insert(style) if staging.size == "insert" else []
        self._over = _Over(staging, size, self._paint, seed)
        self._still: Pixels | None = None

    def at(self, at_s: float, progress: float) -> Pixels:
        """The frame of a moment, with the camera this far through its move; BGR."""
        camera = pose_at(self._staging.move, progress)
        canvas = self._scenery(camera, progress)
        for actor in self._actors:
            actor.draw(canvas, at_s, camera, self._focus)
        for cel in self._props:
            cel.onto(canvas, camera_matrix(camera, 1.0, self._size.pair, self._focus))
        for shoulder in self._near:
            shoulder.draw(canvas, at_s, camera, self._focus)
        self._over.onto(canvas, at_s)
        return canvas

    def _scenery(self, camera: Pose2D, progress: float) -> Pixels:
        if self._staging.move == "static" and self._still is not None:
            return self._still.copy()
        canvas = np.zeros((self._size.height, self._size.width, 3), np.uint8)
        depth = DEPTHS["far"] if self._middle else DEPTHS["set"]
        self._far.over(canvas, camera_matrix(camera, depth, self._size.pair, self._focus))
        if self._middle:
            self._middle.onto(canvas, camera_matrix(camera, DEPTHS["middle"], self._size.pair, self._focus))
        if self._staging.move == "static":
            self._still = canvas.copy()
        return canvas

    def _set_layers(self) -> tuple[Cel, Cel | None]:
        """Two depths of the set where they can be told apart; out of focus they are one."""
        haze = 0.05 if self._framing.full_bodies else 0.1
        if self._paint.night:
            haze *= 0.3
        matrix = grade_matrix(GRADES[self._staging.mood], fade=haze)
        far = self._set_cel(self._set.far, matrix)
        middle = self._set_cel(self._set.middle + self._floor_shadows(), matrix, own_light=True)
        if not self._framing.blur and self._staging.move != "static":
            return far, middle
        return replace(far, pixels=joined(far.pixels, middle.pixels)), None

    def _set_cel(self, body: str, matrix: Matrix, *, own_light: bool = False) -> Cel:
        w, h = self._size.pair
        mx, my = int(w * MARGIN), int(h * MARGIN)
        x, y, vw, vh = self._framing.view
        view = (x - vw * mx / w, y - vh * my / h, vw * (w + 2 * mx) / w, vh * (h + 2 * my) / h)
        drawn = soft_raster(body, view, (w + 2 * mx, h + 2 * my), self._framing.blur / self._unit)
        if own_light:
            drawn = lit(drawn, self._set, self._paint, view)
        return Cel(pixels=graded(drawn, matrix), x=-mx, y=-my)

    def _floor_shadows(self) -> str:
        """Soft shadows under full figures, in the set's space."""
        if not self._framing.full_bodies:
            return ""
        x, y, vw, _ = self._framing.view
        k = vw / self._framing.width
        drawn = ""
        for mark in self._framing.marks:
            soles = mark.y + (person_of(mark.blocking).soles_y - 8) * mark.scale
            drawn += oval(
                x + mark.x * k,
                y + soles * k,
                120 * mark.scale * k,
                17 * mark.scale * k,
                "#12080c",
                opacity=0.4,
            )
        return drawn

    def _people(self, seed: int, speeches: list[Speech] | None) -> tuple[list[Actor], list[Shoulder]]:
        staging = self._staging
        on = people_light(staging.time, staging.weather, indoor=self._paint.indoor)
        grade = on_people(GRADES[staging.mood])
        matrix = grade_matrix(grade, on)
        dim = grade_matrix(grade, (on[0] * 0.8, on[1] * 0.78, on[2] * 0.83))
        actors, near = [], []
        for mark in self._framing.marks:
            life = Life(
                mark.blocking.character, seed, speeches, mark.blocking.expression,
                gesture=mark.blocking.gesture, others=_eyes_meet(mark, self._framing.marks),
            )  # fmt: skip
            if mark.from_behind:
                near.append(
                    Shoulder(
                        mark, life, unit=self._unit, size=self._size.pair, grade=dim, ink=self._paint.ink
                    )
                )
                continue
            actors.append(
                Actor(
                    mark,
                    life,
                    unit=self._unit,
                    size=self._size.pair,
                    grade=matrix,
                    ink=self._paint.ink,
                    held=staging.subject,
                )
            )
        return actors, near

    def _insert(self, style: Style) -> list[Cel]:
        """The table, the object and a hand that has just put it down."""
        w, h = self._framing.width, self._framing.height
        top = table_top(self._paint.wood, self._paint.ink)
        k = h / 900
        fit = f"translate({w / 2 - 800 * k:.2f} 0) scale({k:.4f})"
        on = people_light(self._staging.time, self._staging.weather, indoor=self._paint.indoor)
        grade = GRADES[self._staging.mood]
        size = min(w, h) / 900 * 2.35 * size_of(self._staging.subject)
        x, y = w / 2, h * 0.56
        thing = drawn_object(self._staging.subject or "parcel", self._paint.ink)
        shadow = group(
            oval(10, 84, 112, 26, "#0c0508", opacity=0.3),
            transform=f"translate({x:.1f} {y:.1f}) scale({size:.3f})",
        )
        laid = group(thing, transform=f"translate({x:.1f} {y:.1f}) rotate(-4) scale({size:.3f})")
        return [
            self._prop_cel(group(top, transform=fit) + shadow, grade_matrix(grade)),
            self._prop_cel(laid + self._hand(w, h), grade_matrix(grade, on)),
        ]

    def _hand(self, w: float, h: float) -> str:
        if not self._staging.people:
            return ""
        return reaching_hand(self._staging.people[0].look, self._paint.ink, w, h)

    def _prop_cel(self, body: str, matrix: Matrix) -> Cel:
        w, h = self._size.pair
        mx, my = int(w * MARGIN), int(h * MARGIN)
        u = self._unit
        view = (-mx * u, -my * u, (w + 2 * mx) * u, (h + 2 * my) * u)
        pixels, dx, dy = trimmed(graded(raster(body, view, (w + 2 * mx, h + 2 * my)), matrix))
        return Cel(pixels=pixels, x=dx - mx, y=dy - my)


def _eyes_meet(mark: Mark, marks: tuple[Mark, ...]) -> dict[str, Gaze]:
    """Where one person's pupils go to look at each of the others."""
    meet: dict[str, Gaze] = {}
    for other in marks:
        if other is not mark:
            side = 1.0 if other.x > mark.x else -1.0
            ahead = {"left": -1.0, "right": 1.0, "camera": 0.0}[mark.facing]
            forwards = 0.0 if side == ahead else -1.0 if ahead else side
            meet[other.blocking.character] = (forwards, max(-0.6, min(0.6, (other.y - mark.y) / 160)))
    return meet


class _Over:
    """What lies over all layers."""

    def __init__(self, staging: Staging, size: PictureSize, paint: Paint, seed: int) -> None:
        self._veil = light.veil(staging.mood, size.width, size.height)
        self._light = light.falling_light(staging.mood, size.width, size.height)
        outside = staging.weather == "rain" and not paint.indoor
        self._rain = light.Rain(size.width, size.height, seed) if outside else None
        self._motes = light.Motes(staging.mood, size.width, size.height, seed)

    def onto(self, canvas: Pixels, at_s: float) -> None:
        """Light, weather, vignette and paper."""
        if self._light is not None:
            cv2.add(canvas, self._light, dst=canvas)
        if self._rain:
            self._rain.onto(canvas, at_s)
        self._motes.onto(canvas, at_s)
        cv2.multiply(canvas, self._veil, dst=canvas, scale=1 / 255)
