"""Sounds that lie where they lie: a track without transitions as frames and clips, and back."""

from collections.abc import Sequence

from state.timeline import Clip, Gap, Item, Timeline, Track
from tools.cuts.pieces import pieces_of, starts_of

Laid = tuple[int, Clip]
"""The first frame of a sound, and the sound."""


def laid_of(track: Track) -> list[Laid]:
    """The sounds of a track with their first frames."""
    pieces = pieces_of(track)
    placed = zip(starts_of(pieces), pieces, strict=True)
    return [(start, piece.item) for start, piece in placed if isinstance(piece.item, Clip)]


def track_laid(track: Track, laid: Sequence[Laid]) -> Track:
    """The track with these sounds, which do not overlap."""
    items: list[Item] = []
    end = 0
    for start, clip in sorted(laid, key=lambda one: one[0]):
        items += [Gap(length=start - end)] if start > end else []
        items.append(clip)
        end = start + clip.length
    return track.model_copy(update={"items": items})


def on_lanes(track: Track, laid: Sequence[Laid]) -> list[Track]:
    """The track, and others like it for what would overlap: `effects/2`. Without sounds it is empty."""
    lanes: list[list[Laid]] = [[]]
    for start, clip in sorted(laid, key=lambda one: one[0]):
        free = next((lane for lane in lanes if not lane or _end(lane[-1]) <= start), None)
        if free is None:
            lanes.append(free := [])
        free.append((start, clip))
    names = [track.name, *(f"{track.name}/{number}" for number in range(2, len(lanes) + 1))]
    return [
        track_laid(track.model_copy(update={"name": name}), lane)
        for name, lane in zip(names, lanes, strict=True)
    ]


def overlapped(laid: Sequence[Laid], start: int, length: int) -> Laid | None:
    """The first sound that something from `start` on would lie over."""
    over = (one for one in laid if one[0] < start + length and _end(one) > start)
    return next(over, None)


def talked_over(timeline: Timeline) -> list[tuple[Clip, Clip]]:
    """Lines that are heard while another one is not over yet: that one, and the one that comes too soon."""
    heard = (track for track in timeline.tracks if track.role == "voice" and not track.muted)
    lines = sorted(
        ((start, clip) for track in heard for start, clip in laid_of(track) if not clip.muted),
        key=lambda one: one[0],
    )
    found: list[tuple[Clip, Clip]] = []
    for number, (start, clip) in enumerate(lines):
        late = (other for other in lines[:number] if _end(other) > start)
        found += [(other[1], clip) for other in late]
    return found


def _end(laid: Laid) -> int:
    return laid[0] + laid[1].length
