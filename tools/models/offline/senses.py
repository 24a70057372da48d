"""Which of its meanings a noun has where it stands; no picture is better than that of a namesake.

The rules of a language are in `senses` of its `pictures.toml`. A rule reads the noun's sentence in
plain words, with the noun in braces: `she checks the car's number {plate}`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from state.script import Language
from tools.models.offline.bank import Table, bank


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


def _form(row: Table, key: str) -> re.Pattern[str] | None:
    return re.compile(row[key]) if key in row else None
