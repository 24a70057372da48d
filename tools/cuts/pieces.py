"""A track as pieces: each clip or gap with the transition that leads into it.

Editing a list of pieces cannot leave a transition behind that stands between nothing; how long one may be
is put right when the track is made of them again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from state.timeline import Clip, Gap, Item, Timeline, TimeRange, Track, Transition

SHORTEST = 2
"""Frames of the shortest transition."""


@dataclass(frozen=True)
class Piece:
    """A clip or gap, and how the one before flows into it."""

    item: Clip | Gap
    entry: Transition | None = None

    @property
    def length(self) -> int:
        """Frames, those shared with its neighbours included."""
        return self.item.length

    @property
    def shared(self) -> int:
        """Frames that it shares with the piece before."""
        return self.entry.length if self.entry else 0

    @property
    def id(self) -> str:
        """Its clip's id; empty for a gap."""
        return self.item.id if isinstance(self.item, Clip) else ""


def pieces_of(track: Track) -> list[Piece]:
    """What a track holds, in order."""
    pieces: list[Piece] = []
    entry: Transition | None = None
    for item in track.items:
        if isinstance(item, Transition):
            entry = item
        else:
            pieces.append(Piece(item, entry))
            entry = None
    return pieces


def track_of(track: Track, pieces: Sequence[Piece]) -> Track:
    """The track with these pieces instead; transitions that do not fit any more are shortened, or go."""
    items: list[Item] = []
    for piece in settled(pieces):
        items += [piece.entry] if piece.entry else []
        items.append(piece.item)
    return track.model_copy(update={"items": items})


def settled(pieces: Sequence[Piece]) -> list[Piece]:
    """Transitions no longer than both neighbours can give; gaps side by side are one."""
    out: list[Piece] = []
    for piece in pieces:
        fitting = replace(piece, entry=_fitting(piece, out[-1] if out else None))
        before = out[-1] if out else None
        if before and fitting.entry is None and isinstance(piece.item, Gap) and isinstance(before.item, Gap):
            out[-1] = replace(before, item=Gap(length=before.length + piece.length))
        else:
            out.append(fitting)
    return out


def _fitting(piece: Piece, before: Piece | None) -> Transition | None:
    if piece.entry is None or before is None:
        return None
    room = min(before.length - before.shared, piece.length)
    if room < SHORTEST:
        return None
    return piece.entry.model_copy(update={"length": min(piece.entry.length, room)})


def starts_of(pieces: Sequence[Piece]) -> list[int]:
    """The first frame of each piece."""
    starts, at = [], 0
    for piece in pieces:
        starts.append(at - piece.shared)
        at = starts[-1] + piece.length
    return starts


def picture_of(timeline: Timeline) -> Track:
    """The picture track; an empty one where there is none."""
    found = [track for track in timeline.tracks if track.role == "picture"]
    return found[0] if found else Track(name="picture", role="picture")


def with_track(timeline: Timeline, track: Track) -> Timeline:
    """The cut with this track in the place of the one of its name, or as one more."""
    names = [one.name for one in timeline.tracks]
    if track.name not in names:
        return timeline.model_copy(update={"tracks": [*timeline.tracks, track]})
    tracks = [track if one.name == track.name else one for one in timeline.tracks]
    return timeline.model_copy(update={"tracks": tracks})


def source_frames(clip: Clip, fps: int) -> int | None:
    """How many frames its file has at the cut's rate; None for a still, and where nobody knows."""
    if clip.media.media_type == "image" or clip.media.duration_s is None:
        return None
    return int(clip.media.duration_s * fps + 1e-6)


def resized(clip: Clip, *, start: int, length: int) -> Clip:
    """The clip from another frame of its source, for `length` frames of the cut."""
    if clip.speed == 1:
        source = TimeRange(start=start, length=length)
        return clip.model_copy(update={"source": source, "frames": None})
    # A part of a source frame that is shown counts as a whole one.
    taken = max(1, -int(-length * clip.speed // 1))
    return clip.model_copy(update={"source": TimeRange(start=start, length=taken), "frames": length})
