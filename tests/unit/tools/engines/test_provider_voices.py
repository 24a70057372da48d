"""Everybody has a voice of their own of a provider's model, the same in every episode."""

import pytest

from state.errors import BriefRefused
from state.script import Character, Look
from tools.engines.catalog import models_for
from tools.engines.google.asked import INPUTS as GOOGLES
from tools.engines.heard import Heard
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


MEN = [person(f"M{number}", "man") for number in range(5)]


def heard(**lines: dict[int, int]) -> Heard:
    """How many lines everybody has by the number of the scene."""
    return Heard(lines)


def shares_with(told: Heard, before: str = "") -> str:
    """Whose voice the fifth man has, where the model has four for men; `before` is whose he had then."""
    known = cast_for_model(MEN[:4], "tts-1", wished={}, seed=1)
    known |= {"M4": known[before]} if before else {}
    cast = [
        one.model_copy(update={"voices": {"tts-1": known[one.name]} if one.name in known else {}})
        for one in MEN
    ]
    voices = cast_for_model(cast, "tts-1", wished={}, seed=1, heard=told)
    [other] = [name for name in voices if name != "M4" and voices[name] == voices["M4"]]
    return other


def test_one_too_many_has_the_voice_of_who_says_least_outside_of_his_scenes() -> None:
    told = heard(M0={1: 9}, M1={1: 3}, M2={2: 1}, M3={1: 1, 2: 1}, M4={2: 5})
    assert shares_with(told) == "M1", "M2 says less, and is in his scene"


def test_where_all_are_in_his_scenes_it_is_the_fewest_of_them() -> None:
    told = heard(M0={1: 1, 2: 1}, M1={1: 1, 2: 1}, M2={1: 9}, M3={1: 8}, M4={1: 2, 2: 2})
    assert shares_with(told) == "M3"


def test_who_says_nothing_is_shared_with_first() -> None:
    assert shares_with(heard(M0={1: 1}, M1={1: 1}, M3={1: 1}, M4={1: 1})) == "M2"


def test_a_shared_voice_is_kept_in_the_next_episode_unless_it_brings_two_into_one_scene() -> None:
    told = heard(M0={1: 9}, M1={1: 3}, M2={1: 1}, M3={1: 2}, M4={2: 5})
    assert shares_with(told) == "M2"
    assert shares_with(told, before="M0") == "M0"
    together = heard(M0={2: 9}, M1={1: 3}, M2={1: 1}, M3={1: 2}, M4={2: 5})
    assert shares_with(together, before="M0") == "M2"


def test_nobody_shares_while_there_is_another() -> None:
    """Nor keeps what was shared before, once there are fewer people."""
    shared = [one.model_copy(update={"voices": {"tts-1": "onyx"}}) for one in MEN[:4]]
    voices = cast_for_model(shared, "tts-1", wished={}, seed=1)
    assert len({*voices.values()}) == 4
    assert voices["M0"] == "onyx"
