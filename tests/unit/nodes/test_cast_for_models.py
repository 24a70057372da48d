"""Casting gives everybody a voice of each model that may speak, and the requests ask for it."""

from typing import Any

import pytest
from langgraph.runtime import Runtime

from nodes.casting.cast_voices import cast_voices
from nodes.review.approve_budget import budget_request
from nodes.sound.voice_orders import heard_in, voice_request
from state.brief import NovelaBrief
from state.context import RunContext
from state.film import ProductionFormat
from state.novela import NovelaState
from state.script import Character, Line, Look, Narrator, Scene, Script, Shot, Slate
from state.writing import SeriesPlan
from tests.builders import a_staging
from tools.engines.catalog import model_card
from tools.engines.files import NO_FILES
from tools.engines.google.voices import spoken
from tools.engines.openai.asking import asked_for
from tools.engines.routing import lost
from tools.orders.planned_sound import planned_voice
from tools.orders.quote import quote

SHOT = Shot(
    slate=Slate(scene=1, shot="A"), description="x", staging=a_staging(), duration_s=4.0,
    lines=[Line(speaker="Ana", text="Go."), Line(speaker="Teller", text="She went.", voice_over=True)],
)  # fmt: skip
SCENE = Scene(number=1, title="One", summary="x", place="kitchen", shots=[SHOT])


def a_state(voice_model: str, *, voice: dict[str, Any] | None = None, cast: list[Character] | None = None):
    people = [{"name": "Ana", **({"voice": voice} if voice else {})}]
    brief = NovelaBrief.model_validate({"title": "T", "description": "D", "characters": people})
    who = cast or [Character(name="Ana", role="r", look=Look(presentation="woman"))]
    script = Script(
        title="T", logline="L", cast=who, narrator=Narrator(name="Teller"), scenes=[SCENE], language="en"
    )
    plan = SeriesPlan(title="T", logline="L", cast=who, narrator=script.narrator, places=[], episodes=[])
    form = ProductionFormat(width=320, height=180, voice_model=voice_model)
    return NovelaState(brief=brief, script=script, plan=plan, format=form)


async def voiced(state: NovelaState, **context: Any) -> NovelaState:
    runtime = Runtime(context=RunContext(**context), stream_writer=lambda _: None)
    return NovelaState.model_validate({**state.model_dump(), **await cast_voices(state, runtime)})


async def test_everybody_has_a_voice_of_each_model_that_may_speak() -> None:
    after = await voiced(a_state("gemini-tts"))
    [ana], teller = after.film.cast, after.film.narrator
    assert teller is not None
    assert {*ana.voices} == {*teller.voices} == {"gemini-tts", "gpt-4o-mini-tts"}
    assert all(ana.voices[model] != teller.voices[model] for model in ana.voices)
    assert ana.voice_id.startswith("en-")
    assert after.story.cast[0].voices == ana.voices, "the next episode keeps them"


async def test_offline_casting_is_as_it_was() -> None:
    [ana] = (await voiced(a_state("kokoro-82m"))).film.cast
    assert (ana.voices, ana.sounds) == ({}, None)
    assert {"voices", "sounds"}.isdisjoint(ana.model_dump(mode="json"))


async def test_a_later_episode_keeps_the_voice_and_casts_anew_for_another_model() -> None:
    known = Character(name="Ana", role="r", look=Look(presentation="woman"), voices={"gemini-tts": "Despina"})
    [ana] = (await voiced(a_state("gemini-tts", cast=[known]))).film.cast
    assert ana.voices["gemini-tts"] == "Despina"
    [ana] = (await voiced(a_state("tts-1", cast=[known]))).film.cast
    assert {*ana.voices} == {"gemini-tts", "tts-1"}


async def test_a_draft_of_a_model_is_cast_for() -> None:
    [ana] = (await voiced(a_state("tts-1-hd"), tier="draft")).film.cast
    assert {"tts-1-hd", "tts-1"} <= {*ana.voices}


async def test_a_stand_in_with_too_few_voices_stands_in_all_the_same() -> None:
    """Seven women: Gemini has fourteen voices for them and the other one six."""
    women = [
        Character(name=name, role="r", look=Look(presentation="woman"))
        for name in ("Ana", *(f"Woman {number}" for number in range(6)))
    ]
    script = a_state("gemini-tts", cast=women)
    state = script.model_copy(
        update={
            "script": script.film.model_copy(update={"narrator": None}),
            "plan": script.story.model_copy(update={"narrator": None}),
        }
    )
    after = await voiced(state)
    assert len({who.voices["gemini-tts"] for who in after.film.cast}) == 7
    assert len({who.voices["gpt-4o-mini-tts"] for who in after.film.cast}) == 6
    assert voice_request(after, SHOT, 1, model="gpt-4o-mini-tts").voice_id
    older = state.model_copy(update={"format": state.look.model_copy(update={"voice_model": "gemini-tts"})})
    assert voice_request(older, SHOT, 1, model="gpt-4o-mini-tts").voice_id, "whom nobody cast for, too"


def four_men(*, tells: str) -> NovelaState:
    """All of whom speak, each in a scene of his own but the last; `tells` is who speaks over the first."""
    men = [Character(name=name, role="r", look=Look(presentation="man")) for name in ("Bo", "Cy", "Di", "Ed")]
    scenes = [
        SCENE.model_copy(update={"number": number, "shots": [
            SHOT.model_copy(update={"lines": [Line(speaker=name, text="Go.") for name in names]})
        ]})
        for number, names in enumerate([("Bo", "Bo", tells), ("Cy", "Cy"), ("Di", "Ed")], start=1)
    ]  # fmt: skip
    state = a_state("tts-1", cast=men)
    script = state.film.model_copy(
        update={"scenes": scenes, "narrator": Narrator(name="Teller", presentation="man")}
    )
    return state.model_copy(update={"script": script})


async def cast_and_told(state: NovelaState) -> tuple[NovelaState, list[str], str]:
    """The film with its voices, the warnings, and what the budget says."""
    told = list[Any]()
    runtime = Runtime(context=RunContext(), stream_writer=told.append)
    after = NovelaState.model_validate({**state.model_dump(), **await cast_voices(state, runtime)})
    quoted = quote([planned_voice(after, after.film.scenes[0].shots[0], 1, tier="final")])
    warned = [one["payload"]["text"] for one in told if one["name"] == "warning"]
    return after, warned, budget_request(after, quoted, runtime.context).items[0].text


async def test_a_narrator_too_many_shares_a_voice_and_everybody_is_told() -> None:
    """It is known only once the episode is written, and that is paid: to refuse it would lose that."""
    after, warned, budget = await cast_and_told(four_men(tells="Teller"))
    words = "tts-1 has too few voices for this cast: the same one speaks Di and Teller."
    assert warned == [words]
    assert words in budget
    voices = [who.voices["tts-1"] for who in heard_in(after.film)]
    assert voices[4] == voices[2]
    assert len({*voices}) == 4


async def test_who_says_nothing_is_not_told_of() -> None:
    """The control: a narrator with a voice of somebody else, whom nobody hears."""
    after, warned, budget = await cast_and_told(four_men(tells="Bo"))
    assert len({who.voices["tts-1"] for who in heard_in(after.film)}) == 4
    assert warned == []
    assert "too few" not in budget


WISH = {"id": "Lyra", "rate": 0.8, "pitch": "lower", "style": "in a hoarse voice"}


async def test_each_model_is_told_what_it_can_be_told() -> None:
    """S5-058: the request holds the values."""
    after = await voiced(a_state("gemini-tts", voice=WISH))
    google, openai, here = (
        voice_request(after, SHOT, 1, model=model)
        for model in ("gemini-tts", "gpt-4o-mini-tts", "kokoro-82m")
    )
    assert (google.voice_id, google.provider, google.speed) == ("Leda", "google", 0.8)
    assert google.parameters == {"style": "in a hoarse voice", "pitch": -1}
    assert spoken(google) == "Say in a hoarse voice, slower than usual, in a lower pitch: Go."
    assert openai.parameters == {"style": "in a hoarse voice"}
    sent = asked_for(openai, NO_FILES).fields
    assert (sent["speed"], sent["instructions"]) == (0.8, "in a hoarse voice")
    assert (here.provider, here.speed, here.parameters) == ("previz", 0.8, {})
    cards = [model_card(one.model) for one in (google, openai, here)]
    assert lost(cards[0], cards[1], asked=google, sent=openai) == ["its pitch"]
    assert lost(cards[0], cards[2], asked=google, sent=here) == ["its style", "its pitch", "a real voice"]


@pytest.mark.parametrize(("number", "speaker"), [(1, "Ana"), (2, "Teller")])
async def test_a_model_that_was_chosen_after_casting_has_a_voice_for_everybody(
    number: int, speaker: str
) -> None:
    """The same one every time."""
    after = await voiced(a_state("kokoro-82m"))
    voices = {voice_request(after, SHOT, number, model="gemini-tts").voice_id for _ in range(3)}
    others = voice_request(after, SHOT, 3 - number, model="gemini-tts").voice_id
    assert len(voices) == 1, speaker
    assert others not in voices
