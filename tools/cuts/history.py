"""What was done to a cut: its digest, and what is different between two of them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import orjson

from state import edits
from state.timeline import Clip, Timeline
from tools.cuts.apply import applied
from tools.cuts.pieces import pieces_of, starts_of

Kind = Literal["added", "removed", "moved", "changed"]
What = Literal["clip", "track", "caption", "overlay", "marker", "film"]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that is otherwise in the later of two cuts."""

    what: What
    kind: Kind
    id: str
    name: str = ""
    fields: tuple[str, ...] = ()
    """Which of its fields have another value."""
    before: int | None = None
    """Its first frame before, and after."""
    after: int | None = None


def digest_of(timeline: Timeline) -> str:
    """SHA-256 of all that a cut says: two cuts with one digest are the same cut."""
    plain = timeline.model_dump(mode="json")
    return hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()


def replayed(timeline: Timeline, operations: Sequence[edits.Operation]) -> Timeline:
    """The cut after all of these, one after the other.

    Raises:
        EditRefused: one of them cannot be made.
    """
    for operation in operations:
        timeline = applied(timeline, operation)
    return timeline


def compared(before: Timeline, after: Timeline) -> list[Difference]:
    """What is otherwise in the later one, in the order of the cut."""
    clips = _differences("clip", _clips(before), _clips(after))
    written = [
        *_differences("caption", _captions(before), _captions(after)),
        *_differences("overlay", _overlays(before), _overlays(after)),
        *_differences("marker", _markers(before), _markers(after)),
    ]
    tracks = _differences("track", _tracks(before), _tracks(after))
    return [*sorted(clips, key=_place), *tracks, *sorted(written, key=_place), *_film(before, after)]


Found = dict[str, tuple[int | None, object]]


def _clips(cut: Timeline) -> Found:
    found: Found = {}
    for track in cut.tracks:
        pieces = pieces_of(track)
        for start, piece in zip(starts_of(pieces), pieces, strict=True):
            if isinstance(piece.item, Clip):
                found[piece.id] = (start, (track.name, piece.entry, piece.item))
    return found


def _captions(cut: Timeline) -> Found:
    return {one.id: (round(one.start_s * cut.fps), one) for one in cut.captions}


def _overlays(cut: Timeline) -> Found:
    return {one.id: (one.start, one) for one in cut.overlays}


def _markers(cut: Timeline) -> Found:
    return {one.id: (one.at, one) for one in cut.markers}


def _tracks(cut: Timeline) -> Found:
    return {one.name: (None, one.model_copy(update={"items": []})) for one in cut.tracks}


def _differences(what: What, before: Found, after: Found) -> list[Difference]:
    out = [
        Difference(what=what, kind="removed", id=key, name=_name(one), before=at)
        for key, (at, one) in before.items()
        if key not in after
    ]
    for key, (at, one) in after.items():
        if key not in before:
            out.append(Difference(what=what, kind="added", id=key, name=_name(one), after=at))
        elif before[key] != (at, one):
            out.append(_changed(what, key, before[key], (at, one)))
    return out


def _changed(
    what: What, key: str, before: tuple[int | None, object], after: tuple[int | None, object]
) -> Difference:
    fields = _fields(before[1], after[1])
    return Difference(
        what=what, kind="changed" if fields else "moved", id=key, name=_name(after[1]), fields=fields,
        before=before[0], after=after[0],
    )  # fmt: skip


def _fields(before: object, after: object) -> tuple[str, ...]:
    if isinstance(before, tuple) and isinstance(after, tuple):
        own = ("track", "transition")
        names = [name for name, a, b in zip(own, before, after, strict=False) if a != b]
        return (*names, *_fields(before[2], after[2]))
    first, second = vars(before), vars(after)
    moving = {"start_s", "end_s", "start", "at", "words"}
    return tuple(name for name in first if first[name] != second.get(name) and name not in moving)


def _film(before: Timeline, after: Timeline) -> list[Difference]:
    apart = {"tracks", "captions", "overlays", "markers"}
    fields = tuple(
        name for name in type(before).model_fields
        if name not in apart and getattr(before, name) != getattr(after, name)
    )  # fmt: skip
    lengths = (before.length, after.length)
    if not fields and lengths[0] == lengths[1]:
        return []
    changed = Difference(
        what="film", kind="changed", id="", name=after.name, fields=fields,
        before=lengths[0], after=lengths[1],
    )  # fmt: skip
    return [changed]


def _name(one: object) -> str:
    if isinstance(one, tuple):
        return str(one[2].name)
    return str(getattr(one, "name", "") or getattr(one, "text", ""))


def _place(one: Difference) -> int:
    return one.after if one.after is not None else one.before or 0
