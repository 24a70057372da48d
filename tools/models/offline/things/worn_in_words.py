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
    led = _last(SEGMENT, SENTENCE.split(text[: found.start])[-1])
    follows = SENTENCE.split(text[found.end :])[0]
    behind = SEGMENT.split(follows)[0]
    if _acts(f"{led} {behind}", language):
        return False
    if _on_body(language).match(behind):
        return True
    if pictures()[found.picture].kind != "clothes" and found.picture not in BESIDE_CLOTHES:
        return False
    whole = SENTENCE.split(text[: found.start])[-1] + found.noun + follows
    return YEARS.search(whole) is not None or _looks(language).search(whole) is not None


def _last(form: re.Pattern[str], text: str) -> str:
    """What stands behind the last of these signs."""
    ends = [one.end() for one in form.finditer(text)]
    return text[ends[-1] :] if ends else text


def _acts(segment: str, language: Language) -> bool:
    """Whether anything is done in these words; what is `had` or `worn` is no deed."""
    finite, names, had = grammar_of(language).verbs.finite, names_of(language), _had(language)
    words = [word.casefold() for word in WORD.findall(segment)]
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
