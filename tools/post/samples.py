"""The samples of any sound file, mapped: a long sound costs disk for a moment, not memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from state.errors import MediaError
from tools.ffmpeg.command import run_ffmpeg
from tools.ffmpeg.probe import probe
from tools.post.beats import RATE_HZ, Rhythm, find_rhythm
from tools.post.sources import open_sound
from tools.work_folder import work_folder

LONGEST_S = 3600
"""Nothing after the first hour is looked at: a bomb must not fill the disk."""
FASTEST_HZ = 48_000
_TIMEOUT_S = 120.0


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Decoded samples, 16 bit, shape (n, channels); readable for as long as their folder is there."""

    samples: NDArray[np.int16]
    rate_hz: int

    @property
    def duration_s(self) -> float:
        """Their length in seconds."""
        return len(self.samples) / self.rate_hz


@asynccontextmanager
async def decoded(path: Path, *, rate_hz: int | None = None, mono: bool = False) -> AsyncIterator[Heard]:
    """The sound of a local file, at its own rate up to 48 kHz unless told, in one channel or two.

    Raises:
        MediaError: it has no sound.
        MediaMissing: no such file.
        FfmpegFailed: of no kind that can be cut, or damaged.
        WorkFolderFull: no room for its samples.
    """
    source = await open_sound(path)
    facts = await probe(path, demuxer=source.demuxer)
    if not facts.audio_rate_hz:
        raise MediaError("This file has no sound.", user_action="Choose a sound, or a clip with sound.")
    rate = rate_hz or min(facts.audio_rate_hz, FASTEST_HZ)
    channels = 1 if mono or facts.audio_channels == 1 else 2
    form = ["-map", "0:a:0", "-t", str(LONGEST_S), "-ar", str(rate), "-ac", str(channels), "-f", "s16le"]
    async with work_folder("sound") as folder:
        raw = folder / "samples.s16"
        await run_ffmpeg([*source.arguments(), *form, raw], timeout_s=_TIMEOUT_S)
        yield Heard(samples=await asyncio.to_thread(_mapped, raw, channels), rate_hz=rate)


async def rhythm_of(path: Path) -> Rhythm:
    """Onsets, tempo and beats of a file; errors as `decoded`."""
    async with decoded(path, rate_hz=RATE_HZ, mono=True) as heard:
        return await asyncio.to_thread(find_rhythm, heard.samples[:, 0], heard.rate_hz)


def _mapped(path: Path, channels: int) -> NDArray[np.int16]:
    count = path.stat().st_size // (2 * channels)
    if not count:
        return np.zeros((0, channels), np.int16)
    return np.memmap(path, "<i2", "r", shape=(count, channels))
