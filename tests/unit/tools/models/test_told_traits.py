"""What a role tells of somebody is a hard constraint; each with its control."""

import pytest

from state.script import Language, Look
from tests.unit.tools.models.test_worn import looks
from tools.models.offline.persons.described import described
from tools.models.offline.words.bank import structure

COLOURS = structure()["colours"]
HAIR = structure()["looks"]["hair"]


def one(role: str, language: Language = "en", *, name: str = "Ona", description: str = "Rain.") -> Look:
    return looks([(name, role)], language, f"{name}. {description}")[0]


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "role", "worn"), [
    ("en", "watchmaker, 70, a loupe on his forehead", "loupe"),
    ("en", "joiner, 40, a pencil behind his ear", "pencil"),
    ("en", "tailor, 55, tape measure round his neck", "tape_measure"),
    ("en", "heiress, 24, coat with a fur collar", "fur_collar"),
    ("es", "talladora, 45, lupa en la frente", "loupe"),
    ("es", "carpintero, 60, lápiz detrás de la oreja", "pencil"),
    ("es", "administrador, 50, traje blanco, reloj de cadena", "watch_chain"),
    ("pt-BR", "costureira, 58, fita métrica no pescoço", "tape_measure"),
    ("pt-BR", "herdeira, 22, chapéu cloche", "cloche"),
    ("pt-BR", "fazendeiro, 60, terno branco, corrente de relógio", "watch_chain"),
])  # fmt: skip
def test_what_a_trade_keeps_at_hand_is_worn(language: Language, role: str, worn: str):
    look = one(role, language)
    assert worn in (look.accessory, look.also)
    bare = one(", ".join(role.split(",")[:2]), language)
    assert worn not in (bare.accessory, bare.also)


@pytest.mark.parametrize(("language", "role"), [
    ("en", "driver, 40, clean shaven"), ("es", "conductor, 40, sin barba"),
    ("pt-BR", "motorista, 45, barba feita"),
])  # fmt: skip
def test_who_is_clean_shaven_has_no_beard(language: Language, role: str):
    assert described("Ona", role, "", (), language).beard == "none"
    assert described("Ona", role.rpartition(",")[0], "", (), language).beard is None


@pytest.mark.parametrize(("language", "role", "colour"), [
    ("en", "man in a leather apron", "leather"), ("en", "man in a black leather apron", "black"),
    ("en", "girl in a denim jacket", "denim"), ("es", "chica, chaqueta vaquera", "denim"),
    ("pt-BR", "moça, jaqueta jeans", "denim"), ("es", "señor, traje de lino", "linen"),
    ("es", "señor, traje de lino blanco", "white"),
])  # fmt: skip
def test_a_stuff_has_its_colour_unless_another_is_told(language: Language, role: str, colour: str):
    assert described("Ona", role, "", (), language).colour == COLOURS[colour]


def test_copper_is_copper_also_on_an_old_woman():
    assert one("hairdresser, 63, dyed copper hair").hair_colour == HAIR["copper"]
    assert one("hairdresser, 63").hair_colour in (HAIR["grey"], HAIR["white"])


def test_clothes_named_after_a_trade_make_nobody_one_of_it():
    assert one("chica, 17, chaqueta vaquera", "es").accessory != "hat"
    assert one("vaquera, 37", "es").accessory == "hat"


def test_a_possessive_says_woman_or_man():
    assert one("tailor, 55, tape measure round his neck", name="Perkins").presentation == "man"
    assert one("tailor, 55, tape measure round her neck", name="Perkins").presentation == "woman"


def test_nothing_shines_before_there_were_vests():
    past, now = (one("labourer, 35", name="Bert", description=said) for said in ("It is 1924.", "Rain."))
    assert (now.garment, now.accessory) == ("hi_vis", "helmet")
    assert past.garment != "hi_vis"
    assert past.accessory not in ("helmet", "cap")
    assert past.garment_colour not in (COLOURS["orange"], COLOURS["yellow"])


def test_a_carpenter_wears_an_apron():
    look = one("coffin carpenter, 50", name="Bert")
    assert (look.garment, look.accessory) == ("apron", "none")


def test_two_men_in_the_cold_wear_different_things():
    two = looks(
        [("Dale", "a friend, 50"), ("Kevin", "a friend, 30")], "en", "Snow and frost. Dale waits for Kevin."
    )
    assert two[0].garment != two[1].garment


def test_a_film_of_a_mixed_land_shows_several_skins():
    people = [(name, "vecino, 40") for name in ("Amparo", "Wilmer", "Jairo", "Nubia")]
    found = looks(people, "es", "En Bogotá, Amparo espera a Wilmer, Jairo y Nubia.")
    assert len({look.skin for look in found}) >= 3


def test_a_straw_hat_is_for_the_sun():
    role = [("Bert", "farmer, 50")]
    assert looks(role, "en", "Bert ploughs in Texas in the heat.")[0].accessory == "straw_hat"
    assert looks(role, "en", "Bert ploughs on Orkney.")[0].accessory == "flat_cap"
    assert looks(role, "en", "Bert ploughs on Orkney in a blizzard.")[0].accessory == "knit_cap"


@pytest.mark.parametrize(("language", "role"), [
    ("en", "examiner, 40"), ("es", "examinador, 40"), ("pt-BR", "examinador, 40"),
])  # fmt: skip
def test_an_examiner_wears_shirt_and_tie(language: Language, role: str):
    look = one(role, language, name="Bruno")
    assert (look.garment, look.accessory) == ("shirt", "tie")


def test_spectacles_are_never_a_matter_of_luck():
    names = ("Ana", "Bia", "Carla", "Dora", "Eva", "Flor", "Gina", "Helena", "Irma", "Julia")
    assert not any(one("box nailer, 40", name=name).glasses for name in names)
    assert one("box nailer, 40, glasses", name="Ana").glasses


def test_who_has_shaved_is_a_man():
    assert one("motorista, 40, barba feita", "pt-BR", name="Motorista").presentation == "man"


def test_copper_of_the_hair_is_not_of_the_skin():
    assert described("Ona", "peluquera, pelo cobrizo", "", (), "es").skin is None
    assert described("Ona", "peluquera, piel cobriza", "", (), "es").skin is not None


@pytest.mark.parametrize(("language", "role"), [
    ("en", "cigar maker, 40"), ("es", "cigarrera, 40"), ("pt-BR", "charuteira, 40"),
])  # fmt: skip
def test_who_rolls_cigars_wears_an_apron(language: Language, role: str):
    assert one(role, language).garment == "apron"
