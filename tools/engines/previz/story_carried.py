"""What goes from hand to hand in stories: a key card, a ticket, a torch, an earring; and a ship's wheel."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, group, line, oval, path, pts, rod

WOOD, BRASS, STEEL = "#8d5a36", "#d0a04a", "#b4b9c2"
PAPER, PRINT = "#f6efdc", "#3f7a6a"


def key_card(ink: str) -> str:
    """Of a hotel: a chip, a magnetic stripe, an arrow that says which way it goes in, a key and no face."""
    card = box(-92, -58, 184, 116, "#f3eee2", ink=ink, width=5, r=12)
    stripe = box(-90, -42, 180, 24, "#3b3a44")
    key = oval(-52, 18, 17, 17, "none", ink="#b5433a", width=9) + line(
        [(-36, 18), (14, 18)], "#b5433a", 9, smooth=False
    )
    key += line([(0, 18), (0, 34)], "#b5433a", 9, smooth=False)
    key += line([(14, 18), (14, 30)], "#b5433a", 9, smooth=False)
    arrow = path(pts([(44, -4), (80, 18), (44, 40), (52, 18)]), "#3d6b8e", ink=ink, width=3.5)
    return card + stripe + key + arrow + line([(-80, -50), (40, -50)], "#ffffff", 4)


def lottery_ticket(ink: str) -> str:
    """One, with its large number, a clover and a serrated edge."""
    teeth = [(-96.0, -54.0)]
    teeth += [(96.0, -54.0)]
    teeth += [(96.0 if k % 2 else 87.0, -54 + k * 12.0) for k in range(1, 9)]
    teeth += [(96.0, 54.0), (-96.0, 54.0)]
    teeth += [(-96.0 if k % 2 else -87.0, 54 - k * 12.0) for k in range(1, 9)]
    paper = path(pts(teeth), PAPER, ink=ink, width=4.5)
    band = box(-80, -46, 160, 24, PRINT, ink=ink, width=3, r=4)
    stars = "".join(oval(x, -34, 4.5, 4.5, "#f2c832") for x in range(-64, 72, 16))
    clover = "".join(
        oval(-56 + x, 20 + y, 13, 13, "#4d9a5a", ink=ink, width=3)
        for x, y in ((-10, -8), (10, -8), (-10, 10), (10, 10))
    )
    clover += line([(-56, 20), (-48, 46)], ink, 4)
    return paper + band + stars + clover + _number(ink) + box(-20, 38, 96, 6, dark(PAPER, 0.3))


def _number(ink: str) -> str:
    """Five digits in large type."""
    strokes = {
        "7": [(0, 0), (16, 0), (5, 30)],
        "3": [(0, 2), (10, -1), (15, 7), (7, 14), (16, 22), (9, 31), (0, 28)],
        "1": [(2, 6), (9, 0), (9, 31)],
        "4": [(12, 31), (12, 0), (0, 21), (17, 21)],
    }
    row = [strokes[one] for one in "47134"]
    return "".join(
        line([(-22 + at * 21 + x, -8 + y) for x, y in one], ink, 5, smooth=False)
        for at, one in enumerate(row)
    )


def flashlight(ink: str) -> str:
    """Switched on: its glass bright, a beam before it, a switch on its ribbed grip."""
    beam = path(pts([(-46, -44), (-98, -94), (-98, 30), (-46, 6)]), "#ffe58a", opacity=0.75)
    beam += path(pts([(-46, -36), (-98, -62), (-98, 2), (-46, -2)]), "#fff6cf", opacity=0.85)
    grip = cel(
        pts([(-2, -38), (92, -38), (97, -30), (97, -8), (92, 0), (-2, 0)]),
        "#4a505c",
        "#363b45",
        pts([(-10, -12), (100, -12), (100, 6), (-10, 6)]),
        ink=ink,
        width=5,
    )
    ribs = "".join(line([(x, -34), (x, -4)], ink, 4, smooth=False) for x in (50, 62, 74, 86))
    head = cel(
        pts([(-44, -52), (-20, -52), (2, -40), (2, 2), (-20, 14), (-44, 14)]),
        "#c23b33",
        "#982c28",
        pts([(-50, -8), (10, -8), (10, 20), (-50, 20)]),
        ink=ink,
        width=5,
    )
    glass = oval(-45, -19, 9, 33, "#ffd85a", ink=ink, width=5) + oval(-47, -26, 3, 12, "#fff8dc")
    knob = box(14, -48, 26, 13, "#d0a04a", ink=ink, width=4, r=5)
    return group(beam + grip + ribs + head + glass + knob, transform="translate(0 16)")


def drop_earring(ink: str) -> str:
    """One, of gold, a pearl hanging from a hoop."""
    hook = line([(0, -40), (-4, -70), (12, -90), (28, -74), (24, -60)], ink, 11) + line(
        [(0, -40), (-4, -70), (12, -90), (28, -74), (24, -60)], BRASS, 5
    )
    hoop = oval(0, 2, 40, 42, "none", ink=ink, width=19) + oval(0, 2, 40, 42, "none", ink=BRASS, width=11)
    cap = path(curve([(-15, 48), (0, 36), (15, 48)], tension=0.7), BRASS, ink=ink, width=4)
    pearl = oval(0, 68, 25, 27, "#f6efe2", ink=ink, width=4.5) + oval(-8, 60, 7, 8, "#ffffff")
    shade = path(curve([(18, 60), (22, 72), (8, 92), (-6, 92), (12, 80)]), "#d8cbbb", opacity=0.9)
    return hook + hoop + pearl + shade + cap + line([(-34, -12), (-22, -30)], pale(BRASS, 0.5), 4)


def ships_wheel(ink: str) -> str:
    """Of wood and brass, eight spokes going on as handles, on its post."""
    post = cel(
        pts([(-16, 20), (16, 20), (26, 98), (-26, 98)]),
        dark(WOOD, 0.2),
        dark(WOOD, 0.4),
        pts([(4, 10), (40, 10), (40, 100), (8, 100)]),
        ink=ink,
        width=4.5,
    )
    turns = [k * pi / 4 + pi / 8 for k in range(8)]

    def at(a: float, r: float) -> tuple[float, float]:
        return cos(a) * r, -14 + sin(a) * r

    spokes = "".join(rod([at(a, 10), at(a, 64)], ink, WOOD, 8, smooth=False) for a in turns)
    grips = "".join(rod([at(a, 64), at(a, 84)], ink, pale(WOOD, 0.12), 13) for a in turns)
    rim = oval(0, -14, 56, 56, "none", ink=ink, width=21) + oval(0, -14, 56, 56, "none", ink=WOOD, width=13)
    rim += oval(0, -14, 56, 56, "none", ink=BRASS, width=3)
    hub = oval(0, -14, 18, 18, BRASS, ink=ink, width=4.5) + oval(0, -14, 7, 7, dark(BRASS, 0.4))
    return post + spokes + grips + rim + hub
