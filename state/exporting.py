"""The state of an export: a film that was made elsewhere, and the form in which it leaves."""

from typing import Any

from pydantic import BaseModel, Field

from state.export import ExportBrief, ExportPlan
from state.film import FinishingState
from state.media import MediaRef
from state.timeline import Timeline

OF_THE_FILM = (
    "episode_number", "format", "script", "voices", "shot_seconds", "takes", "panels", "music", "music_key",
    "sounds", "title_card", "end_card", "history",
)  # fmt: skip
"""What an export takes over: who made what, so that its papers say the same as those of the film."""


class FilmSource(BaseModel, frozen=True):
    """What lies beside the brief: the film as it was when its export was asked for."""

    production_id: str
    version: int
    """Of its cut."""
    cut: Timeline
    plan: ExportPlan
    film: dict[str, Any] = Field(default_factory=dict)
    """Channels of the film, as JSON."""


class ExportInput(BaseModel):
    """What starts an export."""

    brief: ExportBrief = Field(description="Which production's cut, for which platform, in which form.")


class ExportState(FinishingState):
    """Everything of an export while it is made."""

    brief: ExportBrief | None = None

    @property
    def wish(self) -> ExportBrief:
        """The brief; a thread that was started without one cannot go on."""
        if self.brief is None:
            raise ValueError("the export was started without a brief")
        return self.brief


class ExportOutput(BaseModel):
    """What an export leaves behind."""

    deliverables: dict[str, MediaRef] = Field(default_factory=dict)
    quality: dict[str, Any] = Field(default_factory=dict)
