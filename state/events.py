"""What the novela graph tells while it works: custom events, `{"name": ..., "payload": ...}`.

Nodes write them with `runtime.stream_writer(SceneDone(...).as_custom())`. The event log
keeps them, the server turns them into rows and live updates. Unknown names are ignored.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from state.media import MediaRef
from state.messages import AgentMessage, AgentName
from state.writing import SeriesPlan

Parameters = dict[str, str | int | float | bool]


class StoryEvent(BaseModel, frozen=True):
    """One thing that happened in the making of a production."""

    name: ClassVar[str]

    def as_custom(self) -> dict[str, Any]:
        """The value for langgraph's stream writer."""
        return {"name": self.name, "payload": self.model_dump(mode="json")}


class PlanWritten(StoryEvent, frozen=True):
    """The series is planned; cast, places and every episode's scenes are known."""

    name: ClassVar[str] = "plan"

    plan: SeriesPlan
    estimated_usd: Decimal | None = None
    """What the whole series would cost on the chosen model."""


class ScenePlanned(StoryEvent, frozen=True):
    """A scene is written and priced; nothing is shot yet."""

    name: ClassVar[str] = "scene_planned"

    episode: int = Field(ge=1)
    scene: int = Field(ge=1)
    title: str = ""
    prompt: str = ""
    model_id: str = ""
    parameters: Parameters = Field(default_factory=dict)
    estimated_usd: Decimal = Decimal(0)
    conversation_id: str = ""
    created_by: AgentName = "script_writer"
    validated_by: AgentName = "system_integrator"


class SceneStarted(StoryEvent, frozen=True):
    """The takes of a scene are ordered."""

    name: ClassVar[str] = "scene_started"

    episode: int = Field(ge=1)
    scene: int = Field(ge=1)
    call_key: str
    """The scene's job id; a regeneration has another one."""
    model_id: str = ""
    parameters: Parameters = Field(default_factory=dict)


class SceneProgress(StoryEvent, frozen=True):
    """How far the takes of a scene are."""

    name: ClassVar[str] = "scene_progress"

    episode: int = Field(ge=1)
    scene: int = Field(ge=1)
    progress: float = Field(ge=0, le=1)


class SceneDone(StoryEvent, frozen=True):
    """A scene has its clip. The same scene again is another take: it keeps its place."""

    name: ClassVar[str] = "scene_done"

    episode: int = Field(ge=1)
    scene: int = Field(ge=1)
    title: str
    prompt: str
    model_id: str
    parameters: Parameters = Field(default_factory=dict)
    call_key: str
    """The scene's job, as in `SceneStarted`: one take per job, however often it is told."""
    media: MediaRef
    thumbnail: MediaRef | None = None
    duration_s: float = Field(gt=0)
    estimated_usd: Decimal
    actual_usd: Decimal
    """What was paid for this job alone; what was kept from earlier ones is not in it."""
    conversation_id: str = ""
    created_by: AgentName = "script_writer"
    validated_by: AgentName = "system_integrator"
    take: int = Field(default=1, ge=1)
    engines_used: list[str] = Field(default_factory=list)
    """The models that have made its takes, each once, in the order of its shots."""
    fallback_triggered: bool = False
    """Whether one of them stood in for the one that was wanted."""


class SceneFailed(StoryEvent, frozen=True):
    """A scene could not be made. The text is for people; money that was lost is counted."""

    name: ClassVar[str] = "scene_failed"

    episode: int = Field(ge=1)
    scene: int = Field(ge=1)
    code: str
    message: str
    user_action: str = ""
    call_key: str = ""
    actual_usd: Decimal = Decimal(0)


class MediaStored(StoryEvent, frozen=True):
    """A picture, voice or music is in the store and belongs in the library."""

    name: ClassVar[str] = "media"

    media: MediaRef
    title: str = ""
    episode: int | None = None
    scene: int | None = None
    call_key: str = ""
    thumbnail: MediaRef | None = None


class DeliveredFile(BaseModel, frozen=True):
    """One file of a delivery, by the name a person knows: `master.mp4`."""

    name: str
    title: str = ""
    media: MediaRef


class MasterDone(StoryEvent, frozen=True):
    """An episode is mastered; this is all that can be downloaded."""

    name: ClassVar[str] = "master_done"

    episode: int = Field(ge=1)
    files: list[DeliveredFile]
    thumbnail: MediaRef | None = None
    duration_s: float = Field(gt=0)


class BudgetWarning(StoryEvent, frozen=True):
    """Half of what the production may cost is committed, or all of it. Told once for each ceiling."""

    name: ClassVar[str] = "budget_warning"

    percent: Literal[50, 100]
    committed_usd: Decimal
    """Reserved, billed and of unknown fate."""
    ceiling_usd: Decimal
    blocked: bool = False
    """Whether an order was refused because it did not fit."""


class DayBudgetWarning(StoryEvent, frozen=True):
    """Half of what the user may spend in a day is committed, or all of it. Told once for each budget."""

    name: ClassVar[str] = "day_budget_warning"

    percent: Literal[50, 100]
    committed_usd: Decimal
    """In all productions of the user: reserved, billed and of unknown fate."""
    budget_usd: Decimal
    day: date
    """In UTC."""
    blocked: bool = False
    """Whether an order was refused because it did not fit; told in each production that was."""


class SpendingHeld(StoryEvent, frozen=True):
    """A stop of spending holds this production up."""

    name: ClassVar[str] = "spending_stopped"

    everybody: bool
    """Whether the whole place is stopped, or this user alone."""
    why: str = ""


class TakeDegraded(StoryEvent, frozen=True):
    """A stand-in made this, and lacks an ability that was asked for."""

    name: ClassVar[str] = "degraded"

    stage: str
    item: str
    take: int = Field(ge=1)
    provider: str
    model: str


class FromCache(StoryEvent, frozen=True):
    """An order was answered by what the same user bought for an equal one: nothing was sent or paid."""

    name: ClassVar[str] = "from_cache"

    stage: str
    item: str
    take: int = Field(ge=1)
    provider: str
    model: str
    made_at: datetime
    """When the result was stored."""
    spared_usd: Decimal

    @property
    def text(self) -> str:
        """What people are told."""
        return (
            f"{self.item} comes from the cache: {self.model} made the same on {self.made_at:%Y-%m-%d}; "
            f"${self.spared_usd} spared."
        )


class ReferencesLeftOut(StoryEvent, frozen=True):
    """A model takes fewer reference pictures than there are: the best were sent."""

    name: ClassVar[str] = "references_left_out"

    stage: str
    item: str
    model: str
    sent: int = Field(ge=0)
    left_out: list[str] = Field(min_length=1)
    """What they show, in words."""
    why: str = ""

    @property
    def text(self) -> str:
        """What people are told."""
        total = self.sent + len(self.left_out)
        fit = f"{self.sent} of {total} {'reference fits' if total == 1 else 'references fit'} {self.model}"
        were = "was" if len(self.left_out) == 1 else "were"
        why = f" ({self.why})" if self.why else ""
        return f"{self.item}: {fit}: {', '.join(self.left_out)} {were} left out{why}."


class EngineStoodIn(StoryEvent, frozen=True):
    """Another engine has made a picture, a clip or a sound: the one that was to could not be had."""

    name: ClassVar[str] = "engine_stood_in"

    stage: str
    item: str
    take: int = Field(ge=1)
    provider: str
    model: str
    """The one that made it."""
    instead_of: str
    lacks: list[str] = Field(default_factory=list)
    """What it does not give of what was asked for, in words."""
    why: str = ""
    """What the wanted one said."""

    @property
    def text(self) -> str:
        """What people are told."""
        why = f" ({self.why.rstrip('.')})" if self.why else ""
        less = f"; {', '.join(self.lacks)} could not be kept" if self.lacks else ""
        return f"{self.item}: {self.model} made it, {self.instead_of} could not be had{why}{less}."


class ModelStoodIn(StoryEvent, frozen=True):
    """Another language model has answered for an agent: the one that was to could not be had."""

    name: ClassVar[str] = "model_stood_in"

    role: str
    provider: str
    model: str
    """The one that answered."""
    instead_of: str

    @property
    def text(self) -> str:
        """What people are told."""
        role = self.role.replace("_", " ")
        return f"{self.model} answered as the {role}: {self.instead_of} could not be had."


class MessageSent(StoryEvent, frozen=True):
    """An agent wrote to another one. The payload is the message itself."""

    name: ClassVar[str] = "message"

    message: AgentMessage

    def as_custom(self) -> dict[str, Any]:
        """The value for langgraph's stream writer."""
        return {"name": self.name, "payload": self.message.model_dump(mode="json")}


def conversation_id(production_id: str, scene: int | None = None) -> str:
    """Where agents talk about a scene: `{production}:scene-2`; without one, about the plan."""
    return f"{production_id}:scene-{scene}" if scene else f"{production_id}:plan"
