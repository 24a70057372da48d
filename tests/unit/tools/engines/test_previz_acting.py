"""How people look and act: their age, what their hands do, and how a scene's mood is played on faces."""

from itertools import pairwise
from typing import get_args

import numpy as np
import pytest

from state.order import Speech, Style
from state.script import (
    Blocking,
    Expression,
    Gesture,
    Look,
    Mood,
    Place,
    SetKind,
    ShotSize,
    StagedThing,
    Staging,
)
from tools.engines.previz.acting import reaction
from tools.engines.previz.cel import Cel
from tools.engines.previz.colour import GRADES, luma
from tools.engines.previz.desk import desk_before, desk_top
from tools.engines.previz.framing import frame
from tools.engines.previz.life import KEPT, SWINGS, TASKS, Life
from tools.engines.previz.people import figure
from tools.engines.previz.people.arms import MOVING, limbs
from tools.engines.previz.people.doing import AT_TABLE, DOING
from tools.engines.previz.people.face import Feeling, mask_of
from tools.engines.previz.people.masks import TONES, mask_for, tone_of
from tools.engines.previz.people.person import Person, person_of
from tools.engines.previz.picture import Picture, PictureSize
from tools.engines.previz.raster import grade_matrix, raster
from tools.engines.previz.sets.paint import paint_of
from tools.engines.previz.staged import StagedThings, hands_of, overlap

LOOK = Look(presentation="woman")


@pytest.mark.parametrize("mood", get_args(Mood))
def test_only_sorrow_in_an_earnest_scene_weeps(mood: Mood) -> None:
    weeping = {e for e in get_args(Expression) if mask_for(e, tone_of(mood, "none")).tear}
    assert weeping == ({"sad"} if mood in ("sad", "tense") else set())


@pytest.mark.parametrize("mood", get_args(Mood))
def test_mouths_gape_in_comedy_alone(mood: Mood) -> None:
    startled = mask_for("surprised", tone_of(mood, "none"))
    assert (startled.part > 6) == (TONES[mood] == "playful")


def test_joy_laughs_in_a_comedy_and_only_smiles_where_it_is_earnest() -> None:
    opened = [mask_for("happy", tone_of(mood, "none")).part for mood in ("playful", "warm", "sad")]
    assert opened[0] > opened[1] > opened[2] == 0


def test_nobody_refuses_or_whispers_with_a_laugh() -> None:
    assert mask_for("happy", tone_of("warm", "none")).part > 0
    for gesture in ("crossed_arms", "whispering"):
        assert mask_for("happy", tone_of("warm", gesture)).part == 0


def test_an_angry_line_frightens_in_a_thriller_and_amuses_in_a_comedy() -> None:
    assert reaction("angry", tone_of("tense", "none")) == "afraid"
    assert reaction("angry", tone_of("playful", "none")) not in ("afraid", "sad")


def test_the_tone_reaches_the_face() -> None:
    life = Life("Ana", 1, None, "sad", tone="tense")
    assert mask_of(Person(look=LOOK), life.feeling(0.0)).tear > 0.5
    assert mask_of(Person(look=LOOK), Feeling(expression="sad")).tear == 0


@pytest.mark.parametrize("gesture", TASKS)
def test_who_is_busy_looks_at_their_hands(gesture: Gesture) -> None:
    others = {"Luis": (0.0, 0.0)}
    busy, idle = (Life("Ana", 1, None, "neutral", gesture=g, others=others) for g in (gesture, "none"))
    assert busy.feeling(0.0).gaze[1] > 0.8
    assert idle.feeling(0.0).gaze == (0.0, 0.0)


@pytest.mark.parametrize("gesture", SWINGS)
def test_hands_that_do_something_move(gesture: Gesture) -> None:
    """In a take; a panel keeps still."""
    at = [i / 24 for i in range(72)]
    moved = [Life("Ana", 1, [], "neutral", gesture=gesture).reach(t).swing for t in at]
    assert max(moved) - min(moved) > 0.04
    assert max(abs(b - a) for a, b in pairwise(moved)) < 0.2
    assert not any(Life("Ana", 1, None, "neutral", gesture=gesture).reach(t).swing for t in at)


def ups(gesture: Gesture, *lines: Speech) -> list[bool]:
    """Whether the arm is up at every half second of six."""
    life = Life("Ana", 1, lines, "neutral", gesture=gesture)
    return [life.reach(i / 2).upper > 0.9 for i in range(12)]


def test_who_comes_in_knocks_at_once() -> None:
    assert any(ups("knocking", Speech(speaker="Luis", start_s=3, end_s=5))[:5])
    assert not any(ups("pointing", Speech(speaker="Ana", start_s=3, end_s=5))[:5])


def test_nobody_speaks_through_their_hand() -> None:
    up = ups("covering_mouth", Speech(speaker="Ana", start_s=2.5, end_s=4))
    assert up[3]
    assert not any(up[5:9])
    assert up[-1]


def test_a_calm_listener_raises_their_brows_now_and_then() -> None:
    heard = [Speech(speaker="Luis", start_s=0.5, end_s=3.5)]
    calm, hard = (Life("Ana", 1, heard, face) for face in ("neutral", "angry"))
    at = [i / 24 for i in range(96)]
    assert any(calm.feeling(t).asking for t in at)
    assert not any(hard.feeling(t).asking for t in at)


def test_what_is_done_is_done_with_living_arms_and_work_for_the_whole_shot() -> None:
    assert set(DOING) <= set(MOVING)
    assert set(AT_TABLE) <= set(KEPT)


def staged(
    gesture: Gesture, size: ShotSize = "two_shot", *, kind: SetKind = "kitchen", count: int = 2
) -> Staging:
    pair = [
        Blocking(character="Ana", look=LOOK, position="left", facing="right", gesture=gesture),
        Blocking(character="Luis", look=Look(presentation="man"), position="right", facing="left"),
    ]
    return Staging(place=Place(name="x", kind=kind), size=size, people=pair[:count])


def table(staging: Staging) -> Cel | None:
    paint = paint_of(staging.place, "day", "clear", Style())
    plain = grade_matrix(GRADES["warm"], (1.0, 1.0, 1.0))
    shown = frame(staging, 320, 180)
    return desk_before(shown, paint, (320, 180), matrix=plain, kind=staging.place.kind)


@pytest.mark.parametrize("size", ["wide", "two_shot", "over_shoulder"])
def test_a_table_stands_before_who_works_and_before_nobody_else(size: ShotSize) -> None:
    assert table(staged("working", size)) is not None
    assert table(staged("pointing", size)) is None


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (240, 240)])
def test_what_lies_on_the_table_lies_beside_the_hands(size: tuple[int, int]) -> None:
    cake = StagedThing(picture="cake", spot="table")
    staging = staged("working").model_copy(update={"things": [cake]})
    shown, paint = frame(staging, *size), paint_of(staging.place, "day", "clear", Style())
    top = desk_top(shown, paint, "kitchen")
    (place,) = StagedThings(staging, shown, paint, size, desk=top).places
    assert place.foot == pytest.approx(top)
    hands = hands_of(shown.marks[0])
    assert overlap(place.room, hands) < 0.5 * overlap(hands, hands)


def test_out_of_doors_and_in_a_car_one_sits_without_a_table() -> None:
    assert table(staged("sitting", kind="kitchen")) is not None
    assert table(staged("sitting", kind="park")) is None
    assert table(staged("working", kind="car")) is None


def test_who_sits_is_lower_and_stands_on_the_same_floor() -> None:
    def soles(staging: Staging) -> tuple[float, float]:
        mark = frame(staging, 1600, 900).marks[0]
        return mark.y, mark.y + person_of(mark.blocking).soles_y * mark.scale

    (sat, floor), (stood, same) = soles(staged("sitting", "wide")), soles(staged("none", "wide"))
    assert sat > stood + 60
    assert floor == pytest.approx(same)


def test_it_takes_two_to_embrace() -> None:
    both = frame(staged("hugging"), 1600, 900).marks
    assert [mark.blocking.gesture for mark in both] == ["hugging", "hugging"]
    apart = frame(staged("none"), 1600, 900).marks
    assert both[1].x - both[0].x < (apart[1].x - apart[0].x) / 2
    alone = frame(staged("hugging", "medium", count=1), 1600, 900).marks
    assert [mark.blocking.gesture for mark in alone] == ["none"]


def test_nobody_points_into_a_face() -> None:
    """In a square picture two stand close: the finger is lower there."""
    wrists = []
    for width in (1600, 900):
        mark = frame(staged("pointing"), width, 900).marks[0]
        wrists.append(limbs(person_of(mark.blocking, room=mark.room), "pointing")[1].bend[2][1])
    assert wrists[1] > wrists[0] + 30


def test_an_arm_that_reaches_another_lies_over_their_body() -> None:
    """Whoever stands on the right is drawn later, and still hides no arm."""
    shots = []
    for gesture in ("pointing", "none"):
        picture = Picture(staged(gesture), Style(), PictureSize(width=300, height=300), seed=1)
        shots.append(picture.at(0.0, 0.0).astype(int))
    # The chest of the one on the right, where the finger ends.
    changed = np.abs(shots[0] - shots[1]).max(axis=2)[204:220, 172:196] > 40
    assert changed.mean() > 0.1


def test_old_people_are_grey_stooped_and_thin_lipped_and_children_small() -> None:
    old, grown, small = (Person(look=LOOK.model_copy(update={"age": a})) for a in ("elder", "adult", "child"))
    assert luma(old.hair) > 0.55 > luma(grown.hair)
    assert old.stoop[1] < grown.stoop[1]
    total = [76 + person.soles_y for person in (small, grown)]
    assert 0.66 < total[0] / total[1] < 0.76


@pytest.mark.parametrize("facing", ["camera", "right"])
def test_no_uniform_wears_a_badge(facing: str) -> None:
    """Nothing golden on the chest, whatever the cap."""
    look = LOOK.model_copy(update={"garment": "uniform", "garment_colour": "#2f4a6b", "accessory": "cap"})
    person = Person(look=look, facing=facing)  # type: ignore[arg-type]  # one of its words
    pixels = raster(figure.whole(person, "neutral"), (-110, -90, 220, 440), (110, 220)).astype(int)
    blue, green, red, alpha = (pixels[:, :, i] for i in range(4))
    golden = (alpha > 250) & (red > 190) & (green > 170) & (blue < 110)
    chest = golden[95:]
    assert chest.mean() < 0.001
