"""Body and clothes: torso, legs and what each garment adds, at every framing the same."""

from dataclasses import dataclass

from tools.engines.previz.colour import dark, luma, mix, pale
from tools.engines.previz.ink import Point, box, cel, clip, curve, group, line, oval, path, pts
from tools.engines.previz.people.arms import arms, arms_behind
from tools.engines.previz.people.person import RISE, Person


@dataclass(frozen=True, kw_only=True)
class Cut:
    """Measures of a body in figure units."""

    shoulder: float
    chest: float
    waist: float
    hip: float


def cut_of(person: Person) -> Cut:
    """Men are square above, women below, children straight."""
    if person.child:
        return Cut(shoulder=74, chest=62, waist=60, hip=64)
    if person.woman:
        return Cut(shoulder=72, chest=60, waist=47, hip=67)
    return Cut(shoulder=91, chest=77, waist=69, hip=68)


def body(person: Person) -> str:
    """Everything below the chin, drawn from the neck's base at y = 78."""
    k = person.body_scale
    fit = f"translate(0 {78 * (1 - k) - RISE:.3f}) scale({k:.3f})"
    return group(arms_behind(person), _legs(person), _torso(person), arms(person), transform=fit)


def over_neck(person: Person) -> str:
    """Collars and what is worn at the neck: above the neck, below the head."""
    k = person.body_scale
    fit = f"translate(0 {78 * (1 - k) - RISE:.3f}) scale({k:.3f})"
    return group(_collar(person), _worn(person), transform=fit)


def trousers(person: Person) -> str:
    """A colour for the legs that goes with the garment."""
    return mix("#2c3244", dark(person.look.garment_colour, 0.55), 0.45)


def _torso_points(person: Person) -> list[Point]:
    c = cut_of(person)
    n = 20 if person.woman else 25
    return [
        (-n, 92), (-c.shoulder * 0.62, 100), (-c.shoulder, 118), (-c.shoulder + 3, 142), (-c.chest, 176), (-c.waist, 252),
        (-c.hip, 326), (-c.hip, 352), (c.hip, 352), (c.hip, 326), (c.waist, 252), (c.chest, 176), (c.shoulder - 3, 142),
        (c.shoulder, 118), (c.shoulder * 0.62, 100), (n, 92),
    ]  # fmt: skip


def _torso(person: Person) -> str:
    cloth = person.look.garment_colour
    d = curve(_torso_points(person), tension=0.75)
    shadow = curve([(-110, 90), (-54, 100), (-50, 160), (-34, 250), (-40, 360), (-120, 360)], tension=0.8)
    details = clip(d, path(shadow, dark(cloth, 0.26)), _front(person), _under_chin(person))
    skirt = _skirt(person) if person.look.garment in ("dress", "coat", "uniform") else ""
    drawn = path(d, cloth) + details + path(d, ink=person.ink, width=person.line * 1.1)
    return drawn + skirt


def _under_chin(person: Person) -> str:
    shift = -8 if person.facing == "camera" else -14
    return oval(shift, 88, 42, 20, dark(person.look.garment_colour, 0.3), opacity=0.5)


def _front(person: Person) -> str:
    x = 0.0 if person.facing == "camera" else 6.0
    return {
        "shirt": _buttoned, "suit": _suit, "dress": _dress, "sweater": _knit, "t_shirt": _plain,
        "coat": _coat, "uniform": _uniform, "blouse": _blouse,
    }[person.look.garment](person, x)  # fmt: skip


def _folds(person: Person, colour: str) -> str:
    c = cut_of(person)
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
    tone, linen = dark(cloth, 0.4), "#f2ece0" if luma(cloth) < 0.7 else "#cfd8e2"
    opening = path(
        pts([(x - 26, 84), (x + 26, 84), (x + 4, 226), (x - 2, 226)]),
        linen,
        ink=person.ink,
        width=person.line * 0.8,
    )
    tie = _tie(person, x) if not person.woman or person.look.accessory == "tie" else ""
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
    knot = pts([(x - 7, 96), (x + 7, 96), (x + 4.5, 110), (x - 4.5, 110)])
    blade = pts([(x - 4.5, 110), (x + 4.5, 110), (x + 11, 208), (x, 226), (x - 10, 208)])
    stripes = "".join(
        line([(x - 12, y + 9), (x + 12, y - 9)], pale(colour, 0.35), 2.2, smooth=False)
        for y in range(124, 226, 22)
    )
    return path(blade, colour) + clip(blade, stripes) + path(blade, ink=person.ink, width=person.line * 0.7) + path(knot, dark(colour, 0.15), ink=person.ink, width=person.line * 0.7)  # fmt: skip


def _dress(person: Person, x: float) -> str:
    cloth = person.look.garment_colour
    tone = dark(cloth, 0.36)
    neckline = path(curve([(x - 34, 80), (x - 27, 112), (x, 134), (x + 27, 112), (x + 34, 80)], tension=0.9), person.skin, ink=person.ink, width=person.line * 0.9)  # fmt: skip
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
    stripe = path(
        pts([(-110, 188), (110, 182), (110, 204), (-110, 210)]), pale(person.look.garment_colour, 0.55)
    )
    return stripe + _folds(person, tone)


def _coat(person: Person, x: float) -> str:
    cloth = person.look.garment_colour
    tone, inner = dark(cloth, 0.4), mix(cloth, "#efe4d2", 0.72)
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
    cloth = person.look.garment_colour
    tone = dark(cloth, 0.36)
    pockets = "".join(path(pts([(x + s * 24, 166), (x + s * 54, 166), (x + s * 54, 196), (x + s * 24, 196)]), ink=tone, width=person.line * 0.8) + line([(x + s * 24, 174), (x + s * 54, 174)], tone, person.line * 0.8) for s in (-1, 1))  # fmt: skip
    badge = path(
        pts([(x + 32, 142), (x + 40, 138), (x + 48, 142), (x + 46, 154), (x + 40, 159), (x + 34, 154)]),
        "#e9c04f",
        ink=person.ink,
        width=1.4,
    )
    boards = "".join(path(pts([(s * 52, 98), (s * 84, 110), (s * 82, 122), (s * 49, 108)]), pale(cloth, 0.32), ink=person.ink, width=person.line * 0.7) for s in (-1, 1))  # fmt: skip
    belt = box(-110, 272, 220, 20, dark(cloth, 0.55)) + box(
        x - 11, 270, 22, 24, "#d9b64f", ink=person.ink, width=1.4
    )
    return line([(x, 104), (x, 352)], tone, person.line * 0.9) + pockets + badge + boards + belt


def _blouse(person: Person, x: float) -> str:
    tone = dark(person.look.garment_colour, 0.3)
    neckline = path(
        pts([(x - 27, 80), (x, 150), (x + 27, 80)]), person.skin, ink=person.ink, width=person.line * 0.9
    )
    ruffle = "".join(path(curve([(x + s * 26, 86), (x + s * 36, 110), (x + s * 22, 132), (x + s * 24, 146), (x + s * 2, 164), (x + s * 4, 148), (x + s * 16, 118)]), pale(person.look.garment_colour, 0.34), ink=person.ink, width=person.line * 0.8) for s in (-1, 1))  # fmt: skip
    return neckline + ruffle + line([(x, 164), (x, 352)], tone, person.line * 0.8) + _folds(person, tone)


def _collar(person: Person) -> str:
    x = 0.0 if person.facing == "camera" else -2.0
    cloth, w = person.look.garment_colour, person.line
    n = 20.0 if person.woman else 25.0
    if person.look.garment in ("shirt", "uniform", "suit"):
        tone = "#f7f2e8" if person.look.garment == "suit" else pale(cloth, 0.16)
        return "".join(path(pts([(x - 5 + s * n, 76), (x + s * (n + 9), 94), (x + s * 15, 116), (x + s, 98)]), tone, ink=person.ink, width=w) for s in (-1, 1))  # fmt: skip
    if person.look.garment in ("sweater", "t_shirt"):
        band = [(x - n - 7, 88), (x - n + 3, 100), (x, 108), (x + n - 3, 100), (x + n + 5, 88), (x + n + 8, 96), (x + n, 110), (x, 119), (x - n, 110), (x - n - 11, 96)]  # fmt: skip
        return path(curve(band, tension=0.8), dark(cloth, 0.16), ink=person.ink, width=w)
    if person.look.garment == "coat":
        return "".join(path(pts([(x - 4 + s * n, 74), (x + s * (n + 18), 92), (x + s * 36, 122), (x + s * 14, 104)]), dark(cloth, 0.14), ink=person.ink, width=w) for s in (-1, 1))  # fmt: skip
    return ""


def _worn(person: Person) -> str:
    x = 0.0 if person.facing == "camera" else -2.0
    kind, w = person.look.accessory, person.line
    if kind == "necklace":
        beads = curve([(x - 22, 88), (x - 14, 114), (x, 124), (x + 14, 114), (x + 22, 88)], False)
        return path(beads, ink="#a5792c", width=w * 1.5) + path(beads, ink="#f0cd6a", width=w * 0.8) + oval(x, 128, 5.4, 6.6, "#58b5a6", ink=person.ink, width=w * 0.7)  # fmt: skip
    if kind == "scarf":
        return _scarf(person, x)
    if kind == "tie" and person.look.garment != "suit":
        return _tie(person, x)
    return ""


def _scarf(person: Person, x: float) -> str:
    hue = (
        mix("#c8473f", person.look.garment_colour, 0.08)
        if luma(person.look.garment_colour) < 0.45
        else "#2f5d73"
    )
    loop = curve([(x - 36, 76), (x, 92), (x + 34, 74), (x + 40, 96), (x + 4, 118), (x - 40, 100)])
    tail = curve(
        [(x + 4, 104), (x + 26, 106), (x + 34, 200), (x + 28, 214), (x + 8, 212), (x + 6, 150)], tension=0.7
    )
    ribs = "".join(line([(x + 8, y), (x + 32, y - 2)], pale(hue, 0.45), 3.0) for y in (176, 188, 200))
    return path(tail, hue) + clip(tail, ribs) + path(tail, ink=person.ink, width=person.line) + cel(loop, hue, dark(hue, 0.3), curve([(x - 60, 96), (x, 106), (x + 60, 94), (x + 30, 130), (x - 40, 120)]), ink=person.ink, width=person.line)  # fmt: skip


def _skirt(person: Person) -> str:
    c, cloth = cut_of(person), person.look.garment_colour
    if person.look.garment == "uniform":
        return ""
    hem, flare = (476.0, 34.0) if person.look.garment == "dress" else (470.0, 16.0)
    top, start = (c.waist, 261.0) if person.look.garment == "dress" else (c.hip, 330.0)
    d = curve([(-top, start), (-c.hip - 4, 330), (-c.hip - flare, hem), (-20, hem + 10), (24, hem + 8), (c.hip + flare, hem - 2), (c.hip + 4, 330), (top, start)], tension=0.6)  # fmt: skip
    folds = "".join(
        line([(a, 340), (b, hem - 8)], dark(cloth, 0.35), person.line * 0.9)
        for a, b in ((-34, -52), (0, -4), (34, 50))
    )
    shade = path(curve([(-120, 250), (-36, 260), (-52, 500), (-140, 500)]), dark(cloth, 0.26))
    split = line([(4, 330), (6, hem)], person.ink, person.line * 0.9) if person.look.garment == "coat" else ""
    return path(d, cloth) + clip(d, shade, folds, split) + path(d, ink=person.ink, width=person.line * 1.1)


def _legs(person: Person) -> str:
    bare = person.look.garment == "dress"
    cloth = person.skin if bare else trousers(person)
    shade = person.skin_shade if bare else dark(cloth, 0.3)
    c = cut_of(person)
    return "".join(_leg(person, s, c.hip * 0.5, cloth, shade) for s in (-1, 1))


def _leg(person: Person, side: int, x: float, cloth: str, shade: str) -> str:
    slim = 0.62 if person.look.garment == "dress" else 0.88 if person.woman else 1.0
    hip, knee, ankle = 35.0, 27 * slim, 21 * slim
    cx, foot = side * x, 632.0
    d = curve([(cx - hip, 330), (cx - knee, 480), (cx - ankle, 612), (cx - ankle, foot), (cx + ankle, foot), (cx + ankle, 612), (cx + knee, 480), (cx + hip, 330)], tension=0.5)  # fmt: skip
    shadow = pts([(cx - 50, 320), (cx - 8, 320), (cx - 6, 640), (cx - 50, 640)])
    ahead = 8.0 if person.facing == "camera" and side > 0 else -8.0 if person.facing == "camera" else 14.0
    shoe = curve([(cx - 20, 626), (cx - 18 + min(ahead, 0), 644), (cx + 18 + max(ahead, 0) * 1.6, 645), (cx + 20 + max(ahead, 0), 632), (cx + 12, 618), (cx - 14, 618)], tension=0.8)  # fmt: skip
    leather = "#2a2026" if not person.woman else dark(person.look.garment_colour, 0.5)
    return cel(d, cloth, shade, shadow, ink=person.ink, width=person.line) + path(
        shoe, leather, ink=person.ink, width=person.line
    )
