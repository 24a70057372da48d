"""A direction has a checked agent, and no pronoun in it stands for nothing."""

import pytest

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.deeds.agency import Agent, does_it
from tools.models.offline.deeds.antecedents import Context, Known, last_thing, told_plainly
from tools.models.offline.deeds.doing import main_verb, predicate_at
from tools.models.offline.ledger.clause import pieces_of, verbs_in
from tools.models.offline.ledger.concerned import Roll
from tools.models.offline.words.fact import Fact


def owns(clause: str, language: Language, name: str, *others: str, woman: bool = True) -> bool:
    verb = main_verb(clause, language, name=name)
    assert verb is not None
    start = predicate_at(clause, verb.start, language)
    return does_it(clause, verb, start, Agent(name=name, woman=woman, others=others), language)


@pytest.mark.parametrize(("language", "clause"), [
    ("en", "until the trestle collapses"), ("en", "it screams and bites"), ("en", "until Ben leaves"),
    ("en", "and he waits"), ("es", "espera Elvio"), ("es", "falta el último pedido"),
    ("es", "hasta que el banco cede"), ("pt-BR", "falta o pão"), ("pt-BR", "e a mesa cai"),
])  # fmt: skip
def test_what_a_thing_or_another_does_is_not_hers(language: Language, clause: str):
    assert not owns(clause, language, "Ana", "Ben", "Elvio")


@pytest.mark.parametrize(("language", "clause"), [
    ("en", "Ana slowly climbs the stairs"), ("en", "and she waits"), ("en", "and hides the key"),
    ("es", "En la cocina espera a Elvio"), ("es", "y falta a la ronda"), ("es", "Ella misma cose la red"),
    ("es", "Esa noche sigue a un camión"), ("pt-BR", "No baú guarda a sanfona"),
    ("pt-BR", "abraça Elvio"),
])  # fmt: skip
def test_what_is_told_of_her_is_hers(language: Language, clause: str):
    assert owns(clause, language, "Ana", "Ben", "Elvio")


def test_a_surname_that_looks_like_a_verb_is_none():
    verb = main_verb("Salas la alcanza en la calle.", "es", name="Salas")
    assert verb is not None
    assert verb.lemma == "alcanzar"


@pytest.mark.parametrize(("language", "text", "lemmas"), [
    ("es", "En la última casa espera Elvio", ["esperar"]), ("en", "The last bites hurt", []),
    ("es", "Un cliente casa a su hija", ["casar"]), ("es", "Ana la besa", ["besar"]),
])  # fmt: skip
def test_a_noun_behind_an_adjective_is_no_verb(language: Language, text: str, lemmas: list[str]):
    assert [one.lemma for one in verbs_in(text, grammar_of(language))] == lemmas


ANA, BEN = Known(name="Ana", woman=True), Known(name="Ben", woman=False)
AWAY = Known(name="Ben", woman=False, seen=False)


@pytest.mark.parametrize(("language", "before", "deed", "lemma", "people", "told"), [
    ("en", "She finds her key in the sand,", "gives it back", "give", [BEN], "gives the key back"),
    ("en", "He sings.", "puts it down", "put", [BEN], ""),
    ("en", "He takes out the earbuds", "takes out the phone to hear it", "take", [], "takes out the phone"),
    ("en", "It rains.", "follows him", "follow", [AWAY], "follows Ben"),
    ("en", "It rains.", "follows him", "follow", [BEN], "follows him"),
    ("es", "Arranca un alcatraz del ramo", "se lo da a Ben", "dar", [BEN], "le da el alcatraz a Ben"),
    ("es", "Le falta una tecla.", "se la devuelve", "devolver", [ANA], "le devuelve la tecla"),
    ("es", "Coge el abrigo.", "se lo pone", "poner", [ANA], "se pone el abrigo"),
    ("es", "Abre la ventana, carga al herido", "lo saca", "sacar", [AWAY], "saca al herido"),
    ("es", "Llueve.", "lo espera en la puerta", "esperar", [AWAY], "espera a Ben en la puerta"),
    ("es", "Llueve.", "lo esconde", "esconder", [ANA], ""),
    ("pt-BR", "Ela sopra o lampião", "o põe na mala", "pôr", [ANA], "põe o lampião na mala"),
    ("pt-BR", "Zefa guarda a sanfona no baú", "o tranca", "trancar", [BEN], "tranca o baú"),
    ("pt-BR", "Ela põe o véu.", "o abraça", "abraçar", [BEN], "o abraça"),
])  # fmt: skip
def test_a_pronoun_is_told_as_what_it_stands_for(
    language: Language, before: str, deed: str, lemma: str, people: list[Known], told: str
):
    assert told_plainly(deed, lemma, Context(before=before, people=people, language=language)) == told


def test_nobody_and_no_time_is_a_thing():
    assert last_thing("Esa noche su hija canta", "es", sex="f") == ""
    assert last_thing("Esa noche rompe una carta", "es", sex="f") == "la carta"


@pytest.mark.parametrize(("language", "text", "doers"), [
    ("en", "Kit grabs the sander; it screams, bites, and gouges the plank.", [("Kit",), (), ()]),
    ("es", "Norma suelta amarras: falta el último pedido.", [("Norma",), ()]),
    ("es", "Es Norma quien sube la escalera.", [(), ("Norma",)]),
    ("pt-BR", "Norma rema até ele, o puxa e o deita na areia.", [("Norma",)] * 3),
])  # fmt: skip
def test_who_does_what_in_each_clause(language: Language, text: str, doers: list[tuple[str, ...]]):
    people = (Person(name="Kit", woman=False), Person(name="Norma", woman=True))
    roll = Roll(people=people, language=language, recent=["Norma"])
    fact = Fact(subject="", verb="", rest="", text=text, order=1)
    read = [
        roll.read(one, fact, first=at == 0, opens=at == 0).doers
        for at, one in enumerate(pieces_of(text, language))
    ]
    assert read == doers
