"""By which noun a story calls what is drawn: directions say `the card reader`, not the drawing's own name."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.things.picturing import found_in
from tools.models.offline.words.plain_words import WORD, plain_word
from tools.pictures.library import pictures


@lru_cache(maxsize=64)
def nouns_told(story: str, language: Language) -> dict[str, str]:
    """By picture the noun for one of it that the story uses most, of equals the first."""
    counts: dict[str, dict[str, int]] = {}
    for one in found_in(story, language):
        noun = " ".join(one.noun.lower().split())
        if one.noun[:1].islower() and _plain(noun) in _listed(language) and not _is_many(noun, language):
            known = counts.setdefault(one.picture, {})
            known[noun] = known.get(noun, 0) + 1
    return {picture: max(known, key=lambda noun: known[noun]) for picture, known in counts.items()}


def _is_many(noun: str, language: Language) -> bool:
    """`books` beside `book`: a picture shows one, and an article would not agree."""
    plain = _plain(noun)
    return any(plain.endswith(many) and plain[: -len(many)] in _listed(language) for many in ("s", "es"))


@lru_cache(maxsize=4)
def _listed(language: Language) -> frozenset[str]:
    """The nouns of the whole library as they are listed: neither plurals nor diminutives."""
    return frozenset(_plain(phrase) for one in pictures().values() for phrase in one.words[language])


def _plain(phrase: str) -> str:
    return " ".join(plain_word(word) for word in WORD.findall(phrase))
