"""A pronoun that may mean things keeps its own word: no name of a person stands for marrows."""

import pytest

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.reader import Reader
from tools.models.offline.clauses.things import things_told

BEV, GORDON = Person(name="Bev", woman=True), Person(name="Gordon", woman=False)
JUSSARA, TECO = Person(name="Jussara", woman=True), Person(name="Teco", woman=False)


def told(text: str, language: Language, *people: Person) -> str:
    return " ".join(fact.text for fact in Reader(language, people or (BEV, GORDON)).read(text))


@pytest.mark.parametrize("text", [
    "Bev meets Gordon. Hers is papier-mâché. They all have been.",
    "Bev meets Gordon. The cakes are frozen. They always were.",
    "Bev meets Gordon. The lemons come from Jersey. They arrive on a truck.",
])  # fmt: skip
def test_they_behind_things_stays_they(text: str) -> None:
    assert "Bev and Gordon" not in told(text, "en")
    assert told(text, "en") == text


@pytest.mark.parametrize("text", [
    "Bev meets Gordon. They laugh.", "Bev meets Gordon. The cakes are frozen. They burn the stall.",
])  # fmt: skip
def test_they_behind_people_are_those_people(text: str) -> None:
    """The control: who is told of last, or who alone would do it."""
    assert "Bev and Gordon" in told(text, "en")


def test_a_thing_of_the_same_gender_may_be_meant() -> None:
    ship = "Jussara volta. A balsa está velha. Ela não aguenta mais uma viagem."
    assert "Jussara não aguenta" not in told(ship, "pt-BR", JUSSARA, TECO)
    # The control: a thing of the other gender leaves no doubt.
    car = "Jussara volta. O carro está velho. Ela não aguenta mais uma viagem."
    assert "Jussara não aguenta" in told(car, "pt-BR", JUSSARA, TECO)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Bev is late."), ("en", "The teachers are late."), ("en", "His wife is late."),
    ("es", "La jueza llega tarde."), ("pt-BR", "Os vizinhos chegam tarde."),
])  # fmt: skip
def test_people_are_no_things(language: Language, text: str) -> None:
    assert things_told(text, grammar_of(language)) is None
