"""Brazilian briefs: clitics, lists of deeds, clauses nobody does, callings and places."""

import pytest

from state.script import Character, Look
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.reader import Reader
from tools.models.offline.persons.people import find_people
from tools.models.offline.persons.unnamed import find_unnamed
from tools.models.offline.places.lexicon import mentions_in
from tools.models.offline.speech import as_said
from tools.models.offline.speech.nouns import noun_phrases
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact

ANA = Person(name="Ana", woman=True, role="filha")
BRUNO = Person(name="Bruno", woman=False, role="irmão")


@pytest.mark.parametrize(("text", "parts"), [
    ("Ana entra no carro, manda seguir e adormece.",
     [("Ana", "entra")]),
    ("Quando Ana acha a carta, fica claro que havia outro filho.", [("", "")]),
    ("Ana chora. Na maca está o homem que a feriu.", [("Ana", "chora"), ("", "")]),
    ("Para não perder o ponto, Ana inventa um samba.", [("Ana", "inventa")]),
    ("Ana chora. Para não perder o ponto, inventa um samba.", [("Ana", "chora"), ("Ana", "inventa")]),
    ("Ana e Bruno brigam. Os dois organizam uma festa.",
     [("Ana e Bruno", "brigam"), ("Ana e Bruno", "organizam")]),
    ("Ana vende peixe, e Bruno, da barraca da frente, vende flores.", [("Ana", "vende")]),
    ("Ana chora. É o irmão, Bruno, quem a salva.", [("Ana", "chora"), ("", "")]),
    ("Ana já escolheu a piscina; o irmão, Bruno, já contou tudo.",
     [("Ana", "já escolheu"), ("Bruno", "já contou")]),
    ("Ana chora. Começa a afiar o facão.", [("Ana", "chora"), ("Ana", "começa")]),
    ("Ana ama Bruno. Os filhos querem interná-lo; ele só quer ler.",
     [("Ana", "ama"), ("os filhos", "querem")]),
    ("Bruno deixara a filha, Ana.", [("Bruno", "deixara")]),
])  # fmt: skip
def test_who_does_what(text: str, parts: list[tuple[str, str]]):
    facts = Reader("pt-BR", [ANA, BRUNO]).read(text)
    assert [(fact.subject, fact.verb) for fact in facts] == parts


def test_a_clitic_means_the_one_spoken_of_before():
    facts = Reader("pt-BR", [ANA, BRUNO]).read("Ana chora. Bruno a abraça e lhe oferece ajuda.")
    assert [fact.about for fact in facts] == [(), ("Ana",)]


def test_an_aside_keeps_its_commas():
    told = Reader("pt-BR", [ANA, BRUNO]).read("Só o irmão, Bruno, percebe tudo.")[0]
    assert told.text == "Só o irmão, Bruno, percebe tudo."


def test_a_clitic_and_its_verb_are_no_thing():
    fact = Fact(subject="Ana", verb="fala", rest="com o homem que a abandonou", text="")
    assert noun_phrases(fact, "pt-BR") == []
    owed = Fact(subject="Ana", verb="teme", rest="que o pai a deserda", text="")
    assert "a deserda" not in noun_phrases(owed, "pt-BR")


@pytest.mark.parametrize(("speaker", "said"), [
    ("Ana", "Se eu usar a foto, destruo a casa."), ("Bruno", "Se você usar a foto, destrói a casa."),
])  # fmt: skip
def test_a_condition_is_said_with_what_follows_from_it(speaker: str, said: str):
    fact = Fact(
        subject="Ana", verb="destrói", rest="a casa", lead="Se usar a foto", text="", kind="situation"
    )
    cast = {
        "Ana": Character(name="Ana", role="", look=Look(presentation="woman")),
        "Bruno": Character(name="Bruno", role="", look=Look(presentation="man")),
    }
    other = cast["Bruno" if speaker == "Ana" else "Ana"]
    assert as_said(fact, speaker=cast[speaker], listener=other, language="pt-BR") == said
    assert as_said(fact, speaker=cast[speaker], listener=other, language="pt-BR", form="why") is None


@pytest.mark.parametrize(("text", "roles"), [
    ("A mãe da noiva, dona Guiomar, tranca a igreja.", {"Guiomar": "mãe"}),
    ("Uma enfermeira chamada Luana compra pão.", {"Luana": "enfermeira"}),
    ("O motorista de ônibus Valmir espera.", {"Valmir": "motorista"}),
    ("Com a ajuda do entregador Juninho, Márcio acha a rua.", {"Juninho": "entregador", "Márcio": ""}),
    ("Um aluno, Kauã, de doze anos, tem fotos.", {"Kauã": "aluno"}),
    ("O diretor obriga o porteiro, seu Jurandir, a fazer Hamlet.", {"Jurandir": "porteiro"}),
    ("Depois da morte do pai, Laura aluga o quarto.", {"Laura": ""}),
    ("Naquela noite, Laura chora.", {"Laura": ""}),
    ("Laura recebe um Pix de um médico educado chamado Amaral.", {"Laura": "", "Amaral": "médico"}),
    ("Inês é parteira. Laura, cantora de boteco, chora.", {"Inês": "parteira", "Laura": "cantora de boteco"}),
    ("No velório de seu Abílio, Sheila chora.", {"Sheila": ""}),
    ("Ele marca um encontro na estação da Luz com Sheila.", {"Sheila": ""}),
])  # fmt: skip
def test_what_people_are_called(text: str, roles: dict[str, str]):
    found = find_people(text, bank("pt-BR")["reading"], known=())
    assert {one.name: one.role for one in found} == roles


def test_a_grandmother_who_acts_is_somebody_to_cast():
    found = find_unnamed("A mãe volta correndo. Uma juíza desaparecida deixou um bilhete.",
                         bank("pt-BR")["reading"], ())  # fmt: skip
    assert [one.role for one in found] == ["mãe"]


@pytest.mark.parametrize(("text", "places"), [
    ("Numa fazenda de café, os irmãos brigam.", [("fazenda", "farmyard")]),
    ("Ela mora numa casa de vila.", [("casa de vila", "living_room")]),
    ("Os dois se encontram no café.", [("café", "cafe")]),
    ("A escola de samba desfila na avenida.", [("avenida", "street")]),
])  # fmt: skip
def test_where_it_plays(text: str, places: list[tuple[str, str]]):
    assert [(one.name, one.kind) for one in mentions_in(text, "pt-BR") if one.strong] == places
