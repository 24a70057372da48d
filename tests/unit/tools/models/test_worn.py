"""What is worn, by whom and when: patterns, uniforms, ages of clothes; each with its control."""

import pytest

from state.brief import CharacterBrief
from state.script import Language, Look
from tests.scripts import a_novela_brief, write_episode
from tools.models.offline.brief.epochs import era_of
from tools.models.offline.persons.described import described
from tools.models.offline.words.appearance import person_words
from tools.models.offline.words.bank import structure

COLOURS = structure()["colours"]
HAIR = structure()["looks"]["hair"]


def looks(
    people: list[tuple[str, str]], language: Language = "en", description: str = "Two people wait."
) -> list[Look]:
    cast = [CharacterBrief(name=name, role=role) for name, role in people]
    brief = a_novela_brief(title="X", description=description, language=language, characters=cast)
    found = {one.name: one.look for one in write_episode(brief).plan.cast}
    return [found[name] for name, _ in people]


@pytest.mark.parametrize(("language", "role", "pattern"), [
    ("es", "su madre, 81 años, mandil de cuadros", "checks"),
    ("es", "su madre, 81 años, mandil blanco", None),
    ("pt-BR", "cozinheira, vestido de bolinhas", "dots"),
    ("en", "cook in a striped apron", "stripes"),
    ("en", "widow in a black floral dress", "flowers"),
    ("en", "widow in a black dress who grows flowers, floral designs", None),
])  # fmt: skip
def test_a_pattern_is_the_garments_own(language: Language, role: str, pattern: str | None):
    assert described("Ona", role, "", (), language).pattern == pattern


@pytest.mark.parametrize(("language", "role", "chained"), [
    ("en", "operator, 71, glasses on a chain", True), ("en", "operator, 71, glasses, gold chain", False),
    ("es", "modista, gafas con cadena", True), ("pt-BR", "juíza, óculos na correntinha", True),
])  # fmt: skip
def test_glasses_hang_on_a_chain_where_it_is_told(language: Language, role: str, chained: bool):
    told = described("Ona", role, "", (), language)
    assert told.glasses
    assert told.glasses_chain is chained


def test_two_of_one_service_wear_one_uniform():
    one, other = looks([("Ann", "tram conductress, 26"), ("Bert", "tram driver, 58")])
    assert one.garment_colour == other.garment_colour == COLOURS["navy"]
    one, other = looks([("Ann", "teacher, 26"), ("Bert", "teacher, 58")])
    assert one.garment_colour != other.garment_colour


@pytest.mark.parametrize(
    ("year", "era"), [("1380", "old"), ("1932", "past"), ("1962", "recent"), ("1988", "now")]
)
def test_a_year_has_its_clothes(year: str, era: str):
    assert era_of(f"Lerwick, {year}. A boat is late.", "en") == era


def test_nobody_wears_a_thing_younger_than_the_story():
    people = [("Ann", "nurse, 30"), ("Bert", "student, 16"), ("Cal", "driver, 40")]
    nurse, boy, driver = looks(people, description="Lerwick, 1962. They wait.")
    assert (nurse.garment, nurse.garment_colour) == ("apron", COLOURS["white"])
    assert boy.garment not in ("hoodie", "t_shirt")
    assert driver.accessory == "flat_cap"
    nurse, _, driver = looks(people, description="Lerwick, 2022. They wait.")
    assert (nurse.garment, driver.accessory) == ("scrubs", "cap")


def test_words_for_other_engines_tell_age_build_and_second_thing():
    look = Look(
        presentation="man", years=49, build="stout", accessory="hat", also="gloves", also_colour="#c62828"
    )
    words = person_words("Sam", look, "en")
    assert all(part in words for part in ("49 years old", "heavily built", "hat", "gloves in red"))
    assert "heavily" not in person_words("Sam", Look(presentation="man"), "en")


@pytest.mark.parametrize(("year", "sex"), [("1932", "man"), ("2022", "woman")])
def test_a_lieutenant_of_old_is_a_man_where_nothing_says_otherwise(year: str, sex: str):
    """The control: today nobody is one or the other by trade, and differs from the lead."""
    _, rocha = looks(
        [("Zeca", "menino, 8 anos"), ("Tenente Rocha", "tenente do exército")],
        "pt-BR",
        f"Bagé, {year}. Esperam.",
    )
    assert rocha.presentation == sex


@pytest.mark.parametrize(("language", "text", "told"), [
    ("en", "Ona, 63, red beard, knitted cap, hears the radio.", {"accessory": "knit_cap", "beard": "full"}),
    ("en", "Ona, 63, buys a coat, then a cap, and leaves.", {"garment": None, "accessory": None}),
    ("es", "La guarda Ona, 31 años, uniforme gris y gorra, ve a un niño con una boina.",
     {"garment": "uniform", "colour": COLOURS["grey"], "accessory": "cap"}),
    ("es", "La abuela Ona, viuda de luto, mantilla negra, calla.",
     {"accessory": "mantilla", "colour": COLOURS["black"]}),
    ("es", "Una mujer elegante, de tapado camel y guantes blancos, Ona, entra.",
     {"garment": "coat", "accessory": "gloves"}),
    ("pt-BR", "Ona, 43 anos, colete azul e boné, chega.", {"garment": "waistcoat", "accessory": "cap"}),
    ("pt-BR", "Ona, 72, turbante branco e bata de renda, cala.",
     {"garment": "blouse", "accessory": "head_wrap"}),
])  # fmt: skip
def test_a_list_beside_a_name_is_worn_by_its_bearer(language: Language, text: str, told: dict[str, object]):
    found = described("Ona", "", text, (), language)
    assert {key: getattr(found, key) for key in told} == told


@pytest.mark.parametrize(("language", "role", "told"), [
    ("es", "aprendiza, huipil blanco y trenzas", {"hair_colour": None, "hair": "braids"}),
    ("es", "abuela, pelo blanco corto", {"hair_colour": HAIR["white"], "hair": "short"}),
    ("es", "general, bigote enorme", {"build": None, "beard": "moustache"}),
    ("es", "general enorme, bigote", {"build": "stout"}),
    ("es", "maestra, vestido gris y rebeca", {"garment": "dress", "colour": COLOURS["grey"]}),
    ("es", "partera, bata floreada", {"garment": "dress", "pattern": "flowers"}),
    ("en", "Senegalese tailor", {"skin": structure()["looks"]["skins"]["deep"]}),
    ("en", "English teacher", {"skin": None}),
    ("en", "an English sailor", {"skin": structure()["looks"]["skins"]["light"]}),
])  # fmt: skip
def test_a_word_is_bound_to_its_own_noun(language: Language, role: str, told: dict[str, object]):
    found = described("Ona", role, "", (), language)
    assert {key: getattr(found, key) for key in told} == told


def test_a_grandchild_is_of_somebody_old_enough():
    told = (
        "Exu. Mestre Tibúrcio, 69 anos, negro, vende a sanfona. O comprador é um cantor, Wando, 26 anos, "
        "branco. A neta Zefinha, 11 anos, esconde as chaves."
    )
    brief = a_novela_brief(title="X", description=told, characters=[], language="pt-BR")
    skins = {one.name.split()[-1]: one.look.skin for one in write_episode(brief).plan.cast}
    assert skins["Zefinha"] == skins["Tibúrcio"] != skins["Wando"]


@pytest.mark.parametrize(("place", "wrapped"), [("Puno, nieve", True), ("Puno", False)])
def test_bare_arms_are_covered_in_snow(place: str, wrapped: bool):
    (ona,) = looks(
        [("Saturnina", "pastora, 66 años, vestido azul")], "es", f"{place}. Saturnina busca su llama."
    )
    assert ("shawl" in (ona.accessory, ona.also)) is wrapped


def test_somebody_in_apposition_is_one_person_with_their_clothes():
    told = "Mama Sade, 57, a big woman in a green gele, sells tomatoes in Lagos. Kola, 9, runs."
    brief = a_novela_brief(title="X", description=told, characters=[], language="en")
    cast = write_episode(brief).plan.cast
    sade = next(one.look for one in cast if one.name == "Mama Sade")
    assert (sade.accessory, sade.build, sade.years) == ("head_wrap", "stout", 57)
    assert all(one.look.accessory != "head_wrap" for one in cast if one.name != "Mama Sade")


def test_a_sister_before_a_name_is_a_nun_and_a_sister_is_not():
    told = "Dublin. Bus conductor Mick meets the nun who taught him, Sister Assumpta, 76. She has no fare."
    brief = a_novela_brief(title="X", description=told, characters=[], language="en")
    nun = next(one.look for one in write_episode(brief).plan.cast if "Assumpta" in one.name)
    assert (nun.garment, nun.years) == ("habit", 76)
    (sister,) = looks([("Ann", "sister")])
    assert sister.garment != "habit"


def test_a_calling_before_a_name_gives_its_uniform():
    told = "Melbourne. A quiet man asks conductress Peg Doyle, 34, whether the glove is hers. Nino waits."
    brief = a_novela_brief(title="X", description=told, characters=[], language="en")
    peg = next(one.look for one in write_episode(brief).plan.cast if one.name == "Peg Doyle")
    assert (peg.garment, peg.accessory) == ("uniform", "peaked_cap")


def test_a_verb_is_no_hat():
    told = described("Ona", "", "Ona, costureira, 66, fez um boneco gigante.", (), "pt-BR")
    assert told.accessory is None


def test_the_soldiers_mother_is_no_soldier_and_gives_him_her_skin():
    told = "Otacílio, soldado de 19 anos, embarca. A mãe do soldado, Dona Efigênia, 47, negra, espera."
    brief = a_novela_brief(title="X", description=told, characters=[], language="pt-BR")
    cast = {one.name.split()[-1]: one.look for one in write_episode(brief).plan.cast}
    assert cast["Otacílio"].garment == "uniform" != cast["Efigênia"].garment
    assert cast["Otacílio"].skin == cast["Efigênia"].skin == structure()["looks"]["skins"]["deep"]
