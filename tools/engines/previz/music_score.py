"""Composes the music of an episode: theme, harmony, layers, and what marks the picture.

Everything is drawn from one generator seeded by the request, so a request always gives
the same score.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from state.order import MusicHit, MusicRequest
from tools.engines.previz.music_grid import Bar, Grid, laid_out
from tools.engines.previz.music_theory import (
    Genre,
    Key,
    Mood,
    Timbre,
    genre_of,
    mood_of,
    styles,
    voiced,
)

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
    voicing: list[int]
    level: int
    """Intensity, 0 to 3."""

    @property
    def tones(self) -> list[int]:
        """The triad from the root upwards."""
        return self.key.chord(self.root)


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A motif: the rhythm and the shape of two bars. All melody grows from it."""

    opening: Rhythm
    answer: Rhythm
    shape: tuple[int, ...]


def composed(request: MusicRequest) -> Score:
    """The score of a request, laid out so that turns and the last chord fall where they are asked."""
    mood, genre = mood_of(request.mood), genre_of(request.genre)
    draw = np.random.default_rng(_seed(request))
    grid = laid_out(request.duration_s, request.tempo_bpm, hits=request.hits)
    bars = _harmonised(grid, mood, draw=draw)
    theme = _theme(draw)
    notes = [
        *_accompaniment(grid, bars, mood=mood, genre=genre),
        *_melody(grid, bars, mood=mood, theme=theme, draw=draw),
        *_marks(request.hits, grid, bars=bars),
        *_ending(grid, bars[-1], mood=mood),
    ]
    return Score(notes=[note for note in notes if note.start_s < grid.end_s - 0.05], grid=grid)


def _seed(request: MusicRequest) -> int:
    words = f"{request.seed}:{request.mood}:{request.genre}"
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big")


# ---- harmony


def _harmonised(grid: Grid, mood: Mood, *, draw: np.random.Generator) -> list[Harmony]:
    """One chord per bar; the bar before a turn or the ending leans on the dominant."""
    tonic = int(draw.choice(mood.tonics))
    progressions = [mood.progressions[at] for at in draw.permutation(len(mood.progressions))]
    bars: list[Harmony] = []
    near: list[int] = []
    spans = grid.bars[-1].span + 1
    for bar in grid.bars:
        key = _key(mood, tonic, span=bar.span)
        root = _root(bar, progressions)
        near = voiced(key.chord(root), near=near)
        level = _level(bar, last=bar.span == spans - 1, spans=spans)
        bars.append(Harmony(key=key, root=root, voicing=near, level=level))
    return bars


def _key(mood: Mood, tonic: int, *, span: int) -> Key:
    """After a turn the piece falls into the shadow mode; every further turn lifts it a minor third."""
    mode = mood.shadow if span else mood.mode
    lift = (0, 0, 3, -2, 1)[span % 5]
    return Key(tonic=tonic + lift, scale=tuple(styles().modes[mode]))


def _root(bar: Bar, progressions: list[list[int]]) -> int:
    progression = progressions[(bar.span + bar.index // 8) % len(progressions)]
    if bar.of > 1 and bar.index == bar.of - 1:
        return 5
    if bar.of > 3 and bar.index == bar.of - 2:
        return 4
    return progression[bar.index % len(progression)]


def _level(bar: Bar, *, last: bool, spans: int) -> int:
    """The arc: in from nothing, fullest before a turn, quiet after it, and home at the end."""
    place = bar.index / max(1, bar.of - 1)
    if bar.span == 0 and bar.index < min(2, bar.of // 3):
        return 0
    if last and bar.index >= bar.of - 2 and bar.of > 2:
        return 1
    rising = 1 + int(place > 0.35) + int(place > 0.7)
    return min(rising, 2 if spans == 1 and place < 0.5 else 3)


# ---- the layers under the melody


def _accompaniment(grid: Grid, bars: list[Harmony], *, mood: Mood, genre: Genre) -> Iterator[Note]:
    for bar, harmony in zip(grid.bars, bars, strict=True):
        yield from _bed(bar, harmony, mood=mood)
        yield from _bass_line(bar, harmony, genre=genre)
        if harmony.level >= genre.arpeggio_from:
            yield from _arpeggio(bar, harmony, timbre=genre.arpeggio)
        if harmony.level >= genre.ostinato_from:
            yield from _ostinato(bar, harmony)
        if harmony.level >= genre.stride_from:
            yield from _stride(bar, harmony)
        yield from _percussion(bar, harmony, genre=genre)


def _bed(bar: Bar, harmony: Harmony, *, mood: Mood) -> Iterator[Note]:
    """Held chords: a soft pad, and strings above it when it grows."""
    length_s = bar.end_s - bar.start_s + 0.25
    strength = (0.34, 0.32, 0.34, 0.38)[harmony.level]
    for place, pitch in enumerate(harmony.voicing):
        pan = (-0.6, -0.2, 0.2, 0.6)[place]
        yield Note(
            timbre="pad", start_s=bar.start_s, length_s=length_s, pitch=pitch, strength=strength, pan=pan
        )
    if harmony.level >= 2:
        timbre: Timbre = "tremolo" if mood.second == "tremolo" else "strings"
        strength = 0.16 if harmony.level == 2 else 0.24
        for pitch, pan in ((harmony.voicing[1] + 12, -0.5), (harmony.voicing[2] + 12, 0.45)):
            yield Note(
                timbre=timbre, start_s=bar.start_s, length_s=length_s, pitch=pitch, strength=strength, pan=pan
            )


def _bass_line(bar: Bar, harmony: Harmony, *, genre: Genre) -> Iterator[Note]:
    if harmony.level == 0 or genre.stride_from <= harmony.level:
        return
    pitch = _low(harmony.tones[0])
    length_s = bar.end_s - bar.start_s
    yield Note(timbre="bass", start_s=bar.start_s, length_s=length_s * 0.95, pitch=pitch, strength=0.42)
    if harmony.level == 3 and len(bar.beats_s) == 4:
        fifth = _low(harmony.tones[2])
        yield Note(
            timbre="bass", start_s=bar.beats_s[2], length_s=length_s * 0.45, pitch=fifth, strength=0.26
        )


def _arpeggio(bar: Bar, harmony: Harmony, *, timbre: Timbre) -> Iterator[Note]:
    """Broken chords in quavers, the first of each pair a little stronger."""
    order = (0, 2, 1, 3, 2, 1, 3, 2)
    half = bar.beat_s / 2
    for quaver in range(2 * len(bar.beats_s)):
        pitch = harmony.voicing[order[quaver % 8]]
        accent = 0.22 if quaver % 4 == 0 else 0.14 if quaver % 2 == 0 else 0.11
        start = bar.start_s + quaver * half + 0.006 * (quaver % 2)
        yield Note(timbre=timbre, start_s=start, length_s=half * 1.6, pitch=pitch, strength=accent, pan=-0.25)


def _ostinato(bar: Bar, harmony: Harmony) -> Iterator[Note]:
    """Short bows in quavers that will not let go."""
    root, _, fifth = harmony.tones
    figure = (root, root, fifth, root, root + 12, root, fifth, root)
    half = bar.beat_s / 2
    strength = (0, 0.2, 0.28, 0.34)[harmony.level]
    for quaver in range(2 * len(bar.beats_s)):
        accent = 1.0 if quaver % 4 == 0 else 0.66
        yield Note(
            timbre="spiccato", start_s=bar.start_s + quaver * half, length_s=half,
            pitch=_low(figure[quaver % 8]) + 12, strength=strength * accent, pan=0.3 - 0.6 * (quaver % 2),
        )  # fmt: skip


def _stride(bar: Bar, harmony: Harmony) -> Iterator[Note]:
    """Low, high, low, high: the walk of a comedy."""
    for beat, start in enumerate(bar.beats_s):
        if beat % 2 == 0:
            pitch = _low(harmony.tones[0 if beat == 0 else 2])
            yield Note(timbre="pizzicato", start_s=start, length_s=0.4, pitch=pitch + 12, strength=0.5)
            continue
        for pitch in harmony.voicing[1:]:
            yield Note(timbre="pizzicato", start_s=start, length_s=0.3, pitch=pitch, strength=0.2, pan=0.35)


def _percussion(bar: Bar, harmony: Harmony, *, genre: Genre) -> Iterator[Note]:
    half = bar.beat_s / 2
    if harmony.level >= genre.pulse_from:
        # A heartbeat: two soft strokes, then a wait.
        for start, strength in ((bar.start_s, 0.34), (bar.start_s + half, 0.2)):
            yield Note(timbre="drum", start_s=start, length_s=0.5, pitch=36, strength=strength)
    if harmony.level >= genre.shaker_from:
        for quaver in range(2 * len(bar.beats_s)):
            strength = 0.10 if quaver % 2 else 0.055
            start = bar.start_s + quaver * half
            yield Note(timbre="shaker", start_s=start, length_s=0.1, pitch=60, strength=strength, pan=0.4)
    if harmony.level >= genre.ostinato_from:
        for start in bar.beats_s[1::2]:
            yield Note(timbre="tick", start_s=start, length_s=0.1, pitch=90, strength=0.14, pan=-0.45)


def _low(pitch: int) -> int:
    """The same tone between E2 and D#3: low, yet heard on a telephone."""
    return (pitch - 40) % 12 + 40


# ---- melody


def _theme(draw: np.random.Generator) -> Theme:
    opening = OPENINGS[int(draw.integers(len(OPENINGS)))]
    answer = ANSWERS[int(draw.integers(len(ANSWERS)))]
    steps = draw.choice(STEPS, size=len(opening) + len(answer) - 1)
    shape = (0, *np.clip(np.cumsum(steps), -4, 4).tolist())
    return Theme(opening=opening, answer=answer, shape=tuple(int(step) for step in shape))


def _melody(
    grid: Grid, bars: list[Harmony], *, mood: Mood, theme: Theme, draw: np.random.Generator
) -> Iterator[Note]:
    """The theme in phrases of four bars: opening, answer, opening moved, a long breath."""
    for bar, harmony in zip(grid.bars, bars, strict=True):
        place = bar.index % 4
        if harmony.level == 0 and place % 2:
            continue
        opening = place in (0, 2)
        rhythm = theme.opening if opening else theme.answer
        first = 0 if opening else len(theme.opening)
        turned = -1 if bar.span % 2 and bar.index >= 4 else 1
        shift = LEAP_HOME + (1 if place == 2 else 0) - (3 if harmony.level == 0 else 0)
        degrees = [shift + turned * theme.shape[first + at] for at in range(len(rhythm))]
        yield from _phrase(bar, harmony, mood=mood, rhythm=rhythm, degrees=degrees, draw=draw)


def _phrase(
    bar: Bar, harmony: Harmony, *, mood: Mood, rhythm: Rhythm, degrees: list[int], draw: np.random.Generator
) -> Iterator[Note]:
    for (beat, length), degree in zip(rhythm, degrees, strict=True):
        if beat >= len(bar.beats_s):
            return
        strong = beat % 2 == 0 or length >= 1.5
        pitch = _sung(harmony, degree, strong=strong)
        length_s = min(length, len(bar.beats_s) - beat) * bar.beat_s
        start = bar.start_s + beat * bar.beat_s + float(draw.uniform(0, 0.012))
        strength = float((0.44 if strong else 0.36) * draw.uniform(0.92, 1.05)) * (0.9 + 0.08 * harmony.level)
        yield _lead(mood.lead, start, length_s=length_s, pitch=pitch, strength=strength)
        if harmony.level == 3:
            yield _lead(mood.second, start, length_s=length_s, pitch=pitch - 12, strength=strength * 0.5)


def _lead(timbre: Timbre, start_s: float, *, length_s: float, pitch: int, strength: float) -> Note:
    weight = {"strings": 0.8, "tremolo": 0.6, "bell": 0.6, "pizzicato": 1.25}.get(timbre, 1.15)
    return Note(
        timbre=timbre, start_s=start_s, length_s=length_s * 1.04, pitch=pitch, strength=strength * weight,
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


# ---- what marks the picture


def _marks(hits: list[MusicHit], grid: Grid, *, bars: list[Harmony]) -> Iterator[Note]:
    starts = [0.0, *sorted(hit.at_s for hit in hits)]
    for hit in hits:
        harmony = _at(hit.at_s, grid, bars=bars)
        if hit.kind == "turn":
            room = min(hit.at_s - before for before in starts if before < hit.at_s) if hit.at_s > 0 else 0
            yield from _riser(hit.at_s, min(2.6, 0.8 * room), harmony=harmony)
            yield from _stinger(hit.at_s, harmony, strength=1.0)
        elif hit.kind == "sting":
            yield from _stinger(hit.at_s, harmony, strength=0.55)


def _at(at_s: float, grid: Grid, *, bars: list[Harmony]) -> Harmony:
    place = max((at for at, bar in enumerate(grid.bars) if bar.start_s <= at_s + 0.02), default=0)
    return bars[place]


def _riser(at_s: float, length_s: float, *, harmony: Harmony) -> Iterator[Note]:
    if length_s >= 0.5:
        pitch = _low(harmony.tones[0]) + 12
        yield Note(timbre="riser", start_s=at_s - length_s, length_s=length_s, pitch=pitch, strength=0.55)


def _stinger(at_s: float, harmony: Harmony, *, strength: float) -> Iterator[Note]:
    """A blow, a cymbal, and strings that clash on the chord's root."""
    root = _low(harmony.tones[0])
    yield Note(timbre="boom", start_s=at_s, length_s=2.5, pitch=36, strength=0.95 * strength)
    yield Note(timbre="cymbal", start_s=at_s, length_s=2.4, pitch=60, strength=0.5 * strength, pan=-0.2)
    for pitch in (root, root + 12):
        yield Note(timbre="piano", start_s=at_s, length_s=2.5, pitch=pitch, strength=0.8 * strength)
    for pitch, pan in ((root + 24, -0.4), (root + 25, 0.4), (root + 31, 0.0)):
        yield Note(
            timbre="spiccato", start_s=at_s, length_s=0.3, pitch=pitch, strength=0.3 * strength, pan=pan
        )
        yield Note(
            timbre="tremolo", start_s=at_s, length_s=1.6, pitch=pitch, strength=0.22 * strength, pan=pan
        )


def _ending(grid: Grid, last: Harmony, *, mood: Mood) -> Iterator[Note]:
    """The last chord, rolled upwards, home in the key; it rings until the fade has taken it."""
    ring_s = grid.end_s - grid.final_s
    chord = voiced(last.key.chord(1), near=last.voicing)
    for place, pitch in enumerate(chord):
        pan = (-0.5, -0.15, 0.15, 0.5)[place]
        yield Note(timbre="pad", start_s=grid.final_s, length_s=ring_s, pitch=pitch, strength=0.36, pan=pan)
        roll = grid.final_s + 0.07 * (place + 1)
        yield Note(timbre="piano", start_s=roll, length_s=ring_s, pitch=pitch, strength=0.3, pan=pan)
    root = _low(last.key.tonic)
    yield Note(timbre="bass", start_s=grid.final_s, length_s=ring_s, pitch=root, strength=0.45)
    yield Note(timbre="piano", start_s=grid.final_s, length_s=ring_s, pitch=root + 12, strength=0.35)
    home = min((last.key.tonic + 12 * octave for octave in range(3)), key=lambda tone: abs(tone - 74))
    yield _lead(mood.lead, grid.final_s + 0.35, length_s=ring_s, pitch=home, strength=0.4)
