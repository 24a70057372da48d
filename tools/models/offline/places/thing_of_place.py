"""`the bell of the chapel`: a place that only tells which thing is meant is no place of the story."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from state.script import Language
from tools.models.offline.places.lexicon import Mention
from tools.models.offline.things.picturing import found_in
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank


def told_by_things(text: str, found: Sequence[Mention], language: Language) -> list[Mention]:
    """The places of a text; those that only tell which thing or which other place are doubtful."""
    ends = {one.end for one in found_in(text, language)}
    ends |= {one.start + len(one.name) for one in found if one.doubtful and not one.strong}
    return [_weakened(text, one, ends, language) for one in found]


def _weakened(text: str, place: Mention, ends: set[int], language: Language) -> Mention:
    if place.strong or place.proper:
        return place
    of = _of(language).search(text[: place.start])
    return replace(place, doubtful=True) if of is not None and of.start() in ends else place


@lru_cache(maxsize=4)
def _of(language: Language) -> re.Pattern[str]:
    """Words between a thing and the place that it belongs to."""
    words = sorted(bank(language)["settings"]["near"]["part_of"], key=len, reverse=True)
    which = bank(language)["where"]["determiners"]["words"]
    return re.compile(rf" (?:{'|'.join(words)}) (?:(?:{'|'.join(which)}) )?$", re.IGNORECASE)
