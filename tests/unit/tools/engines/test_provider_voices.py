"""Everybody has a voice of their own of a provider's model, the same in every episode."""

import pytest

from state.errors import BriefRefused
from state.script import Character, Look
from tools.engines.catalog import models_for
from tools.engines.google.asked import INPUTS as GOOGLES
from tools.engines.live.schema import schemas
from tools.engines.openai.asking import INPUTS as OPENAIS
from tools.engines.provider_voices import cast_for_model, voice_book

SPEAKING = [card for card in models_for("voice") if card.provider != "previz"]


def person(name: str, presentation: str = "woman", age: str = "adult", **voices: str) -> Character:
    look = Look.model_validate({"presentation": presentation, "age": age})
    return Character(
        name=name, role="r", look=look, voices={m.replace("_", "-"): v for m, v in voices.items()}
    )


@pytest.mark.parametrize("card", SPEAKING, ids=lambda card: card.id)
def test_the_book_of_a_model_names_just_the_voices_that_it_takes(card) -> None:
    book, inputs = voice_book(card.id), {"google": GOOGLES, "openai": OPENAIS}[card.provider]
    assert book is not None
    fields = schemas(inputs)[card.vendor].fields
    assert {*book.women, *book.men} == {*fields["voiceName" if card.provider == "google" else "voice"].only}
    assert not {*book.women} & {*book.men}
    assert {*book.young, *book.elder} <= {*book.women, *book.men}
    assert {*book.called.values()} <= {*book.women, *book.men}


def test_offline_voices_have_no_book_here() -> None:
    assert voice_book("kokoro-82m") is None
    assert cast_for_model([person("Ana")], "kokoro-82m", wished={}) == {}


@pytest.mark.parametrize("card", SPEAKING, ids=lambda card: card.id)
def test_nobody_shares_a_voice_and_whoever_comes_later_changes_nobody_s(card) -> None:
    cast = [person("Ana"), person("Eva"), person("Leo", "man"), person("Tom", "man", "elder")]
    before = cast_for_model(cast, card.id, wished={}, seed=3)
    assert len({*before.values()}) == 4
    after = cast_for_model([*cast, person("Mia", age="young")], card.id, wished={}, seed=3)
    assert {name: after[name] for name in before} == before


def test_who_had_a_voice_keeps_it_although_the_order_is_another() -> None:
    """A second episode begins with other people."""
    known = [person("Eva", gemini_tts="Kore"), person("Ana", gemini_tts="Zephyr")]
    voices = cast_for_model([person("Mia"), *known], "gemini-tts", wished={}, seed=1)
    assert (voices["Eva"], voices["Ana"]) == ("Kore", "Zephyr")
    assert voices["Mia"] not in ("Kore", "Zephyr")


def test_age_counts_and_the_seed_decides_among_equals() -> None:
    book = voice_book("gemini-tts")
    assert book is not None
    old = {
        cast_for_model([person("Ana", age="elder")], "gemini-tts", wished={}, seed=s)["Ana"]
        for s in range(20)
    }
    assert old == {"Gacrux", "Sulafat"}
    leads = {cast_for_model([person("Ana")], "gemini-tts", wished={}, seed=s)["Ana"] for s in range(20)}
    assert len(leads) > 3
    assert not leads & {*book.young, *book.elder}


@pytest.mark.parametrize(
    ("asked", "voice"),
    [("Kore", "Kore"), ("kore ", "Kore"), ("Sage", "Charon"), ("Mica", "Aoede"), ("Lyra", "Leda")],
)
def test_a_person_may_name_a_voice(asked: str, voice: str) -> None:
    """S5-058: Gemini has Kore; for the other three its nearest speak."""
    cast = [person("Ana", gemini_tts="Zephyr"), person("Eva", gemini_tts=voice)]
    voices = cast_for_model(cast, "gemini-tts", wished={"Ana": asked}, seed=1)
    assert voices["Ana"] == voice
    assert voices["Eva"] != voice, "who is asked for by name comes first"


@pytest.mark.parametrize(
    ("model", "wished", "told"),
    [
        ("gpt-4o-mini-tts", {"Ana": "Mica"}, "gpt-4o-mini-tts has no voice 'Mica' for Ana"),
        ("gemini-tts", {"Ana": "Sage", "Eva": "charon"}, "Ana and Eva were given the same voice Charon"),
    ],
)
def test_what_a_model_does_not_have_is_refused_with_the_choices(
    model: str, wished: dict[str, str], told: str
) -> None:
    book = voice_book(model)
    assert book is not None
    with pytest.raises(BriefRefused, match=told) as refused:
        cast_for_model([person("Ana"), person("Eva")], model, wished=wished)
    assert refused.value.details["voices"] == list(book.names)


def test_too_many_people_are_refused_with_the_limit() -> None:
    men = [person(f"M{number}", "man") for number in range(5)]
    assert len(cast_for_model(men[:4], "tts-1", wished={})) == 4
    with pytest.raises(
        BriefRefused, match="tts-1 has 4 voices for a man and all are taken; none is left for M4"
    ):
        cast_for_model(men, "tts-1", wished={})
