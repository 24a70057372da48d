"""Where each sentence of a scene plays: a scene may begin in one place and go on in another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Place, TimeOfDay
from state.writing import SeriesPlan
from tools.models.offline.brief.makers_notes import asked_in, told_only
from tools.models.offline.places.main_place import main_place
from tools.models.offline.places.overall_hour import overall_hour
from tools.models.offline.places.sentence_hours import hours_along
from tools.models.offline.places.treatment import headings_in
from tools.models.offline.places.whereabouts import ways_through
from tools.models.offline.telling.facts import laid_facts
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words import patterns as re

OCCASION = re.compile(r"(?:In|At|On|En|Em|N[oa]s?|Al|Ao|À) [^,.]{3,40}, ")
"""How a sentence begins that goes on to another hour or another gathering."""


NEAR = 2
"""Sentences at most between such a beginning and the place."""


@dataclass(frozen=True)
class Way:
    """One sentence and the place where it happens."""

    text: str
    place: Place
    time: TimeOfDay | None = None
    """Its hour; None where one hour stands over the whole film, or nobody asked for it."""


def ways_of(plan: SeriesPlan, brief: NovelaBrief, scene: int) -> tuple[Way, ...]:
    """The way through a scene of the episode being made; `brief` has all words of whoever asked for it."""
    return _ways(plan.model_dump_json(), brief.model_dump_json()).get(scene, ())


@lru_cache(maxsize=32)
def _ways(plan_json: str, brief_json: str) -> dict[int, tuple[Way, ...]]:
    plan, whole = SeriesPlan.model_validate_json(plan_json), NovelaBrief.model_validate_json(brief_json)
    brief = told_only(whole)
    outlines = next((one.scenes for one in plan.episodes if one.number == brief.episode_number), [])
    laid = laid_facts(plan, brief)
    scenes = [laid.get((brief.episode_number, one.number), ()) for one in outlines]
    asked = asked_in(whole.description, brief.language)
    main = main_place(brief, asked)
    if not plan.places or not any(scenes):
        return {}
    gone = ways_through(scenes, plan.places, brief, main)
    timed = overall_hour(brief, asked) is None and not whole.scenes
    hours = _hours(gone, [one.time for one in outlines], brief, timed=timed)
    found = {
        one.number: _settled(
            [Way(text, at, time) for (text, at), time in zip(way, along, strict=True)], one.place
        )
        for one, way, along in zip(outlines, gone, hours, strict=True)
    }
    # A plan that somebody changed knows better where its scenes play.
    fair = {one.number for one in outlines if one.place in {way.place.name for way in found[one.number]}}
    return {number: way for number, way in found.items() if number in fair}


def _hours(
    gone: Sequence[Sequence[tuple[str, Place]]],
    times: Sequence[TimeOfDay],
    brief: NovelaBrief,
    *,
    timed: bool,
) -> Sequence[Sequence[TimeOfDay | None]]:
    """The hour of every sentence; none where one hour stands over the whole story."""
    if not timed:
        return [[None] * len(way) for way in gone]
    headings = headings_in(brief.description, brief.language)
    return hours_along([[text for text, _ in way] for way in gone], times, brief.language, headings)


def _settled(ways: Sequence[Way], place: str) -> tuple[Way, ...]:
    """The way to the `place` of a scene: another occasion, `no concerto,`, is there already."""
    at = next((at for at, way in enumerate(ways) if way.place.name == place), 0)
    begins = next((one for one, way in enumerate(ways[:at]) if OCCASION.match(way.text)), at)
    begins = begins if at - begins <= NEAR else at
    carried = len({way.place.name for way in ways[:at]}) == 1
    moved = [replace(way, place=ways[at].place) for way in ways[begins:at]]
    there = moved if carried else ways[begins:at]
    return (*ways[:begins], *there, *ways[at:])


def way_at(told: Sequence[Spoken], ways: Sequence[Way]) -> Way | None:
    """The step of a shot: that of the last sentence over it; none in silence."""
    last = next((one for one in reversed(told) if one.told and one.fact is not None), None)
    said = _words(last.text) if last is not None else frozenset()
    shared = [(len(said & _words(one.text)), one) for one in ways]
    most = max((count for count, _ in shared), default=0)
    return next((one for count, one in shared if count == most > 0), None)


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))
