"""Robes, ponchos and other clothes of a country or an order: their chests, and what hangs over the arms."""

from collections.abc import Callable, Mapping

from state.script import Garment
from tools.engines.previz.colour import dark, luma, mix, pale
from tools.engines.previz.ink import box, clip, curve, line, oval, path, pts
from tools.engines.previz.people.patterns import woven
from tools.engines.previz.people.person import Person

GOLD = "#e0b84e"


def thread(person: Person) -> str:
    """What a garment of this colour is embroidered with."""
    red, _, blue = (int(person.look.garment_colour[i : i + 2], 16) for i in (1, 3, 5))
    golden = red > blue + 70 and luma(person.look.garment_colour) > 0.4
    return "#fbf1d6" if golden else GOLD


def _gown(person: Person, x: float) -> str:
    """Wide and long, worked with thread around a slit neck."""
    cloth, w, gold = person.look.garment_colour, person.line, thread(person)
    tone = dark(cloth, 0.3)
    slit = pts([(x - 9, 96), (x + 9, 96), (x, 158)])
    plate = curve([(x - 40, 92), (x - 42, 150), (x - 30, 196), (x, 216), (x + 30, 196), (x + 42, 150), (x + 40, 92)], tension=0.5)  # fmt: skip
    rings = "".join(oval(x + dx, dy, r, r, "none", ink=gold, width=w * 0.9) for dx, dy, r in ((-22, 172, 10), (22, 172, 10), (0, 190, 8)))  # fmt: skip
    rows = "".join(line([(x - 34, y), (x - 12, y + 4)], gold, w * 0.8) + line([(x + 12, y + 4), (x + 34, y)], gold, w * 0.8) for y in (112, 124, 136, 148))  # fmt: skip
    falls = "".join(line([(s * a, 116), (s * (a + 8), 240), (s * (a + 10), 360)], tone, w) for a in (52, 70) for s in (-1, 1))  # fmt: skip
    return path(plate, mix(cloth, gold, 0.22), ink=gold, width=w * 1.3) + rings + rows + path(slit, dark(cloth, 0.4), ink=gold, width=w) + falls  # fmt: skip


def _poncho_chest(person: Person, x: float) -> str:
    return line([(x, 104), (x, 352)], dark(person.cloth, 0.3), person.line)


def poncho(person: Person, x: float) -> str:
    """One cloth with a hole for the head, over both arms."""
    if person.look.garment != "poncho":
        return ""
    cloth, w, c = person.look.garment_colour, person.line, person.cut
    out, far = c.shoulder + 44, (c.shoulder + 40) * c.far
    d = curve([(x - 30, 84), (-c.shoulder - 4, 106), (-out, 210), (-out - 4, 292), (x - 20, 334), (x + 20, 334), (far + 4, 290), (far, 208), (c.shoulder * c.far + 2, 106), (x + 30, 84), (x, 108)], tension=0.55)  # fmt: skip
    tones = (mix(cloth, thread(person), 0.75), dark(cloth, 0.35), pale(cloth, 0.5))
    bands = "".join(
        line([(-out - 20, y - 34), (x, y), (far + 20, y - 36)], tones[i % 3], size)
        for i, (y, size) in enumerate(((214, 7), (228, 3), (284, 9), (298, 4), (310, 3)))
    )
    shade = path(curve([(-out - 30, 80), (-c.shoulder * 0.5, 110), (-c.shoulder * 0.55, 340), (-out - 30, 340)]), dark(cloth, 0.26))  # fmt: skip
    folds = "".join(line([(x + a, 124), (x + b, 318)], dark(cloth, 0.32), w * 0.9) for a, b in ((-30, -62), (30, 60)))  # fmt: skip
    fringe = "".join(line([(x + i * 9, 328 - abs(i) * 3.4), (x + i * 9, 344 - abs(i) * 3.4)], tones[0], w * 1.1) for i in range(-11, 12))  # fmt: skip
    return fringe + path(d, cloth) + clip(d, shade, bands, folds) + path(d, ink=person.ink, width=w * 1.1)


def _sari(person: Person, x: float) -> str:
    cloth, w = person.look.garment_colour, person.line
    v = x - 9.0 if x else x
    neck = curve([(v - 34, 80), (v - 24, 112), (v, 122), (v + 24, 112), (v + 34, 80)])
    drape = curve([(-78, 92), (-30, 96), (20, 180), (110, 262), (110, 362), (-110, 362), (-110, 250), (-30, 220)], tension=0.5)  # fmt: skip
    edge = line([(-30, 96), (20, 180), (110, 262)], thread(person), w * 3.4)
    hem = line([(-78, 96), (-60, 160), (-30, 222), (-110, 252)], thread(person), w * 2.2)
    folds = "".join(line([(-66 + i * 12, 100), (-20 + i * 22, 220), (10 + i * 20, 350)], dark(cloth, 0.3), w * 0.8) for i in range(4))  # fmt: skip
    skin = path(neck, person.skin, ink=person.ink, width=w * 0.9)
    return skin + path(drape, cloth, ink=person.ink, width=w) + clip(drape, folds) + edge + hem


def _kimono(person: Person, x: float) -> str:
    cloth, w = person.look.garment_colour, person.line
    obi = mix(thread(person), cloth, 0.15) if luma(cloth) < 0.6 else dark(cloth, 0.55)
    under = path(pts([(x - 26, 84), (x + 26, 84), (x + 2, 156)]), person.skin, ink=person.ink, width=w * 0.7)
    right = path(pts([(x + 24, 80), (x + 40, 92), (x - 18, 214), (x - 36, 214)]), pale(cloth, 0.6), ink=person.ink, width=w * 0.8)  # fmt: skip
    left = path(pts([(x - 24, 80), (x - 40, 92), (x + 22, 214), (x + 40, 214)]), pale(cloth, 0.72), ink=person.ink, width=w * 0.8)  # fmt: skip
    high = 54 if person.woman else 26
    belt = box(-120, 208, 240, high, obi, ink=person.ink, width=w)
    cord = line([(-120, 208 + high / 2), (120, 208 + high / 2)], pale(obi, 0.4), w * 1.6)
    front = line([(x + 10, 208 + high), (x + 4, 360)], dark(cloth, 0.34), w)
    dots = "".join(oval(a, b, 6, 6, pale(cloth, 0.45)) + oval(a, b, 2.4, 2.4, thread(person)) for a, b in ((-58, 150), (60, 160), (-40, 300), (44, 322), (-66, 336))) if person.woman else ""  # fmt: skip
    return under + right + left + dots + belt + cord + front


def _habit(person: Person, x: float) -> str:
    cloth, w = person.look.garment_colour, person.line
    tone = dark(cloth, 0.4) if luma(cloth) > 0.12 else pale(cloth, 0.2)
    folds = "".join(
        line([(s * a, 130), (s * (a + 4), 350)], tone, w * 0.9) for a in (30, 58) for s in (-1, 1)
    )
    if person.woman:
        bib = curve([(-58, 84), (-56, 132), (x, 160), (56, 132), (58, 84)], tension=0.7)
        cross = line([(x, 196), (x, 226)], GOLD, w * 1.8) + line([(x - 8, 205), (x + 8, 205)], GOLD, w * 1.8)
        chain = line([(x - 26, 150), (x, 196), (x + 26, 150)], GOLD, w * 0.7)
        return folds + path(bib, "#f6f3ea", ink=person.ink, width=w) + chain + cross
    hood = curve([(-60, 84), (-66, 118), (x, 150), (66, 118), (60, 84)], tension=0.7)
    rope = line([(-110, 258), (x + 10, 264), (110, 256)], "#e3d6b2", w * 3.2)
    ends = line([(x + 14, 264), (x + 20, 352)], "#e3d6b2", w * 2.2) + oval(x + 18, 300, 4, 5, "#e3d6b2", ink=tone, width=w * 0.5)  # fmt: skip
    return folds + path(hood, dark(cloth, 0.12), ink=person.ink, width=w) + rope + ends


def _waistcoat(person: Person, x: float) -> str:
    """Open over a shirt, with two pockets."""
    cloth, w, c = person.look.garment_colour, person.line, person.cut
    tone = dark(cloth, 0.36)
    shirt = line([(x, 104), (x, 352)], dark(person.cloth, 0.3), w * 0.8)
    shirt += "".join(oval(x + 4, y, 2.2, 2.2, dark(person.cloth, 0.3)) for y in range(130, 340, 32))
    sides = "".join(
        path(pts([(x + s * 14, 330), (x + s * 16, 190), (x + s * 34, 92), (s * (c.shoulder - 16), 102), (s * (c.shoulder - 22), 160), (s * (c.hip + 34), 240), (s * (c.hip + 34), 346)]), cloth, ink=person.ink, width=w)
        + clip(pts([(x + s * 14, 330), (x + s * 16, 190), (x + s * 34, 92), (s * (c.shoulder - 16), 102), (s * (c.shoulder - 22), 160), (s * (c.hip + 34), 240), (s * (c.hip + 34), 346)]), woven(person))
        + path(pts([(x + s * 36, 252), (x + s * 66, 252), (x + s * 66, 300), (x + s * 36, 300)]), dark(cloth, 0.1), ink=tone, width=w * 0.9)
        + line([(x + s * 36, 262), (x + s * 66, 262)], tone, w * 0.7)
        + path(pts([(x + s * 38, 160), (x + s * 60, 160), (x + s * 60, 188), (x + s * 38, 188)]), dark(cloth, 0.1), ink=tone, width=w * 0.8)
        for s in (-1, 1)
    )  # fmt: skip
    return shirt + sides


def _kilt(person: Person, x: float) -> str:
    shirt = dark(person.cloth, 0.3)
    placket = line([(x, 104), (x, 320)], shirt, person.line)
    belt = box(-120, 312, 240, 18, "#2a2026", ink=person.ink, width=person.line * 0.8)
    return placket + belt + box(x - 10, 310, 20, 22, GOLD, ink=person.ink, width=1.2, r=3)


ROBES: Mapping[Garment, Callable[[Person, float], str]] = {
    "gown": _gown, "poncho": _poncho_chest, "sari": _sari, "kimono": _kimono, "habit": _habit, "waistcoat": _waistcoat,
    "kilt": _kilt,
}  # fmt: skip


def robe_collar(person: Person, x: float, n: float) -> str:
    """What lies around the neck of these."""
    if person.look.garment not in ("waistcoat", "kilt", "poncho"):
        return ""
    tone = mix(person.cloth, "#ffffff", 0.25) if person.look.garment != "poncho" else "#e9e0cc"
    return "".join(
        path(pts([(x - 5 + s * n, 78), (x + s * (n + 8), 94), (x + s * 14, 112), (x + s, 99)]), tone, ink=person.ink, width=person.line)
        for s in (-1, 1)
    )  # fmt: skip


def tartan(person: Person) -> str:
    """The squares of a kilt, to be cut by its outline."""
    cloth, w = person.look.garment_colour, person.line
    tones = (dark(cloth, 0.4), pale(cloth, 0.4))
    up = "".join(line([(x, 300), (x * 1.1, 500)], tones[i % 2], w * (1.8 - i % 2)) for i, x in enumerate(range(-110, 111, 18)))  # fmt: skip
    across = "".join(line([(-150, y), (150, y)], tones[i % 2], w * (1.8 - i % 2)) for i, y in enumerate(range(340, 490, 18)))  # fmt: skip
    return up + across


def robe_back(person: Person) -> str:
    """What these show from behind."""
    cloth, w, kind = person.look.garment_colour, person.line, person.look.garment
    if kind == "poncho":
        return ""
    if kind == "waistcoat":
        vest = pts(
            [(-64, 90), (64, 90), (60, 160), (120, 240), (120, 346), (-120, 346), (-120, 240), (-60, 160)]
        )
        return path(vest, cloth, ink=person.ink, width=w)
    if kind == "kimono":
        obi = mix(thread(person), cloth, 0.15) if luma(cloth) < 0.6 else dark(cloth, 0.55)
        knot = box(-30, 196, 60, 76, pale(obi, 0.1), ink=person.ink, width=w, r=6) if person.woman else ""
        return box(-120, 208, 240, 54, obi, ink=person.ink, width=w) + knot
    if kind == "sari":
        return path(
            pts([(-80, 90), (-20, 90), (120, 300), (120, 362), (-120, 362)]), cloth, ink=person.ink, width=w
        )
    return "".join(line([(x, 120), (x * 1.1, 352)], dark(cloth, 0.3), w) for x in (-50, -18, 18, 50))
