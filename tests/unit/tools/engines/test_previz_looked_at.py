"""What was ugly when somebody looked at every shot, and must not come back."""

from itertools import product
from typing import Literal, get_args

import numpy as np
import pytest

from state.order import Style
from state.script import (
    Blocking,
    HairStyle,
    Look,
    Place,
    Presentation,
    SetKind,
    Staging,
    TimeOfDay,
    Weather,
)
from tools.engines.previz import light, scenery
from tools.engines.previz.actor import Actor
from tools.engines.previz.colour import luma, people_light
from tools.engines.previz.extent import extent_of, lying
from tools.engines.previz.framing import captions_from, frame
from tools.engines.previz.insert import COMPANY, FLAT
from tools.engines.previz.objects import OBJECTS
from tools.engines.previz.people import head
from tools.engines.previz.people.arms import limbs
from tools.engines.previz.people.hair import behind
from tools.engines.previz.people.person import Person
from tools.engines.previz.picture import Picture, PictureSize
from tools.engines.previz.raster import Pixels, raster
from tools.engines.previz.sets.foreground import NEAR
from tools.engines.previz.sets.paint import paint_of
from tools.engines.previz.sets.room import _tiles
from tools.engines.previz.sets.sky import aside
from tools.pictures.library import pictures

SMALL = PictureSize(width=192, height=108)
FAIR = "#efc9ac"


def shot(**changes: object) -> Pixels:
    ana = Blocking(
        character="Ana", look=Look(presentation="woman", skin=FAIR), position="left", facing="right"
    )
    fields: dict[str, object] = {"place": Place(name="x", kind="office"), "people": [ana]}
    staging = Staging(**{**fields, **changes})  # type: ignore[arg-type]  # the test's own words
    return Picture(staging, Style(), SMALL, seed=1).at(0.0, 0.0)


def ink_in(body: str, area: tuple[float, float, float, float]) -> int:
    """Pixels as dark as a line."""
    pixels = raster(body, area, (round(area[2]) * 2, round(area[3]) * 2))
    return int(((pixels[:, :, 3] > 200) & (pixels[:, :, :3].max(axis=2) < 60)).sum())


@pytest.mark.parametrize(
    ("style", "seen"), [("short", True), ("bun", True), ("long", False), ("wavy", False)]
)
def test_hair_hides_an_ear_altogether_or_not_at_all(style: HairStyle, seen: bool) -> None:
    person = Person(look=Look(presentation="woman", hair_style=style, skin=FAIR), facing="right")
    assert (ink_in(head.skull(person), (-31.0, -10.0, 12.0, 24.0)) > 0) is seen


@pytest.mark.parametrize("beard", ["full", "none"])
def test_a_full_beard_has_no_second_chin(beard: str) -> None:
    look = Look(presentation="man", beard=beard, skin=FAIR, hair_colour="#c8c4c0")  # type: ignore[arg-type]  # one of its words
    person = Person(look=look, facing="camera")
    drawn = head.chin_beard(person) + head.skull(person)
    crossed = ink_in(drawn, (-3.0, 50.0, 6.0, 12.0))
    assert crossed == 0 if beard == "full" else crossed > 0


@pytest.mark.parametrize(
    ("time", "weather", "indoor"), list(product(get_args(TimeOfDay), get_args(Weather), (True, False)))
)
def test_faces_can_be_read_in_any_light(time: TimeOfDay, weather: Weather, indoor: bool) -> None:
    red, green, blue = people_light(time, weather, indoor=indoor)
    assert 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.74
    assert blue / red < 1.16, "skin turns grey"


@pytest.mark.parametrize("skin", [FAIR, "#c98d63", "#5a3a28"])
def test_a_shadow_on_skin_is_no_fuller_than_the_skin(skin: str) -> None:
    shade = Person(look=Look(presentation="man", skin=skin)).skin_shade
    channels = [[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in (skin, shade)]
    lit, dim = [(max(c) - min(c)) / max(c) for c in channels]
    assert dim < lit + 0.16
    assert luma(shade) < luma(skin)


@pytest.mark.breadth(5)
@pytest.mark.parametrize("kind", [kind for kind in get_args(SetKind) if NEAR.get(kind, True)])
def test_nothing_near_the_camera_is_a_black_slab(kind: SetKind, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = Blocking(character="Ana", look=Look(presentation="woman", skin=FAIR), facing="right")
    place = Place(name="x", kind=kind)
    staging = Staging(place=place, time="night", mood="tense", size="medium", people=[ana])
    picture = Picture(staging, Style(), SMALL, seed=1)
    seen = picture.at(0.0, 0.0)
    monkeypatch.setattr(scenery.Scenery, "before", lambda *_: None)
    bare = picture.at(0.0, 0.0)
    near = np.abs(seen.astype(int) - bare.astype(int)).max(axis=2) > 6
    slab = near & (seen.max(axis=2) < 22) & (bare.max(axis=2) > 30)
    assert slab.mean() < 0.03


def test_blinds_throw_their_shadow_in_rooms_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    wide = light._slats
    monkeypatch.setattr(light, "_slats", lambda *a: asked.append(1) or wide(*a))
    for kind, shadows in (("cemetery", 0), ("car", 0), ("office", 1)):
        light.veil.cache_clear()
        asked.clear()
        shot(place=Place(name="x", kind=kind), mood="tense")
        assert len(asked) == shadows


def test_people_stand_in_their_own_ways() -> None:
    looks = [
        Look(presentation=sex, hair_style=style)
        for sex, style in product(("woman", "man"), get_args(HairStyle))
    ]
    ways = {
        limbs(Person(look=look), "none")[0].hand + limbs(Person(look=look), "none")[0].depth for look in looks
    }
    assert len(ways) >= 3
    assert len({limbs(Person(look=look), "hanging")[0].depth for look in looks}) == 1


def test_places_of_a_kind_have_skies_of_their_own() -> None:
    skies = {
        round(aside(paint_of(Place(name=name, kind="rooftop"), "night", "clear", Style())) / 20)
        for name in ("The old town", "Ana's roof", "North tower", "Terraza")
    }
    assert len(skies) >= 3


def test_what_lies_and_stands_on_tables_can_be_drawn() -> None:
    assert set(pictures()) >= FLAT
    assert all(set(OBJECTS) >= set(names) for names in COMPANY.values())


@pytest.mark.parametrize("kind", ["cafe", "office", "kitchen"])
def test_a_table_shows_where_it_stands(kind: SetKind, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the thing itself, at the table's far edge."""
    table = {"place": Place(name="x", kind=kind), "size": "insert", "subject": "ring", "people": []}
    seen = shot(**table)
    monkeypatch.setitem(COMPANY, kind, ())
    bare = shot(**table)
    changed = (np.abs(seen.astype(int) - bare.astype(int)).max(axis=2) > 20).any(axis=0)
    assert changed[:60].any()
    assert changed[-60:].any()
    assert not changed[76:116].any()


def test_what_falls_over_lies_on_the_table() -> None:
    """A flower on its stem and a gun on its butt are no still lifes."""
    for name in ("flower", "gun", "key", "violin", "necklace", "scissors"):
        assert name in FLAT
    assert not FLAT & {"bottle", "radio", "lamp", "cake"}


@pytest.mark.breadth(3)
@pytest.mark.parametrize("size", [(192, 108), (108, 108), (108, 192)])
@pytest.mark.parametrize("subject", ["flower", "bottle", "letter", "radio"])
def test_an_insert_is_clear_of_the_captions(subject: str, size: tuple[int, int]) -> None:
    staging = Staging(place=Place(name="x", kind="kitchen"), size="insert", subject=subject)
    picture = Picture(staging, Style(), PictureSize(width=size[0], height=size[1]), seed=1)
    with_it = picture.at(0.0, 0.0).astype(int)
    picture._insert._thing = None  # type: ignore[union-attr]  # the control: the same table without it
    rows = np.flatnonzero((np.abs(with_it - picture.at(0.0, 0.0).astype(int)).max(axis=2) > 60).any(axis=1))
    assert len(rows) > size[1] * 0.1
    assert rows[-1] <= size[1] * (captions_from(*size) + 0.045)  # with its shadow


def test_a_shadow_has_the_shape_of_the_thing() -> None:
    body, (left, top, right, low) = lying(OBJECTS["key"]("#241a22"))
    drawn = raster(body, (left, top, right - left, low - top), (120, 60))[:, :, 3]
    assert (drawn == 0).mean() > 0.2, "a sheet lies under the key"


def test_motes_are_no_spots_on_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(light.Motes, "onto", lambda *_: drawn.append("motes"))
    monkeypatch.setattr(Actor, "draw_body", lambda *_: drawn.append("body"))
    shot(mood="romantic")
    assert drawn == ["motes", "body"]
    drawn.clear()
    shot(mood="romantic", weather="rain", place=Place(name="x", kind="garden"))
    assert drawn == ["body"], "nothing floats in the rain"


@pytest.mark.parametrize(("kind", "before"), [("station", False), ("street", True), ("shop", False)])
def test_rain_falls_before_people_only_where_no_roof_is(kind: SetKind, before: bool) -> None:
    people = [Blocking(character="A", look=Look(presentation="woman"))]
    wet = Staging(place=Place(name="x", kind=kind), weather="rain", people=people)
    both = (wet, wet.model_copy(update={"weather": "overcast"}))
    over, dry = (Picture(one, Style(), SMALL, seed=1)._over for one in both)
    frames = [np.zeros((SMALL.height, SMALL.width, 3), np.uint8) for _ in range(2)]
    over.before(frames[0], 0.4)
    dry.before(frames[1], 0.4)
    assert bool((frames[0] != frames[1]).any()) is before


def test_rain_falls_on_what_stands_outside() -> None:
    """A dog in close-up is as wet as everybody in the shot before; a letter on a table is not."""
    harbour = Place(name="x", kind="harbour")
    for subject, wet in (("dog", True), ("letter", False)):
        staging = Staging(place=harbour, weather="rain", size="insert", subject=subject)
        assert (Picture(staging, Style(), SMALL, seed=1)._over._rain is not None) == wet


def test_the_floor_of_a_tall_picture_goes_on() -> None:
    tiles = _tiles(paint_of(Place(name="x", kind="kitchen"), "day", "clear", Style()))
    drawn = raster(tiles, (400, 1000, 800, 400), (80, 40))[:, :, 3]
    assert all(row.any() and not row.all() for row in drawn > 0)


def test_a_mans_curls_end_at_the_nape() -> None:
    """Down to the shoulders they made grandmothers of grandfathers."""
    hair = {
        sex: behind(Person(look=Look(presentation=sex, hair_style="curly", age="elder")))
        for sex in get_args(Presentation)
    }
    low = {sex: extent_of(drawn)[3] for sex, drawn in hair.items()}
    assert low["man"] < 52 < 66 < low["woman"]


@pytest.mark.parametrize("position", ["left", "centre", "right"])
def test_a_wide_looks_at_the_middle_of_the_set(position: Literal["left", "centre", "right"]) -> None:
    """In a tall picture too: beside it there is no lighthouse in the lighthouse."""
    ana = Blocking(character="Ana", look=Look(presentation="woman"), position=position)
    staging = Staging(place=Place(name="x", kind="lighthouse"), size="wide", people=[ana])
    for width, height in ((1920, 1080), (1080, 1920), (1080, 1080)):
        x, _, across, _ = frame(staging, width, height).view
        assert x + across / 2 == pytest.approx(800)
