"""Knitted and buttoned: a polo shirt, an open cardigan, and the buttons that a text tells of."""

from collections.abc import Callable, Mapping

from state.script import Garment
from tools.engines.previz.colour import dark, luma, mix, pale
from tools.engines.previz.ink import box, clip, line, oval, path, pts
from tools.engines.previz.people.patterns import printed
from tools.engines.previz.people.person import Person


def _polo(person: Person, x: float) -> str:
    """A short placket with three buttons, a small crest, a ribbed hem."""
    cloth, w = person.look.garment_colour, person.line
    tone = dark(cloth, 0.32) if luma(cloth) > 0.06 else pale(cloth, 0.25)
    placket = box(x - 8, 100, 16, 72, dark(cloth, 0.1), ink=tone, width=w * 0.8)
    buttons = "".join(oval(x, y, 2.8, 2.8, pale(cloth, 0.7), ink=tone, width=0.9) for y in (120, 140, 160))
    crest = oval(x + 42, 158, 5.5, 6.5, pale(cloth, 0.6), ink=tone, width=0.9)
    hem = line([(-110, 340), (110, 340)], tone, w * 0.8, smooth=False)
    return placket + buttons + crest + hem


def _cardigan(person: Person, x: float) -> str:
    """Open over what is told to be under it, else over a pale shirt."""
    cloth, w, c = person.look.garment_colour, person.line, person.cut
    inner = person.look.under_colour or ("#efe7d8" if luma(cloth) < 0.6 else "#4a5870")
    opening = pts([(x - 28, 82), (x + 28, 82), (x + 26, 190), (x + 17, 362), (x - 17, 362), (x - 26, 190)])
    under = path(opening, inner) + clip(opening, printed(person.look.under_pattern, inner))
    tone = dark(cloth, 0.28) if luma(cloth) > 0.06 else pale(cloth, 0.25)
    edges = ""
    for s in (-1, 1):
        band = pts([(x + s * 28, 82), (x + s * 40, 86), (x + s * 38, 190), (x + s * 29, 362), (x + s * 16, 362), (x + s * 26, 190)])  # fmt: skip
        edges += path(band, dark(cloth, 0.12), ink=person.ink, width=w * 0.9)
        edges += path(pts([(x + s * 40, 262), (s * (c.hip + 4), 262), (s * (c.hip + 4), 316), (x + s * 40, 316)]), ink=tone, width=w * 0.9)  # fmt: skip
    knots = "".join(
        oval(x + 31, y, 4.2, 4.2, person.look.buttons_colour or dark(cloth, 0.45), ink=person.ink, width=w * 0.5)
        for y in (206, 242, 278, 314)
    )  # fmt: skip
    ribs = "".join(line([(i, 336), (i, 356)], tone, 1.5) for i in range(-84, 85, 10))
    return clip(pts([(-120, 332), (120, 332), (120, 362), (-120, 362)]), ribs) + under + edges + knots


CASUAL: Mapping[Garment, Callable[[Person, float], str]] = {"polo": _polo, "cardigan": _cardigan}


def casual_collar(person: Person, x: float, n: float) -> str:
    """A soft collar for a polo; a cardigan has that of the shirt under it."""
    w, cloth = person.line, person.look.garment_colour
    if person.look.garment == "polo":
        tone = dark(cloth, 0.14) if luma(cloth) > 0.1 else pale(cloth, 0.16)
    elif person.look.under_pattern or person.woman:
        return ""
    else:
        tone = mix(person.look.under_colour or "#efe7d8", "#ffffff", 0.3)
    return "".join(
        path(pts([(x - 5 + s * n, 76), (x + s * (n + 9), 94), (x + s * 17, 120), (x + s, 100)]), tone, ink=person.ink, width=w)
        for s in (-1, 1)
    )  # fmt: skip


def told_buttons(person: Person, x: float) -> str:
    """Two rows of bright buttons down the chest, on a coat or a uniform."""
    hue, w = person.look.buttons_colour, person.line
    if hue is None or person.look.garment in ("cardigan", "t_shirt", "polo", "sweater", "hoodie", "apron"):
        return ""
    rows = (-20, 22) if person.look.garment in ("coat", "uniform", "jacket") else (4,)
    low = 214 if person.look.garment in ("coat", "suit") else 132
    return "".join(
        oval(x + dx, y, 5.6, 5.6, hue, ink=dark(hue, 0.6), width=w * 0.7)
        + oval(x + dx - 1.4, y - 1.6, 1.8, 1.4, pale(hue, 0.7))
        for dx in rows
        for y in range(low, 350, 34)
    )
