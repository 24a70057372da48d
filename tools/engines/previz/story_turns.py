"""Small things that a story turns on: a vial, a ticket stub, a letter opener, a cut wire, a lever."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, group, line, oval, path, pts, rod

GLASS, STEEL, BRASS, WOOD, BOARD, RED = "#7fb2c4", "#b9c0c8", "#d9a441", "#8a5f3f", "#5a4636", "#b5303a"
PETALS = ((0, -9), (9, -3), (6, 8), (-6, 8), (-9, -3))


def _phial(ink: str, x: float, y: float, k: float) -> str:
    """One with its cork; it stands on its y."""
    body = cel("M-15 -70H15V-42Q44 -28 46 8V52Q46 72 24 72H-24Q-46 72 -46 52V8Q-44 -28 -15 -42Z", GLASS, dark(GLASS, 0.22), pts([(12, -80), (60, -80), (60, 80), (20, 80)]), ink=ink, width=5)  # fmt: skip
    label = box(-30, 10, 60, 34, "#f4ead2", ink=ink, width=3.5, r=4)
    cork = box(-19, -92, 38, 28, "#b98a58", ink=ink, width=4.5, r=6)
    shine = line([(-30, -14), (-35, 2), (-36, 40)], "#ffffff", 6)
    return group(body, label, shine, cork, transform=f"translate({x} {y}) scale({k}) translate(0 -72)")


def vial(ink: str) -> str:
    """A small bottle of coloured glass with a cork."""
    return _phial(ink, 0, 90, 1.1)


def vial_shelf(ink: str) -> str:
    """Two boards on a wall, full of the same small bottles."""
    drawn = ""
    for y in (-10, 80):
        drawn += "".join(_phial(ink, x, y, 0.46) for x in (-69, -23, 23, 69))
        drawn += box(-96, y, 192, 9, BOARD, ink=ink, width=4, r=2)
    return drawn


def ticket_stub(ink: str) -> str:
    """What is left of a ticket: torn along one side."""
    torn = [(-70, -56), (44, -56), (30, -38), (48, -20), (32, 0), (50, 20), (34, 38), (46, 56), (-70, 56)]
    paper = path(pts([(float(x), float(y)) for x, y in torn]), "#e9c98a", ink=ink, width=5)
    words = box(-52, -36, 56, 14, "#8a3a34", r=3) + box(-52, -10, 66, 8, "#9a8258") + box(-52, 8, 48, 8, "#9a8258")  # fmt: skip
    holes = "".join(oval(-70, y, 7, 7, "#f7ead0", ink=ink, width=3.5) for y in (-30, 0, 30))
    return group(paper, words, box(-52, 26, 22, 16, "#8a3a34", r=3), holes, transform="rotate(-9) scale(1.2)")


def letter_opener(ink: str) -> str:
    """A narrow blade without an edge, its handle of brass."""
    blade = cel("M-10 40L-13 -40L0 -98L13 -40L10 40Z", STEEL, dark(STEEL, 0.24), pts([(2, -100), (24, -100), (24, 44), (2, 44)]), ink=ink, width=4.5)  # fmt: skip
    guard = box(-14, 34, 28, 12, BRASS, ink=ink, width=4, r=4)
    grip = path("M-11 46H11L20 88Q0 104 -20 88Z", BRASS, ink=ink, width=4.5) + oval(0, 78, 6, 6, "#8d6420")
    return group(blade, guard, grip, transform="rotate(38)")


def cut_wire(ink: str) -> str:
    """Two ends that no longer meet, the copper bare."""
    drawn = ""
    for way in (-1, 1):
        sheath = [(way * 98.0, way * 26.0), (way * 66.0, way * 30.0), (way * 26.0, way * 4.0)]
        strands = "".join(
            rod([(way * 28, way * 4), (way * 9, way * 4 + bend)], ink, "#d98a45", 4)
            for bend in (-15, -4, 7, 17)
        )
        drawn += strands + rod(sheath, ink, RED, 17)
    sparks = "".join(line([(0, y), (0, y + way * 16)], "#f2c032", 5) for y, way in ((-30, -1), (34, 1)))
    return drawn + sparks


def cash_box(ink: str) -> str:
    """Of painted steel, with its handle, its lock and a slot."""
    body = box(-86, -14, 172, 82, "#5f7d6a", ink=ink, width=5, r=8) + box(
        -84, 40, 168, 26, dark("#5f7d6a", 0.2), r=6
    )
    lid = cel("M-88 -14L-74 -52H74L88 -14Z", "#7fa08b", "#5f7d6a", pts([(20, -60), (100, -60), (100, -8), (30, -8)]), ink=ink, width=5)  # fmt: skip
    handle = rod([(-30, -50), (-26, -76), (26, -76), (30, -50)], ink, STEEL, 9)
    slot = box(-26, -38, 52, 8, "#22282c", r=3)
    lock = oval(0, 16, 15, 15, BRASS, ink=ink, width=4) + box(-3, 14, 6, 14, "#5a3d16", r=2)
    return handle + body + lid + slot + lock


def lining(ink: str) -> str:
    """A hem turned back, so that the flowered cloth inside is seen."""
    outside = path("M-92 -70Q0 -90 92 -70L86 20Q0 40 -86 20Z", "#4d6fa6", ink=ink, width=5)
    folds = "".join(line([(x, -72), (x - 5, 8)], dark("#4d6fa6", 0.25), 4) for x in (-56, -10, 44))
    inside = path("M-86 18Q0 40 86 18L72 82Q0 96 -74 82Z", "#f4ead2", ink=ink, width=5)
    spots = ((-50, 56), (-14, 68), (22, 52), (54, 64))
    flowers = "".join(_blossom(x, y) for x, y in spots)
    stitches = "".join(line([(x, 25), (x + 8, 26)], "#f4f1ea", 4) for x in range(-72, 72, 18))
    return outside + folds + inside + flowers + stitches


def _blossom(x: float, y: float) -> str:
    petals = "".join(oval(x + a, y + b, 6, 6, "#f2c032") for a, b in PETALS)
    return petals + oval(x, y, 5, 5, "#a8632f")


def ribbon_key(ink: str) -> str:
    """A brass key with a ribbon tied through its bow."""
    shaft = box(-16, -9, 100, 18, BRASS, ink=ink, width=4, r=4)
    bits = path(pts([(50, 8), (50, 38), (62, 38), (62, 26), (70, 26), (70, 42), (82, 42), (82, 8)]), BRASS, ink=ink, width=4)  # fmt: skip
    bow = oval(-46, 0, 34, 32, BRASS, ink=ink, width=4.5) + oval(-46, 0, 16, 14, "#6b4a30", ink=ink, width=3.5)  # fmt: skip
    tails = path("M-52 22L-84 92L-64 86L-50 98L-36 26Z", RED, ink=ink, width=4)
    loops = path("M-46 26Q-92 2 -88 36Q-84 60 -46 26Q-8 4 -4 36Q-6 58 -46 26Z", pale(RED, 0.08), ink=ink, width=4)  # fmt: skip
    knot = oval(-46, 28, 11, 10, dark(RED, 0.2), ink=ink, width=3.5)
    return group(
        shaft, bits, bow, tails, loops, knot, line([(-8, -3), (72, -3)], "#f7d98a", 4),
        transform="translate(8 -22)",
    )  # fmt: skip


def rope_bell(ink: str) -> str:
    """A tower's bell under its beam, its rope hanging down."""
    beam = box(-94, -98, 188, 24, WOOD, ink=ink, width=5, r=3)
    yoke = box(-22, -78, 44, 20, dark(WOOD, 0.25), ink=ink, width=4.5, r=4)
    rope = rod([(56, -78), (60, -10), (54, 50), (58, 96)], ink, "#d9c08a", 7)
    body = cel("M-16 -60H16Q40 -56 44 -10Q46 22 70 40H-70Q-46 22 -44 -10Q-40 -56 -16 -60Z", "#b58a3c", "#8a6428", pts([(12, -70), (80, -70), (80, 50), (22, 50)]), ink=ink, width=5)  # fmt: skip
    band = line([(-48, 14), (0, 20), (48, 14)], "#8a6428", 5) + line([(-26, -44), (-34, -4)], "#f0d08a", 6)
    lip = box(-74, 38, 148, 14, "#b58a3c", ink=ink, width=5, r=6)
    return oval(0, 60, 14, 16, "#5a4a36", ink=ink, width=4.5) + body + band + lip + yoke + beam + rope


def holdall(ink: str) -> str:
    """A sports bag with two handles, a zip and end pockets."""
    handles = "".join(rod([(-44, -20), (-34, top), (34, top), (44, -20)], ink, "#2f3b4f", 9) for top in (-78, -60))  # fmt: skip
    body = cel("M-82 -26Q-96 -22 -96 6V50Q-96 72 -74 72H74Q96 72 96 50V6Q96 -22 82 -26Z", "#3f5a86", dark("#3f5a86", 0.24), pts([(40, -40), (110, -40), (110, 90), (50, 90)]), ink=ink, width=5)  # fmt: skip
    zips = line([(-78, -16), (78, -16)], "#d8dbe0", 5) + box(52, -24, 12, 22, "#d8dbe0", ink=ink, width=3, r=3)  # fmt: skip
    straps = "".join(box(x, -22, 14, 94, "#2f3b4f", ink=ink, width=4) for x in (-52, 38))
    return handles + body + zips + straps


def hatch(ink: str) -> str:
    """A trapdoor that stands open."""
    frame = box(-92, 4, 184, 78, WOOD, ink=ink, width=5, r=3) + box(-74, 18, 148, 52, "#1d1a22", ink=ink, width=4)  # fmt: skip
    door = path(pts([(-74, 18), (74, 18), (90, -82), (-58, -92)]), "#a9743f", ink=ink, width=5)
    boards = "".join(line([(x, 16), (x + 16, -86)], dark("#a9743f", 0.3), 4) for x in (-38, 0, 38))
    ring = oval(18, -62, 13, 13, "none", ink="#3a3a42", width=7)
    return frame + door + boards + ring


def lever(ink: str) -> str:
    """On its plate on the wall, a red knob at its end."""
    plate = box(-54, -36, 108, 120, "#8d9099", ink=ink, width=5, r=8)
    bolts = "".join(oval(x, y, 6, 6, "#5c606a", ink=ink, width=3) for x in (-38, 38) for y in (-20, 68))
    slot = box(-10, -16, 20, 78, "#22252c", ink=ink, width=4, r=10)
    arm = rod([(0, 34), (-12, -30), (-26, -70)], ink, STEEL, 13)
    return plate + bolts + slot + arm + oval(-28, -76, 21, 21, RED, ink=ink, width=5)
