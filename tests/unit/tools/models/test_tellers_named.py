"""Whoever says I bears the name that their letter tells, and everybody else is one person, whole."""

import pytest

from benchmarks.overlap import asked
from state.brief import NovelaBrief
from state.script import Character, Language
from state.writing import PlanSeriesInput, SeriesPlan
from tools.models.offline.persons.teller_named import teller_in
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene


def plan_of(text: str, language: Language) -> tuple[NovelaBrief, SeriesPlan]:
    """A brief and the plan for it."""
    brief = NovelaBrief(
        title="X", description=text, genre="drama", language=language, target_episodes=1, episode_seconds=60
    )
    return brief, compose_plan(PlanSeriesInput(brief=brief))


def cast_of(text: str, language: Language) -> dict[str, Character]:
    """The cast of a film by name."""
    return {one.name: one for one in plan_of(text, language)[1].cast}


TOLD: list[tuple[str, Language, str, str]] = [
    (
        "Hello, I'm Winifred, the warden of Cole House. Mr Pratt stole the piano. I heard him at night. "
        "I followed him to the river. Pratt wept.",
        "en", "Winifred", "woman",
    ),
    (
        "Our neighbour Frank stole my pie. I watched him from the window. I knocked at his door and Frank "
        "blushed.\n\nCheers, Dot",
        "en", "Dot", "woman",
    ),
    (
        "Hola, soy la profe Irma, de cuarto grado. El director Ramos pierde la llave. Yo, de metida, prometo "
        "abrir la puerta. Ramos se ríe.",
        "es", "Irma", "woman",
    ),
    (
        "Mi vecino Durán me roba pan. Una noche yo lo agarro con la mano en el horno. Durán llora.\n\n"
        "Saludos, Anselmo",
        "es", "Anselmo", "man",
    ),
    (
        "Oi, aqui é a Jussara, do carrinho de milho da praça. Chega um menino com fome. Eu dou uma espiga e "
        "ele some. A Cida, minha vizinha, ri de mim. Eu corro atrás dele.\n\nBeijo, Jussara",
        "pt-BR", "Jussara", "woman",
    ),
    (
        "Meu vizinho Durval rouba a minha roupa do varal. Eu fico de olho. Uma noite eu pego o Durval com a "
        "minha saia.\n\nAbraço, Osmar",
        "pt-BR", "Osmar", "man",
    ),
]  # fmt: skip
UNNAMED: list[tuple[str, Language, str]] = [
    (
        "I have run a laundry in Hull for ten years. Frank brought me one red coat. I kept it. I gave it to "
        "his wife, Joan.",
        "en", "Owner",
    ),
    ("Frank brought me one red coat. I kept it. I gave it to his wife, Joan.", "en", "Storyteller"),
    (
        "Atiendo una panadería en Salto. Mi vecino Durán me roba pan. Una noche yo lo agarro con la mano en "
        "el horno. Durán llora.",
        "es", "Dueño",
    ),
    (
        "Tenho uma padaria em Bagé. Meu vizinho Durval rouba pão. Uma noite eu pego o Durval com a mão no "
        "forno e ele chora.",
        "pt-BR", "Dono",
    ),
    ("Meu vizinho Durval rouba pão. Uma noite eu pego o Durval no forno e ele chora.", "pt-BR", "Quem conta"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "name", "sex"), TOLD)
def test_a_teller_has_the_name_of_the_letter(text: str, language: Language, name: str, sex: str) -> None:
    cast = cast_of(text, language)
    assert cast[name].look.presentation == sex
    assert not {"I", "Yo", "Eu"} & {*cast}


@pytest.mark.parametrize(("text", "language", "label"), UNNAMED)
def test_a_nameless_teller_goes_by_what_they_are(text: str, language: Language, label: str) -> None:
    cast = cast_of(text, language)
    assert label in cast
    assert not {"I", "Yo", "Eu"} & {*cast}


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("text", "language", "name", "sex"), TOLD)
def test_pictures_call_the_teller_by_name_and_the_words_stay(
    text: str, language: Language, name: str, sex: str
) -> None:
    brief, plan = plan_of(text, language)
    scenes = []
    for one in asked(brief, plan, scenes):
        scenes.append(compose_scene(one).scene)
    shots = [shot for scene in scenes for shot in scene.shots]
    assert any(one.character == name for shot in shots for one in shot.staging.people)
    assert not any(set(shot.description.split()) & {"I", "Yo", "Eu"} for shot in shots)
    told = " ".join(line.text for shot in shots for line in shot.lines if line.voice_over)
    assert name not in told


def test_who_only_writes_and_does_nothing_is_no_teller() -> None:
    cast = cast_of("I'm Winifred. Mr Pratt steals the piano. Joan weeps.\n\nCheers, Dot", "en")
    assert not {"Winifred", "Dot", "Storyteller"} & {*cast}


@pytest.mark.parametrize(
    ("text", "language", "role"),
    [
        ("I'm Winifred, the nurse of the ward.", "en", "nurse"),
        ("Soy la seño Irma, de cuarto grado.", "es", "seño"),
        ("Aqui é a Jussara, enfermeira do posto.", "pt-BR", "enfermeira"),
    ],
)
def test_the_letter_says_what_they_are(text: str, language: Language, role: str) -> None:
    assert teller_in(text, language).role == role


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        (
            "Don Ramiro Ibáñez afila cuchillos en la plaza. Su nieta Berta vuelve. Una tarde don Ramiro "
            "pierde la rueda y Berta la encuentra. Ibáñez llora.",
            "es",
            {"Ramiro Ibáñez", "Berta"},
        ),
        (
            "Dona Zilda Moura vende cocada na praça. O sobrinho Caio ajuda. Um dia dona Zilda some. Caio "
            "procura a Moura na rua.",
            "pt-BR",
            {"Zilda Moura", "Caio"},
        ),
        (
            "Captain Joan Harker keeps the ferry. Her mate Tom steers. One night Harker falls asleep and Tom "
            "steers alone. Captain Harker wakes.",
            "en",
            {"Joan Harker", "Tom"},
        ),
        (
            "Dona Maria das Dores abre a padaria. O filho Beto dorme. Dona Maria acorda o menino.",
            "pt-BR",
            {"Dona Maria", "Beto"},
        ),
    ],
)
def test_honour_and_full_name_are_one_person(text: str, language: Language, names: set[str]) -> None:
    assert {*cast_of(text, language)} == names


@pytest.mark.parametrize(
    ("text", "language", "name", "role"),
    [
        (
            "Chega ao mercado um padre novo, o Genival, muito sério. A Rosa vende queijo. O padre prova o "
            "queijo e faz careta.",
            "pt-BR", "Genival", "padre",
        ),
        (
            "Llega al mercado un inspector nuevo, el Genaro, muy serio. Rosa vende queso. El inspector "
            "prueba el queso.",
            "es", "Genaro", "inspector",
        ),
        (
            "Rosa sells cheese. A new inspector, Dawn, comes to the market. The inspector tastes the cheese.",
            "en", "Dawn", "new inspector",
        ),
    ],
)  # fmt: skip
def test_a_newcomer_called_and_then_named_is_one(text: str, language: Language, name: str, role: str) -> None:
    cast = cast_of(text, language)
    assert {*cast} == {name, "Rosa"}
    assert cast[name].role == role


def test_a_list_of_people_keeps_surnames_and_ranks() -> None:
    text = (
        "PEOPLE\n- Harriet Dunmore, clerk, always late\n- Councillor Miles Appleyard, wants a statue\n"
        "- Bo, the milkman\n\nTHE STORY\n- Harriet orders ten gates. Bo brings a hundred.\n"
        "- Miles shouts on the green. Bo laughs."
    )
    cast = cast_of(text, "en")
    assert {name: one.role for name, one in cast.items()} == {
        "Harriet Dunmore": "clerk", "Bo": "milkman", "Miles Appleyard": "councillor",
    }  # fmt: skip


def test_father_and_child_of_one_list_stay_two() -> None:
    text = (
        "CAST\nIvy Crane, 20, a diver\nOld Crane, 70, her father\n\n"
        "STORY\nIvy mends the boat. Old Crane hides the oars in the shed and whistles."
    )
    assert len(cast_of(text, "en")) == 2
