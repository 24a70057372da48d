"""Close the scene that was approved and go on."""

from langgraph.runtime import Runtime

from nodes.reporting import report
from state.context import RunContext
from state.novela import NovelaState


async def next_scene(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Count the scene as done; the next one is shot, or the episode is cut."""
    report(runtime, "scene_approved", scene=state.scene_number)
    return {"scenes_done": [*state.scenes_done, state.scene_number], "scene_number": state.scene_number + 1}
