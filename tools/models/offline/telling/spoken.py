"""One line of a scene with what it does to the people in it."""

from dataclasses import dataclass, replace

from state.script import Character, Expression, Gesture
from tools.models.offline.words.fact import Fact

POSED: frozenset[Gesture] = frozenset((
    "knocking", "sitting", "hugging", "writing", "reading", "driving", "phone_to_ear", "whispering",
    "waving", "pushing", "pulling", "stirring", "arms_open", "pointing", "head_in_hands", "kneeling",
    "drinking", "working", "raised_hand", "reaching_out", "eating", "tearing", "opening", "shaking_hands",
    "dancing", "kissing", "running", "riding", "falling", "lying", "sleeping", "carrying", "walking",
    "leaving", "playing", "reaching_up", "dressing", "touching", "listening", "covering_mouth",
))  # fmt: skip
"""What is seen in a body: better than a picture of the chair or the door."""

WHOLE_BODY: frozenset[Gesture] = frozenset(
    (
        "knocking",
        "hugging",
        "driving",
        "arms_open",
        "sitting",
        "head_in_hands",
        "kneeling",
        "drinking",
        "working",
        "eating",
        "shaking_hands",
        "dancing",
        "kissing",
        "running",
        "riding",
        "falling",
        "lying",
        "sleeping",
        "playing",
        "pulling",
    )
)
"""Of these, what is better seen than any thing."""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One line, said by somebody of the cast or told over the picture."""

    move: str
    speaker: Character
    listener: Character
    text: str
    expression: Expression
    reaction: Expression
    gesture: Gesture
    essential: bool
    narrator: str = ""
    """Who tells it over the picture; then `speaker` is whom the picture is about."""
    fact: Fact | None = None
    """What it tells, or what it is about."""
    thing: str = ""
    """The drawable thing it is about."""
    meant: str = ""
    """The thing that a pronoun or `the thing` stands for here."""
    itself: bool = False
    """Whether it tells of that thing alone: nobody of the scene does anything."""

    done_by: str = ""
    """Whom the ledger sees do what is told; empty where a thing or a stranger does."""
    done: str = ""
    """The words of what they do, where others do something in the same line."""

    quoted: bool = False
    """Whether the brief has it word for word."""

    heard: str | None = None
    """What is heard while this text is seen: a longer sentence or nothing; None where it is the text."""

    @property
    def told(self) -> bool:
        """Whether it is heard over the picture."""
        return bool(self.narrator)


def heard_of(lines: list[Spoken]) -> list[Spoken]:
    """The lines as they are heard: whole sentences; nothing over a picture that goes on showing one."""
    whole = [one if one.heard is None else replace(one, text=one.heard, heard=None) for one in lines]
    return [one for one in whole if one.text]


def talk_of(lines: list[Spoken]) -> list[Spoken]:
    """What the people themselves say."""
    return [line for line in lines if not line.told]
