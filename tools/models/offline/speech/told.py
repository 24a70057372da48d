"""What was said before: facts that are no news any more, and words worth quoting."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from state.script import Character, Line
from tools.models.offline.dice import Dice
from tools.models.offline.fact import Fact

ENOUGH = 0.6
SHORTEST_STEM = 4
STEM = 5


def was_said(fact: Fact, lines: Iterable[str], names: Iterable[str]) -> bool:
    """Whether one line already carried this fact: most of its words of content are in it."""
    called = {stem for name in names for stem in stems(name)}
    content = stems(fact.rest) - called
    if len(content) < 2:
        content = stems(fact.text or f"{fact.verb} {fact.rest}") - called
    return any(len(content & stems(line)) >= ENOUGH * len(content) for line in lines) if content else False


def stems(text: str) -> set[str]:
    """The beginnings of the longer words, without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return {word[:STEM] for word in re.findall(r"\w+", plain) if len(word) >= SHORTEST_STEM}


def quotable(said: Sequence[Line], cast: Sequence[Character], *, longest: int, dice: Dice) -> list[Line]:
    """Whole statements of an earlier episode that are short enough to be repeated, the telling ones first."""
    names = {one.name for one in cast}
    fits = [
        line for line in said
        if line.speaker in names and line.text.endswith(".") and not re.search(r"[“”«»\"?!…:]", line.text)
        and 3 <= len(line.text.split()) <= longest and line.text.count(".") == 1
    ]  # fmt: skip
    return sorted(dice.order(fits, "quote"), key=lambda line: -len(stems(line.text)))
