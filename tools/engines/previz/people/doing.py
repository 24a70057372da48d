"""Where the arms go when somebody does something: the poses of work, of the face and of greeting.

Table height is what a seated or standing person's hands rest on; see `desk.py` for the table itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tools.engines.previz.people import deeds
from tools.engines.previz.people.limb import Limb, Pose, at_face, bent
from tools.engines.previz.people.person import Person

AT_TABLE: tuple[Pose, ...] = ("writing", "working", "stirring", "sitting")
"""Poses with the hands on what stands before the body."""
AT_FACE: tuple[Pose, ...] = (
    "covering_mouth",
    "head_in_hands",
    "whispering",
    "phone_to_ear",
    "drinking",
    "eating",
)
"""Poses with a hand before the face: seen in a close-up too."""
Arms = tuple[Limb, Limb]


def _writing(person: Person, near: Limb, far: Limb) -> Arms:
    pen = replace(bent(far, (16, 214), (30, 192), "grip"), implement="pen")
    return bent(near, (22, 214), (-40, 200), "flat"), pen


def _working(person: Person, near: Limb, far: Limb) -> Arms:
    driver = replace(bent(far, (24, 206), (36, 176), "grip"), implement="screwdriver")
    return bent(near, (26, 208), (-38, 186), "grip"), driver


def _stirring(person: Person, near: Limb, far: Limb) -> Arms:
    spoon = replace(bent(far, (30, 200), (32, 164), "grip"), implement="spoon")
    return bent(near, (26, 210), (-48, 190), "grip"), spoon


def _sitting(person: Person, near: Limb, far: Limb) -> Arms:
    return bent(near, (20, 212), (-26, 204), "flat"), bent(far, (20, 212), (34, 206), "flat")


def _reading(person: Person, near: Limb, far: Limb) -> Arms:
    low = replace(bent(near, (20, 212), (-26, 190), "grip"), holds=(6.0, 160.0))
    return low, bent(far, (22, 210), (42, 186), "grip")


def _driving(person: Person, near: Limb, far: Limb) -> Arms:
    wheel = replace(bent(near, (30, 204), (-44, 174), "grip"), implement="wheel")
    return wheel, bent(far, (30, 204), (54, 172), "grip")


def _knocking(person: Person, near: Limb, far: Limb) -> Arms:
    # With somebody close before them the knuckles stay short of the face.
    reach = 80 if person.room > 260 else 34
    return near, bent(far, (38, 190), (far.bend[0][0] + reach, 112), "fist")


def _pushing(person: Person, near: Limb, far: Limb) -> Arms:
    x = far.bend[0][0]
    return bent(near, (-58, 192), (x + 30, 172), "push"), bent(far, (46, 178), (x + 92, 146), "push")


def _pulling(person: Person, near: Limb, far: Limb) -> Arms:
    x = far.bend[0][0]
    return bent(near, (-48, 208), (x + 18, 190), "grip"), bent(far, (24, 200), (x + 72, 180), "grip")


def _covering_mouth(person: Person, near: Limb, far: Limb) -> Arms:
    x = 27.0 if person.facing == "camera" else 44.0
    lifted = bent(far, (22, 174), at_face(person, x, 53.0), "cover")
    return near, replace(lifted, depth="over_head")


def _head_in_hands(person: Person, near: Limb, far: Limb) -> Arms:
    left, right = (-47.0, 49.0) if person.facing == "camera" else (-45.0, 50.0)
    return (
        replace(bent(near, (34, 160), at_face(person, left, 28.0), "flat"), depth="over_head"),
        replace(bent(far, (34, 160), at_face(person, right, 28.0), "flat"), depth="over_head"),
    )


def _whispering(person: Person, near: Limb, far: Limb) -> Arms:
    x = 44.0 if person.facing == "camera" else 58.0
    lifted = bent(far, (26, 176), at_face(person, x, 58.0), "blade")
    return near, replace(lifted, depth="over_head")


def _waving(person: Person, near: Limb, far: Limb) -> Arms:
    return near, bent(far, (48, 166), (far.bend[0][0] + 62, 76), "palm")


def _arms_open(person: Person, near: Limb, far: Limb) -> Arms:
    return (
        bent(near, (50, 186), (near.bend[0][0] - 112, 142), "open", lift=4),
        bent(far, (50, 186), (far.bend[0][0] + 112, 142), "open", lift=4),
    )


def _clenched_fist(person: Person, near: Limb, far: Limb) -> Arms:
    return near, bent(far, (34, 206), (far.bend[0][0] + 36, 120), "fist")


def _hugging(person: Person, near: Limb, far: Limb) -> Arms:
    """The near arm around somebody who stands breast to breast; the other is hidden by them."""
    return bent(near, (-54, 194), (near.bend[0][0] + 168, 172), "flat"), far


def _giving(person: Person, near: Limb, far: Limb) -> Arms:
    x = far.bend[0][0]
    held = replace(bent(far, (42, 190), (x + 84, 172), "grip"), holds=(x + 88, 138.0))
    return near, held


def _drinking(person: Person, near: Limb, far: Limb) -> Arms:
    x = 26.0 if person.facing == "camera" else 46.0
    mouth = at_face(person, x, 68.0)
    return near, replace(bent(far, (30, 180), mouth, "grip"), depth="over_head", implement="glass")


def _kneeling(person: Person, near: Limb, far: Limb) -> Arms:
    return bent(near, (16, 224), (-10, 300), "flat"), bent(far, (18, 226), (44, 304), "flat")


DOING: Mapping[Pose, Callable[[Person, Limb, Limb], Arms]] = {
    "writing": _writing, "working": _working, "stirring": _stirring, "sitting": _sitting, "reading": _reading,
    "driving": _driving, "knocking": _knocking, "pushing": _pushing, "pulling": _pulling,
    "covering_mouth": _covering_mouth, "head_in_hands": _head_in_hands, "whispering": _whispering,
    "hugging": _hugging, "waving": _waving, "arms_open": _arms_open, "clenched_fist": _clenched_fist,
    "giving": _giving, "drinking": _drinking, "kneeling": _kneeling,
    "eating": deeds.eating, "tearing": deeds.tearing, "carrying": deeds.carrying, "opening": deeds.opening,
    "shaking_hands": deeds.shaking_hands, "dancing": deeds.dancing, "kissing": deeds.kissing,
    "running": deeds.running, "riding": deeds.riding, "falling": deeds.falling, "lying": deeds.lying,
    "sleeping": deeds.sleeping, "walking": deeds.walking, "leaving": deeds.leaving,
    "playing": deeds.playing, "reaching_up": deeds.reaching_up, "dressing": deeds.dressing,
    "touching": deeds.touching, "pondering": deeds.pondering, "listening": deeds.listening,
}  # fmt: skip
ONE_HANDED: tuple[Pose, ...] = (
    "knocking", "covering_mouth", "whispering", "waving", "clenched_fist", "giving", "drinking",
    "opening", "shaking_hands", "lying", "reaching_up", "touching",
)  # fmt: skip
"""The other arm stays as it is."""
