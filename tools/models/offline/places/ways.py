"""Where each sentence of a scene plays: a scene may begin in one place and go on in another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Place
from state.writing import SeriesPlan
from tools.models.offline.brief.makers_notes import asked_in, told_only
from tools.models.offline.places.main_place import main_place
from tools.models.offline.places.whereabouts import ways_through
from tools.models.offline.telling.facts import laid_facts
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words import patterns as re

OCCASION = re.compile(r"(?:In|At|On|En|Em|N[oa]s?|Al|Ao|À) [^,.]{3,40}, ")
"""How a sentence begins that goes on to another hour or another gathering."""


@dataclass(frozen=True)
class Way:
    """One sentence and the place where it happens."""

    text: str
    place: Place


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
    main = main_place(brief, asked_in(whole.description, brief.language))
    if not plan.places or not any(scenes):
        return {}
    gone = ways_through(scenes, plan.places, brief, main)
    found = {
        one.number: _settled([Way(*step) for step in way], one.place)
        for one, way in zip(outlines, gone, strict=True)
    }
    # A plan that somebody changed knows better where its scenes play.
    fair = {one.number for one in outlines if one.place in {way.place.name for way in found[one.number]}}
    return {number: way for number, way in found.items() if number in fair}


def _settled(ways: Sequence[Way], place: str) -> tuple[Way, ...]:
    """The way to the `place` of a scene: another occasion, `no concerto,`, is there already."""
    at = next((at for at, way in enumerate(ways) if way.place.name == place), 0)
    begins = next((one for one, way in enumerate(ways[:at]) if OCCASION.match(way.text)), at)
    carried = len({way.place.name for way in ways[:at]}) == 1
    there = [Way(way.text, ways[at].place) for way in ways[begins:at]] if carried else ways[begins:at]
    return (*ways[:begins], *there, *ways[at:])


def place_at(told: Sequence[Spoken], ways: Sequence[Way], before: Place) -> Place:
    """Where a shot plays: in the place of the last sentence over it, in silence where the one before did."""
    last = next((one for one in reversed(told) if one.told and one.fact is not None), None)
    said = _words(last.text) if last is not None else frozenset()
    shared = [(len(said & _words(one.text)), one.place) for one in ways]
    most = max((count for count, _ in shared), default=0)
    return next((place for count, place in shared if count == most > 0), before)


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))
