"""Answers as real models give them, written by hand, and the questions that they answer."""

import json
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from nodes.agents.agent import TextKey
from nodes.agents.full_plan import full_plan
from state.brief import NovelaBrief
from state.writing import PlanSeriesInput, SeriesPlan, WriteSceneInput

ROOT = Path(__file__).parents[4]
ANSWERS = ROOT / "tests" / "answers"
KEY = TextKey(production_id="p1", stage="script", item="scene-1")


def an_answer(name: str) -> dict[str, Any]:
    """One of the answers in `tests/answers`, to change at will."""
    found: dict[str, Any] = json.loads((ANSWERS / f"{name}.json").read_text("utf-8"))
    return found


def the_micro_brief(**changes: Any) -> NovelaBrief:
    """The micro-episode's brief."""
    told = json.loads((ROOT / "examples" / "micro.json").read_text("utf-8"))
    return NovelaBrief.model_validate({**told, **changes})


def plan_question(**changes: Any) -> PlanSeriesInput:
    """The writer is asked to plan the micro-episode."""
    return PlanSeriesInput(brief=the_micro_brief(**changes))


@lru_cache(maxsize=1)
def the_micro_plan() -> SeriesPlan:
    """The whole plan that the hand-written answer makes."""
    return SeriesPlan.model_validate(full_plan(plan_question(), an_answer("micro_plan")))


def scene_question(**changes: Any) -> WriteSceneInput:
    """The writer is asked for the micro-episode's one scene."""
    plan = the_micro_plan()
    fields = {"brief": the_micro_brief(), "plan": plan, "outline": plan.episodes[0].scenes[0], "seconds": 6.0}
    return WriteSceneInput(**{**fields, "shots": 3, **changes})


def a_scene(**changes: Any) -> dict[str, Any]:
    """A good scene with some of its fields changed."""
    return {**an_answer("micro_scene_1"), **changes}


def with_shot(at: int, **changes: Any) -> dict[str, Any]:
    """A good scene of which one shot is changed."""
    scene = deepcopy(an_answer("micro_scene_1"))
    scene["shots"][at] |= changes
    return scene
