"""A person from behind, turned towards the one they look at: what an over-shoulder shot looks past."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, luma, mix, pale
from tools.engines.previz.ink import Point, clip, curve, gradient, group, line, oval, path, pts
from tools.engines.previz.people.arms import drawn_arms
from tools.engines.previz.people.body import below, body_fit, shaded, torso_points
from tools.engines.previz.people.face import PATCH
from tools.engines.previz.people.garments import shawl_tone
from tools.engines.previz.people.gear import belt_behind, headphones_behind, headset_behind
from tools.engines.previz.people.hair import curl_ring, plait
from tools.engines.previz.people.headwear import headscarf_tone, headwear
from tools.engines.previz.people.nightwear import NIGHTWEAR, night_back
from tools.engines.previz.people.patterns import printed, woven
from tools.engines.previz.people.person import UNDER, Person
from tools.engines.previz.people.robes import ROBES, poncho, robe_back
from tools.engines.previz.people.school import is_pupil
from tools.engines.previz.people.straps import behind
from tools.engines.previz.people.tresses import rope, shorn
from tools.engines.previz.people.workwear import WORKWEAR, back_of

CROWN: list[Point] = [(-52, -20), (-39, -54), (-10, -69), (17, -66), (33, -50)]
"""The back of the head from the nape's side over the top to the temple."""
HEAD: list[Point] = [
    (0, -61), (26, -56), (39, -38), (43, -18), (42, -2), (45.5, 10), (42, 30), (31, 46), (12, 52), (-12, 48), (-32, 36),
    (-44, 8), (-47, -20), (-36, -48),
]  # fmt: skip
NAPES: dict[str, list[Point]] = {
    "short": [(39, -33), (34, -16), (28, -12), (24, -2), (13, 8), (11, 30), (-10, 43), (-34, 36), (-49, 8)],
    "slicked": [(38, -32), (32, -17), (27, -11), (24, -2), (14, 8), (10, 26), (-10, 37), (-33, 31), (-48, 6)],
    "bun": [(38, -32), (32, -18), (26, -12), (20, -4), (10, 12), (2, 32), (-12, 38), (-32, 31), (-48, 6)],
    "ponytail": [(38, -32), (32, -18), (26, -12), (20, -4), (10, 12), (2, 32), (-12, 38), (-32, 31), (-48, 6)],
    "braid": [(38, -32), (32, -18), (26, -12), (20, -4), (10, 12), (2, 32), (-12, 38), (-32, 31), (-48, 6)],
    "braids": [(38, -32), (32, -18), (26, -12), (20, -4), (10, 12), (2, 32), (-12, 38), (-32, 31), (-48, 6)],
    "locs": [(42, -30), (40, -6), (43, 22), (40, 58), (2, 66), (-42, 60), (-55, 22)],
    "bob": [(42, -30), (40, -6), (43, 22), (40, 58), (2, 66), (-42, 60), (-55, 22)],
    "long": [(42, -30), (41, -4), (46, 44), (51, 116), (42, 160), (0, 152), (-44, 162), (-60, 112), (-57, 30)],
    "wavy": [(43, -30), (43, -4), (52, 22), (45, 50), (56, 80), (48, 112), (52, 140), (8, 136), (-34, 146), (-60, 118), (-52, 86), (-63, 54), (-53, 22)],
}  # fmt: skip


def from_behind(person: Person) -> str:
    """Shoulders and the back of a head, an ear and the edge of a cheek."""
    drawn = (
        _body(person)
        + _neck(person)
        + _collar(person)
        + _head(person)
        + _band(person)
        + _headwear(person)
        + headset_behind(person)
    )
    return group(drawn, transform="scale(-1 1)") if person.mirrored else drawn


def whole_from_behind(person: Person) -> str:
    """Somebody who goes away: from the heels to the crown."""
    legs = below(person)
    return (group(legs, transform="scale(-1 1)") if person.mirrored else legs) + from_behind(person)


def _body(person: Person) -> str:
    cloth = person.cloth
    d = curve(torso_points(person), tension=0.75)
    tone = dark(cloth, 0.34)
    c, w = person.cut, person.line
    shadow = curve([(-130, 90), (-50, 100), (-46, 170), (-30, 250), (-36, 360), (-130, 360)], tension=0.8)
    seams = line([(-2, 104), (0, 220), (0, 352)], tone, w * 0.8) + line(
        [(-c.shoulder + 8, 142), (-20, 150), (20, 150), (c.shoulder * c.far - 8, 140)], tone, w * 0.8
    )
    blades = line([(-34, 164), (-26, 196), (-32, 214)], tone, w, opacity=0.7)
    blades += line([(36, 162), (28, 194), (33, 212)], tone, w, opacity=0.7)
    print_ = printed(person.look.under_pattern, cloth) if person.look.garment in UNDER else woven(person)
    own = _pattern(person) + behind(person) + belt_behind(person)
    details = clip(
        d,
        print_,
        path(shadow, dark(cloth, 0.26), opacity=0.75 if print_ else 1.0),
        seams,
        blades,
        own,
        _nape_shadow(person),
    )
    edge = path(d, ink=person.ink, width=w * 1.1)
    arms = drawn_arms(person, "hanging", "behind")
    return group(arms, path(d, cloth), details, shaded(d, 0.12), edge, transform=body_fit(person))


def _nape_shadow(person: Person) -> str:
    return oval(-8, 92, 44, 20, dark(person.cloth, 0.34), opacity=0.55)


def _pattern(person: Person) -> str:
    """What a garment shows on its back."""
    cloth, kind, w = person.look.garment_colour, person.look.garment, person.line
    tone = dark(cloth, 0.3)
    if kind == "sweater":
        return "".join(
            line([(x, y), (x + 5, y + 7), (x, y + 14)], tone, w * 0.6) for x in range(-70, 71, 20) for y in range(116, 330, 20)
        )  # fmt: skip
    if kind == "apron":
        straps = [[(-26, 92), (40, 250)], [(26, 92), (-40, 250)], [(-110, 254), (110, 254)]]
        return "".join(line(s, cloth, 9, smooth=False) for s in straps)
    if kind in WORKWEAR:
        return back_of(person)
    if kind in NIGHTWEAR:
        return night_back(person)
    if kind in ROBES:
        return robe_back(person)
    if kind == "uniform" and not is_pupil(person):
        return line([(-110, 282), (110, 282)], dark(cloth, 0.55), 20)
    if kind == "dress":
        neck = curve([(-32, 80), (-24, 116), (0, 128), (24, 116), (32, 80)])
        zip_ = line([(0, 128), (0, 246)], tone, w * 1.3)
        return (
            path(neck, person.skin, ink=person.ink, width=w * 0.9)
            + zip_
            + line([(-90, 252), (90, 252)], dark(cloth, 0.4), 14)
        )
    if kind == "t_shirt":
        return path(pts([(-110, 186), (110, 182), (110, 204), (-110, 210)]), pale(cloth, 0.55))
    if kind in ("coat", "suit", "jacket"):
        return line([(0, 250), (0, 352)], person.ink, w) + line([(-60, 282), (60, 282)], tone, w * 0.9)
    return ""


def _neck(person: Person) -> str:
    w = (15.0 if person.woman else 20.0) * (0.8 if person.child else 1.0)
    d = curve([(-w - 4, 26), (-w - 3, 62), (-w - 8, 92), (w, 92), (w - 2, 62), (w - 2, 26)], tension=0.7)
    shade = curve([(-w - 14, 20), (w + 8, 20), (w + 4, 50), (0, 60), (-w - 14, 70)])
    return (
        path(d, person.skin)
        + clip(d, path(shade, person.skin_shade))
        + line([(-w - 4, 26), (-w - 3, 62), (-w - 8, 92)], person.ink, person.line)
        + line([(w - 2, 26), (w - 2, 62), (w, 92)], person.ink, person.line)
    )


def _collar(person: Person) -> str:
    kind, cloth, w = person.look.garment, person.cloth, person.line
    n = 22.0 if person.woman else 27.0
    if kind in ("dress", "blouse", "scrubs", "sari", "gown", "kimono", "pyjamas"):
        band = ""
    elif kind == "hoodie":
        hood = curve(
            [(-n - 14, 74), (-n - 22, 104), (-16, 140), (16, 140), (n + 18, 104), (n + 10, 74), (0, 88)]
        )
        fold = line([(-n - 8, 92), (0, 116), (n + 4, 92)], dark(cloth, 0.4), w)
        band = path(hood, dark(cloth, 0.1), ink=person.ink, width=w) + fold
    else:
        high = {"coat": 64.0, "jacket": 66.0, "sweater": 76.0, "t_shirt": 82.0, "cardigan": 76.0}.get(
            kind, 70.0
        )
        tone = (
            "#f2ece0"
            if kind in ("suit", "robe")
            else pale(cloth, 0.12)
            if kind == "shirt"
            else dark(cloth, 0.14)
        )
        shape = [(-n - 2, high), (-n - 7, 96), (-10, 106), (12, 106), (n + 4, 95), (n, high), (0, high + 7)]
        band = path(curve(shape, tension=0.85), tone, ink=person.ink, width=w)
        if kind == "suit":
            lower = [(-n - 5, 84), (-n - 12, 100), (-8, 113), (12, 113), (n + 9, 99), (n + 3, 84), (0, 95)]
            band += path(curve(lower, tension=0.85), cloth, ink=person.ink, width=w)
    scarf = person.wears("scarf")
    wrap = curve([(-n - 12, 66), (0, 78), (n + 10, 64), (n + 14, 92), (0, 106), (-n - 16, 94)])
    return group(
        band,
        path(wrap, _scarf_tone(person), ink=person.ink, width=w) if scarf else "",
        _shawl(person) if person.wears("shawl") else "",
        poncho(person, 0.0),
        headphones_behind(person),
        transform=body_fit(person),
    )


def _scarf_tone(person: Person) -> str:
    cloth = person.look.garment_colour
    return person.tone(mix("#c8473f", cloth, 0.08) if luma(cloth) < 0.45 else "#2f5d73", "scarf")


def _head(person: Person) -> str:
    face = curve(HEAD)
    shade = path(
        curve([(-60, -70), (-22, -66), (-20, -20), (-8, 18), (14, 44), (20, 70), (-60, 70)]),
        person.skin_shade,
    )
    cheek = oval(36, 20, 6, 6, mix(person.skin, "#e2543f", 0.35), opacity=0.4)
    lash = line([(41, -1), (46, -3)], person.ink, person.line) if person.woman else ""
    jaw = _jaw(person)
    skin = (
        path(face, person.skin)
        + clip(face, shade, cheek, jaw)
        + path(face, ink=person.ink, width=person.line * 1.15)
    )
    if person.hair_style == "buzz":
        return skin + lash + _ear(person) + shorn(person, curve([*CROWN, *NAPES["short"]], tension=0.9))
    if person.hair_style == "bald":
        shine = oval(4, -44, 13, 6, pale(person.skin, 0.5), opacity=0.4)
        return skin + _wreath(person, face) + lash + _ear(person) + shine
    covered = person.hair_style in ("bob", "long", "wavy", "curly", "afro", "locs")
    return skin + lash + ("" if covered else _ear(person)) + _hair(person) + _knot(person)


def _wreath(person: Person, skull: str) -> str:
    """The hair that a bald man keeps between his ears."""
    if person.woman or person.child:
        return ""
    tone = mix(person.skin_shade, person.hair, 0.45)
    ring = curve([(-70, -12), (-30, -2), (2, -10), (9, 14), (2, 34), (-20, 48), (-70, 50)], tension=0.8)
    return clip(skull, path(ring, tone, opacity=0.75)) + path(skull, ink=person.ink, width=person.line * 1.15)


def _jaw(person: Person) -> str:
    if person.look.beard not in ("full", "stubble"):
        return ""
    d = curve([(22, 12), (31, 26), (48, 30), (48, 70), (2, 70), (13, 40)])
    return path(d, person.hair, opacity=1.0 if person.look.beard == "full" else 0.3)


def _ear(person: Person) -> str:
    d = curve([(20, -9), (11, -10), (8, 0), (12, 12), (18, 15), (21, 6)])
    ring = oval(14, 19, 3.4, 4.4, "#f0c75a", ink=person.ink, width=person.line * 0.6)
    fold = line([(16, -5), (12.5, 1), (16, 8)], person.skin_shade, person.line * 0.9)
    worn = ring if person.wears("earrings") else ""
    return path(d, person.skin, ink=person.ink, width=person.line) + fold + worn


def _hair(person: Person) -> str:
    style = person.hair_style
    if style == "curly":
        return _mass(
            person,
            curl_ring(-5, *((2, 55, 66) if person.woman else (-14, 53, 50)), 15),
            _curls(((-30, -30), (-8, -48), (12, -30), (-24, 4), (4, 6), (-10, 34), (18, 30))),
        )
    if style == "afro":
        return _mass(
            person,
            curl_ring(-8, -18, 68, 70, 26),
            _curls(((-44, -40), (-20, -62), (14, -58), (-30, -8), (2, -24), (28, -30), (-8, 16))),
        )
    strands: list[list[Point]] = [
        [(-6, -64), (x * 0.7 - 6, -40), (x - 8, y)]
        for x, y in ((-38, 10), (-24, 26), (-8, 34), (8, 20), (24, -6))
    ]
    if style in ("long", "wavy"):
        strands += [
            [(x * 0.5 - 6, -52), (x - 6, 20), (x * 1.1 - 6, 84), (x - 6, 142)] for x in (-36, -20, -4, 12, 28)
        ]
    return _mass(person, curve([*CROWN, *NAPES[style]], tension=0.9), strands)


def _curls(spots: tuple[Point, ...]) -> list[list[Point]]:
    return [[(x + cos(a) * 6, y + sin(a) * 6) for a in (pi, pi * 1.4, pi * 1.8, pi * 2.2)] for x, y in spots]


def _mass(person: Person, d: str, strands: list[list[Point]]) -> str:
    """Hair with the light of the scene on the side that looks into it."""
    define, paint = gradient(
        [
            (0, person.hair_shade, 0.9),
            (0.42, person.hair, 0),
            (0.66, person.hair_light, 0.4),
            (1, pale(person.hair, 0.5), 0.75),
        ],
        across=True,
    )
    lines = "".join(line(s, person.hair_shade, person.line * 0.9, opacity=0.85) for s in strands)
    shine = path(
        curve([(-26, -48), (-4, -57), (18, -52), (14, -45), (-4, -49), (-22, -41)]),
        pale(person.hair, 0.35),
        opacity=0.5,
    )
    return (
        path(d, person.hair)
        + define
        + path(d, paint)
        + clip(d, lines, shine)
        + path(d, ink=person.ink, width=person.line * 1.15)
    )


def _band(person: Person) -> str:
    """What holds an eyepatch, across the back of the head."""
    if not person.look.eyepatch:
        return ""
    return line([(-47, -6), (-12, -26), (34, -34)], PATCH, person.line * 1.9)


def _headwear(person: Person) -> str:
    if person.wears("headscarf"):
        return _kerchief(person)
    if person.wears("straw_hat"):
        # Seen from behind its brim tilts away, and hides nobody we look at.
        return group(headwear(person), transform="translate(-8 -2) scale(0.82 1)")
    if not person.wears("cap"):
        return headwear(person)
    wide = 1.3 if person.hair_style == "afro" else 1.06
    cloth, w = person.tone(mix(dark(person.look.garment_colour, 0.12), "#28364d", 0.3), "cap"), person.line
    dome = curve(
        [
            (-50, -14),
            (-50, -46),
            (-30, -70),
            (-4, -75),
            (24, -69),
            (41, -48),
            (44, -24),
            (10, -18),
            (-20, -13),
        ]
    )
    strap = curve([(-38, -15), (-22, -34), (0, -36), (18, -20), (0, -24), (-20, -22)])
    shade = path(curve([(-80, -90), (-8, -80), (-14, -10), (-80, 0)]), dark(cloth, 0.3))
    seam = line([(-2, -74), (-8, -52), (-8, -36)], dark(cloth, 0.4), w * 0.8)
    brim = curve([(36, -28), (56, -30), (70, -22), (54, -20), (38, -22)])
    drawn = (
        path(brim, dark(cloth, 0.2), ink=person.ink, width=w) + path(dome, cloth) + clip(dome, shade, seam)
    )
    drawn += path(strap, person.hair_shade, ink=person.ink, width=w * 0.8) + path(
        dome, ink=person.ink, width=w * 1.1
    )
    return group(drawn, transform=f"translate(-4 0) scale({wide} 1)")


def _kerchief(person: Person) -> str:
    """A cloth over the whole head, its corner on the neck."""
    hue, w = headscarf_tone(person), person.line
    d = curve([(34, -54), (14, -72), (-14, -74), (-42, -58), (-56, -22), (-50, 22), (-34, 52), (-14, 96), (8, 56), (24, 34), (32, 8), (36, -20)], tension=0.8)  # fmt: skip
    shade = path(curve([(-80, -80), (-22, -76), (-30, 0), (-18, 100), (-80, 100)]), dark(hue, 0.26))
    dots = "".join(oval(x, y, 2.8, 2.8, pale(hue, 0.6)) for x, y in ((-36, -40), (-10, -56), (14, -48), (-22, -14), (8, -18), (-38, 8), (-6, 16), (20, 6), (-18, 44), (2, 40), (-12, 70)))  # fmt: skip
    return path(d, hue) + clip(d, shade, dots) + path(d, ink=person.ink, width=w * 1.15)


def _shawl(person: Person) -> str:
    hue, w, c = shawl_tone(person), person.line, person.cut
    d = curve([(-32, 72), (-c.shoulder - 8, 106), (-c.shoulder - 12, 190), (0, 270), (c.shoulder + 4, 190), (c.shoulder * c.far + 6, 106), (28, 72), (0, 84)], tension=0.6)  # fmt: skip
    rows = "".join(line([(-120, y - 30), (0, y), (120, y - 30)], dark(hue, 0.24), w * 0.7) for y in range(110, 300, 17))  # fmt: skip
    return path(d, hue) + clip(d, rows) + path(d, ink=person.ink, width=w * 1.1)


def _knot(person: Person) -> str:
    style = person.hair_style
    if style == "bun":
        d = curve([(-36, -62), (-26, -84), (-2, -86), (10, -68), (2, -50), (-24, -48)])
        return _mass(person, d, [[(-28, -62), (-14, -78), (2, -66)]])
    if style == "braids":
        return plait(person, -38.0, 36.0, 6) + plait(person, 6.0, 36.0, 6)
    if style == "locs":
        return _locs(person)
    if style == "braid":
        return plait(person, -20.0, 36.0, 8)
    if style == "ponytail":
        d = curve([(-16, -40), (-34, -30), (-36, 20), (-28, 84), (-14, 104), (-2, 70), (2, 10), (-2, -30)])
        tie = oval(-12, -38, 12, 8, dark(person.look.garment_colour, 0.1), ink=person.ink, width=person.line)
        return (
            _mass(
                person,
                d,
                [
                    [(-18.0, -20.0), (-20.0, 40.0), (-16.0, 90.0)],
                    [(-8.0, -20.0), (-8.0, 40.0), (-12.0, 80.0)],
                ],
            )
            + tie
        )
    return ""


def _locs(person: Person) -> str:
    """From the crown down over the nape, lighter on the side that looks into the light."""
    low = 128.0 if person.woman else 92.0
    lit = {-44: person.hair_shade, -30: person.hair_shade, 12: person.hair_light, 26: pale(person.hair, 0.24)}
    return "".join(
        rope(
            person,
            [(x * 0.8 - 2, -44.0), (x * 1.1 - 2, 34.0), (x * 1.06 - 2, low - abs(x))],
            tone=lit.get(x, ""),
        )
        for x in (-44, -30, -16, -2, 12, 26)
    )
