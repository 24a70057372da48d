"""Who tells an episode: the person's own narrator, the series', or nobody."""

import pytest

from nodes.screenplay.own_narrator import with_narrator, with_told_lines
from state.brief import NovelaBrief
from state.script import Narrator, Place
from state.writing import SeriesPlan

SERIES = Narrator(name="Narrador", presentation="man", voice_id="v1")


def a_brief(*speakers: str, narrator: bool = True) -> NovelaBrief:
    lines = [{"speaker": name, "text": "Nobody came."} for name in speakers]
    scenes = [{"number": 1, "lines": lines}] if lines else []
    people = [{"name": "Ana"}]
    return NovelaBrief.model_validate(
        {"title": "t", "description": "d", "characters": people, "scenes": scenes, "narrator": narrator}
    )


def a_plan(narrator: Narrator | None) -> SeriesPlan:
    return SeriesPlan(
        title="t", logline="l", cast=[], narrator=narrator, places=[Place(name="A", kind="bar")], episodes=[]
    )


@pytest.mark.parametrize("planned", [None, Narrator(name="Teller", presentation="man")])
def test_own_lines_name_the_narrator(planned: Narrator | None):
    told = with_narrator(a_plan(planned), a_brief("Ana", "Narradora"), known=None).narrator
    assert told == Narrator(name="Narradora", presentation="woman")


def test_a_word_for_either_keeps_who_was_planned():
    told = with_narrator(a_plan(SERIES), a_brief("Voz"), known=None).narrator
    assert told == Narrator(name="Voz", presentation="man")


def test_a_series_keeps_its_narrator_and_voice():
    brief = a_brief("Narradora", "Ana")
    told = with_narrator(a_plan(SERIES), brief, known=SERIES).narrator
    assert told == SERIES
    said = with_told_lines(brief, told).scenes[0].spoken
    assert [one.speaker for one in said] == ["Narrador", "Ana"]


def test_a_brief_may_want_none():
    assert with_narrator(a_plan(SERIES), a_brief("Ana", narrator=False), known=SERIES).narrator is None
    assert with_narrator(a_plan(SERIES), a_brief("Ana"), known=None).narrator == SERIES


def test_own_lines_are_told_even_where_none_is_wanted():
    """What a person wrote is said word for word; only what we would invent is left out."""
    told = with_narrator(a_plan(None), a_brief("Narrator", narrator=False), known=None).narrator
    assert told is not None
    assert told.name == "Narrator"
