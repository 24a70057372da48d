"""Hair in two parts: what falls behind the body and what lies on the head."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin

from tools.engines.previz.colour import dark, luma, mix, pale
from tools.engines.previz.ink import Point, clip, curve, gradient, line, num, oval, path
from tools.engines.previz.people.cuts import short_cut
from tools.engines.previz.people.head import EARS_SEEN, ear_over
from tools.engines.previz.people.headwear import headwear, set_back
from tools.engines.previz.people.person import Person
from tools.engines.previz.people.tresses import fringe, hair_ties, hanging_locs, locs_over, shorn


def _shape(person: Person, d: str, *, lights: str = "", solid: bool = True) -> str:
    inner = clip(d, lights) if lights else ""
    width = person.line * 1.15 if solid else person.line
    return path(d, person.hair) + inner + _gloss(person, d) + path(d, ink=person.ink, width=width)


def _gloss(person: Person, d: str) -> str:
    """Light runs out towards the tips."""
    define, paint = gradient(
        [
            (0, person.hair_light, 0.28),
            (0.4, person.hair_light, 0),
            (0.55, person.hair_shade, 0),
            (1, person.hair_shade, 0.7),
        ]
    )
    return define + path(d, paint)


def behind(person: Person) -> str:
    """Hair that falls behind neck and shoulders."""
    style, s = person.hair_style, set_back(person)
    if style == "bob":
        d = [(-50 + s, -20), (-53 + s, 20), (-46 + s, 58), (-18 + s, 63), (20 + s, 63), (46 + s, 56), (50 + s * 2, 18), (47, -20), (39, -50), (0, -62)]  # fmt: skip
        return _shape(person, curve(d), lights=_shadow(person))
    if style == "long":
        d = [(-48 + s, -24), (-55 + s, 40), (-60 + s, 110), (-50 + s, 158), (-10, 150), (34, 158), (56 + s, 108), (52 + s * 2, 40), (47, -22), (39, -50), (0, -62)]  # fmt: skip
        return _shape(person, curve(d), lights=_shadow(person) + _strands(person))
    if style == "wavy":
        return _shape(person, curve(_waves(s), tension=1.1), lights=_shadow(person) + _strands(person))
    if style == "curly":
        # A man's curls end at the nape.
        y, tall = (6, 66) if person.woman else (-18, 46)
        return _shape(person, curl_ring(s, y, 58 if tall > 50 else 53, tall, 15), lights=_shadow(person))
    if style == "afro":
        return _shape(person, curl_ring(s, -18, 73, 71, 26), lights=_shadow(person))
    if style == "locs":
        return hanging_locs(person, s)
    return _ponytail(person, s) if style == "ponytail" else ""


WHITE = 0.85


def veil(person: Person) -> str:
    """What a white dress and a flower in the hair make of a woman: a bride."""
    look = person.look
    if (
        look.garment != "dress"
        or not person.woman
        or not person.wears("flower")
        or luma(look.garment_colour) < WHITE
    ):
        return ""
    s = set_back(person)
    d = curve([(-30 + s, -62), (-62 + s, -10), (-84 + s, 90), (-92 + s, 210), (-20, 226), (60, 214), (66 + s, 90), (50 + s, -20), (24 + s, -66), (-4 + s, -74)], tension=0.7)  # fmt: skip
    folds = "".join(
        line([(x * 0.5 + s, -40), (x * 0.9 + s, 80), (x + s, 206)], "#cfd3da", person.line * 0.8)
        for x in (-72, -46, -14, 22, 48)
    )
    return (
        path(d, "#fbfaf6", opacity=0.94) + clip(d, folds) + path(d, ink=person.ink, width=person.line * 0.8)
    )


def _shadow(person: Person) -> str:
    d = curve([(-46, 20), (46, 16), (60, 100), (40, 170), (-60, 170), (-70, 80)])
    return path(d, person.hair_shade, opacity=0.85)


def _strands(person: Person) -> str:
    return "".join(
        line(
            [(x, 30), (x * 1.12 + 2, 90), (x * 1.05, 150)], person.hair_light, person.line * 0.8, opacity=0.5
        )
        for x in (-50, -40, 38, 47)
    )


def _waves(s: float) -> list[Point]:
    left = [
        (-46 + s, -24),
        (-58 + s, 8),
        (-50 + s, 34),
        (-64 + s, 62),
        (-55 + s, 90),
        (-66 + s, 118),
        (-46 + s, 142),
    ]
    right = [
        (40, 142),
        (60, 118),
        (50 + s, 90),
        (60 + s, 62),
        (48 + s, 34),
        (56 + s, 8),
        (47, -22),
        (39, -50),
    ]
    return [*left, (-6, 134), *right, (0, -62)]


def _round(points: Sequence[Point], inner: Sequence[Point], *, closed: bool = True) -> str:
    """Path data of round curls through `points`, then a smooth edge through `inner` if there is one."""
    bulge = 0.62
    steps = [f"M{num(points[0][0])} {num(points[0][1])}"]
    outer = points if inner or not closed else [*points, points[0]]
    for (x0, y0), (x1, y1) in pairwise(outer):
        r = hypot(x1 - x0, y1 - y0) * bulge
        steps.append(f"A{num(r)} {num(r)} 0 0 1 {num(x1)} {num(y1)}")
    if inner:
        steps.append(curve([outer[-1], *inner, points[0]], False).replace("M", "L", 1))
    return "".join(steps) + ("Z" if closed else "")


def curl_ring(s: float, y: float, rx: float, ry: float, count: int) -> str:
    """A closed outline of round curls."""
    steps = [i * 2 * pi / count + (i % 3 - 1) * 0.05 for i in range(count)]
    return _round([(cos(a) * rx + s, sin(a) * ry + y) for a in steps], [])


def _ponytail(person: Person, s: float) -> str:
    if person.facing == "camera":
        d = [(20, -50), (50, -54), (66, -20), (62, 36), (70, 84), (48, 60), (40, 10), (34, -20)]
    else:
        d = [(-38, -44), (-68, -52), (-92, -24), (-88, 30), (-98, 78), (-70, 60), (-62, 14), (-50, -14)]
    tail = _shape(
        person,
        curve(d),
        lights=line([(d[1][0], d[1][1] + 12), (d[3][0] - 6, d[3][1]), d[4]], person.hair_light, 3),
    )
    return tail


def on_head(person: Person) -> str:
    """Hair in front of the skull, with hats and flowers."""
    style = person.hair_style
    drawn = {
        "short": _short, "bob": _bob, "long": _long, "curly": _curly, "bun": _bun, "ponytail": _pulled,
        "afro": _afro, "bald": _bald, "slicked": _slicked, "wavy": _wavy, "braid": _braided,
        "braids": _pigtails, "locs": _locs_worn, "buzz": _buzz,
    }[style](person)  # fmt: skip
    over = fringe(person) if person.look.fringe and style not in ("bald", "buzz") else ""
    ear = ear_over(person) if style in EARS_SEEN else ""
    return drawn + over + ear + _ornament(person) + headwear(person)


def _hairline(person: Person, points: Sequence[Point]) -> list[Point]:
    if person.facing == "camera":
        return [person.at(x, y, 46.0) for x, y in points]
    # The far temple is hidden by the brow: hair must not hang in front of the cheek, nor beside the face.
    seen = [person.at(x, y if x < 22 else min(y, -20 - (x - 22) * 0.1), 46.0) for x, y in points]
    return [(x, y) for x, y in seen if x < _temple(y)]


def _temple(y: float) -> float:
    """How far the face of a turned head reaches at a height of the forehead."""
    return 21.0 + (y + 53.0) if y < -37.0 else 37.5 + (y + 37.0) * 0.1


def _crown(person: Person, *, lift: float = 0.0, side: float = 0.0, low: float = 2.0) -> list[Point]:
    """The outer contour from the right temple over the crown to the left one."""
    s = set_back(person)
    camera = person.facing == "camera"
    nape = [(-48.5 + s - side, -28), (-46.5 + s - side, low)]
    if not camera and person.hair_style in EARS_SEEN:
        # Cut short, hair follows the skull down to the nape and ends behind the ear.
        nape = [(-51.5 - side, -30), (-51 - side, -10), (-46, 10), (-39, 24), (-31, 25)]
    temple = (
        [(44.5 + side * 0.5, low - 6), (47 + side + s * 0.4, -24)]
        if camera
        else [(39.6, -29), (41.0 + side * 0.6, -38)]
    )
    return [
        *temple, (37 + s, -52 - lift * 0.7), (16 + s, -66 - lift), (-10 + s, -68 - lift), (-34 + s, -57 - lift * 0.7), *nape,
    ]  # fmt: skip


def _cap(person: Person, hairline: Sequence[Point], *, lift: float = 0.0, side: float = 0.0, low: float = 2.0, lights: str = "") -> str:  # fmt: skip
    d = curve([*_crown(person, lift=lift, side=side, low=low), *_hairline(person, hairline)], tension=0.85)
    return _shape(person, d, lights=_sheen(person) + lights)


def _sheen(person: Person) -> str:
    s = set_back(person)
    shade = path(
        curve([(-60, -70), (-36 + s, -62), (-33 + s, -30), (-36, 30), (-70, 30)]),
        person.hair_shade,
        opacity=0.75,
    )
    band = path(
        curve([(-22 + s, -56), (2 + s, -62), (26 + s, -55), (24 + s, -50), (2 + s, -55), (-20 + s, -50)]),
        person.hair_light,
        opacity=0.7,
    )
    return shade + band


def _locks(person: Person, roots: Sequence[tuple[Point, Point]]) -> str:
    return "".join(
        line(
            [a, ((a[0] + b[0]) / 2 + 2, (a[1] + b[1]) / 2 - 4), b],
            person.hair_shade,
            person.line * 0.85,
            opacity=0.8,
        )
        for a, b in roots
    )


def _flip(person: Person, points: Sequence[Point]) -> list[Point]:
    """The hairline with the parting on this person's side, still from left to right."""
    if person.traits.parting > 0:
        return list(points)
    return [(-x, y) for x, y in reversed(points)]


def _short(person: Person) -> str:
    cut = short_cut(person)
    locks = _locks(person, cut.locks)
    return _cap(person, _flip(person, cut.edge), lift=cut.lift, side=cut.side, low=cut.low, lights=locks)


def _bob(person: Person) -> str:
    fringe = _cap(person, [(-42, 10), (-36, -12), (-22, -17), (0, -19), (22, -17), (36, -12), (42, 10)], lift=2, side=3, low=16,
                  lights=_locks(person, [((-14, -60), (-24, -20)), ((4, -62), (2, -22)), ((20, -58), (24, -20))]))  # fmt: skip
    return _side_locks(person, 52, 9) + fringe


def _side_locks(person: Person, low: float, wide: float) -> str:
    """Hair that falls in front of the ears."""
    s = set_back(person)
    left = [
        (-47 + s, -14),
        (-52 + s, 18),
        (-49 + s, low),
        (-40 + s, low + 4),
        (-38 + s * 0.4 + wide * 0.3, 30),
        (-36, 0),
    ]
    right = [(45, -14), (51 + s * 0.4, 18), (48 + s * 0.6, low), (40 + s * 0.5, low + 3), (38.5, 30), (39, 0)]
    drawn = _shape(
        person,
        curve(left),
        lights=path(curve([(-60, -20), (-48 + s, 0), (-46 + s, low), (-64, low)]), person.hair_shade),
    )
    return drawn + (_shape(person, curve(right)) if person.facing == "camera" else "")


def _centre(person: Person) -> list[Point]:
    return [(-42, 10), (-38, -12), (-25, -30), (-4, -46), (1, -48), (6, -45), (26, -30), (38, -12), (42, 10)]


def _long(person: Person) -> str:
    cap = _cap(
        person,
        _centre(person),
        lift=1,
        side=3,
        low=16,
        lights=_locks(person, [((-2, -58), (-34, -14)), ((4, -58), (34, -16))]),
    )
    return _falls(person, [(-50, 40), (-55, 92), (-48, 138), (-34, 120), (-37, 70)], [(49, 40), (54, 92), (48, 138), (36, 118), (39, 70)]) + cap  # fmt: skip


def _wavy(person: Person) -> str:
    line_ = _flip(
        person,
        [(-42, 10), (-37, -8), (-32, -24), (-12, -28), (8, -36), (22, -46), (30, -34), (38, -14), (42, 10)],
    )
    cap = _cap(
        person,
        line_,
        lift=5,
        side=4,
        low=16,
        lights=_locks(person, [((20, -56), (-30, -24)), ((12, -62), (-38, -28))]),
    )
    return _falls(person, [(-57, 36), (-48, 66), (-58, 100), (-40, 112), (-33, 78), (-42, 50)], [(55, 36), (47, 66), (56, 100), (42, 110), (36, 76), (43, 50)]) + cap  # fmt: skip


def _falls(person: Person, left: list[Point], right: Sequence[Point]) -> str:
    """Locks over the shoulders."""
    s = set_back(person)
    near = [(-46 + s, -20), *[(x + s, y) for x, y in left], (-35, 8)]
    far = [(44, -20), *[(x + s * 1.6, y) for x, y in right], (39, 8)]
    shade = path(
        curve([(-80, -30), (-50 + s, 0), (-48 + s, 140), (-90, 140)]), person.hair_shade, opacity=0.8
    )
    drawn = "" if person.facing != "camera" else _shape(person, curve(far))
    return drawn + _shape(
        person,
        curve(near),
        lights=shade + line([(-42 + s, 0), (-44 + s, 60), (-42 + s, 110)], person.hair_light, 2.2),
    )


def _curly(person: Person) -> str:
    s = set_back(person)
    end = (46.0, 2.0) if person.facing == "camera" else (43.0, -14.0)
    top = [(-47 + s, 14), (-55 + s, -6), (-54 + s, -28), (-43 + s, -48), (-26 + s, -63), (-4 + s, -70), (18 + s, -67), (36 + s, -54), (46 + s * 0.6, -36), (48 + s * 0.5, -16), end]  # fmt: skip
    fringe = _hairline(
        person,
        [(38, -8), (32, -16), (26, -27), (14, -28), (2, -33), (-12, -27), (-24, -25), (-33, -14), (-40, -2)],
    )
    spots = [(-28, -46), (-8, -56), (14, -50), (30, -38), (-40, -24), (2, -42), (-20, -34)]
    return _front_curls(person, top, fringe, spots)


def _front_curls(
    person: Person, top: Sequence[Point], fringe: Sequence[Point], spots: Sequence[Point]
) -> str:
    """Curls over the head: inked where they end, open where they go on into those behind."""
    d = _round(top, fringe)
    lights = clip(d, _sheen(person), _curls(person, spots)) + _gloss(person, d)
    outer = _round(top, [], closed=False)
    edge = line(fringe, person.ink, person.line * 1.1)
    return path(d, person.hair) + lights + path(outer, ink=person.ink, width=person.line * 1.15) + edge


def _curls(person: Person, spots: Sequence[Point]) -> str:
    s = set_back(person)
    return "".join(
        line(
            [(x + s + cos(a) * 5, y + sin(a) * 5) for a in (2.6, 3.6, 4.6, 5.6, 6.6, 7.6)],
            person.hair_shade,
            person.line * 0.8,
        )
        for x, y in spots
    )


def _afro(person: Person) -> str:
    s = set_back(person)
    steps = [pi + 0.32 - a * (pi + 0.64) / 17 for a in range(18)]
    top = [(cos(a) * 71 + s, -18 - sin(a) * 69) for a in steps]
    fringe = _hairline(
        person,
        [(42, 0), (39, -14), (32, -28), (18, -36), (0, -38), (-18, -36), (-31, -28), (-39, -14), (-42, 2)],
    )
    spots = [(-44, -40), (-24, -62), (6, -74), (34, -58), (48, -34), (-8, -52), (20, -50), (-54, -16)]
    if person.facing != "camera":
        # Down along the far side of the face.
        fringe = [(43.5, 2), (42.5, -16), (40, -33), *fringe]
    return _front_curls(person, top, fringe, spots)


def _bun(person: Person) -> str:
    x = 4.0 if person.facing == "camera" else -30.0
    knot = curve([(x - 21, -70), (x - 10, -90), (x + 10, -90), (x + 21, -70), (x + 12, -56), (x - 12, -56)])
    lights = path(curve([(x - 30, -100), (x - 8, -92), (x - 10, -60), (x - 30, -60)]), person.hair_shade) + line([(x - 10, -66), (x + 2, -82), (x + 13, -70)], person.hair_light, 2.4)  # fmt: skip
    cap = _cap(person, [(-42, 2), (-39, -16), (-30, -33), (-10, -42), (8, -42), (28, -34), (38, -18), (42, 2)], low=6, lights=_locks(person, [((x, -64), (-32, -30)), ((x, -64), (-4, -44)), ((x, -64), (30, -36))]))  # fmt: skip
    wisp = line([(-40, 4), (-43, 16), (-39, 26)], person.hair, person.line * 1.2)
    return _shape(person, knot, lights=lights) + cap + wisp


def _pulled(person: Person) -> str:
    fringe = _flip(
        person,
        [(-42, 4), (-39, -14), (-32, -26), (-12, -24), (8, -34), (20, -43), (30, -33), (38, -16), (42, 4)],
    )
    band_x = 26.0 if person.facing == "camera" else -44.0
    tie = oval(
        band_x, -49, 6, 8, dark(person.look.garment_colour, 0.1), ink=person.ink, width=person.line * 0.8
    )
    return (
        _cap(
            person,
            fringe,
            low=8,
            lights=_locks(person, [((22, -56), (-34, -26)), ((band_x, -54), (-30, -40))]),
        )
        + tie
    )


def _braided(person: Person) -> str:
    """Parted in the middle, one plait over the near shoulder."""
    x = -44.0 if person.facing == "camera" else -40.0
    centre = [(-42, 4), (-38, -14), (-25, -32), (-4, -46), (1, -48), (6, -45), (26, -32), (38, -14), (42, 4)]
    cap = _cap(
        person, centre, low=10, lights=_locks(person, [((-2, -58), (-34, -14)), ((4, -58), (34, -16))])
    )
    lobes = plait(person, x, 22.0, 7)
    tie = oval(
        x + 5, 142, 6, 5, dark(person.look.garment_colour, 0.15), ink=person.ink, width=person.line * 0.7
    )
    tip = _shape(person, curve([(x + 1, 143), (x + 9, 143), (x + 11, 164), (x + 4, 170), (x - 1, 162)]))
    return tip + lobes + tie + cap


def _pigtails(person: Person) -> str:
    """Parted in the middle, a plait over each shoulder."""
    camera = person.facing == "camera"
    # Of a turned head the far plait comes out under the jaw.
    sides = ((-47.0, 22.0, 6), (38.0, 22.0, 6)) if camera else ((-44.0, 22.0, 6), (17.0, 66.0, 4))
    centre = [(-42, 4), (-38, -14), (-25, -32), (-4, -46), (1, -48), (6, -45), (26, -32), (38, -14), (42, 4)]
    cap = _cap(
        person, centre, low=10, lights=_locks(person, [((-2, -58), (-34, -14)), ((4, -58), (34, -16))])
    )
    hue, drawn = person.look.garment_colour, ""
    for x, top, count in sides:
        y = top + count * 17.0 + 2
        tip = [(x + 1, y), (x + 9, y), (x + 11, y + 20), (x + 4, y + 26), (x - 1, y + 18)]
        drawn += _shape(person, curve(tip)) + plait(person, x, top, count)
        drawn += hair_ties(person, ((x + 5, y - 1),), dark(hue, 0.15))
    return drawn + cap


def _locs_worn(person: Person) -> str:
    edge = [(-42, 4), (-38, -14), (-28, -30), (-10, -40), (10, -41), (28, -33), (38, -16), (42, 4)]
    return locs_over(person, _cap(person, edge, lift=4, side=2, low=8))


def _buzz(person: Person) -> str:
    """Shorn close: the shape of the skull, square over the brow."""
    edge = [
        (-41, -8),
        (-39, -22),
        (-36, -38),
        (-18, -44),
        (2, -45),
        (20, -44),
        (35, -38),
        (38, -22),
        (40, -8),
    ]
    lift = -5.0
    return shorn(person, curve([*_crown(person, lift=lift, low=-8), *_hairline(person, edge)], tension=0.85))


def plait(person: Person, x: float, top: float, count: int) -> str:
    """Three strands that go over and under each other, straight down."""
    lobes = ""
    for i in range(count):
        side, y, r = -1 if i % 2 else 1, top + i * 17.0, 12.5 - i * 0.55
        d = curve([(x + side * r * 0.9 + i, y - 8), (x + side * r + i, y + 4), (x - side * 3 + i, y + 18), (x - side * r * 0.8 + i, y + 8), (x - side * 2 + i, y - 6)])  # fmt: skip
        lobes += _shape(person, d, lights=line([(x + side * r * 0.5 + i, y - 2), (x - side * 2 + i, y + 12)], person.hair_light, person.line * 0.8))  # fmt: skip
    return lobes


def _slicked(person: Person) -> str:
    s = set_back(person)
    combed = [((x, -40 - abs(x) * -0.2), (x * 0.9 - 8 + s, -66)) for x in (-26, -14, -2, 10, 22)]
    hairline = [
        (-41, 4),
        (-39, -16),
        (-35, -33),
        (-22, -36),
        (-8, -45),
        (8, -45),
        (22, -37),
        (34, -33),
        (38, -16),
        (40, 2),
    ]
    return _cap(person, hairline, lift=1, low=6, lights=_locks(person, combed))


def _bald(person: Person) -> str:
    s = set_back(person)
    shine = path(curve([(2 + s, -52), (20, -48), (26, -38), (12, -43)]), pale(person.skin, 0.6), opacity=0.6)
    if person.woman or person.child:
        return shine
    tone = mix(person.skin_shade, person.hair, 0.45)
    edge: list[Point] = [(-47, -16), (-44, -22), (-39, -10), (-38, 4), (-43, 8)]
    if person.facing != "camera":
        edge = [(-44.5, -20), (-38, -25), (-29, -14), (-27, 4), (-30, 20), (-37, 12), (-43, -2)]
    sides = path(curve(edge), tone, opacity=0.75)
    right = path(curve([(42, -18), (39, -10), (39, 4), (42, 4)]), tone, opacity=0.75)
    return shine + sides + (right if person.facing == "camera" else "")


def _ornament(person: Person) -> str:
    if person.wears("flower") and person.woman:
        x, y = (-38.0, -34.0)
        petals = "".join(oval(x + cos(a * 1.2566) * 7.5, y + sin(a * 1.2566) * 7.5, 6.2, 6.2, person.tone("#e8506a", "flower"), ink=person.ink, width=person.line * 0.6) for a in range(5))  # fmt: skip
        return petals + oval(x, y, 4.4, 4.4, "#f7d35c", ink=person.ink, width=person.line * 0.5)
    return ""
