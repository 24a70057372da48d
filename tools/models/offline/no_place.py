"""Nouns of places that mean no place where they stand: heaps, safes, errands, addresses."""

import re
from functools import lru_cache

from state.script import Language
from tools.models.offline.bank import bank
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.tokens import tokenise

SENT_WORDS = 4
"""Words between `sends` and where to."""
DEFINITE: dict[Language, tuple[str, ...]] = {
    "en": ("the",),
    "es": ("el", "la", "los", "las"),
    "pt-BR": ("o", "a", "os", "as"),
}
"""`The Skerra lighthouse, empty eleven years` is spoken of; a setting has no such article."""
ADDRESS = re.compile(
    r"(?: [\w\u00b0\u00ba-]+)* (?:de|del|da|do|of|on|in|at|en|na|no)(?: (?:la|el|the|a|o))? ?"
)


def is_no_place(text: str, match: re.Match[str], language: Language) -> bool:
    """`a mountain of snow`, `la caja fuerte`, `tan fuerte`, `send her boy to school`."""
    before = text[: match.start()].lower()
    return (
        _is_heap(before, match.group().lower(), text[match.end() :].lower(), language)
        or _is_quality(before, match.group().lower(), language)
        or _loaded(language).search(before[-160:]) is not None
        or _sent(language).search(before[-120:]) is not None
    )


def is_address(between: str) -> bool:
    """Whether a street only says where the place before it is: ` de talla en un tercer piso de la `."""
    return ADDRESS.fullmatch(between) is not None


def is_setting(text: str, at: int, language: Language) -> bool:
    """Whether the first sentence only tells where we are: `Bogotá, hoy, un taller`."""
    opening = re.split(r"(?<=[.!?])\s", text.strip())[0]
    if at >= len(opening) or opening.split(" ")[0].lower() in DEFINITE[language]:
        return False
    finite = grammar_of(language).verbs.finite
    return not any(token.lower in finite for token in tokenise(opening))


def only_tells(text: str, match: re.Match[str], language: Language) -> bool:
    """`wedding shoes`, `zapatos de boda`: what the thing is for, no place and no feast."""
    apart = bank(language)["where"]["apart"]
    if match.group().lower() not in apart["only_tells"]:
        return False
    if language == "en":
        after = re.match(r" ([a-z]+(?:s|dress|ring|veil|gift|cake|suit|photo))(?!\w)", text[match.end() :])
        return after is not None and after.group(1) not in apart["tells_of"]
    before = re.search(r"(\w+) (?:de|para) $", text[: match.start()])
    return before is not None and before.group(1).lower() not in apart["tells_of"]


def _is_heap(before: str, noun: str, after: str, language: Language) -> bool:
    apart = bank(language)["where"]["apart"]
    one, of = (tuple(f"{word} " for word in apart[name]) for name in ("one", "of"))
    return noun in apart["heap"] and before.endswith(one) and after.startswith(tuple(f" {end}" for end in of))


def _is_quality(before: str, noun: str, language: Language) -> bool:
    """Whether a word that is both stands where only the quality can: not right behind an article."""
    apart = bank(language)["where"]["apart"]
    return noun in apart["qualities"] and not before.endswith(tuple(f"{one} " for one in apart["articles"]))


@lru_cache(maxsize=8)
def _loaded(language: Language) -> re.Pattern[str]:
    """`has a bride in the back of his car`: who has it stands outside."""
    apart = bank(language)["where"]["apart"]
    has, where = "|".join(apart["has"]), "|".join(map(re.escape, apart["loaded"]))
    return re.compile(rf"(?<!\w)(?:{has})(?: [^\s.;:!?]+){{1,8}} (?:{where})l?(?: [^\s.,;]+)? $")


@lru_cache(maxsize=8)
def _sent(language: Language) -> re.Pattern[str]:
    apart = bank(language)["where"]["apart"]
    verbs, to = "|".join(apart["send"]), "|".join(apart["to"])
    return re.compile(rf"(?<!\w)(?:{verbs})(?: [^\s.,;:!?]+){{0,{SENT_WORDS}}} (?:{to}) $")
