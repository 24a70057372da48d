"""What is worn is drawn: every cap, pattern and chain shows, whichever way somebody looks."""

import re
from typing import get_args

import numpy as np
import pytest

from state.script import Accessory, Age, Blocking, Garment, Look
from tools.engines.previz.actor import HEAD
from tools.engines.previz.colour import luma
from tools.engines.previz.people import figure
from tools.engines.previz.people.arms import gloved
from tools.engines.previz.people.backs import from_behind
from tools.engines.previz.people.body import stockings, trousers
from tools.engines.previz.people.cuts import short_cut
from tools.engines.previz.people.face import Feeling
from tools.engines.previz.people.hair import on_head
from tools.engines.previz.people.headwear import headwear
from tools.engines.previz.people.patterns import woven
from tools.engines.previz.people.person import Person, person_of
from tools.engines.previz.raster import raster

TINTED = ("bow_tie", "tool_belt", "headphones", "headset", "tie", "scarf", "necklace")
HATS = (
    "flat_cap",
    "knit_cap",
    "skullcap",
    "head_wrap",
    "beret",
    "peaked_cap",
    "chef_hat",
    "mantilla",
    "hat",
    "cap",
)


def drawn(look: Look, facing: str = "camera") -> str:
    return figure.whole(Person(look=look, facing=facing, gesture="none"), "neutral")


@pytest.mark.parametrize("worn", HATS)
def test_every_hat_is_drawn_also_as_the_second_thing(worn: str):
    first = Person(look=Look(presentation="man", accessory=worn, accessory_colour="#c62828"))
    second = Person(look=Look(presentation="man", accessory="gloves", also=worn, also_colour="#c62828"))
    assert headwear(first)
    assert headwear(first) == headwear(second)
    assert not headwear(Person(look=Look(presentation="man")))


@pytest.mark.parametrize("pattern", ["checks", "stripes", "flowers", "dots"])
@pytest.mark.parametrize("garment", ["apron", "shirt", "dress"])
def test_a_pattern_shows_from_the_front(garment: Garment, pattern: str):
    plain = Look(presentation="woman", garment=garment)
    assert len(drawn(plain.model_copy(update={"pattern": pattern}))) > len(drawn(plain)) + 2000


@pytest.mark.parametrize("facing", ["camera", "right"])
def test_a_chain_hangs_from_glasses(facing: str):
    glasses = Look(presentation="woman", glasses=True)
    chained = glasses.model_copy(update={"glasses_chain": True})
    assert "#e8c568" in drawn(chained, facing)
    assert "#e8c568" not in drawn(glasses, facing)


@pytest.mark.parametrize("worn", ["fur_collar", "watch_chain", "tape_measure", "pencil", "loupe", "cloche"])
@pytest.mark.parametrize("facing", ["camera", "right"])
def test_what_is_kept_at_hand_is_drawn_also_as_the_second_thing(worn: str, facing: str):
    plain = Look(presentation="man", garment="suit")
    first, second = ({"accessory": worn}, {"accessory": "gloves", "also": worn})
    assert drawn(plain.model_copy(update=first), facing) != drawn(plain, facing)
    gloved = plain.model_copy(update={"accessory": "gloves"})
    assert drawn(gloved.model_copy(update=second), facing) != drawn(gloved, facing)


def test_glasses_pushed_up_lie_above_the_eyes():
    worn = Look(presentation="woman", glasses=True)
    up = drawn(worn.model_copy(update={"glasses_up": True}))
    assert "translate(0 -44)" in up
    assert "translate(0 -44)" not in drawn(worn)


def test_dyed_hair_stays_as_it_is_in_old_age():
    dyed, dark = (Look(presentation="woman", age="elder", hair_colour=c) for c in ("#b2592a", "#3d2619"))
    assert Person(look=dyed).hair == "#b2592a"
    assert Person(look=dark).hair != "#3d2619"


def test_short_hair_is_cut_in_many_ways():
    skins = [f"#{r:02x}7a50" for r in range(120, 240, 3)]
    for sex, ways in (("man", 6), ("woman", 3)):
        cuts = {short_cut(Person(look=Look(presentation=sex, skin=skin))).edge for skin in skins}
        assert len(cuts) >= ways


def test_what_is_knitted_is_striped_across():
    across, along = (
        woven(Person(look=Look(presentation="man", garment=kind, pattern="stripes")))
        for kind in ("sweater", "shirt")
    )
    assert "M-180 60 L181 60" in across
    assert "M-180 60 L-180 640" in along


def test_a_womans_coat_falls_over_stockings_and_a_mans_over_trousers():
    woman, man = (Person(look=Look(presentation=sex, garment="coat")) for sex in ("woman", "man"))
    assert stockings(woman)
    assert not stockings(man)
    assert not stockings(Person(look=Look(presentation="woman", garment="jacket")))


def test_a_suit_is_of_one_cloth():
    suit, jacket = (
        Person(look=Look(presentation="man", garment=kind, garment_colour="#f5f5f2"))
        for kind in ("suit", "jacket")
    )
    assert luma(trousers(suit)) > 0.8 > luma(trousers(jacket))


@pytest.mark.parametrize("presentation", ["woman", "man"])
def test_a_head_wrap_is_wound_in_its_colour_and_no_chefs_hat(presentation: str):
    """Its folds go around the head: a cook's hat has upright ones over a band."""
    wrap, hat = (
        headwear(Person(look=Look(presentation=presentation, accessory=worn, accessory_colour="#d8a326")))
        for worn in ("head_wrap", "chef_hat")
    )
    assert "#d8a326" in wrap
    assert highest(wrap) > highest(hat)


def highest(drawn: str) -> float:
    """How far up a hat's own cloth goes; the knot is above it."""
    first = re.findall(r' d="([^"]+)"', drawn)[0]
    return min(float(y) for _, y in re.findall(r"(-?[\d.]+)[ ,](-?[\d.]+)", first))


def head_extent(accessory: Accessory, age: Age) -> tuple[int, int, int, int]:
    """Left, top, right and low end of a head with what it wears, in figure units from its centre."""
    look = Look(presentation="woman", hair="afro", age=age, accessory=accessory)
    person = person_of(Blocking(character="Ana", look=look, position="centre", facing="right"), ink="#221a20")
    drawn = figure.head_layer(person, Feeling(expression="neutral"))
    seen = raster(drawn, (-200, -200, 400, 400), (400, 400))[:, :, 3] > 8
    ys, xs = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    return int(xs[0]) - 200, int(ys[0]) - 200, int(xs[-1]) - 200, int(ys[-1]) - 200


@pytest.mark.breadth(4)
@pytest.mark.parametrize("age", ["adult", "child"])
@pytest.mark.parametrize("accessory", get_args(Accessory))
def test_nothing_worn_on_a_head_is_cut_off(accessory: Accessory, age: Age):
    wide, up, down = HEAD
    left, top, right, low = head_extent(accessory, age)
    assert -wide < left < right < wide
    assert -up < top < low < down


def test_a_cooks_hat_needs_the_room():
    """The control: it was cut flat where layers reached no higher than a hat of straw."""
    assert head_extent("chef_hat", "adult")[1] < -112


@pytest.mark.parametrize("facing", ["camera", "right"])
@pytest.mark.parametrize("worn", TINTED)
def test_what_is_worn_has_its_told_colour(worn: str, facing: str):
    told = Look(presentation="man", garment="shirt", accessory=worn, accessory_colour="#12fe34")
    assert "#12fe34" in drawn(told, facing)
    assert "#12fe34" not in drawn(told.model_copy(update={"accessory": "none"}), facing)


@pytest.mark.parametrize(
    ("told", "colour"),
    [
        ({"glasses": True, "glasses_colour": "#12fe34"}, "#12fe34"),
        ({"garment": "coat", "buttons_colour": "#12fe34"}, "#12fe34"),
        ({"garment": "cardigan", "under_colour": "#12fe34"}, "#12fe34"),
        ({"garment": "apron", "under_colour": "#12fe34"}, "#12fe34"),
        ({"garment": "jacket", "under": "dress", "under_colour": "#12fe34"}, "#12fe34"),
    ],
)
def test_a_told_colour_is_drawn(told: dict[str, object], colour: str):
    look = Look(presentation="woman")
    assert colour in drawn(look.model_copy(update=told))
    assert colour not in drawn(look)


def test_told_hair_is_not_grey_at_sixty():
    told = Look(presentation="woman", years=60, hair_colour="#1c1614", hair_told=True)
    assert Person(look=told).hair == "#1c1614"
    assert Person(look=told.model_copy(update={"hair_told": False})).hair != "#1c1614"


def test_leather_gloves_are_of_no_skins_colour():
    gloves = Look(presentation="man", accessory="gloves", accessory_colour="#6b452c")
    assert luma(gloved(Person(look=gloves)).skin) < 0.2
    assert gloved(Person(look=gloves.model_copy(update={"accessory_colour": "#f5f5f2"}))).skin == "#f5f5f2"
    bare = Person(look=Look(presentation="man"))
    assert gloved(bare).skin == bare.skin


def test_a_print_and_a_shawl_show_on_the_back():
    plain = Look(presentation="woman", garment="dress")
    flowers, shawl = {"pattern": "flowers"}, {"accessory": "shawl", "accessory_colour": "#12fe34"}
    back = from_behind(Person(look=plain))
    assert len(from_behind(Person(look=plain.model_copy(update=flowers)))) > len(back) + 2000
    assert "#12fe34" in from_behind(Person(look=plain.model_copy(update=shawl)))


@pytest.mark.parametrize("style", ["bob", "long", "braids", "locs"])
def test_a_fringe_lies_over_the_brow(style: str):
    look = Look(presentation="woman", hair_style=style)
    fringed = look.model_copy(update={"fringe": True})
    assert len(on_head(Person(look=fringed))) > len(on_head(Person(look=look)))


def test_shorts_and_bare_feet_show_skin():
    look = Look(presentation="man", skin="#12fe34", accessory="gloves")
    legs = [
        figure.body_layer(Person(look=look.model_copy(update=told))).count("#12fe34")
        for told in ({}, {"shorts": True}, {"barefoot": True})
    ]
    assert legs[0] < min(legs[1:])
