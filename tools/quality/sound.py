"""The sound, decoded once: its samples lie in a file meanwhile, its loudness is measured by ffmpeg.

ffmpeg's meter is not the one that the mix was made with: an independent check.
"""

import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.ffmpeg.command import local_input, run_ffmpeg

RATE_HZ = 48_000
BLOCK = RATE_HZ // 100
"""Ten milliseconds: what silence, stereo and offset are judged by."""
_CHUNK = BLOCK * 100 * 30
Samples = NDArray[np.float32]


@dataclass(kw_only=True)
class Metered:
    """What the meter says."""

    integrated_lufs: float = -70.0
    range_lu: float = 0.0
    peak_dbtp: float = -120.0
    momentary_lufs: list[float] = field(default_factory=list)
    """One for each tenth of a second."""


@dataclass(kw_only=True)
class SoundTrace:
    """The samples and what each ten milliseconds of them come to."""

    metered: Metered
    samples: Samples
    """Samples by channels at 48 kHz; mapped from the disk."""
    peaks: NDArray[np.float32]
    """Blocks by channels."""
    squares: NDArray[np.float64]
    """Mean squares, blocks by channels."""
    means: NDArray[np.float64]
    products: NDArray[np.float64]
    """Mean of left times right per block; of mono its square."""

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / RATE_HZ


async def listen(path: Path, demuxer: str, channels: int, work: Path) -> SoundTrace:
    """Decode and meter it; `work` holds the samples as long as the trace is read.

    Raises:
        FfmpegFailed, WorkFolderFull: it cannot be decoded, or there is no room.
    """
    raw, metered = work / "heard.f32", Metered()
    meter = "ebur128=peak=true:metadata=1:framelog=quiet,ametadata=mode=print:file=-"
    await run_ffmpeg(
        [
            *local_input(path, "-f", demuxer),
            "-map", "0:a:0", "-af", meter, "-f", "null", "-",
            "-map", "0:a:0", "-ar", str(RATE_HZ), "-f", "f32le", raw,
        ],
        on_line=_Reader(metered).line,
    )  # fmt: skip
    return trace_of(_mapped(raw, channels), metered)


class _Reader:
    """Reads what the meter prints: `key=value`, one line each."""

    def __init__(self, metered: Metered) -> None:
        self.metered = metered

    def line(self, line: str) -> None:
        key, _, value = line.partition("=")
        if key == "lavfi.r128.M":
            self.metered.momentary_lufs.append(max(-70.0, _number(value)))
        elif key == "lavfi.r128.I":
            self.metered.integrated_lufs = max(-70.0, _number(value))
        elif key == "lavfi.r128.LRA":
            self.metered.range_lu = _number(value)
        elif key.startswith("lavfi.r128.true_peaks_ch") and (peak := _number(value)) > 0:
            self.metered.peak_dbtp = max(self.metered.peak_dbtp, 20 * math.log10(peak))


def _number(text: str) -> float:
    """A figure; the meter says `nan` and `-inf` of silence."""
    value = float(text)
    return value if math.isfinite(value) else -70.0


def _mapped(path: Path, channels: int) -> Samples:
    count = path.stat().st_size // 4 // channels
    if not count:
        return np.zeros((0, channels), np.float32)
    return np.memmap(path, np.float32, "r", shape=(count, channels))


def trace_of(samples: Samples, metered: Metered) -> SoundTrace:
    """The figures of every block; a last one that is not whole is left out."""
    parts = [_figures(samples[at : at + _CHUNK]) for at in range(0, len(samples), _CHUNK)]
    peaks, squares, means, products = (np.concatenate(each) for each in zip(*parts, strict=True)) if (
        parts
    ) else (np.zeros((0, 2), np.float32), np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0))  # fmt: skip
    return SoundTrace(
        metered=metered, samples=samples, peaks=peaks, squares=squares, means=means, products=products
    )


def _figures(chunk: Samples) -> tuple[NDArray[np.float32], ...]:
    whole = len(chunk) // BLOCK * BLOCK
    blocks = np.asarray(chunk[:whole]).reshape(-1, BLOCK, chunk.shape[1])
    left, right = blocks[..., 0], blocks[..., min(1, chunk.shape[1] - 1)]
    return (
        np.abs(blocks).max(axis=1),
        np.square(blocks).mean(axis=1, dtype=np.float64),
        blocks.mean(axis=1, dtype=np.float64),
        (left * right).mean(axis=1, dtype=np.float64),
    )


def db(value: float) -> float:
    """An amplitude in dB of full scale; -120 for nothing."""
    return 20 * math.log10(value) if value > 1e-6 else -120.0
