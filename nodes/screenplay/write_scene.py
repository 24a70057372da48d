"""Write one scene: its prompt and its shots."""

from langgraph.runtime import Runtime

from nodes.agents.crew import crew_of
from nodes.reporting import progress
from state.brief import SceneBrief
from state.context import RunContext
from state.novela import NovelaState
from state.script import Scene, Script
from state.writing import SceneOutline, WriteSceneInput


async def write_scene(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Ask the writer for the next scene, or for the same one again with the fallback handler's advice."""
    crew, brief = await crew_of(runtime), state.wish
    asked = next((scene for scene in brief.scenes if scene.number == state.writing), None)
    outline = outline_as_asked(state, asked)
    before = [scene for scene in state.film.scenes if scene.number < state.writing]
    progress(runtime, "writing", f"scene {state.writing}", done=state.writing - 1, total=len(state.outlines))
    draft = await crew.write_scene(
        WriteSceneInput(
            brief=brief, plan=state.story, outline=outline, previous_scenes=before,
            seconds=brief.episode_seconds / len(state.outlines), shots=brief.shots_per_scene,
            advice=state.advice, words_per_minute=runtime.context.words_per_minute,
        ),
        attempt=state.repairs,
    )  # fmt: skip
    scene = draft.scene.model_copy(
        update={
            "number": state.writing,
            "prompt": draft.prompt,
            "model_id": (asked and asked.model_id) or draft.scene.model_id or brief.model_id,
            "parameters": {**draft.parameters, **(asked.parameters if asked else {}), **state.fixes},
            "continuity_notes": draft.continuityNotes,
        }
    )
    return {"script": with_scene(state.film, scene).model_dump(mode="json")}


def outline_as_asked(state: NovelaState, asked: SceneBrief | None) -> SceneOutline:
    """The planned outline, with what a person described for this scene in its place."""
    outline = next(outline for outline in state.outlines if outline.number == state.writing)
    if asked is None:
        return outline
    known = {character.name for character in state.story.cast}
    people = [name for name in asked.characters if name in known] or outline.characters
    return outline.model_copy(update={"summary": asked.description, "characters": people})


def with_scene(script: Script, scene: Scene) -> Script:
    """The script with this scene added or replaced, in order."""
    others = [other for other in script.scenes if other.number != scene.number]
    return script.model_copy(update={"scenes": sorted([*others, scene], key=lambda one: one.number)})
