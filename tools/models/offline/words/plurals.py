"""Plurals of the phrases that name a picture, in plain words."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.plain_words import WORD, plain_word


def plurals(words: list[str], phrase: str, language: Language) -> list[list[str]]:
    """The plain words of a phrase in each of its plurals: `hojas secas`, `glasses of wine`."""
    if language == "en":
        joint = next((at for at, word in enumerate(words) if word in ("of", "in", "on", "for")), len(words))
        if not joint:
            return []
        return [[*words[: joint - 1], form, *words[joint:]] for form in _english_plural(words[joint - 1])]
    plural = _spanish_plural if language == "es" else _portuguese_plural
    original = [word.casefold() for word in WORD.findall(phrase)]
    first = [[form, *words[1:]] for form in plural(original[0])]
    agreeing = len(words) > 1 and not _joints(language).intersection(words[1:])
    rest = [plural(word)[0] for word in original[1:]] if agreeing else []
    return first + [[form[0], *rest] for form in first if rest]


def _english_plural(word: str) -> list[str]:
    if re.search(r"(s|x|z|ch|sh)$", word):
        return [f"{word}es"]
    if re.search(r"[^aeiou]y$", word):
        return [f"{word[:-1]}ies"]
    irregular = bank("en")["pictures"]["plurals"].get(word)
    return [irregular] if irregular else [f"{word}s", *([f"{word}es"] if word.endswith("o") else [])]


def _spanish_plural(word: str) -> list[str]:
    bare = plain_word(word)
    if bare.endswith("z"):
        return [f"{bare[:-1]}ces"]
    return [f"{bare}s" if bare[-1:] in "aeiou" else bare if bare.endswith("s") else f"{bare}es"]


def _portuguese_plural(word: str) -> list[str]:
    bare = plain_word(word)
    if word.endswith("ão"):
        return [f"{bare[:-2]}oes", f"{bare[:-2]}aos", f"{bare[:-2]}aes"]
    for end, plural in (
        ("m", "ns"),
        ("el", "eis"),
        ("al", "ais"),
        ("ol", "ois"),
        ("il", "is"),
        ("r", "res"),
        ("z", "zes"),
    ):
        if bare.endswith(end):
            return [bare[: -len(end)] + plural]
    return [bare if bare.endswith(("s", "x")) else f"{bare}s"]


@lru_cache(maxsize=4)
def _joints(language: Language) -> frozenset[str]:
    """Words behind which a phrase tells of its head noun, and has no plural of its own."""
    return frozenset(plain_word(word) for word in bank(language)["pictures"]["joints"])
