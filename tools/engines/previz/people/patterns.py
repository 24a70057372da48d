"""What is printed on or woven into a cloth, drawn to be cut by the cloth's own outline."""

from tools.engines.previz.colour import dark, luma, pale
from tools.engines.previz.ink import line, oval
from tools.engines.previz.people.person import Person

REACH = (-180, 181)
LENGTH = (60, 640)


def woven(person: Person, *, far: float = 1.0) -> str:
    """Checks, stripes, flowers or dots over the whole of a cloth; nothing on a plain one."""
    kind, cloth = person.look.pattern, person.look.garment_colour
    if kind is None:
        return ""
    tone = dark(cloth, 0.3) if luma(cloth) > 0.4 else pale(cloth, 0.34)
    if kind == "checks":
        return _lines(tone, 20, 8.0 * far, upright=True) + _lines(tone, 20, 8.0 * far, upright=False)
    if kind == "stripes":
        # What is knitted is striped across.
        knit = person.look.garment in ("sweater", "t_shirt", "hoodie")
        return _lines(tone, 26 if knit else 22, (10.0 if knit else 6.0) * far, upright=not knit, opacity=0.8)
    return _scattered(person, tone, kind == "flowers")


def _lines(tone: str, step: int, width: float, *, upright: bool, opacity: float = 0.5) -> str:
    span, (low, high) = (REACH, LENGTH) if upright else (LENGTH, REACH)
    ends = (((at, low), (at, high)) if upright else ((low, at), (high, at)) for at in range(*span, step))
    return "".join(line(pair, tone, width, smooth=False, opacity=opacity) for pair in ends)


def _scattered(person: Person, tone: str, flowers: bool) -> str:
    drawn = []
    for row, y in enumerate(range(*LENGTH, 22)):
        for x in range(REACH[0] + 13 * (row % 2), REACH[1], 26):
            drawn.append(_flower(x, y, tone) if flowers else oval(x, y, 3.6, 3.6, tone))
    return "".join(drawn)


def _flower(x: float, y: float, tone: str) -> str:
    petals = "".join(oval(x + a, y + b, 3.2, 3.2, tone) for a, b in ((-4, 0), (4, 0), (0, -4), (0, 4)))
    return petals + oval(x, y, 2.2, 2.2, "#f2d36b")
