"""What kind of thing happens is told by its verb, also where nobody could take the sentence apart."""

import pytest

from state.script import Language
from tools.models.offline.deeds.happening import happening_of
from tools.models.offline.words.fact import Fact


def told(text: str, verb: str = "", rest: str = "") -> Fact:
    return Fact(subject="", verb=verb, rest=rest, text=text, object=rest)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("es", "Detrás de una pared encuentra treinta cartas.", "find"),
        ("es", "Cada martes llama una niña.", "call"),
        ("es", "Entonces se rompen las tuberías.", "break"),
        ("pt-BR", "Atrás da parede encontra trinta cartas.", "find"),
        ("es", "La llama y la marca de una cuenta.", "event"),
    ],
)
def test_the_first_verb_tells_the_kind(language: Language, text: str, kind: str):
    assert happening_of(told(text), [], [], language).kind == kind


@pytest.mark.parametrize(
    ("language", "verb", "rest", "thing"),
    [
        ("es", "abre", "el bolso con cuidado", "el bolso"),
        ("es", "saca", "del bolsillo un papel", "el papel"),
        ("es", "contrata", "a una grafóloga", ""),
        ("es", "esconde", "a Lola la carta", "la carta"),
        ("en", "hides", "in the cellar all night", ""),
        ("en", "hides", "the letter in the cellar", "the letter"),
    ],
)
def test_a_thing_is_what_it_is_done_to(language: Language, verb: str, rest: str, thing: str):
    fact = told(f"Ana {verb} {rest}.", verb, rest)
    assert happening_of(fact, [], [], language).thing == thing
