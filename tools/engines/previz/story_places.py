"""What stands outside and in workrooms, and what ships and machines of stories are: a lighthouse, a barge."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, glow, line, oval, path, pts, rod

STEEL, WOOD, BLACK, GOLD = "#9aa2ac", "#a5713f", "#35353d", "#c9a15a"


def lighthouse(ink: str) -> str:
    """White with red bands, on its rock, the beam on."""
    beam = path(pts([(6, -74), (100, -98), (100, -48)]), "#ffe9a0", opacity=0.55) + path(
        pts([(-6, -74), (-100, -96), (-100, -52)]), "#ffe9a0", opacity=0.45
    )
    rock = path(curve([(-84, 96), (-70, 66), (-30, 58), (30, 60), (66, 70), (84, 96)]), "#6d6a66", ink=ink, width=5)  # fmt: skip
    tower = cel(pts([(-24, -54), (24, -54), (40, 66), (-40, 66)]), "#f3efe6", "#d2cbbd", pts([(6, -60), (60, -60), (60, 80), (12, 80)]), ink=ink, width=5)  # fmt: skip
    bands = path(pts([(-28, -28), (28, -28), (32, 0), (-32, 0)]), "#b8423c", ink=ink, width=4) + path(pts([(-35, 26), (35, 26), (39, 54), (-39, 54)]), "#b8423c", ink=ink, width=4)  # fmt: skip
    gallery = box(-34, -60, 68, 11, BLACK, ink=ink, width=4, r=3)
    lantern = box(-19, -86, 38, 27, "#ffdf7a", ink=ink, width=4.5) + line([(0, -85), (0, -61)], ink, 4)
    roof = path(pts([(-26, -85), (26, -85), (0, -102)]), "#b8423c", ink=ink, width=4.5)
    door = box(-9, 46, 18, 22, "#4a3a2c", ink=ink, width=4, r=6)
    return beam + glow(0, -73, 50, 40, "#fff0b8", 0.8) + rock + tower + bands + gallery + lantern + roof + door  # fmt: skip


def trawler(ink: str) -> str:
    """A fishing boat with its wheelhouse, its mast and a net hung up."""
    water = line([(-98, 76), (-60, 70), (-20, 78), (30, 70), (98, 77)], "#6fa3b8", 9)
    mast = rod([(24, 20), (24, -92)], ink, WOOD, 7, smooth=False) + rod([(24, -60), (84, -84)], ink, WOOD, 6, smooth=False)  # fmt: skip
    stays = line([(24, -90), (-88, 12)], ink, 3, smooth=False) + line([(84, -82), (88, 6)], ink, 3, smooth=False)  # fmt: skip
    net = path(pts([(36, -62), (80, -80), (74, 4), (44, 4)]), "#7fa07a", ink=ink, width=3.5, opacity=0.8)
    house = box(-54, -36, 62, 54, "#f0e9da", ink=ink, width=5, r=3) + box(-60, -46, 74, 13, "#b8423c", ink=ink, width=4.5, r=3)  # fmt: skip
    panes = "".join(box(x, -24, 17, 20, "#a9d0de", ink=ink, width=4) for x in (-46, -22))
    hull = cel("M-98 6Q-20 24 98 -2Q90 50 66 70H-70Q-92 44 -98 6Z", "#33658a", "#244b68", pts([(10, 0), (110, -10), (110, 90), (20, 90)]), ink=ink, width=5)  # fmt: skip
    band = line([(-94, 18), (-10, 34), (95, 12)], "#f0e9da", 7)
    return mast + stays + net + house + panes + hull + band + water


def narrowboat(ink: str) -> str:
    """Long and low, painted, with round windows and a chimney."""
    water = line([(-100, 62), (-50, 56), (0, 64), (50, 56), (100, 63)], "#6fa3a0", 9)
    pipe = box(-46, -54, 14, 28, BLACK, ink=ink, width=4.5) + line([(-48, -46), (-30, -46)], GOLD, 5)
    smoke = line([(-38, -58), (-30, -72), (-42, -84)], "#c9c4bc", 7)
    roof = path(pts([(-70, -28), (70, -28), (76, -16), (-76, -16)]), "#7a3f3a", ink=ink, width=4.5)
    cabin = box(-76, -16, 152, 38, "#2f5a4a", ink=ink, width=5, r=3)
    panels = box(-70, -10, 56, 26, "none", ink="#d9b45a", width=4, r=3) + box(14, -10, 56, 26, "none", ink="#d9b45a", width=4, r=3)  # fmt: skip
    panes = "".join(oval(x, 3, 10, 10, "#bfe0e6", ink=ink, width=4.5) for x in (-58, -28, 28, 58))
    door = box(-10, -12, 20, 34, "#b8423c", ink=ink, width=4)
    hull = cel("M-98 10Q-90 20 -80 20H92L98 6Q98 44 82 56H-74Q-96 44 -98 10Z", "#2a2f3a", "#191d26", pts([(20, 0), (110, 0), (110, 70), (30, 70)]), ink=ink, width=5)  # fmt: skip
    tiller = rod([(86, 10), (98, -22), (78, -26)], ink, WOOD, 6, smooth=False)
    return smoke + pipe + tiller + roof + cabin + panels + panes + door + hull + line([(-88, 34), (86, 34)], "#b8423c", 5) + water  # fmt: skip


def grapevine(ink: str) -> str:
    """A vine on its stake, with leaves and bunches."""
    stake = rod([(18, -94), (18, 92)], ink, "#8d6f4c", 8, smooth=False) + rod([(-92, -40), (92, -46)], ink, STEEL, 3)  # fmt: skip
    trunk = rod([(-6, 92), (-16, 50), (6, 18), (-4, -30)], ink, "#6b4a30", 13) + rod([(-4, -28), (-46, -44), (-84, -38)], ink, "#6b4a30", 7) + rod([(-2, -28), (40, -50), (84, -44)], ink, "#6b4a30", 7)  # fmt: skip

    def leaf(x: float, y: float, tone: str) -> str:
        return path(curve([(x, y - 24), (x + 22, y - 14), (x + 20, y + 8), (x, y + 24), (x - 20, y + 8), (x - 22, y - 14)], tension=0.6), tone, ink=ink, width=4.5) + line([(x, y - 14), (x, y + 16)], "#4a7338", 3.5)  # fmt: skip

    def bunch(x: float, y: float) -> str:
        places = ((-12, 0), (0, -2), (12, 0), (-7, 11), (6, 11), (0, 22))
        return "".join(oval(x + a, y + b, 8, 8, "#5d3f78", ink=ink, width=3.5) + oval(x + a - 2, y + b - 3, 2.5, 2, "#b79fce") for a, b in places)  # fmt: skip

    leaves = "".join(leaf(x, y, tone) for x, y, tone in ((-74, -52, "#7fa556"), (-34, -62, "#6d9448"), (10, -66, "#86ad5c"), (50, -64, "#6d9448"), (82, -50, "#7fa556"), (-20, -14, "#86ad5c")))  # fmt: skip
    return stake + trunk + leaves + bunch(-58, -12) + bunch(40, -14) + bunch(76, -8)


def wire_fence(ink: str) -> str:
    """Of mesh between steel posts."""
    mesh = "".join(
        line([(x, -66), (min(x + 136, 92), -66 + min(136, 92 - x))], "#7d858f", 3.5, smooth=False)
        + line([(-x, -66), (max(-x - 136, -92), -66 + min(136, 92 - x))], "#7d858f", 3.5, smooth=False)
        for x in range(-92, 92, 18)
    )
    mesh += "".join(
        line([(-92, y), (max(-92, min(92, -92 + 70 - y)), min(70, y + 184))], "#7d858f", 3.5, smooth=False)
        + line([(92, y), (min(92, max(-92, 92 - 70 + y)), min(70, y + 184))], "#7d858f", 3.5, smooth=False)
        for y in range(-48, 70, 18)
    )
    wires = "".join(rod([(-94, y), (94, y)], ink, STEEL, 3, smooth=False) for y in (-68, 72))
    posts = "".join(box(x, -90, 13, 184, "#6d757f", ink=ink, width=5, r=4) for x in (-99, -6, 86))
    barbs = line([(-94, -84), (94, -84)], ink, 4) + "".join(line([(x - 5, -90), (x + 5, -78)], ink, 3.5) + line([(x - 5, -78), (x + 5, -90)], ink, 3.5) for x in range(-70, 80, 28))  # fmt: skip
    return mesh + wires + barbs + posts


def bandstand(ink: str) -> str:
    """In a park: a roof on thin pillars over a round stage."""
    steps = box(-34, 72, 68, 20, "#b7ac98", ink=ink, width=4.5)
    stage = box(-88, 44, 176, 32, "#c9bfa9", ink=ink, width=5, r=3) + line(
        [(-84, 58), (84, 58)], "#a69a82", 4
    )
    inside = box(-76, -34, 152, 80, "#7d9a8e", opacity=0.35)
    posts = "".join(box(x - 4, -38, 9, 86, "#f0ead8", ink=ink, width=4) for x in (-78, -44, 44, 78))
    rail = "".join(line([(x, 22), (x, 44)], "#f0ead8", 5) for x in range(-70, -44, 9)) + "".join(line([(x, 22), (x, 44)], "#f0ead8", 5) for x in range(52, 78, 9))  # fmt: skip
    bars = rod([(-78, 20), (-44, 20)], ink, "#f0ead8", 5) + rod([(44, 20), (78, 20)], ink, "#f0ead8", 5)
    roof = cel(pts([(-96, -38), (-34, -76), (34, -76), (96, -38)]), "#5d8a7c", "#456a5f", pts([(10, -90), (110, -90), (110, -30), (30, -30)]), ink=ink, width=5)  # fmt: skip
    ribs = "".join(line([(x * 0.36, -74), (x, -40)], "#3d5f55", 4) for x in (-60, -20, 20, 60))
    top = oval(0, -82, 16, 12, "#5d8a7c", ink=ink, width=4.5) + line([(0, -92), (0, -102)], ink, 5)
    scallops = "".join(oval(x, -36, 8, 7, "#f0ead8", ink=ink, width=3.5) for x in range(-88, 92, 16))
    return inside + stage + steps + rail + bars + posts + scallops + roof + ribs + top


def arcade_machine(ink: str) -> str:
    """Upright, its screen lit, two sticks and a slot for coins."""
    side = path(pts([(44, -96), (60, -86), (60, 94), (50, 96)]), "#2b2342", ink=ink, width=4.5)
    body = path(pts([(-50, -96), (46, -96), (46, 96), (-50, 96)]), "#4a3a78", ink=ink, width=5)
    head = box(-44, -92, 84, 24, "#e8b64c", ink=ink, width=4.5, r=3) + line([(-30, -80), (-8, -80)], "#b8423c", 8) + line([(4, -80), (26, -80)], "#b8423c", 8)  # fmt: skip
    screen = glow(-2, -32, 60, 50, "#7fe0d0", 0.5) + box(-40, -62, 76, 62, "#12202c", ink=ink, width=5, r=4)
    game = box(-30, -50, 12, 8, "#e8647a") + box(-8, -50, 12, 8, "#e8b64c") + box(14, -50, 12, 8, "#e8647a") + box(-8, -16, 14, 7, "#7fe0d0") + line([(-1, -22), (-1, -34)], "#ffffff", 4)  # fmt: skip
    desk = path(pts([(-54, 2), (48, 2), (58, 30), (-64, 30)]), "#2f2a44", ink=ink, width=5)
    sticks = "".join(line([(x, 18), (x - 2, 2)], ink, 6) + oval(x - 2, -1, 8, 8, "#c8443a", ink=ink, width=4) for x in (-40, 12))  # fmt: skip
    keys = "".join(oval(x, 20, 5, 4, tone, ink=ink, width=3) for x, tone in ((-20, "#f2c230"), (-6, "#7fb45a"), (30, "#f2c230"), (43, "#7fb45a")))  # fmt: skip
    slot = box(-22, 46, 40, 34, "#6d6a78", ink=ink, width=4.5, r=3) + line([(-10, 54), (-10, 64)], ink, 5) + line([(6, 54), (6, 64)], ink, 5)  # fmt: skip
    return side + body + head + screen + game + desk + sticks + keys + slot


def tumble_dryer(ink: str) -> str:
    """White, with a round glass door and warm washing behind it."""
    body = cel(pts([(-78, -94), (78, -94), (78, 94), (-78, 94)]), "#eceae4", "#cdcac2", pts([(34, -100), (100, -100), (100, 100), (44, 100)]), ink=ink, width=5)  # fmt: skip
    panel = box(-78, -94, 156, 34, "#d5d2ca", ink=ink, width=4.5) + oval(50, -77, 12, 12, "#8d929c", ink=ink, width=4) + box(-64, -86, 54, 18, "#3a3f48", ink=ink, width=3.5, r=3)  # fmt: skip
    door = oval(0, 16, 60, 60, "#b9bdc4", ink=ink, width=5) + oval(
        0, 16, 46, 46, "#3b2f33", ink=ink, width=4.5
    )
    wash = path(curve([(-42, 20), (-14, 12), (8, 30), (-4, 56), (-30, 50)]), "#7f9bb5", ink=ink, width=4)
    wash += path(curve([(0, 16), (30, 6), (42, 24), (26, 50), (4, 44)]), "#e8dfc8", ink=ink, width=4)
    wash += path(curve([(-20, 40), (6, 34), (22, 52), (0, 60)]), "#c2564a", ink=ink, width=4)
    wash += line([(-24, -14), (0, -24), (24, -14)], "#f0ead8", 5, opacity=0.6)
    grip = box(50, 6, 16, 24, "#8d929c", ink=ink, width=4, r=5)
    foot = "".join(line([(x, 84), (x + 18, 84)], "#a9a69e", 5) for x in (-58, -32, -6, 20))
    return body + panel + door + wash + grip + foot


def drip_bag(ink: str) -> str:
    """Hanging from its stand, with its tube."""
    pole = rod([(-4, -92), (-4, 78)], ink, STEEL, 6, smooth=False) + rod([(-34, -84), (-4, -94), (30, -84)], ink, STEEL, 5)  # fmt: skip
    feet = rod([(-4, 76), (-46, 92)], ink, STEEL, 6) + rod([(-4, 76), (40, 92)], ink, STEEL, 6)
    wheels = oval(-48, 94, 6, 5, BLACK, ink=ink, width=3) + oval(42, 94, 6, 5, BLACK, ink=ink, width=3)
    bag = path("M8 -76H56Q62 -40 54 -10L38 2H26L10 -10Q2 -40 8 -76Z", "#dceef2", ink=ink, width=5) + path("M7 -40H57Q58 -24 53 -12L38 0H26L11 -12Q6 -24 7 -40Z", "#a9d3e0")  # fmt: skip
    label = box(18, -66, 28, 20, "#ffffff", ink=ink, width=3.5) + line([(23, -56), (41, -56)], "#c8443a", 4)
    chamber = box(26, 2, 12, 20, "#eef7f9", ink=ink, width=4, r=3)
    tube = line([(32, 22), (36, 50), (62, 54), (70, 30), (88, 40), (92, 70)], "#8fb4c0", 5)
    return pole + feet + wheels + bag + label + tube + chamber


def rear_mirror(ink: str) -> str:
    """Of a car, the road behind in it, a charm hanging from it."""
    arm = rod([(0, -94), (0, -44)], ink, BLACK, 11, smooth=False)
    frame = box(-94, -46, 188, 68, BLACK, ink=ink, width=5, r=26)
    glass = box(-82, -36, 164, 48, "#b9d3dc", ink=ink, width=4, r=18)
    road = path(pts([(-10, -12), (10, -12), (40, 10), (-40, 10)]), "#6d7078") + line([(0, -8), (0, 8)], "#f0ead8", 4)  # fmt: skip
    hills = line([(-76, -12), (-44, -22), (-12, -13)], "#6d8f78", 6) + line([(12, -13), (44, -24), (76, -12)], "#6d8f78", 6)  # fmt: skip
    charm = line([(-40, 22), (-40, 54)], ink, 4) + path(curve([(-56, 58), (-40, 50), (-24, 58), (-26, 80), (-40, 90), (-54, 80)]), "#c8443a", ink=ink, width=4.5)  # fmt: skip
    return arm + frame + glass + hills + road + charm + line([(-66, -28), (-40, -32)], "#ffffff", 5)


def wheel_brace(ink: str) -> str:
    """A cross of steel for the nuts of a wheel."""
    bars = rod([(-80, -52), (80, 52)], ink, STEEL, 12, smooth=False) + rod([(-52, 80), (52, -80)], ink, "#868e99", 12, smooth=False)  # fmt: skip
    ends = "".join(
        oval(x, y, 18, 18, "#6d757f", ink=ink, width=5) + oval(x, y, 8, 8, "#2c3036", ink=ink, width=3)
        for x, y in ((-82, -54), (82, 54), (-54, 82), (54, -82))
    )
    return bars + ends + oval(0, 0, 14, 13, "#868e99", ink=ink, width=4.5) + line([(-58, -42), (-16, -15)], "#d8dde2", 4)  # fmt: skip


def bicycle_pedal(ink: str) -> str:
    """On its crank."""
    crank = rod([(-84, -58), (4, 14)], ink, STEEL, 15, smooth=False) + oval(-84, -58, 19, 19, "#868e99", ink=ink, width=5) + oval(-84, -58, 8, 8, BLACK, ink=ink, width=3.5)  # fmt: skip
    axle = rod([(4, 14), (34, 14)], ink, "#6d757f", 9, smooth=False)
    body = box(16, -18, 78, 66, BLACK, ink=ink, width=5, r=7) + box(28, -6, 54, 42, "#5a5d66", ink=ink, width=4, r=4)  # fmt: skip
    treads = "".join(line([(x, -12), (x, 42)], "#74777f", 5) for x in (34, 48, 62, 76))
    glint = box(30, -17, 48, 9, "#f0a03c", ink=ink, width=3) + box(30, 39, 48, 9, "#f0a03c", ink=ink, width=3)
    return crank + axle + body + treads + glint


def cleaning_cart(ink: str) -> str:
    """With its bag, its bottles, a broom and a pail."""
    broom = rod([(-66, -96), (-58, 30)], ink, WOOD, 7, smooth=False) + path(pts([(-76, -96), (-56, -96), (-52, -72), (-80, -72)]), "#d9b45a", ink=ink, width=4)  # fmt: skip
    frame = rod([(-84, -30), (-84, 72), (70, 72), (70, -34)], ink, STEEL, 7, smooth=False) + rod([(70, -34), (92, -48)], ink, STEEL, 7)  # fmt: skip
    sack = cel(pts([(10, -38), (66, -38), (60, 66), (16, 66)]), "#e0b03c", "#b98a26", pts([(40, -50), (80, -50), (80, 80), (44, 80)]), ink=ink, width=5)  # fmt: skip
    shelf = box(-84, 10, 90, 9, "#6d757f", ink=ink, width=4)
    bottles = "".join(
        box(x, -20, 18, 31, tone, ink=ink, width=4, r=4) + box(x + 5, -32, 9, 12, "#f0ead8", ink=ink, width=3)
        for x, tone in ((-46, "#5f9ac0"), (-22, "#d8647a"))
    )
    pail = path(pts([(-74, 30), (-20, 30), (-26, 70), (-68, 70)]), "#3f7aa0", ink=ink, width=4.5)
    wheels = "".join(oval(x, 86, 12, 12, BLACK, ink=ink, width=4.5) + oval(x, 86, 4, 4, STEEL) for x in (-70, 58))  # fmt: skip
    return broom + frame + shelf + bottles + pail + sack + wheels


def alarm_bell(ink: str) -> str:
    """On its plate, ringing, a red lamp above."""
    plate = box(-58, -60, 116, 150, "#d8d3c6", ink=ink, width=5, r=8)
    bell = oval(0, 26, 50, 50, "#b8393a", ink=ink, width=5) + oval(0, 26, 34, 34, "#cf5550", ink=dark("#b8393a", 0.3), width=4) + oval(0, 26, 9, 9, STEEL, ink=ink, width=4)  # fmt: skip
    hammer = rod([(34, 66), (46, 80)], ink, STEEL, 5) + oval(34, 64, 7, 7, BLACK, ink=ink, width=3)
    lamp = glow(0, -62, 60, 46, "#ff6a50", 0.7) + path("M-24 -50Q-24 -90 0 -90Q24 -90 24 -50Z", "#f0553f", ink=ink, width=5) + box(-30, -52, 60, 12, BLACK, ink=ink, width=4, r=3)  # fmt: skip
    waves = "".join(line([(s * 70, -2), (s * 80, 26), (s * 70, 54)], ink, 5) + line([(s * 86, -14), (s * 98, 26), (s * 86, 66)], ink, 4) for s in (-1, 1))  # fmt: skip
    return plate + bell + hammer + lamp + waves


def empty_frame(ink: str) -> str:
    """Gilded, with nothing in it."""
    outer = "M-84 -94H84V94H-84Z"
    rim = path(outer + "M-54 -64V64H54V-64Z", GOLD, ink=ink, width=5)
    shade = path("M-84 94H84V-94L54 -64V64H-54Z", dark(GOLD, 0.2)) + path(outer, ink=ink, width=5)
    beads = "".join(oval(x, y, 4, 4, pale(GOLD, 0.45)) for x in range(-60, 70, 20) for y in (-79, 79))
    beads += "".join(oval(x, y, 4, 4, pale(GOLD, 0.45)) for y in range(-40, 50, 20) for x in (-69, 69))
    joins = "".join(line([(x, y), (x * 54 / 84, y * 64 / 94)], ink, 4) for x in (-84, 84) for y in (-94, 94))
    corners = "".join(oval(x, y, 12, 12, pale(GOLD, 0.2), ink=ink, width=4) for x in (-72, 72) for y in (-82, 82))  # fmt: skip
    return rim + shade + path("M-54 -64V64H54V-64Z", ink=ink, width=5) + joins + beads + corners


def hay_bale(ink: str) -> str:
    """Of straw, tied twice."""
    tone = "#d9b24a"
    top = path(pts([(-70, -34), (86, -34), (66, -4), (-92, -4)]), pale(tone, 0.25), ink=ink, width=5)
    side = path(pts([(66, -4), (86, -34), (92, 46), (70, 72)]), dark(tone, 0.25), ink=ink, width=5)
    front = box(-92, -4, 160, 76, tone, ink=ink, width=5, r=3)
    straws = "".join(
        line([(x, y), (x + 20, y + (6 if (x + y) % 3 else -5))], dark(tone, 0.3), 3.5)
        for x, y in (
            (-80, 12),
            (-50, 30),
            (-84, 50),
            (-30, 8),
            (-6, 40),
            (20, 18),
            (38, 54),
            (-44, 58),
            (6, 62),
        )
    )
    loose = line([(-96, 66), (-100, 82)], tone, 5) + line([(60, 70), (76, 88)], tone, 5) + line([(-20, -40), (-30, -56)], tone, 5)  # fmt: skip
    cords = "".join(line([(x, 71), (x, -3), (x + 20, -33)], "#8a4a3a", 5, smooth=False) for x in (-48, 22))
    return loose + top + side + front + straws + cords


def boat_sail(ink: str) -> str:
    """On its mast and boom, full of wind."""
    mast = rod([(-52, -98), (-52, 94)], ink, WOOD, 8, smooth=False)
    boom = rod([(-52, 68), (80, 62)], ink, WOOD, 7, smooth=False)
    sheet = cel("M-46 -92Q50 -30 84 54Q20 66 -46 60Z", "#f0e6d0", "#d2c5a8", pts([(-10, -20), (110, 20), (110, 80), (-20, 80)]), ink=ink, width=5)  # fmt: skip
    seams = line([(-46, -46), (4, -38), (18, -44)], "#b5a88a", 4) + line([(-46, 0), (20, 6), (52, -2)], "#b5a88a", 4) + line([(-46, 36), (30, 40), (72, 32)], "#b5a88a", 4)  # fmt: skip
    return mast + sheet + seams + boom + line([(80, 62), (92, 88)], ink, 4)


def shop_counter(ink: str) -> str:
    """Of wood, with panels, a bell on it."""
    body = cel(pts([(-88, -14), (88, -14), (88, 88), (-88, 88)]), "#8d6340", "#6d4a2e", pts([(36, -20), (110, -20), (110, 100), (50, 100)]), ink=ink, width=5)  # fmt: skip
    panels = "".join(box(x, 8, 46, 62, "none", ink="#5a3c24", width=5, r=3) for x in (-78, -23, 32))
    top = box(-98, -34, 196, 23, pale("#a5713f", 0.12), ink=ink, width=5, r=5)
    bell = path("M24 -38Q26 -58 44 -58Q62 -58 64 -38Z", GOLD, ink=ink, width=4.5) + line([(44, -58), (44, -66)], ink, 6) + box(18, -40, 52, 7, BLACK, ink=ink, width=3)  # fmt: skip
    return body + panels + top + bell + line([(-84, -26), (0, -27)], pale("#a5713f", 0.4), 4)
