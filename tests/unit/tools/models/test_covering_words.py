"""The client's page around a story: what it is, who writes from where, what is asked at its end."""

import pytest

from state.script import Language
from tools.models.offline.brief.makers_notes import told_in

STORIES: dict[Language, str] = {
    "en": "Nadia mends clocks by the harbour. One evening a boy brings her a watch without hands.",
    "es": "Nadia arregla relojes junto al puerto. Una tarde un niño le trae un reloj sin agujas.",
    "pt-BR": "Nadia conserta relógios perto do porto. Uma tarde um menino traz um relógio sem ponteiros.",
}
BEFORE: list[tuple[Language, str]] = [
    ("en", "Rough notes for the harbour video, written on a bus:\n\n"),
    ("en", "Short treatment.\n\n"),
    ("en", "I'm writing to you from Leeds. "),
    ("en", "Hi all,\n\nHere's mine. "),
    ("en", "The idea: "),
    ("es", "Apuntes para el corto del puerto, perdón por el desorden:\n\n"),
    ("es", "Sinopsis breve.\n\n"),
    ("es", "Os escribimos desde Vigo. "),
    ("es", "¡Hola! Aquí va la nuestra. "),
    ("es", "La idea: "),
    ("pt-BR", "Rascunho do filme do porto (ainda falta o título):\n\n"),
    ("pt-BR", "Sinopse curta.\n\n"),
    ("pt-BR", "Escrevo para vocês de Belém. "),
    ("pt-BR", "Oi, gente! Aí vai a nossa. "),
    ("pt-BR", "A história: "),
]
BEHIND: list[tuple[Language, str]] = [
    ("en", "\n\nCould it be upright, for phones?"),
    ("en", "\n\nHow long would the film be?"),
    ("es", "\n\n¿Podría ser en vertical?"),
    ("es", "\n\n¿Cuánto cuesta el video?"),
    ("pt-BR", "\n\nDá pra fazer em pé, pro celular?"),
    ("pt-BR", "\n\nQuanto custa um vídeo assim?"),
]
STORY_AS_WELL: list[tuple[Language, str]] = [
    ("en", "Notes fall from the piano as Nadia opens it. Her brother picks them up one by one."),
    ("en", "Nadia is writing from the attic to her brother. He never answers and she never stops."),
    ("en", "Nadia asks the clerk one thing only. Can it be mended before the film starts tonight? He nods."),
    ("es", "Las notas caen del piano cuando Nadia lo abre. Su hermano las recoge una por una."),
    ("pt-BR", "As notas caem do piano quando Nadia abre a tampa. O irmão recolhe uma por uma."),
]


@pytest.mark.parametrize(("language", "before"), BEFORE)
def test_what_stands_before_the_story_is_not_told(language: Language, before: str) -> None:
    assert told_in(before + STORIES[language], language) == STORIES[language]


@pytest.mark.parametrize(("language", "behind"), BEHIND)
def test_a_question_to_the_makers_is_not_told(language: Language, behind: str) -> None:
    assert told_in(STORIES[language] + behind, language) == STORIES[language]


@pytest.mark.parametrize(("language", "story"), STORY_AS_WELL)
def test_a_story_of_notes_and_letters_is_told(language: Language, story: str) -> None:
    assert told_in(story, language) == story
