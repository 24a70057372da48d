"""What was said before: words worth quoting."""

import unicodedata
from collections.abc import Sequence

from state.script import Character, Line
from tools.models.offline.words import patterns as re
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.grammar import capitalise

SHORTEST_STEM = 4
STEM = 5
TELLING = 3
"""Longer words that make a sentence worth coming back to; more are not better."""


def stems(text: str) -> set[str]:
    """The beginnings of the longer words, without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return {word[:STEM] for word in re.findall(r"\w+", plain) if len(word) >= SHORTEST_STEM}


def quotable(said: Sequence[Line], cast: Sequence[Character], *, longest: int, dice: Dice) -> list[Line]:
    """Statements of an earlier episode that are short enough to be repeated, the telling ones first."""
    names = {one.name for one in cast}
    sentences = [
        line.model_copy(update={"text": capitalise(sentence.rpartition(": ")[2])})
        for line in said
        if line.speaker in names and not re.search(r"[“”«»\"]", line.text)
        for sentence in re.split(r"(?<=[.!?…])\s+", line.text)
    ]
    fits = [
        line for line in sentences
        if re.search(r"\w\.$", line.text) and not re.search(r"[¿¡:…]", line.text)
        and 3 <= len(line.text.split()) <= longest
    ]  # fmt: skip
    return sorted(dice.order(fits, "quote"), key=lambda line: -min(TELLING, len(stems(line.text))))
