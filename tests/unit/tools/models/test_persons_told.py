"""Who a story has, who is in the picture of a sentence, who says what, and what they wear."""

from dataclasses import replace

import pytest

from state.brief import CharacterBrief, NovelaBrief
from state.script import Character, Language, Look
from tests.unit.tools.models.test_ledger import stands_of
from tools.models.offline.brief.story import story_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.persons.ages import told_years
from tools.models.offline.persons.by_calling import by_calling, is_nameless
from tools.models.offline.persons.cast import make_cast
from tools.models.offline.persons.described import described
from tools.models.offline.persons.own_body import own_body
from tools.models.offline.persons.same_clothes import with_same
from tools.models.offline.persons.trades import trade_beside
from tools.models.offline.telling.orders import stressed
from tools.models.offline.telling.quoting import acting_last, parts_of
from tools.models.offline.words.hearing import Hearing

ANA, BEN = Person(name="Ana", woman=True), Person(name="Ben", woman=False)
CLEO = Person(name="Cleo", woman=True)


def names_of(text: str, people: dict[str, str] | None = None, language: Language = "en") -> list[str]:
    brief = NovelaBrief(
        title="x", description=text, language=language,
        characters=[CharacterBrief(name=name, role=role) for name, role in (people or {}).items()],
    )  # fmt: skip
    return [one.name for one in make_cast(brief, story_of(brief))]


def someone(name: str, *, man: bool = False, role: str = "") -> Character:
    return Character(name=name, role=role, look=Look(presentation="man" if man else "woman"))


def heard(
    text: str, *people: Character, language: Language = "en", earlier: str = ""
) -> list[tuple[str, str]]:
    told = tuple(f"{one}." for one in earlier.split(". ") if one)
    hearing = Hearing(people=people, cast=people, language=language, earlier=told, longest=20)
    hearing = replace(hearing, before=acting_last(told, hearing))
    return [(part.speaker.name, part.text) for part in parts_of(text, hearing) if part.speaker]


EOIN, MARTA = someone("Eoin", man=True), someone("Marta")


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "Nia checks the tape. The man at the machine wears her vest: Geraint, her boss.",
     {"Nia": "clerk", "Geraint": "boss"}),
    ("es", "Nia revisa la cinta. El hombre de la caja lleva su chaleco: Gerardo, su jefe.",
     {"Nia": "cajera", "Gerardo": "jefe"}),
    ("en", "Ruth is a nurse. Her last patient lives on the hill. Mr Alvey, 78, opens the door.", {}),
])  # fmt: skip
def test_a_role_that_a_named_one_plays_brings_on_nobody(
    language: Language, text: str, people: dict[str, str]
):
    assert len(names_of(text, people, language)) == 2


def test_a_role_that_nobody_plays_brings_on_somebody():
    """The control: two who come after the patient, and either may be it."""
    told = "Ruth is a nurse. Her last patient waits. Otto, a baker, sings. Karl, a cook, dances."
    assert "Patient" in names_of(told)


def test_who_has_no_name_goes_by_the_noun_of_the_role():
    assert by_calling("last patient", [], "en") == "Patient"
    assert by_calling("hombre de la caja", [], "es") == "Hombre"
    assert by_calling("nurse", ["Nurse"], "en") == "Nurse 2"


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana digs. Ben has not left his porch for years. Today the porch is empty."),
    ("en", "Ana talks to Ben. Today Ben's bench is empty."),
    ("es", "Ana cava. Ben no deja su porche. Hoy el porche está vacío."),
    ("pt-BR", "Ana cava. Ben não sai da varanda. Hoje a varanda está vazia."),
])  # fmt: skip
def test_an_empty_chair_is_seen_without_whose_it_is(language: Language, text: str):
    last = stands_of(text, ANA, BEN, language=language)[-1]
    assert "Ben" not in last.here


def test_who_was_away_comes_back_by_a_pronoun():
    told = "Dan lends Ana a bike. Ben has not left his porch. Today the porch is empty."
    told += " She waits, until he opens the door himself."
    dan = Person(name="Dan", woman=False)
    assert "Ben" in stands_of(told, ANA, dan, BEN)[-1].acting


def test_what_is_empty_and_nobodys_sends_nobody_away():
    """The control: the shop that is empty was not spoken of before."""
    assert "Ben" in stands_of("Ben digs a hole. The shop is empty.", ANA, BEN)[-1].here


def test_whoever_a_door_lets_in_is_seen():
    told = (
        "Ana irons. Ben sits down. Then the door opens and it's Cleo, hiding a box. They stare at each other."
    )
    stands = stands_of(f"{told} Ana holds out her hand.", ANA, BEN, CLEO)
    entering = next(one for one in stands if "door" in one.text)
    assert entering.acting == ("Cleo",)
    staring = next(one for one in stands if "stare" in one.text)
    assert {*staring.acting} == {"Ben", "Cleo"}


def test_who_is_only_said_to_be_somebody_comes_through_no_door():
    """The control: no door, no bell."""
    told = stands_of("Ana irons. Ana looks at the photo and it's Cleo, hiding a box.", ANA, CLEO)[-1]
    assert told.acting != ("Cleo",)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana plays back the footage. Ben takes the money. Ana goes up. The boot is full."),
    ("es", "Ana mira afuera: en el coche de enfrente está Ben, quieto. Las bolsas están llenas."),
    ("pt-BR", "Ana trabalha sozinha, com o ajudante Ben dormindo no depósito. As sacolas estão cheias."),
    ("en", "Ana kneads alone, with her apprentice Ben asleep in the storeroom. The bags are full."),
])  # fmt: skip
def test_who_is_elsewhere_is_not_in_the_room(language: Language, text: str):
    ben = Person(
        name="Ben", woman=False, role={"en": "apprentice", "es": "aprendiz", "pt-BR": "ajudante"}[language]
    )
    assert "Ben" not in stands_of(text, ANA, ben, language=language)[-1].here


def test_who_stands_there_is_in_the_room():
    """The control: nothing has led them apart."""
    assert "Ben" in stands_of("Ana kneads with Ben. The bags are full.", ANA, BEN)[-1].here


@pytest.mark.parametrize(("language", "text", "pair"), [
    ("en", "Ana cooks. Ben eats. Cleo pays. Both parents smile.", {"Ben", "Cleo"}),
    ("es", "Ana cocina. Ben come. Cleo paga. La pareja sale a pie.", {"Ben", "Cleo"}),
])  # fmt: skip
def test_a_pair_is_those_who_are_that(language: Language, text: str, pair: set[str]):
    roles = ("bride's father", "bride's mother") if language == "en" else ("", "su mujer")
    people = (ANA, replace(BEN, role=roles[0]), replace(CLEO, role=roles[1]))
    assert {*stands_of(text, *people, language=language)[-1].acting} == pair


@pytest.mark.parametrize(("language", "earlier", "talk"), [
    ("en", "Eoin drops the keys. Marta dives in and brings them up. Silence.",
     '"You can swim." "Since I was four." "Then what are the lessons for?"'),
    ("pt-BR", "Eoin perde a chave. Marta mergulha e volta com a chave. Silêncio.",
     '"Você sabe nadar." "Desde pequena." "Então por que veio?"'),
])  # fmt: skip
def test_lines_that_follow_each_other_alternate(language: Language, earlier: str, talk: str):
    """Who has just done it is told `you`, and answers."""
    said = heard(talk, EOIN, MARTA, language=language, earlier=earlier)
    assert [name for name, _ in said] == ["Eoin", "Marta", "Eoin"]


@pytest.mark.parametrize(("language", "told", "line"), [
    ("pt-BR", "Marta diz que é só uma camisa azul.", ("Marta", "É só uma camisa azul.")),
    ("pt-BR", "Eoin pede que ela se afaste do carro.", ("Eoin", "Afaste-se do carro, por favor.")),
    ("pt-BR", "Eoin grita que vai demiti-la.", ("Eoin", "Eu vou demitir você.")),
    ("es", "Eoin pide que se aparte del coche.", ("Eoin", "Apártate del coche, por favor.")),
    ("es", '"Ayer estaba entera", le dice a Marta, la dueña.', ("Eoin", "Ayer estaba entera.")),
    ("es", "Eoin confiesa: la ha dejado en la vía.", ("Eoin", "La he dejado en la vía.")),
    ("en", "Behind her Eoin, calm as anything, asks her to step away from his car.",
     ("Eoin", "Please step away from my car.")),
])  # fmt: skip
def test_what_is_reported_is_said_by_the_right_one(language: Language, told: str, line: tuple[str, str]):
    assert heard(told, EOIN, MARTA, language=language, earlier="Eoin entra") == [line]


def test_nobody_calls_out_to_a_nameless_one():
    """Thanks are given without a name, or with the one that somebody has."""
    nurse = someone("Nurse", role="nurse")
    for text in (f"Eoin thanks {whom}." for whom in ("the nurse", "her", "the nurse for the tea")):
        assert not any("Nurse" in line for _, line in heard(text, EOIN, nurse, earlier="Eoin comes in"))
    assert is_nameless(nurse)
    assert not is_nameless(MARTA)


def test_what_a_nurse_says_of_another_is_not_her_own():
    nurse, frank = someone("Nurse", man=True, role="nurse"), someone("Frank", man=True)
    assert heard("The nurse says that he had a fall.", nurse, MARTA, frank) == []
    # The control: nobody else can be meant.
    assert heard("The nurse says that he had a fall.", nurse, MARTA) == [("Nurse", "I had a fall.")]


def test_the_word_before_te_bears_its_stress():
    assert [stressed(one) for one in ("aparta", "sienta", "mueve")] == ["apárta", "siénta", "muéve"]


def test_a_part_of_the_body_tells_its_owners_sex():
    assert own_body("Sam", "Sam, who runs the desk, watches them and rolls her eyes.", "en") == "woman"
    # The control: somebody else's hand.
    assert own_body("Sam", "Sam takes her hand.", "en") is None


def test_the_same_vest_is_the_other_ones():
    other = "clerk, orange hi-vis vest over a black jacket"
    assert (
        with_same("boss, same orange vest over a shirt", [other], "en")
        == "boss, orange hi-vis vest over a shirt"
    )
    assert with_same("chefe, mesmo boné cinza.", ["porteiro"], "pt-BR") == "chefe, boné cinza."
    assert with_same("boss, orange vest", [other], "en") == "boss, orange vest"


@pytest.mark.parametrize(("language", "role"), [
    ("en", "baker, 34. Fair hair in a white swimming cap, burgundy swimsuit."),
    ("es", "panadera, 34. Traje de baño granate, gorro de natación blanco."),
    ("pt-BR", "padeira, 34. Maiô vinho, touca de natação branca."),
])  # fmt: skip
def test_a_swimmer_wears_what_she_is_told_to(language: Language, role: str):
    """Her trade puts nobody in an apron at the pool."""
    told = described("Marta", role, "", (), language)
    assert (told.garment, told.accessory, told.barefoot) == ("t_shirt", "skullcap", True)


def test_a_kitchen_makes_no_cook():
    told = "Julián encuentra un tornillo en el suelo de la cocina. Julián se va."
    brief = NovelaBrief(title="x", description=told, language="es")
    assert make_cast(brief, story_of(brief))[0].role != "cocinero"
    cooking = NovelaBrief(title="x", description="Julián cocina para todos. Julián se va.", language="es")
    assert make_cast(cooking, story_of(cooking))[0].role == "cocinero"


def test_a_brides_mother_is_no_bride():
    assert trade_beside("Gwen", "It is Gwen, the bride's mother, with a box.", "en") == ""
    assert trade_beside("Gema", "Es Gema, la madre de la novia, con una caja.", "es") == ""
    # The control.
    assert trade_beside("Gwen", "It is Gwen, the bride, with a box.", "en") == "bride"


@pytest.mark.parametrize(("text", "language", "name", "years"), [
    ("Lupita (70, rebozo morado) sale al balcón y escucha la serenata.", "es", "Lupita", 70),
    ("Her grandson Kit (17, tall, black hoodie) grabs the sander.", "en", "Kit", 17),
    ("Jandira (22 anos, macacão jeans) chega de Fortaleza.", "pt-BR", "Jandira", 22),
    ("Elvio Sosa (80) espera en la casa.", "es", "Elvio", 80),
])  # fmt: skip
def test_an_age_in_brackets_is_the_age(text: str, language: Language, name: str, years: int):
    assert told_years(name, "", text, language) == years


def test_a_number_in_brackets_that_is_no_age_is_none():
    """The control."""
    assert told_years("Rosa", "", "Rosa (12 miles from home) walks on.", "en") is None


def test_who_is_named_and_cast_in_brackets_is_not_cast_again_by_what_follows():
    text = "Marcela vuelve a la finca. Quien los descarga es Yeison (19, flaco), el sobrino que ella crió."
    assert names_of(text, language="es") == ["Marcela", "Yeison"]


def test_a_closing_quotation_mark_ends_no_role():
    text = 'Le pagaron una serenata para "Lupita, la del balcón azul". Chuy canta y Lupita sale a escuchar.'
    brief = NovelaBrief(title="x", description=text, language="es")
    assert not [one.role for one in make_cast(brief, story_of(brief)) if '"' in one.role]
