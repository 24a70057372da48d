"""The layers under the melody: bed, bass, broken chords, ostinato, stride, percussion."""

from collections.abc import Iterator, Sequence

from tools.engines.previz.music_grid import Bar, Grid
from tools.engines.previz.music_notes import Harmony, Note, low_tone
from tools.engines.previz.music_theory import Genre, Timbre


def accompaniment(grid: Grid, bars: Sequence[Harmony], *, genre: Genre) -> Iterator[Note]:
    """Everything but the melody and the marks."""
    for bar, harmony in zip(grid.bars, bars, strict=True):
        yield from _bed(bar, harmony)
        yield from _bass_line(bar, harmony, genre=genre)
        if harmony.level >= genre.arpeggio_from:
            yield from _arpeggio(bar, harmony, timbre=genre.arpeggio)
        if harmony.level >= genre.ostinato_from:
            yield from _ostinato(bar, harmony)
        if harmony.level >= genre.stride_from:
            yield from _stride(bar, harmony)
        yield from _percussion(bar, harmony, genre=genre)


def _bed(bar: Bar, harmony: Harmony) -> Iterator[Note]:
    """Held chords: a soft pad, and strings above it when it grows."""
    length_s = bar.end_s - bar.start_s + 0.25
    strength = (0.34, 0.32, 0.34, 0.38)[harmony.level]
    for place, pitch in enumerate(harmony.voicing):
        pan = (-0.6, -0.2, 0.2, 0.6)[place]
        yield Note(
            timbre="pad", start_s=bar.start_s, length_s=length_s, pitch=pitch, strength=strength, pan=pan
        )
    if harmony.level >= 2:
        timbre: Timbre = "tremolo" if harmony.mood.second == "tremolo" else "strings"
        strength = 0.16 if harmony.level == 2 else 0.24
        for pitch, pan in ((harmony.voicing[1] + 12, -0.5), (harmony.voicing[2] + 12, 0.45)):
            yield Note(
                timbre=timbre, start_s=bar.start_s, length_s=length_s, pitch=pitch, strength=strength, pan=pan
            )


def _bass_line(bar: Bar, harmony: Harmony, *, genre: Genre) -> Iterator[Note]:
    if harmony.level == 0 or genre.stride_from <= harmony.level:
        return
    pitch = low_tone(harmony.tones[0])
    length_s = bar.end_s - bar.start_s
    yield Note(timbre="bass", start_s=bar.start_s, length_s=length_s * 0.95, pitch=pitch, strength=0.42)
    if harmony.level == 3 and len(bar.beats_s) == 4:
        fifth = low_tone(harmony.tones[2])
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
            pitch=low_tone(figure[quaver % 8]) + 12, strength=strength * accent, pan=0.3 - 0.6 * (quaver % 2),
        )  # fmt: skip


def _stride(bar: Bar, harmony: Harmony) -> Iterator[Note]:
    """Low, high, low, high: the walk of a comedy."""
    for beat, start in enumerate(bar.beats_s):
        if beat % 2 == 0:
            pitch = low_tone(harmony.tones[0 if beat == 0 else 2])
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
