"""Staging: who stands where in each shot, what the hands and faces do, and where the thing is.

The lead is always left and the opponent always right; whoever is third stands between them.
A thing that somebody has taken stays in that hand until an insert shows it lying down.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from state.script import (
    Blocking,
    Character,
    Expression,
    Gesture,
    Line,
    Place,
    ShotSize,
    StagedThing,
    Staging,
    Weather,
)
from state.writing import SceneOutline
from tools.models.offline.bank import structure
from tools.models.offline.coverage import Setup
from tools.models.offline.spoken import Spoken
from tools.models.offline.things import can_be_held
from tools.pictures.library import Picture, pictures

SINGLES = frozenset(("close_up", "medium"))
ROOMY = frozenset(("wide", "two_shot", "medium"))
"""Sizes in which there is room for a thing beside the people."""
TOWARDS = frozenset(("reaching_out", "pointing", "raised_hand", "hugging", "whispering", "waving"))
"""Gestures that are meant for somebody."""
LARGE = ("big", "person")
"""Height classes of what does not come indoors."""
MOST_THINGS = 2
VEHICLES = frozenset(("car", "bus", "boat_cabin", "river_boat", "tram"))
"""Sets in which somebody can be at a wheel."""
Side = Literal["left", "centre", "right"]


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
    around: tuple[str, ...] = ()
    """What else the scene tells of and can be drawn, the most important first."""
    title: str = ""
    """Where and when we are, written over the scene's first picture."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """How people are when a shot ends."""

    faces: dict[str, Expression]
    holder: str


def stage_shots(setups: list[Setup], floor: Floor) -> list[Staging]:
    """The complete staging of every set-up, each going on from the one before."""
    # A parrot is at hand too, but nobody carries it about.
    holder = floor.holder if can_be_held(floor.thing) else ""
    moment = Moment(faces=opening_faces(setups), holder=holder)
    stagings = []
    for setup in setups:
        moment = _next(moment, setup, floor)
        stagings.append(_staged(setup, floor, moment))
    if stagings and floor.title:
        stagings[0] = stagings[0].model_copy(update={"title": floor.title})
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
    seen = list(_seen(setup, setup.here or floor.people))
    hands = _fitting(_gestures(setup.spoken, seen, moment.holder, floor.thing), floor.place)
    held = "holding" in hands.values()
    thing = floor.thing if held else ""
    blocks = [_block(one, floor.people, moment.faces, hands[one.name], alone=len(seen) == 1) for one in seen]
    return Staging(
        place=floor.place,
        time=floor.outline.time,
        weather=floor.weather,
        mood=floor.outline.mood,
        size=setup.size,
        move=setup.move,
        people=[_with_thing(block, thing) for block in blocks],
        things=_around(setup, floor, held=thing, people=len(seen)),
        subject=(setup.thing or floor.thing) if setup.size == "insert" else floor.thing if held else "",
    )


def _with_thing(block: Blocking, thing: str) -> Blocking:
    return block.model_copy(update={"holds": thing}) if thing and block.gesture == "holding" else block


def _around(setup: Setup, floor: Floor, *, held: str, people: int) -> list[StagedThing]:
    """The story's things beside the people: between two, and at the free side of one."""
    if setup.size not in ROOMY:
        return []
    known = pictures()
    others = [known[one] for one in floor.around if one in known and one != held]
    free = [one for one in others if _fits(one, floor.place, setup.size)]
    sides: tuple[Side, ...] = ("centre", "left", "right") if people > 1 else ("right", "left")
    return [
        StagedThing(picture=one.name, spot=one.spot, side=side)
        for one, side in zip(free, sides[:MOST_THINGS], strict=False)
    ]


def _fits(picture: Picture, place: Place, size: ShotSize) -> bool:
    """Nothing as big as a car stands in a room, and no table stands where there is none."""
    outside = place.kind in structure()["outdoors"]["kinds"]
    if picture.spot == "table" and (size == "wide" or place.kind not in structure()["tables"]["kinds"]):
        return False
    return outside or not (picture.kind in ("vehicles", "buildings", "sky") or picture.height in LARGE)


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
        if said.gesture in TOWARDS and said.speaker is said.listener:
            continue
        if said.speaker.name in hands and said.gesture != "none":
            hands[said.speaker.name] = said.gesture
    for name, gesture in hands.items():
        if gesture == "holding" and name != holder:
            # What somebody else has in hand can only be pointed at.
            hands[name] = "pointing" if holder else "none"
    if thing and holder in hands:
        hands[holder] = "holding"
    return hands


def _fitting(hands: dict[str, Gesture], place: Place) -> dict[str, Gesture]:
    """Nobody drives in a kitchen or has a chair by a river, and it takes two in the picture to embrace."""
    hugs = "hugging" in hands.values()
    if hugs and len(hands) == 2:
        return dict.fromkeys(hands, "hugging")
    unfit: set[Gesture] = {"hugging"} if place.kind in VEHICLES else {"hugging", "driving"}
    unfit |= {"sitting"} if place.kind in structure()["outdoors"]["kinds"] else set()
    return {name: "none" if gesture in unfit else gesture for name, gesture in hands.items()}


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
