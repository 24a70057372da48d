"""The picture library, drawn in our hand."""

import numpy as np
import pytest

from tools.engines.previz.insert import FLAT
from tools.engines.previz.objects import OBJECTS, centimetres, drawn_object, known_object, size_of
from tools.engines.previz.picture_library import drawings
from tools.engines.previz.raster import Pixels, raster
from tools.engines.previz.spots import LONG_AND_THIN, on_the_ground
from tools.pictures.library import OWN, PORTRAITS, pictures

AROUND = (-120.0, -120.0, 240.0, 240.0)
SAMPLE = sorted(drawings())[::9]


def drawn(name: str, *, line: float = 4.0) -> Pixels:
    return raster(drawn_object(name, line=line), AROUND, (60, 60))


def test_every_name_of_the_library_has_a_drawing() -> None:
    listed = pictures()
    assert len(listed) >= 500
    assert {name for name, one in listed.items() if one.drawing == OWN} == set(OBJECTS) & set(listed)
    assert set(drawings()) == {name for name, one in listed.items() if one.drawing != OWN}
    assert all(known_object(name) == name for name in listed)


@pytest.mark.parametrize("name", SAMPLE)
def test_a_picture_draws_something_inside_its_box(name: str) -> None:
    solid = drawn(name)[:, :, 3] > 0
    assert solid.mean() > 0.05
    assert not solid[:3].any()
    assert not solid[-3:].any()
    assert not solid[:, :3].any()
    assert not solid[:, -3:].any()


def test_a_picture_has_an_outline_as_wide_as_it_is_asked_for() -> None:
    """A large thing in the picture has the lines of everything else."""
    for name in ("dog", "wedding_dress"):
        assert_outline_grows(name)


def assert_outline_grows(name: str) -> None:
    wide, thin = (drawn(name, line=line) for line in (6.0, 1.6))
    assert int((wide[:, :, 3] > 128).sum()) > int((thin[:, :, 3] > 128).sum()) * 1.03


def test_pictures_are_muted() -> None:
    """No emoji red beside our people."""
    pixels = drawn("apple")
    solid = pixels[pixels[:, :, 3] == 255][:, :3].astype(int)
    assert np.percentile(solid.max(axis=1) - solid.min(axis=1), 90) < 165


def test_sizes_follow_life() -> None:
    assert size_of("ant") < size_of("apple") < size_of("dog") < size_of("horse")
    assert centimetres("ring") < centimetres("cat") < centimetres("dog") < centimetres("horse")
    assert [pictures()[name].height for name in ("ant", "apple", "cat", "dog", "chair", "cow", "car")] == [
        "tiny", "hand", "arm", "knee", "knee", "person", "big",
    ]  # fmt: skip


def test_what_is_drawn_by_hand_comes_first() -> None:
    assert drawn_object("guitar") == OBJECTS["guitar"]("#2a1a20")
    assert "guitar" not in drawings()


@pytest.mark.parametrize("name", ["fireworks", "shooting_star"])
def test_what_shines_in_the_sky_brings_no_tile_of_it(name: str) -> None:
    solid = drawn(name)[:, :, 3] > 0
    left, top = np.flatnonzero(solid.any(axis=0))[0], np.flatnonzero(solid.any(axis=1))[0]
    assert not solid[top : top + 4, left : left + 4].any()
    assert solid.mean() < 0.45


@pytest.mark.parametrize("name", [
    "hand_plane", "wood_shaving", "cello", "guitarron", "vihuela", "cat_portrait", "couple_portrait",
    "crate", "sacks",
    "oxygen_cylinder", "mitten", "lily", "cheese_breads", "raft", "surfboard", "sheet_music", "honey",
    "neon_sign",
])  # fmt: skip
def test_what_we_drew_stays_inside_its_box(name: str) -> None:
    solid = drawn(name)[:, :, 3] > 0
    assert solid.mean() > 0.04
    assert not any(edge.any() for edge in (solid[:3], solid[-3:], solid[:, :3], solid[:, -3:]))


def test_a_portrait_shows_its_sitter() -> None:
    assert len({drawn_object(name) for name in PORTRAITS}) == len(PORTRAITS)
    assert all(pictures()[name].spot == "wall" for name in PORTRAITS)


def test_an_oar_lies_and_does_not_stand_about() -> None:
    assert not any(on_the_ground(pictures()[name]) for name in LONG_AND_THIN)
    assert set(FLAT) >= LONG_AND_THIN
    assert on_the_ground(pictures()["cello"])
