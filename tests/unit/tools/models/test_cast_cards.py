"""A cast card binds the drawing: hair, cloth and what somebody always has on them."""

import pytest

from state.script import Language
from tests.unit.tools.models.test_told_looks import look_of
from tools.models.offline.persons.described import described, told_sex
from tools.models.offline.words.bank import structure

COLOURS = structure()["colours"]
HAIR = structure()["looks"]["hair"]


@pytest.mark.parametrize(("language", "role", "told"), [
    ("en", "driver, blue company polo", {"garment": "polo", "colour": COLOURS["blue"]}),
    ("es", "taxista, polo verde", {"garment": "polo", "colour": COLOURS["green"]}),
    ("pt-BR", "marceneiro, camisa polo amarela", {"garment": "polo", "colour": COLOURS["yellow"]}),
    ("en", "tutor, orange cardigan over a white shirt",
     {"garment": "cardigan", "colour": COLOURS["orange"],
      "under": "shirt", "under_colour": COLOURS["white"]}),
    ("en", "warden, floral dress under a hi-vis coat",
     {"garment": "hi_vis", "under": "dress", "under_pattern": "flowers", "pattern": None}),
    ("en", "baker, striped apron over a blue T-shirt",
     {"garment": "apron", "pattern": "stripes", "under_colour": COLOURS["blue"], "under_pattern": None}),
    ("pt-BR", "professora, cardigã verde sobre vestido azul",
     {"garment": "cardigan", "colour": COLOURS["green"], "under_colour": COLOURS["blue"]}),
    ("es", "abuela, rebozo azul sobre blusa blanca",
     {"garment": "blouse", "accessory": "shawl", "accessory_colour": COLOURS["blue"]}),
    ("es", "su hermana, jersey verde enorme", {"garment": "sweater", "build": None}),
])  # fmt: skip
def test_each_cloth_has_its_own_colour(language: Language, role: str, told: dict[str, object]):
    found = described("Ona", role, "", (), language)
    assert {key: getattr(found, key) for key in told} == told


@pytest.mark.parametrize(("language", "role", "told"), [
    ("en", "blunt blond fringe", {"fringe": True, "hair_colour": HAIR["blond"]}),
    ("es", "flequillo negro", {"fringe": True, "hair_colour": HAIR["black"]}),
    ("pt-BR", "dona do bar, franja ruiva reta", {"fringe": True, "hair_colour": HAIR["red"]}),
    ("en", "black fringes on her shawl", {"fringe": False}),
    ("en", "two braids", {"hair": "braids"}), ("en", "a long braid", {"hair": "braid"}),
    ("pt-BR", "bióloga, negra de tranças presas", {"hair": "braids", "skin": "#5c3a26"}),
    ("es", "rastas castañas", {"hair": "locs", "hair_colour": HAIR["brown"]}),
    ("pt-BR", "cabelo rosa raspado", {"hair": "buzz", "hair_colour": HAIR["pink"]}),
    ("en", "shaved head", {"hair": "bald"}),
    ("pt-BR", "lenço roxo na cabeça", {"hair_colour": None, "accessory_colour": COLOURS["purple"]}),
    ("es", "pañuelo azul en la cabeza", {"hair_colour": None, "accessory_colour": COLOURS["blue"]}),
    ("es", "jersey de cuello alto mostaza", {"stature": None, "garment": "sweater"}),
    ("es", "alto, jersey mostaza", {"stature": "tall"}),
    ("es", "pelo teñido de rubio", {"hair_colour": HAIR["blond"]}),
    ("pt-BR", "crítico, cabelo tingido", {"hair_colour": HAIR["black"]}),
    ("en", "black hair, white beard", {"hair_colour": HAIR["black"]}),
    ("es", "rulos rubios y pecas", {"hair": "curly", "hair_colour": HAIR["blond"], "freckles": True}),
    ("es", "portero, cejas espesas", {"brows": "thick"}),
    ("pt-BR", "cavanhaque, sobrancelhas grossas", {"brows": "thick", "beard": "goatee"}),
])  # fmt: skip
def test_hair_and_face_are_as_told(language: Language, role: str, told: dict[str, object]):
    found = described("Ona", f"forty, {role}", "", (), language)
    assert {key: getattr(found, key) for key in told} == told


def test_grey_that_is_going_into_another_colour_is_both():
    assert described("Ona", "cropped grey-red hair", "", (), "en").hair_colour not in HAIR.values()
    assert described("Ona", "cropped grey hair", "", (), "en").hair_colour == HAIR["grey"]


@pytest.mark.parametrize(("language", "role", "worn", "colour"), [
    ("en", "clerk, teal bow tie", "bow_tie", "teal"), ("es", "juez, pajarita negra", "bow_tie", "black"),
    ("pt-BR", "garçom, colete preto e gravata-borboleta", "bow_tie", None),
    ("en", "Thirty, curls pinned with a pencil, denim shirt", "pencil", None),
    ("en", "denim shirt and tool belt", "tool_belt", None),
    ("es", "camiseta blanca, cinturón de herramientas", "tool_belt", None),
    ("pt-BR", "terno branco e echarpe roxa", "scarf", "purple"),
    ("es", "vestido rojo, pañuelo morado al cuello", "neckerchief", "purple"),
    ("en", "dancer, white headphones round her neck", "headphones", "white"),
    ("en", "shirt, headset", "headset", None),
    ("en", "Purple scarf, quiet", "scarf", "purple"), ("en", "Scarf maker, quiet", None, None),
])  # fmt: skip
def test_signature_things_are_worn_in_their_colour(
    language: Language, role: str, worn: str | None, colour: str | None
):
    found = described("Ona", role, "", (), language)
    assert (found.accessory, found.accessory_colour) == (worn, COLOURS[colour] if colour else None)


@pytest.mark.parametrize(("language", "role", "colour", "is_dark"), [
    ("en", "pink glasses", "pink", False), ("es", "gafas rojas", "red", False),
    ("en", "glasses", None, False),
    ("pt-BR", "óculos escuros", "dark", True), ("en", "red scarf, sunglasses", None, True),
])  # fmt: skip
def test_glasses_have_their_colour(language: Language, role: str, colour: str | None, is_dark: bool):
    found = described("Ona", f"forty, {role}", "", (), language)
    wanted = COLOURS[colour] if colour else None
    assert (found.glasses, found.glasses_colour, found.glasses_dark) == (True, wanted, is_dark)


def test_buttons_are_bright_only_where_told():
    assert described("Ona", "porter, burgundy uniform with brass buttons", "", (), "en").buttons_colour
    assert described("Ona", "porter, burgundy uniform with buttons", "", (), "en").buttons_colour is None


@pytest.mark.parametrize(("language", "role"), [
    ("es", "34, panadera, morena de trenza larga, delantal blanco"), ("en", "40, chef, red braids"),
    ("en", "40, chef, green shirt"), ("pt-BR", "40, padeira"),
])  # fmt: skip
def test_no_hat_of_the_trade_is_invented(language: str, role: str):
    """Its control is the chef of whom nothing is told, in `test_told_looks`."""
    look = look_of(role, language)
    assert "chef_hat" not in (look.accessory, look.also)


@pytest.mark.parametrize(("language", "role", "shorts", "barefoot"), [
    ("en", "driver, blue polo and cargo shorts", True, False), ("en", "driver, barefoot", False, True),
    ("pt-BR", "bióloga, colete cáqui e pés descalços", False, True),
    ("es", "niño, pantalón corto", True, False),
    ("en", "driver, blue polo", False, False),
])  # fmt: skip
def test_legs_are_bare_where_told(language: Language, role: str, shorts: bool, barefoot: bool):
    found = described("Ona", role, "", (), language)
    assert (found.shorts, found.barefoot) == (shorts, barefoot)


def test_who_is_told_beardless_by_their_hair_gets_no_beard():
    looks = [look_of(f"{age}, man, red curls") for age in range(30, 37)]
    assert {one.beard for one in looks} <= {"none", "stubble"}
    assert look_of("40, man, red curls and a beard").beard == "full"


def test_told_hair_keeps_its_colour_and_untold_hair_greys_with_age():
    assert look_of("60, cook, brown hair").hair_told
    assert not look_of("60, cook").hair_told


@pytest.mark.parametrize(("role", "language", "sex"), [
    ("50, guardia, corpulento, uniforme gris", "es", "man"), ("taxista, baja y delgada", "es", "woman"),
    ("motorista, magro e alto", "pt-BR", "man"), ("guardia, habla en voz baja", "es", None),
    ("violinista, de cara delgada", "es", None), ("policía, sombrero alto", "es", None),
])  # fmt: skip
def test_how_somebody_is_built_tells_the_sex(role: str, language: Language, sex: str | None):
    assert told_sex(role, language) == sex
