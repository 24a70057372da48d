"""The script writer: plans the series, writes each scene, changes a shot as noted."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from nodes.agents.agent import Agent, AgentDefinition, Capability
from nodes.agents.full_change import full_change
from nodes.agents.full_plan import full_plan
from nodes.agents.full_scene import full_scene, model_of, place_of, shots_wanted
from nodes.agents.functions import GENERATE_SCENE_PROMPT
from nodes.agents.model_rules import rules_of
from nodes.agents.script_checks import most_words, plan_problems, revision_problems, scene_problems
from nodes.agents.told import (
    LANGUAGES,
    as_json,
    as_name,
    as_words,
    before_told,
    cast_told,
    people_asked,
    places_told,
    plan_told,
    scene_told,
    scenes_asked,
    schema,
    shot_told,
)
from nodes.agents.writer_tools import scene_prompt_tool
from prompts import RenderedPrompt, render
from state.answers import PlanAnswer, SceneAnswer, ShotChange
from state.script import Character
from state.writing import (
    PlanSeriesInput,
    RevisedShot,
    ReviseShotInput,
    SceneDraft,
    SeriesPlan,
    WriteSceneInput,
)
from tools.models.base import Tool

WRITER = AgentDefinition(
    id="script-writer",
    name="Script Writer",
    role="script_writer",
    system_prompt="novela/script_writer",
    temperature=0.8,
    max_tokens=2000,
    capabilities=(
        Capability(
            name="write_scenes",
            description="Plans a mini-series and writes the prompt of each scene with its continuity.",
            functions=(GENERATE_SCENE_PROMPT.told(),),
        ),
    ),
)

I = TypeVar("I", bound=BaseModel)  # noqa: E741  # as the agent's seam
O = TypeVar("O", bound=BaseModel)  # noqa: E741  # as the agent's seam


class _Writer(Agent[I, O]):
    definition = WRITER


class SeriesPlanner(_Writer[PlanSeriesInput, SeriesPlan]):
    """The script writer when it plans."""

    output = SeriesPlan
    asked_for = PlanAnswer

    def prompt(self, input: PlanSeriesInput) -> RenderedPrompt:
        """Render the planning task."""
        brief, known = input.brief, input.known
        return render(
            "novela/script_writer_plan",
            system=WRITER.system_prompt,
            title=as_words(brief.title),
            genre=brief.genre,
            language=LANGUAGES[brief.language],
            target_episodes=str(max(brief.target_episodes, brief.episode_number)),
            episode_number=str(brief.episode_number),
            scenes_per_episode=str(brief.scenes_per_episode),
            episode_seconds=str(brief.episode_seconds),
            description=as_words(brief.description),
            characters=as_json(people_asked(brief)),
            places=as_json(brief.places),
            scenes=as_json(scenes_asked(brief)),
            known=as_json(plan_told(known, brief.language) if known else None),
            narrator="may be told by a narrator" if brief.narrator else "has no narrator",
            schema=schema(PlanAnswer),
        )

    def complete(self, input: PlanSeriesInput, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """The whole plan, with what the brief and earlier episodes fixed."""
        return full_plan(input, answer)

    def problems(self, input: PlanSeriesInput, output: SeriesPlan) -> list[str]:
        """Two people at least, every scene's people and places known, an earlier cast unchanged."""
        return plan_problems(input, output)


class SceneWriter(_Writer[WriteSceneInput, SceneDraft]):
    """The script writer when it writes one scene (`generate_scene_prompt`)."""

    output = SceneDraft
    asked_for = SceneAnswer

    def prompt(self, input: WriteSceneInput) -> RenderedPrompt:
        """Render the task of one scene with all that earlier scenes established."""
        plan, outline, brief = input.plan, input.outline, input.brief
        return render(
            "novela/script_writer_scene",
            system=WRITER.system_prompt,
            scene_number=str(outline.number),
            title=as_words(plan.title),
            genre=brief.genre,
            language=LANGUAGES[brief.language],
            outline=as_json(outline),
            seconds=f"{input.seconds:g}",
            words=str(most_words(input.seconds, input.words_per_minute)),
            words_per_minute=str(input.words_per_minute),
            shots=_how_many_shots(input),
            longest=str(brief.duration),
            aspect_ratio=brief.aspect_ratio,
            resolution=brief.resolution,
            model_id=as_name(model_of(input)),
            model_rules=rules_of(model_of(input)),
            cast=as_json(cast_told(_seen(input), brief.language)),
            others=", ".join(as_name(one.name) for one in plan.cast if one not in _seen(input)) or "nobody",
            narrator=as_json(plan.narrator),
            place=as_json(places_told([place_of(input)])),
            product=as_json(brief.product),
            previous_scenes=as_json(before_told(input.previous_scenes)),
            advice=as_words(input.advice),
            own=as_json(input.own),
            draft=as_json(scene_told(input.draft) if input.draft else None),
            schema=schema(SceneAnswer),
        )

    def tools(self, input: WriteSceneInput) -> Sequence[Tool]:
        """What code knows of this scene."""
        return (scene_prompt_tool(input),)

    def complete(self, input: WriteSceneInput, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """The whole draft: looks, places, slates, sides, lengths and fixed words."""
        return full_scene(input, answer)

    def problems(self, input: WriteSceneInput, output: SceneDraft) -> list[str]:
        """The seconds rule, known people, one side per person."""
        return scene_problems(input, output)


class ShotReviser(_Writer[ReviseShotInput, RevisedShot]):
    """The script writer when a person noted something on a shot."""

    output = RevisedShot
    asked_for = ShotChange

    def prompt(self, input: ReviseShotInput) -> RenderedPrompt:
        """Render the note with the shot and everything it may touch."""
        scene, shot = input.scene, input.shot
        return render(
            "novela/script_writer_revise",
            system=WRITER.system_prompt,
            note=as_words(input.note),
            shot=as_json(shot_told(shot)),
            words=str(most_words(shot.duration_s)),
            prompt=as_words(shot.prompt),
            scene=as_json({"title": scene.title, "summary": scene.summary, "notes": scene.continuity_notes}),
            setting=as_json(
                {
                    "place": shot.staging.place.name, "time": shot.staging.time,
                    "weather": shot.staging.weather, "mood": shot.staging.mood,
                }
            ),
            cast=as_json(cast_told(input.cast, input.language)),
            narrator=as_name(input.narrator) or "nobody",
            places=as_json(places_told(input.places)),
            history=as_json(input.history),
            language=LANGUAGES[input.language],
            schema=schema(ShotChange),
        )  # fmt: skip

    def complete(self, input: ReviseShotInput, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """The whole shot, with everything that the note does not touch."""
        return full_change(input, answer)

    def problems(self, input: ReviseShotInput, output: RevisedShot) -> list[str]:
        """Same slate and length, lines that still fit."""
        return revision_problems(input, output)


def _seen(input: WriteSceneInput) -> list[Character]:
    return [one for one in input.plan.cast if one.name in input.outline.characters]


def _how_many_shots(input: WriteSceneInput) -> str:
    own = input.own
    if own is None:
        return f"exactly {shots_wanted(input)}"
    kept = len(own.shots) if own.breakdown == "keep" else 0
    return f"exactly {kept}, those that the person brought" if kept else f"about {shots_wanted(input)}"
