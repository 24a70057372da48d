"""A film stays where and when its brief says that it plays; nouns mean what its trade means."""

import pytest

from state.brief import NovelaBrief
from state.script import Language, SetKind, TimeOfDay
from state.writing import PlanSeriesInput
from tools.models.offline.places.lexicon import mentions_in
from tools.models.offline.places.main_place import main_place
from tools.models.offline.places.overall_hour import overall_hour, without_doses
from tools.models.offline.places.passing import is_passing
from tools.models.offline.places.place_nouns import is_meant, kind_in, kinds_of_nouns
from tools.models.offline.plan import compose_plan
from tools.models.offline.things.picturing import found_in
from tools.models.offline.words.bank import bank


def brief_of(language: Language, text: str, title: str = "X", *roles: str) -> NovelaBrief:
    people = [{"name": f"Ana {at}", "role": role} for at, role in enumerate(roles)]
    return NovelaBrief.model_validate({
        "title": title, "description": text, "genre": "drama", "language": language, "scenes_per_episode": 4,
        "shots_per_scene": 3, "episode_seconds": 60, "characters": people,
    })  # fmt: skip


def played(language: Language, text: str, *roles: str) -> list[tuple[SetKind, TimeOfDay]]:
    plan = compose_plan(PlanSeriesInput(brief=brief_of(language, text, "X", *roles)))
    by_name = {one.name: one.kind for one in plan.places}
    return [(by_name[scene.place], scene.time) for scene in plan.episodes[0].scenes]


def kinds_of(language: Language, text: str, *roles: str) -> list[SetKind]:
    return [kind for kind, _ in played(language, text, *roles)]


def times_of(language: Language, text: str) -> list[TimeOfDay]:
    return [time for _, time in played(language, text)]


@pytest.mark.parametrize(("language", "text", "kind", "sure"), [
    ("en", "A thriller set in a multi-storey car park in Leeds. Ada waits.", "car_park", True),
    ("en", "A comedy about a bakery. Ada waits.", "bakery", True),
    ("en", "Spot for our pharmacy in Cork. Ada waits.", "pharmacy", False),
    ("es", "Miniserie sobre una línea de colectivos. Ada espera.", "bus", True),
    ("es", "Somos una ferretería y queremos un anuncio. Ada espera.", "shop", False),
    ("pt-BR", "Minissérie sobre uma escola de Recife. Ada espera.", "classroom", True),
    ("pt-BR", "Historinha que se passa num estacionamento. Ada espera.", "car_park", True),
    ("pt-BR", "Comercial da nossa padaria. Ada espera.", "bakery", False),
])  # fmt: skip
def test_a_brief_says_where_it_plays(language: Language, text: str, kind: SetKind, sure: bool):
    found = main_place(brief_of(language, text), text)
    assert found is not None
    assert (found.kind, found.sure) == (kind, sure)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ada walks into a bakery. Ben waits in a pharmacy."),
    ("en", "Film for our electric bike. Ada rides."),
    ("es", "Víspera de fiesta en la colonia Portales."),
    ("es", "Lo entrega al inspector que pasa en el tren."), ("pt-BR", "Filme da nossa panela. Ada cozinha."),
])  # fmt: skip
def test_a_place_that_people_only_come_to_is_no_main_place(language: Language, text: str):
    """The control."""
    assert main_place(brief_of(language, text), text) is None


def test_a_title_is_the_main_place_of_who_works_there():
    text = "Ana atiende la farmacia. Él duerme en la bodega."
    worker, other = (
        brief_of("es", text, "Farmacia de guardia", role) for role in ("farmacéutica", "abogada")
    )
    found = main_place(worker, text)
    assert found is not None
    assert found.kind == "pharmacy"
    assert main_place(other, text) is None


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "kinds"), [
    ("en", "A thriller set in a hardware shop. Ada looks at the car opposite. In the yard a dog barks. "
           "She counts. Ben pays.", ["shop"] * 4),
    ("en", "A thriller set in a hardware shop. Ada counts. She goes to the stockroom. "
           "She comes back with a rope. Ben pays.", ["shop", "stock_room", "shop", "shop"]),
    ("es", "Suspenso en una farmacia. Ada atiende, con su ayudante dormido en el patio. Mira al hombre. "
           "En el coche de enfrente está su hermana. Ada calla.", ["pharmacy"] * 4),
    ("pt-BR", "Minissérie sobre uma escola. Ada limpa. No corredor, o barulho do rodo para. Ela espera. "
              "Ele senta.", ["classroom"] * 4),
])  # fmt: skip
def test_only_who_goes_leaves_the_main_place(language: Language, text: str, kinds: list[SetKind]):
    assert kinds_of(language, text) == kinds


@pytest.mark.parametrize(("language", "seen", "gone"), [
    ("en", "Ada looks at the balcony.", "Ada goes to the balcony."),
    ("en", "She sees him in the mirror in the street.", "She walks to him in the street."),
    ("en", "The light in the corridor goes out.", "Ada waits in the corridor."),
    ("es", "Ada ve, por la ventana, al hombre en la plaza.", "Ada cruza la plaza."),
    ("es", "En el coche de enfrente está su hermana.", "En el coche está su hermana."),
    ("pt-BR", "Ada olha para a varanda.", "Ada vai até a varanda."),
    ("pt-BR", "No corredor, um barulho.", "No corredor, Ada espera."),
    ("es", "En la calle hay un ruido.", "En la calle las mira al sol."),
])  # fmt: skip
def test_what_is_seen_or_heard_from_there_is_no_way(language: Language, seen: str, gone: str):
    assert all(is_passing(seen, one, language) for one in mentions_in(seen, language))
    found = mentions_in(gone, language)
    assert found
    assert not any(is_passing(gone, one, language) for one in found)


def test_a_new_day_begins_where_the_story_opened_and_not_at_the_clients():
    text = ("Comercial da nossa ótica. Bianca é costureira e costura à janela. Rafael, o óptico, atende. "
            "No dia seguinte Bianca costura. Ela ri.")  # fmt: skip
    assert "shop" in kinds_of("pt-BR", text)
    assert kinds_of("pt-BR", text)[-1] == "dressing_room"
    assert kinds_of("pt-BR", text.replace("No dia seguinte", "Depois"))[-1] == "shop"


@pytest.mark.parametrize(("language", "noun", "stories"), [
    ("es", "bodega", {"stock_room": "Atiende la farmacia.", "winery": "Un vino.", "warehouse": "Barre."}),
    ("es", "coche", {"bus": "El chofer de colectivo frena.", "car": "Maneja su coche."}),
    ("es", "terminal", {"airport": "Su vuelo sale.", "station": "El tren llega.", "waiting_room": "Espera."}),
    ("en", "court", {"courtroom": "The judge nods.", "pitch": "A tennis racket.", "gym": "Basketball."}),
    ("en", "station", {"station": "A train.", "police_station": "The sergeant.", "roadside": "Petrol."}),
    ("en", "surgery", {"hospital": "The surgeon.", "waiting_room": "The vet."}),
    ("en", "deck", {"boat_deck": "The ferry.", "car_park": "A multi-storey."}),
    ("pt-BR", "garagem", {"car_park": "O porteiro do prédio.", "waiting_room": "O motorista de ônibus."}),
    ("pt-BR", "posto", {"roadside": "O frentista.", "beach": "O salva-vidas na praia."}),
    ("pt-BR", "quarto", {"hotel_room": "A camareira.", "hospital": "O soro.", "bedroom": "Ana dorme."}),
])  # fmt: skip
def test_a_noun_of_several_senses_means_what_its_story_is_about(
    language: Language, noun: str, stories: dict[SetKind, str]
):
    assert {kind: kind_in(noun, story, language) for kind, story in stories.items()} == {
        kind: kind for kind in stories
    }


def test_a_deck_is_a_place_only_where_something_has_one():
    assert not is_meant("deck", "He cuts the deck and deals.", "en")
    assert is_meant("deck", "The ferry leaves.", "en")


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_rules_speak_of_nouns_that_are_listed(language: Language):
    known = kinds_of_nouns(language)
    rows = bank(language)["homonyms"]["places"]
    assert [row for row in rows if not set(row["words"]) & set(known)] == []
    assert [row for row in rows if row["kind"] not in set(known.values())] == []


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "times"), [
    ("en", "All at night. Ada counts pills. At noon Ben comes. Ada nods. They go.", ["night"] * 4),
    ("en", "Ada teaches beginners on Tuesday nights. Ben dives. Ada laughs. They go.", ["night"] * 4),
    ("en", "Ada teaches on Tuesday nights. Ben dives. The next morning Ada laughs. They go.",
     ["night", "night", "day", "day"]),
    ("en", "Over Sunday lunch Ada lies. Ben eats. Every night he dreams of it. They go.", ["day"] * 4),
    ("es", "Serie que pasa toda de noche. Ada atiende. Al mediodía llega Luis. Ada calla.", ["night"] * 4),
    ("es", "Ada está de guardia. La dosis: una pastilla en la mañana, una en la noche. Luis mira. Salen.",
     ["night"] * 4),
    ("pt-BR", "Ada está de plantão. Beto chega. Ada ri. Na manhã seguinte ela dorme.",
     ["night", "night", "night", "day"]),
])  # fmt: skip
def test_the_hour_of_the_whole_goes_before_any_other(language: Language, text: str, times: list[TimeOfDay]):
    assert times_of(language, text) == times


def test_a_habit_that_comes_after_another_hour_is_not_the_hour_of_the_whole():
    told = "Saturday morning. Ada, who works nights, sleeps."
    assert overall_hour(brief_of("en", told)) is None
    assert overall_hour(brief_of("en", told.removeprefix("Saturday morning. "))) is not None


@pytest.mark.parametrize(("language", "dose", "scene"), [
    ("en", "One tablet in the morning and one at night.", "In the morning she takes a tablet."),
    ("es", "Nueve tabletas, una en la mañana, una en la noche.", "En la mañana toma la receta."),
    ("pt-BR", "O xarope: uma colher de manhã e uma à noite.", "De manhã ela acha a receita."),
])  # fmt: skip
def test_a_dose_has_no_hour(language: Language, dose: str, scene: str):
    assert without_doses(dose, language) != dose
    assert without_doses(scene, language) == scene


@pytest.mark.parametrize(("language", "noun", "told", "control"), [
    ("en", "mirror", "A bus driver looks in the mirror.", "She looks in the mirror."),
    ("en", "lamp", "At the hardware shop she buys a lamp.", "She buys a lamp."),
    ("es", "espejo", "La chofer mira por el espejo.", "Ella mira por el espejo."),
    ("es", "caja", "En la farmacia busca una caja.", "En el altillo busca una caja."),
    ("pt-BR", "carteira", "O professor puxa a carteira.", "O ladrão puxa a carteira."),
])  # fmt: skip
def test_a_thing_of_another_sense_is_not_drawn(language: Language, noun: str, told: str, control: str):
    assert noun not in [one.noun for one in found_in(told, language)]
    assert noun in [one.noun for one in found_in(control, language)]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ruth cycles up the street. She worries. He opens the door himself. They laugh."),
    ("es", "Ruth sube la calle. Duda. Él mismo abre la puerta. Ríen."),
    ("pt-BR", "Ruth sobe a rua. Duvida. Ele mesmo abre a porta. Riem."),
])  # fmt: skip
def test_who_opens_the_door_is_met_before_the_house(language: Language, text: str):
    assert kinds_of(language, text)[2] in ("yard", "hallway", "village")
    assert kinds_of(language, text)[0] == "street"
