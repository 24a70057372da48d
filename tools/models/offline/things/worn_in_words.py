"""Things that only tell what somebody looks like: they are worn, and stand beside nobody.

`Marcela, 28, white dress, braids with flowers` shows Marcela; no second dress hangs by her. The words of
a language are in `described` of its `pictures.toml`.
"""

from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.things.picturing import Found, names_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.plain_words import WORD, plain_word
from tools.pictures.library import pictures

BESIDE_CLOTHES = frozenset((
    "bracelet", "necklace", "ring", "spectacles", "watch", "scarf", "flower", "ribbon", "fan", "goggles",
    "belt", "brooch", "tie", "emerald", "earbuds", "headphones", "rose", "crown", "mask",
))  # fmt: skip
"""What is worn and is no cloth."""
SENTENCE = re.compile(r"[.!?\n\u2026]")
SEGMENT = re.compile(r"[,;:()\u2014]")
YEARS = re.compile(r"(?:^|[\s,(:])\d{1,2}(?=\s*(?:[,;:).]|years|yrs|años|anos|$))")


def only_worn(found: Found, text: str, language: Language) -> bool:
    """Whether a noun tells how somebody looks: in a list of looks, or at a neck or in hair."""
    follows = SENTENCE.split(text[found.end :], 1)[0]
    behind = SEGMENT.split(follows, 1)[0]
    on_body = _on_body(language).match(behind) is not None
    # What is neither on a body nor worn is most of a text: its sentence need not be read.
    if not on_body and not _may_be_worn(found.picture):
        return False
    before = SENTENCE.split(text[: found.start])[-1]
    if _acts(f"{SEGMENT.split(before)[-1]} {behind}", language):
        return False
    whole = before + found.noun + follows
    return on_body or YEARS.search(whole) is not None or _looks(language).search(whole) is not None


def _may_be_worn(picture: str) -> bool:
    return pictures()[picture].kind == "clothes" or picture in BESIDE_CLOTHES


def _acts(segment: str, language: Language) -> bool:
    """Whether anything is done in these words; what is `had` or `worn` is no deed."""
    finite, names, had = grammar_of(language).verbs.finite, names_of(language), _had(language)
    words = (found.group().casefold() for found in WORD.finditer(segment))
    return any(word in finite and plain_word(word) not in names and word not in had for word in words)


@lru_cache(maxsize=4)
def _looks(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{bank(language)['pictures']['described']['looks']})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _on_body(language: Language) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{bank(language)['pictures']['described']['on_body']})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _had(language: Language) -> frozenset[str]:
    return frozenset(bank(language)["pictures"]["described"]["had"])
