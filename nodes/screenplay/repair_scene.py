"""Ask the fallback handler how to mend a scene that cannot be sent (S1-21)."""

from langgraph.runtime import Runtime

from nodes.agents.crew import crew_of
from state.context import RunContext
from state.errors import BriefRefused
from state.novela import NovelaState
from state.script import Scene
from state.writing import FallbackInput

REPAIR_LIMIT = 3
"""How often one scene is sent back before a person has to change the brief."""


async def repair_scene(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """The advice goes into the writer's next prompt, improved parameters into the next draft.

    Raises:
        BriefRefused: the scene could not be mended; names what is wrong.
    """
    errors = state.reports[str(state.writing)].validation.errors
    if state.repairs >= REPAIR_LIMIT:
        raise BriefRefused(f"scene {state.writing} cannot be sent: {'; '.join(errors)}")
    crew = await crew_of(runtime)
    scene = next(scene for scene in state.film.scenes if scene.number == state.writing)
    advice = await crew.fix_validation(_question(scene, errors), scene=scene.number, attempt=state.repairs)
    words = "; ".join([advice.solution.immediate, *advice.suggestedActions])
    return {"advice": words, "fixes": advice.parameters, "repairs": state.repairs + 1}


def _question(scene: Scene, errors: list[str]) -> FallbackInput:
    return FallbackInput(
        action="fix_validation", error_code="bad_parameters", errors=errors, prompt=scene.prompt,
        context={"model_id": scene.model_id, "parameters": scene.parameters, "scene": scene.number},
    )  # fmt: skip
