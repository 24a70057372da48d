"""Camera moves and the small motion of living people, as functions of time."""

import math
import random
from dataclasses import dataclass

import numpy as np

from state.order import Speech, Viseme
from state.script import CameraMove, Expression
from tools.engines.previz.people.person import Eyes, Mouth
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


@dataclass(frozen=True, kw_only=True)
class Motion:
    """One person's small movements at a moment, in figure units and degrees."""

    head_turn: float
    head_x: float
    head_y: float
    breath: float


class Life:
    """What a person does in a take without being told: breathe, blink, move while speaking."""

    def __init__(self, name: str, seed: int, speeches: list[Speech], resting: Expression) -> None:
        self._dice = random.Random(f"{name}:{seed}")  # noqa: S311  # blinks, not secrets
        self._phase = self._dice.uniform(0, math.tau)
        self._period = self._dice.uniform(3.3, 4.1)
        self._speeches = [s for s in speeches if s.speaker == name]
        self._resting = resting
        self._blinks = self._plan_blinks()

    def _plan_blinks(self) -> list[float]:
        moments, at = [], self._dice.uniform(0.7, 2.4)
        while at < 62:
            moments.append(at)
            at += self._dice.uniform(1.9, 4.6)
        return moments

    def lids(self, at_s: float) -> Eyes:
        """How the eyes are at a moment."""
        for blink in self._blinks:
            since = at_s - blink
            if 0 <= since < 0.17:
                return "closed" if 0.045 <= since < 0.125 else "half"
        return "open"

    def expression(self, at_s: float) -> Expression:
        """The speech's expression while it lasts and a moment after, else the blocking's."""
        for speech in self._speeches:
            if speech.start_s - 0.15 <= at_s <= speech.end_s + 0.35:
                return speech.expression
        return self._resting

    def mouth(self, at_s: float) -> Mouth:
        """The mouth's shape: moves only while this person speaks."""
        for speech in self._speeches:
            if speech.start_s <= at_s < speech.end_s:
                return _shape_of(speech.visemes, at_s - speech.start_s)
        return "rest"

    def motion(self, at_s: float) -> Motion:
        """Breath, idle sway and the nods of speech."""
        slow = math.sin(math.tau * at_s / self._period + self._phase)
        sway = math.sin(math.tau * at_s / 5.7 + self._phase * 1.7)
        talk = max((_presence(s, at_s) for s in self._speeches), default=0.0)
        nod = math.sin(math.tau * at_s / 0.83 + self._phase) * 0.6 + math.sin(math.tau * at_s / 1.37) * 0.5
        return Motion(
            head_turn=0.55 * sway + talk * 1.5 * nod,
            head_x=0.5 * sway + talk * 0.8 * nod,
            head_y=0.7 * slow + talk * 0.9 * math.sin(math.tau * at_s / 0.71 + 1.1),
            breath=slow,
        )


def _shape_of(visemes: list[Viseme], at_s: float) -> Mouth:
    if not visemes:
        return ("open", "closed", "teeth", "round", "closed", "wide")[int(at_s / 0.11) % 6]
    for viseme in visemes:
        if viseme.start_s <= at_s < viseme.end_s:
            return viseme.mouth
    return "closed"


def _presence(speech: Speech, at_s: float) -> float:
    """1 while the speech lasts, with soft edges, so that a head never jumps."""
    rise = min(max((at_s - speech.start_s + 0.2) / 0.4, 0.0), 1.0)
    fall = min(max((speech.end_s + 0.25 - at_s) / 0.4, 0.0), 1.0)
    both = min(rise, fall)
    return both * both * (3 - 2 * both)
