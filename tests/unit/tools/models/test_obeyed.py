"""What a client's notes forbid is left out."""

import pytest

from state.brief import NovelaBrief
from state.script import Blocking, Language, Look, Place, Staging, ThingLook
from tools.models.offline.brief.obeyed import (
    allowed_mood,
    has_blank_screens,
    is_never_sad,
    with_blank_screens,
)
from tools.models.offline.things.picturing import found_in
from tools.models.offline.things.thing_look import looks_after

STORY = "Ana bakes bread at night and her brother Ben sells it."


def a_brief(note: str, language: Language) -> NovelaBrief:
    return NovelaBrief(title="x", description=f"{STORY}\n\n{note}", language=language)


@pytest.mark.parametrize(("language", "note"), [
    ("en", "no sad music pls"), ("en", "NOTES\n- nothing too sad"),
    ("es", "Nada de música triste, por favor."), ("es", "Ojo: nada triste."),
    ("pt-BR", "obs: música só de acordeon, nada triste."),
])  # fmt: skip
def test_nothing_is_sad_where_the_client_says_so(language: Language, note: str):
    assert is_never_sad(a_brief(note, language))


@pytest.mark.parametrize(("language", "note"), [
    ("en", "no text on the screen please"), ("es", "que no salga texto en pantalla, porfa"),
    ("pt-BR", "Obs. do cliente: sem textinho na tela que ninguém lê."),
])  # fmt: skip
def test_screens_are_blank_where_the_client_says_so(language: Language, note: str):
    assert has_blank_screens(a_brief(note, language))


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_what_nobody_forbids_is_allowed(language: Language):
    """The control."""
    brief = a_brief("Ana is not at home. Ana no está. Ana não está.", language)
    assert not is_never_sad(brief)
    assert not has_blank_screens(brief)


def test_only_a_sad_scene_changes_its_mood():
    assert [allowed_mood("sad", never_sad=told) for told in (True, False)] == ["hopeful", "sad"]
    assert allowed_mood("tense", never_sad=True) == "tense"


def test_a_telephone_in_a_hand_is_blank_and_other_pictures_stay():
    who = Blocking(character="Ana", look=Look(presentation="woman"), gesture="holding", holds="phone")
    place = Place(name="x", kind="kitchen")
    shot = with_blank_screens(Staging(place=place, people=[who]))
    assert shot.looks == {"phone": ThingLook(state="out")}
    letter = Staging(place=place, subject="letter")
    assert with_blank_screens(letter) == letter


@pytest.mark.parametrize(("text", "state"), [
    ("Ana puts the torch on the table.", "out"), ("Ana switches the torch on.", ""),
    ("Ana lights the torch.", ""),
])  # fmt: skip
def test_a_light_stays_out_until_it_is_lit(text: str, state: str):
    before = {"torch": ThingLook(state="out")}
    found = [one for one in found_in(text, "en") if one.picture == "torch"]
    assert looks_after(before, found, text, "en")["torch"].state == state
