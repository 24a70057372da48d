"""Wardrobe: clothes that fit what somebody is, and colours that nobody in the cast confuses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from state.script import Accessory, Garment
from tools.models.offline.words.bank import shared, structure

APART = 20.0
"""The least CIELAB distance between the clothes of two people: two colours nobody mixes up."""
Lab = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class Outfit:
    """What a role wears."""

    garment: Garment
    colours: tuple[str, ...]
    """Hex colours that suit it, the usual one first; empty means any."""
    accessory: Accessory
    also: Accessory = "none"
    fixed: bool = False
    """A uniform: two of a trade wear the same colour rather than another one."""


def outfit_for(trade: str, *, woman: bool) -> Outfit:
    """The clothes of a trade."""
    row = shared("outfits")[trade]
    sex = "woman" if woman else "man"
    return Outfit(
        garment=row.get(f"garment_{sex}", row["garment"]),
        colours=tuple(structure()["colours"][name] for name in row["colours"]),
        accessory=row.get(f"accessory_{sex}", row["accessory"]),
        also=row.get("also", "none"),
        fixed=row.get("fixed", False),
    )


def usual_colours(garment: Garment) -> tuple[str, ...]:
    """What such a garment mostly comes in; empty means any colour."""
    names: Sequence[str] = structure()["wardrobe"]["usual"].get(garment, ())
    return tuple(structure()["colours"][name] for name in names)


def fresh_colour(wished: Sequence[str], others: Iterable[str], worn: Sequence[str]) -> str:
    """The first colour that stands apart from all that are worn: wished ones first, then the others."""
    options = [*wished, *others]
    apart = (one for one in options if all(distance(one, other) >= APART for other in worn))
    return next(apart, max(options, key=lambda one: min((distance(one, other) for other in worn), default=0)))


def distance(one: str, other: str) -> float:
    """How different two hex colours look: CIE76 delta E."""
    return float(sum((a - b) ** 2 for a, b in zip(_lab(one), _lab(other), strict=True)) ** 0.5)


def _lab(colour: str) -> Lab:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _linear(part: float) -> float:
    return float(((part + 0.055) / 1.055) ** 2.4) if part > 0.04045 else part / 12.92
