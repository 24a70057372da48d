"""Camera moves as functions of time, and the matrices they are."""

import math
from dataclasses import dataclass

import numpy as np

from state.script import CameraMove
from tools.engines.previz.raster import Matrix

ZOOM, PAN, TILT = 0.1, 0.035, 0.035
DEPTHS = {"far": 0.5, "set": 0.62, "middle": 0.78, "people": 1.0, "near": 1.35}
"""How much of a camera move each depth follows."""


@dataclass(frozen=True, kw_only=True)
class Pose2D:
    """A camera's state: enlargement and shift as shares of the frame."""

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0


def ease(progress: float) -> float:
    """Start and stop gently."""
    t = min(max(progress, 0.0), 1.0)
    return t * t * (3 - 2 * t) * 0.7 + t * 0.3


def pose_at(move: CameraMove, progress: float) -> Pose2D:
    """The camera at a point of its move, from 0 to 1."""
    e = ease(progress)
    if move == "push_in":
        return Pose2D(zoom=1 + ZOOM * e)
    if move == "pull_out":
        return Pose2D(zoom=1 + ZOOM * (1 - e))
    if move in ("pan_left", "pan_right"):
        way = 1 if move == "pan_left" else -1
        return Pose2D(zoom=1.02, x=way * PAN * (2 * e - 1))
    if move == "tilt_up":
        return Pose2D(zoom=1.02, y=TILT * (2 * e - 1))
    if move == "drift":
        return Pose2D(zoom=1.01 + 0.025 * e, x=0.012 * (1 - 2 * e))
    return Pose2D()


def camera_matrix(pose: Pose2D, depth: float, size: tuple[int, int], focus: tuple[float, float]) -> Matrix:
    """Where a frame's pixels go for a layer at this depth."""
    zoom = 1 + (pose.zoom - 1) * depth
    dx, dy = pose.x * size[0] * depth, pose.y * size[1] * depth
    fx, fy = focus
    return np.array([[zoom, 0, fx * (1 - zoom) + dx], [0, zoom, fy * (1 - zoom) + dy]], np.float32)


def times(first: Matrix, second: Matrix) -> Matrix:
    """The 2x3 matrix of doing `second`, then `first`."""
    full = np.vstack([second, [0, 0, 1]]).astype(np.float64)
    return (first.astype(np.float64) @ full).astype(np.float32)


def turn_about(x: float, y: float, degrees: float, dx: float, dy: float, stretch: float = 1.0) -> Matrix:
    """Turn and stretch about a point, then shift."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    a, b, d, e = c, -s, s, c * stretch
    return np.array([[a, b, x - a * x - b * y + dx], [d, e, y - d * x - e * y + dy]], np.float32)
