"""Who is in the picture while something is told: those whom its own words are about.

Whoever was seen a moment ago stays, unless the story goes elsewhere or something is done behind their back.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from state.script import Character, Language
from tools.models.offline.bank import Table, bank
from tools.models.offline.names import name_parts
from tools.models.offline.spoken import Spoken

MOST_SEEN = 3
PART = 0.9
"""A line with so little of a sentence is only about whom it names."""


def told_people(
    lines: Sequence[Spoken], people: Sequence[Character], language: Language
) -> tuple[Character, ...]:
    """Those of a scene whom what is told is about, in the scene's order."""
    names = {name for line in lines if line.told for name in _names(line, people, language)}
    return tuple(one for one in people if one.name in names)


def _names(line: Spoken, people: Sequence[Character], language: Language) -> set[str]:
    fact = line.fact
    if fact is None:
        return set()
    meant = {fact.subject, fact.agent, fact.object_person, *fact.about}
    if _behind(language).search(fact.text):
        # Whoever is not to know of it does not stand beside it.
        meant = {fact.subject, fact.agent}
    here = {one.name for one in people if one.name in meant or one.name in fact.subject}
    if len(line.text) >= PART * len(fact.written or fact.text) or _together(language).search(line.text):
        return here
    return {name for name in here if _is_named(name, line.text)} or here


def _is_named(name: str, text: str) -> bool:
    parts = "|".join(re.escape(part) for part in name_parts(name)) or "$^"
    return re.search(rf"(?<!\w)(?:{parts})(?!\w)", text) is not None


def in_frame(
    lines: Sequence[Spoken],
    before: Sequence[Character],
    people: Sequence[Character],
    language: Language,
) -> tuple[Character, ...]:
    """Whom these lines are about and, where the story stays, who was seen before; empty when nobody is."""
    own = told_people(lines, people, language)
    stay = () if own and is_elsewhere(lines, language) else before
    seen = [*own, *(one for one in stay if one not in own)][:MOST_SEEN]
    return tuple(one for one in people if one in seen)


def is_elsewhere(lines: Sequence[Spoken], language: Language) -> bool:
    """`En la pulpería, Mr. Hodge abre ...`, `Behind her back`: who was seen before is not in it."""
    patterns = (_apart(language), _behind(language))
    return any(line.told and pattern.search(line.text) for line in lines for pattern in patterns)


@lru_cache(maxsize=4)
def _together(language: Language) -> re.Pattern[str]:
    """`Both of them`: more than those whom the words name."""
    return re.compile(_table(language)["plural"], re.IGNORECASE)


@lru_cache(maxsize=4)
def _apart(language: Language) -> re.Pattern[str]:
    leads = _table(language)["apart"]
    return re.compile(rf"^(?:{leads})[^,.;:!?]{{0,40}}(?:,| (?:una?|uma?|um|an?) )", re.IGNORECASE)


@lru_cache(maxsize=4)
def _behind(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_table(language)['behind']})(?!\w)", re.IGNORECASE)


def _table(language: Language) -> Table:
    table: Table = bank(language)["people"]["presence"]
    return table
