"""What somebody sleeps on and under, wherever that is: a pillow and a blanket, turned with the body."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import clip, curve, line, path
from tools.engines.previz.people.person import Person

LINEN, WOOL = "#e9e4d6", "#8a6f7c"


def pillow(person: Person) -> str:
    """Behind the head: below it once the figure lies."""
    d = curve(
        [(-96, -62), (-60, -74), (-34, -60), (-28, 10), (-34, 74), (-62, 86), (-98, 72), (-104, 6)],
        tension=0.8,
    )
    fold = line([(-88, -40), (-82, 0), (-88, 44)], dark(LINEN, 0.2), person.line * 0.8)
    return path(d, LINEN, ink=person.ink, width=person.line) + fold


def blanket(person: Person) -> str:
    """From the ribs to the feet, in the body's space; its hem is turned back."""
    c, w = person.cut, person.line
    half = max(c.hip, c.waist, 64.0) + 22
    d = curve(
        [
            (-half, 226),
            (half * 0.9, 216),
            (half * 0.96, 420),
            (58, 640),
            (36, 664),
            (-66, 664),
            (-86, 560),
            (-half - 4, 420),
        ],
        tension=0.6,
    )
    hem = curve([(-half - 2, 216), (half * 0.92, 206), (half * 0.94, 256), (-half - 2, 268)], tension=0.6)
    folds = "".join(
        line([(a, 300), (b, 460), (c_, 640)], dark(WOOL, 0.28), w * 0.9)
        for a, b, c_ in ((-48, -40, -52), (6, 14, -10), (52, 50, 26))
    )
    shade = path(curve([(-160, 200), (-46, 210), (-40, 440), (-60, 680), (-160, 680)]), dark(WOOL, 0.24))
    return (
        path(d, WOOL) + clip(d, shade, folds) + path(d, ink=person.ink, width=w)
        + path(hem, pale(WOOL, 0.45), ink=person.ink, width=w)
    )  # fmt: skip
