"""Verb forms: what a word says about its verb, its time and its number."""

from collections.abc import Iterable
from dataclasses import dataclass

from tools.models.offline.words.fact import Tense


@dataclass(frozen=True)
class Form:
    """One finite form of a verb."""

    base: str
    tense: Tense = "present"
    plural: bool = False
    bare: bool = False
    """An English base form: finite only after a plural subject."""


@dataclass(frozen=True, kw_only=True)
class Verbs:
    """All forms of all verbs of one language."""

    finite: dict[str, Form]
    participles: frozenset[str]
    """Past participles and present ones, as auxiliaries want them."""
    bases: frozenset[str]
    lemmas: dict[str, str]
    """Participles and gerunds to their verb."""


def rows(text: str) -> dict[str, list[str]]:
    """A table written as `key form form; key form form`."""
    found: dict[str, list[str]] = {}
    for key, *forms in (row.split() for row in text.split(";") if row.strip()):
        found.setdefault(key, []).extend(forms)
    return found


def first_wins(pairs: Iterable[tuple[str, Form]]) -> dict[str, Form]:
    """A mapping in which an earlier form is not replaced by a later one of the same spelling."""
    found: dict[str, Form] = {}
    for word, form in pairs:
        found.setdefault(word, form)
    return found
