"""What musicians have: a cello, a guitarrón, a vihuela, a violin's bow, and the score they read."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import Point, box, cel, curve, group, line, oval, path, pts, rod

VARNISH, SPRUCE, EBONY, PAPER = "#9a4f2a", "#d9a45c", "#2f2320", "#f7f0dd"


def _waisted(wide: float, top: float, low: float) -> list[Point]:
    """The outline of a body: two bouts and a waist."""
    half = [
        (0.0, top), (wide * 0.5, top + 2), (wide * 0.78, top + 22), (wide * 0.66, top + 48),
        (wide * 0.84, low - 50), (wide, low - 26), (wide * 0.78, low - 6), (wide * 0.3, low), (0.0, low),
    ]  # fmt: skip
    return [*half, *((-x, y) for x, y in reversed(half[1:-1]))]


def cello(ink: str) -> str:
    """Upright on its spike, the bow beside it."""
    spike = rod([(0, 84), (0, 97)], ink, "#a9b0b8", 3)
    d = curve(_waisted(50, -24, 86), tension=0.85)
    body = cel(
        d, VARNISH, dark(VARNISH, 0.25), pts([(8, -30), (60, -30), (60, 92), (16, 92)]), ink=ink, width=4
    )
    holes = line([(-17, 16), (-22, 30), (-15, 42)], ink, 4) + line([(17, 16), (22, 30), (15, 42)], ink, 4)
    neck = path(pts([(-6, 24), (-4, -74), (4, -74), (6, 24)]), EBONY, ink=ink, width=3)
    scroll = path(curve([(-7, -72), (-9, -90), (0, -98), (9, -90), (7, -72)]), dark(VARNISH, 0.2), ink=ink, width=3.5)  # fmt: skip
    pegs = "".join(line([(-13, y), (13, y)], EBONY, 4.5) for y in (-84, -77))
    tail = path(pts([(-8, 52), (8, 52), (5, 78), (-5, 78)]), EBONY, ink=ink, width=3)
    strings = "".join(line([(x * 0.6, -72), (x, 54)], "#e8e2d2", 1.6) for x in (-4, 0, 4))
    bridge = box(-13, 36, 26, 7, SPRUCE, ink=ink, width=3, r=2)
    return spike + body + holes + tail + bridge + pegs + scroll + neck + strings + bow_of(ink, 72)


def bow_of(ink: str, x: float) -> str:
    """Standing beside the instrument."""
    return rod([(x, -70), (x - 5, 0), (x, 72)], ink, "#6b3d22", 3) + line([(x + 7, -68), (x + 7, 70)], "#f2ead6", 3) + box(x - 3, 54, 13, 14, EBONY, ink=ink, width=2.5)  # fmt: skip


def violin_bow(ink: str) -> str:
    """Lying slantwise."""
    stick = rod([(-90, 54), (0, 2), (88, -62)], ink, "#6b3d22", 5)
    hair = line([(-80, 62), (88, -48)], "#f2ead6", 4.5)
    return hair + stick + group(box(-10, -6, 24, 14, EBONY, ink=ink, width=3.5), transform="translate(-76 52) rotate(-33)")  # fmt: skip


def guitarron(ink: str) -> str:
    """A mariachi's bass: a short neck on a body as deep as a barrel."""
    return _mariachi(ink, wide=76, low=92, neck=-78)


def vihuela(ink: str) -> str:
    """A mariachi's small guitar, with its round back."""
    return group(_mariachi(ink, wide=52, low=84, neck=-92), transform="rotate(14)")


def _mariachi(ink: str, *, wide: float, low: float, neck: float) -> str:
    back = path(curve(_waisted(wide * 1.12, -22, low), tension=0.85), dark(VARNISH, 0.35), ink=ink, width=4.5)
    front = cel(curve(_waisted(wide, -26, low - 4), tension=0.85), "#e0b06a", "#c18e4b", pts([(wide * 0.2, -40), (wide + 10, -40), (wide + 10, low + 6), (wide * 0.4, low + 6)]), ink=ink, width=4.5)  # fmt: skip
    edge = path(curve(_waisted(wide * 0.88, -18, low - 12), tension=0.85), "none", ink="#8f5a2c", width=2.5)
    hole = oval(0, 22, wide * 0.25, wide * 0.25, "#3a2418", ink="#7a3f22", width=5)
    bridge = box(-wide * 0.36, 58, wide * 0.72, 9, EBONY, ink=ink, width=3, r=2)
    board = path(pts([(-8, 6), (-7, neck + 18), (7, neck + 18), (8, 6)]), EBONY, ink=ink, width=3.5)
    head = path(pts([(-12, neck + 20), (-15, neck - 6), (15, neck - 6), (12, neck + 20)]), dark(VARNISH, 0.1), ink=ink, width=4)  # fmt: skip
    pegs = "".join(oval(x, neck + y, 4, 4, PAPER, ink=ink, width=2.5) for x in (-17, 17) for y in (0, 12))
    strings = "".join(line([(x, neck + 16), (x * 1.3, 60)], "#f2ead6", 1.6) for x in (-5, -1.5, 1.5, 5))
    return back + front + edge + hole + bridge + board + head + pegs + strings


def score(ink: str) -> str:
    """Two sheets of music written by hand, one behind the other."""
    behind = group(box(-64, -86, 128, 172, dark(PAPER, 0.08), ink=ink, width=4), transform="rotate(7)")
    page = box(-66, -88, 132, 176, PAPER, ink=ink, width=4.5)
    staves = "".join(_stave(at, top) for at, top in enumerate((-66, -30, 6, 42)))
    return behind + group(page, staves, transform="rotate(-3)")


def _stave(at: int, top: float) -> str:
    """Five lines, a clef, and notes that go up and down."""
    lines = "".join(
        line([(-54, top + k * 5), (54, top + k * 5)], "#8b8172", 1.8, smooth=False) for k in range(5)
    )
    clef = line(
        [(-46, top + 22), (-50, top + 8), (-42, top - 2), (-46, top + 12), (-40, top + 16)], "#2f2a28", 3
    )
    notes = ""
    for k in range(5):
        x, y = -28 + k * 18, top + (4, 12, 8, 16, 6)[(k + at) % 5]
        notes += oval(x, y, 4.6, 3.6, "#2f2a28") + line([(x + 4, y), (x + 4, y - 15)], "#2f2a28", 2.4)
    return lines + clef + notes


def music_stand(ink: str) -> str:
    """With a score open on it."""
    legs = "".join(rod([(0, 58), (x, 96)], ink, "#3a3a42", 4) for x in (-40, 0, 40))
    pole = rod([(0, 8), (0, 60)], ink, "#3a3a42", 5)
    desk = path(pts([(-74, -70), (74, -70), (66, 14), (-66, 14)]), "#3a3a42", ink=ink, width=4.5)
    pages = path(pts([(-62, -62), (-3, -56), (-3, 4), (-56, 2)]), PAPER, ink=ink, width=3.5) + path(pts([(62, -62), (3, -56), (3, 4), (56, 2)]), pale(PAPER, 0.3), ink=ink, width=3.5)  # fmt: skip
    music = "".join(
        line([(x, -44 + k * 12), (x + 40, -43 + k * 12)], "#8b8172", 2.4) + oval(x + 10 + k * 6, -46 + k * 12, 4, 3, "#2f2a28")
        for x in (-52, 12) for k in range(4)
    )  # fmt: skip
    return legs + pole + desk + pages + music + box(-68, 10, 136, 9, "#2a2a32", ink=ink, width=3)
