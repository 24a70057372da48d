"""Ids in a cut: what can be edited has one, and nothing ever gets one that was used before."""

import re
from collections.abc import Iterator
from itertools import count
from typing import TypeVar

from state import edits
from state.refusals import refuse
from state.timeline import Clip, Item, Timeline, Track
from tools.cuts.lanes import laid_of
from tools.cuts.pieces import picture_of, pieces_of, starts_of

NUMBER = re.compile(r"^[a-z](\d{1,9})$")
T = TypeVar("T", bound=edits.Operation)


def opened(timeline: Timeline) -> Timeline:
    """A cut ready to be edited: everything has an id, and sounds and captions the clip they belong to."""
    numbers = count(_highest(timeline) + 1)
    named = [_numbered(track, numbers) for track in timeline.tracks]
    clips = _anchored(timeline.model_copy(update={"tracks": named}))
    return timeline.model_copy(
        update={
            "tracks": [track if track.role == "picture" else _linked(track, clips) for track in named],
            "captions": [
                one.model_copy(
                    update={
                        "id": one.id or f"q{next(numbers)}",
                        "link": one.link or _owner(clips, round(one.start_s * timeline.fps)),
                    }
                )
                for one in timeline.captions
            ],
            "overlays": [
                one.model_copy(update={"id": one.id or f"o{next(numbers)}"}) for one in timeline.overlays
            ],
            "markers": [
                one.model_copy(update={"id": one.id or f"m{next(numbers)}"}) for one in timeline.markers
            ],
        }
    )


def named(timeline: Timeline, edit: T, *, after: int = 0) -> T:
    """The operation with an id for what it makes, where nobody gave it one.

    `after` is the highest number that any version of the cut has used.

    Raises:
        EditRefused: the id that was given is taken.
    """
    wanted = _wanted(edit)
    if wanted is None:
        return edit
    field, letter, given = wanted
    if given and given in _ids(timeline):
        refuse(f"The id {given} is taken.", field=field, fix="Give another one, or none.")
    return edit if given else _given(edit, f"{letter}{max(after, _highest(timeline)) + 1}")


def highest(timeline: Timeline) -> int:
    """The highest number among its ids."""
    return _highest(timeline)


def _wanted(edit: edits.Operation) -> tuple[str, str, str] | None:
    if isinstance(edit, edits.AddClip):
        return "clip.id", "c", edit.clip.id
    if isinstance(edit, edits.SplitClip | edits.AnchorFrame):
        return "new_id", "c", edit.new_id
    if isinstance(edit, edits.AddCaption):
        return "id", "q", edit.id
    if isinstance(edit, edits.AddOverlay):
        return "overlay.id", "o", edit.overlay.id
    if isinstance(edit, edits.AddMarker):
        return "id", "m", edit.id
    return None


def _given(edit: T, made: str) -> T:
    if isinstance(edit, edits.AddClip):
        return edit.model_copy(update={"clip": edit.clip.model_copy(update={"id": made})})
    if isinstance(edit, edits.AddOverlay):
        return edit.model_copy(update={"overlay": edit.overlay.model_copy(update={"id": made})})
    return edit.model_copy(
        update={"new_id" if isinstance(edit, edits.SplitClip | edits.AnchorFrame) else "id": made}
    )


def _ids(timeline: Timeline) -> set[str]:
    clips = {item.id for track in timeline.tracks for item in track.items if isinstance(item, Clip)}
    written = {one.id for one in timeline.captions} | {one.id for one in timeline.overlays}
    return (clips | written | {one.id for one in timeline.markers}) - {""}


def _highest(timeline: Timeline) -> int:
    found = [NUMBER.match(one) for one in _ids(timeline)]
    return max((int(one[1]) for one in found if one), default=0)


def _numbered(track: Track, numbers: Iterator[int]) -> Track:
    items: list[Item] = [
        item.model_copy(update={"id": item.id or f"c{next(numbers)}"}) if isinstance(item, Clip) else item
        for item in track.items
    ]
    return track.model_copy(update={"items": items})


def _anchored(timeline: Timeline) -> list[tuple[int, str]]:
    pieces = pieces_of(picture_of(timeline))
    placed = zip(starts_of(pieces), pieces, strict=True)
    return [(start, piece.id) for start, piece in placed if piece.id]


def _linked(track: Track, clips: list[tuple[int, str]]) -> Track:
    """Sounds of a shot to its clip. Beds belong to none."""
    if track.role in ("music", "ambience"):
        return track
    owners = {clip.id: _owner(clips, start) for start, clip in laid_of(track)}
    items: list[Item] = [
        item.model_copy(update={"link": item.link or owners[item.id]}) if isinstance(item, Clip) else item
        for item in track.items
    ]
    return track.model_copy(update={"items": items})


def _owner(clips: list[tuple[int, str]], frame: int) -> str:
    return next((name for start, name in reversed(clips) if start <= frame), "")
