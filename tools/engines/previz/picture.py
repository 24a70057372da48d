"""One shot as layers that can be shown at any moment: the same for panels and takes."""

from dataclasses import dataclass, replace

import cv2

from state.order import Speech, Style
from state.script import Blocking, SetKind, Staging
from tools.engines.files import NO_FILES, Files
from tools.engines.previz import light
from tools.engines.previz.acting import Gaze
from tools.engines.previz.actor import Actor, Shoulder
from tools.engines.previz.camera import camera_matrix, pose_at
from tools.engines.previz.colour import GRADES, on_people, people_light
from tools.engines.previz.desk import desk_before, desk_top
from tools.engines.previz.framing import UPRIGHT, Framing, Mark, frame
from tools.engines.previz.ink import oval
from tools.engines.previz.insert import Insert, in_its_place
from tools.engines.previz.life import Life
from tools.engines.previz.people.doing import AT_TABLE
from tools.engines.previz.people.masks import tone_of
from tools.engines.previz.people.person import person_of
from tools.engines.previz.product import SUBJECT
from tools.engines.previz.raster import Matrix, Pixels, grade_matrix
from tools.engines.previz.scenery import Scenery
from tools.engines.previz.sets.catalog import drawn_set
from tools.engines.previz.sets.paint import FLOOR_Y, Paint, paint_of
from tools.engines.previz.staged import StagedThings
from tools.engines.previz.weather import Haze, Rain

SHELTERED: frozenset[SetKind] = frozenset({"station"})
"""People stand under a roof there: the rain falls behind them."""
UNBLINDED: frozenset[SetKind] = frozenset({
    "car", "church", "stage", "lift", "boat_cabin", "cinema", "control_room", "cold_store", "warehouse",
    "tent", "train", "bus", "airport", "factory", "winery", "library", "cellar", "attic", "stairwell",
    "cell", "museum", "bank", "dressing_room", "greenhouse", "pharmacy",
})  # fmt: skip
"""Rooms through whose blinds no light can fall."""
GROUND_SEEN, GROUND_AT = 620.0, 0.58
"""How much of a set is seen behind a horse, and where its ground begins."""
GROWN = 640.0
"""From the eyes to the soles of an adult, in figure units: a child's shadow is smaller."""
FOG_TONE = {"day": "#dfe5e8", "dusk": "#d8b8b0", "night": "#4a5878"}


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
        staging = _handed(_seated(staging))
        self._staging, self._size = staging, size
        self._framing = _looked_at(_centred(frame(staging, size.width, size.height), staging), staging)
        self._unit = self._framing.width / size.width
        """Frame units in a pixel."""
        self._paint = paint_of(staging.place, staging.time, staging.weather, style)
        self._focus = (self._framing.focus[0] / self._unit, self._framing.focus[1] / self._unit)
        self._scenery = Scenery(
            staging, self._framing, self._paint, drawn_set(staging.place.kind, self._paint), size.pair,
            seed=seed, shadows=self._floor_shadows(),
        )  # fmt: skip
        self._actors, self._near = self._people(seed, speeches)
        self._desk = desk_before(
            self._framing, self._paint, self._size.pair, matrix=self._grades()[0], kind=staging.place.kind
        )
        self._insert = self._closely(files)
        self._things = self._staged()
        self._over = _Over(staging, size, self._paint, seed)

    def at(self, at_s: float, progress: float) -> Pixels:
        """The frame of a moment, with the camera this far through its move; BGR."""
        camera = pose_at(self._staging.move, progress)
        canvas = self._scenery.behind(camera, at_s)
        if self._things:
            self._things.behind(canvas, camera, self._focus)
        self._over.behind(canvas, at_s)
        for actor in self._actors:
            actor.draw_body(canvas, at_s, camera, self._focus)
        before, at_it = self._by_the_desk()
        for actor in before:
            actor.draw_face(canvas, at_s, camera, self._focus)
        if self._desk:
            self._desk.onto(canvas, camera_matrix(camera, 1.0, self._size.pair, self._focus))
        if self._things:
            self._things.table(canvas, camera, self._focus)
        for actor in at_it:
            actor.draw_face(canvas, at_s, camera, self._focus)
        if self._insert:
            self._insert.onto(canvas, at_s, camera_matrix(camera, 1.0, self._size.pair, self._focus))
        if self._things:
            self._things.before(canvas, camera, self._focus)
        for shoulder in self._near:
            shoulder.draw(canvas, at_s, camera, self._focus)
        self._scenery.before(canvas, camera, at_s)
        self._over.before(canvas, at_s)
        return canvas

    def _by_the_desk(self) -> tuple[list[Actor], list[Actor]]:
        """Those whose arms hang behind the table, and those whose hands are on it."""
        at_it = [actor for actor in self._actors if actor.mark.blocking.gesture in AT_TABLE]
        return [actor for actor in self._actors if actor not in at_it], at_it

    def _closely(self, files: Files) -> Insert | None:
        """What the camera looks at when it looks at no face."""
        staging = self._staging
        shown = staging.size == "insert" or (staging.subject == SUBJECT and not staging.people)
        return Insert(staging, self._framing, self._paint, self._size.pair, files=files) if shown else None

    def _staged(self) -> StagedThings | None:
        """What the story put there; on the table of somebody who works it needs none of its own."""
        staging = self._staging
        desk = desk_top(self._framing, self._paint, staging.place.kind)
        if not staging.things:
            return None
        return StagedThings(staging, self._framing, self._paint, self._size.pair, desk=desk)

    def _floor_shadows(self) -> str:
        """Soft shadows under full figures, in the set's space."""
        if not self._framing.full_bodies:
            return ""
        x, y, vw, _ = self._framing.view
        k = vw / self._framing.width
        drawn = ""
        for mark in self._framing.marks:
            high = person_of(mark.blocking).soles_y
            size, soles = mark.scale * k * high / GROWN, mark.y + (high - 8) * mark.scale
            wide = 360 if abs(person_of(mark.blocking).tilt) > UPRIGHT else 120
            drawn += oval(
                x + _foot_of(mark) * k, y + soles * k, wide * size, 17 * size, "#12080c", opacity=0.4
            )
        return drawn

    def _grades(self) -> tuple[Matrix, Matrix]:
        """The light on people, and on who stands near the camera."""
        staging = self._staging
        on = people_light(staging.time, staging.weather, indoor=self._paint.indoor)
        grade = on_people(GRADES[staging.mood])
        return grade_matrix(grade, on), grade_matrix(grade, (on[0] * 0.8, on[1] * 0.78, on[2] * 0.83))

    def _people(self, seed: int, speeches: list[Speech] | None) -> tuple[list[Actor], list[Shoulder]]:
        staging = self._staging
        matrix, dim = self._grades()
        actors, near = [], []
        for mark in self._framing.marks:
            life = Life(
                mark.blocking.character, seed, speeches, mark.blocking.expression,
                gesture=mark.blocking.gesture, others=_eyes_meet(mark, self._framing.marks),
                tone=tone_of(staging.mood, mark.blocking.gesture),
            )  # fmt: skip
            if mark.from_behind:
                near.append(
                    Shoulder(
                        mark, life, unit=self._unit, size=self._size.pair, grade=dim, ink=self._paint.ink
                    )
                )
                continue
            if mark.blocking.gesture == "leaving":
                gone = Shoulder(
                    mark, life, unit=self._unit, size=self._size.pair, grade=matrix, ink=self._paint.ink,
                    leaving=True,
                )  # fmt: skip
                near.append(gone)
                continue
            actors.append(
                Actor(
                    mark,
                    life,
                    unit=self._unit,
                    size=self._size.pair,
                    grade=matrix,
                    ink=self._paint.ink,
                    held=_held(mark.blocking, staging),
                    held_look=staging.looks.get(_held(mark.blocking, staging)),
                    outdoors=not self._paint.indoor,
                )
            )
        return actors, near


def _foot_of(mark: Mark) -> float:
    """The middle of a figure's shadow across the frame: under the body of who lies."""
    person = person_of(mark.blocking, facing=mark.facing)
    if abs(person.tilt) <= UPRIGHT:
        return mark.x
    return mark.x + (1 if person.mirrored else -1) * person.soles_y * mark.scale / 2


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


def _seated(staging: Staging) -> Staging:
    """Nobody stands in a car: who would be seen whole is seen to the waist."""
    if staging.place.kind == "car" and staging.size == "wide" and staging.people:
        return staging.model_copy(update={"size": "two_shot"})
    return staging


def _handed(staging: Staging) -> Staging:
    """Who holds a thing and does nothing else with that hand shows it."""
    people = [
        one.model_copy(update={"gesture": "holding"}) if one.holds and one.gesture == "none" else one
        for one in staging.people
    ]
    return staging.model_copy(update={"people": people})


def _centred(framing: Framing, staging: Staging) -> Framing:
    """In a car the seats decide where two people are: the camera looks from the middle of the bonnet."""
    if staging.place.kind != "car" or len(staging.people) < 2:
        return framing
    _, y, across, seen = framing.view
    return replace(framing, view=(800.0 - across / 2, y, across, seen))


def _looked_at(framing: Framing, staging: Staging) -> Framing:
    """For a horse or a house the camera steps back until there is ground under it."""
    if staging.size != "insert" or not in_its_place(staging.subject):
        return framing
    seen = GROUND_SEEN * (1.2 if framing.height > framing.width else 1.0)
    across = seen * framing.width / framing.height
    return replace(framing, view=(800.0 - across / 2, FLOOR_Y - GROUND_AT * seen, across, seen), blur=4.0)


class _Over:
    """What lies over all layers, and the weather between them."""

    def __init__(self, staging: Staging, size: PictureSize, paint: Paint, seed: int) -> None:
        w, h = size.pair
        self._veil = light.veil(
            staging.mood, w, h, blinds=paint.indoor and staging.place.kind not in UNBLINDED
        )
        self._light = light.falling_light(staging.mood, w, h)
        self._motes = light.Motes(staging.mood, w, h, seed)
        # On a face a mote is a spot: there it floats behind people.
        self._peopled = bool(staging.people)
        close = staging.size == "insert" and not in_its_place(staging.subject)
        wet = paint.wet and not paint.indoor and not close
        self._rain = Rain(w, h, seed, heavy=staging.weather == "storm") if wet else None
        self._sheltered = staging.place.kind in SHELTERED
        foggy = staging.weather == "fog" and not paint.indoor
        self._haze = Haze(w, h, seed, tone=FOG_TONE[staging.time], strength=0.5) if foggy else None

    def behind(self, canvas: Pixels, at_s: float) -> None:
        """The weather behind the people."""
        if self._haze:
            self._haze.onto(canvas, at_s)
        if self._rain:
            self._rain.behind(canvas, at_s)
        elif self._peopled:
            self._motes.onto(canvas, at_s)

    def before(self, canvas: Pixels, at_s: float) -> None:
        """Light, weather, vignette and paper."""
        if self._light is not None:
            cv2.add(canvas, self._light, dst=canvas)
        if self._rain:
            if not self._sheltered:
                self._rain.before(canvas, at_s)
        elif not self._peopled:
            self._motes.onto(canvas, at_s)
        cv2.multiply(canvas, self._veil, dst=canvas, scale=1 / 255)


def _held(one: Blocking, staging: Staging) -> str:
    """What is in somebody's hand: a hand that reaches up may be empty, whatever another one holds."""
    return one.holds or ("" if one.gesture == "reaching_up" else staging.subject)
