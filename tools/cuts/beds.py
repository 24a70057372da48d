"""What lies under the picture as a whole: music, and the tone of each room.

A bed is not moved piece by piece. Music stays where it is; the borders between rooms go with the shots at
which they lay. Neither is heard after the last picture.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from state.timeline import Gap, Timeline, TimeRange, Track, track_length
from tools.cuts.pieces import Piece, picture_of, pieces_of, starts_of, track_of

BEDS = ("music", "ambience")
ENDS_WITH_PICTURE = ("music", "ambience", "effects", "native")


class Where(Protocol):
    """Where a frame is after an edit; None where its clip is gone."""

    def __call__(self, frame: int, link: str = "") -> int | None:
        """The frame now."""


def is_bed(track: Track) -> bool:
    """Whether a track lies under the film as a whole."""
    return track.role in BEDS or any(piece.entry for piece in pieces_of(track))


def bed_following(track: Track, where: Where, ends: tuple[int, int]) -> Track:
    """A bed under a picture that was edited; `ends` are the picture's before and after."""
    pieces = pieces_of(track)
    if track.role == "music" or not pieces:
        return track
    borders = [start + piece.shared // 2 for start, piece in zip(starts_of(pieces), pieces, strict=True)]
    total = track_length(track)
    last = ends[1] if total == ends[0] else where(total)
    moved = _in_order([*(where(one) for one in borders), last], ends[1])
    return track_of(track, _spanning(pieces, moved))


def _in_order(frames: Sequence[int | None], end: int) -> list[int]:
    """Each border at or after the one before; one whose shot is gone lies where the next one does."""
    out: list[int] = []
    following = end
    for frame in reversed(frames):
        following = (
            min(following, end if frame is None else frame) if out else (end if frame is None else frame)
        )
        out.append(following)
    return [0, *out[::-1][1:]] if out else out


def _spanning(pieces: Sequence[Piece], borders: Sequence[int]) -> list[Piece]:
    """Each piece from its border to the next; half of a cross-fade lies before a border, half after it."""
    out: list[Piece] = []
    for number, (piece, (start, end)) in enumerate(zip(pieces, pairwise(borders), strict=True)):
        if end <= start:
            continue
        after = pieces[number + 1].shared if number + 1 < len(pieces) else 0
        length = end - start + (piece.shared if out else 0) // 2 + after - after // 2
        out.append(replace(_long(piece, length), entry=piece.entry if out else None))
    return out


def _long(piece: Piece, length: int) -> Piece:
    if isinstance(piece.item, Gap):
        return replace(piece, item=Gap(length=length))
    source = TimeRange(start=piece.item.source.start, length=length)
    return replace(piece, item=piece.item.model_copy(update={"source": source}))


def within(timeline: Timeline) -> Timeline:
    """Nothing but words is heard after the last picture."""
    end = track_length(picture_of(timeline))
    if not end:
        return timeline
    tracks = [_cut_off(track, end) if track.role in ENDS_WITH_PICTURE else track for track in timeline.tracks]
    return timeline.model_copy(update={"tracks": tracks})


def _cut_off(track: Track, end: int) -> Track:
    pieces = pieces_of(track)
    if track_length(track) <= end:
        return track
    kept = [
        _long(piece, min(piece.length, end - start))
        for start, piece in zip(starts_of(pieces), pieces, strict=True)
        if start < end
    ]
    while kept and isinstance(kept[-1].item, Gap):
        kept.pop()
    return track_of(track, kept)
