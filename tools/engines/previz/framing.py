"""Where the camera stands: from a shot's size to marks for people and a view of the set.

Frame units: the short side of the picture is 900. The set's view is a rectangle in
the set's own space.
"""

from dataclasses import dataclass, replace
from math import radians, sin
from typing import Literal

from state.script import Blocking, ShotSize, Staging
from tools.engines.previz.people.deeds import PAIRED
from tools.engines.previz.people.doing import AT_TABLE
from tools.engines.previz.people.limb import HAND_HEIGHTS
from tools.engines.previz.people.person import person_of
from tools.engines.previz.spots import sees_floor

View = tuple[float, float, float, float]
CHIN, HEAD_HALF, SHOULDERS = 60.0, 62.0, 130.0
"""In figure units: from the eyes to the chin, half a head with its hair, and how close two may stand."""
EARS, JAW_HALF, NECK, SLOPE = 20.0, 52.0, 80.0, 0.8
"""Of a back: how far below the eyes it narrows and to what, where shoulders begin, how they widen."""
CAPTIONS = 0.8
"""Captions lie below this share of the height: no face may."""
TALL_CAPTIONS = 0.68
HEADROOM = 0.025


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Where one person's head is in the frame, and how large a figure unit is there."""

    blocking: Blocking
    x: float
    y: float
    scale: float
    facing: Literal["left", "right", "camera"]
    from_behind: bool = False
    room: float = 1000.0
    """How far ahead the next person stands, in figure units."""
    open_ahead: tuple[float, float] = (1000.0, 1000.0)
    """How far ahead a hand is seen, at the two `HAND_HEIGHTS`: beyond is who stands near the camera."""


@dataclass(frozen=True, kw_only=True)
class Framing:
    """One camera set-up."""

    width: float
    height: float
    view: View
    marks: tuple[Mark, ...]
    focus: tuple[float, float]
    """What the camera moves towards, in frame units."""
    blur: float
    """How soft the set is, in frame units."""
    full_bodies: bool = False
    floor: bool = False
    """Whether the floor of the set can be seen."""


@dataclass(frozen=True, kw_only=True)
class Lens:
    """How a shot size sees: head's size and height in the frame, set's height seen."""

    scale: float
    eye_line: float
    seen: float
    blur: float


LENSES: dict[ShotSize, Lens] = {
    "wide": Lens(scale=0.96, eye_line=0.3, seen=900, blur=0.0),
    "two_shot": Lens(scale=2.15, eye_line=0.36, seen=700, blur=1.8),
    "medium": Lens(scale=2.5, eye_line=0.345, seen=640, blur=2.4),
    "over_shoulder": Lens(scale=2.9, eye_line=0.4, seen=600, blur=3.6),
    "close_up": Lens(scale=4.9, eye_line=0.47, seen=460, blur=6.0),
    "insert": Lens(scale=2.0, eye_line=0.2, seen=420, blur=8.0),
}
AT_WORK = Lens(scale=2.1, eye_line=0.305, seen=710, blur=2.0)
"""Of a medium shot in which the hands matter: it sees as far as the table."""
PAIR_AT_WORK = Lens(scale=1.95, eye_line=0.335, seen=740, blur=1.6)
"""Of a shot of two: the table is above the captions."""
TALL_HATS = ("hat", "straw_hat", "helmet", "head_wrap", "chef_hat", "peaked_cap")
LAID = 82.0
"""How high the middle of a body on its back is above the ground, in figure units."""
AT_DOOR = ("opening", "knocking")
"""Whoever does this stands before the door that is on the right."""
WHOLE = Lens(scale=1.3, eye_line=0.25, seen=760, blur=0.8)
"""Far enough for what stands on the floor: people to the knees."""
SPOTS = {"left": 0.0, "centre": 1.0, "right": 2.0}
EYES_IN_SET = 290.0


def frame(staging: Staging, width: int, height: int) -> Framing:
    """Set the camera up for a staging at a picture size in pixels."""
    unit = 900.0 / min(width, height)
    w, h = width * unit, height * unit
    tall = h > w * 1.15
    size: ShotSize = "wide" if _seen_whole(staging) else _size(staging, tall)
    staging = _embraced(staging, size)
    lens = WHOLE if sees_floor(staging, size) else LENSES[size]
    marks = _MARKS[size](staging, lens, w, h, tall)
    marks = [replace(mark, room=_room(mark, marks), open_ahead=_open_ahead(mark, marks)) for mark in marks]
    focus = _focus(marks, w, h, size)
    return Framing(
        width=w, height=h, view=_view(staging, lens, w, h, tall), marks=tuple(marks), focus=focus,
        blur=lens.blur, full_bodies=size == "wide", floor=size == "wide" or lens is WHOLE,
    )  # fmt: skip


def captions_from(width: float, height: float) -> float:
    """The share of the height below which captions lie: higher in a tall picture."""
    return TALL_CAPTIONS if height > width * 1.2 else CAPTIONS + 0.012


def _size(staging: Staging, tall: bool) -> ShotSize:
    """The size as asked, or the nearest one the people in it allow."""
    count = len(staging.people)
    if staging.size == "over_shoulder" and count < 2:
        return "medium"
    if count > (2 if tall else 4) and staging.size in ("medium", "two_shot"):
        return "wide"
    return "two_shot" if staging.size == "medium" and count > 1 else staging.size


def _seen_whole(staging: Staging) -> bool:
    """Whether somebody falls, runs, rides or lies: a body that is only seen whole."""
    whole = any(person_of(one).tilt or one.gesture == "leaving" for one in staging.people)
    return whole and staging.size != "insert"


def _embraced(staging: Staging, size: ShotSize) -> Staging:
    """It takes two to embrace, to kiss and to shake hands, and a shot that shows both."""
    together = next((one.gesture for one in staging.people if one.gesture in PAIRED), None)
    if together is None:
        return staging
    both = len(staging.people) == 2 and size in ("wide", "two_shot")
    if not both and together == "dancing":
        return staging
    people = [
        one.model_copy(update={"gesture": together if both else "none"})
        if both or one.gesture in PAIRED
        else one
        for one in staging.people
    ]
    return staging.model_copy(update={"people": people})


def _apart(people: list[Blocking]) -> float:
    """How far apart the heads are of two who hold each other, in figure units; 0 when they do not."""
    return PAIRED.get(people[0].gesture, 0.0) if len(people) == 2 else 0.0


def _room(mark: Mark, marks: list[Mark]) -> float:
    way = {"left": -1, "right": 1, "camera": 0}[mark.facing]
    gaps = [(other.x - mark.x) * way for other in marks if other is not mark]
    return min((gap / mark.scale for gap in gaps if gap > 0), default=1000.0)


def _open_ahead(mark: Mark, marks: list[Mark]) -> tuple[float, float]:
    near = [other for other in marks if other.from_behind and other is not mark]
    high, low = (min((_gap(mark, other, y) for other in near), default=1000.0) for y in HAND_HEIGHTS)
    return high, low


def _gap(mark: Mark, other: Mark, y: float) -> float:
    """From the middle of a body to the outline of a back, at a height of that body."""
    down = (mark.y + y * mark.scale - other.y) / other.scale
    hair = crown_of(other.blocking) - 76.0
    head = HEAD_HALF + hair if down < EARS else JAW_HALF
    half = min(head + max(down - NECK, 0.0) * SLOPE, SHOULDERS)
    return (abs(other.x - mark.x) - half * other.scale) / mark.scale


def _view(staging: Staging, lens: Lens, w: float, h: float, tall: bool) -> View:
    seen = lens.seen * (1.42 if tall else 1.0)
    across = seen * w / h
    side = SPOTS[staging.people[0].position] - 1.0 if staging.people else 0.0
    # A wide shows what the place is, and that stands in the middle of every set.
    reach = 0.0 if lens.seen >= 900 else 330.0
    x = 800.0 + side * reach - across / 2
    return x, EYES_IN_SET - seen * (lens.eye_line if not tall else lens.eye_line * 0.95), across, seen


def _focus(marks: list[Mark], w: float, h: float, size: ShotSize) -> tuple[float, float]:
    seen = [mark for mark in marks if not mark.from_behind]
    if not seen or size == "insert":
        return w / 2, h * 0.5
    return sum(m.x for m in seen) / len(seen), sum(m.y for m in seen) / len(seen)


def _ordered(people: list[Blocking]) -> list[Blocking]:
    """From left to right; who was named first stands where the script says."""
    return sorted(people, key=lambda b: SPOTS[b.position])


def _wide(staging: Staging, lens: Lens, w: float, h: float, tall: bool) -> list[Mark]:
    people = _ordered(staging.people)
    scale = lens.scale * (1.3 if tall else 0.92 if h > w * 0.9 else 1.0)
    if len(people) > 3:
        scale = min(scale, w * (0.68 if tall else 0.52) / (len(people) - 1) / SHOULDERS)
    # A camera that is near at one end of its move must not stand on their toes.
    floor = 0.915 if staging.move in ("push_in", "pull_out") else 0.95
    marks, apart = [], _apart(people)
    for i, blocking in enumerate(people):
        x = w / 2 + (i - 0.5) * apart * scale if apart else _column(people, i, w, tall)
        y = h * (0.85 if tall else floor) - person_of(blocking).soles_y * scale
        facing = _towards_the_others(blocking, i, 2) if apart else blocking.facing
        mark = Mark(blocking=blocking, x=x, y=y, scale=scale, facing=facing)
        marks.append(_tilted(mark, w, tall=tall) if person_of(blocking).tilt else mark)
    # Who lies on the ground is nearer than who stands by.
    return sorted(marks, key=lambda mark: abs(person_of(mark.blocking).tilt) > UPRIGHT)


UPRIGHT = 60.0
"""Degrees from which on a figure lies."""


def _tilted(mark: Mark, w: float, *, tall: bool) -> Mark:
    """A figure off its feet, its middle where it would stand; nobody runs or lies towards the camera."""
    facing = "right" if mark.facing == "camera" else mark.facing
    person = person_of(mark.blocking, facing=facing)
    across = sin(radians(person.tilt)) * person.soles_y * mark.scale * (-1 if person.mirrored else 1)
    lies = abs(person.tilt) > UPRIGHT
    middle = w / 2 if tall and lies else mark.x
    lift = LAID * mark.scale if lies else 0.0
    return replace(mark, x=middle - across / 2, y=mark.y - lift, facing=facing)


def _column(people: list[Blocking], index: int, w: float, tall: bool) -> float:
    """People keep their spot unless two would stand in the same one."""
    spots = [SPOTS[b.position] for b in people]
    if len(people) == 1:
        return w * (0.34 + 0.16 * spots[0])
    if len(set(spots)) < len(spots) or len(people) > 3:
        first, last = (0.16, 0.84) if tall else (0.24, 0.76)
        return w * (first + (last - first) * index / (len(people) - 1))
    edge = 0.22 if tall else 0.3
    return w * (edge + (1 - 2 * edge) * spots[index] / 2)


def _row(staging: Staging, lens: Lens, w: float, h: float, tall: bool) -> list[Mark]:
    people = _ordered(staging.people)
    count = max(len(people), 1)
    room = w / (count * 240.0)
    if lens.scale > 2 and any(one.gesture in AT_TABLE for one in people):
        lens = PAIR_AT_WORK
    scale = min(lens.scale, room)
    y = h * (lens.eye_line + (0.06 if tall else 0.0))
    all_sit = all(person_of(one).seated for one in people)
    marks = []
    for i, blocking in enumerate(people):
        x = w * (i + 0.5) / count if count > 2 or tall else w * (0.3 + 0.4 * i) if count == 2 else w / 2
        if apart := _apart(people):
            x = w / 2 + (i - 0.5) * apart * scale
        facing = _towards_the_others(blocking, i, count)
        low = y + _short(blocking, scale, all_sit=all_sit)
        marks.append(Mark(blocking=blocking, x=x, y=low, scale=scale, facing=facing))
    return marks


def _towards_the_others(blocking: Blocking, index: int, count: int) -> Literal["left", "right", "camera"]:
    """Two people look at each other; in a larger group nobody on the edge looks out of it."""
    if count == 2 or (count > 2 and index in (0, count - 1)):
        return "right" if index < count / 2 else "left"
    return blocking.facing


def _short(blocking: Blocking, scale: float, *, all_sit: bool) -> float:
    """How much lower a short person's head is in a shared frame: less than in life, to stay together."""
    person = person_of(blocking)
    soles = person.body_place(0.0, 645.0)[1] if all_sit else person.soles_y
    return (640.0 - soles) * 0.32 * scale


def crown_of(blocking: Blocking) -> float:
    """How far hair and hat go above the eyes, in figure units."""
    tall = blocking.look.hair_style in ("bun", "afro") or blocking.look.accessory in TALL_HATS
    return 92.0 if tall else 76.0


def _single(staging: Staging, lens: Lens, w: float, h: float, tall: bool) -> list[Mark]:
    if not staging.people:
        return []
    blocking = staging.people[0]
    if blocking.gesture in AT_TABLE and lens.scale < 4:
        lens = AT_WORK
    scale = lens.scale
    if lens.scale > 4 and tall:
        scale = 5.0
    elif h > w * 0.9:
        scale = lens.scale * (1.0 if tall else 0.94)
    lead = {"left": 0.07, "right": -0.07, "camera": 0.0}[blocking.facing] * (0.35 if tall else 1.0)
    side = (SPOTS[blocking.position] - 1.0) * (0.03 if tall else 0.09) * (0.6 if lens.scale > 4 else 1.0)
    x = w * (0.5 + lead + side)
    if blocking.gesture in AT_DOOR and any(one.picture == "door" for one in staging.things):
        x = w * (0.62 if not tall else 0.44)
    crown = crown_of(blocking)
    scale = min(scale, h * (CAPTIONS - 2 * HEADROOM) / (crown + CHIN))
    y = max(h * lens.eye_line, h * HEADROOM + crown * scale)
    y = min(y, h * (CAPTIONS - HEADROOM) - CHIN * scale)
    return [Mark(blocking=blocking, x=x, y=y, scale=scale, facing=blocking.facing)]


def _over_shoulder(staging: Staging, lens: Lens, w: float, h: float, tall: bool) -> list[Mark]:
    seen, behind = staging.people[0], staging.people[1]
    if seen.gesture in AT_TABLE:
        lens = replace(lens, scale=lens.scale * 0.74, eye_line=lens.eye_line * 0.84)
    on_right = SPOTS[seen.position] >= SPOTS[behind.position]
    x = w * ((0.64 if on_right else 0.36) if not tall else (0.6 if on_right else 0.4))
    near_x = w * (0.13 if on_right else 0.87)
    near = lens.scale * (1.22 if not tall else 1.08)
    near_y = h * (0.5 if not tall else 0.58) + h * (_shorter(behind, seen) - 1.2 * _shorter(seen, behind))
    inwards: tuple[Literal["left", "right"], Literal["left", "right"]] = (
        ("left", "right") if on_right else ("right", "left")
    )
    scale = lens.scale * (0.86 if tall else 1.0)
    y = h * (lens.eye_line * 0.98 + 0.5 * _shorter(seen, behind))
    return [
        Mark(blocking=seen, x=x, y=y, scale=scale, facing=inwards[0]),
        Mark(blocking=behind, x=near_x, y=near_y, scale=near, facing=inwards[1], from_behind=True),
    ]


def _shorter(one: Blocking, other: Blocking) -> float:
    """How much lower a child is seen than an adult, as a share of the picture."""
    return 0.13 if one.look.age == "child" != other.look.age else 0.0


def _insert(staging: Staging, lens: Lens, w: float, h: float, tall: bool) -> list[Mark]:
    return []


_MARKS = {
    "wide": _wide, "two_shot": _row, "medium": _single, "over_shoulder": _over_shoulder, "close_up": _single,
    "insert": _insert,
}  # fmt: skip
