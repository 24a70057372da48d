"""What a person asks for. Every field says what is wrong with it when it is wrong.

The words under a field are what Studio and the API show beside it.
"""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, field_validator, model_validator

from state.script import Genre, Language, Look

Resolution = Literal["180p", "480p", "720p", "1080p"]
AspectRatio = Literal["16:9", "9:16", "1:1"]

FRAME_HEIGHT: dict[str, int] = {"180p": 180, "480p": 480, "720p": 720, "1080p": 1080}


def _printable(text: str) -> str:
    """Refuse what no script, caption or database can hold."""
    bad = next((char for char in text if ord(char) < 32 and char not in "\n\t\r"), None)
    if bad is not None:
        raise ValueError(f"must not contain the control character U+{ord(bad):04X}")
    return text


Words = Annotated[str, AfterValidator(_printable)]
"""Text of a person: any script, no control characters."""


class CharacterBrief(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """A person the story must have."""

    name: Words = Field(min_length=1, max_length=60)
    """Unique in the cast; lines and scenes call the person by it."""
    role: Words = Field(default="", max_length=300)
    """Who this is in the story, in a few words."""
    wants: Words = Field(default="", max_length=300)
    """What this person is after."""
    secret: Words = Field(default="", max_length=300)
    """What nobody may know at first."""
    look: Look | None = None
    """How the person looks; worked out from the words when it is missing."""


class PlaceBrief(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """A place the story must have."""

    name: Words = Field(min_length=1, max_length=80)
    """What the scenes call it."""
    description: Words = Field(default="", max_length=300)
    """What one sees there."""


class SceneBrief(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """A scene the episode must have, as a person described it."""

    number: int = Field(ge=1, le=12)
    """Which scene of the episode this is."""
    description: Words = Field(min_length=1, max_length=5000)
    """What happens in it."""
    characters: list[Words] = Field(default_factory=list, max_length=12)
    """Names of the people in it."""
    previous_scenes: list[Words] = Field(default_factory=list, max_length=50)
    """What happened before, if the scene needs to know."""
    model_id: str = ""
    """Empty means the brief's own model."""
    parameters: dict[str, str | int | float | bool] = Field(default_factory=dict)
    """Extra parameters for the video model."""


class NovelaBrief(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """A mini-series and the episode of it to make now."""

    title: Words = Field(min_length=1, max_length=500)
    """The name of the series."""
    description: Words = Field(min_length=1, max_length=20_000)
    """The story in your own words; names and places in it are used."""
    genre: Genre = "drama"
    """Decides tone, music and light."""
    language: Language = "en"
    """The language of script, voices and captions."""
    target_episodes: int = Field(default=1, ge=1, le=50)
    """How many episodes the series has."""
    episode_number: int = Field(default=1, ge=1, le=50)
    """Which of them to make now."""
    scenes_per_episode: int = Field(default=4, ge=1, le=12)
    """One place and time each."""
    shots_per_scene: int = Field(default=3, ge=1, le=6)
    """Camera set-ups per scene."""
    episode_seconds: int = Field(default=60, ge=6, le=180)
    """About how long the episode is; scenes and lines are written to fit."""
    characters: list[CharacterBrief] = Field(default_factory=list, max_length=12)
    """People the story must have; the writer adds others when it needs them."""
    places: list[PlaceBrief] = Field(default_factory=list, max_length=12)
    """Places the story must have."""
    scenes: list[SceneBrief] = Field(default_factory=list, max_length=12)
    """Scenes the episode must have; the others are invented."""
    model_id: str = "wan-2.5-t2v-fast"
    """The video model the episode is meant for; prices are worked out with it."""
    duration: int = Field(default=8, ge=1, le=60)
    """Longest length of one generated clip in seconds, as the model allows."""
    resolution: Resolution = "1080p"
    """Height of the picture."""
    aspect_ratio: AspectRatio = "16:9"
    """Wide, tall or square."""
    master_seed: int | None = Field(default=None, ge=0, le=2**31 - 1)
    """The same seed makes the same episode again; left out, it follows from the brief."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.episode_number > self.target_episodes:
            wrong = f"episode_number: {self.episode_number} is more than target_episodes"
            raise ValueError(f"{wrong}, which is {self.target_episodes}")
        names = [character.name.casefold() for character in self.characters]
        doubled = next((name for name in names if names.count(name) > 1), None)
        if doubled is not None:
            raise ValueError(f"characters: two of them are called {doubled!r}; give each a name of its own")
        return self

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
