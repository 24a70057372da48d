"""Change the plan as the budget gate asked, so that another quote can be made."""

from langgraph.runtime import Runtime

from nodes.reporting import report
from state.context import RunContext
from state.novela import NovelaState
from tools.engines.catalog import made_in


async def apply_budget_notes(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """YELLOW with a model_override makes the whole episode on that model, in a draft on its draft."""
    model = next((note.model_override for note in state.notes if note.model_override), None)
    changes = [f"model: {made_in(runtime.context.tier, model)}"] if model else []
    report(runtime, "note_applied", item="budget", light="YELLOW", changes=changes)
    if model is None:
        return {"notes": []}
    scenes = [scene.model_copy(update={"model_id": model}) for scene in state.film.scenes]
    script = state.film.model_copy(update={"scenes": scenes})
    look = state.look.model_copy(update={"video_model": model})
    return {"notes": [], "script": script.model_dump(mode="json"), "format": look.model_dump(mode="json")}
