"""Write one scene: its prompt and its shots."""

from langgraph.runtime import Runtime

from nodes.agents.crew import crew_of
from nodes.reporting import progress
from nodes.screenplay.given_pictures import with_given_pictures
from state.brief import NovelaBrief
from state.context import RunContext
from state.novela import NovelaState
from state.script import Scene, Script
from state.tier import Tier
from state.writing import SceneDraft, WriteSceneInput
from tools.engines.catalog import made_in, tellable
from tools.screenplay.seconds import brings_shots, scene_seconds


async def write_scene(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Ask the writer for the next scene, or for the same one again with the fallback handler's advice."""
    crew, brief = await crew_of(runtime, cause=state.base_cause), _as_made(state.wish, runtime.context.tier)
    asked = next((scene for scene in brief.scenes if scene.number == state.writing), None)
    outline = next(outline for outline in state.outlines if outline.number == state.writing)
    own = asked if asked and brings_shots(asked) else None
    before = [scene for scene in state.film.scenes if scene.number < state.writing]
    progress(runtime, "writing", f"scene {state.writing}", done=state.writing - 1, total=len(state.outlines))
    draft = await crew.write_scene(
        WriteSceneInput(
            brief=brief, plan=state.story, outline=outline, previous_scenes=before,
            seconds=_seconds(state, runtime.context.words_per_minute),
            shots=brief.shots_per_scene, own=own, advice=state.advice,
            words_per_minute=runtime.context.words_per_minute,
        ),
        attempt=state.repairs,
    )  # fmt: skip
    scene = draft.scene.model_copy(
        update={
            "number": state.writing,
            "prompt": draft.prompt,
            "model_id": _chosen(state.wish, state.writing),
            "parameters": {**_tellable(draft, brief), **(asked.parameters if asked else {}), **state.fixes},
            "continuity_notes": draft.continuityNotes,
            "shots": await with_given_pictures(draft.scene.shots, own, brief.product),
        }
    )
    return {"script": with_scene(state.film, scene).model_dump(mode="json")}


def _as_made(brief: NovelaBrief, tier: Tier) -> NovelaBrief:
    """The brief with the models that make it: each wants other words, and takes other things."""
    scenes = [
        scene.model_copy(update={"model_id": made_in(tier, scene.model_id)}) if scene.model_id else scene
        for scene in brief.scenes
    ]
    return brief.model_copy(update={"model_id": made_in(tier, brief.model_id), "scenes": scenes})


def _tellable(draft: SceneDraft, brief: NovelaBrief) -> dict[str, str | int | float | bool]:
    """What the film's format says, as far as the model that makes the scene can be told."""
    return tellable(draft.scene.model_id or brief.model_id, draft.parameters)


def _chosen(brief: NovelaBrief, number: int) -> str:
    """The model that the brief names for a scene, whatever makes it in this tier."""
    own = (scene.model_id for scene in brief.scenes if scene.number == number)
    return next(own, "") or brief.model_id


def _seconds(state: NovelaState, words_per_minute: int) -> float:
    """The scene's share of the episode, by what its summary tells."""
    told = {outline.number: len(outline.summary.split()) for outline in state.outlines}
    return scene_seconds(state.wish, words_per_minute, told=told)[state.writing]


def with_scene(script: Script, scene: Scene) -> Script:
    """The script with this scene added or replaced, in order."""
    others = [other for other in script.scenes if other.number != scene.number]
    return script.model_copy(update={"scenes": sorted([*others, scene], key=lambda one: one.number)})
