"""The hour of every scene: what the facts say, and nothing else."""

import re
from collections.abc import Sequence
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Language, TimeOfDay
from tools.models.offline.fact import Fact
from tools.models.offline.lexicon import says, where

LATER: tuple[TimeOfDay, ...] = ("day", "dusk", "night")
TELLING = ("description", "scene", "thread", "plot")
"""What somebody wants or hides says nothing about the hour of the scene."""


def times_of(scenes: Sequence[Sequence[Fact]], brief: NovelaBrief) -> list[TimeOfDay]:
    """A time for every scene. It changes only when the words say so."""
    said = [time_said(facts, brief.language) for facts in scenes]
    first = next((time for time in said if time), None)
    time = first if first and _from_the_start(scenes, said, brief) else first and _titled(brief)
    now: TimeOfDay = time or _usual(brief)
    times: list[TimeOfDay] = []
    for facts, one in zip(scenes, said, strict=True):
        if one is None and times and says(_told(facts), where(brief.language)["visits"]["words"]) >= 0:
            now = "dusk" if times[-1] == "day" else "day"
        times.append(one or now)
        # A scene plays at the first hour it names; the next one begins at the last.
        now = hour_in(_told(facts), brief.language, last=True) or now
    return times


def time_said(facts: Sequence[Fact], language: Language) -> TimeOfDay | None:
    """The first time of day that the facts name."""
    return hour_in(_told(facts), language)


def _told(facts: Sequence[Fact]) -> str:
    told = [fact for fact in facts if fact.source in TELLING and fact.kind not in ("backstory", "question")]
    return " ".join(fact.text for fact in told)


def hour_in(text: str, language: Language, *, last: bool = False) -> TimeOfDay | None:
    """The first or the last time of day in a text."""
    found = list(_pattern(language).finditer(text))
    return _hours(language)[found[-1 if last else 0].group().lower()] if found else None


def _from_the_start(
    scenes: Sequence[Sequence[Fact]], said: Sequence[TimeOfDay | None], brief: NovelaBrief
) -> bool:
    """Whether the first hour that is named holds from the first scene: `at night` comes after a day.

    A thriller that names the night is one of the night, unless the words say that it falls.
    """
    at = next(index for index, time in enumerate(said) if time)
    text = " ".join(fact.text for fact in scenes[at])
    return at == 0 or (brief.genre == "thriller" and not _comes_later(text, brief.language))


def _comes_later(text: str, language: Language) -> bool:
    return says(text, where(language)["later"]["words"]) >= 0


def _titled(brief: NovelaBrief) -> TimeOfDay:
    """The hour that the title names holds until the story names another; else day."""
    return hour_in(brief.title, brief.language) or "day"


def _usual(brief: NovelaBrief) -> TimeOfDay:
    """The hour of a story that names none in what happens: its other words', else day."""
    text = f"{brief.title}. {brief.description}"
    told = None if _comes_later(text, brief.language) else hour_in(text, brief.language)
    return told or "day"


@lru_cache(maxsize=8)
def _hours(language: Language) -> dict[str, TimeOfDay]:
    table = where(language)["hours"]
    return {phrase.lower(): time for time in LATER for phrase in table[time]}


@lru_cache(maxsize=8)
def _pattern(language: Language) -> re.Pattern[str]:
    phrases = sorted(_hours(language), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, phrases))})(?![\w-])", re.IGNORECASE)
