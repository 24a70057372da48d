"""The cut, in OpenTimelineIO's words and meaning.

A timeline has tracks; a track has clips, gaps and transitions in order; a marker
points at a moment. Times are whole frames at the timeline's rate, so that sums are
exact. What an engine returned is a take; a clip is the part of it that is used.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from state.media import MediaRef

Room = Literal["open", "room", "hall", "church"]


class TimeRange(BaseModel, frozen=True):
    """A span of whole frames at the timeline's rate."""

    start: int = Field(ge=0)
    length: int = Field(ge=1)

    @property
    def end(self) -> int:
        """The first frame after the span."""
        return self.start + self.length


class Clip(BaseModel, frozen=True):
    """The used part of one media file. `source` counts from the first frame of the file."""

    kind: Literal["clip"] = "clip"
    name: str
    """The slate with take, `2A-1`, or what else it is: `title`, `2A/line1`."""
    media: MediaRef
    source: TimeRange
    gain_db: float = 0.0
    room: Room = "open"
    """What answers a voice: nothing, the walls of a room, a corridor, a nave."""


class Gap(BaseModel, frozen=True):
    """Nothing for a while: black picture or silence."""

    kind: Literal["gap"] = "gap"
    length: int = Field(ge=1)


class Transition(BaseModel, frozen=True):
    """How the item before flows into the item after; `length` frames are shared by both."""

    kind: Literal["transition"] = "transition"
    style: Literal["dissolve", "fade_black"] = "dissolve"
    length: int = Field(ge=2)


Item = Annotated[Clip | Gap | Transition, Field(discriminator="kind")]


class Track(BaseModel, frozen=True):
    """Items in order, first to last."""

    name: str
    role: Literal["picture", "voice", "music", "effects", "ambience"]
    items: list[Item] = Field(default_factory=list)


class Marker(BaseModel, frozen=True):
    """A note that belongs to a moment of the cut."""

    at: int = Field(ge=0)
    name: str
    comment: str = ""
    colour: Literal["RED", "YELLOW", "GREEN", "WHITE"] = "WHITE"


class Cue(BaseModel, frozen=True):
    """One caption: seconds from the start of the cut, text of one or two lines."""

    start_s: float
    end_s: float
    text: str
    speaker: str = ""
    voice_over: bool = False
    """Said by nobody in the picture: set in italics."""


class Title(BaseModel, frozen=True):
    """Words over the picture that say where or when we are; no caption, so no caption file has them."""

    start_s: float
    end_s: float
    text: str


class Timeline(BaseModel, frozen=True):
    """The cut of one production."""

    name: str
    fps: int = 24
    width: int = 1920
    height: int = 1080
    tracks: list[Track] = Field(default_factory=list)
    markers: list[Marker] = Field(default_factory=list)
    captions: list[Cue] = Field(default_factory=list)
    titles: list[Title] = Field(default_factory=list)

    def frames(self, seconds: float) -> int:
        """Seconds as the nearest whole frame."""
        return round(seconds * self.fps)

    @property
    def length(self) -> int:
        """Frames of the longest track; a transition overlaps, so it shortens its track."""
        return max((track_length(track) for track in self.tracks), default=0)

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.length / self.fps


def track_length(track: Track) -> int:
    """Frames from the first to the last item of a track, overlaps counted once."""
    total = 0
    for item in track.items:
        if isinstance(item, Clip):
            total += item.source.length
        elif isinstance(item, Gap):
            total += item.length
        else:
            total -= item.length
    return total


class DeliveryFacts(BaseModel, frozen=True):
    """What was measured on the finished master."""

    duration_s: float
    width: int
    height: int
    fps: float
    video_codec: str
    audio_codec: str
    audio_rate_hz: int
    integrated_lufs: float
    true_peak_dbtp: float
    size_bytes: int
