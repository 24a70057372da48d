"""How a scene's mood is played on faces: tears where something is at stake, laughs where it is light."""

from itertools import pairwise
from typing import get_args

import pytest

from state.script import Expression, Gesture, Look, Mood
from tools.engines.previz.acting import reaction
from tools.engines.previz.life import KEPT, SWINGS, TASKS, Life
from tools.engines.previz.people.arms import MOVING
from tools.engines.previz.people.doing import AT_TABLE, DOING
from tools.engines.previz.people.face import Feeling, mask_of
from tools.engines.previz.people.masks import TONES, mask_for, tone_of
from tools.engines.previz.people.person import Person

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


def test_what_is_done_is_done_with_living_arms_and_work_for_the_whole_shot() -> None:
    assert set(DOING) <= set(MOVING)
    assert set(AT_TABLE) <= set(KEPT)
