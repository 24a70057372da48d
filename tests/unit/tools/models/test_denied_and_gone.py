"""What is denied or over is in no picture, and an hour that is only asked about is none of the scene."""

import pytest

from state.brief import NovelaBrief
from state.script import Character, Language, Look, Place, TimeOfDay
from tests.unit.tools.models.test_ledger import ANA, BEN, stands_of
from tools.models.offline.deeds.hands import hands_in
from tools.models.offline.ledger.absence import is_empty
from tools.models.offline.ledger.book import Stand
from tools.models.offline.places.hours import hour_in
from tools.models.offline.places.signs import signs_of
from tools.models.offline.shooting.vacant import is_vacant, only_reports
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.things.implied import implied_in

WHO = Character(name="Ana", role="", look=Look(presentation="woman"))


def told_over(text: str) -> Spoken:
    """A line of the narrator's."""
    return Spoken(
        move="tell", speaker=WHO, listener=WHO, text=text, expression="neutral", reaction="neutral",
        gesture="none", essential=False, narrator="N",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "hour"),
    [
        ("en", "The judge asks what Ana saw the night of the robbery.", None),
        ("es", "El fiscal le pregunta a Ana dónde estuvo la noche del apagón.", None),
        ("pt-BR", "A delegada pergunta o que Ben viu na noite do assalto.", None),
        ("en", "On the night of the robbery Ana sleeps.", "night"),
        ("en", "Ben has ten letters to write before morning.", "night"),
        ("es", "Ana amasa antes del alba.", "night"),
        ("pt-BR", "Ben volta antes de clarear.", "night"),
    ],
)
def test_an_hour_that_is_asked_about_is_not_now(
    language: Language, text: str, hour: TimeOfDay | None
) -> None:
    assert hour_in(text, language) == hour


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ana brings Ben a cake. Last week he died. Ana opens the door."),
        ("es", "Ana le trae una torta a Ben. Ben murió el lunes. Ana abre la puerta."),
        ("pt-BR", "Ana traz um bolo para Ben. Ben morreu na segunda. Ana abre a porta."),
    ],
)
def test_who_died_is_seen_no_more(language: Language, text: str) -> None:
    assert "Ben" not in stands_of(text, ANA, BEN, language=language)[-1].here


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The van waits, lights on, nobody inside."),
        ("es", "El camión espera, la puerta abierta, nadie adentro."),
        ("pt-BR", "O furgão espera, a porta aberta, ninguém dentro."),
    ],
)
def test_nobody_inside_is_nobody_there(language: Language, text: str) -> None:
    assert is_empty(text, language)


@pytest.mark.parametrize(
    ("text", "vacant"),
    [("Ana's van is at the gate, nobody inside.", True), ("Ana looks into the van. Nobody inside.", False)],
)
def test_an_owner_is_not_there_and_who_looks_is(text: str, vacant: bool) -> None:
    told = [told_over(text)]
    assert is_vacant(told, Stand(acting=("Ana",)), "en") is vacant


@pytest.mark.parametrize(("text", "goes_on"), [("que su tío está abajo", True), ("Que pase.", False)])
def test_what_is_reported_further_shows_who_reports_it(text: str, goes_on: bool) -> None:
    assert only_reports([told_over(text)]) is goes_on


@pytest.mark.parametrize(
    ("language", "text", "dry"),
    [
        ("en", "Two divers meet in an empty pool.", True),
        ("es", "Dos clavadistas se ven en la alberca vacía.", True),
        ("pt-BR", "Dois nadadores se veem na piscina vazia.", True),
        ("en", "Two divers meet at a pool.", False),
    ],
)
def test_an_empty_pool_has_no_water(language: Language, text: str, dry: bool) -> None:
    brief = NovelaBrief(title="-", description=text, genre="drama", language=language)
    assert ("drained" in signs_of(Place(name="pool", kind="pool"), brief)) is dry


@pytest.mark.parametrize(
    ("language", "text", "hands"),
    [
        ("en", "Ana asks Ben who drives.", "none"),
        ("en", "Ana drives.", "driving"),
        ("es", "Ana pregunta quién conduce.", "none"),
        ("es", "Hoy le toca un testigo nuevo.", "none"),
        ("es", "Le toca el hombro.", "touching"),
        ("es", "Ana trabaja de enfermera.", "none"),
        ("pt-BR", "Ben trabalha de porteiro.", "none"),
        ("pt-BR", "Ben pergunta quem dirige.", "none"),
    ],
)
def test_what_is_asked_and_what_is_a_post_moves_no_hands(language: Language, text: str, hands: str) -> None:
    assert hands_in(text, language) == hands


@pytest.mark.parametrize(
    ("language", "text", "story", "picture"),
    [
        ("es", "Ana abre la llave.", "Ana maneja la cisterna del pueblo.", "tap"),
        ("en", "Somebody has changed the log.", "", "open_book"),
        ("en", "They line up the bins.", "", "bin"),
        ("es", "Llegan mil tachos de basura.", "", "bin"),
        ("pt-BR", "Chegam mil lixeiras.", "", "bin"),
    ],
)
def test_a_noun_is_drawn_as_its_story_means_it(
    language: Language, text: str, story: str, picture: str
) -> None:
    assert picture in {one.picture for one in implied_in(text, language, f"{story} {text}")}
