"""A brief as clients type it comes out as prose, with nothing of what is only said to its makers."""

import pytest

from state.script import Language
from tools.models.offline.brief.letter_case import printed
from tools.models.offline.brief.makers_notes import asked_in, told_in
from tools.models.offline.brief.manuscript import in_prose

MAIL = """hi guys!! sorry for the late one, been on set all day \U0001f605 so here's the van idea, ok?

Blackpool, late evening. Doreen (66, pink perm) runs the last chip van. Malcolm lights a lamp. They eat.

- no drones pls, budget is tight
- think Wes Anderson but soggy
- music: something with a cello?
- last shot: the lamp on the counter
thx!! #northernsoul"""
LABELLED = """LOGLINE: Una farera contra el mar.
PERSONAJES
\u2022 Lucía, 38 años, farera, trenza castaña
\u2022 Braulio, 55, guardia civil, bigote
SINOPSIS
El faro está apagado y Lucía sube con una linterna. Braulio le pide la llave del faro.
NOTAS
\u2022 presupuesto ajustado
PLANO FINAL: la hoguera."""
SMALL = (
    "so basically it's a story about a kite shop in whitby. there's agnes (74, white bun) who flies them. "
    "theo runs after it. umm i think that's it"
)
CAPITALS = (
    "CENA 1 - EXT. PORTO DE MANAUS - ANOITECER. RAIMUNDA (44, PILOTO) ESPERA O ÚLTIMO PASSAGEIRO. "
    "CENA 2 - NO RIO, UM BARCO OS SEGUE. (NOTA: SEM VIOLÊNCIA, POR FAVOR)"
)


@pytest.mark.parametrize(("text", "language", "told"), [
    (MAIL, "en", "Blackpool, late evening. Doreen (66, pink perm) runs the last chip van. Malcolm lights "
                 "a lamp. They eat. The lamp on the counter."),
    (LABELLED, "es", "El faro está apagado y Lucía (38 años, farera, trenza castaña) sube con una linterna. "
                     "Braulio (55, guardia civil, bigote) le pide la llave del faro. La hoguera."),
    (SMALL, "en", "A kite shop in Whitby. There's Agnes (74, white bun) who flies them. "
                  "Theo runs after it."),
    (CAPITALS, "pt-BR", "Porto de Manaus, anoitecer. Raimunda (44, piloto) espera o último passageiro. "
                        "No rio, um barco os segue."),
])  # fmt: skip
def test_only_the_story_is_told(text: str, language: Language, told: str):
    assert told_in(text, language).split() == told.split()


@pytest.mark.parametrize(("language", "text"), [
    ("en", "So Ana leaves. The music stops (she has heard it before). Nobody wants a drone at the wedding."),
    ("es", "Perdón no le pide nadie. La música se apaga y Ana dice: \"Por favor, sin violencia.\" Bueno es."),
    ("pt-BR", "O prazo acaba às quatro. Ana pede desculpas (pela terceira vez) e ninguém responde nada."),
])  # fmt: skip
def test_prose_stays_as_it_is(language: Language, text: str):
    """The control: nothing here is said to anybody but the reader."""
    assert told_in(text, language) == text


def test_what_is_said_in_passing_sets_no_film_anywhere():
    text = "ok ep 4, sorry, typing on the train. A motel by the road. Keep it short. Ana works at night."
    asked = asked_in(text, "en")
    assert "train" not in asked
    assert "Keep it short" in asked


def test_people_of_a_list_are_not_told_on_their_own():
    assert "PERSONAJES" not in in_prose(LABELLED, "es")
    assert in_prose(LABELLED, "es").count("Braulio") == 1


def test_what_is_lettered_on_a_sign_keeps_its_capitals():
    text = 'la mari (52, rubia) lleva el bar. viene toñi (50). canta sola. el letrero dice "KARAOKE MARI".'
    assert printed(text, "es") == (
        'La Mari (52, rubia) lleva el bar. Viene Toñi (50). Canta sola. El letrero dice "KARAOKE MARI".'
    )
