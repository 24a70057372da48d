"""What the very words over a picture tell of is in it: about the people, or in the hand of whoever has it."""

from collections.abc import Mapping

from state.script import Blocking, Gesture, Place, Staging, ThingLook
from tools.models.offline.ledger.stage import own_words
from tools.models.offline.places.outdoors import IN_WEATHER
from tools.models.offline.shooting.floor import Floor, Moment
from tools.models.offline.shooting.setup import Setup
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.things.picturing import Found
from tools.models.offline.things.shown import RANKS, Part, Words, handles, parted
from tools.models.offline.things.things import can_be_held, is_herd, is_prop
from tools.models.offline.things.titled import shown_in
from tools.pictures.furnished import furnished
from tools.pictures.library import pictures

FREE: frozenset[Gesture] = frozenset(
    ("none", "reaching_out", "pondering", "sitting", "raised_hand", "walking", "leaving", "dressing")
)
"""Hands that may have what the words put into them."""
BROUGHT = frozenset((
    "door", "ladder", "chair", "wheel", "bed", "boat", "tent", "table", "bench", "stairs", "bookcase",
    "railing", "shop_counter", "fireplace", "hammock", "mattress", "swing", "wire_fence", "ship", "trawler",
    "sailboat", "motorboat", "narrowboat", "ferry",
))  # fmt: skip
"""Belongs to a place, and is seen where something is done to it and its place has none."""
RESTED_ON = frozenset(("bench", "hammock", "mattress", "swing", "stairs", "railing", "wire_fence", "chair"))
"""What somebody sits, lies or leans on is seen under them."""
SEEN_FAR = frozenset((
    "lighthouse", "bandstand", "ferris_wheel", "carousel", "windmill", "fountain", "circus_tent", "snowman",
))  # fmt: skip
"""Stands in the open behind the people."""
STANDING = ("house", "devices", "tools", "instruments", "clothes")
TALLEST_CM = 220
"""What is no larger stands where somebody is beside it, before or behind it."""
STRAY: tuple[Part, ...] = ("acted_on", "used")


def told_of(setup: Setup, words: Words | None, place: Place, *, only: tuple[Part, ...] = RANKS) -> list[str]:
    """What the words over a shot tell of, what is acted on first; nothing that its set has anyway."""
    if words is None:
        return []
    told = [(said, one) for said in setup.seen if said.told for one in parted(said.text, words)]
    ranked = sorted(
        (RANKS.index(part), at, found.picture)
        for at, (_, (found, part)) in enumerate(told)
        if part in only and _is_seen(found, part, place)
    )
    return list(dict.fromkeys(picture for *_, picture in ranked))


def _is_seen(found: Found, part: Part, place: Place) -> bool:
    """Whether it may stand there: a herd does not, and where somebody is or goes is no thing."""
    stays = part == "place" or not can_be_held(found.picture)
    if (stays and found.picture in furnished(place.kind)) or is_herd(found.noun, found.picture):
        return False
    if found.picture in SEEN_FAR:
        return place.kind in IN_WEATHER
    if not is_prop(found.picture):
        return found.picture in (BROUGHT if part == "acted_on" else RESTED_ON)
    known = pictures()[found.picture]
    return (
        part != "place" or can_be_held(found.picture) or (known.kind in STANDING and known.cm <= TALLEST_CM)
    )


def in_free_hand(staged: Staging, setup: Setup, floor: Floor, moment: Moment) -> Staging:
    """The picture; what its words handle and nothing there could lie on is in the hand of whoever does it."""
    words = floor.words
    if words is None or setup.heard or setup.size == "insert":
        return staged
    seen = shown_in(staged) | moment.hidden
    for said in setup.seen if not any(one.holds for one in staged.people) else ():
        for found, part in parted(said.text, words) if said.told else ():
            thing, who = found.picture, _handler(said, found, part, floor, words)
            if thing not in seen and can_be_held(thing) and who:
                people = [_with(one, thing) if one.character == who else one for one in staged.people]
                if people != staged.people:
                    return _holding(staged, people, thing, moment.looks)
    return staged


def _handler(said: Spoken, found: Found, part: Part, floor: Floor, words: Words) -> str:
    """Who has a thing in hand in the clause that names it; empty where nobody does."""
    if part not in STRAY:
        return ""
    clauses = [one for one in floor.stage.clauses(said) if found.noun in one.text]
    own = [one for one in clauses if handles(own_words(one.text), part, words.language)]
    return own[-1].doer if own else ""


def _with(one: Blocking, thing: str) -> Blocking:
    if one.gesture not in FREE or one.holds:
        return one
    return one.model_copy(update={"holds": thing, "gesture": "holding"})


def _holding(staged: Staging, people: list[Blocking], thing: str, looks: Mapping[str, ThingLook]) -> Staging:
    look = looks.get(thing, ThingLook()).model_copy(update={"count": 1})
    seen = {**staged.looks, thing: look} if look != ThingLook() else staged.looks
    return staged.model_copy(update={"people": people, "subject": staged.subject or thing, "looks": seen})


def fits_close(picture: str) -> bool:
    """Whether a picture of its own shows the thing, and not a place to be in."""
    known = pictures()[picture]
    return known.cm <= LARGEST_CM and known.kind not in ("buildings", "sky", "plants")


LARGEST_CM = 260
"""What is larger is a place to be in."""
