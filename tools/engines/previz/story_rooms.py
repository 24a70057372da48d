"""Large things of stories, and what is in houses: a gate, a giant puppet, a switchboard, a stove."""

from math import cos, radians, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, line, oval, path, pts, rod

WOOD, STEEL, BLACK, BRASS = "#8d6340", "#b4b9c2", "#35353d", "#d9a441"


def gate(ink: str) -> str:
    """A farm's, of five boards between its posts."""
    posts = "".join(
        cel(
            pts([(x, -70), (x + 20, -76), (x + 20, 72), (x, 72)]),
            "#7a5536",
            "#5c3f27",
            pts([(x + 12, -80), (x + 24, -80), (x + 24, 80), (x + 12, 80)]),
            ink=ink,
            width=5,
        )
        for x in (-98, 78)
    )
    boards = "".join(box(-76, y, 152, 13, pale(WOOD, 0.18), ink=ink, width=4) for y in (-48, -24, 0, 24, 48))
    brace = rod([(-70, 54), (68, -42)], ink, WOOD, 11, smooth=False)
    stiles = "".join(box(x, -54, 15, 120, WOOD, ink=ink, width=4) for x in (-78, 62))
    latch = box(70, -8, 22, 9, STEEL, ink=ink, width=3, r=3)
    hinges = "".join(box(-88, y, 26, 8, BLACK, ink=ink, width=3, r=3) for y in (-40, 42))
    return posts + boards + brace + stiles + latch + hinges


def plank(ink: str) -> str:
    """A board with its grain and two nails."""
    body = cel(pts([(-96, 6), (80, -50), (96, -18), (-82, 44)]), "#b98a58", "#936a40", pts([(-100, 34), (100, -28), (100, 0), (-90, 60)]), ink=ink, width=5)  # fmt: skip
    grain = line([(-76, 10), (-20, -2), (20, -22), (76, -36)], "#7d5733", 3.5) + line(
        [(-70, 26), (0, 4), (72, -18)], "#7d5733", 3.5
    )
    knot = oval(-16, 6, 10, 7, "#7d5733", ink=dark("#7d5733", 0.3), width=3)
    nails = oval(-76, 22, 5, 5, STEEL, ink=ink, width=3) + oval(76, -28, 5, 5, STEEL, ink=ink, width=3)
    return body + grain + knot + nails


def giant_puppet(ink: str) -> str:
    """A carnival giant: a great head with a sash over a long gown, its arms hanging."""
    gown = cel(pts([(-34, -26), (34, -26), (58, 92), (-58, 92)]), "#2f4f8f", "#213a6c", pts([(14, -30), (70, -30), (70, 100), (24, 100)]), ink=ink, width=4)  # fmt: skip
    arms = "".join(
        path(
            curve([(s * 30, -24), (s * 52, -14), (s * 62, 30), (s * 48, 34), (s * 36, 0)], tension=0.6),
            "#3a5fa6",
            ink=ink,
            width=4,
        )
        + oval(s * 56, 38, 10, 11, "#e8b48c", ink=ink, width=3.5)
        for s in (-1, 1)
    )
    sash = path(pts([(-32, -24), (-16, -26), (40, 50), (34, 62)]), "#e5b94f", ink=ink, width=3.5)
    collar = path(
        pts([(-22, -30), (0, -14), (22, -30), (14, -36), (-14, -36)]), "#f4efe2", ink=ink, width=3.5
    )
    head = path(curve([(-36, -62), (-30, -92), (0, -100), (30, -92), (36, -62), (26, -34), (0, -26), (-26, -34)]), "#e8b48c", ink=ink, width=4)  # fmt: skip
    hair = path(curve([(-38, -64), (-36, -92), (0, -104), (36, -92), (38, -64), (26, -84), (-26, -84)], tension=0.7), "#2b1d16", ink=ink, width=3.5)  # fmt: skip
    eyes = "".join(oval(x, -66, 7, 8, "#ffffff", ink=ink, width=3) + oval(x + 1, -65, 3, 4, ink) for x in (-14, 14))  # fmt: skip
    cheeks = oval(-24, -50, 7, 6, "#d9705a") + oval(24, -50, 7, 6, "#d9705a")
    face = oval(0, -54, 6, 8, "#d98a68", ink=ink, width=3) + path(curve([(-14, -44), (0, -40), (14, -44), (0, -33)]), "#b5303a", ink=ink, width=3)  # fmt: skip
    feet = oval(-20, 94, 16, 6, BLACK, ink=ink, width=3) + oval(20, 94, 16, 6, BLACK, ink=ink, width=3)
    hem = line([(-54, 78), (54, 78)], "#e5b94f", 6)
    return feet + gown + hem + sash + arms + collar + head + hair + cheeks + eyes + face


def switchboard(ink: str) -> str:
    """A manual exchange: rows of jacks, plugs on cords, and one lamp lit."""
    legs = "".join(box(x, 40, 12, 54, dark(WOOD, 0.3), ink=ink, width=4) for x in (-76, 64))
    case = cel(pts([(-90, -96), (90, -96), (90, 32), (-90, 32)]), WOOD, dark(WOOD, 0.22), pts([(62, -100), (100, -100), (100, 40), (62, 40)]), ink=ink, width=5)  # fmt: skip
    panel = box(-76, -84, 152, 88, "#2c2e36", ink=ink, width=4, r=3)
    jacks = "".join(
        oval(x, y, 5, 5, "#0f1014", ink=BRASS, width=3)
        for y in (-70, -50, -30, -10)
        for x in range(-64, 65, 16)
    )
    lamps = "".join(oval(x, -78, 3, 3, "#8a4a3a") for x in range(-64, 65, 16)) + oval(
        16, -60, 5, 5, "#ff6a4a", ink="#ffd0a0", width=3
    )
    desk = path(pts([(-90, 12), (90, 12), (98, 44), (-98, 44)]), pale(WOOD, 0.12), ink=ink, width=5)
    cords = "".join(
        line([(x, 26), (x + 8, 60), (to, 20), (to, y)], tone, 5)
        for x, to, y, tone in ((-48, -32, -10, "#b5433a"), (-8, 32, -30, "#d8c9a0"), (36, 64, -10, "#4f7d6a"))
    )
    plugs = "".join(box(x, 14, 8, 17, BRASS, ink=ink, width=3, r=2) for x in (-68, -28, 10, 54, 72))
    return legs + case + panel + jacks + lamps + desk + cords + plugs


def dial_telephone(ink: str) -> str:
    """Black, with a dial of ten holes and the receiver across its fork."""
    body = cel(pts([(-46, -14), (46, -14), (84, 72), (-84, 72)]), BLACK, dark(BLACK, 0.35), pts([(30, -20), (90, -20), (100, 80), (58, 80)]), ink=ink, width=5)  # fmt: skip
    foot = box(-92, 68, 184, 18, dark(BLACK, 0.25), ink=ink, width=5, r=6)
    fork = "".join(box(x, -38, 14, 28, BRASS, ink=ink, width=4, r=3) for x in (-40, 26))
    bar = box(-76, -66, 152, 26, pale(BLACK, 0.1), ink=ink, width=5, r=12)
    ends = "".join(oval(x, -46, 25, 25, BLACK, ink=ink, width=5) for x in (-74, 74))
    dial = oval(0, 30, 36, 36, "#e6dcc2", ink=ink, width=4)
    turns = [radians(130 + k * 28) for k in range(10)]
    holes = "".join(oval(26 * cos(a), 30 + 26 * sin(a), 5, 5, BLACK, ink=ink, width=2) for a in turns)
    return body + foot + fork + bar + ends + dial + holes + oval(0, 30, 13, 13, BRASS, ink=ink, width=3)


def blackboard(ink: str) -> str:
    """On the wall, with chalk lines and its ledge."""
    frame = box(-98, -66, 196, 122, WOOD, ink=ink, width=5, r=3) + box(-88, -56, 176, 102, "#2f5144", ink=ink, width=4)  # fmt: skip
    chalk = line([(-70, -30), (-44, -40), (-26, -24), (2, -36), (24, -28)], "#e8ece4", 5)
    chalk += line([(-70, 0), (-20, -6), (36, 2)], "#e8ece4", 4) + line([(-70, 24), (0, 20)], "#e8ece4", 4)
    ledge = box(-92, 52, 184, 12, pale(WOOD, 0.15), ink=ink, width=4) + box(-30, 46, 26, 8, "#f6f2e6", ink=ink, width=3, r=3)  # fmt: skip
    return frame + chalk + ledge + box(36, 40, 32, 13, "#8a5a4a", ink=ink, width=3, r=3)


def stove(ink: str) -> str:
    """With four rings and an oven."""
    body = cel(pts([(-70, -60), (70, -60), (70, 88), (-70, 88)]), "#e6e2d6", "#c3bdae", pts([(40, -66), (80, -66), (80, 100), (40, 100)]), ink=ink, width=5)  # fmt: skip
    rings = "".join(oval(x, -62, 24, 7, BLACK, ink=ink, width=4) for x in (-36, 36))
    knobs = "".join(oval(x, -38, 8, 8, "#5a5c66", ink=ink, width=3) for x in (-48, -16, 16, 48))
    door = box(-54, -16, 108, 78, "#8a8f98", ink=ink, width=4, r=5) + box(-40, -2, 80, 44, "#3a2e2a", ink=ink, width=4, r=5)  # fmt: skip
    fire = path(curve([(-22, 40), (-12, 20), (0, 32), (12, 16), (24, 40)], tension=0.6), "#e0863a")
    return body + rings + knobs + door + fire + rod([(-44, -10), (44, -10)], ink, STEEL, 5)


def fridge(ink: str) -> str:
    """Round-edged, with a steel handle."""
    body = cel(curve([(-50, -90), (0, -96), (50, -90), (54, 88), (-54, 88)], tension=0.35), "#9fc4b8", "#7ca396", pts([(20, -110), (80, -110), (80, 100), (24, 100)]), ink=ink, width=5)  # fmt: skip
    split = line([(-52, -36), (53, -36)], ink, 5, smooth=False)
    handles = rod([(34, -66), (34, -48)], ink, STEEL, 6) + rod([(34, -18), (34, 16)], ink, STEEL, 6)
    return body + split + handles + line([(-36, -74), (-38, 66)], "#d5eae2", 7) + box(-44, 88, 18, 9, BLACK) + box(28, 88, 18, 9, BLACK)  # fmt: skip


def wardrobe(ink: str) -> str:
    """Two doors, one of them ajar."""
    feet = box(-62, 82, 16, 14, dark(WOOD, 0.3), ink=ink, width=4) + box(46, 82, 16, 14, dark(WOOD, 0.3), ink=ink, width=4)  # fmt: skip
    body = box(-70, -84, 140, 168, WOOD, ink=ink, width=5)
    crown = path(pts([(-78, -84), (-66, -98), (66, -98), (78, -84)]), dark(WOOD, 0.15), ink=ink, width=4)
    left = box(-62, -74, 58, 146, pale(WOOD, 0.12), ink=ink, width=4) + box(-52, -62, 38, 54, "none", ink=dark(WOOD, 0.3), width=4) + box(-52, 4, 38, 56, "none", ink=dark(WOOD, 0.3), width=4)  # fmt: skip
    gap = box(4, -74, 58, 146, "#241a18", ink=ink, width=4)
    right = path(pts([(62, -74), (28, -62), (28, 84), (62, 72)]), pale(WOOD, 0.2), ink=ink, width=4)
    return feet + body + crown + left + gap + right + oval(-12, 0, 5, 5, BRASS, ink=ink, width=3) + oval(34, 8, 5, 5, BRASS, ink=ink, width=3)  # fmt: skip


def washing_machine(ink: str) -> str:
    """With its round window."""
    body = cel(pts([(-68, -84), (68, -84), (68, 88), (-68, 88)]), "#e9e9e4", "#c5c6c2", pts([(40, -90), (80, -90), (80, 100), (40, 100)]), ink=ink, width=5)  # fmt: skip
    top = line([(-68, -52), (68, -52)], ink, 4, smooth=False) + box(-56, -74, 40, 14, "#b8bcc2", ink=ink, width=3, r=3)  # fmt: skip
    window = oval(0, 20, 50, 50, STEEL, ink=ink, width=5) + oval(0, 20, 37, 37, "#5d8ba3", ink=ink, width=4)
    wash = path(curve([(-34, 26), (-12, 12), (10, 30), (34, 20), (26, 44), (0, 56), (-26, 46)]), "#c4dbe4")
    return body + top + window + wash + oval(44, -68, 9, 9, "#5a5c66", ink=ink, width=3)


def pillow(ink: str) -> str:
    """White, with a blue stripe."""
    body = cel(curve([(-92, -46), (0, -34), (92, -46), (84, 0), (92, 50), (0, 42), (-92, 50), (-84, 0)], tension=0.7), "#f2ece0", "#d5cbb8", pts([(-100, 20), (100, 14), (100, 70), (-100, 70)]), ink=ink, width=5)  # fmt: skip
    return body + line([(-70, -26), (-66, 30)], "#6f93b8", 5) + line([(70, -26), (66, 30)], "#6f93b8", 5) + line([(-20, 6), (6, 12), (30, 4)], "#b8ad98", 4)  # fmt: skip


def blanket(ink: str) -> str:
    """Of checked wool, folded."""
    drawn = ""
    for y, tone in ((56, "#8a3a34"), (22, "#a84a40"), (-12, "#b8574a")):
        drawn += path(curve([(-88, y), (-94, y + 17), (-88, y + 34), (84, y + 34), (92, y + 17), (86, y)], tension=0.4), tone, ink=ink, width=5)  # fmt: skip
    top = path(pts([(-88, -12), (-66, -52), (70, -52), (86, -12)]), "#c56a58", ink=ink, width=5)
    bars = "".join(line([(x, -12), (x * 0.78, -52)], "#e9cf9a", 5, smooth=False) for x in (-52, -8, 40)) + line([(-76, -32), (78, -32)], "#5a2a26", 5)  # fmt: skip
    return drawn + top + bars


def cooler_box(ink: str) -> str:
    """Of white foam, its lid taped down."""
    body = cel(pts([(-76, -28), (76, -28), (68, 80), (-68, 80)]), "#f2f1ea", "#cfd0c8", pts([(40, -40), (90, -40), (90, 90), (36, 90)]), ink=ink, width=5)  # fmt: skip
    lid = box(-86, -56, 172, 32, "#fbfaf4", ink=ink, width=5, r=6)
    tape = box(-14, -56, 26, 136, "#c89a5a", ink=ink, width=3.5)
    return body + lid + tape + line([(-60, -12), (-54, 64)], "#ffffff", 6) + "".join(oval(x, y, 2.5, 2.5, "#c9c9c0") for x, y in ((-40, 20), (-28, 52), (34, 8), (46, 46)))  # fmt: skip


def poster(ink: str) -> str:
    """Pasted up, one corner loose."""
    sheet = path(pts([(-66, -94), (66, -94), (66, 70), (44, 92), (-66, 92)]), "#f0dfb8", ink=ink, width=5)
    corner = path(pts([(66, 70), (44, 92), (42, 68)]), "#cdb98e", ink=ink, width=4)
    head = box(-52, -80, 104, 26, "#b5433a", ink=ink, width=3.5)
    star = oval(0, -6, 36, 36, "#e5a53f", ink=ink, width=4) + oval(0, -6, 18, 18, "#b5433a", ink=ink, width=3)
    rules = "".join(line([(-46, y), (w, y)], "#5a4632", 6, smooth=False) for y, w in ((48, 46), (64, 24), (78, 10)))  # fmt: skip
    return sheet + corner + head + star + rules


def bust(ink: str) -> str:
    """Of white stone on its plinth."""
    plinth = box(-44, 54, 88, 40, "#a9a398", ink=ink, width=5) + box(-54, 46, 108, 14, "#c4beb2", ink=ink, width=4)  # fmt: skip
    body = path(curve([(-62, 48), (-50, 14), (-18, 2), (18, 2), (50, 14), (62, 48)], tension=0.6), "#ded9cd", ink=ink, width=5)  # fmt: skip
    head = cel(curve([(-34, -46), (-28, -82), (0, -96), (28, -82), (34, -46), (22, -8), (0, 6), (-22, -8)]), "#e8e3d8", "#c4beb0", pts([(8, -110), (60, -110), (60, 30), (10, 30)]), ink=ink, width=5)  # fmt: skip
    face = line([(-20, -50), (-8, -52)], ink, 4) + line([(8, -52), (20, -50)], ink, 4) + line([(0, -48), (-4, -28), (3, -27)], ink, 3.5) + line([(-10, -15), (10, -15)], ink, 3.5)  # fmt: skip
    return plinth + body + head + face


def walking_frame(ink: str) -> str:
    """On two wheels."""
    rear = rod([(-56, 88), (-40, -60), (-10, -78), (30, -78), (58, -60), (74, 88)], ink, STEEL, 8)
    bars = rod([(-46, 10), (66, 10)], ink, STEEL, 7) + rod([(-78, 80), (-58, -52)], ink, STEEL, 8)
    grips = rod([(-62, -62), (-30, -66)], ink, BLACK, 11)
    return rear + bars + grips + oval(-56, 88, 11, 11, BLACK, ink=ink, width=3) + oval(74, 88, 11, 11, BLACK, ink=ink, width=3)  # fmt: skip


def aquarium(ink: str) -> str:
    """With one red fish."""
    water = path(pts([(-84, -42), (84, -42), (84, 70), (-84, 70)]), "#9fd0da") + path(pts([(-84, 52), (84, 46), (84, 70), (-84, 70)]), "#d9c08a")  # fmt: skip
    weed = line([(-58, 56), (-66, 20), (-54, -12)], "#4f8a5a", 9) + line([(-46, 56), (-40, 26), (-48, 4)], "#63a06a", 8)  # fmt: skip
    fish = path(curve([(-12, 10), (14, -12), (44, 4), (16, 26)]), "#e0703a", ink=ink, width=4) + path(pts([(-8, 9), (-32, -8), (-30, 26)]), "#e0703a", ink=ink, width=4) + oval(28, 2, 3.5, 3.5, ink)  # fmt: skip
    bubbles = oval(56, -14, 5, 5, "#e6f6f9") + oval(62, -30, 4, 4, "#e6f6f9")
    case = box(-86, -66, 172, 138, "none", ink=ink, width=6, r=5)
    return water + weed + fish + bubbles + case + box(-90, 68, 180, 14, BLACK, ink=ink, width=4, r=4)


def veil(ink: str) -> str:
    """A bride's, on a wreath of flowers."""
    net = path(curve([(-40, -56), (0, -70), (40, -56), (72, 40), (62, 92), (0, 84), (-62, 92), (-72, 40)], tension=0.7), "#f6f3ec", ink=ink, width=4, opacity=0.92)  # fmt: skip
    folds = "".join(line([(x * 0.5, -50), (x, 82)], "#cfc8b8", 4) for x in (-46, -18, 14, 44))
    wreath = "".join(oval(x, y, 12, 11, tone, ink=ink, width=3.5) for x, y, tone in ((-42, -56, "#fbe9ec"), (-22, -68, "#f3c9d2"), (0, -72, "#fbe9ec"), (22, -68, "#f3c9d2"), (42, -56, "#fbe9ec")))  # fmt: skip
    return net + folds + wreath


def wreath(ink: str) -> str:
    """For a grave, with its ribbon."""
    from_green = oval(0, -8, 68, 68, "none", ink=ink, width=44) + oval(0, -8, 68, 68, "none", ink="#3f6b45", width=36)  # fmt: skip
    places = ((0, -76, 0), (48, -56, 1), (68, -8, 0), (48, 40, 1), (-48, 40, 1), (-68, -8, 0), (-48, -56, 1))
    flowers = "".join(oval(x, y, 17, 16, ("#f2ecdf", "#b03a55")[t], ink=ink, width=4) + oval(x, y, 6, 6, "#e5b94f") for x, y, t in places)  # fmt: skip
    ribbon = path(pts([(-10, 50), (10, 50), (34, 98), (8, 88), (0, 72), (-8, 88), (-34, 98)]), "#7a2f5a", ink=ink, width=4)  # fmt: skip
    return from_green + flowers + ribbon + oval(0, 54, 17, 12, "#7a2f5a", ink=ink, width=4)


def scarecrow(ink: str) -> str:
    """On its pole in the field."""
    pole = rod([(0, -50), (0, 98)], ink, WOOD, 9) + rod([(-92, -8), (92, -8)], ink, WOOD, 9)
    coat = path(pts([(-84, -22), (84, -22), (84, 8), (34, 12), (38, 66), (-38, 66), (-34, 12), (-84, 8)]), "#6b5a8a", ink=ink, width=4)  # fmt: skip
    straw = "".join(line([(x, -7), (x + s * 14, y)], "#e0bb55", 5) for x, s in ((84, 1), (-84, -1)) for y in (-16, -4, 8))  # fmt: skip
    head = oval(0, -46, 28, 27, "#dcb877", ink=ink, width=4)
    hat = path(pts([(-48, -60), (48, -60), (26, -68), (20, -98), (-20, -98), (-26, -68)]), "#8a5a34", ink=ink, width=4)  # fmt: skip
    face = (
        oval(-10, -48, 4, 4, ink) + oval(10, -48, 4, 4, ink) + line([(-12, -34), (0, -30), (12, -34)], ink, 4)
    )
    return pole + straw + coat + head + hat + face + box(-14, 16, 20, 18, "#b5433a", ink=ink, width=3)


def rug(ink: str) -> str:
    """Woven, seen at a slant."""
    body = path(pts([(-60, -46), (60, -46), (96, 52), (-96, 52)]), "#9a3b34", ink=ink, width=5)
    inner = path(pts([(-50, -36), (50, -36), (78, 40), (-78, 40)]), "none", ink="#e5b94f", width=5)
    heart = path(pts([(0, -24), (34, 2), (0, 30), (-34, 2)]), "#2f5a6f", ink=ink, width=4)
    fringe = "".join(line([(x, 52), (x * 1.03, 64)], "#e9d9b0", 4, smooth=False) for x in range(-92, 93, 12))
    return fringe + body + inner + heart


def phone_booth(ink: str) -> str:
    """Of red iron and glass."""
    body = cel(pts([(-44, -82), (44, -82), (44, 94), (-44, 94)]), "#b5332e", "#8a2521", pts([(24, -90), (60, -90), (60, 100), (24, 100)]), ink=ink, width=5)  # fmt: skip
    roof = path(
        curve([(-50, -82), (-40, -98), (40, -98), (50, -82)], tension=0.4), "#b5332e", ink=ink, width=5
    )
    sign_ = box(-34, -80, 68, 14, "#f4efe2", ink=ink, width=3)
    panes = "".join(box(x, y, 18, 26, "#cfe0e4", ink=ink, width=3) for x in (-32, -9, 14) for y in (-58, -28, 2, 32))  # fmt: skip
    return body + roof + sign_ + panes
