"""Nobody is in the cast twice, and nobody who acts is missing from it."""

import pytest

from state.brief import NovelaBrief
from state.script import Language
from state.writing import PlanSeriesInput
from tools.models.offline.brief.capitals import with_printed_names
from tools.models.offline.brief.letter_case import printed
from tools.models.offline.brief.one_name import one_named
from tools.models.offline.persons.teller import sex_of_teller, teller_of
from tools.models.offline.plan import compose_plan


def cast_of(text: str, language: Language) -> dict[str, str]:
    """Names and sexes of the cast of a film."""
    brief = NovelaBrief(
        title="X", description=text, genre="drama", language=language, target_episodes=1, episode_seconds=60
    )
    return {one.name: one.look.presentation for one in compose_plan(PlanSeriesInput(brief=brief)).cast}


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        (
            "A barber sweeps the floor at six. Nadine, his neighbour, brings him soup. "
            "Clem locks the door and counts the coins. He hides them in a boot.",
            "en",
            {"Nadine", "Clem"},
        ),
        (
            "Una costurera llega al taller y encuentra un botón rojo. Ernesto, el dueño, no dice nada. "
            "Adela guarda el botón en el bolsillo y apaga la luz.",
            "es",
            {"Adela", "Ernesto"},
        ),
        (
            "Um carteiro sobe a ladeira com uma caixa. Dalva, a padeira, abre a janela. "
            "Evaristo deixa a caixa no degrau e vai embora.",
            "pt-BR",
            {"Evaristo", "Dalva"},
        ),
    ],
)
def test_a_bare_name_is_the_nameless_one_before_it(text: str, language: Language, names: set[str]) -> None:
    assert set(cast_of(text, language)) == names


def test_a_nameless_one_who_stands_beside_a_name_is_somebody_else() -> None:
    cast = cast_of(
        "A barber sweeps the floor. Clem knocks at the window. The barber lets Clem in and bows.",
        "en",
    )
    assert set(cast) == {"Clem", "Barber"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bert the porter lifts the trunk. Bert drops it.", "en"),
        ("Chucho (nuestro panadero) abre el horno. Chucho canta.", "es"),
        ("ZECA (50), pescador, puxa a rede. Zeca ri.", "pt-BR"),
    ],
)
def test_what_stands_beside_a_name_is_nobody_else(text: str, language: Language) -> None:
    nouns = {"Porter", "Panadero", "Pescador"}
    assert not nouns & set(cast_of(text, language))


def test_a_stranger_is_the_man_who_came() -> None:
    cast = cast_of(
        "Hattie paints the fence. A man in a red scarf stops at the gate. The stranger opens the gate.", "en"
    )
    assert set(cast) == {"Hattie", "Man"}


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("On the pier a man with torn gloves pulls the rope. Hattie waits.", "en", "Man"),
        ("En el muelle espera Adela. Un hombre con gorra tira de la cuerda.", "es", "Hombre"),
        ("No cais espera Dalva. Um homem de boné puxa a corda.", "pt-BR", "Homem"),
    ],
)
def test_who_acts_behind_their_looks_is_there(text: str, language: Language, name: str) -> None:
    assert name in cast_of(text, language)


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("My brother and I keep bees. He smokes them, I carry the honey.", "en", "I"),
        ("Mi prima y yo cuidamos la huerta. Nosotras regamos de noche.", "es", "Yo"),
        ("Minha tia e eu vendemos bolo. Eu fico sozinha na barraca.", "pt-BR", "Eu"),
    ],
)
def test_who_says_i_in_the_story_is_there(text: str, language: Language, name: str) -> None:
    assert teller_of(text, language) == name
    # Where no letter tells their name, a word for whoever tells stands in the cast.
    assert {"en": "Storyteller", "es": "Quien cuenta", "pt-BR": "Quem conta"}[language] in cast_of(
        text, language
    )


def test_a_client_is_nobody() -> None:
    assert not teller_of("I want a film of our mill. I think two minutes are enough. We are a family.", "en")
    assert not teller_of("«Yo voy», dice Adela. «Yo también», contesta Ernesto.", "es")


def test_the_endings_say_who_tells() -> None:
    assert sex_of_teller("Mi prima y yo regamos. Nosotras cantamos.", "es") == "woman"
    assert sex_of_teller("Eu fico na barraca. Nós dois rimos.", "pt-BR") == "man"
    assert sex_of_teller("My brother and I keep bees.", "en") is None


def test_capitals_of_a_manuscript_are_a_name_and_those_on_a_sign_are_not() -> None:
    assert with_printed_names("NELLIE FROST (40) counts. Nellie stops.").startswith("Nellie Frost (40)")
    assert "BLUE MILL" in with_printed_names('A sign says "BLUE MILL". The Blue Mill burns.')
    assert with_printed_names("INT. NELLIE'S KITCHEN - DAY") == "INT. NELLIE'S KITCHEN - DAY"


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("it rains. ned, our plumber, fixes the sink. he sings. it stops.", "en", "Ned"),
        ("llueve. tuco, el plomero del barrio, arregla la pileta. canta. para.", "es", "Tuco"),
        ("chove. seu abelino conserta a pia. ele canta. para de chover.", "pt-BR", "Abelino"),
    ],
)
def test_titles_and_appositions_name_people_in_small_letters(
    text: str, language: Language, name: str
) -> None:
    assert name in printed(text, language)


@pytest.mark.parametrize(
    ("text", "language", "gone"),
    [
        ("Edwina Pole (Winnie to her friends) rows. Winnie rests.", "en", "Edwina"),
        ("Refugio Mena (Cuca para todos) rema. Cuca descansa.", "es", "Refugio"),
        ("Valdomiro, barqueiro, que todo mundo chama de Miro, rema. Miro descansa.", "pt-BR", "Valdomiro"),
    ],
)
def test_two_names_are_one_person(text: str, language: Language, gone: str) -> None:
    assert gone not in one_named(text, language)


@pytest.mark.parametrize(
    ("text", "language", "name", "sex"),
    [
        (
            "Old Quilley (70, her grandfather, the miller) piles sacks. Hattie helps.",
            "en",
            "Quilley",
            "man",
        ),
        ("Maneja la balsa Edelmir, el balsero, que silba. Adela mira.", "es", "Edelmir", "man"),
        ("Adela baja de la mano de Patro, su hermana menor. Patro canta.", "es", "Patro", "woman"),
        ("Dalva espera Nilmar, a capitã do barco. Nilmar acena.", "pt-BR", "Nilmar", "woman"),
    ],
)
def test_an_apposition_says_the_sex_before_an_ending_does(
    text: str, language: Language, name: str, sex: str
) -> None:
    assert cast_of(text, language)[name] == sex


def test_a_pair_that_was_named_before_is_nobody_new() -> None:
    cast = cast_of(
        "Davi, um aluno, copia o quadro. O pai dele, seu Nestor, varre. À noite pai e filho leem juntos.",
        "pt-BR",
    )
    assert set(cast) == {"Davi", "Nestor"}
