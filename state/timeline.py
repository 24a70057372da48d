"""The cut, in OpenTimelineIO's words and meaning.

A timeline has tracks; a track has clips, gaps and transitions in order; a marker
points at a moment. Times are whole frames at the timeline's rate, so that sums are
exact. What an engine returned is a take; a clip is the part of it that is used.

What can be edited has an id, given when a cut is first opened for editing (`tools.cuts`); a cut
as it was assembled has none.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationInfo, model_validator
from pydantic.alias_generators import to_camel

from state.media import MediaRef

Room = Literal["open", "room", "hall", "church"]
Role = Literal["picture", "voice", "music", "effects", "ambience", "native"]
"""`native` is the sound that a take itself came with."""
Fit = Literal["fill", "fit", "blur"]
"""A picture of another shape: cut off, between bars, or between its own blurred edges."""
Place = Literal[
    "top_left", "top", "top_right", "left", "centre", "right", "bottom_left", "bottom", "bottom_right"
]
Id = Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9_.-]*$")]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
KEPT: Mapping[str, bool] = {"kept": True}
"""The context in which a stored cut is read. One from before numbers had bounds may have any: what is out of
bounds there is the nearest that is within, so that it opens. What somebody sends now is refused."""


def _nearest(low: float, high: float) -> BeforeValidator:
    def within(given: Any, told: ValidationInfo) -> Any:
        if told.context is not KEPT or not isinstance(given, int | float) or low <= given <= high:
            return given
        return min(max(given, low), high)

    return BeforeValidator(within)


MOST_FRAMES = 10_000_000
MOST_SECONDS = 10_000_000
MOST_FPS, MOST_PIXELS = 240, 16_384
Decibels = Annotated[float, _nearest(-60, 24), Field(ge=-60, le=24)]
Frame = Annotated[int, _nearest(0, MOST_FRAMES), Field(ge=0, le=MOST_FRAMES)]
"""A frame, or how many of them."""
FrameCount = Annotated[int, _nearest(1, MOST_FRAMES), Field(ge=1, le=MOST_FRAMES)]
"""One frame at least."""
Moment = Annotated[float, _nearest(-MOST_SECONDS, MOST_SECONDS), Field(ge=-MOST_SECONDS, le=MOST_SECONDS)]
"""Seconds from the start of the cut; what was moved may begin before it."""
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


def _unset(value: object) -> bool:
    """Left out of what is stored, so that cuts from before a field was there keep their digests."""
    return not value


HOUSE_OUTLINE = "#0c0c10"


def _is_house_outline(value: object) -> bool:
    return value == HOUSE_OUTLINE


HouseFont = Literal["Inter", "Oswald"]
"""The fonts that words can be set in without a file; what they cannot write is set in one for its script."""
UNSEEN = "application/octet-stream"
"""The type of a file of which only the key is known yet."""


def _by_key(given: Any) -> Any:
    """A file may be named by its key alone; whoever has the store puts its facts in."""
    key = given.get("key") if isinstance(given, dict) and "size_bytes" not in given else given
    if not isinstance(key, str):
        return given
    digest = key.rpartition("/")[2].partition(".")[0]
    return {"key": key, "mime": UNSEEN, "sha256": digest, "size_bytes": 0}


NamedMedia = Annotated[MediaRef, BeforeValidator(_by_key)]
"""A stored file, with its facts or by its key alone."""


class CutPart(BaseModel, frozen=True, alias_generator=to_camel, populate_by_name=True, allow_inf_nan=False):
    """What a cut is made of. Kept in snake case; read, and shown to clients, in camel case, too."""


class TimeRange(CutPart):
    """A span of whole frames at the timeline's rate."""

    start: Frame
    length: FrameCount

    @property
    def end(self) -> int:
        """The first frame after the span."""
        return self.start + self.length


class Crop(CutPart):
    """What is cut off at each edge, in percent of the picture; at least a tenth of each side stays."""

    left: float = Field(default=0, ge=0, le=90)
    top: float = Field(default=0, ge=0, le=90)
    right: float = Field(default=0, ge=0, le=90)
    bottom: float = Field(default=0, ge=0, le=90)

    @model_validator(mode="after")
    def _leaves_a_picture(self) -> "Crop":
        for first, second in (("left", "right"), ("top", "bottom")):
            if getattr(self, first) + getattr(self, second) > 90:
                raise ValueError(f"{first} and {second} together may cut off 90 percent at most")
        return self


class Focus(CutPart):
    """Where the middle of the window is at a frame of the source, when a picture of another shape is cut off.

    Shares of what a crop leaves of the picture: 0 at its left and upper edge, 1 at its right and lower one.
    """

    at: Frame
    """Counts from the first frame of the file, as the clip's `source` does."""
    x: float = Field(default=0.5, ge=0, le=1)
    y: float = Field(default=0.5, ge=0, le=1)


def _in_order(keys: list[Focus]) -> list[Focus]:
    for one, other in pairwise(keys):
        if other.at <= one.at:
            raise ValueError(f"the key at frame {other.at} does not come after the one at {one.at}")
    return keys


MOST_FOCUS = 1000
FocusPath = Annotated[list[Focus], Field(max_length=MOST_FOCUS), AfterValidator(_in_order)]
"""The window goes softly from key to key and holds still before the first and behind the last.

Between two keys that are one frame apart it jumps.
"""


class Effect(CutPart):
    """A look of a clip or of the whole film, by the name that `tools.post` knows it by."""

    name: Name
    strength: float = Field(default=1.0, ge=0, le=1)
    on: bool = True
    media: NamedMedia | None = None
    """The file of a LUT; no other effect has one."""
    values: dict[Name, float] = Field(default_factory=dict)


class Clip(CutPart):
    """The used part of one media file. `source` counts from the first frame of the file."""

    kind: Literal["clip"] = "clip"
    name: str
    """The slate with take, `2A-1`, or what else it is: `title`, `2A/line1`."""
    media: NamedMedia
    source: TimeRange
    gain_db: Decibels = 0.0
    room: Room = "open"
    """What answers a voice: nothing, the walls of a room, a corridor, a nave."""
    id: Id = ""
    link: Id = ""
    """The picture clip that a sound belongs to: it goes where that goes."""
    speed: float = Field(default=1.0, ge=0.1, le=10)
    """How many frames of the source pass in one frame of the cut."""
    frames: FrameCount | None = None
    """How many frames of the cut it fills at another speed than its own; else as many as its source has."""
    crop: Crop | None = None
    fit: Fit = "fill"
    focus: FocusPath = Field(default_factory=list, exclude_if=_unset)
    """What is seen of a picture that is cut off (`fill`): its middle where there are no keys."""
    effects: list[Effect] = Field(default_factory=list)
    fade_in: Frame = 0
    """Frames out of silence, or out of black."""
    fade_out: Frame = 0
    muted: bool = False

    @property
    def length(self) -> int:
        """Frames of the cut that it fills."""
        return self.frames if self.frames is not None else self.source.length


class Gap(CutPart):
    """Nothing for a while: black picture or silence."""

    kind: Literal["gap"] = "gap"
    length: FrameCount


class Transition(CutPart):
    """How the item before flows into the item after; `length` frames are shared by both."""

    kind: Literal["transition"] = "transition"
    style: Name = "dissolve"
    length: Annotated[int, _nearest(2, MOST_FRAMES), Field(ge=2, le=MOST_FRAMES)]


Item = Annotated[Clip | Gap | Transition, Field(discriminator="kind")]


class Track(CutPart):
    """Items in order, first to last."""

    name: str
    role: Role
    items: list[Item] = Field(default_factory=list)
    gain_db: Decibels = 0.0
    muted: bool = False
    fade_in: Frame = 0
    fade_out: Frame = 0


class Marker(CutPart):
    """A note that belongs to a moment of the cut."""

    at: Frame
    name: str
    comment: str = ""
    colour: Literal["RED", "YELLOW", "GREEN", "WHITE"] = "WHITE"
    id: Id = ""


class CueWord(CutPart):
    """One word of a caption: seconds from the start of the cut."""

    text: str
    start_s: Moment
    end_s: Moment


class CaptionStyle(CutPart):
    """How captions look where they are burned in; None is the house's own way."""

    font: HouseFont | None = None
    typeface: NamedMedia | None = Field(default=None, exclude_if=_unset)
    """A font of one's own, as a file: it goes before `font`."""
    size: float | None = Field(default=None, ge=0.5, le=3)
    """Times the usual size."""
    colour: Colour = "#ffffff"
    outline: Colour | None = HOUSE_OUTLINE
    background: Colour | None = None
    position: Literal["bottom", "middle", "top"] = "bottom"
    animation: Literal["none", "fade", "pop"] = "none"
    highlight: Literal["none", "colour", "box", "karaoke"] = "none"
    """How the word that is being said is told from the others: by its colour, by a box behind it, or by a
    colour that runs along as it is sung."""
    highlight_colour: Colour = "#ffd54a"
    capitals: bool = False


class Cue(CutPart):
    """One caption: seconds from the start of the cut, text of one or two lines."""

    start_s: Moment
    end_s: Moment
    text: str
    speaker: str = ""
    voice_over: bool = False
    """Said by nobody in the picture: set in italics."""
    words: list[CueWord] = Field(default_factory=list)
    """When each word is said, for styles that show it; empty where nobody knows."""
    word_times: Literal["measured", "estimated"] | None = Field(default=None, exclude_if=_unset)
    """Whether the voice's engine told when each word is said, or its words share the time by their letters;
    None where nobody said."""
    style: CaptionStyle | None = Field(default=None, exclude_if=_unset)
    """Its own way; None is that of all captions."""
    id: Id = ""
    link: Id = ""
    """The picture clip that it belongs to."""


class Overlay(CutPart):
    """Words or a picture over the film: a title, a call to action, a logo, a label."""

    kind: Literal["title", "cta", "text", "label", "logo"]
    text: str = Field(default="", max_length=300)
    media: NamedMedia | None = None
    """The picture of a logo."""
    start: Frame
    length: FrameCount | None = None
    """Frames; None is to the end of the film."""
    position: Place = "bottom_left"
    width: float = Field(default=20, gt=0, le=100)
    """Percent of the film's width that a logo takes."""
    opacity: float = Field(default=1, ge=0, le=1)
    font: HouseFont | None = None
    typeface: NamedMedia | None = Field(default=None, exclude_if=_unset)
    """A font of one's own, as a file: it goes before `font`."""
    size: float = Field(default=1, ge=0.3, le=4)
    colour: Colour = "#ffffff"
    outline: Colour | None = Field(default=HOUSE_OUTLINE, exclude_if=_is_house_outline)
    background: Colour | None = None
    fade: Frame = 0
    """Frames in which it comes, and goes."""
    id: Id = ""
    link: Id = ""

    @model_validator(mode="after")
    def _shows_something(self) -> "Overlay":
        if self.kind == "logo" and self.media is None:
            raise ValueError("a logo needs `media`")
        if self.kind != "logo" and not self.text.strip():
            raise ValueError(f"a {self.kind} needs `text`")
        return self


class Title(CutPart):
    """Words over the picture that say where or when we are; no caption, so no caption file has them."""

    start_s: Moment
    end_s: Moment
    text: str


class Timeline(CutPart):
    """The cut of one production."""

    name: str
    fps: Annotated[int, _nearest(1, MOST_FPS), Field(ge=1, le=MOST_FPS)] = 24
    width: Annotated[int, _nearest(2, MOST_PIXELS), Field(ge=2, le=MOST_PIXELS)] = 1920
    height: Annotated[int, _nearest(2, MOST_PIXELS), Field(ge=2, le=MOST_PIXELS)] = 1080
    tracks: list[Track] = Field(default_factory=list)
    markers: list[Marker] = Field(default_factory=list)
    captions: list[Cue] = Field(default_factory=list)
    titles: list[Title] = Field(default_factory=list)
    overlays: list[Overlay] = Field(default_factory=list)
    effects: list[Effect] = Field(default_factory=list)
    """Looks of the whole film, after those of each clip."""
    caption_style: CaptionStyle | None = None
    platform: Name | None = Field(default=None, exclude_if=_unset)
    """Where it will be shown, as `tools.safe_areas` names it: words stay in what is safe there. None: in what
    is safe on every platform that shows pictures of this shape."""
    gain_db: float = Field(default=0, ge=-40, le=0)
    """How far the whole film stays under the loudness that its delivery asks for."""

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
        total += -item.length if isinstance(item, Transition) else item.length
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
    warnings: list[str] = Field(default_factory=list)
    """What the film could not be given and is delivered without, for people to read."""
