"""Render the cut into the file that is delivered."""

import asyncio
from pathlib import Path

from langgraph.runtime import Runtime

from nodes.reporting import progress
from state.context import RunContext
from state.film import FinishingState
from state.timeline import Clip, Timeline
from tools.post.master import render_master as render
from tools.registry import Toolbox, toolbox
from tools.work_folder import work_folder

MASTER = "master.mp4"


async def render_master(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """One encode from the cut to `master.mp4`; nothing half-written is ever stored."""
    tools = await toolbox()
    timeline = await stored_cut(state, tools)
    paths = await _paths(timeline, tools)

    def told(share: float) -> None:
        progress(runtime, "finishing", f"mastering {share:.0%}", done=round(share * 100), total=100)

    async with work_folder("master") as work:
        into = work / MASTER
        facts = await render(timeline, resolve=paths.__getitem__, into=into, work=work, progress=told)
        stored = await tools.media.put(into, user_id=runtime.context.user_id)
    return {
        "deliverables": {MASTER: stored.model_dump(mode="json")},
        "quality": {"facts": facts.model_dump(mode="json"), "promised_s": timeline.duration_s},
    }


async def stored_cut(state: FinishingState, tools: Toolbox) -> Timeline:
    """The cut as it was assembled."""
    if state.cut is None:
        raise ValueError("there is no cut yet")
    path = await tools.media.get(state.cut.key)
    return Timeline.model_validate_json(await asyncio.to_thread(path.read_bytes))


async def _paths(timeline: Timeline, tools: Toolbox) -> dict[str, Path]:
    keys = {item.media.key for track in timeline.tracks for item in track.items if isinstance(item, Clip)}
    return {key: await tools.media.get(key) for key in keys}
