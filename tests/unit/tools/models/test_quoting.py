"""What a brief lets somebody say, they say themselves; only when it is certain who it is."""

import pytest

from state.script import Character, Language, Look
from tools.models.offline.telling.quoting import parts_of
from tools.models.offline.words.hearing import Hearing

ANA = Character(name="Ana", role="", look=Look(presentation="woman"))
BRUNO = Character(name="Bruno Reyes", role="", look=Look(presentation="man"))
CARA = Character(name="Cara", role="", look=Look(presentation="woman"))


def heard(
    text: str, language: Language = "en", before: Character | None = None, cast: int = 2
) -> list[tuple[str, str]]:
    hearing = Hearing(people=(ANA, BRUNO), cast=(ANA, BRUNO, CARA)[:cast], language=language, before=before)
    parts = parts_of(text, hearing)
    return [(part.speaker.name if part.speaker else "", part.text) for part in parts]


@pytest.mark.parametrize(("text", "language", "parts"), [
    ('Bruno asks, barely audible, "What is it?"', "en",
     [("", "Bruno asks, barely audible:"), ("Bruno Reyes", "What is it?")]),
    ('Reyes improvisa: «Así se usa, señora».', "es",
     [("", "Reyes improvisa:"), ("Bruno Reyes", "Así se usa, señora.")]),
    ('“E a dona?”, pergunta ela.', "pt-BR", [("Ana", "E a dona?")]),
    ('Third visit, she catches on: "Nothing is wrong with it."', "en",
     [("", "Third visit, she catches on:"), ("Ana", "Nothing is wrong with it.")]),
    ('Ana says "Go." Bruno goes.', "en", [("", "Ana says:"), ("Ana", "Go."), ("", "Bruno goes.")]),
])  # fmt: skip
def test_the_words_are_said_by_whom_the_sentence_names(
    text: str, language: Language, parts: list[tuple[str, str]]
) -> None:
    assert heard(text, language) == parts


@pytest.mark.parametrize("text", [
    'The radio crackles: "I can see your light."', '"Thank God."', "No quotes at all.",
])  # fmt: skip
def test_words_of_nobody_here_are_told(text: str) -> None:
    assert heard(text) == [("", text)]


def test_what_something_is_called_is_said_by_nobody() -> None:
    text = 'They paid Bruno for a song for "Ana of the blue balcony".'
    assert heard(text) == [("", text)]


def test_words_alone_are_said_by_whom_the_story_was_with() -> None:
    assert heard('"Thank God."', before=ANA) == [("Ana", "Thank God.")]
    # The control: somebody who is not here says nothing.
    assert heard('"Thank God."', before=CARA) == [("", '"Thank God."')]
