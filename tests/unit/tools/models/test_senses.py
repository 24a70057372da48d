"""A noun with two meanings is drawn in the right one, or not at all."""

import re

import pytest

from state.script import Language
from tools.models.offline.things.picturing import found_in, names_of
from tools.models.offline.words.bank import bank


def pictured(text: str, language: Language, story: str = "") -> list[str]:
    return [one.picture for one in found_in(text, language, story=story)]


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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He polishes the scale plate.", "en"), ("She pulls out the patch cord.", "en"),
        ("He oils the lift cage.", "en"), ("She reads the weigh ticket.", "en"),
        ("He stamps the pawn ticket.", "en"), ("He checks the dial arrow.", "en"),
        ("The base plate is loose.", "en"), ("He tightens the bottle cap.", "en"),
        ("They pass the dining car.", "en"), ("She holds the whistle note.", "en"),
        ("The bronze arrow passes five.", "en"), ("He stops the cage between two floors.", "en"),
        ("Headlights swing through the gate.", "en"), ("A tuba plays one low note.", "en"),
        ("She kneels on the violin bow.", "en"), ("The oil drums leak.", "en"),
        ("Maneja un ascensor de jaula.", "es"), ("Frena la jaula.", "es"),
        ("La flecha pasa el cinco.", "es"), ("Sube al plato de la báscula.", "es"),
        ("Limpia el coche del funicular.", "es"), ("La vela del barco se rasga.", "es"),
        ("Tiene marcas de cuerda en las manos.", "es"), ("Se rompe la copa del árbol.", "es"),
        ("Sube no prato da balança.", "pt-BR"), ("A gaiola desce.", "pt-BR"),
        ("Rasga a manga da camisa.", "pt-BR"), ("A seta pisca.", "pt-BR"),
        ("O carro do bondinho para.", "pt-BR"), ("Aperta com uma chave de fenda.", "pt-BR"),
        ("Dançam numa roda de samba.", "pt-BR"),
    ],
)  # fmt: skip
def test_a_noun_of_another_kind_is_not_drawn(text: str, language: Language) -> None:
    ambiguous = {
        "plate", "rope", "cage", "ticket", "bow_and_arrow", "cap", "car", "gate", "letter", "bow", "drum",
        "candle", "mango", "key", "wheel", "cup",
    }  # fmt: skip
    assert not ambiguous.intersection(pictured(text, language))


@pytest.mark.parametrize(
    ("text", "language", "picture"),
    [
        ("He breaks a dinner plate.", "en", "plate"), ("She pulls the old cord.", "en", "rope"),
        ("The parrot leaves its cage.", "en", "cage"), ("He tears the train ticket.", "en", "ticket"),
        ("The archer picks an arrow.", "en", "bow_and_arrow"), ("Her aunt's ring shines.", "en", "ring"),
        ("He washes the red car.", "en", "car"), ("She opens the rusty gate.", "en", "gate"),
        ("He finds a note on the step.", "en", "letter"), ("She drops the house key.", "en", "key"),
        ("El loro sale de la jaula.", "es", "cage"), ("Lava el plato.", "es", "plate"),
        ("Saca un manojo de llaves.", "es", "key_ring"), ("Lleva el coche al taller.", "es", "car"),
        ("O papagaio foge da gaiola.", "pt-BR", "cage"), ("Lava o prato azul.", "pt-BR", "plate"),
        ("Perde um molho de chaves.", "pt-BR", "key_ring"), ("Ela lava o carro.", "pt-BR", "car"),
    ],
)  # fmt: skip
def test_a_noun_of_its_own_kind_is_drawn(text: str, language: Language, picture: str) -> None:
    assert picture in pictured(text, language)


@pytest.mark.parametrize(
    ("text", "language", "story", "namesake"),
    [
        ("The cars meet.", "en", "He greases the cables of a funicular.", "car"),
        ("She puts the cord down.", "en", "She works a switchboard.", "rope"),
        ("She steps off the plate.", "en", "She runs the weighbridge at night.", "plate"),
        ("El loro mira la jaula abierta.", "es", "Maneja un ascensor.", "cage"),
        ("Los coches se cruzan.", "es", "Cuida el funicular del cerro.", "car"),
        ("Os carros se encontram.", "pt-BR", "Ele opera o bondinho do morro.", "car"),
    ],
)
def test_the_rest_of_the_story_decides(text: str, language: Language, story: str, namesake: str) -> None:
    assert namesake in pictured(text, language)
    assert namesake not in pictured(text, language, story)


def test_every_listed_kind_has_a_picture_of_its_own() -> None:
    """A row for a noun that is drawn nowhere would only look like a rule."""
    forms = bank("en")["pictures"]["senses"]["kinds"]
    names = names_of("en")
    assert [one for one in forms if not any(re.fullmatch(one, name) for name in names)] == []
