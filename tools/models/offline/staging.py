"""Staging: who stands where in each shot, what the hands and faces do, and where the thing is.

The lead is always left and the opponent always right; whoever is third stands between them.
A thing that somebody has taken stays in that hand until an insert shows it lying down.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from state.script import Blocking, Character, Expression, Gesture, Line, Place, Staging, Weather
from state.writing import SceneOutline
from tools.models.offline.coverage import Setup
from tools.models.offline.spoken import Spoken

SINGLES = frozenset(("close_up", "medium"))


@dataclass(frozen=True, kw_only=True)
class Floor:
    """What holds for every shot of a scene."""

    outline: SceneOutline
    place: Place
    weather: Weather
    people: tuple[Character, ...]
    thing: str
    """What the scene is about, when it is at hand."""
    holder: str = ""
    """Who comes in with it."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """How people are when a shot ends."""

    faces: dict[str, Expression]
    holder: str


def stage_shots(setups: list[Setup], floor: Floor) -> list[Staging]:
    """The complete staging of every set-up, each going on from the one before."""
    moment = Moment(faces=opening_faces(setups), holder=floor.holder)
    stagings = []
    for setup in setups:
        moment = _next(moment, setup, floor)
        stagings.append(_staged(setup, floor, moment))
    return stagings


def lines_of(setup: Setup) -> list[Line]:
    """The lines as the script holds them."""
    return [_line(said) for said in setup.spoken]


def _line(said: Spoken) -> Line:
    if said.told:
        return Line(speaker=said.narrator, text=said.text, voice_over=True)
    return Line(speaker=said.speaker.name, text=said.text, expression=said.expression)


def opening_faces(setups: list[Setup]) -> dict[str, Expression]:
    """Before anybody has spoken: the speaker's own face, the other one calm."""
    first = next((said for setup in setups for said in setup.talk), None)
    return {first.speaker.name: first.expression, first.listener.name: "neutral"} if first else {}


def _next(moment: Moment, setup: Setup, floor: Floor) -> Moment:
    faces = dict(moment.faces)
    heard = [setup.heard] if setup.heard and setup.heard not in setup.spoken else []
    for said in [*heard, *setup.spoken]:
        # Whoever is told of is seen as it happens; what the others feel comes with the talk about it.
        if not said.told:
            faces[said.listener.name] = said.reaction
        faces[said.speaker.name] = said.expression
    answers = any(said.speaker.name == setup.on.name for said in setup.talk)
    if setup.heard and not answers and setup.on.name == setup.heard.listener.name:
        faces[setup.on.name] = setup.heard.reaction
    return Moment(faces=faces, holder=_holder(moment.holder, setup, floor))


def _holder(holder: str, setup: Setup, floor: Floor) -> str:
    if setup.kind == "insert":
        return ""
    takers = [
        said.speaker.name for said in setup.spoken if said.gesture == "holding" and said.speaker is setup.on
    ]
    return takers[-1] if floor.thing and takers and not holder else holder


def _staged(setup: Setup, floor: Floor, moment: Moment) -> Staging:
    seen = list(_seen(setup, floor.people))
    hands = _gestures(setup.spoken, seen, moment.holder, floor.thing)
    held = "holding" in hands.values()
    return Staging(
        place=floor.place,
        time=floor.outline.time,
        weather=floor.weather,
        mood=floor.outline.mood,
        size=setup.size,
        move=setup.move,
        people=[
            _block(one, floor.people, moment.faces, hands[one.name], alone=len(seen) == 1) for one in seen
        ],
        subject=(setup.thing or floor.thing) if setup.size == "insert" else floor.thing if held else "",
    )


def _seen(setup: Setup, people: tuple[Character, ...]) -> Iterable[Character]:
    if setup.size == "insert":
        return ()
    if setup.size in SINGLES:
        return (setup.on,)
    if setup.size == "over_shoulder":
        # The first one named is seen, the second is the shoulder.
        return (setup.on, setup.other)
    if setup.size == "wide":
        return people
    pair = (setup.on, setup.other)
    return sorted(pair, key=people.index)


def _gestures(spoken: list[Spoken], seen: list[Character], holder: str, thing: str) -> dict[str, Gesture]:
    hands: dict[str, Gesture] = {one.name: "none" for one in seen}
    for said in spoken:
        if said.speaker.name in hands and said.gesture != "none":
            hands[said.speaker.name] = said.gesture
    for name, gesture in hands.items():
        if gesture == "holding" and name != holder:
            # What somebody else has in hand can only be pointed at.
            hands[name] = "pointing" if holder else "none"
    if thing and holder in hands:
        hands[holder] = "holding"
    return hands


def _block(
    one: Character,
    people: tuple[Character, ...],
    faces: dict[str, Expression],
    gesture: Gesture,
    *,
    alone: bool,
) -> Blocking:
    side = min(people.index(one), 2)
    return Blocking(
        character=one.name,
        look=one.look,
        position="centre" if alone else ("left", "right", "centre")[side],
        facing=("right", "left", "camera")[side],
        expression=faces.get(one.name, "neutral"),
        gesture=gesture,
    )
