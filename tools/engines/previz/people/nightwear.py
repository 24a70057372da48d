"""What is worn at night: a dressing gown tied over it, and pyjamas piped along every edge."""

from collections.abc import Callable, Mapping

from state.script import Garment
from tools.engines.previz.colour import dark, luma, pale
from tools.engines.previz.ink import box, clip, curve, line, oval, path, pts
from tools.engines.previz.people.patterns import woven
from tools.engines.previz.people.person import Person

LINEN = "#eef0f4"


def piping(person: Person) -> str:
    """The edge of a night garment: pale on dark cloth, dark on pale."""
    cloth = person.look.garment_colour
    return dark(cloth, 0.45) if luma(cloth) > 0.55 else pale(cloth, 0.6)


def _dressing_gown(person: Person, x: float) -> str:
    """A broad shawl collar crossed over the chest, a pocket, and a belt tied in front."""
    cloth, w = person.look.garment_colour, person.line
    edge, lapel = dark(cloth, 0.36), pale(cloth, 0.2) if luma(cloth) < 0.6 else dark(cloth, 0.12)
    under = path(pts([(x - 34, 78), (x + 34, 78), (x + 4, 186)]), LINEN, ink=person.ink, width=w * 0.7)
    right = path(curve([(x + 22, 76), (x + 56, 96), (x + 50, 150), (x - 16, 244), (x - 34, 244), (x + 14, 160), (x + 26, 110)], tension=0.7), lapel, ink=person.ink, width=w)  # fmt: skip
    left = path(curve([(x - 22, 76), (x - 56, 96), (x - 50, 150), (x + 18, 244), (x + 38, 244), (x - 14, 160), (x - 26, 110)], tension=0.7), lapel, ink=person.ink, width=w)  # fmt: skip
    pocket = box(x + 34, 284, 44, 46, dark(cloth, 0.06), ink=edge, width=w * 0.9, r=3) + line([(x + 34, 294), (x + 78, 294)], edge, w * 0.8)  # fmt: skip
    belt = box(-120, 240, 240, 24, lapel, ink=person.ink, width=w)
    ends = "".join(
        path(pts([(x + a, 252), (x + a + 15, 252), (x + a + b + 14, 344), (x + a + b, 344)]), lapel, ink=person.ink, width=w * 0.9)
        for a, b in ((-16, -10), (2, 12))
    )  # fmt: skip
    knot = oval(x, 252, 15, 13, lapel, ink=person.ink, width=w)
    return under + right + left + pocket + belt + ends + knot


def _pyjamas(person: Person, x: float) -> str:
    """An open collar, round buttons and a breast pocket, piped."""
    w, edge = person.line, piping(person)
    neck = path(pts([(x - 22, 80), (x + 22, 80), (x, 134)]), person.skin, ink=person.ink, width=w * 0.8)
    lapels = "".join(
        path(pts([(x + s * 16, 78), (x + s * 44, 92), (x + s * 34, 132), (x, 140)]), person.cloth, ink=person.ink, width=w)
        + line([(x + s * 20, 84), (x + s * 40, 95), (x + s * 31, 127)], edge, w * 1.2, smooth=False)
        for s in (-1, 1)
    )  # fmt: skip
    front = line([(x, 140), (x + 1, 352)], edge, w * 1.5)
    buttons = "".join(oval(x + 7, y, 4, 4, edge, ink=person.ink, width=w * 0.5) for y in (164, 214, 264, 314))
    pocket = pts([(x + 26, 172), (x + 60, 172), (x + 59, 212), (x + 43, 217), (x + 27, 212)])
    return (
        neck + lapels + front + buttons
        + path(pocket, person.cloth) + clip(pocket, woven(person)) + path(pocket, ink=edge, width=w)
        + line([(x + 26, 181), (x + 60, 181)], edge, w * 1.4)
    )  # fmt: skip


NIGHTWEAR: Mapping[Garment, Callable[[Person, float], str]] = {
    "dressing_gown": _dressing_gown, "pyjamas": _pyjamas,
}  # fmt: skip


def night_back(person: Person) -> str:
    """What these show from behind."""
    cloth, w = person.look.garment_colour, person.line
    if person.look.garment != "dressing_gown":
        return ""
    tone = pale(cloth, 0.2) if luma(cloth) < 0.6 else dark(cloth, 0.12)
    return box(-120, 240, 240, 24, tone, ink=person.ink, width=w)
