"""Whom a client speaks for is in the story by name, and a stranger to all is nobody else."""

import pytest

from state.brief import NovelaBrief
from state.script import Language
from state.writing import PlanSeriesInput
from tools.models.offline.brief.makers_notes import told_in
from tools.models.offline.plan import compose_plan


def cast_of(text: str, language: Language) -> dict[str, str]:
    """Names and sexes of the cast of a film."""
    brief = NovelaBrief(
        title="X", description=text, genre="drama", language=language, target_episodes=1, episode_seconds=60
    )
    return {one.name: one.look.presentation for one in compose_plan(PlanSeriesInput(brief=brief)).cast}


REPRESENTED: list[tuple[Language, str, str]] = [
    (
        "en", "Ada Pryce",
        "I manage Ada Pryce, a folk singer, and need a film for her new song.\n\nHull, a party on the quay. "
        "The lights fail and Ned, an electrician, mends them. She sings and looks at him. She seeks him.",
    ),
    (
        "es", "Lía Prado",
        "Soy el representante de Lía Prado, cantante de boleros, y necesito un video.\n\nVeracruz, fiesta en "
        "el muelle. La luz se va y la arregla Nivaldo, electricista. Ella canta mirándolo. Ella lo busca.",
    ),
    (
        "pt-BR", "Lia Prado",
        "Sou empresária da Lia Prado, cantora de forró, e preciso de um vídeo.\n\nRecife, festa no cais. "
        "A luz cai e quem conserta é o Nivaldo, eletricista. Ela canta olhando pra ele. Ela procura por ele.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("language", "name", "text"), REPRESENTED)
def test_whom_a_client_speaks_for_is_in_the_story(language: Language, name: str, text: str) -> None:
    assert told_in(text, language).count(name) == 1
    assert cast_of(text, language)[name] == "woman"


def test_whoever_has_a_name_in_the_story_keeps_their_pronoun() -> None:
    text = "I manage Ada Pryce, and need a film.\n\nOn the quay Joan mends the lights. She sings alone."
    assert "Ada" not in told_in(text, "en")


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "en",
            "Elvira Sands translates in court. The judge listens. From the last row a woman nobody knows "
            "stands up and corrects Elvira.",
            "Woman",
        ),
        (
            "es",
            "Elvira Soto traduce en el juzgado. La jueza la escucha. Desde el fondo una señora que nadie "
            "conoce se levanta y corrige a Elvira.",
            "Señora",
        ),
        (
            "pt-BR",
            "Elvira Souto traduz no fórum. A juíza escuta. Do fundo uma senhora que ninguém conhece se "
            "levanta e corrige Elvira.",
            "Senhora",
        ),
    ],
)
def test_a_stranger_to_all_is_nobody_else(language: Language, text: str, name: str) -> None:
    cast = cast_of(text, language)
    assert cast[name] == "woman"
    assert len(cast) == 3


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "en",
            "Shona Till, alone in the box. Robbo Pike, a guard she has known for years, waves.",
            "Robbo Pike",
        ),
        (
            "en",
            "Shona Till sits in the box. Nicola Pike, a guard whom she trusts, waves. His knees shake.",
            "",
        ),
        ("es", "Marta Ríos cuenta. Nilo Paz, un chofer que ella conoce hace años, sale pesado.", "Nilo Paz"),
        (
            "pt-BR",
            "Marta Reis conta. Nilo Paz, um motorista que ela conhece há anos, sai pesado.",
            "Nilo Paz",
        ),
    ],
)
def test_a_pronoun_inside_what_somebody_is_to_another_is_not_theirs(
    language: Language, text: str, name: str
) -> None:
    cast = cast_of(text, language)
    assert not name or cast[name] == "man"


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "Ada sings on the quay. Full house, and Ned puts out the lamp. Ned laughs at Ada.", "house"),
        ("es", "Ada canta en el muelle. Casa llena, y Nilo apaga la lámpara. Nilo se ríe de Ada.", "casa"),
        ("pt-BR", "Ada canta no cais. Casa cheia, e Nilo apaga a lâmpada. Nilo ri de Ada.", "casa"),
    ],
)
def test_a_full_house_is_no_home(language: Language, text: str, place: str) -> None:
    brief = NovelaBrief(title="X", description=text, genre="drama", language=language)
    plan = compose_plan(PlanSeriesInput(brief=brief))
    homes = [one.name for one in plan.places if place in one.name.lower().split() and one.kind != "stage"]
    assert homes == []
