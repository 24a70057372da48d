"""Where a staged thing really goes: on a table only what fits there, in the sky only out of doors."""

from state.script import ShotSize, Spot, StagedThing, Staging
from tools.pictures.library import HUNG, PERCHING, Picture, pictures

TABLE_CM, FLOOR_CM = 75.0, 260.0
"""What is longer stands on the floor; what is longer still stands behind people."""
SHOWN: dict[ShotSize, tuple[Spot, ...]] = {
    "wide": ("air", "wall", "floor", "table", "near"), "two_shot": ("air", "wall", "floor", "table", "near"),
    "medium": ("air", "wall", "floor", "table", "near"), "over_shoulder": ("air", "wall", "table"),
    "close_up": ("air", "wall"), "insert": (),
}  # fmt: skip
"""What of a place each shot size sees."""
SELF_DRAWN = ("sun", "moon", "full_moon", "cloud", "star")
"""What the sets' own skies have."""
GROUNDED = ("animals", "vehicles", "buildings")
ON_THE_WING = ("swallow", "seagull", "bat", "dove")
"""Small, and drawn as it flies."""
LONG_AND_THIN = frozenset((
    "oar", "fishing_rod", "rake", "broom", "mop", "spade", "walking_stick", "crutch", "rifle", "skis",
    "plank",
    "cricket_bat", "bow_and_arrow", "trombone",
))  # fmt: skip
"""Falls over where nobody holds it."""
MOST = 3


def staged(staging: Staging, *, indoor: bool) -> list[StagedThing]:
    """The things that this shot shows, each at the spot where it can be."""
    moved = [
        thing.model_copy(update={"spot": _seen_at(thing, staging.size)}) for thing in staging.things[:MOST]
    ]
    return [one for one in moved if one.spot in SHOWN[staging.size] and _can_be_seen(one, indoor)]


def _seen_at(thing: StagedThing, size: ShotSize) -> Spot:
    """Its spot; a bird on a perch whose foot is not seen sits on the table."""
    spot = spot_of(thing)
    return "table" if perches(thing) and spot not in SHOWN[size] else spot


def perches(thing: StagedThing) -> bool:
    """Whether it is a sitting bird that no table is under: it has a perch."""
    return thing.picture in PERCHING and spot_of(thing) == "floor"


def spot_of(thing: StagedThing) -> Spot:
    """What is too large for a table stands on the floor, and a house stands behind."""
    listed = pictures().get(thing.picture)
    if thing.picture in PERCHING and thing.spot in ("air", "wall"):
        return "floor"
    if listed is None or thing.spot not in ("table", "floor"):
        return thing.spot
    if listed.cm > FLOOR_CM:
        return "wall"
    return "floor" if thing.spot == "table" and listed.cm > TABLE_CM else thing.spot


def stands(thing: StagedThing) -> bool:
    """Whether it stands on the ground behind people, not hangs there."""
    listed = pictures().get(thing.picture)
    return spot_of(thing) == "wall" and listed is not None and on_the_ground(listed)


def on_the_ground(picture: Picture) -> bool:
    """Whether it is seen on the ground of its place, not on a table or in a hand."""
    if picture.name in HUNG or picture.name in LONG_AND_THIN:
        # No coat stands about by itself, and an oar lies.
        return False
    if picture.kind == "animals":
        return picture.cm > 36
    return picture.kind in GROUNDED or (picture.kind not in ("sky", "flyers") and picture.cm > 90)


def in_the_air(picture: Picture) -> bool:
    """Whether it is seen against the sky or the room behind, with nothing under it."""
    return (
        picture.kind == "sky" or (picture.kind == "flyers" and picture.cm > 60) or picture.name in ON_THE_WING
    )


def sees_floor(staging: Staging, size: ShotSize) -> bool:
    """Whether a dog or a car is beside people who would otherwise be seen to the waist."""
    return size in ("two_shot", "medium") and any(
        spot_of(thing) == "floor" or stands(thing) for thing in staging.things[:MOST]
    )


def _can_be_seen(thing: StagedThing, indoor: bool) -> bool:
    listed = pictures().get(thing.picture)
    if listed is None or listed.kind != "sky":
        return True
    return not indoor and thing.picture not in SELF_DRAWN
