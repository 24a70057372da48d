"""Edits of a cut: small typed operations, one list of them for HTTP, the command line and the chat.

An operation says what a person did, in frames of the cut, and names what it is done to by its id. What it
does is in `tools.cuts`; here is only what it is. Every field has its bounds, so a wrong one is refused
before anything is touched.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.alias_generators import to_camel

from state.timeline import (
    MOST_FRAMES,
    CaptionStyle,
    Clip,
    Crop,
    CueWord,
    Decibels,
    Effect,
    Fit,
    FocusPath,
    Frame,
    Id,
    Name,
    NamedMedia,
    Overlay,
    Role,
)

Frames = Annotated[int, Field(ge=-MOST_FRAMES, le=MOST_FRAMES)]
ClipId = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_.-]+$")]
TrackName = Annotated[str, Field(min_length=1, max_length=120)]
Seconds = Annotated[float, Field(ge=0, le=86_400)]


def _unset(value: object) -> bool:
    """Left out of what is stored, so that operations from before a field was there read the same."""
    return not value


class Operation(BaseModel):
    """One thing that a person did to a cut."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True, allow_inf_nan=False
    )


class AddClip(Operation):
    """Lay a clip: in the picture before another one, or at its end; of sound at a frame."""

    op: Literal["add_clip"] = "add_clip"
    track: TrackName
    clip: Clip
    before: ClipId | None = None
    at: Frame | None = None


class DeleteClip(Operation):
    """Take a clip out. With `ripple` all that follows comes forward, and what belongs to it goes along."""

    op: Literal["delete_clip"] = "delete_clip"
    clip: ClipId
    ripple: bool = True


class MoveClip(Operation):
    """A clip of the picture before another one, or to the end; its sounds and captions go along."""

    op: Literal["move_clip"] = "move_clip"
    clip: ClipId
    before: ClipId | None = None


class ShiftClip(Operation):
    """A sound to another frame, or to another track of its kind."""

    op: Literal["shift_clip"] = "shift_clip"
    clip: ClipId
    at: Frame
    track: TrackName | None = None


class SplitClip(Operation):
    """A clip in two, at a frame of the cut. The second part gets `new_id`."""

    op: Literal["split_clip"] = "split_clip"
    clip: ClipId
    at: Frame
    new_id: Id = ""


class TrimClip(Operation):
    """Frames off its head and its tail, as they are seen in the cut; fewer than none bring frames back."""

    op: Literal["trim_clip"] = "trim_clip"
    clip: ClipId
    head: Frames = 0
    tail: Frames = 0


class RollCut(Operation):
    """The cut into this clip, earlier or later by so many frames. No sound moves: an L-cut or a J-cut."""

    op: Literal["roll_cut"] = "roll_cut"
    clip: ClipId
    frames: Frames


class SlipClip(Operation):
    """Other frames of the same take, in the same place: later ones by so many."""

    op: Literal["slip_clip"] = "slip_clip"
    clip: ClipId
    frames: Frames


class SwapTake(Operation):
    """Another take in the same place, from its frame `start` on."""

    op: Literal["swap_take"] = "swap_take"
    clip: ClipId
    media: NamedMedia
    name: str = Field(default="", max_length=120)
    start: Frame = 0


class AnchorFrame(Operation):
    """A still that a clip begins with, or ends with: over so many frames it blends with the take."""

    op: Literal["anchor_frame"] = "anchor_frame"
    clip: ClipId
    edge: Literal["first", "last"]
    media: NamedMedia
    frames: int = Field(default=12, ge=2, le=120)
    new_id: Id = ""


class CropClip(Operation):
    """Cut its edges off; None shows all of it."""

    op: Literal["crop_clip"] = "crop_clip"
    clip: ClipId
    crop: Crop | None = None
    fit: Fit | None = None


class SetFocus(Operation):
    """What is seen of a clip whose picture is cut off: keys at frames of its take; none is the middle."""

    op: Literal["set_focus"] = "set_focus"
    clip: ClipId
    focus: FocusPath = Field(default_factory=list)


class SetSpeed(Operation):
    """The same frames faster or slower; what follows moves."""

    op: Literal["set_speed"] = "set_speed"
    clip: ClipId
    speed: float = Field(ge=0.1, le=10)


class SetTransition(Operation):
    """How the clip before flows into this one; without a style it is a straight cut."""

    op: Literal["set_transition"] = "set_transition"
    clip: ClipId
    style: Name | None = None
    length: int = Field(default=12, ge=2, le=600)


class SetSound(Operation):
    """How loud a clip is, and how it comes and goes. What is left out stays as it is."""

    op: Literal["set_sound"] = "set_sound"
    clip: ClipId
    gain_db: Decibels | None = None
    fade_in: Frame | None = None
    fade_out: Frame | None = None
    muted: bool | None = None


class SetTrack(Operation):
    """The same for a whole track."""

    op: Literal["set_track"] = "set_track"
    track: TrackName
    gain_db: Decibels | None = None
    fade_in: Frame | None = None
    fade_out: Frame | None = None
    muted: bool | None = None


class SetMaster(Operation):
    """How far the film stays under the loudness that its delivery asks for."""

    op: Literal["set_master"] = "set_master"
    gain_db: float = Field(ge=-40, le=0)


class SetEffects(Operation):
    """The looks of a clip, or of the whole film where none is named."""

    op: Literal["set_effects"] = "set_effects"
    clip: ClipId | None = None
    effects: list[Effect] = Field(default_factory=list, max_length=20)


class AddTrack(Operation):
    """An empty track of sound."""

    op: Literal["add_track"] = "add_track"
    track: TrackName
    role: Role


class DeleteTrack(Operation):
    """A track with all that is on it."""

    op: Literal["delete_track"] = "delete_track"
    track: TrackName


class AddCaption(Operation):
    """One more caption."""

    op: Literal["add_caption"] = "add_caption"
    start_s: Seconds
    end_s: Seconds
    text: str = Field(min_length=1, max_length=500)
    speaker: str = Field(default="", max_length=120)
    words: list[CueWord] = Field(default_factory=list, max_length=200)
    word_times: Literal["measured", "estimated"] | None = Field(default=None, exclude_if=_unset)
    """Whether the voice's engine told the times of its words."""
    voice_over: bool = Field(default=False, exclude_if=_unset)
    """Said by nobody in the picture."""
    style: CaptionStyle | None = Field(default=None, exclude_if=_unset)
    id: Id = ""


class ChangeCaption(Operation):
    """Its words, its time or its own look. What is left out stays; other words have no times of their own."""

    op: Literal["change_caption"] = "change_caption"
    caption: ClipId
    text: str | None = Field(default=None, min_length=1, max_length=500)
    start_s: Seconds | None = None
    end_s: Seconds | None = None
    style: CaptionStyle | None = Field(default=None, exclude_if=_unset)
    """Its own look from now on."""
    house_style: bool = Field(default=False, exclude_if=_unset)
    """It looks like all the others again."""


class DeleteCaption(Operation):
    """A caption less."""

    op: Literal["delete_caption"] = "delete_caption"
    caption: ClipId


class SetCaptionStyle(Operation):
    """How all captions look; None is the house's own way."""

    op: Literal["set_caption_style"] = "set_caption_style"
    style: CaptionStyle | None = None


class AddOverlay(Operation):
    """Words or a logo over the film."""

    op: Literal["add_overlay"] = "add_overlay"
    overlay: Overlay


class ChangeOverlay(Operation):
    """Another one in its place."""

    op: Literal["change_overlay"] = "change_overlay"
    id: ClipId
    overlay: Overlay


class DeleteOverlay(Operation):
    """An overlay less."""

    op: Literal["delete_overlay"] = "delete_overlay"
    id: ClipId


class AddMarker(Operation):
    """A note at a frame."""

    op: Literal["add_marker"] = "add_marker"
    at: Frame
    name: str = Field(max_length=120)
    comment: str = Field(default="", max_length=2000)
    colour: Literal["RED", "YELLOW", "GREEN", "WHITE"] = "WHITE"
    id: Id = ""


class DeleteMarker(Operation):
    """A note less."""

    op: Literal["delete_marker"] = "delete_marker"
    marker: ClipId


AnyOperation = Annotated[
    AddClip | DeleteClip | MoveClip | ShiftClip | SplitClip | TrimClip | RollCut | SlipClip | SwapTake
    | AnchorFrame | CropClip | SetFocus | SetSpeed | SetTransition | SetSound | SetTrack | SetMaster
    | SetEffects
    | AddTrack | DeleteTrack | AddCaption | ChangeCaption | DeleteCaption | SetCaptionStyle | AddOverlay
    | ChangeOverlay | DeleteOverlay | AddMarker | DeleteMarker,
    Field(discriminator="op"),
]  # fmt: skip
OPERATIONS: TypeAdapter[Any] = TypeAdapter(AnyOperation)
"""Reads an operation from JSON by its `op`."""
