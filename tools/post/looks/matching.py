"""Colours of one shot brought near to those of another.

Both are measured on a few small frames. What comes out are points of a curve for each channel: data that
the cut keeps, so that nothing is measured again when the film is made.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from state.errors import FfmpegFailed
from tools.ffmpeg.command import run_ffmpeg
from tools.post.looks.colour import CHANNELS, CURVE_STEPS
from tools.post.sources import open_picture

SAMPLES = 12
_WIDTH, _HEIGHT = 96, 54
_POINTS = (0, 16, 32, 48, 64, 96, 128, 160, 192, 224, 255)
MAX_SHIFT = 0.22
"""How far a tone may move, of all tones: a night does not become a day."""
_STEEPEST, _FLATTEST = 2.0, 0.35
"""Beyond these noise is lifted up or a gradient becomes steps."""


@dataclass(frozen=True, kw_only=True)
class ShotColours:
    """How often each value occurs in each channel: `(3, 256)`, each row sums up to 1."""

    shares: NDArray[np.float64]

    @property
    def below(self) -> NDArray[np.float64]:
        """The share of pixels up to each value."""
        return np.cumsum(self.shares, axis=1)


async def measure_colours(
    video: Path, work: Path, *, start_s: float = 0.0, length_s: float | None = None, samples: int = SAMPLES
) -> ShotColours:
    """Measure frames that lie evenly in a part of a file; scratch goes to the folder `work`.

    Raises:
        MediaMissing, FfmpegFailed: it is not there or shows nothing.
    """
    source = await open_picture(video)
    into = work / f"colours-{uuid4().hex}.rgb"
    span = ["-t", f"{length_s:.3f}"] if length_s else []
    # A still has one frame, and a short take fewer than are wanted; what there is counts.
    rate = f"fps={samples / length_s:.4f}," if length_s else "fps=2,"
    steps = f"{rate}scale={_WIDTH}:{_HEIGHT}:flags=area,format=rgb24"
    try:
        await run_ffmpeg(
            ["-ss", f"{start_s:.3f}", *span, *source.arguments(), "-an", "-vf", steps,
             "-frames:v", str(samples), "-f", "rawvideo", into]
        )  # fmt: skip
        content = await asyncio.to_thread(into.read_bytes)
    finally:
        await asyncio.to_thread(into.unlink, missing_ok=True)
    if not content:
        raise FfmpegFailed(f"{video.name} shows nothing from {start_s:.2f} s on")
    return colours_of(np.frombuffer(content, np.uint8).reshape(-1, 3))


def colours_of(pixels: NDArray[np.uint8]) -> ShotColours:
    """The colours of pixels, `(any number, 3)` of red, green and blue."""
    counts = np.stack([np.bincount(pixels[:, channel], minlength=256) for channel in range(3)])
    return ShotColours(shares=counts / counts.sum(axis=1, keepdims=True))


def distance(one: ShotColours, other: ShotColours) -> float:
    """How far tones would have to be moved to make one of the other, on average: 0 to 1."""
    return float(np.abs(one.below - other.below).mean())


def match_points(shot: ShotColours, wanted: ShotColours, *, max_shift: float = MAX_SHIFT) -> dict[str, float]:
    """Points of curves that bring a shot near to what is wanted; the values of an effect called `match`.

    No tone is moved by more than `max_shift`, and no curve falls or is so steep that noise would show.
    """
    points: dict[str, float] = {}
    for channel, name in enumerate(CHANNELS):
        found = _curve(shot.below[channel], wanted.below[channel], max_shift)
        points |= {
            f"{name}_{at:03d}": round(float(value), 4) for at, value in zip(_POINTS, found, strict=True)
        }
    return points


def _curve(shot: NDArray[np.float64], wanted: NDArray[np.float64], max_shift: float) -> NDArray[np.float64]:
    """Each tone goes where as many pixels lie below it; at its points, 0 to 1."""
    at = np.array(_POINTS) / CURVE_STEPS
    tones = np.arange(256) / CURVE_STEPS
    shares = np.linspace(0.01, 0.99, 50)
    held, asked = (np.interp(shares, below, tones) for below in (shot, wanted))
    # Where the shot has no pixels nothing says what to do: there the shift of the nearest tone fades out.
    shift = np.interp(at, [0.0, *_rising(held), 1.0], [0.0, *(asked - held), 0.0])
    shift = np.convolve(np.pad(shift, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    return _held_in(at, at + np.clip(shift, -max_shift, max_shift), at - max_shift, at + max_shift)


def _rising(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.clip(np.maximum.accumulate(values) + np.arange(len(values)) * 1e-6, 1e-6, 1 - 1e-6))


def _held_in(
    at: NDArray[np.float64], line: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.float64]:
    """From the middle outwards, no part steeper or flatter than it may be."""
    made = np.clip(line, 0, 1)
    middle = len(made) // 2
    for number in range(middle + 1, len(made)):
        step = at[number] - at[number - 1]
        made[number] = np.clip(
            made[number], made[number - 1] + _FLATTEST * step, made[number - 1] + _STEEPEST * step
        )
    for number in range(middle - 1, -1, -1):
        step = at[number + 1] - at[number]
        made[number] = np.clip(
            made[number], made[number + 1] - _STEEPEST * step, made[number + 1] - _FLATTEST * step
        )
    return np.clip(np.clip(made, low, high), 0, 1)
