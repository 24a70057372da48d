"""Nobody holds a second one of what they wear, and everybody who does something is in a picture."""

import pytest

from state.script import Blocking, Character, Language, Look
from tests.unit.tools.models.test_ledger import stands_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.ledger.book import Ledger, Stand
from tools.models.offline.ledger.pairs import elders_of, parents_of, siblings_of
from tools.models.offline.ledger.stage import Stage
from tools.models.offline.persons.worn_once import bare_after, without, worn_once
from tools.models.offline.shooting.company import all_seen, framed, is_only_picture
from tools.models.offline.shooting.setup import Setup
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words.fact import Fact

ANA = Character(name="Ana", role="", look=Look(presentation="woman", glasses=True, garment="coat"))
BEN = Character(name="Ben", role="", look=Look(presentation="man", accessory="hat", garment="apron"))


@pytest.mark.parametrize(("language", "text", "doer", "bare"), [
    ("en", "Ana takes off her glasses.", "Ana", {"Ana": {"glasses"}}),
    ("en", "Ana puts her hand on the coat.", "Ana", {}),
    ("en", "Ben hands Ana his hat.", "Ben", {"Ben": {"headwear"}}),
    ("es", "Ben le quita las gafas a Ana.", "Ben", {"Ana": {"glasses"}}),
    ("es", "Ben se quita el delantal.", "Ben", {"Ben": {"apron"}}),
    ("pt-BR", "Ana tira o casaco.", "Ana", {"Ana": {"outer"}}),
])  # fmt: skip
def test_what_is_taken_off_is_off(language: Language, text: str, doer: str, bare: dict[str, set[str]]):
    stand = Stand(text=text, doer=doer, doers=(doer,), acting=(doer, "Ana" if doer == "Ben" else "Ben"))
    found = bare_after({}, [stand], (ANA, BEN), language)
    assert {name: set(kinds) for name, kinds in found.items()} == bare


def test_what_is_put_on_again_is_worn():
    stand = Stand(text="y se los vuelve a poner.", doer="Ana", doers=("Ana",), acting=("Ana",))
    assert bare_after({"Ana": frozenset(("glasses",))}, [stand], (ANA,), "es") == {}


def test_a_look_is_without_what_was_taken_off():
    assert not without(ANA.look, ("glasses",)).glasses
    assert without(ANA.look, ("outer",)).garment == "blouse"
    assert without(BEN.look, ("headwear",)).accessory == "none"
    assert without(BEN.look, ()) == BEN.look


@pytest.mark.parametrize(("thing", "held"), [("spectacles", ""), ("cup", "cup")])
def test_glasses_are_on_the_face_or_in_the_hand(thing: str, held: str):
    block = Blocking(character="Ana", look=ANA.look, gesture="holding", holds=thing)
    assert worn_once(block).holds == held


def test_glasses_that_are_off_may_be_held():
    block = Blocking(
        character="Ana", look=without(ANA.look, ("glasses",)), gesture="holding", holds="spectacles"
    )
    assert worn_once(block) == block


def persons(language: Language, *told: tuple[str, bool, str]) -> tuple[Person, ...]:
    also = {"en": "old ", "es": "viej", "pt-BR": "velh"}[language]
    return tuple(
        Person(name=name, woman=woman, role=role, also=frozenset((f"{also}a", f"{also}o")) & {role})
        for name, woman, role in told
    )


def test_both_parents_are_the_two_beside_their_child():
    people = persons("en", ("Gethin", False, ""), ("Bronwen", True, "ex-wife"), ("Cari", True, "daughter"))
    assert parents_of(people, "en") == ["Gethin", "Bronwen"]
    assert parents_of((*people, Person(name="Kit", woman=False)), "en") == []


def test_the_brothers_are_the_sister_and_whose_she_is():
    people = persons(
        "es", ("Óscar", False, ""), ("Ignacio", False, ""), ("Camila", True, "hermana de Ignacio")
    )
    assert siblings_of(people, "es") == ["Ignacio", "Camila"]
    assert siblings_of(people[:2], "es") == []


def test_the_old_couple_are_the_two_who_are_old():
    people = persons("es", ("Lupita", True, "vieja"), ("Beto", False, "viejo"), ("Chuy", False, ""))
    assert elders_of(people, "es") == ["Lupita", "Beto"]
    assert elders_of(people[1:], "es") == []


CAST = (
    Person(name="Durval", woman=False),
    Person(name="Livia", woman=True),
    Person(name="Anselmo", woman=False),
)


@pytest.mark.parametrize(("text", "last"), [
    ("Durval olha Livia. Alguém anda no corredor: é o hóspede, Anselmo.", {"Anselmo"}),
    ("Durval olha Livia. Os dois homens se encaram.", {"Durval", "Anselmo"}),
    ("Livia canta. Anselmo chegou de Recife.", {"Anselmo"}),
])  # fmt: skip
def test_whom_words_bring_is_seen(text: str, last: set[str]):
    assert set(stands_of(text, *CAST, language="pt-BR")[-1].acting) == last


def setups_of(*tells: tuple[str, tuple[str, ...], str]) -> tuple[list[Setup], Stage]:
    """Set-ups of Ana alone, with words and whom the ledger sees act in them."""
    facts = [Fact(subject="", verb="", rest="", text=text, source="description") for text, _, _ in tells]
    stands = {(1, text): (Stand(text=text, acting=acting),) for text, acting, _ in tells}
    setups = [
        Setup(
            kind="act", size=size, move="static", on=ANA, other=ANA, here=(ANA,),  # type: ignore[arg-type]  # a size
            spoken=[Spoken(
                move="", speaker=ANA, listener=ANA, text=fact.text, expression="neutral", reaction="neutral",
                gesture="none", essential=False, narrator="N", fact=fact,
            )],
        )
        for fact, (_, _, size) in zip(facts, tells, strict=True)
    ]  # fmt: skip
    return setups, Stage(ledger=Ledger(stands=stands), scene=1)


def test_who_acts_and_is_in_no_picture_comes_into_one():
    setups, stage = setups_of(
        ("Ana waits.", ("Ana",), "medium"), ("Ben comes to Ana.", ("Ben", "Ana"), "medium")
    )
    done = all_seen(setups, (ANA, BEN), stage)
    assert [[one.name for one in framed(setup)] for setup in done] == [["Ana"], ["Ana", "Ben"]]


def test_a_thing_alone_makes_room_for_who_is_seen_nowhere_else():
    setups, stage = setups_of(("Ana waits.", ("Ana",), "medium"), ("Ben brings the box.", ("Ben",), "insert"))
    assert [one.name for one in framed(all_seen(setups, (ANA, BEN), stage)[1])] == ["Ben"]


def test_pictures_stay_where_everybody_is_seen():
    setups, stage = setups_of(("Ana waits.", ("Ana",), "medium"), ("Ana opens the box.", ("Ana",), "insert"))
    assert all_seen(setups, (ANA, BEN), stage) == setups
    assert is_only_picture(setups[0], setups, stage)
