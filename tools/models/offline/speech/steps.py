"""One line that somebody could say about a fact in their own words."""

from dataclasses import dataclass
from typing import Literal

from state.script import Character
from tools.models.offline.words.fact import Fact

Source = Literal["fact", "quote"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line that could be said."""

    speaker: Character
    listener: Character
    move: str
    """What it does: chooses the face."""
    source: Source
    frame: str = ""
    fact: Fact | None = None
