"""What a narrator says of a brief: its own words in its own order, and nobody's deed given to another."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.unit.tools.models.test_told_stories import BRIEFS, plan_of
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.reader import Reader
from tools.models.offline.telling.facts import facts_of, without_looks
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.naming import in_sentence

ROWS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "told" / "briefs.toml").read_text("utf-8")
)["brief"]
TOM, PRIYA = Person(name="Tom", woman=False), Person(name="Priya", woman=True)
ALF, DES = Person(name="Alf", woman=False), Person(name="Desmond", woman=False)
LETI, CHEMA = Person(name="Leti", woman=True), Person(name="Chema", woman=False)
JUCA, ZULMA = Person(name="Juca", woman=False, role="síndico"), Person(name="Zulma", woman=True)


def people_of(row: dict[str, Any]) -> list[Person]:
    parts = [one.split("|") for one in row["people"]]
    return [Person(name=name, woman=sex == "w", role=role) for name, sex, role in parts]


def read(language: str, text: str, *people: Person) -> list[Fact]:
    return Reader(language, people).read(text)  # type: ignore[arg-type]  # the literals below


def texts(language: str, text: str, *people: Person) -> list[str]:
    return [one.text for one in read(language, text, *people)]


def content(text: str, grammar: Grammar, names: set[str]) -> list[str]:
    """The words that mean something, names left out: they may stand for pronouns."""
    small = {word for name, words in grammar.words.items() if name in SMALL for word in words}
    words = [re.sub(r"['\u2019]s$", "", word) for word in re.findall(r"[\w'\u2019-]+", text.lower())]
    return [word for word in words if word not in small and word not in names]


SMALL = (
    "coordinators", "possessives", "pronouns_she", "pronouns_he", "pronouns_they", "pronouns_it",
)  # fmt: skip


@pytest.mark.breadth(3)
@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_brief_is_told_in_its_own_words_and_order(row: dict[str, Any]):
    people = people_of(row)
    # `o sargento Nilo` for `ele`: a name brings its article.
    shown = " ".join(in_sentence(one.name, row["language"]) for one in people)
    names = {part.lower().strip(".") for part in shown.split()}
    grammar = grammar_of(row["language"])
    told = " ".join(one.text for one in read(row["language"], row["text"], *people))
    assert content(told, grammar, names) == content(row["text"], grammar, names)


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=[brief.title for brief in BRIEFS])
def test_a_plans_facts_are_the_briefs_own_words(brief):  # type: ignore[no-untyped-def]
    cast = plan_of(brief).cast
    names = {part.lower() for one in cast for part in one.name.split()}
    grammar = grammar_of(brief.language)
    told = " ".join(one.text for one in facts_of(brief, cast) if one.source == "description")
    assert content(told, grammar, names) == content(brief.description, grammar, names)


@pytest.mark.breadth(3)
@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_every_fact_is_a_sentence(row: dict[str, Any]):
    for fact in read(row["language"], row["text"], *people_of(row)):
        assert fact.text[0].isupper() or not fact.text[0].isalpha()
        assert fact.text.rstrip('"\u201d')[-1] in ".?!\u2026,"
        assert len(fact.text.split()) <= 60


def test_who_does_it_to_what_is_never_changed():
    brief = (
        "Priya, who runs the hire counter, wonders about it, because the same quiet man, Tom, books the same "
        "gown every time and brings it back smelling of turpentine."
    )
    assert texts("en", brief, PRIYA, TOM) == [brief]


def test_two_men_are_never_taken_for_each_other():
    facts = read("en", "Desmond visits Alf. He swaps the marrow.", DES, ALF)
    assert [(one.text, one.agent) for one in facts] == [
        ("Desmond visits Alf. He swaps the marrow.", "Desmond")
    ]


def test_he_in_the_main_clause_is_whom_the_words_before_it_name():
    facts = read("en", "Tom works. When the old captain Hamish dies, he leaves Priya a logbook.", TOM, PRIYA)
    assert facts[1].text == "When the old captain Hamish dies, he leaves Priya a logbook."
    assert facts[1].agent == ""


def test_whom_him_means_is_only_said_when_one_man_was_spoken_of():
    assert read("en", "Priya waits for Tom. Priya hands him a key.", PRIYA, TOM)[1].about == ("Tom",)
    crowd = "Priya waits for Tom. The soldier bows. Priya hands him a key."
    assert read("en", crowd, PRIYA, TOM)[2].about == ()


def test_an_owner_does_not_do_what_his_parrot_does():
    assert read("pt-BR", "O papagaio de dona Zulma repete tudo.", ZULMA)[0].agent == ""


def test_a_pronoun_that_means_one_person_gets_the_name():
    assert texts("en", "Desmond waits in the tent. He swaps the marrow.", DES, ALF)[1] == (
        "Desmond swaps the marrow."
    )


@pytest.mark.parametrize(("language", "text"), [
    ("pt-BR", "O síndico Juca proibiu cachorros e samba no elevador, e por isso fica preso nele."),
    ("pt-BR", "Juca sabe consertar o painel, mas só aceita fazê-lo se Zulma confessar."),
    ("pt-BR", "A fita continua: diz que, em trinta segundos, Juca vai bater à porta."),
    ("pt-BR", "Os dois moram separados por uma cortina e por uma briga de que ninguém lembra o motivo."),
    ("es", "Por el canal baja una bota con dos iniciales: las del capataz que desapareció en marzo."),
    ("es", "Chema abre de noche porque su maizal se seca y su vecino riega un campo de golf."),
    ("en", "At ten the dripping stops, someone turns over, and the hot tap begins to run."),
    ("en", "Tom swears that the house is sold and the money is gone."),
])  # fmt: skip
def test_what_belongs_together_is_told_in_one_breath(language: str, text: str):
    assert texts(language, text, JUCA, ZULMA, CHEMA, TOM) == [text]


@pytest.mark.parametrize(("language", "text", "cut"), [
    ("en", "Tom locks the old door, but Priya says nothing all night.", "But Priya says nothing all night."),
    ("en", "Tom boards with a clipboard: he is the new inspector.", "Tom is the new inspector."),
    ("es", "Leti maneja el taxi; el pasajero no tiene cómo pagar.", "El pasajero no tiene cómo pagar."),
    ("pt-BR", "Zulma soletra a terceira linha: o comprador é o genro.", "O comprador é o genro."),
])  # fmt: skip
def test_a_sentence_is_cut_where_a_clause_with_its_own_subject_begins(language: str, text: str, cut: str):
    assert texts(language, text, TOM, PRIYA, LETI, ZULMA)[-1] == cut


def test_a_left_out_subject_is_named_only_behind_one_person():
    assert texts("es", "Leti abre la puerta. Encuentra una mesa puesta.", LETI, CHEMA)[1] == (
        "Leti encuentra una mesa puesta."
    )
    together = "Chema duerme y ella oye un golpe. Abre. Encuentra una mesa."
    assert texts("es", together, LETI, CHEMA) == [together]
    assert texts("es", "Leti duerme. Tiembla la casa.", LETI, CHEMA) == ["Leti duerme. Tiembla la casa."]


@pytest.mark.parametrize(("language", "text", "deed"), [
    ("en", "Tom has never paid the rent.", ("Tom", "pay", "the rent", "")),
    ("en", "Tom gives the ring to Priya.", ("Tom", "give", "the ring", "Priya")),
    ("en", "Tom finds a yellowed one-way ticket tucked behind the gauge.",
     ("Tom", "find", "a yellowed one-way ticket", "")),
    ("en", "Tom waits two hours.", ("Tom", "wait", "", "")),
    ("en", "When the oven dies, Tom carries the bottle.", ("Tom", "carry", "the bottle", "")),
    ("es", "Leti esconde la bota bajo el rebozo.", ("Leti", "esconder", "la bota", "")),
    ("es", "Leti espera a Chema en la estación.", ("Leti", "esperar", "", "Chema")),
    ("es", "Esa noche entra un solo hombre, Chema.", ("Chema", "entrar", "", "")),
    ("pt-BR", "Juca vai vender a casa.", ("Juca", "vender", "", "")),
    ("pt-BR", "Zulma pega um punhado de sal.", ("Zulma", "pegar", "um punhado de sal", "")),
    ("pt-BR", "Zulma está aprendendo a ler.", ("Zulma", "aprender", "", "")),
])  # fmt: skip
def test_who_does_what_to_whom(language: str, text: str, deed: tuple[str, ...]):
    fact = read(language, text, TOM, PRIYA, LETI, CHEMA, JUCA, ZULMA)[0]
    assert (fact.agent, fact.verb_lemma, fact.object, fact.object_person) == deed


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Priya discovers that the marrow is full of foam."), ("en", "The buyer is her own son-in-law."),
    ("es", "Resulta que los dos planeaban la misma fiesta."), ("pt-BR", "O comprador é o próprio genro."),
])  # fmt: skip
def test_what_a_listener_must_hear_is_decisive(language: str, text: str):
    assert read(language, text, PRIYA, LETI, ZULMA)[0].decisive


def test_an_ordinary_fact_is_not_decisive():
    assert not read("en", "Priya runs the hire counter.", PRIYA)[0].decisive


@pytest.mark.parametrize(("language", "role", "told"), [
    ("en", "retired bus driver", ["Tom is a retired bus driver."]),
    ("en", "ferry pilot, 62", ["Tom is a ferry pilot.", "Tom is 62 years old."]),
    ("es", "hija, 64 años", ["Tom es el hija.", "Tom tiene 64 años."]),
    ("pt-BR", "corretor, 30", ["Tom é corretor.", "Tom tem 30 anos."]),
])  # fmt: skip
def test_a_role_is_told_as_a_sentence(language: str, role: str, told: list[str]):
    facts = Reader(language, [TOM]).read_person(TOM, role=role, wants="", secret="")  # type: ignore[arg-type]
    assert [one.text for one in facts] == told


def test_a_quotation_of_two_sentences_is_not_torn():
    assert texts("en", 'Tom says: "Run. They are here." Priya runs.', TOM, PRIYA) == [
        'Tom says: "Run. They are here."', "Priya runs.",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), [
    ("Irene (26, coleta pelirroja, gabardina beige) entra.", "Irene entra."),
    ("Her grandson Kit (17, tall) is stuck.", "Her grandson Kit is stuck."),
    ("Marcela Ruiz (34 años, morena) llega.", "Marcela Ruiz llega."),
    ("Nia (bob, freckles) waits.", "Nia waits."),
])  # fmt: skip
def test_how_somebody_is_cast_is_not_read_aloud(text: str, told: str):
    assert without_looks(text) == told


@pytest.mark.parametrize("text", [
    "Julia (his sister) runs home.", "She runs (12 miles, mostly uphill) home.", "He is late (again).",
])  # fmt: skip
def test_what_a_parenthesis_tells_is_told(text: str):
    """The control."""
    assert without_looks(text) == text
