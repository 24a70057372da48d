"""Nouns with several senses: the words of the whole story choose what is drawn, or that nothing is.

A carpenter's plane is no aircraft. The rows of a language are in its `namesakes.toml`: every sense
has a picture and the words of its field; what has more of them in the story, and in the sentence, is meant.
"""

from dataclasses import dataclass
from functools import lru_cache

from state.script import Language
from tools.models.offline import patterns as re
from tools.models.offline.bank import Table, bank

HERE = 3
"""How much more a word of the noun's own sentence says than one elsewhere in the story."""


@dataclass(frozen=True, kw_only=True)
class Namesake:
    """A noun, its senses, and the one that it has where nothing speaks for any; empty is not drawn."""

    noun: re.Pattern[str]
    senses: tuple[tuple[str, re.Pattern[str]], ...]
    usual: str


def sense_in(noun: str, picture: str, sentence: str, story: str, language: Language) -> str:
    """The picture of what a plain noun means in its story; empty when that is none, or nothing tells."""
    row = next((one for one in _rows(language) if one.noun.fullmatch(noun)), None)
    if row is None:
        return picture
    here, told = _said(row, sentence), _said(row, story)
    scores = {name: HERE * near + far for (name, near), (_, far) in zip(here, told, strict=True)}
    best = max(scores.values())
    meant = [name for name, score in scores.items() if score == best]
    return meant[0] if best and len(meant) == 1 else row.usual if not best else ""


@lru_cache(maxsize=4096)
def _said(row: Namesake, text: str) -> tuple[tuple[str, int], ...]:
    """By sense, how many different words of its field a text has."""
    return tuple(
        (name, len({one[0] for one in field.finditer(text.casefold())})) for name, field in row.senses
    )


@lru_cache(maxsize=4)
def _rows(language: Language) -> tuple[Namesake, ...]:
    listed: list[Table] = bank(language)["namesakes"]["nouns"]
    return tuple(
        Namesake(
            noun=re.compile(row["of"]),
            senses=tuple((name, re.compile(rf"(?<!\w)(?:{field})")) for name, field in row["senses"]),
            usual=row.get("usual", ""),
        )
        for row in listed
    )
