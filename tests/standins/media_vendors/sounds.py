"""Speech that is a tone: as long as its words would take, a beat for each, a voice known by its height."""

import io
import wave
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import av
import numpy as np

RATE = 24000
WORD_S, LEAST_S = 0.4, 0.5
"""150 words a minute."""
CONTAINERS = {"mp3": ("mp3", "libmp3lame"), "opus": ("ogg", "libopus"), "aac": ("adts", "aac"),
              "flac": ("flac", "flac")}  # fmt: skip
Line = tuple[str, str]
"""A voice and what it says."""


def tone_hz(voice: str, voices: Sequence[str]) -> float:
    """Each voice of a vendor has a tone of its own, 12 Hz from the next."""
    return 180.0 + 12 * list(voices).index(voice)


def seconds_of(text: str, speed: float = 1.0) -> float:
    """How long the words take."""
    return max(LEAST_S, len(text.split()) * WORD_S) / speed


def spoken(lines: Sequence[Line], voices: Sequence[str], *, speed: float = 1.0, loud: float = 0.3) -> bytes:
    """16-bit mono at 24 kHz, little-endian; silence with `loud` 0."""
    parts = [_said(seconds_of(text, speed), tone_hz(voice, voices), speed, loud) for voice, text in lines]
    samples: bytes = (np.concatenate(parts) * 32767).astype("<i2").tobytes()
    return samples


def _said(seconds: float, hertz: float, speed: float, loud: float) -> np.ndarray[Any, Any]:
    time = np.arange(round(seconds * RATE)) / RATE
    beat = 0.55 + 0.45 * np.cos(2 * np.pi * time * speed / WORD_S)
    return loud * beat * np.sin(2 * np.pi * hertz * time)


def as_wav(pcm: bytes, *, endless: bool = False) -> bytes:
    """With a heading; an endless one says of its length what can only be known later."""
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(RATE)
        made.writeframes(pcm)
    whole = out.getvalue()
    unknown = b"\xff\xff\xff\xff"
    return whole[:4] + unknown + whole[8:40] + unknown + whole[44:] if endless else whole


@lru_cache(maxsize=32)
def encoded(pcm: bytes, kind: str) -> bytes:
    """In the container and codec of this name."""
    container, codec = CONTAINERS[kind]
    rate = 48000 if kind == "opus" else RATE
    samples = np.frombuffer(pcm, dtype="<i2")
    out = io.BytesIO()
    with av.open(out, "w", format=container) as made:
        stream = made.add_stream(codec, rate=rate, layout="mono")
        turned = av.AudioResampler(
            format=stream.format.name, layout="mono", rate=rate, frame_size=stream.frame_size or 1024
        )
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        for part in [*turned.resample(frame), *turned.resample(None)]:
            made.mux(stream.encode(part))
        made.mux(stream.encode(None))
    return out.getvalue()
