"""The novela graph's state: one episode of a mini-series."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from state.brief import NovelaBrief
from state.cost import ZERO, Money
from state.film import FinishingState, ShootingState, StoryboardState
from state.media import MediaRef
from state.order import FIRST
from state.reducers import merge_by_key
from state.writing import IntegratorReport, SceneOutline, SeriesPlan


class NovelaInput(BaseModel):
    """What starts an episode."""

    brief: NovelaBrief = Field(description="Title, description, genre, language, cast, model and format.")
    novela_id: str | None = Field(
        default=None, description="The series this episode belongs to, if it has a record."
    )
    known_plan: SeriesPlan | None = Field(
        default=None, description="The plan an earlier episode made, if any."
    )
    base_cause: str = Field(
        default=FIRST, description="Leave it out: the server names a second start on the same thread here."
    )


class NovelaState(StoryboardState, ShootingState, FinishingState):
    """Everything an episode knows while it is made. References, never bytes."""

    brief: NovelaBrief | None = None
    novela_id: str | None = None
    known_plan: SeriesPlan | None = None
    plan: SeriesPlan | None = None
    writing: int = 1
    """Number of the scene that is being written."""
    advice: str = ""
    """What the fallback handler told the writer about the scene being written."""
    fixes: dict[str, str | int | float | bool] = Field(default_factory=dict)
    """Parameters that the fallback handler improved for the scene being written."""
    repairs: int = 0
    """How often the scene being written was sent back."""
    reports: Annotated[dict[str, IntegratorReport], merge_by_key] = Field(default_factory=dict)
    """The integrator's report per scene number."""
    approved_before: Money = ZERO
    """What the approvals of the production come to without this quote, when it was made."""
    approved_quote_id: str = ""
    approved_unasked: bool = False
    """Nobody was asked about the quote: so much was to be approved unasked."""
    refused: bool = False
    """The person answered the budget with RED: nothing is made."""
    budget_answer: str = ""
    """Task id of the gate whose answer approved the quote."""
    scenes_done: list[int] = Field(default_factory=list)
    scene_rounds: Annotated[dict[str, int], merge_by_key] = Field(default_factory=dict)

    @property
    def wish(self) -> NovelaBrief:
        """The brief; a thread that was started without one cannot go on."""
        if self.brief is None:
            raise ValueError("the production was started without a brief")
        return self.brief

    @property
    def story(self) -> SeriesPlan:
        """The plan, once it is made."""
        if self.plan is None:
            raise ValueError("the series is not planned yet")
        return self.plan

    @property
    def is_shot(self) -> bool:
        """Whether the last scene is approved: its takes are what the film is cut from."""
        return 0 < len(self.film.scenes) < self.scene_number

    @property
    def outlines(self) -> list[SceneOutline]:
        """The outlines of this episode's scenes, in order."""
        wanted = self.wish.episode_number
        return next(episode.scenes for episode in self.story.episodes if episode.number == wanted)


class NovelaOutput(BaseModel):
    """What an episode leaves behind."""

    deliverables: dict[str, MediaRef] = Field(default_factory=dict)
    quality: dict[str, Any] = Field(default_factory=dict)
    refused: bool = False
