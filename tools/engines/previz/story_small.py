"""Small things that stories turn on: a safe, an earring, a sign, a cake of four tiers."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, line, oval, path, pts, rod

GOLD, STEEL, WOOD = "#e0b04a", "#8d949e", "#8d6340"


def earring(ink: str) -> str:
    """Of gold, a butterfly of filigree hanging from its hook."""
    hook = line([(0, -34), (-2, -66), (14, -86), (30, -70), (26, -58)], ink, 9) + line(
        [(0, -34), (-2, -66), (14, -86), (30, -70), (26, -58)], GOLD, 4.5
    )
    wings = ""
    for s in (-1, 1):
        top = curve([(0, 4), (s * 24, -34), (s * 66, -40), (s * 70, 0), (s * 34, 18)])
        low = curve([(0, 12), (s * 36, 22), (s * 52, 52), (s * 28, 70), (s * 6, 44)])
        wings += path(top, GOLD, ink=ink, width=4) + path(low, dark(GOLD, 0.12), ink=ink, width=4)
        wings += oval(s * 42, -14, 15, 12, "none", ink=dark(GOLD, 0.45), width=3.5) + oval(
            s * 42, -14, 6, 5, "#b43a4a", ink=ink, width=2
        )
        wings += oval(s * 28, 44, 9, 9, "none", ink=dark(GOLD, 0.45), width=3.5)
    return hook + wings + path(curve([(0, -36), (7, 0), (0, 60), (-7, 0)]), pale(GOLD, 0.3), ink=ink, width=4)


def safe(ink: str) -> str:
    """Of steel, with a wheel and a dial."""
    body = cel(pts([(-84, -86), (84, -86), (84, 80), (-84, 80)]), "#5b6670", "#454e57", pts([(40, -90), (90, -90), (90, 90), (40, 90)]), ink=ink, width=5)  # fmt: skip
    feet = box(-70, 80, 34, 14, "#333a41", ink=ink, width=4) + box(
        36, 80, 34, 14, "#333a41", ink=ink, width=4
    )
    door = box(-66, -68, 128, 130, "#6d7984", ink=ink, width=4, r=6)
    dial = oval(-14, -22, 24, 24, "#d8dbe0", ink=ink, width=4) + oval(
        -14, -22, 8, 8, "#3c434b", ink=ink, width=3
    )
    marks = "".join(
        line([(-14 + cos(a) * 15, -22 + sin(a) * 15), (-14 + cos(a) * 21, -22 + sin(a) * 21)], ink, 3)
        for a in (i * pi / 4 for i in range(8))
    )
    wheel = "".join(rod([(-14 - cos(a) * 30, 28 - sin(a) * 22), (-14 + cos(a) * 30, 28 + sin(a) * 22)], ink, STEEL, 7) for a in (0, pi / 3, 2 * pi / 3))  # fmt: skip
    hinges = box(58, -46, 14, 24, "#3c434b", ink=ink, width=3) + box(
        58, 20, 14, 24, "#3c434b", ink=ink, width=3
    )
    return feet + body + door + hinges + dial + marks + wheel + oval(-14, 28, 9, 8, STEEL, ink=ink, width=3)


def mop(ink: str) -> str:
    """Wet, beside its pail."""
    stick = rod([(44, -96), (-30, 44)], ink, WOOD, 10)
    strands = "".join(
        line([(-34, 42), (x * 0.8 - 30, 66), (x - 34, 92)], c, 13)
        for x, c in ((-40, "#b9b4a6"), (40, "#b9b4a6"), (-20, "#d8d3c4"), (22, "#d8d3c4"), (0, "#ece8db"))
    )
    pail = cel(pts([(24, 26), (92, 26), (82, 92), (34, 92)]), "#3f7aa0", "#2e5c7a", pts([(70, 20), (96, 20), (90, 96), (66, 96)]), ink=ink, width=4)  # fmt: skip
    rim = oval(58, 26, 34, 9, "#27485e", ink=ink, width=4) + line([(26, 24), (58, -12), (90, 24)], ink, 5)
    return rim + pail + oval(58, 26, 34, 9, "#27485e", ink=ink, width=4) + stick + strands


def hung_jacket(ink: str) -> str:
    """A work jacket on a hanger."""
    hook = line([(0, -66), (0, -78), (12, -90), (-2, -98), (-12, -90)], ink, 6)
    bar = rod([(-56, -40), (0, -66), (56, -40)], ink, WOOD, 9)
    cloth = "#e07b2a"
    body = cel(pts([(-30, -52), (30, -52), (62, -34), (80, 62), (56, 70), (46, 6), (46, 92), (-46, 92), (-46, 6), (-56, 70), (-80, 62), (-62, -34)]), cloth, dark(cloth, 0.2), pts([(20, -60), (90, -60), (90, 100), (24, 100)]), ink=ink, width=4)  # fmt: skip
    bands = box(-45, 34, 90, 15, "#e9ead6", ink=ink, width=3) + box(
        -45, 62, 90, 15, "#e9ead6", ink=ink, width=3
    )
    zip_ = line([(0, -44), (0, 92)], ink, 4, smooth=False)
    collar = path(
        pts([(-30, -54), (0, -36), (30, -54), (22, -64), (-22, -64)]), dark(cloth, 0.3), ink=ink, width=4
    )
    return hook + bar + body + bands + zip_ + collar


def tiered_cake(ink: str) -> str:
    """Four white tiers, with pearls and a rose on top."""
    drawn = oval(0, 90, 88, 10, "#c9ced6", ink=ink, width=4)
    for wide, top, tall in ((72, 46, 44), (56, 6, 40), (40, -30, 36), (25, -62, 32)):
        drawn += cel(pts([(-wide, top), (wide, top), (wide, top + tall), (-wide, top + tall)]), "#fbf5ea", "#e6d8c4", pts([(wide * 0.4, top - 4), (wide + 4, top - 4), (wide + 4, top + tall + 4), (wide * 0.4, top + tall + 4)]), ink=ink, width=4)  # fmt: skip
        swags = [(x, top + (14 if i % 2 else 7)) for i, x in enumerate(range(-wide, wide + 1, wide // 4))]
        drawn += line(swags, "#d98aa0", 4)
        drawn += "".join(
            oval(x, top + tall, 4.5, 4, "#ffffff", ink=ink, width=2) for x in range(-wide + 6, wide, 12)
        )
    rose = oval(0, -74, 15, 13, "#d5566e", ink=ink, width=4) + line([(-7, -74), (0, -80), (7, -74), (0, -69), (-3, -74)], ink, 3)  # fmt: skip
    return drawn + path(curve([(-26, -64), (-14, -76), (-6, -64)]), "#5d8f4e", ink=ink, width=3) + rose


def closed_sign(ink: str) -> str:
    """A shop's board on a cord, the bar across it."""
    cord = line([(-62, -26), (0, -84), (62, -26)], ink, 5, smooth=False) + oval(
        0, -86, 7, 7, STEEL, ink=ink, width=3
    )
    board = box(-90, -30, 180, 92, "#b23a3a", ink=ink, width=5, r=10) + box(-80, -20, 160, 72, "none", ink="#f6ecd8", width=4, r=6)  # fmt: skip
    disc = oval(0, 16, 28, 28, "#f6ecd8", ink=ink, width=4) + box(-19, 9, 38, 14, "#b23a3a", ink=ink, width=3)
    rules = "".join(
        line([(x, y), (x + 26, y)], "#f6ecd8", 5, smooth=False) for x in (-68, 42) for y in (4, 16, 28)
    )
    return cord + board + disc + rules


def pincushion(ink: str) -> str:
    """For the wrist, full of pins."""
    band = oval(0, 62, 62, 22, "none", ink=ink, width=15) + oval(
        0, 62, 62, 22, "none", ink="#4a3a5a", width=8
    )
    cushion = cel(curve([(-62, 46), (-58, 2), (-30, -24), (0, -30), (30, -24), (58, 2), (62, 46), (0, 62)]), "#b5394c", "#8c2838", pts([(16, -40), (80, -40), (80, 80), (24, 80)]), ink=ink, width=4)  # fmt: skip
    seams = line([(0, -30), (-4, 14), (0, 60)], "#7a2030", 4) + line(
        [(-34, -22), (-40, 20), (-30, 54)], "#7a2030", 4
    )
    pins = "".join(
        line([(x, y), (x * 1.25, y - 46)], STEEL, 4) + oval(x * 1.25, y - 50, 7, 7, c, ink=ink, width=3)
        for x, y, c in (
            (-40, 0, "#f2c230"),
            (-16, -14, "#f5f5f2"),
            (10, -20, "#3f7aa0"),
            (32, -6, "#f2c230"),
            (46, 12, "#f5f5f2"),
        )
    )
    return band + pins + cushion + seams


def walkie_talkie(ink: str) -> str:
    """A child's one, with its aerial out."""
    aerial = rod([(30, -40), (38, -98)], ink, STEEL, 6) + oval(38, -98, 6, 6, "#c8443a", ink=ink, width=3)
    body = cel(pts([(-46, -46), (46, -46), (50, 94), (-50, 94)]), "#3b6ea5", "#2c547f", pts([(22, -50), (60, -50), (60, 100), (26, 100)]), ink=ink, width=5)  # fmt: skip
    slots = "".join(line([(-28, y), (28, y)], "#1f3550", 6, smooth=False) for y in range(-28, 16, 11))
    keys = oval(0, 42, 19, 19, "#f2c230", ink=ink, width=4) + oval(-24, 76, 8, 8, "#c8443a", ink=ink, width=3) + oval(24, 76, 8, 8, "#5d9a58", ink=ink, width=3)  # fmt: skip
    talk = box(-60, -14, 12, 44, "#c8443a", ink=ink, width=4, r=4)
    return aerial + talk + body + slots + keys


def seed_heap(ink: str) -> str:
    """Brown mottled seeds in a heap."""
    places = [(-60, 66), (-34, 74), (-6, 76), (24, 74), (54, 66), (-44, 46), (-16, 50), (14, 50), (42, 44), (-26, 24), (4, 24), (28, 20), (-8, 0), (12, 0)]  # fmt: skip
    drawn = oval(0, 82, 84, 12, "#4a3424", opacity=0.35)
    for i, (x, y) in enumerate(places):
        tone = ("#8a5a34", "#75482a", "#9c6a3e")[i % 3]
        drawn += oval(x, y, 19, 14, tone, ink=ink, width=4) + oval(x - 5, y - 4, 6, 3, pale(tone, 0.4))
        drawn += line([(x + 2, y + 6), (x + 11, y + 2)], dark(tone, 0.45), 3)
    return drawn


def film_tin(ink: str) -> str:
    """Round and flat, with a paper label."""
    side = oval(0, 26, 88, 50, "#6d747d", ink=ink, width=5)
    lid = oval(0, 0, 88, 52, "#aab0b8", ink=ink, width=5) + oval(0, 0, 72, 41, "none", ink="#7d848d", width=4)
    label = path(pts([(-36, -14), (36, -18), (38, 14), (-34, 18)]), "#efe3c2", ink=ink, width=3.5)
    text = line([(-24, -4), (26, -7)], "#6a5c48", 4, smooth=False) + line(
        [(-24, 8), (14, 6)], "#6a5c48", 4, smooth=False
    )
    return side + lid + label + text + line([(-60, -24), (-30, -38), (10, -42)], "#e3e6ea", 6)


def glass_eye(ink: str) -> str:
    """In its box lined with velvet."""
    case = box(-86, -54, 172, 130, "#3a2a3e", ink=ink, width=5, r=12) + box(-70, -40, 140, 102, "#7a2f4a", ink=ink, width=4, r=10)  # fmt: skip
    ball = oval(0, 10, 44, 44, "#f6f1e8", ink=ink, width=5) + oval(
        0, 10, 22, 22, "#7a4a26", ink="#4a2a14", width=4
    )
    veins = line([(-36, 2), (-28, 6), (-24, 2)], "#c98080", 2.5) + line(
        [(34, 22), (28, 20), (25, 24)], "#c98080", 2.5
    )
    return case + ball + veins + oval(0, 10, 10, 10, "#140c10") + oval(-10, -4, 8, 6, "#ffffff")
