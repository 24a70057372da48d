"""Legs that are neither straight nor on a chair: in a run, on a bicycle, in a fall."""

from collections.abc import Sequence

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import Point, cel, curve, line, oval, path, pts, tube
from tools.engines.previz.people.person import Person

Joints = tuple[Point, Point, Point]
"""Hip, knee and ankle, in the body's own space."""
RUN: tuple[Joints, Joints] = (
    ((-16.0, 336.0), (-34.0, 466.0), (-150.0, 500.0)),
    ((20.0, 336.0), (96.0, 440.0), (86.0, 574.0)),
)
"""The far leg kicked back, the near one ahead."""
WALK: tuple[Joints, Joints] = (
    ((-14.0, 336.0), (-26.0, 470.0), (-88.0, 590.0)),
    ((18.0, 336.0), (56.0, 462.0), (70.0, 604.0)),
)
RIDE: tuple[Joints, Joints] = (
    ((8.0, 334.0), (100.0, 420.0), (62.0, 540.0)),
    ((-6.0, 334.0), (78.0, 372.0), (44.0, 478.0)),
)
FALL: tuple[Joints, Joints] = (
    ((22.0, 336.0), (82.0, 440.0), (160.0, 534.0)),
    ((-20.0, 336.0), (-2.0, 470.0), (50.0, 596.0)),
)
WHEEL, HUB_Y = 92.0, 550.0
FRAME = "#2f5f8f"


def striding_legs(person: Person, cloth: str, shade: str, shoe: str) -> str:
    """The legs of who runs, falls or rides; whoever rides has the bicycle between them."""
    if person.gesture == "riding":
        far, near = RIDE
        bicycle = _bicycle(person)
        return (
            _leg(person, far, dark(cloth, 0.12), shade, shoe)
            + bicycle
            + _leg(person, near, cloth, shade, shoe)
        )
    first, second = {"running": RUN, "walking": WALK}.get(person.gesture, FALL)
    return _leg(person, first, dark(cloth, 0.08), shade, shoe) + _leg(person, second, cloth, shade, shoe)


def _leg(person: Person, joints: Joints, cloth: str, shade: str, shoe: str) -> str:
    hip, knee, ankle = joints
    slim = 0.82 if person.woman else 1.0
    w, ink = person.line, person.ink
    shin = tube([knee, _between(knee, ankle, 0.5), ankle], [54 * slim, 48 * slim, 38 * slim])
    thigh = tube([hip, _between(hip, knee, 0.5), knee], [70 * slim, 64 * slim, 54 * slim])
    bend = oval(knee[0], knee[1], 25 * slim, 25 * slim, cloth)
    foot = path(_shoe(knee, ankle), shoe, ink=ink, width=w)
    return (
        foot
        + cel(shin, cloth, shade, _under(knee, ankle), ink=ink, width=w)
        + cel(thigh, cloth, shade, _under(hip, knee), ink=ink, width=w)
        + bend
    )


def _shoe(knee: Point, ankle: Point) -> str:
    """A sole across the end of the shin, its toe ahead."""
    x, y = ankle
    along = ((ankle[0] - knee[0]) / 140, (ankle[1] - knee[1]) / 140)
    toe = (along[1], -along[0])
    at: Sequence[Point] = [(-18, -8), (-20, 20), (12, 24), (44, 22), (42, 8), (16, -8)]
    return curve([(x + u * toe[0] + v * along[0], y + u * toe[1] + v * along[1]) for u, v in at], tension=0.7)


def _under(a: Point, b: Point) -> str:
    """The side of a limb that is away from the light."""
    return pts([(a[0] - 60, a[1]), (a[0] - 8, a[1]), (b[0] - 6, b[1]), (b[0] - 60, b[1])])


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _bicycle(person: Person) -> str:
    ink, w = person.ink, person.line
    back, front = (-92.0, HUB_Y), (176.0, HUB_Y)
    crank, seat, head = (46.0, 536.0), (-16.0, 372.0), (136.0, 372.0)
    wheels = "".join(_wheel(x, y, ink, w) for x, y in (back, front))
    tubes = ((seat, crank), (crank, head), (seat, head), (back, crank), (back, seat), (head, front))
    frame = "".join(line([a, b], ink, 13, smooth=False) for a, b in tubes)
    frame += "".join(line([a, b], FRAME, 8.5, smooth=False) for a, b in tubes)
    post = line([seat, (-22, 350)], ink, 9, smooth=False)
    saddle = path(curve([(-62, 344), (-30, 340), (22, 346), (14, 356), (-56, 358)], tension=0.7), "#3a2a24", ink=ink, width=w)  # fmt: skip
    bars = line([head, (128, 300), (118, 276), (92, 270)], ink, 12) + line([head, (128, 300), (118, 276), (92, 270)], "#9aa4ad", 7)  # fmt: skip
    ring = oval(*crank, 22, 22, "#6b737b", ink=ink, width=w) + oval(*crank, 8, 8, "#2b2b33")
    pedals = "".join(line([crank, foot], ink, 8, smooth=False) for foot in ((62.0, 566.0), (36.0, 500.0)))
    return wheels + frame + post + saddle + bars + ring + pedals


def _wheel(x: float, y: float, ink: str, w: float) -> str:
    spokes = "".join(
        line([(x - dx, y - dy), (x + dx, y + dy)], pale(ink, 0.45), w * 0.45, smooth=False)
        for dx, dy in ((WHEEL, 0), (0, WHEEL), (WHEEL * 0.7, WHEEL * 0.7), (WHEEL * 0.7, -WHEEL * 0.7))
    )
    tyre = oval(x, y, WHEEL, WHEEL, "none", ink=ink, width=12) + oval(x, y, WHEEL - 9, WHEEL - 9, "none", ink="#b9c0c6", width=3)  # fmt: skip
    return spokes + tyre + oval(x, y, 9, 9, "#6b737b", ink=ink, width=w * 0.8)
