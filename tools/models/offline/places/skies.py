"""The weather of every scene: what its own words say, else what stands over the whole story."""

from collections.abc import Collection

from state.script import Language, TimeOfDay, Weather
from tools.models.offline.places.lexicon import where
from tools.models.offline.places.told_here import unquoted, without_pictures
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, structure
from tools.models.offline.words.phrases import says

OPENING = 2
"""So many sentences tell how things stand before anything happens."""


def sky_of(summary: str, story: str, time: TimeOfDay, language: Language) -> Weather:
    """The sky over a scene. What a story opens with, or calls outside, stands over all of it.

    Weather that only comes later in the story is there by the end of the day.
    """
    told = _with_weather(story, language)
    summary = _with_weather(summary, language, story)
    if _is_over(summary, told, language):
        return "clear"
    own, arid = sky_in(summary, language), says(told, where(language)["signs"]["arid"]) >= 0
    standing = sky_in(_standing(told, language), language)
    if arid and "overcast" in (own, standing, sky_in(told, language)):
        return "clear"  # wind over a desert brings no cloud
    if own and not (own == "overcast" and standing):
        return own
    if standing:
        return standing
    sky: dict[str, Weather] = structure()["skies"][sky_in(told, language) or "clear"]
    return sky[time]


def _with_weather(text: str, language: Language, story: str = "") -> str:
    """A text without umbrellas and drawn clouds: `guarda-chuva` brings no rain, nor does what is denied."""
    named = _any_of(where(language)["standing"]["no_weather"])
    return re.sub(named, " ", without_pictures(unquoted(text, story), language), flags=re.IGNORECASE)


def _standing(told: str, language: Language) -> str:
    """What tells how things stand: the first sentences, less what is only coming, and what is outside."""
    opening = " ".join(re.split(r"(?<=[.!?])\s+", told)[:OPENING])
    words = [word for listed in bank(language)["cues"]["weather"].values() for word in listed]
    sky, out = _any_of(words), _any_of(where(language)["standing"]["words"])
    coming = _any_of(where(language)["standing"]["coming"])
    opening = re.sub(
        rf"(?:{sky})\W+(?:\w+\W+)?(?:{coming})|(?:{coming})\W+(?:\w+\W+){{0,2}}(?:{sky})",
        " ", opening, flags=re.IGNORECASE,
    )  # fmt: skip
    beside = rf"(?:{sky})\W+(?:\w+\W+)?(?:{out})|(?:{out})\W+(?:\w+\W+){{0,2}}(?:{sky})"
    return " ".join([opening, *(one.group() for one in re.finditer(beside, told, re.IGNORECASE))])


def _any_of(phrases: Collection[str]) -> str:
    listed = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    return rf"(?<!\w)(?:{listed})(?!\w)"


def _is_over(summary: str, told: str, language: Language) -> bool:
    """Whether the weather has changed for the better before the scene: the wind drops, the fog lifts."""
    if _end_of(summary, language) is not None:
        return True
    end, first = _end_of(told, language), re.split(r"[.!?]", summary)[0].strip().casefold()[1:]
    return end is not None and bool(first) and end < told.casefold().find(first)


def _end_of(text: str, language: Language) -> int | None:
    """Where a text says that the weather is over: `the fog lifts`, `ha pasado el ciclón`."""
    words = [word for listed in bank(language)["cues"]["weather"].values() for word in listed]
    sky, over = _any_of(words), _any_of(where(language)["standing"]["over"])
    ends = _any_of(where(language)["standing"]["ends"])
    near = rf"{ends}|(?:{sky})\W+(?:\w+\W+)?(?:{over})|(?:{over})\W+(?:\w+\W+)?(?:{sky})"
    found = re.search(near, text, re.IGNORECASE)
    return found.start() if found else None


def sky_in(text: str, language: Language) -> Weather | None:
    """The weather that a text speaks of; the worst one when it speaks of several."""
    for weather, words in bank(language)["cues"]["weather"].items():
        if says(text, words) >= 0:
            return weather  # type: ignore[no-any-return]  # the bank's keys are weathers
    return None
