"""What a line means without naming it: `it`, `the thing` are what was told last, or the title."""

from collections.abc import Sequence
from dataclasses import replace

from state.script import Language
from tools.models.offline.deeds.hands import hands_in
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.things.picturing import Found
from tools.models.offline.things.shown import (
    Words,
    as_shown,
    hands_of,
    is_meant,
    latest,
    names_another,
    parted,
)
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank


def all_shown(lines: Sequence[Spoken], words: Words, *, before: str = "") -> list[Spoken]:
    """What is told, line by line; `it` is the thing that was spoken of last, at first in `before`."""
    done: list[Spoken] = []
    last = latest(before, words)
    for said in lines:
        done.append(with_title_thing(as_shown(said, words, last=last), words))
        last = latest(said.text, words) or (None if names_another(said.text, words.language) else last)
    return done


def with_title_thing(said: Spoken, words: Words) -> Spoken:
    """What is told, with what the title names where nothing else is shown and these words stand for it."""
    at = max(words.story.find(said.text[:OPENING]), words.story.find(said.text[-ENDING:]))
    named = next((one for one, _ in parted(words.story, words) if one.picture in words.titled), None) if (
        words.titled and at > 0 and said.thing not in words.titled
    ) else None  # fmt: skip
    if named is None or named.start >= at or _has_own(said, words):
        return said
    if not stands_for_title(said.text, named, words.language):
        return said
    hands = hands_of(said, named.picture, "meant", words) if said.done_by else said.gesture
    return replace(said, thing=named.picture, gesture=hands, meant=named.picture)


OPENING = 40
ENDING = 16
"""Letters by which a line is found in its story: its subject may be another word there."""


def _has_own(said: Spoken, words: Words) -> bool:
    """Whether a line acts on something that can be drawn."""
    return any(part == "acted_on" for _, part in parted(said.text, words))


def stands_for_title(text: str, named: Found, language: Language) -> bool:
    """Whether words mean what the title names: `carries the thing`, or a pronoun that nobody can be."""
    called = re.compile(bank(language)["pictures"]["acts"]["the_thing"], re.IGNORECASE)
    if called.search(text):
        return True
    nobody = language == "en" or hands_in(text, language) in DONE_TO_THINGS
    return nobody and is_meant(text, named, language)


DONE_TO_THINGS = frozenset((
    "working", "carrying", "pulling", "pushing", "eating", "opening", "reaching_up", "stirring", "playing",
    "writing", "reading", "raised_hand", "drinking", "tearing",
))  # fmt: skip
"""What hands do to a thing and hardly to somebody."""


def has_pronoun(text: str, language: Language) -> bool:
    """Whether words may mean a thing without naming it."""
    acts = bank(language)["pictures"]["acts"]
    return any(re.search(acts[key], text, re.IGNORECASE) is not None for key in ("meant", "the_thing"))
