"""Long sentences as a narrator reads them: in parts that fit a shot, cut where a reader breathes."""

import re

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.timing import words_in

JOINT = re.compile(r"[,;:] |\s[\u2013\u2014] |(?<=[.!?\u2026]) ")
SHORTEST_CUT = 6
"""Words below which the beginning of a sentence tells nothing."""
MARKED, OPENED, LED, ANYWHERE = 0.0, 3.0, 7.0, 40.0
"""What it costs to breathe at a mark, before a word that opens a clause, before
a preposition, and between any two words."""


def within(text: str, most: int) -> str:
    """A sentence of at most so many words: whole, else up to the last joint that fits; else empty."""
    if words_in(text) <= most:
        return text
    ends = [found.start() for found in JOINT.finditer(text)]
    fits = [text[:end] for end in ends if SHORTEST_CUT <= words_in(text[:end]) <= most]
    return f"{fits[-1]}." if fits else ""


def in_breaths(text: str, most: int, language: Language) -> list[str]:
    """The sentence in parts of at most `most` words, about evenly long, together word for word the same."""
    words = text.split()
    if len(words) <= most:
        return [text]
    parts = -(-len(words) // most)
    target = len(words) / parts
    first = range(max(1, len(words) - most * (parts - 1)), min(most, len(words) - 1) + 1)
    end = min(first, key=lambda at: abs(at - target) + _price(words, at, language))
    return [" ".join(words[:end]), *in_breaths(" ".join(words[end:]), most, language)]


def _price(words: list[str], at: int, language: Language) -> float:
    """How odd it would be to breathe before this word."""
    before, after = words[at - 1], words[at].strip("\"'\u201c\u00ab\u00bf\u00a1(").lower()
    if before[-1] in ",;:.!?\u2026\u2013\u2014)":
        return MARKED
    classes = grammar_of(language).words
    if any(before.lower() in classes[name] for name in ("articles", "possessives", "prepositions")):
        return ANYWHERE
    if any(after in classes[name] for name in ("leading", "opening", "relatives")):
        return OPENED
    return LED if after in classes["prepositions"] else ANYWHERE
