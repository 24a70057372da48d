"""Notes, scales and chords, and the styles they are chosen by."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

STYLES = Path(__file__).with_name("music.toml")
Timbre = Literal[
    "piano", "strings", "tremolo", "pad", "bass", "pizzicato", "bell", "spiccato",
    "boom", "drum", "shaker", "tick", "riser", "cymbal", "flute", "horn",
]  # fmt: skip


class Mood(BaseModel, frozen=True):
    """Key, chords and leading instruments of a mood."""

    mode: str
    shadow: str
    """The mode after the story has turned."""
    key_steps: int
    """Where its key lies from the home key of the series, in semitones."""
    progressions: list[list[int]]
    lead: Timbre
    second: Timbre
    tempo: float = 1.0
    """Its pace as a share of the episode's."""
    register_steps: int = 0
    """How far the melody moves, in steps of the scale."""
    hold: float = 1.04
    """How long a note of the melody lasts as a share of its beats: short is light, long is broad."""
    sparse: bool = False
    """Only the strong notes of the theme are played."""
    fullest: int = 3
    """The highest intensity it may reach."""
    name: str = ""


class Genre(BaseModel, frozen=True):
    """From which intensity each layer of a genre plays."""

    arpeggio_from: int
    ostinato_from: int
    stride_from: int
    pulse_from: int
    shaker_from: int
    arpeggio: Timbre


class Styles(BaseModel, frozen=True):
    """The whole table."""

    modes: dict[str, list[int]]
    moods: dict[str, Mood]
    genres: dict[str, Genre]


class Key(BaseModel, frozen=True):
    """A tonic (MIDI number) and a scale."""

    tonic: int
    scale: tuple[int, ...]

    @property
    def is_minor(self) -> bool:
        """A minor third above the tonic."""
        return self.scale[2] == 3

    def pitch(self, degree: int, *, chord: int = 1) -> int:
        """MIDI number of a scale step, 0 being the tonic. Over the dominant a minor key leads up."""
        octave, step = divmod(degree, 7)
        leading = 1 if step == 6 and chord == 5 and self.scale[6] == 10 else 0
        return self.tonic + self.scale[step] + 12 * octave + leading

    def chord(self, root: int) -> list[int]:
        """The triad on a degree (1 to 7), from its root upwards."""
        return [self.pitch(root - 1 + step, chord=root) for step in (0, 2, 4)]


@lru_cache(maxsize=1)
def styles() -> Styles:
    """The table of moods and genres."""
    table = tomllib.loads(STYLES.read_text("utf-8"))
    for name, mood in table["moods"].items():
        mood["name"] = name
    return Styles.model_validate(table)


def mood_of(words: str) -> Mood:
    """The first known mood named in the words; warm when none is."""
    known = styles().moods
    return next((known[word] for word in _words(words) if word in known), known["warm"])


def genre_of(words: str) -> Genre:
    """The first known genre named in the words; drama when none is."""
    known = styles().genres
    return next((known[word] for word in _words(words) if word in known), known["drama"])


def voiced(chord: list[int], *, near: list[int], low: int = 50, high: int = 74) -> list[int]:
    """Four notes of a chord that move least from the chord before: smooth as singers would."""
    pool = sorted({tone % 12 + 12 * octave for tone in chord for octave in range(3, 8)})
    pool = [tone for tone in pool if low <= tone <= high]
    choices = [pool[first : first + 4] for first in range(len(pool) - 3)]
    return min(choices, key=lambda choice: _distance(choice, near))


def _distance(choice: list[int], near: list[int]) -> float:
    target = near or [55, 60, 64, 67]
    return sum(abs(a - b) for a, b in zip(choice, target, strict=True))


def _words(text: str) -> list[str]:
    return text.casefold().replace(",", " ").replace("_", " ").split()
