"""Who stands on stage: sex, age, family and clothes as the brief tells, and never one too many."""

import pytest

from state.brief import NovelaBrief
from state.script import Character, Language
from tools.models.offline.brief.story import story_of
from tools.models.offline.persons.ages import number
from tools.models.offline.persons.cast import make_cast
from tools.models.offline.persons.kin import Relative, links_between
from tools.models.offline.persons.wardrobe import outfit_for
from tools.models.offline.words.bank import bank


def brief_of(description: str, language: Language, **more: object) -> NovelaBrief:
    return NovelaBrief.model_validate(
        {"title": "x", "description": description, "language": language, "target_episodes": 1, **more}
    )


def cast_of(description: str, language: Language, **more: object) -> list[Character]:
    brief = brief_of(description, language, **more)
    return make_cast(brief, story_of(brief))


@pytest.mark.parametrize(("language", "text", "looks"), [
    ("en", "Doreen, 71, rows to the island. A boy of nine called Fintan rows back.",
     {"Doreen": ("woman", "elder"), "Fintan": ("man", "child")}),
    ("en", "Gwen has run the station for forty-two years. Her son Rhys, a lawyer, wants to sell it.",
     {"Gwen": ("woman", "elder"), "Rhys": ("man", "adult")}),
    ("es", "La viuda Ernestina abre la puerta. Su nieta Abril, de once años, la cierra.",
     {"Ernestina": ("woman", "elder"), "Abril": ("woman", "child")}),
    ("es", "Hace cuarenta años que Remedios cose. Eladio, que camina con bastón, la espera.",
     {"Remedios": ("woman", "elder"), "Eladio": ("man", "elder")}),
    ("pt-BR", "Zuza e Tereza estão casados há cinquenta anos e brigam na fila.",
     {"Zuza": ("man", "elder"), "Tereza": ("woman", "elder")}),
    ("pt-BR", "Otacílio, maestro aposentado, discute com Suelen, baterista.",
     {"Otacílio": ("man", "elder")}),
])  # fmt: skip
def test_sex_and_age_are_what_the_brief_tells(
    language: Language, text: str, looks: dict[str, tuple[str, str]]
):
    found = {one.name: (one.look.presentation, one.look.age) for one in cast_of(text, language)}
    assert {name: found[name] for name in looks} == looks


@pytest.mark.parametrize(("language", "text", "garments"), [
    ("en", "Maud pilots the ferry. Colin, a peasant, waves.", {"Maud": "jacket", "Colin": "shirt"}),
    ("en", "Joan, a flower-show judge, weighs leeks for Alf, a retired policeman, at the show.",
     {"Alf": "sweater"}),
    ("es", "Dámaso es fontanero. La guardia civil Maribel lo detiene.",
     {"Dámaso": "overalls", "Maribel": "uniform"}),
    ("es", "Una campesina riega de noche. Rubén, juez, dicta sentencia.", {"Rubén": "robe"}),
    ("pt-BR", "Janete faz a faxina de um hotel. O bombeiro Caio entra.",
     {"Janete": "apron", "Caio": "uniform"}),
])  # fmt: skip
def test_clothes_fit_work_and_class(language: Language, text: str, garments: dict[str, str]):
    found = {one.name: one.look.garment for one in cast_of(text, language)}
    assert {name: found[name] for name in garments} == garments


def test_a_judge_of_marrows_wears_no_robe():
    people = [{"name": "Mrs Bello", "role": "show judge"}, {"name": "Una", "role": "judge"}]
    show = cast_of("Mrs Bello weighs leeks at the village show. Una helps her.", "en", characters=people)
    court = cast_of("Una opens the trial. Mrs Bello swears.", "en", characters=people)
    assert [one.look.garment for one in show] == ["dress", "dress"]
    assert court[1].look.garment == "robe"


@pytest.mark.parametrize(("language", "text", "roles"), [
    ("es", "El matrimonio Bianchi pelea por una casa. La jueza Olga los escucha.",
     {"jueza", "esposa", "marido"}),
    ("en", "Two strangers share a lift. It stops.", {"stranger"}),
    ("en", "A retired headmistress teaches two brothers. The older one, Sami, laughs.",
     {"brother", "retired headmistress"}),
    ("pt-BR", "Mãe e filha disputam a mesma vaga.", {"mãe", "filha"}),
    ("es", "Dos hermanas, Nelly y Coca, esconden libros.", {"hermana"}),
    ("es", "Sus dos hijas no se hablan. Eulogia, modista, las cita.", {"modista", "hija"}),
])  # fmt: skip
def test_a_pair_is_two_people(language: Language, text: str, roles: set[str]):
    cast = cast_of(text, language)
    assert {one.role for one in cast} == roles
    assert len(cast) >= 2


@pytest.mark.parametrize(("language", "text", "number_cast"), [
    ("en", "After the funeral of their father, Walt, Irene sells the store to Joan.", 2),
    ("en", "Nora says her grandfather, a lighthouse keeper, is buried here. Tom digs.", 2),
    ("es", "Una mujer abre la compuerta, porque su vecino riega. Alguien enciende un cigarrillo.", 2),
    ("pt-BR", "Osmar toca sino. O prédio inteiro escuta. Iracema reclama.", 2),
    ("es", "Chema llora por su padre muerto.", 2),
])  # fmt: skip
def test_the_dead_and_the_absent_are_only_spoken_of(language: Language, text: str, number_cast: int):
    assert len(cast_of(text, language)) == number_cast


@pytest.mark.parametrize(("language", "text", "second"), [
    ("en", "Hollis mends the organ of a church in Leeds.", "parishioner"),
    ("es", "Chema limpia el museo.", "guardia de noche"),
    ("pt-BR", "O barqueiro Raimundão recebe uma caixa no meio da travessia.", "passageira"),
])  # fmt: skip
def test_one_person_alone_meets_whom_the_place_brings(language: Language, text: str, second: str):
    assert cast_of(text, language)[1].role == second


def test_the_unnamed_go_by_what_they_are():
    """An invented name makes a reader look for somebody who is not in the story."""
    assert [one.name for one in cast_of("En Oaxaca, una campesina discute con un taxista.", "es")] == [
        "Campesina", "Taxista",
    ]  # fmt: skip
    twins = cast_of("A nurse stands at the door. A second nurse runs in. Ada counts the beds.", "en")
    assert len({one.name for one in twins}) == len(twins)


def test_whom_the_story_brings_along_bears_a_name_of_the_country():
    """The control: nobody of the text, so nothing that they could be called by."""
    second = cast_of("En Oaxaca, Chema limpia el museo.", "es")[1].name
    assert second.lower() != "guardia"


@pytest.mark.parametrize(("language", "text", "nobody"), [
    ("en", "Ruth is a nurse. Her neighbour lends her his dark green Harrow. Ruth laughs.", "Harrow"),
    ("en", "Our Penhale folding kayak is in it. Joan rows the Penhale home. The Penhale sinks.", "Penhale"),
    ("es", "Ramón trae su Orbea azul. La Orbea está rota. Pilar mira.", "Orbea"),
    ("es", "Reyes amasa. Mira afuera. Mira la calle.", "Mira"),
    ("pt-BR", "Uma furadeira silenciosa, a Mansinha. Iracema ouve. A Mansinha fura.", "Mansinha"),
])  # fmt: skip
def test_a_ware_and_a_verb_are_nobody(language: Language, text: str, nobody: str):
    assert nobody not in [one.name for one in cast_of(text, language)]


@pytest.mark.parametrize(("language", "text", "somebody"), [
    ("en", "Ruth is a nurse. Her old friend Zoltan lends her a bike. Zoltan laughs.", "Zoltan"),
    ("es", "Mira no contesta. Reyes espera a Mira.", "Mira"),
    ("pt-BR", "Uma costureira, a Bia. Iracema ouve. Bia canta.", "Bia"),
])  # fmt: skip
def test_who_does_something_is_no_ware(language: Language, text: str, somebody: str):
    """The control: a person in the same place of a sentence."""
    assert somebody in [one.name for one in cast_of(text, language)]


@pytest.mark.parametrize(("text", "sex"), [
    ("Sam, who runs the desk, watches them and rolls her eyes.", "woman"),
    ("Sam, who runs the desk, watches them and rolls his eyes.", "man"),
    ("Bernie knocks. She waits.", "woman"), ("Bernie knocks. He waits.", "man"),
    ("Tom asks the man. His daughter is being born.", "man"),
])  # fmt: skip
def test_a_short_name_is_a_woman_or_a_man_by_the_words_round_it(text: str, sex: str):
    assert cast_of(text, "en")[0].look.presentation == sex


def test_mother_and_son_look_alike_and_strangers_need_not():
    text = "Maud rows. Her son Rhys, a builder, shouts. Nobody hears Otto, a waiter."
    looks = {one.name: one.look for one in cast_of(text, "en")}
    assert looks["Maud"].skin == looks["Rhys"].skin
    assert looks["Maud"].age != looks["Rhys"].age


def test_no_link_without_a_word_of_kin():
    """The control: two people of a text are no family by themselves."""
    people = [Relative(name="Maud", role="", sex="woman"), Relative(name="Otto", role="waiter", sex="man")]
    assert links_between(people, "Maud rows. Otto shouts.", "en") == ()


@pytest.mark.parametrize(("language", "said", "years"), [
    ("en", "sixty-two", 62), ("es", "cincuenta y ocho", 58), ("pt-BR", "cinquenta e oito", 58),
    ("es", "veintidós", 22), ("en", "9", 9), ("pt-BR", "noventa", 90), ("en", "many", None),
])  # fmt: skip
def test_years_are_read_in_words(language: Language, said: str, years: int | None):
    assert number(said, bank(language)["people"]) == years


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_every_trade_has_clothes_and_there_are_many(language: Language):
    trades = set(bank(language)["people"]["trades"]) - {"former"}
    assert len(trades) >= 60
    assert all(outfit_for(trade, woman=woman).colours for trade in trades for woman in (True, False))


def test_a_given_look_is_kept():
    look = {"presentation": "woman", "age": "elder", "garment": "hoodie"}
    people = [{"name": "Ana", "role": "judge", "look": look}, {"name": "Beto"}]
    assert cast_of("Ana rules the court.", "en", characters=people)[0].look.garment == "hoodie"


@pytest.mark.parametrize(("language", "text", "name", "beard"), [
    ("en", "Walter, an old man with a white beard, waits. Ana, a nurse, asks him.", "Walter", "full"),
    ("es", "Fermín, un viejo con bigote, espera. Ana, una enfermera, le pregunta.", "Fermín", "moustache"),
    ("pt-BR", "Raul, um velho de barba branca, espera. Ana, uma enfermeira, pergunta.", "Raul", "full"),
])  # fmt: skip
def test_a_beard_that_is_told_is_worn(language: Language, text: str, name: str, beard: str):
    looks = {one.name: one.look for one in cast_of(text, language)}
    assert looks[name].beard == beard
