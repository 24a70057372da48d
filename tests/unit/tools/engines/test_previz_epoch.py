"""Before the seventies no set shows a screen, a car of our days, a tower or a machine of steel and light."""

from importlib import import_module
from typing import get_args

import pytest

from state.order import Style
from state.script import Place, SetKind
from tools.engines.previz.sets import catalog, epoch, greenery
from tools.engines.previz.sets.catalog import drawn_set
from tools.engines.previz.sets.paint import Paint, paint_of
from tools.engines.previz.sets.sky import skyline

KINDS: tuple[SetKind, ...] = get_args(SetKind)
MODERN_SETS: list[SetKind] = [
    "hospital", "park", "rooftop", "gym", "car", "harbour", "bar", "lift", "cold_store", "control_room",
    "laundry", "factory", "police_station", "airport", "train", "bus", "boat_cabin", "newsroom", "winery",
    "waiting_room", "farmyard", "roadside", "building_site", "pitch", "rink", "warehouse", "street", "office",
    "living_room", "balcony", "fairground", "tram",
]  # fmt: skip
ARGUMENTS = {"screen": (0, 0, 9, 9), "digits": (0, 0, "1", "#ffffff"), "car": (0, 0, "#aa0000"),
             "_cranes": (), "_mast": (0, 0, 1.0), "_washer": (0, 0, 1), "_cross": (0, 0, 9)}  # fmt: skip


def painted(kind: SetKind, *about: str) -> Paint:
    return paint_of(Place(name="x", kind=kind, about=list(about)), "night", "clear", Style())


@pytest.mark.parametrize("kind", MODERN_SETS)
def test_a_set_with_something_of_our_days_has_an_older_one(kind: SetKind) -> None:
    assert drawn_set(kind, painted(kind, "period")) != drawn_set(kind, painted(kind))


@pytest.mark.parametrize("name", epoch.MODERN)
def test_what_is_marked_modern_is_drawn_in_our_days_alone(name: str) -> None:
    module, _, short = name.rpartition(".")
    draw = getattr(import_module(module), short)
    given = ARGUMENTS.get(short, (0, 0))
    assert draw(painted("street"), *given)
    assert draw(painted("street", "period"), *given) == ""


def test_nothing_marked_modern_is_in_any_set_of_earlier_times() -> None:
    """The control is the same sets in our days: there the marked things are."""
    shown = {about: sum("#123038" in drawn_set(kind, painted(kind, *about)).middle for kind in KINDS)
             for about in ((), ("period",))}  # fmt: skip
    assert shown[()] > 3
    assert shown[("period",)] == 0


def test_the_town_behind_has_low_houses() -> None:
    assert skyline(painted("park", "period"), 500) != skyline(painted("park"), 500)
    assert greenery.car(painted("street", "period"), 0, 0, "#aa0000") == ""


def test_one_rides_on_wood_before_the_seventies() -> None:
    assert set(catalog.OLD) == {"bus", "train", "lift"}
    assert drawn_set("bus", painted("bus", "period")) != drawn_set("bus", painted("bus"))


def test_a_lift_of_then_shows_no_lit_figures() -> None:
    then, now = (drawn_set("lift", painted("lift", *about)).middle for about in (("period",), ()))
    assert "#ffab3d" in now
    assert "#ffab3d" not in then
