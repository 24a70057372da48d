"""A camera set-up, and what a scene is as far as the camera cares."""

from dataclasses import dataclass, field
from typing import Literal

from state.script import CameraMove, Character, Language, Mood, ShotSize
from tools.models.offline.ledger.stage import Stage
from tools.models.offline.telling.spoken import Spoken, talk_of

ShotKind = Literal[
    "establish", "again", "two", "single", "answer", "medium", "turn", "react", "insert", "act"
]
OPENING: frozenset[ShotKind] = frozenset(("establish", "again"))
BOTH_HEARD: tuple[ShotSize, ...] = ("wide", "two_shot", "over_shoulder")
"""Sizes in which either of two people may talk."""


@dataclass(frozen=True, kw_only=True)
class Setup:
    """One camera set-up before it has a length: what is framed, why, and what is heard in it."""

    kind: ShotKind
    size: ShotSize
    move: CameraMove
    spoken: list[Spoken]
    on: Character
    """Whom the shot is about."""
    other: Character
    heard: Spoken | None = None
    """What a silent face has just heard."""
    thing: str = ""
    """What an insert shows."""
    here: tuple[Character, ...] = ()
    """Who has come on by now; empty when everybody has."""
    nobody: bool = False
    """Whether it shows the place alone."""
    pictured: tuple[Spoken, ...] = ()
    """What is seen, where that is not what is heard: a part of a sentence, or what it goes on to tell."""

    @property
    def seen(self) -> list[Spoken]:
        """The lines that the picture follows."""
        return list(self.pictured) or self.spoken

    @property
    def talk(self) -> list[Spoken]:
        """What people in it say."""
        return talk_of(self.spoken)

    @property
    def telling(self) -> Spoken | None:
        """What the narrator tells over it: the last of it, when there is more."""
        return next((one for one in reversed(self.spoken) if one.told), None)

    @property
    def subject(self) -> tuple[str, str]:
        """What may not be the same in two shots in a row."""
        pair = sorted({self.on.name, self.other.name})
        group = " ".join(pair if self.size == "two_shot" else [one.name for one in self.here]) or "both"
        who = group if self.size in ("wide", "two_shot") else self.on.name
        return self.size, "" if self.size == "insert" else who


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What a scene is, as far as the camera cares."""

    people: tuple[Character, ...]
    """Lead, opponent, and whoever else is there; one alone is enough."""
    count: int
    seconds: float
    limit_s: float
    words_per_minute: int
    new_place: bool
    shown: tuple[str, ...] = ()
    """Things that inserts of the scenes before have shown."""
    again: tuple[str, ...] = ()
    """Of these, what is seen once more here."""
    framed: tuple[tuple[ShotSize, frozenset[str]], ...] = ()
    """Wide pictures of this place in the scene before and its last one, and who was in them."""
    lately: tuple[tuple[ShotSize, frozenset[str]], ...] = ()
    """The last pictures of this place in the scenes before, oldest first, and who was in them."""
    stage: Stage = field(default_factory=Stage)
    """Who is there, clause by clause."""
    ends: bool = False
    """Whether the film ends with this scene."""
    light: bool
    """Comedy: the camera stands still and lets people move."""
    mood: Mood
    beat: str
    tall: bool
    """Whether the set is worth looking up at."""
    language: Language = "en"

    @property
    def room(self) -> float:
        """Words that the longest shot can hold."""
        return self.limit_s * self.words_per_minute / 60
