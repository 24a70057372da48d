"""The head without hair: skull, ears, nose, beard and what age leaves behind."""

from dataclasses import dataclass

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import Point, clip, curve, gradient, line, oval, path
from tools.engines.previz.people.person import Person


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


def outline(person: Person) -> list[Point]:
    """The contour of the face: a full oval from the front, brow and cheekbone from the side."""
    shape = SHAPES[1] if person.child else SHAPES[person.traits.face]
    jaw, length = person.traits.jaw * shape.jaw, person.traits.length * shape.length
    round_ = (1.1 if person.child else 1.0) * shape.cheek
    chin, corner = shape.chin, shape.corner
    if person.elder:
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
    points = [
        (-6, -58), (22, -53), (38, -36), (40.5, -16), (38.5, -4), (41, 10), (38.5 * round_, 26),
        (31 * jaw, 44 + corner), (13 + 6 * chin, 56), (13 - 5 * chin, 57), (-12 * jaw, 49 + corner * 0.6), (-30 * jaw, 31), (-40, 8), (-47, -14), (-41, -42),
    ]  # fmt: skip
    return [(x, _low(y, length)) for x, y in points]


def _low(y: float, length: float) -> float:
    return y * length if y > 0 else y


def neck(person: Person) -> str:
    """Neck with the shadow of the chin."""
    w = (13.5 if person.woman else 18.5) * (0.72 if person.child else 1.0)
    x = -2.0 if person.facing == "camera" else -7.0
    d = curve(
        [(x - w, 30), (x - w, 62), (x - w - 3, 80), (x - w * 0.35, 98), (x + w * 0.5, 98), (x + w + 4, 80),
         (x + w, 62), (x + w, 30)], tension=0.8,
    )  # fmt: skip
    shadow = curve([(x - w - 10, 30), (x + w + 12, 30), (x + w + 10, 62), (x + 5, 76), (x - w - 10, 64)])
    sides = [[(x + k * w, 30), (x + k * w, 62), (x + k * (w + 3.5), 80)] for k in (-1, 1)]
    edges = "".join(line(side, person.ink, person.line) for side in sides)
    if person.elder:
        cords = [[(x + k * w, 62), (x + k * w * 0.5, 80)] for k in (-0.45, 0.5)]
        edges += "".join(line(cord, person.skin_shade, person.line * 0.9) for cord in cords)
    # No line across: below it the skin of a neckline goes on.
    return path(d, person.skin) + clip(d, path(shadow, person.skin_shade)) + edges


def skull(person: Person) -> str:
    """Face, ears and nose, without eyes, brows and mouth."""
    face = curve(outline(person))
    return (
        _ears(person, behind=True)
        + path(face, person.skin)
        + _warmth(face, person)
        + clip(face, _modelling(person), _age(person), _beard(person))
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
    rosy = (person.woman or person.child) and not person.elder
    blush = mix(person.skin, "#e2543f", 0.42 if rosy else 0.26)
    near, far = person.at(-25, 20), person.at(25, 20)
    cheeks = oval(*near, 9, 5.6, blush, opacity=0.5) + oval(*far, 7.5, 5.6, blush, opacity=0.5)
    light = curve([person.at(6, -34), person.at(24, -30), person.at(27, -12), person.at(14, -18)])
    return (
        path(curve(side), person.skin_shade, opacity=0.8)
        + path(light, pale(person.skin, 0.5), opacity=0.35)
        + cheeks
        + (_freckles(person, blush) if person.traits.freckles and not person.elder else "")
        + _mole(person)
    )


EARS_SEEN = ("short", "bun", "ponytail", "slicked", "bald")
"""Hair that leaves the near ear of a turned head free."""
MOLES = ((0, 0), (-19, 25), (21, 30), (-9, 44))


def _mole(person: Person) -> str:
    if not person.traits.mole or person.child:
        return ""
    x, y = MOLES[person.traits.mole]
    return oval(*person.at(x, y), 1.5, 1.4, mix(person.skin_shade, person.ink, 0.6))


def _freckles(person: Person, colour: str) -> str:
    spots = [(-27, 15), (-21, 17), (-24, 21), (-17, 19), (17, 19), (23, 16), (26, 20), (20, 22)]
    return "".join(oval(*person.at(x, y), 1.1, 0.9, dark(colour, 0.2), opacity=0.7) for x, y in spots)


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
    big = 1.12 if person.elder else 1.0
    d = curve([(x - 3 * side, -8), (x + 5 * side * big, -11), (x + 8.5 * side * big, -1), (x + 5 * side, 12), (x, 15), (x - 3 * side, 6)])  # fmt: skip
    inner = line(
        [(x + 4.5 * side, -5), (x + 1.5 * side, 1), (x + 3 * side, 8)], person.skin_shade, person.line * 0.9
    )
    return path(d, person.skin, ink=person.ink, width=person.line) + inner + _earring(person, x, side)


def _earring(person: Person, x: float, side: int) -> str:
    if person.look.accessory != "earrings":
        return ""
    return oval(x + side, 20, 3.6, 4.6, "#f0c75a", ink=person.ink, width=person.line * 0.6)


NOSES: tuple[tuple[Point, ...], ...] = (
    ((0.5, -4), (4.5, 8), (6.5, 15), (3, 18.5)),
    ((2, -6), (6.5, 4), (8.5, 14), (2.5, 19)),
    ((0, 0), (3, 9), (5.5, 13.5), (1.5, 16.5)),
    ((3, -4), (4.5, 6), (9.5, 15), (4, 20)),
    ((1, -3), (2.5, 5), (7.5, 12), (2.5, 15.5)),
)


def _nose(person: Person) -> str:
    """One stroke for the bridge and tip, a touch of shadow beneath."""
    shape = NOSES[person.traits.nose]
    if person.child:
        shape = ((1, 6), (4, 11), (5, 14), (1.5, 15.5))
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


def _age(person: Person) -> str:
    if person.look.age not in ("elder", "adult") or (person.woman and not person.elder):
        return ""
    folds = [[person.at(s * 15, 19), person.at(s * 19, 27), person.at(s * 19, 33)] for s in (-1, 1)]
    if person.elder:
        return _wrinkles(person)
    return "".join(line(fold, person.skin_shade, person.line * 0.8, opacity=0.35) for fold in folds)


def _wrinkles(person: Person) -> str:
    """What sixty or seventy years write into a face: brow, eyes, cheeks, mouth and jaw."""
    tone = mix(person.skin_shade, person.ink, 0.24)
    brow = [[person.at(-17, y), person.at(0, y - 2.6), person.at(17, y)] for y in (-26, -32.5)]
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
    soul = oval(*person.at(0, 41 * length), 8, 2.6, mix(person.hair, person.skin, 0.25), opacity=0.5)
    strands = "".join(
        line([person.at(x, 40), person.at(x * 0.9, 52)], person.hair_shade, person.line * 0.6, opacity=0.7)
        for x in (-26, -18, -10, 10, 18, 26)
    )
    return path(mass, person.hair) + strands + soul


def moustache(person: Person) -> str:
    """Drawn over the mouth's upper edge."""
    if person.look.beard not in ("moustache", "full"):
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
