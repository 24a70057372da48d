"""People are drawn from their look alone: recognisable everywhere, and never alike."""

import hashlib
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from typing import get_args

import numpy as np
import pytest

from state.script import Age, Expression, Garment, Gesture, HairStyle, Look
from tools.engines.previz.people import figure
from tools.engines.previz.people.backs import from_behind
from tools.engines.previz.people.body import over_neck
from tools.engines.previz.people.face import Feeling, mask_of
from tools.engines.previz.people.person import Mouth, Person, traits_of
from tools.engines.previz.raster import Pixels, raster

FACE = (-60.0, -95.0, 120.0, 190.0)
SMALL = (60, 95)
FEATURES = (-42.0, -38.0, 84.0, 96.0)
LIPS = (-30.0, 15.0, 60.0, 60.0)
CHEST = (-120.0, 60.0, 240.0, 300.0)
ANA = Look(presentation="woman", hair_style="wavy", garment="dress")
EXTRAS = ("none", "earrings", "necklace", "scarf", "tie", "hat", "flower", "cap")


def face(look: Look, **pose: object) -> Pixels:
    person = Person(look=look, **pose)  # type: ignore[arg-type]  # the test's own words
    return raster(figure.whole(person, "neutral"), FACE, SMALL)


def covered(pixels: Pixels) -> float:
    return float((pixels[:, :, 3] > 0).mean())


def apart(first: Pixels, second: Pixels) -> float:
    """Mean difference of two pictures, 0 to 255."""
    return float(np.abs(first.astype(int) - second.astype(int)).mean())


@pytest.mark.breadth(4)
@pytest.mark.parametrize("presentation", ["woman", "man"])
@pytest.mark.parametrize("hair", get_args(HairStyle))
def test_every_hair_style_is_drawn_from_all_sides(hair: HairStyle, presentation: str) -> None:
    look = Look(presentation=presentation, hair_style=hair)  # type: ignore[arg-type]  # one of its words
    for facing in ("left", "right", "camera"):
        assert covered(face(look, facing=facing)) > 0.4


@pytest.mark.breadth(4)
@pytest.mark.parametrize("garment", get_args(Garment))
def test_every_garment_is_drawn_with_gestures(garment: Garment) -> None:
    """With every third gesture, and each garment begins at another one: three of them meet them all."""
    assert_drawn(garment, get_args(Gesture)[get_args(Garment).index(garment) % 3 :: 3])


@pytest.mark.soak
@pytest.mark.parametrize("garment", get_args(Garment))
def test_the_breadth_of_all_garments_with_all_gestures(garment: Garment) -> None:
    assert_drawn(garment, get_args(Gesture))


def assert_drawn(garment: Garment, gestures: Sequence[Gesture]) -> None:
    """A body is there, and another one with each gesture."""
    drawn = set()
    for gesture in gestures:
        person = Person(look=ANA.model_copy(update={"garment": garment}), gesture=gesture)
        body = raster(figure.whole(person, "neutral"), (-220, -80, 440, 740), (44, 74))
        assert covered(body) > 0.15
        drawn.add(hashlib.sha256(body.tobytes()).hexdigest())
    assert len(drawn) == len(gestures)


@pytest.mark.parametrize("garment", ["sweater", "gown"])
def test_no_two_gestures_of_a_garment_are_the_same(garment: Garment) -> None:
    """One garment with sleeves and legs and one without them, with all gestures beside each other."""
    assert_drawn(garment, get_args(Gesture))


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


@pytest.mark.breadth(3)
@pytest.mark.parametrize("facing", ["right", "camera"])
@pytest.mark.parametrize("age", get_args(Age))
def test_every_expression_is_another_face(age: Age, facing: str) -> None:
    """At the size of a face in a panel, whatever the age."""
    person = Person(look=ANA.model_copy(update={"age": age}), facing=facing)  # type: ignore[arg-type]
    drawn = {e: raster(figure.head_layer(person, e), FEATURES, (42, 48)) for e in get_args(Expression)}
    for (one, first), (other, second) in combinations(drawn.items(), 2):
        assert apart(first, second) > 1.2, (one, other)


def test_the_young_show_more_than_the_old() -> None:
    def shown(age: Age) -> float:
        mask = mask_of(Person(look=ANA.model_copy(update={"age": age})), Feeling(expression="angry"))
        return abs(mask.inner)

    assert shown("child") > shown("adult") > shown("elder")


@pytest.mark.parametrize("expression", ["neutral", "happy", "sad", "angry"])
def test_every_mouth_shape_is_seen_and_closed_is_closed(expression: Expression) -> None:
    person = Person(look=ANA)
    lips = {
        shape: raster(figure.mouth_layer(person, Feeling(expression=expression), shape), LIPS, (60, 60))
        for shape in get_args(Mouth)
    }
    spoken = [lips[shape] for shape in ("closed", "open", "wide", "round", "teeth")]
    for first, second in combinations(spoken, 2):
        assert apart(first, second) > 2
    assert not inside(lips["closed"])
    assert inside(lips["open"])


def inside(mouth: Pixels) -> bool:
    """Whether the dark of an open mouth is seen."""
    off = np.abs(mouth[:, :, :3].astype(int) - (0x1C, 0x14, 0x4A)).max(axis=2)
    return bool((off < 5).sum() > 3)


def test_strangers_of_one_skin_and_hair_are_told_apart() -> None:
    """Two dozen people who differ only in the shade of their hair are two dozen faces."""
    looks = [Look(presentation="woman", hair_style="bun", hair_colour=f"#2b1d{i:02x}") for i in range(16, 40)]
    people = [Person(look=look, facing="right") for look in looks]
    kinds = {(p.traits.face, p.traits.nose, p.traits.eye_shape, p.traits.brow_shape) for p in people}
    assert len(kinds) >= 22
    drawn = [raster(figure.head_layer(person, "neutral"), FEATURES, (42, 48)) for person in people]
    assert min(apart(a, b) for a, b in combinations(drawn, 2)) > 0.8


def test_all_shapes_of_a_face_are_met() -> None:
    traits = [traits_of(Look(presentation="man", hair_colour=f"#10{i:02x}18")) for i in range(120)]
    for part, kinds in (("face", 5), ("nose", 5), ("eye_shape", 4), ("brow_shape", 4), ("mole", 4)):
        assert {getattr(t, part) for t in traits} == set(range(kinds))
    assert {t.build for t in traits} == {0.93, 1.0, 1.14}


@pytest.mark.breadth(4)
@pytest.mark.parametrize("garment", get_args(Garment))
def test_every_garment_is_another_body(garment: Garment) -> None:
    """Also beside the one that is nearest to it."""
    others = [kind for kind in get_args(Garment) if kind != garment]
    assert min(apart(dressed_in(garment), dressed_in(kind)) for kind in others) > 1.0


@cache
def dressed_in(garment: Garment) -> Pixels:
    """One body serves every comparison with it."""
    dressed = Person(look=ANA.model_copy(update={"garment": garment}))
    return raster(figure.body_layer(dressed), CHEST, (48, 60))


@pytest.mark.parametrize("held", ["letter", "phone", "ring", "coffee"])
def test_what_is_held_is_seen_in_the_hand(held: str) -> None:
    empty, full = (
        raster(figure.body_layer(Person(look=ANA, gesture="holding", held=name)), CHEST, (96, 120))
        for name in ("parcel", held)
    )
    assert apart(empty, full) > 0.8


@pytest.mark.parametrize("hair", get_args(HairStyle))
def test_a_back_is_a_person_in_light(hair: HairStyle) -> None:
    """Hair, skin and clothes are seen from behind too, and the two sides are lit differently."""
    look = Look(presentation="woman", hair_style=hair, garment="sweater", garment_colour="#a83248")
    back = raster(from_behind(Person(look=look, facing="right")), (-70, -95, 140, 250), (70, 125))
    drawn = back[back[:, :, 3] > 250]
    assert len({tuple(colour // 12) for colour in drawn[:, :3]}) > 40
    head = back[30:60, :, 1][back[30:60, :, 3] > 250]
    assert head.std() > 9


def test_the_phone_is_at_the_ear() -> None:
    """In front of the head, and nowhere near it without the gesture."""
    calling, silent = (
        raster(figure.whole(Person(look=ANA, gesture=gesture, facing="right"), "neutral"), FACE, SMALL)
        for gesture in ("phone_to_ear", "none")
    )
    ear = np.s_[40:62, 8:26]
    assert np.abs(calling[ear].astype(int) - silent[ear]).mean() > 6


def test_ages_are_seen_in_the_figure() -> None:
    """Children are much shorter; old people have grey hair and lines."""
    heights = {age: Person(look=ANA.model_copy(update={"age": age})).soles_y for age in get_args(Age)}
    assert heights["child"] < 0.7 * heights["adult"]
    assert apart(face(ANA), face(ANA.model_copy(update={"age": "elder"}))) > 3


def test_clothes_and_age_leave_the_features() -> None:
    older = ANA.model_copy(update={"age": "elder", "garment": "coat", "garment_colour": "#112233"})
    assert Person(look=older).traits == Person(look=ANA).traits


def test_a_pupil_wears_a_schools_uniform_and_a_grown_up_none() -> None:
    chests = [
        raster(figure.body_layer(Person(look=ANA.model_copy(update=worn))), CHEST, (48, 60))
        for worn in (
            {"garment": "uniform", "age": "young", "years": 16},
            {"garment": "uniform", "age": "young", "years": 18},
        )
    ]
    assert apart(*chests) > 2.0


@pytest.mark.parametrize("worn", ["rucksack", "braces"])
def test_what_hangs_from_the_shoulders_is_seen_from_both_sides(worn: str) -> None:
    plain, told = (
        Person(look=ANA.model_copy(update={"accessory": one}), facing="right") for one in ("none", worn)
    )
    assert apart(*(raster(over_neck(one), CHEST, (48, 60)) for one in (plain, told))) > 0.5
    assert apart(*(raster(from_behind(one), (-70, -95, 140, 250), (70, 125)) for one in (plain, told))) > 0.5


def test_somebody_of_fifty_is_broader_than_at_twenty_five() -> None:
    young, older = (
        Person(look=ANA.model_copy(update={"age": "adult", "years": years})) for years in (25, 52)
    )
    assert older.cut.waist > young.cut.waist
