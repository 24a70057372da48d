"""Filling sentences: slots, gender, and the contractions that articles ask for.

A slot that nobody fills is an error here, so that no hole ever reaches a script.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from state.script import Language
from tools.models.offline.words import patterns as re

SLOT = re.compile(r"\{([a-z_]+)\}")
GENDERED = re.compile(r"\[([syct]):([^|\[\]]*)\|([^\[\]]*)\]")
PREPOSITION_AND_SLOT = re.compile(r"(?:\b(de|em|en|a|por|De|Em|A|Por)\s)?\{([a-z_]+)\}")
CONTRACTIONS: dict[str, dict[tuple[str, str], str]] = {
    "en": {},
    "es": {("de", "el"): "del", ("a", "el"): "al"},
    "pt-BR": {
        **{("de", article): f"d{article}" for article in ("o", "a", "os", "as")},
        **{("em", article): f"n{article}" for article in ("o", "a", "os", "as")},
        **{("por", article): f"pel{article}" for article in ("o", "a", "os", "as")},
        **{("de", that): f"d{that}" for that in ("aquele", "aquela")},
        **{("em", that): f"n{that}" for that in ("aquele", "aquela")},
        ("a", "aquele"): "àquele", ("a", "aquela"): "àquela",
        ("a", "o"): "ao", ("a", "a"): "à", ("a", "os"): "aos", ("a", "as"): "às",
    },
}  # fmt: skip
Y_BEFORE_I = re.compile(r"\b([yY]) (?=[HhIiÍí])(?=[IiÍí]|[Hh][iIíÍ])(?![HhIi]+[eE])")
A_BEFORE_VOWEL = re.compile(r"\b([Aa]) (?=(?!uni|one|eu)[aeiou])")


@dataclass(frozen=True, kw_only=True)
class Filling:
    """What goes into the slots, and the genders that words agree with."""

    language: Language
    slots: Mapping[str, str]
    genders: Mapping[str, str] = field(default_factory=dict)
    """`s`, `y`, `c`, `t` to `man`/`m` or `woman`/`f`."""


def slots_of(template: str) -> frozenset[str]:
    """The names of the slots of a template."""
    return frozenset(SLOT.findall(template))


def fill(template: str, filling: Filling) -> str:
    """The template as a sentence: filled, agreed, contracted, beginning with a capital.

    Raises:
        KeyError: a slot has no filling.
    """
    agreed = GENDERED.sub(lambda found: _agree(found, filling.genders), template)
    text = PREPOSITION_AND_SLOT.sub(lambda found: _place(found, filling), agreed)
    if filling.language == "en":
        text = A_BEFORE_VOWEL.sub(r"\1n ", text)
    if filling.language == "es":
        text = Y_BEFORE_I.sub("e ", text)
    return capitalise(re.sub(r"[ ]{2,}", " ", text).strip())


def capitalise(text: str) -> str:
    """The first letter, and each letter that opens a sentence, as a capital."""
    text = text[:1].upper() + text[1:]
    opened = r"((?:[.!?]\s+|^)[¿¡«“\"]*)(\w)"
    return re.sub(opened, lambda found: found[1] + found[2].upper(), text)


@lru_cache(maxsize=4096)
def pattern_of(template: str) -> re.Pattern[str]:
    """What every filling of a template looks like."""
    plain = GENDERED.sub("\0", capitalise(template))
    # A preposition before a slot may have melted into its article.
    plain = re.sub(r"\b(?:de|em|a|por) \{[a-z_]+\}", "\0", plain)
    parts = re.split(r"(\{[a-z_]+\}|\0)", plain)
    return re.compile("".join(".*?" if part[:1] in ("{", "\0") else re.escape(part) for part in parts))


def _agree(found: re.Match[str], genders: Mapping[str, str]) -> str:
    return found[3] if genders.get(found[1], "m") in ("woman", "f") else found[2]


def _place(found: re.Match[str], filling: Filling) -> str:
    preposition, value = found[1], filling.slots[found[2]]
    if preposition is None:
        return value
    article, _, rest = value.partition(" ")
    contracted = CONTRACTIONS[filling.language].get((preposition.lower(), article))
    if contracted is None or not rest:
        return f"{preposition} {value}"
    return f"{contracted.capitalize() if preposition[0].isupper() else contracted} {rest}"
