"""Where every item of a track lies, in whole frames.

Picture and sound read the same layout, so they cannot drift apart.
"""

from dataclasses import dataclass

from state.errors import PostError
from state.timeline import Clip, Gap, Track, Transition


@dataclass(frozen=True, kw_only=True)
class Entry:
    """How an item begins or ends: `length` frames shared with its neighbour, 0 for a straight cut."""

    style: str = "cut"
    length: int = 0


CUT = Entry()


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A clip or gap with its first frame on the timeline."""

    item: Clip | Gap
    start: int
    entry: Entry = CUT
    leave: Entry = CUT

    @property
    def length(self) -> int:
        """Frames of the item, those shared with its neighbours included."""
        return self.item.length

    @property
    def end(self) -> int:
        """The first frame after the item."""
        return self.start + self.length


def lay_out(track: Track) -> list[Placed]:
    """Place every clip and gap of a track.

    Raises:
        PostError: a transition without two neighbours, or longer than they can give.
    """
    placed: list[Placed] = []
    entry, at = CUT, 0
    for index, item in enumerate(track.items):
        if isinstance(item, Transition):
            entry = _entry(track, index, item)
            continue
        leave = _following(track, index)
        placed.append(Placed(item=item, start=at - entry.length, entry=entry, leave=leave))
        at, entry = placed[-1].end, CUT
        _check_room(track, placed[-1])
    return placed


def _entry(track: Track, index: int, transition: Transition) -> Entry:
    neighbours = track.items[index - 1 : index] + track.items[index + 1 : index + 2]
    if index == 0 or len(neighbours) < 2 or any(isinstance(item, Transition) for item in neighbours):
        raise PostError(f"A transition of track {track.name} does not stand between two items")
    return Entry(style=transition.style, length=transition.length)


def _following(track: Track, index: int) -> Entry:
    after = track.items[index + 1] if index + 1 < len(track.items) else None
    return Entry(style=after.style, length=after.length) if isinstance(after, Transition) else CUT


def _check_room(track: Track, placed: Placed) -> None:
    if placed.entry.length + placed.leave.length > placed.length:
        name = placed.item.name if isinstance(placed.item, Clip) else "a gap"
        raise PostError(f"The transitions of {name} on track {track.name} are longer than it is")
