"""Every thing of the library in every framing: as large beside people as it may be, on what carries it."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pytest

from state.order import Style
from state.script import Blocking, Look, Place, SetKind, ShotSize, StagedThing, Staging
from tools.engines.previz import staged
from tools.engines.previz.framing import Framing, frame
from tools.engines.previz.objects import UNITS_IN_CM
from tools.engines.previz.people import hands
from tools.engines.previz.picture import Picture, PictureSize
from tools.engines.previz.sets.paint import Paint, paint_of
from tools.engines.previz.spots import on_the_ground
from tools.engines.previz.staged import ENLARGED, SHRUNK, StagedThings
from tools.models.offline.things.things import can_be_held
from tools.pictures.library import pictures

ANA = Blocking(character="Ana", look=Look(presentation="woman"), position="left", facing="right")
LUIS = Blocking(character="Luis", look=Look(presentation="man"), position="right", facing="left")
SHAPES = ((192, 108), (108, 192))
FRAMINGS: tuple[tuple[ShotSize, SetKind, tuple[int, int]], ...] = (
    ("wide", "office", SHAPES[0]),
    ("two_shot", "street", SHAPES[0]),
    ("medium", "office", SHAPES[1]),
    ("over_shoulder", "street", SHAPES[1]),
)
"""Every size that has room for things, in both shapes, with a table and without."""
FAR = ("wall", "air")
"""What is there may be as far away as it looks."""
SMALLEST_HELD, LARGEST_HELD = 0.15, 3.1


def a_staging(size: ShotSize, kind: SetKind, *things: StagedThing) -> Staging:
    return Staging(place=Place(name="x", kind=kind), size=size, people=[ANA, LUIS], things=list(things))


@lru_cache(maxsize=32)
def framed(size: ShotSize, kind: SetKind, shape: tuple[int, int]) -> tuple[Framing, Paint]:
    staging = a_staging(size, kind)
    return frame(staging, *shape), paint_of(staging.place, staging.time, staging.weather, Style())


def out_of_scale(name: str) -> list[str]:
    """In which framings a thing is a toy or a giant beside these people."""
    picture = pictures()[name]
    found = []
    for size, kind, shape in FRAMINGS:
        framing, paint = framed(size, kind, shape)
        staging = a_staging(size, kind, StagedThing(picture=name, spot=picture.spot))
        for place in StagedThings(staging, framing, paint, shape).places:
            left, top, right, low = place.extent
            people = max(mark.scale for mark in framing.marks if not mark.from_behind)
            drawn = max(right - left, low - top) * place.scale / (picture.cm * UNITS_IN_CM * people)
            least = 0.0 if place.thing.spot in FAR else SHRUNK[place.thing.spot]
            if not least <= drawn <= ENLARGED * 1.01:
                found.append(f"{name} {drawn:.2f} {place.thing.spot} {size} {shape}")
    return found


@pytest.mark.breadth(4)
@pytest.mark.parametrize("share", range(8))
def test_nothing_is_a_toy_or_a_giant_beside_people(share: int) -> None:
    names = sorted(pictures())[share::8]
    assert [one for name in names for one in out_of_scale(name)] == []


def test_without_the_bounds_a_pin_is_as_large_as_a_plate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staged, "ENLARGED", 99.0)
    assert out_of_scale("drawing_pin")


def test_without_the_bounds_a_bed_stands_about_as_a_toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StagedThings, "_is_sane", lambda *_: True)
    assert out_of_scale("bed")


def test_what_a_hand_carries_is_no_toy_and_no_giant() -> None:
    """Against its size in life; only what is longer than an arm is drawn much shorter."""
    held = {
        name: hands.held_scale(name) * hands.SQUARE / (one.cm * UNITS_IN_CM)
        for name, one in pictures().items()
        if can_be_held(name)
    }
    wrong = {
        name: round(drawn, 2) for name, drawn in held.items() if not SMALLEST_HELD <= drawn <= LARGEST_HELD
    }
    assert wrong == {}


def test_nobody_carries_a_wheelbarrow_or_a_door() -> None:
    assert not any(can_be_held(name) for name in ("wheelbarrow", "numbered_door", "window", "photocopier"))


def test_a_door_is_in_a_wall_that_goes_on_to_the_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever knocks stands before a house, not beside a door that stands in the street."""
    knocks = a_staging("medium", "street", StagedThing(picture="door", spot="floor", side="right"))
    alone = knocks.model_copy(update={"people": [ANA.model_copy(update={"position": "centre"})]})
    walled = right_edge(alone)
    assert np.array_equal(walled, right_edge(alone))
    monkeypatch.setattr(StagedThings, "_door_wall", lambda *_: "")
    assert np.abs(walled - right_edge(alone)).mean() > 12


def right_edge(staging: Staging) -> npt.NDArray[np.int64]:
    """What the picture shows at its right edge, above the street."""
    shown = Picture(staging, Style(), PictureSize(width=192, height=108), seed=1).at(0.0, 0.0)
    return shown[20:60, -6:].astype(np.int64)


@pytest.mark.parametrize("name", ["coat", "dress", "suit_jacket"])
def test_a_garment_hangs_and_never_stands_about(name: str) -> None:
    assert not on_the_ground(pictures()[name])
    assert pictures()[name].spot == "wall"
    # The control: a stand has feet.
    assert on_the_ground(pictures()["wedding_dress"])
