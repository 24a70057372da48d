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
    span: float = 1.0
    """How far its melody goes up and down, as a share of the model's own."""
    rise: float = 0.0
    """By how much its end goes up: a question."""
    breath: float = 0.0
    edge: float = 0.0
    seed: int = 0
    into: str
    """The WAV file to write."""
