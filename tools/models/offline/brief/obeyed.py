"""What a client's notes forbid and a writer can leave out: sad music, words on a screen."""

from state.brief import NovelaBrief
from state.script import Mood, Staging, ThingLook
from tools.models.offline.brief.manuscript import in_prose, notes_in
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

SCREENS = ("phone",)
"""Drawings that show a message."""


def is_never_sad(brief: NovelaBrief) -> bool:
    """Whether nothing of it may sound sad."""
    return _asks(brief, "never_sad")


def has_blank_screens(brief: NovelaBrief) -> bool:
    """Whether no words may be seen on a screen."""
    return _asks(brief, "blank_screens")


def allowed_mood(mood: Mood, *, never_sad: bool) -> Mood:
    """The mood of a scene, by which its music is chosen; hopeful where it may not be sad."""
    return "hopeful" if never_sad and mood == "sad" else mood


def with_blank_screens(staging: Staging) -> Staging:
    """The picture with nothing written on the screens in it."""
    shown = {
        staging.subject,
        *(one.picture for one in staging.things),
        *(one.holds for one in staging.people),
    }
    screens = [one for one in SCREENS if one in shown]
    if not screens:
        return staging
    blank = {one: staging.looks.get(one, ThingLook()).model_copy(update={"state": "out"}) for one in screens}
    return staging.model_copy(update={"looks": {**staging.looks, **blank}})


def _asks(brief: NovelaBrief, wish: str) -> bool:
    form: str = bank(brief.language)["manuscript"]["obeyed"][wish]
    said = (in_prose(brief.description, brief.language), notes_in(brief.description, brief.language))
    return any(re.search(rf"(?<!\w)(?:{form})(?!\w)", one, re.IGNORECASE) for one in said)
