"""What is worn for work, for worship and for feasts: the chest of each, and what lies at its neck."""

from collections.abc import Callable, Mapping

from state.script import Garment
from tools.engines.previz.colour import dark, luma, mix, pale
from tools.engines.previz.ink import box, clip, curve, line, oval, path, pts
from tools.engines.previz.people.person import Person

REFLECTIVE, LINEN = "#e8ecdf", "#f4efe2"


def _overalls(person: Person, x: float) -> str:
    """Dungarees over a shirt: a bib, two straps with buckles, a pocket for pencils."""
    cloth, w, c = person.look.garment_colour, person.line, person.cut
    tone, stitch = dark(cloth, 0.36), pale(cloth, 0.42)
    bib = [(x - 38, 156), (x + 40, 156), (x + 46, 236), (c.hip + 30, 246), (c.hip + 30, 366), (-c.hip - 30, 366),
           (-c.hip - 30, 246), (x - 44, 236)]  # fmt: skip
    straps = "".join(
        path(pts([(x + s * 38, 168), (x + s * 24, 168), (x + s * 28, 84), (x + s * 44, 88)]), cloth, ink=person.ink, width=w * 0.8)
        + box(x + s * 31 - 8, 158, 16, 13, "#d9b64f", ink=person.ink, width=w * 0.6, r=2)
        for s in (-1, 1)
    )  # fmt: skip
    pocket = path(pts([(x - 22, 182), (x + 24, 182), (x + 22, 218), (x + 1, 224), (x - 20, 218)]), dark(cloth, 0.06), ink=tone, width=w * 0.9)  # fmt: skip
    pencil = line([(x + 12, 170), (x + 12, 192)], "#e0b23c", w * 1.7, smooth=False)
    seams = line([(x - 33, 162), (x + 35, 162)], stitch, w * 0.6) + line([(x, 246), (x, 352)], tone, w)
    hips = "".join(
        line([(x + s * 30, 262), (x + s * 44, 300), (s * (c.hip + 8), 306)], tone, w * 0.9) for s in (-1, 1)
    )
    waist = line([(-c.hip, 250), (x - 44, 240), (x, 242), (x + 46, 240), (c.hip, 250)], tone, w * 0.9)
    return pencil + path(pts(bib), cloth, ink=person.ink, width=w) + straps + pocket + seams + hips + waist


def vest_tone(person: Person) -> str:
    """Orange, or the yellow of a vest whose owner likes it greenish."""
    red, green, blue = (int(person.look.garment_colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#cfdc35" if green > red and green > blue else "#f2892b"


def _hi_vis(person: Person, x: float) -> str:
    vest, w, c = vest_tone(person), person.line, person.cut
    tone = dark(vest, 0.35)
    sides = "".join(
        path(pts([(x + s * 3, 176), (x + s * 26, 84), (s * (c.shoulder - 20), 100), (s * (c.shoulder - 26), 150), (s * (c.hip + 30), 240), (s * (c.hip + 30), 346), (x + s * 3, 346)]), vest, ink=person.ink, width=w * 0.9)
        for s in (-1, 1)
    )  # fmt: skip
    bands = "".join(
        path(pts([(x + s * 38, 92), (x + s * 54, 94), (x + s * 54, 232), (x + s * 38, 232)]), REFLECTIVE, ink=tone, width=w * 0.6)
        for s in (-1, 1)
    )  # fmt: skip
    belt = box(-120, 232, 240, 22, REFLECTIVE, ink=tone, width=w * 0.6)
    belt += box(-120, 290, 240, 22, REFLECTIVE, ink=tone, width=w * 0.6)
    zip_ = line([(x, 178), (x, 346)], person.ink, w * 1.1)
    return sides + bands + belt + zip_


def _cassock(person: Person, x: float) -> str:
    cloth, w = person.look.garment_colour, person.line
    tone = dark(cloth, 0.5) if luma(cloth) > 0.12 else pale(cloth, 0.22)
    placket = line([(x, 104), (x, 362)], tone, w)
    buttons = "".join(
        oval(x + 4, y, 2.4, 2.4, pale(cloth, 0.35), ink=tone, width=0.8) for y in range(120, 356, 15)
    )
    cape = line([(-88, 166), (-40, 178), (x, 172), (44, 178), (88, 164)], tone, w)
    sash = path(pts([(-120, 250), (120, 250), (120, 276), (-120, 276)]), dark(cloth, 0.3), ink=person.ink, width=w * 0.8)  # fmt: skip
    tail = path(pts([(x + 26, 270), (x + 48, 270), (x + 54, 360), (x + 32, 360)]), dark(cloth, 0.3), ink=person.ink, width=w * 0.8)  # fmt: skip
    return placket + buttons + cape + sash + tail


def _chef(person: Person, x: float) -> str:
    """A double-breasted jacket with cloth buttons."""
    cloth, w = person.cloth, person.line
    tone = dark(cloth, 0.24)
    flap = path(pts([(x - 34, 112), (x + 44, 98), (x + 36, 352), (x - 40, 352)]), pale(cloth, 0.4), ink=tone, width=w)  # fmt: skip
    buttons = "".join(
        oval(x + s, y, 4.2, 4.2, "#3a3f4a", ink=person.ink, width=w * 0.5)
        for y in range(140, 345, 36)
        for s in (-22, 26)
    )
    pocket = path(pts([(x + 50, 168), (x + 74, 166), (x + 74, 172), (x + 50, 174)]), dark(cloth, 0.12))
    thermometer = line([(x + 60, 156), (x + 60, 170)], "#b5313a", w * 1.2)
    return flap + buttons + thermometer + pocket


def _traditional(person: Person, x: float) -> str:
    """A dark embroidered waistcoat over a linen shirt."""
    cloth, w, c = person.look.garment_colour, person.line, person.cut
    tone, thread = dark(cloth, 0.4), "#e3b23c" if luma(cloth) < 0.6 else "#a83a34"
    slit = line([(x, 104), (x, 150)], dark(LINEN, 0.3), w)
    stitches = "".join(
        line([(x + s * 5, y), (x + s * 12, y + 5), (x + s * 5, y + 10)], "#b23a34", w * 0.8)
        for y in range(110, 150, 12)
        for s in (-1, 1)
    )
    sides = "".join(
        path(curve([(x + s * 30, 92), (x + s * 22, 150), (x + s * 5, 206), (x + s * 7, 300), (x + s * 20, 338), (s * (c.hip + 40), 338), (s * (c.shoulder + 20), 190), (s * (c.shoulder - 14), 104)], tension=0.55), cloth, ink=person.ink, width=w)
        + line([(x + s * 36, 104), (x + s * 29, 156), (x + s * 13, 208), (x + s * 15, 296), (x + s * 26, 328)], thread, w * 1.3)
        + "".join(_blossom(x + s * dx, y, w) for dx, y in ((47, 150), (40, 192), (36, 236), (36, 282)))
        for s in (-1, 1)
    )  # fmt: skip
    sash = path(pts([(-120, 330), (120, 330), (120, 352), (-120, 352)]), "#b23a34", ink=tone, width=w)
    return slit + stitches + sides + sash


def _blossom(x: float, y: float, w: float) -> str:
    petals = "".join(oval(x + dx, y + dy, 4, 4, "#d8574a") for dx, dy in ((-4, 0), (4, 0), (0, -4), (0, 4)))
    leaf = line([(x, y + 6), (x + 3, y + 14)], "#6f9a5a", w)
    return leaf + petals + oval(x, y, 2.6, 2.6, "#f2d37a")


WORKWEAR: Mapping[Garment, Callable[[Person, float], str]] = {
    "overalls": _overalls, "hi_vis": _hi_vis, "cassock": _cassock, "chef": _chef, "traditional": _traditional,
}  # fmt: skip


def work_collar(person: Person, x: float, n: float) -> str:
    """What lies around the neck of these."""
    kind, w = person.look.garment, person.line
    if kind == "cassock":
        ring = [(x - n - 5, 82), (x - n, 99), (x, 109), (x + n, 99), (x + n + 5, 82), (x + n - 1, 80), (x, 94), (x - n + 1, 80)]  # fmt: skip
        tab = box(x - 7, 93, 14, 15, "#f8f5ec", ink=person.ink, width=w * 0.6)
        return path(curve(ring), person.look.garment_colour, ink=person.ink, width=w) + tab
    if kind == "chef":
        cloth = [(x - n - 6, 84), (x, 98), (x + n + 6, 84), (x + n + 4, 100), (x + 4, 122), (x - 4, 122), (x - n - 4, 100)]  # fmt: skip
        ends = path(pts([(x - 4, 116), (x + 8, 116), (x + 16, 148), (x + 2, 140), (x - 10, 146)]), "#b5413a", ink=person.ink, width=w * 0.8)  # fmt: skip
        return ends + path(curve(cloth), "#c24a41", ink=person.ink, width=w)
    tone = LINEN if kind == "traditional" else mix(person.cloth, "#ffffff", 0.2)
    return "".join(
        path(pts([(x - 5 + s * n, 78), (x + s * (n + 8), 94), (x + s * 14, 112), (x + s, 99)]), tone, ink=person.ink, width=w)
        for s in (-1, 1)
    )  # fmt: skip


def back_of(person: Person) -> str:
    """What these show from behind."""
    cloth, kind, w = person.look.garment_colour, person.look.garment, person.line
    tone = dark(cloth, 0.34)
    if kind == "overalls":
        straps = "".join(path(pts([(s * 24, 86), (s * 40, 88), (-s * 8, 240), (-s * 24, 236)]), cloth, ink=person.ink, width=w * 0.8) for s in (-1, 1))  # fmt: skip
        seat = pts([(-40, 226), (40, 226), (120, 252), (120, 366), (-120, 366), (-120, 252)])
        return straps + path(seat, cloth, ink=person.ink, width=w)
    if kind == "hi_vis":
        vest = pts(
            [(-72, 92), (72, 92), (62, 150), (120, 236), (120, 346), (-120, 346), (-120, 236), (-62, 150)]
        )
        stripes = "".join(box(-120, y, 240, 20, REFLECTIVE, ink=tone, width=w * 0.6) for y in (172, 232, 290))
        body = path(vest, vest_tone(person), ink=person.ink, width=w)
        return body + clip(vest, stripes)
    if kind == "traditional":
        vest = curve([(-58, 90), (58, 90), (66, 200), (120, 340), (-120, 340), (-66, 200)], tension=0.5)
        flowers = "".join(_blossom(dx, y, w) for dx, y in ((-16, 140), (16, 140), (0, 168), (0, 112)))
        return path(vest, cloth, ink=person.ink, width=w) + flowers
    if kind == "cassock":
        return line([(-88, 170), (0, 182), (88, 168)], tone, w) + line([(-110, 262), (110, 262)], dark(cloth, 0.3), 24)  # fmt: skip
    return line([(-90, 120), (0, 132), (90, 118)], dark(person.cloth, 0.2), w) if kind == "chef" else ""
