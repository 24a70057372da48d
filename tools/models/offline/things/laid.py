"""Where a thing lies in a picture of a place, and whether there is room for it."""

from state.script import Place, ShotSize, Spot
from tools.models.offline.places.outdoors import IN_WEATHER
from tools.models.offline.things.things import CROWDS
from tools.models.offline.words.bank import structure
from tools.pictures.library import HUNG, PERCHING, PORTRAITS, Picture, pictures

LARGE = ("big", "person")
"""Height classes of what does not come indoors."""
NEVER_LEFT = frozenset(("baby", "number_plate", "piano_keys", "window", "steamed_window", "numbered_door"))
"""Is in somebody's arms, on its car, in its wall or in its own picture, never left about."""
PEGGED = frozenset((
    "hung_apron", "hung_jacket", "written_sign", "closed_sign", "notice", "painting", "rope_bell", "lever",
    "vial_shelf", "alarm_bell", "empty_frame",
    *PORTRAITS,
))  # fmt: skip
"""Hangs in any room; other garments would float before its windows and are seen by themselves."""
LUGGAGE = frozenset(("backpack", "bag", "suitcase", "briefcase", "holdall", "tote", "basket", "umbrella"))
"""Is put down anywhere."""
CYCLE_CM = 220
"""What has wheels and is no longer comes through a door."""
ON_GROUND_CM = 22
"""What is smaller is lost on the ground."""


def lies_about(picture: str) -> bool:
    """Whether a thing may be seen lying on a table, with nobody near it."""
    known = pictures().get(picture)
    return known is not None and known.spot == "table" and picture not in NEVER_LEFT


def has_room(picture: Picture, place: Place, size: ShotSize, *, told: bool = False) -> bool:
    """Nothing as big as a car stands in a room, and what is small lies where there is a table.

    What these very words tell of may lie on the ground, and an animal stands wherever it is told of.
    """
    outside = place.kind in IN_WEATHER
    if picture.name in NEVER_LEFT or (picture.name in HUNG and (outside or picture.name not in PEGGED)):
        return False
    if picture.name in PERCHING:
        return True
    if picture.kind == "food" and not _has_table(place, size):
        # A cake stands on a table that is brought, or is not left standing.
        return told and not outside and picture.cm >= ON_GROUND_CM
    if spot_of(picture, place, size) != picture.spot and picture.name not in LUGGAGE:
        return told and picture.cm >= ON_GROUND_CM and picture.kind not in ("papers", "writing", "clothes")
    if picture.kind == "animals" or picture.name in CROWDS:
        return True
    large = picture.height in LARGE and not (told and picture.height == "person")
    if picture.kind == "vehicles":
        # A bicycle that is told of stands in a workshop too.
        return outside or (told and picture.cm <= CYCLE_CM)
    return outside or not (picture.kind in ("buildings", "sky") or large)


def spot_of(picture: Picture, place: Place, size: ShotSize) -> Spot:
    """Its own spot; the floor where there is no table to see, and for food a table all the same."""
    free = picture.spot != "table" or picture.kind == "food" or _has_table(place, size)
    return picture.spot if free else "floor"


def _has_table(place: Place, size: ShotSize) -> bool:
    """Whether something is seen there that things lie on."""
    return size != "wide" and place.kind in structure()["tables"]["kinds"]
