"""Hair by the strand: two plaits, dreadlocks, a shorn head, and a fringe over any of them."""

from itertools import pairwise

from tools.engines.previz.colour import mix
from tools.engines.previz.ink import Point, clip, curve, line, oval, path
from tools.engines.previz.people.person import Person

LOCK = 10.5
"""How thick a dreadlock is."""


def rope(person: Person, points: list[Point], *, width: float = LOCK, tone: str = "") -> str:
    """One dreadlock: a round strand with turns in it."""
    hue = tone or person.hair
    end, edge = points[-1], width + person.line * 1.8
    drawn = line(points, person.ink, edge) + oval(*end, edge / 2, edge * 0.7, person.ink)
    drawn += line(points, hue, width) + oval(*end, width / 2, edge * 0.7 - person.line, hue)
    turns = ""
    for (x0, y0), (x1, y1) in pairwise(points):
        for share in (0.25, 0.75):
            x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
            turns += line(
                [(x - width * 0.34, y - 2), (x + width * 0.34, y + 3)], person.hair_shade, person.line * 0.8
            )
    return drawn + turns


def hanging_locs(person: Person, s: float) -> str:
    """Those that fall behind neck and shoulders."""
    low = 128.0 if person.woman else 92.0
    roots = (-46, -36, -26, 30, 39) if person.facing == "camera" else (-48, -40, -31, -22, -12)
    return "".join(
        rope(person, [(x + s, -24), (x * 1.14 + s, 30), (x * 1.1 + s, low - abs(x + 10) * 0.25)])
        for x in roots
    )


def locs_over(person: Person, cap: str) -> str:
    """The crown in strands, and those that hang before the ears."""
    s, camera = (0.0, True) if person.facing == "camera" else (-5.0, False)
    low = 96.0 if person.woman else 62.0
    tops = [(-33, -42), (31, -44), (-22, -52), (20, -53)] if camera else [(-34, -40), (-24, -50), (-10, -56)]
    crown = "".join(
        rope(person, [(3.0 + s, -64), (x * 0.8, y - 8), (x * 1.25, y + 15)], width=LOCK * 0.8) for x, y in tops
    )
    sides = [
        [(-44 + s, -22), (-48 + s, 14), (-45 + s, low)],
        [(-38 + s, -26), (-40 + s, 10), (-37 + s, low - 14)],
    ]
    if camera:
        sides += [[(44, -22), (48, 14), (45, low)], [(38, -26), (40, 10), (38, low - 14)]]
    return cap + crown + "".join(rope(person, [(float(x), float(y)) for x, y in one]) for one in sides)


def shorn(person: Person, cap: str) -> str:
    """A shade of hair on the skull, with a clear edge."""
    tone = mix(person.hair, person.skin, 0.3)
    grain = "".join(
        line([(x, y), (x + 1.2, y + 2.6)], person.hair_shade, person.line * 0.5, opacity=0.7)
        for row, y in enumerate(range(-66, -6, 7))
        for x in range(-52 + 3 * (row % 2), 50, 7)
    )
    return path(cap, tone) + clip(cap, grain) + path(cap, ink=person.ink, width=person.line)


CHOPPY = frozenset(("short", "slicked", "curly", "ponytail"))
"""Hair that a straight fringe would turn into a cap."""


def _choppy(person: Person) -> str:
    """A fringe in pointed locks, swept over the brow."""
    far = 38.0 if person.facing == "camera" else 34.0
    tips = [(-39, -11), (-32, -25), (-24, -11), (-17, -27), (-7, -13), (0, -29), (10, -15), (16, -31), (25, -19)]
    low = [(x, y) for x, y in [*tips, (30, -34), (far, -22)] if x <= far]
    top = [(far - 1, -38.0), (26.0, -53.0), (6.0, -59.0), (-18.0, -57.0), (-35.0, -40.0)]
    d = curve([*((float(x), float(y)) for x, y in low), *top], tension=0.25)
    strands = "".join(
        line([(x * 0.45 + 8, -58), (x * 0.8 + 5, -42), (float(x), y - 4)], person.hair_shade, person.line * 0.8)
        for x, y in tips[::2]
    )
    edge = line([(float(x), float(y)) for x, y in low], person.ink, person.line)
    return path(d, person.hair) + clip(d, strands) + edge


def fringe(person: Person) -> str:
    """Cut straight over the brows; in locks where the hair itself is short."""
    if person.hair_style in CHOPPY:
        return _choppy(person)
    camera = person.facing == "camera"
    # Of a turned head the far end stops at the temple.
    left, right = (-40.0, 40.0) if camera else (-36.0, 38.5)
    top = [(left, -18), (left + 5, -42), (left + 20, -57), (4.0, -62), (right - 14, -55), (right - 2, -38)]
    edge = [(right, -20.0), (right - 16, -16.5), (0.0, -15.5), (left + 18, -15.0), (left + 3, -13.0)]
    d = curve([*top, *edge], tension=0.45)
    strands = "".join(
        line([(x * 0.62, -58), (x * 0.9, -38), (x, -17)], person.hair_shade, person.line * 0.8, opacity=0.85)
        for x in (-28, -20, -12, -4, 4, 12, 20, 29)
    )
    shine = path(
        curve([(left + 10, -40), (0, -46), (right - 8, -40), (right - 8, -34), (0, -39), (left + 10, -33)]),
        person.hair_light, opacity=0.6,
    )  # fmt: skip
    cut = line(edge, person.ink, person.line * 1.1)
    return path(d, person.hair) + clip(d, strands, shine) + cut


def hair_ties(person: Person, places: tuple[Point, ...], colour: str) -> str:
    """What ends a plait."""
    return "".join(oval(x, y, 6, 5, colour, ink=person.ink, width=person.line * 0.7) for x, y in places)
