"""Sets, things and framing: something to see wherever the camera looks."""

from dataclasses import replace
from functools import cache
from typing import get_args

import numpy as np
import pytest

from state.order import Style
from state.script import Blocking, Look, Mood, Place, SetKind, ShotSize, Staging, TimeOfDay, Weather
from tools.engines.previz.camera import Pose2D
from tools.engines.previz.framing import frame
from tools.engines.previz.objects import OBJECT_NAMES, OBJECTS, drawn_object, known_object
from tools.engines.previz.picture import Picture, PictureSize
from tools.engines.previz.raster import Pixels, laid, raster
from tools.engines.previz.room_light import View, lit
from tools.engines.previz.scenery import Scenery
from tools.engines.previz.set_layers import KEPT, set_layer
from tools.engines.previz.sets.catalog import drawn_set
from tools.engines.previz.sets.paint import Paint, SetDrawing, paint_of

LAMPLIT = {"bar", "stage", "rink"}
"""Where lamps burn at all hours; what changes is what they do."""
TINY = PictureSize(width=96, height=54)
ANA = Blocking(character="Ana", look=Look(presentation="woman"), position="left", facing="right")
LUIS = Blocking(character="Luis", look=Look(presentation="man"), position="right", facing="left")


def staging(**changes: object) -> Staging:
    fields: dict[str, object] = {"place": Place(name="House", kind="living_room"), "people": [ANA]}
    return Staging(**{**fields, **changes})  # type: ignore[arg-type]  # the test's own words


def shown(pixels: PictureSize = TINY, /, **changes: object) -> Pixels:
    return Picture(staging(**changes), Style(), pixels, seed=1).at(0.0, 0.0)


@cache
def a_set(kind: SetKind, time: TimeOfDay) -> SetDrawing:
    """A set, drawn once for all that is asked of it in whatever order."""
    return drawn_set(kind, painted(kind, time))


def painted(kind: SetKind, time: TimeOfDay) -> Paint:
    return paint_of(Place(name="x", kind=kind), time, "clear", Style())


def planes(drawn: SetDrawing, view: View, size: tuple[int, int]) -> Pixels:
    return laid(raster(drawn.far, view, size), raster(drawn.middle, view, size))


@pytest.mark.breadth(5)
@pytest.mark.parametrize("kind", get_args(SetKind))
def test_every_set_is_opaque_and_changes_with_the_hour(kind: SetKind) -> None:
    view, seen = (0.0, 0.0, 1600.0, 900.0), []
    for time in get_args(TimeOfDay):
        pixels = planes(a_set(kind, time), view, (64, 36))
        assert pixels[:, :, 3].min() == 255
        assert pixels[:, :, :3].std() > 8
        seen.append(lit(pixels, a_set(kind, time), painted(kind, time), view)[:, :, :3].mean())
    assert seen[2] < seen[0] - (6 if kind not in LAMPLIT else -6)


@pytest.mark.breadth(5)
@pytest.mark.parametrize("kind", get_args(SetKind))
def test_every_set_fills_whatever_a_camera_may_see(kind: SetKind) -> None:
    pixels = planes(a_set(kind, "day"), (-800.0, -1000.0, 3200.0, 2700.0), (96, 81))
    assert pixels[:, :, 3].min() >= 254


@pytest.mark.breadth(3)
@pytest.mark.parametrize("kind", ["living_room", "kitchen", "cafe", "market", "lift", "lobby", "art_studio"])
def test_two_places_of_a_kind_do_not_look_the_same(kind: SetKind) -> None:
    names = ("Casa de Ana", "Luis's flat", "The old house", "Number 7")
    looks = [shown(place=Place(name=name, kind=kind), size="wide", people=[]) for name in names]
    for k, look in enumerate(looks):
        assert min(np.abs(look.astype(int) - other).mean() for other in looks[:k] + looks[k + 1 :]) > 6


def test_the_same_place_is_the_same_in_every_picture() -> None:
    place = Place(name="Casa de Ana", kind="living_room", props=["piano"])
    assert (shown(place=place) == shown(place=place)).all()


def test_a_prop_that_the_script_names_is_there() -> None:
    def shapes(props: list[str]) -> int:
        place = Place(name="x", kind="living_room", props=props)
        # The same seed, so that only the prop makes a difference.
        paint = replace(paint_of(place, "day", "clear", Style()), seed=1)
        return drawn_set("living_room", paint).middle.count("<")

    for prop in ("a grand piano", "la guitarra", "velas"):
        assert shapes([prop]) > shapes([])
    assert shapes(["nothing that can be drawn"]) == shapes([])


def test_a_kept_layer_is_the_one_that_would_be_drawn() -> None:
    place = Place(name="Casa", kind="kitchen")
    set_layer.cache_clear()
    fresh = shown(place=place, size="wide", time="dusk")
    assert set_layer.cache_info().hits == 0
    assert (shown(place=place, size="wide", time="dusk") == fresh).all()
    assert set_layer.cache_info().hits == 2
    for kind in get_args(SetKind)[: KEPT + 1]:
        shown(place=Place(name="x", kind=kind))
    assert set_layer.cache_info().currsize == KEPT


def test_what_stands_near_the_camera_covers_no_face_and_no_caption() -> None:
    sizes: tuple[ShotSize, ...] = ("wide", "two_shot", "medium", "close_up")
    for k, kind in enumerate(get_args(SetKind)):
        near_the_edge(kind, sizes[k % 4], ((160, 90), (90, 160), (90, 90))[k % 3])


def near_the_edge(kind: SetKind, size: ShotSize, pixels: tuple[int, int]) -> None:
    place = staging(place=Place(name="x", kind=kind), size=size, people=[ANA, LUIS])
    framing = frame(place, *pixels)
    paint = paint_of(place.place, "day", "clear", Style())
    bare = SetDrawing(far="", middle="")
    scenery = Scenery(place, framing, paint, bare, pixels, seed=1, shadows="")
    canvas = np.full((pixels[1], pixels[0], 3), 128, np.uint8)
    scenery.before(canvas, Pose2D(), 0.0)
    near, unit = np.abs(canvas.astype(int) - 128).max(axis=2) > 24, framing.width / pixels[0]
    for mark in framing.marks:
        left, right = (round((mark.x + side * 62 * mark.scale) / unit) for side in (-1, 1))
        top, low = (round((mark.y + edge * mark.scale) / unit) for edge in (-62, 60))
        assert not near[max(top, 0) : low, max(left, 0) : right].any()
    assert not near[round(pixels[1] * 0.84) :, round(pixels[0] * 0.16) : round(pixels[0] * 0.84)].any()


def test_a_palette_of_its_own_recolours_a_set() -> None:
    own = shown(place=Place(name="House", kind="living_room", palette=["#20a040", "#103060", "#f0f000"]))
    assert np.abs(own.astype(int) - shown()).mean() > 10


@pytest.mark.breadth(3)
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


@pytest.mark.breadth(4)
@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_every_thing_is_drawn(name: str) -> None:
    assert (raster(drawn_object(name), (-110, -110, 220, 220), (44, 44))[:, :, 3] > 0).mean() > 0.08


def test_there_are_things_enough_and_each_is_found_by_its_own_name() -> None:
    assert len(OBJECT_NAMES) >= 30
    assert [known_object(name) for name in OBJECT_NAMES] == list(OBJECT_NAMES)
    assert [known_object(name.replace("_", " ").upper()) for name in OBJECT_NAMES] == list(OBJECT_NAMES)


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("las llaves del coche", "car_key"), ("um teste de gravidez", "pregnancy_test"),
        ("el libro de cuentas", "ledger"), ("O passaporte", "passport"), ("a boring meeting", "parcel"),
        ("a string of pearls", "necklace"), ("a ball of string", "ball_of_string"),
        ("the ring in its box", "ring"), ("su teléfono móvil", "phone"), ("", "parcel"),
    ],
)  # fmt: skip
def test_words_are_whole_words(said: str, thing: str) -> None:
    """`ring` is in `boring`, and nobody means a ring by it; pearls on a string are no string."""
    assert known_object(said) == thing


def test_things_are_known_by_their_names_in_three_languages() -> None:
    named = ("la carta", "o anel de noivado", "an old photograph")
    assert [known_object(name) for name in named] == ["letter", "ring", "photo"]
    assert known_object("a quandary") == "parcel"
    assert known_object("an old parrot") == "parrot"


def changed(a: Pixels, b: Pixels) -> float:
    return float(np.abs(a.astype(int) - b).mean())


def moments(kind: SetKind, weather: Weather, *at: float, **changes: object) -> list[Pixels]:
    place = Place(name="x", kind=kind)
    fields = {"place": place, "weather": weather, "people": [], "mood": "tense"} | changes
    picture = Picture(staging(**fields), Style(), PictureSize(width=320, height=180), seed=1)
    return [picture.at(at_s, 0.0) for at_s in at]


def test_rain_falls_outdoors_and_runs_down_the_windows_inside() -> None:
    assert changed(*moments("street", "rain", 0.0, 0.1)) > 0.5
    for size in ("wide", "close_up"):
        assert changed(*moments("office", "rain", 0.0, 0.7, size=size)) > 0.02
    first, later = moments("office", "rain", 0.0, 0.7, size="wide")
    assert changed(first[130:], later[130:]) == 0.0
    assert changed(*moments("office", "clear", 0.0, 0.7)) == 0.0


def test_a_storm_flashes_now_and_then() -> None:
    light = [frame.mean() for frame in moments("park", "storm", *(i / 12 for i in range(12 * 12)))]
    flashes = np.diff(np.flatnonzero(np.array(light) > np.median(light) + 8))
    assert (flashes > 24).sum() >= 1
    assert max(light) - np.median(light) > 15


def test_fog_drifts_and_takes_the_distance_away() -> None:
    clear, foggy, later = *moments("harbour", "clear", 0.0), *moments("harbour", "fog", 0.0, 2.0)
    assert foggy[:90].std() < clear[:90].std() * 0.75
    assert changed(foggy, later) > 0.3


def test_the_street_goes_by_behind_the_windows_of_a_car() -> None:
    first, later = moments("car", "clear", 0.0, 0.5)
    assert changed(first[:80], later[:80]) > 1.0
    assert changed(first[120:], later[120:]) == 0.0
