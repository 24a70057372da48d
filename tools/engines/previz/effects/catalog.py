"""The effects a shot can ask for: how each is made, and how loud it is against a voice."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import numpy as np

from state.script import EffectKind
from tools.engines.previz.effects import moving, struck
from tools.engines.previz.effects.sources import RATE, Draw, Floats, in_a_room
from tools.engines.previz.levels import faded, levelled, write_wav

MAKERS: dict[EffectKind, Callable[[Draw], Floats]] = {
    "knock": struck.knock, "door": struck.door, "phone": struck.phone, "footsteps": moving.footsteps,
    "glass": struck.glass, "thunder": moving.thunder, "car": moving.car, "heartbeat": moving.heartbeat,
    "paper": moving.paper, "keys": struck.keys, "bell": struck.bell, "crowd": moving.crowd,
    "wave": moving.wave, "switch": struck.switch, "cup": struck.cup, "whoosh": moving.whoosh,
}  # fmt: skip
LOUDNESS_LUFS: dict[EffectKind, float] = {
    "knock": -24, "door": -24, "phone": -26, "footsteps": -31, "glass": -23, "thunder": -21, "car": -27,
    "heartbeat": -25, "paper": -34, "keys": -34, "bell": -27, "crowd": -29, "wave": -28, "switch": -33,
    "cup": -33, "whoosh": -29,
}  # fmt: skip
"""A voice is -18: a blow may come near it, paper and steps stay far under it."""
OUTSIDE: frozenset[EffectKind] = frozenset({"thunder", "car", "wave", "whoosh", "heartbeat"})
"""Nothing around them answers: no room is added."""
ROOM_WET = 0.22
EDGE_S = 0.001


async def render_effect(kind: EffectKind, *, seed: int, into: Path) -> Path:
    """Write an effect as a stereo WAV file, 48 kHz, that begins with its first sound."""
    return await asyncio.to_thread(_write, kind, seed=seed, into=into)


def effect(kind: EffectKind, *, seed: int) -> Floats:
    """An effect, shape (samples, 2). Another seed is another door, another step; the same is the same."""
    draw = np.random.default_rng([seed % 2**32, get_args(EffectKind).index(kind)])
    sound = MAKERS[kind](draw)
    if kind not in OUTSIDE:
        sound = in_a_room(sound, draw, wet=ROOM_WET)
    return faded(levelled(sound, RATE, lufs=LOUDNESS_LUFS[kind]), RATE, edge_s=EDGE_S)


def _write(kind: EffectKind, *, seed: int, into: Path) -> Path:
    target = into / f"effect-{kind}-{seed}.wav"
    write_wav(target, effect(kind, seed=seed), rate=RATE)
    return target
