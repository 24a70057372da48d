"""The ledger of the film that a plan makes, written once from what its scenes tell."""

from functools import lru_cache

from state.brief import NovelaBrief
from state.writing import SeriesPlan
from tools.models.offline.ledger.book import Ledger, Told, write_ledger
from tools.models.offline.telling.facts import laid_facts, people_of
from tools.models.offline.things.shown import words_of


def ledger_of(plan: SeriesPlan, brief: NovelaBrief) -> Ledger:
    """The ledger of the episode that a brief asks for."""
    return _written(plan.model_dump_json(), brief.model_dump_json())


@lru_cache(maxsize=32)
def _written(plan_json: str, brief_json: str) -> Ledger:
    plan, brief = SeriesPlan.model_validate_json(plan_json), NovelaBrief.model_validate_json(brief_json)
    laid = laid_facts(plan, brief)
    episode = next(one for one in plan.episodes if one.number == brief.episode_number)
    scenes = [
        Told(number=one.number, place=one.place, facts=laid.get((episode.number, one.number), ()))
        for one in episode.scenes
    ]
    return write_ledger(scenes, people_of(brief, plan.cast), words_of(brief))
