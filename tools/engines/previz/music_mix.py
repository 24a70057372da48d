"""From a score to stereo samples: placing, room, level, fade."""

import numpy as np
from numpy.typing import NDArray

from tools.engines.previz.levels import levelled
from tools.engines.previz.music_instruments import RATE, played
from tools.engines.previz.music_notes import Note, Score
from tools.engines.previz.music_theory import Timbre

Floats = NDArray[np.float32]
MUSIC_LUFS = -20.0
ROOM_S = 2.0
BLOCK = 1 << 17
LEVELS: dict[Timbre, float] = {
    "piano": 1.0, "strings": 1.15, "tremolo": 1.4, "pad": 0.36, "bass": 0.8, "pizzicato": 1.9, "bell": 2.2,
    "spiccato": 2.8, "boom": 0.6, "drum": 1.6, "shaker": 4.5, "tick": 4.0, "riser": 0.8, "cymbal": 0.8,
    "flute": 0.75, "horn": 0.7,
}  # fmt: skip
"""The balance of the orchestra: the melody leads, the bed is felt more than heard."""
SENDS: dict[Timbre, float] = {
    "bass": 0.03, "drum": 0.12, "boom": 0.15, "piano": 0.3, "shaker": 0.15, "tick": 0.5, "riser": 0.3,
}  # fmt: skip
"""How much of an instrument goes into the room; 0.4 for those not named."""


def mixed(score: Score) -> Floats:
    """The finished music, shape (samples, 2): exactly as long as the grid, about -20 LUFS."""
    count = round(score.grid.end_s * RATE)
    dry = np.zeros((2, count), dtype=np.float32)
    send = np.zeros(count, dtype=np.float32)
    for note in score.notes:
        _place(note, dry, send=send)
    _add_room(dry, send)
    del send
    dry -= dry.mean(axis=1, keepdims=True)
    dry *= _fade(count, score)
    return levelled(dry.T, RATE, lufs=MUSIC_LUFS)


def _place(note: Note, dry: Floats, *, send: Floats) -> None:
    """Equal-power panning; what would start before the music is cut off at its start."""
    strength = np.float32(note.strength * LEVELS[note.timbre])
    sound = played(note.timbre, note.pitch, length_s=note.length_s) * strength
    first = round(note.start_s * RATE)
    sound = sound[max(0, -first) : send.size - first]
    first = max(0, first)
    angle = (note.pan + 1) * np.pi / 4
    dry[0, first : first + len(sound)] += sound * np.float32(np.cos(angle))
    dry[1, first : first + len(sound)] += sound * np.float32(np.sin(angle))
    send[first : first + len(sound)] += sound * np.float32(SENDS.get(note.timbre, 0.4))


def _add_room(dry: Floats, send: Floats) -> None:
    """Convolve with a room, block by block, in place."""
    size = 2 * BLOCK
    rooms = [np.fft.rfft(_room(side), size) for side in (0, 1)]
    for first in range(0, send.size, BLOCK):
        spectrum = np.fft.rfft(send[first : first + BLOCK], size)
        for side in (0, 1):
            wet = np.fft.irfft(spectrum * rooms[side], size).astype(np.float32)
            last = min(first + size, send.size)
            dry[side, first:last] += wet[: last - first]


def _room(side: int) -> Floats:
    """Two seconds of dying, darkening noise: a small hall. Other noise on each side makes it wide."""
    count = min(BLOCK, int(ROOM_S * RATE))
    at = np.arange(count, dtype=np.float32) / np.float32(RATE)
    noise = np.random.default_rng(40 + side).standard_normal(count, dtype=np.float32)
    spectrum = np.fft.rfft(noise * np.exp(at * np.float32(-6.9 / ROOM_S)))
    hertz = np.fft.rfftfreq(count, 1 / RATE) + 1e-3
    tinted = np.fft.irfft(spectrum / (1 + (hertz / 3500) ** 2) / (1 + (160 / hertz) ** 4), count)
    tinted = np.roll(tinted, int(0.018 * RATE))
    tinted[: int(0.018 * RATE)] = 0
    return np.asarray(tinted / np.sqrt(np.sum(tinted**2)), dtype=np.float32)


def _fade(count: int, score: Score) -> Floats:
    """Silence at both very ends; the last chord fades over its second half."""
    fade = np.ones(count, dtype=np.float32)
    start = min(count, int(0.01 * RATE))
    fade[:start] = np.linspace(0, 1, start, dtype=np.float32)
    tail_s = (score.grid.end_s - score.grid.final_s) * 0.65
    tail = min(count, max(1, int(tail_s * RATE)))
    falling = np.sin(np.linspace(np.pi / 2, 0, tail, dtype=np.float32))
    fade[count - tail :] *= np.maximum(0, falling) ** 1.5
    fade[-1] = 0
    return fade
