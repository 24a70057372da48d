"""What a pupil's uniform is: a jumper with a deep neck over a white shirt, and a tie."""

from tools.engines.previz.colour import dark, luma, mix, pale
from tools.engines.previz.ink import clip, line, path, pts
from tools.engines.previz.people.person import Person

LINEN = "#f7f4ec"
PUPIL = 17
"""Until then a uniform is a school's."""


def is_pupil(person: Person) -> bool:
    """Whether the uniform somebody wears is a school's."""
    young = person.child or (person.look.years is not None and person.look.years <= PUPIL)
    return young and person.look.garment == "uniform"


def school_uniform(person: Person, x: float) -> str:
    """The shirt in the neck, a striped tie, and a ribbed band at neck and hem."""
    cloth, w = person.look.garment_colour, person.line
    trim = pale(cloth, 0.55) if luma(cloth) < 0.5 else dark(cloth, 0.4)
    neck = pts([(x - 34, 78), (x + 34, 78), (x, 196)])
    tie = mix("#a8313a", cloth, 0.1) if luma(cloth) < 0.5 else "#28407a"
    blade = pts([(x - 7, 98), (x + 7, 98), (x + 11, 176), (x, 196), (x - 11, 176)])
    stripes = "".join(line([(x - 14, y + 8), (x + 14, y - 8)], pale(tie, 0.45), 3.0, smooth=False) for y in (120, 142, 164))  # fmt: skip
    band = line([(x - 37, 80), (x, 202), (x + 37, 80)], trim, w * 2.4, smooth=False)
    ribs = "".join(line([(a, 336), (a, 352)], dark(cloth, 0.3), w * 0.8) for a in range(-90, 91, 9))
    hem = line([(-120, 334), (120, 334)], trim, w * 1.6)
    return (
        path(neck, LINEN, ink=person.ink, width=w)
        + path(blade, tie) + clip(blade, stripes) + path(blade, ink=person.ink, width=w * 0.8)
        + band + hem + ribs
    )  # fmt: skip
