"""A storyboard picture that a person brought, as a moving shot: it is kept, and the camera moves over it."""

from pathlib import Path

import cv2
import numpy as np

from state.errors import MediaMissing
from state.script import CameraMove
from tools.engines.previz.camera import camera_matrix, pose_at
from tools.engines.previz.raster import Pixels

ROOM = 0.05
"""How much of the picture lies outside the frame, for the camera to move in."""
SOFT_SHARE = 0.03


class GivenPicture:
    """Shows one picture file, whole, at any moment of a shot."""

    def __init__(self, file: Path, size: tuple[int, int], move: CameraMove) -> None:
        """Blocking.

        Raises:
            MediaMissing: the file cannot be opened as a picture.
        """
        picture = cv2.imread(str(file), cv2.IMREAD_COLOR)
        if picture is None:
            raise MediaMissing("the given panel cannot be opened")
        self._size, self._move = size, move
        self._room = (round(size[0] * ROOM), round(size[1] * ROOM)) if move != "static" else (0, 0)
        wide = (size[0] + 2 * self._room[0], size[1] + 2 * self._room[1])
        self._canvas = _whole(np.asarray(picture, np.uint8), wide)

    def at(self, at_s: float, progress: float) -> Pixels:
        """The frame of a moment, with the camera this far through its move; BGR."""
        matrix = camera_matrix(
            pose_at(self._move, progress), 1.0, self._size, (self._size[0] / 2, self._size[1] / 2)
        )
        # The canvas begins to the left of and above the frame.
        matrix[:, 2] -= matrix[:, :2] @ np.array(self._room, np.float32)
        frame = cv2.warpAffine(
            self._canvas, matrix, self._size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(frame, np.uint8)


def _whole(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """All of the picture, as large as it fits, over a soft copy of itself where its shape differs."""
    height, width = picture.shape[:2]
    fit = min(size[0] / width, size[1] / height)
    canvas = _covering(picture, size)
    w, h = max(1, round(width * fit)), max(1, round(height * fit))
    x, y = (size[0] - w) // 2, (size[1] - h) // 2
    canvas[y : y + h, x : x + w] = cv2.resize(picture, (w, h), interpolation=_way(fit))
    return canvas


def _covering(picture: Pixels, size: tuple[int, int]) -> Pixels:
    height, width = picture.shape[:2]
    fill = max(size[0] / width, size[1] / height)
    w, h = max(size[0], round(width * fill)), max(size[1], round(height * fill))
    filled = cv2.resize(picture, (w, h), interpolation=_way(fill))
    x, y = (w - size[0]) // 2, (h - size[1]) // 2
    soft = cv2.GaussianBlur(filled[y : y + size[1], x : x + size[0]], (0, 0), size[0] * SOFT_SHARE)
    return np.asarray(cv2.convertScaleAbs(soft, alpha=0.6), np.uint8)


def _way(scale: float) -> int:
    return cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
