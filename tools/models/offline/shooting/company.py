"""The guard over a scene's pictures: everybody who does something in it is seen in one of them."""

from collections.abc import Sequence
from dataclasses import replace

from state.script import Character, Language, ShotSize
from tools.models.offline.ledger.stage import Stage
from tools.models.offline.persons.told_of import concerned
from tools.models.offline.shooting.setup import Setup
from tools.models.offline.shooting.vacant import shows_nobody_new

PAIR, MOST = 2, 3
ALONE = ("medium", "close_up")


def all_seen(
    setups: Sequence[Setup], people: Sequence[Character], stage: Stage, language: Language = "en"
) -> list[Setup]:
    """The set-ups with nobody left out: who acts and is in no picture comes into the one that tells it."""
    done = _acting_seen(setups, people, stage, language)
    for text in dict.fromkeys(line.fact.text for one in setups for line in one.seen if line.fact is not None):
        done = _whole_fact_seen(text, done, people, stage, language)
    return done


def _whole_fact_seen(
    text: str, setups: list[Setup], people: Sequence[Character], stage: Stage, language: Language
) -> list[Setup]:
    """The set-ups with everybody of a fact in one of those that tell it, unless things tell it."""
    done, cast = list(setups), {one.name: one for one in people}
    telling = [
        at for at, one in enumerate(done) if any(line.fact and line.fact.text == text for line in one.seen)
    ]
    for at in telling:
        stand = stage.of([line for line in done[at].seen if line.fact is not None and line.fact.text == text])
        if stand.memory or not stand.acting or shows_nobody_new(done[at].seen, stand, language):
            continue
        for name in concerned(stand, language, lead=people[0].name):
            shown = {one.name for each in telling for one in framed(done[each])}
            if name in cast and name not in shown and any(done[each].size != "insert" for each in telling):
                done[at] = _with(done[at], cast[name])
    return done


def _acting_seen(
    setups: Sequence[Setup], people: Sequence[Character], stage: Stage, language: Language
) -> list[Setup]:
    done = list(setups)
    cast = {one.name: one for one in people}
    for at, setup in enumerate(setups):
        stand = stage.of([one for one in setup.seen if one.fact is not None])
        apart = stand.memory or shows_nobody_new(setup.seen, stand, language)
        for name in () if apart else stand.acting:
            if name in cast and not any(cast[name] in framed(one) for one in done):
                done[at] = _with(done[at], cast[name])
    return done


def is_only_picture(setup: Setup, setups: Sequence[Setup], stage: Stage) -> bool:
    """Whether somebody who does something here is seen in no other picture of the scene."""
    acting = stage.of([one for one in setup.seen if one.fact is not None]).acting
    elsewhere = {one.name for other in setups if other is not setup for one in framed(other)}
    return any(one.name in acting and one.name not in elsewhere for one in framed(setup))


def framed(setup: Setup) -> tuple[Character, ...]:
    """Whom a set-up shows."""
    if setup.size == "insert" or setup.nobody:
        return ()
    if setup.size in ALONE:
        return (setup.on,)
    return setup.here[:MOST] if setup.size == "wide" else (setup.on, setup.other)


def _with(setup: Setup, one: Character) -> Setup:
    """The set-up with somebody more: for a thing alone it is they who are seen with it."""
    there = framed(setup)
    if not there:
        return replace(setup, kind="act", size="medium", on=one, here=(one,), nobody=False)
    here = tuple(dict.fromkeys(person.name for person in (*there, one)))
    known = {person.name: person for person in (*there, one)}
    kept = tuple(known[name] for name in here if known[name] != one)[: MOST - 1]
    if setup.talk and len(kept) == 1:
        # Who speaks is heard over the shoulder of whoever hears it.
        return replace(setup, size="over_shoulder", other=one, here=(*kept, one))
    size: ShotSize = "two_shot" if len(kept) + 1 == PAIR else "wide"
    return replace(setup, kind="two", size=size, other=one, here=(*kept, one))
