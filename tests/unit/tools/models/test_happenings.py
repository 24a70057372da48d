"""What kind of thing a fact is, and what it is done to."""

from dataclasses import replace

import pytest

from state.script import Language
from tools.models.offline.deeds.happening import happening_of
from tools.models.offline.words.fact import Fact

FACT = Fact(subject="Alguém", verb="acha", rest="uma mala", text="Alguém acha uma mala", kind="event")


def seen(verb: str, rest: str, language: Language, what: str = "") -> tuple[str, str]:
    text = f"{FACT.subject} {verb} {rest}"
    fact = replace(FACT, verb=verb, rest=rest, text=text, object=what)
    found = happening_of(fact, (), (), language)
    return found.kind, found.thing


def test_a_place_is_not_what_something_is_done_to() -> None:
    assert seen("acha", "na garagem uma mala", "pt-BR", "na garagem uma mala")[1] != "a garagem"


@pytest.mark.parametrize("rest", ["Caetano, o afinador tímido", "a diretora Helena"])
def test_who_somebody_is_is_no_thing(rest: str) -> None:
    assert seen("vê", rest, "pt-BR")[1] == ""


def test_what_stands_behind_the_verb_is_what_it_is_done_to() -> None:
    assert seen("acha", "uma mala na garagem", "pt-BR", "uma mala") == ("find", "a mala")


@pytest.mark.parametrize(
    ("verb", "rest", "kind"),
    [
        ("diz", "não", "refuse"),
        ("diz", "a verdade", "tell"),
        ("liga", "para a polícia", "call"),
        ("começa", "a chorar", "cry"),
    ],
)
def test_the_word_behind_the_verb_may_decide(verb: str, rest: str, kind: str) -> None:
    assert seen(verb, rest, "pt-BR")[0] == kind
