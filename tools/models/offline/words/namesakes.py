"""Nouns with several senses: the words of the whole story choose what is drawn, or that nothing is.

A carpenter's plane is no aircraft. The rows of a language are in its `namesakes.toml`: every sense
has a picture and the words of its field; what has more of them in the story, and in the sentence, is
meant. Figures of speech stand there too: nothing in them is drawn.
"""

from dataclasses import dataclass
from functools import lru_cache

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank

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


def is_a_figure(noun: str, sentence: str, language: Language) -> bool:
    """Whether a plain noun stands in a figure of speech: nobody who spills the beans has any."""
    return any(noun in found[0] for found in _idioms(language).finditer(sentence))


def says_what_somebody_is(noun: str, sentence: str, language: Language) -> bool:
    """`she is a star`: said of somebody, of whom there is a picture already."""
    leads: str = bank(language)["namesakes"]["who_is"]
    return noun in sentence and re.search(rf"{leads}{re.escape(noun)}\b", sentence) is not None


@lru_cache(maxsize=4)
def _idioms(language: Language) -> re.Pattern[str]:
    listed: list[str] = bank(language)["namesakes"]["idioms"]
    return re.compile(rf"\b(?:{'|'.join(listed)})")
