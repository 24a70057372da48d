"""Words in writing are seen as written; what is denied, gone or only spoken of is not seen."""

import pytest

from state.script import Language
from tools.models.offline.things.shown import Words, thing_shown
from tools.models.offline.things.written import written_in


@pytest.mark.parametrize(
    ("text", "language", "picture", "words"),
    [
        ("He slides a note under the door: “Meet me at ten”.", "en", "written_note", "Meet me at ten"),
        ("The sign on the shop says “For sale”.", "en", "written_sign", "For sale"),
        ("En la puerta cuelga un cartel: «Se traspasa».", "es", "written_sign", "Se traspasa"),
        ("La nota dice: «Perdóname».", "es", "written_note", "Perdóname"),
        ("A moça escreve “ME AJUDA” numa nota.", "pt-BR", "written_note", "ME AJUDA"),
    ],
)
def test_written_words_stand_on_paper_or_board(
    text: str, language: Language, picture: str, words: str
) -> None:
    written = written_in(text, language)
    assert written is not None
    assert (written.picture, written.words) == (picture, words)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He reads the letter. “I am sorry,” he says.", "en"),
        ("Under the sign Tom says “Hello”.", "en"),
        ("María lee la carta y dice: «Ya no vuelvo».", "es"),
        ("Ela larga o bilhete e diz: “Vai embora”.", "pt-BR"),
    ],
)
def test_what_a_voice_says_is_not_written(text: str, language: Language) -> None:
    assert written_in(text, language) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("There is no gilded white whale.", "en"),
        ("The guitar was sold years ago.", "en"),
        ("She cannot find the key.", "en"),
        ("No hay ninguna ballena.", "es"),
        ("El anillo ha desaparecido.", "es"),
        ("Não há baleia nenhuma.", "pt-BR"),
        ("O relógio sumiu.", "pt-BR"),
    ],
)
def test_what_is_not_there_is_not_shown(text: str, language: Language) -> None:
    assert thing_shown(text, Words(language=language)) == ""


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        ("She never opens the letter.", "letter"),
        ("He closes the door and takes the key.", "key"),
        ("A whale lies on the beach.", "whale"),
        ("Two pairs of boots are gone from the shelf.", "empty_shelf"),
    ],
)
def test_what_is_there_still_is_shown(text: str, picture: str) -> None:
    assert thing_shown(text, Words(language="en")) == picture
