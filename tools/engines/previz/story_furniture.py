"""Furniture that stories sit, lie, wait and work at: a table, a bench, a mattress, a hammock, stairs."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, glow, line, oval, path, pts, rod

WOOD, STEEL, CLOTH = "#a5713f", "#9aa2ac", "#d9d2c2"


def table(ink: str) -> str:
    """Of wood, on four legs."""
    back = box(-66, -14, 12, 84, dark(WOOD, 0.35), ink=ink, width=4) + box(
        54, -14, 12, 84, dark(WOOD, 0.35), ink=ink, width=4
    )
    legs = box(-88, -10, 16, 102, WOOD, ink=ink, width=5) + box(72, -10, 16, 102, WOOD, ink=ink, width=5)
    apron = box(-80, -14, 160, 22, dark(WOOD, 0.2), ink=ink, width=4)
    top = cel(pts([(-72, -46), (72, -46), (98, -14), (-98, -14)]), pale(WOOD, 0.15), dark(WOOD, 0.1), pts([(20, -50), (100, -50), (110, -10), (40, -10)]), ink=ink, width=5)  # fmt: skip
    edge = box(-98, -16, 196, 11, dark(WOOD, 0.12), ink=ink, width=4.5, r=3)
    grain = line([(-62, -34), (-10, -36), (40, -34)], dark(WOOD, 0.28), 3)
    return back + apron + legs + top + edge + grain


def bench(ink: str) -> str:
    """Of slats, with a back and iron feet."""
    iron = "".join(
        rod([(x, -62), (x, 24), (x - 4, 88)], ink, "#4a4f57", 8, smooth=False)
        + rod([(x, 30), (x + 14, 40), (x + 14, 88)], ink, "#4a4f57", 8, smooth=False)
        for x in (-78, 64)
    )
    back = "".join(box(-96, y, 192, 17, WOOD, ink=ink, width=4.5, r=3) for y in (-66, -42, -18))
    seat = "".join(
        box(-98 + i * 2, 16 + i * 12, 196, 13, pale(WOOD, 0.14), ink=ink, width=4.5, r=3) for i in range(2)
    )
    return iron + back + seat + line([(-70, -58), (0, -60), (50, -58)], dark(WOOD, 0.25), 3)


def mattress(ink: str) -> str:
    """Striped and bare, on the floor."""
    top = pts([(-66, -20), (92, -20), (66, 36), (-98, 36)])
    face = cel(top, "#e6dfcf", "#cfc6b2", pts([(10, -30), (110, -30), (90, 50), (-10, 50)]), ink=ink, width=5)
    front = path(pts([(-98, 36), (66, 36), (66, 66), (-98, 66)]), "#d2c8b2", ink=ink, width=5)
    side = path(pts([(66, 36), (92, -20), (92, 8), (66, 66)]), "#b9ad95", ink=ink, width=5)
    bands = "".join(
        line([(x + 29, -18), (x, 34)], "#7b93ad", 6, smooth=False)
        + line([(x, 39), (x, 62)], "#7b93ad", 6, smooth=False)
        for x in range(-78, 60, 27)
    )
    tufts = "".join(oval(x, y, 4, 3, dark(CLOTH, 0.5)) for x, y in ((-40, 10), (10, 6), (52, 2), (-6, 22)))
    return face + front + side + bands + tufts


def hammock(ink: str) -> str:
    """Of woven cloth, hanging between two ropes."""
    ropes = "".join(
        line([(s * 98, -72), (s * 66, y)], ink, 4, smooth=False) for s in (-1, 1) for y in (-28, -18, -8)
    )
    cloth = curve([(-68, -30), (-34, 14), (0, 26), (34, 14), (68, -30), (60, 20), (0, 66), (-60, 20)], tension=0.8)  # fmt: skip
    body = cel(cloth, "#c9694a", "#a04f38", pts([(4, -40), (90, -40), (90, 90), (-10, 90)]), ink=ink, width=5)
    bands = line([(-64, -2), (0, 42), (64, -2)], "#e8c25a", 7) + line([(-60, 12), (0, 54), (60, 12)], "#4f8f94", 7)  # fmt: skip
    fringe = "".join(
        line([(x, 62 - abs(x) * 0.62), (x, 78 - abs(x) * 0.62)], "#f0e3c4", 4) for x in range(-54, 60, 12)
    )
    hooks = oval(-96, -74, 7, 7, STEEL, ink=ink, width=4) + oval(96, -74, 7, 7, STEEL, ink=ink, width=4)
    return ropes + fringe + body + bands + hooks


def desk_lamp(ink: str) -> str:
    """On a jointed arm, lit."""
    base = oval(-34, 84, 46, 12, "#3f6f78", ink=ink, width=5)
    arm = rod([(-34, 78), (-58, 10), (0, -52)], ink, STEEL, 8, smooth=False)
    joint = oval(-58, 10, 9, 9, "#3f6f78", ink=ink, width=4)
    light = glow(56, 30, 70, 76, "#ffd98a", 0.75)
    shade = cel(pts([(-12, -62), (10, -78), (82, -22), (26, 14)]), "#3f6f78", "#2c5058", pts([(34, -50), (100, -30), (60, 30), (40, 10)]), ink=ink, width=5)  # fmt: skip
    bulb = oval(52, 0, 17, 14, "#ffe9a8", ink=ink, width=4)
    return light + base + arm + joint + bulb + shade


def lampshade(ink: str) -> str:
    """By itself, pleated, with a fringe."""
    body = cel(pts([(-40, -66), (40, -66), (88, 56), (-88, 56)]), "#e0b778", "#bf9355", pts([(14, -80), (100, -80), (110, 70), (34, 70)]), ink=ink, width=5)  # fmt: skip
    pleats = "".join(line([(x * 0.45, -62), (x, 54)], dark("#e0b778", 0.25), 3.5) for x in range(-66, 70, 22))
    rims = line([(-40, -66), (40, -66)], "#8a4a3a", 8) + line([(-88, 54), (88, 54)], "#8a4a3a", 8)
    fringe = "".join(line([(x, 60), (x, 76)], "#8a4a3a", 4) for x in range(-84, 88, 12))
    ring = oval(0, -66, 14, 5, "none", ink=ink, width=4)
    return fringe + body + pleats + rims + ring


def stairs(ink: str) -> str:
    """Of wood, going up to the right, with a rail."""
    steps = ""
    for i in range(6):
        x, y = -92 + i * 30, 80 - i * 20
        steps += box(x, y, 190 - i * 30, 20, dark(WOOD, 0.08 * (i % 2) + 0.1), ink=ink, width=4)
        steps += box(x - 4, y - 6, 194 - i * 30, 9, pale(WOOD, 0.2), ink=ink, width=4)
    posts = "".join(box(-84 + i * 30, 12 - i * 20, 6, 62, "#6d4a2c", ink=ink, width=3) for i in range(6))
    rail = rod([(-94, 23), (84, -96)], ink, "#7d5632", 9, smooth=False)
    return steps + posts + rail


def bookcase(ink: str) -> str:
    """Full of books, a few lying."""
    case = box(-76, -98, 152, 194, "#8a5c36", ink=ink, width=5, r=3)
    tones = ("#a8423c", "#3f6b8c", "#d0a04a", "#4f7a4e", "#7a4f7c", "#d8cdb4")
    rows = ""
    for i, y in enumerate((-88, -42, 4, 50)):
        rows += box(-66, y, 132, 40, "#4f331d", ink=ink, width=4)
        at = -62.0
        for j in range(9):
            wide, tall = 11 + (i * 5 + j * 3) % 5, 27 + (i * 7 + j * 4) % 10
            if at + wide > 60:
                break
            rows += box(at, y + 40 - tall, wide, tall, tones[(i * 2 + j) % 6], ink=ink, width=3)
            at += wide
    return case + rows


def curtain(ink: str) -> str:
    """On a rod with rings, drawn half across."""
    pole = rod([(-96, -80), (96, -80)], ink, "#b08a4a", 8) + "".join(
        oval(x, -80, 9, 9, "#c9a15a", ink=ink, width=4) for x in (-96, 96)
    )
    fall = "M-84 -72H34Q40 0 22 88Q6 78 -4 90Q-18 78 -30 90Q-44 78 -56 90Q-70 80 -86 88Q-78 0 -84 -72Z"
    cloth = cel(fall, "#93424f", "#702f3c", pts([(-4, -90), (60, -90), (60, 100), (-20, 100)]), ink=ink, width=5)  # fmt: skip
    folds = "".join(line([(x, -66), (x - 4, 0), (x - 2, 78)], dark("#93424f", 0.35), 4) for x in (-62, -36, -10, 14))  # fmt: skip
    rings = "".join(oval(x, -80, 6, 9, "none", ink=ink, width=4) for x in (-72, -48, -24, 0, 24))
    return pole + cloth + folds + rings


def drawer(ink: str) -> str:
    """Pulled out, empty but for a paper."""
    inside = path(pts([(-64, -40), (64, -40), (84, 20), (-84, 20)]), "#5d3f26", ink=ink, width=5)
    paper = path(pts([(-20, -26), (34, -30), (40, 6), (-18, 8)]), "#f3ead6", ink=ink, width=3.5)
    front = cel(pts([(-92, 20), (92, 20), (92, 78), (-92, 78)]), WOOD, dark(WOOD, 0.2), pts([(30, 10), (110, 10), (110, 90), (44, 90)]), ink=ink, width=5)  # fmt: skip
    panel = box(-78, 32, 156, 34, "none", ink=dark(WOOD, 0.35), width=4, r=3)
    knob = oval(0, 49, 11, 10, "#c9a15a", ink=ink, width=4.5)
    return inside + paper + front + panel + knob


def railing(ink: str) -> str:
    """Of iron bars under a wooden rail."""
    bars = "".join(rod([(x, -44), (x, 82)], ink, "#59616b", 5, smooth=False) for x in range(-80, 84, 20))
    low = rod([(-94, 70), (94, 70)], ink, "#59616b", 6, smooth=False)
    posts = "".join(box(x, -56, 15, 146, "#454c55", ink=ink, width=5, r=3) for x in (-98, 83))
    top = box(-100, -66, 200, 22, WOOD, ink=ink, width=5, r=9)
    return bars + low + posts + top + line([(-84, -60), (0, -61), (60, -60)], pale(WOOD, 0.4), 4)


def swing(ink: str) -> str:
    """A child's, hanging from its frame."""
    frame = "".join(
        rod([(s * 66, -84), (s * 96, 90)], ink, "#b2503f", 9, smooth=False)
        + rod([(s * 66, -84), (s * 48, 84)], ink, "#8f3f32", 8, smooth=False)
        for s in (-1, 1)
    )
    beam = rod([(-74, -86), (74, -86)], ink, "#b2503f", 10, smooth=False)
    ropes = "".join(line([(x, -80), (x, 40)], "#5b5148", 6, smooth=False) for x in (-26, 26))
    seat = box(-38, 38, 76, 15, WOOD, ink=ink, width=5, r=4)
    return frame + beam + ropes + seat


def fireplace(ink: str) -> str:
    """Of brick under a shelf, burning."""
    body = box(-90, -60, 180, 152, "#a8654c", ink=ink, width=5)
    joints = "".join(line([(-88, y), (88, y)], "#8a4f3a", 3, smooth=False) for y in range(-40, 90, 20))
    joints += "".join(
        line(
            [(x + (12 if i % 2 else 0), -60 + i * 20), (x + (12 if i % 2 else 0), -40 + i * 20)], "#8a4f3a", 3
        )
        for i in range(7)
        for x in range(-72, 80, 36)
    )
    hole = path("M-56 92V10Q-56 -22 0 -22Q56 -22 56 10V92Z", "#2c1d1a", ink=ink, width=5)
    flame = glow(0, 50, 70, 60, "#ffb347", 0.85) + path(curve([(-36, 82), (-30, 40), (-14, 54), (0, 12), (16, 50), (30, 36), (36, 82)]), "#f08a2c", ink=ink, width=3.5)  # fmt: skip
    core = path(curve([(-16, 82), (-8, 52), (2, 38), (10, 56), (16, 82)]), "#ffdf7a")
    logs = rod([(-40, 84), (36, 78)], ink, "#6d4a2c", 12, smooth=False) + rod([(-34, 76), (40, 86)], ink, "#7d5632", 12, smooth=False)  # fmt: skip
    shelf = box(-100, -80, 200, 22, "#8d6340", ink=ink, width=5, r=4)
    return body + joints + hole + flame + core + logs + shelf
