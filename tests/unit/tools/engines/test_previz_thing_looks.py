"""A thing in the look that its story gives it."""

import numpy as np
import pytest

from state.script import ThingColour, ThingLook, ThingShade, ThingState
from tools.engines.previz.extent import extent_of
from tools.engines.previz.objects import drawn_object
from tools.engines.previz.raster import raster
from tools.engines.previz.thing_looks import with_look

INK = "#2a1a20"


def tones(drawn: str) -> tuple[float, float, float]:
    """Mean blue, green, red of what is drawn solidly."""
    pixels = raster(drawn, (-110, -110, 220, 220), (64, 64)).reshape(-1, 4)
    mean = pixels[pixels[:, 3] > 250][:, :3].mean(axis=0)
    return float(mean[0]), float(mean[1]), float(mean[2])


@pytest.mark.parametrize(("colour", "strongest"), [("blue", 0), ("green", 1), ("red", 2)])
def test_a_colour_is_that_of_most_of_the_thing(colour: ThingColour, strongest: int) -> None:
    assert (
        int(np.argmax(tones(with_look(drawn_object("gloves"), ThingLook(colour=colour), INK)))) == strongest
    )


def test_the_plain_look_changes_nothing() -> None:
    assert with_look(drawn_object("boot"), ThingLook(), INK) == drawn_object("boot")


def test_seven_are_drawn_within_the_square() -> None:
    several = with_look(drawn_object("egg"), ThingLook(count=7), INK)
    left, top, right, low = extent_of(several)
    assert several.count(drawn_object("egg")) == 7
    assert right - left <= 220
    assert low - top <= 220


@pytest.mark.parametrize("state", ["wet", "broken", "out", "burning", "dirty", "asleep", "lying", "in_bed"])
def test_every_state_is_seen(state: ThingState) -> None:
    thing = "donkey" if state in ("asleep", "lying", "in_bed") else "candle"
    assert tones(with_look(drawn_object(thing), ThingLook(state=state), INK)) != tones(drawn_object(thing))


def test_a_torch_that_is_out_throws_no_beam() -> None:
    lit, out = (with_look(drawn_object("torch"), ThingLook(state=state), INK) for state in ("", "out"))
    assert extent_of(out)[0] > extent_of(lit)[0] + 20


def test_a_telephone_that_is_out_has_nothing_to_read() -> None:
    lit, out = (with_look(drawn_object("phone"), ThingLook(state=state), INK) for state in ("", "out"))
    assert "message" in lit
    assert "message" not in out


def test_an_animal_that_lies_is_lower_on_the_same_ground() -> None:
    stands, lies = (
        extent_of(with_look(drawn_object("donkey"), ThingLook(state=state), INK)) for state in ("", "lying")
    )
    assert lies[1] > stands[1] + 20
    assert abs(lies[3] - stands[3]) < 8


@pytest.mark.parametrize("state", ["torn", "patched", "scorched", "stained", "chipped"])
def test_every_damage_is_seen_on_the_thing_itself(state: ThingState) -> None:
    thing = "cup" if state == "chipped" else "suit_jacket"
    whole, hurt = drawn_object(thing), with_look(drawn_object(thing), ThingLook(state=state), INK)
    shown, before = (raster(one, (-110, -110, 220, 220), (110, 110)).astype(int) for one in (hurt, whole))
    differs = np.abs(shown - before).max(axis=2) > 30
    assert 20 < differs.sum() < 1200
    assert (differs & (before[:, :, 3] > 200)).sum() > differs.sum() * 0.6


def test_a_flag_shows_its_stripes_in_their_order() -> None:
    look = ThingLook(stripes=("green", "white", "red"))
    pixels = raster(with_look(drawn_object("flag"), look, INK), (-110, -110, 220, 220), (110, 110))
    row = [tuple(int(v) for v in pixels[34, x][:3]) for x in (32, 54, 84)]
    assert [int(np.argmax(tone)) for tone in (row[0], row[2])] == [1, 2]
    assert min(row[1]) > 170
    plain = raster(drawn_object("flag"), (-110, -110, 220, 220), (110, 110))
    assert max(plain[34, 54][:3]) - min(plain[34, 54][:3]) < 40


def columns(state: ThingState) -> list[bool]:
    """Whether anything is drawn in each column between the edges of a letter."""
    drawn = with_look(drawn_object("letter"), ThingLook(state=state), INK)
    pixels = raster(drawn, (-110, -110, 220, 220), (220, 220)).reshape(220, 220, 4)
    there = [int(at) for at in np.flatnonzero((pixels[:, :, 3] > 60).any(axis=0))]
    return [at in there for at in range(there[0], there[-1])]


def test_what_is_in_pieces_lies_apart_and_what_is_mended_does_not() -> None:
    assert not all(columns("in_pieces"))
    assert all(columns("mended"))
    assert all(columns(""))


def test_dark_green_is_darker_than_green_and_light_green_lighter() -> None:
    dark, plain, light = (
        sum(tones(with_look(drawn_object("gloves"), ThingLook(colour="green", shade=shade), INK)))
        for shade in SHADES
    )
    assert dark < plain - 40 < light - 80


SHADES: tuple[ThingShade, ...] = ("dark", "", "light")


def test_red_glasses_have_red_frames_and_clear_glass() -> None:
    drawn = with_look(drawn_object("spectacles"), ThingLook(colour="red"), INK)
    assert "#e4f0f3" in drawn
    assert drawn != drawn_object("spectacles")


def test_a_stain_has_its_colour() -> None:
    plain, curry, wine = (
        with_look(drawn_object("suit_jacket"), ThingLook(state="stained", stain=stain), INK)
        for stain in STAINS
    )
    assert plain != curry != wine
    assert tones(curry)[1] > tones(wine)[1]


STAINS: tuple[ThingColour, ...] = ("", "orange", "red")
