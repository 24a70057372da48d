"""What a score is made of."""

from dataclasses import dataclass

from tools.engines.previz.music_grid import Grid
from tools.engines.previz.music_theory import Key, Mood, Timbre


@dataclass(frozen=True, kw_only=True)
class Note:
    """One note of one instrument."""

    timbre: Timbre
    start_s: float
    length_s: float
    pitch: int
    strength: float
    pan: float = 0.0
    """From -1, left, to 1, right."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """What the orchestra plays, and the grid it follows."""

    notes: list[Note]
    grid: Grid


@dataclass(frozen=True, kw_only=True)
class Harmony:
    """What one bar stands on."""

    key: Key
    root: int
    """Degree of its chord, 1 to 7."""
    mood: Mood
    voicing: list[int]
    level: int
    """Intensity, 0 to 3."""

    @property
    def tones(self) -> list[int]:
        """The triad from the root upwards."""
        return self.key.chord(self.root)


def low_tone(pitch: int) -> int:
    """The same tone between E2 and D#3: low, yet heard on a telephone."""
    return (pitch - 40) % 12 + 40
