"""The head without hair: skull, ears, nose, beard and what age leaves behind."""

from dataclasses import dataclass

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import Point, clip, curve, gradient, line, oval, path
from tools.engines.previz.people.person import RISE, Person


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A face's form against the oval's: factors, and how far down the jaw's corner sits."""

    cheek: float = 1.0
    jaw: float = 1.0
    chin: float = 1.0
    length: float = 1.0
    corner: float = 0.0


SHAPES = (
    Shape(), Shape(cheek=1.05, jaw=1.12, chin=1.2, length=0.95), Shape(cheek=0.965, jaw=0.98, chin=1.0, length=1.075),
    Shape(cheek=1.02, jaw=1.12, chin=1.26, length=0.99, corner=2.0), Shape(cheek=1.03, jaw=0.9, chin=0.84, length=1.02),
)  # fmt: skip
"""Oval, round, long, square, heart."""


SAGGING = 0.78
"""How weathered a face is whose cheeks hang."""


def outline(person: Person) -> list[Point]:
    """The contour of the face: a full oval from the front, brow and cheekbone from the side."""
    shape, young = SHAPES[1] if person.child else SHAPES[person.traits.face], person.childlike
    jaw, length = person.traits.jaw * shape.jaw, person.traits.length * shape.length
    round_ = (1.0 + 0.1 * young) * shape.cheek
    chin, corner = shape.chin, shape.corner
    if person.child:
        # All cheek: a small chin under a round face.
        jaw, length, chin, corner = (
            1.0 - 0.04 * young,
            length * (1.0 - 0.03 * young),
            chin * 0.86,
            -3.0 * young,
        )
    elif person.look.build == "stout":
        round_, chin = round_ * 1.06, chin * 1.16
    elif person.look.build == "slim":
        round_, jaw = round_ * 0.97, jaw * 0.94
    if person.weathered > SAGGING:
        # Cheeks sink to the jaw: jowls beside the chin.
        jaw, corner = jaw * 1.07, corner + 3.0
    if person.facing == "camera":
        half = [
            (27, -51),
            (40, -30),
            (41.5, -6),
            (39 * round_, 16),
            (31 * jaw * round_, 37 + corner),
            (13 * jaw * chin, 53.5),
        ]
        right = [(x, _low(y, length)) for x, y in half]
        return [(0, -58), *right, (0, _low(57.5, length)), *((-x, y) for x, y in reversed(right))]
    if person.child:
        # No muzzle: one full cheek from the eye to the chin.
        points = [
            (-6, -58), (22, -53), (38, -36), (41, -16), (40, -2), (41.5, 14), (40, 28), (33.5, 42), (20, 51.5), (4, 53.5),
            (-13, 47), (-31, 32), (-41, 8), (-47, -14), (-41, -42),
        ]  # fmt: skip
        return [(x, _low(y, length)) for x, y in points]
    points = [
        (-6, -58), (22, -53), (38, -36), (40.5, -16), (38.5, -4), (41, 10), (38.5 * round_, 26),
        (31 * jaw, 44 + corner), (13 + 6 * chin, 56), (13 - 5 * chin, 57), (-12 * jaw, 49 + corner * 0.6), (-30 * jaw, 31), (-40, 8), (-47, -14), (-41, -42),
    ]  # fmt: skip
    return [(x, _low(y, length)) for x, y in points]


def _low(y: float, length: float) -> float:
    return y * length if y > 0 else y


def neck(person: Person) -> str:
    """Neck with the shadow of the chin."""
    w = _girth(person)
    x = -2.0 if person.facing == "camera" else -7.0
    # It ends where the body begins, and a child's body begins close under the chin.
    chin, low, end = (person.body_place(0.0, y + RISE)[1] if person.child else y for y in (62.0, 80.0, 98.0))
    d = curve(
        [(x - w, 30), (x - w, chin), (x - w - 3, low), (x - w * 0.35, end), (x + w * 0.5, end), (x + w + 4, low),
         (x + w, chin), (x + w, 30)], tension=0.8,
    )  # fmt: skip
    shadow = curve([(x - w - 10, 30), (x + w + 12, 30), (x + w + 10, 62), (x + 5, 76), (x - w - 10, 64)])
    sides = [[(x + k * w, 30), (x + k * w, chin), (x + k * (w + 3.5), low)] for k in (-1, 1)]
    edges = "".join(line(side, person.ink, person.line) for side in sides)
    if person.elder:
        cords = [[(x + k * w, 62), (x + k * w * 0.5, 80)] for k in (-0.45, 0.5)]
        edges += "".join(line(cord, person.skin_shade, person.line * 0.9) for cord in cords)
    # No line across: below it the skin of a neckline goes on.
    return path(d, person.skin) + clip(d, path(shadow, person.skin_shade)) + edges


def _girth(person: Person) -> float:
    """Half the width of a neck."""
    usual = 13.5 if person.woman else 18.5 - 4.0 * person.childlike
    build = 1.22 if person.look.build == "stout" else 0.92 if person.look.build == "slim" else 1.0
    return usual * build * (0.78 if person.child else 1.0)


def skull(person: Person) -> str:
    """Face, ears and nose, without eyes, brows and mouth."""
    face = curve(outline(person))
    return (
        _ears(person, behind=True)
        + path(face, person.skin)
        + _warmth(face, person)
        + clip(face, _modelling(person), _folds(person), _beard(person))
        + path(face, ink=person.ink, width=person.line * 1.15)
        + _over_chin(person, face)
        + _ears(person, behind=False)
        + _nose(person)
    )


def _warmth(face: str, person: Person) -> str:
    """The forehead catches light, the lower face is fuller."""
    define, paint = gradient(
        [
            (0, pale(person.skin, 0.4), 0.5),
            (0.45, pale(person.skin, 0.4), 0),
            (0.6, person.skin_shade, 0),
            (1, person.skin_shade, 0.55),
        ]
    )
    return define + path(face, paint)


def _modelling(person: Person) -> str:
    side = [(-60, -60), (-30, -60), (-33, -20), (-30, 10), (-22, 34), (-6, 50), (16, 60), (-60, 70)]
    if person.facing == "camera":
        side = [(-60, -60), (-34, -60), (-36, -14), (-33, 14), (-24, 37), (-8, 51), (4, 62), (-60, 70)]
    rosy = (person.painted or person.child) and not person.elder
    blush, drop = mix(person.skin, "#e2543f", 0.42 if rosy else 0.26), 5.0 * person.childlike
    near, far = person.at(-25, 20 + drop), person.at(25, 20 + drop)
    big = 1.0 + 0.25 * person.childlike
    cheeks = oval(*near, 9 * big, 5.6 * big, blush, opacity=0.5) + oval(
        *far, 7.5 * big, 5.6 * big, blush, opacity=0.5
    )
    light = curve([person.at(6, -34), person.at(24, -30), person.at(27, -12), person.at(14, -18)])
    return (
        path(curve(side), person.skin_shade, opacity=0.8)
        + path(light, pale(person.skin, 0.5), opacity=0.35)
        + cheeks
        + (_freckles(person, blush) if person.traits.freckles and not person.elder else "")
        + _mole(person)
    )


EARS_SEEN = ("short", "bun", "ponytail", "slicked", "bald", "braid", "braids", "buzz")
"""Hair that leaves the near ear of a turned head free."""
MOLES = ((0, 0), (-19, 25), (21, 30), (-9, 44))


def _mole(person: Person) -> str:
    if not person.traits.mole or person.child:
        return ""
    x, y = MOLES[person.traits.mole]
    return oval(*person.at(x, y), 1.5, 1.4, mix(person.skin_shade, person.ink, 0.6))


def _freckles(person: Person, colour: str) -> str:
    spots = [(-27, 15), (-21, 17), (-24, 21), (-17, 19), (17, 19), (23, 16), (26, 20), (20, 22)]
    drop = 5.0 * person.childlike
    return "".join(oval(*person.at(x, y + drop), 1.1, 0.9, dark(colour, 0.2), opacity=0.7) for x, y in spots)


def _ears(person: Person, *, behind: bool) -> str:
    if person.facing == "camera":
        return "".join(_ear(person, x, 1 if x > 0 else -1) for x in (-41.5, 41.5)) if behind else ""
    if behind or person.look.hair_style not in EARS_SEEN:
        # What looks out from under long hair reads as a slit in it.
        return _earring(person, -24, -1) if not behind else ""
    return _ear(person, -24, -1)


def ear_over(person: Person) -> str:
    """The near ear of a turned head, drawn again over short hair."""
    return "" if person.facing == "camera" else _ear(person, -24, -1)


def _ear(person: Person, x: float, side: int) -> str:
    big, y = 1.12 if person.elder else 1.0, 4.5 * person.childlike
    d = curve([(x - 3 * side, y - 8), (x + 5 * side * big, y - 11), (x + 8.5 * side * big, y - 1), (x + 5 * side, y + 12), (x, y + 15), (x - 3 * side, y + 6)])  # fmt: skip
    fold = [(x + 4.5 * side, y - 5), (x + 1.5 * side, y + 1), (x + 3 * side, y + 8)]
    inner = line(fold, person.skin_shade, person.line * 0.9)
    return path(d, person.skin, ink=person.ink, width=person.line) + inner + _earring(person, x, side)


def _earring(person: Person, x: float, side: int) -> str:
    if not person.wears("earrings"):
        return ""
    return oval(
        x + side, 20, 3.6, 4.6, person.tone("#f0c75a", "earrings"), ink=person.ink, width=person.line * 0.6
    )


NOSES: tuple[tuple[Point, ...], ...] = (
    ((0.5, -4), (4.5, 8), (6.5, 15), (3, 18.5)),
    ((2, -6), (6.5, 4), (8.5, 14), (2.5, 19)),
    ((0, 0), (3, 9), (5.5, 13.5), (1.5, 16.5)),
    ((3, -4), (4.5, 6), (9.5, 15), (4, 20)),
    ((1, -3), (2.5, 5), (7.5, 12), (2.5, 15.5)),
)


def _nose(person: Person) -> str:
    """One stroke for the bridge and tip, a touch of shadow beneath."""
    if person.child:
        return _button_nose(person)
    shape = NOSES[person.traits.nose]
    shift = 0.6 if person.facing == "camera" else 17.0
    reach = 0.7 if person.facing == "camera" else 1.25
    stroke = [(x * reach + shift, y) for x, y in shape]
    colour = mix(person.ink, person.skin_shade, 0.35)
    under = curve([(shift - 6, 17), (shift + 1, 20.5), (shift + 6 * reach, 17), (shift + 1, 16)])
    nostril = oval(shift - 5.2, 16.5, 1.5, 1.1, colour, opacity=0.75)
    if person.facing == "camera":
        stroke = stroke[1:]
        nostril += oval(shift + 5.8, 16.5, 1.5, 1.1, colour, opacity=0.6)
    return path(under, person.skin_shade, opacity=0.9) + line(stroke, colour, person.line * 0.95) + nostril


def _button_nose(person: Person) -> str:
    """A child's: hardly a bridge, a small round tip."""
    x, y = (0.6, 18.5) if person.facing == "camera" else (18.0, 18.5)
    colour = mix(person.ink, person.skin_shade, 0.4)
    tip = line([(x - 3.6, y - 1.4), (x - 0.4, y + 1.5), (x + 3.8, y - 1.6)], colour, person.line * 0.95)
    shine = oval(x + 0.8, y - 4.2, 2.0, 1.5, pale(person.skin, 0.55), opacity=0.6)
    return oval(x, y + 2.2, 4.6, 1.8, person.skin_shade, opacity=0.8) + tip + shine


def _folds(person: Person) -> str:
    """What the years have written so far: nothing, the folds of fifty, or an old face."""
    if person.elder:
        return _wrinkles(person)
    deep = person.weathered
    if deep < 0.1:
        return ""
    tone = mix(person.skin_shade, person.ink, 0.1 + 0.12 * deep)
    cheeks = [
        [person.at(s * 12, 19), person.at(s * 17.5, 26), person.at(s * 18.5, 29 + 6 * deep)] for s in (-1, 1)
    ]
    drawn = "".join(line(fold, tone, person.line * 0.8, opacity=0.25 + 0.5 * deep) for fold in cheeks)
    if deep < FURROWED:
        return drawn
    soft = 0.75 if person.woman else 1.0
    bags = [[person.at(s * 9, 9), person.at(s * 16, 12), person.at(s * 24, 9)] for s in (-1, 1)]
    crow = [[person.at(s * 31, d), person.at(s * 37, -2 + 2.4 * d)] for s in (-1, 1) for d in (-1.0, 2.2)]
    brow = [[person.at(-15, -30), person.at(0, -32.4), person.at(15, -30)]]
    if deep > LINED:
        brow.append([person.at(-13, -25.5), person.at(0, -27.6), person.at(13, -25.5)])
        brow += [[person.at(s * 15.5, 40), person.at(s * 17, 45)] for s in (-1, 1)]
    fine = [*bags, *crow, *brow]
    return drawn + "".join(
        line(fold, tone, person.line * 0.7, opacity=(0.2 + 0.5 * deep) * soft) for fold in fine
    )


FURROWED, LINED = 0.42, 0.72
"""How weathered a face is that shows its brow and eyes, and its mouth."""


def _wrinkles(person: Person) -> str:
    """What sixty or seventy years write into a face: brow, eyes, cheeks, mouth and jaw."""
    deep = person.weathered
    tone = mix(person.skin_shade, person.ink, 0.12 + 0.14 * deep)
    brow = [[person.at(-17, y), person.at(0, y - 2.6), person.at(17, y)] for y in (-26, -32.5)]
    if deep > 1.1:
        brow += [[person.at(-14, -38), person.at(0, -40), person.at(14, -38)]]
        brow += [[person.at(x, 29 + abs(x) * 0.1), person.at(x * 0.9, 32)] for x in (-7, -2.5, 2.5, 7)]
    crow = [[person.at(s * 30, d), person.at(s * 37, -3 + 2.8 * d)] for s in (-1, 1) for d in (-1.5, 1, 3)]
    cheeks = [[person.at(s * 10, 18), person.at(s * 17, 24), person.at(s * 21, 33), person.at(s * 20, 39)] for s in (-1, 1)]  # fmt: skip
    bags = [[person.at(s * 8, 8), person.at(s * 16, 12), person.at(s * 25, 8.5)] for s in (-1, 1)]
    mouth = [[person.at(s * 15, 41), person.at(s * 17, 47)] for s in (-1, 1)]
    jowls = [[person.at(s * 33, 30), person.at(s * 29, 41), person.at(s * 21, 45)] for s in (-1, 1)]
    drawn = "".join(line(fold, tone, person.line * 0.75, opacity=0.6) for fold in [*brow, *crow])
    drawn += "".join(line(fold, tone, person.line * 0.85, opacity=0.72) for fold in [*cheeks, *bags, *mouth])
    hollow = curve([person.at(-22, 20), person.at(-33, 24), person.at(-30, 36), person.at(-22, 34)])
    drawn += path(hollow, person.skin_shade, opacity=0.28)
    drawn += "".join(line(fold, tone, person.line * 0.7, opacity=0.4) for fold in jowls)
    spots = ((-31, -20, 2.2), (-27, -15, 1.4), (29, -21, 1.8))
    return drawn + "".join(oval(*person.at(x, y), r, r * 0.8, tone, opacity=0.22) for x, y, r in spots)


def _beard(person: Person) -> str:
    kind, length = person.look.beard, person.traits.length
    if kind in ("none", "moustache"):
        return ""
    lower = [person.at(-44, -8), person.at(-38, 10), person.at(-32, 25), person.at(-22, 31), person.at(-14, 25), person.at(0, 22),
             person.at(14, 25), person.at(22, 31), person.at(32, 25), person.at(38, 10), person.at(44, -8)]  # fmt: skip
    mass = curve([*lower, (70, 0), (64, 80), (-64, 80), (-70, 0)], tension=0.7)
    if kind == "stubble":
        return path(mass, mix(person.hair, person.skin_shade, 0.45), opacity=0.3)
    if kind == "goatee":
        chin = curve([person.at(-15, 27), person.at(-13, 40), person.at(0, 39 * length), person.at(13, 40), person.at(15, 27), person.at(20, 44), person.at(11, 70), person.at(-11, 70), person.at(-20, 44)], tension=0.7)  # fmt: skip
        return path(chin, person.hair, ink=person.hair_shade, width=person.line * 0.5)
    soul = oval(*person.at(0, 41 * length), 8, 2.6, mix(person.hair, person.skin, 0.25), opacity=0.5)
    strands = "".join(
        line([person.at(x, 40), person.at(x * 0.9, 52)], person.hair_shade, person.line * 0.6, opacity=0.7)
        for x in (-26, -18, -10, 10, 18, 26)
    )
    return path(mass, person.hair) + strands + soul


def moustache(person: Person) -> str:
    """Drawn over the mouth's upper edge."""
    if person.look.beard not in ("moustache", "full", "goatee"):
        return ""
    near, far, top = person.at(-15, 29), person.at(15, 29), person.at(0, 21)
    d = curve([top, person.at(9, 22), far, person.at(7, 27), person.at(0, 25.5), person.at(-7, 27), near, person.at(-9, 22)])  # fmt: skip
    return path(d, person.hair, ink=person.hair_shade, width=person.line * 0.5)


def chin_beard(person: Person) -> str:
    """What a full beard adds below the chin."""
    if person.look.beard != "full":
        return ""
    return path(_below_chin(person), person.hair, ink=person.ink, width=person.line)


def _over_chin(person: Person, face: str) -> str:
    """A full beard hides the line of the chin."""
    if person.look.beard != "full":
        return ""
    return clip(_below_chin(person), path(face, ink=person.hair, width=person.line * 2.6))


def _below_chin(person: Person) -> str:
    length = person.traits.length
    shift = 0.0 if person.facing == "camera" else 8.0
    below = [
        (-27.0, 40.0),
        (-14.0, 58.0),
        (0.0, 66.0),
        (14.0, 60.0),
        (21.6 if shift else 27.0, 41.0),
        (0.0, 50.0),
    ]
    return curve([(x + shift, y * length) for x, y in below])
