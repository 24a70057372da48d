"""The lights of a place go out with the words that say so, and stay out until they are told to be on."""

import pytest

from state.script import Language, Place, TimeOfDay
from tools.models.offline.places.hours import begins_later, hour_led
from tools.models.offline.places.lights import is_unlit, lights_after, stand_out, with_lights
from tools.models.offline.words.fact import Fact


@pytest.mark.parametrize(("language", "text"), [
    ("en", "The lights of the van go out."), ("en", "The power fails."), ("en", "She puts the neon out."),
    ("en", "Priya unlocks the door and switches off the neon sign."), ("en", "A power cut."),
    ("es", "Se va la luz."), ("es", "El faro está apagado desde hace una hora."),
    ("es", "La Mari apaga el letrero."), ("es", "Toñi sigue cantando sin luz."),
    ("pt-BR", "Cai o temporal e a energia acaba."), ("pt-BR", "Raimunda apaga os faróis."),
    ("pt-BR", "O projetor pifa e fica tudo escuro."),
])  # fmt: skip
def test_the_lights_go_out(language: Language, text: str):
    assert lights_after(text, language)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "At dawn the power comes back."), ("en", "She turns the sign back on."),
    ("es", "El letrero se enciende otra vez."), ("es", "Vuelve la luz."),
    ("pt-BR", "Depois ele acende o letreiro lá fora."), ("pt-BR", "A energia volta."),
])  # fmt: skip
def test_the_lights_come_back(language: Language, text: str):
    assert not lights_after(text, language, out=True)


@pytest.mark.parametrize("out", [True, False])
@pytest.mark.parametrize(("language", "text"), [
    ("en", "She blows out the candle and goes out."), ("es", "Un barco sin luz los sigue."),
    ("pt-BR", "A prefeitura vai apagar o farol amanhã."), ("en", "They eat in the rain."),
])  # fmt: skip
def test_other_words_leave_them_as_they_are(language: Language, text: str, out: bool):
    assert lights_after(text, language, out=out) is out


@pytest.mark.parametrize(("language", "text", "out"), [
    ("es", "Noche de temporal. El faro está apagado desde hace una hora.", True),
    ("en", "The lighthouse has been dark for an hour.", True), ("pt-BR", "O letreiro está apagado.", True),
    ("en", "Ana bakes. The lights go out.", False), ("es", "Ana cose. Se va la luz.", False),
])  # fmt: skip
def test_what_is_out_from_the_start_is_out_in_the_first_picture(language: Language, text: str, out: bool):
    assert stand_out(text, language) is out


def test_a_place_is_the_same_when_its_lights_come_back():
    place = Place(name="The van", kind="car", about=["period"])
    dark = with_lights(place, out=True)
    assert is_unlit(dark)
    assert with_lights(dark, out=False) == place


@pytest.mark.parametrize(("language", "text", "time"), [
    ("en", "At dawn the power comes back.", "day"), ("es", "Amanece en la plaza.", "day"),
    ("pt-BR", "Ao amanhecer, Iracema sopra o lampião.", "day"), ("en", "Night falls.", "night"),
    ("en", "She waits for him until the dawn.", None), ("es", "Ella espera que sea de noche.", None),
])  # fmt: skip
def test_an_hour_changes_the_light_where_a_sentence_begins_with_it(
    language: Language, text: str, time: TimeOfDay | None
):
    assert hour_led(text, language) == time


def test_a_scene_plays_on_in_its_hour_until_another_is_told():
    facts = [a_fact("A jangada vira e entra na enseada."), a_fact("Ao amanhecer, Iracema sopra o lampião.")]
    assert begins_later(facts, "pt-BR")
    assert not begins_later(facts[1:], "pt-BR")


def a_fact(text: str) -> Fact:
    return Fact(subject="", verb="", rest="", text=text, kind="event", source="description")
