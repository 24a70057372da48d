"""Takes, panels and voice tracks: what was generated, by reference."""

from typing import Literal

from pydantic import BaseModel, Field

from state.cost import ZERO, Money, PlannedCall
from state.media import MediaRef
from state.order import OrderFailure, Ticket, cause_in
from state.script import Slate

TakeStatus = Literal["submitted", "done", "failed"]


class Pictured(BaseModel, frozen=True):
    """What panels, takes and recorded lines have in common: who has made them, and what is known of that."""

    provider: str = ""
    model: str = ""
    engine_used: str = ""
    """The model that has made it."""
    fallback_triggered: bool = False
    """Whether that is not the one that was wanted, because it could not be had."""
    instead_of: str = ""
    """The one that was wanted then."""
    lacks: list[str] = Field(default_factory=list)
    """What a stand-in did not give of what was asked for, in words."""
    degraded: bool = False
    """Whether it lacks something."""
    calls: list[PlannedCall] = Field(default_factory=list)
    """Until it is there: the call that was placed and those that may be placed instead."""

    @property
    def mark(self) -> str:
        """What people are told about who made it; empty where nothing is to be told."""
        if not self.fallback_triggered:
            return ""
        less = f"; without {', '.join(self.lacks)}" if self.lacks else ""
        return f"made by {self.engine_used} instead of {self.instead_of}{less}"


class Panel(Pictured, frozen=True):
    """One storyboard frame of one shot. A redraw is a new panel with the next number."""

    slate: Slate
    call_key: str
    ticket: Ticket | None = None
    """What to collect it with, until it is there or has failed."""
    number: int = Field(ge=1)
    media: MediaRef | None = None
    prompt_digest: str = ""
    cost: Money = ZERO
    failure: OrderFailure | None = None
    given: bool = False
    """A person brought it; nothing was ordered for it."""


class VoiceTrack(Pictured, frozen=True):
    """One recorded line. Word and mouth times are read back from the order, not kept in state."""

    slate: Slate
    line: int = Field(ge=1)
    speaker: str
    call_key: str
    ticket: Ticket | None = None
    media: MediaRef | None = None
    start_s: float = 0.0
    """Seconds from the first frame of its shot."""
    duration_s: float = 0.0
    failure: OrderFailure | None = None
    made_as: str = ""
    """The key of the order that delivered it, where that is another engine's than the wanted one's."""

    @property
    def made_key(self) -> str:
        """What its delivery is found by."""
        return self.made_as or self.call_key


Edge = Literal["first", "last"]


class FrameAnchor(BaseModel, frozen=True):
    """A frame that a take should have begun or ended with, and whose model cannot be told so.

    The cut blends between it and the take instead.
    """

    edge: Edge
    media: MediaRef

    def told(self, item: str, model: str) -> str:
        """What people are told."""
        blends = "out of" if self.edge == "first" else "into"
        return f"{item}: {model} cannot be told its {self.edge} frame; the cut blends {blends} it instead."


class OwnFrames(BaseModel, frozen=True):
    """What a person brought for a shot's take to begin and to end with."""

    first: MediaRef | None = None
    last: MediaRef | None = None

    def of(self, edge: Edge) -> MediaRef | None:
        """The frame at that edge, if they brought one."""
        return self.first if edge == "first" else self.last


class Take(Pictured, frozen=True):
    """One generated attempt at a shot. Takes are never edited, only superseded."""

    slate: Slate
    call_key: str
    ticket: Ticket | None = None
    status: TakeStatus = "submitted"
    media: MediaRef | None = None
    thumbnail: MediaRef | None = None
    duration_s: float = 0.0
    seed: int | None = None
    """None when the provider does not tell us; such a take cannot be repeated."""
    prompt_digest: str = ""
    cost: Money = ZERO
    anchors: list[FrameAnchor] = Field(default_factory=list)
    """At most one for each edge."""
    extended: int = 0
    """How often it was made longer: its shot is longer than its model sells in one piece."""
    tail: MediaRef | None = None
    """The last frame of it that is seen, where the next take of its scene begins with it."""
    began_with: str = ""
    """SHA-256 of the frame that it goes on from; empty where it begins by itself."""
    upscaling: Ticket | None = None
    """What to collect its larger copy with, until that is there or has failed."""
    upscaled: MediaRef | None = None
    """The same clip made larger, which the cut takes instead."""
    upscaled_by: str = ""
    not_upscaled: str = ""
    """Why there is no larger copy of it, where there should be one."""
    failure: OrderFailure | None = None

    @property
    def cause(self) -> str:
        """Why it was ordered: the last part of its key."""
        return cause_in(self.call_key)

    @property
    def finest(self) -> MediaRef | None:
        """What the cut takes of it."""
        return self.upscaled or self.media

    def anchor(self, edge: Edge) -> MediaRef | None:
        """The frame that it could not be told to begin or to end with, if there is one."""
        return next((one.media for one in self.anchors if one.edge == edge), None)
