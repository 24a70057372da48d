"""Which of our three languages a sentence is in, told by its smallest words and by letters of its own."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from state.script import Language

WORD = re.compile(r"[^\W\d_]+")
LETTER_WEIGHT = 3
"""A letter that only one language writes is worth as much as so many words."""
TABLE = Path(__file__).with_suffix(".toml")


def language_of(text: str, default: Language = "en") -> Language:
    """The language that most of the telling words are in; `default` when none or two have as many."""
    said = [word.lower() for word in WORD.findall(text)]
    scores = {language: sum(word in known for word in said) for language, known in telling_words().items()}
    for language, letters in _letters().items():
        scores[language] += LETTER_WEIGHT * sum(text.lower().count(letter) for letter in letters)
    best = max(scores.values())
    winners = [language for language, score in scores.items() if score == best]
    return winners[0] if best and len(winners) == 1 else default


@lru_cache(maxsize=1)
def telling_words() -> dict[Language, frozenset[str]]:
    """The words that each language is told by."""
    return {language: frozenset(words.split()) for language, words in _table()["words"].items()}


def _letters() -> dict[Language, str]:
    return _table()["letters"]


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[Language, str]]:
    return tomllib.loads(TABLE.read_text("utf-8"))
