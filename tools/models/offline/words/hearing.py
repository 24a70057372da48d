"""Who is there to be heard while a story is told."""

from dataclasses import dataclass

from state.script import Character, Language


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a sentence, and who says it; nobody when it is told."""

    text: str
    speaker: Character | None = None
    quoted: bool = False
    """Whether the brief has it word for word."""


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """Who is there to be heard, and what was told until now."""

    people: tuple[Character, ...]
    cast: tuple[Character, ...]
    language: Language
    before: Character | None = None
    """Who the sentence before was about."""
    earlier: tuple[str, ...] = ()
    """The sentences told so far."""
    longest: int = 99
    """Words that one person may say at once."""
    address: str = "tú"
    """How people here call each other in Spanish: `tú`, `vos` or `usted`."""
    goes_on: bool = False
    """Whether the brief has a colon before what is told now."""
    doers: tuple[tuple[str, str], ...] = ()
    """The clauses told now as the film's ledger has them, each with the name of who does it."""
