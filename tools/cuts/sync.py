"""What follows the picture: sounds, captions, titles and notes stay with the frame that they were laid on.

An edit changes the picture track alone. Then everything else is asked which clip of the picture it belonged
to (its link; else the one under its first frame) and goes to where that frame of the clip is now. What
belonged to a clip that is gone goes with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from state.timeline import Clip, Cue, Marker, Overlay, Timeline, Title, Track
from tools.cuts.beds import bed_following, is_bed, within
from tools.cuts.lanes import laid_of, on_lanes
from tools.cuts.pieces import picture_of, pieces_of, starts_of

CUE_GAP_FRAMES = 2
LEAST_CUE_S = 0.2
T = TypeVar("T", Cue, Title, Overlay, Marker)


@dataclass(frozen=True)
class Anchor:
    """Where a clip of the picture is, and what it shows there."""

    start: int
    clip: Clip


class Following:
    """Where a frame of the cut before is in the cut after."""

    def __init__(self, before: Track, after: Track, *, by_content: bool = True) -> None:
        self._before, self._after = _anchors(before), {one.clip.id: one for one in _anchors(after)}
        self._by_content = by_content
        self.is_nothing = self._before == _anchors(after)

    def owner(self, frame: int, link: str = "") -> Anchor | None:
        """The clip that something at this frame belonged to; None before the first one."""
        linked = [one for one in self._before if link and one.clip.id == link]
        under = [one for one in self._before if one.start <= frame]
        return linked[0] if linked else under[-1] if under else None

    def __call__(self, frame: int, link: str = "") -> int | None:
        """The frame at which it is now; None where its clip is gone."""
        owner = self.owner(frame, link)
        if owner is None:
            return frame
        now = self._after.get(owner.clip.id)
        if now is None:
            return None
        offset = float(frame - owner.start)
        if self._by_content:
            shown = owner.clip.source.start + offset * owner.clip.speed
            offset = (shown - now.clip.source.start) / now.clip.speed
        return max(0, now.start + round(offset))


def follow(before: Timeline, after: Timeline, *, by_content: bool = True) -> Timeline:
    """The cut `after`, of which only the picture was changed, with everything else where it belongs."""
    where = Following(picture_of(before), picture_of(after), by_content=by_content)
    if where.is_nothing:
        return after
    ends = (_end(before), _end(after))
    tracks = [picture_of(after)]
    for track in after.tracks:
        if track.role != "picture":
            tracks += [bed_following(track, where, ends)] if is_bed(track) else _sounds(track, where)
    moved = after.model_copy(
        update={
            "tracks": _named_once(tracks),
            "captions": apart(_spans(after.captions, where, after.fps), after.fps),
            "titles": _spans(after.titles, where, after.fps),
            "overlays": _placed(after.overlays, where, "start"),
            "markers": sorted(_placed(after.markers, where, "at"), key=lambda one: one.at),
        }
    )
    return within(moved)


def _anchors(track: Track) -> list[Anchor]:
    pieces = pieces_of(track)
    placed = zip(pieces, starts_of(pieces), strict=True)
    return [Anchor(start, piece.item) for piece, start in placed if isinstance(piece.item, Clip)]


def _end(timeline: Timeline) -> int:
    pieces = pieces_of(picture_of(timeline))
    return starts_of(pieces)[-1] + pieces[-1].length if pieces else 0


def _sounds(track: Track, where: Following) -> list[Track]:
    moved = [(where(start, clip.link), clip) for start, clip in laid_of(track)]
    return on_lanes(track, [(start, clip) for start, clip in moved if start is not None])


def _named_once(tracks: Sequence[Track]) -> list[Track]:
    """A lane that was opened for a sound may have the name of a track that there is: they are one then."""
    named: dict[str, Track] = {}
    for track in tracks:
        if track.name not in named:
            named[track.name] = track
            continue
        both = sorted([*laid_of(named[track.name]), *laid_of(track)], key=lambda one: one[0])
        for lane in on_lanes(named[track.name], both):
            named[lane.name] = lane
    return list(named.values())


def _spans(items: Sequence[T], where: Following, fps: int) -> list[T]:
    """Captions and titles, whose times are seconds."""
    out: list[T] = []
    for one in items:
        assert not isinstance(one, Overlay | Marker)  # noqa: S101 - they count in frames
        frame = round(one.start_s * fps)
        now = where(frame, one.link if isinstance(one, Cue) else "")
        if now is not None:
            out.append(one if now == frame else later(one, (now - frame) / fps))
    return out


def later(one: T, seconds: float) -> T:
    """A caption or title so much later, its words too; never before the film begins."""
    assert not isinstance(one, Overlay | Marker)  # noqa: S101 - they count in frames
    by = max(seconds, -one.start_s)
    update: dict[str, object] = {"start_s": one.start_s + by, "end_s": one.end_s + by}
    if isinstance(one, Cue):
        update["words"] = [
            word.model_copy(update={"start_s": word.start_s + by, "end_s": word.end_s + by})
            for word in one.words
        ]
    return one.model_copy(update=update)


def apart(cues: Sequence[Cue], fps: int) -> list[Cue]:
    """In order, and never two at once: the one before ends when the next begins."""
    out: list[Cue] = []
    for cue in sorted(cues, key=lambda one: (one.start_s, one.end_s)):
        if out and out[-1].end_s > cue.start_s:
            least = out[-1].start_s + LEAST_CUE_S
            begins = max(cue.start_s, least + CUE_GAP_FRAMES / fps)
            out[-1] = out[-1].model_copy(update={"end_s": begins - CUE_GAP_FRAMES / fps})
            ends = max(cue.end_s, begins + LEAST_CUE_S)
            cue = cue.model_copy(update={"start_s": begins, "end_s": ends})
        out.append(cue)
    return out


def _placed(items: Sequence[T], where: Following, field: str) -> list[T]:
    out: list[T] = []
    for one in items:
        at = getattr(one, field)
        stays = isinstance(one, Overlay) and one.length is None  # it lies over all that follows
        now = at if stays else where(at, one.link if isinstance(one, Overlay) else "")
        if now is not None:
            out.append(one if now == at else one.model_copy(update={field: now}))
    return out
