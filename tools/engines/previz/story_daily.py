"""Small things of every day: a glass of water, a thimble, chalk, a tote, a heap of washing."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, group, line, oval, path, pts, rod

STEEL, WOOD, BLACK = "#aeb4bd", "#a5713f", "#35353d"


def water_glass(ink: str) -> str:
    """Plain, three quarters full."""
    glass = path(pts([(-48, -84), (48, -84), (38, 84), (-38, 84)]), "#e4f1f5", ink=ink, width=5)
    water = path(pts([(-43, -40), (43, -40), (35, 77), (-35, 77)]), "#8fc6da")
    top = oval(0, -40, 43, 9, "#b7dfea", ink="#6aa4b8", width=3)
    rim = oval(0, -84, 48, 10, "#f4fafc", ink=ink, width=4.5)
    shine = line([(-28, -66), (-22, 50)], "#ffffff", 8) + line([(30, -20), (26, 40)], "#d8eef5", 5)
    return glass + water + top + rim + shine


def thimble(ink: str) -> str:
    """Of silver, dimpled all over."""
    body = cel("M-44 70Q-40 -60 -22 -76Q0 -90 22 -76Q40 -60 44 70Z", "#c9ced6", "#9aa1ac", pts([(10, -100), (80, -100), (80, 90), (18, 90)]), ink=ink, width=5)  # fmt: skip
    dots = "".join(
        oval(x + (7 if i % 2 else 0), y, 3.5, 3.5, "#7d848f")
        for i, y in enumerate(range(-58, 36, 15))
        for x in range(-26 - i, 24 + i, 14)
    )
    band = box(-50, 58, 100, 22, "#dfe3e8", ink=ink, width=5, r=6) + line([(-40, 69), (40, 69)], "#b58f3e", 5)
    return body + dots + band + line([(-26, -50), (-30, 40)], "#f4f6f8", 6)


def sash(ink: str) -> str:
    """Of silk, worn over a shoulder, with a rosette and a fringe."""
    back = path(pts([(36, -92), (64, -80), (-10, 62), (-44, 50)]), dark("#b8393f", 0.35), ink=ink, width=5)
    front = cel(pts([(-58, -84), (-26, -96), (66, 46), (34, 70)]), "#b8393f", "#8f2a32", pts([(10, -30), (80, 40), (50, 90), (0, 10)]), ink=ink, width=5)  # fmt: skip
    stripe = line([(-42, -89), (50, 57)], "#f2d675", 9, smooth=False)
    tail = path(pts([(30, 56), (70, 44), (82, 88), (42, 96)]), "#b8393f", ink=ink, width=5) + "".join(
        line([(48 + i * 9, 92 - i * 2), (50 + i * 9, 104 - i * 2)], "#e0b04a", 4) for i in range(4)
    )
    knot = oval(44, 50, 24, 22, "#e0b04a", ink=ink, width=5) + oval(44, 50, 12, 11, "#f7e6a8", ink=ink, width=3.5)  # fmt: skip
    return back + front + stripe + tail + knot


def chalk(ink: str) -> str:
    """Two white sticks and a blue one."""

    def stick(x: float, y: float, turn: float, tone: str) -> str:
        body = box(-52, -11, 104, 22, tone, ink=ink, width=4.5, r=4)
        return group(body + oval(52, 0, 6, 11, dark(tone, 0.12), ink=ink, width=4), transform=f"translate({x} {y}) rotate({turn})")  # fmt: skip

    dust = oval(0, 56, 84, 12, "#efeae0", opacity=0.6)
    return dust + stick(-18, -34, -24, "#8fb4d0") + stick(14, 10, 12, "#f7f4ec") + stick(-12, 44, -8, "#f2eee2")  # fmt: skip


def paper_letters(ink: str) -> str:
    """Cut out of coloured paper: an A, a B and a C."""

    def sheet(x: float, y: float, turn: float, tone: str, glyph: str) -> str:
        card = box(-36, -44, 72, 88, tone, ink=ink, width=4.5, r=3)
        return group(card + glyph, transform=f"translate({x} {y}) rotate({turn})")

    a = line([(-20, 30), (0, -30), (20, 30)], ink, 9, smooth=False) + line([(-13, 10), (13, 10)], ink, 8)
    b = path("M-16 -30V30H2Q20 28 18 14Q16 0 0 0H-16H0Q16 -2 14 -16Q12 -30 -2 -30Z", ink=ink, width=8)
    c = line([(18, -22), (0, -31), (-18, -10), (-18, 12), (0, 31), (18, 22)], ink, 9)
    return (
        sheet(-54, -12, -10, "#e8b64c", a) + sheet(50, -26, 9, "#8fb98a", b) + sheet(2, 44, -3, "#d98a7a", c)
    )


def tote(ink: str) -> str:
    """A cloth bag with two handles, something in it."""
    far = line([(-34, -34), (-26, -84), (26, -84), (34, -34)], ink, 13) + line(
        [(-34, -34), (-26, -84), (26, -84), (34, -34)], "#a8916a", 6
    )
    body = cel(curve([(-66, -36), (66, -36), (76, 30), (70, 84), (0, 90), (-70, 84), (-76, 30)], tension=0.6), "#d8c39a", "#b59d72", pts([(20, -50), (100, -50), (100, 100), (34, 100)]), ink=ink, width=5)  # fmt: skip
    hem = line([(-66, -22), (0, -18), (66, -22)], "#a8916a", 5)
    folds = line([(-40, 0), (-44, 50)], "#b59d72", 4) + line([(38, 30), (44, 74)], "#9c855c", 4)
    near = line([(-40, -30), (-34, -70), (20, -72), (30, -30)], ink, 14) + line(
        [(-40, -30), (-34, -70), (20, -72), (30, -30)], "#c4ac80", 7
    )
    return far + body + hem + folds + near


def clothes_heap(ink: str) -> str:
    """Folded clothes in a pile, a shirt on top and a sock hanging out."""
    layers = ""
    for i, (tone, wide) in enumerate((("#5f7a94", 86), ("#c2564a", 80), ("#e0b75a", 84), ("#6d8f6a", 78))):
        y = 66 - i * 24
        shape = f"M{-wide} {y}H{wide - 12}Q{wide + 6} {y} {wide + 6} {y + 12}Q{wide + 6} {y + 24} {wide - 12} {y + 24}H{-wide}Z"
        layers += cel(
            shape,
            tone,
            dark(tone, 0.2),
            pts([(20, y - 4), (110, y - 4), (110, y + 30), (34, y + 30)]),
            ink=ink,
            width=4.5,
        )
        layers += line([(-wide + 4, y + 12), (wide - 10, y + 12)], dark(tone, 0.32), 4, smooth=False)
    shirt = path(
        pts([(-70, -6), (70, -6), (60, -38), (24, -50), (-24, -50), (-60, -38)]), "#f3eee2", ink=ink, width=5
    )
    collar = path(
        pts([(-24, -50), (0, -28), (24, -50), (14, -60), (-14, -60)]), "#e0d8c6", ink=ink, width=4.5
    )
    seam = line([(0, -28), (0, -8)], ink, 4) + oval(6, -18, 3, 3, "#8d929c")
    sock = path("M-66 44H-44V68Q-40 78 -24 78V92H-54Q-66 92 -66 80Z", "#efe2c8", ink=ink, width=4.5) + line(
        [(-64, 52), (-46, 52)], "#c2564a", 5
    )
    return layers + shirt + collar + seam + sock


def basin(ink: str) -> str:
    """Wide and shallow, of enamel."""
    body = cel("M-94 -20Q-84 46 -46 60H46Q84 46 94 -20Z", "#e9ece8", "#c4cac6", pts([(20, -30), (110, -30), (110, 80), (10, 80)]), ink=ink, width=5)  # fmt: skip
    rim = oval(0, -20, 96, 26, "#3f6f9a", ink=ink, width=5) + oval(0, -18, 82, 19, "#d5dbd8", ink=ink, width=3.5)  # fmt: skip
    return (
        body + rim + oval(0, -12, 62, 11, "#a9cfdc") + line([(-60, 10), (-48, 36), (-32, 48)], "#ffffff", 7)
    )


def hair_dryer(ink: str) -> str:
    """By hand, its cable curling."""
    cord = line([(4, 78), (10, 96), (40, 92), (60, 72), (88, 86)], ink, 7)
    grip = cel(pts([(-14, 6), (26, 6), (22, 84), (-12, 84)]), "#7a3f56", "#5d2e42", pts([(8, 0), (40, 0), (40, 90), (6, 90)]), ink=ink, width=5)  # fmt: skip
    body = cel(curve([(-34, -58), (8, -70), (52, -50), (60, -18), (44, 14), (0, 22), (-34, 6)]), "#b0586f", "#8a4258", pts([(10, -20), (90, -40), (90, 40), (-10, 40)]), ink=ink, width=5)  # fmt: skip
    nozzle = path(pts([(-30, -50), (-30, 2), (-88, -4), (-88, -44)]), BLACK, ink=ink, width=5)
    vents = "".join(line([(x, -44), (x + 4, -6)], BLACK, 5) for x in (30, 40, 49))
    air = "".join(line([(-96, y), (-100, y)], "#ffffff", 4) for y in (-36, -24, -12))
    return cord + grip + body + nozzle + vents + air + box(-4, 30, 14, 20, "#f0d9a8", ink=ink, width=3.5, r=4)


def cream(ink: str) -> str:
    """Whipped, in a bowl, with a whisk in it."""
    whisk = rod([(34, -30), (74, -92)], ink, WOOD, 9, smooth=False) + "".join(
        path(curve([(34, -30), (20 + a, -16), (4, 18), (12 + a * 2, -6)], False), ink=STEEL, width=4)
        for a in (-8, 2, 12)
    )
    peaks = path(curve([(-72, 8), (-58, -20), (-38, -14), (-22, -46), (0, -24), (18, -40), (34, -10), (60, -16), (72, 8)]), "#fdf8ee", ink=ink, width=4.5)  # fmt: skip
    swirl = line([(-34, -4), (-18, -24), (2, -6)], "#e0d4c0", 4) + line([(14, -10), (30, -18), (46, 0)], "#e0d4c0", 4)  # fmt: skip
    body = cel("M-84 4Q-78 60 -38 76H38Q78 60 84 4Z", "#7fa3b5", "#5f8093", pts([(20, 0), (100, 0), (100, 90), (10, 90)]), ink=ink, width=5)  # fmt: skip
    return whisk + peaks + swirl + body + line([(-62, 24), (-48, 50)], "#d5e5ec", 7)


def vegetables(ink: str) -> str:
    """A basket of carrots, a cabbage, tomatoes and leeks."""
    leeks = "".join(rod([(x, 0), (x - 18, -84)], ink, "#6d9a54", 11) for x in (-44, -28)) + "".join(
        rod([(x, 0), (x + 12, -70)], ink, "#86b06a", 9) for x in (-36,)
    )
    cabbage = oval(4, -22, 38, 34, "#8fb873", ink=ink, width=5) + line([(4, -52), (0, -20), (10, 8)], "#5f8a4a", 4) + line([(-24, -30), (0, -20)], "#5f8a4a", 4) + line([(32, -34), (4, -16)], "#5f8a4a", 4)  # fmt: skip
    tomatoes = "".join(oval(x, y, 20, 18, "#cf4a3c", ink=ink, width=4.5) + line([(x - 6, y - 16), (x + 6, y - 18)], "#5f8a4a", 5) for x, y in ((54, -8), (70, 12)))  # fmt: skip
    carrots = "".join(
        path(pts([(x, 6), (x + 20, 0), (x - 8, 46)]), "#e08a3c", ink=ink, width=4) for x in (-70, -48)
    )
    body = cel(pts([(-90, 14), (90, 14), (72, 86), (-72, 86)]), "#b9884f", "#936836", pts([(20, 0), (110, 0), (100, 100), (30, 100)]), ink=ink, width=5)  # fmt: skip
    weave = "".join(line([(-84 + y * 0.2, y), (84 - y * 0.2, y)], "#7d5a30", 4) for y in (34, 54, 72))
    weave += "".join(line([(x, 18), (x * 0.86, 84)], "#7d5a30", 3.5) for x in range(-68, 80, 22))
    return leeks + cabbage + tomatoes + carrots + body + weave


def radish(ink: str) -> str:
    """Red, with its leaves and its thin root."""
    leaves = "".join(
        path(curve([(0, -18), (x * 0.5 - 14, -58), (x, -96), (x * 0.5 + 16, -56)]), tone, ink=ink, width=4.5)
        + line([(0, -20), (x * 0.9, -84)], "#4a7a3c", 4)
        for x, tone in ((-46, "#6d9a54"), (44, "#7fac62"), (2, "#86b56a"))
    )
    root = line([(0, 58), (6, 80), (-6, 98)], ink, 9) + line([(0, 58), (6, 80), (-6, 96)], "#f0dfe0", 4)
    body = cel(curve([(-44, 4), (-24, -26), (24, -26), (44, 4), (34, 44), (0, 66), (-34, 44)]), "#c73f5c", "#9a2e46", pts([(10, -40), (80, -40), (80, 80), (14, 80)]), ink=ink, width=5)  # fmt: skip
    return leaves + root + body + line([(-26, -6), (-22, 26)], "#f2b3bf", 8)


def chess_queen(ink: str) -> str:
    """White, with her crown."""
    tone = "#efe6d2"
    base = box(-48, 70, 96, 22, tone, ink=ink, width=5, r=6) + box(-38, 54, 76, 18, dark(tone, 0.08), ink=ink, width=4.5, r=5)  # fmt: skip
    body = cel("M-32 54Q-14 10 -18 -34H18Q14 10 32 54Z", tone, dark(tone, 0.16), pts([(4, -50), (60, -50), (60, 70), (10, 70)]), ink=ink, width=5)  # fmt: skip
    collar = box(-28, -42, 56, 12, dark(tone, 0.06), ink=ink, width=4.5, r=5)
    crown = path(pts([(-26, -42), (-36, -78), (-16, -62), (0, -84), (16, -62), (36, -78), (26, -42)]), tone, ink=ink, width=5)  # fmt: skip
    beads = "".join(oval(x, y, 6, 6, tone, ink=ink, width=3.5) for x, y in ((-36, -80), (0, -88), (36, -80)))
    return base + body + crown + collar + beads


def button(ink: str) -> str:
    """Round, with four holes and a thread."""
    rim = oval(0, 0, 74, 74, "#3f6b8c", ink=ink, width=5) + oval(0, 0, 56, 56, "#5588aa", ink=dark("#3f6b8c", 0.3), width=5)  # fmt: skip
    holes = "".join(oval(x, y, 10, 10, "#24384a", ink=ink, width=3.5) for x in (-17, 17) for y in (-17, 17))
    thread = line([(-17, -17), (17, 17)], "#f0e6d0", 6) + line([(17, 17), (54, 62), (40, 92)], "#f0e6d0", 5)
    return rim + holes + thread + line([(-46, -28), (-28, -46)], "#b8d4e4", 6)


def sweater(ink: str) -> str:
    """Knitted, with a band across the chest."""
    wool = "#a8564a"
    shape = pts([(-28, -74), (28, -74), (58, -58), (96, 30), (68, 44), (48, 2), (48, 84), (-48, 84), (-48, 2), (-68, 44), (-96, 30), (-58, -58)])  # fmt: skip
    body = cel(shape, wool, dark(wool, 0.22), pts([(16, -90), (110, -90), (110, 100), (24, 100)]), ink=ink, width=5)  # fmt: skip
    band = box(-47, -18, 94, 24, "#efe2c8") + "".join(line([(x, -2), (x + 7, -14), (x + 14, -2)], wool, 4, smooth=False) for x in range(-44, 40, 15))  # fmt: skip
    hem = box(-48, 70, 96, 15, dark(wool, 0.12), ink=ink, width=4) + "".join(line([(x, 72), (x, 83)], dark(wool, 0.4), 3) for x in range(-40, 44, 10))  # fmt: skip
    cuffs = line([(-90, 28), (-72, 38)], dark(wool, 0.35), 9) + line(
        [(90, 28), (72, 38)], dark(wool, 0.35), 9
    )
    neck = oval(0, -72, 30, 12, dark(wool, 0.35), ink=ink, width=5)
    return body + band + hem + cuffs + neck


def skirt(ink: str) -> str:
    """Pleated, with a waistband."""
    tone = "#4f6f8f"
    body = cel("M-38 -66H38L86 70Q44 88 0 84Q-44 88 -86 70Z", tone, dark(tone, 0.22), pts([(12, -80), (110, -80), (110, 100), (30, 100)]), ink=ink, width=5)  # fmt: skip
    pleats = "".join(line([(x * 0.42, -60), (x, 78)], dark(tone, 0.35), 4) for x in (-58, -30, 0, 30, 58))
    return body + pleats + box(-42, -82, 84, 20, dark(tone, 0.15), ink=ink, width=5, r=4) + oval(26, -72, 5, 5, "#e0b04a", ink=ink, width=3)  # fmt: skip


def bow_tie(ink: str) -> str:
    """Tied, of dark silk."""
    tone = "#2f3346"
    wings = "".join(
        path(
            curve(
                [(s * 12, -14), (s * 66, -46), (s * 92, -34), (s * 92, 34), (s * 66, 46), (s * 12, 14)],
                tension=0.6,
            ),
            tone,
            ink=ink,
            width=5,
        )
        + line([(s * 24, -8), (s * 60, -22)], pale(tone, 0.35), 4)
        + line([(s * 24, 8), (s * 58, 20)], pale(tone, 0.2), 4)
        for s in (-1, 1)
    )
    return wings + box(-19, -24, 38, 48, pale(tone, 0.12), ink=ink, width=5, r=9)


def peaked_cap(ink: str) -> str:
    """Of a uniform, with a badge and a shining peak."""
    tone = "#2f4460"
    crown = cel(curve([(-90, -6), (-78, -46), (-30, -62), (30, -62), (78, -46), (90, -6), (50, 16), (-50, 16)], tension=0.7), tone, dark(tone, 0.25), pts([(20, -80), (110, -80), (110, 40), (30, 40)]), ink=ink, width=5)  # fmt: skip
    band = path(curve([(-64, 6), (0, 18), (64, 6), (62, 36), (0, 48), (-62, 36)], tension=0.7), "#1f2c40", ink=ink, width=5)  # fmt: skip
    peak = path(curve([(-62, 36), (0, 46), (62, 36), (44, 70), (0, 80), (-44, 70)], tension=0.8), "#16191f", ink=ink, width=5)  # fmt: skip
    cord = line([(-58, 32), (0, 43), (58, 32)], "#d9b45a", 6)
    badge = oval(0, -18, 19, 20, "#e0b04a", ink=ink, width=4.5) + "".join(
        line([(0, -18), (cos(i * pi / 3) * 12, -18 + sin(i * pi / 3) * 12)], "#8a6420", 4) for i in range(6)
    )
    return crown + band + peak + cord + badge + line([(-28, 62), (0, 68), (20, 64)], "#5a6270", 5)


def cotton_wool(ink: str) -> str:
    """A roll of it, with two balls."""
    roll = path(curve([(-88, 34), (-84, -30), (-40, -52), (20, -48), (56, -20), (58, 36), (10, 56), (-50, 56)]), "#f7f4ee", ink=ink, width=5)  # fmt: skip
    paper = path(
        curve([(-40, -52), (20, -48), (16, 55), (-50, 56)], tension=0.5), "#5f86b5", ink=ink, width=4.5
    )
    end = oval(44, 6, 22, 36, "#fffdf8", ink=ink, width=4.5) + line([(44, -14), (54, 4), (44, 22), (36, 8), (44, 2)], "#d8d2c6", 4)  # fmt: skip
    balls = "".join(oval(x, y, 20, 18, "#fdfbf6", ink=ink, width=4.5) + line([(x - 8, y - 4), (x, y - 9), (x + 7, y - 3)], "#d8d2c6", 3.5) for x, y in ((66, 66), (30, 74)))  # fmt: skip
    return roll + paper + end + balls + line([(-30, -10), (4, -12)], "#f0ead8", 7) + line([(-30, 8), (0, 6)], "#f0ead8", 7)  # fmt: skip
