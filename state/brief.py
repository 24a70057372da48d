"""What a person asks for. Every field says what is wrong with it when it is wrong.

The words under a field are what Studio and the API show beside it.
"""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, field_validator, model_validator

from state.script import (
    CameraMove,
    Expression,
    Genre,
    Language,
    Look,
    Mood,
    Pitch,
    SetKind,
    ShotSize,
    TimeOfDay,
)

Resolution = Literal["180p", "480p", "720p", "1080p"]
AspectRatio = Literal["16:9", "9:16", "1:1"]

FRAME_HEIGHT: dict[str, int] = {"180p": 180, "480p": 480, "720p": 720, "1080p": 1080}


def _printable(text: str) -> str:
    """Refuse what no script, caption or database can hold."""
    bad = next((char for char in text if _is_control(char)), None)
    if bad is not None:
        raise ValueError(f"must not contain the control character U+{ord(bad):04X}")
    return text


def _is_control(char: str) -> bool:
    code = ord(char)
    return (code < 32 and char not in "\n\t\r") or 127 <= code < 160 or 0xD800 <= code < 0xE000


def _is_none(value: object) -> bool:
    return value is None


Words = Annotated[str, AfterValidator(_printable)]
"""Text of a person: any script, no control characters."""


def _some_words(text: str) -> str:
    if not text.strip():
        raise ValueError("must contain some words")
    return text.strip()


def _one_line(text: str) -> str:
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise ValueError("must contain something that can be seen")
    return " ".join(text.split())


Name = Annotated[Words, AfterValidator(_one_line)]
"""What somebody or something is called: one line, never blank."""


class VoiceBrief(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """How somebody is to sound."""

    id: str = Field(default="", max_length=60)
    """A voice of the voice model, such as `Kore` or `coral`; chosen for the person when it is missing."""
    rate: float = Field(default=1.0, ge=0.5, le=2.0)
    """How fast: 1 is usual, 0.8 slower."""
    pitch: Pitch = "usual"
    """How high."""
    style: Words = Field(default="", max_length=200)
    """How the lines are said, in words: `hoarse, as after a long night`."""


class CharacterBrief(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """A person the story must have."""

    name: Name = Field(min_length=1, max_length=60)
    """Unique in the cast; lines and scenes call the person by it."""
    role: Words = Field(default="", max_length=300)
    """Who this is in the story, in a few words."""
    wants: Words = Field(default="", max_length=300)
    """What this person is after."""
    secret: Words = Field(default="", max_length=300)
    """What nobody may know at first."""
    look: Look | None = None
    """How the person looks; worked out from the words when it is missing."""
    voice: VoiceBrief | None = Field(default=None, exclude_if=_is_none)
    """How the person sounds; found by age and look when it is missing."""


class PlaceBrief(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """A place the story must have."""

    name: Name = Field(min_length=1, max_length=80)
    """What the scenes call it."""
    description: Words = Field(default="", max_length=300)
    """What one sees there."""
    kind: SetKind | None = None
    """What is built for it; worked out from the words when it is missing."""
    outside: bool | None = None
    """Whether it lies under the open sky; worked out from the words when it is missing."""


class ProductBrief(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """A thing that the episode must show."""

    name: Name = Field(min_length=1, max_length=80)
    """What people call it."""
    description: Words = Field(default="", max_length=500)
    """What it is, in a sentence."""
    picture: Words = Field(default="", max_length=500)
    """Its picture: the key of an upload, or for `greenlight make` a file beside the brief."""


class LineBrief(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """One line that must be said, word for word."""

    speaker: Name = Field(min_length=1, max_length=60)
    """Who says it; somebody new is added to the cast."""
    text: Words = Field(min_length=1, max_length=1500)
    """The words, spoken as they are."""
    manner: Words = Field(default="", max_length=200)
    """How it is said: `whispering`, `to herself`."""
    expression: Expression | None = None
    """The face while it is said; worked out from the manner when it is missing."""
    unseen: bool = False
    """Heard, while the picture shows somebody or something else."""

    @field_validator("text")
    @classmethod
    def _not_blank(cls, text: str) -> str:
        return _some_words(text)


class ShotBrief(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """One camera set-up as a person wants it; what is left out is chosen."""

    description: Words = Field(default="", max_length=2000)
    """What one sees."""
    size: ShotSize | None = None
    """How much of it is in the frame."""
    move: CameraMove | None = None
    """What the camera does."""
    seconds: float | None = Field(default=None, ge=0.5, le=60)
    """How long it lasts; as long as its lines need when it is missing."""
    lines: list[LineBrief] = Field(default_factory=list, max_length=12)
    """What is said in it, in order."""
    panel: Words = Field(default="", max_length=500)
    """Its storyboard picture: the key of an upload, or for `greenlight make` a file beside the brief."""


class SceneBrief(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """A scene the episode must have, as a person described it."""

    number: int = Field(ge=1, le=12)
    """Which scene of the episode this is."""
    description: Words = Field(default="", max_length=5000)
    """What happens in it; may be left out where lines, shots or the script say it."""
    title: Words = Field(default="", max_length=200)
    """What the scene is called."""
    place: Words = Field(default="", max_length=80)
    """Where it plays: one of the places, or a new one."""
    time: TimeOfDay | None = None
    """When it plays."""
    mood: Mood | None = None
    """How it feels: decides light and music."""
    lines: list[LineBrief] = Field(default_factory=list, max_length=60)
    """What is said in it, in order; the writer finds the shots. For lines in shots, use `shots`."""
    shots: list[ShotBrief] = Field(default_factory=list, max_length=26)
    """Its shots, in order, used as they are."""
    breakdown: Literal["keep", "free"] = "keep"
    """`free`: the shots are passages of a script, which the writer may cut into more camera set-ups."""
    characters: list[Words] = Field(default_factory=list, max_length=12)
    """Names of the people in it."""
    previous_scenes: list[Words] = Field(default_factory=list, max_length=50)
    """What happened before, if the scene needs to know."""
    model_id: str = ""
    """Empty means the brief's own model."""
    parameters: dict[str, str | int | float | bool] = Field(default_factory=dict)
    """Extra parameters for the video model."""

    @model_validator(mode="after")
    def _each_line_once(self) -> Self:
        if self.lines and self.shots:
            raise ValueError("lines: this scene has shots; put each line into the shot in which it is said")
        return self

    @property
    def spoken(self) -> list[LineBrief]:
        """Everything that is said in it, in order."""
        return self.lines or [line for shot in self.shots for line in shot.lines]


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
    """About how long the episode is. Left out: as long as the story or your own script needs."""
    characters: list[CharacterBrief] = Field(default_factory=list, max_length=12)
    """People the story must have; the writer adds others when it needs them."""
    places: list[PlaceBrief] = Field(default_factory=list, max_length=12)
    """Places the story must have."""
    scenes: list[SceneBrief] = Field(default_factory=list, max_length=12)
    """Scenes the episode must have; the others are invented."""
    script: Words = Field(default="", max_length=100_000)
    """The episode's own screenplay in Fountain; its words are spoken as they are."""
    product: ProductBrief | None = None
    """A thing that the episode must show."""
    narrator: bool = True
    """Whether a voice tells what nobody says aloud; without it, people and pictures have to do."""
    previous: str = Field(default="", max_length=60)
    """The production of the episode before: cast, sets, voices, seed and memory are taken over."""
    model_id: str = "wan-2.5-t2v-fast"
    """The video model the episode is meant for; prices are worked out with it."""
    image_model: str = "flux-schnell"
    """The model that draws the storyboard."""
    voice_model: str = "kokoro-82m"
    """The model that speaks the lines."""
    music_model: str = "orchestra"
    """The model that plays the music."""
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
        numbers = [scene.number for scene in self.scenes]
        twice = next((number for number in numbers if numbers.count(number) > 1), None)
        if twice is not None:
            raise ValueError(f"scenes: two of them have the number {twice}; number them 1, 2, 3")
        return self

    @field_validator("title", "description")
    @classmethod
    def _not_blank(cls, text: str) -> str:
        return _some_words(text)

    @property
    def frame_size(self) -> tuple[int, int]:
        """Width and height in pixels, both even."""
        short = FRAME_HEIGHT[self.resolution]
        if self.aspect_ratio == "1:1":
            return short, short
        long = round(short * 16 / 9 / 2) * 2
        return (long, short) if self.aspect_ratio == "16:9" else (short, long)
