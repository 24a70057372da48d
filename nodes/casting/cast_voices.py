"""Give every character a voice of their own."""

from collections.abc import Sequence

from langgraph.runtime import Runtime

from nodes.reporting import progress, report
from nodes.sound.voice_orders import heard_in, told_shared
from state.brief import VoiceBrief
from state.context import RunContext
from state.novela import NovelaState
from state.script import Character, Script, VoiceManner
from tools.engines.catalog import made_in, model_card
from tools.engines.heard import Heard
from tools.engines.previz.casting import cast_voices as voices_for_cast
from tools.engines.provider_voices import cast_for_model, voice_book
from tools.engines.routing import OFFLINE
from tools.orders.standing_in import named_after


async def cast_voices(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Voices fit gender, age and language, and a series keeps them.

    Everybody has one of the offline engine, which may have to stand in, and one of each model that may speak.
    Where there are too few, those share one who are heard least together: it is told here and at the budget.

    Raises:
        BriefRefused: a model has no such voice.
    """
    wished = {one.name: one.voice for one in state.wish.characters if one.voice is not None}
    heard = [_with_wish(who, wished.get(who.name), state.look.voice_model) for who in heard_in(state.film)]
    offline = voices_for_cast(
        heard, state.film.language, seed=state.look.master_seed, heard=Heard.of(state.film),
        wished=_wished_here(wished, state.look.voice_model),
    )  # fmt: skip
    heard = [who.model_copy(update={"voice_id": offline[who.name]}) for who in heard]
    names = {name: voice.id for name, voice in wished.items()}
    for model in _models(state, runtime.context):
        heard = _cast(heard, model, names, state)
    spoken_by = {who.name: who.voices.get(state.look.voice_model) or who.voice_id for who in heard}
    progress(runtime, "casting", ", ".join(f"{name}: {voice}" for name, voice in spoken_by.items()))
    voiced = _voiced(state.film, heard)
    plan = state.story.model_copy(update={"cast": voiced.cast, "narrator": voiced.narrator})
    made = made_in(runtime.context.tier, state.look.voice_model)
    if shared := told_shared(state.model_copy(update={"script": voiced}), made):
        report(runtime, "warning", text=shared)
    return {"script": voiced.model_dump(mode="json"), "plan": plan.model_dump(mode="json")}


def _with_wish(who: Character, wish: VoiceBrief | None, model: str) -> Character:
    """How a person wants somebody to sound; a voice that they named is one of the chosen model's."""
    if wish is None:
        return who
    manner = VoiceManner(rate=wish.rate, pitch=wish.pitch, style=wish.style)
    sounds = manner if manner != VoiceManner() else None
    named = wish.id if wish.id and model_card(model).provider == OFFLINE else who.voice_id
    return who.model_copy(update={"sounds": sounds, "voice_id": named})


def _wished_here(wished: dict[str, VoiceBrief], model: str) -> set[str]:
    """For whom a person named a voice of the offline engine."""
    return {name for name, wish in wished.items() if wish.id and model_card(model).provider == OFFLINE}


def _models(state: NovelaState, context: RunContext) -> list[str]:
    """The model that was chosen, the one that makes it in this tier, and those that may stand in for it."""
    chosen = state.look.voice_model
    made = made_in(context.tier, chosen)
    named = dict.fromkeys([chosen, made, *named_after(made, "sisters")])
    return [model for model in named if voice_book(model) is not None]


def _cast(
    heard: Sequence[Character], model: str, names: dict[str, str], state: NovelaState
) -> list[Character]:
    """Everybody with a voice of this model."""
    chosen = model == state.look.voice_model
    book = voice_book(model)
    known = {who: name for who, name in names.items() if chosen or (book and book.voice(name))}
    film, seed = Heard.of(state.film), state.look.master_seed
    voices = cast_for_model(heard, model, wished=known, seed=seed, heard=film)
    return [who.model_copy(update={"voices": {**who.voices, model: voices[who.name]}}) for who in heard]


def _voiced(script: Script, heard: Sequence[Character]) -> Script:
    cast, narrator = list(heard[: len(script.cast)]), script.narrator
    if narrator is not None:
        teller = heard[-1]
        narrator = narrator.model_copy(update={"voice_id": teller.voice_id, "voices": teller.voices})
    return script.model_copy(update={"cast": cast, "narrator": narrator})
