"""The words at the head of a brief say where it plays; what they only touch on does not."""

import pytest

from state.brief import NovelaBrief
from state.script import Language, Place, SetKind
from tools.models.offline.places.articles import article_of
from tools.models.offline.places.lexicon import mentions_in
from tools.models.offline.places.main_place import main_place
from tools.models.offline.places.no_place import is_setting
from tools.models.offline.places.passing import is_passing
from tools.models.offline.places.place_nouns import kind_in
from tools.models.offline.places.signs import signs_of
from tools.models.offline.places.told_here import told_here
from tools.models.offline.things.picturing import found_in


def brief_of(language: Language, text: str) -> NovelaBrief:
    return NovelaBrief.model_validate({"title": "X", "description": text, "language": language})


def head_of(language: Language, text: str) -> SetKind | None:
    found = main_place(brief_of(language, text), text)
    return found.kind if found is not None and found.sure else None


def led_to(language: Language, text: str) -> list[SetKind]:
    """Where a sentence puts somebody."""
    return [one.kind for one in mentions_in(told_here(text, language), language) if one.strong]


@pytest.mark.parametrize(("language", "text", "kind"), [
    ("en", "A small bakery at 3 a.m., flour everywhere. Otto shapes rolls.", "bakery"),
    ("en", "A village hall in the Welsh borders, the afternoon of the flower show. Ada waits.", "ballroom"),
    ("en", "A greenhouse behind a big house in Kent, rain. Percy waters orchids.", "greenhouse"),
    ("en", "ok, typing this on the train. A roadside motel outside Hull, snow. Ada waits.", "roadside"),
    ("es", "León, una curtiduría vieja a la orilla del río. Eulalio canta.", "workshop"),
    ("es", "Finca cafetera en las montañas, en plena cosecha. Ana vuelve.", "farmyard"),
    ("es", "Guadalajara, una callecita con balcones. Ana canta.", "street"),
    ("es", "Una capilla en lo alto de un cerro, viento. Ana toca la campana.", "church"),
    ("pt-BR", "Rio Negro, Amazonas, uma balsa-mercado que vende fruta. Ana manda.", "boat_deck"),
    ("pt-BR", "Salão paroquial de uma vila, véspera da festa junina. Ana canta.", "ballroom"),
])  # fmt: skip
def test_the_first_words_name_the_place(language: Language, text: str, kind: SetKind):
    assert head_of(language, text) == kind


@pytest.mark.parametrize(("language", "text"), [
    ("en", "A vicar and a baker share a tent on a hillside. One snores."),
    ("es", "Caracas, frente a una panadería cerrada. Ana espera."),
    ("pt-BR", "Porto Alegre, depois da enchente. Ana seca papéis."),
    ("es", "Somos una ferretería y queremos un anuncio. Ana espera."),
])  # fmt: skip
def test_other_first_words_name_none(language: Language, text: str):
    assert head_of(language, text) is None


def test_a_first_sentence_with_a_verb_is_no_heading():
    assert is_setting("Uma casa de farinha no agreste, fim de tarde. Ana canta.", 0, "pt-BR")
    assert not is_setting("Uma mulher canta numa casa de farinha. Ana ri.", 0, "pt-BR")


@pytest.mark.parametrize(("language", "told", "control"), [
    ("en", "The boat is sold to a hotel.", "She sleeps in a hotel."),
    ("es", "Ya le vendió la lancha a un hotel.", "Duerme en un hotel."),
    ("pt-BR", "Ele vendeu o motor para um restaurante.", "Ele janta num restaurante."),
    ("en", "He follows a lorry.", "He sleeps in a lorry."),
    ("es", "Sigue a un camión sin luces.", "Duerme en un camión."),
    ("en", "She is building one last rowing boat.", "She sits in one last rowing boat."),
    ("en", "He shapes rolls for a wedding at the castle.", "He shapes rolls at the castle."),
    ("es", "Escapó de una boda en el barco de su hermano.", "Cantan en el barco de su hermano."),
    ("en", "Marcus arrives from the coast, where he sleeps in a van.", "Marcus sleeps in a van."),
    ("es", "Llora a su hermano, que cayó por el barranco.", "Baja por el barranco."),
    ("en", "His bride has left it in the chapel.", "His bride waits in the chapel."),
    ("es", "Acusa a Lucho de robarle un gallo en el mercado.", "Le roba un gallo en el mercado."),
    ("es", "Cantan por sus bodas de oro.", "Cantan en las bodas de su hija."),
    ("en", "They sing for their golden wedding.", "They sing at the wedding."),
    ("pt-BR", "Leva a lenha nas costas.", "Leva a lenha na costa."),
    ("pt-BR", "Para um caminhão.", "Dorme num caminhão."),
    ("es", "Te escribo desde el tren. Ana calla.", "Ana lee en el tren."),
    ("pt-BR", "Desculpe a pressa, digitando isso no ônibus. Ana cala.", "Ana lê no ônibus."),
])  # fmt: skip
def test_who_buys_and_what_is_followed_or_made_is_no_place(language: Language, told: str, control: str):
    assert led_to(language, told) == []
    assert led_to(language, control) != []


@pytest.mark.parametrize(("text", "language", "passing"), [
    ("Ada phones her sister, who works at the airport.", "en", True),
    ("Ada, tired, sleeps at the airport.", "en", False),
    ("Ana llama a su hermana, que trabaja en el hospital.", "es", True),
    ("Ana liga para a irmã, que trabalha no hospital.", "pt-BR", True),
])  # fmt: skip
def test_a_relative_clause_only_tells_who_it_is(text: str, language: Language, passing: bool):
    found = mentions_in(text, language)[-1]
    assert is_passing(text, found, language) is passing


@pytest.mark.parametrize(("language", "noun", "story", "kind"), [
    ("en", "ravine", "", "mountain"), ("es", "barranco", "", "mountain"),
    ("pt-BR", "desfiladeiro", "", "mountain"),
    ("en", "cliff", "", "cliff"), ("en", "boatshed", "", "workshop"), ("en", "village hall", "", "ballroom"),
    ("es", "bodega", "Sacos de café.", "warehouse"), ("es", "bodega", "Vino y barricas.", "winery"),
    ("es", "lancha almacén", "", "boat_deck"), ("pt-BR", "galpão de barcos", "", "workshop"),
    ("en", "night desk", "", "lobby"), ("es", "salón comunal", "", "ballroom"),
    ("pt-BR", "plateia", "", "stage"),
    ("es", "molino de agua", "", "warehouse"),
])  # fmt: skip
def test_a_plain_place_has_the_plainest_set(language: Language, noun: str, story: str, kind: SetKind):
    assert kind_in(noun, story, language) == kind


@pytest.mark.parametrize(("language", "text", "place", "sign"), [
    ("en", "Ada waits.", Place(name="The village hall", kind="ballroom"), "hall"),
    ("pt-BR", "Ana conta as sacas.", Place(name="O galpão", kind="warehouse"), "sacks"),
    ("en", "Ada planes a plank.", Place(name="The boatshed", kind="workshop"), "boats"),
    ("pt-BR", "Ana aplaude.", Place(name="A plateia", kind="stage"), "seats"),
    ("es", "Ana abre la sombrilla.", Place(name="La playa", kind="beach"), "holiday"),
])  # fmt: skip
def test_a_set_knows_what_only_its_story_may_show(language: Language, text: str, place: Place, sign: str):
    assert sign in signs_of(place, brief_of(language, text))
    assert sign not in signs_of(Place(name="X", kind=place.kind), brief_of(language, "X."))


def test_a_compound_has_the_gender_of_its_head():
    found = [article_of(one, "pt-BR") for one in ("balsa-mercado", "convés", "comunidades")]
    assert found == ["a", "o", "as"]


def test_a_town_at_the_head_is_no_lion():
    assert found_in("León, Guanajuato, una plaza.", "es") == []
    assert found_in("León, domador y público en una plaza.", "es") != []
