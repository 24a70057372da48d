"""What the novela's agents are asked and what they answer (S1-06 to S1-17)."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from state.brief import NovelaBrief, SceneBrief
from state.script import Character, Language, Line, Mood, Narrator, Place, Scene, Shot, TimeOfDay


class SceneOutline(BaseModel, frozen=True):
    """One scene as planned, before its shots are written."""

    number: int = Field(ge=1)
    title: str
    summary: str
    place: str
    time: TimeOfDay = "day"
    mood: Mood = "warm"
    characters: list[str]
    beat: str = ""
    """What this scene does in the story: setup, confrontation, turn, cliffhanger, ..."""


class EpisodeOutline(BaseModel, frozen=True):
    """One episode as planned."""

    number: int = Field(ge=1)
    title: str
    logline: str
    scenes: list[SceneOutline]


class EpisodeMemory(BaseModel, frozen=True):
    """What an episode that was made leaves in the minds of its people."""

    number: int = Field(ge=1)
    title: str
    summary: str
    """What happened, in a few sentences."""
    said: list[Line] = Field(default_factory=list)
    """Every line that was spoken, in order: it is not said again, and it can be quoted."""
    settled: list[str] = Field(default_factory=list)
    """Open threads of the plan that this episode closed."""


class SeriesPlan(BaseModel, frozen=True):
    """The whole mini-series: cast, places, and every episode's scenes (S1-27)."""

    title: str
    logline: str
    cast: list[Character]
    narrator: Narrator | None = None
    """Who tells what nobody of the cast would say aloud; none when people say everything themselves."""
    places: list[Place]
    episodes: list[EpisodeOutline]
    palette: list[str] = Field(default_factory=list)
    open_threads: list[str] = Field(default_factory=list)
    told: list[EpisodeMemory] = Field(default_factory=list)
    """The episodes that were made before, in order."""


class PlanSeriesInput(BaseModel, frozen=True):
    """The writer is asked to plan."""

    brief: NovelaBrief
    known: SeriesPlan | None = None
    """The plan of the series when an earlier episode made one: cast and places stay."""


class WriteSceneInput(BaseModel, frozen=True):
    """The writer is asked for one scene with its shots (`generate_scene_prompt`)."""

    brief: NovelaBrief
    plan: SeriesPlan
    outline: SceneOutline
    previous_scenes: list[Scene] = Field(default_factory=list)
    seconds: float
    """How long the scene may be; all lines must be speakable in it."""
    words_per_minute: int = Field(default=150, ge=60, le=240)
    """How fast people speak: decides how many words fit a shot and a scene."""
    shots: int = Field(ge=1, le=6)
    own: SceneBrief | None = None
    """What a person brought for this scene: its lines are said word for word, its shots are kept."""
    advice: str = ""
    """What the fallback handler or a person wants changed."""
    draft: Scene | None = None
    """The scene as it was, when it is being changed."""


class SceneDraft(BaseModel, frozen=True):
    """The writer's answer, with the mission's field names (S1-08) beside the shots."""

    sceneNumber: int
    prompt: str = Field(min_length=1)
    duration: int
    modelRecommendation: str
    parameters: dict[str, str | int | float | bool]
    continuityNotes: str
    scene: Scene


class SceneFacts(BaseModel, frozen=True):
    """What the catalogue and the price book say about a scene; worked out by code, never guessed."""

    errors: list[str] = Field(default_factory=list)
    """One sentence per parameter that the model does not accept."""
    estimated: str = "0.00"
    """Dollars for the whole scene, an exact decimal as text."""
    breakdown: dict[str, Any] = Field(default_factory=dict)


class CheckSceneInput(BaseModel, frozen=True):
    """The integrator is asked to validate and price a scene (`validate_and_cost`)."""

    scene: Scene
    model_id: str
    parameters: dict[str, str | int | float | bool]
    purpose: Literal["validate_and_cost", "generate", "status"] = "validate_and_cost"
    facts: SceneFacts | None = None
    """Filled in by the integrator itself before any model is asked."""


class Validation(BaseModel, frozen=True):
    """Whether the parameters can be sent."""

    isValid: bool
    errors: list[str] = Field(default_factory=list)


class CostAnswer(BaseModel, frozen=True):
    """The integrator's estimate in dollars, exact decimals as text."""

    estimated: str
    breakdown: dict[str, Any] = Field(default_factory=dict)


class IntegratorReport(BaseModel, frozen=True):
    """The integrator's answer (S1-12)."""

    action: Literal["call_lambda", "validate", "calculate_cost"]
    endpoint: Literal["generateMedia", "getStatus"] | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    validation: Validation
    cost: CostAnswer


class FallbackInput(BaseModel, frozen=True):
    """The fallback handler is asked what to do about a failure or a complaint."""

    action: Literal["fix_validation", "fix_provider_error", "answer_complaint"]
    error_code: str = ""
    errors: list[str] = Field(default_factory=list)
    prompt: str = ""
    context: dict[str, Any] = Field(default_factory=dict)
    language: Language = "en"
    """The language of `userMessage`."""


class ErrorAnalysis(BaseModel, frozen=True):
    """What went wrong and where."""

    type: str
    rootCause: str
    affectedComponent: str


class Solution(BaseModel, frozen=True):
    """What to do now and later."""

    immediate: str
    longTerm: str


class FallbackAdvice(BaseModel, frozen=True):
    """The fallback handler's answer (S1-15)."""

    errorAnalysis: ErrorAnalysis
    userMessage: str
    solution: Solution
    suggestedActions: list[str]
    needsInternetSearch: bool = False
    parameters: dict[str, str | int | float | bool] = Field(default_factory=dict)
    """Improved parameters to try, when the failure was about parameters."""
    prompt: str = ""
    """An improved prompt to try, when the words were refused."""


class ReviseShotInput(BaseModel, frozen=True):
    """The writer is asked to change one shot as a person noted (YELLOW)."""

    shot: Shot
    note: str
    scene: Scene
    cast: list[Character]
    places: list[Place]
    history: list[str] = Field(default_factory=list)
    """Earlier notes on this shot, oldest first."""
    language: Language = "en"
    """The language of the script, and so of the changes that are reported."""
    narrator: str = ""
    """Who tells the script; empty when nobody does."""


class RevisedShot(BaseModel, frozen=True):
    """The changed shot. Empty `changes` means that nothing of the note was understood."""

    shot: Shot
    changes: list[str] = Field(default_factory=list)
