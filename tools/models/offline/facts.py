"""What a brief says, clause by clause, in a form that the writer can tell and its people can say.

Reading fills these values; planning lays them over the scenes; dialogue turns them into
first and second person. Nothing here knows a language.
"""

from dataclasses import dataclass
from typing import Literal

Tense = Literal["present", "past", "future"]
FactKind = Literal["backstory", "situation", "desire", "secret", "event", "threat", "question"]
"""`backstory` was before the film, `event` happens in it, `threat` is a deadline or a danger."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing the brief says that somebody is, does, wants or hides."""

    subject: str
    """Who: a name of the cast as the cast spells it, or a noun phrase with its article; never a pronoun."""
    verb: str
    """The finite verb with its negation and auxiliaries, as written: `wants`, `no vendió`, `has been told`."""
    rest: str
    """What follows the verb, pronouns as written, no full stop."""
    lead: str = ""
    """What stands before the subject: `On the night of the storm`."""
    tense: Tense = "present"
    kind: FactKind = "situation"
    text: str
    """The whole clause as one sentence in the third person, pronouns of the subject replaced by the name."""
    about: tuple[str, ...] = ()
    """The other people of the cast that it speaks of."""
    order: int = 0
    """Where it stands in the brief."""
