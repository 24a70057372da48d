"""Animals, boats and what lies about out of doors, where no icon shows it as a story needs it."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, clip, curve, line, oval, path, pts, rod


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
    spokes = "".join(rod([(0, -50), (cos(a) * 40, -50 + sin(a) * 40)], ink, "#b0453a", 6) for a in (k * pi / 3 + 0.3 for k in range(6)))  # fmt: skip
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


def steering_wheel(ink: str) -> str:
    """Of a car, with its column."""
    column = box(-12, 0, 24, 96, "#4a4e58", ink=ink, width=4, r=5)
    rim = oval(0, -6, 78, 78, "none", ink=ink, width=27) + oval(
        0, -6, 78, 78, "none", ink="#4b3a34", width=19
    )
    spokes = "".join(
        rod([(0, -2), p], ink, "#8d9098", 13, smooth=False) for p in ((-70, -6), (70, -6), (0, 66))
    )
    hub = oval(0, -4, 25, 23, "#a9adb5", ink=ink, width=4) + oval(0, -4, 11, 10, "#c9473f", ink=ink, width=3)
    return column + spokes + rim + hub + line([(-62, -52), (-36, -76), (0, -84)], "#7d675c", 5)


def rope(ink: str) -> str:
    """A coil with a loose end."""
    tone, twist = "#c9a46a", "#8a6a3a"
    drawn = rod([(30, 52), (70, 70), (92, 58)], ink, tone, 13)
    for y, rx in ((46, 76), (28, 74), (10, 72), (-8, 70)):
        drawn += oval(0, y, rx, 30, tone, ink=ink, width=4)
        drawn += "".join(line([(x, y + 26 - abs(x) * 0.16), (x + 9, y + 16 - abs(x) * 0.16)], twist, 3) for x in range(-56, 60, 16))  # fmt: skip
    hole = oval(0, -12, 44, 15, "#5a452c", ink=ink, width=4)
    tie = rod([(-52, -32), (-60, 8), (-54, 64)], ink, dark(tone, 0.12), 11)
    return drawn + hole + tie


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
    tie = rod([(-25, -56), (0, -50), (25, -56)], ink, "#8e5a3a", 7)
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
    hoops = "".join(rod([(-66, y), (0, y + 8), (66, y)], ink, "#6a6e76", 10) for y in (-44, 44))
    top = oval(0, -84, 52, 11, "#c08a52", ink=ink, width=4)
    return body + staves + hoops + top + oval(0, 2, 9, 9, "#5a3a20", ink=ink, width=3.5)


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
    oars = rod([(-6, -6), (-70, -58)], ink, "#c79a62", 6) + path(pts([(-62, -58), (-92, -82), (-98, -70), (-74, -50)]), "#c79a62", ink=ink, width=3.5) + rod([(10, -6), (60, 66)], ink, "#c79a62", 6)  # fmt: skip
    water = path(
        curve(
            [(-98, 56), (-60, 48), (-20, 58), (20, 48), (60, 58), (98, 50), (90, 78), (-90, 78)], tension=0.6
        ),
        "#6aa0b4",
        ink=ink,
        width=3.5,
    )
    return oars + inner + thwarts + hull + band + water


def dachshund(ink: str) -> str:
    """Long, low and sure of itself."""
    coat, tan = "#8a5233", "#b97a48"
    tail = rod([(78, -6), (94, -28), (96, -46)], ink, coat, 7)
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
    collar = rod([(-42, 2), (-56, 14)], ink, "#c23b33", 7)
    return tail + legs + body + head + muzzle + ear + eye + oval(-98, -22, 6, 5, "#201410") + collar


def cuica(ink: str) -> str:
    """A Brazilian friction drum: skin above, the bamboo stick within."""
    stick = rod([(10, 30), (30, 96)], ink, "#c9a45a", 6)
    shell = cel(pts([(-62, -52), (62, -52), (48, 74), (-48, 74)]), "#b9bec6", "#8f959f", pts([(20, -60), (80, -60), (80, 80), (30, 80)]), ink=ink, width=4)  # fmt: skip
    band = path(pts([(-59, -28), (59, -28), (57, -8), (-57, -8)]), "#3f8f5a", ink=ink, width=3.5) + path(pts([(-57, -8), (57, -8), (55, 10), (-55, 10)]), "#e0b83f", ink=ink, width=3.5)  # fmt: skip
    rods = "".join(line([(x, -46), (x * 0.82, 68)], ink, 3.5) + oval(x, -44, 6, 5, "#e6e9ee", ink=ink, width=2.5) for x in (-46, -16, 16, 46))  # fmt: skip
    skin = (
        oval(0, -56, 66, 19, "#f3e6c8", ink=ink, width=4)
        + oval(0, -57, 54, 13, "#fbf3dd")
        + oval(0, -57, 5, 3, "#8a7348")
    )
    return stick + shell + band + rods + skin


def spade(ink: str) -> str:
    """With earth on the blade."""
    shaft = rod([(0, -74), (0, 24)], ink, "#a9743f", 10) + rod([(-22, -88), (22, -88)], ink, "#8a5a34", 11) + rod([(-14, -86), (0, -66)], ink, "#a9743f", 6) + rod([(14, -86), (0, -66)], ink, "#a9743f", 6)  # fmt: skip
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


def tap(ink: str) -> str:
    """Dripping."""
    pipe = path(
        curve([(-94, -28), (10, -28), (44, -14), (54, 30), (22, 30), (14, 8), (-94, 6)], tension=0.4),
        "#b9bec6",
        ink=ink,
        width=4,
    )
    stem = box(-26, -60, 24, 34, "#9aa0aa", ink=ink, width=4) + rod(
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
    spout = rod([(-34, -60), (-66, -88)], ink, "#4a4e58", 11)
    body = cel(pts([(-66, -48), (-44, -66), (62, -66), (66, -50), (66, 90), (-66, 90)]), "#b53a32", "#8d2b29", pts([(-80, 60), (80, 40), (80, 100), (-80, 100)]), ink=ink, width=4)  # fmt: skip
    handle = rod([(-4, -68), (4, -90), (44, -90), (50, -68)], ink, "#8d2b29", 9, smooth=False)
    cross = line([(-44, -24), (44, 64)], "#8d2b29", 8) + line([(44, -24), (-44, 64)], "#8d2b29", 8)
    return spout + handle + body + cross + line([(-54, -40), (-54, 60)], "#df7468", 5)


def hen(ink: str) -> str:
    """A brown hen that has somewhere to go."""
    coat = "#b9713f"
    legs = "".join(rod([(x, 50), (x, 84), (x - 14, 90)], ink, "#e0a63f", 4) for x in (-8, 22))
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
