"""The thing a scene is about: found in its words, named in its language, followed from hand to hand."""

from dataclasses import dataclass

from state.script import Language, Scene
from tools.models.offline.things.picturing import Found, found_in, picture_of, pictures_in
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.grammar import A_BEFORE_VOWEL
from tools.pictures.library import PORTRAITS, pictures

NEW = frozenset(["a", "an", "un", "una", "um", "uma", "unos", "unas", "uns", "umas"])
ENGLISH_NEW = frozenset(("a", "an"))
"""In the other languages `a` is `the` or `to`."""
FIXTURES = frozenset({
    "door", "bed", "window", "sofa", "chair", "bathtub", "toilet", "ladder", "wheel", "boat", "sailboat",
    "motorboat", "ferry", "ship", "train", "locomotive", "tram", "tent",
    "table", "bench", "stairs", "bookcase", "curtain", "railing", "shop_counter", "fireplace", "hammock",
    "mattress", "swing", "wire_fence", "trawler", "narrowboat",
})  # fmt: skip
"""Belongs to a place: its set has it, and beside it a second one would stand about."""
LARGEST_CM = 45
LONGEST_CM = 130
"""What is longer is not carried in one hand; a rifle or a guitar is held all the same."""

CROWDS = frozenset(("crowd",))
"""Many people, who may be anywhere."""
ON_THE_GROUND = frozenset(
    (
        "wheelbarrow",
        "walking_frame",
        "sluice_wheel",
        "ships_wheel",
        "anchor",
        "cello",
        "piano",
        "piano_keys",
        "music_stand",
        "oxygen_cylinder",
        "beehive",
        "pottery_wheel",
        "stone_block",
        "sacks",
        "neon_sign",
        "vial_shelf",
        "rope_bell",
        "hatch",
        "lever",
        "drip_bag",
        "cleaning_cart",
        "arcade_machine",
        "alarm_bell",
        "boat_sail",
    )
)
"""Short enough for a hand, and never in one."""
LIGHT = frozenset({
    "umbrella", "broom", "flag", "net", "baby", "bag", "basket", "suitcase", "poncho", "blanket",
    "pillow", "veil", "walking_stick", "crutch", "oar", "stick", "mop", "fishing_rod", "kite",
    "cooler_box", "birdcage", "radio", "rope", "balloon", "sword", "bouquet", "wreath", "toy",
    "holdall", "painting", "life_jacket", "lily", "gas_cylinder", "empty_frame", "clothes_heap", *PORTRAITS,
})  # fmt: skip
"""Longer than a hand is used to, and carried all the same."""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """How sentences speak of a thing that can be drawn."""

    gender: str
    the: str
    one: str

    @property
    def slots(self) -> dict[str, str]:
        """The slots that name it."""
        return {"thing": self.the, "a_thing": self.one, "thing_cap": self.the[:1].upper() + self.the[1:]}


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where a thing was left: in somebody's hand, or lying in a place."""

    thing: str
    holder: str = ""
    place: str = ""


def new_words(language: Language) -> frozenset[str]:
    """Articles of what is met for the first time."""
    return ENGLISH_NEW if language == "en" else NEW - ENGLISH_NEW


def name_thing(thing: str, language: Language, told: str = "") -> Thing:
    """The words for a thing: the noun the story told it by, the writer's own, else the library's."""
    own = bank(language)["words"]["things"].get(thing)
    if own is not None and not told:
        return Thing(gender=own[0], the=own[1], one=own[2])
    known = pictures().get(thing)
    noun = told or (known.words[language][0] if known and known.words[language] else thing)
    table = bank(language)["words"]["articles"]
    gender = "f" if language != "en" and _is_feminine(noun, table) else "m"
    many = (noun.split() or [""])[0].lower() in table["plural"]
    the, one = table[f"{gender}_plural" if many else gender]
    return Thing(gender=gender, the=f"{the} {noun}", one=A_BEFORE_VOWEL.sub("an ", f"{one} {noun}"))


def _is_feminine(noun: str, table: Table) -> bool:
    """By the ending of its first word, and the nouns that do not keep to it."""
    first = (noun.split() or [""])[0].lower()
    if first in table["masculine"]:
        return False
    return first in table["feminine"] or first.endswith(tuple(table["endings"]))


def thing_of(fact: Fact, language: Language, *, outside: bool = True) -> str:
    """What of a fact can be drawn: what is done something to, else the first thing it names; may be empty."""
    found = picture_of(fact.object, language) if fact.object else None
    named = [
        one.picture for one in sorted(found_in(fact.text, language), key=lambda one: _is_known(one, fact))
    ]
    # What is met for the first time is what the sentence is about: `a recorder` rather than `the bed`.
    listed = [one for one in (found, *named) if one is not None and is_prop(one, outside=outside)]
    return listed[0] if listed else ""


def _is_known(found: Found, fact: Fact) -> bool:
    """Whether the thing is spoken of as one that was there before."""
    before = fact.text[: found.start].split()[-2:]
    return not NEW & {word.lower() for word in before}


def is_prop(picture: str, *, outside: bool = True) -> bool:
    """Whether a picture is a thing or an animal, not a place or the weather, and fits where we are."""
    known = pictures().get(picture)
    if known is None:
        return True
    # A story may well put its elephant into a lift.
    large = known.kind == "vehicles" or (known.height == "big" and known.kind != "animals")
    if picture in CROWDS:
        return True
    apart = known.kind not in ("buildings", "sky") and picture not in FIXTURES
    return apart and (outside or not large)


def can_be_held(picture: str) -> bool:
    """Whether a hand can carry it; what is alive is not carried about."""
    known = pictures().get(picture)
    if known is None:
        return True
    long = known.kind in ("tools", "instruments") and known.cm <= LONGEST_CM
    worn = known.kind == "clothes" and known.cm <= LONGEST_CM
    light = known.cm <= LARGEST_CM or picture in LIGHT or worn
    apart = known.kind not in ("animals", "flyers", "sky") and picture not in ON_THE_GROUND
    return apart and (long or light)


def is_in_hand(fact: Fact, picture: str, language: Language) -> bool:
    """Whether whoever does it has the thing in hand: it is done to it, or with it."""
    if fact.object and picture_of(fact.object, language) == picture:
        return True
    with_it = {"en": "with", "es": "con", "pt-BR": "com"}[language]
    _, found, after = f" {fact.rest}".partition(f" {with_it} ")
    return bool(found) and picture_of(" ".join(after.split()[:4]), language) == picture


def things_in(text: str, language: Language) -> list[str]:
    """Drawable things and animals that a text names, the most named first; a herd is not one that is here."""
    named = [one for noun, one in pictures_in(text, language) if is_prop(one) and not is_herd(noun, one)]
    return sorted(dict.fromkeys(named), key=lambda one: -named.count(one))


def is_herd(noun: str, picture: str) -> bool:
    """Whether several animals are spoken of."""
    known = pictures().get(picture)
    return known is not None and known.kind in ("animals", "flyers") and noun.endswith("s")


def left_by(scenes: list[Scene]) -> dict[str, Whereabouts]:
    """Where every thing is after these scenes, read off what their shots show."""
    found: dict[str, Whereabouts] = {}
    for scene in scenes:
        for shot in scene.shots:
            thing, held = shot.staging.subject, [
                one.character for one in shot.staging.people if one.gesture == "holding"
            ]  # fmt: skip
            if not thing:
                continue
            if held:
                found[thing] = Whereabouts(thing=thing, holder=held[0])
            elif shot.staging.size == "insert":
                found[thing] = Whereabouts(thing=thing, place=scene.place)
    return found
