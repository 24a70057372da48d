"""A brief's clause in somebody's mouth: cases per language, read by hand, `-` where nothing may be said.

A row: speaker>listener | subject | verb | rest | kind | about | what is said.
"""

from pathlib import Path

import pytest

from state.script import Character, Language, Line, Look
from tools.models.offline.speech import Form, as_said
from tools.models.offline.speech.manner import coloured, manner_of
from tools.models.offline.speech.nouns import noun_phrases
from tools.models.offline.speech.told import quotable
from tools.models.offline.words.bank import bank
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.fact import Fact, FactKind, Tense

CASES = Path(__file__).with_name("speech_cases")
LANGUAGES: tuple[Language, ...] = ("en", "es", "pt-BR")
PEOPLE = {
    "L": Character(name="Lucía", role="", look=Look(presentation="woman")),
    "M": Character(name="Mateo", role="", look=Look(presentation="man")),
    "I": Character(name="Inés", role="", look=Look(presentation="woman")),
}
ROWS = [
    (language, row)
    for language in LANGUAGES
    for row in (CASES / f"{language}.txt").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "row"), ROWS, ids=[f"{language} {row[:60]}" for language, row in ROWS])
def test_a_clause_is_said_in_the_right_person(language: Language, row: str):
    who, subject, verb, rest, kind, about, expected = row.split("|")
    people = tuple(filter(None, about.split(",")))
    fact = a_fact(subject, verb, rest, kind=kind, about=people)  # type: ignore[arg-type]  # a kind
    assert said(fact, who, language) == (None if expected == "-" else expected)


@pytest.mark.parametrize(("language", "form", "expected"), [
    ("en", "question", "You want to sell the house?"), ("en", "clause", "you want to sell the house"),
    ("en", "why", "do you want to sell the house"), ("es", "question", "¿Quieres vender la casa?"),
    ("es", "clause", "quieres vender la casa"), ("pt-BR", "question", "Você quer vender a casa?"),
    ("pt-BR", "clause", "você quer vender a casa"),
])  # fmt: skip
def test_one_clause_takes_many_forms(language: Language, form: Form, expected: str):
    fact = a_fact(*{
        "en": ("Mateo", "wants", "to sell the house"), "es": ("Mateo", "quiere", "vender la casa"),
        "pt-BR": ("Mateo", "quer", "vender a casa"),
    }[language], kind="desire")  # fmt: skip
    assert said(fact, "L>M", language, form=form) == expected


@pytest.mark.parametrize(("verb", "rest", "expected"), [
    ("hid", "the child", "did you hide the child"),
    ("is", "afraid of the dark", "are you afraid of the dark"),
    ("has sold", "the farm", "have you sold the farm"), ("burned", "it", "did you burn it"),
    ("wobbled", "home", None),
])  # fmt: skip
def test_english_questions_turn_round_when_the_base_is_known(verb: str, rest: str, expected: str | None):
    assert said(a_fact("Mateo", verb, rest, kind="desire"), "L>M", "en", form="why") == expected


@pytest.mark.parametrize(("language", "verb", "rest", "longest", "expected"), [
    ("en", "finds", "a key before the storm reaches the village", 5, "I found a key."),
    ("en", "finds", "a key before the storm reaches the village", 3, None),
    ("en", "tells", "everybody that the well is dry", 4, None),
    ("es", "encuentra", "una llave antes de la tormenta del viernes", 4, "Encontré una llave."),
    ("es", "sabe", "que la carta es falsa", 3, None),
    ("pt-BR", "encontra", "uma chave antes da tempestade de sexta", 4, "Eu encontrei uma chave."),
    ("pt-BR", "sabe", "que a carta é falsa", 3, None),
])  # fmt: skip
def test_a_clause_is_cut_only_where_it_may_end(
    language: Language, verb: str, rest: str, longest: int, expected: str | None
):
    fact = a_fact("Mateo", verb, rest, kind="event")
    assert said(fact, "M>L", language, longest=longest) == expected


def test_the_time_that_stood_before_comes_after():
    fact = Fact(
        subject="Someone", verb="knocks", rest="at the door", lead="On the night of the storm", kind="event",
        text="On the night of the storm, someone knocks at the door.",
    )  # fmt: skip
    assert said(fact, "L>M", "en") == "Someone knocked at the door on the night of the storm."


def test_what_cannot_be_read_is_not_said():
    unread = Fact(subject="", verb="", rest="", text="Their feud ends up in the newspaper.")
    assert said(unread, "L>M", "en") is None


@pytest.mark.parametrize(("language", "rest", "expected"), [
    ("en", "a key under the stairs", ["the key"]),
    ("en", "her sister in a night train", ["the night train"]),
    ("es", "una carta de su hermana en el cajón", ["la carta", "el cajón"]),
    ("pt-BR", "uma mala na praia", ["a mala", "a praia"]),
])  # fmt: skip
def test_things_of_a_clause_can_be_thrown_in(language: Language, rest: str, expected: list[str]):
    assert noun_phrases(a_fact("Mateo", "finds", rest), language) == expected


def test_only_plain_statements_are_quoted():
    said = [
        Line(speaker="Mateo", text="Listen. I sold the house."), Line(speaker="Mateo", text="Why?"),
        Line(speaker="Mateo", text="You said it: “no.”"), Line(speaker="Nobody", text="I was never here."),
    ]  # fmt: skip
    found = quotable(said, [PEOPLE["M"]], longest=9, dice=Dice("a"))
    assert [line.text for line in found] == ["I sold the house."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_have_manners_that_can_be_heard(language: Language):
    """Two people colour the same line in different words."""
    listed = bank(language)["words"]["manners"]["list"]
    people = [PEOPLE["M"].model_copy(update={"manner": manner}) for manner in listed]
    assert len({manner_of(one, language) for one in people}) == len(listed)
    lines = [
        {coloured("Ja.", one, language, Dice(str(seed)))[0] for seed in range(12)} - {"Ja."} for one in people
    ]
    assert all(lines)
    assert not set.intersection(*lines)


def a_fact(
    subject: str, verb: str, rest: str, *, kind: FactKind = "situation", about: tuple[str, ...] = ()
) -> Fact:
    tense: Tense = "past" if kind == "backstory" else "present"
    text = f"{subject} {verb} {rest}."
    return Fact(subject=subject, verb=verb, rest=rest, kind=kind, about=about, tense=tense, text=text)


def said(
    fact: Fact, who: str, language: Language, *, form: Form = "statement", longest: int = 99
) -> str | None:
    speaker, _, listener = who.partition(">")
    return as_said(
        fact, speaker=PEOPLE[speaker], listener=PEOPLE[listener], form=form, language=language,
        cast=tuple(PEOPLE.values()), longest=longest,
    )  # fmt: skip
