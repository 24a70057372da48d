"""The same person in the same frame and pose is no new picture: the camera goes round to another side."""

from collections.abc import Sequence
from typing import Literal

from state.script import Staging

WITHIN = 6
"""Panels in which no picture comes back as it was."""
Side = Literal["left", "right", "camera"]
SIDES: tuple[tuple[Side, Literal["left", "centre", "right"]], ...] = (
    ("camera", "right"), ("left", "left"), ("right", "left"), ("camera", "left"), ("left", "right"),
)  # fmt: skip
"""Where the camera may go instead: whom it sees looks that way, and stands there in the frame."""
AT_A_DOOR = frozenset(("opening", "knocking"))


def otherwise(staging: Staging, before: Sequence[Staging]) -> Staging:
    """The staging as it is, or from another side where one of the latest pictures looks just like it."""
    seen = [_picture(one) for one in before[-WITHIN + 1 :]]
    if len(staging.people) != 1 or _picture(staging) not in seen:
        return staging
    if staging.people[0].gesture in AT_A_DOOR:
        # The door has its side.
        return staging
    ways = (_turned(staging, facing, position) for facing, position in SIDES)
    return next((one for one in ways if _picture(one) not in seen), staging)


def _turned(staging: Staging, facing: Side, position: Literal["left", "centre", "right"]) -> Staging:
    one = staging.people[0].model_copy(update={"facing": facing, "position": position})
    return staging.model_copy(update={"people": [one]})


def _picture(staging: Staging) -> tuple[object, ...]:
    """What makes two panels look the same, whatever the faces in them feel."""
    people = [(one.character, one.gesture, one.holds, one.facing, one.position) for one in staging.people]
    things = [one.picture for one in staging.things]
    return staging.place.name, staging.size, staging.subject, tuple(people), tuple(things)
