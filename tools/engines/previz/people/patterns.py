"""What is printed on or woven into a cloth, drawn to be cut by the cloth's own outline."""

from tools.engines.previz.colour import dark, luma, pale
from tools.engines.previz.ink import line, oval
from tools.engines.previz.people.person import Person

REACH = (-180, 181)
LENGTH = (60, 640)


def woven(person: Person, *, far: float = 1.0) -> str:
    """Checks, stripes, flowers or dots over the whole of a cloth; nothing on a plain one."""
    knit = person.look.garment in ("sweater", "t_shirt", "hoodie", "polo", "cardigan")
    return printed(person.look.pattern, person.look.garment_colour, far=far, knit=knit)


def printed(kind: str | None, cloth: str, *, far: float = 1.0, knit: bool = False) -> str:
    """A print on a cloth of this colour; stripes go across what is knitted."""
    if kind is None:
        return ""
    tone = dark(cloth, 0.3) if luma(cloth) > 0.4 else pale(cloth, 0.34)
    if kind == "checks":
        return _lines(tone, 20, 8.0 * far, upright=True) + _lines(tone, 20, 8.0 * far, upright=False)
    if kind == "stripes":
        return _lines(tone, 26 if knit else 22, (10.0 if knit else 6.0) * far, upright=not knit, opacity=0.8)
    return _scattered(cloth, tone, kind == "flowers")


def _lines(tone: str, step: int, width: float, *, upright: bool, opacity: float = 0.5) -> str:
    span, (low, high) = (REACH, LENGTH) if upright else (LENGTH, REACH)
    ends = (((at, low), (at, high)) if upright else ((low, at), (high, at)) for at in range(*span, step))
    return "".join(line(pair, tone, width, smooth=False, opacity=opacity) for pair in ends)


def _scattered(cloth: str, tone: str, flowers: bool) -> str:
    """Spots in rows, or blossoms of two colours with a leaf, large enough to be seen in a wide shot."""
    step, petals = (34, _blossoms(cloth)) if flowers else (26, (tone, tone))
    drawn = []
    for row, y in enumerate(range(*LENGTH, 30 if flowers else 22)):
        for column, x in enumerate(range(REACH[0] + step // 2 * (row % 2), REACH[1], step)):
            hue = petals[(row + column) % 2]
            drawn.append(_flower(x, y, hue) if flowers else oval(x, y, 3.6, 3.6, tone))
    return "".join(drawn)


def _blossoms(cloth: str) -> tuple[str, str]:
    """Two colours that stand out from a cloth."""
    return ("#f6e9cf", "#f2b6bf") if luma(cloth) < 0.5 else ("#c4455c", "#6a4f9c")


def _flower(x: float, y: float, tone: str) -> str:
    petals = "".join(
        oval(x + a, y + b, 4.4, 4.4, tone) for a, b in ((-5, -1), (5, -1), (0, -6), (-3, 4.5), (3, 4.5))
    )
    leaf = line([(x + 6, y + 6), (x + 11, y + 10)], "#4f8a4c", 2.6)
    return leaf + petals + oval(x, y, 3.0, 3.0, "#f2c53d")
