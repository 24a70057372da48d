"""A noun with two meanings is drawn in the right one, or not at all."""

import pytest

from state.script import Language
from tools.models.offline.picturing import found_in


def pictured(text: str, language: Language) -> list[str]:
    return [one.picture for one in found_in(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "namesake"),
    [
        ("She writes down the licence plate.", "en", "plate"),
        ("Two men with hearts of stone read it.", "en", "rock"),
        ("He cannot swallow two tablets at once.", "en", "swallow"),
        ("The lorry waits in a traffic jam.", "en", "jar"),
        ("He waves a glove at the ice of the rink.", "en", "ice"),
        ("She presses the letter to her chest.", "en", "box"),
        ("The goalie lies in the net.", "en", "net"),
        ("He breaks the world record.", "en", "record"),
        ("She takes out a bundle of banknotes.", "en", "bundle"),
        ("He wears a leather apron.", "en", "hung_apron"),
        ("Le ha dado la carta.", "es", "die"),
        ("La portera cierra la portería del edificio.", "es", "goal"),
        ("Juan lleva una camisa de cuadros.", "es", "painting"),
        ("La cajera abre la caja y cobra.", "es", "box"),
        ("Espera en el café de la esquina.", "es", "coffee"),
        ("Corta el pañuelo en dos.", "es", "scarf"),
        ("Vuela una golondrina.", "es", "bird"),
        ("Ela quer tirar a carteira na autoescola.", "pt-BR", "wallet"),
        ("Traz uma garrafa de café.", "pt-BR", "bottle"),
        ("Ele bebe devagar.", "pt-BR", "baby"),
        ("O banco cobra juros.", "pt-BR", "snake"),
        ("Ela muda de vida.", "pt-BR", "seedling"),
        ("Os dados do computador somem.", "pt-BR", "die"),
    ],
)
def test_a_namesake_is_not_drawn(text: str, language: Language, namesake: str) -> None:
    assert namesake not in pictured(text, language)


@pytest.mark.parametrize(
    ("text", "language", "picture"),
    [
        ("She writes down the licence plate.", "en", "number_plate"),
        ("She washes the plate.", "en", "plate"),
        ("A stone falls from the shoe.", "en", "rock"),
        ("A small grey pebble drops.", "en", "pebble"),
        ("A swallow crosses the sky.", "en", "swallow"),
        ("She takes the forged prescription.", "en", "prescription"),
        ("He opens the old chest.", "en", "box"),
        ("Cuenta las fichas.", "es", "token"),
        ("Le enseña la esmeralda.", "es", "emerald"),
        ("Lleva un pañuelo anudado.", "es", "bundle"),
        ("Abre la caja y mira dentro.", "es", "box"),
        ("Come una naranja.", "es", "tangerine"),
        ("El delantal cuelga de un clavo.", "es", "hung_apron"),
        ("Perde a carteira na rua.", "pt-BR", "wallet"),
        ("Traz uma garrafa de café.", "pt-BR", "thermos"),
        ("O bebê dorme.", "pt-BR", "baby"),
        ("Uma cobra entra na casa.", "pt-BR", "snake"),
        ("Ela planta uma muda.", "pt-BR", "seedling"),
    ],
)
def test_what_is_meant_is_drawn(text: str, language: Language, picture: str) -> None:
    assert picture in pictured(text, language)
