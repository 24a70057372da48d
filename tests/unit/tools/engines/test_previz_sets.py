"""Sets, things and framing: something to see wherever the camera looks."""

from typing import get_args

import numpy as np
import pytest

from state.order import Style
from state.script import Blocking, Look, Mood, Place, SetKind, ShotSize, Staging, TimeOfDay
from tools.engines.previz.framing import frame
from tools.engines.previz.objects import OBJECTS, drawn_object, known_object
from tools.engines.previz.picture import Picture, PictureSize
from tools.engines.previz.raster import Pixels, raster
from tools.engines.previz.sets.catalog import drawn_set
from tools.engines.previz.sets.paint import paint_of

LAMPLIT = {"bar", "stage"}
"""Where lamps burn at all hours; what changes is what they do."""
TINY = PictureSize(width=96, height=54)
ANA = Blocking(character="Ana", look=Look(presentation="woman"), position="left", facing="right")
LUIS = Blocking(character="Luis", look=Look(presentation="man"), position="right", facing="left")


def staging(**changes: object) -> Staging:
    fields: dict[str, object] = {"place": Place(name="House", kind="living_room"), "people": [ANA]}
    return Staging(**{**fields, **changes})  # type: ignore[arg-type]  # the test's own words


def shown(pixels: PictureSize = TINY, /, **changes: object) -> Pixels:
    return Picture(staging(**changes), Style(), pixels, seed=1).at(0.0, 0.0)


@pytest.mark.parametrize("kind", get_args(SetKind))
def test_every_set_is_opaque_and_changes_with_the_hour(kind: SetKind) -> None:
    seen = []
    for time in get_args(TimeOfDay):
        drawn = drawn_set(kind, paint_of(Place(name="x", kind=kind), time, "clear", Style()))
        pixels = raster(drawn.far + drawn.middle, (0, 0, 1600, 900), (64, 36))
        assert pixels[:, :, 3].min() == 255
        assert pixels[:, :, :3].std() > 8
        seen.append(shown(place=Place(name="x", kind=kind), time=time, size="wide", people=[]).mean())
    assert seen[2] < seen[0] - (6 if kind not in LAMPLIT else -6)


def test_a_palette_of_its_own_recolours_a_set() -> None:
    own = shown(place=Place(name="House", kind="living_room", palette=["#20a040", "#103060", "#f0f000"]))
    assert np.abs(own.astype(int) - shown()).mean() > 10


@pytest.mark.parametrize("size", get_args(ShotSize))
@pytest.mark.parametrize("pixels", [(96, 54), (54, 96), (64, 64), (97, 55)])
def test_every_size_fills_every_frame(size: ShotSize, pixels: tuple[int, int]) -> None:
    picture = shown(
        PictureSize(width=pixels[0], height=pixels[1]), size=size, people=[ANA, LUIS], subject="letter"
    )
    assert picture.shape == (pixels[1], pixels[0], 3)
    assert picture.std() > 10
    assert (picture.max(axis=2) > 0).mean() > 0.98


@pytest.mark.parametrize("mood", get_args(Mood))
def test_every_mood_has_its_light(mood: Mood) -> None:
    plain = shown(mood="warm" if mood != "warm" else "sad")
    assert np.abs(shown(mood=mood).astype(int) - plain).mean() > 2


def test_heads_stay_in_frame() -> None:
    for size in ("wide", "two_shot", "medium", "close_up"):
        for width, height in ((1920, 1080), (1080, 1920), (1080, 1080)):
            seen = frame(staging(size=size, people=[ANA, LUIS]), width, height)
            for mark in seen.marks:
                assert 0.08 * seen.width < mark.x < 0.92 * seen.width
                assert mark.y - 58 * mark.scale > 0 or size == "close_up"
                assert mark.y + 57 * mark.scale < seen.height


def test_two_people_face_each_other() -> None:
    marks = frame(staging(size="two_shot", people=[LUIS, ANA]), 1920, 1080).marks
    assert [(m.blocking.character, m.facing) for m in marks] == [("Ana", "right"), ("Luis", "left")]


def test_over_the_shoulder_the_first_one_named_is_seen() -> None:
    marks = frame(staging(size="over_shoulder", people=[LUIS, ANA]), 1920, 1080).marks
    assert [(m.blocking.character, m.from_behind) for m in marks] == [("Luis", False), ("Ana", True)]


def test_the_same_person_is_in_every_size() -> None:
    """What changes from shot to shot is the scale, never the drawing."""
    marks = [frame(staging(size=s), 1920, 1080).marks[0] for s in ("wide", "medium", "close_up")]
    assert {mark.blocking.look for mark in marks} == {ANA.look}
    assert marks[0].scale < marks[1].scale < marks[2].scale


@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_every_thing_is_drawn(name: str) -> None:
    assert (raster(drawn_object(name), (-110, -110, 220, 220), (44, 44))[:, :, 3] > 0).mean() > 0.08


def test_things_are_known_by_their_names_in_three_languages() -> None:
    named = ("la carta", "o anel de noivado", "an old photograph")
    assert [known_object(name) for name in named] == ["letter", "ring", "photo"]
    assert known_object("a dragon") == "parcel"


def test_rain_falls_outdoors_and_nobody_gets_wet_inside() -> None:
    def moved(kind: SetKind) -> float:
        picture = Picture(
            staging(place=Place(name="x", kind=kind), weather="rain", people=[]), Style(), TINY, seed=1
        )
        return float(np.abs(picture.at(0.0, 0.0).astype(int) - picture.at(0.1, 0.0)).mean())

    assert moved("street") > 0.5 > 0.2 > moved("living_room")
