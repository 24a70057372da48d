"""Arms and hands: the seven gestures."""

from math import atan2, degrees

from state.script import Look
from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import Point, clip, curve, group, line, oval, path, tube
from tools.engines.previz.objects import drawn_object
from tools.engines.previz.people.person import Person

Bend = tuple[Point, Point, Point]
"""Shoulder, elbow, wrist."""


def _shoulder(person: Person) -> float:
    return 62.0 if person.child else 60.0 if person.woman else 77.0


def _hanging(person: Person, side: int) -> Bend:
    s = _shoulder(person)
    return (side * s, 124), (side * (s + 17), 222), (side * (s + 13), 318)


def arms_behind(person: Person) -> str:
    """Arms that hang at the sides pass behind the body, so that the shoulder's line is whole."""
    if person.gesture == "none":
        return _arm(person, _hanging(person, -1), hand="down") + _arm(
            person, _hanging(person, 1), hand="down"
        )
    if person.gesture in ("hand_on_heart", "raised_hand", "pointing"):
        return _arm(person, _hanging(person, -1), hand="down")
    return ""


def arms(person: Person) -> str:
    """The arms in front of the body."""
    s = _shoulder(person)
    if person.gesture == "hand_on_heart":
        return _arm(person, ((s, 126), (s + 24, 224), (20, 174)), hand="flat")
    if person.gesture == "pointing":
        return _arm(person, ((s, 126), (s + 40, 184), (s + 100, 144)), hand="point")
    if person.gesture == "raised_hand":
        return _arm(person, ((s, 128), (s + 42, 196), (s + 50, 96)), hand="palm")
    if person.gesture == "holding":
        low = _arm(person, ((-s, 126), (-s - 8, 226), (-4, 236)), hand="flat")
        return low + _thing(person) + _arm(person, ((s, 126), (s + 12, 226), (34, 216)), hand="grip")
    if person.gesture == "crossed_arms":
        first = _arm(person, ((s, 126), (s + 14, 214), (-30, 206)), hand="tuck")
        return first + _arm(person, ((-s, 126), (-s - 12, 218), (38, 192)), hand="flat")
    if person.gesture == "hands_on_hips":
        return "".join(_arm(person, ((side * s, 126), (side * (s + 50), 210), (side * (s - 8), 276)), hand="tuck") for side in (-1, 1))  # fmt: skip
    return ""


def _thing(person: Person) -> str:
    return group(
        drawn_object(person.held or "letter", person.ink),
        transform="translate(30 196) rotate(-12) scale(0.3)",
    )


def _arm(person: Person, bend: Bend, *, hand: str) -> str:
    thick = 0.84 if person.woman else 0.9 if person.child else 1.0
    cloth = person.look.garment_colour
    short = person.look.garment in ("t_shirt", "dress")
    shoulder, elbow, wrist = bend
    widths = (44 * thick, 36 * thick, 25 * thick)
    if person.look.garment in ("coat", "sweater", "blouse", "suit"):
        widths = (47 * thick, 41 * thick, 33 * thick)
    bent = [shoulder, _between(shoulder, elbow, 0.5), elbow, _between(elbow, wrist, 0.5), wrist]
    wide = [widths[0], (widths[0] + widths[1]) / 2, widths[1], (widths[1] + widths[2]) / 2, widths[2]]
    palm = _hand(person, elbow, wrist, hand)
    side = 1 if shoulder[0] > 0 else -1
    cap = (
        ""
        if person.gesture == "none"
        else oval(shoulder[0] - side * 8, shoulder[1] + 4, 17 * thick, 19 * thick, cloth)
    )
    if not short:
        return palm + _sleeve(person, bent, wide, cloth) + _cuff(person, elbow, wrist, widths[2]) + cap
    bare = [w * 0.78 for w in wide]
    half = [shoulder, _between(shoulder, elbow, 0.5), _between(shoulder, elbow, 0.86)]
    skin = _limb(person, bent, bare, person.skin, person.skin_shade)
    return (
        palm
        + skin
        + _limb(person, half, [widths[0], widths[0], widths[0] * 0.98], cloth, dark(cloth, 0.26))
        + cap
    )


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _limb(person: Person, bent: list[Point], widths: list[float], fill: str, shade: str) -> str:
    d = tube(bent, widths)
    edge = tube([(x - 9, y + 5) for x, y in bent], [w * 0.62 for w in widths])
    return (
        path(d, fill)
        + clip(d, path(edge, shade, opacity=0.75))
        + path(d, ink=person.ink, width=person.line * 1.05)
    )


def _sleeve(person: Person, bent: list[Point], widths: list[float], cloth: str) -> str:
    elbow = bent[2]
    fold = line(
        [(elbow[0] - 8, elbow[1] - 6), (elbow[0] + 4, elbow[1] - 1)], dark(cloth, 0.4), person.line * 0.9
    )
    return _limb(person, bent, widths, cloth, dark(cloth, 0.26)) + fold


def _cuff(person: Person, elbow: Point, wrist: Point, width: float) -> str:
    back = _between(wrist, elbow, 0.1)
    d = tube([back, wrist], [width * 1.06, width * 1.06])
    tone = "#f2ece0" if person.look.garment == "suit" else pale(person.look.garment_colour, 0.18)
    return path(d, tone, ink=person.ink, width=person.line * 0.9)


FINGERS: dict[str, list[Point]] = {
    "down": [(-9, -4), (-12, 12), (-9, 27), (-2, 37), (6, 37), (10, 26), (11, 8), (8, -4)],
    "flat": [(-9, -4), (-13, 10), (-12, 24), (-8, 38), (2, 41), (9, 34), (11, 14), (8, -4)],
    "grip": [(-9, -4), (-13, 8), (-12, 22), (-4, 28), (8, 26), (12, 12), (8, -4)],
    "tuck": [(-8, -4), (-9, 6), (-4, 12), (6, 11), (9, 4), (8, -4)],
    "palm": [
        (-9, -4),
        (-14, 10),
        (-15, 34),
        (-11, 47),
        (-6, 34),
        (-3, 51),
        (2, 35),
        (7, 48),
        (9, 33),
        (15, 41),
        (15, 14),
        (9, -4),
    ],
    "point": [(-9, -4), (-12, 10), (-8, 22), (-2, 23), (3, 46), (8, 45), (9, 22), (13, 12), (9, -4)],
}


def _hand(person: Person, elbow: Point, wrist: Point, kind: str) -> str:
    """A hand in its own space (fingers down), turned to go on from the forearm."""
    angle = degrees(atan2(wrist[1] - elbow[1], wrist[0] - elbow[0])) - 90
    size = 0.92 if person.woman else 0.88 if person.child else 1.08
    palm = curve(FINGERS[kind], tension=0.9)
    thumb = curve([(6, 4), (15, 10), (18, 20), (14, 23), (8, 15)])
    lines = ""
    if kind in ("down", "flat", "grip"):
        lines = "".join(line([(x, 20), (x + 0.5, 33)], person.skin_shade, person.line * 0.7) for x in (-4, 2))
    nails = path(palm, person.skin, ink=person.ink, width=person.line * 0.95) + lines
    if kind != "tuck":
        nails += path(thumb, person.skin, ink=person.ink, width=person.line * 0.9)
    return group(
        nails, transform=f"translate({wrist[0]:.1f} {wrist[1]:.1f}) rotate({angle:.1f}) scale({size})"
    )


def reaching_hand(look: Look, ink: str, w: float, h: float) -> str:
    """A forearm from the lower right corner whose fingers rest beside an object in mid-frame."""
    person = Person(look=look, ink=ink, line=0.9)
    wrist, elbow = (w / 2 + 330.0, h * 0.56 + 150.0), (w / 2 + 660.0, h * 0.56 + 430.0)
    size = 3.4
    palm = group(
        _hand(person, (0.0, -10.0), (0.0, 0.0), "flat"),
        transform=f"translate({wrist[0]:.1f} {wrist[1]:.1f}) rotate(128) scale({size})",
    )
    sleeve = _limb(
        Person(look=look, ink=ink, line=3.4),
        [wrist, _between(wrist, elbow, 0.5), elbow],
        [105, 135, 170],
        look.garment_colour,
        dark(look.garment_colour, 0.26),
    )
    cuff = path(
        tube([_between(wrist, elbow, 0.06), _between(wrist, elbow, -0.03)], [116, 112]),
        pale(look.garment_colour, 0.25),
        ink=ink,
        width=3.4,
    )
    return palm + sleeve + cuff
