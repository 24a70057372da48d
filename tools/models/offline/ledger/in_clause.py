"""A clause with everybody in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.models.offline.clauses.grammar import Grammar
from tools.models.offline.ledger.clause import Piece
from tools.models.offline.words import patterns as re

PAIR = 2
ACCUSATIVE = re.compile(r"(?<!\w)se l[oa]s?(?!\w)", re.IGNORECASE)
BEFALLS = re.compile(r"(?<!\w)se les?(?!\w)", re.IGNORECASE)
"""`se le cayeron`: what happens to whoever does it."""
REPORTS = frozenset(("tell", "hide", "know", "promise", "lie"))
"""Kinds of deeds behind which `que` leads to what is said."""
NAMING = frozenset(("name", "call"))
"""`a stranger named Hobbs knocks`: who it is, no deed."""


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One clause with everybody in it."""

    piece: Piece
    doers: tuple[str, ...]
    others: tuple[str, ...]
    subject_elsewhere: bool = False
    """A thing or a stranger does it."""
    stranger: bool = False
    """Somebody does it who is nobody of the cast: those of the film are not there for it."""

    @property
    def people(self) -> tuple[str, ...]:
        """Who does it first, then whom it concerns."""
        return tuple(dict.fromkeys((*self.doers, *self.others)))


def two_of(doers: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Whom a plural means next: the two who did it, else the two to whom somebody did it."""
    both = (doers, others, (*doers, *others)) if len(doers) != 1 else (others, (*doers, *others))
    return next((tuple(one) for one in both if len(one) == PAIR), ())


def main_verb(piece: Piece, grammar: Grammar) -> int:
    """Where the verb of a clause stands; its end when it has none."""
    return next((verb.start for verb in piece.verbs if verb.lemma not in NAMING), len(piece.text))


def is_it(words: Sequence[str], grammar: Grammar) -> bool:
    """`it screams and bites`: what does it is nobody."""
    return bool({*words[-1:]} & grammar.words["pronouns_it"])
