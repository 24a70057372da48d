"""Directions call a thing as its story does; what is gone, or is somebody, is not drawn."""

import pytest

from state.script import Language
from tools.models.offline.things.absent import is_absent
from tools.models.offline.things.picturing import found_in
from tools.models.offline.things.things import name_thing
from tools.models.offline.things.told_nouns import nouns_told


@pytest.mark.parametrize(("language", "story", "picture", "said"), [
    ("en", "The card machine beeps. Ida kicks the card machine.", "small_device", "the card machine"),
    ("en", "Ida bakes a lemon tart. Six lemon tarts burn.", "pie", "the lemon tart"),
    ("es", "El lector de tarjetas suena.", "small_device", "el lector de tarjetas"),
    ("pt-BR", "A maquininha apita e apita.", "small_device", "a maquininha"),
])  # fmt: skip
def test_a_thing_is_called_as_its_story_calls_it(language: Language, story: str, picture: str, said: str):
    assert name_thing(picture, language, nouns_told(story, language)[picture]).the == said


def test_a_thing_that_no_story_tells_has_the_name_of_its_drawing():
    assert name_thing("small_device", "en").the == "the charger"
    assert nouns_told("Six lemon tarts burn.", "en") == {}


@pytest.mark.parametrize(("language", "text", "picture"), [
    ("en", "Otis turns the tuning key.", "wrench"),
    ("en", "Otis turns the door key.", "key"),
    ("en", "Silas approves the shaft and hands over the stamp.", "rubber_stamp"),
    ("en", "Silas licks the stamp and posts the letter.", "postage_stamp"),
    ("es", "Otilio gira la llave de afinar.", "wrench"),
    ("pt-BR", "Otávio gira a chave de afinação.", "wrench"),
])  # fmt: skip
def test_the_nearest_drawing_looks_like_it(language: Language, text: str, picture: str):
    assert picture in [one.picture for one in found_in(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "absent"),
    [
        ("en", "Her lantern is at the bottom of the lake.", True),
        ("en", "One night the piano vanishes.", True),
        ("en", "Her suitcase is on the table.", False),
        ("es", "La maleta está en el fondo del río.", True),
        ("es", "Una noche el piano desaparece.", True),
        ("pt-BR", "A mala está no fundo do rio.", True),
        ("pt-BR", "Uma noite o piano some.", True),
        ("pt-BR", "A mala está na mesa.", False),
    ],
)
def test_what_is_gone_is_not_drawn(language: Language, text: str, absent: bool):
    assert {is_absent(one, text, language) for one in found_in(text, language)} == {absent}


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Remedios llora. Remedios pesa el pan.", ["bread"]),
        ("Los remedios faltan. Remedios pesa el pan.", ["medicine", "bread"]),
    ],
)
def test_who_opens_several_sentences_is_no_thing(text: str, drawn: list[str]):
    assert [one.picture for one in found_in(text, "es") if one.noun != "Remedios"] == drawn
    assert "Remedios" not in [one.noun for one in found_in("Remedios llora. Remedios pesa el pan.", "es")]


def test_a_milk_float_is_no_glass_of_milk():
    assert "milk" not in [one.picture for one in found_in("She swerves round a milk float.", "en")]
