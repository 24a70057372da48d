"""The set of a scene is where its people do their deed: not what lies near it, and not what they carry."""

import re
from collections.abc import Sequence
from typing import get_args

import pytest

from state.brief import NovelaBrief
from state.script import Language, Place, SetKind
from state.writing import PlanSeriesInput, SeriesPlan
from tools.engines.previz.objects import OBJECTS
from tools.models.offline.places.hours import hour_in
from tools.models.offline.places.house_front import is_before_a_house
from tools.models.offline.places.lexicon import mentions_in
from tools.models.offline.places.signs import is_period, signs_of
from tools.models.offline.places.trade_places import place_of_trade
from tools.models.offline.plan import compose_plan
from tools.models.offline.things.picturing import Found
from tools.models.offline.things.shown import thing_shown, words_of
from tools.models.offline.things.their_time import BEFORE, in_their_time
from tools.models.offline.words.bank import bank
from tools.pictures.library import pictures

LANGUAGES: tuple[Language, ...] = get_args(Language)


def plan_of(language: Language, text: str, **more: object) -> SeriesPlan:
    return compose_plan(PlanSeriesInput(brief=NovelaBrief.model_validate({
        "title": "X", "description": text, "genre": "drama", "language": language, "scenes_per_episode": 4,
        "episode_seconds": 60, **more,
    })))  # fmt: skip


def kinds_of(language: Language, text: str, roles: Sequence[tuple[str, str]] = ()) -> list[SetKind]:
    people = [{"name": name, "role": role} for name, role in roles]
    plan = plan_of(language, text, characters=people)
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
     ["dressing_room"] * 4),
    ("en", "A village hall in Devon. Priya begs Ken. He sings. She laughs.", ["ballroom"] * 4),
    ("en", "Maureen mends clocks in an arcade. Callum waits. She smiles. He goes.", ["shop"] * 4),
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
    ("es", "Ana cose en el taller. Eva paga. Al día siguiente Ana toca la puerta de su casa. Trae el traje.",
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


@pytest.mark.parametrize(("language", "text", "period"), [
    ("en", "Lagos, the last night of September 1960. Ann sews.", True),
    ("en", "In the fifties Ann sold hats.", True), ("en", "During the war Ann sold hats.", True),
    ("en", "After the war Ann posts a video on the internet.", False),
    ("en", "Manchester, 1985. Ann drives.", False), ("en", "Ann drives a bus.", False),
    ("es", "En los años cuarenta Ana vende sombreros.", True),
    ("es", "Ana manda un audio por celular.", False),
    ("pt-BR", "Brasília em obras, 1958. Rui fotografa.", True), ("pt-BR", "Nos anos 50 Rui canta.", True),
])  # fmt: skip
def test_a_year_or_an_age_before_the_seventies_is_a_period(language: Language, text: str, period: bool):
    assert is_period(text, language) is period


def test_a_year_that_turns_up_late_is_of_the_past_and_every_set_is_told_of_the_period():
    late = "Ruth drives the mobile library to the lake. " * 8 + "It is the book her mother lost in 1954."
    assert not is_period(late, "en")
    brief = NovelaBrief.model_validate({
        "title": "X", "description": "Lagos, 1960. In the park Ann waits. She reads.", "genre": "drama",
        "language": "en", "scenes_per_episode": 4, "episode_seconds": 60,
    })  # fmt: skip
    for kind in get_args(SetKind):
        assert "period" in signs_of(Place(name="The place", kind=kind), brief)
        assert "period" not in signs_of(Place(name="A place of 1960", kind=kind), brief.model_copy(
            update={"description": "In the park Ann waits. She reads."}
        ))  # fmt: skip


@pytest.mark.parametrize(("language", "text", "hours"), [
    ("en", "Ann waits in the yard. Tom climbs. He sticks. A light goes on inside.", ["dusk"] * 4),
    ("en", "Ann waits in the yard. Tom climbs. He sticks. A dog barks inside.", ["day"] * 4),
    ("en", "At midnight Ann waits in the yard. He climbs. He sticks. A light goes on.", ["night"] * 4),
    ("es", "Diez minutos antes de cerrar la tienda, llega Eva. Paga. Ana sonríe. Se van.", ["dusk"] * 4),
    ("pt-BR", "No cartório, dez minutos antes de fechar, chega Eva. Ela assina. Ana lê. Eva sai.",
     ["dusk"] * 4),
    ("en", "Dee sells milk at a shop. At ten to midnight a boy comes in. She counts. He sings.",
     ["night"] * 4),
    ("en", "Dee sells milk at a shop. That night a boy comes in. She counts. He sings.",
     ["day", "night", "night", "night"]),
])  # fmt: skip
def test_a_stretch_of_story_has_one_light(language: Language, text: str, hours: list[str]):
    assert [scene.time for scene in plan_of(language, text).episodes[0].scenes] == hours


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_hour_is_invented_for_the_light_of_a_picture(language: Language):
    told = bank(language)["shots"]["skies"]
    for time in ("day", "dusk", "night"):
        assert {hour_in(f"{light}.", language) for light in told[time]} <= {time, None}
    exact = "noon|morning|afternoon|hours|mañana|mediodía|tarde|madrugada|meio-dia|manhã"
    assert not re.search(exact, " ".join([*told["day"], *told["night"]]))


def test_things_of_our_days_have_an_older_one_before_the_seventies():
    assert set(BEFORE) | set(BEFORE.values()) <= {*pictures(), *OBJECTS}
    assert not set(BEFORE) & set(BEFORE.values())
    seen = {0: Found(start=0, end=9, noun="television", picture="television")}
    assert in_their_time(seen, "Lagos, 1960. Ann sews.", "en")[0].picture == "radio"
    assert in_their_time(seen, "Lagos, 1990. Ann sews.", "en") == seen


def test_a_story_of_then_shows_no_screen():
    brief = NovelaBrief(title="X", description="Lagos, 1960. Ann watches the television.", genre="drama")
    now = brief.model_copy(update={"description": "Ann watches the television."})
    shown = [thing_shown("Ann watches the television.", words_of(one)) for one in (brief, now)]
    assert shown == ["radio", "television"]


@pytest.mark.parametrize(("language", "deed", "place"), [
    ("en", "He lifts out a tin.", "He waits in the lifts."),
    ("en", "Adeyemi stands over her.", "In the stands he waits."),
    ("en", "On the piano stands a photograph.", "The stands are full."),
    ("es", "Ana planta una rosa.", "Ana entra en la planta."),
    ("pt-BR", "Ela cobra a conta.", "Ela espera na loja."),
])  # fmt: skip
def test_a_deed_behind_a_name_is_no_place(language: Language, deed: str, place: str):
    assert not mentions_in(deed, language)
    assert mentions_in(place, language)


def test_an_altar_at_home_is_in_a_room():
    assert [one.kind for one in mentions_in("Ela põe o santo no altar da sala.", "pt-BR")] == ["living_room"]
    assert [one.kind for one in mentions_in("Ela põe o santo no altar.", "pt-BR")] == ["church"]


def test_a_telephone_of_then_has_a_dial():
    seen = {0: Found(start=0, end=9, noun="telephone", picture="telephone")}
    assert in_their_time(seen, "Regina, 1931. Ann calls.", "en")[0].picture == "dial_telephone"
    assert in_their_time(seen, "Regina, 1981. Ann calls.", "en") == seen
