"""Effects of things that are struck, turned or set down. Every one begins at its first sample."""

import numpy as np

from tools.engines.previz.effects.sources import (
    Draw,
    Floats,
    Mode,
    band,
    clock,
    drawn,
    dying,
    flicker,
    joined,
    ring,
    standing,
)


def knock(draw: Draw) -> Floats:
    """Three raps on a wooden door, the middle one the hardest."""
    size = draw.uniform(0.9, 1.12)
    gaps = [0.0, *np.cumsum(draw.uniform(0.19, 0.25, 2))]
    raps = [
        (at, _rap(draw, size) * np.float32(hard)) for at, hard in zip(gaps, (0.8, 1.0, 0.85), strict=True)
    ]
    return standing(joined(1.0, raps), float(draw.uniform(-0.35, 0.35)))


def _rap(draw: Draw, size: float) -> Floats:
    wood = [
        (96, 0.9, 0.16),
        (168, 1.0, 0.14),
        (312, 0.7, 0.1),
        (545, 0.5, 0.07),
        (930, 0.3, 0.05),
        (1480, 0.2, 0.035),
    ]
    modes: list[Mode] = [(hz * size * draw.uniform(0.98, 1.02), level, fall) for hz, level, fall in wood]
    knuckle = band(draw, 0.03, low_hz=700, high_hz=3800) * dying(0.03, 0.016)
    return joined(0.22, [(0, ring(0.22, modes, phase=0.6)), (0, np.float32(0.5) * knuckle)])


def door(draw: Draw) -> Floats:
    """A handle, a hinge that complains, and the door falling shut."""
    shut_s = float(draw.uniform(0.75, 0.95))
    thud: list[Mode] = [
        (58, 1.0, 0.3),
        (94, 0.9, 0.25),
        (171, 0.6, 0.16),
        (290, 0.35, 0.1),
        (640, 0.15, 0.06),
    ]
    body = band(draw, 0.3, low_hz=90, high_hz=1100) * dying(0.3, 0.16)
    parts = [
        (0.0, np.float32(0.3) * _latch(draw)),
        (0.08, np.float32(0.1) * _hinge(draw, shut_s - 0.2)),
        (shut_s, ring(0.6, thud, phase=0.9)),
        (shut_s, np.float32(0.5) * body),
        (shut_s + 0.045, np.float32(0.35) * _latch(draw)),
    ]
    return standing(joined(shut_s + 0.7, parts), float(draw.uniform(-0.5, 0.5)))


def _latch(draw: Draw) -> Floats:
    pitch = draw.uniform(0.9, 1.1)
    metal: list[Mode] = [
        (1240 * pitch, 0.6, 0.05),
        (2310 * pitch, 1.0, 0.06),
        (3920 * pitch, 0.7, 0.04),
        (5600, 0.3, 0.03),
    ]
    click = band(draw, 0.02, low_hz=1500, high_hz=7000) * dying(0.02, 0.01)
    return joined(0.14, [(0, ring(0.1, metal)), (0, click), (0.035, np.float32(0.5) * ring(0.08, metal))])


def _hinge(draw: Draw, length_s: float) -> Floats:
    """Wood on metal that sticks and slips: pulses at an uneven rate, coloured by the door."""
    at = clock(length_s)
    rate = 74 * flicker(draw, length_s, every_s=0.12, depth=0.35)
    turns = np.cumsum(rate) / np.float32(48_000)
    pulses = np.maximum(0, np.sin(2 * np.pi * turns)) ** 12
    colour = np.sin(2 * np.pi * (820 + 260 * at) * at) + 0.6 * np.sin(2 * np.pi * (1430 + 300 * at) * at)
    body = drawn(length_s, [(0, 0), (length_s * 0.3, 0.8), (length_s * 0.7, 1), (length_s, 0)])
    return np.asarray(pulses * colour * body, dtype=np.float32)


def glass(draw: Draw) -> Floats:
    """A glass breaks: the blow, the splinters, and what is left coming to rest."""
    blow = band(draw, 0.25, low_hz=1800, high_hz=11_000) * dying(0.25, 0.14)
    parts = [(0.0, np.float32(0.9) * standing(blow, 0.0))]
    for _ in range(46):
        at_s = float(min(1.1, draw.exponential(0.16)))
        hertz, fall_s = draw.uniform(2100, 9500), draw.uniform(0.05, 0.34)
        shard = ring(0.4, [(hertz, 1.0, fall_s), (hertz * draw.uniform(1.3, 1.8), 0.5, fall_s * 0.6)])
        loud = np.float32(draw.uniform(0.08, 0.35) * np.exp(-1.4 * at_s))
        parts.append((at_s, standing(loud * shard, float(draw.uniform(-0.8, 0.8)))))
    out = np.zeros((round(1.6 * 48_000), 2), dtype=np.float32)
    for at_s, sound in parts:
        first = round(at_s * 48_000)
        piece = sound[: len(out) - first]
        out[first : first + len(piece)] += piece
    return out


def bell(draw: Draw) -> Floats:
    """A church bell in the distance, two strokes; its partials are those of cast bells."""
    prime = draw.uniform(310, 400)
    shape = (
        (0.5, 0.5, 5.5), (1.0, 0.8, 4.2), (1.183, 0.7, 3.4), (1.506, 0.35, 2.6), (2.0, 1.0, 2.4),
        (2.514, 0.3, 1.6), (2.662, 0.28, 1.4), (3.011, 0.35, 1.2), (4.166, 0.25, 0.8), (5.433, 0.15, 0.5),
    )  # fmt: skip
    modes = [
        (prime * ratio * beat, level * 0.5, fall) for ratio, level, fall in shape for beat in (1.0, 1.0016)
    ]
    stroke = ring(4.6, modes)
    clapper = np.float32(0.25) * band(draw, 0.05, low_hz=1200, high_hz=6000) * dying(0.05, 0.03)
    parts = [(0, stroke), (0, clapper), (1.7, np.float32(0.8) * stroke)]
    return standing(
        joined(5.2, parts) * drawn(5.2, [(0, 1), (4.0, 1), (5.2, 0)]), float(draw.uniform(-0.4, 0.4))
    )


def cup(draw: Draw) -> Floats:
    """A cup set on its saucer, with a spoon that answers."""
    pitch = draw.uniform(0.9, 1.15)
    china: list[Mode] = [
        (1480 * pitch, 1.0, 0.16),
        (2630 * pitch, 0.8, 0.13),
        (3910 * pitch, 0.5, 0.1),
        (5740 * pitch, 0.35, 0.07),
    ]
    spoon: list[Mode] = [(3350 * pitch, 0.6, 0.3), (6890 * pitch, 0.5, 0.18)]
    thump = band(draw, 0.06, low_hz=150, high_hz=900) * dying(0.06, 0.03)
    touch = ring(0.35, china)
    parts = [
        (0, touch),
        (0, np.float32(0.4) * thump),
        (0.055, np.float32(0.45) * touch),
        (0.1, np.float32(0.25) * ring(0.4, spoon)),
    ]
    return standing(joined(0.6, parts), float(draw.uniform(-0.4, 0.4)))


def keys(draw: Draw) -> Floats:
    """A bunch of keys shaken once and caught again."""
    parts = []
    for number in range(22):
        at_s = 0.0 if number == 0 else float(draw.beta(1.6, 2.2) * 0.75)
        hertz = draw.uniform(2600, 8200)
        metal = [(hertz, 1.0, draw.uniform(0.05, 0.16)), (hertz * 1.58, 0.6, 0.07), (hertz * 2.21, 0.3, 0.04)]
        parts.append((at_s, np.float32(draw.uniform(0.3, 1.0)) * ring(0.2, metal)))
    return standing(joined(1.0, parts), float(draw.uniform(-0.4, 0.4)))


def switch(draw: Draw) -> Floats:
    """A light switch: the press, and the spring behind it."""
    pitch = draw.uniform(0.92, 1.1)
    plastic: list[Mode] = [
        (310 * pitch, 0.5, 0.05),
        (1870 * pitch, 1.0, 0.025),
        (3460 * pitch, 0.8, 0.02),
        (5200, 0.4, 0.015),
    ]
    click = band(draw, 0.012, low_hz=1200, high_hz=8000) * dying(0.012, 0.006)
    parts = [(0, np.float32(0.6) * ring(0.08, plastic)), (0.032, ring(0.1, plastic)), (0.032, click)]
    return standing(joined(0.2, parts), float(draw.uniform(-0.4, 0.4)))


def phone(draw: Draw) -> Floats:
    """A telephone that rings twice: four soft bells, and the table it hums on."""
    steps = ((0, 4, 7, 12), (0, 7, 4, 9), (7, 4, 9, 12))[int(draw.integers(3))]
    base = float(draw.choice([659.3, 698.5, 784.0]))
    call = joined(
        0.95, [(0.105 * at, _tine(base * 2 ** (step / 12))) for at, step in enumerate((*steps, *steps[2:]))]
    )
    hum = (
        np.float32(0.12)
        * band(draw, 0.6, low_hz=140, high_hz=420)
        * drawn(0.6, [(0, 0), (0.05, 1), (0.55, 1), (0.6, 0)])
    )
    parts = [(0, call), (0.02, hum), (1.35, call), (1.37, hum)]
    return standing(joined(2.4, parts), float(draw.uniform(-0.3, 0.3)))


def _tine(hertz: float) -> Floats:
    return ring(
        0.5,
        [(hertz, 0.7, 0.42), (hertz * 2.0, 0.25, 0.3), (hertz * 3.99, 0.22, 0.12), (hertz * 6.1, 0.05, 0.06)],
    )
