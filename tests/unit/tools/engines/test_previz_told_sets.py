"""Sets as the story tells of them: in the country, long ago, dry, flooded, for a trade."""

import pytest

from state.order import Style
from state.script import Mood, Place, SetKind
from tools.engines.previz.colour import GRADES
from tools.engines.previz.raster import laid, raster
from tools.engines.previz.sets.catalog import drawn_set
from tools.engines.previz.sets.paint import Paint, SetDrawing, paint_of
from tools.engines.previz.sets.private import _tyres

TOLD: list[tuple[SetKind, str]] = [
    ("living_room", "rural"), ("living_room", "period"), ("kitchen", "rural"), ("kitchen", "period"),
    ("bedroom", "rural"), ("lake", "dry"), ("street", "flooded"), ("workshop", "fine_work"),
    ("workshop", "mechanic"), ("control_room", "crane"), ("stage", "backstage"), ("stage", "period"),
    ("river", "stream"), ("street", "festive"), ("street", "colonial"), ("street", "civic"),
    ("river_boat", "inland"), ("forest", "jungle"), ("roadside", "open_road"), ("plaza", "festive"),
    ("village", "festive"), ("street", "period"), ("office", "period"),
    ("river_boat", "jungle"), ("ballroom", "feast"), ("alley", "festive"), ("ballroom", "hall"),
    ("workshop", "boats"), ("stage", "seats"), ("stage", "piano"), ("warehouse", "sacks"),
    ("beach", "holiday"), ("beach", "palms"), ("building_site", "quarry"),
    ("boat_deck", "river"), ("boat_deck", "jungle"), ("church", "belfry"), ("rooftop", "old_roofs"),
    ("workshop", "sewing"), ("station", "underground"),
]  # fmt: skip


def painted(kind: SetKind, *about: str) -> Paint:
    return paint_of(Place(name="x", kind=kind, about=list(about)), "day", "clear", Style())


def drawn(kind: SetKind, *about: str) -> SetDrawing:
    return drawn_set(kind, painted(kind, *about))


@pytest.mark.breadth(4)
@pytest.mark.parametrize(("kind", "sign"), TOLD)
def test_a_set_is_drawn_as_the_story_tells_and_stays_whole(kind: SetKind, sign: str) -> None:
    told, view, size = drawn(kind, sign), (-400.0, -300.0, 2400.0, 1350.0), (64, 36)
    assert told != drawn(kind)
    assert laid(raster(told.far, view, size), raster(told.middle, view, size))[:, :, 3].min() == 255


def test_only_a_mechanic_has_tyres() -> None:
    def has_tyres(*about: str) -> bool:
        return _tyres(painted("workshop", *about), 130, 720) in drawn("workshop", *about).middle

    assert [has_tyres("mechanic"), has_tyres(), has_tyres("fine_work", "mechanic")] == [True, False, False]


@pytest.mark.parametrize("mood", ["romantic", "triumphant", "mysterious", "sad", "tense"])
def test_one_noon_stays_one_light_in_every_mood(mood: Mood) -> None:
    gains = zip(GRADES[mood].gain, GRADES["warm"].gain, strict=True)
    assert max(abs(one - other) for one, other in gains) < 0.17


@pytest.mark.parametrize("told", [(), ("unlit",)])
def test_lamps_burn_after_dark_unless_the_lights_are_out(told: tuple[str, ...]):
    place = Place(name="x", kind="lighthouse", about=list(told))
    assert paint_of(place, "night", "clear", Style()).lamps is not bool(told)
