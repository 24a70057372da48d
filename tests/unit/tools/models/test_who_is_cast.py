"""Whom a brief speaks of by role and who of them is seen."""

import pytest

from state.brief import NovelaBrief
from state.writing import PlanSeriesInput
from tools.models.offline.plan import compose_plan


def roles(description: str, language: str) -> set[str]:
    brief = NovelaBrief(title="x", description=description, language=language)
    return {one.role for one in compose_plan(PlanSeriesInput(brief=brief)).cast}


BAKERY = (
    "Marisol vuelve para vender la panadería de su abuela. "
    "Su primo Ramiro le oculta que la abuela dejó deudas."
)
WEDDING = (
    "Bia inventou um noivo para agradar a avó. O vizinho Tonho aceita fingir por um jantar, mas a avó "
    "reconhece nele o neto do homem que a abandonou no altar."
)
WARD = "Nurse Adaeze finds a note. Doctor Pryce tells her to stop. The patient slips her a key."


@pytest.mark.breadth(3)
@pytest.mark.parametrize(
    ("language", "description", "role", "seen"),
    [
        ("es", f"{BAKERY} La vecina Chelo sabe quién incendió el horno.", "abuela", False),
        ("es", f"{BAKERY} La abuela esconde las llaves.", "abuela", True),
        ("pt-BR", WEDDING, "avó", True),
        ("pt-BR", WEDDING, "neto", False),
        ("en", WARD, "patient", True),
    ],
)
def test_who_acts_in_the_film_is_cast_and_who_is_only_spoken_of_is_not(language, description, role, seen):
    assert (role in roles(description, language)) is seen
