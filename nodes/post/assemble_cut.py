"""Put takes, voices, music and captions on one timeline."""

from langgraph.runtime import Runtime

from nodes.post.cut_list import lay_out
from nodes.reporting import progress
from state.context import RunContext
from state.film import FinishingState
from state.line_times import tells_words, word_times
from state.order import WordTime
from tools.post.samples import rhythm_of
from tools.registry import Toolbox, toolbox


async def assemble_cut(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Store the cut as an artefact; state keeps only where it lies."""
    tools = await toolbox()
    beats_s = await _beats(state, tools) if runtime.context.cut_on_beat else []
    words, measured = await _words(state, tools)
    timeline = lay_out(state, words, beats_s=beats_s, measured=measured)
    text = timeline.model_dump_json(indent=1).encode()
    cut = await tools.media.put_bytes(text, user_id=runtime.context.user_id)
    progress(
        runtime, "finishing", f"cut of {timeline.duration_s:.1f} s with {len(timeline.captions)} captions"
    )
    return {"cut": cut.model_dump(mode="json")}


async def _beats(state: FinishingState, tools: Toolbox) -> list[float]:
    """Where the beats of the music are; none without music, and none where nothing is certain."""
    return (await rhythm_of(await tools.media.get(state.music.key))).beats_s if state.music else []


async def _words(state: FinishingState, tools: Toolbox) -> tuple[dict[str, list[WordTime]], set[str]]:
    """The times of all words by the call key of their line, and the lines whose engine told them."""
    words, measured, lines = dict[str, list[WordTime]](), set[str](), _lines(state)
    for item, track in state.voices.items():
        delivery = await tools.orders.delivered(track.made_key) if track.media else None
        if delivery is not None and item in lines:
            words[track.call_key] = word_times(delivery, lines[item])
            measured |= {track.call_key} if tells_words(delivery) else set()
    return words, measured


def _lines(state: FinishingState) -> dict[str, str]:
    """What is said, by shot and line: `2A/1`."""
    shots = [shot for scene in state.film.scenes for shot in scene.shots]
    return {
        f"{shot.slate}/{number}": line.text for shot in shots for number, line in enumerate(shot.lines, 1)
    }
