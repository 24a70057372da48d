"""What a person asks about, told by the beginnings of words. Nothing is guessed: no cue, no topic."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

AFTER_ALL = ("shot", "why", "now", "hello", "thanks")
"""Topics that stand back where another one is found: a greeting before a question is no topic."""
SLATE = re.compile(r"\d{1,2}[a-z]")
"""A shot by its name: `2A`."""
WHOLE = 4
"""A cue as short as this must be the whole word: `hi` is not the beginning of `history`."""


def topics_of(message: str, language: Language) -> list[str]:
    """What the message is about, what fits best first; empty when nothing is recognised."""
    words = plain_words(message)
    found = [(sum(_said(cue, words) for cue in cues), name) for name, cues in _cues(language)]
    if any(SLATE.fullmatch(word) for word in words):
        found.append((1, "shot"))
    ranked = [name for score, name in sorted(found, key=lambda each: -each[0]) if score]
    ranked = list(dict.fromkeys(ranked))
    return [name for name in ranked if name not in AFTER_ALL] + [name for name in AFTER_ALL if name in ranked]


def plain_words(text: str) -> list[str]:
    """Lower case, without accents."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"[a-z0-9]+", "".join(char for char in letters if not unicodedata.combining(char)))


@lru_cache(maxsize=3)
def _cues(language: Language) -> list[tuple[str, list[tuple[str, ...]]]]:
    topics = bank(language)["chat"]["topics"]
    return [(name, [tuple(plain_words(cue)) for cue in topic["cues"]]) for name, topic in topics.items()]


def _said(cue: tuple[str, ...], words: Sequence[str]) -> int:
    """How many words of the message the cue is, one after the other; the last one may go on."""
    *before, last = cue
    for place in range(len(words) - len(before)):
        said = words[place + len(before)]
        fits = said == last if len(last) < WHOLE else said.startswith(last)
        if fits and list(words[place : place + len(before)]) == before:
            return len(cue)
    return 0
