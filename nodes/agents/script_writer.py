"""The script writer: plans the series, writes each scene, changes a shot as noted."""

import json
from typing import Any, TypeVar

from pydantic import BaseModel

from nodes.agents.agent import Agent, AgentDefinition, Capability
from nodes.agents.script_checks import most_words, plan_problems, revision_problems, scene_problems
from prompts import RenderedPrompt, render
from state.writing import (
    PlanSeriesInput,
    RevisedShot,
    ReviseShotInput,
    SceneDraft,
    SeriesPlan,
    WriteSceneInput,
)

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
            functions=(
                {
                    "name": "generate_scene_prompt",
                    "description": "Write the prompt of one scene for one video model.",
                    "parameters": {
                        "type": "object",
                        "properties": {
                            "sceneNumber": {"type": "integer"},
                            "sceneDescription": {"type": "string"},
                            "characters": {"type": "array", "items": {"type": "string"}},
                            "previousScenes": {"type": "array", "items": {"type": "string"}},
                            "modelId": {"type": "string"},
                        },
                        "required": ["sceneNumber", "sceneDescription", "modelId"],
                    },
                },
            ),
        ),
    ),
)

MODEL_RULES = {
    "wan-2.5-t2v": "It reads long, detailed prompts and syncs sound to them; it takes no reference images.",
    "wan-2.5-t2v-fast": "It reads detailed prompts and syncs sound; it takes no reference images.",
    "veo-3.1": "It takes reference images: name the characters whose references must be matched.",
    "veo-3.1-fast": "It takes no reference images: never mention any. Keep the prompt short.",
}
NO_RULES = "Nothing special is known about it: describe everything in words."

I = TypeVar("I", bound=BaseModel)  # noqa: E741  # as the agent's seam
O = TypeVar("O", bound=BaseModel)  # noqa: E741  # as the agent's seam


class _Writer(Agent[I, O]):
    definition = WRITER


class SeriesPlanner(_Writer[PlanSeriesInput, SeriesPlan]):
    """The script writer when it plans."""

    output = SeriesPlan

    def prompt(self, input: PlanSeriesInput) -> RenderedPrompt:
        """Render the planning task."""
        brief = input.brief
        return render(
            "novela/script_writer_plan",
            system=WRITER.system_prompt,
            title=brief.title,
            genre=brief.genre,
            language=brief.language,
            target_episodes=str(max(brief.target_episodes, brief.episode_number)),
            scenes_per_episode=str(brief.scenes_per_episode),
            episode_seconds=str(brief.episode_seconds),
            description=brief.description,
            characters=as_json(brief.characters),
            places=as_json(brief.places),
            known=as_json(input.known),
            narrator="may be told by a narrator" if brief.narrator else "has no narrator",
            schema=schema(SeriesPlan),
        )

    def problems(self, input: PlanSeriesInput, output: SeriesPlan) -> list[str]:
        """Two people at least, every scene's people and places known, an earlier cast unchanged."""
        return plan_problems(input, output)


class SceneWriter(_Writer[WriteSceneInput, SceneDraft]):
    """The script writer when it writes one scene (`generate_scene_prompt`)."""

    output = SceneDraft

    def prompt(self, input: WriteSceneInput) -> RenderedPrompt:
        """Render the task of one scene with all that earlier scenes established."""
        plan, outline = input.plan, input.outline
        return render(
            "novela/script_writer_scene",
            system=WRITER.system_prompt,
            scene_number=str(outline.number),
            title=plan.title,
            genre=input.brief.genre,
            language=input.brief.language,
            outline=as_json(outline),
            seconds=f"{input.seconds:g}",
            words=str(most_words(input.seconds, input.words_per_minute)),
            words_per_minute=str(input.words_per_minute),
            shots=str(input.shots),
            model_id=input.brief.model_id,
            model_rules=MODEL_RULES.get(input.brief.model_id, NO_RULES),
            cast=as_json([one for one in plan.cast if one.name in outline.characters]),
            narrator=as_json(plan.narrator),
            place=as_json(next((one for one in plan.places if one.name == outline.place), None)),
            previous_scenes=as_json(
                [{"scene": one.number, "notes": one.continuity_notes} for one in input.previous_scenes]
            ),
            advice=input.advice,
            own=as_json(input.own),
            draft=as_json(input.draft),
            schema=schema(SceneDraft),
        )

    def problems(self, input: WriteSceneInput, output: SceneDraft) -> list[str]:
        """The seconds rule, known people, one side per person."""
        return scene_problems(input, output)


class ShotReviser(_Writer[ReviseShotInput, RevisedShot]):
    """The script writer when a person noted something on a shot."""

    output = RevisedShot

    def prompt(self, input: ReviseShotInput) -> RenderedPrompt:
        """Render the note with the shot and everything it may touch."""
        return render(
            "novela/script_writer_revise",
            system=WRITER.system_prompt,
            note=input.note,
            shot=as_json(input.shot),
            scene=as_json(input.scene.model_copy(update={"shots": []})),
            cast=as_json(input.cast),
            places=as_json(input.places),
            history=as_json(input.history),
            language=input.language,
            schema=schema(RevisedShot),
        )

    def problems(self, input: ReviseShotInput, output: RevisedShot) -> list[str]:
        """Same slate and length, lines that still fit."""
        return revision_problems(input, output)


def as_json(value: object) -> str:
    """JSON as prompts show it: models as their data, every script's letters as they are."""
    return json.dumps(value, default=_plain, ensure_ascii=False, sort_keys=True)


def schema(output: type[BaseModel]) -> str:
    """The JSON schema an answer must fit."""
    return json.dumps(output.model_json_schema(), ensure_ascii=False, sort_keys=True)


def _plain(value: object) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise TypeError(f"{type(value).__name__} has no JSON form")
