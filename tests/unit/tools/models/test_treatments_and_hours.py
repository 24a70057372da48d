"""Headings of a treatment, the hour of every sentence, and places that only say who somebody is."""

import pytest

from state.brief import NovelaBrief
from state.script import Language
from state.writing import PlanSeriesInput
from tools.models.offline.places.lexicon import mentions_in
from tools.models.offline.places.outdoors import goes_on_outside
from tools.models.offline.places.sentence_hours import hours_along, is_another_day
from tools.models.offline.places.treatment import headings_in, kind_of_heading
from tools.models.offline.places.ways import ways_of
from tools.models.offline.plan import compose_plan

TREATMENTS: dict[Language, str] = {
    "en": (
        "INT. PARISH KITCHEN - NIGHT\nMarla (40), a cook, burns the last pot of rice.\n\n"
        "EXT. GOODS YARD - CONTINUOUS\nDesmond, her nephew, hides a ladle in a van.\n\n"
        "INT. ANNA'S STAIRWELL - DAWN\nMarla sits on the steps and counts the spoons."
    ),
    "es": (
        "INT. TRASTIENDA DE LA MERCERÍA - NOCHE\nOlvido (40), la dueña, cuenta los botones de nácar.\n\n"
        "EXT. MUELLE DE CARGA - CONTINUO\nFermín, su sobrino, esconde una caja de hilos.\n\n"
        "INT. ESCALERA DEL EDIFICIO - AMANECER\nOlvido se sienta y llora con la caja en brazos."
    ),
    "pt-BR": (
        "INT. CASA DE MÁQUINAS - NOITE\nLurdes (40), a zeladora, escuta um ruído estranho.\n\n"
        "EXT. DOCA DE CARGA - CONTÍNUO\nNélio, seu sobrinho, esconde uma caixa de ferramentas.\n\n"
        "INT. ESCADA DO PRÉDIO - AMANHECER\nLurdes se senta e conta as chaves uma por uma."
    ),
}
KINDS: dict[Language, list[str]] = {
    "en": ["kitchen", "warehouse", "stairwell"],
    "es": ["stock_room", "warehouse", "stairwell"],
    "pt-BR": ["cellar", "warehouse", "stairwell"],
}


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_a_treatment_plays_under_its_headings(language: Language) -> None:
    brief = NovelaBrief(title="X", description=TREATMENTS[language], language=language)
    plan = compose_plan(PlanSeriesInput(brief=brief))
    ways = [way for scene in plan.episodes[0].scenes for way in ways_of(plan, brief, scene.number)]
    assert [place.kind for place in plan.places] == KINDS[language]
    assert list(dict.fromkeys(way.place.kind for way in ways)) == KINDS[language]
    assert ways[0].time == "night"
    assert ways[-1].time == "day"


def test_one_line_of_that_shape_makes_no_treatment() -> None:
    assert headings_in("Harbour bar, night. Ida wipes the glasses. Nobody comes.", "en") == ()
    two = headings_in("Harbour bar, night. Ida wipes glasses.\n\nPier, later. Ida waits.", "en")
    assert [kind_of_heading(one, "", "en") for one in two] == ["bar", "harbour"]
    assert [one.time for one in two] == ["night", None]


@pytest.mark.parametrize(
    ("language", "text", "other"),
    [
        ("en", "Three weeks later the clock runs again.", "Three keys lie on the table."),
        ("en", "Last winter Ida lost her ring.", "The last winter coat is sold."),
        ("es", "Dos meses después, el reloj vuelve a andar.", "Dos meses de alquiler le debe."),
        ("es", "A la semana siguiente hay nieve.", "La siguiente clienta pide hilo."),
        ("pt-BR", "Um ano depois, o relógio anda de novo.", "Um ano de aluguel ela deve."),
        ("pt-BR", "Na terça, Nélio volta.", "Na terceira tentativa, Nélio cai."),
    ],
)
def test_another_day(language: Language, text: str, other: str) -> None:
    assert is_another_day(text, language)
    assert not is_another_day(other, language)


def test_the_night_ends_with_another_day() -> None:
    told = [
        "Ida locks the bar.",
        "At midnight somebody knocks.",
        "Nobody is there.",
        "A week later Ida laughs.",
    ]
    assert hours_along([told[:2], told[2:]], ["night", "night"], "en") == [
        ["night", "night"],
        ["night", "day"],
    ]
    early = hours_along([["Ida wipes the glasses."], told[:2]], ["day", "night"], "en")
    assert early == [["day"], ["day", "night"]]


@pytest.mark.parametrize(
    ("language", "text", "only"),
    [
        ("en", "Ida (Mrs Grey to the bank) sings.", "Ida sings in the bank."),
        ("es", "Olvido (la portera del museo) canta.", "Olvido canta en el museo."),
        ("pt-BR", "Lurdes (a moça do museu) canta.", "Lurdes canta no museu."),
    ],
)
def test_brackets_put_nobody_anywhere(language: Language, text: str, only: str) -> None:
    assert not any(one.strong for one in mentions_in(text, language))
    assert any(one.strong for one in mentions_in(only, language))


@pytest.mark.parametrize(
    ("language", "text", "sky"),
    [
        ("en", "Outside, Ida feeds the goat.", "Outside, the rain falls on the roof."),
        ("es", "Afuera, Fermín espera con la cabra.", "Afuera llueve sobre el tejado."),
        ("pt-BR", "Lá fora, Nélio espera com a cabra.", "Lá fora chove sobre o telhado."),
    ],
)
def test_outside(language: Language, text: str, sky: str) -> None:
    assert goes_on_outside(text, language)
    assert not goes_on_outside(sky, language)
