"""Names and word lists are found as `re` finds them, without a pattern for each name."""

import re

import pytest

from tools.models.offline.persons.ages import told_years
from tools.models.offline.persons.called_before import _beside
from tools.models.offline.persons.evidence import is_apposed
from tools.models.offline.words.bank import FOLDER, Bank
from tools.models.offline.words.behind import first_behind, names_at, names_in_any_case
from tools.models.offline.words.tries import any_of

TEXT = "Ana, Mariana and ANA. Ana-Ana (Ana): _Ana, 3Ana, Ana, the baker. Jo Jo Jo"
WORDS = ("bar", "barber shop", "bar mitzvah", "ski-lift", "a+b", "ba", "õnibus", "on")
SAID = "The barber shops, a bar, bars, ba-bar, a+b, A+B; the BAR Mitzvah. On õnibus ski-lift barber on"


@pytest.mark.parametrize("name", ["Ana", "Jo Jo", "ana", "Ana-Ana", "", "nobody"])
def test_a_name_stands_where_a_pattern_would_find_it(name: str) -> None:
    form = rf"(?<!\w)(?={re.escape(name)})"
    assert list(names_at(name, TEXT)) == [one.start() for one in re.finditer(form, TEXT)]
    assert names_in_any_case(name, TEXT) == [one.start() for one in re.finditer(form, TEXT, re.I)]


def test_what_is_behind_a_name_is_what_is_behind_it_first() -> None:
    follows = re.compile(r", (the )?(\w+)")
    found = first_behind("Ana", follows, TEXT)
    whole = re.search(r"(?<!\w)Ana, (the )?(\w+)", TEXT)
    assert found is not None
    assert whole is not None
    assert (found.groups(), found.end()) == (whole.groups(), whole.end())
    assert first_behind("Mar", follows, TEXT) is None


@pytest.mark.parametrize("ends", ["", r"(?![\w-])", r"s?(?!\w)"])
@pytest.mark.parametrize("flags", [0, re.I])
def test_any_of_many_words_is_the_longest_that_fits(ends: str, flags: int) -> None:
    listed = "|".join(map(re.escape, sorted(WORDS, key=len, reverse=True)))
    plain, quick = (re.compile(rf"(?<!\w)(?:{form}){ends}", flags) for form in (listed, any_of(WORDS)))
    assert [one.span() for one in quick.finditer(SAID)] == [one.span() for one in plain.finditer(SAID)]
    assert quick.search(SAID) is not None


def test_what_somebody_is_stands_behind_the_name() -> None:
    assert is_apposed("Mo", "Momo, our cook. Mo, our old producer, panics.", "en")
    assert not is_apposed("Mo", "Momo, our cook, panics. Mo panics.", "en")
    assert _beside("Gus", "Gus and Lea wait. Gus the intern waits.", "en") == "intern"
    assert _beside("Gus", "Angus the intern waits.", "en") == ""


@pytest.mark.parametrize(("text", "years"), [
    ("Rosamund, 12. ROSA, 34, waits.", 34), ("Her friend of 51, called Rosa, waits.", 51),
    ("Rosa waits. 61 years old, Rosa is.", 61), ("Rosa has 3 boats.", None), ("Lea, 34, waits.", None),
])  # fmt: skip
def test_an_age_is_the_one_beside_the_name(text: str, years: int | None) -> None:
    assert told_years("Rosa", "", text, "en") == years


def test_a_table_is_read_when_it_is_asked_for() -> None:
    tables = Bank(FOLDER / "es")
    assert not tables
    assert tables["speech"] is tables["speech"]
    assert list(tables) == ["speech"]
    with pytest.raises(KeyError, match="nothing"):
        tables["nothing"]
