"""What a person asks for. Every field says what is wrong with it when it is wrong."""

from typing import Literal

from pydantic import BaseModel, Field, field_validator

from state.script import Genre, Language, Look

Resolution = Literal["180p", "480p", "720p", "1080p"]
AspectRatio = Literal["16:9", "9:16", "1:1"]

FRAME_HEIGHT: dict[str, int] = {"180p": 180, "480p": 480, "720p": 720, "1080p": 1080}


class CharacterBrief(BaseModel, frozen=True, extra="forbid"):
    """A person the story must have."""

    name: str = Field(min_length=1, max_length=60)
    role: str = Field(default="", max_length=300)
    wants: str = Field(default="", max_length=300)
    secret: str = Field(default="", max_length=300)
    look: Look | None = None


class PlaceBrief(BaseModel, frozen=True, extra="forbid"):
    """A place the story must have."""

    name: str = Field(min_length=1, max_length=80)
    description: str = Field(default="", max_length=300)


class SceneBrief(BaseModel, frozen=True, extra="forbid"):
    """A scene the episode must have, as a person described it."""

    number: int = Field(ge=1, le=12)
    description: str = Field(min_length=1, max_length=5000)
    characters: list[str] = Field(default_factory=list, max_length=12)
    previous_scenes: list[str] = Field(default_factory=list, max_length=50)
    model_id: str = ""
    """Empty means the brief's own model."""
    parameters: dict[str, str | int | float | bool] = Field(default_factory=dict)


class NovelaBrief(BaseModel, frozen=True, extra="forbid"):
    """A mini-series and the episode of it to make now."""

    title: str = Field(min_length=1, max_length=500)
    description: str = Field(min_length=1, max_length=20_000)
    genre: Genre = "drama"
    language: Language = "en"
    target_episodes: int = Field(default=1, ge=1, le=50)
    episode_number: int = Field(default=1, ge=1, le=50)
    scenes_per_episode: int = Field(default=4, ge=1, le=12)
    shots_per_scene: int = Field(default=3, ge=1, le=6)
    episode_seconds: int = Field(default=60, ge=6, le=180)
    """About how long the episode is; scenes and lines are written to fit."""
    characters: list[CharacterBrief] = Field(default_factory=list, max_length=12)
    places: list[PlaceBrief] = Field(default_factory=list, max_length=12)
    scenes: list[SceneBrief] = Field(default_factory=list, max_length=12)
    model_id: str = "wan-2.5-t2v-fast"
    """The video model the episode is meant for; prices are worked out with it."""
    duration: int = Field(default=8, ge=1, le=60)
    """Longest length of one generated clip in seconds, as the model allows."""
    resolution: Resolution = "1080p"
    aspect_ratio: AspectRatio = "16:9"
    master_seed: int | None = Field(default=None, ge=0, le=2**31 - 1)

    @field_validator("title", "description")
    @classmethod
    def _not_blank(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("must contain some words")
        return text.strip()

    @property
    def frame_size(self) -> tuple[int, int]:
        """Width and height in pixels, both even."""
        short = FRAME_HEIGHT[self.resolution]
        if self.aspect_ratio == "1:1":
            return short, short
        long = round(short * 16 / 9 / 2) * 2
        return (long, short) if self.aspect_ratio == "16:9" else (short, long)
