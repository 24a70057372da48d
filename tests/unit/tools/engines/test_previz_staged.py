"""What the story put into the picture: seen where it should be, and nowhere else."""

from typing import get_args

import numpy as np
import numpy.typing as npt
import pytest

from state.order import Style
from state.script import Blocking, Look, Place, ShotSize, Spot, StagedThing, Staging
from tools.engines.previz import staged as staged_things
from tools.engines.previz.framing import frame
from tools.engines.previz.insert import in_its_place
from tools.engines.previz.people.hands import LONG_HELD, MOST_HELD, held_scale
from tools.engines.previz.picture import Picture, PictureSize
from tools.engines.previz.sets.paint import paint_of
from tools.engines.previz.spots import staged
from tools.engines.previz.staged import LYING_HIGH, PERCH, StagedThings, face_of, overlap
from tools.pictures.library import PERCHING, pictures

WIDE, TALL = PictureSize(width=192, height=108), PictureSize(width=108, height=192)
ANA = Blocking(character="Ana", look=Look(presentation="woman"), position="left", facing="right")
LUIS = Blocking(character="Luis", look=Look(presentation="man"), position="right", facing="left")


def a_staging(size: ShotSize, *things: StagedThing, kind: str = "office", **changes: object) -> Staging:
    place = Place(name="x", kind=kind)  # type: ignore[arg-type]  # a kind of set
    fields: dict[str, object] = {"place": place, "size": size, "people": [ANA, LUIS], "things": list(things)}
    return Staging(**{**fields, **changes})  # type: ignore[arg-type]  # the test's own words


def thing(picture: str, spot: Spot = "table", side: str = "centre") -> StagedThing:
    return StagedThing(picture=picture, spot=spot, side=side)  # type: ignore[arg-type]  # one of its words


def difference(a: Staging, b: Staging, size: PictureSize = WIDE) -> npt.NDArray[np.bool_]:
    """Where two stagings differ for an eye."""
    shown = [Picture(one, Style(), size, seed=1).at(0.0, 0.0).astype(int) for one in (a, b)]
    return np.abs(shown[0] - shown[1]).max(axis=2) > 40


def placed(staging: Staging, size: PictureSize = WIDE) -> StagedThings:
    paint = paint_of(staging.place, staging.time, staging.weather, Style())
    return StagedThings(staging, frame(staging, size.width, size.height), paint, size.pair)


@pytest.mark.breadth(3)
@pytest.mark.parametrize("size", ["two_shot", "medium", "over_shoulder", "wide"])
def test_a_thing_on_a_table_is_seen(size: ShotSize) -> None:
    tabled, other = a_staging(size, thing("pizza")), a_staging(size, thing("teapot"))
    assert difference(tabled, other).mean() > 0.004


def test_two_things_differ_nowhere_in_the_captions() -> None:
    spots: tuple[Spot, ...] = ("table", "near", "wall", "air")
    for spot in spots:
        clock, radio = (a_staging("two_shot", thing(name, spot)) for name in ("clock", "radio"))
        differs = difference(clock, radio)
        rows = np.flatnonzero(differs.any(axis=1))
        assert rows.size
        assert rows.max() <= 0.82 * WIDE.height


@pytest.mark.parametrize("size", [WIDE, TALL])
@pytest.mark.parametrize("spot", get_args(Spot))
@pytest.mark.parametrize("shot", ["wide", "two_shot", "medium", "over_shoulder"])
def test_no_thing_covers_a_face_or_leaves_the_frame(shot: ShotSize, spot: Spot, size: PictureSize) -> None:
    asked = (("pizza", "left"), ("horse", "centre"), ("ring", "right"))
    staging = a_staging(shot, *(thing(name, spot, side) for name, side in asked))
    framing = frame(staging, size.width, size.height)
    for place in placed(staging, size).places:
        left, top, right, low = place.room
        assert left >= 0
        assert top >= 0
        assert right <= framing.width
        assert low <= framing.height * (0.82 if size is WIDE else 0.7)
        faces = [face_of(mark) for mark in framing.marks if not mark.from_behind]
        assert sum(overlap(place.room, face) for face in faces) == 0


def test_a_dog_is_larger_than_a_ring_beside_the_same_people() -> None:
    heights = {}
    for name in ("ring", "dog"):
        (place,) = placed(a_staging("wide", thing(name, "floor"))).places
        heights[name] = place.room[3] - place.room[1]
    assert heights["dog"] > heights["ring"] * 1.3


def test_a_dog_on_the_floor_makes_the_camera_step_back() -> None:
    near, back = a_staging("two_shot"), a_staging("two_shot", thing("dog", "floor"))
    scales = [frame(one, 1920, 1080).marks[0].scale for one in (near, back)]
    assert scales[1] < scales[0] * 0.75


def test_what_is_too_large_for_a_table_is_not_put_on_one() -> None:
    shown = staged(a_staging("wide", thing("bicycle"), thing("car"), thing("key")), indoor=False)
    assert [one.spot for one in shown] == ["floor", "wall", "table"]


def test_no_moon_hangs_in_a_room_nor_twice_in_the_sky() -> None:
    moon, comet = thing("moon", "air"), thing("comet", "air")
    assert staged(a_staging("wide", moon, comet), indoor=True) == []
    assert staged(a_staging("wide", moon, comet), indoor=False) == [comet]


def test_somebody_holds_what_they_are_said_to_hold() -> None:
    pizza, empty = (ANA.model_copy(update={"holds": name}) for name in ("pizza", ""))
    shots = [a_staging("medium", people=[one]) for one in (pizza, empty)]
    differs = difference(*shots)
    rows = np.flatnonzero(differs.any(axis=1))
    assert differs.mean() > 0.01
    chin = frame(shots[0], WIDE.width, WIDE.height).marks[0]
    assert rows.min() / WIDE.height > (chin.y + 40 * chin.scale) / 900


def test_held_things_follow_life_within_what_a_hand_shows() -> None:
    assert held_scale("ant") <= held_scale("apple") < held_scale("cat")
    assert held_scale("cat") <= MOST_HELD
    assert max(held_scale(name) for name in ("broom", "guitar", "suit_jacket")) <= LONG_HELD


def test_an_insert_of_an_animal_shows_it_in_its_place() -> None:
    """A horse on a kitchen table is no close-up."""
    assert in_its_place("horse")
    assert in_its_place("car")
    assert not in_its_place("ring")
    assert not in_its_place("product")
    horse, cow = (
        a_staging("insert", people=[], subject=name, kind="countryside") for name in ("horse", "cow")
    )
    rows = np.flatnonzero(difference(horse, cow).any(axis=1))
    assert rows.max() <= 0.82 * WIDE.height
    assert rows.max() - rows.min() > 0.5 * WIDE.height


def test_a_camera_that_moves_keeps_things_out_of_the_captions() -> None:
    moving = a_staging("two_shot", thing("pizza"), move="push_in")
    other = a_staging("two_shot", thing("teapot"), move="push_in")
    first, last = [Picture(one, Style(), WIDE, seed=1).at(4.0, 1.0).astype(int) for one in (moving, other)]
    rows = np.flatnonzero((np.abs(first - last).max(axis=2) > 40).any(axis=1))
    assert rows.max() <= 0.83 * WIDE.height


def test_what_lies_stays_on_its_table() -> None:
    """A letter as high as a bottle would lean on the air behind the table."""
    for name in ("letter", "flower", "gun"):
        [place] = placed(a_staging("two_shot", thing(name))).places
        _, top, _, low = place.room
        assert low - top <= 900 * LYING_HIGH + 0.5
    [bottle] = placed(a_staging("two_shot", thing("bottle"))).places
    assert bottle.room[3] - bottle.room[1] > 900 * LYING_HIGH


def test_vehicles_and_furniture_do_not_stand_over_each_other() -> None:
    """Three wide things on one side: each is clear of the others, or is not there."""
    for names in (("car", "bus", "truck"), ("wardrobe", "fridge", "stove")):
        asked = [thing(name, "floor", "left") for name in names]
        places = placed(a_staging("wide", *asked, kind="street")).places
        rooms = [place.room for place in places]
        assert rooms
        for at, one in enumerate(rooms):
            area = (one[2] - one[0]) * (one[3] - one[1])
            assert all(overlap(one, other) <= 0.16 * area for other in rooms[at + 1 :])


def test_a_swallow_flies_in_its_own_insert() -> None:
    assert in_its_place("swallow")
    assert not in_its_place("pebble")


@pytest.mark.parametrize("bird", PERCHING)
def test_a_sitting_bird_has_something_under_it(bird: str) -> None:
    """On its perch where the floor is seen, on the table where it is not; never in the air."""
    for spot in ("air", "wall", "floor"):
        (place,) = placed(a_staging("wide", thing(bird, spot))).places
        assert place.stand is PERCH
        assert place.foot < 0.74 * frame(a_staging("wide"), WIDE.width, WIDE.height).height
    shoulder = staged(a_staging("over_shoulder", thing(bird, "air")), indoor=True)
    assert [one.spot for one in shoulder] == ["table"]
    assert pictures()[bird].spot == "table"


def test_a_perch_is_drawn_down_to_the_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    parrot = a_staging("wide", thing("parrot", "floor"))
    shown = Picture(parrot, Style(), WIDE, seed=1).at(0.0, 0.0).astype(int)
    monkeypatch.setattr(StagedThings, "_perch", lambda *_: "")
    bare = Picture(parrot, Style(), WIDE, seed=1).at(0.0, 0.0).astype(int)
    rows = np.flatnonzero((np.abs(shown - bare).max(axis=2) > 20).any(axis=1))
    assert rows.max() > 0.76 * WIDE.height
    assert rows.max() - rows.min() > 0.15 * WIDE.height


def test_a_swallow_flies_all_the_same() -> None:
    (swallow,) = staged(a_staging("wide", thing("swallow", "air")), indoor=False)
    assert swallow.spot == "air"


@pytest.mark.parametrize("size", ["wide", "medium"])
def test_a_wedding_cake_is_on_a_table_and_higher_than_a_head(size: ShotSize) -> None:
    """Its own height in life is three heads; a pizza beside it stays a pizza."""
    cake, pizza = (placed(a_staging(size, thing(name))).places[0] for name in ("tiered_cake", "pizza"))
    high = cake.room[3] - cake.room[1]
    face = face_of(frame(a_staging(size), WIDE.width, WIDE.height).marks[0])
    assert cake.thing.spot == "table"
    assert high > (face[3] - face[1]) * 0.9
    assert high > 1.4 * (pizza.room[3] - pizza.room[1])


def test_without_its_measure_a_wedding_cake_is_a_cup_cake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staged_things, "TALLER", 1.0)
    (cake,) = placed(a_staging("medium", thing("tiered_cake"))).places
    face = face_of(frame(a_staging("medium"), WIDE.width, WIDE.height).marks[0])
    assert cake.room[3] - cake.room[1] < (face[3] - face[1]) * 0.9


def test_no_food_is_put_on_the_ground() -> None:
    served = [one for one in pictures().values() if one.kind == "food" and one.cm <= 75]
    assert {one.spot for one in served} == {"table"}
