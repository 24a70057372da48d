"""The end of a production whose master failed its check and that nobody wants to deliver."""

from langgraph.runtime import Runtime

from state.context import RunContext
from state.errors import PostError
from state.film import FinishingState


async def withhold_master(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Nothing is delivered; the master and its report are kept.

    Raises:
        PostError: always, with the faults.
    """
    faults = [check["message"] for check in state.quality.get("checks", []) if check["light"] == "RED"]
    raise PostError(f"the master failed its check, and a person kept it back: {'; '.join(faults)}")
