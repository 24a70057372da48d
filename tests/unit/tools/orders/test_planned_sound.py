"""What a line and the music cost, by what their models are paid by."""

from decimal import Decimal

import pytest

from state.film import ProductionFormat, ShootingState
from state.order import Medium
from state.script import Character, Line, Look, Scene, Script, Shot, Slate, VoiceManner
from tests.builders import a_staging
from tools.engines.catalog import ModelCard, model_card
from tools.ledger import pricing
from tools.orders import planned_sound
from tools.orders.planned_sound import planned_music, planned_voice
from tools.orders.quote import paid_digest, paid_digests
from tools.orders.standing_in import chain_of, with_chain

WORDS = "Who wrote this letter?"


def film(text: str = WORDS, **look: str) -> ShootingState:
    shot = Shot(
        slate=Slate(scene=1, shot="A"), description="x", staging=a_staging(), duration_s=8.0,
        lines=[Line(speaker="Ana", text=text)],
    )  # fmt: skip
    scene = Scene(number=1, title="One", summary="x", place="kitchen", shots=[shot])
    form = ProductionFormat.model_validate({"width": 1280, "height": 720, **look})
    return ShootingState(format=form, script=Script(title="T", logline="L", scenes=[scene]))


def line(state: ShootingState):
    return planned_voice(state, state.scene.shots[0], 1, tier="final")


@pytest.mark.parametrize(
    ("model", "each"), [("gemini-tts", 40), ("gpt-4o-mini-tts", 35), ("tts-1-hd", 30), ("tts-1", 15)]
)
def test_a_line_is_paid_by_its_letters(model: str, each: int) -> None:
    call = line(film(voice_model=model))
    assert (call.unit, call.units, call.price.micros) == ("character", len(WORDS), each * len(WORDS))


@pytest.mark.parametrize(
    ("model", "text", "rate", "letters"),
    [
        ("gemini-tts", WORDS, 0.5, 2 * len(WORDS)),
        ("gemini-tts", WORDS, 2.0, len(WORDS)),
        ("gemini-tts", "No.", 1.0, 7),
        ("gpt-4o-mini-tts", "No.", 0.5, 14),
        ("tts-1", "No.", 0.5, 3),
    ],
)
def test_who_speaks_slowly_or_one_word_costs_the_sound_that_it_takes(
    model: str, text: str, rate: float, letters: int
) -> None:
    """Where the maker charges for sound; quoted at the usual rate it would be more than was approved."""
    state = film(text, voice_model=model)
    ana = Character(name="Ana", role="", look=Look(presentation="woman"), sounds=VoiceManner(rate=rate))
    assert state.script is not None
    state = state.model_copy(update={"script": state.script.model_copy(update={"cast": [ana]})})
    assert line(state).units == letters


def test_another_line_of_the_same_length_is_another_call() -> None:
    """A changed line is asked about; the price alone would not tell them apart."""
    one, other = (
        line(film(voice_model="gemini-tts")),
        line(film("Who wrote that letter?", voice_model="gemini-tts")),
    )
    assert one.price == other.price
    assert paid_digest(one) != paid_digest(other)
    assert paid_digest(one) == paid_digest(line(film(voice_model="gemini-tts")))


def test_what_is_spoken_and_played_here_is_planned_as_it_always_was() -> None:
    """Quotes that wait for an answer since an older version keep their id."""
    state = film()
    for call in (line(state), planned_music(state, tier="final")):
        assert (call.unit, call.units, call.price.micros, call.parameters) == ("call", Decimal(1), 0, {})


def test_a_draft_is_spoken_by_the_draft_of_its_model() -> None:
    state = film(voice_model="tts-1-hd")
    assert planned_voice(state, state.scene.shots[0], 1, tier="draft").model == "tts-1"


def test_a_piece_of_music_has_one_price_however_long_it_is() -> None:
    state = film(music_model="stable-audio-2.5")
    calls = [planned_music(state, tier="final"), planned_music(state, tier="final", seconds=60.0)]
    assert [call.price.micros for call in calls] == [200_000, 200_000]
    assert paid_digest(calls[0]) == paid_digest(calls[1])


@pytest.fixture
def by_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shop that sells music, and speech, by the second."""
    real = pricing.price_entry

    def entry(provider: str, model: str, *, edition: str = "") -> pricing.PriceEntry:
        return real(provider, model, edition=edition).model_copy(update={"unit": "second"})

    for module in (planned_sound, __import__("tools.orders.quote", fromlist=["quote"])):
        monkeypatch.setattr(module, "price_entry", entry)


@pytest.mark.usefixtures("by_the_second")
def test_sound_that_is_sold_by_the_second_is_reckoned_by_the_second() -> None:
    state = film(voice_model="gemini-tts", music_model="musicgen")
    assert line(state).units == 3, "22 letters of the slowest speech"
    music = planned_music(state, tier="final")
    assert music.units == 13, "8 s and the cards"
    exact = planned_music(state, tier="final", seconds=14.2)
    assert (exact.units, exact.fallbacks) == (15, [])
    assert paid_digest(exact) in paid_digests(music), "voices that take longer are approved with it"
    longer = planned_music(state, tier="final", seconds=40.0)
    assert paid_digest(longer) not in paid_digests(music), "so much longer is asked about"


def cards_of(medium: Medium, model: str, *, policy: str, providers: tuple[str, ...]) -> list[str]:
    state = film(**{f"{medium}_model": model})
    call = line(state) if medium == "voice" else planned_music(state, tier="final")
    found: list[ModelCard] = chain_of(call, policy=policy, tier="final", providers=providers)  # type: ignore[arg-type]
    return [card.id for card in found]


@pytest.mark.parametrize(
    ("medium", "model", "policy", "providers", "chain"),
    [
        ("voice", "gemini-tts", "same_tier", ("google", "openai"), ["gpt-4o-mini-tts", "kokoro-82m"]),
        ("voice", "gemini-tts", "any", ("google",), ["kokoro-82m"]),
        ("voice", "gemini-tts", "ask", ("google", "openai"), ["gpt-4o-mini-tts", "kokoro-82m"]),
        ("voice", "gemini-tts", "never", ("google", "openai"), []),
        ("voice", "tts-1-hd", "same_tier", ("openai",), ["kokoro-82m"]),
        ("voice", "tts-1-hd", "any", ("openai",), ["tts-1", "kokoro-82m"]),
        ("voice", "kokoro-82m", "any", ("google", "openai"), []),
        ("music", "stable-audio-2.5", "same_tier", ("replicate",), ["musicgen", "orchestra"]),
        ("music", "orchestra", "any", ("replicate",), []),
    ],
)
def test_who_may_speak_or_play_instead(
    medium: Medium, model: str, policy: str, providers: tuple[str, ...], chain: list[str]
) -> None:
    """S5-031, S5-057: Google Cloud TTS is none of our providers; OpenAI's takes its place, then our own."""
    assert cards_of(medium, model, policy=policy, providers=providers) == chain


def test_a_stand_in_is_approved_with_the_line_at_its_own_price() -> None:
    call = line(film(voice_model="gemini-tts"))
    quoted = with_chain(call, [model_card("gpt-4o-mini-tts"), model_card("kokoro-82m")])
    assert [(one.model, one.price.micros) for one in quoted.fallbacks] == [
        ("gpt-4o-mini-tts", 35 * len(WORDS)), ("kokoro-82m", 0),
    ]  # fmt: skip
    assert quoted.ceiling == call.price, "the dearest"
