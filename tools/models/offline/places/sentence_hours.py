"""The hour of each sentence of a scene: what it says itself, else what was said before it."""

from collections.abc import Sequence

from state.script import Language, TimeOfDay
from tools.models.offline.places.hours import hour_in
from tools.models.offline.places.lexicon import where
from tools.models.offline.places.treatment import Heading, heading_over
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

LED = 7
"""Words at the head of a sentence in which it says that another day has come."""


def hours_along(
    scenes: Sequence[Sequence[str]],
    times: Sequence[TimeOfDay],
    language: Language,
    headings: tuple[Heading, ...] = (),
) -> list[list[TimeOfDay]]:
    """An hour for every sentence of every scene; `times` are those of the scenes."""
    along: list[list[TimeOfDay]] = []
    for texts, time in zip(scenes, times, strict=True):
        said = [_said(one, language, headings) for one in texts]
        now = _at_first(said, time, along)
        hours: list[TimeOfDay] = []
        for text, hour in zip(texts, said, strict=True):
            now = hour or ("day" if is_another_day(text, language) else now)
            hours.append(now)
        along.append(hours)
    return along


def is_another_day(text: str, language: Language) -> bool:
    """`Three months later`, `A la semana siguiente`, `Na segunda`: what was dark before is over."""
    table = bank(language)["overall"]["another_day"]
    head = " ".join(re.sub(r"^[\\W\\d_]+", "", text).split()[:LED])
    plain = where(language)["next_day"]["words"]
    listed = "|".join([*map(re.escape, sorted(plain, key=len, reverse=True)), *table["patterns"]])
    return re.match(rf"(?:{'|'.join(table['opens'])})?(?:{listed})(?!\w)", head, re.IGNORECASE) is not None


def _said(text: str, language: Language, headings: tuple[Heading, ...]) -> TimeOfDay | None:
    heading = heading_over(text, headings)
    return (heading.time if heading else None) or (None if headings else hour_in(text, language))


def _at_first(
    said: Sequence[TimeOfDay | None], time: TimeOfDay, along: Sequence[Sequence[TimeOfDay]]
) -> TimeOfDay:
    """The hour before a scene's words name one: what only later grows dark begins as the last scene ended."""
    first = next((at for at, one in enumerate(said) if one), 0)
    before = [hours[-1] for hours in along if hours]
    return before[-1] if first and before and said[first] == time else time
