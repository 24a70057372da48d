"""The sounds that the stand-ins make: a small tune, encoded once per process for each length and form."""

import io
import wave
from fractions import Fraction
from functools import lru_cache

import av
import numpy as np
from numpy.typing import NDArray

NOTES_HZ = (262, 330, 392, 330)
CODECS = {"mp3": ("mp3", "mp3"), "m4a": ("ipod", "aac")}


@lru_cache(maxsize=64)
def tune(format: str, seconds: float, rate_hz: int, bitrate: int, *, silent: bool = False) -> bytes:
    """A `wav`, `mp3` or `m4a` of this length, in stereo; silent: every sample is nought."""
    samples = _samples(seconds, rate_hz) * (0 if silent else 1)
    return _wav(samples, rate_hz) if format == "wav" else _coded(samples, format, rate_hz, bitrate)


def _samples(seconds: float, rate_hz: int) -> NDArray[np.int16]:
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    notes = np.array(NOTES_HZ)[(at * 2).astype(int) % len(NOTES_HZ)]
    wave_form = 0.3 * np.sin(2 * np.pi * notes * at) * (1 - (at * 2) % 1 * 0.7)
    return np.repeat((wave_form * 32767).astype(np.int16)[:, None], 2, axis=1)


def _wav(samples: NDArray[np.int16], rate_hz: int) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def _coded(samples: NDArray[np.int16], format: str, rate_hz: int, bitrate: int) -> bytes:
    container_name, codec = CODECS[format]
    out = io.BytesIO()
    with av.open(out, "w", format=container_name) as container:
        stream = container.add_stream(codec, rate=rate_hz, layout="stereo")
        stream.bit_rate = bitrate
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = rate_hz, 0, Fraction(1, rate_hz)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()
