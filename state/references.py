"""Pictures that an engine should keep to, ranked: who it is before what it is, before how it looks.

An engine takes only so many. Which ones are sent is decided here, by what they show and where the camera is.
"""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from state.media import MediaRef
from state.script import Blocking, Staging

View = Literal["front", "three_quarter", "profile", "back"]
Shows = Literal["given", "character", "product", "storyboard", "style"]
"""`given` is what a person brought for this very shot; `storyboard` its approved frame."""

RANK: dict[Shows, int] = {"given": 0, "character": 1, "product": 3, "storyboard": 4, "style": 5}
OTHER_VIEW = 2
"""A person from a side that the camera does not see: after those that it does see, before things."""
NEAREST: dict[View, tuple[View, ...]] = {
    "front": ("front", "three_quarter"),
    "three_quarter": ("three_quarter", "profile"),
    "profile": ("profile", "three_quarter"),
    "back": ("back", "profile"),
}
"""Which portraits show what the camera sees, the best first."""
TRIPLE = 3
"""So many slots are for a front portrait, the angle of the camera, and the approved storyboard frame."""
WORDS: dict[Shows, str] = {
    "given": "the given picture", "character": "a portrait", "product": "the product",
    "storyboard": "the storyboard frame", "style": "the style",
}  # fmt: skip


class Reference(BaseModel, frozen=True):
    """One picture to keep to, and what it shows."""

    media: MediaRef
    shows: Shows
    name: str = ""
    """Who, of a portrait."""
    view: View = "front"
    """From where, of a portrait."""

    @property
    def words(self) -> str:
        """What people call it: `Ana, profile`, `the product`."""
        if self.shows != "character" or not self.name:
            return WORDS[self.shows]
        return f"{self.name}, {self.view.replace('_', ' ')}"


def view_of(person: Blocking, staging: Staging) -> View:
    """From where the camera of a shot sees somebody."""
    if person.gesture == "leaving":
        return "back"
    if staging.size == "over_shoulder":
        return "three_quarter"
    return "front" if person.facing == "camera" else "profile"


def ranked(references: Sequence[Reference], staging: Staging, *, slots: int) -> list[Reference]:
    """All of them, each picture once, those first that a model with so many slots should get.

    Who stands first in the staging is who the shot is about. With three slots and a front portrait of theirs,
    that is followed by the angle of the camera and the storyboard frame.
    """
    known = list({one.media.key: one for one in reversed(references)}.values())[::-1]
    in_order = sorted(known, key=lambda one: _rank(one, staging))
    lead = _triple(in_order, staging) if slots == TRIPLE else []
    return [*lead, *(one for one in in_order if one not in lead)]


def _rank(one: Reference, staging: Staging) -> tuple[int, int, int]:
    if one.shows != "character":
        return RANK[one.shows], 0, 0
    names = [person.character for person in staging.people]
    place = names.index(one.name) if one.name in names else len(names)
    seen = NEAREST[view_of(staging.people[place], staging)] if place < len(names) else ()
    if one.view == "front":  # the face first, from wherever it is seen
        return RANK["character"], 0, place
    if one.view in seen:
        return RANK["character"], 1 + seen.index(one.view), place
    return OTHER_VIEW, 0, place


def _triple(in_order: Sequence[Reference], staging: Staging) -> list[Reference]:
    """Front portrait, angle of the camera, storyboard frame; none without a front portrait of the lead."""
    lead = staging.people[0] if staging.people else None
    portraits = [one for one in in_order if one.shows == "character" and lead and one.name == lead.character]
    front = [one for one in portraits if one.view == "front"][:1]
    if lead is None or not front:
        return []
    seen = NEAREST[view_of(lead, staging)]
    angles = sorted(
        (one for one in portraits if one not in front and one.view in seen),
        key=lambda one: seen.index(one.view),
    )
    frame = [one for one in in_order if one.shows in ("given", "storyboard")][:1]
    return [*front, *angles[:1], *frame]
