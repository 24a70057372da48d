"""Which of its meanings a noun has where it stands; no picture is better than that of a namesake.

The rules of a language are in `senses` of its `pictures.toml`. A rule reads the noun's sentence in
plain words, with the noun in braces: `she checks the car's number {plate}`.
"""

from dataclasses import dataclass
from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank


@dataclass(frozen=True, kw_only=True)
class Sense:
    """When a noun has the meaning that is drawn."""

    noun: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    """Words of its sentence that give it another meaning."""
    only: re.Pattern[str] | None = None
    """Words of its sentence without which it has another."""


def is_meant(words: list[str], at: int, size: int, language: Language) -> bool:
    """Whether the noun at this place has the meaning that is drawn, by the plain words of its sentence."""
    noun = " ".join(words[at : at + size])
    rules = [rule for rule in _senses(language) if rule.noun.fullmatch(noun)]
    if not rules:
        return True
    said = " ".join([*words[:at], f"{{{noun}}}", *words[at + size :]])
    return all(_holds(rule, said) for rule in rules)


def is_kind_known(noun: str, before: tuple[str, ...], after: tuple[str, ...], language: Language) -> bool:
    """Whether the noun that says which kind it is leaves it what is drawn: no `scale plate` is one of these.

    Only nouns of the bank's `kinds` are asked. `before` ends and `after` begins beside the noun.
    """
    known = next((row for form, row in _kinds(language) if form.fullmatch(noun)), None)
    if known is None:
        return True
    if language == "en":
        return not before or known.fullmatch(before[-1]) is not None or not _is_noun(before[-1])
    if before[-1:] == ("de",) and not (set(before[-2:-1]) & _listed(language, "counted")):
        # `ascensor de jaula`: what follows on a bare `de` only says which lift it is.
        return False
    return after[:1] not in (("de",), ("del",), ("da",), ("do",)) or not _other(language).match(
        f"{noun} {' '.join(after)}"
    )


def fits_story(noun: str, story: str, language: Language) -> bool:
    """Whether a story speaks of what is drawn: the cars of a funicular are no motor cars."""
    rows = [row for row in _told(language) if row.noun.fullmatch(noun)]
    return all(_holds(row, story.casefold()) for row in rows)


def _is_noun(word: str) -> bool:
    """Whether an English word before a noun is one itself, and so says which kind is meant."""
    table = bank("en")["pictures"]
    small = {*table["openers"], *table["joints"], *table["before_nouns"], *table["verbal"]}
    small |= {*table["parts"]["between"], *table["parts"]["determiners"], *table["looks"]["numbers"]}
    if word in small | _listed("en", "adjectives") or word in grammar_of("en").verbs.finite:
        return False
    colours = table["looks"]["colours"].values()
    return not ADJECTIVE.search(word) and not any(re.fullmatch(form, word) for form in colours)


ADJECTIVE = re.compile(r"(?:[^r]ed|ful|less|ous|ish|[ai]ble|[^d]ing|'s|ly)$")


def keeps_accent(noun: str, language: Language) -> bool:
    """Whether a noun is written as such: `bebê` is a baby and `bebe` drinks."""
    accented: list[str] = bank(language)["pictures"]["senses"]["accented"]
    return noun.casefold() not in _bare(tuple(accented))


@lru_cache(maxsize=4)
def _bare(accented: tuple[str, ...]) -> frozenset[str]:
    return frozenset(one.translate(BARE) for one in accented)


BARE = str.maketrans("áàâãéêíóôõúüç", "aaaaeeiooouuc")


def _holds(rule: Sense, said: str) -> bool:
    other = rule.unless is not None and rule.unless.search(said) is not None
    return not other and (rule.only is None or rule.only.search(said) is not None)


@lru_cache(maxsize=4)
def _senses(language: Language) -> tuple[Sense, ...]:
    listed: list[Table] = bank(language)["pictures"]["senses"]["rules"]
    return tuple(
        Sense(noun=re.compile(row["of"]), unless=_form(row, "unless"), only=_form(row, "only"))
        for row in listed
    )


@lru_cache(maxsize=4)
def _told(language: Language) -> tuple[Sense, ...]:
    listed: list[Table] = bank(language)["pictures"]["senses"]["told"]
    return tuple(
        Sense(noun=re.compile(row["of"]), unless=_form(row, "unless"), only=_form(row, "only"))
        for row in listed
    )


@lru_cache(maxsize=4)
def _kinds(language: Language) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """By noun, the nouns that may say which kind of it is meant."""
    table: dict[str, str] = bank(language)["pictures"]["senses"]["kinds"]
    return tuple((re.compile(noun), re.compile(known)) for noun, known in table.items())


@lru_cache(maxsize=4)
def _other(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(bank(language)["pictures"]["senses"]["other"]))


@lru_cache(maxsize=8)
def _listed(language: Language, table: str) -> frozenset[str]:
    listed: list[str] = bank(language)["pictures"]["senses"][table]
    return frozenset(listed)


def _form(row: Table, key: str) -> re.Pattern[str] | None:
    return re.compile(row[key]) if key in row else None
