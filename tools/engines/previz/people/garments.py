"""What each garment shows on the chest, at the neck and around it."""

from tools.engines.previz.colour import dark, luma, mix, pale
from tools.engines.previz.ink import box, cel, clip, curve, line, oval, path, pts
from tools.engines.previz.people.casual import CASUAL, casual_collar, told_buttons
from tools.engines.previz.people.gear import bow_tie, headphones, tool_belt
from tools.engines.previz.people.nightwear import NIGHTWEAR
from tools.engines.previz.people.patterns import printed, woven
from tools.engines.previz.people.person import UNDER, Person
from tools.engines.previz.people.ready import at_neck
from tools.engines.previz.people.robes import ROBES, poncho, robe_collar
from tools.engines.previz.people.school import is_pupil, school_uniform
from tools.engines.previz.people.workwear import WORKWEAR, work_collar
from tools.engines.previz.people.wraps import neckerchief


def front(person: Person) -> str:
    """What is seen on the chest, to be cut by the torso."""
    x = 0.0 if person.facing == "camera" else 8.0
    return _beneath(person) + _front(person, x) + told_buttons(person, x) + tool_belt(person, x)


def _beneath(person: Person) -> str:
    """The print of what is seen under an apron, a bib or a vest."""
    return printed(person.look.under_pattern, person.cloth) if person.look.garment in UNDER else ""


def _front(person: Person, x: float) -> str:
    if person.look.garment in CASUAL:
        return _folds(person, dark(person.cloth, 0.26)) + CASUAL[person.look.garment](person, x)
    if person.look.garment in WORKWEAR:
        return _folds(person, dark(person.cloth, 0.26)) + WORKWEAR[person.look.garment](person, x)
    if is_pupil(person):
        return _folds(person, dark(person.cloth, 0.26)) + school_uniform(person, x)
    if person.look.garment in NIGHTWEAR:
        return _folds(person, dark(person.cloth, 0.26)) + NIGHTWEAR[person.look.garment](person, x)
    if person.look.garment in ROBES:
        return ROBES[person.look.garment](person, x)
    return {
        "shirt": _buttoned, "suit": _suit, "dress": _dress, "sweater": _knit, "t_shirt": _plain,
        "coat": _coat, "uniform": _uniform, "blouse": _blouse, "jacket": _jacket, "apron": _apron,
        "robe": _robe, "scrubs": _scrubs, "hoodie": _hoodie,
    }[person.look.garment](person, x)  # fmt: skip


def _folds(person: Person, colour: str) -> str:
    c = person.cut
    folds = [[(-c.waist + 4, 238), (-c.waist + 22, 246)], [(c.waist - 6, 230), (c.waist - 24, 242)], [(c.waist - 2, 250), (c.waist - 18, 258)],
             [(c.chest - 8, 168), (c.chest - 18, 186)], [(-c.chest + 10, 166), (-c.chest + 20, 184)]]  # fmt: skip
    return "".join(line(fold, colour, person.line * 0.9, opacity=0.8) for fold in folds)


def _buttoned(person: Person, x: float) -> str:
    tone = dark(person.look.garment_colour, 0.34)
    buttons = "".join(
        oval(x + 5, y, 2.6, 2.6, pale(person.look.garment_colour, 0.5), ink=tone, width=1)
        for y in range(140, 345, 34)
    )
    pocket = path(
        pts([(x + 28, 166), (x + 54, 166), (x + 53, 190), (x + 41, 195), (x + 29, 190)]),
        ink=tone,
        width=person.line * 0.8,
    )
    return (
        line([(x - 2, 104), (x, 220), (x, 352)], tone, person.line * 0.9)
        + buttons
        + pocket
        + _folds(person, tone)
    )


def _suit(person: Person, x: float) -> str:
    cloth = person.look.garment_colour
    tone, linen = (
        dark(cloth, 0.4),
        person.look.under_colour or ("#f2ece0" if luma(cloth) < 0.7 else "#cfd8e2"),
    )
    opening = path(
        pts([(x - 26, 84), (x + 26, 84), (x + 4, 226), (x - 2, 226)]),
        linen,
        ink=person.ink,
        width=person.line * 0.8,
    )
    bow = person.wears("bow_tie")
    tie = _tie(person, x) if (not person.woman and not bow) or person.wears("tie") else ""
    left = pts([(x - 27, 88), (x - 50, 132), (x - 37, 143), (x - 43, 154), (x, 232), (x - 9, 180)])
    right = pts([(x + 27, 88), (x + 50, 132), (x + 37, 143), (x + 43, 154), (x + 2, 232), (x + 10, 180)])
    lapels = "".join(
        path(d, mix(cloth, tone, 0.25), ink=person.ink, width=person.line * 0.8) for d in (left, right)
    )
    square = path(
        pts([(x + 42, 168), (x + 58, 163), (x + 60, 174), (x + 43, 176)]),
        pale(cloth, 0.65),
        ink=person.ink,
        width=1.2,
    )
    buttons = oval(x + 3, 252, 3.4, 3.4, tone) + oval(x + 3, 284, 3.4, 3.4, tone)
    return (
        opening
        + tie
        + lapels
        + square
        + line([(x, 230), (x + 2, 300), (x - 5, 352)], person.ink, person.line * 0.8)
        + buttons
        + _folds(person, tone)
    )


def _tie(person: Person, x: float) -> str:
    colour = (
        mix("#a8313a", person.look.garment_colour, 0.12)
        if luma(person.look.garment_colour) < 0.5
        else "#34466b"
    )
    colour = person.tone(colour, "tie")
    knot = pts([(x - 7, 96), (x + 7, 96), (x + 4.5, 110), (x - 4.5, 110)])
    blade = pts([(x - 4.5, 110), (x + 4.5, 110), (x + 11, 208), (x, 226), (x - 10, 208)])
    stripes = "".join(
        line([(x - 12, y + 9), (x + 12, y - 9)], pale(colour, 0.35), 2.2, smooth=False)
        for y in range(124, 226, 22)
    )
    return path(blade, colour) + clip(blade, stripes) + path(blade, ink=person.ink, width=person.line * 0.7) + path(knot, dark(colour, 0.15), ink=person.ink, width=person.line * 0.7)  # fmt: skip


def _dress(person: Person, x: float) -> str:
    cloth, v = person.look.garment_colour, _throat(x)
    tone = dark(cloth, 0.36)
    neckline = path(curve([(v - 36, 80), (v - 28, 112), (v, 132), (v + 28, 112), (v + 36, 80)], tension=0.9), person.skin, ink=person.ink, width=person.line * 0.9)  # fmt: skip
    belt = path(pts([(-90, 246), (90, 246), (90, 262), (-90, 262)]), dark(cloth, 0.45))
    darts = line([(x - 24, 176), (x - 20, 214), (x - 24, 244)], tone, person.line * 0.8) + line([(x + 24, 176), (x + 20, 214), (x + 24, 244)], tone, person.line * 0.8)  # fmt: skip
    return neckline + belt + darts


def _knit(person: Person, x: float) -> str:
    tone = dark(person.look.garment_colour, 0.26)
    band = path(
        pts([(-100, 332), (100, 332), (100, 360), (-100, 360)]), dark(person.look.garment_colour, 0.14)
    )
    ribs = "".join(line([(i, 334), (i, 352)], tone, 1.6) for i in range(-84, 85, 9))
    cable = "".join(line([(x + s * 20, y), (x + s * 27, y + 9), (x + s * 20, y + 18)], tone, person.line * 0.7) for s in (-1, 1) for y in range(136, 322, 20))  # fmt: skip
    return band + ribs + cable + _folds(person, tone)


def _plain(person: Person, x: float) -> str:
    tone = dark(person.look.garment_colour, 0.32)
    if person.look.pattern:
        return _folds(person, tone)
    stripe = path(
        pts([(-110, 188), (110, 182), (110, 204), (-110, 210)]), pale(person.look.garment_colour, 0.55)
    )
    return stripe + _folds(person, tone)


def _coat(person: Person, x: float) -> str:
    cloth = person.look.garment_colour
    tone, inner = dark(cloth, 0.4), person.look.under_colour or mix(cloth, "#efe4d2", 0.72)
    opening = path(
        pts([(x - 24, 84), (x + 24, 84), (x + 3, 182), (x - 3, 182)]),
        inner,
        ink=person.ink,
        width=person.line * 0.8,
    )
    lapels = "".join(path(pts([(x + s * 24, 84), (x + s * 56, 128), (x + s * 44, 148), (x + s * 52, 158), (x, 206), (x + s * 7, 168)]), mix(cloth, tone, 0.22), ink=person.ink, width=person.line * 0.8) for s in (-1, 1))  # fmt: skip
    buttons = "".join(
        oval(x + s * 17, y, 4, 4, tone, ink=person.ink, width=1.2) for y in (222, 256, 318) for s in (-1, 1)
    )
    belt = path(
        pts([(-100, 276), (100, 276), (100, 296), (-100, 296)]),
        dark(cloth, 0.22),
        ink=person.ink,
        width=person.line * 0.8,
    )
    return opening + lapels + buttons + belt + line([(x, 206), (x, 352)], tone, person.line * 0.8)


def _uniform(person: Person, x: float) -> str:
    """Any service's: two flapped pockets, shoulder boards and a cloth belt, and nobody's badge."""
    cloth, w = person.look.garment_colour, person.line
    tone, trim = dark(cloth, 0.36), pale(cloth, 0.36)
    pockets = "".join(
        box(x + s * 40 - 17, 164, 34, 36, dark(cloth, 0.12), ink=tone, width=w * 0.8, r=3)
        + path(pts([(x + s * 40 - 18, 162), (x + s * 40 + 18, 162), (x + s * 40 + 18, 172), (x + s * 40, 179), (x + s * 40 - 18, 172)]), dark(cloth, 0.2), ink=tone, width=w * 0.8)
        + oval(x + s * 40, 173, 2, 2, trim)
        for s in (-1, 1)
    )  # fmt: skip
    boards = "".join(
        path(pts([(s * 48, 96), (s * 86, 108), (s * 84, 124), (s * 45, 110)]), trim, ink=person.ink, width=w * 0.7)
        + line([(s * 62, 102), (s * 59, 114)], tone, w * 1.2)
        for s in (-1, 1)
    )  # fmt: skip
    belt = box(-110, 272, 220, 20, dark(cloth, 0.5)) + box(
        x - 9, 272, 18, 20, trim, ink=person.ink, width=1.4
    )
    buttons = "".join(oval(x + 4, y, 2.8, 2.8, trim, ink=tone, width=0.9) for y in range(128, 262, 30))
    return line([(x, 104), (x, 352)], tone, w * 0.9) + buttons + pockets + boards + belt


def _throat(x: float) -> float:
    """The middle of an open neckline: where the neck comes down, not where the chest is."""
    return x - 9.0 if x else x


def _blouse(person: Person, x: float) -> str:
    tone, x = dark(person.look.garment_colour, 0.3), _throat(x)
    neckline = path(
        pts([(x - 32, 76), (x, 150), (x + 32, 76)]), person.skin, ink=person.ink, width=person.line * 0.9
    )
    ruffle = "".join(path(curve([(x + s * 26, 86), (x + s * 36, 110), (x + s * 22, 132), (x + s * 24, 146), (x + s * 2, 164), (x + s * 4, 148), (x + s * 16, 118)]), pale(person.look.garment_colour, 0.34), ink=person.ink, width=person.line * 0.8) for s in (-1, 1))  # fmt: skip
    return neckline + ruffle + line([(x, 164), (x, 352)], tone, person.line * 0.8) + _folds(person, tone)


def _jacket(person: Person, x: float) -> str:
    cloth, w = person.look.garment_colour, person.line
    tone, inner = (
        dark(cloth, 0.42),
        person.look.under_colour or ("#e9e1d2" if luma(cloth) < 0.6 else "#4a5563"),
    )
    opening = path(pts([(x - 30, 82), (x + 30, 82), (x + 22, 352), (x - 14, 352)]), inner)
    fold = curve([(x - 30, 84), (x - 8, 112), (x + 10, 112), (x + 30, 84), (x + 12, 104), (x - 10, 104)])
    neck = path(fold, dark(inner, 0.16))
    creases = "".join(line([(x - 6, y), (x + 6, y + 8)], dark(inner, 0.2), w * 0.8) for y in (176, 232, 286))
    zips = line([(x - 30, 90), (x - 20, 220), (x - 15, 352)], person.ink, w * 1.3) + line(
        [(x + 30, 90), (x + 25, 220), (x + 22, 352)], person.ink, w * 1.3
    )
    teeth = line([(x + 27, 100), (x + 22, 220), (x + 19, 350)], "#d7d2c4", w * 0.7)
    pockets = "".join(
        line([(x + s * 44, 238), (x + s * 58, 284)], tone, w * 1.2) + line([(x + s * 47, 238), (x + s * 61, 284)], "#d7d2c4", w * 0.5)
        for s in (-1, 1)
    )  # fmt: skip
    seams = "".join(line([(s * 34, 100), (s * 46, 150), (s * 76, 164)], tone, w * 0.8) for s in (-1, 1))
    hem = path(
        pts([(-110, 326), (x - 16, 326), (x - 14, 352), (-110, 352)]),
        dark(cloth, 0.2),
        ink=tone,
        width=w * 0.8,
    )
    hem += path(
        pts([(x + 22, 326), (110, 326), (110, 352), (x + 22, 352)]), dark(cloth, 0.2), ink=tone, width=w * 0.8
    )
    return opening + neck + creases + zips + teeth + pockets + seams + hem + _folds(person, tone)


def _apron(person: Person, x: float) -> str:
    cloth, shirt, w = person.look.garment_colour, person.cloth, person.line
    tone, c = dark(cloth, 0.34), person.cut
    placket = line([(x, 100), (x, 150)], dark(shirt, 0.3), w * 0.8)
    sleeves_edge = _folds(person, dark(shirt, 0.26))
    bib = pts([(x - 34, 144), (x + 36, 144), (x + 46, 232), (c.hip + 30, 250), (c.hip + 30, 362), (-c.hip - 30, 362), (-c.hip - 30, 250), (x - 44, 232)])  # fmt: skip
    straps = "".join(
        path(pts([(x + s * 34, 146), (x + s * 25, 146), (x + s * 22, 84), (x + s * 30, 84)]), cloth, ink=person.ink, width=w * 0.7)
        for s in (-1, 1)
    )  # fmt: skip
    pocket = path(pts([(x - 36, 262), (x + 40, 262), (x + 38, 318), (x - 34, 318)]), ink=tone, width=w * 0.9)
    halves = line([(x + 2, 262), (x + 2, 318)], tone, w * 0.8) + line(
        [(x - 36, 270), (x + 40, 270)], tone, w * 0.6
    )
    waist = line([(-110, 246), (x - 44, 240), (x, 244), (x + 46, 240), (110, 246)], tone, w * 1.1)
    return (
        placket
        + sleeves_edge
        + straps
        + path(bib, cloth)
        + clip(bib, woven(person))
        + path(bib, ink=person.ink, width=w)
        + pocket
        + halves
        + waist
    )


def _robe(person: Person, x: float) -> str:
    cloth, w = person.look.garment_colour, person.line
    tone = dark(cloth, 0.45)
    trim = mix(cloth, "#e3c77a", 0.8)
    bands = "".join(
        path(pts([(x + s * 12, 96), (x + s * 27, 92), (x + s * 31, 362), (x + s * 14, 362)]), trim, ink=person.ink, width=w * 0.7)
        for s in (-1, 1)
    )  # fmt: skip
    folds = "".join(
        line([(s * a, 118), (s * (a + 4), 240), (s * (a + 2), 352)], tone, w * 0.9)
        for a in (46, 62)
        for s in (-1, 1)
    )
    yoke = line([(-86, 138), (-40, 128), (x - 14, 134)], tone, w * 0.8) + line(
        [(x + 14, 134), (40, 128), (86, 138)], tone, w * 0.8
    )
    return bands + folds + yoke + line([(x, 118), (x, 352)], tone, w * 0.9)


def _scrubs(person: Person, x: float) -> str:
    cloth, w = person.look.garment_colour, person.line
    tone = dark(cloth, 0.3)
    v = _throat(x)
    neckline = path(pts([(v - 35, 76), (v, 142), (v + 35, 76)]), person.skin, ink=person.ink, width=w * 0.9)
    binding = line([(v - 38, 81), (v, 150), (v + 38, 81)], tone, w * 1.4, smooth=False)
    pocket = path(
        pts([(x + 26, 160), (x + 58, 158), (x + 57, 196), (x + 27, 197)]),
        dark(cloth, 0.1),
        ink=tone,
        width=w * 0.8,
    )
    pens = line([(x + 34, 152), (x + 34, 172)], "#e8e2d4", w * 1.4) + line(
        [(x + 40, 154), (x + 40, 172)], "#b5313a", w * 1.4
    )
    hips = "".join(path(pts([(x + s * 22, 284), (x + s * 60, 284), (x + s * 60, 336), (x + s * 22, 336)]), ink=tone, width=w * 0.8) for s in (-1, 1))  # fmt: skip
    badge = box(x - 48, 166, 22, 28, "#f4f0e6", ink=person.ink, width=w * 0.6, r=2) + oval(
        x - 37, 176, 5, 5, "#c98d63"
    )
    badge += line([(x - 44, 187), (x - 30, 187)], "#7d8a96", w * 0.7)
    return neckline + binding + pocket + pens + hips + badge + _folds(person, tone)


def _hoodie(person: Person, x: float) -> str:
    cloth, w = person.look.garment_colour, person.line
    tone = dark(cloth, 0.34)
    pouch = path(
        pts([(x - 40, 254), (x + 42, 254), (x + 62, 318), (x - 60, 318)]), dark(cloth, 0.1), ink=tone, width=w
    )
    openings = line([(x - 40, 254), (x - 58, 306)], person.ink, w) + line(
        [(x + 42, 254), (x + 60, 306)], person.ink, w
    )
    cords = "".join(line([(x + s * 9, 112), (x + s * 12, 150), (x + s * 10, 176)], "#efe9dc", w * 1.2) + oval(x + s * 10, 178, 2.6, 4, "#efe9dc", ink=person.ink, width=w * 0.4) for s in (-1, 1))  # fmt: skip
    band = path(pts([(-110, 330), (110, 330), (110, 360), (-110, 360)]), dark(cloth, 0.16))
    ribs = "".join(line([(i, 332), (i, 352)], tone, 1.5) for i in range(-84, 85, 10))
    return pouch + openings + cords + band + ribs + _folds(person, tone)


def behind_neck(person: Person) -> str:
    """The inside of a hood, seen on both sides of the neck."""
    if person.look.garment != "hoodie":
        return ""
    x = 0.0 if person.facing == "camera" else -2.0
    return oval(x, 84, 36 if person.woman else 41, 22, dark(person.look.garment_colour, 0.45))


def collar(person: Person) -> str:
    """What lies around the neck."""
    x = 0.0 if person.facing == "camera" else -2.0
    cloth, w = person.look.garment_colour, person.line
    n = 20.0 if person.woman else 25.0
    if person.look.garment in ("shirt", "uniform", "suit"):
        white = person.look.garment == "suit" or is_pupil(person)
        tone = "#f7f2e8" if white else pale(cloth, 0.16)
        return "".join(path(pts([(x - 5 + s * n, 76), (x + s * (n + 9), 94), (x + s * 15, 116), (x + s, 98)]), tone, ink=person.ink, width=w) for s in (-1, 1))  # fmt: skip
    if person.look.garment in ("sweater", "t_shirt"):
        band = [(x - n - 7, 88), (x - n + 3, 100), (x, 108), (x + n - 3, 100), (x + n + 5, 88), (x + n + 8, 96), (x + n, 110), (x, 119), (x - n, 110), (x - n - 11, 96)]  # fmt: skip
        return path(curve(band, tension=0.8), dark(cloth, 0.16), ink=person.ink, width=w)
    if person.look.garment == "jacket":
        return "".join(path(pts([(x - 4 + s * n, 76), (x + s * (n + 15), 92), (x + s * 40, 112), (x + s * 16, 102)]), dark(cloth, 0.2), ink=person.ink, width=w) for s in (-1, 1))  # fmt: skip
    if person.look.garment == "apron":
        return "".join(path(pts([(x - 5 + s * n, 76), (x + s * (n + 9), 94), (x + s * 15, 116), (x + s, 98)]), pale(person.cloth, 0.5), ink=person.ink, width=w) for s in (-1, 1))  # fmt: skip
    if person.look.garment in CASUAL:
        return casual_collar(person, x, n)
    if person.look.garment in WORKWEAR:
        return work_collar(person, x, n)
    if person.look.garment == "robe":
        return _bands(person, x, n)
    if person.look.garment == "hoodie":
        return _hood(person, x, n)
    if person.look.garment == "coat":
        return "".join(path(pts([(x - 4 + s * n, 74), (x + s * (n + 18), 92), (x + s * 36, 122), (x + s * 14, 104)]), dark(cloth, 0.14), ink=person.ink, width=w) for s in (-1, 1))  # fmt: skip
    return robe_collar(person, x, n)


def _bands(person: Person, x: float, n: float) -> str:
    """A standing white collar with two tabs: it serves priests and judges."""
    w = person.line
    ring = curve(
        [
            (x - n - 4, 84),
            (x - n, 98),
            (x, 108),
            (x + n, 98),
            (x + n + 4, 84),
            (x + n - 2, 84),
            (x, 97),
            (x - n + 2, 84),
        ]
    )
    tabs = "".join(path(pts([(x, 102), (x + s * 10, 102), (x + s * 13, 130), (x + s * 1.5, 132)]), "#f7f3ea", ink=person.ink, width=w * 0.7) for s in (-1, 1))  # fmt: skip
    return path(ring, "#f7f3ea", ink=person.ink, width=w * 0.9) + tabs


def _hood(person: Person, x: float, n: float) -> str:
    cloth, w = person.look.garment_colour, person.line
    left = curve(
        [(x - n - 2, 66), (x - n - 22, 78), (x - n - 20, 98), (x - 8, 122), (x, 116), (x - n + 4, 96)]
    )
    right = curve(
        [(x + n + 2, 66), (x + n + 18, 78), (x + n + 16, 98), (x + 8, 122), (x, 116), (x + n - 4, 96)]
    )
    inner = curve([(x - n - 2, 74), (x - n - 12, 84), (x - n + 2, 98), (x - 3, 114), (x - n + 6, 94)])
    return "".join(path(d, dark(cloth, 0.1), ink=person.ink, width=w) for d in (left, right)) + path(
        inner, dark(cloth, 0.4)
    )


def worn(person: Person) -> str:
    """Necklace, scarf or tie."""
    x = 0.0 if person.facing == "camera" else -2.0
    w, drawn = person.line, ""
    if person.wears("necklace"):
        beads = curve([(x - 22, 88), (x - 14, 114), (x, 124), (x + 14, 114), (x + 22, 88)], False)
        drawn += path(beads, ink="#a5792c", width=w * 1.5) + path(beads, ink=person.tone("#f0cd6a", "necklace"), width=w * 0.8) + oval(x, 128, 5.4, 6.6, "#58b5a6", ink=person.ink, width=w * 0.7)  # fmt: skip
    drawn += poncho(person, x)
    if person.wears("scarf"):
        drawn += _scarf(person, x)
    if person.wears("neckerchief"):
        drawn += neckerchief(person, x)
    if person.wears("shawl"):
        drawn += _shawl(person, x)
    if person.wears("tie") and person.look.garment != "suit":
        drawn += _tie(person, x)
    return drawn + bow_tie(person, x) + headphones(person, x) + at_neck(person, x)


def _scarf(person: Person, x: float) -> str:
    red = luma(person.look.garment_colour) < 0.45
    hue = person.tone(mix("#c8473f", person.look.garment_colour, 0.08) if red else "#2f5d73", "scarf")
    loop = curve([(x - 36, 76), (x, 92), (x + 34, 74), (x + 40, 96), (x + 4, 118), (x - 40, 100)])
    tail = curve(
        [(x + 4, 104), (x + 26, 106), (x + 34, 200), (x + 28, 214), (x + 8, 212), (x + 6, 150)], tension=0.7
    )
    ribs = "".join(line([(x + 8, y), (x + 32, y - 2)], pale(hue, 0.45), 3.0) for y in (176, 188, 200))
    return path(tail, hue) + clip(tail, ribs) + path(tail, ink=person.ink, width=person.line) + cel(loop, hue, dark(hue, 0.3), curve([(x - 60, 96), (x, 106), (x + 60, 94), (x + 30, 130), (x - 40, 120)]), ink=person.ink, width=person.line)  # fmt: skip


def _shawl(person: Person, x: float) -> str:
    """Knitted, over both shoulders, its ends crossed on the chest."""
    hue, w, c = shawl_tone(person), person.line, person.cut
    wool = dark(hue, 0.24)
    d = curve(
        [(x - 30, 78), (-c.shoulder + 8, 100), (-c.shoulder - 14, 140), (-c.shoulder - 6, 200), (-c.chest + 12, 214),
         (x - 12, 196), (x + 6, 176), (x + 14, 250), (x + 42, 250), (c.chest - 6, 206), (c.shoulder + 8, 190),
         (c.shoulder * c.far + 12, 138), (c.shoulder * c.far - 8, 100), (x + 28, 78), (x + 2, 122)], tension=0.7,
    )  # fmt: skip
    rows = "".join(
        line([(-110, y), (x - 10, y + 34), (x + 20, y + 28), (110, y - 4)], wool, w * 0.7)
        for y in range(96, 230, 15)
    )
    fringe = "".join(line([(x + 16 + i * 6, 248), (x + 15 + i * 6, 264)], hue, w * 1.3) for i in range(5))
    edge = line([(x + 2, 122), (x + 8, 176), (x - 12, 198)], person.ink, w)
    return fringe + path(d, hue) + clip(d, rows) + path(d, ink=person.ink, width=w * 1.1) + edge


def shawl_tone(person: Person) -> str:
    """A wool that stands out from what is under it."""
    return person.tone("#7a4a56" if luma(person.look.garment_colour) > 0.35 else "#b9a284", "shawl")
