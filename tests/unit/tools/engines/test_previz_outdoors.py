"""Places in the open: each tells what it is, at head height, and no two of a kind are the same."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from state.order import Style
from state.script import Place, SetKind
from tools.engines.previz import surfaces
from tools.engines.previz.ink import box
from tools.engines.previz.raster import Pixels, laid, raster
from tools.engines.previz.sets import wayside
from tools.engines.previz.sets.catalog import drawn_set
from tools.engines.previz.sets.foreground import NEAR, Draw
from tools.engines.previz.sets.paint import INDOOR, KINDS, Paint, SetDrawing, paint_of
from tools.engines.previz.surfaces import SURFACES, surface

OPEN: tuple[SetKind, ...] = (
    "boat_deck", "field", "canal", "village", "yard", "roadside", "river", "allotment", "forest", "bridge",
    "farmyard", "balcony", "salt_flats", "vineyard", "mountain", "lake", "cliff", "desert", "pool",
    "building_site", "fairground", "pitch", "lighthouse", "snow", "countryside",
)  # fmt: skip


def painted(kind: SetKind, name: str = "x", **changes: Any) -> Paint:
    place = Place(name=name, kind=kind, props=changes.pop("props", []))
    return replace(paint_of(place, changes.pop("time", "day"), "clear", Style()), **changes)


def seen(drawn: SetDrawing, view: tuple[float, float, float, float], size: tuple[int, int]) -> Pixels:
    return laid(raster(drawn.far, view, size), raster(drawn.middle, view, size))


def unmirrored(kind: SetKind) -> list[Paint]:
    """Two places of the kind that are drawn the same way round."""
    paints = (painted(kind, name) for name in ("Uno", "Casa vieja", "Number 7", "La Loma", "A", "B", "C"))
    return [paint for paint in paints if not paint.mirrored][:2]


@pytest.mark.breadth(3)
@pytest.mark.parametrize("kind", OPEN)
def test_two_open_places_differ_in_more_than_which_way_round_they_are(kind: SetKind) -> None:
    one, other = (seen(drawn_set(kind, paint), (0, 0, 1600, 900), (64, 36)) for paint in unmirrored(kind))
    assert np.abs(one.astype(int) - other).mean() > 3


@pytest.mark.breadth(3)
@pytest.mark.parametrize("kind", OPEN)
def test_something_of_the_place_stands_at_head_height_on_both_sides(kind: SetKind) -> None:
    """People cover the middle, and a closer shot shows nothing of the ground."""
    drawn = drawn_set(kind, painted(kind))
    sky = raster(drawn.far, (-100, -900, 1800, 200), (2, 2))[0, 0, :3].astype(int)
    for left in (-100, 1000):
        pixels = seen(drawn, (left, 130, 700, 330), (70, 33)).astype(int)
        shapes = (np.abs(np.diff(pixels[:, :, :3], axis=1)).max(axis=2) > 24).mean()
        assert shapes > 0.02, sky


@pytest.mark.parametrize("kind", OPEN)
def test_every_open_place_is_known_everywhere(kind: SetKind) -> None:
    assert kind in KINDS
    assert kind not in INDOOR
    assert NEAR[kind]
    assert kind in SURFACES


def foot_of_l(paint: Paint) -> float:
    """Where the stem of the L on the tall sign of the hotel stands: -1 is its left edge, 1 its right one."""
    x = 1300 if paint.mirrored else 300
    pixels = seen(drawn_set("roadside", paint), (x - 34, 424, 68, 50), (68, 50)).astype(int)
    light = pixels[8:40, :, :3].min(axis=2) > 170
    return float(np.nonzero(light)[1].mean() / 34 - 1)


def test_a_sign_reads_the_same_in_a_set_that_is_drawn_the_other_way_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paints = [painted("roadside", name, props=["hotel sign"]) for name in "abcdefgh"]
    turned = next(paint for paint in paints if paint.mirrored)
    plain = next(paint for paint in paints if not paint.mirrored)
    assert foot_of_l(plain) < -0.2
    assert foot_of_l(turned) < -0.2
    monkeypatch.setattr(wayside, "_way", lambda paint, size: size)
    assert foot_of_l(turned) > 0.2


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [("field", "mazorcas de maíz", "wheat"), ("roadside", "hotel key", "petrol pump")],
)
def test_what_the_script_names_decides_what_is_drawn(kind: SetKind, one: str, other: str) -> None:
    for name in ("x", "y", "z"):
        paint = painted(kind, name)
        said = {drawn_set(kind, replace(paint, props=(prop,))).middle for prop in (one, other)}
        assert len(said) == 2
        assert drawn_set(kind, paint).middle in said


def edge_line(kind: SetKind) -> float:
    """How much of a surface's far edge is an inked line."""
    paint = painted(kind)
    pixels = raster(surface(kind, paint), (0, surfaces.EDGE - 30, 1600, 60), (160, 60))
    ink = (pixels[:, :, 3] > 200) & (pixels[:, :, :3].max(axis=2) < 70)
    return float(ink.mean(axis=1).max())


@pytest.mark.parametrize("kind", ["field", "forest", "snow", "salt_flats", "pitch"])
def test_the_ground_does_not_end_like_a_table(kind: SetKind) -> None:
    assert edge_line(kind) < 0.2
    assert edge_line("office") > 0.9


@pytest.mark.breadth(3)
@pytest.mark.parametrize("kind", OPEN)
def test_lamps_of_an_open_place_are_seen_where_their_light_is(kind: SetKind) -> None:
    """A pool of light without anything lit in it has no cause."""
    day, night = (drawn_set(kind, painted(kind, time=time)) for time in ("day", "night"))
    assert night.middle != day.middle
    for lamp in night.lamps:
        view = (lamp.x - lamp.reach * 0.7, lamp.y - lamp.reach * 0.7, lamp.reach * 1.4, lamp.reach * 1.4)
        pixels = seen(night, view, (80, 80)).astype(int)
        assert (pixels[:, :, 2] > 200).any(), lamp


def reach_below_captions(draw: Draw) -> float:
    """How far into a frame 900 high a thing near the camera comes where captions are."""
    pixels = raster(draw(painted("field"), 900.0), (0, 756, 1600, 144), (400, 36))
    columns = np.nonzero((pixels[:, :, 3] > 24).any(axis=0))[0]
    return float(columns.max() * 4 if len(columns) else 0)


def test_what_stands_near_the_camera_outdoors_leaves_captions_free() -> None:
    most = 0.16 * 1600 / 1.15
    assert max(reach_below_captions(draw) for kind in OPEN for draw in NEAR[kind]) < most
    assert reach_below_captions(lambda paint, high: box(0, high * 0.5, 300, high, paint.ink)) > most
