"""Hold the master against what was promised before anybody gets it."""

from dataclasses import asdict

from langgraph.runtime import Runtime

from nodes.post.render_master import MASTER, stored_cut
from nodes.reporting import report
from state.context import RunContext
from state.errors import PostError
from state.film import FinishingState
from tools.post.measure import quality_report
from tools.registry import toolbox


async def check_quality(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Measure the file itself.

    Raises:
        PostError: the master is not what was promised; it is kept, but not delivered.
    """
    tools = await toolbox()
    timeline = await stored_cut(state, tools)
    path = await tools.media.get(state.deliverables[MASTER].key)
    found = await quality_report(path, timeline)
    checks = [asdict(finding) for finding in found.findings]
    report(runtime, "quality", light=found.light, checks=checks)
    if found.light == "RED":
        faults = "; ".join(check["message"] for check in checks if check["light"] == "RED")
        raise PostError(f"the master failed its check: {faults}")
    return {"quality": {**state.quality, "light": found.light, "checks": checks}}
