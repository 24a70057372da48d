"""Nobody is invented for a place, for what somebody of the list is, or for whoever is recognised."""

import pytest

from state.brief import CharacterBrief, NovelaBrief
from state.script import Language
from state.writing import PlanSeriesInput
from tools.models.offline.persons.anaphora import known_person
from tools.models.offline.persons.identified import identities
from tools.models.offline.plan import compose_plan

MOIRA, CALLUM = ("Moira Keane", "41, ferry engineer"), ("Callum Baird", "44, first mate")
NURIA, JULIAN = ("Nuria Prado", "52, portera"), ("Julián Vega", "55, jubilado, pijama a rayas")
CANDELA = ("Candela Vega", "24, camarera, pelo rosa")
LOURDES, OTAVIO = ("Lourdes Prado", "54, dona de café"), ("Otávio Lima", "57, corretor")
SILVIA = ("Sílvia Lima", "25, violinista, magra")
BEA, GRANT = ("Bea Okafor", "29, market trader"), ("Grant Ellis", "58, landlord, long raincoat")


def cast_of(text: str, language: Language, *people: tuple[str, str]) -> list[str]:
    listed = [CharacterBrief(name=name, role=role) for name, role in people]
    brief = NovelaBrief(title="x", description=text, language=language, characters=listed, target_episodes=1)
    return [one.name for one in compose_plan(PlanSeriesInput(brief=brief)).cast]


LISTED = [
    ("en", "Moira wants the post that the company has promised to Callum, her former husband. She waits.",
     (MOIRA, CALLUM)),
    ("es", "El vecino del sexto, Julián, su exmarido, no baja desde hace un mes. Nuria abre la puerta.",
     (NURIA, JULIAN)),
    ("es", "Nuria abre la puerta y encuentra a una mujer dormida en el sofá. Es su hija Candela, que se fue.",
     (NURIA, JULIAN, CANDELA)),
    ("pt-BR", "Lourdes espera Otávio. Entra uma moça de capa e mala. É a filha dela, Sílvia, que fugiu.",
     (LOURDES, OTAVIO, SILVIA)),
    ("en", "An inspector in a raincoat picks one lemon up. Bea laughs. The inspector turns out to be Grant.",
     (BEA, GRANT)),
    ("en", "Moira works in a bakery in Jackson Heights, Queens, and waits for Callum.", (MOIRA, CALLUM)),
    ("en", "Moira, a vet in Glen Coe, waits for Callum at the pier.", (MOIRA, CALLUM)),
    ("es", "Nuria tiene un puesto en Villa Crespo, Buenos Aires, y espera a Julián.", (NURIA, JULIAN)),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "people"), LISTED)
def test_nobody_is_invented_beside_the_list(
    language: Language, text: str, people: tuple[tuple[str, str], ...]
) -> None:
    assert cast_of(text, language, *people) == [name for name, _ in people]


STRANGERS = [
    ("en", "Moira waits with Callum. A policeman enters and asks for her papers.", (MOIRA, CALLUM)),
    ("en", "When Moira looks up from Callum, a sailor knocks at the door and sits down.", (MOIRA, CALLUM)),
    ("en", "An inspector picks one lemon up. Bea laughs at Grant. The inspector closes the stall.",
     (BEA, GRANT)),
    ("es", "Nuria abre la puerta. Un policía entra con un perro y mira a Julián.", (NURIA, JULIAN)),
    ("pt-BR", "Lourdes espera Otávio. Um pescador bate na porta e entra.", (LOURDES, OTAVIO)),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "people"), STRANGERS)
def test_a_stranger_is_still_somebody(
    language: Language, text: str, people: tuple[tuple[str, str], ...]
) -> None:
    """The control: where the text does not say who it is, somebody of their own comes on."""
    assert len(cast_of(text, language, *people)) == len(people) + 1


def test_a_person_beside_a_place_is_somebody() -> None:
    """The control: two names behind a verb of trust, or that act elsewhere, are no place."""
    assert "Jackson Cole" in cast_of(
        "Moira confides in Jackson Cole. Jackson Cole laughs.", "en", MOIRA, CALLUM
    )


def test_the_sex_of_a_noun_must_fit_the_name() -> None:
    known = tuple(known_person(name, role, "es") for name, role in (NURIA, JULIAN, CANDELA))
    fits = identities("Hay una mujer en el sofá. Es su hija Candela.", known, "es")
    assert [name for name, _ in fits.values()] == ["Candela Vega"]
    assert identities("Hay una mujer en el sofá. Es Julián.", known, "es") == {}
    assert identities("Hay una mujer en el sofá. Es el perro de Candela.", known, "es") != fits


@pytest.mark.parametrize("text", [
    "A man waits. It is Callum who knocks.", "A man waits. It is Callum's dog.",
    "A man waits. It is true that Callum left.",
])  # fmt: skip
def test_it_is_says_not_always_who_it_is(text: str) -> None:
    known = tuple(known_person(name, role, "en", sex="man") for name, role in (CALLUM,))
    assert identities(text, known, "en") == {}
    assert identities("A man waits. It is Callum, wet through.", known, "en")
