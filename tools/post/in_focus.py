"""What the lens was set on: edges that lose something when the picture is blurred a little.

Where all of a picture is as sharp, or as soft, this says nothing; behind somebody close it says nearly all.
"""

import cv2
import numpy as np

from tools.post.attention import pointing
from tools.post.camera_moves import Map
from tools.post.words_seen import Grey

_BLUR = 1.5
"""Pixels of a picture as large as words are looked for in: an edge in focus is no wider."""
_SHARPEST, _SHARP = 0.995, 0.25
"""The edges that are taken for the sharpest, and the share of their loss from which one is in focus."""
_LEAST = 4.0
"""Levels; where even the sharpest edge loses less, nothing is in focus."""


def in_focus(luma: Grey, shape: tuple[int, int]) -> Map:
    """Where a picture is sharp, in so many rows and columns; sums up to how much it points to one place."""
    levels = np.asarray(luma, np.float32)
    soft = np.asarray(cv2.GaussianBlur(levels, (0, 0), _BLUR), np.float32)
    lost = np.maximum(0, _edges(levels) - _edges(soft))
    sharpest = float(np.quantile(lost, _SHARPEST))
    if sharpest < _LEAST:
        return np.zeros(shape, np.float32)
    sharp = np.where(lost > _SHARP * sharpest, np.minimum(lost, sharpest), 0)
    found = np.asarray(cv2.resize(sharp, shape[::-1], interpolation=cv2.INTER_AREA), np.float32)
    return np.asarray(found / max(float(found.sum()), 1e-6) * pointing(found) ** 2, np.float32)


def _edges(levels: Map) -> Map:
    along, down = (cv2.Sobel(levels, cv2.CV_32F, *axes, ksize=3) for axes in ((1, 0), (0, 1)))
    return np.asarray(np.hypot(along, down) / 4, np.float32)
