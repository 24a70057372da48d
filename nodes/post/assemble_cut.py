"""Put takes, voices, music and captions on one timeline."""

from langgraph.runtime import Runtime

from nodes.post.cut_list import lay_out, word_times
from nodes.reporting import progress
from state.context import RunContext
from state.film import FinishingState
from state.order import WordTime
from tools.registry import Toolbox, toolbox


async def assemble_cut(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Store the cut as an artefact; state keeps only where it lies."""
    tools = await toolbox()
    timeline = lay_out(state, await _words(state, tools))
    text = timeline.model_dump_json(indent=1).encode()
    cut = await tools.media.put_bytes(text, user_id=runtime.context.user_id)
    progress(
        runtime, "finishing", f"cut of {timeline.duration_s:.1f} s with {len(timeline.captions)} captions"
    )
    return {"cut": cut.model_dump(mode="json")}


async def _words(state: FinishingState, tools: Toolbox) -> dict[str, list[WordTime]]:
    words = {}
    for track in state.voices.values():
        delivery = await tools.orders.delivered(track.call_key) if track.media else None
        if delivery is not None:
            words[track.call_key] = word_times(delivery.extra)
    return words
