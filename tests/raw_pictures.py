"""Pictures of known content through a filter graph and back, without any codec between."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.ffmpeg.command import run_ffmpeg

Frames = NDArray[np.uint8]
"""Frames by rows by columns of yuv420p: luma above, the two colours below. Heights are multiples of four."""


def a_picture(
    count: int, size: tuple[int, int], *, seed: int, low: int = 30, high: int = 220, moving: bool = True
) -> Frames:
    """Soft blotches of light and colour that drift, so that no two frames are alike."""
    width, height = size
    rng = np.random.default_rng(seed)
    waves = rng.uniform(-4, 4, (5, 2))
    phases, drifts = rng.uniform(0, 6.28, (3, 5)), rng.uniform(-0.1, 0.1, 5) * moving
    y, x = np.mgrid[0:height, 0:width] / height
    frames = np.empty((count, height * 3 // 2, width), np.uint8)
    for number in range(count):
        planes = [
            sum(
                np.sin(6.28 * (a * x + b * y) + p + d * number)
                for (a, b), p, d in zip(waves, each, drifts, strict=True)
            )
            for each in phases
        ]
        frames[number] = _packed(planes, low, high)
    return frames


def _packed(planes: list[NDArray[np.float64]], low: int, high: int) -> Frames:
    luma = low + (high - low) * (0.5 + planes[0] / 10)
    colours = [(128 + 12 * plane)[::2, ::2].reshape(-1, luma.shape[1]) for plane in planes[1:]]
    return np.clip(np.concatenate([luma, *colours]), 16, 235).astype(np.uint8)


def flat(count: int, size: tuple[int, int], luma: int, *, u: int = 128, v: int = 128) -> Frames:
    """Frames of one colour."""
    width, height = size
    frame = np.full((height * 3 // 2, width), luma, np.uint8)
    frame[height : height + height // 4] = u
    frame[height + height // 4 :] = v
    return np.repeat(frame[None], count, axis=0)


def lumas(frames: Frames) -> NDArray[np.float64]:
    """Only the luma, as numbers that can be subtracted."""
    return frames[:, : frames.shape[1] * 2 // 3].astype(float)


def difference(one: Frames, other: Frames) -> float:
    """Mean absolute difference of the luma, in code values."""
    return float(np.abs(lumas(one) - lumas(other)).mean())


async def run_graph(
    inputs: Sequence[Frames],
    chains: Sequence[str],
    folder: Path,
    *,
    fps: int,
    out: tuple[int, int] | None = None,
) -> Frames:
    """Frames into the pads `0:v`, `1:v` ..., and what `[out]` gives, in the first one's size unless told."""
    opening: list[str | Path] = []
    for number, frames in enumerate(inputs):
        file = folder / f"{number}.yuv"
        file.write_bytes(frames.tobytes())
        size = f"{frames.shape[2]}x{frames.shape[1] * 2 // 3}"
        opening += ["-f", "rawvideo", "-pixel_format", "yuv420p", "-video_size", size, "-framerate", str(fps)]
        opening += ["-protocol_whitelist", "file,pipe", "-i", file]
    (folder / "graph.txt").write_text(";\n".join(chains), "utf-8")
    made = folder / "out.yuv"
    await run_ffmpeg(
        [*opening, "-/filter_complex", "graph.txt", "-map", "[out]", "-fps_mode", "passthrough",
         "-pix_fmt", "yuv420p", "-f", "rawvideo", made],
        cwd=folder,
    )  # fmt: skip
    width, height = out or (inputs[0].shape[2], inputs[0].shape[1] * 2 // 3)
    return np.frombuffer(made.read_bytes(), np.uint8).reshape(-1, height * 3 // 2, width)


def ready(pad: str, name: str, fps: int) -> str:
    """A pad as the planners want it: tagged, and counted in frames."""
    tags = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
    return f"[{pad}]{tags},settb=1/{fps},setpts=N[{name}]"
