"""By which words a brief calls its people besides their names: who `the colonel` is when facts are read."""

from collections.abc import Sequence
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Language, Presentation
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.brief.reading import text_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.persons.also_called import called_else
from tools.models.offline.persons.anaphora import Known, called_by, may_mean
from tools.models.offline.persons.identified import identities
from tools.models.offline.persons.kin_of_teller import called_tenderly
from tools.models.offline.persons.likeness import likenesses
from tools.models.offline.persons.mentions import mentions_of_people, ways_to_say
from tools.models.offline.persons.people import person_words
from tools.models.offline.persons.unnamed import is_plain, known_in, names_somebody, phrases_of_people
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank


def persons_of(brief: NovelaBrief, cast: Sequence[tuple[str, str, Presentation]]) -> tuple[Person, ...]:
    """The cast, by name, role and sex, as clause reading needs to know it."""
    given = {one.name for one in brief.characters}
    text = text_of(brief)
    callings = _callings(text, brief.language, tuple(cast))
    return tuple(
        Person(
            name=name,
            woman=sex == "woman",
            role=_no_deed(role, brief.language),
            unnamed=name not in given and name not in text,
            also=callings[name],
        )
        for name, role, sex in cast
    )


@lru_cache(maxsize=128)
def _callings(
    text: str, language: Language, cast: tuple[tuple[str, str, Presentation], ...]
) -> dict[str, frozenset[str]]:
    """For everybody the nouns that can mean only them."""
    known = [known_in(text, name, _no_deed(role, language), language, sex=sex) for name, role, sex in cast]
    people = person_words(bank(language)["reading"])
    found: dict[str, set[str]] = {one.name: set(called_by(one.name)) & people for one in known}
    indefinite = bank(language)["reading"]["indefinite"]
    told = unquoted(text)
    for match in phrases_of_people(told, language):
        if match.group(1).lower() in indefinite:
            continue
        turns_out = names_somebody(match, told, known)
        if turns_out:
            found[turns_out].add(match.group(3).lower())
        if match.group(2).strip():
            # `the old woman` may be another one than `the woman`.
            continue
        plain = is_plain(match, told, known, language)
        meant = may_mean(match.group(3), known, language, plain=plain)
        if len(meant) != 1:
            # `Tam ... the man`: who has a name is called by it, so it is the other one.
            able = may_mean(match.group(3), known, language)
            meant = [one for one in able if one.name.lower() in one.role.lower().split()] or meant
        if len(meant) == 1:
            found[meant[0].name].add(match.group(3).lower())
    for one in known:
        found[one.name] |= set(called_else(one, known, text, language))
        found[one.name] |= called_tenderly(one.role, text, language)
    for name, words in _as_identified(told, language, known).items():
        found[name] |= words
    for name, words in _by_likeness(text, language, known).items():
        found[name] |= words
    return {name: frozenset(words) for name, words in found.items()}


def _by_likeness(text: str, language: Language, known: Sequence[Known]) -> dict[str, set[str]]:
    """The nouns, or else the two words, by which only one of them is called: `the old man`."""
    likely = {one.mention.start: one.name for one in likenesses(text, tuple(known), language)}
    meant: dict[str, set[str]] = {}
    for one in mentions_of_people(unquoted(text), language):
        for words in ways_to_say(one, language):
            meant.setdefault(words, set()).add(likely.get(one.start, ""))
    found: dict[str, set[str]] = {}
    for words, names in meant.items():
        if len(names) == 1 and "" not in names:
            found.setdefault(next(iter(names)), set()).add(words)
    return found


def _as_identified(told: str, language: Language, known: Sequence[Known]) -> dict[str, set[str]]:
    """The nouns that a text says are somebody: `the ex-husband` behind `Callum, her ex-husband`."""
    said = set(identities(told, tuple(known), language).values())
    generic = {word for words in bank(language)["people"]["generic"].values() for word in words.split()}
    nouns = {noun for _, noun in said}
    sure = {noun for noun in nouns if sum(one == noun for _, one in said) == 1} - generic
    return {one.name: {noun for name, noun in said if name == one.name and noun in sure} for one in known}


def _no_deed(role: str, language: Language) -> str:
    """`works nights in a tower crane` is a role to print: nobody is called `the tower` for it."""
    habits = bank(language)["people"]["roles"]["habits"]
    return "" if re.match(rf"(?:{habits})(?!\w)", role) else role
