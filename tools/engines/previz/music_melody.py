"""The theme of a series, and how a scene's mood sings it.

The theme is rhythm and shape in steps of the scale, drawn from a seed that all episodes of
a series share. A mood changes its key, mode, pace, register, length of notes and
instrument; the shape stays, so that it is known again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tools.engines.previz.music_grid import Bar, Grid
from tools.engines.previz.music_notes import Harmony, Note
from tools.engines.previz.music_theory import Timbre

Rhythm = tuple[tuple[float, float], ...]
"""(beat, length in beats) of each note of a bar."""
OPENINGS: tuple[Rhythm, ...] = (
    ((0, 1.5), (1.5, 0.5), (2, 2)),
    ((0, 1), (1, 1), (2, 2)),
    ((0.5, 0.5), (1, 1), (2, 1.5), (3.5, 0.5)),
    ((0, 2), (2, 1), (3, 1)),
    ((0, 1), (1, 0.5), (1.5, 0.5), (2, 2)),
)
ANSWERS: tuple[Rhythm, ...] = (
    ((0, 3),),
    ((0, 2), (2, 2)),
    ((0, 2.5), (3, 1)),
    ((0, 1), (1, 3)),
)
STEPS = (-2, -1, -1, 1, 1, 2, 3)
LEAP_HOME = 9
"""The scale step around which the theme moves: a third above the upper tonic."""


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A motif: the rhythm and the shape of two bars. All melody grows from it."""

    opening: Rhythm
    answer: Rhythm
    shape: tuple[int, ...]


def theme_of(draw: np.random.Generator) -> Theme:
    """The theme that a seed's first draws give."""
    opening = OPENINGS[int(draw.integers(len(OPENINGS)))]
    answer = ANSWERS[int(draw.integers(len(ANSWERS)))]
    steps = draw.choice(STEPS, size=len(opening) + len(answer) - 1)
    shape = (0, *np.clip(np.cumsum(steps), -4, 4).tolist())
    return Theme(opening=opening, answer=answer, shape=tuple(int(step) for step in shape))


def melody(grid: Grid, bars: Sequence[Harmony], *, theme: Theme, draw: np.random.Generator) -> Iterator[Note]:
    """The theme in phrases of four bars: opening, answer, opening moved, a long breath."""
    for bar, harmony in zip(grid.bars, bars, strict=True):
        place = bar.index % 4
        opening = place in (0, 2)
        rhythm = theme.opening if opening else theme.answer
        first = 0 if opening else len(theme.opening)
        # Upside down in the second half of a part that follows a turn.
        turned = -1 if bar.span % 2 and bar.index >= 4 else 1
        shift = (
            LEAP_HOME
            + harmony.mood.register_steps
            + (1 if place == 2 else 0)
            - (3 if harmony.level == 0 else 0)
        )
        degrees = [shift + turned * theme.shape[first + at] for at in range(len(rhythm))]
        yield from _phrase(bar, harmony, rhythm=rhythm, degrees=degrees, draw=draw)


def _phrase(
    bar: Bar, harmony: Harmony, *, rhythm: Rhythm, degrees: list[int], draw: np.random.Generator
) -> Iterator[Note]:
    mood = harmony.mood
    for (beat, length), degree in zip(rhythm, degrees, strict=True):
        if beat >= len(bar.beats_s):
            return
        strong = beat % 2 == 0 or length >= 1.5
        if mood.sparse and not strong:
            continue
        pitch = _sung(harmony, degree, strong=strong)
        length_s = min(length, len(bar.beats_s) - beat) * bar.beat_s * mood.hold
        start = bar.start_s + beat * bar.beat_s + float(draw.uniform(0, 0.012))
        strength = float((0.44 if strong else 0.36) * draw.uniform(0.92, 1.05)) * (0.9 + 0.08 * harmony.level)
        yield lead(mood.lead, start, length_s=length_s, pitch=pitch, strength=strength)
        if harmony.level == 3:
            yield lead(mood.second, start, length_s=length_s, pitch=pitch - 12, strength=strength * 0.5)


def lead(timbre: Timbre, start_s: float, *, length_s: float, pitch: int, strength: float) -> Note:
    """One note of a leading instrument, as strong as it has to be to lead."""
    weight = {
        "strings": 0.8,
        "tremolo": 0.6,
        "bell": 0.6,
        "pizzicato": 1.25,
        "flute": 0.95,
        "horn": 0.85,
    }.get(timbre, 1.15)
    return Note(
        timbre=timbre, start_s=start_s, length_s=length_s, pitch=pitch, strength=strength * weight,
        pan=0.12,
    )  # fmt: skip


def _sung(harmony: Harmony, degree: int, *, strong: bool) -> int:
    """The scale's tone, or on a strong beat the nearest tone of the chord."""
    pitch = harmony.key.pitch(degree, chord=harmony.root)
    while pitch > 84:
        pitch -= 12
    if not strong:
        return pitch
    tones = [tone % 12 + 12 * octave for tone in harmony.tones for octave in range(3, 9)]
    return min(tones, key=lambda tone: (abs(tone - pitch), tone))
