"""One arm: its joints in the body's own space, and how it hangs."""

from dataclasses import dataclass, replace
from typing import Literal

from state.script import Gesture
from tools.engines.previz.ink import Point
from tools.engines.previz.people.hands import HandKind
from tools.engines.previz.people.implements import Implement
from tools.engines.previz.people.person import RISE, Person

Bend = tuple[Point, Point, Point]
"""Shoulder, elbow, wrist, in the body's own space."""
Pose = Gesture | Literal["talking", "hanging"]
"""A gesture, the open hand of somebody who speaks without one, or both arms straight down."""
HAND_HEIGHTS = (80.0, 170.0)
"""Where a hand is that is raised and where it is before the chest, in figure units below the eyes."""
HANDS = (22.0, 32.0)
"""How far a hand goes ahead of its wrist at these heights: one that is raised stands upright."""
BESIDE_FACE = 70.0
"""How far ahead a raised hand must be, whatever hides a part of it: else the chin does."""
Depth = Literal["behind", "front", "over_head"]


@dataclass(frozen=True, kw_only=True)
class Limb:
    """One arm in a pose."""

    side: int
    """-1 is the arm on the near side of a turned body."""
    bend: Bend
    hand: HandKind
    depth: Depth = "front"
    holds: Point | None = None
    """Where the held thing is, when this hand holds it."""
    implement: Implement | None = None
    """What belongs to the gesture and not to the story: a pen, a spoon."""


def shoulder_x(person: Person, side: int) -> float:
    """Where an arm begins; the far shoulder of a turned body is nearer to the neck."""
    cut = person.cut
    return side * (cut.shoulder - 14) * (cut.far if side > 0 else 1.0)


def hanging(person: Person, side: int) -> Limb:
    """An arm at rest."""
    s, out = shoulder_x(person, side), max(person.cut.hip - 68.0, 0.0)
    bend = ((s - side * 1.5, 135.0), (s + side * (17 + out), 222.0), (s + side * (13 + out), 318.0))
    return Limb(side=side, bend=bend, hand="down", depth="behind")


def bent(limb: Limb, elbow: Point, wrist: Point, hand: HandKind, *, lift: float = 0.0) -> Limb:
    """The arm in front of the body; the elbow is measured from the shoulder, outwards."""
    x, y = limb.bend[0]
    shoulder = (x - limb.side * 1.5, y - 2 - lift)
    return replace(
        limb, bend=(shoulder, (x + limb.side * elbow[0], elbow[1]), wrist), hand=hand, depth="front"
    )


def drawn_in(person: Person, limb: Limb) -> Limb:
    """The arm as far ahead as its hand is seen: never behind the head of who stands near the camera.

    A hand that belongs to something else, to a face or a wheel, stays where it is.
    """
    if limb.depth != "front" or limb.implement:
        return limb
    shoulder, elbow, wrist = limb.bend
    back = (person.body_place(*wrist)[0] - _seen_to(person, wrist)) / person.body_scale
    if back <= 0:
        return limb
    holds = limb.holds and (limb.holds[0] - back, limb.holds[1])
    bend = (shoulder, (elbow[0] - back * 0.6, elbow[1]), (wrist[0] - back, wrist[1]))
    return replace(limb, bend=bend, holds=holds)


def _seen_to(person: Person, wrist: Point) -> float:
    """How far ahead a wrist may be for its hand to be seen, in figure units."""
    top, bottom = HAND_HEIGHTS
    high, low = (ahead - hand for ahead, hand in zip(person.open_ahead, HANDS, strict=True))
    share = min(max((person.body_place(*wrist)[1] - top) / (bottom - top), 0.0), 1.0)
    return max(high, BESIDE_FACE) + (low - max(high, BESIDE_FACE)) * share


def at_face(person: Person, x: float, y: float) -> Point:
    """A point of the face in the body's space: the face keeps its size while the body below is scaled."""
    k, (dx, dy) = person.body_scale, person.stoop
    return (x - dx) / k, (y + RISE - dy - 78 * (1 - k)) / k
