"""A track as other programs see it: items that meet at cuts, with transitions that reach over them.

In our cut the two items of a transition overlap by its length. OpenTimelineIO, FCPXML and every editing
program let them meet in the middle of it, and take the rest from handles. Both say the same frames; here is
the way there.
"""

from dataclasses import dataclass

from state.errors import PostError
from state.timeline import Clip, Gap, Track, Transition


@dataclass(frozen=True)
class Join:
    """A transition, by its frames before the cut and after it."""

    style: str
    before: int
    after: int

    @property
    def length(self) -> int:
        """All its frames."""
        return self.before + self.after


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A clip or gap between its cuts. All numbers are frames of the cut."""

    item: Clip | Gap
    start: int
    """The cut into it."""
    length: int
    """From that cut to the next one."""
    entry: Join | None = None
    leave: Join | None = None

    @property
    def end(self) -> int:
        """The cut out of it."""
        return self.start + self.length

    @property
    def head(self) -> int:
        """Frames that are seen before the cut into it."""
        return self.entry.before if self.entry else 0

    @property
    def tail(self) -> int:
        """Frames that are seen after the cut out of it."""
        return self.leave.after if self.leave else 0

    @property
    def first(self) -> int:
        """Where its first frame is seen, which may be before the cut."""
        return self.start - self.head


def lay(track: Track) -> list[Laid]:
    """Every clip and gap of a track between its cuts.

    Raises:
        PostError: a transition without two neighbours, or longer than they can give.
    """
    laid: list[Laid] = []
    entry: Join | None = None
    at = 0
    for index, item in enumerate(track.items):
        if isinstance(item, Transition):
            if entry is not None or not laid or index + 1 == len(track.items):
                raise PostError(f"A transition of track {track.name} does not stand between two items")
            entry = halved(item)
            continue
        leave = _leave(track, index)
        head, tail = entry.before if entry else 0, leave.after if leave else 0
        shared = (entry.length if entry else 0) + (leave.length if leave else 0)
        if shared > item.length:
            raise PostError(f"The transitions of an item on track {track.name} are longer than it is")
        laid.append(Laid(item=item, start=at, length=item.length - head - tail, entry=entry, leave=leave))
        at, entry = laid[-1].end, None
    return laid


def halved(transition: Transition) -> Join:
    """A transition around its cut; of an odd length the second half is the longer one."""
    before = transition.length // 2
    return Join(transition.style, before, transition.length - before)


def _leave(track: Track, index: int) -> Join | None:
    after = track.items[index + 1] if index + 1 < len(track.items) else None
    return halved(after) if isinstance(after, Transition) else None
