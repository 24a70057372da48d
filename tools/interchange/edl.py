"""A cut as CMX3600 edit decision lists: one for each track of pictures, sounds with the first."""

from collections.abc import Container, Sequence

from state.timeline import Marker, Timeline
from tools.interchange.butted import Join
from tools.interchange.edl_events import (
    WIPES,
    Event,
    Source,
    picture_events,
    sound_events,
)
from tools.interchange.media import media_files
from tools.interchange.names import one_line
from tools.interchange.timecode import HOUR, timecode

MOST_OF_A_JOIN = 999
"""Frames that the three digits of a transition can say."""
_TITLE = 70


def write_edls(timeline: Timeline, *, missing: Container[str] = (), start_s: int = HOUR) -> list[str]:
    """A list for each track of pictures, the first with the sounds and the notes; one at least.

    Record timecode begins at `start_s` seconds. Files whose keys are in `missing` are marked so.

    Raises:
        EditRefused: more frames a second than timecode can count.
        PostError: a transition that does not fit between its neighbours.
    """
    files = media_files(timeline)
    pictures = [track for track in timeline.tracks if track.role == "picture"]
    lists = [picture_events(track, files) for track in pictures] or [[]]
    lists[0] = sorted([*lists[0], *sound_events(timeline, files)], key=lambda one: one.record_in)
    page = _Page(timeline, missing, start_s)
    return [page.written(events, timeline.markers if events is lists[0] else []) for events in lists]


class _Page:
    """Writes the events of one list."""

    def __init__(self, timeline: Timeline, missing: Container[str], start_s: int) -> None:
        self._fps, self._missing = timeline.fps, missing
        self._title = one_line(timeline.name, _TITLE) or "CUT"
        self._zero = start_s * timeline.fps

    def written(self, events: Sequence[Event], markers: Sequence[Marker]) -> str:
        timecode(self._zero, self._fps)
        lines = [f"TITLE: {self._title}", "FCM: NON-DROP FRAME", ""]
        notes = _beside(events, markers)
        for number, event in enumerate(events, start=1):
            lines += self._event(number, event)
            lines += [self._note(marker) for marker in notes.get(number - 1, [])]
        return "\n".join(lines) + "\n"

    def _event(self, number: int, event: Event) -> list[str]:
        lines = []
        kind, length = _transition(event.join)
        if event.join is not None and event.before is not None:
            out, at = event.before_out, event.record_in
            lines.append(self._line(number, event.before.reel, event.channel, ("C", ""), (out, out, at, at)))
        times = (event.source_in, event.source_out, event.record_in, event.record_out)
        lines.append(self._line(number, event.source.reel, event.channel, (kind, length), times))
        if event.speed != 1:
            start = timecode(event.source_in, self._fps)
            lines.append(
                f"M2   {event.source.reel:<8}       {event.speed * self._fps:05.1f}                {start}"
            )
        if event.join is not None and event.join.style != "dissolve":
            lines.append(f"EFFECTS NAME IS {event.join.style.upper()}")
        return [*lines, *self._comments(event)]

    def _line(
        self, number: int, reel: str, channel: str, kind: tuple[str, str], times: tuple[int, int, int, int]
    ) -> str:
        codes = [timecode(time, self._fps) for time in times[:2]]
        codes += [timecode(self._zero + time, self._fps) for time in times[2:]]
        return f"{number:03d}  {reel:<8} {channel:<4}  {kind[0]:<4} {kind[1]:>3} {' '.join(codes)}"

    def _comments(self, event: Event) -> list[str]:
        lines = []
        sources = [event.source] if event.before is None else [event.before, event.source]
        for source, word in zip(sources, ("FROM", "TO"), strict=False):
            if source.key:
                lines.append(f"* {word} CLIP NAME:  {one_line(source.name) or source.reel}")
        files = [source for source in sources if source.key]
        lines += [f"* SOURCE FILE: {source.path}" for source in files]
        return [*lines, *(self._missed(source) for source in files if source.key in self._missing)]

    def _missed(self, source: Source) -> str:
        return f"* MISSING FILE: {source.path}"

    def _note(self, marker: Marker) -> str:
        said = ": ".join(part for part in (one_line(marker.name), one_line(marker.comment, 500)) if part)
        return f"* LOC: {timecode(self._zero + marker.at, self._fps)} {marker.colour:<7} {said}".rstrip()


def _transition(join: Join | None) -> tuple[str, str]:
    """The letter of a transition and its frames; nothing but dissolves and wipes has one."""
    if join is None:
        return "C", ""
    family, _, way = join.style.rpartition("_")
    kind = WIPES.get(way, "D") if family in ("wipe", "soft_wipe") else "D"
    return kind, f"{min(join.length, MOST_OF_A_JOIN):03d}"


def _beside(events: Sequence[Event], markers: Sequence[Marker]) -> dict[int, list[Marker]]:
    """Notes by the event that is on when they are due; those in black by the picture before it."""
    notes: dict[int, list[Marker]] = {}
    pictures = [at for at, event in enumerate(events) if event.channel == "V"] or list(range(len(events)))
    for marker in sorted(markers, key=lambda one: one.at):
        begun = [at for at in pictures if events[at].record_in <= marker.at]
        if pictures:
            notes.setdefault((begun or pictures[:1])[-1], []).append(marker)
    return notes
