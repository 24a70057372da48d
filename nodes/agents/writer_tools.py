"""`generate_scene_prompt`: what code knows of a scene, for the model that writes its prompt (S1-07)."""

from collections.abc import Mapping
from typing import Any

from nodes.agents.full_scene import model_of, place_of, shots_wanted
from nodes.agents.functions import GENERATE_SCENE_PROMPT, ScenePromptArguments
from nodes.agents.meant import name_meant
from nodes.agents.model_rules import rules_of, takes_references
from nodes.agents.script_checks import most_words
from nodes.agents.told import before_told, cast_told, places_told
from state.writing import WriteSceneInput
from tools.engines.catalog import model_card
from tools.models.base import Tool


def scene_prompt_tool(input: WriteSceneInput) -> Tool:
    """The tool for one scene."""

    async def known(asked: ScenePromptArguments) -> Mapping[str, Any]:
        if asked.sceneNumber != input.outline.number:
            return {
                "error": f"sceneNumber: this task is scene {input.outline.number}, not {asked.sceneNumber}"
            }
        # Raises with the list of known models; the tool tells it.
        return _facts(input, asked, model_card(asked.modelId).id)

    return GENERATE_SCENE_PROMPT.tool(known)


def _facts(input: WriteSceneInput, asked: ScenePromptArguments, model_id: str) -> dict[str, Any]:
    names = [one.name for one in input.plan.cast]
    wanted = asked.characters or input.outline.characters
    meant = {said: name_meant(said, names) for said in wanted}
    seen = [one for one in input.plan.cast if one.name in meant.values()]
    facts: dict[str, Any] = {
        "sceneNumber": input.outline.number,
        "modelId": model_id,
        "modelRules": rules_of(model_id),
        "takesReferenceImages": takes_references(model_id),
        "characters": cast_told(seen, input.brief.language),
        "place": places_told([place_of(input)]),
        "previousScenes": before_told(input.previous_scenes),
        "seconds": input.seconds,
        "shots": shots_wanted(input),
        "maxShotSeconds": input.brief.duration,
        "maxWords": most_words(input.seconds, input.words_per_minute),
        "wordsPerMinute": input.words_per_minute,
    }
    if strangers := [said for said, name in meant.items() if name is None]:
        facts["notInTheCast"] = strangers
    if model_id != model_of(input):
        facts["note"] = f"This scene is made with {model_of(input)}, not with {model_id}."
    return facts
