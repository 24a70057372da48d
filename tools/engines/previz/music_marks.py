"""What marks the picture: the blow of a turn, the air before it, and the last chord."""

from collections.abc import Iterator, Sequence

from state.order import MusicHit
from tools.engines.previz.music_grid import Grid
from tools.engines.previz.music_melody import lead
from tools.engines.previz.music_notes import Harmony, Note, low_tone
from tools.engines.previz.music_theory import voiced


def marks(hits: Sequence[MusicHit], grid: Grid, *, bars: Sequence[Harmony]) -> Iterator[Note]:
    """What every turn and sting sounds like."""
    starts = [0.0, *sorted(hit.at_s for hit in hits)]
    for hit in hits:
        harmony = _at(hit.at_s, grid, bars=bars)
        if hit.kind == "turn":
            room = min(hit.at_s - before for before in starts if before < hit.at_s) if hit.at_s > 0 else 0
            yield from _riser(hit.at_s, min(2.6, 0.8 * room), harmony=harmony)
            yield from _stinger(hit.at_s, harmony, strength=1.0)
        elif hit.kind == "sting":
            yield from _stinger(hit.at_s, harmony, strength=0.55)


def _at(at_s: float, grid: Grid, *, bars: Sequence[Harmony]) -> Harmony:
    place = max((at for at, bar in enumerate(grid.bars) if bar.start_s <= at_s + 0.02), default=0)
    return bars[place]


def _riser(at_s: float, length_s: float, *, harmony: Harmony) -> Iterator[Note]:
    if length_s >= 0.5:
        pitch = low_tone(harmony.tones[0]) + 12
        yield Note(timbre="riser", start_s=at_s - length_s, length_s=length_s, pitch=pitch, strength=0.55)


def _stinger(at_s: float, harmony: Harmony, *, strength: float) -> Iterator[Note]:
    """A blow, a cymbal, and strings that clash on the chord's root."""
    root = low_tone(harmony.tones[0])
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


def ending(grid: Grid, last: Harmony) -> Iterator[Note]:
    """The last chord, rolled upwards, home in the key; it rings until the fade has taken it."""
    ring_s = grid.end_s - grid.final_s
    chord = voiced(last.key.chord(1), near=last.voicing)
    for place, pitch in enumerate(chord):
        pan = (-0.5, -0.15, 0.15, 0.5)[place]
        yield Note(timbre="pad", start_s=grid.final_s, length_s=ring_s, pitch=pitch, strength=0.36, pan=pan)
        roll = grid.final_s + 0.07 * (place + 1)
        yield Note(timbre="piano", start_s=roll, length_s=ring_s, pitch=pitch, strength=0.3, pan=pan)
    root = low_tone(last.key.tonic)
    yield Note(timbre="bass", start_s=grid.final_s, length_s=ring_s, pitch=root, strength=0.45)
    yield Note(timbre="piano", start_s=grid.final_s, length_s=ring_s, pitch=root + 12, strength=0.35)
    home = min((last.key.tonic + 12 * octave for octave in range(3)), key=lambda tone: abs(tone - 74))
    yield lead(last.mood.lead, grid.final_s + 0.35, length_s=ring_s, pitch=home, strength=0.4)
