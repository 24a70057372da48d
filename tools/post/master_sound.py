"""The sound of a film: mixed, brought to its loudness, encoded, and measured again behind the coder."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from state.timeline import Timeline
from tools.ending import to_its_end
from tools.ffmpeg.command import run_ffmpeg
from tools.post.encode import MASTER_SOUND, SoundEncoding
from tools.post.loudness import RATE_HZ, Samples
from tools.post.measure import (
    LUFS_TARGET,
    PEAK_CEILING_DBTP,
    SILENT_LUFS,
    Loudness,
    measure_loudness,
)
from tools.post.mix import mix_down, plan_sound, samples_at
from tools.post.sources import Source

_TRIES = 8
_LUFS_NEAR = 0.2
_MAX_GAIN_DB = 40.0
"""More would lift a nearly silent track to noise."""
_RAW = ("-f", "f32le", "-ar", str(RATE_HZ), "-ch_layout", "stereo")
_INPUTS_AT_ONCE = 24


async def render_sound(
    timeline: Timeline,
    sources: Mapping[str, Source],
    folder: Path,
    *,
    lufs: float = LUFS_TARGET,
    encoding: SoundEncoding = MASTER_SOUND,
) -> Path:
    """Mix all sound into a file in `folder`, at `lufs` and what the cut asks for on top of that."""
    raw = folder / "mix.f32"
    media = await decode_sounds(sources, folder)
    # A thread goes on when nobody waits for it, and would write into a folder that is being tidied up.
    await to_its_end(asyncio.to_thread(_mix, timeline, media, raw))
    heard = await measure_loudness(raw, *_RAW, peaks=False)
    target, into = lufs + timeline.gain_db, folder / encoding.name
    gain_db = min(target - heard.integrated_lufs, _MAX_GAIN_DB)
    if heard.integrated_lufs <= SILENT_LUFS:
        gain_db = 0.0
    await _encode(timeline, raw, into, _Aim(lufs=target, gain_db=gain_db), encoding)
    return into


async def decode_sounds(sources: Mapping[str, Source], folder: Path) -> dict[str, Samples]:
    """Every sound as 48 kHz stereo samples, mapped from disk so that long ones cost no memory."""
    media: dict[str, Samples] = {}
    keys = list(sources)
    for first in range(0, len(keys), _INPUTS_AT_ONCE):
        some = keys[first : first + _INPUTS_AT_ONCE]
        inputs = [part for key in some for part in sources[key].arguments()]
        outputs: list[str | Path] = []
        for number in range(len(some)):
            outputs += ["-map", f"{number}:a:0", "-ar", str(RATE_HZ), "-ac", "2", "-f", "f32le"]
            outputs.append(folder / f"sound{first + number}.f32")
        await run_ffmpeg([*inputs, *outputs])
        for number, key in enumerate(some, start=first):
            media[key] = _mapped(folder / f"sound{number}.f32")
    return media


def _mapped(path: Path) -> Samples:
    count = path.stat().st_size // 8
    return np.memmap(path, np.float32, "r", shape=(count, 2)) if count else np.zeros((0, 2), np.float32)


def _mix(timeline: Timeline, media: Mapping[str, Samples], raw: Path) -> None:
    shape = (samples_at(timeline.length, timeline.fps), 2)
    out = np.memmap(raw, np.float32, "w+", shape=shape)
    mix_down(plan_sound(timeline), media, out)
    out.flush()


@dataclass(frozen=True, kw_only=True)
class _Aim:
    """Where the sound is to come, and what is tried first."""

    lufs: float
    gain_db: float


async def _encode(timeline: Timeline, raw: Path, into: Path, aim: _Aim, encoding: SoundEncoding) -> None:
    """Gain and limiter, then measure what the coder made of it and correct that.

    Sound that cannot be brought there, such as single clicks in silence, is left as near
    as it came: the quality report is what blocks a delivery.
    """
    ceiling_db, gain_db = PEAK_CEILING_DBTP - 0.5, aim.gain_db
    tried: list[tuple[float, float]] = []
    for _ in range(_TRIES):
        graph = _levels(timeline, gain_db=gain_db, ceiling_db=ceiling_db)
        await run_ffmpeg([*_RAW, "-i", raw, "-af", graph, *encoding.arguments(), into])
        heard = await measure_loudness(into)
        if _good(heard, gain_db, aim.lufs):
            return
        tried.append((gain_db, heard.integrated_lufs))
        gain_db = _next_gain(tried, aim.lufs)
        if heard.true_peak_dbtp > PEAK_CEILING_DBTP:
            ceiling_db -= heard.true_peak_dbtp - PEAK_CEILING_DBTP + 0.1


def _next_gain(tried: Sequence[tuple[float, float]], target: float) -> float:
    """The gain to try next, from what each gain gave.

    A limiter that works hard gives back only part of what is added, so the answer is
    first caught between two tries and then interpolated.
    """
    gain_db, lufs = tried[-1]
    if abs(target - lufs) <= _LUFS_NEAR:
        return gain_db
    low = max((pair for pair in tried if pair[1] < target), default=None)
    high = min((pair for pair in tried if pair[1] >= target), default=None)
    if low and high and low[0] < high[0]:
        share = (target - low[1]) / (high[1] - low[1])
        return low[0] + (high[0] - low[0]) * share
    eager = 1.0 if len(tried) == 1 else 2.0
    return min(gain_db + (target - lufs) * eager, _MAX_GAIN_DB)


def _good(heard: Loudness, gain_db: float, target: float) -> bool:
    near = abs(heard.integrated_lufs - target) <= _LUFS_NEAR
    quiet = heard.integrated_lufs <= SILENT_LUFS or gain_db >= _MAX_GAIN_DB
    return (near or quiet) and heard.true_peak_dbtp <= PEAK_CEILING_DBTP


def _levels(timeline: Timeline, *, gain_db: float, ceiling_db: float) -> str:
    # Limiting at four times the rate catches the peaks between the samples.
    limit = f"alimiter=limit={10 ** (ceiling_db / 20):.6f}:attack=4:release=80:level=0:latency=1"
    length = samples_at(timeline.length, timeline.fps)
    return (
        f"volume={gain_db:.3f}dB,aresample={RATE_HZ * 4},{limit},aresample={RATE_HZ},"
        f"apad=whole_len={length},atrim=end_sample={length}"
    )
