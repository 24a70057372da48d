"""The noun of a film's title is seen once: where the story tells of it and no picture shows it yet."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from state.brief import NovelaBrief
from state.script import Scene, Staging
from tools.models.offline.brief.reading import text_of
from tools.models.offline.shooting.setup import OPENING, Setup
from tools.models.offline.things.load_bearing import bears
from tools.models.offline.things.picturing import found_in
from tools.models.offline.things.shown import RANKS, Words, parted


def titled_things(brief: NovelaBrief) -> tuple[str, ...]:
    """Pictures of what the title names, as far as a story can hang on them."""
    found = found_in(brief.title, brief.language, story=f"{brief.title}. {text_of(brief)}")
    return tuple(dict.fromkeys(one.picture for one in found if bears(one.picture)))


def unseen_titled(brief: NovelaBrief, scenes: Iterable[Scene], stagings: Iterable[Staging]) -> list[str]:
    """What the title names and neither the scenes before nor these pictures show."""
    before = [shot.staging for scene in scenes for shot in scene.shots]
    seen = {name for staging in (*before, *stagings) for name in shown_in(staging)}
    return [one for one in titled_things(brief) if one not in seen]


def shown_in(staging: Staging) -> set[str]:
    """Every thing that a picture shows."""
    held = {one.holds for one in staging.people}
    return {staging.subject, *held, *(one.picture for one in staging.things)}


def with_titled(setups: Sequence[Setup], missing: Sequence[str], words: Words) -> list[Setup]:
    """The set-ups with an insert of what is missing, where it is told and no face is needed."""
    done = list(setups)
    for picture in missing:
        at = next((at for at in range(len(done)) if _may_show(done, at, picture, words)), None)
        if at is not None:
            done[at] = replace(done[at], kind="insert", size="insert", move="static", thing=picture)
            done = [_beside(one) if abs(place - at) == 1 else one for place, one in enumerate(done)]
    return done


def _beside(setup: Setup) -> Setup:
    """The set-up next to the insert: two inserts in a row are a catalogue, so this one has its people."""
    return replace(setup, kind="act", size="medium", thing="") if setup.size == "insert" else setup


def _may_show(setups: Sequence[Setup], at: int, picture: str, words: Words) -> bool:
    """Whether a set-up tells of the thing and can do without its people: others have them."""
    setup = setups[at]
    if setup.kind in OPENING or setup.size == "insert" or setup.talk or setup.heard:
        return False
    if setup.on.name not in _people_in(setups, at):
        return False
    told = [one for said in setup.spoken if said.told for one in parted(said.text, words)]
    return any(one.picture == picture and part in RANKS for one, part in told)


def _people_in(setups: Sequence[Setup], apart: int) -> set[str]:
    """Whom the other set-ups of a scene are about, counting an insert next to it."""
    return {
        one.on.name
        for at, one in enumerate(setups)
        if at != apart and (one.size != "insert" or abs(at - apart) == 1)
    }
