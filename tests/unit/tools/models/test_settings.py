"""The set of a scene is where its people do their deed: not what lies near it, and not what they carry."""

from collections.abc import Sequence
from typing import get_args

import pytest

from state.brief import NovelaBrief
from state.script import Language, SetKind
from state.writing import PlanSeriesInput
from tools.models.offline.bank import bank
from tools.models.offline.house_front import is_before_a_house
from tools.models.offline.lexicon import mentions_in
from tools.models.offline.plan import compose_plan
from tools.models.offline.trade_places import place_of_trade

LANGUAGES: tuple[Language, ...] = get_args(Language)


def kinds_of(language: Language, text: str, roles: Sequence[tuple[str, str]] = ()) -> list[SetKind]:
    brief = NovelaBrief.model_validate({
        "title": "X", "description": text, "genre": "drama", "language": language, "scenes_per_episode": 4,
        "episode_seconds": 60, "characters": [{"name": name, "role": role} for name, role in roles],
    })  # fmt: skip
    plan = compose_plan(PlanSeriesInput(brief=brief))
    by_name = {one.name: one.kind for one in plan.places}
    return [by_name[scene.place] for scene in plan.episodes[0].scenes]


@pytest.mark.parametrize(("language", "near", "there"), [
    ("en", "Ana works near the station.", "Ana works at the station."),
    ("en", "Ana is back from the hospital.", "Ana is in the hospital."),
    ("en", "Ana waits for the office.", "Ana waits in the office."),
    ("es", "Ana vive detrás de la iglesia.", "Ana vive en la iglesia."),
    ("es", "Saliendo del banco la asaltan.", "En el banco la asaltan."),
    ("pt-BR", "Ana mora perto da rodoviária.", "Ana mora na rodoviária."),
    ("pt-BR", "Falta a bateria do carro.", "Ana dorme no carro."),
    ("pt-BR", "Ana vê, no banco de trás do carro, um par de luvas.", "Ana espera no banco de trás do carro."),
])  # fmt: skip
def test_what_lies_near_or_is_part_of_something_puts_nobody_there(language: Language, near: str, there: str):
    assert all(one.doubtful and not one.strong for one in mentions_in(near, language))
    assert any(one.strong for one in mentions_in(there, language))


@pytest.mark.parametrize(("language", "text"), [
    ("es", "Afila en un cuarto de hora."), ("pt-BR", "Amola em um quarto de hora."),
    ("pt-BR", "Recife, 1938. Ana costura."),
])  # fmt: skip
def test_a_measure_and_a_town_called_after_its_reef_are_no_places(language: Language, text: str):
    assert not mentions_in(text, language)


@pytest.mark.parametrize(("language", "text", "kinds"), [
    ("es", "A don Chucho, tamalero de una colonia, se le rompe la bocina del triciclo. Discute. Suda. Ríe.",
     ["street"] * 4),
    ("en", "Folake, a seamstress on a back street, sews a flag. Bo waits. She cries. He goes.",
     ["workshop"] * 4),
    ("pt-BR", "Rosa entra na copiadora perto da rodoviária. Ela paga. Ele sorri. Ela volta.", ["shop"] * 4),
    ("es", "Faltan veinte minutos para cerrar la farmacia. Un hombre con casco tose. Ana espera. Él sale.",
     ["pharmacy"] * 4),
    ("en", "Ruth is a notary in a small town. A man signs. She frowns. He leaves.", ["office"] * 4),
])  # fmt: skip
def test_a_trade_gives_the_place_when_nothing_else_does(language: Language, text: str, kinds: list[str]):
    assert kinds_of(language, text) == kinds


def test_a_role_gives_the_place_of_a_story_that_names_none():
    text = "Pema can smell nothing. She walks the line of cups. She frowns. Tashi smiles."
    assert kinds_of("en", text, [("Pema", "Fifty, chief taster")]) == ["shop"] * 4
    assert kinds_of("en", text, [("Pema", "Fifty, retired bus driver")]) != ["bus"] * 4


@pytest.mark.parametrize(("language", "text", "kinds"), [
    ("en", "Locked out of her flat, Ann begs Tom to climb through the kitchen window. He sticks. She pulls. "
           "A light goes on.", ["yard"] * 4),
    ("es", "Ana cose en el taller. Berta paga. Al otro día Ana toca la puerta de su casa. Trae un traje.",
     ["workshop", "workshop", "yard", "yard"]),
    ("pt-BR", "Rui bate palmas no portão da casa. Dona Cida espia. Ela o deixa entrar. Ele chora.",
     ["yard", "yard", "living_room", "living_room"]),
])  # fmt: skip
def test_who_is_shut_out_or_knocks_is_before_the_house(language: Language, text: str, kinds: list[str]):
    assert kinds_of(language, text)[0] == kinds[0]
    assert kinds_of(language, text)[-2:] == kinds[-2:]


def test_who_is_indoors_hears_a_knock_from_there():
    assert not is_before_a_house("Somebody knocks.", "en")
    assert is_before_a_house("Somebody knocks.", "en", indoors=False)
    assert is_before_a_house("He knocks at her door.", "en")


def test_who_goes_out_into_the_rain_is_in_the_open():
    text = "Ana mends films in the cinema. Tom sits. He cries. Ana runs out into the rain."
    assert kinds_of("en", text)[-1] == "street"
    assert kinds_of("en", text.replace("into the rain", "of words"))[-1] == "cinema"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_tables_and_each_trade_one_room(language: Language):
    table = bank(language)["settings"]
    assert set(table) == set(bank("en")["settings"])
    assert {kind: set(part) for kind, part in table.items() if isinstance(part, dict)} == {
        kind: set(part) for kind, part in bank("en")["settings"].items() if isinstance(part, dict)
    }
    words = [word for trade in table["trades"] for word in trade["words"]]
    assert len(words) == len(set(words))
    assert {trade["kind"] for trade in table["trades"]} <= set(get_args(SetKind))
    assert all(place_of_trade(f"X, {word}.", language) for word in words)
