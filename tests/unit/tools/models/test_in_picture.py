"""What a sentence handles is in its picture; its set's own furniture is not doubled."""

import pytest

from benchmarks.reading import film
from benchmarks.reading_things import pictures_seen, pictures_wanted
from state.brief import NovelaBrief
from state.script import Language, Shot
from tools.models.offline.things.called_things import called_things, named_things
from tools.models.offline.things.picturing import found_in
from tools.pictures.furnished import furnished
from tools.pictures.library import pictures


def shots_of(description: str, language: Language) -> tuple[Shot, ...]:
    brief = NovelaBrief(title="x", description=description, language=language)
    return film(brief).shots


@pytest.mark.parametrize(
    ("told", "language", "things"),
    [
        ("Marta walks into the park with a rucksack. She opens her thermos. Olga watches her.",
         "en", {"backpack", "thermos"}),
        ("Marta entra en la cocina con una cesta. Saca un dedal y lo mira. Olga la observa.",
         "es", {"basket", "thimble"}),
        ("Marta entra na oficina com uma bicicleta. Ela pega um pedal e sorri. Olga olha para ela.",
         "pt-BR", {"bicycle", "bicycle_pedal"}),
    ],
)  # fmt: skip
def test_what_is_handled_is_seen(told: str, language: Language, things: set[str]) -> None:
    assert things <= pictures_seen(list(shots_of(told, language)))


@pytest.mark.parametrize(
    ("told", "language", "picture"),
    [
        ("She drops the keys.", "en", "key_ring"),
        ("Ella deja caer las llaves.", "es", "key_ring"),
        ("Ela larga as chaves.", "pt-BR", "key_ring"),
        ("Her collie sleeps.", "en", "dog"),
        ("El mastín duerme.", "es", "dog"),
        ("O pinscher dorme.", "pt-BR", "dog"),
        ("Se sienta en un banco de la plaza.", "es", "bench"),
        ("Ela dorme num banco da praça.", "pt-BR", "bench"),
        ("Ela dorme na rede da varanda.", "pt-BR", "hammock"),
        ("El cuadro se ha salido del marco.", "es", "empty_frame"),
        ("He comes in with a saw in his hand.", "en", "saw"),
    ],
)
def test_a_noun_is_that_thing(told: str, language: Language, picture: str) -> None:
    assert picture in [one.picture for one in found_in(told, language)]


@pytest.mark.parametrize(
    ("told", "language", "picture"),
    [
        ("They plan a stag do.", "en", "deer"),
        ("Mrs. Bell smiles.", "en", "bell"),
        ("El banco le niega el crédito y llama al gerente.", "es", "bench"),
        ("O gerente do banco recusa o empréstimo.", "pt-BR", "bench"),
    ],
)
def test_a_namesake_is_not(told: str, language: Language, picture: str) -> None:
    assert picture not in [one.picture for one in found_in(told, language)]


def test_who_only_stands_near_a_thing_does_not_name_it() -> None:
    assert "Frida" not in named_things("Pela elotes mientras Frida, su nieta, canta.", "es", ())
    assert named_things("Trae su hámster Copito.", "es", ()) == {"Copito": "hamster"}


def test_a_short_word_is_what_was_named_in_full_before_it() -> None:
    assert called_things("A tin of soup stands there. She opens the tin.", "en")["tin"] == "tin"
    assert "lamp" not in called_things("He lifts his lamp. She works under a magnifying lamp.", "en")


def test_what_a_set_has_is_listed_by_the_librarys_names() -> None:
    assert "blackboard" in furnished("classroom")
    assert "blackboard" not in furnished("classroom", "close_up")
    assert "bus" in furnished("bus", "medium")
    assert furnished("bus", "insert") == ()
    assert {*furnished("kitchen"), *furnished("museum")} <= set(pictures())


def test_a_set_does_not_get_its_furniture_twice() -> None:
    shots = shots_of("In the classroom the teacher Ada writes on the blackboard. Ada smiles.", "en")
    assert all(one.picture != "blackboard" for shot in shots for one in shot.staging.things)


@pytest.mark.parametrize(("noun", "language"), [("orange", "en"), ("vela", "es"), ("rede", "pt-BR")])
def test_a_bare_noun_of_the_truth_is_known(noun: str, language: Language) -> None:
    brief = NovelaBrief(title="x", description="y", language=language)
    told = {"en": "She takes the {}.", "es": "Enciende la {}.", "pt-BR": "Conserta a {} de pesca."}
    assert pictures_wanted(noun, told[language].format(noun), brief)
