"""The same person in the same frame and pose is no new picture: the camera goes round to another side."""

from collections.abc import Iterator, Sequence
from typing import Literal

from state.script import Staging

WITHIN = 6
"""Panels in which no picture comes back as it was."""
Facing = Literal["left", "right", "camera"]
Position = Literal["left", "centre", "right"]
BEHIND: dict[Facing, Position] = {"left": "right", "right": "left", "camera": "centre"}
"""Who looks one way stands on the other side, with room before the eyes."""
AT_A_DOOR = frozenset(("opening", "knocking"))


def otherwise(staging: Staging, before: Sequence[Staging]) -> Staging:
    """The staging as it is, or from another side where one of the latest pictures looks just like it."""
    seen = [_picture(one) for one in before[-WITHIN + 1 :]]
    if len(staging.people) != 1 or _picture(staging) not in seen:
        return staging
    if staging.people[0].gesture in AT_A_DOOR:
        # The door has its side.
        return staging
    return next((one for one in _ways(staging) if _picture(one) not in seen), staging)


def _ways(staging: Staging) -> Iterator[Staging]:
    """How else the same may be framed: nobody turns round or crosses the line within a scene."""
    facing: Facing = staging.people[0].facing
    yield _turned(staging, facing, "centre")
    yield _turned(staging, facing, BEHIND[facing])


def _turned(staging: Staging, facing: Facing, position: Position) -> Staging:
    one = staging.people[0].model_copy(update={"facing": facing, "position": position})
    return staging.model_copy(update={"people": [one]})


def _picture(staging: Staging) -> tuple[object, ...]:
    """What makes two panels look the same, whatever the faces in them feel."""
    people = [(one.character, one.gesture, one.holds, one.facing, one.position) for one in staging.people]
    things = [one.picture for one in staging.things]
    return staging.place.name, staging.size, staging.subject, tuple(people), tuple(things)
