"""A noun that may mean several places means the one its story is about, else none."""

import pytest

from state.brief import NovelaBrief
from state.script import Language, SetKind
from state.writing import PlanSeriesInput
from tools.models.offline.lexicon import mentions_in
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
