"""What is asked of an engine, and what comes back.

An order is one decision to have something generated. Its key,
`production:stage:item:cause`, is what makes paying twice impossible: a node that
runs again builds the same key and gets the same order back.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from state.cost import ZERO, Money
from state.media import MediaRef
from state.script import Expression, Language, Mood, Staging

FIRST = "first"
"""The cause of whatever nobody has asked for again."""
STANDS_IN = "~"
"""What follows in a cause is the model of an order that stands in for the wanted one: `first~luma-ray-2`."""
BY_HAND = "update:"
"""Causes that begin so are changes of the state by hand: what was bought for the same is taken again."""

Medium = Literal["image", "video", "voice", "music"]
OrderState = Literal["intent", "submitted", "done", "failed", "unknown"]
FailureKind = Literal[
    "not_sent", "throttled", "ambiguous", "transient_job", "refused", "invalid", "auth", "no_credit",
    "expired", "bad_output", "internal",
]  # fmt: skip


Parameters = dict[str, str | int | float | bool]


def decision_of(cause: str) -> str:
    """The decision behind a cause, whichever engine the order is at."""
    return cause.partition(STANDS_IN)[0]


def cause_in(call_key: str) -> str:
    """The cause in the key of an order: what comes after production, stage and item."""
    return call_key.split(":", 3)[-1]


def _unset(value: object) -> bool:
    """Left out of what is stored, so that requests from before a field was there keep their digests."""
    return not value


class Style(BaseModel, frozen=True):
    """The look of one production: the same in every picture."""

    palette: list[str] = Field(default_factory=lambda: ["#1f2a44", "#b5533c", "#e8b04a", "#f3e9d8"])
    accent: str = "#e8b04a"
    seed: int = 1


class ImageRequest(BaseModel, frozen=True):
    """One storyboard panel."""

    medium: Literal["image"] = "image"
    provider: str
    model: str
    prompt: str
    negative_prompt: str = ""
    width: int = Field(ge=64, le=4096)
    height: int = Field(ge=64, le=4096)
    seed: int
    staging: Staging
    style: Style
    references: list[MediaRef] = Field(default_factory=list)
    """In the order of their weight: as many of the first as the model takes are sent."""
    source: MediaRef | None = Field(default=None, exclude_if=_unset)
    """The picture to be changed, where this is image to image; `parameters["strength"]` says how much."""
    parameters: Parameters = Field(default_factory=dict, exclude_if=_unset)
    """What was priced, in the catalogue's words: `aspect_ratio`, `resolution`, ..."""


class Viseme(BaseModel, frozen=True):
    """One mouth shape over a span, seconds from the start of its sound file."""

    start_s: float
    end_s: float
    mouth: Literal["closed", "open", "wide", "round", "teeth", "rest"]


class WordTime(BaseModel, frozen=True):
    """When one word is said, seconds from the start of its sound file."""

    word: str
    start_s: float
    end_s: float


class Speech(BaseModel, frozen=True):
    """One line as it is spoken inside a shot, for mouths and expressions."""

    speaker: str
    start_s: float
    """Seconds from the first frame of the shot."""
    end_s: float
    expression: Expression = "neutral"
    visemes: list[Viseme] = Field(default_factory=list)
    words: list[WordTime] = Field(default_factory=list)
    """As said, seconds from the start of the line: heads nod and brows rise with them."""


class VideoRequest(BaseModel, frozen=True):
    """One take of one shot: moving picture without sound."""

    medium: Literal["video"] = "video"
    provider: str
    model: str
    prompt: str
    negative_prompt: str = ""
    width: int = Field(ge=64, le=4096)
    height: int = Field(ge=64, le=4096)
    fps: int = Field(default=24, ge=1, le=60)
    duration_s: float = Field(gt=0, le=60)
    seed: int
    staging: Staging
    style: Style
    speeches: list[Speech] = Field(default_factory=list)
    first_frame: MediaRef | None = None
    references: list[MediaRef] = Field(default_factory=list)
    """In the order of their weight: as many of the first as the model takes are sent."""
    last_frame: MediaRef | None = Field(default=None, exclude_if=_unset)
    extends: MediaRef | None = Field(default=None, exclude_if=_unset)
    """The clip that this one goes on from, with a model that can."""
    upscales: MediaRef | None = Field(default=None, exclude_if=_unset)
    """The clip that this one is, larger, with a model that makes nothing else."""
    parameters: Parameters = Field(default_factory=dict, exclude_if=_unset)
    """What was priced, in the catalogue's words: `resolution`, `aspect_ratio`, `generate_audio`, ..."""


class VoiceRequest(BaseModel, frozen=True):
    """One spoken line."""

    medium: Literal["voice"] = "voice"
    provider: str
    model: str
    text: str = Field(min_length=1, max_length=2000)
    language: Language
    voice_id: str
    expression: Expression = "neutral"
    speed: float = Field(default=1.0, ge=0.5, le=2.0)
    seed: int = 0
    parameters: Parameters = Field(default_factory=dict, exclude_if=_unset)
    """`style` (how it is to be said, in words), `pitch`, `rate`, where a model can be told."""


class MusicHit(BaseModel, frozen=True):
    """A moment the music should mark."""

    at_s: float
    kind: Literal["turn", "sting", "end"]


class MusicCue(BaseModel, frozen=True):
    """From here on the music is in another mood: a scene begins."""

    start_s: float = Field(ge=0)
    mood: Mood


class MusicRequest(BaseModel, frozen=True):
    """The music of one episode, exactly as long as its picture."""

    medium: Literal["music"] = "music"
    provider: str
    model: str
    prompt: str
    mood: str
    genre: str
    duration_s: float = Field(gt=0, le=1800)
    tempo_bpm: int = Field(default=84, ge=40, le=200)
    seed: int
    hits: list[MusicHit] = Field(default_factory=list)
    cues: list[MusicCue] = Field(default_factory=list)
    """One per scene, in order; without any, `mood` holds throughout."""
    theme_seed: int | None = None
    """The melody's own seed, shared by the episodes of a series; None takes `seed`."""
    lyrics: str = Field(default="", max_length=3000, exclude_if=_unset)
    """What is sung; empty for music without a voice."""


EngineRequest = Annotated[
    ImageRequest | VideoRequest | VoiceRequest | MusicRequest, Field(discriminator="medium")
]


class Order(BaseModel, frozen=True):
    """One decision to have something generated."""

    production_id: str
    stage: str
    """`storyboard`, `voice`, `take`, `music`, ..."""
    item: str
    """What it is for, stable over runs: a shot's slate without take, `2A`, or `2A/line1`."""
    cause: str = FIRST
    """`first`, the task id of the gate whose answer asked for a new one, a later start, a change by hand."""
    request: EngineRequest

    @property
    def call_key(self) -> str:
        """The business identity under which this is bought once."""
        return f"{self.production_id}:{self.stage}:{self.item}:{self.cause}"


class Ticket(BaseModel, frozen=True):
    """A submitted order: enough to collect it from another process."""

    call_key: str
    take_number: int
    provider: str
    model: str
    external_id: str = ""


class Delivery(BaseModel, frozen=True):
    """A finished order: our stored copy and what it took."""

    call_key: str
    take_number: int
    provider: str
    model: str
    media: MediaRef
    cost: Money = ZERO
    seed: int | None = None
    degraded: bool = False
    extra: dict[str, Any] = Field(default_factory=dict)
    """JSON the engine adds. Voices: `words` (WordTime), `visemes` (Viseme). Music: `beats` (seconds)."""


class OrderFailure(BaseModel, frozen=True):
    """An order that ended without a result: a value, because a worker returns it instead of raising."""

    call_key: str
    provider: str
    model: str
    kind: FailureKind
    message: str
    user_action: str = ""
    tried: list[dict[str, str]] = Field(default_factory=list, exclude_if=_unset)
    """Every engine of a chain that was asked in vain: provider, model, kind and message."""


MOST_TOKENS = 2**31 - 1
"""As many as the ledger can hold for one call; no model reads or writes nearly that much."""


class Usage(BaseModel, frozen=True):
    """Tokens of one text call."""

    prompt_tokens: int = 0
    """All that the model read, cached or not."""
    completion_tokens: int = 0
    """All that it wrote, its reasoning included."""
    cached_tokens: int = 0
    """Of the prompt's, those that the vendor had read before and asks less for."""
    reasoning_tokens: int = 0
    """Of the completion's, those that it only thought."""
    estimated: bool = False
    """Whether the vendor told no figures and these are ours."""

    @property
    def total_tokens(self) -> int:
        """Both directions together."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def is_count(self) -> bool:
        """Whether these can be figures of one call: none below zero, none that the ledger cannot hold."""
        told = (self.prompt_tokens, self.completion_tokens, self.cached_tokens, self.reasoning_tokens)
        return all(0 <= one <= MOST_TOKENS for one in told)

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            reasoning_tokens=self.reasoning_tokens + other.reasoning_tokens,
            estimated=self.estimated or other.estimated,
        )


class TextOrder(BaseModel, frozen=True):
    """One question to an agent's model, recorded so that a replay asks nobody."""

    production_id: str
    stage: str
    item: str
    cause: str = FIRST
    agent: str
    provider: str = "offline"
    model: str
    prompt: str
    prompt_digest: str

    @property
    def call_key(self) -> str:
        """The business identity under which the answer is recorded."""
        return f"{self.production_id}:{self.stage}:{self.item}:{self.cause}"


class TextAnswer(BaseModel, frozen=True):
    """What the model answered, valid for the agent's output, and what it took."""

    content: dict[str, Any]
    usage: Usage = Field(default_factory=Usage)
    cost: Money = ZERO
    provider: str = ""
    model: str = ""
    """The one that answered."""
    instead_of: str = ""
    """The model that was asked for, where a stand-in answered."""


class Price(BaseModel, frozen=True):
    """What one unit of a model costs in one edition of the price book."""

    provider: str
    model: str
    unit: Literal["second", "image", "call", "character"]
    price_usd: Decimal
    edition: str
