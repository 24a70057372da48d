"""The guard over a scene's pictures: everybody who does something in it is seen in one of them."""

from collections.abc import Sequence
from dataclasses import replace

from state.script import Character, ShotSize
from tools.models.offline.ledger.stage import Stage
from tools.models.offline.shooting.setup import Setup

PAIR, MOST = 2, 3
ALONE = ("medium", "close_up")


def all_seen(setups: Sequence[Setup], people: Sequence[Character], stage: Stage) -> list[Setup]:
    """The set-ups with nobody left out: who acts and is in no picture comes into the one that tells it."""
    done = list(setups)
    cast = {one.name: one for one in people}
    for at, setup in enumerate(setups):
        stand = stage.of([one for one in setup.seen if one.fact is not None])
        for name in () if stand.memory else stand.acting:
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
    size: ShotSize = "two_shot" if len(kept) + 1 == PAIR else "wide"
    return replace(setup, kind="two", size=size, other=one, here=(*kept, one))
