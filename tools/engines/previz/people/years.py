"""What years do to a body and a face, from a look's age in years or its stage of life."""

from collections.abc import Sequence
from itertools import pairwise

from state.script import Age, Look

USUAL: dict[Age, int] = {"child": 9, "young": 22, "adult": 36, "elder": 72}
"""The years of a stage of life, where none are told."""
Steps = Sequence[tuple[int, float]]
LENGTHS: Steps = (
    (3, 0.42), (6, 0.52), (8, 0.58), (10, 0.645), (12, 0.71), (14, 0.83), (16, 0.93), (19, 0.98), (30, 1.0), (60, 0.985),
    (72, 0.95), (90, 0.89),
)  # fmt: skip
"""Of the body against an adult's, the head being nearly the same for all."""
CHILDLIKE: Steps = ((5, 1.0), (9, 0.95), (12, 0.8), (14, 0.5), (16, 0.3), (19, 0.08), (24, 0.0))
WEATHERED: Steps = ((32, 0.0), (40, 0.3), (49, 0.6), (58, 0.8), (66, 0.9), (76, 1.05), (90, 1.25))
BOUNDS: dict[Age, tuple[int, int]] = {
    "child": (2, 13),
    "young": (13, 31),
    "adult": (24, 62),
    "elder": (60, 100),
}
"""Which years each stage can have: the stage decides where the two do not agree."""


def years_of(look: Look) -> int:
    """The years that somebody is drawn with."""
    least, most = BOUNDS[look.age]
    return min(max(look.years, least), most) if look.years is not None else USUAL[look.age]


def body_length(look: Look) -> float:
    """Of the body against an adult's."""
    return _between(years_of(look), LENGTHS)


def childlike(look: Look) -> float:
    """From 1, a small child's face, to 0, a grown one."""
    return _between(years_of(look), CHILDLIKE)


def weathered(look: Look) -> float:
    """How deep the lines of a face are: 1 at three score and twelve."""
    return _between(years_of(look), WEATHERED)


def _between(years: int, steps: Steps) -> float:
    if years <= steps[0][0]:
        return steps[0][1]
    for (a, low), (b, high) in pairwise(steps):
        if years <= b:
            return low + (high - low) * (years - a) / (b - a)
    return steps[-1][1]
