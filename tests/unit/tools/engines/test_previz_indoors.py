"""Rooms of work, travel and waiting: what tells them, and what a mirror must not undo."""

from dataclasses import replace
from typing import get_args

import cv2
import pytest

from state.order import Style
from state.script import Place, SetKind, TimeOfDay
from tools.engines.previz.ink import group
from tools.engines.previz.picture import Picture, PictureSize, Staging
from tools.engines.previz.raster import raster
from tools.engines.previz.sets.catalog import drawn_set
from tools.engines.previz.sets.fittings import outside
from tools.engines.previz.sets.paint import Paint, paint_of
from tools.engines.previz.sets.readouts import digits
from tools.engines.previz.sets.room import extras


def painted(kind: SetKind, name: str = "x", time: TimeOfDay = "day", *props: str) -> Paint:
    return paint_of(Place(name=name, kind=kind, props=list(props)), time, "clear", Style())


def turned(mirrored: bool) -> Paint:
    """The paint of a place that is, or is not, shown the other way round."""
    paints = (replace(painted("lift"), seed=seed) for seed in range(60))
    return next(paint for paint in paints if paint.mirrored is mirrored)


def test_figures_can_be_read_in_a_mirrored_set_too() -> None:
    view, size = (0.0, 0.0, 160.0, 60.0), (160, 60)
    plain = raster(digits(turned(False), 20, 10, "247", "#ffffff"), view, size)
    there = digits(turned(True), 20, 10, "247", "#ffffff")
    seen = raster(group(there, transform="translate(160 0) scale(-1 1)"), view, size)
    moved = cv2.boundingRect(seen[:, :, 3])[0] - cv2.boundingRect(plain[:, :, 3])[0]
    shift = seen[:, moved:] if moved >= 0 else seen[:, :moved]
    match = plain[:, : 160 - moved] if moved >= 0 else plain[:, -moved:]
    assert abs(shift.astype(int) - match).mean() < 3
    unturned = raster(there, view, size)
    assert abs(unturned.astype(int) - plain).mean() > 3


@pytest.mark.parametrize(
    ("kind", "plain", "told"),
    [
        ("control_room", "Sala nueve", "Cabina de proyección"),
        ("control_room", "Room nine", "Projection booth"),
        ("lobby", "Condominio", "Hotel Miramar"),
    ],
)
def test_a_places_name_tells_which_of_two_rooms_it_is(kind: SetKind, plain: str, told: str) -> None:
    one, other = (replace(painted(kind, name), seed=7, name=name.casefold()) for name in (plain, told))
    assert drawn_set(kind, one).middle != drawn_set(kind, other).middle
    same = replace(one, name=f"{plain} dos".casefold())
    assert drawn_set(kind, one).middle == drawn_set(kind, same).middle


@pytest.mark.parametrize("time", get_args(TimeOfDay))
def test_a_cold_store_is_cold_at_every_hour(time: TimeOfDay) -> None:
    def blue_over_red(kind: SetKind) -> float:
        staging = Staging(place=Place(name="x", kind=kind), time=time, size="wide")
        seen = Picture(staging, Style(), PictureSize(width=96, height=54), seed=1).at(0.0, 0.0)
        return float(seen[:, :, 0].mean() - seen[:, :, 2].mean())

    assert blue_over_red("cold_store") > 4 > blue_over_red("warehouse")


def test_what_windows_look_out_on_has_the_light_of_the_open_air() -> None:
    indoors = painted("train", time="night")
    assert sum(outside(indoors).light) < sum(indoors.light) - 0.2
    assert outside(indoors).seed == indoors.seed


@pytest.mark.parametrize("kind", ["train", "bus", "boat_cabin"])
def test_the_world_goes_by_behind_the_windows(kind: SetKind) -> None:
    staging = Staging(place=Place(name="x", kind=kind), size="wide", mood="tense")
    picture = Picture(staging, Style(), PictureSize(width=192, height=108), seed=1)
    first, later = (picture.at(at_s, 0.0).astype(int) for at_s in (0.0, 0.6))
    assert abs(first[:45] - later[:45]).mean() > 0.4
    assert abs(first[80:] - later[80:]).mean() == 0.0


def test_a_stove_among_the_props_stands_on_no_table() -> None:
    assert extras(painted("kitchen", "x", "day", "letter"), 0, 0) != ""
    assert extras(painted("kitchen", "x", "day", "stove"), 0, 0) == ""
