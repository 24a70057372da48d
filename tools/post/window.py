"""The window that a picture of another shape is seen through: where its middle is, frame by frame.

One curve goes through all keys of a clip. Its slope is nought where the window stands or turns round, it
never swings beyond a key, and between two keys that are one frame apart it jumps. Whoever shows a part of the
clip evaluates the same curve, so a clip that was split moves as it did before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from state.timeline import Focus

Axis = Literal["x", "y"]
JUMP = 1
"""Frames between two keys that no movement joins."""


@dataclass(frozen=True)
class Stretch:
    """The curve between two keys: `a + b u + c u² + d u³`, with u from 0 at `start` to 1 at `end`."""

    start: int
    end: int
    a: float
    b: float
    c: float
    d: float

    def at(self, frame: float) -> float:
        """Its value at a frame of the source."""
        u = (frame - self.start) / (self.end - self.start)
        return self.a + u * (self.b + u * (self.c + u * self.d))


def moves(keys: Sequence[Focus]) -> bool:
    """Whether the window is ever in another place."""
    return len({(key.x, key.y) for key in keys}) > 1


def place(keys: Sequence[Focus], frame: float) -> tuple[float, float]:
    """Where the middle is at a frame of the source; the picture's middle without keys."""
    if not keys:
        return 0.5, 0.5
    return _at(keys, "x", frame), _at(keys, "y", frame)


def _at(keys: Sequence[Focus], axis: Axis, frame: float) -> float:
    for one in stretches(keys, axis):
        if one.start <= frame < one.end:
            return one.at(frame)
    return float(getattr(keys[0] if frame < keys[0].at else keys[-1], axis))


def stretches(keys: Sequence[Focus], axis: Axis) -> list[Stretch]:
    """The curve of one direction, from the first key to the last."""
    at = [key.at for key in keys]
    values = [float(getattr(key, axis)) for key in keys]
    slopes = [_slope(at, values, number) for number in range(len(keys))]
    return [_stretch(at, values, slopes, number) for number in range(len(keys) - 1)]


def _stretch(at: Sequence[int], values: Sequence[float], slopes: Sequence[float], number: int) -> Stretch:
    start, end, low, high = at[number], at[number + 1], values[number], values[number + 1]
    if end - start == JUMP:
        return Stretch(start, end, low, 0.0, 0.0, 0.0)
    leaves, comes = slopes[number] * (end - start), slopes[number + 1] * (end - start)
    apart = high - low
    return Stretch(start, end, low, leaves, 3 * apart - 2 * leaves - comes, leaves + comes - 2 * apart)


def _slope(at: Sequence[int], values: Sequence[float], number: int) -> float:
    """How fast the window moves at a key: the harmonic mean of both sides, as monotone curves take it."""
    before, after = _pace(at, values, number - 1), _pace(at, values, number)
    if before is None or after is None:
        joined = after if before is None else before
        outermost = number in (0, len(at) - 1)
        return 0.0 if outermost or joined is None else joined
    if before * after <= 0:
        return 0.0
    earlier, later = at[number] - at[number - 1], at[number + 1] - at[number]
    one, other = 2 * later + earlier, later + 2 * earlier
    return (one + other) / (one / before + other / after)


def _pace(at: Sequence[int], values: Sequence[float], number: int) -> float | None:
    """Shares of the picture for each frame between a key and the next one; None where it jumps or ends."""
    if not 0 <= number < len(at) - 1 or at[number + 1] - at[number] == JUMP:
        return None
    return (values[number + 1] - values[number]) / (at[number + 1] - at[number])


def expression(keys: Sequence[Focus], axis: Axis, *, first: int, frames: int) -> str:
    """The same curve for ffmpeg, whose `n` counts from frame `first` of the source up to `frames`."""
    parts = [
        _written(one, first)
        for one in stretches(keys, axis)
        if one.start < first + frames and one.end > first
    ]
    low, high = (float(getattr(key, axis)) for key in (keys[0], keys[-1]))
    if keys[0].at > first:
        parts.insert(0, f"lt(n,{keys[0].at - first})*{low:.6f}")
    if keys[-1].at < first + frames:
        parts.append(f"gte(n,{keys[-1].at - first})*{high:.6f}")
    return "+".join(parts)


def _written(one: Stretch, first: int) -> str:
    start, end = one.start - first, one.end - first
    within = f"gte(n,{start})*lt(n,{end})"
    if not (one.b or one.c or one.d):
        return f"{within}*{one.a:.6f}"
    u = f"((n-({start}))/{end - start})"
    return f"{within}*({one.a:.6f}+{u}*({one.b:.6f}+{u}*({one.c:.6f}+{u}*({one.d:.6f}))))"
