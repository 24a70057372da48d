"""Which language a person writes in."""

import pytest

from tools.language import language_of

SAID = [
    ("Why is it so expensive?", "en"),
    ("can I change the music", "en"),
    ("¿Por qué es tan caro?", "es"),
    ("la cara cambia en cada toma", "es"),
    ("Por que está tão caro?", "pt-BR"),
    ("o rosto dela muda em cada tomada", "pt-BR"),
    ("posso trocar a música?", "pt-BR"),
    ("¿puedo cambiar la música?", "es"),
]


@pytest.mark.parametrize(("text", "language"), SAID)
def test_language_is_told_by_the_smallest_words(text: str, language: str):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "asdf", "veo-3.1", "12345", "🎬"])
def test_what_tells_nothing_is_in_the_language_of_the_novela(text: str):
    assert language_of(text, "pt-BR") == "pt-BR"
