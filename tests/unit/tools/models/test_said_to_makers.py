"""What must not be there, who writes and why, and how an ending is wished for: nobody hears it told."""

import pytest

from state.script import Language
from tools.models.offline.brief.ending_told import as_told
from tools.models.offline.brief.makers_notes import asked_in, told_in

STORY: dict[Language, str] = {
    "en": "Nora counts the boxes in the cellar. Her brother Tim hides one under the stairs. At night Nora "
    "finds it and says nothing.",
    "es": "Nora cuenta las cajas en el sótano. Su hermano Teo esconde una bajo la escalera. De noche Nora la "
    "encuentra y no dice nada.",
    "pt-BR": "Nora conta as caixas no porão. O irmão Téo esconde uma debaixo da escada. De noite Nora "
    "encontra e não diz nada.",
}
HEADINGS: list[tuple[Language, str, str]] = [
    *(("en", "STORY", one) for one in ("PLEASE AVOID", "Not wanted", "No-nos", "Avoid:", "Off limits")),
    *(("es", "HISTORIA", one) for one in ("Evitar", "Sin", "Nada de", "Lo que no queremos:", "No queremos")),
    *(("pt-BR", "HISTÓRIA", one) for one in ("Evitar", "Não queremos", "Evitem:", "Nada de", "Sem")),
]


@pytest.mark.parametrize(("language", "story", "heading"), HEADINGS)
def test_what_must_not_be_there_is_silent(language: Language, story: str, heading: str) -> None:
    text = f"{story}\n{STORY[language]}\n\n{heading}\n- Pictures 1988. Some are hurt.\n- Guns"
    assert told_in(text, language) == STORY[language]


def test_a_story_below_such_a_list_is_told() -> None:
    assert told_in(f"NO-NOS\n- The fire of 1988.\n- Guns\n\n{STORY['en']}", "en") == STORY["en"]


@pytest.mark.parametrize(
    ("language", "head"),
    [
        (
            "en",
            "Brief from the Thornby Choral Society (Kent), agreed at our meeting of the 9th. Two abstained.",
        ),
        ("en", "I am a playwright and I live in Leith. This comes from a novel I never finished."),
        ("en", "My niece told me you make films of any story, so here is mine."),
        ("en", "We won a small arts grant and want to tell what happens here, with the names changed."),
        ("en", "I teach evening classes in Hull and wanted an episode inspired by a pupil of mine."),
        ("es", "Soy dramaturga y vivo en Rosario. Esto viene de una novela que nunca terminé."),
        ("es", "Mi sobrina me dijo que ustedes hacen películas de cualquier cosa, así que acá va la mía."),
        ("es", "Ganamos un concurso de cultura y queremos contar lo que pasa, con los nombres cambiados."),
        ("es", "Doy clases de noche en Lugo y quería un episodio inspirado en un alumno mío."),
        ("pt-BR", "Sou dramaturga e moro em Olinda. Isso veio de um romance que nunca terminei."),
        ("pt-BR", "Minha prima disse que vocês fazem vídeo de qualquer história, então aí vai a minha."),
        ("pt-BR", "Ganhamos um edital de cultura e queremos contar o que acontece aqui."),
        ("pt-BR", "Dou aula à noite em Mossoró e queria um episódio inspirado numa aluna que tive."),
    ],
)
def test_who_writes_and_why_is_silent(language: Language, head: str) -> None:
    assert told_in(f"{head}\n\n{STORY[language]}", language) == STORY[language]


@pytest.mark.parametrize(
    ("language", "end", "told"),
    [
        ("en", "And here is what keeps me awake: at dawn the box is empty.", "At dawn the box is empty."),
        ("en", "Don't explain what was in the box.", ""),
        ("en", "It could end with him giving the box back.", "He gives the box back."),
        ("en", "We imagine the ending on the pier, at night.", "On the pier, at night."),
        (
            "es",
            "Y acá está lo que no me deja dormir: al alba la caja está vacía.",
            "Al alba la caja está vacía.",
        ),
        ("es", "No me expliquen qué había en la caja.", ""),
        ("es", "Puede terminar con Teo devolviendo la caja.", "Teo devuelve la caja."),
        ("es", "El final lo imaginamos en el muelle, de noche.", "En el muelle, de noche."),
        (
            "pt-BR",
            "E agora vem o que me tira o sono: de manhã a caixa está vazia.",
            "De manhã a caixa está vazia.",
        ),
        ("pt-BR", "Não expliquem o que tinha na caixa.", ""),
        ("pt-BR", "Pode acabar com ele devolvendo a caixa.", "Ele devolve a caixa."),
        ("pt-BR", "O final a gente imagina no cais, de noite.", "No cais, de noite."),
    ],
)
def test_the_wish_is_silent_and_the_ending_is_told(language: Language, end: str, told: str) -> None:
    assert told_in(f"{STORY[language]} {end}", language) == f"{STORY[language]} {told}".strip()


@pytest.mark.parametrize(
    ("language", "numbers"), [("en", "One Two"), ("es", "Uno Dos"), ("pt-BR", "Primeira Segunda")]
)
def test_numbers_of_scenes_are_not_spoken(language: Language, numbers: str) -> None:
    first, second = numbers.split()
    head, _, rest = STORY[language].partition(". ")
    assert told_in(f"{first}. {head}.\n\n{second}. {rest}", language).split() == STORY[language].split()


def test_one_number_alone_may_be_somebodys_word() -> None:
    assert told_in(f"One. That is all she has. {STORY['en']}", "en").startswith("One.")


def test_where_the_client_lives_sets_no_film() -> None:
    text = "Doy clases de noche en Lugo y quería un episodio inspirado en un alumno mío."
    assert "clases" not in asked_in(f"{text} {STORY['es']}", "es")


def test_an_ending_in_which_nobody_acts_stays() -> None:
    assert as_told("two towels on the edge", "en") == "two towels on the edge"
