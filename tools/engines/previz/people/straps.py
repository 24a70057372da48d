"""What hangs from the shoulders: a rucksack on the back, and braces."""

from tools.engines.previz.colour import dark, luma, pale
from tools.engines.previz.ink import box, curve, line, path, pts
from tools.engines.previz.people.person import Person

BUCKLE = "#d9b64f"


def straps(person: Person, x: float) -> str:
    """What is seen of them on the chest."""
    drawn = _rucksack(person, x) if person.wears("rucksack") else ""
    return drawn + (_braces(person, x) if person.wears("braces") else "")


def _canvas(person: Person) -> str:
    usual = "#a8452f" if luma(person.look.garment_colour) < 0.4 else "#2f4a6b"
    return person.tone(usual, "rucksack")


def _rucksack(person: Person, x: float) -> str:
    """Two broad straps that go under the arms, with a buckle each, and the bag's top over the shoulders."""
    hue, w, c = _canvas(person), person.line, person.cut
    drawn = ""
    for s in (-1, 1):
        side = c.far if s > 0 else 1.0
        d = curve(
            [(x + s * 30, 84), (x + s * 50, 92), (s * (c.chest - 8) * side, 150), (s * (c.chest - 4) * side, 232),
             (s * (c.chest - 24) * side, 232), (s * (c.chest - 28) * side, 158)], tension=0.6,
        )  # fmt: skip
        seam = line([(x + s * 40, 94), (s * (c.chest - 17) * side, 156), (s * (c.chest - 14) * side, 226)], pale(hue, 0.3), w * 0.7)  # fmt: skip
        place = s * (c.chest - 15) * side
        drawn += path(d, hue, ink=person.ink, width=w) + seam
        drawn += box(place - 13, 186, 26, 12, BUCKLE, ink=person.ink, width=w * 0.7, r=2)
    return drawn


def _braces(person: Person, x: float) -> str:
    hue, w = person.tone("#5a2b2b" if luma(person.cloth) > 0.3 else "#d8cdb8", "braces"), person.line
    return "".join(
        path(pts([(x + s * 27, 92), (x + s * 41, 96), (x + s * 50, 346), (x + s * 36, 346)]), hue, ink=person.ink, width=w * 0.9)
        + box(x + s * 43 - 10, 300, 20, 13, BUCKLE, ink=person.ink, width=w * 0.7, r=2)
        for s in (-1, 1)
    )  # fmt: skip


def behind(person: Person) -> str:
    """The bag on a back, or where the braces cross."""
    w = person.line
    if person.wears("rucksack"):
        hue = _canvas(person)
        bag = curve([(-56, 112), (0, 100), (56, 112), (64, 220), (58, 312), (0, 320), (-58, 312), (-64, 220)], tension=0.7)  # fmt: skip
        pocket = box(-40, 222, 80, 70, dark(hue, 0.12), ink=person.ink, width=w, r=10)
        flap = curve([(-58, 116), (0, 102), (58, 116), (60, 168), (0, 186), (-60, 168)], tension=0.7)
        return path(bag, hue, ink=person.ink, width=w * 1.1) + pocket + path(flap, pale(hue, 0.1), ink=person.ink, width=w) + box(-8, 176, 16, 22, BUCKLE, ink=person.ink, width=w * 0.7)  # fmt: skip
    if not person.wears("braces"):
        return ""
    hue = person.tone("#5a2b2b" if luma(person.cloth) > 0.3 else "#d8cdb8", "braces")
    return "".join(
        path(pts([(s * 27, 92), (s * 41, 92), (s * -3, 230), (s * -17, 230)]), hue, ink=person.ink, width=w) for s in (-1, 1)
    ) + box(-8, 226, 16, 126, hue, ink=person.ink, width=w)  # fmt: skip
