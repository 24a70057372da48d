"""Requests for sound, and reading what came of them."""

import wave
from pathlib import Path

import numpy as np

from state.order import MusicRequest, VoiceRequest


def a_line(text: str = "I know you.", **changes: object) -> VoiceRequest:
    """One spoken line."""
    plain = {
        "provider": "previz", "model": "kokoro-82m", "text": text, "language": "en", "voice_id": "en-hazel",
    }  # fmt: skip
    return VoiceRequest.model_validate(plain | changes)


def some_music(**changes: object) -> MusicRequest:
    """Twelve seconds of tension."""
    plain = {
        "provider": "previz", "model": "orchestra", "prompt": "", "mood": "tense", "genre": "thriller",
        "duration_s": 12.0, "seed": 5,
    }  # fmt: skip
    return MusicRequest.model_validate(plain | changes)


def heard(path: Path) -> tuple[np.ndarray, int]:
    """Samples, one column per channel, and their rate."""
    with wave.open(str(path)) as source:
        samples = np.frombuffer(source.readframes(source.getnframes()), dtype="<i2")
        return samples.reshape(-1, source.getnchannels()) / 32768, source.getframerate()


def strength_db(samples: np.ndarray) -> float:
    """Root mean square in dBFS."""
    return float(20 * np.log10(np.sqrt(np.mean(samples**2)) + 1e-9))
