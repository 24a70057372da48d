"""Ask the fallback handler how to mend a scene that cannot be sent (S1-21)."""

from langgraph.runtime import Runtime

from nodes.agents.crew import crew_of
from state.context import RunContext
from state.errors import BriefRefused
from state.novela import NovelaState
from tools.orders.planned import as_made

REPAIR_LIMIT = 3
"""How often one scene is sent back before a person has to change the brief."""


async def repair_scene(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """The advice goes into the writer's next prompt, improved parameters into the next draft.

    Raises:
        BriefRefused: the scene could not be mended; names what is wrong.
    """
    report = state.reports[str(state.writing)]
    if state.repairs >= REPAIR_LIMIT:
        reasons = "; ".join(report.validation.errors)
        raise BriefRefused(f"scene {state.writing} cannot be sent: {reasons}")
    crew = await crew_of(runtime, cause=state.base_cause)
    written = next(scene for scene in state.film.scenes if scene.number == state.writing)
    scene = as_made(written, runtime.context.tier)
    advice = await crew.fix_validation(scene, report, language=state.film.language, attempt=state.repairs)
    words = "; ".join([advice.solution.immediate, *advice.suggestedActions])
    return {"advice": words, "fixes": advice.parameters, "repairs": state.repairs + 1}
