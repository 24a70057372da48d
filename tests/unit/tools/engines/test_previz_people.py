"""People are drawn from their look alone: recognisable everywhere, and never alike."""

import hashlib
from itertools import combinations
from typing import get_args

import numpy as np
import pytest

from state.script import Age, Expression, Garment, Gesture, HairStyle, Look
from tools.engines.previz.people import figure
from tools.engines.previz.people.person import Person
from tools.engines.previz.raster import Pixels, raster

FACE = (-60.0, -95.0, 120.0, 190.0)
SMALL = (60, 95)
ANA = Look(presentation="woman", hair_style="wavy", garment="dress")
EXTRAS = ("none", "earrings", "necklace", "scarf", "tie", "hat", "flower")


def face(look: Look, **pose: object) -> Pixels:
    person = Person(look=look, **pose)  # type: ignore[arg-type]  # the test's own words
    return raster(figure.whole(person, "neutral"), FACE, SMALL)


def covered(pixels: Pixels) -> float:
    return float((pixels[:, :, 3] > 0).mean())


def apart(first: Pixels, second: Pixels) -> float:
    """Mean difference of two pictures, 0 to 255."""
    return float(np.abs(first.astype(int) - second.astype(int)).mean())


@pytest.mark.parametrize("presentation", ["woman", "man"])
@pytest.mark.parametrize("hair", get_args(HairStyle))
def test_every_hair_style_is_drawn_from_all_sides(hair: HairStyle, presentation: str) -> None:
    look = Look(presentation=presentation, hair_style=hair)  # type: ignore[arg-type]  # one of its words
    for facing in ("left", "right", "camera"):
        assert covered(face(look, facing=facing)) > 0.4


@pytest.mark.parametrize("garment", get_args(Garment))
def test_every_garment_is_drawn_with_every_gesture(garment: Garment) -> None:
    drawn = set()
    for gesture in get_args(Gesture):
        person = Person(look=ANA.model_copy(update={"garment": garment}), gesture=gesture)
        body = raster(figure.body_layer(person), (-220, 40, 440, 620), (44, 62))
        assert covered(body) > 0.15
        drawn.add(hashlib.sha256(body.tobytes()).hexdigest())
    assert len(drawn) == len(get_args(Gesture))


def test_the_same_look_is_the_same_face() -> None:
    assert np.array_equal(face(ANA), face(ANA.model_copy()))


def test_a_left_face_is_the_right_one_mirrored() -> None:
    """So nobody's parting or nose changes when they turn round."""
    assert apart(face(ANA, facing="left"), face(ANA, facing="right")[:, ::-1]) < 3


def test_different_looks_are_told_apart() -> None:
    looks = [Look(presentation="man", hair_style=hair) for hair in get_args(HairStyle)]
    looks += [ANA.model_copy(update={"skin": skin}) for skin in ("#f1c9a5", "#8d5a3b", "#5a3825")]
    looks += [Look(presentation="man", beard=beard) for beard in ("stubble", "moustache", "full")]
    looks += [Look(presentation="man", glasses=True), Look(presentation="man", hair_colour="#c8963e")]
    for first, second in combinations(map(face, looks), 2):
        assert apart(first, second) > 1.2


@pytest.mark.parametrize("accessory", EXTRAS[1:])
def test_every_accessory_is_seen(accessory: str) -> None:
    look = ANA.model_copy(update={"hair_style": "short"})
    wide = (-120.0, -110.0, 240.0, 400.0)
    plain, worn = (
        raster(
            figure.whole(Person(look=look.model_copy(update={"accessory": a})), "neutral"), wide, (60, 100)
        )
        for a in ("none", accessory)
    )
    assert apart(plain, worn) > 0.1


def test_every_expression_is_another_face() -> None:
    person = Person(look=ANA)
    drawn = {e: raster(figure.head_layer(person, e), FACE, SMALL) for e in get_args(Expression)}
    for first, second in combinations(drawn.values(), 2):
        assert apart(first, second) > 0.2


def test_ages_are_seen_in_the_figure() -> None:
    """Children are much shorter; old people have grey hair and lines."""
    heights = {age: Person(look=ANA.model_copy(update={"age": age})).soles_y for age in get_args(Age)}
    assert heights["child"] < 0.7 * heights["adult"]
    assert apart(face(ANA), face(ANA.model_copy(update={"age": "elder"}))) > 3


def test_clothes_and_age_leave_the_features() -> None:
    older = ANA.model_copy(update={"age": "elder", "garment": "coat", "garment_colour": "#112233"})
    assert Person(look=older).traits == Person(look=ANA).traits
