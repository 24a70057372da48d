"""Wait for the music. An episode without it is still delivered, with a warning."""

from langgraph.runtime import Runtime

from nodes.reporting import progress, report
from state.context import RunContext
from state.errors import GreenlightError
from state.film import FinishingState
from tools.orders.failures import failure_of
from tools.registry import toolbox


async def collect_music(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Bring the music home; when it failed, say so and go on without."""
    if state.music_ticket is None:
        report(runtime, "warning", text="the music could not be made; the episode has none")
        return {"music": None}
    tools = await toolbox()
    try:
        delivery = await tools.orders.collect(state.music_ticket)
    except GreenlightError as exc:
        failure = failure_of(exc, state.music_ticket)
        report(runtime, "warning", text=f"the music could not be made: {failure.message}")
        return {"music": None, "music_ticket": None, "music_failure": failure.model_dump(mode="json")}
    progress(runtime, "finishing", "music is there")
    return {"music": delivery.media.model_dump(mode="json"), "music_ticket": None}
