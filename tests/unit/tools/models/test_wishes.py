"""Pictures that a client asks for are in the story as pictures, and nobody reads them aloud."""

import pytest

from state.brief import NovelaBrief
from state.script import Language
from tools.models.offline.brief.makers_notes import told_in, wishes_of
from tools.models.offline.brief.wishes import wishes_in


@pytest.mark.parametrize(("language", "note", "kind", "shown"), [
    ("en", "Client note: close on the sole of the plane, please, and no sparks.", "close",
     "The sole of the plane."),
    ("en", "could the shop sign say \"AGNES & SON\" pls, thanks", "sign", 'The sign: "AGNES & SON".'),
    ("en", "Last shot: the boots in the puddle.", "last", "The boots in the puddle."),
    ("es", "Primer plano de las manos con los dos micros.", "close", "Las manos con los dos micros."),
    ("es", "Solo el rótulo del taller al final: \"Se arregla\".", "sign", 'El rótulo: "Se arregla".'),
    ("es", "Ah, y la última imagen: el pan en la maleta.", "last", "El pan en la maleta."),
    ("pt-BR", "Dá pra pôr um close do ingresso rasgado na mão dela?", "close",
     "O ingresso rasgado na mão dela."),
    ("pt-BR", "A última cena tem que ser a tampa da caixa.", "last", "A tampa da caixa."),
    ("pt-BR", "Fechar no bolo.", "last", "O bolo."),
])  # fmt: skip
def test_a_picture_is_read_off_a_note(language: Language, note: str, kind: str, shown: str):
    assert [(one.kind, one.text) for one in wishes_in(note, language)] == [(kind, shown)]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "He is close on her heels."), ("en", "She signs the letter \"Agnes\"."),
    ("es", "Ana le dice que es el final."), ("pt-BR", "Ela fecha a porta no escuro."),
])  # fmt: skip
def test_a_story_asks_for_nothing(language: Language, text: str):
    """The control."""
    assert wishes_in(text, language) == ()


def test_pictures_within_the_story_lose_the_words_of_the_camera():
    told = told_in(
        "Agnes catches the kite on the beach. Close on her hands. Then the kite over the sea.", "en"
    )
    assert told == "Agnes catches the kite on the beach. Her hands. The kite over the sea."


def test_a_picture_from_the_notes_comes_to_its_own_sentence_and_the_sign_to_the_end():
    text = (
        "Ana hands Kit the old steel plane. He lifts one long curl and hears it. She rows out alone.\n\n"
        'Client note: close on the sole of the plane, please. The sign "SHAVINGS" at the end, thanks.'
    )
    assert told_in(text, "en").split(". ") == [
        "Ana hands Kit the old steel plane", "The sole of the plane", "He lifts one long curl and hears it",
        'She rows out alone', 'The sign: "SHAVINGS".',
    ]  # fmt: skip
    brief = NovelaBrief(title="x", description=text)
    assert [one.kind for one in wishes_of(brief)] == ["close", "sign"]


def test_a_last_picture_that_the_story_ends_with_is_not_told_twice():
    text = (
        "Rosario amasa sola y su hijo enciende el horno. Él mete el pan en la maleta. Última imagen: el pan."
    )
    assert told_in(text, "es").count("pan") <= 2
