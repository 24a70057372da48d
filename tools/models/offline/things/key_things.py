"""The things a story turns on are seen: close when they first matter, and in two pictures at least.

A picture of its own is given where the thing is told of and its people can be done without, else in the
next silent picture; never before it is told of.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from state.script import Character, Scene, Staging
from tools.models.offline.shooting.company import is_only_picture
from tools.models.offline.shooting.floor import Floor
from tools.models.offline.shooting.setup import OPENING, Setup
from tools.models.offline.shooting.staging import stage_shots
from tools.models.offline.things.shown import RANKS, Words, parted
from tools.models.offline.things.titled import shown_in
from tools.pictures.library import pictures

TWICE = 2
"""Pictures that show a thing before whoever watches knows it."""
CLOSE_CM = 260
"""What is larger is where people are, not what they have."""


@dataclass(frozen=True, kw_only=True)
class Keys:
    """The things that have to be seen, as far as a scene knows."""

    names: tuple[str, ...] = ()
    """The weightiest first."""
    seen: Counter[str]
    """How many pictures of the film so far show each."""
    close: frozenset[str] = frozenset()
    """What was seen by itself before."""
    last_told: frozenset[str] = frozenset()
    """What no later scene tells of."""


def keys_after(
    scenes: Iterable[Scene], names: Sequence[str], *, later: str, words: Words, own: Sequence[Staging] = ()
) -> Keys:
    """What is still to be seen of these things after the scenes before; `later` is told in the next ones."""
    stagings = [*own, *(shot.staging for scene in scenes for shot in scene.shots)]
    told = {one.picture for one, part in parted(later, words) if part != "said"}
    known = [one for one in names if one in pictures() and pictures()[one].cm <= CLOSE_CM]
    return Keys(
        names=tuple(known),
        seen=Counter(name for staging in stagings for name in shown_in(staging)),
        close=frozenset(one.subject for one in stagings if one.size == "insert"),
        last_told=frozenset(one for one in known if one not in told),
    )


def with_keys(setups: Sequence[Setup], keys: Keys, floor: Floor, *, ends: bool = False) -> list[Setup]:
    """The set-ups with pictures of the key things that would not be seen enough."""
    done, end = list(setups), len(setups) - 1
    for name in keys.names:
        tells = [at for at, one in enumerate(done) if _tells(one, name, floor.words)]
        if not tells or not _is_missed(name, done, keys, floor):
            continue
        slots = [at for at in _slots(done, tells) if not _is_met(done[at], floor, last=ends and at == end)]
        slots = [at for at in slots if not is_only_picture(done[at], done, floor.stage)]
        at = next((at for at in slots if _leaves_people(done)), None)
        if at is not None:
            done[at] = replace(done[at], kind="insert", size="insert", move="static", thing=name)
    return [_of_what_breaks(one, keys, floor) for one in done]


def _of_what_breaks(setup: Setup, keys: Keys, floor: Floor) -> Setup:
    """A close picture is of the key thing that comes apart in its words, not of what lies beside it."""
    broke = floor.stage.of(setup.spoken).broke if setup.size == "insert" else ""
    return replace(setup, thing=broke) if broke in keys.names else setup


def _is_missed(name: str, setups: list[Setup], keys: Keys, floor: Floor) -> bool:
    """Whether it has not been close yet, or would be seen too seldom when nothing tells of it any more."""
    if any(one.size == "insert" and one.thing == name for one in setups):
        return False
    if name not in keys.close:
        return True
    here = sum(name in shown_in(one) for one in stage_shots(setups, floor))
    return name in keys.last_told and here + keys.seen[name] < TWICE


def _slots(setups: Sequence[Setup], tells: Sequence[int]) -> list[int]:
    """Where it may be seen: where it is told of first, else in silence after that."""
    told = [at for at in tells if _can_go(setups, at)]
    silent = [at for at in range(tells[0] + 1, len(setups)) if not setups[at].spoken and _can_go(setups, at)]
    return [*told, *silent]


def _can_go(setups: Sequence[Setup], at: int) -> bool:
    """Whether a picture of people may be one of a thing: nobody speaks, opens the scene or reacts in it."""
    one = setups[at]
    if one.size == "insert" or one.talk or one.heard or (one.kind in OPENING and at == 0):
        return False
    beside = [setups[near].size for near in (at - 1, at + 1) if 0 <= near < len(setups)]
    others = {who.name for near, other in enumerate(setups) if near != at for who in _people(other)}
    return "insert" not in beside and (one.nobody or not one.spoken or one.on.name in others)


def _people(setup: Setup) -> tuple[Character, ...]:
    return () if setup.size == "insert" or setup.nobody else (setup.on, *setup.here)


def _leaves_people(setups: Sequence[Setup]) -> bool:
    """Whether people are still seen in half of the pictures at least."""
    inserts = sum(one.size == "insert" for one in setups) + 1
    return inserts * 2 <= len(setups)


def _is_met(setup: Setup, floor: Floor, *, last: bool) -> bool:
    """Whether people have to be seen: whoever comes on, a hand-over, and how the film ends."""
    stand = floor.stage.of(setup.spoken)
    comes = {*stand.acting} & floor.stage.opening().unseen
    return bool(stand.given_to or comes or (last and stand.acting and not stand.broke))


def _tells(setup: Setup, name: str, words: Words | None) -> bool:
    if words is None:
        return False
    told = [one for said in setup.spoken if said.told for one in parted(said.text, words)]
    return any(one.picture == name and part in RANKS for one, part in told)
