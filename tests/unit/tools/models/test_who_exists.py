"""Who is in a film: whom the brief has do, be or wear something, each once."""

import pytest

from state.brief import NovelaBrief
from state.script import Character, Language
from state.writing import PlanSeriesInput
from tools.models.offline.brief.client_names import without_clients
from tools.models.offline.brief.makers_notes import told_only
from tools.models.offline.brief.one_name import one_named
from tools.models.offline.brief.sections import as_prose
from tools.models.offline.persons.ages import told_years
from tools.models.offline.persons.described import described
from tools.models.offline.persons.evidence import is_only_a_heading, opens_a_clause
from tools.models.offline.persons.people import find_people
from tools.models.offline.persons.sex_told import sex_told
from tools.models.offline.plan import compose_plan
from tools.models.offline.words.bank import bank, structure


def named(text: str, language: Language = "en") -> list[str]:
    """The names found in a text."""
    return [one.name for one in find_people(text, bank(language)["reading"], known=())]


def cast(text: str, language: Language = "en") -> dict[str, Character]:
    """The cast of a brief, by name."""
    brief = NovelaBrief(title="A film", description=text, language=language)
    return {one.name: one for one in compose_plan(PlanSeriesInput(brief=brief, known=None)).cast}


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        (
            "Edna mends boots. Pulling the old nail, she finds a coin. Pulling the next, a ring.",
            "en",
            ["Edna"],
        ),
        ("Bruno fishes alone. Dawn, empty pier. Bruno packs his rod.", "en", ["Bruno"]),
        ("Bruno pesca solo. Alba, muelle vacío. Bruno guarda la caña.", "es", ["Bruno"]),
        ("Bruno pesca sozinho. Aurora, cais vazio. Bruno guarda a vara.", "pt-BR", ["Bruno"]),
        ("Dawn opens the bakery and Bruno sweeps. Dawn laughs.", "en", ["Dawn", "Bruno"]),
        ("Alba, 30, abre la panadería y Bruno barre.", "es", ["Alba", "Bruno"]),
    ],
)
def test_a_capital_that_only_opens_is_nobody(text: str, language: Language, who: list[str]) -> None:
    assert named(text, language) == who


def test_who_has_an_age_is_somebody_however_the_name_looks() -> None:
    text = "O Ivo ri. A neta dele, Bia (12, tranças), corre. Soltando a pipa vermelha, Bia canta."
    assert named(text, "pt-BR") == ["Ivo", "Bia"]


def test_she_is_whom_the_text_brought_in_without_a_name() -> None:
    text = "Ivo é relojoeiro. Uma mulher de verde deixa um relógio e some. Ivo corre. Ela é Noêmia, sua irmã."
    assert list(cast(text, "pt-BR")) == ["Ivo", "Noêmia"]


def test_a_neighbour_who_is_named_next_is_no_second_one() -> None:
    text = "Doña Eulalia canta. Su vecino, el profesor Matías (calvo, traje gris), sube y ríe."
    assert list(cast(text, "es")) == ["Doña Eulalia", "Matías"]


def test_a_name_told_by_a_verb_is_one_name_and_goes_to_who_came_in() -> None:
    text = "Fernanda dirige um ônibus. É negra, 38 anos. Um passageiro não desce. Chama-se Bira, 70, e ri."
    people = cast(text, "pt-BR")
    assert list(people) == ["Fernanda", "Bira"]
    assert people["Fernanda"].look.years == 38


def test_an_hour_that_breaks_is_no_person_and_a_name_that_acts_is_one() -> None:
    assert is_only_a_heading("Dawn", "Dawn breaks. Bruno rows.", "en")
    assert not is_only_a_heading("Dawn", "Dawn rows. Bruno waits.", "en")


@pytest.mark.parametrize(
    ("word", "language", "opens"),
    [
        ("Lifting", "en", True),
        ("Levantando", "es", True),
        ("Finalmente", "pt-BR", True),
        ("Irene", "es", False),
    ],
)
def test_participles_and_adverbs_open_a_clause(word: str, language: Language, opens: bool) -> None:
    assert opens_a_clause(word, language) is opens


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        ("Edna feeds the cat and Bruno laughs. Many thanks, Doreen x", "en", ["Edna", "Bruno"]),
        ("Edna barre el patio y Bruno ríe. ¡Gracias! Un abrazo, Lúcia", "es", ["Edna", "Bruno"]),
        ("Edna varre o quintal e Bruno ri. Abraços, Lúcia", "pt-BR", ["Edna", "Bruno"]),
        ("Hi, I'm Doreen from the tea shop. Edna feeds the cat and Bruno laughs.", "en", ["Edna", "Bruno"]),
        ("Edna feeds the cat. Bruno thanks her and Doreen laughs.", "en", ["Edna", "Bruno", "Doreen"]),
    ],
)
def test_who_writes_the_brief_is_not_in_it(text: str, language: Language, who: list[str]) -> None:
    assert named(text, language) == who


def test_the_text_keeps_its_length_without_its_clients() -> None:
    text = "Edna feeds the cat. Thanks, Doreen"
    assert without_clients(text) == "Edna feeds the cat. thanks, doreen"


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("Remedios, a la que todos llaman Meche, cose. Meche canta.", "es", "Meche cose. Meche canta."),
        ("Raimunda, a quem todos chamam de Mundica, ri. Mundica sai.", "pt-BR", "Mundica ri. Mundica sai."),
        ("Dona Ilda (a quem todos chamam de Didi), 66, ri. Didi sai.", "pt-BR", "Didi, 66, ri. Didi sai."),
        ("Old Mr Ames, known as Biscuit, waits. Biscuit sings.", "en", "Mr Ames waits. Mr Ames sings."),
        (
            "Margaret, known to everyone as Peg, waits. Margaret sings.",
            "en",
            "Margaret waits. Margaret sings.",
        ),
        ("Margaret calls Peg.", "en", "Margaret calls Peg."),
    ],
)
def test_two_names_of_one_person_are_one(text: str, language: Language, told: str) -> None:
    assert one_named(text, language) == told


def test_an_alias_is_kept_where_the_client_lists_the_people() -> None:
    brief = NovelaBrief.model_validate(
        {
            "title": "T",
            "language": "es",
            "description": "Remedios, a la que todos llaman Meche, cose. Meche canta.",
            "characters": [{"name": "Remedios"}],
        }
    )
    assert "Remedios" in told_only(brief).description


def test_a_list_gives_a_name_to_whom_the_story_calls_by_what_they_are() -> None:
    text = (
        "Un forastero muy alto pide agua. Inés se la da.\n"
        "Personajes: Inés, 40, bata gris. Ramón (el forastero), 61, sombrero."
    )
    told = as_prose(text, "es")
    assert told.startswith("Ramón (61, sombrero), un forastero muy alto, pide agua.")
    assert "Inés (40, bata gris) se la da." in told


def test_a_colon_says_who_came_in() -> None:
    people = cast(
        "Edna mends boots. One day Hugh comes in: a widower of sixty-one, grey beard, red wool coat. He sits."
    )
    look = people["Hugh"].look
    assert list(people) == ["Edna", "Hugh"]
    assert (look.years, look.beard, look.garment, look.garment_colour) == (
        61, "full", "coat", structure()["colours"]["red"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "language", "sex"),
    [
        ("Nando", "Nando es el acomodador.", "es", "man"),
        ("Nando", "Una noche Nando encuentra un guante.", "es", ""),
        ("Josimar", "Chega Josimar, o gerente.", "pt-BR", "man"),
        ("Josimar", "Todo dia a Lia vê o Josimar passar.", "pt-BR", "man"),
        ("Emlyn", "Emlyn comes down in his slippers.", "en", "man"),
        ("Emlyn", "Emlyn creeps past the hedge in her slippers.", "en", "woman"),
        ("Emlyn", "Emlyn follows her car.", "en", ""),
    ],
)
def test_grammar_tells_woman_or_man(name: str, text: str, language: Language, sex: str) -> None:
    assert sex_told(name, text, language) == sex


@pytest.mark.parametrize(
    ("name", "text", "language", "years"),
    [
        ("Ada", "Ada is a baker of about fifty.", "en", 50),
        ("Curro", "Curro es el guarda: setenta y un años, pelo blanco.", "es", 71),
        ("Lino", "Vem o Lino, que vende gelo (47, alto).", "pt-BR", 47),
        ("Don Luis", "Don Luis (panadero, 63 años, bigote) ríe.", "es", 63),
        ("Régis", "Régis: 52, calvo.", "pt-BR", 52),
    ],
)
def test_ages_are_read_wherever_they_stand(name: str, text: str, language: Language, years: int) -> None:
    assert told_years(name, "", text, language) == years


def test_what_one_sews_is_worn_by_nobody_and_a_list_is() -> None:
    assert (
        described("Meche", "", "Meche le cose de noche, a escondidas, un vestido azul.", (), "es").garment
        is None
    )
    assert described("Meche", "", "Meche lleva un vestido azul.", (), "es").garment == "dress"


def test_pyjamas_of_one_night_are_not_worn_by_day() -> None:
    assert described("Emlyn", "", "Emlyn comes out in his pyjamas.", (), "en").garment is None
    assert described("Emlyn", "80, striped pyjamas", "", (), "en").garment == "pyjamas"


def test_a_tape_measure_is_worn_round_the_neck_alone() -> None:
    assert described("Ada", "", "Ada creeps out with a tape measure.", (), "en").accessory is None
    assert (
        described("Ada", "", "Ada works with a tape measure round her neck.", (), "en").accessory
        == "tape_measure"
    )


def test_a_scarf_that_holds_the_hair_is_worn_in_its_colour() -> None:
    told = described("Luzia", "", "Luzia (36, cabelo crespo preso num lenço laranja) chega.", (), "pt-BR")
    assert (told.accessory, told.accessory_colour) == ("headscarf", structure()["colours"]["orange"])
