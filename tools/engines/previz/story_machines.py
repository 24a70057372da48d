"""Machines and gear that stand on a counter or a table, and what is pedalled about the streets."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, group, line, oval, path, pts, rod

WOOD, STEEL, BRASS, GREY = "#8d6340", "#aeb4bc", "#d9a94a", "#d7d9d6"


def weight(ink: str) -> str:
    """Of iron, with a knob to lift it by and a plate."""
    tone = "#5c626c"
    knob = oval(0, -62, 26, 18, tone, ink=ink, width=4) + oval(-8, -67, 8, 5, pale(tone, 0.4))
    neck = path(curve([(-14, -50), (14, -50), (20, -34), (-20, -34)], tension=0.3), dark(tone, 0.15), ink=ink, width=4)  # fmt: skip
    side = curve([(-56, -28), (56, -28), (64, -14), (64, 66), (40, 82), (-40, 82), (-64, 66), (-64, -14)], tension=0.4)  # fmt: skip
    body = cel(side, tone, dark(tone, 0.22), pts([(22, -40), (80, -40), (80, 100), (30, 100)]), ink=ink, width=4)  # fmt: skip
    top = oval(0, -27, 58, 13, pale(tone, 0.14), ink=ink, width=4)
    plate = box(-32, 2, 64, 40, BRASS, ink=ink, width=3.5, r=5)
    figure = line([(-14, 12), (-14, 33)], "#3c2c12", 5, smooth=False)
    figure += line([(2, 12), (2, 33)], "#3c2c12", 4, smooth=False) + line([(14, 13), (3, 23), (15, 33)], "#3c2c12", 4, smooth=False)  # fmt: skip
    shine = line([(-50, -4), (-51, 50)], pale(tone, 0.35), 6)
    return body + neck + top + neck + knob + plate + figure + shine


def horn_loudspeaker(ink: str) -> str:
    """A tin horn on its bracket, its mouth to the left."""
    tone = "#c9ced2"
    bracket = path(pts([(26, 16), (48, 16), (58, 86), (16, 86)]), dark(tone, 0.45), ink=ink, width=4)
    foot = box(0, 82, 74, 12, dark(tone, 0.5), ink=ink, width=4, r=4)
    driver = cel(pts([(52, -30), (84, -24), (84, 26), (52, 32)]), dark(tone, 0.3), dark(tone, 0.45), pts([(50, 6), (90, 6), (90, 40), (50, 40)]), ink=ink, width=4)  # fmt: skip
    bell = curve([(-60, -86), (-20, -40), (20, -20), (54, -14), (54, 16), (20, 22), (-20, 42), (-60, 88)], tension=0.7)  # fmt: skip
    cone = cel(bell, tone, dark(tone, 0.2), pts([(-70, 14), (70, 6), (70, 60), (-70, 100)]), ink=ink, width=4)
    mouth = oval(-60, 1, 25, 88, dark(tone, 0.12), ink=ink, width=5) + oval(-60, 1, 18, 72, dark(tone, 0.55), ink=ink, width=3)  # fmt: skip
    core = oval(-54, 1, 8, 24, tone, ink=ink, width=3)
    cable = line([(84, 8), (98, 30), (90, 70), (74, 88)], ink, 5)
    return cable + bracket + foot + driver + cone + mouth + core


def blender(ink: str) -> str:
    """A glass jug on its base."""
    base = cel(pts([(-40, 26), (40, 26), (54, 90), (-54, 90)]), "#c64a3f", "#9c362f", pts([(14, 20), (60, 20), (60, 96), (20, 96)]), ink=ink, width=4)  # fmt: skip
    dial = oval(0, 62, 17, 17, "#f3eee2", ink=ink, width=3.5) + line([(0, 62), (8, 52)], ink, 4)
    jug = pts([(-36, 24), (36, 24), (50, -66), (-50, -66)])
    glass = path(jug, "#dcecef", ink=ink, width=4, opacity=0.92)
    fill = path(pts([(-38, 6), (38, 6), (43, -26), (-43, -26)]), "#f0b54a") + path(pts([(-33, 22), (33, 22), (38, 6), (-38, 6)]), "#e39a32")  # fmt: skip
    blade = line([(-20, 18), (0, 8), (20, 18)], STEEL, 5, smooth=False) + line([(0, 8), (0, 24)], ink, 5)
    handle = line([(47, -52), (80, -44), (74, -2), (41, 2)], ink, 14) + line([(47, -52), (80, -44), (74, -2), (41, 2)], "#9c362f", 7)  # fmt: skip
    lid = box(-54, -82, 108, 18, "#9c362f", ink=ink, width=4, r=6) + box(-18, -94, 36, 14, "#9c362f", ink=ink, width=4, r=4)  # fmt: skip
    marks = "".join(line([(-30, y), (-16, y)], "#7f98a0", 3, smooth=False) for y in (-50, -38))
    shine = line([(-42, -54), (-33, 8)], "#ffffff", 5, opacity=0.8)
    return handle + glass + fill + path(jug, "none", ink=ink, width=4) + blade + marks + shine + lid + base + dial  # fmt: skip


def photocopier(ink: str) -> str:
    """With its lid up a little, light under it and a copy coming out."""
    stand = cel(pts([(-70, 26), (70, 26), (70, 94), (-70, 94)]), dark(GREY, 0.18), dark(GREY, 0.32), pts([(30, 20), (80, 20), (80, 100), (36, 100)]), ink=ink, width=4)  # fmt: skip
    drawers = "".join(box(-58, y, 116, 22, dark(GREY, 0.1), ink=ink, width=3, r=3) + line([(-14, y + 9), (14, y + 9)], ink, 4) for y in (36, 64))  # fmt: skip
    body = cel(pts([(-82, -26), (82, -26), (82, 28), (-82, 28)]), GREY, dark(GREY, 0.14), pts([(-90, 8), (90, 2), (90, 34), (-90, 34)]), ink=ink, width=4)  # fmt: skip
    glow_ = path(pts([(-74, -28), (56, -28), (62, -42), (-70, -34)]), "#e9fbd0", ink=ink, width=3)
    lid = path(pts([(-76, -36), (66, -48), (72, -66), (-70, -54)]), dark(GREY, 0.24), ink=ink, width=4)
    panel = path(pts([(54, -24), (86, -24), (86, -8), (54, -8)]), "#3c4650", ink=ink, width=3) + oval(64, -16, 4, 4, "#6fc26a") + box(70, -20, 11, 7, "#9fd4ef")  # fmt: skip
    slot = box(-58, 2, 96, 8, "#3c4650", ink=ink, width=3)
    sheet = path(pts([(-52, 6), (32, 6), (40, 44), (-62, 44)]), "#fbf7ea", ink=ink, width=3.5)
    rows = "".join(line([(-46 - k, 16 + k * 8), (22 + k, 16 + k * 8)], "#8a8272", 3, smooth=False) for k in range(3))  # fmt: skip
    return stand + drawers + body + glow_ + lid + panel + slot + sheet + rows


def piano(ink: str) -> str:
    """An upright one with its lid open, seen from the front."""
    wood = "#6d4027"
    case = cel(pts([(-92, -78), (92, -78), (92, 84), (-92, 84)]), wood, dark(wood, 0.22), pts([(40, -80), (96, -80), (96, 90), (52, 90)]), ink=ink, width=4)  # fmt: skip
    top = box(-98, -90, 196, 14, pale(wood, 0.16), ink=ink, width=4, r=4)
    panel = box(-78, -66, 156, 58, dark(wood, 0.14), ink=ink, width=3, r=4)
    stand = path(pts([(-30, -24), (30, -24), (26, -62), (-26, -62)]), "#fbf7ea", ink=ink, width=3)
    staves = "".join(line([(-21, y), (21, y)], "#8a8272", 2.4, smooth=False) for y in (-54, -46, -38, -30))
    lower = box(-78, 38, 156, 36, dark(wood, 0.14), ink=ink, width=3, r=4)
    shelf = path(pts([(-98, 6), (98, 6), (104, 30), (-104, 30)]), pale(wood, 0.1), ink=ink, width=4)
    white = path(pts([(-86, 4), (86, 4), (90, 20), (-90, 20)]), "#fbf7ea", ink=ink, width=3)
    seams = "".join(line([(x, 4), (x * 1.04, 20)], "#8a8272", 2.2, smooth=False) for x in range(-77, 86, 11))
    black = "".join(box(x - 2.6, 3, 5.2, 10, "#26222a") for x in range(-77, 86, 11) if (x + 77) // 11 % 7 not in (2, 6))  # fmt: skip
    legs = "".join(path(pts([(x - 7, 30), (x + 7, 30), (x + 5, 92), (x - 5, 92)]), dark(wood, 0.1), ink=ink, width=3.5) for x in (-90, 90))  # fmt: skip
    pedals = "".join(oval(x, 84, 9, 4, BRASS, ink=ink, width=2.5) for x in (-16, 16))
    return case + top + panel + stand + staves + lower + legs + shelf + white + seams + black + pedals


def rubber_stamp(ink: str) -> str:
    """With its wooden grip, on its ink pad."""
    pad = cel(pts([(-92, 58), (70, 58), (88, 90), (-84, 90)]), "#4a4f5c", "#363a45", pts([(-100, 78), (100, 74), (100, 100), (-100, 100)]), ink=ink, width=4)  # fmt: skip
    cushion = path(pts([(-78, 63), (62, 63), (74, 82), (-72, 82)]), "#3f4fa8", ink=ink, width=3)
    foot = box(-54, 26, 96, 32, dark(WOOD, 0.15), ink=ink, width=4, r=4) + box(-54, 50, 96, 10, "#a8434a", ink=ink, width=3)  # fmt: skip
    grip = cel(curve([(-20, 26), (-14, -14), (-30, -46), (-6, -82), (18, -46), (2, -14), (8, 26)], tension=0.8), WOOD, dark(WOOD, 0.2), pts([(-2, -90), (40, -90), (40, 40), (0, 40)]), ink=ink, width=4)  # fmt: skip
    return pad + cushion + foot + grip + line([(-16, -50), (-8, -66)], pale(WOOD, 0.45), 5)


def _wheel(x: float, y: float, r: float, ink: str) -> str:
    spokes = "".join(line([(x, y), (x + cos(a) * r, y + sin(a) * r)], "#8d949e", 2, smooth=False) for a in (k * pi / 5 for k in range(10)))  # fmt: skip
    return spokes + oval(x, y, r, r, "none", ink="#2c2a32", width=7) + oval(x, y, r - 5, r - 5, "none", ink="#b9bec6", width=2) + oval(x, y, 5, 5, STEEL, ink=ink, width=2.5)  # fmt: skip


def cargo_tricycle(ink: str) -> str:
    """A box between two wheels in front, the saddle and the third wheel behind, a parasol over it."""
    pole = rod([(-48, 10), (-48, -66)], ink, STEEL, 4, smooth=False)
    shade = ""
    for k, x in enumerate((-94, -71, -48, -25)):
        tone = "#d8503f" if k % 2 else "#f3ead6"
        shade += path(pts([(-48, -98), (x, -62), (x + 23, -62)]), tone, ink=ink, width=3)
    tray = cel(pts([(-96, 8), (0, 8), (-6, 54), (-90, 54)]), "#3f8a8f", "#2f6b70", pts([(-40, 4), (6, 4), (6, 60), (-34, 60)]), ink=ink, width=4)  # fmt: skip
    rim = box(-98, 2, 102, 10, pale("#3f8a8f", 0.25), ink=ink, width=3.5, r=3)
    pot = box(-78, -28, 46, 32, "#c3c8ce", ink=ink, width=3.5, r=4) + box(-82, -36, 54, 10, "#aab0b8", ink=ink, width=3.5, r=4) + oval(-55, -39, 7, 5, "#3a3a42", ink=ink, width=2.5)  # fmt: skip
    frame = rod([(0, 40), (34, 52), (72, 62)], ink, "#c2453a", 5, smooth=False) + rod([(34, 52), (44, 6)], ink, "#c2453a", 5, smooth=False)  # fmt: skip
    bar = rod([(0, 10), (14, -12), (26, -14)], ink, STEEL, 4) + line([(22, -14), (32, -14)], ink, 8)
    saddle = path(curve([(30, 2), (44, -6), (62, -2), (58, 8), (40, 8)]), "#3a3036", ink=ink, width=3.5)
    crank = oval(36, 56, 9, 9, STEEL, ink=ink, width=3) + line([(36, 56), (44, 70)], ink, 5) + line([(38, 71), (50, 71)], ink, 6)  # fmt: skip
    return pole + shade + pot + frame + bar + saddle + _wheel(72, 64, 28, ink) + crank + tray + rim + _wheel(-52, 66, 28, ink)  # fmt: skip


def steam_pot(ink: str) -> str:
    """A tall pot with a lid, steam at its edge."""
    tone = "#b9c0c8"
    steam = "".join(line([(x, -62), (x - 9, -74), (x + 5, -84), (x - 4, -97)], "#f2efe8", 7, opacity=0.85) for x in (-44, 4, 46))  # fmt: skip
    body = cel(pts([(-60, -36), (60, -36), (56, 90), (-56, 90)]), tone, dark(tone, 0.2), pts([(20, -40), (70, -40), (70, 96), (26, 96)]), ink=ink, width=4)  # fmt: skip
    lid = path(curve([(-66, -36), (-50, -52), (0, -60), (50, -52), (66, -36)], tension=0.8), pale(tone, 0.2), ink=ink, width=4)  # fmt: skip
    knob = oval(0, -62, 11, 8, "#3a3a42", ink=ink, width=3.5)
    ears = "".join(path(curve([(s * 58, -12), (s * 82, -10), (s * 82, 12), (s * 58, 14)], tension=0.7), "none", ink=ink, width=8) for s in (-1, 1))  # fmt: skip
    bands = "".join(line([(-58, y), (58, y)], dark(tone, 0.25), 3.5, smooth=False) for y in (-16, 66))
    return steam + ears + body + bands + lid + knob + line([(-46, 0), (-44, 54)], "#ffffff", 6, opacity=0.7)


def exercise_book(ink: str) -> str:
    """Closed, with a label and a worn spine, a pencil on it."""
    tone = "#3f6a8c"
    pages = path(pts([(-58, -84), (66, -84), (72, 84), (-54, 88)]), "#f3e8cc", ink=ink, width=4)
    cover = cel(pts([(-66, -88), (60, -88), (64, 82), (-62, 86)]), tone, dark(tone, 0.18), pts([(20, -94), (70, -94), (70, 90), (30, 90)]), ink=ink, width=4)  # fmt: skip
    spine = path(pts([(-66, -88), (-46, -88), (-42, 85), (-62, 86)]), dark(tone, 0.4), ink=ink, width=3.5)
    label = box(-26, -58, 68, 44, "#f7f0dc", ink=ink, width=3.5, r=3)
    rows = line([(-16, -44), (30, -44)], "#5a5468", 4, smooth=False) + line([(-16, -30), (16, -30)], "#5a5468", 4, smooth=False)  # fmt: skip
    pencil = group(box(-52, -6, 96, 13, "#e2b13c", ink=ink, width=3.5) + path(pts([(44, -6), (66, 0.5), (44, 7)]), "#efdcb4", ink=ink, width=3.5) + box(-62, -6, 12, 13, "#c9605f", ink=ink, width=3.5, r=3), transform="translate(12 44) rotate(-28)")  # fmt: skip
    return pages + cover + spine + label + rows + pencil


def sheaf(ink: str) -> str:
    """A sheaf of the same page."""
    drawn = ""
    for k in range(5):
        dx, dy = (4 - k) * 5, (4 - k) * 6
        drawn += path(pts([(-58 + dx, -84 + dy), (54 + dx, -84 + dy), (54 + dx, 66 + dy), (-58 + dx, 66 + dy)]), "#fbf7ea" if k % 2 == 0 else "#efe8d6", ink=ink, width=3.5)  # fmt: skip
    head = box(-46, -72, 26, 32, "#cfdde2", ink=ink, width=3) + oval(-33, -62, 6, 7, "#d9a982") + path(curve([(-43, -41), (-33, -52), (-23, -41)]), "#5a6b52")  # fmt: skip
    lines_ = line([(-8, -66), (40, -66)], "#4a4438", 6, smooth=False) + line([(-8, -50), (26, -50)], "#8a8272", 4, smooth=False)  # fmt: skip
    rows = "".join(line([(-44, y), (40 - (y % 3) * 10, y)], "#8a8272", 3.5, smooth=False) for y in (-24, -11, 2, 15, 28, 41, 54))  # fmt: skip
    return drawn + head + lines_ + rows


def one_page(ink: str) -> str:
    """A written sheet with a signature at its foot."""
    page = cel(pts([(-62, -90), (66, -86), (62, 90), (-66, 86)]), "#fbf6e8", "#e6dcc4", pts([(-80, 62), (80, 54), (80, 100), (-80, 100)]), ink=ink, width=4)  # fmt: skip
    rows = "".join(line([(-46, y), (44 - (k % 3) * 12, y + 1)], "#8a8272", 4, smooth=False) for k, y in enumerate((-64, -48, -32, -16, 0, 16)))  # fmt: skip
    sign = line([(-20, 62), (-8, 42), (0, 66), (10, 46), (20, 62), (46, 52)], "#2f4f8a", 4.5)
    return page + rows + line([(-26, 70), (48, 71)], "#4a4438", 3, smooth=False) + sign


def cup(ink: str) -> str:
    """A plain cup on its saucer, tea in it."""
    tone = "#f7f3ea"
    saucer = oval(0, 66, 92, 20, tone, ink=ink, width=4) + oval(0, 62, 58, 11, dark(tone, 0.12))
    sides = curve([(-58, -42), (-52, 18), (-28, 58), (28, 58), (52, 18), (58, -42)], tension=0.7)
    handle = path(curve([(54, -24), (88, -22), (82, 18), (46, 22)], False), ink=ink, width=17)
    handle += path(curve([(54, -24), (88, -22), (82, 18), (46, 22)], False), ink=tone, width=9)
    body = cel(
        sides, tone, dark(tone, 0.12), pts([(20, -60), (70, -60), (70, 70), (10, 70)]), ink=ink, width=4
    )
    rim = oval(0, -42, 58, 14, tone, ink=ink, width=4) + oval(0, -39, 49, 9, "#a8683a")
    return saucer + handle + body + rim + line([(-42, -16), (-36, 20), (-24, 40)], "#ffffff", 6)
