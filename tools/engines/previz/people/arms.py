"""Arms: where each gesture puts shoulder, elbow and wrist, and how an arm is drawn there.

An arm is two pieces, drawn so that either may turn about its joint: the forearm has no
line across the elbow and covers the upper arm's round end.
"""

from dataclasses import replace
from math import hypot

from state.script import Garment, Look
from tools.engines.previz.colour import dark, luma, pale
from tools.engines.previz.ink import Point, clip, curve, group, line, num, oval, path, tube
from tools.engines.previz.people.doing import DOING
from tools.engines.previz.people.garments import shawl_tone
from tools.engines.previz.people.hands import drawn_hand, held_thing
from tools.engines.previz.people.implements import in_hand
from tools.engines.previz.people.limb import Depth, Limb, Pose, bent, drawn_in, hanging
from tools.engines.previz.people.patterns import printed, woven
from tools.engines.previz.people.person import UNDER, Person

SHORT = ("t_shirt", "dress", "scrubs", "polo")
THICK = ("coat", "sweater", "blouse", "suit", "jacket", "robe", "hoodie", "cassock", "chef", "traditional",
         "gown", "kimono", "habit", "dressing_gown")  # fmt: skip
WIDE_SLEEVES: dict[Garment, float] = {"robe": 46.0, "gown": 66.0, "kimono": 64.0, "habit": 50.0}
"""How wide sleeves are at the wrist."""
MOVING: tuple[Pose, ...] = (
    "hand_on_heart", "pointing", "raised_hand", "shrug", "reaching_out", "talking", "holding", "phone_to_ear",
    *DOING,
)  # fmt: skip
"""Poses whose arms are alive in a take; the others are part of the body."""


def limbs(person: Person, pose: Pose) -> tuple[Limb, Limb]:
    """Both arms of a pose, the near one first."""
    near, far = _POSES.get(pose, _at_rest)(person, hanging(person, -1), hanging(person, 1))
    return drawn_in(person, near), drawn_in(person, far)


def _at_rest(person: Person, near: Limb, far: Limb) -> tuple[Limb, Limb]:
    return _idle(person, near), far


def _hanging(person: Person, near: Limb, far: Limb) -> tuple[Limb, Limb]:
    return near, far


def _idle(person: Person, near: Limb) -> Limb:
    """What this person does with an arm that has nothing to do: people stand in their own way."""
    x = near.bend[0][0]
    if person.traits.stance == 1:
        return bent(near, (44, 212), (x + 6, 264), "grip")
    if person.traits.stance == 2:
        return replace(near, bend=(near.bend[0], (x - 30, 214.0), (x - 2, 290.0)), hand="tuck")
    if person.traits.stance == 3:
        return replace(near, bend=(near.bend[0], (x - 34, 218.0), (x + 24, 286.0)), hand="tuck")
    return near


def _hand_on_heart(person: Person, near: Limb, far: Limb) -> tuple[Limb, Limb]:
    return near, bent(far, (24, 222), (22, 168), "flat")


def _pointing(person: Person, near: Limb, far: Limb) -> tuple[Limb, Limb]:
    return _idle(person, near), bent(
        far, (40, 178), (far.bend[0][0] + 104, 134 if person.room > 260 else 176), "point"
    )


def _raised_hand(person: Person, near: Limb, far: Limb) -> tuple[Limb, Limb]:
    return _idle(person, near), bent(far, (40, 196), (far.bend[0][0] + 50, 98), "palm")


def _reaching_out(person: Person, near: Limb, far: Limb) -> tuple[Limb, Limb]:
    return _idle(person, near), bent(far, (46, 186), (far.bend[0][0] + 108, 160), "open")


def _talking(person: Person, near: Limb, far: Limb) -> tuple[Limb, Limb]:
    return _idle(person, near), bent(far, (22, 216), (far.bend[0][0] + 66, 164), "open")


def _shrug(person: Person, near: Limb, far: Limb) -> tuple[Limb, Limb]:
    return (
        bent(near, (22, 206), (near.bend[0][0] - 74, 158), "open", lift=9),
        bent(far, (22, 206), (far.bend[0][0] + 74, 158), "open", lift=9),
    )


def _phone_to_ear(person: Person, near: Limb, far: Limb) -> tuple[Limb, Limb]:
    x = -56.0 if person.facing == "camera" else -39.0
    k = person.body_scale
    # The ear keeps its place while the body below it is scaled.
    y = 78 + (54 - 78) / k
    lifted = bent(near, (28, 164), (x / k, y), "phone")
    return replace(lifted, depth="over_head"), far


def _holding(person: Person, near: Limb, far: Limb) -> tuple[Limb, Limb]:
    low = bent(near, (12, 222), (-16, 206), "flat")
    return low, replace(bent(far, (16, 214), (46, 184), "grip"), holds=(22.0, 152.0))


def _crossed(person: Person, near: Limb, far: Limb) -> tuple[Limb, Limb]:
    return bent(near, (12, 218), (40, 192), "flat"), bent(far, (14, 214), (-30, 206), "tuck")


def _on_hips(person: Person, near: Limb, far: Limb) -> tuple[Limb, Limb]:
    return (
        bent(near, (50, 210), (near.bend[0][0] + 5, 263), "grip"),
        bent(far, (50, 210), (far.bend[0][0] - 5, 263), "grip"),
    )


_POSES = {
    "hanging": _hanging, "none": _at_rest,
    "hand_on_heart": _hand_on_heart, "pointing": _pointing, "raised_hand": _raised_hand, "talking": _talking,
    "reaching_out": _reaching_out, "shrug": _shrug, "phone_to_ear": _phone_to_ear, "holding": _holding,
    "crossed_arms": _crossed, "hands_on_hips": _on_hips, **DOING,
}  # fmt: skip


def drawn_arms(person: Person, pose: Pose, depth: Depth, *, sides: tuple[int, ...] = (-1, 1)) -> str:
    """The whole arms of a pose that lie at this depth."""
    found = [limb for limb in limbs(person, pose) if limb.depth == depth and limb.side in sides]
    if pose == "crossed_arms":
        found.reverse()
    return "".join(upper_arm(person, limb) + forearm(person, limb) for limb in found)


def upper_arm(person: Person, limb: Limb) -> str:
    """From the shoulder to the elbow's round end."""
    cloth, widths = person.cloth, _widths(person)
    shoulder, elbow, _ = limb.bend
    if person.look.garment not in SHORT:
        fold = _fold(person, limb, cloth)
        return (
            _upper(person, limb, shoulder, elbow, widths[:2], cloth) + fold + _wrap(person, limb, widths[0])
        )
    bare = (widths[0] * 0.72, widths[1] * 0.8)
    hem = _between(shoulder, elbow, 0.8 if person.look.garment != "dress" else 0.62)
    sleeve = _upper(person, limb, shoulder, hem, (widths[0], widths[0] * 1.02), cloth)
    return _upper(person, limb, shoulder, elbow, bare, person.skin) + sleeve + _wrap(person, limb, widths[0])


def _wrap(person: Person, limb: Limb, width: float) -> str:
    """A shawl falls over a lifted arm as far as the elbow."""
    over = person.look.garment == "poncho"
    if not (person.wears("shawl") or over) or limb.depth == "behind":
        return ""
    shoulder, elbow, _ = limb.bend
    hem = _between(shoulder, elbow, 1.0 if over else 0.7)
    tone = person.look.garment_colour if over else shawl_tone(person)
    return _upper(person, limb, shoulder, hem, (width * 1.16, width * (1.5 if over else 1.12)), tone)


def forearm(person: Person, limb: Limb) -> str:
    """From the elbow to the fingers, with what they hold."""
    widths = _widths(person)
    _, elbow, wrist = limb.bend
    palm = drawn_hand(gloved(person), elbow, wrist, limb.hand)
    thing = held_thing(person, *limb.holds) if limb.holds else ""
    if limb.implement:
        thing += in_hand(limb.implement, _grasped(limb), person.ink, person.line)
    if person.look.garment in SHORT:
        return thing + _lower(person, elbow, wrist, (widths[1] * 0.8, widths[2] * 0.82), person.skin) + palm + _gauntlet(person, elbow, wrist, widths[2])  # fmt: skip
    sleeve = _lower(person, elbow, wrist, (widths[1], widths[2]), person.cloth)
    cuff = _cuff(person, elbow, wrist, widths[2]) + _gauntlet(person, elbow, wrist, widths[2])
    return thing + palm + sleeve + cuff


def gloved(person: Person) -> Person:
    """The person with hands in the colour of their gloves."""
    if not person.wears("gloves"):
        return person
    leather = person.tone("#4a2f24", "gloves")
    if TAN[0] < luma(leather) < TAN[1] and _warm(leather):
        # Of a skin's colour they would read as bare hands of somebody else.
        leather = dark(leather, 0.55)
    return replace(person, look=person.look.model_copy(update={"skin": leather}))


TAN = (0.14, 0.8)
"""How light leather is that could be taken for skin."""


def _warm(colour: str) -> bool:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red > green > blue and red - blue > 24


def _gauntlet(person: Person, elbow: Point, wrist: Point, width: float) -> str:
    """The hem of a glove over the sleeve: a hand in leather is no bare one."""
    if not person.wears("gloves"):
        return ""
    leather = gloved(person).skin
    tone = pale(leather, 0.3) if luma(leather) < 0.4 else dark(leather, 0.22)
    near, far = _between(wrist, elbow, -0.02), _between(wrist, elbow, 0.2)
    d = tube([far, near], [width * 1.24, width * 1.1])
    return path(d, leather, ink=person.ink, width=person.line) + line(
        [_between(wrist, elbow, 0.04), _between(wrist, elbow, 0.16)], tone, person.line
    )


def _grasped(limb: Limb) -> Point:
    """Where the fist of an arm closes; a wheel is between the two hands."""
    _, elbow, wrist = limb.bend
    along, _ = _axis(elbow, wrist)
    return (5.0, 186.0) if limb.implement == "wheel" else _off(wrist, along, 18.0)


def _widths(person: Person) -> tuple[float, float, float]:
    """Of an arm at shoulder, elbow and wrist."""
    thick = (0.84 if person.woman else 0.9 if person.child else 1.0) * (0.55 + 0.45 * person.traits.build)
    wrist = WIDE_SLEEVES.get(person.look.garment, 33.0)
    shoulder, elbow, wrist = (47, 41, wrist) if person.look.garment in THICK else (44, 36, 27)
    return shoulder * thick, elbow * thick, wrist * thick


def _axis(a: Point, b: Point) -> tuple[Point, Point]:
    """Along and across a limb, each of length one."""
    length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    d = ((b[0] - a[0]) / length, (b[1] - a[1]) / length)
    return d, (-d[1], d[0])


def _off(p: Point, way: Point, far: float) -> Point:
    return p[0] + way[0] * far, p[1] + way[1] * far


def _sausage(a: Point, b: Point, widths: tuple[float, float]) -> str:
    """Path data of a limb with two round ends."""
    d, n = _axis(a, b)
    ra, rb = widths[0] / 2, widths[1] / 2
    mid = _between(a, b, 0.45)
    swell = (ra + rb) / 2 * 1.05
    k = 0.72
    return curve(
        [
            _off(a, n, ra), _off(mid, n, swell), _off(b, n, rb), _off(_off(b, n, rb * k), d, rb * k), _off(b, d, rb),
            _off(_off(b, n, -rb * k), d, rb * k), _off(b, n, -rb), _off(mid, n, -swell), _off(a, n, -ra),
            _off(_off(a, n, -ra * k), d, -ra * k), _off(a, d, -ra), _off(_off(a, n, ra * k), d, -ra * k),
        ],
        tension=0.95,
    )  # fmt: skip


def _shade(a: Point, b: Point, widths: tuple[float, float], colour: str) -> str:
    """The limb's side away from the light."""
    _, n = _axis(a, b)
    dark_side = 1.0 if n[0] < 0 or (n[0] == 0 and n[1] > 0) else -1.0
    ra, rb = widths[0] / 2 * dark_side, widths[1] / 2 * dark_side
    mid, half = _between(a, b, 0.45), (ra + rb) / 2
    d = [
        _off(_between(a, b, -0.1), n, ra * 0.8), _off(mid, n, half * 1.01), _off(_between(a, b, 0.97), n, rb * 0.9),
        _off(_between(a, b, 0.8), n, rb * 0.42), _off(mid, n, half * 0.3), _off(_between(a, b, 0.16), n, ra * 0.46),
    ]  # fmt: skip
    return path(curve(d, tension=0.9), colour, opacity=0.8)


def _upper(
    person: Person, limb: Limb, a: Point, b: Point, widths: tuple[float, float], fill: str
) -> str:  # fmt: skip
    d, n = _axis(a, b)
    out = n if n[0] * limb.side > 0 else (-n[0], -n[1])
    ra, rb = widths[0] / 2, widths[1] / 2
    inwards = (-out[0], -out[1])
    mid = _between(a, b, 0.45)
    contour = [
        _off(_off(a, d, -ra * 0.66), out, ra * 0.75), _off(a, out, ra), _off(mid, out, (ra + rb) / 2 * 1.05), _off(b, out, rb),
        _off(_off(b, out, rb * 0.72), d, rb * 0.72), _off(b, d, rb), _off(_off(b, inwards, rb * 0.72), d, rb * 0.72),
        _off(b, inwards, rb), _off(mid, inwards, (ra + rb) / 2 * 1.05),
    ]  # fmt: skip
    shade = person.skin_shade if fill == person.skin else dark(fill, 0.26)
    sleeve = _sausage(a, b, widths)
    return (
        path(sleeve, fill)
        + _printed(person, sleeve, fill)
        + _shade(a, b, widths, shade)
        + line(contour, person.ink, person.line * 1.05)
    )


def _printed(person: Person, d: str, fill: str) -> str:
    """The garment's pattern on one piece of its sleeve."""
    if person.look.garment in UNDER:
        return clip(d, printed(person.look.under_pattern, fill)) if fill == person.cloth else ""
    if fill != person.look.garment_colour:
        return ""
    return clip(d, woven(person)) if person.look.pattern else ""


def _lower(person: Person, a: Point, b: Point, widths: tuple[float, float], fill: str) -> str:
    _, n = _axis(a, b)
    ra, rb = widths[0] / 2, widths[1] / 2
    inset = (ra - person.line / 2, rb - person.line / 2)
    up, down = _edge(a, b, n, inset, 1), _edge(a, b, n, inset, -1)
    d = f"M{_xy(up[0])}Q{_xy(up[1])} {_xy(up[2])}L{_xy(down[2])}Q{_xy(down[1])} {_xy(down[0])}Z"
    sides = "".join(
        path(f"M{_xy(e[0])}Q{_xy(e[1])} {_xy(e[2])}", ink=person.ink, width=person.line * 1.05)
        for e in (_edge(a, b, n, (ra, rb), 1), _edge(a, b, n, (ra, rb), -1))
    )
    shade = person.skin_shade if fill == person.skin else dark(fill, 0.26)
    round_end = oval(a[0], a[1], inset[0], inset[0], fill)
    return round_end + path(d, fill) + _printed(person, d, fill) + _shade(a, b, widths, shade) + sides


def _edge(a: Point, b: Point, n: Point, radii: tuple[float, float], side: int) -> tuple[Point, Point, Point]:
    """One side of a forearm: its ends, and between them the control point of its swell."""
    mid = _off(_between(a, b, 0.4), n, side * (radii[0] * 0.62 + radii[1] * 0.38) * 1.16)
    return _off(a, n, side * radii[0]), mid, _off(b, n, side * radii[1])


def _xy(p: Point) -> str:
    return f"{num(p[0])} {num(p[1])}"


def _fold(person: Person, limb: Limb, cloth: str) -> str:
    shoulder, elbow, _ = limb.bend
    d, n = _axis(shoulder, elbow)
    start = _between(shoulder, elbow, 0.72)
    tone, creases = dark(cloth, 0.4), []
    for shift, long in ((0.0, 8.0), (8.0, 13.0)):
        root = _off(_off(start, d, shift), n, long - 2)
        creases.append(line([root, _off(_off(start, d, shift + 5), n, -3)], tone, person.line * 0.75))
    return "".join(creases)


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _cuff(person: Person, elbow: Point, wrist: Point, width: float) -> str:
    back = _between(wrist, elbow, 0.1)
    d = tube([back, wrist], [width * 1.06, width * 1.06])
    white = person.look.garment in ("suit", "robe", "cassock")
    return path(d, "#f2ece0" if white else pale(person.cloth, 0.18), ink=person.ink, width=person.line * 0.9)


def reaching_hand(look: Look, ink: str, w: float, h: float) -> str:
    """A forearm from the lower right corner whose fingers rest beside an object in mid-frame."""
    person = Person(look=look, ink=ink, line=0.9)
    wrist, elbow = (w / 2 + 330.0, h * 0.56 + 150.0), (w / 2 + 800.0, h * 0.56 + 550.0)
    palm = group(
        drawn_hand(gloved(person), (0.0, -10.0), (0.0, 0.0), "flat"),
        transform=f"translate({wrist[0]:.1f} {wrist[1]:.1f}) rotate(128) scale(4.1)",
    )
    bare = look.garment in SHORT
    sleeve = _lower(
        replace(person, line=3.4), elbow, wrist, (176, 100), person.skin if bare else person.cloth
    )
    if bare and not person.wears("gloves"):
        return sleeve + palm
    cuff = path(
        tube([_between(wrist, elbow, 0.06), _between(wrist, elbow, -0.03)], [110, 106]),
        gloved(person).skin if person.wears("gloves") else pale(person.cloth, 0.25),
        ink=ink,
        width=3.4,
    )
    return palm + sleeve + cuff
