"""The floor of a scene: what holds for all of its shots, and how things are when each of them ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from state.script import Character, Expression, Place, Staging, ThingLook, TimeOfDay, Weather
from state.writing import SceneOutline
from tools.models.offline.ledger.stage import Stage
from tools.models.offline.persons.worn_once import Bare
from tools.models.offline.places.ways import Way
from tools.models.offline.things.shown import Words


@dataclass(frozen=True, kw_only=True)
class Floor:
    """What holds for every shot of a scene."""

    outline: SceneOutline
    place: Place
    weather: Weather
    people: tuple[Character, ...]
    thing: str
    """What the scene is about, when it is at hand."""
    around: tuple[str, ...] = ()
    """What else the scene tells of and can be drawn, the most important first."""
    since: Mapping[str, int] = field(default_factory=dict)
    """By thing, the order of the fact that first tells of it: it is not in the picture before."""
    words: Words | None = None
    """How the story speaks of its things."""
    looks: Mapping[str, ThingLook] = field(default_factory=dict)
    """How they look when the scene begins."""
    turned: bool = False
    """Seen from the other side: who stood left stands right."""
    title: str = ""
    """Where and when we are, written over the scene's first picture."""
    stage: Stage = field(default_factory=Stage)
    """Who is there and who holds what, clause by clause."""
    worn: frozenset[str] = frozenset()
    """Who has put glasses on in the scenes before."""
    bare: Bare = field(default_factory=dict)
    """Who has taken off something here in the scene before."""
    before: tuple[Staging, ...] = ()
    """The latest pictures of the scenes before."""
    blank_screens: bool = False
    """Whether no words may be seen on a screen."""
    ways: tuple[Way, ...] = ()
    """Where each of its sentences plays; nothing where all of it is in its place."""
    passes: bool = False
    """Whether an hour told within the scene changes its light: no hour stands over the whole film."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """How people are when a shot ends."""

    faces: dict[str, Expression]
    holds: Mapping[str, str] = field(default_factory=dict)
    """What everybody has in hand, by name."""
    giver: str = ""
    """Who is handing something over."""
    told: int = -1
    """The order of the latest fact that was heard."""
    looks: Mapping[str, ThingLook] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    """Things that are in a sleeve, lost or sought by now."""
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What the story has told of in this scene, and over a picture of whom."""
    worn: frozenset[str] = frozenset()
    """Who has put glasses on."""
    bare: Bare = field(default_factory=dict)
    """Who has taken off what they wore."""
    unlit: bool = False
    """Whether the lights of the place are out."""
    time: TimeOfDay | None = None
    """The hour that was told in this scene; None while it is the scene's."""
