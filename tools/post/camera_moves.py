"""How the camera moved from one small picture to the next: what moves by itself is told from that."""

import cv2
import numpy as np
from numpy.typing import NDArray

Map = NDArray[np.float32]
"""Rows by columns, or by columns and channels: levels."""
Move = NDArray[np.float32]
"""How the camera moved from one picture to the next: two rows of an affine matrix, in places of a map."""
_STANDING = np.array([[1, 0, 0], [0, 1, 0]], np.float32)
_FARTHEST = 0.4
"""Of the picture: no camera goes farther from one of these pictures to the next."""
_FEWEST_POINTS = 8
_MOST_ZOOM = 0.2


def camera_move(before: Map, after: Map) -> Move:
    """How the camera moved the picture: of several guesses the one that explains most of it."""
    even = _evened(before[..., 0]), _evened(after[..., 0])
    high, wide = even[0].shape
    guesses = [_STANDING, *_zooms(*even)]
    parts = [(slice(0, high), slice(wide * n // 4, wide * (n + 2) // 4)) for n in range(3)]
    for part in ((slice(0, high), slice(0, wide)), *parts):
        one, other = (np.ascontiguousarray(picture[part]) for picture in even)
        window = cv2.createHanningWindow(one.shape[1::-1], cv2.CV_32F)
        (x, y), _ = cv2.phaseCorrelate(one, other, window)
        if abs(x) < wide * _FARTHEST and abs(y) < high * _FARTHEST:
            guesses.append(np.array([[1, 0, x], [0, 1, y]], np.float32))
    return min(guesses, key=lambda move: _unexplained(before, after, move))


def _zooms(before: Map, after: Map) -> list[Move]:
    """Where points of the picture went, as one movement, also nearer or farther; none if they disagree."""
    one, other = (np.clip(picture * 40 + 128, 0, 255).astype(np.uint8) for picture in (before, after))
    points = cv2.goodFeaturesToTrack(one, maxCorners=80, qualityLevel=0.02, minDistance=3)
    if points is None or len(points) < _FEWEST_POINTS:
        return []
    went, found, _ = cv2.calcOpticalFlowPyrLK(
        one, other, points, np.zeros_like(points), winSize=(9, 9), maxLevel=2
    )
    kept = found.ravel() == 1
    if kept.sum() < _FEWEST_POINTS:
        return []
    cv2.setRNGSeed(0)
    move, _ = cv2.estimateAffinePartial2D(points[kept], went[kept], ransacReprojThreshold=0.6)
    if move is None or abs(float(np.hypot(move[0, 0], move[0, 1])) - 1) > _MOST_ZOOM:
        return []
    return [np.asarray(move, np.float32)]


def _evened(luma: Map) -> Map:
    """Every part as rich in contrast as any other: else one bright thing would be taken for the camera."""
    fine = luma - cv2.GaussianBlur(luma, (0, 0), 3)
    return np.asarray(fine / (np.sqrt(cv2.GaussianBlur(fine**2, (0, 0), 4)) + 2), np.float32)


def _unexplained(before: Map, after: Map, move: Move) -> float:
    """The change in the quieter two thirds of the picture: the rest may move by itself."""
    levels = change(before, after, move).ravel()
    quiet = len(levels) * 2 // 3
    return float(np.partition(levels, quiet)[:quiet].mean())


def moved_by(picture: Map, move: Move) -> Map:
    """A picture as it is after the camera moved; nought where it showed nothing."""
    size = picture.shape[1], picture.shape[0]
    return np.asarray(cv2.warpAffine(picture, move, size, borderMode=cv2.BORDER_CONSTANT), np.float32)


def change(before: Map, after: Map, move: Move) -> Map:
    """Levels by which a picture differs from the one before it; nought where that one showed nothing."""
    there = moved_by(np.ones(before.shape[:2], np.float32), move) > 0.999
    moved = moved_by(before, move)
    apart = np.abs(cv2.blur(after, (2, 2)) - cv2.blur(moved, (2, 2))).sum(axis=2)
    return np.asarray(np.where(there, apart, 0), np.float32)
