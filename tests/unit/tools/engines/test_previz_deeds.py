"""Bodies that fall, run, lie, ride and go away are seen whole; two who kiss or shake hands are near."""

from itertools import pairwise
from typing import get_args

import pytest

from state.order import Style
from state.script import Blocking, Gesture, Look, Place, SetKind, ShotSize, Staging
from tools.engines.previz.framing import frame
from tools.engines.previz.life import LANDED, Life
from tools.engines.previz.people.arms import limbs
from tools.engines.previz.people.body import body
from tools.engines.previz.people.deeds import PAIRED, reaching_up
from tools.engines.previz.people.person import Person, person_of
from tools.engines.previz.picture import Picture, PictureSize

WHOLE: tuple[Gesture, ...] = ("lying", "sleeping", "falling", "running", "riding", "walking", "leaving")
ANA, LUIS = Look(presentation="woman"), Look(presentation="man", age="elder", build="stout")


def staged(
    gesture: Gesture, size: ShotSize = "medium", *, both: bool = False, kind: SetKind = "kitchen"
) -> Staging:
    one = Blocking(character="Ana", look=ANA, position="left", facing="right", gesture=gesture)
    two = Blocking(character="Luis", look=LUIS, position="right", facing="left")
    return Staging(place=Place(name="x", kind=kind), size=size, people=[one, two] if both else [one])


@pytest.mark.parametrize("gesture", WHOLE)
@pytest.mark.parametrize("size", ["medium", "close_up"])
def test_a_body_off_its_feet_is_seen_whole(gesture: Gesture, size: ShotSize) -> None:
    assert frame(staged(gesture, size), 320, 180).full_bodies
    assert not frame(staged("reading", size), 320, 180).full_bodies


@pytest.mark.parametrize("shape", [(320, 180), (180, 320)])
def test_who_lies_has_the_middle_of_the_body_in_the_picture(shape: tuple[int, int]) -> None:
    framing = frame(staged("lying", "wide"), *shape)
    (mark,) = framing.marks
    # Turned about the feet, the head of somebody who looks to the right is to their left.
    high = person_of(mark.blocking, facing=mark.facing).soles_y * mark.scale
    assert mark.x - high > -0.05 * framing.width
    assert mark.x < 1.05 * framing.width


@pytest.mark.parametrize("gesture", PAIRED)
def test_what_two_do_is_done_by_both_and_near(gesture: Gesture) -> None:
    one, two = frame(staged(gesture, "two_shot", both=True), 640, 360).marks
    assert one.blocking.gesture == two.blocking.gesture == gesture
    assert (two.x - one.x) / one.scale == pytest.approx(PAIRED[gesture])
    assert (one.facing, two.facing) == ("right", "left")


@pytest.mark.parametrize("gesture", ["kissing", "shaking_hands", "hugging"])
def test_nobody_embraces_alone(gesture: Gesture) -> None:
    (mark,) = frame(staged(gesture), 640, 360).marks
    assert mark.blocking.gesture == "none"


def test_a_fall_begins_on_the_feet_and_ends_on_the_ground() -> None:
    life = Life("Ana", 1, [], "neutral", gesture="falling")
    tilts = [life.motion(at / 12).tilt for at in range(30)]
    assert tilts[0] == 0.0
    assert tilts[-1] == LANDED
    assert tilts == sorted(tilts)
    assert max(b - a for a, b in pairwise(tilts)) < 0.6
    assert Life("Ana", 1, None, "neutral", gesture="falling").motion(0.0).tilt == 1.0


def test_runners_come_on_and_panels_keep_still() -> None:
    take, panel = (Life("Ana", 1, speeches, "neutral", gesture="running") for speeches in ([], None))
    assert take.motion(3.0).ahead > take.motion(0.0).ahead
    assert panel.motion(3.0).ahead == panel.motion(0.0).ahead == 0.0
    assert Life("Ana", 1, [], "neutral", gesture="reading").motion(3.0).ahead == 0.0


def test_sleepers_keep_their_eyes_shut() -> None:
    assert {Life("Ana", 1, [], "neutral", gesture="sleeping").lids(at / 5) for at in range(50)} == {"closed"}
    assert "open" in {Life("Ana", 1, [], "neutral", gesture="lying").lids(at / 5) for at in range(50)}


def test_one_sits_on_a_bench_out_of_doors_and_on_a_chair_inside() -> None:
    sitting = staged("sitting").people[0]
    assert body(person_of(sitting, outdoors=True)) != body(person_of(sitting))
    standing = staged("reading").people[0]
    assert body(person_of(standing, outdoors=True)) == body(person_of(standing))


@pytest.mark.breadth(3)
@pytest.mark.parametrize("gesture", WHOLE)
@pytest.mark.parametrize("look", [ANA, LUIS, Look(presentation="man", age="child", garment="t_shirt")])
def test_every_deed_is_drawn(gesture: Gesture, look: Look) -> None:
    assert gesture in get_args(Gesture)
    size = PictureSize(width=96, height=54)
    one = staged(gesture, "wide").people[0].model_copy(update={"look": look})
    done, still = (
        Picture(staged("none", "wide").model_copy(update={"people": [who]}), Style(), size, seed=1).at(
            0.0, 0.0
        )
        for who in (one, one.model_copy(update={"gesture": "none"}))
    )
    assert (done != still).any()


def test_a_hand_that_reaches_up_may_be_empty_whatever_another_one_holds() -> None:
    near, far = limbs(Person(look=ANA), "none")
    assert reaching_up(Person(look=ANA), near, far)[1].holds is None
    # The control: what is hung up is in that hand.
    assert reaching_up(Person(look=ANA, held="lamp"), near, far)[1].holds is not None


def test_an_instrument_is_between_the_two_hands_that_play_it() -> None:
    strings, neck = limbs(Person(look=ANA), "playing")
    assert strings.holds is not None
    assert strings.bend[2][0] < strings.holds[0] < neck.bend[2][0]
    assert neck.bend[2][1] < strings.holds[1] < strings.bend[2][1]
