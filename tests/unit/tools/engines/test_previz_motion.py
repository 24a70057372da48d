"""Cameras ease, mouths move only while their owner speaks, eyes blink."""

from typing import get_args

import numpy as np
import pytest

from state.order import Speech, Style, Viseme
from state.script import Blocking, CameraMove, Look, Place, Staging
from tools.engines.previz.camera import camera_matrix, pose_at
from tools.engines.previz.life import Life
from tools.engines.previz.picture import Picture, PictureSize

STEPS = np.linspace(0, 1, 97)
SIZE = (1920, 1080)
SPEECH = Speech(
    speaker="Ana", start_s=1.0, end_s=2.0, expression="angry",
    visemes=[Viseme(start_s=0.0, end_s=0.4, mouth="wide"), Viseme(start_s=0.4, end_s=1.0, mouth="round")],
)  # fmt: skip


@pytest.mark.parametrize("move", [m for m in get_args(CameraMove) if m != "static"])
def test_a_move_is_one_smooth_way(move: CameraMove) -> None:
    """Never back, never a jump, gentle at both ends."""
    corners = [
        camera_matrix(pose_at(move, p), 1.0, SIZE, (960, 540)) @ np.array([200, 150, 1]) for p in STEPS
    ]
    steps = np.diff(np.array(corners), axis=0)
    travelled = np.abs(steps).sum(axis=0)
    assert travelled.max() > 15
    for axis in np.flatnonzero(travelled > 1):
        way = steps[:, axis] * np.sign(steps[:, axis].sum())
        assert way.min() > 0
        assert np.abs(np.diff(way)).max() < way.max() * 0.08
        assert way[0] < way.max() * 0.6


def test_a_static_camera_stands_still() -> None:
    assert pose_at("static", 0.0) == pose_at("static", 0.7)


@pytest.mark.parametrize("move", get_args(CameraMove))
def test_the_camera_never_sees_past_the_edge_of_the_set(move: CameraMove) -> None:
    """The set is drawn nine hundredths wider on every side; no depth may need more."""
    for depth in (0.5, 0.78):
        for p in STEPS:
            m = camera_matrix(pose_at(move, p), depth, SIZE, (960, 400))
            left, top = m @ np.array([-0.09 * 1920, -0.09 * 1080, 1])
            right, low = m @ np.array([1.09 * 1920, 1.09 * 1080, 1])
            assert left <= 0
            assert top <= 0
            assert right >= 1920
            assert low >= 1080


def test_mouths_follow_the_visemes_of_their_own_speech() -> None:
    ana = Life("Ana", 1, [SPEECH], "sad")
    assert [ana.mouth(t) for t in (0.5, 1.2, 1.7, 2.4)] == ["rest", "wide", "round", "rest"]
    assert {Life("Luis", 1, [SPEECH], "sad").mouth(t) for t in (0.5, 1.2, 1.7)} == {"rest"}


def test_a_speech_brings_its_expression_and_takes_it_away() -> None:
    ana = Life("Ana", 1, [SPEECH], "sad")
    assert [ana.expression(t) for t in (0.0, 1.5, 3.0)] == ["sad", "angry", "sad"]


def test_people_blink_now_and_then_each_in_their_own_time() -> None:
    def closed(name: str) -> set[int]:
        life = Life(name, 7, [], "neutral")
        return {i for i in range(24 * 20) if life.lids(i / 24) == "closed"}

    assert 3 <= len(closed("Ana")) <= 40
    assert closed("Ana") != closed("Luis")
    assert closed("Ana") == closed("Ana")


def test_a_head_moves_a_little_and_never_jumps() -> None:
    ana = Life("Ana", 3, [SPEECH], "neutral")
    turns = np.array([ana.motion(i / 24).head_turn for i in range(24 * 4)])
    assert np.ptp(turns) > 0.3
    assert np.abs(np.diff(turns)).max() < 0.8


def test_a_line_is_seen_on_its_speaker_and_on_the_listener() -> None:
    people = [
        Blocking(character="Ana", look=Look(presentation="woman"), position="left", facing="right"),
        Blocking(character="Luis", look=Look(presentation="man"), position="right", facing="left"),
    ]
    staging = Staging(place=Place(name="x", kind="office"), size="two_shot", people=people)
    silent, spoken = (
        Picture(staging, Style(), PictureSize(width=320, height=180), seed=2, speeches=said).at(1.2, 0.0)
        for said in ([], [SPEECH])
    )
    changed = np.abs(silent.astype(int) - spoken).max(axis=2) > 20
    assert changed[:, :160].sum() > 30
    assert changed[:, 170:].sum() > 10
