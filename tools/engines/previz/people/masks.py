"""Expressions as numbers: how each is played in the tone of a scene.

The same word is another face in a comedy and in a drama: anger pouts or rages, joy laughs
or only smiles, and nobody weeps where nothing is at stake.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from state.script import Expression, Gesture, Mood

Tone = Literal["plain", "playful", "gentle", "heavy", "tense", "held"]
"""How strongly and how lightly feelings are played; `held` is a feeling that is kept back."""
TONES: Mapping[Mood, Tone] = {
    "warm": "gentle", "romantic": "gentle", "hopeful": "gentle", "playful": "playful", "triumphant": "playful",
    "sad": "heavy", "tense": "tense", "mysterious": "held",
}  # fmt: skip
RESERVED: tuple[Gesture, ...] = (
    "crossed_arms",
    "whispering",
    "raised_hand",
    "head_in_hands",
    "clenched_fist",
    "pointing",
)
"""Gestures that no broad laugh goes with."""


@dataclass(frozen=True, kw_only=True)
class Mask:
    """An expression, as numbers."""

    inner: float
    """How far the inner ends of the brows are raised; negative frowns."""
    outer: float
    """How far the outer ends of the brows are raised."""
    open: float
    """How far the eyes are open; 1 is at rest."""
    lower: float
    """How far the lower lids are raised."""
    curl: float
    """How far the corners of the mouth are raised."""
    width: float
    """Width of the mouth against rest."""
    part: float
    """How far the lips are parted at rest."""
    skew: float = 0.0
    """One corner, or one brow, higher than the other."""
    teeth: bool = False
    look: float = 0.0
    """Where the eyes point: below 0 is down."""
    flush: float = 0.0
    """Warmth of the cheeks."""
    tear: float = 0.0
    sweat: float = 0.0
    lines: float = 0.0
    """Furrows between the brows; below 0 across the forehead."""


MASKS: Mapping[Expression, Mask] = {
    "neutral": Mask(inner=0, outer=0, open=0.95, lower=0.12, curl=1.2, width=1.0, part=0),
    "happy": Mask(inner=2.0, outer=2.0, open=0.82, lower=0.6, curl=7.5, width=1.22, part=2.6, teeth=True, flush=0.5),
    "sad": Mask(inner=8.0, outer=-4.0, open=0.7, lower=0.05, curl=-4.0, width=0.88, part=0, look=-1.6),
    "angry": Mask(inner=-8.5, outer=4.0, open=0.78, lower=0.42, curl=-5.0, width=1.04, part=0, flush=0.6, lines=1.0),
    "afraid": Mask(inner=8.0, outer=-0.5, open=1.22, lower=0.0, curl=-2.6, width=0.86, part=1.8, lines=-0.6),
    "surprised": Mask(inner=7.5, outer=8.0, open=1.34, lower=0.0, curl=0.4, width=0.6, part=5.0, lines=-0.3),
    "tender": Mask(inner=4.0, outer=-0.6, open=0.66, lower=0.5, curl=6.2, width=1.02, part=0, look=-0.6, flush=0.9),
    "suspicious": Mask(inner=-4.6, outer=1.0, open=0.52, lower=0.5, curl=-1.6, width=0.9, part=0, skew=5.0, lines=0.4),
    "determined": Mask(inner=-6.0, outer=1.5, open=0.86, lower=0.3, curl=-1.4, width=1.06, part=0, lines=0.6),
}  # fmt: skip
"""Played plainly."""
LAUGH = Mask(inner=2.5, outer=3.0, open=0.72, lower=0.8, curl=8.4, width=1.4, part=6.6, teeth=True, flush=0.8)
SMILE = Mask(inner=2.0, outer=1.0, open=0.8, lower=0.55, curl=7.4, width=1.16, part=0, flush=0.5)
RAGE = Mask(inner=-9.0, outer=4.5, open=0.8, lower=0.45, curl=-5.5, width=1.12, part=3.8, teeth=True, flush=0.9, lines=1.0)  # fmt: skip
POUT = Mask(inner=-6.0, outer=2.5, open=0.74, lower=0.3, curl=-4.4, width=0.82, part=0, skew=3.6, flush=0.5, lines=0.5)  # fmt: skip
WEEP = Mask(inner=8.5, outer=-4.5, open=0.68, lower=0.05, curl=-4.4, width=0.86, part=0, look=-1.8, tear=1.0)
SULK = Mask(inner=6.0, outer=-2.5, open=0.78, lower=0.1, curl=-3.4, width=0.84, part=0, look=-0.8, skew=1.6)
DREAD = Mask(
    inner=9.0, outer=0.0, open=1.36, lower=0.0, curl=-4.0, width=0.98, part=4.2, sweat=1.0, lines=-0.8
)
NERVES = Mask(inner=6.5, outer=1.0, open=1.14, lower=0.1, curl=2.2, width=1.12, part=1.6, teeth=True, sweat=0.8, lines=-0.3)  # fmt: skip
WORRY = Mask(inner=6.5, outer=-1.0, open=1.08, lower=0.05, curl=-2.0, width=0.86, part=0, lines=-0.5)
GASP = Mask(inner=9.0, outer=9.0, open=1.48, lower=0.0, curl=0.5, width=0.6, part=10.0, lines=-0.5)
START = Mask(inner=6.5, outer=6.5, open=1.26, lower=0.0, curl=-0.4, width=0.8, part=1.2, lines=-0.3)
WONDER = Mask(inner=6.0, outer=5.5, open=1.2, lower=0.1, curl=3.4, width=0.86, part=1.8, flush=0.3)
WRY = Mask(inner=-2.2, outer=2.4, open=0.66, lower=0.5, curl=3.2, width=0.96, part=0, skew=5.0)
PLUCKY = Mask(inner=-4.0, outer=2.5, open=0.9, lower=0.35, curl=3.2, width=1.06, part=0, lines=0.2)
PLAYED: Mapping[Tone, Mapping[Expression, Mask]] = {
    "plain": {},
    "playful": {
        "happy": LAUGH, "sad": SULK, "angry": POUT, "afraid": NERVES, "surprised": GASP, "suspicious": WRY,
        "determined": PLUCKY,
    },
    "gentle": {"sad": SULK, "angry": POUT, "afraid": WORRY, "surprised": WONDER},
    "heavy": {"happy": SMILE, "sad": WEEP, "afraid": WORRY, "surprised": START},
    "tense": {"happy": SMILE, "angry": RAGE, "afraid": DREAD, "surprised": START, "sad": WEEP},
    "held": {"happy": SMILE, "afraid": WORRY, "surprised": START},
}  # fmt: skip
"""What a tone plays differently."""


def tone_of(mood: Mood, gesture: Gesture) -> Tone:
    """The tone of somebody in a scene of this mood who does this."""
    tone = TONES[mood]
    return "held" if gesture in RESERVED and tone == "gentle" else tone


def mask_for(expression: Expression, tone: Tone) -> Mask:
    """The numbers of an expression as this tone plays it."""
    return PLAYED[tone].get(expression, MASKS[expression])
