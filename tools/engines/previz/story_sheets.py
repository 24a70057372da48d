"""Paper and cloth that stories turn on: a notice, a leaf, half a pencil, a shirt on its line, bags of coins."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, group, line, oval, path, pts, rod

PAPER, WOOD = "#f6efdc", "#a5713f"


def notice(ink: str) -> str:
    """Taped to a wall: a red ban over a few lines of print."""
    sheet = cel(pts([(-66, -86), (66, -86), (66, 88), (-66, 88)]), PAPER, dark(PAPER, 0.12), pts([(-80, 66), (80, 58), (80, 100), (-80, 100)]), ink=ink, width=5)  # fmt: skip
    head = box(-48, -66, 96, 16, "#b8403a", r=2)
    ban = oval(0, -8, 32, 32, "none", ink="#b8403a", width=10) + line(
        [(-22, 14), (22, -30)], "#b8403a", 10, smooth=False
    )
    words = "".join(box(-46, y, wide, 6, "#6e675c", r=2) for y, wide in ((36, 92), (50, 80), (64, 56)))
    tape = "".join(
        group(
            box(-20, -8, 40, 16, "#e8dca2", ink=ink, width=2.5),
            transform=f"translate({x} -84) rotate({turn})",
        )
        for x, turn in ((-56, -38), (56, 38))
    )
    return sheet + head + ban + words + tape


def leaflet(ink: str) -> str:
    """Folded in three, with a picture on its front."""
    back = path(pts([(-34, -84), (20, -92), (30, 78), (-24, 88)]), dark(PAPER, 0.14), ink=ink, width=4.5)
    right = path(pts([(20, -92), (84, -78), (90, 84), (30, 78)]), dark(PAPER, 0.06), ink=ink, width=4.5)
    left = path(pts([(-88, -78), (-34, -84), (-24, 88), (-82, 86)]), PAPER, ink=ink, width=5)
    art = path(pts([(-78, -64), (-42, -68), (-37, -8), (-74, -6)]), "#5f9a9c", ink=ink, width=3.5)
    words = "".join(
        line([(-72, y), (wide, y)], "#6e675c", 5, smooth=False)
        for y, wide in ((14, -36), (30, -40), (46, -34), (62, -46))
    )
    more = "".join(
        line([(38, y), (78, y + 3)], "#8b8375", 5, smooth=False) for y in (-54, -36, -18, 0, 18, 36)
    )
    return back + right + left + art + words + more


def torn_leaf(ink: str) -> str:
    """A ruled leaf torn out of a notebook."""
    edge = [
        (-58, -90),
        (-64, -70),
        (-54, -52),
        (-66, -34),
        (-56, -14),
        (-68, 6),
        (-56, 26),
        (-66, 46),
        (-58, 66),
        (-64, 88),
    ]
    sheet = path(pts([*edge, (64, 88), (64, -90)]), "#fbf7ea", ink=ink, width=4.5)
    rules = "".join(line([(-48, y), (58, y)], "#9fb8cc", 3.5, smooth=False) for y in range(-66, 80, 18))
    margin = line([(-34, -88), (-34, 86)], "#d58a86", 3.5, smooth=False)
    words = "".join(
        line([(-26, y), (-8, y - 6), (10, y + 1), (wide, y - 4)], "#3f4d6b", 4.5)
        for y, wide in ((-72, 48), (-54, 34), (-36, 52), (-18, 20))
    )
    return group(sheet + rules + margin + words, transform="rotate(-4)")


def half_pencil(ink: str) -> str:
    """Half of a pencil, its broken end full of splinters."""
    wood = path(pts([(-72, 0), (-36, -22), (-36, 22)]), "#e7c797", ink=ink, width=5)
    lead = path(pts([(-72, 0), (-58, -9), (-58, 9)]), "#35353d")
    end = [(58, -22), (76, -14), (62, -7), (84, 0), (64, 7), (78, 15), (56, 22)]
    body = path(pts([(-36, -22), *end, (-36, 22)]), "#e0a92e", ink=ink, width=5)
    facets = path(pts([(-36, 8), (58, 8), (56, 22), (-36, 22)]), dark("#e0a92e", 0.22))
    raw = path(pts([(54, -20), *end[1:-1], (54, 20), (60, 4), (52, -4)]), "#e7c797", ink=ink, width=3)
    return group(
        wood + lead + body + facets + raw + line([(-28, -12), (46, -12)], pale("#e0a92e", 0.5), 5),
        transform="rotate(-32)",
    )


def paper_slip(ink: str) -> str:
    """Some slip or card of paper with a few lines of print."""
    card = cel(pts([(-88, -50), (86, -58), (90, 50), (-84, 58)]), PAPER, dark(PAPER, 0.13), pts([(-100, 40), (100, 30), (100, 90), (-100, 90)]), ink=ink, width=5)  # fmt: skip
    words = "".join(
        line([(-64, y), (wide, y - 3)], "#6e675c", 6, smooth=False)
        for y, wide in ((-24, 22), (-4, 58), (16, 46))
    )
    return card + words + oval(58, 24, 14, 13, "none", ink="#a8506a", width=5)


def postage_stamp(ink: str) -> str:
    """With its teeth, a bird and a value."""
    teeth = "".join(
        oval(x, y, 9, 9, PAPER, ink=ink, width=4)
        for x, y in [
            *((k, s) for s in (-84, 84) for k in range(-60, 61, 24)),
            *((s, k) for s in (-66, 66) for k in range(-72, 73, 24)),
        ]
    )
    face = box(-66, -84, 132, 168, PAPER) + box(-52, -70, 104, 140, "#4f7f8c", ink=ink, width=4)
    bird = path(curve([(-34, 10), (-6, -22), (20, -34), (38, -26), (24, -8), (10, 26), (-20, 34)]), "#e9b84a", ink=ink, width=4) + path(curve([(-6, -2), (-40, -34), (-46, -4)]), "#c9912f", ink=ink, width=4)  # fmt: skip
    return teeth + face + bird + box(-42, 46, 40, 12, PAPER, r=2)


def line_shirt(ink: str) -> str:
    """Pegged on a washing line, swinging a little."""
    cord = line([(-104, -66), (0, -56), (104, -70)], ink, 7) + line(
        [(-104, -66), (0, -56), (104, -70)], "#d9d2c0", 3
    )
    tone = "#5b86b8"
    body = cel(pts([(-40, -62), (40, -62), (50, -20), (94, 30), (70, 52), (48, 26), (56, 92), (-36, 96), (-48, 24), (-78, 46), (-96, 20), (-56, -20)]), tone, dark(tone, 0.22), pts([(10, -80), (110, -80), (110, 110), (22, 110)]), ink=ink, width=5)  # fmt: skip
    collar = path(
        pts([(-24, -64), (0, -40), (24, -64), (14, -70), (-14, -70)]), pale(tone, 0.25), ink=ink, width=4
    )
    buttons = line([(0, -40), (4, 92)], dark(tone, 0.35), 3.5, smooth=False) + "".join(
        oval(1 + k * 0.8, -24 + k * 22, 3.5, 3.5, "#f4efe2", ink=ink, width=1.6) for k in range(5)
    )
    pocket = box(18, -10, 22, 24, "none", ink=dark(tone, 0.35), width=3.5, r=3)
    pegs = "".join(box(x, -84, 12, 34, WOOD, ink=ink, width=4, r=3) for x in (-44, 32))
    return cord + body + collar + buttons + pocket + pegs


def coin_bag(ink: str) -> str:
    """Of canvas, tied with cord, coins before it."""
    body = curve(
        [(-26, -46), (26, -46), (70, 14), (78, 66), (44, 88), (-44, 88), (-78, 66), (-70, 14)], tension=0.7
    )
    sack = cel(
        body, "#c9b184", "#a58e64", pts([(14, -60), (100, -60), (100, 110), (24, 110)]), ink=ink, width=5
    )
    neck = path(curve([(-22, -50), (-40, -86), (-12, -74), (4, -92), (18, -74), (42, -84), (22, -50)], tension=0.6), "#d9c49a", ink=ink, width=5)  # fmt: skip
    cord = rod([(-32, -50), (0, -42), (32, -50)], ink, "#7a5a34", 8) + line([(18, -46), (30, -20)], ink, 5)
    mark = oval(-6, 26, 24, 24, "none", ink="#8a744c", width=6) + oval(
        -6, 26, 12, 12, "none", ink="#8a744c", width=5
    )
    coins = "".join(
        oval(x, y, 17, 9, "#e0b04a", ink=ink, width=4) + oval(x, y - 1, 9, 4, "#f3d68a")
        for x, y in ((-78, 84), (-52, 92), (72, 86), (46, 93))
    )
    return sack + neck + cord + mark + coins


def hanger(ink: str) -> str:
    """Of wood, with nothing on it."""
    hook = line([(0, -34), (0, -56), (18, -70), (14, -92), (-10, -92), (-16, -78)], ink, 9)
    bar = rod([(-94, 34), (-50, -2), (0, -30), (50, -2), (94, 34)], ink, WOOD, 14)
    return hook + bar + rod([(-84, 36), (84, 36)], ink, dark(WOOD, 0.2), 8, smooth=False)


def brooch(ink: str) -> str:
    """Of gold leaves round a stone."""
    leaves = "".join(
        group(
            path(curve([(0, -26), (-18, -52), (0, -84), (18, -52)]), "#e0b04a", ink=ink, width=4.5)
            + line([(0, -32), (0, -70)], dark("#e0b04a", 0.35), 3),
            transform=f"rotate({turn})",
        )
        for turn in range(0, 360, 45)
    )
    stone = oval(0, 0, 32, 32, "#3f7f8c", ink=ink, width=5) + path(
        pts([(-18, -10), (0, -22), (12, -12), (-4, -4)]), "#a9dbe0"
    )
    return leaves + stone


def belt(ink: str) -> str:
    """Rolled up, its buckle in front."""
    roll = "".join(
        oval(8, 14, r, r * 0.62, "none", ink=ink, width=25)
        + oval(8, 14, r, r * 0.62, "none", ink=tone, width=17)
        for r, tone in ((74, "#6b432a"), (46, "#7d5234"))
    )
    tail = rod([(-62, 34), (-84, -10), (-60, -54)], ink, "#6b432a", 17)
    buckle = box(-90, -92, 62, 46, "none", ink=ink, width=17, r=8) + box(
        -90, -92, 62, 46, "none", ink="#d0a04a", width=9, r=8
    )
    return roll + tail + buckle + rod([(-58, -88), (-58, -52)], ink, "#d0a04a", 5, smooth=False)


def spectacles(ink: str) -> str:
    """Folded open, their glass clear, so that the frame is what has a colour."""
    frame = "#8a4a3c"
    arms = "".join(rod([(x, -10), (x * 0.94, -44), (x * 0.8, -56)], ink, frame, 8) for x in (-92, 92))
    rims = "".join(
        oval(x, 10, 40, 34, "#e4f0f3", ink=ink, width=21)
        + oval(x, 10, 40, 34, "#e4f0f3", ink=frame, width=13)
        for x in (-47, 47)
    )
    bridge = rod([(-9, 4), (0, -5), (9, 4)], ink, frame, 11)
    shine = "".join(line([(x - 20, 18), (x - 2, -8)], "#ffffff", 6) for x in (-47, 47))
    return arms + rims + bridge + shine
