"""Voices that were cut off before they were mixed: under music nothing of the master shows it any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from state.errors import PostError
from tools.ffmpeg.probe import opened
from tools.quality.clipping import flat_tops
from tools.quality.limits import SoundLimits, limits
from tools.quality.report import Finding

Wave = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class VoiceUsed:
    """The part of a voice's file that is heard, and when in the film. Seconds."""

    name: str
    path: Path
    demuxer: str
    source_s: float
    length_s: float
    at_s: float


def find_clipped(voices: Iterable[VoiceUsed]) -> list[Finding]:
    """One finding for each voice with too many flat tops in a second; blocking.

    Raises:
        PostError: a voice cannot be decoded.
    """
    rules = limits().sound
    found = [(voice, _worst(voice, rules)) for voice in voices]
    return [
        Finding(
            check="clipping", light="RED" if worst >= rules.flats_red_per_s else "YELLOW",
            message=f"the voice {voice.name} came clipped: {worst} wave tops in one second are cut off",
            start_s=voice.at_s, end_s=voice.at_s + voice.length_s,
        )
        for voice, worst in found
        if worst >= rules.flats_per_s
    ]  # fmt: skip


def _worst(voice: VoiceUsed, rules: SoundLimits) -> int:
    channels, rate_hz = _decoded(voice)
    first, last = (round(at * rate_hz) for at in (voice.source_s, voice.source_s + voice.length_s))
    return max(
        (
            flat_tops(np.ascontiguousarray(wave[start : min(start + rate_hz, last)]), rules)
            for wave in channels
            for start in range(first, min(last, len(wave)), rate_hz)
        ),
        default=0,
    )


def _decoded(voice: VoiceUsed) -> tuple[Wave, int]:
    """Channels by samples at the file's own rate: resampling would round what was cut off."""
    try:
        with opened(voice.path, voice.demuxer) as container:
            stream = container.streams.audio[0]
            parts = [_as_floats(frame) for frame in container.decode(stream)]
            return (np.concatenate(parts, axis=1) if parts else np.zeros((1, 0), np.float32)), stream.rate
    except (FFmpegError, IndexError) as exc:
        raise PostError(f"the voice {voice.name} cannot be decoded") from exc


def _as_floats(frame: av.AudioFrame) -> Wave:
    samples = frame.to_ndarray()
    if not frame.format.is_planar:
        samples = samples.reshape(-1, frame.layout.nb_channels).T
    if np.issubdtype(samples.dtype, np.floating):
        return samples.astype(np.float32)
    return (samples.astype(np.float32) - (128 if samples.dtype == np.uint8 else 0)) / _full_scale(samples)


def _full_scale(samples: NDArray[np.generic]) -> float:
    return float(2 ** (8 * samples.dtype.itemsize - 1))
