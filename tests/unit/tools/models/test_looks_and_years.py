"""What a brief says of looks and years, in brackets or a sentence later, is who is drawn."""

import pytest

from state.script import Language
from tools.models.offline.persons.ages import told_years
from tools.models.offline.persons.described import described
from tools.models.offline.persons.groups import with_groups
from tools.models.offline.persons.kin import OLDEST, Link, fitted_years
from tools.models.offline.persons.people import FoundPerson, find_people
from tools.models.offline.persons.unnamed import find_unnamed
from tools.models.offline.words.bank import bank, structure

HAIR = structure()["looks"]["hair"]


@pytest.mark.parametrize(("language", "text", "told"), [
    ("en", "Ona (78, white bun, tweed coat) waits.", {"hair": "bun", "hair_colour": HAIR["white"]}),
    ("en", "Ona (25, blonde bun) judges.", {"hair": "bun", "hair_colour": HAIR["blond"]}),
    ("en", "Ona (17, bleached fringe) waits.", {"fringe": True, "hair_colour": HAIR["blond"]}),
    ("en", "Ona came with a shaved head and a green coat.", {"hair": "bald", "hair_colour": None}),
    ("en", "Ona (38, lilac robe and slippers) wakes.", {"garment": "dressing_gown"}),
    ("en", "Ona (17, earbuds in) waits.", {"accessory": "headphones"}),
    ("es", "Ona (33, pelo corto teñido de rosado) sale.", {"hair": "short", "hair_colour": HAIR["pink"]}),
    ("es", "Ona (88, bata de cuadros) no come.", {"garment": "dressing_gown", "pattern": "checks"}),
    ("es", "Ona (31, bata de dentista) canta.", {"garment": "coat"}),
    ("es", "Ona (19, cachucha roja) descarga.", {"accessory": "cap"}),
    ("es", "Ona (29, bigotito) toca.", {"beard": "moustache"}),
    ("es", "Es Ona, la hermana de Blas; tiene 37 años, melena negra y un impermeable amarillo.",
     {"hair": "long", "hair_colour": HAIR["black"], "garment": "coat"}),
    ("pt-BR", "Ona (20, cabelo descolorido) volta.", {"hair_colour": HAIR["blond"]}),
    ("pt-BR", "Ona (38, robe lilás) desce.", {"garment": "dressing_gown"}),
    ("pt-BR", "Ona (57, óculos pendurados no pescoço) vende.", {"glasses": True, "glasses_chain": True}),
])  # fmt: skip
def test_what_is_told_is_read(language: Language, text: str, told: dict[str, object]):
    found = described("Ona", "", text, ("Blas",), language)
    assert {key: getattr(found, key) for key in told} == told


def test_brackets_are_theirs_whoever_is_named_in_them():
    """`Barber` of the cast ends a sentence about somebody else, and no casting note."""
    found = described("Ona", "", "Ona (66, white barber's coat) waits.", ("barber",), "en")
    assert found.garment == "coat"


@pytest.mark.parametrize(("language", "text", "worn"), [
    ("es", "Ona le quita las gafas a Blas.", False),
    ("es", "Ona se quita las gafas.", True),
    ("en", "Ona picks up the glasses.", False),
    ("en", "Ona (40, glasses) waits.", True),
])  # fmt: skip
def test_glasses_of_another_are_not_worn(language: Language, text: str, worn: bool):
    assert described("Ona", "", text, (), language).glasses is worn


@pytest.mark.parametrize(("language", "text", "years"), [
    ("en", "Ona (late 40s, shaved head) checks in.", 48),
    ("en", "The nephew, whose name is Ona, is nineteen, skinny.", 19),
    ("es", "Es Ona, la hermana de Blas; tiene 37 años.", 37),
    ("pt-BR", "Chega Ona. Ela tem 23 anos e canta.", 23),
    ("es", "Ona tiene 3 hijos.", None),
])  # fmt: skip
def test_years_are_read_where_they_stand(language: Language, text: str, years: int | None):
    assert told_years("Ona", "", text, language) == years


def test_nobody_is_older_than_people_get():
    """A chain of parents that was read wrong makes no woman of a hundred and twenty."""
    links = [Link(one="Gwen", other="Ona", bond="parent", blood=True)]
    found = fitted_years({"Gwen": None, "Ona": 64}, links, frozenset())["Gwen"]
    assert found is not None
    assert found <= OLDEST


@pytest.mark.parametrize(("language", "text"), [
    ("en", "A barber shop in Leeds. Winston cuts hair."),
    ("es", "Un taller mecánico en Valparaíso. Óscar tiene una grúa."),
    ("es", "Rocío cocina. Su paciente más difícil es don Evaristo, que no come."),
])  # fmt: skip
def test_nobody_is_cast_for_a_place_or_twice(language: Language, text: str):
    words = bank(language)["reading"]
    people = find_people(text, words, known=())
    assert find_unnamed(text, words, people) == ()


def test_a_barber_beside_the_shop_is_cast():
    """Control: the same noun for a person brings somebody on."""
    words = bank("en")["reading"]
    text = "A barber shop in Leeds. A barber sings. Ada listens."
    found = find_unnamed(text, words, find_people(text, words, known=()))
    assert [one.role for one in found] == ["barber"]


@pytest.mark.parametrize(("language", "text", "names"), [
    ("en", "Nadia waits. Her sister Leila, who disappeared in March, used to sing.", ["Nadia"]),
    ("en", "Nadia waits. Her sister Leila, who disappeared in March, used to sing. Then Leila walks in.",
     ["Nadia", "Leila"]),
    ("pt-BR", "Durval espera. Há anos sua mulher, Celeste, sumiu daquele quarto.", ["Durval"]),
    ("es", "Inés espera. Su madre, Celia, murió en mayo.", ["Inés"]),
])  # fmt: skip
def test_who_is_lost_is_cast_only_when_they_come(language: Language, text: str, names: list[str]):
    assert [one.name for one in find_people(text, bank(language)["reading"], known=())] == names


def test_two_customers_are_the_two_that_follow():
    text = (
        "Winston cuts hair. Two customers wait: Mrs. Akhtar (60, headscarf) and her nephew. "
        "The nephew, whose name is Imran, is nineteen."
    )
    words = bank("en")["reading"]
    people = tuple(FoundPerson(name=name) for name in ("Akhtar", "Imran"))
    _, unnamed = with_groups(text, words, people[:1])
    assert unnamed == ()
    _, alone = with_groups(text.replace(" and her nephew", ""), words, people[:1])
    assert [one.role for one in alone] == ["customer"]
