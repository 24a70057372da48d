"""Who is in each picture: strangers, object pronouns, clefts, and those who are only said to be elsewhere."""

import pytest

from state.script import Language
from tests.unit.tools.models.test_ledger import ANA, BEN, stands_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.ledger.by_nobody import has_noun
from tools.models.offline.ledger.strangers import is_of_people, names_a_stranger
from tools.models.offline.persons.told_of import concerned

LIA = Person(name="Lia", woman=True)


@pytest.mark.parametrize(("language", "head", "stranger"), [
    ("en", "On Monday Mr. Holt, a retired baker, ", True),
    ("en", "Ottoline ", True),
    ("en", "In Dublin ", False),
    ("en", "Slowly ", False),
    ("en", "Then ", False),
    ("es", "Esa tarde Casimiro, el herrero, le ", True),
    ("es", "Entonces la Dra. Olmedo ", True),
    ("es", "En Madrid ", False),
    ("es", "Luego ", False),
    ("pt-BR", "Então o Dr. Arruda, chefe da clínica, ", True),
    ("pt-BR", "Em Recife ", False),
])  # fmt: skip
def test_a_name_that_nobody_of_the_cast_has_is_a_subject(language: Language, head: str, stranger: bool):
    assert names_a_stranger(head, (ANA, BEN), language) == stranger


@pytest.mark.parametrize(("language", "head", "tail", "people"), [
    ("en", "the whole village ", "sings.", True),
    ("en", "In the tavern a sailor ", "sleeps.", True),
    ("en", "The door of the priest ", "shuts.", False),
    ("en", "The moon ", "rises.", False),
    ("en", "It hides a woman nobody in the village ", "mentions.", False),
    ("es", "el vecindario entero ", "canta.", True),
    ("es", "Un jueves ", "llega una vecina con un pastel.", True),
    ("es", "Un jueves ", "llega una carta.", False),
    ("es", "La carta nombra a una mujer de la que nadie ", "habla.", False),
    ("pt-BR", "Uns trinta moradores ", "gritam.", True),
    ("pt-BR", "A chaleira ", "apita.", False),
    ("pt-BR", "O bilhete cita um homem que ninguém ", "visita.", False),
])  # fmt: skip
def test_strangers_and_crowds_are_people_and_things_are_not(
    language: Language, head: str, tail: str, people: bool
):
    assert is_of_people(head, tail, language) == people


@pytest.mark.parametrize(("language", "head", "noun"), [
    ("es", "Bruno, el perro del taller, se ", True),
    ("pt-BR", "Fumaça, o gato da venda, ", True),
    ("es", "Esa noche, en la cocina, ", False),
])  # fmt: skip
def test_who_stands_between_commas_is_the_subject(language: Language, head: str, noun: bool):
    assert has_noun(head, language) == noun


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana digs. On Friday Mr. Holt, a retired baker, waits in the street."),
    ("es", "Ana cava. El pueblo entero mira la torre."),
    ("pt-BR", "Ana cava. Uns trinta moradores gritam na rua."),
])  # fmt: skip
def test_nobody_of_the_film_is_in_the_picture_of_a_stranger(language: Language, text: str):
    last = stands_of(text, language=language)[-1]
    assert last.stranger
    assert concerned(last, language, lead="Ana") == ()


def test_a_thing_is_seen_with_whoever_is_there():
    last = stands_of("Ana digs. The kettle whistles.")[-1]
    assert concerned(last, "en", lead="Ana") == ("Ana",)


@pytest.mark.parametrize(("language", "text", "acting"), [
    ("es", "Ana cava. Ben la espera en el muelle.", ("Ben", "Ana")),
    ("es", "Ana cava. Ben canta. Por fin Ana lo sorprende.", ("Ana", "Ben")),
    ("es", "Ana cava. Ben va a abrazarla.", ("Ben", "Ana")),
    ("pt-BR", "Ana cava. Ben vai abraçá-la.", ("Ben", "Ana")),
    # The controls: a thing, and a noun that looks like a verb.
    ("es", "Ana cava. Ben la compra.", ("Ben",)),
    ("es", "Ana cava. Ben mira la espera.", ("Ben",)),
])  # fmt: skip
def test_an_object_pronoun_brings_in_whom_it_means(language: Language, text: str, acting: tuple[str, ...]):
    assert stands_of(text, language=language)[-1].acting == acting


@pytest.mark.parametrize(("language", "text", "doers"), [
    ("es", "Ana compra una barca. La maneja Ben, el piloto.", ("Ben",)),
    ("es", "Ana cava. Quien abre la puerta es Ben, el vecino.", ("Ben",)),
    ("pt-BR", "Ana cava. Quem abre a porta é Ben, o vizinho.", ("Ben",)),
    ("en", "Ana digs. The one who opens the door is Ben, the neighbour.", ("Ben",)),
    ("es", "Ana y Ben cantan. A Ben lo mandan a Cuenca.", ()),
])  # fmt: skip
def test_a_subject_that_stands_behind_its_verb_does_it(language: Language, text: str, doers: tuple[str, ...]):
    found = [one for one in stands_of(text, language=language) if one.text.strip()]
    assert found[-1].doers == doers or any(one.doers == doers for one in found[-2:])


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana gives the bread to a tramp who sleeps in the barn."),
    ("es", "Ana da el pan a un vagabundo que duerme en el granero."),
    ("pt-BR", "Ana dá o pão a um andarilho que dorme no celeiro."),
])  # fmt: skip
def test_who_is_told_of_behind_a_nameless_noun_is_not_whoever_gave(language: Language, text: str):
    last = stands_of(text, language=language)[-1]
    assert "Ana" not in last.doers or "sleeps" not in last.text


@pytest.mark.parametrize(("language", "text", "gone"), [
    ("en", "Ben laughs. Since Ben died, Ana lays two plates.", "Ben"),
    ("es", "Ben ríe. Desde que murió Ben, Ana pone dos platos.", "Ben"),
    ("pt-BR", "Ben ri. Desde que Ben morreu, Ana põe dois pratos.", "Ben"),
    ("pt-BR", "Ana canta. Ben ri. Uma noite Ben não está na fila.", "Ben"),
    ("en", "Ana sings. Ben laughs. One night Ben is not in the queue.", "Ben"),
])  # fmt: skip
def test_who_is_dead_or_missing_is_not_seen_for_it(language: Language, text: str, gone: str):
    said = text.rpartition(". ")[2]
    stands = [one for one in stands_of(text, language=language) if one.text.strip(" .,") in said]
    assert stands
    assert all(gone not in one.acting for one in stands)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana digs. Ben sings. Ana admits that it is late."),
    ("es", "Ana cava. Ben canta. Ana confiesa que es tarde."),
    ("pt-BR", "Ana cava. Ben canta. Ana confessa que é tarde."),
])  # fmt: skip
def test_words_are_meant_for_the_only_other_one(language: Language, text: str):
    last = stands_of(text, language=language)[-1]
    assert set(concerned(last, language, lead="Ana")) == {"Ana", "Ben"}


def test_words_are_meant_for_nobody_in_particular_among_several():
    last = stands_of("Ana digs. Ben sings. Lia reads. Ana admits that it is late.", ANA, BEN, LIA)[-1]
    assert last.partner == ""
