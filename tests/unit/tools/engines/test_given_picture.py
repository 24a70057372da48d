"""A panel that a person brought is shown whole, and the camera moves over it without showing an edge."""

from pathlib import Path
from typing import get_args

import cv2
import numpy as np
import pytest

from state.errors import MediaMissing
from state.script import CameraMove
from tools.engines.previz.given_picture import GivenPicture

SIZE = (320, 180)


def a_file(folder: Path, width: int, height: int) -> Path:
    """Blue on the left, red on the right, and greener towards the ground: in BGR."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, : width // 2] = (200, 40, 40)
    pixels[:, width // 2 :] = (40, 40, 200)
    pixels[..., 1] = np.linspace(20, 120, height, dtype=np.uint8)[:, None]
    path = folder / "panel.png"
    cv2.imwrite(str(path), pixels)
    return path


@pytest.mark.parametrize("move", get_args(CameraMove))
def test_every_move_stays_inside_the_picture(tmp_path: Path, move: CameraMove):
    shown = GivenPicture(a_file(tmp_path, 640, 360), SIZE, move)
    frames = [shown.at(0.0, progress) for progress in (0.0, 0.25, 0.5, 1.0)]
    for frame in frames:
        assert frame.shape == (180, 320, 3)
        assert frame.dtype == np.uint8
        left, right = frame[:, :40].reshape(-1, 3), frame[:, -40:].reshape(-1, 3)
        assert (left[:, 0] > 150).mean() > 0.95
        assert (right[:, 2] > 150).mean() > 0.95
    moved = not np.array_equal(frames[0], frames[-1])
    assert moved == (move != "static")


def test_a_tall_panel_is_seen_whole_in_a_wide_film(tmp_path: Path):
    """All of it in the middle, and around it no black bar but a soft copy."""
    frame = GivenPicture(a_file(tmp_path, 180, 320), SIZE, "static").at(0.0, 0.0)
    width = round(180 * 180 / 320)
    middle = frame[:, (320 - width) // 2 : (320 + width) // 2]
    assert (middle[:, :40, 0] > 190).all()
    assert (middle[:, -40:, 2] > 190).all()
    assert frame[:, :60].max(axis=2).min() > 20


def test_what_cannot_be_opened_is_an_error_of_ours(tmp_path: Path):
    (tmp_path / "panel.png").write_bytes(b"no picture")
    with pytest.raises(MediaMissing):
        GivenPicture(tmp_path / "panel.png", SIZE, "static")
