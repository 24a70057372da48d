"""A noun that may mean several places means the one its story is about, else none."""

import pytest

from state.brief import NovelaBrief
from state.script import Language, SetKind
from state.writing import PlanSeriesInput
from tools.models.offline.places.lexicon import mentions_in
from tools.models.offline.plan import compose_plan


def kinds_of(language: Language, text: str, *roles: str) -> list[SetKind]:
    people = [{"name": f"Ana {at}", "role": role} for at, role in enumerate(roles)]
    plan = compose_plan(PlanSeriesInput(brief=NovelaBrief.model_validate({
        "title": "X", "description": text, "genre": "drama", "language": language, "scenes_per_episode": 4,
        "episode_seconds": 60, "characters": people,
    })))  # fmt: skip
    by_name = {one.name: one.kind for one in plan.places}
    return [by_name[scene.place] for scene in plan.episodes[0].scenes]


def kinds_in(language: Language, text: str) -> list[SetKind]:
    return [one.kind for one in mentions_in(text, language)]


@pytest.mark.parametrize(("language", "text", "site"), [
    ("en", "Ida works at a brickworks. She crosses the yard. Lights swing through the gate.", "factory"),
    ("en", "Ida works at the salt works. She climbs onto the roof.", "salt_flats"),
    ("es", "Ida trabaja en una mina de plata. Cruza el patio y espera en el portón.", "mine"),
    ("pt-BR", "Ida trabalha numa fazenda. Ela atravessa o pátio e espera no portão.", "farmyard"),
])  # fmt: skip
def test_yards_gates_and_roofs_of_a_site_are_that_site(language: Language, text: str, site: SetKind):
    assert set(kinds_in(language, text)) == {site}


@pytest.mark.parametrize(("language", "text", "kind"), [
    ("en", "Ida works at a brickworks. At her house she hangs washing in the yard.", "yard"),
    ("en", "Ida works at a brickworks. She climbs onto the roof.", "rooftop"),
    ("en", "Ida works at a brickworks. She waits in the yard of the school.", "yard"),
    ("es", "Ida trabaja en una escuela. Cruza el patio.", "yard"),
])  # fmt: skip
def test_a_house_and_a_school_have_yards_of_their_own(language: Language, text: str, kind: SetKind):
    assert kind in kinds_in(language, text)


def test_a_gate_is_an_airports_only_where_somebody_flies():
    assert kinds_in("en", "Headlights swing through the gate.") == []
    assert kinds_in("en", "Her flight is late. Ida waits at the gate.") == ["airport"]
    assert kinds_in("es", "Estudia la migración de las ballenas.") == []


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ida rides in a danfo minibus."), ("en", "Ida buys the fares and sits in the van."),
    ("es", "Ida sube a un minibús."), ("pt-BR", "Passageiros reclamam. Ida viaja na kombi."),
])  # fmt: skip
def test_who_rides_with_others_rides_in_a_bus(language: Language, text: str):
    assert kinds_in(language, text) == ["bus"] * len(kinds_in(language, text)) != []


def test_a_van_without_passengers_is_a_car():
    assert kinds_in("en", "Ida sleeps in the van.") == ["car"]


def test_who_mends_at_a_stall_is_at_the_market():
    text = "Ida conserta rádios numa banca perto do cais. Ele traz um motor. Ela ri. Eles saem."
    assert kinds_of("pt-BR", text) == ["market"] * 4
    assert "boat_cabin" not in kinds_of("pt-BR", "Ida conserta um motor. Ela ri. Ele chora. Eles saem.")


def test_a_station_in_the_ice_has_no_trains():
    assert kinds_in("pt-BR", "Na Antártida, Ida espera na estação.")[-1] == "living_room"
    assert kinds_in("pt-BR", "Em Minas, Ida espera na estação.") == ["station"]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ida buys the back row of a bus."),
    ("es", "Ida compra la última fila de una combi."),
    ("pt-BR", "Ida compra a última fila de um ônibus."),
])  # fmt: skip
def test_who_has_a_seat_in_a_bus_rides_in_it(language: Language, text: str):
    assert mentions_in(text, language)[0].strong
    assert not mentions_in(text.replace("última fila", "foto").replace("back row", "picture"), language)[
        0
    ].strong


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ida greases the cables of the funicular. She stops the car halfway up the hill. Bo waves."),
    ("es", "Ida engrasa el teleférico. Detiene la cabina a mitad del cerro. Bo saluda. Ella saluda."),
    ("pt-BR", "Ida cuida do bondinho. Ela para a cabine no meio da colina. Bo acena. Ela acena."),
])  # fmt: skip
def test_who_works_a_funicular_is_in_its_car_and_not_on_a_farm(language: Language, text: str):
    assert kinds_of(language, text) == ["tram"] * 4


def test_who_climbs_out_of_a_funicular_into_the_snow_is_on_its_hill():
    text = "Ida stops the funicular on the hill. Bo plays. Ida climbs out through the snow. They dance."
    assert kinds_of("en", text)[-1] == "countryside"


@pytest.mark.parametrize(("language", "text", "role"), [
    ("en", "Ida looks for the bell of the chapel. She finds a rope. He lied. They pull.", "salvage diver"),
    ("es", "Ida busca la campana de la capilla. Halla una cuerda. Él mintió. Tiran.", "buza mariscadora"),
    ("pt-BR", "Ida busca o sino da capela. Acha uma corda. Ele mentiu. Puxam.", "mergulhadora"),
])  # fmt: skip
def test_the_place_that_a_thing_came_from_is_not_where_its_seeker_works(
    language: Language, text: str, role: str
):
    assert kinds_of(language, text, role) == ["boat_deck"] * 4
    assert kinds_of(language, text, "alta") == ["church"] * 4


def test_nobody_stands_on_a_wreck():
    assert mentions_in("Acha um rapaz de um veleiro naufragado.", "pt-BR")[0].doubtful
    assert mentions_in("Acha o rapaz no veleiro.", "pt-BR")[0].strong


def test_a_room_at_the_back_of_a_shop_is_the_room():
    text = "Ida runs the telephone exchange from the back of the drugstore. "
    assert kinds_of("en", f"{text}Bo calls. She plugs. He talks.") == ["telephone_exchange"] * 4
    assert kinds_of("en", "Ida sits in the drugstore. Bo calls. She plugs. He talks.") == ["pharmacy"] * 4


def test_what_somebody_misses_puts_them_nowhere():
    assert "stage" not in kinds_of(
        "en", "Ida works in a bakery. She misses every first act at the opera. Bo waits."
    )


def test_who_climbs_onto_a_roof_boards_no_lorry():
    text = "Ida pesa camiones en el puerto. {} Un hombre canta. Ella ríe."
    assert kinds_of("es", text.format("De noche sube al techo.")) == ["harbour"] * 4
    assert "car" in kinds_of("es", text.format("De noche sube al camión."))


def test_a_laugh_from_a_stall_leads_to_no_ferry():
    text = "Ida conserta rádios numa barraca ao lado da estação das barcas. Ele volta. Ela ri. {}"
    assert kinds_of("pt-BR", text.format("Sai um riso pela lona.")) == ["market"] * 4
    assert kinds_of("pt-BR", text.format("Ela entra na barca."))[-1] == "boat_deck"


def test_one_motor_makes_no_ship():
    assert "boat_cabin" not in kinds_of("es", "Ida arregla un motor. Ella ríe. Él llora. Salen.")
    assert "boat_cabin" in kinds_of("es", "Ida, timonel, arregla un motor con una brújula. Ríe. Llora. Sale.")
