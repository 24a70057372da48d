"""The weather of every scene: what its own words say, else what stands over the whole story."""

import re

from state.script import Language, TimeOfDay, Weather
from tools.models.offline.bank import bank, structure
from tools.models.offline.lexicon import says, unquoted, where

OPENING = 2
"""So many sentences tell how things stand before anything happens."""


def sky_of(summary: str, story: str, time: TimeOfDay, language: Language) -> Weather:
    """The sky over a scene. What a story opens with, or calls outside, stands over all of it.

    Weather that only comes later in the story is there by the end of the day.
    """
    own = sky_in(unquoted(summary, story), language)
    if own:
        return own
    told = unquoted(story)
    standing = sky_in(_standing(told, language), language)
    if standing:
        return standing
    sky: dict[str, Weather] = structure()["skies"][sky_in(told, language) or "clear"]
    return sky[time]


def _standing(told: str, language: Language) -> str:
    """The sentences that tell how things stand: the first ones, and those that look outside."""
    sentences = re.split(r"(?<=[.!?])\s+", told)
    outside = where(language)["standing"]["words"]
    return " ".join([*sentences[:OPENING], *(one for one in sentences[OPENING:] if says(one, outside) >= 0)])


def sky_in(text: str, language: Language) -> Weather | None:
    """The weather that a text speaks of; the worst one when it speaks of several."""
    for weather, words in bank(language)["cues"]["weather"].items():
        if says(text, words) >= 0:
            return weather  # type: ignore[no-any-return]  # the bank's keys are weathers
    return None
