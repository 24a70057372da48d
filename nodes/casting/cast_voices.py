"""Give every character a voice of their own."""

from langgraph.runtime import Runtime

from nodes.reporting import progress
from state.context import RunContext
from state.novela import NovelaState
from tools.engines.previz.casting import cast_voices as voices_for_cast


async def cast_voices(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Voices fit gender, age and language; two characters never share one, and a series keeps them."""
    script, narrator = state.film, state.film.narrator
    # The narrator chooses last: nobody's voice hangs on whether the story is told.
    heard = [*script.cast, *([narrator.as_character()] if narrator else [])]
    voices = voices_for_cast(heard, script.language, seed=state.look.master_seed)
    cast = [character.model_copy(update={"voice_id": voices[character.name]}) for character in script.cast]
    if narrator is not None:
        narrator = narrator.model_copy(update={"voice_id": voices[narrator.name]})
    progress(runtime, "casting", ", ".join(f"{name}: {voice}" for name, voice in voices.items()))
    voiced = {"cast": cast, "narrator": narrator}
    plan = state.story.model_copy(update=voiced)
    return {
        "script": script.model_copy(update=voiced).model_dump(mode="json"),
        "plan": plan.model_dump(mode="json"),
    }
