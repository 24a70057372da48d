"""What a story turns on and no icon shows as we need it: a gown on its stand, a sluice wheel, a marrow."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import Point, box, cel, clip, curve, glow, group, line, oval, path, pts


def _rod(points: list[Point], ink: str, tone: str, width: float, *, smooth: bool = True) -> str:
    """A stroke with an outline."""
    return line(points, ink, width + 8, smooth=smooth) + line(points, tone, width, smooth=smooth)


def wedding_dress(ink: str) -> str:
    """On a dressmaker's stand."""
    stand = _rod([(0, 60), (0, 88)], ink, "#8a5a3a", 8) + _rod(
        [(-30, 94), (0, 84), (30, 94)], ink, "#8a5a3a", 7
    )
    neck = box(-7, -84, 14, 22, "#c79a6b", ink=ink, width=4, r=4) + oval(
        0, -88, 12, 9, "#b5855a", ink=ink, width=4
    )
    skirt_d = curve([(-20, -16), (20, -16), (46, 24), (84, 78), (40, 90), (0, 84), (-40, 90), (-84, 78), (-46, 24)], tension=0.8)  # fmt: skip
    skirt = cel(
        skirt_d, "#f8f1e4", "#dcd2c8", pts([(14, -20), (100, 0), (100, 100), (34, 100)]), ink=ink, width=4
    )
    folds = "".join(
        line([(x * 0.3, 0), (x * 0.8, 46), (x * 1.2, 80)], "#cfc3ba", 3) for x in (-44, -16, 16, 44)
    )
    bodice = path(curve([(-30, -74), (-14, -62), (0, -58), (14, -62), (30, -74), (24, -44), (21, -12), (0, -8), (-21, -12), (-24, -44)], tension=0.8), "#fbf6ea", ink=ink, width=4)  # fmt: skip
    straps = "".join(oval(x, -64, 13, 11, "#fbf6ea", ink=ink, width=4) for x in (-33, 33))
    sash = box(-23, -20, 46, 13, "#d9b9b0", ink=ink, width=3, r=5)
    pearls = "".join(oval(x, -54 + abs(x) * -0.45, 3, 3, "#e6d5b0") for x in (-20, -10, 0, 10, 20))
    hem = line([(-78, 74), (-40, 82), (0, 77), (40, 82), (78, 74)], "#cfb9a8", 3.5)
    return stand + neck + skirt + folds + straps + bodice + sash + pearls + hem


def marrow(ink: str) -> str:
    """Striped, long and too large."""
    d = curve(
        [
            (-92, 22),
            (-78, -16),
            (-34, -26),
            (16, -30),
            (64, -34),
            (92, -16),
            (94, 14),
            (66, 36),
            (10, 46),
            (-48, 50),
            (-84, 42),
        ]
    )
    body = cel(
        d, "#4f8a43", "#3a6a36", pts([(-110, 30), (0, 24), (110, 2), (110, 80), (-110, 80)]), ink=ink, width=4
    )
    stripes = clip(d, "".join(line([(-96, 14 + k * 10), (-30, -20 + k * 17), (40, -26 + k * 16), (98, -10 + k * 9)], "#a9c66a", 5) for k in range(0, 5)))  # fmt: skip
    stalk = path(
        curve([(-88, 20), (-100, 8), (-98, -8), (-88, -6), (-84, 8), (-76, 14)]), "#8a9a4a", ink=ink, width=4
    )
    return stalk + body + stripes + path(d, ink=ink, width=4) + line([(-50, -12), (-10, -19)], "#dcebb0", 5)


def pumpkin(ink: str) -> str:
    """Ribbed and round."""
    ribs = "".join(oval(x, 16, rx, 66, tone, ink=ink, width=4) for x, rx, tone in ((-48, 42, "#c9702c"), (48, 42, "#b9622a"), (-24, 38, "#d9822f"), (26, 38, "#cf7630"), (0, 30, "#e0903a")))  # fmt: skip
    stalk = path(
        curve([(-12, -44), (-8, -72), (12, -84), (20, -74), (10, -64), (12, -44)]),
        "#6d7a3a",
        ink=ink,
        width=4,
    )
    return ribs + stalk + line([(-8, -24), (-14, 8), (-8, 40)], "#f3b868", 5)


def boot(ink: str) -> str:
    """A worn leather work boot with laces."""
    d = curve(
        [
            (-44, -88),
            (22, -88),
            (24, -30),
            (34, -4),
            (74, 10),
            (92, 34),
            (92, 56),
            (-46, 56),
            (-50, 10),
            (-42, -40),
        ],
        tension=0.55,
    )
    body = cel(d, "#8a5a36", "#6b432a", pts([(-60, 30), (100, 24), (100, 70), (-60, 70)]), ink=ink, width=4)
    sole = path(
        pts([(-50, 54), (94, 54), (96, 74), (40, 74), (36, 80), (-50, 80)]), "#3f3230", ink=ink, width=4
    )
    toe = path(
        curve([(52, 6), (76, 10), (92, 34), (92, 54), (58, 54), (50, 30)], tension=0.6),
        "#764a2d",
        ink=ink,
        width=3.5,
    )
    tongue = path(pts([(6, -96), (30, -92), (34, -4), (14, -4)]), "#734a2c", ink=ink, width=3.5)
    laces = "".join(line([(6, y), (34 + (y > -30) * 6, y + 7)], "#e2cfa4", 5) for y in (-72, -54, -36, -18))
    cuff = line([(-44, -76), (4, -76)], "#5a3822", 4) + line([(-40, 20), (-4, 26), (20, 54)], "#5a3822", 3.5)
    return tongue + body + sole + toe + laces + cuff + oval(-20, -4, 7, 4, "#6b432a")


def sluice_wheel(ink: str) -> str:
    """An iron hand wheel on its gate, with water at the foot."""
    posts = "".join(box(x, -60, 18, 150, "#7d6248", ink=ink, width=4) for x in (-92, 74))
    gate = box(-74, 8, 148, 74, "#8a6d4c", ink=ink, width=4) + "".join(
        line([(x, 10), (x, 80)], "#664e36", 3.5) for x in (-44, -14, 16, 46)
    )
    beam = box(-98, -14, 196, 22, "#6b533c", ink=ink, width=4)
    water = path(
        curve(
            [(-98, 78), (-60, 70), (-20, 80), (20, 70), (60, 80), (98, 72), (98, 98), (-98, 98)], tension=0.6
        ),
        "#5f94a8",
        ink=ink,
        width=3.5,
    )
    stem = box(-6, -50, 12, 60, "#5a6068", ink=ink, width=3.5)
    rim = oval(0, -50, 44, 44, "none", ink=ink, width=18) + oval(
        0, -50, 44, 44, "none", ink="#b0453a", width=10
    )
    spokes = "".join(_rod([(0, -50), (cos(a) * 40, -50 + sin(a) * 40)], ink, "#b0453a", 6) for a in (k * pi / 3 + 0.3 for k in range(6)))  # fmt: skip
    return (
        posts
        + gate
        + water
        + beam
        + stem
        + spokes
        + rim
        + oval(0, -50, 11, 11, "#d8685a", ink=ink, width=3.5)
    )


def fire_alarm(ink: str) -> str:
    """A red box with a handle to pull."""
    body = box(-70, -92, 140, 184, "#c23b33", ink=ink, width=4, r=12) + path(pts([(-66, 60), (66, 50), (66, 86), (-66, 86)]), "#9c2c2a")  # fmt: skip
    frame = box(-56, -78, 112, 156, "none", ink="#e58a7e", width=3, r=8)
    flame = path(curve([(0, -74), (14, -56), (20, -40), (8, -24), (-8, -24), (-20, -38), (-10, -52)]), "#f2c34e", ink=ink, width=3)  # fmt: skip
    bar = box(-46, -8, 92, 30, "#f4efe2", ink=ink, width=4, r=8)
    grip = box(-12, 18, 24, 38, "#f4efe2", ink=ink, width=4, r=8)
    arrow = path(pts([(-5, 0), (5, 0), (5, 30), (13, 30), (0, 48), (-13, 30), (-5, 30)]), "#c23b33")
    return body + frame + flame + grip + bar + arrow + line([(-38, 68), (38, 68)], "#f4efe2", 6, smooth=False)


def steering_wheel(ink: str) -> str:
    """Of a car, with its column."""
    column = box(-12, 0, 24, 96, "#4a4e58", ink=ink, width=4, r=5)
    rim = oval(0, -6, 78, 78, "none", ink=ink, width=27) + oval(
        0, -6, 78, 78, "none", ink="#4b3a34", width=19
    )
    spokes = "".join(
        _rod([(0, -2), p], ink, "#8d9098", 13, smooth=False) for p in ((-70, -6), (70, -6), (0, 66))
    )
    hub = oval(0, -4, 25, 23, "#a9adb5", ink=ink, width=4) + oval(0, -4, 11, 10, "#c9473f", ink=ink, width=3)
    return column + spokes + rim + hub + line([(-62, -52), (-36, -76), (0, -84)], "#7d675c", 5)


def rope(ink: str) -> str:
    """A coil with a loose end."""
    tone, twist = "#c9a46a", "#8a6a3a"
    drawn = _rod([(30, 52), (70, 70), (92, 58)], ink, tone, 13)
    for y, rx in ((46, 76), (28, 74), (10, 72), (-8, 70)):
        drawn += oval(0, y, rx, 30, tone, ink=ink, width=4)
        drawn += "".join(line([(x, y + 26 - abs(x) * 0.16), (x + 9, y + 16 - abs(x) * 0.16)], twist, 3) for x in range(-56, 60, 16))  # fmt: skip
    hole = oval(0, -12, 44, 15, "#5a452c", ink=ink, width=4)
    tie = _rod([(-52, -32), (-60, 8), (-54, 64)], ink, dark(tone, 0.12), 11)
    return drawn + hole + tie


def key_ring(ink: str) -> str:
    """Three keys on a ring, with a tag."""
    ring = oval(0, -54, 36, 36, "none", ink=ink, width=15) + oval(
        0, -54, 36, 36, "none", ink="#c3c7ce", width=8
    )
    drawn = ""
    for turn, tone in ((34, "#b9bcc2"), (2, "#d9a441"), (-30, "#c08a4a")):
        blade = box(-8, 16, 16, 78, tone, ink=ink, width=4) + path(pts([(8, 60), (22, 60), (22, 70), (14, 74), (22, 80), (22, 90), (8, 90)]), tone, ink=ink, width=3.5)  # fmt: skip
        bow = oval(0, 4, 23, 22, tone, ink=ink, width=4) + oval(0, -4, 8, 7, "#6b5a48", ink=ink, width=3)
        drawn += group(blade, bow, transform=f"translate(0 -26) rotate({turn})")
    return drawn + ring


def lamp(ink: str) -> str:
    """A storm lantern that burns."""
    handle = _rod([(-40, -40), (-34, -84), (0, -98), (34, -84), (40, -40)], ink, "#7d828a", 5)
    top = path(pts([(-30, -46), (-18, -72), (18, -72), (30, -46)]), "#8a4a36", ink=ink, width=4) + box(-12, -84, 24, 14, "#8a4a36", ink=ink, width=4, r=4)  # fmt: skip
    globe = path(
        curve([(-28, -44), (-42, 0), (-28, 40), (28, 40), (42, 0), (28, -44)]), "#f6e6b4", ink=ink, width=4
    )
    flame = path(curve([(0, -28), (14, 4), (8, 26), (-8, 26), (-14, 4)]), "#f0a83c", ink="#b8662a", width=3) + path(curve([(0, -4), (6, 12), (0, 24), (-6, 12)]), "#fff2c0")  # fmt: skip
    wires = line([(-40, -2), (40, -2)], ink, 3.5, smooth=False) + line([(-46, -44), (-46, 48)], ink, 5) + line([(46, -44), (46, 48)], ink, 5)  # fmt: skip
    base = box(-46, 40, 92, 18, "#a0583f", ink=ink, width=4, r=5) + box(
        -54, 56, 108, 36, "#8a4a36", ink=ink, width=4, r=9
    )
    return glow(0, 0, 150, 150, "#ffd98a", 0.55) + handle + top + globe + flame + wires + base + line([(-38, 72), (-8, 72)], "#c98468", 5)  # fmt: skip


def cradle(ink: str) -> str:
    """A wooden cradle on rockers, with a blanket."""
    hood = path(
        curve([(-84, 20), (-86, -60), (-56, -88), (-24, -72), (-26, 20)], tension=0.8),
        "#8d5f3c",
        ink=ink,
        width=4,
    )
    pillow = oval(-30, -6, 34, 17, "#f4ead8", ink=ink, width=3.5)
    blanket = path(
        curve([(-14, 14), (-6, -14), (40, -18), (80, -8), (88, 16)], tension=0.8),
        "#c9d9dc",
        ink=ink,
        width=3.5,
    )
    side = cel(pts([(-86, 2), (92, 2), (78, 62), (-72, 62)]), "#a9743f", "#865731", pts([(-90, 44), (92, 36), (92, 70), (-90, 70)]), ink=ink, width=4)  # fmt: skip
    slats = "".join(line([(x, 8), (x * 0.92, 56)], "#7a4f2d", 4) for x in (-50, -18, 14, 46))
    rocker = _rod([(-84, 72), (-40, 90), (40, 90), (84, 72)], ink, "#7a4f2d", 10)
    heart = path(
        curve([(-58, -40), (-48, -52), (-40, -40), (-58, -18), (-76, -40), (-66, -52)], tension=0.7),
        "#e6c49a",
        ink=ink,
        width=3,
    )
    return hood + heart + pillow + blanket + rocker + side + slats


def cage(ink: str) -> str:
    """A golden birdcage."""
    gold = "#d0a04a"
    back = path(
        curve([(-62, 70), (-62, -20), (-40, -66), (0, -80), (40, -66), (62, -20), (62, 70)], tension=0.8),
        "#f3e8cf",
        ink=ink,
        width=4,
    )
    perch = _rod([(-30, 8), (30, 8)], ink, "#8a5a36", 7) + line([(-30, 8), (-30, -40)], ink, 3) + line([(30, 8), (30, -40)], ink, 3)  # fmt: skip
    bars = "".join(
        _rod([(x, 72), (x, -24), (x * 0.55, -68)], ink, gold, 3.4) for x in (-62, -38, -13, 13, 38, 62)
    )
    hoops = _rod([(-62, -16), (62, -16)], ink, gold, 5) + _rod([(-62, 36), (62, 36)], ink, gold, 4)
    ring = oval(0, -90, 10, 10, "none", ink=ink, width=10) + oval(0, -90, 10, 10, "none", ink=gold, width=4)
    base = box(-74, 70, 148, 22, "#b5843a", ink=ink, width=4, r=6)
    return back + perch + bars + hoops + ring + base


def net(ink: str) -> str:
    """A fishing net in a heap, with corks."""
    d = curve(
        [(-94, 70), (-76, 12), (-40, -30), (6, -54), (48, -26), (82, 20), (96, 70), (40, 84), (-40, 84)]
    )
    body = path(d, "#8fa08a", ink=ink, width=4)
    mesh = "".join(line([(-120 + k * 26, 100), (-40 + k * 26, -70)], "#52635a", 3) + line([(-60 + k * 26, -70), (20 + k * 26, 100)], "#52635a", 3) for k in range(9))  # fmt: skip
    edge = line([(-84, 36), (-60, -6), (-20, -40), (8, -52), (44, -28), (78, 14), (90, 44)], "#d9c79a", 5)
    corks = "".join(oval(x, y, 13, 10, "#c9753f", ink=ink, width=3.5) for x, y in ((-80, 26), (-44, -26), (6, -54), (52, -22), (84, 26)))  # fmt: skip
    return body + clip(d, mesh) + path(d, ink=ink, width=4) + edge + corks


def sack(ink: str) -> str:
    """Tied with string, full of grain."""
    d = curve([(-24, -56), (24, -56), (62, -10), (72, 52), (52, 88), (-52, 88), (-72, 52), (-62, -10)])
    body = cel(d, "#c9a877", "#a5845a", pts([(-80, 60), (80, 40), (80, 100), (-80, 100)]), ink=ink, width=4)
    neck = path(
        curve([(-22, -58), (-40, -90), (-12, -80), (0, -94), (14, -80), (40, -90), (22, -58)], tension=0.6),
        "#d8b989",
        ink=ink,
        width=4,
    )
    tie = _rod([(-25, -56), (0, -50), (25, -56)], ink, "#8e5a3a", 7)
    weave = "".join(
        line([(x, -20 + abs(x) * 0.2), (x * 1.1, 24), (x, 66)], "#ad8c60", 3) for x in (-38, 0, 38)
    )
    patch = box(8, 14, 38, 34, "#b0855a", ink=ink, width=3) + "".join(line([(8 + k * 12, 10), (10 + k * 12, 18)], ink, 2.5) for k in range(4))  # fmt: skip
    return neck + body + weave + patch + tie


def barrel(ink: str) -> str:
    """Staves and two hoops, lying on its end."""
    d = curve(
        [
            (-52, -84),
            (0, -90),
            (52, -84),
            (72, -30),
            (72, 32),
            (52, 86),
            (0, 92),
            (-52, 86),
            (-72, 32),
            (-72, -30),
        ],
        tension=0.7,
    )
    body = cel(d, "#a46d3c", "#7f512c", pts([(24, -100), (90, -100), (90, 100), (34, 100)]), ink=ink, width=4)
    staves = "".join(
        line([(x * 0.75, -84), (x, 0), (x * 0.75, 86)], "#6b4526", 3.5) for x in (-44, -15, 15, 44)
    )
    hoops = "".join(_rod([(-66, y), (0, y + 8), (66, y)], ink, "#6a6e76", 10) for y in (-44, 44))
    top = oval(0, -84, 52, 11, "#c08a52", ink=ink, width=4)
    return body + staves + hoops + top + oval(0, 2, 9, 9, "#5a3a20", ink=ink, width=3.5)


def gun(ink: str) -> str:
    """A revolver."""
    barrel_ = box(-94, -42, 112, 24, "#5f646e", ink=ink, width=4, r=4) + box(
        -96, -50, 10, 12, "#4a4e58", ink=ink, width=3
    )
    grip = path(
        curve([(34, -18), (64, -12), (84, 34), (88, 72), (60, 78), (46, 44), (24, 14)], tension=0.6),
        "#7a4a2c",
        ink=ink,
        width=4,
    )
    frame = path(
        pts([(6, -48), (62, -48), (74, -22), (60, 0), (12, 4), (-4, -18)]), "#6d727d", ink=ink, width=4
    )
    drum = box(4, -44, 42, 38, "#838893", ink=ink, width=4, r=8) + line([(8, -32), (42, -32)], "#4f545e", 3.5, smooth=False) + line([(8, -19), (42, -19)], "#4f545e", 3.5, smooth=False)  # fmt: skip
    guard = line([(4, 4), (4, 28), (28, 30), (34, 8)], ink, 7) + line([(18, 4), (14, 18)], ink, 5)
    hammer = path(pts([(60, -48), (78, -62), (82, -52), (72, -34)]), "#4f545e", ink=ink, width=3.5)
    return (
        guard
        + grip
        + hammer
        + frame
        + barrel_
        + drum
        + line([(-84, -34), (-6, -34)], "#8f949e", 4)
        + oval(66, 30, 5, 5, "#c9a45a")
    )


def handcuffs(ink: str) -> str:
    """Two rings and a chain."""
    steel = "#b4b9c2"
    chain = "".join(oval(x, 22 - abs(x) * 0.5, 11, 7, "none", ink=ink, width=10) + oval(x, 22 - abs(x) * 0.5, 11, 7, "none", ink=steel, width=4.5) for x in (-17, 0, 17))  # fmt: skip
    rings = ""
    for x in (-54, 54):
        rings += oval(x, -8, 36, 40, "none", ink=ink, width=19) + oval(
            x, -8, 36, 40, "none", ink=steel, width=11
        )
        rings += box(x - 15, 22, 30, 26, "#8f95a0", ink=ink, width=4, r=5) + oval(x, 34, 4, 4, "#3a3e48")
    return (
        chain
        + rings
        + line([(-84, -22), (-70, -42)], "#e6e9ee", 4)
        + line([(24, -22), (38, -42)], "#e6e9ee", 4)
    )


def easel(ink: str) -> str:
    """With a canvas half painted."""
    legs = _rod([(0, -98), (-62, 96)], ink, "#9a6a40", 8) + _rod([(0, -98), (62, 96)], ink, "#9a6a40", 8) + _rod([(0, -90), (0, 88)], ink, "#7d5433", 7)  # fmt: skip
    canvas = box(-66, -66, 132, 104, "#f7f0de", ink=ink, width=4)
    paint = path(curve([(-60, 30), (-60, -6), (-20, -20), (14, -2), (40, 30)], tension=0.8), "#7fa08a") + oval(-10, -36, 16, 18, "#d9a982") + path(curve([(-34, 30), (-30, -6), (-10, -16), (12, -6), (16, 30)]), "#e9e2d8", ink="#8a7f78", width=3)  # fmt: skip
    tray = box(-74, 36, 148, 13, "#8a5f3a", ink=ink, width=4, r=3)
    return (
        legs
        + canvas
        + paint
        + box(-66, -66, 132, 104, "none", ink=ink, width=4)
        + tray
        + box(-16, -80, 32, 16, "#8a5f3a", ink=ink, width=3.5)
    )


def boat(ink: str) -> str:
    """A rowing boat with its oars, on water."""
    inner = path(
        curve([(-92, -2), (-40, 12), (40, 12), (92, -2), (40, -12), (-40, -12)], tension=0.7),
        "#6b4a30",
        ink=ink,
        width=4,
    )
    thwarts = box(-46, -10, 16, 20, "#b98a56", ink=ink, width=3) + box(
        22, -10, 16, 20, "#b98a56", ink=ink, width=3
    )
    hull = cel(curve([(-96, -4), (-40, 10), (40, 10), (96, -4), (70, 44), (40, 54), (-40, 54), (-70, 44)], tension=0.6), "#b5543f", "#8c3d30", pts([(-100, 34), (100, 28), (100, 70), (-100, 70)]), ink=ink, width=4)  # fmt: skip
    band = line([(-88, 10), (-40, 24), (40, 24), (88, 10)], "#f2e6cc", 6)
    oars = _rod([(-6, -6), (-70, -58)], ink, "#c79a62", 6) + path(pts([(-62, -58), (-92, -82), (-98, -70), (-74, -50)]), "#c79a62", ink=ink, width=3.5) + _rod([(10, -6), (60, 66)], ink, "#c79a62", 6)  # fmt: skip
    water = path(
        curve(
            [(-98, 56), (-60, 48), (-20, 58), (20, 48), (60, 58), (98, 50), (90, 78), (-90, 78)], tension=0.6
        ),
        "#6aa0b4",
        ink=ink,
        width=3.5,
    )
    return oars + inner + thwarts + hull + band + water


def walking_stick(ink: str) -> str:
    """A crook handle and a rubber foot."""
    stick = [(30, 90), (6, -46), (-2, -74), (-22, -88), (-44, -80), (-50, -60)]
    return _rod([(float(x), float(y)) for x, y in stick], ink, "#8a5a34", 12) + _rod([(30, 92), (29, 84)], ink, "#2f2c30", 12) + line([(2, -40), (22, 70)], "#b98854", 4)  # fmt: skip


def dachshund(ink: str) -> str:
    """Long, low and sure of itself."""
    coat, tan = "#8a5233", "#b97a48"
    tail = _rod([(78, -6), (94, -28), (96, -46)], ink, coat, 7)
    legs = "".join(path(pts([(x, 22), (x + 20, 22), (x + 18, 52), (x - 4, 52)]), tone, ink=ink, width=4) for x, tone in ((-46, tan), (56, tan), (-28, coat), (38, coat)))  # fmt: skip
    d = curve(
        [
            (-52, -20),
            (-20, -22),
            (40, -20),
            (76, -18),
            (86, 8),
            (74, 34),
            (20, 34),
            (-36, 38),
            (-60, 24),
            (-64, 0),
        ],
        tension=0.8,
    )
    body = cel(d, coat, dark(coat, 0.22), pts([(-80, 20), (100, 14), (100, 60), (-80, 60)]), ink=ink, width=4)
    head = path(
        curve(
            [(-34, -20), (-40, -44), (-60, -52), (-76, -40), (-98, -26), (-98, -14), (-74, -8), (-50, -6)],
            tension=0.8,
        ),
        coat,
        ink=ink,
        width=4,
    )
    muzzle = path(curve([(-76, -28), (-97, -25), (-97, -15), (-76, -11)]), tan)
    ear = path(
        curve([(-52, -46), (-36, -46), (-30, -20), (-38, 2), (-52, -2), (-56, -24)], tension=0.8),
        dark(coat, 0.3),
        ink=ink,
        width=4,
    )
    eye = oval(-70, -34, 4, 4.6, "#201410") + oval(-71, -36, 1.4, 1.4, "#ffffff")
    collar = _rod([(-42, 2), (-56, 14)], ink, "#c23b33", 7)
    return tail + legs + body + head + muzzle + ear + eye + oval(-98, -22, 6, 5, "#201410") + collar


def cuica(ink: str) -> str:
    """A Brazilian friction drum: skin above, the bamboo stick within."""
    stick = _rod([(10, 30), (30, 96)], ink, "#c9a45a", 6)
    shell = cel(pts([(-62, -52), (62, -52), (48, 74), (-48, 74)]), "#b9bec6", "#8f959f", pts([(20, -60), (80, -60), (80, 80), (30, 80)]), ink=ink, width=4)  # fmt: skip
    band = path(pts([(-59, -28), (59, -28), (57, -8), (-57, -8)]), "#3f8f5a", ink=ink, width=3.5) + path(pts([(-57, -8), (57, -8), (55, 10), (-55, 10)]), "#e0b83f", ink=ink, width=3.5)  # fmt: skip
    rods = "".join(line([(x, -46), (x * 0.82, 68)], ink, 3.5) + oval(x, -44, 6, 5, "#e6e9ee", ink=ink, width=2.5) for x in (-46, -16, 16, 46))  # fmt: skip
    skin = (
        oval(0, -56, 66, 19, "#f3e6c8", ink=ink, width=4)
        + oval(0, -57, 54, 13, "#fbf3dd")
        + oval(0, -57, 5, 3, "#8a7348")
    )
    return stick + shell + band + rods + skin


def oil(ink: str) -> str:
    """A bottle of oil with an olive on its label."""
    d = curve(
        [
            (-12, -84),
            (12, -84),
            (14, -46),
            (34, -24),
            (38, 30),
            (36, 90),
            (-36, 90),
            (-38, 30),
            (-34, -24),
            (-14, -46),
        ],
        tension=0.6,
    )
    body = cel(d, "#b8a83c", "#8f8230", pts([(6, -90), (60, -90), (60, 100), (16, 100)]), ink=ink, width=4)
    stopper = box(-13, -100, 26, 20, "#8a5f3a", ink=ink, width=4, r=4)
    label = box(-36, 4, 72, 52, "#f4ead0", ink=ink, width=3.5, r=3) + oval(-4, 32, 13, 10, "#5f7a34", ink=ink, width=3) + path(curve([(6, 26), (20, 12), (28, 20), (18, 30)]), "#7f9a4a", ink=ink, width=2.5)  # fmt: skip
    return body + stopper + label + line([(-24, -22), (-27, -4)], "#f3ecb0", 5)


def lighter(ink: str) -> str:
    """Open and burning."""
    flame = path(curve([(-14, -98), (4, -66), (0, -48), (-16, -40), (-30, -50), (-30, -68)]), "#f0a83c", ink=ink, width=3.5) + path(curve([(-14, -72), (-6, -56), (-16, -46), (-22, -58)]), "#fff0b8")  # fmt: skip
    lid = group(
        box(0, -52, 60, 46, "#c9ccd2", ink=ink, width=4, r=5), transform="translate(26 -2) rotate(28)"
    )
    case = box(-44, -8, 76, 102, "#b9bdc5", ink=ink, width=4, r=6) + path(
        pts([(8, -6), (30, -6), (30, 92), (14, 92)]), "#979ca6"
    )
    chimney = box(-32, -40, 40, 34, "#8f949e", ink=ink, width=3.5) + "".join(
        oval(x, -22, 3, 3, "#3a3e46") for x in (-24, -12, 0)
    )
    return (
        glow(-14, -66, 60, 70, "#ffc66a", 0.6)
        + lid
        + chimney
        + case
        + flame
        + line([(-36, 4), (-36, 80)], "#eef0f3", 4)
    )


def matches(ink: str) -> str:
    """A half open box."""
    tray = box(-90, -24, 100, 64, "#e6d6b0", ink=ink, width=4)
    sticks = "".join(box(-84, y, 70, 7, "#d9bd86", ink=ink, width=2.5) + oval(-84, y + 3.5, 8, 6, "#b5362f", ink=ink, width=2.5) for y in (-18, -6, 6, 18, 29))  # fmt: skip
    sleeve = box(-22, -36, 116, 84, "#c9573f", ink=ink, width=4) + box(
        -8, -24, 88, 46, "#f2e3b8", ink=ink, width=3, r=4
    )
    star = path(curve([(36, -18), (46, -4), (44, 12), (28, 12), (26, -4)]), "#e0902f", ink=ink, width=3)
    return tray + sticks + sleeve + star + box(-22, 30, 116, 16, "#5a3a34", ink=ink, width=3)


def security_camera(ink: str) -> str:
    """On its bracket, with a red light."""
    wall = box(70, -70, 22, 110, "#8a8f98", ink=ink, width=4, r=4) + _rod(
        [(20, 10), (44, 22), (74, 4)], ink, "#a4a9b2", 11
    )
    body = group(box(-84, -40, 136, 58, "#e4e4e0", ink=ink, width=4, r=8) + path(pts([(-82, 2), (50, -4), (50, 16), (-82, 16)]), "#bcbcb8") + box(-96, -48, 118, 14, "#c9c9c4", ink=ink, width=4, r=4), transform="rotate(12)")  # fmt: skip
    lens = group(
        oval(-86, -10, 15, 25, "#2c2f38", ink=ink, width=4) + oval(-88, -10, 7, 12, "#5a7f9a"),
        transform="rotate(12)",
    )
    return wall + body + lens + oval(-46, 0, 5, 5, "#d8392f", ink=ink, width=2.5)


def vaccine(ink: str) -> str:
    """A vial with a metal cap."""
    cap = box(-24, -92, 48, 22, "#5f94b4", ink=ink, width=4, r=5) + box(
        -20, -72, 40, 18, "#c3c7ce", ink=ink, width=4
    )
    d = pts([(-20, -56), (20, -56), (44, -30), (44, 86), (-44, 86), (-44, -30)])
    glass = path(d, "#dcebf0", ink=ink, width=4) + clip(d, box(-60, 6, 120, 100, "#a9d0dc"), box(16, -60, 40, 160, "#7fa4b4", opacity=0.35)) + path(d, ink=ink, width=4)  # fmt: skip
    label = box(-44, -6, 88, 56, "#fbf7ea", ink=ink, width=3.5) + path(pts([(-8, 4), (8, 4), (8, 14), (18, 14), (18, 28), (8, 28), (8, 38), (-8, 38), (-8, 28), (-18, 28), (-18, 14), (-8, 14)]), "#c9473f")  # fmt: skip
    return cap + glass + label + line([(-34, -26), (-34, -14)], "#ffffff", 5)


def spade(ink: str) -> str:
    """With earth on the blade."""
    shaft = _rod([(0, -74), (0, 24)], ink, "#a9743f", 10) + _rod([(-22, -88), (22, -88)], ink, "#8a5a34", 11) + _rod([(-14, -86), (0, -66)], ink, "#a9743f", 6) + _rod([(14, -86), (0, -66)], ink, "#a9743f", 6)  # fmt: skip
    blade = cel(curve([(-36, 16), (36, 16), (38, 58), (0, 98), (-38, 58)], tension=0.5), "#9aa0aa", "#747a85", pts([(6, 0), (60, 0), (60, 110), (6, 110)]), ink=ink, width=4)  # fmt: skip
    earth = path(
        curve([(-34, 62), (-10, 70), (8, 60), (34, 66), (16, 86), (0, 96), (-20, 82)], tension=0.7), "#6b4a30"
    )
    return (
        shaft
        + blade
        + earth
        + path(pts([(-9, 10), (9, 10), (7, 40), (-7, 40)]), "#868c97", ink=ink, width=3.5)
    )


def tie(ink: str) -> str:
    """A striped silk tie."""
    d = pts([(-16, -60), (16, -60), (34, 62), (0, 98), (-34, 62)])
    body = path(d, "#8e2f3c", ink=ink, width=4)
    stripes = clip(
        d, "".join(line([(-60, y), (60, y - 50)], "#d9b45a", 7, smooth=False) for y in range(-40, 160, 34))
    )
    return (
        body
        + stripes
        + path(d, ink=ink, width=4)
        + path(pts([(-24, -94), (24, -94), (15, -58), (-15, -58)]), "#a33a48", ink=ink, width=4)
    )


def doll(ink: str) -> str:
    """A rag doll with wool hair."""
    legs = "".join(_rod([(x, 50), (x * 1.1, 88)], ink, "#e8cfae", 13) + oval(x * 1.1 + (4 if x > 0 else -4), 92, 13, 8, "#4a3a40", ink=ink, width=3.5) for x in (-18, 18))  # fmt: skip
    arms = "".join(_rod([(x, -8), (x * 2.0, 22)], ink, "#e8cfae", 12) for x in (-28, 28))
    frock = path(curve([(-22, -18), (22, -18), (50, 60), (0, 68), (-50, 60)], tension=0.6), "#b5566a", ink=ink, width=4) + line([(-44, 52), (0, 58), (44, 52)], "#f2dfc8", 5)  # fmt: skip
    braids = "".join(_rod([(x, -56), (x * 1.22, -26), (x * 1.1, -2)], ink, "#c9803a", 11) + oval(x * 1.14, -6, 7, 6, "#5f94b4", ink=ink, width=3) for x in (-40, 40))  # fmt: skip
    head = oval(0, -54, 38, 36, "#f0d9ba", ink=ink, width=4)
    hair = path(
        curve([(-40, -54), (-34, -88), (0, -98), (34, -88), (40, -54), (20, -76), (-20, -76)], tension=0.8),
        "#c9803a",
        ink=ink,
        width=4,
    )
    face = "".join(oval(x, -52, 4.5, 5, "#2b2024") for x in (-14, 14)) + line([(-9, -36), (0, -32), (9, -36)], "#a8323f", 3.5) + "".join(oval(x, -42, 6, 4, "#e0a090") for x in (-24, 24))  # fmt: skip
    return legs + arms + frock + braids + head + hair + face


def pan(ink: str) -> str:
    """An iron pan that has seen fires."""
    handle = _rod([(40, -14), (94, -46)], ink, "#5a3d2c", 13)
    bowl = path(
        curve([(-88, -8), (52, -8), (42, 34), (10, 50), (-46, 50), (-78, 34)], tension=0.6),
        "#4a4d55",
        ink=ink,
        width=4,
    )
    return handle + bowl + oval(-18, -8, 71, 19, "#6d717b", ink=ink, width=4) + oval(-18, -5, 57, 13, "#3a3c44") + line([(-74, 16), (-62, 34)], "#7d828c", 5)  # fmt: skip


def tap(ink: str) -> str:
    """Dripping."""
    pipe = path(
        curve([(-94, -28), (10, -28), (44, -14), (54, 30), (22, 30), (14, 8), (-94, 6)], tension=0.4),
        "#b9bec6",
        ink=ink,
        width=4,
    )
    stem = box(-26, -60, 24, 34, "#9aa0aa", ink=ink, width=4) + _rod(
        [(-54, -70), (26, -70)], ink, "#c9473f", 13
    )
    drop = path(curve([(38, 48), (52, 74), (46, 90), (30, 90), (24, 74)]), "#6fb0cc", ink=ink, width=3.5)
    return (
        box(-98, -40, 14, 58, "#8f959f", ink=ink, width=4, r=3)
        + pipe
        + stem
        + drop
        + line([(-76, -16), (0, -16)], "#e6e9ee", 5)
    )


def petrol_can(ink: str) -> str:
    """A red jerrycan."""
    spout = _rod([(-34, -60), (-66, -88)], ink, "#4a4e58", 11)
    body = cel(pts([(-66, -48), (-44, -66), (62, -66), (66, -50), (66, 90), (-66, 90)]), "#b53a32", "#8d2b29", pts([(-80, 60), (80, 40), (80, 100), (-80, 100)]), ink=ink, width=4)  # fmt: skip
    handle = _rod([(-4, -68), (4, -90), (44, -90), (50, -68)], ink, "#8d2b29", 9, smooth=False)
    cross = line([(-44, -24), (44, 64)], "#8d2b29", 8) + line([(44, -24), (-44, 64)], "#8d2b29", 8)
    return spout + handle + body + cross + line([(-54, -40), (-54, 60)], "#df7468", 5)


def intercom(ink: str) -> str:
    """A panel with a handset, a grille and buttons."""
    body = box(-66, -92, 132, 184, "#e2ddd0", ink=ink, width=4, r=12) + path(pts([(-62, 64), (62, 54), (62, 86), (-62, 86)]), "#c4beb0")  # fmt: skip
    handset = box(-54, -78, 40, 150, "#4f545e", ink=ink, width=4, r=18) + box(
        -46, -40, 24, 74, "#696e79", r=10
    )
    grille = "".join(line([(6, y), (50, y)], "#5a564e", 5, smooth=False) for y in (-70, -57, -44, -31))
    buttons = "".join(oval(x, y, 9, 9, tone, ink=ink, width=3) for x, y, tone in ((14, 0, "#c9473f"), (42, 0, "#f4efe2"), (14, 28, "#f4efe2"), (42, 28, "#f4efe2"), (28, 58, "#6fae6a")))  # fmt: skip
    return body + handset + grille + buttons


def hen(ink: str) -> str:
    """A brown hen that has somewhere to go."""
    coat = "#b9713f"
    legs = "".join(_rod([(x, 50), (x, 84), (x - 14, 90)], ink, "#e0a63f", 4) for x in (-8, 22))
    d = curve(
        [
            (-50, -30),
            (-34, -6),
            (6, -2),
            (50, -28),
            (86, -58),
            (92, -16),
            (70, 36),
            (22, 62),
            (-30, 54),
            (-62, 18),
            (-66, -20),
        ]
    )
    body = cel(d, coat, dark(coat, 0.24), pts([(-90, 30), (100, 10), (100, 80), (-90, 80)]), ink=ink, width=4)
    comb = path(
        curve(
            [(-66, -72), (-62, -90), (-52, -80), (-44, -92), (-36, -78), (-30, -66), (-50, -62)], tension=0.6
        ),
        "#c23b33",
        ink=ink,
        width=4,
    )
    head = path(
        curve([(-66, -20), (-74, -52), (-56, -74), (-34, -66), (-30, -36), (-36, -8)]),
        pale(coat, 0.12),
        ink=ink,
        width=4,
    )
    beak = path(pts([(-72, -58), (-94, -48), (-72, -40)]), "#e0a63f", ink=ink, width=3.5) + path(curve([(-72, -40), (-66, -22), (-78, -20)]), "#c23b33", ink=ink, width=3)  # fmt: skip
    wing = path(curve([(-20, 6), (20, -6), (52, 4), (40, 34), (4, 38)]), dark(coat, 0.16), ink=ink, width=4)
    return (
        legs
        + comb
        + body
        + head
        + beak
        + wing
        + oval(-56, -52, 4.5, 5, "#201410")
        + oval(-57, -54, 1.5, 1.5, "#ffffff")
    )


def urn(ink: str) -> str:
    """For ashes, with a lid."""
    d = curve([(-28, -52), (28, -52), (54, -14), (46, 40), (22, 72), (-22, 72), (-46, 40), (-54, -14)])
    body = cel(d, "#5f7a86", "#47606b", pts([(14, -60), (70, -60), (70, 90), (24, 90)]), ink=ink, width=4)
    lid = path(curve([(-34, -52), (-24, -74), (24, -74), (34, -52)], tension=0.7), "#6d8a96", ink=ink, width=4) + oval(0, -82, 10, 9, "#d0a04a", ink=ink, width=4)  # fmt: skip
    band = line([(-52, -8), (0, 0), (52, -8)], "#d0a04a", 7) + line(
        [(-50, 20), (0, 28), (48, 20)], "#d0a04a", 4
    )
    return (
        body
        + lid
        + band
        + box(-30, 70, 60, 20, "#47606b", ink=ink, width=4, r=5)
        + line([(-36, -22), (-40, 4)], "#a9c0c8", 5)
    )


def cross(ink: str) -> str:
    """Of two boards."""
    wood = "#8d6340"
    return box(-14, -94, 28, 188, wood, ink=ink, width=4, r=3) + box(-60, -52, 120, 28, pale(wood, 0.08), ink=ink, width=4, r=3) + line([(-4, -10), (-4, 80)], dark(wood, 0.25), 3.5) + line([(-48, -38), (44, -38)], dark(wood, 0.25), 3.5)  # fmt: skip


def seagull(ink: str) -> str:
    """In flight."""
    far = path(
        curve([(-6, -8), (-22, -52), (-62, -84), (-40, -30), (-22, 2)], tension=0.8),
        "#b9c0c8",
        ink=ink,
        width=4,
    )
    body = path(
        curve(
            [(-76, 16), (-58, -2), (-20, -10), (40, 0), (86, 22), (40, 30), (-20, 36), (-58, 32)], tension=0.8
        ),
        "#f4f1ea",
        ink=ink,
        width=4,
    )
    near = path(curve([(-14, -2), (10, -56), (62, -88), (92, -82), (60, -40), (26, 10)], tension=0.8), "#ccd2d8", ink=ink, width=4) + path(curve([(62, -88), (92, -82), (72, -56), (56, -66)], tension=0.7), "#4a4e56")  # fmt: skip
    beak = path(pts([(-74, 12), (-96, 22), (-74, 26)]), "#e0a63f", ink=ink, width=3.5)
    return (
        far
        + body
        + near
        + beak
        + oval(-60, 12, 4, 4.4, "#201410")
        + line([(-30, 28), (30, 26)], "#d2cdc2", 5)
    )
