"""Staging: who stands where in each shot, what the hands and faces do, and where the thing is.

In a scene the lead is on one side and the opponent on the other; whoever is third stands between them.
A second scene in a place is seen from its other side.
A thing that somebody has taken stays in that hand until an insert shows it lying down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from state.script import (
    Blocking,
    Character,
    Expression,
    Gesture,
    Language,
    Line,
    Place,
    ShotSize,
    StagedThing,
    Staging,
    ThingLook,
)  # fmt: skip
from tools.models.offline.brief.obeyed import with_blank_screens
from tools.models.offline.deeds import poses
from tools.models.offline.deeds.hands import face_in, handed, hands_in
from tools.models.offline.ledger.book import Stand
from tools.models.offline.ledger.stage import own_words
from tools.models.offline.persons.worn_glasses import wears_glasses, with_glasses
from tools.models.offline.persons.worn_once import Bare, bare_after, is_worn, without, worn_once
from tools.models.offline.places.hours import hour_led
from tools.models.offline.places.lights import is_unlit, lights_after, with_lights
from tools.models.offline.places.outdoors import IN_WEATHER, WINDOWLESS
from tools.models.offline.places.ways import way_at
from tools.models.offline.shooting.angles import otherwise
from tools.models.offline.shooting.floor import Floor, Moment
from tools.models.offline.shooting.grounded import grounded, revealed
from tools.models.offline.shooting.setup import Setup
from tools.models.offline.shooting.sides import sides_of
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.things.laid import has_room, lies_about, spot_of
from tools.models.offline.things.shown import RANKS, handles, parted
from tools.models.offline.things.thing_look import looks_after
from tools.models.offline.things.things import can_be_held
from tools.models.offline.things.titled import shown_in
from tools.models.offline.things.written import written_in
from tools.models.offline.words.bank import structure
from tools.pictures.library import pictures

SINGLES = frozenset(("close_up", "medium"))
ROOMY = frozenset(("wide", "two_shot", "medium"))
"""Sizes in which there is room for a thing beside the people."""
MOST_THINGS = 2
MOST_SEEN = 3
VEHICLES = frozenset(("car", "bus", "boat_cabin", "river_boat", "tram"))
"""Sets in which somebody can be at a wheel."""
PAIR = 2
BOTH_SEEN: tuple[ShotSize, ...] = ("wide", "two_shot", "medium")
Side = Literal["left", "centre", "right"]


def stage_shots(setups: list[Setup], floor: Floor) -> list[Staging]:
    """The complete staging of every set-up, each going on from the one before."""
    opening = floor.stage.opening()
    looks = _in_condition(floor.looks, opening)
    moment = Moment(
        faces=opening_faces(setups), holds=_at_first(floor), looks=looks, hidden=opening.hidden,
        worn=floor.worn, bare=floor.bare, unlit=is_unlit(floor.place),
    )  # fmt: skip
    stagings: list[Staging] = []
    begins = floor.ways[0].place if floor.ways else floor.place
    for at, setup in enumerate(setups):
        moment = _next(moment, setup, floor)
        way = way_at(setup.seen, floor.ways)
        if way is not None:
            begins, moment = way.place, replace(moment, time=way.time or moment.time)
        here = _at(begins, floor)
        staged = _staged(setup, here, moment)
        if here.words is not None:
            near = setups[max(at - 1, 0) : at + 1]
            staged = grounded(_in_free_hand(staged, setup, here, moment), stagings, near, here.words)
        staged = with_blank_screens(staged) if floor.blank_screens else staged
        stagings.append(staged if setup.talk else otherwise(staged, [*floor.before, *stagings]))
    if stagings and floor.title:
        stagings[0] = stagings[0].model_copy(update={"title": floor.title})
    return stagings


def _at(place: Place, floor: Floor) -> Floor:
    """The floor where a shot plays; no weather gets in where no window is."""
    shut = place.kind in WINDOWLESS or "underground" in place.about
    return replace(floor, place=place, weather="clear" if shut else floor.weather)


def _in_free_hand(staged: Staging, setup: Setup, floor: Floor, moment: Moment) -> Staging:
    """The picture; what its words bring and nothing there could lie on is in the hand of whoever does it."""
    words = floor.words
    thing = revealed(setup, words) if words is not None else ""
    if not thing or thing in shown_in(staged) | moment.hidden or not can_be_held(thing):
        return staged
    doer, language = floor.stage.of(setup.seen).doer, _language(floor)
    if not all(handles(said.text, "acted_on", language) for said in setup.seen if said.told):
        return staged
    people = [
        one.model_copy(update={"holds": thing, "gesture": "holding"})
        if one.character == doer and one.gesture in ("none", "reaching_out") and not one.holds
        else one
        for one in staged.people
    ]
    looks = {**staged.looks, **_seen_looks(moment, [thing])}
    if people == staged.people:
        return staged
    return staged.model_copy(update={"people": people, "subject": staged.subject or thing, "looks": looks})


def _at_first(floor: Floor) -> Mapping[str, str]:
    """What is in whose hand when a scene begins; a parrot is at hand too, but nobody carries it about."""
    return {name: one for name, one in floor.stage.opening().holds.items() if can_be_held(one)}


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
    # What somebody felt in the talk is over when only the story is heard.
    faces: dict[str, Expression] = {} if setup.seen and not setup.talk else dict(moment.faces)
    heard = [setup.heard] if setup.heard and setup.heard not in setup.seen else []
    for said in [*heard, *setup.seen]:
        # Whoever is told of is seen as it happens; what the others feel comes with the talk about it.
        if not said.told:
            faces[said.listener.name] = said.reaction
        faces[said.speaker.name] = said.expression
        faces |= _told_faces(said, floor)
    answers = any(said.speaker.name == setup.on.name for said in setup.talk)
    if setup.heard and not answers and setup.on.name == setup.heard.listener.name:
        faces[setup.on.name] = setup.heard.reaction
    hidden = _out_of_sight(moment, setup, floor)
    orders = [said.fact.order for said in setup.seen if said.fact is not None]
    told, named = max([moment.told, *orders]), {**moment.named, **_named(setup, floor)}
    worn = moment.worn | _put_on(setup, floor)
    on = {(name, "spectacles") for name in worn}
    held = [one for one in _in_hand(moment, setup, floor).items() if one not in on]
    # What a sentence brings is in no hand before the words that name it.
    known = {one for _, one in held if floor.since.get(one, -1) < told or one in named}
    known |= {*moment.holds.values()}
    return Moment(
        faces=faces,
        holds={name: one for name, one in held if one not in hidden and one in known},
        giver=_giver(setup, floor),
        told=told,
        looks=_looks(moment, setup, floor),
        hidden=hidden,
        named=named,
        worn=worn,
        bare=_bare(moment, setup, floor),
        unlit=lights_after(_told(setup), _language(floor), out=moment.unlit),
        time=(hour_led(_told(setup), _language(floor)) if floor.passes else None) or moment.time,
    )


def _bare(moment: Moment, setup: Setup, floor: Floor) -> Bare:
    """Who is without something they wore, by the end of these words."""
    stands = [one for said in setup.seen if said.told for one in floor.stage.clauses(said)]
    return bare_after(moment.bare, stands, floor.people, floor.words.language) if floor.words else {}


def _told(setup: Setup) -> str:
    return " ".join(said.text for said in setup.seen if said.told)


def _language(floor: Floor) -> Language:
    return floor.words.language if floor.words else "en"


def _named(setup: Setup, floor: Floor) -> dict[str, frozenset[str]]:
    """What the words over a shot tell of, with those whom it is about."""
    words, about = floor.words, {one.name for one in setup.here} | {*floor.stage.of(setup.seen).acting}
    told = [one for said in setup.seen if words is not None for one, _ in parted(said.text, words)]
    return {one.picture: frozenset(about) for one in told}


def _put_on(setup: Setup, floor: Floor) -> frozenset[str]:
    """Who puts glasses on in these words, or is told to have them on."""
    stands = [one for said in setup.seen if said.told for one in floor.stage.clauses(said)]
    language = _language(floor)
    return frozenset(
        name for one in stands if wears_glasses(own_words(one.text), language) for name in one.doers
    )


def _told_faces(said: Spoken, floor: Floor) -> dict[str, Expression]:
    """The face that the words of each clause give whoever does it: `He laughs, and she weeps`."""
    found: dict[str, Expression] = {}
    for stand in floor.stage.clauses(said) if said.told and floor.words is not None else ():
        language = _language(floor)
        face = face_in(own_words(stand.text), language)
        # Who embraces and who is embraced feel it alike.
        feel = stand.acting if hands_in(own_words(stand.text), language) == "hugging" else stand.doers
        found |= dict.fromkeys(feel, face) if face else {}
    return found


def _told_hands(setup: Setup, floor: Floor) -> dict[str, Gesture]:
    """What the words of each clause make the hands of whoever does it do, the last of it."""
    found: dict[str, Gesture] = {}
    for said in setup.seen:
        for stand in floor.stage.clauses(said) if said.told and floor.words is not None else ():
            hands = hands_in(own_words(stand.text), _language(floor))
            who = _found_so(stand.text, hands, floor) or stand.doers
            found |= dict.fromkeys(who, hands) if hands != "none" else {}
    return found


def _found_so(clause: str, hands: Gesture, floor: Floor) -> tuple[str, ...]:
    """Whom somebody finds lying there: `finds Ana asleep`; nobody where it is the doer's own doing."""
    if hands not in ("lying", "sleeping") or floor.words is None:
        return ()
    at = clause.find(next(iter(handed(clause, hands, floor.words.language)), ""))
    ends = {one.name: clause.rfind(one.name.split()[-1], 0, max(at, 0)) for one in floor.people}
    known = {name: end for name, end in ends.items() if end > 0}
    return (max(known, key=lambda name: known[name]),) if known else ()


def _looks(moment: Moment, setup: Setup, floor: Floor) -> Mapping[str, ThingLook]:
    """How things look by the end of a shot."""
    looks = moment.looks
    for said in setup.seen:
        if said.told and floor.words is not None:
            found = [one for one, _ in parted(said.text, floor.words)]
            looks = looks_after(looks, found, said.text, floor.words.language)
            written = written_in(said.text, floor.words.language, story=floor.words.story)
            if written is not None:
                looks = {**looks, written.picture: ThingLook(written=written.words)}
    # What people say of it may be heard before it is told.
    known = [one for one in setup.seen if one.told and one.fact is not None]
    return _in_condition(looks, floor.stage.of(known)) if known else looks


def _in_condition(looks: Mapping[str, ThingLook], stand: Stand) -> dict[str, ThingLook]:
    """The looks with what the ledger knows: what is in pieces stays so until it is mended."""
    done = dict(looks)
    for name, state in stand.states.items():
        thread = stand.threads.get(name, "")
        done[name] = done.get(name, ThingLook()).model_copy(update={"state": state, "thread": thread})
    return done


def _seen_looks(moment: Moment, names: Iterable[str]) -> dict[str, ThingLook]:
    """Those of what a shot shows that differ from the drawing."""
    return {one: moment.looks[one] for one in names if moment.looks.get(one, ThingLook()) != ThingLook()}


def _in_hand(moment: Moment, setup: Setup, floor: Floor) -> Mapping[str, str]:
    """Who has what in hand, as the ledger has it; silence changes nothing."""
    if not any(one.fact is not None for one in setup.seen):
        return moment.holds
    held = {name: one for name, one in floor.stage.of(setup.seen).holds.items() if can_be_held(one)}
    return {**_handled(setup, floor), **held}


def _hand_in(setup: Setup, floor: Floor, moment: Moment) -> list[Character]:
    """Whose hand an insert shows with what they have in it."""
    held = setup.thing if setup.size == "insert" and not _beside(setup, floor) else ""
    return [one for one in floor.people if held and moment.holds.get(one.name) == held][:1]


def _handled(setup: Setup, floor: Floor) -> Mapping[str, str]:
    """What the story hangs on and somebody handles in these words, though they lay it down."""
    heavy = floor.words.heavy if floor.words else ()
    stands = [one for said in setup.seen if said.told for one in floor.stage.clauses(said)]
    return {one.doer: one.holds[one.doer] for one in stands if one.holds.get(one.doer) in heavy}


def _giver(setup: Setup, floor: Floor) -> str:
    """Who hands something over while this is told."""
    stand = floor.stage.of([one for one in setup.seen if one.told])
    return stand.doer if stand.given_to else ""


def _staged(setup: Setup, floor: Floor, moment: Moment) -> Staging:
    seen = list(_seen(setup, (setup.here or floor.people)[:MOST_SEEN])) or _hand_in(setup, floor, moment)
    hands = _fitting(_gestures(setup, seen, moment, floor), floor.place, setup.size)
    sides = sides_of([one.name for one in seen], [one.name for one in floor.people], turned=floor.turned)
    blocks = [
        worn_once(_block(one, sides[one.name], moment, hands[one.name], alone=len(seen) == 1)) for one in seen
    ]
    things = _around(setup, floor, moment, hands)
    things = [one for one in things if not any(is_worn(one.picture, who.look) for who in blocks)]
    held = [one.holds for one in blocks if one.holds]
    subject = (setup.thing or floor.thing) if setup.size == "insert" else next(iter(held), "")
    names = [subject, *held, *(one.picture for one in things)]
    looks = _seen_looks(moment, dict.fromkeys(one for one in names if one))
    # A hand carries one of them, whatever their number is.
    looks |= {one: looks[one].model_copy(update={"count": 1}) for one in held if one in looks}
    return Staging(
        place=with_lights(floor.place, out=moment.unlit),
        time=moment.time or floor.outline.time,
        weather=floor.weather,
        mood=floor.outline.mood,
        size=setup.size,
        move=setup.move,
        people=blocks,
        things=things,
        subject=subject,
        looks={name: look for name, look in looks.items() if look != ThingLook()},
    )


def _around(setup: Setup, floor: Floor, moment: Moment, hands: Mapping[str, Gesture]) -> list[StagedThing]:
    """The story's things beside the people: between two, and at the free side of one.

    What these words tell of comes first; what has not been told of yet is not there.
    """
    if setup.size == "insert":
        return _beside(setup, floor)
    if setup.size not in ROOMY:
        return []
    # What somebody works at lies before them.
    held = {thing for name, thing in moment.holds.items() if hands.get(name) != "working"}
    known = pictures()
    here = [one.thing for one in setup.seen if one.told and one.thing]
    here += _heavy_told(setup, floor)
    # What the very fact tells of comes in with its own words: no police car before they name it.
    there = [one for one in floor.around if _is_here(one, floor, moment, hands)]
    away = held | moment.hidden
    names = [one for one in dict.fromkeys([*here, *there]) if one in known and one not in away]
    told = set(here)
    free = [known[one] for one in names if has_room(known[one], floor.place, setup.size, told=one in told)]
    if any(one in poses.IN_HAND for one in hands.values()):
        # A table before them would hide what they hold.
        free = [one for one in free if spot_of(one, floor.place, setup.size) != "table"]
    sides: tuple[Side, ...] = ("centre", "left", "right") if len(hands) > 1 else ("right", "left")
    if {"knocking", "opening"} & set(hands.values()) and floor.place.kind not in VEHICLES:
        # Whoever knocks or opens stands before a door.
        return [StagedThing(picture="door", spot="floor", side="right")]
    return [
        StagedThing(picture=one.name, spot=spot_of(one, floor.place, setup.size), side=side)
        for one, side in zip(free, sides[:MOST_THINGS], strict=False)
    ]


def _is_here(thing: str, floor: Floor, moment: Moment, seen: Iterable[str]) -> bool:
    """Whether a thing is in a picture of these people: told of by now, and not of others only."""
    about = moment.named.get(thing)
    if about is None:
        return floor.since.get(thing, -1) < moment.told
    return not about or not {*seen} or bool(about & {*seen}) or floor.since.get(thing, 0) < 0


def _heavy_told(setup: Setup, floor: Floor) -> list[str]:
    """What these words tell of and the story hangs on."""
    words = floor.words
    told = [one for said in setup.seen if said.told and words for one in parted(said.text, words)]
    return [one.picture for one, part in told if part in RANKS and words and one.picture in words.heavy]


def _out_of_sight(moment: Moment, setup: Setup, floor: Floor) -> frozenset[str]:
    """What is in a sleeve, lost or sought by now: talk about it brings nothing to light."""
    told = [one for one in setup.seen if one.told and one.fact is not None]
    return floor.stage.of(told).hidden if told else moment.hidden


def _beside(setup: Setup, floor: Floor) -> list[StagedThing]:
    """What else the words of an insert tell of and the story hangs on, where both lie on a table."""
    words, known = floor.words, pictures()
    if words is None or not lies_about(setup.thing):
        return []
    told = [one for said in setup.seen if said.told for one in parted(said.text, words)]
    named = dict.fromkeys(one.picture for one, part in told if part in RANKS)
    others = [one for one in named if one in words.heavy and one != setup.thing and lies_about(one)]
    return [StagedThing(picture=known[one].name, spot="table", side="right") for one in others[:1]]


def _seen(setup: Setup, people: tuple[Character, ...]) -> Iterable[Character]:
    if setup.size == "insert" or setup.nobody:
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


def _gestures(setup: Setup, seen: list[Character], moment: Moment, floor: Floor) -> dict[str, Gesture]:
    """What everybody's hands do: nobody holds or gives what the ledger does not give them."""
    holds, told = moment.holds, _told_hands(setup, floor)
    broke, heavy = floor.stage.of(setup.seen).broke, floor.words.heavy if floor.words else ()
    hands: dict[str, Gesture] = {one.name: "none" for one in seen}
    for said in setup.seen:
        if said.gesture in poses.TOWARDS and said.speaker is said.listener:
            continue
        elsewhere = said.told and said.gesture in told.values() and said.speaker.name not in told
        if said.speaker.name in hands and said.gesture != "none" and not elsewhere:
            hands[said.speaker.name] = said.gesture
    # What the words of a clause make hands do is what is seen; a full hand is seen with what it holds.
    hands |= {
        name: one for name, one in told.items() if name in hands and (name not in holds or one in poses.BUSY)
    }
    for name, gesture in hands.items():
        busy = gesture in poses.BUSY or (gesture in poses.POINTED and told.get(name) == gesture)
        if gesture == "playing" and holds.get(name) not in poses.INSTRUMENTS:
            # Nobody plays on a letter, or on the air.
            gesture = hands[name] = "holding" if name in holds else "none"
            busy = False
        lifted = holds.get(name) if holds.get(name) not in poses.LOW else ""
        if gesture == "reaching_up" and name in holds and lifted != _lifted(name, setup, floor):
            # `lights a candle and opens the box`: no box is held up to the ceiling.
            gesture = hands[name] = "holding"
        named = holds.get(name) in {one.thing for one in setup.seen if one.told}
        shows = (
            (named and gesture in poses.HANDLING)
            or not busy
            or gesture == "arms_open"
            or (broke and holds.get(name) == broke)
        )
        # A leaf that somebody tears out is in their hands.
        shows = shows or (gesture in ("pulling", "pushing") and holds.get(name) in heavy)
        if name in holds and shows:
            full: Gesture = "carrying" if gesture == "carrying" else "holding"
            hands[name] = "giving" if name == moment.giver else full
        elif gesture in poses.EMPTY_HANDED and name not in holds and not _reaches(gesture, told.get(name)):
            hands[name] = "none"
    return _received(hands, setup, floor)


def _received(hands: dict[str, Gesture], setup: Setup, floor: Floor) -> dict[str, Gesture]:
    """Who is handed something puts out a hand for it."""
    to = floor.stage.of([one for one in setup.seen if one.told]).given_to
    taken = "giving" in hands.values() and hands.get(to) == "none"
    return hands | {to: "reaching_out"} if taken else hands


def _lifted(name: str, setup: Setup, floor: Floor) -> str:
    """What somebody has in hand in the clause in which they reach up."""
    language = floor.words.language if floor.words else "en"
    stands = [one for said in setup.seen if said.told for one in floor.stage.clauses(said)]
    up = [
        one
        for one in stands
        if name in one.doers and hands_in(own_words(one.text), language) == "reaching_up"
    ]
    return up[-1].holds.get(name, "") if up else ""


def _reaches(gesture: Gesture, told: Gesture | None) -> bool:
    """Whether an empty hand goes out, as the words have it: `he holds out his hand`."""
    return gesture == told == "reaching_out"


def _fitting(hands: dict[str, Gesture], place: Place, size: ShotSize) -> dict[str, Gesture]:
    """Nobody drives in a kitchen or has a chair by a river, and it takes two in the picture to embrace."""
    together = next((one for one in hands.values() if one in poses.TOGETHER), None)
    if together is not None and len(hands) == PAIR and size in BOTH_SEEN:
        return dict.fromkeys(hands, together)
    unfit: set[Gesture] = {"hugging", "kissing", "shaking_hands"}
    unfit |= set() if place.kind in VEHICLES else {"driving"}
    if size == "wide" and place.kind not in structure()["tables"]["kinds"]:
        # A bench that nobody has put there.
        unfit.add("working")
    if place.kind in IN_WEATHER:
        # No counter stands in the snow; one sits on a bench.
        unfit |= set() if place.kind in structure()["tables"]["kinds"] else {"working", "stirring"}
    # Three who embrace have their arms out for each other.
    crowd: Gesture = "arms_open" if together == "hugging" and len(hands) > PAIR else "none"
    free = {name: one if one not in unfit else "none" for name, one in hands.items()}
    return {name: crowd if hands[name] == "hugging" else one for name, one in free.items()}


def _block(one: Character, side: int, moment: Moment, gesture: Gesture, *, alone: bool) -> Blocking:
    own = with_glasses(one.look, moment.looks.get("spectacles")) if one.name in moment.worn else one.look
    return Blocking(
        character=one.name,
        look=without(own, moment.bare.get(one.name, ())),
        position="centre" if alone else ("left", "right", "centre")[side],
        facing=("right", "left", "camera")[side],
        expression=moment.faces.get(one.name, "neutral"),
        gesture=gesture,
        holds=moment.holds.get(one.name, "") if gesture in poses.IN_HAND else "",
    )
