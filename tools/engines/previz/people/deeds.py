"""Where the arms go in what a story turns on: a bite, a torn page, a dance, a kiss, a fall."""

from dataclasses import replace

from tools.engines.previz.people.limb import Limb, Pose, at_face, bent
from tools.engines.previz.people.person import Person

Arms = tuple[Limb, Limb]
PAIRED: dict[Pose, float] = {"hugging": 84.0, "kissing": 122.0, "dancing": 150.0, "shaking_hands": 214.0}
"""What two do together, and how far apart their heads are then, in figure units."""


def eating(person: Person, near: Limb, far: Limb) -> Arms:
    """A bite on its way to the mouth; below it the other hand, held flat."""
    x = 25.0 if person.facing == "camera" else 44.0
    bite = bent(far, (30, 184), at_face(person, x, 76.0), "grip")
    low = bent(near, (16, 220), (-4, 214), "flat")
    return low, replace(bite, depth="over_head", implement="bite")


def tearing(person: Person, near: Limb, far: Limb) -> Arms:
    """Half a sheet in either fist, drawn apart before the chest."""
    x = 0.0 if person.facing == "camera" else 14.0
    left = replace(bent(near, (34, 204), (x - 42, 168), "grip"), implement="half_left")
    right = replace(bent(far, (34, 204), (x + 46, 166), "grip"), implement="half_right")
    return left, right


def carrying(person: Person, near: Limb, far: Limb) -> Arms:
    """Both forearms under what lies on them."""
    low = bent(near, (20, 222), (-14, 226), "flat")
    return low, replace(bent(far, (24, 222), (34, 228), "flat"), holds=(18.0, 168.0))


def opening(person: Person, near: Limb, far: Limb) -> Arms:
    """A hand on a handle at the height of the belt."""
    return near, bent(far, (40, 196), (far.bend[0][0] + 96, 208), "grip")


def shaking_hands(person: Person, near: Limb, far: Limb) -> Arms:
    """Half the way to the other one, at the height of the belt."""
    half = min(person.room, PAIRED["shaking_hands"]) / 2 / person.body_scale
    return near, bent(far, (-36, 198), (half - 12, 206), "grip")


def dancing(person: Person, near: Limb, far: Limb) -> Arms:
    """With a partner: round the waist, and the other hands clasped beside the heads; alone: arms up."""
    if person.room > PAIRED["dancing"] * 1.6:
        x, other = near.bend[0][0], far.bend[0][0]
        return bent(near, (52, 150), (x - 76, 78), "open"), bent(far, (40, 176), (other + 84, 120), "open")
    half = person.room / 2 / person.body_scale
    around = bent(near, (-46, 196), (near.bend[0][0] + 150, 204), "flat")
    return around, bent(far, (34, 168), (half + 4, 92), "grip")


def kissing(person: Person, near: Limb, far: Limb) -> Arms:
    """The near arm around the other one's shoulders; the other is hidden by them."""
    return bent(near, (-50, 186), (near.bend[0][0] + 160, 138), "flat"), far


def running(person: Person, near: Limb, far: Limb) -> Arms:
    """One elbow behind, one fist before the chest."""
    back = bent(near, (64, 196), (near.bend[0][0] - 22, 246), "fist")
    return back, bent(far, (26, 206), (far.bend[0][0] + 74, 160), "fist")


def walking(person: Person, near: Limb, far: Limb) -> Arms:
    """Arms swung against the legs."""
    ahead = bent(near, (-8, 222), (near.bend[0][0] + 52, 292), "down")
    return ahead, bent(far, (-22, 222), (far.bend[0][0] - 44, 296), "down")


def leaving(person: Person, near: Limb, far: Limb) -> Arms:
    """As they hang, seen from behind."""
    return near, replace(far, hand="tuck")


def riding(person: Person, near: Limb, far: Limb) -> Arms:
    """Both hands on the bars."""
    x = 121.0
    return bent(near, (-58, 204), (x - 12, 236), "grip"), bent(far, (4, 194), (x, 232), "grip")


def falling(person: Person, near: Limb, far: Limb) -> Arms:
    """Both arms flung out."""
    return (
        bent(near, (70, 150), (near.bend[0][0] - 118, 84), "palm", lift=4),
        bent(far, (62, 160), (far.bend[0][0] + 112, 96), "palm", lift=4),
    )


def lying(person: Person, near: Limb, far: Limb) -> Arms:
    """One arm along the body, one hand on the belly."""
    return near, bent(far, (22, 226), (6, 238), "flat")


def sleeping(person: Person, near: Limb, far: Limb) -> Arms:
    """One hand under the cheek."""
    tucked = bent(near, (18, 176), at_face(person, -20.0, 60.0), "flat")
    return replace(tucked, depth="over_head"), bent(far, (20, 224), (-2, 216), "flat")


def playing(person: Person, near: Limb, far: Limb) -> Arms:
    """One hand across the body of an instrument, the other high on its neck."""
    x = 0.0 if person.facing == "camera" else 10.0
    strings = replace(bent(near, (36, 212), (x - 26, 206), "flat"), holds=(x - 4, 164.0))
    return strings, bent(far, (40, 190), (x + 44, 150), "grip")


def reaching_up(person: Person, near: Limb, far: Limb) -> Arms:
    """A hand at what hangs above the head: a lamp, a nail, a switch."""
    x = far.bend[0][0] + 66
    lifted = bent(far, (44, 118), (x, 34), "grip", lift=6)
    return near, replace(lifted, holds=(x + 6, 6.0)) if person.held else lifted


def dressing(person: Person, near: Limb, far: Limb) -> Arms:
    """Both hands at the collar: something goes on or comes off."""
    x = 0.0 if person.facing == "camera" else 12.0
    return bent(near, (46, 204), (x - 30, 142), "grip"), bent(far, (46, 204), (x + 32, 142), "grip")


def touching(person: Person, near: Limb, far: Limb) -> Arms:
    """A flat hand laid on what is in front, at the height of the breast."""
    reach = 96 if person.room > 260 else 44
    return near, bent(far, (38, 196), (far.bend[0][0] + reach, 150), "push")


def pondering(person: Person, near: Limb, far: Limb) -> Arms:
    """A hand at the chin, its elbow on the other arm."""
    x = 12.0 if person.facing == "camera" else 32.0
    chin = bent(far, (20, 206), at_face(person, x, 92.0), "fist")
    return bent(near, (30, 226), (18, 220), "flat"), replace(chin, depth="over_head")


def listening(person: Person, near: Limb, far: Limb) -> Arms:
    """A hand behind the near ear."""
    x = -66.0 if person.facing == "camera" else -52.0
    lifted = bent(near, (66, 140), at_face(person, x, 44.0), "flat")
    return replace(lifted, depth="over_head"), far
