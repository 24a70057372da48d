"""Give every character a voice of their own."""

from langgraph.runtime import Runtime

from nodes.reporting import progress
from state.context import RunContext
from state.novela import NovelaState
from tools.engines.previz.casting import cast_voices as voices_for_cast


async def cast_voices(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Voices fit gender, age and language; two characters never share one, and a series keeps them."""
    script = state.film
    voices = voices_for_cast(script.cast, script.language, seed=state.look.master_seed)
    cast = [character.model_copy(update={"voice_id": voices[character.name]}) for character in script.cast]
    progress(runtime, "casting", ", ".join(f"{one.name}: {one.voice_id}" for one in cast))
    plan = state.story.model_copy(update={"cast": cast})
    return {
        "script": script.model_copy(update={"cast": cast}).model_dump(mode="json"),
        "plan": plan.model_dump(mode="json"),
    }
