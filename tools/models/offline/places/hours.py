"""The hour of every scene: what the facts say, and nothing else."""

from collections.abc import Sequence
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Language, Place, TimeOfDay
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.places.asked_for import without_requests
from tools.models.offline.places.darkness import in_the_dark
from tools.models.offline.places.lexicon import looks_back, where
from tools.models.offline.places.overall_hour import OverallHour, overall_hour, without_doses
from tools.models.offline.places.told_here import told_here
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.phrases import says

LATER: tuple[TimeOfDay, ...] = ("day", "dusk", "night")
DAYLIGHT = (6, 18, 20)
"""The hours at which the sun is up, goes down and is gone."""
GIVEN = frozenset(("alba", "dawn", "eve"))
"""Hours that people are called after."""
SLUG = re.compile(r"(?:^|[.!?:]\s+)(Mañana|Tarde|Manhã)(?=[.:])")
"""An hour of the day that stands alone, as in an outline; in a sentence it may be `tomorrow` or `late`."""
OPENING = 200
"""Letters in which a story says when it plays; an hour told only in its second half comes then."""
LED = 3
"""Words at the head of a sentence among which it says when."""
TELLING = ("description", "scene", "thread", "plot")
"""What somebody wants or hides says nothing about the hour of the scene."""


def times_of(
    scenes: Sequence[Sequence[Fact]], brief: NovelaBrief, places: Sequence[Place], asked: str = ""
) -> list[TimeOfDay]:
    """A time for every scene, which plays at its place. It changes only when the words say so.

    What the brief says of its whole story, also to whoever makes the film (`asked`), goes before all.
    """
    overall = overall_hour(brief, asked)
    if overall is not None:
        return _all_at(overall, scenes, brief.language)
    said = [
        time_said(facts, brief.language)
        if not (at and brief.narrator and begins_later(facts, brief.language))
        else None
        for at, facts in enumerate(scenes)
    ]
    first = next((time for time in said if time), None)
    time = first if first and _from_the_start(scenes, said, brief) else first and _titled(brief)
    now: TimeOfDay = time or _usual(brief)
    if now == "day" and _is_evening(scenes, said, brief.language):
        now = "dusk"
    times: list[TimeOfDay] = []
    for facts, one in zip(scenes, said, strict=True):
        if one is None and times and says(_told(facts), where(brief.language)["visits"]["words"]) >= 0:
            now = "dusk" if times[-1] == "day" else "day"
        times.append(one or now)
        # A scene plays at the first hour it names; the next one begins at the last.
        now = hour_in(_told(facts), brief.language, last=True) or now
    times = _before_dawn(times, said, scenes, brief.language)
    done = [[fact for fact in facts if fact.kind != "desire"] for facts in scenes]
    told = [told_here(_told(facts), brief.language) for facts in done]
    return in_the_dark(times, said, told, places, brief.language)


def _all_at(overall: OverallHour, scenes: Sequence[Sequence[Fact]], language: Language) -> list[TimeOfDay]:
    times: list[TimeOfDay] = []
    for facts in scenes:
        told = told_here(_told(facts), language)
        times.append(overall.of(told, times[-1] if times else overall.time, language))
    return times


def _is_evening(
    scenes: Sequence[Sequence[Fact]], said: Sequence[TimeOfDay | None], language: Language
) -> bool:
    """A light that goes on, ten minutes before closing: it is evening, and was before."""
    clues = bank(language)["settings"]["evening"]["words"]
    for facts, one in zip(scenes, said, strict=True):
        if one is not None:
            return False
        if says(told_here(_told(facts), language), clues) >= 0:
            return True
    return False


def _before_dawn(
    times: list[TimeOfDay],
    said: Sequence[TimeOfDay | None],
    scenes: Sequence[Sequence[Fact]],
    language: Language,
) -> list[TimeOfDay]:
    """Nobody waits for the dawn by day: the scene before it is one of the night."""
    dark = list(times)
    for at in range(2, len(times)):
        dawns = says(told_here(_told(scenes[at]), language), where(language)["dawns"]["words"]) >= 0
        if dawns and said[at - 1] is None and times[at - 1] == "day":
            dark[at - 1] = "night"
    return dark


def begins_later(facts: Sequence[Fact], language: Language) -> bool:
    """Whether a scene plays on before its hour is told: `The raft comes in. At dawn she packs.`."""
    told = [fact.text for fact in facts if fact.source in TELLING and not looks_back(fact)]
    before = next((at for at, text in enumerate(told) if hour_in(text, language)), 0)
    return before > 0 and hour_led(told[before], language) is not None


def hour_led(text: str, language: Language) -> TimeOfDay | None:
    """The hour that a sentence begins with: `At dawn she packs`, `Night falls`."""
    led = (" ".join(one.split()[:LED]) for one in sentences_of(text))
    return next((time for one in led if (time := hour_in(one, language))), None)


def time_said(facts: Sequence[Fact], language: Language) -> TimeOfDay | None:
    """The first time of day that the facts name."""
    return hour_in(_told(facts), language)


def _told(facts: Sequence[Fact]) -> str:
    told = [fact for fact in facts if fact.source in TELLING and not looks_back(fact)]
    return " ".join(fact.text for fact in told)


def hour_in(text: str, language: Language, *, last: bool = False) -> TimeOfDay | None:
    """The first or the last time of day in a text; what the text only reports has none."""
    here = _without_past(without_doses(told_here(text, language), language), language)
    clock = {
        one.start(): (one.end(), _by_the_clock(one, language)) for one in _clock(language).finditer(here)
    }
    told = [one for one in _pattern(language).finditer(here) if not _is_name(one, here)]
    said = {one.start(): _hours(language)[one.group().lower()] for one in told}
    said |= {one.start(1): "day" for one in SLUG.finditer(here)}
    said = _told_apart(said, here, language)
    apart = {
        at: time for at, time in said.items() if not any(one <= at < end for one, (end, _) in clock.items())
    }
    found = sorted({**apart, **{at: time for at, (_, time) in clock.items()}}.items())
    return found[-1 if last else 0][1] if found else None


def _without_past(text: str, language: Language) -> str:
    """A text without the hours that are only asked about: `what did she see the night of the fire`."""
    return _past(language).sub(lambda one: " " * len(one.group()), text)


@lru_cache(maxsize=4)
def _past(language: Language) -> re.Pattern[str]:
    table = where(language)["past_hours"]
    told = table["pattern"].replace("events", "|".join(table["events"]))
    return re.compile(rf"(?<!\w)(?:{table['asked']}|{told}(?!\w))", re.IGNORECASE)


def _is_name(said: re.Match[str], text: str) -> bool:
    """`Su hija Alba`, `Dawn opens the shop`: somebody who is called after an hour."""
    if not said.group()[0].isupper() or " " in said.group():
        return False
    starts = re.search(r"(?:^|[.!?:\n]|[\"\u201c\u00ab\u00bf\u00a1])\s*$", text[: said.start()]) is not None
    breaks = re.match(
        r" (?:breaks|comes up)(?!\w)|\.|, (?!an?\b|her\b|his\b|the\b|who\b)[a-z]", text[said.end() :]
    )
    return not starts or (said.group().lower() in GIVEN and breaks is None)


def _told_apart(said: dict[int, TimeOfDay], text: str, language: Language) -> dict[int, TimeOfDay]:
    """`Saturday morning ... has levelled the ice all night`: without what only says how long it took."""
    spans = tuple(where(language)["spans"]["words"])
    long = {at for at in said if text[at:].lower().startswith(spans)}
    over = {at for at in long if _done(text[:at], language)}
    return {at: time for at, time in said.items() if at not in (long if len(said) > len(long) else over)}


def _done(before: str, language: Language) -> bool:
    """Whether the sentence tells of what has been done already."""
    sentence = re.split(r"[.!?]", before)[-1]
    done = "|".join(where(language)["spans"]["perfect"])
    return (
        re.search(rf"(?<!\w)(?:{done}) \w+(?:ed|en|pt|ne|ht|lt|ado|ada|ido|ida)(?!\w)", sentence) is not None
    )


@lru_cache(maxsize=8)
def _clock(language: Language) -> re.Pattern[str]:
    """`seven in the morning`, `3 a.m.`, `22:30`."""
    table = where(language)["clock"]
    numbers, parts = (
        "|".join(table["numbers"]),
        "|".join(re.escape(part) for part in (*table["before_noon"], *table["after_noon"])),
    )
    return re.compile(
        rf"(?<![\w:.-])(?:(?P<hour>\d{{1,2}}|{numbers})(?:[:.h]\d\d)?(?: o'clock)? ?(?P<part>{parts})(?!\w)"
        r"|(?P<full>0\d|1[3-9]|2[0-3])[:h][0-5]\d(?![\w:]))",
        re.IGNORECASE,
    )


def _by_the_clock(said: re.Match[str], language: Language) -> TimeOfDay:
    table = where(language)["clock"]
    if said["full"]:
        return _light_at(int(said["full"]))
    word = said["hour"].lower()
    hour = int(word) if word.isdigit() else table["numbers"].index(word) + 1
    late = said["part"].lower() in table["after_noon"]
    return _light_at((hour % 12 + 12 * late) if hour != 12 or "noche" not in said["part"] else 0)


def _light_at(hour: int) -> TimeOfDay:
    return (
        "day"
        if DAYLIGHT[0] <= hour < DAYLIGHT[1]
        else "dusk"
        if DAYLIGHT[1] <= hour < DAYLIGHT[2]
        else "night"
    )


def _from_the_start(
    scenes: Sequence[Sequence[Fact]], said: Sequence[TimeOfDay | None], brief: NovelaBrief
) -> bool:
    """Whether the first hour that is named holds from the first scene: `at night` comes after a day.

    A thriller that names the night is one of the night, unless the words say that it falls. What comes
    before an hour of the clock only tells how things stand then.
    """
    at = next(index for index, time in enumerate(said) if time)
    text = " ".join(fact.text for fact in scenes[at])
    exact = says(text, bank(brief.language)["settings"]["evening"]["exact"]) >= 0
    if at == 0 or (at == 1 and (exact or _clock(brief.language).search(text) is not None)):
        return True
    return brief.genre == "thriller" and not _comes_later(text, brief.language)


def _comes_later(text: str, language: Language) -> bool:
    return says(text, where(language)["later"]["words"]) >= 0


def _titled(brief: NovelaBrief) -> TimeOfDay:
    """The hour that the title names holds until the story names another; else day."""
    return hour_in(brief.title, brief.language) or "day"


def _usual(brief: NovelaBrief) -> TimeOfDay:
    """The hour of a story that names none in what happens: its other words', else day."""
    text = f"{brief.title}. {without_requests(brief.description, brief.language)}"
    begun = text[: max(len(text) // 2, OPENING)]
    told = None if _comes_later(text, brief.language) else hour_in(begun, brief.language)
    return told or "day"


@lru_cache(maxsize=8)
def _hours(language: Language) -> dict[str, TimeOfDay]:
    table = where(language)["hours"]
    return {phrase.lower(): time for time in LATER for phrase in table[time]}


@lru_cache(maxsize=8)
def _pattern(language: Language) -> re.Pattern[str]:
    phrases = sorted(_hours(language), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, phrases))})(?![\w-])", re.IGNORECASE)
