"""Head wraps, berets, peaked caps, toques and veils, and the kerchief at a neck."""

from collections.abc import Callable, Mapping

from state.script import Accessory
from tools.engines.previz.colour import dark, luma, mix, pale
from tools.engines.previz.ink import Point, clip, curve, group, line, oval, path, pts
from tools.engines.previz.people.person import Person

COIF = "#f6f3ea"


def _back(person: Person) -> float:
    return 0.0 if person.facing == "camera" else -4.0


def wrap_tone(person: Person) -> str:
    """A cloth as it is told, or one that stands out from the garment."""
    return person.tone(mix("#d9a43b", person.look.garment_colour, 0.25), "head_wrap")


def _head_wrap(person: Person) -> str:
    """Cloth wound around all the hair and crossed: knotted above on a woman, at the side on a man."""
    s, w, hue = _back(person), person.line, wrap_tone(person)
    x = 0.0 if person.facing == "camera" else 14.0
    dome: list[Point] = [(47 + s * 0.3, -16), (26, -30), (x, -35), (-24 + s, -28), (-46 + s, -6), (-57 + s, -14), (-62 + s, -44), (-48 + s, -74), (-18 + s, -90), (18 + s, -88), (46 + s * 0.6, -68), (55 + s * 0.4, -40)]  # fmt: skip
    d, tone = curve(dome, tension=0.8), dark(hue, 0.26)
    rising = ((-46, -8, -2, -20), (-58, -26, 2, -42), (-62, -46, 6, -62), (-46, -72, 14, -80))
    falling = ((50, -18, 4, -30), (57, -36, 0, -50), (50, -58, 2, -68))
    folds = "".join(
        line([(a + s, b), ((a + c) / 2 + s, (b + e) / 2 - 7), (c + x * 0.6, e)], tone, w * 0.9)
        for a, b, c, e in (*rising, *falling)
    )
    shade = path(
        curve([(-90, -130), (-38 + s, -110), (-34 + s, -50), (-40 + s, 0), (-90, 0)]), tone, opacity=0.8
    )
    light = line([(x + 6, -78), (x + 24, -70), (x + 34, -56)], pale(hue, 0.25), w * 1.6)
    knot = _wrap_knot(person, x * 0.8 + 4 if person.woman else -46 + s, -84.0 if person.woman else -52.0, hue)
    return path(d, hue) + clip(d, shade, folds, light) + path(d, ink=person.ink, width=w * 1.1) + knot


def _wrap_knot(person: Person, x: float, y: float, hue: str) -> str:
    """Two ends of cloth that come out of a knot."""
    w, k = person.line, 1.0 if person.woman else 0.7
    ends = "".join(_wrap_end(x, y, side * k, hue, person) for side in (-1, 1))
    return ends + oval(x, y, 11 * k, 10 * k, pale(hue, 0.08), ink=person.ink, width=w)


def _wrap_end(x: float, y: float, k: float, hue: str, person: Person) -> str:
    up = abs(k)
    loop = [(x, y + 4), (x + 12 * k, y - 20 * up), (x + 34 * k, y - 22 * up), (x + 36 * k, y - 4 * up)]
    drawn = path(curve([*loop, (x + 16 * k, y + 8 * up)]), dark(hue, 0.08), ink=person.ink, width=person.line)
    return drawn + line([(x + 8 * k, y - 2), (x + 28 * k, y - 12 * up)], dark(hue, 0.28), person.line * 0.8)


def _beret(person: Person) -> str:
    """Flat and round, pulled to one side."""
    s, w = _back(person), person.line
    hue = person.tone("#22242c", "beret")
    d = curve([(-44 + s, -30), (-62 + s, -46), (-58 + s, -66), (-26 + s, -78), (12 + s, -76), (46 + s, -62), (50 + s * 0.4, -44), (41, -32), (20, -40), (-6, -43), (-28, -38)], tension=0.8)  # fmt: skip
    shade = path(curve([(-90, -100), (-30 + s, -80), (-30 + s, -30), (-90, -20)]), dark(hue, 0.3))
    light = line([(-6 + s, -68), (20 + s, -65), (36 + s, -56)], pale(hue, 0.22), w)
    stalk = line([(-8 + s, -76), (-6 + s, -83)], hue, w * 1.6)
    rim = line([(-44 + s, -31), (-28, -38), (-6, -43), (20, -40), (41, -32)], pale(hue, 0.12), w * 1.2)
    return stalk + path(d, hue) + clip(d, shade, light) + rim + path(d, ink=person.ink, width=w * 1.1)


def _peaked_cap(person: Person) -> str:
    """A service's: a wide flat top, a dark band and a black peak, and nobody's badge."""
    s, w, cloth = _back(person) * 0.6, person.line, person.tone(person.look.garment_colour, "peaked_cap")
    x = 0.0 if person.facing == "camera" else 13.0
    top = curve([(-47 + s, -38), (-62 + s, -62), (-40 + s, -80), (0 + s, -86), (42 + s, -80), (62 + s, -64), (47 + s * 0.4, -40), (0, -50)], tension=0.7)  # fmt: skip
    band = curve([(-47 + s, -40), (0, -52), (47 + s * 0.4, -42), (46 + s * 0.4, -26), (0, -36), (-47 + s, -24)], tension=0.8)  # fmt: skip
    reach = 41.0 if person.facing == "camera" else 30.0
    peak = curve([(x - reach, -31), (x, -40), (x + reach, -31), (x + reach - 4, -18), (x + 3, -23), (x - reach + 4, -18)], tension=0.85)  # fmt: skip
    shade = path(curve([(-90, -100), (-26 + s, -90), (-26 + s, -30), (-90, -20)]), dark(cloth, 0.3))
    badge = oval(x, -48, 6, 7, "#d9b64f", ink=person.ink, width=w * 0.6)
    cord = line([(x - reach + 4, -31), (x, -38), (x + reach - 4, -31)], "#d9b64f", w * 0.9)
    return group(
        path(top, cloth), clip(top, shade), path(top, ink=person.ink, width=w * 1.1),
        path(band, dark(cloth, 0.4), ink=person.ink, width=w * 0.9), badge,
        path(peak, "#17161b", ink=person.ink, width=w), cord,
    )  # fmt: skip


def _chef_hat(person: Person) -> str:
    s, w = _back(person), person.line
    puff = curve([(-44 + s, -50), (-62 + s, -74), (-50 + s, -104), (-22 + s, -112), (4 + s, -120), (30 + s, -110), (56 + s, -100), (60 + s, -72), (44 + s * 0.5, -50)], tension=0.9)  # fmt: skip
    band = curve([(-46 + s, -26), (-45 + s, -56), (0, -62), (45 + s * 0.5, -56), (45 + s * 0.4, -28), (0, -36)], tension=0.6)  # fmt: skip
    folds = "".join(line([(x * 0.8 + s, -58), (x + s, -92)], "#c9cdd4", w * 0.8) for x in (-34, -12, 12, 34))
    shade = path(curve([(-90, -130), (-34 + s, -112), (-30 + s, -50), (-90, -40)]), "#c7ccd6", opacity=0.7)
    return path(puff, "#fbfaf6") + clip(puff, shade, folds) + path(puff, ink=person.ink, width=w) + path(band, "#f3f1ea", ink=person.ink, width=w)  # fmt: skip


def _mantilla(person: Person) -> str:
    """Lace over comb and hair, falling on both shoulders."""
    s, w, hue = _back(person), person.line, person.tone("#f4f0e6" if luma(person.look.garment_colour) > 0.8 else "#1d1a22")  # fmt: skip
    inner: list[Point] = [
        (40, -14),
        (34, -38),
        (8, -50),
        (-18 + s, -46),
        (-38 + s, -24),
        (-44 + s, 20),
        (-42 + s, 96),
    ]
    outer: list[Point] = [(-76 + s, 110), (-64 + s, 20), (-58 + s, -40), (-26 + s, -86), (8 + s, -90), (38 + s, -70), (50, -36)]  # fmt: skip
    right: list[Point] = (
        [(62, 30), (70, 104), (46, 98), (45, 20)] if person.facing == "camera" else [(46, -20)]
    )
    d = curve([*outer, *right, *inner], tension=0.7)
    lace = "".join(oval(x + s * 0.5, y, 3, 3, pale(hue, 0.35) if luma(hue) < 0.5 else dark(hue, 0.16)) for x, y in ((-52, -20), (-56, 10), (-58, 42), (-60, 74), (-38, -54), (-14, -70), (12, -72), (36, -56), (54, 10), (58, 42), (58, 74)))  # fmt: skip
    return path(d, hue, opacity=0.9) + clip(d, lace) + path(d, ink=person.ink, width=w)


def coif(person: Person) -> str:
    """A nun's white band around the face under a veil."""
    w, s = person.line, _back(person)
    veil = "#26242c" if luma(person.look.garment_colour) < 0.7 else "#f3efe4"
    if person.facing == "camera":
        face: list[Point] = [(0, 54), (26, 45), (37, 18), (38, -14), (30, -33), (0, -40), (-30, -33), (-38, -14), (-37, 18), (-26, 45), (-1, 54)]  # fmt: skip
        rim: list[Point] = [(0, 66), (34, 54), (46, 16), (45, -24), (30, -47), (0, -54), (-30, -47), (-45, -24), (-46, 16), (-34, 54), (-1, 66)]  # fmt: skip
        outer: list[Point] = [(-20, 72), (-54, 100), (-68, 104), (-57, 20), (-54, -34), (-32, -68), (0, -76), (32, -68), (54, -34), (57, 20), (68, 104), (54, 100), (20, 72)]  # fmt: skip
    else:
        face = [
            (14, 56),
            (2, 52),
            (-18, 41),
            (-28, 12),
            (-29, -14),
            (-18, -33),
            (4, -41),
            (26, -40),
            (38, -29),
        ]
        rim = [
            (16, 66),
            (-2, 62),
            (-26, 48),
            (-38, 14),
            (-38, -20),
            (-24, -44),
            (2, -53),
            (28, -52),
            (42, -38),
        ]
        outer = [(10, 74), (-30, 96), (-68, 104), (-60 + s, 20), (-56 + s, -34), (-34 + s, -68), (0 + s, -77), (30, -68), (46, -46)]  # fmt: skip
    inner = rim if person.facing == "camera" else list(reversed(rim))
    cloth, linen = curve([*outer, *inner], tension=0.5), curve([*rim, *reversed(face)], tension=0.6)
    shade = path(curve([(-80, -90), (-40, -70), (-46, 20), (-50, 110), (-90, 110)]), dark(veil, 0.3))
    return (
        path(cloth, veil) + clip(cloth, shade) + path(cloth, ink=person.ink, width=w)
        + path(linen, COIF, ink=person.ink, width=w * 0.8)
    )  # fmt: skip


def neckerchief(person: Person, x: float) -> str:
    """A square folded to a triangle and knotted in front."""
    hue, w = person.tone("#c23a34", "neckerchief"), person.line
    loop = curve([(x - 34, 80), (x - 2, 98), (x + 32, 78), (x + 36, 94), (x + 2, 122), (x - 38, 98)])
    ends = "".join(path(pts([(x, 108), (x + s * 16, 138), (x + s * 4, 142)]), hue, ink=person.ink, width=w * 0.8) for s in (-1, 1))  # fmt: skip
    knot = oval(x, 110, 8, 7, dark(hue, 0.15), ink=person.ink, width=w * 0.8)
    return ends + path(loop, hue, ink=person.ink, width=w) + knot


WRAPS: Mapping[Accessory, Callable[[Person], str]] = {
    "head_wrap": _head_wrap, "beret": _beret, "peaked_cap": _peaked_cap, "chef_hat": _chef_hat, "mantilla": _mantilla,
}  # fmt: skip
