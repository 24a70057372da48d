"""What a real text model is asked for: only what a writer decides.

What everybody knows already (how people look, which sets there are, numbers, lengths in frames) is added
by code, so that an answer is short, cheap and hard to get wrong. The words under a field are what the
model reads about it.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from state.brief import AspectRatio, Resolution
from state.script import (
    Accessory,
    Age,
    CameraMove,
    EffectKind,
    Expression,
    Garment,
    Gesture,
    HairStyle,
    Mood,
    Presentation,
    SetKind,
    ShotSize,
    TimeOfDay,
    Weather,
)

SkinName = Literal["deep", "brown", "tan", "olive", "light"]
HairColourName = Literal[
    "black", "brown", "auburn", "red", "copper", "blond", "grey", "white", "pink", "blue", "green", "purple"
]
ColourName = Literal[
    "burgundy", "navy", "khaki", "mustard", "olive", "teal", "plum", "terracotta", "cream", "charcoal", "sky",
    "white", "black", "red", "green", "blue", "yellow", "pink", "orange", "purple", "lilac", "grey", "brown",
    "gold", "camel",
]  # fmt: skip
Beard = Literal["none", "stubble", "moustache", "full", "goatee"]
Position = Literal["left", "centre", "right"]
Facing = Literal["left", "right", "camera"]


def _lean(schema: dict[str, Any]) -> None:
    """A schema without what tells a model nothing."""
    for part in (schema, *schema.get("properties", {}).values()):
        part.pop("title", None)
        part.pop("default", None)


class Answer(BaseModel):
    """A shape that a model is asked for."""

    model_config = ConfigDict(
        frozen=True, use_attribute_docstrings=True, allow_inf_nan=False, json_schema_extra=_lean
    )


class LookAnswer(Answer):
    """How somebody looks: the same in every episode, and told apart from the others at a glance."""

    presentation: Presentation
    """Drawn and voiced as."""
    age: Age = "adult"
    """A child is drawn small, an elder with grey in the hair."""
    years: int | None = Field(default=None, ge=0, le=120)
    """Age in years, where it matters."""
    skin: SkinName = "tan"
    """From darkest to lightest."""
    hair_style: HairStyle = "short"
    """What is nearest."""
    hair_colour: HairColourName = "brown"
    """What is nearest."""
    beard: Beard = "none"
    """`none` for most."""
    glasses: bool = False
    """Worn all the time."""
    garment: Garment = "shirt"
    """What they are known by; it fits their work."""
    garment_colour: ColourName = "burgundy"
    """Nobody else's in this cast."""
    accessory: Accessory = "none"
    """One thing worn, or `none`."""


class PersonAnswer(Answer):
    """One member of the cast."""

    name: str = Field(min_length=1)
    """As everybody calls them; the brief's spelling."""
    role: str = ""
    """Who they are in the story, in at most eight words."""
    wants: str = ""
    """What they are after, in at most ten words."""
    secret: str = ""
    """What they hide, in at most ten words."""
    manner: str = ""
    """Their voice and way of speaking, in at most eight words."""
    look: LookAnswer | None = None
    """Leave it out for whoever has a given look."""


class NarratorAnswer(Answer):
    """Who tells the story without being in it."""

    name: str = Field(min_length=1)
    """A name that nobody in the cast has."""
    presentation: Presentation = "woman"
    """Whose voice it is."""


class PlaceAnswer(Answer):
    """One set."""

    name: str = Field(min_length=1)
    """As the scenes call it."""
    kind: SetKind
    """The set that comes nearest."""
    props: list[str] = Field(default_factory=list)
    """Up to four things that stand there and matter, one or two words each."""


class OutlineAnswer(Answer):
    """One scene as planned. For a later episode the summary is enough."""

    summary: str = Field(min_length=1)
    """What happens and what changes, in one or two sentences."""
    title: str = ""
    """At most five words."""
    place: str = ""
    """The name of one of the places."""
    time: TimeOfDay = "day"
    """`dusk` is also dawn."""
    mood: Mood = "warm"
    """Decides light and music."""
    people: list[str] = Field(default_factory=list)
    """Names of the cast who are seen in it, whoever carries it first; three at most."""
    beat: str = ""
    """setup, complication, confrontation, turn, cliffhanger, ..."""


class EpisodeAnswer(Answer):
    """One episode as planned."""

    number: int = Field(ge=1)
    """Counted from 1."""
    title: str = Field(min_length=1)
    """At most six words."""
    logline: str = ""
    """One sentence."""
    scenes: list[OutlineAnswer] = Field(default_factory=list)
    """In order."""


class PlanAnswer(Answer):
    """The plan of a mini-series."""

    title: str = ""
    """Of the series."""
    logline: str = ""
    """One or two sentences."""
    people: list[PersonAnswer] = Field(default_factory=list)
    """The cast."""
    narrator: NarratorAnswer | None = None
    """`null` where nobody narrates."""
    places: list[PlaceAnswer] = Field(default_factory=list)
    """Two to five sets."""
    episodes: list[EpisodeAnswer] = Field(default_factory=list)
    """In order."""
    palette: list[str] = Field(default_factory=list)
    """Four hex colours from dark to light, such as #1f2a44."""
    open_threads: list[str] = Field(default_factory=list)
    """What is unresolved at the end, at most five short sentences."""


class BlockingAnswer(Answer):
    """One person in one shot."""

    name: str = Field(min_length=1)
    """A name of the cast."""
    position: Position = "centre"
    """Side of the picture; the same in the whole scene."""
    facing: Facing = "camera"
    """Where they look; never left in one shot and right in another of the same scene."""
    expression: Expression = "neutral"
    """The face in this shot."""
    gesture: Gesture = "none"
    """What body and hands do."""
    holds: str = ""
    """The thing in their hand, one or two words."""


class LineAnswer(Answer):
    """One thing that is said."""

    speaker: str = Field(min_length=1)
    """A name of the cast, or the narrator's."""
    text: str = Field(min_length=1)
    """Only the spoken words: no name, no stage direction, no quotation marks around them."""
    expression: Expression = "neutral"
    """How it is said."""
    voice_over: bool = False
    """Heard while the speaker is not seen; always true for the narrator."""


class ShotAnswer(Answer):
    """One camera set-up."""

    description: str = ""
    """What happens, in one or two sentences, in the script's language; left out where a person gave it."""
    size: ShotSize = "medium"
    """`two_shot` and `over_shoulder` need two people; an `insert` shows a thing and no face."""
    move: CameraMove = "static"
    """What the camera does."""
    people: list[BlockingAnswer] = Field(default_factory=list)
    """Who is seen, three at most; empty for an insert."""
    subject: str = ""
    """The thing an insert shows, one or two words; `product` for the brief's product."""
    things: list[str] = Field(default_factory=list)
    """Other things that must be seen, one or two words each, three at most."""
    lines: list[LineAnswer] = Field(default_factory=list)
    """In the order in which they are said."""
    effects: list[EffectKind] = Field(default_factory=list)
    """Sounds that something in the picture makes, two at most."""
    seconds: float = Field(default=1.0, gt=0, le=600)
    """How long it lasts."""
    prompt: str = ""
    """What the video model is told, in two or three sentences: action, light, camera. No looks or clothes:
    these are added, the same words in every shot."""
    negative_prompt: str = ""
    """What must not be seen in this shot beside the usual faults; may be empty."""


class ParametersAnswer(Answer):
    """Settings of the video model."""

    aspect_ratio: AspectRatio = "16:9"
    """As the task says."""
    resolution: Resolution = "1080p"
    """As the task says."""


class SceneAnswer(Answer):
    """One scene with its shots."""

    sceneNumber: int
    """As the task says."""
    prompt: str = Field(min_length=1)
    """The scene in five short parts: characters, setting, action and emotion, camera, continuity."""
    duration: int
    """Longest clip in seconds, as the task says."""
    modelRecommendation: str
    """The video model of the task."""
    parameters: ParametersAnswer
    """Settings of the video model, as the task says."""
    continuityNotes: str
    """What the next scene must keep."""
    weather: Weather = "clear"
    """Seen outside and through windows."""
    shots: list[ShotAnswer] = Field(default_factory=list)
    """In order, as many as the task says."""


class BlockingChange(Answer):
    """One person of the changed shot; what is left out stays as it is."""

    name: str = Field(min_length=1)
    """A name of the cast."""
    position: Position | None = None
    """Only when the note asks for it."""
    facing: Facing | None = None
    """Only when the note asks for it."""
    expression: Expression | None = None
    """The new face."""
    gesture: Gesture | None = None
    """What body and hands now do."""
    holds: str | None = None
    """The thing in their hand; empty for none."""
    hair_style: HairStyle | None = None
    """For this shot."""
    hair_colour: HairColourName | None = None
    """For this shot."""
    garment: Garment | None = None
    """For this shot."""
    garment_colour: ColourName | None = None
    """For this shot."""
    accessory: Accessory | None = None
    """For this shot."""


class ShotChange(Answer):
    """What a note changes in a shot. What is left out, or `null`, stays as it is."""

    changes: list[str] = Field(default_factory=list)
    """Each change in plain words, in the script's language; and what of the note cannot be done here."""
    description: str | None = None
    """The new one, where the old one is no longer true."""
    size: ShotSize | None = None
    """How much is in the frame."""
    move: CameraMove | None = None
    """What the camera does."""
    place: str | None = None
    """The name of another known place."""
    time: TimeOfDay | None = None
    """Hour of the shot."""
    weather: Weather | None = None
    """Seen outside and through windows."""
    mood: Mood | None = None
    """Decides the light."""
    people: list[BlockingChange] | None = None
    """Everybody who is seen in the changed shot, changed or not; who is not named goes."""
    subject: str | None = None
    """The thing an insert shows, one or two words."""
    things: list[str] | None = None
    """All other things that must be seen, one or two words each."""
    lines: list[LineAnswer] | None = None
    """All lines of the changed shot, in order."""
    effects: list[EffectKind] | None = None
    """All sounds that something in the picture makes."""
    prompt: str | None = None
    """What the video model is told of the new state, in two or three sentences, without looks and clothes."""
    negative_prompt: str | None = None
    """What must not be seen beside the usual faults."""
