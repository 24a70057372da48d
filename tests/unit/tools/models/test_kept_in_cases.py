"""Tins, cases and little things are themselves; a camera and a photo are what is meant."""

import pytest

from state.script import Language
from tools.models.offline.things.picturing import found_in
from tools.models.offline.things.shown import Words, parted
from tools.models.offline.words.diminutives import diminutives


def pictured(text: str, language: Language, story: str = "") -> list[str]:
    words = Words(language=language, story=story or text)
    return [one.picture for one, _ in parted(text, words)]


@pytest.mark.parametrize(("language", "text", "picture"), [
    ("en", "Ida opens the biscuit tin.", "biscuit_tin"),
    ("es", "Ida abre la lata de galletas.", "biscuit_tin"),
    ("pt-BR", "Ida abre a lata de biscoitos.", "biscuit_tin"),
    ("en", "Ida carries a violin case.", "violin_case"),
    ("es", "Ida guarda todo en una caja de zapatos.", "shoebox"), ("pt-BR", "Ida dobra a lona.", "tarpaulin"),
    ("es", "Ida guarda su trencito.", "train"), ("pt-BR", "Ida lê um livrinho.", "book"),
    ("pt-BR", "Ida perde a chavinha.", "key"), ("es", "Ida esconde la llavecita.", "key"),
])  # fmt: skip
def test_a_case_is_no_jewel_box(language: Language, text: str, picture: str) -> None:
    assert picture in pictured(text, language)


@pytest.mark.parametrize(("language", "text", "picture"), [
    ("en", "The guard checks the camera in the corridor.", "security_camera"),
    ("en", "Ida takes pictures with her old camera.", "camera"),
    ("es", "El guardia revisa la cámara del pasillo.", "security_camera"),
    ("es", "Ida carga un rollo en la cámara y toma fotos.", "camera"),
    ("pt-BR", "O guarda olha a câmera do corredor.", "security_camera"),
    ("pt-BR", "Ida põe um rolo na câmera e tira fotos.", "camera"),
])  # fmt: skip
def test_a_camera_is_of_its_trade(language: Language, text: str, picture: str) -> None:
    assert [one.picture for one in found_in(text, language) if "camera" in one.picture] == [picture]


@pytest.mark.parametrize(("language", "story", "text"), [
    ("en", "Ida finds a photo of her mother. She pockets the photo.", "She pockets the photo."),
    ("es", "Ida encuentra una foto de su abuela. Guarda la foto.", "Guarda la foto."),
    ("pt-BR", "Ida acha uma foto da tia. Guarda a foto.", "Guarda a foto."),
])  # fmt: skip
def test_the_photo_shows_whom_it_is_of(language: Language, story: str, text: str) -> None:
    assert pictured(text, language, story) == ["photo_of_woman"]
    assert pictured(text, language) == ["photo"]


@pytest.mark.parametrize(("language", "noun", "little"), [
    ("es", "barco", "barquito"), ("es", "tren", "trencito"), ("pt-BR", "caderno", "caderninho"),
    ("pt-BR", "trem", "tremzinho"), ("pt-BR", "chave", "chavinha"),
])  # fmt: skip
def test_little_things_have_names(language: Language, noun: str, little: str) -> None:
    assert little in diminutives(noun, language)


@pytest.mark.parametrize(("language", "text"), [
    ("pt-BR", "Ida caminha devagar."), ("pt-BR", "Ida fica sozinha com a vizinha."),
    ("es", "Ida visita a su vecino."), ("en", "Ida pays the visit."),
])  # fmt: skip
def test_what_only_sounds_little_is_nothing(language: Language, text: str) -> None:
    assert pictured(text, language) == []


@pytest.mark.parametrize(("language", "text", "picture"), [
    ("en", "Ida asks whether they have a lantern and pays in cash.", "money"),
    ("es", "Ida pregunta si hay una linterna y paga en efectivo.", "money"),
    ("pt-BR", "Ida pergunta se tem uma lanterna e paga em dinheiro.", "money"),
])  # fmt: skip
def test_what_is_asked_after_is_not_there(language: Language, text: str, picture: str) -> None:
    words = Words(language=language, story=text)
    assert [one.picture for one, part in parted(text, words) if part != "said"] == [picture]
