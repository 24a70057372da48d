"""A film cut into pieces that are rendered by themselves and joined by copy.

Pure planning. A piece begins and ends at a straight cut, or inside a clip at a frame that is counted from the
clip's file: so neither a clip that moves nor one that is trimmed makes another piece of what it still shows.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from state.timeline import Clip, Effect, Gap, Item, Timeline, TimeRange, Track, Transition, track_length
from tools.post.layout import Placed, lay_out
from tools.post.sources import Source

SHORTEST_S = 1
"""A piece for every cut of a music video would be more beginnings than pictures."""
GRID_S = 8
"""Every piece costs about a fifth of a second to begin; a changed word costs a whole one."""
_RUN = 4
"""Runs of short clips are parted where their content says so, and at this many times the shortest at most."""
_MOVING = {"shake"}
"""Looks that go on from frame to frame: they would jump where a clip is parted."""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Frames `start` to `end` of the film, and what they show."""

    start: int
    items: tuple[Item, ...]

    @property
    def length(self) -> int:
        """Frames, what transitions share counted once."""
        return _length(self.items)

    @property
    def end(self) -> int:
        """The first frame after it."""
        return self.start + self.length


def plan_segments(timeline: Timeline, sources: Mapping[str, Source]) -> list[Segment]:
    """The film in pieces, in order and without a gap: together `timeline.length` frames.

    Raises:
        PostError: a transition that does not fit.
    """
    track = next((one for one in timeline.tracks if one.role == "picture"), None)
    items = _parted(timeline, lay_out(track), sources) if track else []
    if missing := timeline.length - _length(items):
        items += _parted_gap(missing, timeline.fps)
    segments, at = [], 0
    for group in _grouped(list(_joined(items)), timeline.fps):
        segments.append(Segment(start=at, items=tuple(group)))
        at = segments[-1].end
    return segments


def as_timeline(segment: Segment, film: Timeline) -> Timeline:
    """A film of its own that shows only this, without words."""
    track = Track(name="picture", role="picture", items=list(segment.items))
    return Timeline(name="", fps=film.fps, width=film.width, height=film.height, tracks=[track],
                    effects=film.effects)  # fmt: skip


def _length(items: Sequence[Item]) -> int:
    return track_length(Track(name="picture", role="picture", items=list(items)))


def _parted(timeline: Timeline, placed: Sequence[Placed], sources: Mapping[str, Source]) -> list[Item]:
    """All items again, long ones in parts that follow each other in straight cuts."""
    whole = _moves(timeline.effects)
    items: list[Item] = []
    for part in placed:
        if part.entry.length:
            items.append(Transition(style=part.entry.style, length=part.entry.length))
        if isinstance(part.item, Gap) or whole or not _partable(part.item):
            items.append(part.item)
        else:
            items += _parted_clip(part, part.item, timeline.fps, sources[part.item.media.key])
    return items


def _moves(effects: Sequence[Effect]) -> bool:
    return any(one.name in _MOVING and one.on and one.strength > 0 for one in effects)


def _partable(clip: Clip) -> bool:
    """Whether a frame of it depends on nothing that was shown before it."""
    return clip.speed == 1 and clip.length == clip.source.length and not _moves(clip.effects)


def _parted_clip(part: Placed, clip: Clip, fps: int, source: Source) -> Iterator[Clip]:
    """A clip at places of its file; of one whose rate is not constant nobody knows what a moment shows."""
    still = clip.media.media_type == "image"
    first, last = (0, clip.length) if still else (clip.source.start, clip.source.end)
    known = last if still else source.frames_at(fps) - fps
    head, tail = max(part.entry.length, clip.fade_in), max(part.leave.length, clip.fade_out)
    room = range(first + head + SHORTEST_S * fps, min(known, last - tail - SHORTEST_S * fps + 1))
    wishes = ((_near_key(place, source, fps), place) for place in range(0, last, GRID_S * fps))
    borders = sorted({next(at for at in wish if at in room) for wish in wishes if set(wish) & set(room)})
    if not borders and part.entry.length and part.leave.length:
        borders = _middle(room, fps)
    for start, end in pairwise([first, *borders, last]):
        begin = clip.source.start if still else start
        yield clip.model_copy(update={
            "source": TimeRange(start=begin, length=end - start),
            "frames": None,
            "fade_in": clip.fade_in if start == first else 0,
            "fade_out": clip.fade_out if end == last else 0,
        })  # fmt: skip


def _middle(room: range, fps: int) -> list[int]:
    """A whole second of the file near the middle: otherwise a film of crossfades would be one piece."""
    seconds = [at for at in room if at % fps == 0]
    return [min(seconds, key=lambda at: abs(at - room[len(room) // 2]))] if seconds else []


def _near_key(place: int, source: Source, fps: int) -> int:
    """The next frame of the file that needs no other, if it is near: parts that begin there can be copied."""
    keys = source.keys if source.rate == fps else ()
    found = bisect_left(keys, place)
    near = found < len(keys) and keys[found] < place + GRID_S * fps // 2
    return keys[found] if near else place


def _parted_gap(length: int, fps: int) -> list[Item]:
    most = GRID_S * fps
    return [Gap(length=min(most, length - start)) for start in range(0, length, most)]


def _joined(items: Sequence[Item]) -> Iterator[list[Item]]:
    """What transitions hold together."""
    group: list[Item] = []
    for item in items:
        if group and not isinstance(item, Transition) and not isinstance(group[-1], Transition):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _grouped(groups: Sequence[list[Item]], fps: int) -> Iterator[list[Item]]:
    """Short ones together.

    Where a run of them is parted depends on what they show and not on how many came before, so that one
    more or less changes only its neighbours.
    """
    run: list[Item] = []
    for group in groups:
        if _length(group) >= SHORTEST_S * fps:
            yield from (run, group) if run else (group,)
            run = []
            continue
        run = run + group
        if _is_full(run, fps):
            yield run
            run = []
    if run:
        yield run


def _is_full(run: list[Item], fps: int) -> bool:
    length, shortest = _length(run), SHORTEST_S * fps
    return length >= _RUN * shortest or (length >= shortest and _is_border(run[-1]))


def _is_border(item: Item) -> bool:
    shown = f"{item.media.key} {item.source.start} {item.source.length}" if isinstance(item, Clip) else "gap"
    return crc32(shown.encode()) % 2 == 0
