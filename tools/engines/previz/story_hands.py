"""Things that stories put into somebody's hands: gold, brass, a wig, a drill, a pair of gloves."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, line, oval, path, pts, rod

BRASS, STEEL, WOOD, BLACK = "#d9a441", "#b4b9c2", "#8d6340", "#35353d"


def gold_bar(ink: str) -> str:
    """Two below and one on top of them."""
    return _ingot(-46, 44, ink) + _ingot(46, 44, ink) + _ingot(0, -14, ink)


def _ingot(x: float, y: float, ink: str) -> str:
    top = path(pts([(x - 30, y - 26), (x + 30, y - 26), (x + 24, y - 44), (x - 24, y - 44)]), "#f7dd86", ink=ink, width=4)  # fmt: skip
    front = cel(pts([(x - 30, y - 26), (x + 30, y - 26), (x + 46, y + 26), (x - 46, y + 26)]), "#e8b93f", "#b98a26", pts([(x + 14, y - 30), (x + 60, y - 30), (x + 60, y + 30), (x + 22, y + 30)]), ink=ink, width=4)  # fmt: skip
    stamp = box(x - 16, y - 12, 32, 22, "none", ink="#a87b1e", width=4, r=4)
    return front + top + stamp + line([(x - 24, y - 20), (x - 34, y + 18)], "#fdf0bf", 5)


def trombone(ink: str) -> str:
    """Its slide half out."""
    slide = rod([(-94, 62), (52, 34), (62, 46), (54, 58), (-86, 86)], ink, BRASS, 7)
    tube_ = rod([(-62, 58), (-84, 30), (-74, 12), (28, -30)], ink, BRASS, 8)
    bell = path(curve([(8, -34), (46, -46), (70, -88), (92, -70), (88, -22), (60, -22), (16, -14)], tension=0.7), BRASS, ink=ink, width=4)  # fmt: skip
    mouth = path(pts([(-100, 54), (-86, 52), (-86, 70), (-100, 72)]), STEEL, ink=ink, width=4)
    rim = oval(82, -56, 13, 34, dark(BRASS, 0.35), ink=ink, width=4)
    return slide + tube_ + bell + rim + mouth + line([(30, -34), (58, -46)], pale(BRASS, 0.5), 5)


def tuba(ink: str) -> str:
    """Upright, with its three valves."""
    coil = oval(-6, 42, 58, 46, "none", ink=ink, width=26) + oval(-6, 42, 58, 46, "none", ink=BRASS, width=18)
    pipe = path(curve([(20, 62), (10, 0), (4, -40), (-40, -86), (84, -86), (52, -40), (54, 20), (48, 62)], tension=0.6), BRASS, ink=ink, width=4)  # fmt: skip
    rim = oval(22, -84, 64, 14, dark(BRASS, 0.35), ink=ink, width=4)
    valves = "".join(
        box(x, 0, 12, 48, pale(BRASS, 0.25), ink=ink, width=4, r=3)
        + box(x - 1, -10, 14, 10, STEEL, ink=ink, width=3, r=3)
        for x in (-40, -24, -8)
    )
    return coil + pipe + rim + valves + rod([(-46, 30), (-76, 6), (-84, -8)], ink, BRASS, 7)


def tambourine(ink: str) -> str:
    """A pandeiro with its jingles."""
    frame = oval(0, 6, 88, 80, "#b5522f", ink=ink, width=5)
    skin = oval(0, 0, 74, 66, "#f1e2c4", ink=ink, width=4)
    jingles = "".join(
        oval(cos(a) * 82, 5 + sin(a) * 74, 13, 9, BRASS, ink=ink, width=4)
        for a in (i * pi / 4 for i in range(8))
    )
    return frame + skin + jingles + line([(-44, -26), (-22, -44), (8, -50)], "#ffffff", 6)


def wig(ink: str) -> str:
    """Of brown curls on its block."""
    block = path(curve([(-34, -20), (34, -20), (30, 40), (16, 66), (-16, 66), (-30, 40)]), "#e8d2b4", ink=ink, width=4)  # fmt: skip
    stand = box(-10, 62, 20, 18, WOOD, ink=ink, width=4) + box(-48, 78, 96, 16, WOOD, ink=ink, width=4, r=5)
    hair = cel(curve([(-34, 8), (-40, 44), (-74, 46), (-78, -6), (-60, -62), (0, -90), (60, -62), (78, -6), (74, 46), (40, 44), (34, 8), (10, -24), (-14, -22)]), "#7a4426", "#582f19", pts([(18, -100), (100, -100), (100, 60), (40, 60)]), ink=ink, width=5)  # fmt: skip
    curls = "".join(
        line([(x, y), (x + 11, y - 9), (x + 17, y + 4), (x + 5, y + 9)], "#4a2613", 4)
        for x, y in ((-66, 12), (-56, -30), (-28, -62), (8, -66), (38, -40), (54, -2), (-66, 34), (50, 30))
    )
    return stand + block + hair + curls


def drill(ink: str) -> str:
    """Electric, with a bit in its chuck."""
    bit = rod([(-98, -34), (-54, -34)], ink, STEEL, 7)
    chuck = path(pts([(-56, -46), (-26, -56), (-26, -12), (-56, -22)]), "#55595f", ink=ink, width=4)
    grip = cel(pts([(22, -18), (66, -18), (78, 62), (40, 70)]), "#2f6f66", "#22534c", pts([(52, -20), (90, -20), (96, 80), (62, 80)]), ink=ink, width=5)  # fmt: skip
    body = cel(pts([(-28, -64), (64, -66), (86, -50), (86, -16), (64, -6), (-28, -6)]), "#3b8d82", "#2b6a62", pts([(-40, -26), (100, -26), (100, 10), (-40, 10)]), ink=ink, width=5)  # fmt: skip
    pack = box(28, 58, 66, 32, BLACK, ink=ink, width=4, r=6)
    vents = "".join(line([(x, -54), (x, -36)], ink, 4, smooth=False) for x in (40, 52, 64))
    return bit + chuck + grip + body + pack + vents + box(12, -8, 13, 26, "#c8443a", ink=ink, width=4, r=4)


def drill_bit(ink: str) -> str:
    """A long spiral of steel."""
    shaft = path(pts([(-14, -98), (14, -98), (14, -50), (-14, -50)]), "#8f949e", ink=ink, width=4)
    body = path(pts([(-18, -52), (18, -52), (18, 66), (0, 98), (-18, 66)]), STEEL, ink=ink, width=4)
    turns = "".join(
        path(
            curve(
                [(-18, y + 16), (0, y + 6), (18, y - 8), (18, y + 4), (0, y + 18), (-18, y + 28)], tension=0.6
            ),
            "#6b717b",
            ink=ink,
            width=3,
        )
        for y in (-40, -8, 24)
    )
    return shaft + body + turns


def binoculars(ink: str) -> str:
    """Black, on their strap."""
    strap = line([(-44, -60), (-88, -20), (-62, 40)], ink, 9) + line(
        [(-44, -60), (-88, -20), (-62, 40)], "#7a5236", 5
    )
    drawn = strap
    for s in (-1, 1):
        tube_ = pts([(s * 18, -70), (s * 54, -70), (s * 78, 66), (s * 14, 66)])
        drawn += path(tube_, BLACK, ink=ink, width=5)
        drawn += line([(s * 46, -52), (s * 62, 46)], "#5a5c68", 6)
        drawn += oval(s * 46, 68, 34, 17, "#4d6d84", ink=ink, width=5) + oval(s * 40, 64, 13, 5, "#c9e0ea")
        drawn += box(s * 36 - 21, -86, 42, 20, "#4a4b55", ink=ink, width=4, r=6)
    return drawn + box(-18, -34, 36, 26, "#4a4b55", ink=ink, width=4, r=5) + oval(0, -42, 13, 13, BRASS, ink=ink, width=4)  # fmt: skip


def dentures(ink: str) -> str:
    """Both rows, in a glass of water."""
    glass = path(pts([(-66, -90), (66, -90), (54, 90), (-54, 90)]), "#dceaf0", opacity=0.9)
    water = path(pts([(-62, -44), (62, -44), (54, 90), (-54, 90)]), "#a9d0de", opacity=0.85)
    drawn = glass + water
    for y, s in ((2, 1), (50, -1)):
        gum = curve([(-42, y), (-30, y - 22 * s), (0, y - 30 * s), (30, y - 22 * s), (42, y), (0, y - 8 * s)])
        drawn += path(gum, "#d9788a", ink=ink, width=4)
        drawn += "".join(
            box(x, y - (0 if s > 0 else 14) - 10 * s, 13, 17, "#fffdf4", ink=ink, width=3, r=3)
            for x in (-38, -24, -10, 4, 18)
        )
    rim = path(pts([(-66, -90), (66, -90), (54, 90), (-54, 90)]), ink=ink, width=5)
    return drawn + line([(-48, -70), (-42, 60)], "#ffffff", 6) + rim + oval(0, -90, 66, 10, "none", ink=ink, width=4)  # fmt: skip


def gloves(ink: str) -> str:
    """A pair of fine leather, one beside the other."""
    return _glove(-48, 1, ink) + _glove(48, -1, ink)


def single_glove(ink: str) -> str:
    """One of fine leather."""
    return _glove(0, 1, ink, 1.25)


def _glove(x: float, s: int, ink: str, k: float = 1.0) -> str:
    kid = "#7a4a33"
    hand = [(-28, 92), (-26, 40), (-32, 8), (-35, -44), (-26, -50), (-20, -8), (-17, -74), (-7, -80), (-3, -12), (3, -78), (13, -76), (15, -8), (23, -54), (32, -50), (29, 14), (45, -6), (52, 2), (30, 44), (26, 92)]  # fmt: skip
    points = [(x + s * px * k, py * k * 0.95) for px, py in hand]
    body = cel(curve(points, tension=0.55), kid, dark(kid, 0.22), pts([(x + 8, -100), (x + 70, -100), (x + 70, 100), (x + 12, 100)]), ink=ink, width=4)  # fmt: skip
    cuff = line([(x - 27 * k, 66 * k), (x + 27 * k, 66 * k)], dark(kid, 0.4), 4)
    seams = "".join(
        line([(x + s * at * k, -2 * k), (x + s * at * k * 0.8, 34 * k)], dark(kid, 0.4), 3)
        for at in (-14, 0, 14)
    )
    return body + cuff + seams + oval(x, 78 * k, 5, 5, "#e9d9b0", ink=ink, width=3)


def poncho(ink: str) -> str:
    """Woven in stripes, with a fringe."""
    cloth = "#a8412f"
    body = cel(pts([(-22, -84), (22, -84), (92, 58), (0, 84), (-92, 58)]), cloth, dark(cloth, 0.2), pts([(8, -90), (100, -90), (100, 100), (12, 100)]), ink=ink, width=5)  # fmt: skip
    bands = "".join(
        line([(-28 - 15 * i, -58 + 30 * i), (0, -46 + 34 * i), (28 + 15 * i, -58 + 30 * i)], tone, 9)
        for i, tone in enumerate(("#e5b94f", "#2f6f66", "#f0e2c2", "#3a3f6a"))
    )
    fringe = "".join(
        line([(x, 58 + (92 - abs(x)) * 0.27), (x, 74 + (92 - abs(x)) * 0.27)], "#f0e2c2", 4)
        for x in range(-84, 85, 14)
    )
    return fringe + body + bands + path(pts([(-22, -84), (0, -58), (22, -84)]), "#4a2018", ink=ink, width=4)


def tape_measure(ink: str) -> str:
    """A tailor's, rolled up with its end out."""
    end = path(curve([(-10, 74), (40, 84), (96, 60), (96, 82), (44, 98), (-14, 96)], tension=0.6), "#f0d267", ink=ink, width=4)  # fmt: skip
    ticks = "".join(line([(x, 88), (x, 76)], ink, 3, smooth=False) for x in (10, 26, 42, 58, 74))
    roll = oval(-16, 16, 76, 76, "#f0d267", ink=ink, width=5)
    turns = "".join(oval(-16, 16, r, r, "none", ink=dark("#f0d267", 0.35), width=4) for r in (58, 42))
    return end + ticks + roll + turns + oval(-16, 16, 22, 22, "#fff6d2", ink=ink, width=4)


def smoking_pipe(ink: str) -> str:
    """Of briar."""
    stem = rod([(-94, -40), (-40, -34), (8, 12), (34, 34)], ink, BLACK, 11)
    bowl = cel(curve([(14, -38), (82, -38), (84, 12), (66, 52), (34, 56), (16, 34)], tension=0.7), "#75422a", "#52301f", pts([(54, -50), (100, -50), (100, 70), (58, 70)]), ink=ink, width=5)  # fmt: skip
    return stem + bowl + oval(48, -38, 34, 12, "#2a1c16", ink=ink, width=4) + oval(46, -38, 16, 5, "#e0703a")


def whistle(ink: str) -> str:
    """A referee's, on a cord."""
    cord = line([(64, -26), (92, -70), (40, -92), (-20, -74)], "#c8443a", 6)
    ring_ = oval(62, -12, 15, 15, "none", ink=ink, width=6)
    body = path(curve([(-92, -34), (10, -34), (62, -16), (66, 44), (18, 70), (-26, 44), (-34, 4), (-92, 4)], tension=0.5), STEEL, ink=ink, width=5)  # fmt: skip
    hole = path(pts([(-26, -30), (4, -30), (-6, -8), (-22, -8)]), BLACK, ink=ink, width=3)
    return cord + ring_ + body + hole + oval(20, 22, 22, 22, "#8f949e", ink=ink, width=4) + line([(-84, -22), (-36, -22)], "#f4f6f8", 5)  # fmt: skip


def stick(ink: str) -> str:
    """A branch, straight enough to lean on."""
    body = rod([(-70, 92), (-24, 30), (18, -30), (66, -94)], ink, WOOD, 14)
    twig = rod([(18, -30), (44, -34)], ink, WOOD, 8)
    return body + twig + line([(-50, 62), (-40, 58)], ink, 4) + line([(30, -52), (42, -58)], ink, 4)


def oar(ink: str) -> str:
    """Of pale wood."""
    shaft = rod([(84, -92), (-34, 34)], ink, "#c89a62", 10)
    blade = cel(curve([(-26, 20), (-14, 40), (-50, 86), (-84, 94), (-90, 78), (-62, 42)], tension=0.6), "#c89a62", "#a17a48", pts([(-50, 40), (0, 40), (-40, 110), (-90, 110)]), ink=ink, width=5)  # fmt: skip
    return shaft + blade + line([(-36, 36), (-72, 78)], "#8d6340", 4)


def horseshoe(ink: str) -> str:
    """With seven holes."""
    bow = [(-34, 78), (-62, 30), (-66, -22), (-40, -66), (0, -80), (40, -66), (66, -22), (62, 30), (34, 78)]
    holes = "".join(oval(x, y, 5, 6, "#2c2f36") for x, y in (bow[1], bow[2], bow[3], bow[4], *bow[5:8]))
    return rod(bow, ink, "#8a9099", 26) + holes


def thermos(ink: str) -> str:
    """A flask with its cup."""
    body = cel(pts([(-34, -44), (34, -44), (38, 92), (-38, 92)]), "#9a3b34", "#752b26", pts([(10, -50), (50, -50), (50, 100), (14, 100)]), ink=ink, width=5)  # fmt: skip
    neck = path(pts([(-34, -44), (-24, -62), (24, -62), (34, -44)]), STEEL, ink=ink, width=4)
    cup = box(-26, -96, 52, 36, "#e4e0d6", ink=ink, width=5, r=6)
    return body + neck + cup + box(-38, 26, 76, 12, STEEL, ink=ink, width=4) + line([(-24, -30), (-26, 80)], "#cf7a70", 6)  # fmt: skip


def piggy_bank(ink: str) -> str:
    """Of pink china."""
    legs = "".join(box(x, 50, 22, 38, "#d98f9c", ink=ink, width=4, r=6) for x in (-48, 30))
    body = cel(curve([(-78, 8), (-60, -46), (0, -60), (58, -46), (82, 4), (60, 56), (0, 68), (-58, 58)]), "#eaa9b4", "#cf8493", pts([(-90, 30), (100, 22), (100, 80), (-90, 80)]), ink=ink, width=5)  # fmt: skip
    snout = oval(-80, 14, 17, 21, "#d98f9c", ink=ink, width=4) + oval(-86, 10, 3, 4, ink) + oval(-78, 20, 3, 4, ink)  # fmt: skip
    ear = path(pts([(-52, -44), (-44, -78), (-20, -56)]), "#d98f9c", ink=ink, width=4)
    slot = box(-10, -60, 40, 8, "#5a2c36", ink=ink, width=3, r=3)
    return legs + body + snout + ear + slot + oval(-50, -8, 6, 7, ink) + line([(82, 0), (96, -12), (90, -24)], ink, 5)  # fmt: skip


def marionette(ink: str) -> str:
    """On its cross of strings."""
    bar = rod([(-54, -88), (54, -88)], ink, WOOD, 8) + rod([(0, -98), (0, -78)], ink, WOOD, 8)
    strings = "".join(line([(x, -84), (to, y)], ink, 3, smooth=False) for x, to, y in ((-48, -62, 8), (48, 62, 8), (0, 0, -50)))  # fmt: skip
    limbs = rod([(-20, 0), (-62, 14)], ink, "#d94f43", 11) + rod([(20, 0), (62, 14)], ink, "#d94f43", 11)
    legs = rod([(-12, 42), (-24, 86)], ink, "#3a5a8a", 12) + rod([(12, 42), (26, 84)], ink, "#3a5a8a", 12)
    body = path(pts([(-24, -8), (24, -8), (28, 48), (-28, 48)]), "#d94f43", ink=ink, width=4)
    head = oval(0, -32, 26, 27, "#efc79c", ink=ink, width=4)
    face = oval(-9, -34, 3.5, 4, ink) + oval(9, -34, 3.5, 4, ink) + oval(0, -26, 5, 5, "#c8443a") + line([(-11, -18), (0, -13), (11, -18)], ink, 3)  # fmt: skip
    hat = path(pts([(-26, -46), (0, -74), (26, -46)]), "#e5b94f", ink=ink, width=4)
    return bar + strings + limbs + legs + body + head + face + hat
