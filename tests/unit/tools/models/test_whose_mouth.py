"""Whoever the saying verb belongs to says it; an animal and a stranger are only told of."""

from dataclasses import replace

import pytest

from state.script import Character, Language, Look, Place
from tests.scripts import STORIES, a_novela_brief, write_episode
from tools.models.offline.deeds.doing import deed_of
from tools.models.offline.places.sets import name_place
from tools.models.offline.telling.echoing import other_echoes, phrases
from tools.models.offline.telling.quoting import parts_of
from tools.models.offline.telling.rewording import is_stock
from tools.models.offline.words.bank import bank
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.hearing import Hearing

ANA = Character(name="Ana Ruiz", role="operator", look=Look(presentation="woman"))
BEN = Character(name="Ben", role="36, night supervisor", look=Look(presentation="man"))
CAL = Character(name="Cal", role="a sailor", look=Look(presentation="man"))


def heard(text: str, language: Language, *people: Character, **known: object) -> list[tuple[str, str]]:
    here = people or (ANA, BEN)
    hearing = replace(Hearing(people=here, cast=here, language=language), **known)
    return [(part.speaker.name if part.speaker else "", part.text) for part in parts_of(text, hearing)]


@pytest.mark.parametrize(("text", "said"), [
    ("Ben says round it down.", "Round it down!"), ("Ben says take the money.", "Take the money!"),
    ("Ben says call it off.", "Call it off!"),
])  # fmt: skip
def test_an_order_is_said_whole(text: str, said: str) -> None:
    assert heard(text, "en") == [("Ben", said)]


@pytest.mark.parametrize("whose", ["Ana Ruiz's", "Her"])
def test_the_supervisor_of_the_cast_says_what_the_supervisor_says(whose: str) -> None:
    text = f"{whose} supervisor says round it down."
    assert heard(text, "en") == [("Ben", "Round it down!")]
    # The control: where nobody is one, nobody says it.
    assert heard(text, "en", ANA, CAL) == [("", text)]


@pytest.mark.parametrize(("text", "language"), [
    ("Ben ya gastó el dinero cuando el loro abre un ojo y pide café.", "es"),
    ("Ben dorme quando o papagaio abre o olho e pede café.", "pt-BR"),
    ("Ben sleeps when the parrot opens one eye and asks for coffee.", "en"),
    ("Ben duerme cuando el loro abre un ojo y dice: «Quiero café».", "es"),
    ("Ben sleeps when the parrot opens one eye and says: \"Coffee, please.\"", "en"),
])  # fmt: skip
def test_what_an_animal_says_is_told(text: str, language: Language) -> None:
    assert {who for who, _ in heard(text, language)} == {""}


def test_what_somebody_says_behind_another_ones_deed_is_still_theirs() -> None:
    assert ("Ben", "I will wait.") in heard("Ben sees that the door is open and says he will wait.", "en")


def test_of_two_men_the_one_whom_the_ledger_sees_is_heard() -> None:
    text = 'Ele aponta para a lata e diz: "O homem do rádio me traz."'
    doers = (("Ele aponta para a lata ", "Cal"),)
    assert heard(text, "pt-BR", ANA, BEN, CAL, doers=doers)[-1] == ("Cal", "O homem do rádio me traz.")
    # The control: without the ledger either may be meant.
    assert heard(text, "pt-BR", ANA, BEN, CAL) == [("", text)]


@pytest.mark.parametrize(("text", "language", "told"), [
    ("Ana wants him to talk, so she asks him to count the stars.", "en", "Ana wants him to talk."),
    ("Ana quiere que hable, así que le pide que cuente las estrellas.", "es", "Ana quiere que hable."),
])  # fmt: skip
def test_who_is_heard_asking_is_not_told_to_ask(text: str, language: Language, told: str) -> None:
    first, second = heard(text, language)
    assert first == ("", told)
    assert second[0] == "Ana Ruiz"


def test_a_deed_that_is_cut_at_a_mark_keeps_no_and() -> None:
    fact = Fact(text="Ana encuentra la campana y, atada a ella, una cuerda.", subject="Ana", agent="Ana",
        verb="encuentra", rest="la campana y, atada a ella, una cuerda", kind="event")  # fmt: skip
    assert deed_of(fact, "es") == "encuentra la campana"


@pytest.mark.parametrize(("name", "language", "loc"), [
    ("The hill", "en", "on the hill"), ("The front door", "en", "at the front door"),
    ("The platform", "en", "on the platform"), ("The weighbridge", "en", "at the weighbridge"),
    ("The meadow", "en", "in the meadow"), ("La colina", "es", "en la colina"),
    ("El cerro", "es", "en el cerro"), ("O morro", "pt-BR", "no morro"), ("A colina", "pt-BR", "na colina"),
])  # fmt: skip
def test_a_place_has_the_preposition_of_its_noun(name: str, language: Language, loc: str) -> None:
    assert name_place(Place(name=name, kind="countryside"), language).loc == loc


@pytest.mark.parametrize(("text", "parts"), [
    ("El teatro va a ser derribado.", []), ("Ana descubre que su jefe firmó la venta.", ["la venta"]),
    ("El teatro cierra en pleno verano.", ["en pleno verano"]),
])  # fmt: skip
def test_what_two_repeat_of_a_thin_brief_is_a_phrase_of_its_own(text: str, parts: list[str]) -> None:
    fact = Fact(text=text, subject="", verb="", rest="", kind="event")
    assert phrases([fact], [ANA], "es") == parts


def test_a_repeated_phrase_is_said_in_another_frame() -> None:
    others = [*other_echoes("The last bakery. You're sure?", "en", Dice("1"))]
    assert "Wait. The last bakery?" in others
    assert [*other_echoes("Nobody knows that.", "en", Dice("1"))] == []


def test_nobody_lies_in_place_of_whom_they_ask_about() -> None:
    row = {**STORIES["es"][2], "genre": "thriller", "language": "es"}
    lines = write_episode(a_novela_brief(**row)).lines
    assert not [line for line in lines if "quién miento" in line]


def test_where_somebody_is_alone_nobody_talks_as_any_two_would() -> None:
    story = "Ilse is {} in the freezer hall. A camera shows her badge. Ilse finds a coat."
    said = {
        word: write_episode(a_novela_brief(description=story.format(word), title="Nine", characters=[]))
        for word in ("alone", "working")
    }
    back = {*bank("en")["reported"]["echo"]["answered"]}
    stock = {word: {one.text for one in found.spoken if is_stock(one.text, "en")} - back
             for word, found in said.items()}  # fmt: skip
    assert not stock["alone"]
    # The control: without that word they do.
    assert stock["working"]


MUM = Character(name="Doña Pura", role="83, madre de Ana", look=Look(presentation="woman", years=83))
KID = Character(name="Ana Ruiz", role="56, dueña de un bar", look=Look(presentation="woman", years=56))


@pytest.mark.parametrize(("said", "whose"), [
    ("Hija, tú no me dejas echarle la sal", "Doña Pura"),
    ("Madre, tú no me dejas echarle la sal", "Ana Ruiz"),
    ("Tú no me dejas echarle la sal", "Ana Ruiz"),
])  # fmt: skip
def test_who_calls_her_daughter_is_the_mother(said: str, whose: str) -> None:
    parts = heard(f'Ana Ruiz entra en la cocina. "{said}", le dice.', "es", KID, MUM, before=KID)
    assert [name for name, text in parts if "sal" in text] == [whose]


@pytest.mark.parametrize(("text", "language"), [
    ('Ben wants to leave and Ana Ruiz locks the door: "Nobody goes."', "en"),
    ("Ben amenaza con irse y Ana Ruiz cierra la puerta: «Nadie se va».", "es"),
    ('Ben ameaça ir embora e Ana Ruiz tranca a porta: "Ninguém sai."', "pt-BR"),
    ('Ben locks the van, but Ana Ruiz shouts: "Nobody goes."', "en"),
    ('Ben locks the van and she shouts: "Nobody goes."', "en"),
])  # fmt: skip
def test_who_does_the_last_thing_before_a_quotation_says_it(text: str, language: Language) -> None:
    assert [who for who, _ in heard(text, language) if who] == ["Ana Ruiz"]


@pytest.mark.parametrize(("text", "language"), [
    ('Ben looks at Ana Ruiz and shouts: "Nobody goes."', "en"),
    ("Ben mira a Ana Ruiz y grita: «Nadie se va».", "es"),
])  # fmt: skip
def test_who_is_only_looked_at_says_nothing(text: str, language: Language) -> None:
    """The control: somebody behind the verb is not who goes on."""
    assert [who for who, _ in heard(text, language) if who] == ["Ben"]


def test_who_somebody_turns_out_to_be_is_no_deed() -> None:
    fact = Fact(subject="Grant Ellis", agent="Grant Ellis", verb="turns", rest="out to be Grant", text="x")
    assert deed_of(fact, "en") == ""
    # The control: what he does with another.
    assert deed_of(replace(fact, rest="round and sees Bea"), "en")
