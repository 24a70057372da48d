"""Nobody shares a voice while there is another, and voices stay with their people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.errors import BriefRefused
from state.script import Character, Look
from tools.engines.heard import Heard
from tools.engines.previz.casting import acting, cast_voices, voice, voices_for
from tools.engines.previz.voice_bank import bank_names

LANGUAGES = ("en", "es", "pt-BR")


def person(name, presentation="woman", age="adult", voice_id=""):
    return Character(name=name, role="r", look=Look(presentation=presentation, age=age), voice_id=voice_id)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("presentation", ["woman", "man"])
def test_every_language_has_seven_voices_of_each_presentation(language, presentation):
    assert len(set(voices_for(language, presentation))) == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_voice_is_mixed_from_vendored_ones_and_no_two_alike(language):
    known = [voice(voice_id, language) for voice_id in voices_for(language)]
    assert {name for one in known for name in one.mix} <= set(bank_names())
    assert len({(str(one.mix), one.pitch) for one in known}) == len(known)


def test_the_voice_fits_the_age():
    assert voice(voices_for("es", "woman", age="elder")[0], "es").age == "elder"


PEOPLE = st.tuples(st.sampled_from(["woman", "man"]), st.sampled_from(["child", "young", "adult", "elder"]))


@given(st.lists(PEOPLE, max_size=7), st.integers(0, 2**31), st.sampled_from(LANGUAGES))
def test_nobody_shares_a_voice(people, seed, language):
    cast = [person(f"P{at}", *looks) for at, looks in enumerate(people)]
    chosen = cast_voices(cast, language, seed=seed)
    assert list(chosen) == [one.name for one in cast]
    assert len(set(chosen.values())) == len(cast)
    assert all(voice(chosen[one.name], language).presentation == one.look.presentation for one in cast)


def test_a_new_character_changes_nobodys_voice():
    cast = [person("Ana"), person("Eva"), person("Raúl", "man")]
    before = cast_voices(cast, "es", seed=3)
    after = cast_voices([*cast, person("Inés", age="young")], "es", seed=3)
    assert {name: after[name] for name in before} == before


def test_a_voice_that_was_given_stays():
    chosen = cast_voices([person("Ana"), person("Eva", voice_id="es-elena")], "es", seed=1)
    assert chosen["Eva"] == "es-elena"
    assert chosen["Ana"] != "es-elena"


def test_a_voice_of_another_language_is_cast_anew():
    assert cast_voices([person("Ana", voice_id="es-elena")], "en")["Ana"].startswith("en-")


def test_one_too_many_has_the_voice_of_who_is_heard_least_together_with_him():
    men = [person(f"M{at}", "man") for at in range(8)]
    told = Heard({one.name: {1: at + 1} for at, one in enumerate(men[:7])} | {"M6": {2: 1}, "M7": {2: 4}})
    chosen = cast_voices(men, "es", seed=1, heard=told)
    assert len(set(chosen.values())) == 7
    assert chosen["M7"] == chosen["M0"], "M6 says as little, and is in his scene"


def test_one_voice_wished_for_two_is_refused():
    two = [person("Ana", voice_id="es-elena"), person("Eva", voice_id="es-elena")]
    with pytest.raises(BriefRefused, match="Ana and Eva"):
        cast_voices(two, "es", wished={"Ana", "Eva"})


def test_who_is_wished_a_voice_has_it_and_who_had_it_before_another():
    two = [person("Ana", voice_id="es-elena"), person("Eva", voice_id="es-elena")]
    chosen = cast_voices(two, "es", wished={"Eva"})
    assert chosen["Eva"] == "es-elena"
    assert chosen["Ana"] not in ("", "es-elena")


def test_an_unknown_voice_is_refused_with_the_known_ones():
    with pytest.raises(BriefRefused, match="known: es-dolores"):
        voice("es-nobody", "es")
    with pytest.raises(BriefRefused, match="Ana was given"):
        cast_voices([person("Ana", voice_id="nobody")], "es")


def test_an_unknown_language_is_refused_with_the_known_ones():
    with pytest.raises(BriefRefused, match="known: en, es, pt-BR"):
        voices_for("fr")


def test_anger_is_louder_and_faster_than_sadness():
    assert acting("angry").gain_db > acting("sad").gain_db
    assert acting("angry").pace > acting("sad").pace
