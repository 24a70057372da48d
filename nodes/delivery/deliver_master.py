"""Tell the world that the episode is there."""

from langgraph.runtime import Runtime

from nodes.post.render_master import MASTER
from nodes.reporting import report
from state.context import RunContext
from state.film import FinishingState


async def deliver_master(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Report the master and every paper beside it."""
    master = state.deliverables[MASTER]
    report(
        runtime,
        "master_done",
        title=state.film.title,
        media=master.model_dump(mode="json"),
        duration_s=master.duration_s,
        files={name: media.model_dump(mode="json") for name, media in state.deliverables.items()},
    )
    return {}
