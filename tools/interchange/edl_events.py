"""The events of a CMX3600 list: what is recorded from where to where, on which channel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from state.timeline import Clip, Gap, Role, Timeline, Track
from tools.interchange.butted import Join, Laid, lay
from tools.interchange.media import MediaFile

CHANNELS = ("A", "A2", "A3", "A4")
BLACK = "BL"
WIPES = {"left": "W001", "right": "W001", "up": "W002", "down": "W002"}
"""SMPTE codes of an edge that stands or lies; which way it moves has no place in the list."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """What an event takes its frames from; black without a clip."""

    reel: str = BLACK
    name: str = ""
    path: str = ""
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of record, or two where it comes out of another source. All numbers are frames."""

    channel: str
    source: Source
    source_in: int
    source_out: int
    record_in: int
    record_out: int
    speed: float = 1.0
    join: Join | None = None
    """How it comes in."""
    before: Source | None = None
    """What it comes out of, and at which of its frames."""
    before_out: int = 0


def picture_events(track: Track, files: Mapping[str, MediaFile]) -> list[Event]:
    """The events of a track of pictures.

    Raises:
        PostError: a transition that does not fit.
    """
    return _events(track, "V", files)


def sound_channels(timeline: Timeline) -> list[list[Track]]:
    """Tracks that are heard, by channel: those of one role share one where no two sounds meet."""
    channels: list[list[Track]] = []
    for track in timeline.tracks:
        if track.role == "picture" or track.muted or not _spans(track):
            continue
        fitting = (channel for channel in channels if _shares(channel, track.role, _spans(track)))
        found = next(fitting, None)
        if found is None:
            channels.append([track])
        else:
            found.append(track)
    return channels


def sound_events(timeline: Timeline, files: Mapping[str, MediaFile]) -> list[Event]:
    """The events of the first four channels of sound; what is muted is in no list."""
    return [
        event
        for name, channel in zip(CHANNELS, sound_channels(timeline), strict=False)
        for track in channel
        for event in _events(track, name, files)
    ]


def _shares(channel: Sequence[Track], role: Role, spans: Sequence[tuple[int, int]]) -> bool:
    if any(track.role != role for track in channel):
        return False
    taken = [span for track in channel for span in _spans(track)]
    return not any(a < end and start < b for a, b in taken for start, end in spans)


def _spans(track: Track) -> list[tuple[int, int]]:
    heard = [laid for laid in lay(track) if isinstance(laid.item, Clip) and not laid.item.muted]
    return [(laid.first, laid.first + laid.item.length) for laid in heard]


def _events(track: Track, channel: str, files: Mapping[str, MediaFile]) -> list[Event]:
    events: list[Event] = []
    before: tuple[Source, int] = (Source(), 0)
    for laid in lay(track):
        event = _event(laid, channel, files, before)
        before = (event.source, event.source_out)
        silent = isinstance(laid.item, Clip) and laid.item.muted and channel != "V"
        named = laid.entry is not None or laid.leave is not None or isinstance(laid.item, Clip)
        if named and not silent and event.record_out > event.record_in:
            events.append(event)
    return events


def _event(laid: Laid, channel: str, files: Mapping[str, MediaFile], before: tuple[Source, int]) -> Event:
    """From the first frame that is seen of it to the first that is seen of the next."""
    length = laid.item.length - (laid.leave.length if laid.leave else 0)
    speed = laid.item.speed if isinstance(laid.item, Clip) else 1.0
    start = laid.item.source.start if isinstance(laid.item, Clip) else 0
    taken = length if speed == 1 or length == 0 else max(1, round(length * speed))
    return Event(
        channel=channel, source=_source(laid.item, files), source_in=start, source_out=start + taken,
        record_in=laid.first, record_out=laid.first + length, speed=speed, join=laid.entry,
        before=before[0] if laid.entry else None, before_out=before[1],
    )  # fmt: skip


def _source(item: Clip | Gap, files: Mapping[str, MediaFile]) -> Source:
    if isinstance(item, Gap):
        return Source()
    file = files[item.media.key]
    return Source(reel=file.reel, name=item.name, path=file.path, key=item.media.key)
