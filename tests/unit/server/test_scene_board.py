"""How far a shot is, and a scene with it."""

import pytest

from server.cli.scenes import rows_of
from server.scenes.board import BoardScene, BoardShot, Status, status_of
from state.media import MediaRef
from state.script import Slate
from state.take import OwnFrames, Take

FILE = MediaRef(key="video/local/a.mp4", mime="video/mp4", sha256="0" * 64, size_bytes=1)
COMING = Take(slate=Slate(scene=1, shot="A"), call_key="p:take:1A:first")
THERE = COMING.model_copy(update={"status": "done", "media": FILE})
FAILED = COMING.model_copy(update={"status": "failed"})


@pytest.mark.parametrize(
    ("take", "order", "status"),
    [
        (None, "", "pending"),
        (None, "intent", "processing"),
        (None, "submitted", "processing"),
        (COMING, "unknown", "processing"),
        (None, "done", "completed"),
        (None, "failed", "failed"),
        (COMING, "failed", "failed"),
        (THERE, "done", "completed"),
        (THERE, "", "completed"),
        (THERE, "submitted", "processing"),
        (THERE, "failed", "completed"),
        (FAILED, "failed", "failed"),
        (FAILED, "intent", "processing"),
    ],
)
def test_a_shot_is_as_far_as_its_newest_order(take: Take | None, order: str, status: Status) -> None:
    """A take that is there stays in the film when another attempt at it fails."""
    assert status_of(take, order) == status


@pytest.mark.parametrize(
    ("shots", "status"),
    [
        ([], "pending"),
        (["pending", "pending"], "pending"),
        (["pending", "completed"], "processing"),
        (["processing", "pending"], "processing"),
        (["completed", "failed"], "failed"),
        (["completed", "completed"], "completed"),
    ],
)
def test_a_scene_is_as_far_as_all_of_its_shots(shots: list[Status], status: Status) -> None:
    assert a_scene(shots).status == status


def a_scene(shots: list[Status]) -> BoardScene:
    made = [
        BoardShot(
            slate=f"1{letter}", take="", status=status, duration_s=2.0, prompt="", model="", thumbnail=None,
            first_frame=None, last_frame=None, own=OwnFrames(), locked=False, problem="",
        )
        for letter, status in zip("ABC", shots, strict=False)
    ]  # fmt: skip
    return BoardScene(number=1, title="t", prompt="p", shots=made)


def test_the_board_is_told_as_lines() -> None:
    assert rows_of([a_scene(["completed", "pending"])]) == [
        ("scene-1", "processing", "", "", "", "", "t"),
        ("1A", "completed", "2.0", "", "", "", ""),
        ("1B", "pending", "2.0", "", "", "", ""),
    ]
