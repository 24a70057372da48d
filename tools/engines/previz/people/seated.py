"""Somebody on a chair: its back behind them, and bent legs; and somebody on their knees."""

from tools.engines.previz.colour import dark
from tools.engines.previz.ink import box, cel, clip, curve, path, pts
from tools.engines.previz.people.patterns import woven
from tools.engines.previz.people.person import Person

SEAT, FLOOR = 338.0, 520.0
"""Heights of a chair's seat and of the floor under it, in the body's space."""
WOOD = "#8a5c3c"


def chair(person: Person) -> str:
    """What is seen of it behind a body."""
    if person.outdoors:
        return _bench(person)
    ink, w = person.ink, person.line
    posts = "".join(box(s * 82 - 7, 168, 14, FLOOR - 168, WOOD, ink=ink, width=w * 0.9, r=3) for s in (-1, 1))
    rails = "".join(box(-82, y, 164, 16, dark(WOOD, 0.12), ink=ink, width=w * 0.8, r=4) for y in (176, 232))
    seat = box(-94, SEAT - 4, 188, 20, dark(WOOD, 0.06), ink=ink, width=w, r=6)
    return posts + rails + seat


def _bench(person: Person) -> str:
    """Two slats to lean on, two to sit on, on iron legs."""
    ink, w, iron = person.ink, person.line, "#3c4148"
    legs = "".join(box(s * 142 - 8, 190, 16, FLOOR - 190, iron, ink=ink, width=w * 0.9, r=4) for s in (-1, 1))
    backs = "".join(box(-170, y, 340, 30, dark(WOOD, 0.08), ink=ink, width=w * 0.9, r=5) for y in (196, 240))
    seat = box(-174, SEAT - 8, 348, 22, WOOD, ink=ink, width=w, r=5)
    return legs + backs + seat + box(-174, SEAT + 14, 348, 10, dark(WOOD, 0.3), ink=ink, width=w * 0.8, r=3)


def bent_legs(person: Person, cloth: str, shade: str, shoe: str) -> str:
    """Thighs towards the knees, shins down to the floor; a turned body's knees are ahead."""
    return "".join(_leg(person, side, cloth, shade, shoe) for side in (1, -1))


def lap(person: Person, cloth: str, hem: float) -> str:
    """A skirt over the knees; a long one hides the shins."""
    ahead, low = _ahead(person), min(hem - 90.0, FLOOR - 22)
    half = person.cut.hip + 8
    d = curve([(-half, 300), (half, 300), (half * 0.8 + ahead, 356), (half * 0.74 + ahead, low), (-half * 0.74 + ahead, low), (-half * 0.9 + ahead * 0.7, 360)], tension=0.6)  # fmt: skip
    shadow = curve(
        [(-half + ahead, 372), (half + ahead, 372), (half + ahead, low + 20), (-half + ahead, low + 20)]
    )
    return (
        path(d, cloth)
        + clip(d, woven(person), path(shadow, dark(cloth, 0.26), opacity=0.8))
        + path(d, ink=person.ink, width=person.line)
    )


def _ahead(person: Person) -> float:
    return 0.0 if person.facing == "camera" else 52.0


def _leg(person: Person, side: int, cloth: str, shade: str, shoe: str) -> str:
    ink, w, ahead = person.ink, person.line, _ahead(person)
    hip, knee = side * 34.0 * (person.cut.far if side > 0 else 1.0), side * 40.0 + ahead
    foot = knee + (0.0 if person.facing == "camera" else 8.0)
    thigh = curve([(hip - 34, 312), (hip + 34, 312), (knee + 31, 352), (knee + 28, 384), (knee - 26, 386), (knee - 32, 352)], tension=0.7)  # fmt: skip
    shin = curve([(knee - 27, 360), (knee + 28, 360), (foot + 20, 492), (foot + 20, 512), (foot - 20, 512), (foot - 20, 492)], tension=0.5)  # fmt: skip
    dark_side = pts([(knee - 50, 356), (knee - 6, 356), (foot - 4, 520), (foot - 50, 520)])
    reach = 6.0 * side if person.facing == "camera" else 14.0
    sole = curve([(foot - 20, 506), (foot - 18 + min(reach, 0), FLOOR + 2), (foot + 18 + max(reach, 0) * 1.6, FLOOR + 3), (foot + 20 + max(reach, 0), 510), (foot + 12, 498), (foot - 14, 498)], tension=0.8)  # fmt: skip
    fold = pts([(hip - 60, 300), (hip - 8, 300), (knee - 10, 400), (knee - 60, 400)])
    return (
        cel(shin, cloth, shade, dark_side, ink=ink, width=w)
        + path(sole, shoe, ink=ink, width=w)
        + cel(thigh, cloth, shade, fold, ink=ink, width=w)
    )


def knelt_legs(person: Person, cloth: str, shade: str, shoe: str) -> str:
    """Thighs straight down, shins laid back on the ground behind them."""
    back = 0.0 if person.facing == "camera" else -84.0
    shins = "".join(_laid_shin(person, side, back, cloth, shade, shoe) for side in (1, -1)) if back else ""
    return shins + "".join(_upright_thigh(person, side, cloth, shade) for side in (1, -1))


def _laid_shin(person: Person, side: int, back: float, cloth: str, shade: str, shoe: str) -> str:
    ink, w, x = person.ink, person.line, side * 26.0
    d = curve(
        [(x + 26, 442), (x + 26, 472), (x + back, 472), (x + back - 8, 452), (x + back, 442)], tension=0.5
    )
    sole = curve(
        [(x + back - 2, 440), (x + back - 2, 474), (x + back - 34, 474), (x + back - 26, 444)], tension=0.6
    )
    under = pts([(x + 30, 460), (x + 30, 476), (x + back, 476), (x + back, 460)])
    return cel(d, cloth, shade, under, ink=ink, width=w) + path(sole, shoe, ink=ink, width=w)


def _upright_thigh(person: Person, side: int, cloth: str, shade: str) -> str:
    ink, w = person.ink, person.line
    x = side * 34.0 * (person.cut.far if side > 0 else 1.0)
    d = curve(
        [(x - 33, 318), (x + 33, 318), (x + 30, 440), (x + 32, 468), (x - 30, 470), (x - 31, 440)],
        tension=0.5,
    )
    shadow = pts([(x - 40, 316), (x - 8, 316), (x - 6, 476), (x - 40, 476)])
    return cel(d, cloth, shade, shadow, ink=ink, width=w)
