"""An arm that moves: drawn once at rest and once in its gesture, turned about its joints between."""

from collections.abc import Callable
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin

import numpy as np

from tools.engines.previz.camera import times
from tools.engines.previz.cel import Cel
from tools.engines.previz.ink import Point
from tools.engines.previz.life import Reach
from tools.engines.previz.people import figure
from tools.engines.previz.people.limb import Bend, Limb
from tools.engines.previz.people.person import Person
from tools.engines.previz.raster import Matrix, Pixels

HAND_TURNS_AT, COMES_FORWARD_AT = 0.42, 0.2
"""How far an arm is up when the hand takes its shape, and when the arm passes in front of the body."""
BEAT_UPPER, BEAT_FORE = 0.03, 0.1
"""Radians by which a stressed word moves upper arm and forearm."""
Place = Callable[[Point], Point]
"""From the body's own space to frame pixels."""
DrawCel = Callable[[str, list[Point], float], Cel]
"""Draws SVG that lies around some points of the body's space, so far beyond them."""
SLEEVE_REACH, HAND_REACH = 36.0, 66.0
"""How far sleeve and hand go beyond the joints of their limb, in figure units."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A drawn limb and the two joints it was drawn between, in frame pixels."""

    cel: Cel
    start: Point
    end: Point

    def onto(self, frame: Pixels, start: Point, end: Point, after: Matrix) -> None:
        """Lay it between two other joints."""
        self.cel.onto(frame, times(after, _carried((self.start, self.end), (start, end))))


class Arm:
    """One arm between hanging and its gesture; each piece is drawn when it is first seen."""

    def __init__(self, person: Person, rest: Limb, raised: Limb, *, place: Place, draw: DrawCel) -> None:
        self._rest, self._raised = _placed(rest.bend, place), _placed(raised.bend, place)
        self._limbs, self._person, self._draw = {"rest": rest, "raised": raised}, person, draw
        self._pieces: dict[tuple[str, str], Piece] = {}
        self._rest_side = rest.side
        self.over_head = raised.depth == "over_head"

    def behind(self, reach: Reach) -> bool:
        """Whether the arm passes behind the body now."""
        return reach.upper < COMES_FORWARD_AT

    def draw_upper(self, frame: Pixels, reach: Reach, after: Matrix) -> None:
        """Lay the upper arm over a frame."""
        shoulder, elbow, _ = self._joints(reach)
        self._piece("upper", "rest" if self.behind(reach) else "raised").onto(frame, shoulder, elbow, after)

    def draw_fore(self, frame: Pixels, reach: Reach, after: Matrix) -> None:
        """Lay the forearm and the hand over a frame."""
        _, elbow, wrist = self._joints(reach)
        state = "rest" if reach.fore < HAND_TURNS_AT else "raised"
        self._piece("fore", state).onto(frame, elbow, wrist, after)

    def _piece(self, part: str, state: str) -> Piece:
        piece = self._pieces.get((part, state))
        if piece is None:
            limb, bend = self._limbs[state], self._rest if state == "rest" else self._raised
            piece = self._pieces[(part, state)] = _drawn(part, self._person, limb, bend, self._draw)
        return piece

    def _joints(self, reach: Reach) -> Bend:
        beat = reach.beat * reach.fore
        shoulder = _mixed(self._rest[0], self._raised[0], reach.upper)
        upward = 1.0 if self._raised[2][0] < self._raised[1][0] else -1.0
        elbow = _swung(self._rest[:2], self._raised[:2], reach.upper, upward * BEAT_UPPER * beat, shoulder)
        swing = reach.swing * self._rest_side * reach.fore
        wrist = _swung(
            self._rest[1:], self._raised[1:], reach.fore, upward * (BEAT_FORE * beat + swing), elbow
        )
        return shoulder, elbow, wrist


def _drawn(part: str, person: Person, limb: Limb, bend: Bend, draw: DrawCel) -> Piece:
    if part == "upper":
        cel = draw(figure.upper_arm_layer(person, limb), list(limb.bend[:2]), SLEEVE_REACH)
        return Piece(cel=cel, start=bend[0], end=bend[1])
    around = [limb.bend[1], limb.bend[2], *([limb.holds] if limb.holds else [])]
    if limb.implement == "wheel":
        around += [(-60.0, 186.0), (70.0, 200.0)]
    cel = draw(figure.forearm_layer(person, limb), around, HAND_REACH)
    return Piece(cel=cel, start=bend[1], end=bend[2])


def _placed(bend: Bend, place: Place) -> Bend:
    return place(bend[0]), place(bend[1]), place(bend[2])


def _mixed(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _swung(
    rest: tuple[Point, ...], raised: tuple[Point, ...], share: float, more: float, start: Point
) -> Point:
    """Where a limb's far joint is: its angle and its length on their way, from a new near joint."""
    (a0, l0), (a1, l1) = _polar(*rest), _polar(*raised)
    way = (a1 - a0 + pi) % (2 * pi) - pi
    angle, length = a0 + way * share + more, l0 + (l1 - l0) * min(share, 1.0)
    return start[0] + cos(angle) * length, start[1] + sin(angle) * length


def _polar(a: Point, b: Point) -> tuple[float, float]:
    return atan2(b[1] - a[1], b[0] - a[0]), hypot(b[0] - a[0], b[1] - a[1])


def _carried(before: tuple[Point, Point], now: tuple[Point, Point]) -> Matrix:
    """The matrix that takes one limb to another: turned, shifted, and stretched along itself only."""
    (a, length), (b, other) = _polar(*before), _polar(*now)
    stretch = other / length if length else 1.0
    turn_in = np.array([[cos(a), sin(a)], [-sin(a), cos(a)]])
    turn_out = np.array([[cos(b) * stretch, -sin(b)], [sin(b) * stretch, cos(b)]])
    linear = turn_out @ turn_in
    shift = np.array(now[0]) - linear @ np.array(before[0])
    return np.hstack([linear, shift[:, None]]).astype(np.float32)
