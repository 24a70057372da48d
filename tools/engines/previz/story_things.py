"""What a story turns on and no icon shows as we need it: a gown on its stand, a sluice wheel, a marrow."""

from tools.engines.previz.ink import box, cel, clip, curve, glow, group, line, oval, path, pts, rod


def wedding_dress(ink: str) -> str:
    """On a dressmaker's stand."""
    stand = rod([(0, 60), (0, 88)], ink, "#8a5a3a", 8) + rod(
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


def fire_alarm(ink: str) -> str:
    """A red box with a handle to pull."""
    body = box(-70, -92, 140, 184, "#c23b33", ink=ink, width=4, r=12) + path(pts([(-66, 60), (66, 50), (66, 86), (-66, 86)]), "#9c2c2a")  # fmt: skip
    frame = box(-56, -78, 112, 156, "none", ink="#e58a7e", width=3, r=8)
    flame = path(curve([(0, -74), (14, -56), (20, -40), (8, -24), (-8, -24), (-20, -38), (-10, -52)]), "#f2c34e", ink=ink, width=3)  # fmt: skip
    bar = box(-46, -8, 92, 30, "#f4efe2", ink=ink, width=4, r=8)
    grip = box(-12, 18, 24, 38, "#f4efe2", ink=ink, width=4, r=8)
    arrow = path(pts([(-5, 0), (5, 0), (5, 30), (13, 30), (0, 48), (-13, 30), (-5, 30)]), "#c23b33")
    return body + frame + flame + grip + bar + arrow + line([(-38, 68), (38, 68)], "#f4efe2", 6, smooth=False)


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
    handle = rod([(-40, -40), (-34, -84), (0, -98), (34, -84), (40, -40)], ink, "#7d828a", 5)
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
    rocker = rod([(-84, 72), (-40, 90), (40, 90), (84, 72)], ink, "#7a4f2d", 10)
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
    perch = rod([(-30, 8), (30, 8)], ink, "#8a5a36", 7) + line([(-30, 8), (-30, -40)], ink, 3) + line([(30, 8), (30, -40)], ink, 3)  # fmt: skip
    bars = "".join(
        rod([(x, 72), (x, -24), (x * 0.55, -68)], ink, gold, 3.4) for x in (-62, -38, -13, 13, 38, 62)
    )
    hoops = rod([(-62, -16), (62, -16)], ink, gold, 5) + rod([(-62, 36), (62, 36)], ink, gold, 4)
    ring = oval(0, -90, 10, 10, "none", ink=ink, width=10) + oval(0, -90, 10, 10, "none", ink=gold, width=4)
    base = box(-74, 70, 148, 22, "#b5843a", ink=ink, width=4, r=6)
    return back + perch + bars + hoops + ring + base


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
    legs = rod([(0, -98), (-62, 96)], ink, "#9a6a40", 8) + rod([(0, -98), (62, 96)], ink, "#9a6a40", 8) + rod([(0, -90), (0, 88)], ink, "#7d5433", 7)  # fmt: skip
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


def walking_stick(ink: str) -> str:
    """A crook handle and a rubber foot."""
    stick = [(30, 90), (6, -46), (-2, -74), (-22, -88), (-44, -80), (-50, -60)]
    return rod([(float(x), float(y)) for x, y in stick], ink, "#8a5a34", 12) + rod([(30, 92), (29, 84)], ink, "#2f2c30", 12) + line([(2, -40), (22, 70)], "#b98854", 4)  # fmt: skip


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
    wall = box(70, -70, 22, 110, "#8a8f98", ink=ink, width=4, r=4) + rod(
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
    legs = "".join(rod([(x, 50), (x * 1.1, 88)], ink, "#e8cfae", 13) + oval(x * 1.1 + (4 if x > 0 else -4), 92, 13, 8, "#4a3a40", ink=ink, width=3.5) for x in (-18, 18))  # fmt: skip
    arms = "".join(rod([(x, -8), (x * 2.0, 22)], ink, "#e8cfae", 12) for x in (-28, 28))
    frock = path(curve([(-22, -18), (22, -18), (50, 60), (0, 68), (-50, 60)], tension=0.6), "#b5566a", ink=ink, width=4) + line([(-44, 52), (0, 58), (44, 52)], "#f2dfc8", 5)  # fmt: skip
    braids = "".join(rod([(x, -56), (x * 1.22, -26), (x * 1.1, -2)], ink, "#c9803a", 11) + oval(x * 1.14, -6, 7, 6, "#5f94b4", ink=ink, width=3) for x in (-40, 40))  # fmt: skip
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
    handle = rod([(40, -14), (94, -46)], ink, "#5a3d2c", 13)
    bowl = path(
        curve([(-88, -8), (52, -8), (42, 34), (10, 50), (-46, 50), (-78, 34)], tension=0.6),
        "#4a4d55",
        ink=ink,
        width=4,
    )
    return handle + bowl + oval(-18, -8, 71, 19, "#6d717b", ink=ink, width=4) + oval(-18, -5, 57, 13, "#3a3c44") + line([(-74, 16), (-62, 34)], "#7d828c", 5)  # fmt: skip


def intercom(ink: str) -> str:
    """A panel with a handset, a grille and buttons."""
    body = box(-66, -92, 132, 184, "#e2ddd0", ink=ink, width=4, r=12) + path(pts([(-62, 64), (62, 54), (62, 86), (-62, 86)]), "#c4beb0")  # fmt: skip
    handset = box(-54, -78, 40, 150, "#4f545e", ink=ink, width=4, r=18) + box(
        -46, -40, 24, 74, "#696e79", r=10
    )
    grille = "".join(line([(6, y), (50, y)], "#5a564e", 5, smooth=False) for y in (-70, -57, -44, -31))
    buttons = "".join(oval(x, y, 9, 9, tone, ink=ink, width=3) for x, y, tone in ((14, 0, "#c9473f"), (42, 0, "#f4efe2"), (14, 28, "#f4efe2"), (42, 28, "#f4efe2"), (28, 58, "#6fae6a")))  # fmt: skip
    return body + handset + grille + buttons


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
