"""What people of a trade keep at hand: on the brow, behind the ear, round the neck, across the waistcoat."""

from collections.abc import Sequence

from tools.engines.previz.colour import dark, luma, mix, pale
from tools.engines.previz.ink import Point, box, clip, curve, group, line, oval, path, pts
from tools.engines.previz.people.person import Person
from tools.engines.previz.people.straps import straps

BRASS = "#d8b04a"


def on_brow(person: Person) -> str:
    """A loupe pushed up on the forehead, a pencil behind the ear."""
    drawn = _loupe(person) if person.wears("loupe") else ""
    return drawn + (_pencil(person) if person.wears("pencil") else "")


def _loupe(person: Person) -> str:
    w, camera = person.line, person.facing == "camera"
    strap = [(-47, -30), (-20, -41), (10, -43), (39, -34)] if camera else [(-50, -24), (-24, -39), (10, -42), (38, -36)]  # fmt: skip
    x, y = person.at(9, -40)
    tube = pts([(x - 12, y - 10), (x + 12, y - 10), (x + 9, y + 11), (x - 9, y + 11)])
    return (
        line(strap, person.ink, w * 3.4)
        + line(strap, "#5a4632", w * 2.2)
        + path(tube, "#25232a", ink=person.ink, width=w)
        + oval(x, y - 10, 12.5, 6, "#bfe0ea", ink=person.ink, width=w)
        + line([(x - 6, y - 11), (x - 1, y - 13)], "#ffffff", w)
        + line([(x - 10, y + 4), (x + 10, y + 4)], BRASS, w * 1.3, smooth=False)
    )


def _pencil(person: Person) -> str:
    w = person.line
    camera = person.facing == "camera"
    drawn = (
        box(-3.4, -22, 6.8, 44, "#e3a92f", ink=person.ink, width=w * 0.8)
        + line([(0, -20), (0, 20)], dark("#e3a92f", 0.25), w * 0.6, smooth=False)
        + path(pts([(-3.4, 22), (3.4, 22), (0, 33)]), "#efd9b0", ink=person.ink, width=w * 0.8)
        + path(pts([(-1.2, 29), (1.2, 29), (0, 33)]), "#2a2a2e")
        + box(-3.4, -29, 6.8, 7, "#d06a6a", ink=person.ink, width=w * 0.8)
    )
    # Seen from the front it points at the camera: short, and beside the temple.
    place = (
        "translate(-45 -20) rotate(-22) scale(1 0.6)"
        if camera
        else "translate(-29 -18) rotate(-72) scale(1 0.8)"
    )
    return group(drawn, transform=place)


def at_neck(person: Person, x: float) -> str:
    """Straps over the shoulders, a fur collar, a tape measure, a watch chain."""
    drawn = straps(person, x)
    drawn += _fur(person, x) if person.wears("fur_collar") else ""
    drawn += _tape(person, x) if person.wears("tape_measure") else ""
    return drawn + (_chain(person, x) if person.wears("watch_chain") else "")


def _fur(person: Person, x: float) -> str:
    usual = "#6a4a35" if luma(person.look.garment_colour) > 0.3 else "#b39a7c"
    hue, w = person.tone(usual, "fur_collar"), person.line
    left = [(x - 28, 66), (x - 52, 74), (x - 66, 96), (x - 58, 122), (x - 46, 150), (x - 24, 178), (x + 4, 196), (x + 2, 160), (x - 8, 128), (x - 22, 98)]  # fmt: skip
    right = [(x + 28, 66), (x + 50, 76), (x + 62, 98), (x + 54, 124), (x + 42, 150), (x + 24, 176), (x + 4, 196), (x + 4, 160), (x + 12, 128), (x + 22, 98)]  # fmt: skip
    drawn = ""
    for lapel, side in ((right, 1), (left, -1)):
        d = curve(_tufted(lapel, side))
        strands = "".join(
            line([(px, py), (px + side * 3, py + 9)], pale(hue, 0.3) if i % 2 else dark(hue, 0.3), w * 0.8)
            for i, (px, py) in enumerate(_strewn(x, side))
        )
        drawn += path(d, hue) + clip(d, strands) + path(d, ink=person.ink, width=w)
    return drawn


def _tufted(points: Sequence[Point], side: int) -> list[Point]:
    """The outer edge stands up in tufts."""
    edge: list[Point] = []
    for i, (x, y) in enumerate(points):
        edge.append((x, y))
        if i < len(points) // 2:
            nx, ny = points[i + 1]
            edge.append(((x + nx) / 2 + side * 6, (y + ny) / 2 + 1))
    return edge


def _strewn(x: float, side: int) -> list[Point]:
    return [
        (x + side * (12 + (i * 17) % 42), 76 + (i * 23) % 96) for i in range(26)
    ]  # fmt: skip


def _tape(person: Person, x: float) -> str:
    hue, w = person.tone("#f1d04b", "tape_measure"), person.line
    drawn = ""
    for side, low in ((-1, 236.0), (1, 204.0)):
        near, far = x + side * 24, x + side * 37
        d = pts([(near, 82), (far, 84), (x + side * 44, 130), (x + side * 42, low), (x + side * 29, low), (x + side * 31, 130)])  # fmt: skip
        marks = "".join(
            line(
                [(x + side * 29, y), (x + side * (38 if i % 2 else 34), y)], "#3a2f22", w * 0.7, smooth=False
            )
            for i, y in enumerate(range(98, int(low), 9))
        )
        end = box(min(x + side * 29, x + side * 42), low - 6, 13, 7, mix(BRASS, "#8a8a8a", 0.5), ink=person.ink, width=w * 0.6)  # fmt: skip
        drawn += path(d, hue) + clip(d, marks) + path(d, ink=person.ink, width=w * 0.9) + end
    return drawn


def _chain(person: Person, x: float) -> str:
    """From a buttonhole to the pocket of the waistcoat, in a bow."""
    links = [(x + 2, 222), (x + 14, 240), (x + 30, 243), (x + 48, 228)]
    w = person.line
    fob = line([(x + 4, 224), (x + 5, 244)], BRASS, w * 0.9) + oval(x + 5, 248, 4.5, 5, BRASS, ink=person.ink, width=w * 0.6)  # fmt: skip
    return line(links, dark(BRASS, 0.45), w * 2.0) + line(links, pale(BRASS, 0.2), w * 1.0) + fob
