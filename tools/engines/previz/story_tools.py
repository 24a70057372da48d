"""Tools, weapons and machines of stories: what is turned, pushed, fired or wound up."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, clip, curve, group, line, oval, path, pts, rod

WOOD, IRON, STEEL = "#8d6340", "#5f646e", "#b4b9c2"


def gavel(ink: str) -> str:
    """A judge's, on its block."""
    block = oval(-20, 78, 62, 16, dark(WOOD, 0.2), ink=ink, width=4) + oval(
        -20, 68, 62, 16, WOOD, ink=ink, width=4
    )
    shaft = rod([(-10, -6), (88, 62)], ink, WOOD, 12)
    head = path(pts([(-66, -24), (-14, -84), (24, -50), (-28, 12)]), "#75482c", ink=ink, width=4)
    bands = line([(-54, -12), (-2, -72)], "#d0a04a", 7, smooth=False) + line([(-38, 2), (14, -58)], "#d0a04a", 7, smooth=False)  # fmt: skip
    return (
        block
        + shaft
        + head
        + bands
        + path(pts([(-66, -24), (-14, -84), (24, -50), (-28, 12)]), ink=ink, width=4)
    )


def sickle(ink: str) -> str:
    """A curved blade and a wooden grip."""
    blade = path(curve([(-10, 34), (-58, 10), (-74, -40), (-34, -84), (28, -88), (82, -50), (30, -64), (-20, -52), (-36, -16), (-12, 14), (8, 18)], tension=0.8), STEEL, ink=ink, width=4)  # fmt: skip
    shine = line([(-58, -36), (-26, -72), (22, -78)], "#eef0f3", 5)
    grip = rod([(0, 30), (30, 84)], ink, WOOD, 17)
    return blade + shine + grip + line([(4, 44), (14, 38)], ink, 3.5) + line([(22, 76), (33, 70)], ink, 3.5)


def watering_can(ink: str) -> str:
    """Of zinc, with a rose on its spout."""
    handle = rod([(30, -34), (84, -54), (92, 10), (52, 52)], ink, "#7f949c", 8)
    spout = path(pts([(-26, 40), (-84, -40), (-70, -48), (-20, 8)]), "#93a8b0", ink=ink, width=4) + path(pts([(-98, -36), (-72, -64), (-62, -52), (-86, -26)]), "#b3c4ca", ink=ink, width=4)  # fmt: skip
    body = cel(pts([(-36, -30), (50, -30), (56, 76), (-42, 76)]), "#93a8b0", "#748a93", pts([(16, -40), (70, -40), (70, 90), (24, 90)]), ink=ink, width=4)  # fmt: skip
    rim = oval(7, -30, 43, 11, "#5f747d", ink=ink, width=4) + rod(
        [(-24, -32), (6, -74), (38, -34)], ink, "#7f949c", 7
    )
    return handle + spout + body + rim + line([(-38, 52), (54, 52)], "#6a808a", 4)


def wheelbarrow(ink: str) -> str:
    """Loaded with earth."""
    load = path(
        curve([(-72, -20), (-40, -56), (4, -48), (36, -30), (52, -16)], tension=0.8),
        "#6b4a30",
        ink=ink,
        width=4,
    )
    shafts = rod([(-60, 58), (40, 22), (94, -2)], ink, WOOD, 8)
    leg = rod([(34, 24), (40, 76)], ink, IRON, 7)
    tray = cel(pts([(-90, -22), (66, -22), (38, 36), (-56, 36)]), "#4f7d6a", "#3c6152", pts([(-100, 16), (80, 10), (80, 50), (-100, 50)]), ink=ink, width=4)  # fmt: skip
    wheel = oval(-62, 58, 27, 27, "#3a3a42", ink=ink, width=4) + oval(
        -62, 58, 13, 13, STEEL, ink=ink, width=3.5
    )
    return load + shafts + leg + tray + wheel


def rifle(ink: str) -> str:
    """A hunter's double gun."""
    stock = path(
        pts([(94, 40), (96, 10), (40, -16), (14, -18), (8, -2), (36, 6), (66, 26)]),
        "#7a4a2c",
        ink=ink,
        width=4,
    )
    barrel = path(pts([(-96, -34), (20, -26), (20, -14), (-96, -22)]), IRON, ink=ink, width=4)
    fore = path(pts([(-44, -21), (14, -15), (14, -2), (-40, -10)]), "#8d5a36", ink=ink, width=4)
    guard = line([(16, -4), (14, 12), (34, 14), (38, 4)], ink, 6) + line([(24, -4), (22, 6)], ink, 4.5)
    return stock + barrel + fore + guard + line([(-90, -30), (10, -23)], "#8f949e", 3.5)


def bullet(ink: str) -> str:
    """Brass, standing."""
    d = curve([(0, -92), (22, -58), (26, -28), (26, 76), (-26, 76), (-26, -28), (-22, -58)], tension=0.5)
    tip = clip(d, box(-40, -100, 80, 74, "#a8714a"))
    body = cel(d, "#d0a04a", "#a67c34", pts([(6, -100), (50, -100), (50, 100), (12, 100)]), ink=ink, width=4)
    return body + tip + path(d, ink=ink, width=4) + line([(-26, -28), (26, -28)], ink, 3.5) + box(-32, 74, 64, 16, "#b58a3c", ink=ink, width=4, r=3) + line([(-14, -14), (-14, 62)], "#f3d996", 5)  # fmt: skip


def bomb(ink: str) -> str:
    """Three sticks, wires and a clock."""
    sticks = "".join(box(x, -62, 38, 138, "#b5433a", ink=ink, width=4, r=6) + oval(x + 19, -62, 19, 7, "#d8b78a", ink=ink, width=3) for x in (-58, -19, 20))  # fmt: skip
    tape = box(-62, -36, 124, 17, "#3a3a42", ink=ink, width=3.5) + box(
        -62, 46, 124, 17, "#3a3a42", ink=ink, width=3.5
    )
    face = box(-40, -12, 80, 48, "#2c3038", ink=ink, width=4, r=6) + box(-32, -4, 64, 30, "#3f1f20")
    digits = "".join(box(x, 2, 9, 18, "#e0563f", r=2) for x in (-25, -11, 6, 19)) + oval(0, 6, 2, 2, "#e0563f") + oval(0, 16, 2, 2, "#e0563f")  # fmt: skip
    wires = line([(-30, -12), (-52, -70), (-6, -92), (4, -64)], "#3f7aa0", 5) + line([(28, -12), (70, -50), (46, -90), (38, -66)], "#e0b83f", 5)  # fmt: skip
    return sticks + tape + wires + face + digits


def pram(ink: str) -> str:
    """With its hood up."""
    handle = rod([(58, -6), (86, -46), (98, -44)], ink, IRON, 6)
    hood = path(curve([(-82, 6), (-84, -50), (-46, -84), (4, -80), (-4, 6)], tension=0.9), "#3f5a78", ink=ink, width=4) + line([(-4, 4), (-44, -80)], dark("#3f5a78", 0.3), 4) + line([(-6, 4), (-78, -50)], dark("#3f5a78", 0.3), 4)  # fmt: skip
    body = cel(curve([(-84, 4), (66, 4), (58, 34), (30, 48), (-46, 48), (-76, 34)], tension=0.5), "#4f6d8e", "#3a526e", pts([(-100, 30), (90, 24), (90, 60), (-100, 60)]), ink=ink, width=4)  # fmt: skip
    frame = rod([(-54, 50), (42, 66)], ink, IRON, 5) + rod([(40, 50), (-50, 66)], ink, IRON, 5)
    wheels = "".join(oval(x, 72, 23, 23, "none", ink=ink, width=12) + oval(x, 72, 23, 23, "none", ink="#d9d4c8", width=5) + oval(x, 72, 6, 6, IRON, ink=ink, width=3) for x in (-52, 44))  # fmt: skip
    return (
        handle
        + hood
        + frame
        + body
        + wheels
        + path(curve([(0, 4), (20, -12), (50, -8), (60, 4)]), "#f2e8d8", ink=ink, width=3.5)
    )


def well(ink: str) -> str:
    """A village well with its roof and bucket."""
    roof = path(pts([(-84, -48), (-2, -98), (84, -48)]), "#a8503c", ink=ink, width=4) + "".join(line([(x, -50), (x * 0.3, -92)], "#7d3a2e", 3.5) for x in (-48, -16, 16, 48))  # fmt: skip
    posts = "".join(box(x, -50, 14, 76, WOOD, ink=ink, width=4) for x in (-66, 52))
    roll = box(-54, -34, 108, 15, pale(WOOD, 0.15), ink=ink, width=4, r=6) + line(
        [(0, -20), (0, 2)], "#d9c79a", 5
    )
    bucket = path(pts([(-16, 0), (16, 0), (12, 26), (-12, 26)]), "#8f9aa4", ink=ink, width=3.5)
    wall = cel(pts([(-80, 22), (80, 22), (74, 92), (-74, 92)]), "#a8a296", "#847f75", pts([(20, 10), (100, 10), (100, 100), (30, 100)]), ink=ink, width=4)  # fmt: skip
    stones = "".join(line([(-76, y), (76, y)], "#6f6a62", 3.5) for y in (46, 68)) + "".join(line([(x, 24 + r * 22), (x, 44 + r * 22)], "#6f6a62", 3.5) for r in range(3) for x in range(-56 + r % 2 * 18, 76, 36))  # fmt: skip
    return posts + roll + bucket + roof + wall + stones + oval(0, 22, 80, 12, "#bdb7aa", ink=ink, width=4) + oval(0, 22, 58, 7, "#3a4048")  # fmt: skip


def windmill(ink: str) -> str:
    """White, with four sails."""
    tower = cel(pts([(-38, -34), (38, -34), (52, 94), (-52, 94)]), "#efe6d4", "#cfc3ac", pts([(12, -40), (70, -40), (70, 100), (20, 100)]), ink=ink, width=4)  # fmt: skip
    cap = path(
        curve([(-44, -32), (-26, -70), (0, -80), (26, -70), (44, -32)], tension=0.8),
        "#6b4a3a",
        ink=ink,
        width=4,
    )
    door = path(curve([(-13, 92), (-13, 62), (0, 52), (13, 62), (13, 92)], tension=0.6), "#7d5433", ink=ink, width=3.5) + box(-9, 4, 18, 22, "#6a8ea0", ink=ink, width=3.5)  # fmt: skip
    sails = ""
    for turn in (20, 110, 200, 290):
        a = turn * pi / 180
        d, n = (cos(a), sin(a)), (-sin(a), cos(a))
        cloth = [
            (d[0] * r + n[0] * s, -42 + d[1] * r + n[1] * s)
            for r, s in ((22, 0), (84, 0), (84, 22), (22, 18))
        ]
        sails += path(pts(cloth), "#f7f0de", ink=ink, width=3.5) + rod(
            [(0, -42), (d[0] * 86, -42 + d[1] * 86)], ink, WOOD, 4
        )
    hub = oval(0, -42, 10, 10, "#5a3d2c", ink=ink, width=3.5)
    return group(tower, cap, door, sails, hub, transform="translate(0 14) scale(0.84)")


def sewing_machine(ink: str) -> str:
    """Black and gold, with its hand wheel."""
    base = box(-94, 54, 188, 32, WOOD, ink=ink, width=4, r=5) + box(
        -94, 44, 188, 14, "#2f3138", ink=ink, width=4, r=3
    )
    arm = path(curve([(-74, 16), (-76, -52), (-58, -70), (64, -70), (76, -50), (72, 46), (30, 46), (34, -24), (-36, -26), (-40, 16)], tension=0.35), "#34363e", ink=ink, width=4)  # fmt: skip
    gold = line([(-52, -50), (-20, -56), (10, -46), (44, -54)], "#d0a04a", 4.5) + line(
        [(54, -30), (50, 30)], "#d0a04a", 4
    )
    needle = line([(-56, 16), (-56, 46)], STEEL, 6) + line([(-66, 40), (-46, 40)], STEEL, 5)
    wheel = oval(84, -46, 14, 28, STEEL, ink=ink, width=4)
    spool = box(-10, -96, 20, 28, "#c9573f", ink=ink, width=3.5, r=3) + line(
        [(-10, -86), (-60, -72)], "#c9573f", 2.5
    )
    cloth = path(
        curve([(-98, 50), (-60, 42), (-20, 48), (-26, 62), (-70, 70), (-98, 66)], tension=0.6),
        "#7fa8b8",
        ink=ink,
        width=3.5,
    )
    return base + spool + arm + wheel + gold + needle + cloth


def iron(ink: str) -> str:
    """A smoothing iron."""
    handle = rod([(-34, -14), (-30, -52), (44, -52), (56, -14)], ink, "#3a3a42", 13, smooth=False)
    body = cel(curve([(-92, 46), (-70, 4), (-20, -14), (62, -14), (74, 46)], tension=0.5), "#5f94a4", "#457482", pts([(-100, 24), (90, 18), (90, 60), (-100, 60)]), ink=ink, width=4)  # fmt: skip
    sole = path(pts([(-98, 46), (78, 46), (78, 62), (-92, 62)]), STEEL, ink=ink, width=4)
    return handle + body + sole + oval(10, 12, 12, 12, "#f2ead6", ink=ink, width=3.5) + line([(10, 12), (10, 3)], ink, 3.5) + line([(-64, 14), (-34, -2)], "#a9ccd6", 5)  # fmt: skip


def gramophone(ink: str) -> str:
    """With a brass horn."""
    horn = path(curve([(-4, 14), (6, -28), (-30, -66), (-76, -88), (-92, -40), (-70, 4), (-40, -14), (-20, -8), (-16, 14)], tension=0.7), "#d0a04a", ink=ink, width=4)  # fmt: skip
    mouth = _mouth(ink)
    record = oval(16, 34, 66, 13, "#26242c", ink=ink, width=4) + oval(16, 34, 18, 4, "#c9573f")
    case = cel(pts([(-62, 42), (94, 42), (94, 92), (-62, 92)]), "#8d5a36", "#6b4227", pts([(-70, 76), (100, 70), (100, 100), (-70, 100)]), ink=ink, width=4)  # fmt: skip
    crank = line([(94, 66), (98, 66)], ink, 9) + box(-44, 54, 120, 24, "none", ink="#d0a04a", width=3, r=4)
    return horn + mouth + case + record + crank + rod([(-8, 14), (10, 32)], ink, STEEL, 6)


def _mouth(ink: str) -> str:
    """The open end of a horn, seen from the side."""
    d = curve([(-80, -92), (-52, -78), (-54, -30), (-68, 10), (-94, -16), (-98, -60)])
    return path(d, "#a67c34", ink=ink, width=4) + path(
        curve([(-80, -72), (-68, -62), (-68, -34), (-76, -14), (-88, -30), (-90, -54)]), "#7d5a28"
    )


def rolling_pin(ink: str) -> str:
    """Dusted with flour."""
    grips = rod([(-94, 62), (-60, 40)], ink, "#b5433a", 12) + rod([(60, -40), (94, -62)], ink, "#b5433a", 12)
    roll = path(pts([(-70, 22), (46, -56), (70, -20), (-46, 58)]), "#d9b27a", ink=ink, width=4)
    return (
        grips + roll + line([(-50, 22), (42, -40)], "#f0d8ac", 7) + line([(-38, 44), (52, -16)], "#b08a52", 5)
    )


def electric_fan(ink: str) -> str:
    """A table fan."""
    foot = oval(0, 86, 44, 11, "#4f6d7a", ink=ink, width=4) + box(-9, 40, 18, 46, "#5f7f8c", ink=ink, width=4)
    rim = oval(0, -20, 70, 70, "#dfe6e4", ink=ink, width=5)
    blades = "".join(path(curve([(0, -20), (cos(a) * 30 - sin(a) * 20, -20 + sin(a) * 30 + cos(a) * 20), (cos(a) * 60, -20 + sin(a) * 60), (cos(a) * 36 + sin(a) * 14, -20 + sin(a) * 36 - cos(a) * 14)]), "#7fa8b4", ink=ink, width=3.5) for a in (k * 2 * pi / 3 - 0.5 for k in range(3)))  # fmt: skip
    wires = "".join(oval(0, -20, r, r, "none", ink="#7d8a8c", width=2.5) for r in (26, 42, 57)) + "".join(line([(0, -20), (cos(a) * 68, -20 + sin(a) * 68)], "#7d8a8c", 2.5) for a in (k * pi / 6 for k in range(12)))  # fmt: skip
    return foot + rim + blades + wires + oval(0, -20, 15, 15, "#c9473f", ink=ink, width=4)


def switch(ink: str) -> str:
    """A lever switch on its plate, up."""
    plate = box(-54, -88, 108, 176, "#d9d3c4", ink=ink, width=4, r=10) + path(pts([(-50, 60), (50, 50), (50, 84), (-50, 84)]), "#bab4a4")  # fmt: skip
    slot = box(-15, -54, 30, 108, "#3a3a42", ink=ink, width=4, r=12)
    lever = rod([(0, 14), (0, -44)], ink, STEEL, 12) + oval(0, -52, 19, 17, "#c23b33", ink=ink, width=4)
    screws = "".join(oval(0, y, 5, 5, "#8a8f98", ink=ink, width=2.5) for y in (-74, 74))
    return plate + slot + lever + screws + oval(-7, -57, 5, 4, "#e58a7e")


def ball_of_string(ink: str) -> str:
    """With its end loose."""
    tail = rod([(34, 56), (70, 78), (96, 62)], ink, "#c9a877", 7)
    ball = cel(curve([(cos(k * pi / 6) * 72 - 8, sin(k * pi / 6) * 70) for k in range(12)]), "#c9a877", "#a5845a", pts([(-90, 34), (80, 10), (80, 90), (-90, 90)]), ink=ink, width=4)  # fmt: skip
    turns = "".join(line([(-70 + k * 15, 30 - k * 12), (-30 + k * 12, -10 - k * 5), (34 + k * 4, -44 + k * 12)], "#8a6a42", 3.5) for k in range(5))  # fmt: skip
    cross = "".join(line([(-56 + k * 14, -38 - (k == 1) * 8), (-6 + k * 12, 2), (14 + k * 9, 56 - k * 6)], "#8a6a42", 3.5) for k in range(4))  # fmt: skip
    return tail + ball + turns + cross


def harmonica(ink: str) -> str:
    """Steel on wood."""
    comb = box(-92, -14, 184, 28, "#5f3d28", ink=ink, width=4) + "".join(
        box(x, -8, 10, 16, "#2a1a14") for x in range(-84, 84, 17)
    )
    covers = box(-96, -40, 192, 30, STEEL, ink=ink, width=4, r=10) + box(
        -96, 10, 192, 30, "#979ca6", ink=ink, width=4, r=10
    )
    return (
        comb
        + covers
        + line([(-80, -30), (60, -30)], "#eef0f3", 5)
        + box(-38, -34, 76, 15, "none", ink="#7d828c", width=3, r=4)
    )


def cart(ink: str) -> str:
    """A wooden cart with one pair of wheels."""
    shafts = rod([(-98, 24), (-30, 20)], ink, WOOD, 7)
    load = path(curve([(-34, -26), (-8, -62), (40, -66), (78, -50), (90, -24)], tension=0.8), "#d9b862", ink=ink, width=4) + line([(-4, -40), (20, -54), (50, -44)], "#b08f3f", 4)  # fmt: skip
    bed = cel(pts([(-50, -28), (98, -28), (88, 26), (-42, 26)]), "#a9743f", "#7f552e", pts([(-60, 8), (100, 2), (100, 40), (-60, 40)]), ink=ink, width=4) + line([(-46, -2), (94, -2)], "#6b4526", 4)  # fmt: skip
    rim = oval(26, 42, 44, 44, "none", ink=ink, width=15) + oval(
        26, 42, 44, 44, "none", ink="#6b4526", width=7
    )
    spokes = "".join(rod([(26, 42), (26 + cos(a) * 42, 42 + sin(a) * 42)], ink, "#8d6340", 4) for a in (k * pi / 4 for k in range(8)))  # fmt: skip
    return shafts + load + bed + spokes + rim + oval(26, 42, 10, 10, IRON, ink=ink, width=4)
