"""Every line of every script is whole: nothing breaks off, nobody says half a clause."""

import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from state.brief import NovelaBrief
from state.script import Character, Language, Line, Look
from tests.scripts import Written, story_briefs, write_episode
from tools.models.offline.shooting.setup import Setup
from tools.models.offline.shooting.shot_lengths import fit_shots
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.telling.wholeness import (
    breaks_off,
    is_broken,
    lacks_its_verb,
    loses_another,
    made_whole,
    unannounced,
)
from tools.models.offline.words.fact import Fact

MORE = tomllib.loads((Path(__file__).parents[3] / "briefs.toml").read_text("utf-8"))
BRIEFS = [
    *story_briefs(),
    *(NovelaBrief.model_validate({**row, "language": at}) for at, rows in MORE.items() for row in rows),
]
ANA = Character(name="Ana", role="", look=Look(presentation="woman"))
BEN = Character(name="Ben", role="", look=Look(presentation="man"))
FACT = Fact(text="Ana asks Ben to count.", subject="Ana", verb="asks", rest="Ben to count", kind="event")


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=[one.title for one in BRIEFS])
def test_no_line_and_no_direction_of_a_script_breaks_off(brief: NovelaBrief) -> None:
    written = write_episode(brief)
    assert [line for line in written.spoken if is_broken(line.text, brief.language)] == []
    assert [*_hanging(written)] == []
    shots = [shot.description for scene in written.scenes for shot in scene.shots]
    sentences = [one for text in shots for one in re.split(r"(?<=[.:]) ", text)]
    assert [one for one in sentences if breaks_off(one.rstrip(".:"), brief.language)] == []


def _hanging(written: Written) -> Iterator[Line]:
    """What is told and ends as if something followed, where the brief goes on otherwise or not at all."""
    for scene in written.scenes:
        lines = [line for shot in scene.shots for line in shot.lines]
        for line, after in pairwise([*lines, None]):
            goes_on = after is not None and (
                not after.voice_over or f"{line.text} {after.text}"[:-1] in scene.summary
            )
            if line and line.voice_over and not goes_on and _leads_on(line.text, written.brief.language):
                yield line


def _leads_on(text: str, language: Language) -> bool:
    return text[-1] in ",;:" or breaks_off(text, language)


@pytest.mark.parametrize(("text", "language"), [
    ("She finds the bell and.", "en"), ("He walks into the.", "en"), ("Encuentra la campana y.", "es"),
    ("Abre la puerta del.", "es"), ("Encontra o sino e.", "pt-BR"), ("Ela sai com.", "pt-BR"),
])  # fmt: skip
def test_a_sentence_that_leads_on_breaks_off(text: str, language: Language) -> None:
    assert breaks_off(text, language)


@pytest.mark.parametrize(("text", "language"), [
    ("He switches it off.", "en"), ("What are you afraid of?", "en"), ("I was only going to...", "en"),
    ("El tren para.", "es"), ("Solo queda una.", "es"), ("Só um.", "pt-BR"), ("O ônibus para.", "pt-BR"),
])  # fmt: skip
def test_what_may_end_a_sentence_is_left(text: str, language: Language) -> None:
    assert not breaks_off(text, language)


def test_an_object_alone_is_no_line() -> None:
    assert lacks_its_verb("It down.", "en")
    assert is_broken("So I ask you:", "en")
    assert not any(map(lambda one: lacks_its_verb(one, "en"), ("It sank.", "It is down.", "Round it down!")))


def test_what_announces_nothing_is_cut_and_what_announces_something_stays() -> None:
    told = _told("Ana wants him to talk, so she asks him:")
    assert _texts([told]) == ["Ana wants him to talk, so she asks him."]
    said = Spoken(move="reveal", speaker=ANA, listener=BEN, text="Count!", expression="neutral",
        reaction="neutral", gesture="none", essential=True, fact=FACT)  # fmt: skip
    assert _texts([told, said]) == [told.text, "Count!"]
    assert _texts([_told("He finds the bell and")]) == ["He finds the bell."]
    assert unannounced(told.text) == "Ana wants him to talk."
    assert unannounced("She asks:") == ""


def test_a_line_for_which_there_is_no_time_takes_its_announcement_along() -> None:
    told = _told("Ana wants him to talk, so she asks him:")
    said = Spoken(move="reveal", speaker=ANA, listener=BEN, text="Please count every star up there.",
        expression="neutral", reaction="neutral", gesture="none", essential=True, fact=FACT)  # fmt: skip
    texts = []
    for seconds in (8.0, 4.0):
        setups, _ = fit_shots([_setup([told, said])], seconds, 10, 150)
        texts.append([one.text for setup in setups for one in setup.spoken])
    assert texts == [[told.text, said.text], ["Ana wants him to talk."]]


def _told(text: str) -> Spoken:
    return Spoken(move="tell", speaker=ANA, listener=BEN, text=text, expression="neutral",
        reaction="neutral", gesture="none", essential=True, narrator="Narrator", fact=FACT)  # fmt: skip


def _setup(lines: list[Spoken]) -> Setup:
    return Setup(kind="two", size="two_shot", move="static", spoken=lines, on=ANA, other=BEN)


def _texts(lines: list[Spoken]) -> list[str]:
    return [one.text for setup in made_whole([_setup(lines)], "en") for one in setup.spoken]


@pytest.mark.parametrize(("language", "told", "said"), [
    ("en", "Ana wants to know who it was and he won't say.", "I want to know who it was."),
    ("en", "Ana, a vet in Glen Coe, wants the post.", "I want the post."),
    ("es", "Ana quiere saber quién era y él no contesta.", "Quiero saber quién era."),
    ("pt-BR", "Ana quer saber quem era e ele não diz.", "Quero saber quem era."),
])  # fmt: skip
def test_what_the_other_one_does_is_not_lost(language: Language, told: str, said: str) -> None:
    assert loses_another(told, said, language)
    # The control: nobody else does anything.
    assert not loses_another(said, said, language)
