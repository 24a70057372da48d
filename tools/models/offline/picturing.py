"""From a noun phrase to a picture of the library: by its head noun, and never by a guess.

`the yellowed one-way ticket` is a ticket and `the ticket office` is none. A noun with two
meanings is only known with the words that decide between them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from state.script import Language
from tools.models.offline.bank import bank
from tools.pictures.library import pictures

WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
LONGEST = 6
"""Words in the longest phrase that names a picture."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A picture named in a text: where its words begin and end, and how they stand there."""

    start: int
    end: int
    noun: str
    picture: str


def picture_of(noun_phrase: str, language: Language) -> str | None:
    """The library's picture of what a noun phrase is about; none when its head noun has none."""
    words = [match[0] for match in WORD.finditer(noun_phrase)]
    plain = [plain_word(word) for word in _unnamed(words)]
    if _barred(plain, language):
        return None
    whole = _without_openers(plain, language)
    return _named(whole, _before_joint(whole, language), language)


def pictures_in(text: str, language: Language) -> list[tuple[str, str]]:
    """Nouns of a text that have a picture, in the text's order: as they stand there, and the picture."""
    return [(found.noun, found.picture) for found in found_in(text, language)]


def found_in(text: str, language: Language) -> list[Found]:
    """Every picture that a text names, in its order, the longest phrase at each place."""
    spans = list(WORD.finditer(text))
    plain = [plain_word(span[0]) for span in spans]
    barred = _barred(plain, language)
    found: list[Found] = []
    at = 0
    while at < len(spans):
        size, picture = _longest_at(plain, at, language)
        if picture and not barred.intersection(range(at, at + size)) and _free(plain, at, size, language):
            start, end = spans[at].start(), spans[at + size - 1].end()
            found.append(Found(start=start, end=end, noun=text[start:end], picture=picture))
        at += max(size, 1)
    return found


def plain_word(word: str) -> str:
    """Lower case, without accents and without a possessive ending."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    return re.sub("['\u2019]s$", "", bare).replace("\u2019", "'")


def _named(whole: list[str], head: list[str], language: Language) -> str | None:
    """English has the head noun last, the others have it first."""
    names = names_of(language)
    for size in range(min(len(whole), LONGEST), 0, -1):
        # A listed phrase may go on over a joint: `glass of wine`.
        if size > len(head) and language != "en" and " ".join(whole[:size]) in names:
            return names[" ".join(whole[:size])]
        if language == "en":
            for start in range(len(head)):
                piece = whole[start : start + size]
                if len(piece) == size and start + size > len(head) and " ".join(piece) in names:
                    return names[" ".join(piece)]
    return _named_by_head(head, language)


def _named_by_head(head: list[str], language: Language) -> str | None:
    names = names_of(language)
    for size in range(min(len(head), LONGEST), 0, -1):
        piece = head[-size:] if language == "en" else head[:size]
        if " ".join(piece) in names:
            return names[" ".join(piece)]
    return None


def _unnamed(words: list[str]) -> list[str]:
    """Without the name that follows a noun: `her parrot Gardel`."""
    end = next(
        (at for at, word in enumerate(words) if word[0].isupper() and at and words[at - 1][0].islower()),
        len(words),
    )
    return words[:end]


def _without_openers(plain: list[str], language: Language) -> list[str]:
    """The phrase from its first word that is no article, number, measure or adjective before the noun."""
    openers, measures = _words(language, "openers"), _words(language, "measures")
    start = 0
    while start < len(plain) - 1:
        if plain[start] in openers:
            start += 1
        elif plain[start] in measures and plain[start + 1] in ("of", "de") and start + 2 < len(plain):
            start += 2
        else:
            break
    return plain[start:]


def _before_joint(plain: list[str], language: Language) -> list[str]:
    """The words before the first `of`, `with`, `that`: what comes after tells of the head noun."""
    joints = _words(language, "joints")
    end = next((at for at, word in enumerate(plain) if word in joints), len(plain))
    return plain[:end]


def _longest_at(plain: list[str], at: int, language: Language) -> tuple[int, str]:
    names = names_of(language)
    for size in range(min(LONGEST, len(plain) - at), 0, -1):
        picture = names.get(" ".join(plain[at : at + size]))
        if picture:
            return size, picture
    return 1, ""


def _free(plain: list[str], at: int, size: int, language: Language) -> bool:
    """Whether the noun stands for itself: not as the first half of another noun, not as a verb."""
    before = plain[at - 1] if at else ""
    after = plain[at + size] if at + size < len(plain) else ""
    if before in _words(language, "never_after"):
        return False
    if size == 1 and plain[at] in _words(language, "verbs_too") and before not in _openers(language):
        return False
    return after not in _words(language, "halves") and not (
        size == 1 and before in _words(language, "verbal")
    )


def _barred(plain: list[str], language: Language) -> set[int]:
    """Places of words that belong to a phrase with another meaning: `free will`, `de sol a sol`."""
    places: set[int] = set()
    for phrase in _phrases(language):
        size = len(phrase)
        for at in range(len(plain) - size + 1):
            if tuple(plain[at : at + size]) == phrase:
                places.update(range(at, at + size))
    return places


@lru_cache(maxsize=4)
def names_of(language: Language) -> dict[str, str]:
    """Every noun and phrase that names a picture, plain, in the singular and in the plural."""
    names: dict[str, str] = {}
    for name, picture in pictures().items():
        for phrase in picture.words[language]:
            words = [plain_word(word) for word in WORD.findall(phrase)]
            for form in (words, *_plurals(words, phrase, language)):
                names.setdefault(" ".join(form), name)
    return names


def _plurals(words: list[str], phrase: str, language: Language) -> list[list[str]]:
    if language == "en":
        joint = next((at for at, word in enumerate(words) if word in ("of", "in", "on", "for")), len(words))
        if not joint:
            return []
        return [[*words[: joint - 1], form, *words[joint:]] for form in _english_plural(words[joint - 1])]
    plural = _spanish_plural if language == "es" else _portuguese_plural
    original = [word.casefold() for word in WORD.findall(phrase)]
    first = [[form, *words[1:]] for form in plural(original[0])]
    agreeing = len(words) > 1 and not _words(language, "joints").intersection(words[1:])
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


@lru_cache(maxsize=32)
def _words(language: Language, table: str) -> frozenset[str]:
    listed: list[str] = bank(language)["pictures"].get(table, [])
    return frozenset(plain_word(word) for word in listed)


@lru_cache(maxsize=4)
def _openers(language: Language) -> frozenset[str]:
    """What makes a noun of the word after it: articles and the like, and prepositions."""
    return _words(language, "openers") | _words(language, "before_nouns") | _words(language, "measures")


@lru_cache(maxsize=4)
def _phrases(language: Language) -> tuple[tuple[str, ...], ...]:
    listed: list[str] = bank(language)["pictures"]["other_meanings"]
    return tuple(tuple(plain_word(word) for word in WORD.findall(phrase)) for phrase in listed)
