"""Two callings for one who has no name: `a man in a coat` and `the stranger`, a lady and the investor."""

from collections.abc import Sequence
from dataclasses import replace

from state.script import Presentation
from tools.models.offline.persons.anaphora import known_person
from tools.models.offline.persons.people import WORD, FoundPerson
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank


def each_once(
    found: Sequence[FoundPerson], phrases: Sequence[re.Match[str]], words: Table
) -> tuple[FoundPerson, ...]:
    """The nameless, without those who are one of the others by another word."""
    kept = list(found)
    for one in found:
        same = _as_newcomer(one, found, phrases, words) or _as_expected(one, found, phrases, words)
        if same is not None and one in kept and same in kept:
            kept[kept.index(same)] = replace(same, sex=same.sex or _sex(one, words) or "")
            kept.remove(one)
    return tuple(kept)


def _as_newcomer(
    one: FoundPerson, found: Sequence[FoundPerson], phrases: Sequence[re.Match[str]], words: Table
) -> FoundPerson | None:
    """`A man in a grey coat ... The stranger`: a word that only says that somebody came."""
    newcomers = bank(words["language"])["people"]["identity"]["newcomers"].split()
    if _noun(one, words) not in newcomers or _first_indefinite(one, phrases, words) is not None:
        return None
    at = min((told.start() for told in _told(one, phrases, words)), default=-1)
    before = [
        other
        for other in found
        if other is not one
        and -1 < (_first_indefinite(other, phrases, words) or at) < at
        and _may_be_one(one, other, words)
    ]
    return before[-1] if before else None


def _as_expected(
    one: FoundPerson, found: Sequence[FoundPerson], phrases: Sequence[re.Match[str]], words: Table
) -> FoundPerson | None:
    """`Before the investor arrives ... a lady comes up. The investor`: she who was expected."""
    generic = bank(words["language"])["people"]["generic"]
    at = _first_indefinite(one, phrases, words)
    grown = f"{generic['man']} {generic['woman']}".split()
    if at is None or _noun(one, words) not in grown or len(_told(one, phrases, words)) > 1:
        return None
    expected = [
        other
        for other in found
        if _noun(other, words) not in grown
        and _first_indefinite(other, phrases, words) is None
        and {told.start() < at for told in _told(other, phrases, words)} == {True, False}
        and _may_be_one(one, other, words)
    ]
    return expected[0] if len(expected) == 1 else None


def _may_be_one(one: FoundPerson, other: FoundPerson, words: Table) -> bool:
    return None in (_sex(one, words), _sex(other, words)) or _sex(one, words) == _sex(other, words)


def _sex(one: FoundPerson, words: Table) -> Presentation | None:
    return known_person("", f"{one.title} {one.role}".strip(), words["language"]).sex


def _noun(one: FoundPerson, words: Table) -> str:
    told = WORD.findall(one.role.lower())
    return (told[-1] if words["language"] == "en" else told[0]) if told else ""


def _told(one: FoundPerson, phrases: Sequence[re.Match[str]], words: Table) -> list[re.Match[str]]:
    return [phrase for phrase in phrases if phrase.group(3).lower() == _noun(one, words)]


def _first_indefinite(one: FoundPerson, phrases: Sequence[re.Match[str]], words: Table) -> int | None:
    """Where somebody is brought in as one of whom nothing is known; nothing for one who never is."""
    told = (phrase for phrase in _told(one, phrases, words) if phrase.group(1).lower() in words["indefinite"])
    return min((phrase.start() for phrase in told), default=None)
