"""Effects of things that move: steps, paper, weather, cars, crowds, a heart."""

import numpy as np

from tools.engines.previz.effects.sources import (
    RATE,
    Draw,
    Floats,
    band,
    clock,
    drawn,
    dying,
    flicker,
    joined,
    ring,
    standing,
)


def footsteps(draw: Draw) -> Floats:
    """Four steps on a hard floor that cross a little of the room."""
    pace_s = float(draw.uniform(0.48, 0.56))
    out = np.zeros((round((3 * pace_s + 0.5) * RATE), 2), dtype=np.float32)
    towards = float(draw.choice([-1.0, 1.0]))
    for step in range(4):
        first = round((step * pace_s + (0 if step == 0 else draw.uniform(-0.012, 0.012))) * RATE)
        sound = standing(_step(draw), towards * (0.45 - 0.3 * step)) * np.float32(draw.uniform(0.85, 1.0))
        out[first : first + len(sound)] += sound[: len(out) - first]
    return out


def _step(draw: Draw) -> Floats:
    """The heel, and a moment later the sole."""
    floor = ring(0.18, [(78, 0.8, 0.1), (132, 1.0, 0.09), (231, 0.5, 0.07), (402, 0.3, 0.05)], phase=0.7)
    heel = np.float32(0.55) * band(draw, 0.05, low_hz=500, high_hz=3200) * dying(0.05, 0.03)
    sole = (
        np.float32(0.16)
        * band(draw, 0.12, low_hz=350, high_hz=2200)
        * drawn(0.12, [(0, 0), (0.03, 1), (0.12, 0)])
    )
    return joined(0.3, [(0, floor), (0, heel), (0.075, sole)])


def paper(draw: Draw) -> Floats:
    """A letter is unfolded: strokes of crackle and the sheet sliding."""
    length_s = 1.3
    strokes = drawn(
        length_s, [(0, 0.5), (0.1, 1), (0.3, 0.25), (0.45, 0.9), (0.7, 0.2), (0.85, 0.7), (1.3, 0)]
    )
    count = round(length_s * RATE)
    cracks = (
        (draw.random(count) < 700 / RATE * strokes)
        * draw.exponential(1.0, count)
        * draw.choice([-1, 1], count)
    )
    snap = band(draw, 0.006, low_hz=1500, high_hz=9000) * dying(0.006, 0.005, rise_s=0.0002)
    crackle = np.convolve(cracks, snap)[:count]
    slide = (
        band(draw, length_s, low_hz=1200, high_hz=6500)
        * strokes
        * flicker(draw, length_s, every_s=0.03, depth=0.8)
    )
    sound = np.asarray(crackle / (np.std(crackle) + 1e-9) + 0.35 * slide, dtype=np.float32)
    return standing(sound, np.linspace(-0.15, 0.15, count, dtype=np.float32))


def thunder(draw: Draw) -> Floats:
    """A crack overhead that rolls away."""
    length_s = 5.5
    layers = ((32, 95, 4.8, 1.0), (80, 240, 3.4, 0.7), (220, 900, 1.6, 0.4), (700, 3500, 0.55, 0.35))
    out = np.zeros((round(length_s * RATE), 2), dtype=np.float32)
    for side in (0, 1):
        for low_hz, high_hz, fall_s, level in layers:
            roll = flicker(draw, length_s, every_s=0.28, depth=0.75) * dying(
                length_s, fall_s * 1.3, rise_s=0.006
            )
            out[:, side] += np.float32(level) * roll * band(draw, length_s, low_hz=low_hz, high_hz=high_hz)
    crack = (
        band(draw, 0.5, low_hz=300, high_hz=6000)
        * dying(0.5, 0.35)
        * flicker(draw, 0.5, every_s=0.02, depth=0.9)
    )
    out[: len(crack)] += np.float32(0.8) * crack[:, None]
    return out * drawn(length_s, [(0, 1), (3.8, 1), (5.5, 0)])[:, None]


def car(draw: Draw) -> Floats:
    """A car that drives by: pitch falls as it passes."""
    length_s, at = 3.6, clock(3.6)
    near = 1 / (1 + ((at - np.float32(1.6)) / np.float32(0.55)) ** 2)
    turns = np.cumsum(draw.uniform(56, 70) * (1 - 0.07 * np.tanh((at - np.float32(1.6)) * 2.2))) / RATE
    motor = sum(np.sin(2 * np.pi * turns * k + k) / k**0.9 for k in (1, 2, 3, 4, 6, 8))
    tyres = band(draw, length_s, low_hz=280, high_hz=2600)
    sound = (
        (0.32 * motor + 0.75 * tyres * near) * near * drawn(length_s, [(0, 0), (0.25, 1), (3.0, 1), (3.6, 0)])
    )
    across = np.tanh((at - np.float32(1.6)) * np.float32(1.4)) * np.float32(0.85 * draw.choice([-1, 1]))
    return standing(np.asarray(sound, dtype=np.float32), across)


def wave(draw: Draw) -> Floats:
    """One wave: it gathers, breaks and runs out over the sand."""
    length_s = 4.6
    out = np.zeros((round(length_s * RATE), 2), dtype=np.float32)
    for side in (0, 1):
        swell = band(draw, length_s, low_hz=60, high_hz=320) * drawn(
            length_s, [(0, 0.1), (1.0, 1), (1.9, 0.5), (4.6, 0)]
        )
        surf = band(draw, length_s, low_hz=350, high_hz=4200) * drawn(
            length_s, [(0, 0), (0.9, 0.45), (1.3, 1), (2.4, 0.45), (4.6, 0)]
        )
        foam = band(draw, length_s, low_hz=2500, high_hz=9000) * drawn(
            length_s, [(0, 0), (1.1, 0.2), (2.0, 0.8), (3.2, 0.4), (4.6, 0)]
        )
        out[:, side] = swell + 0.8 * surf + 0.3 * foam * flicker(draw, length_s, every_s=0.05, depth=0.5)
    return out


def crowd(draw: Draw) -> Floats:
    """People who gasp, and then all talk at once."""
    length_s = 3.4
    out = np.zeros((round(length_s * RATE), 2), dtype=np.float32)
    gasp = drawn(length_s, [(0, 0.3), (0.12, 1), (0.5, 0.2), (0.7, 0), (3.4, 0)])
    talk = drawn(length_s, [(0, 0), (0.5, 0.2), (1.0, 1), (2.3, 0.8), (3.4, 0)])
    for _ in range(9):
        voice = _talker(draw, length_s) * talk + 0.5 * _breath(draw, length_s) * gasp
        out += standing(np.asarray(voice, dtype=np.float32), float(draw.uniform(-0.9, 0.9)))
    return out


def _talker(draw: Draw, length_s: float) -> Floats:
    """Somebody who talks too far away to be understood: a buzz through two formants, in syllables."""
    pitch = draw.uniform(105, 230) * flicker(draw, length_s, every_s=0.35, depth=0.14)
    turns = np.cumsum(pitch) / RATE
    syllables = np.maximum(0, flicker(draw, length_s, every_s=0.11, depth=1.3) - 0.35)
    first = draw.uniform(380, 650) * flicker(draw, length_s, every_s=0.16, depth=0.3)
    sound = np.zeros(round(length_s * RATE), dtype=np.float32)
    for k in range(1, 15):
        at = pitch * k
        formants = (
            np.exp(-(((at - first) / 160) ** 2)) + 0.45 * np.exp(-(((at - 2.6 * first) / 260) ** 2)) + 0.04
        )
        sound += (formants * np.sin(2 * np.pi * turns * k)).astype(np.float32)
    return np.asarray(sound * syllables, dtype=np.float32)


def _breath(draw: Draw, length_s: float) -> Floats:
    return band(draw, length_s, low_hz=700, high_hz=3800)


def whoosh(draw: Draw) -> Floats:
    """Something passes close by: air that rises and falls in pitch."""
    length_s = float(draw.uniform(0.6, 0.75))
    peak = length_s * 0.5
    sound = np.zeros(round(length_s * RATE), dtype=np.float32)
    for low_hz, high_hz, width, late in (
        (160, 420, 0.5, 0.02),
        (380, 1000, 0.36, 0.0),
        (900, 2600, 0.24, 0.0),
        (2400, 7000, 0.14, -0.01),
    ):
        body = drawn(
            length_s, [(0, 0), (max(0.01, peak + late - width * peak), 0.15), (peak + late, 1), (length_s, 0)]
        )
        sound += (
            np.float32((420 / low_hz) ** 0.25) * band(draw, length_s, low_hz=low_hz, high_hz=high_hz) * body
        )
    way = float(draw.choice([-1.0, 1.0]))
    return standing(sound, np.linspace(-0.9 * way, 0.9 * way, len(sound), dtype=np.float32))


def heartbeat(draw: Draw) -> Floats:
    """Four beats of a heart, each of two strokes."""
    period_s = float(draw.uniform(0.78, 0.88))
    parts = []
    for beat in range(4):
        loud = np.float32(draw.uniform(0.92, 1.0))
        parts += [
            (beat * period_s, loud * _stroke(draw, 66)),
            (beat * period_s + 0.27, np.float32(0.7) * loud * _stroke(draw, 78)),
        ]
    return standing(joined(3 * period_s + 0.9, parts), 0.0)


def _stroke(draw: Draw, hertz: float) -> Floats:
    """A tone that falls as it dies, with enough above it to be heard on a telephone."""
    at = clock(0.32)
    turns = hertz * 0.72 * at + hertz * 0.28 * 0.05 * (1 - np.exp(-at / np.float32(0.05)))
    tone = np.sin(2 * np.pi * turns) + 0.35 * np.sin(4 * np.pi * turns) + 0.12 * np.sin(6 * np.pi * turns)
    skin = np.float32(0.12) * band(draw, 0.32, low_hz=90, high_hz=420) * dying(0.32, 0.12)
    return np.asarray(tone * dying(0.32, 0.26, rise_s=0.008) + skin, dtype=np.float32)
