"""One thing that a brief says, in a form that the writer can tell and its people can say."""

from dataclasses import dataclass
from typing import Literal

Tense = Literal["present", "past", "future"]
FactKind = Literal["backstory", "situation", "desire", "secret", "event", "threat", "question"]
"""`backstory` was before the film, `event` happens in it, `threat` is a deadline or a danger."""
Source = Literal["description", "role", "want", "secret", "scene", "thread", "plot"]
"""Where it comes from: a field of the brief, an open thread of the series, or the writer's own plot."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing the brief says that somebody is, does, wants or hides."""

    subject: str
    """Who: a name of the cast as the cast spells it, or a noun phrase with its article; never a pronoun.
    Empty when the clause could not be read: then only `text` is of use."""
    verb: str
    """The finite verb, its negation and auxiliaries with it: `wants`, `no vendió`, `has been told`."""
    rest: str
    """What follows the verb, pronouns as written, no full stop."""
    lead: str = ""
    """What stands before the subject: `On the night of the storm`."""
    tense: Tense = "present"
    kind: FactKind = "situation"
    text: str
    """The whole clause as one sentence in the third person, pronouns of the subject replaced by the name."""
    written: str = ""
    """The sentence with the brief's own pronouns, where `text` has names for them."""
    about: tuple[str, ...] = ()
    """The other people of the cast that it speaks of."""
    order: int = 0
    """Where it stands in the brief."""
    source: Source = "description"
    scene: int = 0
    """The scene of the episode that the brief asks to show it; 0 when it asks for none."""
    leans: bool = False
    """Only understood right after the fact before it: it begins with a pronoun that nobody could place."""
    now: bool = False
    """Done before our eyes: people say it in the present."""
    again: bool = False
    """Told before: people come back to it, it is no news."""
    agent: str = ""
    """Who does it: a name of the cast, only when that is certain."""
    verb_lemma: str = ""
    """The main verb as a dictionary has it; empty when a noun may have been taken for a verb."""
    object: str = ""
    """What it is done to, with its determiner and without what only explains it; never a person."""
    object_person: str = ""
    """The person of the cast to whom it is done or given."""
    sure: bool = False
    """Whether agent, verb and object can be relied on."""
    decisive: bool = False
    """A listener must hear it to understand the story: a discovery, who somebody really is, the end."""
