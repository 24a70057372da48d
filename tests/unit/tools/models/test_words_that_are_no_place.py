"""Words that are no place are not taken for one, and what people do tells where they are."""

import pytest

from state.brief import NovelaBrief
from state.script import Language, SetKind
from state.writing import PlanSeriesInput
from tools.models.offline.places.asked_for import without_requests
from tools.models.offline.places.lexicon import cues_in, mentions_in
from tools.models.offline.plan import compose_plan


def kinds(text: str, language: Language) -> list[SetKind]:
    return [one.kind for one in mentions_in(text, language)]


def first_place(text: str, language: Language) -> SetKind:
    brief = NovelaBrief(title="-", description=text, genre="drama", language=language)
    return compose_plan(PlanSeriesInput(brief=brief)).places[0].kind


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Writer's pitch. Nell mends clocks."),
        ("en", "Otto wants to be rid of the lot: gravestones, hen houses, a stage."),
        ("en", "A stranger hands out apples, gravestones and candles."),
        ("en", "She wears a green coat."),
        ("es", "Elvira ofrece todo lo que sobra: macetas, gallineros, un escenario."),
        ("es", "Toño vende miel casa por casa."),
        ("pt-BR", "Ele conserta de tudo: bicicletas, barracas, um palco."),
    ],
)
def test_a_pitch_wares_and_a_colour_are_no_place(language: Language, text: str) -> None:
    assert kinds(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "The whole village sits down on the green.", "village"),
        ("en", "They lay the sandbags along the cricket pitch.", "park"),
        ("en", "The film has three places: a bakery, a bridge.", "bakery"),
        ("es", "La lancha de los músicos se queda sin motor.", "boat_deck"),
        ("pt-BR", "O barco do circo encalha de noite.", "boat_deck"),
        ("pt-BR", "Casa cheia, e o mágico não vem.", "stage"),
        ("pt-BR", "Ele fundou a escolinha de futebol.", "pitch"),
        ("en", "The ferry breaks down.", "boat_deck"),
    ],
)
def test_a_green_a_full_house_and_a_boat_that_breaks_down_are_places(
    language: Language, text: str, kind: SetKind
) -> None:
    assert kind in kinds(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "The school inspector counts the chairs."), ("es", "Llega la inspectora de sanidad.")],
)
def test_an_inspector_of_schools_brings_no_police_station(language: Language, text: str) -> None:
    assert "police_station" not in cues_in(text, language)


def test_an_inspector_of_the_police_does() -> None:
    assert "police_station" in cues_in("The police inspector waits.", "en")


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("es", "Hola, soy la profe Inés. Yo prometo un globo. El portero llora. El globo cae.", "classroom"),
        ("en", "Bo is a graffiti artist. A letter comes out wrong. Everybody sees it. Bo laughs.", "street"),
        ("pt-BR", "Zeca é letreirista. Um dia a letra sai torta. Todo mundo vê. Zeca ri.", "street"),
        ("es", "Don Lucho reparte leche en un carro, casa por casa. Nadie le abre. Él canta.", "street"),
    ],
)  # fmt: skip
def test_a_trade_tells_where_it_is_done(language: Language, text: str, kind: SetKind) -> None:
    assert first_place(text, language) == kind


def test_who_asks_for_a_film_tells_no_place_of_it() -> None:
    asked = (
        "I teach in a prison and would like an episode about a pupil. Cy mends a kite. The kite flies off."
    )
    assert "prison" not in without_requests(asked, "en")
    assert "set in a bakery" in without_requests(
        "We would like a film set in a bakery. Cy bakes a very long loaf and sings.", "en"
    )
