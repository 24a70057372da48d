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


def at_face(person: Person, x: float, y: float) -> Point:
    """A point of the face in the body's space: the face keeps its size while the body below is scaled."""
    k, (dx, dy) = person.body_scale, person.stoop
    return (x - dx) / k, (y + RISE - dy - 78 * (1 - k)) / k
