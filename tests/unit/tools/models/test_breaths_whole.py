"""Numbers and titles are said in one breath."""

import pytest

from state.script import Language
from tools.models.offline.telling.breath import halves, in_breaths, within

NUMBERS: list[tuple[Language, str, str]] = [
    (
        "es",
        "Nuria, cartera de cuarenta y dos años, deja cada lunes una carta en el buzón",
        "cuarenta y dos",
    ),
    ("es", "Mi abuelo llevó sesenta y un inviernos la barca del lago hasta la otra orilla", "sesenta y un"),
    (
        "pt-BR",
        "Nair, cuja mãe tem cinquenta e oito anos, cruza o rio de noite e de remo",
        "cinquenta e oito",
    ),
    ("pt-BR", "O velho guarda trinta e uma chaves num prego atrás da porta da oficina", "trinta e uma"),
    ("en", "The old man keeps one hundred and forty keys on a nail behind the door", "hundred and forty"),
]
TITLED: list[tuple[Language, str, str]] = [
    ("en", "At last the bell rings and in comes old Dr. Amsel, who has lost his hat.", "Dr. Amsel"),
    ("es", "Al final suena el timbre y entra el viejo Dr. Amsel, que perdió el sombrero.", "Dr. Amsel"),
    ("pt-BR", "No fim toca a campainha e entra o velho Dr. Amsel, que perdeu o chapéu.", "Dr. Amsel"),
    ("pt-BR", "No fim toca a campainha e quem entra é o Cel. Bento, sem chapéu.", "Cel. Bento"),
]


@pytest.mark.parametrize(("language", "text", "number"), NUMBERS)
def test_a_number_is_one_breath(language: Language, text: str, number: str) -> None:
    for most in range(6, 14):
        parts = in_breaths(text, most, language)
        assert " ".join(parts) == text
        assert any(number in part for part in parts), (most, parts)


@pytest.mark.parametrize(("language", "text", "titled"), TITLED)
def test_no_sentence_ends_behind_a_title(language: Language, text: str, titled: str) -> None:
    title = titled.split(" ")[0]
    for most in range(6, 16):
        assert not within(text, most).rstrip(".").endswith(title.rstrip("."))
        assert any(titled in part for part in in_breaths(text, most, language))
    assert all(not left.endswith(title) for left, _ in halves(text))
