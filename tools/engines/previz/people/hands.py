"""Hands: a palm and fingers in their own space, wrist at the origin and fingers down."""

from math import atan2, degrees, radians, sin
from typing import Literal

from tools.engines.previz.ink import Point, box, curve, group, line, path, tube
from tools.engines.previz.objects import (
    OBJECTS,
    UNITS_IN_CM,
    centimetres,
    drawn_object,
    known_object,
    size_of,
)
from tools.engines.previz.people.person import Person
from tools.engines.previz.thing_looks import with_look

HandKind = Literal[
    "down", "flat", "grip", "tuck", "palm", "point", "open", "phone", "fist", "push", "cover", "blade"
]
Finger = tuple[Point, Point, Point]
"""Knuckle, middle joint, tip."""
FINGERS: dict[HandKind, list[Finger]] = {
    "down": [((7, 17), (8, 25), (5, 33)), ((3, 19), (4, 29), (1, 38)), ((-2, 19), (-2, 29), (-4, 37)), ((-7, 17), (-8, 26), (-8, 33))],
    "flat": [((7, 18), (9, 27), (9, 36)), ((2, 20), (3, 31), (3, 41)), ((-3, 20), (-3, 30), (-3, 40)), ((-8, 18), (-9, 26), (-10, 34))],
    "palm": [((8, 18), (12, 29), (15, 39)), ((3, 21), (5, 34), (6, 47)), ((-3, 21), (-4, 34), (-5, 46)), ((-8, 18), (-12, 28), (-15, 37))],
    "open": [((7, 17), (10, 26), (10, 35)), ((2, 20), (4, 31), (2, 41)), ((-3, 19), (-4, 30), (-6, 38)), ((-8, 16), (-12, 24), (-14, 30))],
    "grip": [((7, 17), (10, 24), (3, 27)), ((2, 19), (5, 28), (-2, 30)), ((-3, 19), (-1, 28), (-7, 29)), ((-7, 17), (-8, 24), (-11, 25))],
    "point": [((7, 15), (11, 21), (4, 23)), ((3, 17), (7, 25), (0, 26)), ((-2, 18), (1, 27), (-5, 26)), ((-6, 17), (-6, 31), (-5, 46))],
    "fist": [((7, 16), (10, 23), (3, 25)), ((2, 18), (4, 27), (-2, 27)), ((-3, 18), (-2, 27), (-7, 26)), ((-7, 16), (-9, 24), (-11, 22))],
    "push": [((8, 18), (10, 28), (11, 37)), ((3, 20), (4, 32), (4, 43)), ((-3, 20), (-3, 32), (-4, 42)), ((-8, 18), (-10, 27), (-11, 35))],
    "cover": [((7, 18), (8, 28), (7, 38)), ((2, 20), (3, 32), (2, 43)), ((-3, 20), (-3, 31), (-4, 41)), ((-8, 18), (-9, 27), (-10, 35))],
    "blade": [((6, 18), (7, 28), (7, 38)), ((2, 20), (3, 32), (3, 44)), ((-2, 20), (-2, 32), (-2, 43)), ((-6, 18), (-7, 28), (-7, 36))],
}  # fmt: skip
TURNED: dict[HandKind, float] = {"push": -62.0, "cover": -46.0}
"""Degrees by which a wrist is bent against its forearm."""
THUMBS: dict[HandKind, Finger] = {
    "down": ((9, 5), (13, 14), (10, 24)), "flat": ((9, 4), (17, 9), (21, 18)), "palm": ((9, 6), (19, 12), (25, 21)),
    "open": ((9, 4), (18, 8), (24, 16)), "grip": ((9, 5), (13, 14), (5, 21)), "point": ((9, 6), (13, 14), (6, 20)),
    "fist": ((9, 6), (14, 16), (6, 22)), "push": ((9, 6), (18, 13), (22, 22)), "cover": ((9, 6), (16, 14), (17, 24)),
    "blade": ((8, 6), (12, 16), (10, 26)),
}  # fmt: skip
PALM = [(-8, -6), (-10, 6), (-11, 17), (-6, 23), (3, 24), (9, 20), (11, 10), (8, -6)]
WIDE = [5.4, 6.0, 5.2]
"""Width of a finger at the knuckle, the joint and the tip."""


def drawn_hand(person: Person, elbow: Point, wrist: Point, kind: HandKind) -> str:
    """A hand that goes on from the forearm."""
    angle = degrees(atan2(wrist[1] - elbow[1], wrist[0] - elbow[0])) - 90 + TURNED.get(kind, 0.0)
    size = 0.92 if person.woman else 0.84 if person.child else 1.1
    flip = _thumb_side(kind, wrist, angle)
    return group(
        _phone(person, (-angle - 12) * flip) if kind == "phone" else _hand(person, kind),
        transform=f"translate({wrist[0]:.1f} {wrist[1]:.1f}) rotate({angle:.1f}) scale({size * flip:.3f} {size:.3f})",
    )


def _thumb_side(kind: HandKind, wrist: Point, angle: float) -> int:
    """Thumbs lie towards the body, and upwards on a hand that is held out."""
    if kind == "down":
        return -1 if wrist[0] > 0 else 1
    if kind == "palm":
        return -1 if wrist[0] < 0 else 1
    return -1 if sin(radians(angle)) > 0 else 1


def _hand(person: Person, kind: HandKind) -> str:
    if kind == "tuck":
        d = curve([(-8, -6), (-10, 6), (-4, 14), (6, 13), (10, 5), (8, -6)])
        return path(d, person.skin, ink=person.ink, width=person.line * 0.8)
    fingers = "".join(_finger(person, finger, 1.0) for finger in reversed(FINGERS[kind]))
    thumb = _finger(person, THUMBS[kind], 1.12)
    palm = curve(PALM, tension=0.9)
    shade = curve([(-8, -6), (-10, 6), (-11, 17), (-6, 22), (-5, 8), (-3, -6)], tension=0.9)
    sides = line([(-8, -6), (-10, 6), (-11, 16)], person.ink, person.line * 0.75)
    sides += line([(8, -6), (10, 4)], person.ink, person.line * 0.75)
    knuckles = "".join(
        line([(x, 19), (x + 0.4, 23)], person.skin_shade, person.line * 0.55) for x in (-4.8, -0.2, 4.6)
    )
    drawn = (
        fingers + path(palm, person.skin) + path(shade, person.skin_shade, opacity=0.55) + sides + knuckles
    )
    if kind in ("palm", "open"):
        drawn += line([(-6, 12), (0, 15), (7, 11)], person.skin_shade, person.line * 0.6)
    return drawn + thumb


def _finger(person: Person, finger: Finger, width: float) -> str:
    (x, y), _, _ = finger
    d = tube(finger, [w * width for w in WIDE])
    root = tube([(x, y - 3), (x, y + 3)], [WIDE[0] * width * 0.84, WIDE[0] * width * 0.84])
    return path(d, person.skin, ink=person.ink, width=person.line * 0.7) + path(root, person.skin)


def _phone(person: Person, upright: float) -> str:
    """A fist around a phone that reaches from the ear to the jaw, however the forearm comes."""
    slab = box(-8, -27, 16, 54, "#23222c", ink=person.ink, width=person.line * 0.8, r=4)
    shine = line([(5, -20), (5, 18)], "#8fa6b8", person.line * 0.6)
    phone = group(slab + shine, transform=f"translate(3 22) rotate({upright:.1f})")
    return phone + _hand(person, "grip")


def held_thing(person: Person, x: float, y: float) -> str:
    """What the person holds, upright at a point; what is long reaches farther down."""
    name = person.held or "letter"
    scale = held_scale(name) * (0.82 if person.child else 1.0)
    drawn = drawn_object(name, person.ink, line=person.line / scale)
    drawn = with_look(drawn, person.held_look, person.ink) if person.held_look else drawn
    return group(
        drawn,
        transform=f"translate({x:.1f} {y + max(scale - MOST_HELD, 0) * SQUARE / 2:.1f}) rotate(-10) scale({scale:.3f})",
    )


def held_scale(name: str) -> float:
    """Figure units in a unit of the thing's square: its size in life, as far as a hand shows it."""
    life = centimetres(name) * UNITS_IN_CM / SQUARE
    if known_object(name) in OBJECTS and life <= MOST_HELD:
        return min(0.4 * max(size_of(name), 0.55), life * ENLARGED)
    long = life > MOST_HELD * 2 and known_object(name) not in TOP_HEAVY
    return min(max(life, 0.2), LONG_HELD if long else MOST_HELD)


TOP_HEAVY = frozenset(("flag", "umbrella", "balloon", "kite", "net"))
"""Held by its foot, so that what is long of it would be before the face."""


SQUARE = 190.0
"""How much of its square a drawing fills."""
MOST_HELD, LONG_HELD = 0.62, 0.9
"""What a hand shows before somebody's chest; what is long reaches farther, below the face."""
ENLARGED = 3.0
"""How much larger than in life something small may be, so that it is seen."""
