"""Directions: in the brief's own words, grammatical, and without a face that shows nothing."""

import re

import pytest

from state.brief import NovelaBrief
from state.script import Character, Language, Look
from tests.unit.tools.models.test_directing import BRIEFS, write_episode
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.reader import Reader
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.deeds.doing import deed_of
from tools.models.offline.deeds.hands import face_in
from tools.models.offline.telling.breath import halves
from tools.models.offline.telling.quoting import parts_of
from tools.models.offline.things.things import name_thing
from tools.models.offline.words.bank import bank
from tools.models.offline.words.hearing import Hearing
from tools.models.offline.words.naming import in_sentence

LANGUAGES: tuple[Language, ...] = ("en", "es", "pt-BR")


@pytest.mark.parametrize(
    ("name", "language", "inside"),
    [
        ("Doctor Rincón", "es", "el doctor Rincón"), ("Don Fermín", "es", "don Fermín"),
        ("Sra. Díaz", "es", "la Sra. Díaz"), ("Prefeito Aristides", "pt-BR", "o prefeito Aristides"),
        ("O motorista", "pt-BR", "o motorista"), ("Dona Zulmira", "pt-BR", "dona Zulmira"),
        ("The Captain", "en", "the Captain"), ("Mr. Lamptey", "en", "Mr. Lamptey"),
        ("Doctora", "es", "Doctora"), ("Maribel", "es", "Maribel"),
    ],
)  # fmt: skip
def test_a_name_inside_a_sentence(name: str, language: Language, inside: str):
    assert in_sentence(name, language) == inside


def test_a_thing_of_two_halves_is_many():
    assert [name_thing("scissors", one).the for one in LANGUAGES] == [
        "the scissors",
        "las tijeras",
        "a tesoura",
    ]
    # The control: a word that only ends in s is one thing.
    assert name_thing("umbrella", "es").the == "el paraguas"


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Rosa counts the coins and locks the drawer.", "counts the coins"),
        ("Rosa opens the box that nobody wanted.", "opens the box"),
        ("Rosa blames the fuel and Tom blames Rosa.", "blames the fuel"),
        ("Rosa has rented a locker.", ""), ("Rosa knows the answer.", ""), ("Rosa says nothing.", ""),
        ("Rosa opened the box.", ""),
    ],
)  # fmt: skip
def test_a_deed_is_what_can_be_seen_now(text: str, deed: str):
    people = (Person(name="Rosa", woman=True, role=""), Person(name="Tom", woman=False, role=""))
    assert deed_of(Reader("en", people).read(text)[0], "en") == deed


def test_what_goes_on_behind_its_tag_is_one_speech():
    assert len(sentences_of('"One is his," she says. "The rest is yours."')) == 1
    assert len(sentences_of("«¿Ves?», dice. «Ya volvió». Se sienta.")) == 2
    # The control: two who talk.
    assert len(sentences_of('"One is his." "The rest is yours."')) == 2


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=[one.title for one in BRIEFS])
def test_a_face_that_shows_nothing_is_not_told(brief: NovelaBrief):
    still = bank(brief.language)["shots"]["faces"]["neutral"]
    assert not still
    for scene in write_episode(brief).scenes:
        for shot in scene.shots:
            assert not re.search(r"[:,;] *[.,;]| {2}", shot.description), shot.description


@pytest.mark.parametrize(
    ("text", "language", "face"),
    [
        ("He panics.", "en", "afraid"), ("Dale is proud of it.", "en", "determined"),
        ("Ele entra em pânico.", "pt-BR", "afraid"), ("Ela não muda o rosto.", "pt-BR", "neutral"),
        ("Itzel señala la puerta sin temblar.", "es", "neutral"), ("Ella llora.", "es", "sad"),
        ("She opens the door.", "en", None),
    ],
)  # fmt: skip
def test_a_face_follows_the_words(text: str, language: Language, face: str | None):
    assert face_in(text, language) == face


def test_he_is_not_somebody_named_long_ago_once_a_stranger_has_come_on():
    people = (Person(name="Isla", woman=True), Person(name="Dr. Baird", woman=False))
    text = (
        "Isla rings Dr. Baird. The phone rings in the young man's pocket. Isla counts his change. "
        "Isla goes out. Isla waits. Outside, he makes an old man swallow two tablets."
    )
    assert (
        Reader("en", people).read(text)[-1].text.endswith("Outside, he makes an old man swallow two tablets.")
    )
    # The control: with no stranger there is only one whom `he` can mean.
    alone = Reader("en", people).read("Isla rings Dr. Baird. Outside, he starts the car.")
    assert alone[-1].text == "Outside, Dr. Baird starts the car."


@pytest.mark.parametrize(("years", "said"), [(73, "Onde a senhora"), (30, "Onde você")])
def test_nobody_says_voce_to_an_old_lady(years: int, said: str):
    lady = Character(name="Zuleide", role="aposentada", look=Look(presentation="woman", years=years))
    young = Character(name="Kléber", role="examinador", look=Look(presentation="man", years=25))
    hearing = Hearing(people=(lady, young), cast=(lady, young), language="pt-BR", before=young)
    parts = parts_of("Kléber pergunta onde ela aprendeu aquilo.", hearing)
    assert [one.text for one in parts if one.speaker is young] == [f"{said} aprendeu aquilo?"]


def test_what_an_overfull_line_is_parted_at():
    assert halves("She lifts the box, opens it.")[0] == ("She lifts the box,", "opens it.")
    assert not halves("She lifts the box.")
