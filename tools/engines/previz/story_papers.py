"""What is written, signed and played back in a story: contracts, wills, tapes, tickets to rooms."""

from math import cos, pi, sin

from tools.engines.previz.ink import box, cel, curve, line, oval, path, pts

PAPER, PAPER_SHADE, TEXT = "#f7ecd2", "#dfcba0", "#8a8272"


def _sheet(ink: str, tone: str = PAPER, shade: str = PAPER_SHADE) -> str:
    page = pts([(-68, -92), (68, -92), (68, 92), (-68, 92)])
    return cel(page, tone, shade, pts([(-80, 66), (80, 58), (80, 100), (-80, 100)]), ink=ink, width=4)


def _rows(ys: tuple[float, ...], *, left: float = -50.0, right: float = 50.0, tone: str = TEXT) -> str:
    return "".join(
        line([(left, y), (right - (k % 3) * 9, y)], tone, 4, smooth=False) for k, y in enumerate(ys)
    )


def contract(ink: str) -> str:
    """Two columns of small print and a signature at the foot, with the pen that wrote it."""
    head = line([(-30, -76), (30, -76)], "#4a4438", 7, smooth=False)
    text = _rows((-58, -46, -34, -22, -10, 2, 14))
    rule = line([(-50, 58), (22, 58)], "#4a4438", 3, smooth=False)
    name = [(-46, 52), (-36, 30), (-28, 54), (-18, 36), (-10, 54), (-2, 40), (6, 52), (18, 42), (28, 48)]
    signature = line(name, "#2f4f8a", 4.5)
    stamp = oval(46, 70, 15, 15, "none", ink="#b5303a", width=4) + line([(38, 70), (54, 70)], "#b5303a", 4)
    pen = path(pts([(30, 40), (36, 30), (88, -22), (98, -12), (46, 40)]), "#2c3a5c", ink=ink, width=4)
    nib = path(pts([(20, 50), (31, 32), (44, 42)]), "#d9b45a", ink=ink, width=3.5)
    return _sheet(ink) + head + text + rule + signature + stamp + nib + pen


def testament(ink: str) -> str:
    """A last will: a ribbon and a seal under the text."""
    roll = box(-80, -98, 160, 26, "#ead8a8", ink=ink, width=4, r=13)
    head = line([(-38, -52), (-24, -60), (0, -50), (24, -60), (38, -52)], "#5a4a30", 6)
    tails = path(pts([(18, 60), (8, 98), (22, 90), (32, 100), (38, 62)]), "#8e2f38", ink=ink, width=3.5)
    seal = [
        (34 + cos(a * pi / 6) * (23 + a % 2 * 4), 52 + sin(a * pi / 6) * (23 + a % 2 * 4)) for a in range(12)
    ]
    wax = path(curve(seal), "#b5303a", ink=ink, width=4) + oval(
        34, 52, 12, 12, "#cf5660", ink="#7d1f28", width=3
    )
    return (
        _sheet(ink, "#f3e4bd", "#dcc48e")
        + roll
        + head
        + _rows((-34, -18, -2, 14, 30), right=46)
        + tails
        + wax
    )


def cheque(ink: str) -> str:
    """A sum, a line to sign on."""
    slip = box(-94, -44, 188, 88, "#dfeadf", ink=ink, width=4, r=4)
    band = box(-94, -44, 188, 20, "#8fb59a", ink=ink, width=3)
    amount = box(34, -14, 48, 20, "#fbf7e6", ink="#4a6a55", width=3)
    digits = line([(42, -4), (74, -4)], "#3a4a40", 5, smooth=False)
    rows = line([(-80, -8), (18, -8)], "#7a9082", 4, smooth=False) + line([(-80, 8), (4, 8)], "#7a9082", 4, smooth=False)  # fmt: skip
    name = line([(20, 30), (30, 18), (38, 32), (48, 20), (56, 30), (70, 24)], "#2f4f8a", 4)
    return (
        slip + band + amount + digits + rows + name + line([(14, 35), (80, 35)], "#3a4a40", 2.5, smooth=False)
    )


def diary(ink: str) -> str:
    """Closed with a strap and a little lock."""
    pages = box(-56, -84, 122, 172, "#f3e8cc", ink=ink, width=4, r=6)
    edge = "".join(line([(66, y), (66, y + 3)], "#cbb88c", 3) for y in range(-70, 80, 12))
    cover = box(-68, -90, 120, 176, "#6e3a52", ink=ink, width=4, r=8)
    spine = box(-68, -90, 24, 176, "#532a3e", ink=ink, width=3, r=6)
    frame = box(-34, -72, 74, 140, "none", ink="#d9b45a", width=3, r=5)
    strap = box(-68, -14, 142, 26, "#3f2030", ink=ink, width=3.5)
    lock = box(28, -24, 34, 40, "#d9a441", ink=ink, width=4, r=5) + oval(45, -8, 5, 5, "#5a3d18") + line([(45, -6), (45, 6)], "#5a3d18", 4)  # fmt: skip
    return pages + edge + cover + spine + frame + strap + lock


def badge(ink: str) -> str:
    """A pass on a band, with a face."""
    band = path(pts([(-40, -100), (-22, -100), (4, -46), (-8, -46)]), "#3d6b8e", ink=ink, width=3.5)
    band += path(pts([(40, -100), (22, -100), (-4, -46), (8, -46)]), "#4f83a8", ink=ink, width=3.5)
    clip_ = box(-11, -58, 22, 20, "#b9bcc2", ink=ink, width=3.5, r=4)
    card = box(-52, -40, 104, 136, "#f4efe2", ink=ink, width=4, r=10)
    top = path(pts([(-50, -38), (50, -38), (50, -12), (-50, -12)]), "#3d6b8e") + line(
        [(-52, -12), (52, -12)], ink, 3
    )
    slot = box(-14, -34, 28, 8, "#26404f", r=4)
    frame = box(-34, -2, 50, 58, "#cfdde2", ink=ink, width=3)
    face = path(curve([(-32, 54), (-28, 38), (-9, 32), (10, 38), (14, 54)]), "#5a6b52") + oval(-9, 20, 12, 14, "#d9a982", ink=ink, width=2.5)  # fmt: skip
    hair = path(curve([(-22, 18), (-20, 4), (-9, 0), (3, 4), (5, 18), (-9, 10)]), "#3a2a22")
    marks = "".join(line([(24, y), (42, y)], TEXT, 4, smooth=False) for y in (6, 20, 34))
    bars = "".join(line([(x, 68), (x, 86)], "#3a3440", 2.5 + x % 3, smooth=False) for x in range(-38, 42, 8))
    return band + card + top + slot + clip_ + frame + face + hair + marks + bars


def seeds(ink: str) -> str:
    """A packet with a carrot on it, torn open."""
    packet = pts([(-58, -78), (58, -78), (62, 92), (-62, 92)])
    body = cel(
        packet, "#e8d9a8", "#cdb87a", pts([(-70, 60), (70, 50), (70, 100), (-70, 100)]), ink=ink, width=4
    )
    tear = path(pts([(-58, -78), (-44, -90), (-28, -78), (-12, -92), (6, -78), (22, -90), (40, -78), (58, -88), (58, -66), (-58, -66)]), "#6f9a55", ink=ink, width=4)  # fmt: skip
    window = oval(0, 12, 40, 46, "#f7f0d8", ink=ink, width=3.5)
    root = path(
        curve([(-16, -8), (0, -14), (16, -8), (6, 30), (0, 48), (-6, 30)]), "#d8752f", ink=ink, width=3.5
    )
    leaves = line([(0, -12), (-12, -30)], "#4f8a3f", 6) + line([(0, -12), (2, -34)], "#4f8a3f", 6) + line([(0, -12), (14, -28)], "#4f8a3f", 6)  # fmt: skip
    grains = "".join(oval(x, y, 6, 4, "#7a5230", ink=ink, width=2.5) for x, y in ((-84, 88), (-76, 76), (80, 84), (88, 92), (-92, 78)))  # fmt: skip
    return body + tear + window + leaves + root + grains


def cassette(ink: str) -> str:
    """Two reels behind a window."""
    case = box(-94, -60, 188, 120, "#3a3a44", ink=ink, width=4, r=10)
    label = box(-78, -48, 156, 72, "#efe2c2", ink=ink, width=3, r=5)
    stripe = box(-78, -30, 156, 12, "#c9573f") + line([(-64, -40), (40, -42)], "#4d4a66", 3.5)
    window = box(-46, -10, 92, 30, "#57424a", ink=ink, width=3, r=14)
    reels = "".join(
        oval(x, 5, 14, 14, "#f2ede0", ink=ink, width=3) + oval(x, 5, 5, 5, "#3a3a44") for x in (-32, 32)
    )
    foot = path(pts([(-56, 60), (-46, 34), (46, 34), (56, 60)]), "#4c4c58", ink=ink, width=3.5)
    screws = "".join(oval(x, y, 3.4, 3.4, "#a8a8b0") for x in (-84, 84) for y in (-51, 51))
    return case + label + stripe + window + reels + foot + screws


def tape_recorder(ink: str) -> str:
    """A portable recorder: handle, loudspeaker, tape, keys, and one of them pressed."""
    handle = line([(-66, -50), (-66, -84), (66, -84), (66, -50)], ink, 17, smooth=False) + line([(-66, -50), (-66, -84), (66, -84), (66, -50)], "#5a5f6a", 9, smooth=False)  # fmt: skip
    body = cel(pts([(-94, -58), (94, -58), (94, 74), (-94, 74)]), "#6d727d", "#535763", pts([(-100, 50), (100, 40), (100, 80), (-100, 80)]), ink=ink, width=4)  # fmt: skip
    grille = box(-84, -46, 70, 74, "#2f323a", ink=ink, width=3, r=6) + "".join(oval(-76 + c * 11, -38 + r * 11, 2.6, 2.6, "#8a8f9a") for r in range(6) for c in range(6))  # fmt: skip
    door = box(-4, -46, 88, 58, "#d9d3c4", ink=ink, width=3.5, r=6)
    tape = box(8, -36, 64, 38, "#3a3a44", ink=ink, width=3, r=5) + "".join(oval(x, -17, 10, 10, "#efe2c2", ink=ink, width=2.5) for x in (24, 56))  # fmt: skip
    meter = box(-4, 18, 88, 12, "#26303a", ink=ink, width=2.5) + box(0, 21, 46, 6, "#7fc06a")
    keys = "".join(box(-84 + k * 34, 40 + (k == 1) * 8, 30, 24 - (k == 1) * 8, "#c9473f" if k == 1 else "#e8e2d2", ink=ink, width=3, r=3) for k in range(5))  # fmt: skip
    return handle + body + grille + door + tape + meter + keys


def film_reel(ink: str) -> str:
    """A metal spool with film coming off it."""
    tail = line([(50, 66), (92, 86), (96, 60)], ink, 20) + line([(50, 66), (92, 86), (96, 60)], "#4a4048", 13)
    rim = oval(-6, -2, 86, 86, "#b4b8c0", ink=ink, width=4) + oval(
        -6, -2, 74, 74, "#57484e", ink=ink, width=3
    )
    disc = oval(-6, -2, 62, 62, "#c3c7ce", ink=ink, width=3.5)
    holes = "".join(oval(-6 + cos(a) * 36, -2 + sin(a) * 36, 15, 15, "#6a5c60", ink=ink, width=3) for a in (k * 2 * pi / 5 - pi / 2 for k in range(5)))  # fmt: skip
    shine = line([(-72, -36), (-52, -62), (-26, -76)], "#eef0f2", 5)
    return tail + rim + disc + holes + oval(-6, -2, 9, 9, "#57484e", ink=ink, width=3) + shine


def record(ink: str) -> str:
    """Vinyl, half out of its sleeve."""
    disc = oval(26, 0, 72, 72, "#26242c", ink=ink, width=4)
    grooves = "".join(oval(26, 0, r, r, "none", ink="#46434e", width=2) for r in (62, 52, 42, 34))
    label = oval(26, 0, 24, 24, "#c9573f", ink=ink, width=3) + oval(26, 0, 4, 4, "#efe2c2")
    shine = line([(56, -54), (72, -38)], "#8a8794", 5)
    sleeve = box(-96, -80, 116, 160, "#4f7d86", ink=ink, width=4, r=3)
    sun = oval(-38, -14, 30, 30, "#e6b85a", ink=ink, width=3) + path(pts([(-94, 30), (-60, 4), (-34, 30), (-10, 8), (18, 34), (18, 78), (-94, 78)]), "#2f4f58", ink=ink, width=3)  # fmt: skip
    return disc + grooves + label + shine + sleeve + sun


def typewriter(ink: str) -> str:
    """With a page in it."""
    page = box(-44, -98, 88, 74, PAPER, ink=ink, width=4) + _rows((-82, -68, -54), left=-30, right=34)
    roller = box(-92, -44, 184, 26, "#3a3a44", ink=ink, width=4, r=10) + box(-100, -40, 12, 18, "#8a8f98", ink=ink, width=3) + box(88, -40, 12, 18, "#8a8f98", ink=ink, width=3)  # fmt: skip
    hood = path(pts([(-76, -22), (76, -22), (88, 24), (-88, 24)]), "#5d8177", ink=ink, width=4)
    base = path(pts([(-88, 22), (88, 22), (98, 86), (-98, 86)]), "#4c6d64", ink=ink, width=4)
    keys = "".join(oval(-66 + c * 22 + r * 3, 36 + r * 18, 8, 6.5, "#f2ead6", ink=ink, width=2.5) for r in range(3) for c in range(7))  # fmt: skip
    return page + roller + hood + base + keys + box(-30, -8, 60, 16, "#36504a", ink=ink, width=3, r=4)
