"""What stands in kitchens and halls and that stories turn on: a pressure cooker, a bowl, a stool, a till."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, group, line, oval, path, pts, rod

STEEL, WOOD, BLACK = "#aeb4bd", "#a5713f", "#35353d"


def pressure_cooker(ink: str) -> str:
    """Of steel, its lid locked under a long handle, the valve on top."""
    pot = cel("M-70 -8H70V66Q70 88 46 88H-46Q-70 88 -70 66Z", STEEL, dark(STEEL, 0.24), pts([(16, -20), (90, -20), (90, 100), (24, 100)]), ink=ink, width=5)  # fmt: skip
    band = box(-70, 56, 140, 12, dark(STEEL, 0.14), ink=ink, width=3.5)
    lid = path("M-74 -10Q-66 -44 0 -46Q66 -44 74 -10Z", pale(STEEL, 0.25), ink=ink, width=5)
    rim = box(-78, -16, 156, 16, dark(STEEL, 0.1), ink=ink, width=5, r=7)
    handle = box(58, -34, 42, 18, BLACK, ink=ink, width=5, r=8) + box(
        60, -10, 40, 18, BLACK, ink=ink, width=5, r=8
    )
    ear = box(-96, 2, 30, 18, BLACK, ink=ink, width=5, r=8)
    valve = box(-9, -66, 18, 22, "#8d929c", ink=ink, width=4.5, r=3) + box(
        -19, -84, 38, 22, BLACK, ink=ink, width=5, r=8
    )
    pin = oval(34, -42, 8, 6, "#c8443a", ink=ink, width=3.5)
    shine = line([(-52, 12), (-52, 46)], "#ffffff", 8) + line(
        [(-50, -24), (-30, -34), (-12, -38)], "#ffffff", 6
    )
    return pot + band + lid + handle + ear + rim + valve + pin + shine


def electric_cooker(ink: str) -> str:
    """A pressure cooker with a panel and a lamp: it cooks without a flame or a whistle."""
    foot = box(-58, 80, 116, 12, BLACK, ink=ink, width=4, r=4)
    body = cel("M-74 -22H74L68 62Q66 84 44 84H-44Q-66 84 -68 62Z", "#4a4d57", "#363841", pts([(18, -30), (90, -30), (90, 100), (28, 100)]), ink=ink, width=5)  # fmt: skip
    steel = path("M-74 -22H74L72 4H-72Z", STEEL, ink=ink, width=4)
    lid = path("M-78 -24Q-70 -62 0 -64Q70 -62 78 -24Z", "#5d616c", ink=ink, width=5)
    grip = path(
        "M-34 -60Q-30 -88 0 -88Q30 -88 34 -60H20Q16 -74 0 -74Q-16 -74 -20 -60Z", BLACK, ink=ink, width=4.5
    )
    valve = box(40, -70, 20, 16, STEEL, ink=ink, width=4, r=4)
    ears = "".join(box(x, -18, 22, 18, BLACK, ink=ink, width=4.5, r=6) for x in (-96, 74))
    panel = box(-36, 16, 72, 50, "#20222a", ink=ink, width=4, r=8) + box(
        -24, 24, 48, 17, "#7fd0c0", ink=ink, width=3, r=3
    )
    keys = "".join(
        oval(x, 53, 5, 5, tone, ink=ink, width=2)
        for x, tone in ((-20, "#c8443a"), (0, "#d8d6cc"), (20, "#d8d6cc"))
    )
    return (
        foot
        + ears
        + body
        + steel
        + lid
        + grip
        + valve
        + panel
        + keys
        + line([(-56, -34), (-38, -46), (-20, -50)], "#9aa0ac", 6)
    )


def bowl(ink: str) -> str:
    """Of glazed clay, empty."""
    body = cel(curve([(-86, -24), (-72, 34), (-30, 72), (30, 72), (72, 34), (86, -24)], tension=0.7), "#7fa3b5", "#5f8093", pts([(20, -40), (110, -40), (110, 90), (10, 90)]), ink=ink, width=5)  # fmt: skip
    foot = box(-30, 66, 60, 16, "#6b8ea0", ink=ink, width=5, r=5)
    rim = oval(0, -24, 86, 24, pale("#7fa3b5", 0.35), ink=ink, width=5) + oval(0, -20, 72, 17, "#56748a")
    return foot + body + rim + line([(-66, 10), (-54, 36), (-36, 54)], "#d5e5ec", 7)


def tray(ink: str) -> str:
    """Of wood with two handles, two cups and a pot on it."""
    base = cel(pts([(-84, 30), (84, 30), (98, 72), (-98, 72)]), WOOD, dark(WOOD, 0.22), pts([(-110, 58), (110, 54), (110, 90), (-110, 90)]), ink=ink, width=5)  # fmt: skip
    edge = box(-98, 70, 196, 16, dark(WOOD, 0.15), ink=ink, width=5, r=5)
    holes = box(-90, 44, 10, 20, dark(WOOD, 0.5), ink=ink, width=3, r=4) + box(
        80, 44, 10, 20, dark(WOOD, 0.5), ink=ink, width=3, r=4
    )
    pot = path(
        curve([(-34, 48), (-46, 10), (-26, -22), (12, -22), (32, 10), (20, 48)]), "#e9e2d2", ink=ink, width=5
    )
    lid = oval(-7, -24, 22, 8, "#f5f0e4", ink=ink, width=4.5) + oval(
        -7, -36, 6, 6, "#c9a15a", ink=ink, width=3.5
    )
    spout = rod([(24, 20), (44, 4), (46, -12)], ink, "#e9e2d2", 10)
    cups = "".join(
        path(
            f"M{x - 20} 26H{x + 20}Q{x + 18} 58 {x} 58Q{x - 18} 58 {x - 20} 26Z",
            "#d8cdb8",
            ink=ink,
            width=4.5,
        )
        + oval(x, 26, 20, 6, "#7a4b2c", ink=ink, width=4)
        for x in (-62, 62)
    )
    return base + edge + holes + spout + pot + lid + cups


def cushion(ink: str) -> str:
    """Square and soft, with piping and a button."""
    shape = curve(
        [(-84, -74), (0, -62), (84, -74), (72, 0), (84, 74), (0, 62), (-84, 74), (-72, 0)], tension=0.8
    )
    body = cel(
        shape, "#b5654f", "#90493a", pts([(10, 20), (110, -30), (110, 110), (-40, 110)]), ink=ink, width=5
    )
    folds = "".join(
        line([(x * 0.25, y * 0.25), (x, y)], dark("#b5654f", 0.3), 4)
        for x, y in ((-46, -42), (46, -42), (-46, 42), (46, 42))
    )
    return body + folds + oval(0, 0, 9, 8, pale("#b5654f", 0.3), ink=ink, width=4)


def stool(ink: str) -> str:
    """Round, of wood, on three legs with a ring between them."""
    legs = rod([(-40, -44), (-68, 90)], ink, WOOD, 13, smooth=False) + rod(
        [(40, -44), (68, 90)], ink, WOOD, 13, smooth=False
    )
    ring = rod([(-58, 34), (0, 48), (58, 34)], ink, dark(WOOD, 0.15), 9)
    third = rod([(0, -40), (0, 94)], ink, WOOD, 13, smooth=False)
    seat = box(-66, -68, 132, 24, dark(WOOD, 0.12), ink=ink, width=5, r=10) + oval(
        0, -68, 66, 18, pale(WOOD, 0.18), ink=ink, width=5
    )
    return legs + ring + third + seat + line([(-38, -70), (0, -76), (34, -72)], pale(WOOD, 0.45), 4)


def cash_register(ink: str) -> str:
    """With its keys, its display and a drawer half open."""
    drawer = box(-90, 54, 180, 36, "#4d525b", ink=ink, width=5, r=4) + box(
        -80, 62, 160, 10, "#a9b86f", ink=ink, width=3
    )
    body = cel(pts([(-74, -30), (74, -30), (88, 54), (-88, 54)]), "#8f98a3", "#6c757f", pts([(24, -40), (110, -40), (110, 70), (34, 70)]), ink=ink, width=5)  # fmt: skip
    screen = box(-50, -86, 100, 40, "#4d525b", ink=ink, width=5, r=5) + box(
        -40, -78, 80, 22, "#9ecb9a", ink=ink, width=3
    )
    post = box(-10, -48, 20, 20, "#4d525b", ink=ink, width=4)
    keys = "".join(
        box(x, y, 17, 13, "#e6e2d4", ink=ink, width=3, r=3) for y in (-16, 4, 24) for x in (-58, -36, -14, 8)
    )
    big = box(36, -16, 26, 53, "#c8443a", ink=ink, width=3.5, r=4)
    return drawer + post + screen + body + keys + big


def swimming_float(ink: str) -> str:
    """A board of foam that beginners hold on to, in the water's own shine."""
    board = cel("M-58 88Q-70 88 -68 72L-58 -30Q-52 -92 0 -92Q52 -92 58 -30L68 72Q70 88 58 88Q0 74 -58 88Z", "#f0c23c", "#cf9c22", pts([(22, -110), (110, -110), (110, 110), (30, 110)]), ink=ink, width=5)  # fmt: skip
    edge = line([(-46, 66), (-40, -26), (-20, -66), (0, -74)], pale("#f0c23c", 0.55), 7)
    holes = "".join(box(x, -18, 18, 44, dark("#f0c23c", 0.45), ink=ink, width=4, r=9) for x in (-44, 26))
    return board + edge + holes


def buoy(ink: str) -> str:
    """Red and white, with a ring on top, riding upright."""
    ring = oval(0, -80, 13, 13, "none", ink=ink, width=13) + oval(
        0, -80, 13, 13, "none", ink="#b4b9c2", width=6
    )
    body = curve([(-14, -66), (14, -66), (62, 8), (44, 66), (0, 84), (-44, 66), (-62, 8)], tension=0.7)
    red = cel(body, "#c8443a", "#9c2f2c", pts([(12, -80), (90, -80), (90, 100), (18, 100)]), ink=ink, width=5)
    band = path(pts([(-60, 0), (60, 0), (62, 26), (-62, 26)]), "#f1ece0", ink=ink, width=4)
    return ring + red + band + oval(0, 88, 84, 9, "#7fb3cf", opacity=0.7)


def photo_frame(ink: str) -> str:
    """Two people in a frame of wood that stands by itself."""
    foot = path(pts([(30, 40), (82, 90), (60, 92), (14, 60)]), dark(WOOD, 0.35), ink=ink, width=4.5)
    frame = box(-74, -90, 140, 176, WOOD, ink=ink, width=5, r=5) + box(
        -56, -72, 104, 140, "#efe6d2", ink=ink, width=4
    )
    sky = box(-46, -62, 84, 120, "#a9c4c9")
    people = "".join(
        path(f"M{x - 24} 58V34Q{x - 22} 10 {x} 10Q{x + 22} 10 {x + 24} 34V58Z", tone, ink=ink, width=3.5)
        + oval(x, -10, 17, 19, "#d9a07a", ink=ink, width=3.5)
        + path(
            f"M{x - 18} -12Q{x - 16} -34 {x} -32Q{x + 16} -34 {x + 18} -12Q{x} -24 {x - 18} -12Z", "#4a2f22"
        )
        for x, tone in ((-24, "#8a4a5c"), (18, "#4f6f8a"))
    )
    return group(
        foot + frame + sky + people + line([(-40, -56), (-40, -20)], "#ffffff", 5), transform="rotate(-3)"
    )


def album(ink: str) -> str:
    """Open, with photos held by their corners."""
    cover = path(pts([(-98, -46), (98, -46), (98, 70), (-98, 70)]), "#7a3b3f", ink=ink, width=5)
    pages = cel(curve([(-90, -50), (-46, -58), (0, -46), (46, -58), (90, -50), (90, 58), (46, 50), (0, 62), (-46, 50), (-90, 58)], tension=0.4), "#3f3a3c", "#2f2b2e", pts([(0, -70), (14, -70), (14, 80), (0, 80)]), ink=ink, width=4)  # fmt: skip
    photos = "".join(
        box(x, y, 34, 40, "#f4eee0", ink=ink, width=3) + box(x + 5, y + 5, 24, 24, tone)
        for x, y, tone in (
            (-80, -40, "#9ab7b0"),
            (-42, -36, "#c9a27a"),
            (12, -36, "#8aa3bf"),
            (50, -40, "#bf9a9a"),
            (-62, 6, "#b3b98a"),
            (32, 6, "#a48fb0"),
        )
    )
    return cover + pages + line([(0, -46), (0, 62)], ink, 4, smooth=False) + photos


def covered_dish(ink: str) -> str:
    """Some dish of food, warm under a cloth."""
    dish = cel("M-88 20H88Q84 76 40 82H-40Q-84 76 -88 20Z", "#c9785a", "#a05a42", pts([(20, 10), (110, 10), (110, 100), (20, 100)]), ink=ink, width=5)  # fmt: skip
    ears = "".join(box(x, 24, 20, 16, "#b0664a", ink=ink, width=4.5, r=6) for x in (-104, 84))
    cloth = path(curve([(-92, 24), (-70, -30), (-10, -44), (50, -36), (92, 22), (70, 44), (46, 24), (20, 52), (-10, 26), (-40, 50), (-66, 26)], tension=0.7), "#f1ead8", ink=ink, width=5)  # fmt: skip
    checks = "".join(line(points, "#c8605a", 5) for points in ([(-70, -8), (-20, -20), (60, -12)], [(-78, 14), (-20, 2), (76, 12)], [(-34, -36), (-40, 0), (-36, 34)], [(30, -36), (34, 0), (26, 34)]))  # fmt: skip
    steam = "".join(
        line([(x, -58), (x + 8, -70), (x - 4, -82), (x + 4, -94)], "#e6e2da", 6) for x in (-26, 22)
    )
    return ears + dish + cloth + checks + steam


def school_desk(ink: str) -> str:
    """A desk and its chair in one, of wood on bent steel."""
    back = rod([(48, 34), (62, -30), (64, -66)], ink, "#6f7680", 8) + box(
        50, -84, 28, 46, WOOD, ink=ink, width=5, r=8
    )
    legs = "".join(rod(points, ink, "#6f7680", 8) for points in ([(-74, -26), (-80, 88)], [(-20, -20), (-26, 88)], [(30, 36), (22, 90)], [(70, 36), (80, 90)]))  # fmt: skip
    bar = rod([(-26, 52), (30, 52)], ink, "#6f7680", 8)
    seat = box(18, 26, 66, 15, WOOD, ink=ink, width=5, r=6)
    shelf = box(-80, -12, 66, 12, dark(WOOD, 0.35), ink=ink, width=4)
    top = path(pts([(-92, -34), (0, -44), (8, -26), (-88, -16)]), pale(WOOD, 0.2), ink=ink, width=5)
    edge = path(pts([(-88, -16), (8, -26), (8, -18), (-88, -8)]), dark(WOOD, 0.2), ink=ink, width=4)
    groove = line([(-78, -30), (-10, -37)], dark(WOOD, 0.3), 4, smooth=False)
    return legs + bar + back + seat + shelf + edge + top + groove
