"""The lights of a place go out with the words that say so, and stay out until they are told to be on."""

import pytest

from state.script import Language, Place
from tools.models.offline.lights import is_unlit, lights_after, with_lights


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


def test_a_place_is_the_same_when_its_lights_come_back():
    place = Place(name="The van", kind="car", about=["period"])
    dark = with_lights(place, out=True)
    assert is_unlit(dark)
    assert with_lights(dark, out=False) == place
