"""Where the subject of a clip is, for a window of another shape than its picture.

A few small pictures a second are looked at (`attention.py`), scene by scene. A path is laid through what
draws the eye (`camera_path.py`) and told in as few keys as describe it. Nothing is fetched, nothing is asked.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from state.timeline import MOST_FOCUS, Crop, Focus, TimeRange
from tools.post.attention import Maps, attention
from tools.post.camera_path import best_path
from tools.post.scene_cuts import cuts_in, sharpest
from tools.post.small_frames import Seen, look_at
from tools.post.window import Axis, place

RATE = 4.0
"""Pictures in a second that are looked at."""
MOST_PICTURES = 2400
"""Of a longer clip fewer a second: ten minutes have them all."""
SAME_SHAPE = 0.02
"""A picture that is so much wider or higher is cut off by nobody who would see it."""
TOLERANCE = 0.015
"""How far the told path may be from the found one, in widths of the picture."""
APART_S = 0.75
"""Keys are no closer, but at cuts."""
_UPPER = 0.4
"""Of what is higher than the window the upper part counts so much more: faces are there."""
_HAIR = 0.04
"""What moves in a face has as much of a head above it, in heights of the picture."""
_SMOOTH = (0.25, 0.5, 0.25)


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What was seen of a part of a file."""

    ratio: float
    """The shape of its picture, as cropped: width by height."""
    frames: NDArray[np.intp]
    """Frames of the source that were looked at."""
    rate: float
    lively: float
    """How much moves by itself in the liveliest scene, 0 to 1."""
    scenes: list[Maps] = field(default_factory=list)
    """What draws the eye, scene by scene."""
    cuts: list[int] = field(default_factory=list)
    """The first frame of each scene behind the first, exactly."""


async def find_subject(
    path: Path, source: TimeRange, fps: int, shape: tuple[int, int], *, crop: Crop | None = None
) -> list[Focus]:
    """Keys for a window of another `shape` (width, height) over frames of a file at `fps`.

    One where it need not move; none where the picture has that shape. Shares are of the picture as cropped.

    Raises:
        MediaMissing, FfmpegFailed: it is not there or shows nothing.
    """
    watched = await watch(path, source, fps, crop=crop)
    return await asyncio.to_thread(follow, watched, shape[0] / shape[1])


async def watch(path: Path, source: TimeRange, fps: int, *, crop: Crop | None = None) -> Watched:
    """Look at a part of a file; errors as `find_subject`."""
    start_s, length_s = source.start / fps, source.length / fps
    rate = min(RATE, MOST_PICTURES / length_s)
    seen = await look_at(path, start_s=start_s, length_s=length_s, rate=rate, crop=crop)
    cuts = await asyncio.to_thread(cuts_in, seen.pictures)
    exactly = [await _exactly(path, source, fps, rate, cut) for cut in cuts]
    return await asyncio.to_thread(_watched, seen, source, fps, cuts, exactly)


async def _exactly(path: Path, source: TimeRange, fps: int, rate: float, cut: int) -> int:
    """The first frame behind a cut that lies before one of the pictures: that bit again, frame by frame."""
    before = source.start + max(0, int((cut - 1) * fps / rate) - 2)
    frames = int(fps / rate) + 5
    seen = await look_at(
        path, start_s=before / fps, length_s=frames / fps, rate=fps, pixels=48 * 27, every=True
    )
    return before + await asyncio.to_thread(sharpest, seen.pictures) if len(seen.pictures) > 1 else before


def _watched(seen: Seen, source: TimeRange, fps: int, cuts: Sequence[int], exactly: Sequence[int]) -> Watched:
    frames = source.start + np.round(np.arange(len(seen.pictures)) * fps / seen.rate).astype(np.intp)
    bounds = [0, *cuts, len(seen.pictures)]
    scenes = [attention(seen.pictures[start:end]) for start, end in pairwise(bounds)]
    return Watched(
        ratio=seen.ratio, frames=frames, rate=seen.rate, lively=max(one.lively for one in scenes),
        scenes=[one.maps for one in scenes], cuts=list(exactly),
    )  # fmt: skip


def follow(watched: Watched, ratio: float) -> list[Focus]:
    """Keys for a window of a shape (width by height); none where the picture has it."""
    axis: Axis = "x" if watched.ratio > ratio else "y"
    window = min(ratio / watched.ratio, watched.ratio / ratio)
    if window > 1 - SAME_SHAPE:
        return []
    keys: list[Focus] = []
    first = 0
    for number, maps in enumerate(watched.scenes):
        frames = watched.frames[first : first + len(maps)].copy()
        first += len(maps)
        if number:
            frames[0] = watched.cuts[number - 1]
        path = best_path(_profiles(maps, axis), window=window, rate=watched.rate)
        told = _told(frames, path, axis, apart=APART_S * watched.rate)
        if number:
            keys.append(_held(keys[-1], int(frames[0]) - 1))
        keys += told
    return _cleared(keys)[:MOST_FOCUS]


def _profiles(maps: Maps, axis: Axis) -> NDArray[np.float64]:
    """What draws the eye along one direction, a little evened out over time."""
    profiles = maps.sum(axis=1 if axis == "x" else 2).astype(np.float64)
    if axis == "y":
        total = np.maximum(profiles.sum(axis=1, keepdims=True), 1e-9)
        below = np.cumsum(profiles, axis=1) / total
        profiles = profiles * (1 + _UPPER * (1 - 2 * below))
        up = max(1, round(_HAIR * profiles.shape[1]))
        profiles = (profiles + np.pad(profiles[:, up:], ((0, 0), (0, up)))) / 2
    padded = np.pad(profiles, ((1, 1), (0, 0)), mode="edge")
    return sum(part * padded[n : n + len(profiles)] for n, part in enumerate(_SMOOTH))  # type: ignore[return-value]  # three of them


def _told(frames: NDArray[np.intp], path: NDArray[np.float64], axis: Axis, *, apart: float) -> list[Focus]:
    """The fewest pictures through which the window's own curve comes near the path everywhere."""
    if np.ptp(path) <= TOLERANCE:
        return [_key(frames[0], float(np.median(path)), axis)]
    chosen = [0, len(path) - 1]
    while True:
        keys = [_key(frames[at], path[at], axis) for at in chosen]
        along = np.array([place(keys, int(frame))[axis == "y"] for frame in frames])
        off = np.abs(along - path)
        for at in chosen:
            off[max(0, round(at - apart) + 1) : round(at + apart)] = 0
        if off.max() <= TOLERANCE:
            return keys
        chosen = sorted([*chosen, int(off.argmax())])


def _key(frame: int | np.intp, value: float, axis: Axis) -> Focus:
    rounded = round(float(np.clip(value, 0, 1)), 4)
    return Focus(at=int(frame), x=rounded) if axis == "x" else Focus(at=int(frame), y=rounded)


def _held(key: Focus, frame: int) -> Focus:
    return key.model_copy(update={"at": max(key.at, frame)})


def _cleared(keys: Sequence[Focus]) -> list[Focus]:
    """Each frame once, in order; what a neighbour says already is left out."""
    once = {key.at: key for key in keys}
    ordered = [once[at] for at in sorted(once)]
    same = {(key.x, key.y) for key in ordered}
    return ordered[:1] if len(same) == 1 else ordered
