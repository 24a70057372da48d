"""Who does what in a panel: one doer is one figure, alone is alone, and a folder is nobody to embrace."""

import pytest

from state.script import Gesture, Language
from tests.unit.tools.models.test_ledger import stands_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.deeds.hands import hands_in
from tools.models.offline.ledger.book import Stand
from tools.models.offline.ledger.owners import is_only_owner, owner_of
from tools.models.offline.persons.told_of import concerned


@pytest.mark.parametrize(("language", "thing", "somebody"), [
    ("en", "He hugs the folder.", "He hugs the old man."),
    ("es", "Sin aliento, abrazada a la maleta verde.", "Ana abraza a su hija."),
    ("pt-BR", "Abraçado a uma pasta preta.", "Ela abraça o pai."),
])  # fmt: skip
def test_a_thing_that_is_embraced_is_held_and_somebody_is_hugged(
    language: Language, thing: str, somebody: str
):
    assert hands_in(thing, language) == "holding"
    assert hands_in(somebody, language) == "hugging"


@pytest.mark.parametrize(("language", "text", "gesture"), [
    ("pt-BR", "Ele encosta a palma no bronze.", "touching"), ("pt-BR", "Jussara abre o painel.", "pulling"),
    ("es", "Se lleva la mano a la boca.", "covering_mouth"),
    ("es", "Itzel pega la cara a la tela.", "touching"),
    ("en", "Glenys creeps through the hedge.", "kneeling"), ("en", "He never turns round.", "leaving"),
    ("pt-BR", "Ele não se vira.", "leaving"), ("en", "She climbs out of the hatch.", "pulling"),
    ("en", "He wonders why.", "pondering"), ("en", "He wonders why and sits down.", "sitting"),
    ("es", "Pregunta por qué y se sienta.", "sitting"), ("pt-BR", "Pergunta por que e se senta.", "sitting"),
])  # fmt: skip
def test_a_key_gesture_is_no_arms_that_hang(language: Language, text: str, gesture: Gesture):
    assert hands_in(text, language) == gesture


def shown(text: str, *beside: str, acting: tuple[str, ...] = ("Ana",)) -> tuple[str, ...]:
    stand = Stand(acting=acting, beside=beside, text=text)
    return concerned(stand, "en", lead="Ana")


def test_who_only_stands_by_is_not_in_the_picture_of_one_doer():
    assert shown("Ana opens the box", "Ben", "Eva") == ("Ana",)
    # The controls: whom she speaks to or dances with is.
    assert shown("Ana tells a joke", "Ben", "Eva") == ("Ana", "Ben")
    assert shown("Ana dances", "Ben") == ("Ana", "Ben")
    assert shown("Ana dances alone", "Ben") == ("Ana",)


def test_what_a_thing_does_has_one_figure_beside_it():
    assert shown("A train arrives", "Ben", "Ana", acting=()) == ("Ana",)
    assert shown("A train arrives", "Ben", "Eva", acting=()) == ("Ben",)


@pytest.mark.parametrize(("language", "text", "control"), [
    ("en", "Ana hugs Ben. Ana is alone.", "Ana is calm."),
    ("es", "Ana abraza a Ben. Ana está sola.", "Ana está lista."),
    ("pt-BR", "Ana abraça Ben. Ana está sozinha.", "Ana está pronta."),
])  # fmt: skip
def test_alone_is_one_figure(language: Language, text: str, control: str):
    assert stands_of(text, language=language)[-1].here == ("Ana",)
    with_ben = f"{text.partition('. ')[0]}. {control}"
    assert "Ben" in stands_of(with_ben, language=language)[-1].here


@pytest.mark.parametrize(("language", "owned", "touched"), [
    ("en", "Ana creeps in and his pumpkin is huge.", "Ana touches his shoulder."),
    ("pt-BR", "Ana olha o ponto dele.", "Ana segura a mão dele."),
])  # fmt: skip
def test_who_only_owns_the_thing_is_not_there_for_it(language: Language, owned: str, touched: str):
    assert is_only_owner(owned, language, woman=False)
    assert not is_only_owner(touched, language, woman=False)


def test_a_moustache_is_touched_on_whoever_has_one():
    people = (
        Person(name="Ben", woman=False, features=frozenset(("moustache",))),
        Person(name="Rui", woman=False),
    )
    assert owner_of("le pasa un dedo por el bigote", people, ("Eva",), "es") == "Ben"
    # The controls: his own, and nobody's.
    assert owner_of("se toca el bigote", people, ("Ben",), "es") == ""
    assert owner_of("le pasa un dedo por la mano", people, ("Eva",), "es") == ""
