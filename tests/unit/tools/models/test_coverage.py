"""What a director would insist on, held against whole episodes in three languages and every genre."""

from dataclasses import replace
from itertools import pairwise, product

import pytest

from state.brief import NovelaBrief
from state.script import Character, Expression, Gesture, Look, Scene
from tests.scripts import STORIES, a_novela_brief, story_briefs, write_episode
from tools.models.offline.coverage import Occasion, plan_coverage
from tools.models.offline.dialogue import Spoken
from tools.models.offline.dice import Dice

BRIEFS = story_briefs()
NAMES = [brief.title for brief in BRIEFS]
SHOTS = [
    a_novela_brief(**{**STORIES[language][0], "language": language, "shots_per_scene": shots, "genre": genre})
    for (language, genre), shots in zip(
        product(STORIES, ("drama", "comedy")), (1, 2, 3, 4, 5, 6), strict=True
    )
]
EVERY = [*BRIEFS, *SHOTS]
ANA, BRUNO, CARA = (
    Character(name=name, role="", look=Look(presentation="woman")) for name in ("Ana", "Bruno", "Cara")
)


def said(move: str, speaker: Character, listener: Character, text: str = "You told me so.") -> Spoken:
    face: Expression = "determined"
    gesture: Gesture = "none"
    return Spoken(
        move=move, speaker=speaker, listener=listener, text=f"{text} {move}", expression=face,
        reaction="surprised", gesture=gesture, essential=True,
    )  # fmt: skip


TALK = [said("open", ANA, BRUNO), said("deny", BRUNO, ANA), said("demand", ANA, BRUNO),
        said("evade", BRUNO, ANA), said("reveal", BRUNO, ANA), said("stagger", ANA, BRUNO)]  # fmt: skip
SCENE = Occasion(
    people=(ANA, BRUNO), count=6, seconds=30, limit_s=8, words_per_minute=150, new_place=True, thing="", light=False,
    mood="tense", beat="turn", tall=False,
)  # fmt: skip


def subject(scene: Scene, at: int) -> tuple[str, object]:
    staging = scene.shots[at].staging
    return staging.size, staging.subject if not staging.people else staging.people[0].character


@pytest.mark.parametrize("brief", EVERY, ids=[str(at) for at in range(len(EVERY))])
def test_no_two_shots_in_a_row_frame_the_same(brief: NovelaBrief):
    for scene in write_episode(brief).scenes:
        frames = [subject(scene, at) for at in range(len(scene.shots))]
        assert all(one != two for one, two in pairwise(frames))


@pytest.mark.parametrize("brief", EVERY, ids=[str(at) for at in range(len(EVERY))])
def test_every_new_place_is_established(brief: NovelaBrief):
    seen: set[str] = set()
    for scene in write_episode(brief).scenes:
        if scene.place not in seen:
            assert scene.shots[0].staging.size == "wide"
        seen.add(scene.place)


@pytest.mark.parametrize("brief", EVERY, ids=[str(at) for at in range(len(EVERY))])
def test_no_shot_is_too_short_to_be_read(brief: NovelaBrief):
    for scene in write_episode(brief).scenes:
        for shot in scene.shots:
            assert shot.duration_s >= 1.2
            assert len(shot.staging.people) <= 3


@pytest.mark.parametrize("count", range(1, 7))
def test_the_strong_line_is_at_the_turn_and_every_line_is_kept(count: int):
    for seed in range(20):
        setups = plan_coverage(TALK, replace(SCENE, count=count), Dice(str(seed)))
        assert [one for setup in setups for one in setup.spoken] == TALK
        assert len(setups) == count
        closest = next((setup for setup in setups if setup.size == "close_up"), None)
        if closest is not None:
            assert any(one.move == "reveal" for one in closest.spoken)


def test_reactions_are_on_the_listener_of_the_strong_line():
    found = 0
    for seed in range(40):
        for setup in plan_coverage(TALK, SCENE, Dice(str(seed))):
            if setup.kind == "react":
                found += 1
                assert (setup.on, setup.size) == (ANA, "close_up")
    assert found > 10


def test_singles_alternate_over_the_shoulder():
    for seed in range(20):
        setups = plan_coverage(TALK, SCENE, Dice(str(seed)))
        pairs = [(one, two) for one, two in pairwise(setups) if one.size == two.size == "over_shoulder"]
        assert all((one.on, one.other) == (two.other, two.on) for one, two in pairs)


def test_sizes_tighten_towards_the_turn():
    rank = {"wide": 0, "two_shot": 1, "medium": 2, "over_shoulder": 2, "close_up": 3}
    for seed in range(40):
        setups = plan_coverage(TALK, SCENE, Dice(str(seed)))
        sizes = [rank[setup.size] for setup in setups if setup.size != "insert"]
        assert sizes == sorted(sizes)


def test_an_insert_needs_a_thing():
    for seed in range(20):
        without = plan_coverage(TALK, SCENE, Dice(str(seed)))
        with_thing = plan_coverage(TALK, replace(SCENE, thing="letter"), Dice(str(seed)))
        assert all(setup.kind != "insert" for setup in without)
        assert any(setup.kind == "insert" for setup in with_thing)


def test_the_camera_moves_for_a_reason():
    turn = [setup for seed in range(20) for setup in plan_coverage(TALK, SCENE, Dice(str(seed)))
            if setup.kind == "turn"]  # fmt: skip
    assert {setup.move for setup in turn} == {"push_in"}
    funny = plan_coverage(TALK, replace(SCENE, light=True), Dice("1"))
    assert {setup.move for setup in funny[1:]} == {"static"}
    alone = replace(SCENE, mood="sad", beat="doubt")
    assert plan_coverage(TALK, alone, Dice("1"))[0].move == "pull_out"
    arriving = replace(SCENE, beat="setup")
    assert plan_coverage(TALK, arriving, Dice("1"))[0].move in ("pan_left", "pan_right")


def test_a_third_person_gets_singles_and_a_place_in_the_wide():
    talk = [*TALK[:3], said("accuse", CARA, ANA), said("reveal", CARA, ANA)]
    setups = plan_coverage(talk, replace(SCENE, people=(ANA, BRUNO, CARA)), Dice("3"))
    assert any(setup.on == CARA for setup in setups)
    assert [one for setup in setups for one in setup.spoken] == talk


def test_a_silent_scene_has_its_shots_too():
    setups = plan_coverage([], replace(SCENE, count=3), Dice("1"))
    assert len(setups) == 3


def test_no_line_of_the_exchange_is_lost_for_want_of_room():
    """What has to be said is said: long lines move to the shot beside them before one is dropped."""
    long = "word " * 13
    talk = [said("hint", BRUNO, ANA, long), said("doubt", ANA, BRUNO, "Why tell me now?"),
            said("stake", BRUNO, ANA, long), said("stagger", ANA, BRUNO, "Since when?")]  # fmt: skip
    for seed in range(10):
        setups = plan_coverage(talk, replace(SCENE, count=3, seconds=16, new_place=False), Dice(str(seed)))
        assert [one for setup in setups for one in setup.spoken] == talk
        assert all(sum(len(one.text.split()) for one in setup.spoken) <= 20 for setup in setups)
