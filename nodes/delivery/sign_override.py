"""Write down who delivers a master that failed its check, and why."""

import asyncio
import json

from langgraph.runtime import Runtime

from nodes.delivery.episode_record import to_json
from nodes.delivery.quality_papers import store_report
from nodes.reporting import report
from state.context import RunContext
from state.film import FinishingState
from tools.quality.report import REPORT_FILE, Override, QualityReport
from tools.registry import Toolbox, toolbox

EPISODE = "episode.json"


async def sign_override(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """The papers once more, with the override in them."""
    tools = await toolbox()
    override = Override.model_validate(state.quality["override"])
    found = QualityReport.model_validate_json(await _read(state, REPORT_FILE, tools))
    signed = found.model_copy(update={"override": override})
    papers = await store_report(signed, tools=tools, runtime=runtime)
    record = {**json.loads(await _read(state, EPISODE, tools)), "quality": _record(state, override)}
    papers[EPISODE] = await tools.media.put_bytes(to_json(record).encode(), user_id=runtime.context.user_id)
    report(runtime, "quality_overridden", signed_by=override.name, reason=override.reason)
    return {"deliverables": {name: media.model_dump(mode="json") for name, media in papers.items()}}


def _record(state: FinishingState, override: Override) -> dict[str, object]:
    faults = [check["message"] for check in state.quality.get("checks", []) if check["light"] == "RED"]
    return {"light": state.quality["light"], "faults": faults, "delivered_by": override.model_dump()}


async def _read(state: FinishingState, name: str, tools: Toolbox) -> bytes:
    path = await tools.media.get(state.deliverables[name].key)
    return await asyncio.to_thread(path.read_bytes)
