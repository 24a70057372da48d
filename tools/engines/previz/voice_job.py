"""One line on its way to the voice's process."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class VoiceJob:
    """Everything is resolved; the process looks nothing up."""

    shown: list[str]
    said: list[str]
    accent: str
    mix: dict[str, float]
    speed: float
    pitch: float
    gain_db: float
    into: str
    """The WAV file to write."""
