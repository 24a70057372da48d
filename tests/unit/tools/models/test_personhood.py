"""A capital is somebody only when the text says so; an animal is never cast."""

import pytest

from state.brief import NovelaBrief
from state.script import Language
from tools.models.offline.persons.animals import animals_in, animals_of
from tools.models.offline.persons.people import find_people
from tools.models.offline.persons.personhood import masked
from tools.models.offline.words.bank import bank


def named(text: str, language: Language) -> list[str]:
    return [one.name for one in find_people(text, bank(language)["reading"], known=())]


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "Camera two shows Hollis in the hall. Hollis waves.", ["Hollis"]),
    ("en", "Night shift, Gdansk docks. Vera counts crates. Monday comes.", ["Vera"]),
    ("en", "Kunle drives over Third Mainland Bridge to the Home Office.", ["Kunle"]),
    ("en", "The ferry Aurora leaves Wexmouth harbour. Desmond steers her.", ["Desmond"]),
    ("es", "En un juzgado de Rosario, Olga espera el tren a Mar del Plata.", ["Olga"]),
    ("es", "Rosario cose. Su hermana Mercedes la llama desde Córdoba.", ["Rosario", "Mercedes"]),
    ("es", "En el ascensor Reina Victoria, Ernestina llora.", ["Ernestina"]),
    ("es", "La última noche del Cine Imperial, Remedios llora.", ["Remedios"]),
    ("pt-BR", "Em Ariquemes, Rondônia, Janete limpa o quarto.", ["Janete"]),
    ("pt-BR", "Na feira de São Joaquim, Edileuza acha uma caixa.", ["Edileuza"]),
    ("pt-BR", "Tereza mora no Edifício Marabá, perto do Estádio Olímpico.", ["Tereza"]),
    ("pt-BR", "O casal mora na Liberdade. Kenji quer vender.", ["Kenji"]),
])  # fmt: skip
def test_a_place_a_house_or_a_day_is_nobody(language: Language, text: str, people: list[str]):
    assert named(text, language) == people


@pytest.mark.parametrize(("language", "text", "animals"), [
    ("en", "Their parrot Gus talks. The cat, Otto, sleeps.", [("Gus", "parrot"), ("Otto", "cat")]),
    ("en", "She eats a hot dog and a goat watches her.", [("", "goat")]),
    ("es", "La burra Paquita tira el muro. Sale una paloma.", [("Paquita", "burra"), ("", "paloma")]),
    ("es", "Pelean por Carlitos, un loro de veinte años.", [("Carlitos", "loro")]),
    ("pt-BR", "Um dachshund chamado Chefe late.", [("Chefe", "dachshund")]),
    ("pt-BR", "O gato Caetano mia.", [("Caetano", "gato")]),
])  # fmt: skip
def test_animals_are_known_by_name_and_kind(language: Language, text: str, animals: list[tuple[str, str]]):
    assert [(one.name, one.kind_noun) for one in animals_in(text, language)] == animals
    assert not {name for name, _ in animals if name} & set(named(text, language))


def test_animals_of_a_brief_come_from_its_scenes_too():
    brief = NovelaBrief.model_validate(
        {"title": "x", "description": "Ana waits.", "scenes": [{"number": 1, "description": "A goat eats."}]}
    )
    assert [one.kind_noun for one in animals_of(brief)] == ["goat"]


def test_masking_keeps_length_and_names():
    """The control: what is somebody keeps the capital."""
    text = "In Rotterdam, Ilse runs."
    assert masked(text, "en") == "in rotterdam, Ilse runs."
