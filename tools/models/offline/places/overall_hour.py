"""The hour of a whole story: `all at night`, `Tuesday nights`, `de guardia`, `almoço de domingo`."""

from dataclasses import dataclass

from state.brief import NovelaBrief
from state.script import Language, TimeOfDay
from tools.models.offline.places.asked_for import without_requests
from tools.models.offline.places.told_here import unquoted
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.phrases import says

HOURS: tuple[TimeOfDay, ...] = ("night", "dusk", "day")
OPENING = 3
"""Sentences in which a story says when it usually plays."""


@dataclass(frozen=True, kw_only=True)
class OverallHour:
    """The hour that stands over all scenes."""

    time: TimeOfDay
    always: bool
    """Said of the whole film: no other word counts. Else the words may say that time goes on."""

    def of(self, told: str, now: TimeOfDay, language: Language) -> TimeOfDay:
        """The hour of a scene by its words, `now` being that of the scene before."""
        return now if self.always else _later(told, language) or now


def overall_hour(brief: NovelaBrief, asked: str = "") -> OverallHour | None:
    """The hour over a whole story, if it says one."""
    asks = without_requests(asked or brief.description, brief.language)
    told = unquoted(f"{brief.title}. {asks}")
    whole = _said(told, brief.language, "whole")
    if whole is not None:
        return OverallHour(time=whole[1], always=True)
    opening = " ".join(re.split(r"(?<=[.!?])\s+", told)[: OPENING + 1])
    habit = _said(opening, brief.language, "habit")
    if habit is None or _told_before(opening[: habit[0]], habit[1], brief.language):
        return None
    return OverallHour(time=habit[1], always=False)


def without_doses(text: str, language: Language) -> str:
    """`nueve tabletas, una en la mañana, una en la noche`: when to take it is no hour of the scene."""
    table = _table(language)["dose"]
    if says(text, table["words"]) < 0:
        return text
    return re.sub(rf"(?<!\w){table['pattern']}(?!\w)", " ", text, flags=re.IGNORECASE)


def _said(text: str, language: Language, table: str) -> tuple[int, TimeOfDay] | None:
    """Where the first of a table's hours is said, and which it is."""
    phrases = _table(language)[table]
    found = [(at, time) for time in HOURS if phrases[time] and (at := says(text, phrases[time])) >= 0]
    return min(found, default=None)


def _told_before(text: str, time: TimeOfDay, language: Language) -> bool:
    """Whether another hour was told before the habit: `Saturday morning. Ana, who works nights, ...`."""
    spans = bank(language)["where"]["spans"]["words"]
    bare = re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, spans))})(?!\w)", "", text, flags=re.IGNORECASE)
    hours = bank(language)["where"]["hours"]
    return any(says(bare, hours[other]) >= 0 for other in HOURS if other != time)


def _later(told: str, language: Language) -> TimeOfDay | None:
    found = _said(without_doses(told, language), language, "on")
    return found[1] if found else None


def _table(language: Language) -> Table:
    table: Table = bank(language)["overall"]
    return table
