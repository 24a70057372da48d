"""A treatment: its scenes stand under headings that say where and when each of them plays.

`INT. LOADING BAY - NIGHT` comes here as `Loading bay, night.`, and until the next heading nobody leaves.
"""

from dataclasses import dataclass
from functools import lru_cache

from state.script import Language, SetKind, TimeOfDay
from tools.models.offline.places.lexicon import cues_in, where
from tools.models.offline.places.place_nouns import is_meant, kind_in, nouns_in
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

SEVERAL = 2
"""One line of that shape may be the head of a story; with more of them it is a treatment."""
NEUTRAL: SetKind = "hallway"
"""Somewhere indoors that claims nothing, for a heading whose nouns nobody knows."""
LEAST_CUES = 2
"""So many people and things that belong to a set tell it where its heading does not."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Where a scene plays, and the words that are told under it."""

    line: str
    """The whole heading as the story has it: `Loading bay, night.`"""
    place: str
    """The words for its place: `Loading bay`."""
    under: str
    time: TimeOfDay | None = None
    """None where it only goes on: `CONTINUOUS`, `LATER`."""


def headings_in(story: str, language: Language) -> tuple[Heading, ...]:
    """The headings of a treatment in their order; nothing where a story is told without them."""
    found = [*_heading(language).finditer(story)]
    if len(found) < SEVERAL:
        return ()
    ends = [*(one.start() for one in found[1:]), len(story)]
    return tuple(
        Heading(
            line=one.group().strip(),
            place=one["place"].strip(),
            under=story[one.end() : end].strip(),
            time=_hour(one["time"], language),
        )
        for one, end in zip(found, ends, strict=True)
    )


def kind_of_heading(heading: Heading, story: str, language: Language) -> SetKind:
    """The set of a heading: by its chief noun, else by what belongs to a place in the words under it."""
    near = f"{heading.place}. {heading.under}"
    for part in heading.place.split(", "):
        nouns = [one for one in nouns_in(part, language) if is_meant(one, f"{near} {story}", language)]
        ordered = nouns[::-1] if language == "en" else nouns
        loose = {*where(language)["generic"]["words"], *where(language)["regions"]["words"]}
        for noun in [*(one for one in ordered if one not in loose), *ordered]:
            return kind_in(noun, near, language)
    counts = [*cues_in(heading.place, language)]
    counts += [kind for kind, count in cues_in(heading.under, language).items() if count >= LEAST_CUES]
    return counts[0] if counts else NEUTRAL


def heading_over(text: str, headings: tuple[Heading, ...]) -> Heading | None:
    """The heading that a told sentence is, or that it stands under: most of its words are there."""
    said = _words(text)
    shares = [(len(said & _words(f"{one.line} {one.under}")), one) for one in headings]
    most = max((count for count, _ in shares), default=0)
    exact = [one for one in headings if _words(one.line) == said]
    fitting = [one for count, one in shares if count == most and 2 * count > len(said)]
    return next(iter([*exact, *fitting]), None)


def _hour(word: str, language: Language) -> TimeOfDay | None:
    hours: dict[TimeOfDay, list[str]] = bank(language)["manuscript"]["slugs"]["hours"]
    return next((time for time, words in hours.items() if word.lower() in words), None)


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


@lru_cache(maxsize=8)
def _heading(language: Language) -> re.Pattern[str]:
    """A line that begins with a place and an hour and a full stop."""
    times: str = bank(language)["manuscript"]["slugs"]["times"]
    place = r"(?P<place>[^\W\d_][^.,!?:\n]{1,60}(?:, [^.,!?:\n]{1,40}){0,2})"
    return re.compile(rf"(?m)^[^\S\n]*{place}, (?P<time>{times})\.", re.IGNORECASE)
