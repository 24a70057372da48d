"""Things people use: tools, food, clothes."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, clip, curve, glow, group, line, oval, path, pts


def pregnancy_test(ink: str) -> str:
    """A stick with two lines."""
    body = box(-96, -24, 192, 48, "#f6f4f0", ink=ink, width=4, r=22)
    grip = path(curve([(20, -24), (92, -22), (94, 22), (20, 24)], tension=0.5), "#e58aa8") + box(
        -96, -24, 192, 48, "none", ink=ink, width=4, r=22
    )
    window = (
        box(-62, -13, 62, 26, "#ffffff", ink=ink, width=3, r=10)
        + box(-44, -9, 6, 18, "#d8446f")
        + box(-24, -9, 6, 18, "#d8446f")
    )
    return group(body + grip + window + line([(-80, -16), (-72, -18)], "#ffffff", 4), transform="rotate(-16)")


def medicine(ink: str) -> str:
    """A bottle of pills, some of them spilled."""
    jar = box(-44, -50, 88, 118, "#e08a3c", ink=ink, width=4, r=12) + box(-38, -44, 16, 104, "#f2b272", r=8)
    label = (
        box(-44, -14, 88, 58, "#fbf6ea", ink=ink, width=3)
        + box(-34, -2, 50, 8, "#3f7f8c", r=3)
        + box(-34, 14, 66, 5, "#b9b2a4")
        + box(-34, 26, 54, 5, "#b9b2a4")
    )
    cap = box(-50, -84, 100, 36, "#f4f1ea", ink=ink, width=4, r=7) + "".join(
        line([(x, -78), (x, -54)], "#c9c4b8", 3) for x in range(-38, 44, 12)
    )
    pills = "".join(
        group(
            box(-16, -8, 32, 16, "#f6f2ea", ink=ink, width=3, r=8)
            + path("M0 -8H8a8 8 0 0 1 0 16H0Z", "#d8504a"),
            transform=f"translate({x} {y}) rotate({a})",
        )
        for x, y, a in ((70, 74, 20), (-74, 80, -30), (92, 40, 70))
    )
    return jar + label + cap + pills


def cake(ink: str) -> str:
    """Two tiers, icing that runs, candles."""
    plate = oval(0, 78, 98, 18, "#f1e8da", ink=ink, width=4)
    low = box(-76, 12, 152, 62, "#e9b7a0", ink=ink, width=4, r=8)
    icing = path(
        "M-76 22V8Q-76 -4 -62 -4H62Q76 -4 76 8V22q-12 22 -25 0q-13 18 -25 0q-13 26 -26 0q-13 18 -25 0q-13 22 -26 0q-12 14 -25 0Z",
        "#fdf4ea",
        ink=ink,
        width=4,
    )
    top = box(-46, -46, 92, 44, "#e9b7a0", ink=ink, width=4, r=8) + path(
        "M-46 -34V-44Q-46 -54 -34 -54H34Q46 -54 46 -44V-34q-11 18 -23 0q-12 16 -23 0q-12 20 -23 0q-12 12 -23 0Z",
        "#fdf4ea",
        ink=ink,
        width=4,
    )
    candles = "".join(
        box(x - 4, -82, 8, 30, c, ink=ink, width=2.5)
        + glow(x, -92, 26, 26, "#ffd070", 0.7)
        + path(curve([(x - 5, -84), (x, -102), (x + 5, -84)]), "#ffd45e", ink=ink, width=2)
        for x, c in ((-26, "#5f9ac0"), (0, "#e0647a"), (26, "#7fae5a"))
    )
    berries = "".join(
        oval(x, 4 + abs(x) * 0.02, 9, 9, "#d0343f", ink=ink, width=3) for x in (-62, -30, 30, 62)
    )
    return plate + low + icing + berries + candles + top


def laptop(ink: str) -> str:
    """Open, an e-mail on its screen."""
    lid = path(pts([(-84, -86), (84, -86), (88, 26), (-88, 26)]), "#3c3f49", ink=ink, width=4)
    screen = path(pts([(-75, -77), (75, -77), (79, 17), (-79, 17)]), "#e3f1f7") + box(
        -76, -77, 152, 14, "#4f7fa0"
    )
    mail = box(-66, -54, 42, 62, "#c9dfe9", r=3) + "".join(
        box(-16, y, 84 - y % 3 * 14, 6, "#9ab4c2", r=2) for y in range(-52, 6, 12)
    )
    base = path(pts([(-88, 26), (88, 26), (98, 74), (-98, 74)]), "#c4c8ce", ink=ink, width=4) + path(
        pts([(-78, 33), (78, 33), (84, 54), (-84, 54)]), "#53565f"
    )
    keys = "".join(line([(-78 - k, 37 + k * 6), (78 + k, 37 + k * 6)], "#7b7f88", 2) for k in range(3)) + box(
        -24, 59, 48, 11, "#aeb3ba", r=3
    )
    return glow(0, -30, 150, 110, "#bfe4ff", 0.4) + lid + screen + mail + base + keys


def candle(ink: str) -> str:
    """In a holder with a ring, burning."""
    dish = (
        oval(0, 70, 70, 18, "#c9963a", ink=ink, width=4)
        + oval(0, 64, 50, 11, "#e2b65a")
        + path("M62 62q34 -14 34 10q0 22 -32 12", ink=ink, width=14)
        + path("M62 62q34 -14 34 10q0 22 -32 12", ink="#c9963a", width=7)
    )
    wax = box(-21, -34, 42, 100, "#f6ead0", ink=ink, width=4, r=6) + path(
        "M-21 -20q8 26 12 2q6 40 14 0q6 18 16 -4V-34H-21Z", "#fffaf0"
    )
    flame = (
        glow(0, -62, 120, 110, "#ffc45e", 0.85)
        + path(
            curve([(-14, -48), (-8, -76), (0, -98), (9, -74), (14, -48), (0, -40)]),
            "#ffb93f",
            ink=ink,
            width=3,
        )
        + path(curve([(-6, -48), (0, -74), (6, -48), (0, -44)]), "#fff0b8")
    )
    return dish + wax + line([(0, -36), (0, -46)], ink, 4) + flame


def guitar(ink: str) -> str:
    """Lying, its neck to the upper right."""
    body = curve(
        [
            (-58, 0),
            (-48, -40),
            (-14, -44),
            (4, -26),
            (34, -34),
            (44, 0),
            (34, 34),
            (4, 26),
            (-14, 44),
            (-48, 40),
        ],
        tension=0.95,
    )
    wood = cel(body, "#c9803f", "#a05f2b", pts([(-80, 12), (60, 8), (60, 60), (-80, 60)]), ink=ink, width=4)
    hole = (
        oval(-2, 0, 15, 15, "#3a2418", ink=ink, width=3)
        + oval(-2, 0, 21, 21, "none", ink="#f0cf94", width=3)
        + box(-44, -15, 11, 30, "#4a2c1c", ink=ink, width=2.5, r=3)
    )
    neck = (
        box(36, -8, 84, 16, "#5c3622", ink=ink, width=3.5)
        + box(114, -13, 32, 26, "#4a2a1a", ink=ink, width=3.5, r=5)
        + "".join(line([(x, -7), (x, 7)], "#d8c49a", 2.5) for x in range(48, 114, 12))
    )
    strings = "".join(
        line([(-40, y), (132, y * 0.7)], "#f4ead2", 1.5, smooth=False) for y in (-6, -2, 2, 6)
    ) + "".join(oval(x, y, 5, 4, "#d9d4c8", ink=ink, width=2) for x in (122, 136) for y in (-17, 17))
    return group(wood + neck + hole + strings, transform="translate(-24 26) rotate(-34)")


def bread(ink: str) -> str:
    """A loaf on a board, with two slices cut."""
    board = box(-98, 34, 190, 34, "#8f6238", ink=ink, width=4, r=12) + oval(80, 51, 6, 6, "#5c3c20")
    loaf = cel(
        curve([(-58, 40), (-64, -4), (-30, -46), (40, -48), (84, -12), (84, 40)], tension=0.8),
        "#c98a45",
        "#a3662c",
        pts([(-90, 14), (100, 12), (100, 60), (-90, 60)]),
        ink=ink,
        width=4,
    )
    cuts = "".join(
        line([(x, -38 + abs(x) * 0.12), (x + 16, -16), (x + 18, 4)], "#f0cf94", 7) for x in (-22, 12, 44)
    )
    slices = "".join(
        path(
            curve(
                [(x - 20, 42), (x - 24, 4), (x - 12, -24), (x + 10, -24), (x + 18, 4), (x + 14, 42)],
                tension=0.7,
            ),
            "#f2dcae",
            ink=ink,
            width=4,
        )
        for x in (-58, -78)
    )
    return board + loaf + cuts + slices + "".join(oval(x, 30, 3, 2, "#d9a860") for x in (-30, -10, 96))


def camera(ink: str) -> str:
    """An old camera with a strap."""
    strap = path(
        curve([(-84, -20), (-100, -80), (0, -98), (100, -80), (84, -20)], False), ink=ink, width=13
    ) + path(curve([(-84, -20), (-100, -80), (0, -98), (100, -80), (84, -20)], False), ink="#7a4b2c", width=7)
    body = box(-88, -38, 176, 104, "#2c2b33", ink=ink, width=4, r=10) + box(
        -88, -38, 176, 30, "#c4c6ca", ink=ink, width=4, r=8
    )
    top = (
        path(pts([(-34, -38), (-24, -62), (24, -62), (34, -38)]), "#c4c6ca", ink=ink, width=4)
        + box(-72, -52, 28, 16, "#9a9ca2", ink=ink, width=3, r=4)
        + oval(62, -46, 15, 8, "#9a9ca2", ink=ink, width=3)
    )
    lens = (
        oval(0, 16, 46, 46, "#4a4a54", ink=ink, width=4)
        + oval(0, 16, 33, 33, "#23232b", ink=ink, width=3)
        + oval(0, 16, 20, 20, "#3f6f9a")
        + oval(-8, 8, 8, 8, "#cfe6f6")
    )
    return (
        strap
        + body
        + top
        + lens
        + box(54, -28, 22, 13, "#e9e2c8", ink=ink, width=2.5)
        + oval(-66, -22, 7, 7, "#d8503f", ink=ink, width=2.5)
    )


def bracelet(ink: str) -> str:
    """A hospital band with a printed name."""
    d = curve([(-88, 6), (-60, -44), (0, -58), (60, -44), (88, 6), (60, 50), (0, 62), (-60, 50)], tension=1.0)
    inner = curve(
        [(-66, 4), (-44, -30), (0, -38), (44, -30), (66, 4), (44, 30), (0, 38), (-44, 30)], tension=1.0
    )
    band = path(d, "#e8f1f4", ink=ink, width=4) + path(inner, "#b9cfd6", ink=ink, width=3.5)
    label = path(
        curve([(-52, 36), (0, 46), (52, 36), (48, 56), (0, 64), (-48, 56)], tension=0.6),
        "#ffffff",
        ink="#3f8fa8",
        width=3,
    )
    words = line([(-36, 46), (0, 51), (24, 49)], "#33424a", 4) + line([(-32, 54), (-6, 57)], "#7a8a92", 3)
    return (
        band
        + label
        + words
        + "".join(oval(x, -48 + abs(x) * 0.2, 4, 4, "#7fa4b0") for x in (-20, 0, 20))
        + box(36, -52, 22, 18, "#3f8fa8", ink=ink, width=3, r=4)
    )


def toy(ink: str) -> str:
    """A teddy bear that has been loved."""
    fur, belly = "#b8824f", "#e2c08f"
    ears = "".join(
        oval(x, -72, 20, 20, fur, ink=ink, width=4) + oval(x, -70, 10, 10, belly) for x in (-34, 34)
    )
    body = oval(0, 44, 48, 48, fur, ink=ink, width=4) + oval(0, 48, 28, 30, belly)
    limbs = "".join(
        oval(x, 22, 19, 30, fur, ink=ink, width=4)
        + oval(x * 0.72, 84, 26, 17, fur, ink=ink, width=4)
        + oval(x * 0.72, 84, 13, 9, belly)
        for x in (-58, 58)
    )
    head = (
        oval(0, -34, 50, 45, fur, ink=ink, width=4)
        + oval(0, -20, 25, 20, belly)
        + oval(0, -30, 9, 7, ink)
        + line([(0, -22), (0, -14), (-8, -9)], ink, 3.5)
        + line([(0, -14), (8, -9)], ink, 3.5)
    )
    eyes = (
        oval(-19, -44, 6, 7, ink)
        + oval(-17, -46, 2, 2, "#ffffff")
        + line([(13, -50), (25, -40)], ink, 4)
        + line([(25, -50), (13, -40)], ink, 4)
    )
    bow = path(curve([(0, 6), (-28, -4), (-28, 20)]), "#c23a45", ink=ink, width=3.5) + path(
        curve([(0, 6), (28, -4), (28, 20)]), "#c23a45", ink=ink, width=3.5
    )
    return ears + limbs + body + head + eyes + bow


def scarf(ink: str) -> str:
    """Laid in a loop, with fringes."""
    tone, stripe = "#a8344a", "#e8c48a"
    loop = path(
        curve([(-70, -40), (0, -74), (70, -44), (60, 4), (-10, 18), (-64, 0)]), tone, ink=ink, width=4
    ) + path(
        curve([(-36, -30), (0, -44), (36, -30), (26, -12), (-10, -6), (-34, -14)]),
        dark(tone, 0.45),
        ink=ink,
        width=3.5,
    )
    tails = ""
    for points, low in (
        ([(-46, -2), (-6, 6), (-14, 84), (-66, 76)], (-66, 76)),
        ([(4, 10), (52, -6), (84, 66), (32, 84)], (32, 84)),
    ):
        tails += path(pts(points), tone, ink=ink, width=4) + "".join(
            line([(low[0] + k * 10, low[1] + k), (low[0] + k * 10 - 2, low[1] + 18 + k)], stripe, 4)
            for k in range(6)
        )
    bands = (
        line([(-58, 44), (-10, 52)], stripe, 7)
        + line([(-56, 58), (-12, 66)], stripe, 4)
        + line([(22, 56), (72, 40)], stripe, 7)
    )
    return tails + bands + loop + line([(-58, -24), (-20, -48), (24, -52)], pale(tone, 0.3), 5)


def car_key(ink: str) -> str:
    """A key with buttons, on a ring with a tag."""
    ring = oval(-52, -38, 34, 34, "none", ink=ink, width=13) + oval(
        -52, -38, 34, 34, "none", ink="#c9ccd0", width=7
    )
    tag = group(
        box(-20, 0, 40, 62, "#8a4a2c", ink=ink, width=4, r=9)
        + oval(0, 12, 6, 6, "#e0c08a", ink=ink, width=2.5)
        + box(-10, 26, 20, 6, "#e0c08a"),
        transform="translate(-66 -6) rotate(18)",
    )
    head = (
        box(-30, -38, 86, 62, "#2b2b33", ink=ink, width=4, r=22)
        + "".join(oval(x, -8, 10, 10, c, ink=ink, width=2.5) for x, c in ((-6, "#6f747c"), (20, "#6f747c")))
        + oval(42, -22, 4, 4, "#ff6a4a")
    )
    blade = path(
        pts([(52, -14), (98, -14), (98, -2), (90, 4), (82, -2), (74, 5), (66, -2), (52, 4)]),
        "#d3d6da",
        ink=ink,
        width=4,
    )
    return group(
        ring + tag + blade + head + line([(-16, -30), (30, -30)], "#5a5a66", 4), transform="rotate(14)"
    )


def mask(ink: str) -> str:
    """A carnival mask with feathers and a ribbon."""
    feathers = "".join(
        path(curve([(x, -30), (x + dx - 12, -70), (x + dx, -98), (x + dx + 12, -66)]), c, ink=ink, width=3)
        for x, dx, c in ((-30, -22, "#3f7f8c"), (-8, -8, "#e8b04a"), (10, 8, "#3f7f8c"), (32, 24, "#e8b04a"))
    )
    ribbons = line([(-90, -4), (-98, 40), (-84, 84)], "#7a2f5a", 9) + line(
        [(90, -4), (98, 36), (86, 80)], "#7a2f5a", 9
    )
    face = "M-92 -26Q-50 -52 0 -30Q50 -52 92 -26Q96 28 48 40Q20 44 0 16Q-20 44 -48 40Q-96 28 -92 -26Z"
    eyes = "".join(
        path(
            curve([(s * 66, -4), (s * 46, -18), (s * 22, -4), (s * 44, 12)]),
            "#1d1418",
            ink="#e8c25a",
            width=5,
        )
        for s in (-1, 1)
    )
    gems = oval(0, -22, 9, 9, "#d8446f", ink=ink, width=3) + "".join(
        oval(s * x, y, 4, 4, "#e8c25a") for s in (-1, 1) for x, y in ((84, -14), (76, 14), (56, 30))
    )
    return (
        ribbons
        + feathers
        + path(face, "#5a2f7a", ink=ink, width=4)
        + path("M-84 -22Q-50 -42 -8 -26", ink="#8a5aae", width=6)
        + eyes
        + gems
    )


def knife(ink: str) -> str:
    """A plain kitchen knife on a cloth."""
    cloth = path(pts([(-86, -30), (70, -52), (90, 50), (-70, 66)]), "#e9e1d0", ink=ink, width=3.5) + "".join(
        line([(-80 + k * 4, -14 + k * 24), (74 + k * 5, -36 + k * 24)], "#5f8fae", 4) for k in range(4)
    )
    blade = path(pts([(-94, 4), (20, -20), (24, 4), (-60, 16)]), "#dfe4e8", ink=ink, width=4) + line(
        [(-82, 5), (16, -14)], "#ffffff", 4
    )
    handle = path(
        pts([(20, -20), (88, -32), (96, -20), (90, -8), (24, 4)]), "#5c3c28", ink=ink, width=4
    ) + "".join(oval(x, y, 4, 4, "#d9b15a", ink=ink, width=2) for x, y in ((40, -13), (62, -17), (82, -21)))
    return cloth + blade + handle


def shoes(ink: str) -> str:
    """A pair of baby shoes with bows."""

    def one(x: float, turn: float) -> str:
        sole = path(
            curve([(-44, 26), (-40, -8), (-14, -16), (20, 0), (46, 8), (50, 26)], tension=0.8),
            "#f2d6dc",
            ink=ink,
            width=4,
        )
        rim = oval(-22, -10, 22, 9, "#d9a8b4", ink=ink, width=3.5)
        bow = path(curve([(12, 0), (0, -12), (2, 10)]), "#c2506a", ink=ink, width=3) + path(
            curve([(12, 0), (26, -10), (24, 12)]), "#c2506a", ink=ink, width=3
        )
        return group(
            sole + box(-44, 22, 94, 10, "#fbf4ea", ink=ink, width=3.5, r=5) + rim + bow,
            transform=f"translate({x} {x * 0.3:.1f}) rotate({turn}) scale(1.12)",
        )

    return one(-34, -14) + one(36, 10)


def bag(ink: str) -> str:
    """A handbag with a clasp."""
    handle = path("M-50 -34Q-44 -96 0 -96Q44 -96 50 -34", ink=ink, width=16) + path(
        "M-50 -34Q-44 -96 0 -96Q44 -96 50 -34", ink="#7a2f3b", width=9
    )
    body = curve([(-70, -36), (70, -36), (90, 66), (70, 84), (-70, 84), (-90, 66)], tension=0.5)
    leather = cel(
        body, "#a8434f", "#7f2c3a", pts([(-100, 30), (100, 26), (100, 100), (-100, 100)]), ink=ink, width=4
    )
    flap = path("M-74 -36H74L66 8Q0 40 -66 8Z", "#b95560", ink=ink, width=4)
    return (
        handle
        + leather
        + flap
        + box(-13, 12, 26, 24, "#e0b455", ink=ink, width=3.5, r=6)
        + clip(body, line([(-80, 70), (80, 70)], "#7f2c3a", 4))
    )
