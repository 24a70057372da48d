"""What the talk banks hold can be said: every turn is read, in every language, and none of it twice."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

import pytest

from state.script import Expression, Language
from tools.models.offline.telling.talk import TURN
from tools.models.offline.words.bank import bank, shared
from tools.models.offline.words.grammar import slots_of

LANGUAGES = get_args(Language)
WAYS = re.compile(r"^(own|other|alone|together)(_(light|tender|grave))?$")
LEAST = {"own": 1, "other": 1, "alone": 1}
"""How many exchanges of each way a table has."""
ANYBODY_SAYS = 4
"""Words up to which a line is nobody's own: `Not yet.`, `Who is it?`."""
SLOTS = {"a", "b", "it", "It", "who"}
NO_TALK = ("who", "gestures")
"""Tables that are no talk."""
NO_DOER = ("thing", "together")
"""Tables that stand beside the others: no one does what they are about."""


def tables(language: Language) -> dict[str, dict[str, list[str]]]:
    return {
        name: {way: turns for way, turns in table.items() if way != "verbs"}
        for name, table in bank(language)["talk"].items()
        if name not in NO_TALK
    }


def exchanges(language: Language) -> Iterator[tuple[str, str, list[str]]]:
    for name, table in tables(language).items():
        for way, found in table.items():
            for exchange in found:
                yield name, way, exchange.split(" / ")


def verbs(language: Language) -> list[str]:
    talk = bank(language)["talk"]
    return [verb for name, table in talk.items() if name not in NO_TALK for verb in table["verbs"].split()]


def alone_or_answered(language: Language) -> Iterator[list[str]]:
    """Two who do a thing together may say what others say of it."""
    return (turns for _, way, turns in exchanges(language) if not way.startswith("together"))


def lines_of(turns: list[str]) -> set[str]:
    return {ends_alike(turn.partition(": ")[2]) for turn in turns}


def ends_alike(text: str) -> str:
    return text.lower().strip(" .!?¡¿…")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_turn_is_read(language: Language):
    broken = [turn for _, _, turns in exchanges(language) for turn in turns if not TURN.match(turn.strip())]
    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_take_turns(language: Language):
    speakers = {tuple(turn[0] for turn in turns): turns for _, _, turns in exchanges(language)}
    in_a_row = [turns for who, turns in speakers.items() if any(a == b for a, b in pairwise(who))]
    assert in_a_row == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_alone_speaks_alone(language: Language):
    answered = [turns for _, way, turns in exchanges(language) if way.startswith("alone") and len(turns) > 1]
    assert answered == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_face_is_one_that_can_be_drawn(language: Language):
    read = (TURN.match(turn) for _, _, turns in exchanges(language) for turn in turns)
    assert {turn[2] for turn in read if turn and turn[2]} <= set(get_args(Expression))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_has_a_filling(language: Language):
    used = {slot for _, _, turns in exchanges(language) for turn in turns for slot in slots_of(turn)}
    holes = [t for _, _, turns in exchanges(language) for t in turns if "{" in re.sub(r"\{(\w+)\}", "", t)]
    assert used <= SLOTS
    assert holes == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_agree_with_somebody(language: Language):
    marks = [m for _, _, turns in exchanges(language) for t in turns for m in re.findall(r"\[[^\]]*\]", t)]
    assert [mark for mark in marks if not re.fullmatch(r"\[[syt]:[^|\[\]]*\|[^|\[\]]*\]", mark)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_thing_agrees_only_where_it_is_named(language: Language):
    loose = [
        turns
        for _, _, turns in exchanges(language)
        if "[t:" in str(turns) and "{it}" not in str(turns).lower()
    ]
    assert loose == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_exchange_stands_twice(language: Language):
    said = Counter(ends_alike(" / ".join(turns)) for turns in alone_or_answered(language))
    assert [text for text, times in said.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_stands_twice(language: Language):
    said = Counter(text for turns in alone_or_answered(language) for text in lines_of(turns))
    assert [text for text, times in said.items() if times > 1 and len(text.split()) > ANYBODY_SAYS] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_table(language: Language):
    assert set(tables(language)) == set(tables("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_means_one_thing(language: Language):
    assert [verb for verb, times in Counter(verbs(language)).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_something_to_say(language: Language):
    poor = [
        (name, way) for name, table in tables(language).items() if name not in NO_DOER
        for way, least in LEAST.items() if len(table.get(way, [])) < least
    ]  # fmt: skip
    assert poor == []
    assert [way for table in tables(language).values() for way in table if not WAYS.match(way)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_faces_and_hands(language: Language):
    happenings = shared("happenings")
    assert set(tables(language)) - {"thing"} <= set(happenings)
    assert {kind for kind in happenings if kind != "tone"} <= set(tables(language))
