"""Things people keep: letters, rings, photographs, what is given and hidden."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, clip, curve, glow, group, line, oval, path, pts


def letter(ink: str) -> str:
    """Folded twice, written by hand."""
    paper = pts([(-62, -84), (66, -90), (74, 84), (-58, 90)])
    folds = line([(-60, -26), (68, -31)], "#cbb78f", 3) + line([(-59, 32), (71, 27)], "#cbb78f", 3)
    rows = "".join(
        line([(-44, y), (-20, y - 3), (0, y + 2), (20, y - 3), (54 - (y % 5) * 9, y)], "#4d4a66", 3.2)
        for y in (-64, -48, -8, 8, 46, 60)
    )
    return (
        cel(paper, "#f7ecd2", "#dfcba0", pts([(-70, 30), (80, 26), (80, 100), (-70, 100)]), ink=ink, width=4)
        + folds
        + rows
    )


def envelope(ink: str) -> str:
    """Sealed with wax."""
    back = pts([(-92, -56), (92, -56), (92, 62), (-92, 62)])
    flap = pts([(-92, -56), (0, 22), (92, -56)])
    seal = oval(0, 14, 18, 18, "#b5303a", ink=ink, width=3) + oval(-4, 10, 7, 6, "#d8606a")
    sides = line([(-92, 62), (-14, 12)], "#c3a974", 3, smooth=False) + line(
        [(92, 62), (14, 12)], "#c3a974", 3, smooth=False
    )
    return path(back, "#f3e3be", ink=ink, width=4) + sides + path(flap, "#ead3a2", ink=ink, width=4) + seal


SAID = '<g data-name="message">'
"""What a screen says: a client may not want it."""


def phone(ink: str) -> str:
    """Lit by a message that has just come."""
    body = box(-48, -94, 96, 188, "#23222c", ink=ink, width=4, r=17)
    screen = box(-41, -84, 82, 168, "#dff1fa", r=9) + path(
        pts([(-41, -84), (41, -84), (41, -30), (-41, 30)]), "#eef8fd"
    )
    clock = box(-20, -72, 40, 9, "#3a5a70", r=4) + box(-13, -57, 26, 5, "#7fa4b8", r=2)
    bubbles = ""
    for x, y, w, h, tone in (
        (-34, -40, 54, 30, "#ffffff"),
        (-20, -2, 54, 22, "#5fb8e0"),
        (-34, 28, 60, 36, "#ffffff"),
    ):
        bubbles += box(x, y, w, h, tone, ink="#9cc4d8", width=2, r=8)
        bubbles += "".join(
            box(x + 7, y + 8 + k * 9, w - 16 - k % 2 * 12, 4, "#8fa6b4", r=2) for k in range(int(h // 14))
        )
    badge = (
        oval(34, -74, 15, 15, "#e0453f", ink=ink, width=3)
        + line([(34, -81), (34, -74)], "#ffffff", 4)
        + oval(34, -67, 2.4, 2.4, "#ffffff")
    )
    return glow(0, 0, 170, 190, "#bfe8ff", 0.55) + body + screen + f"{SAID}{clock}{bubbles}{badge}</g>"


def ring(ink: str) -> str:
    """A ring with a stone."""
    band = oval(0, 26, 52, 52, "none", ink=ink, width=23) + oval(
        0, 26, 52, 52, "none", ink="#e9b949", width=16
    )
    shine = line([(-46, 4), (-52, 26), (-44, 50)], "#fff1b8", 5)
    stone = pts([(-32, -56), (-18, -78), (18, -78), (32, -56), (0, -20)])
    cuts = line([(-32, -56), (32, -56)], "#7fb6d0", 3) + line(
        [(-10, -56), (0, -22), (10, -56)], "#7fb6d0", 3, smooth=False
    )
    rays = "".join(line([(cos(a) * 50, -54 + sin(a) * 40), (cos(a) * 66, -54 + sin(a) * 54)], "#fff6d8", 4) for a in (-pi * 0.85, -pi * 0.65, -pi * 0.35, -pi * 0.15))  # fmt: skip
    return band + shine + path(stone, "#c9ecf7", ink=ink, width=4) + cuts + rays


def key(ink: str) -> str:
    """An old brass key."""
    brass, edge = "#d9a441", "#8d6420"
    bow = oval(-48, 0, 36, 34, brass, ink=ink, width=4) + oval(-48, 0, 17, 15, "#6b4a30", ink=ink, width=3.5)
    shaft = box(-14, -9, 104, 18, brass, ink=ink, width=4, r=4)
    bits = pts([(52, 9), (52, 38), (64, 38), (64, 26), (74, 26), (74, 44), (88, 44), (88, 9)])
    return shaft + path(bits, brass, ink=ink, width=4) + bow + line([(-10, -3), (80, -3)], "#f7d98a", 4) + line([(-74, -14), (-58, -26)], "#f7d98a", 5) + line([(-10, 5), (48, 5)], edge, 2.5)  # fmt: skip


def photo(ink: str) -> str:
    """A printed photograph with a white border: one person, in brown tones, as any age had them."""
    frame = box(-72, -92, 144, 184, "#fbf5e6", ink=ink, width=4, r=2)
    scene = box(-58, -78, 116, 156, "#c9b48e") + box(-58, 30, 116, 48, "#a88f68")
    body = path(curve([(-50, 92), (-44, 30), (-18, 12), (18, 12), (44, 30), (50, 92)]), "#6b5540")
    collar = path(pts([(-14, 14), (0, 34), (14, 14), (6, 8), (-6, 8)]), "#e6d8b8")
    head = oval(0, -22, 27, 34, "#dcc19a") + path(
        curve([(-30, -20), (-26, -54), (0, -64), (26, -54), (30, -20), (18, -42), (-18, -42)]), "#4a3626"
    )
    face = "".join(oval(x, -20, 3, 3.6, "#4a3626") for x in (-10, 10)) + line(
        [(-7, -2), (0, 1), (7, -2)], "#7a5a40", 2.6
    )
    mount = clip(pts([(-58, -78), (58, -78), (58, 78), (-58, 78)]), body, collar, head, face)
    return frame + group(scene, mount) + box(-58, -78, 116, 156, "none", ink=ink, width=3)


def glass(ink: str) -> str:
    """A glass of red wine."""
    bowl = curve([(-44, -84), (-48, -30), (-30, 6), (0, 14), (30, 6), (48, -30), (44, -84)], tension=0.7)
    wine = pts([(-60, -42), (60, -42), (60, 30), (-60, 30)])
    stem = pts([(-5, 12), (5, 12), (6, 72), (-6, 72)])
    foot = oval(0, 78, 40, 10, "#dbe9ee", ink=ink, width=4)
    return foot + path(stem, "#dbe9ee", ink=ink, width=4) + path(bowl, "#e9f3f6") + clip(bowl, path(wine, "#8e1f35"), oval(0, -42, 52, 8, "#b23a50")) + path(bowl, ink=ink, width=4) + line([(-32, -70), (-34, -30), (-24, -8)], "#ffffff", 5)  # fmt: skip


def suitcase(ink: str) -> str:
    """A leather case with straps."""
    case = box(-92, -46, 184, 126, "#9a5f38", ink=ink, width=4, r=14)
    handle = path(curve([(-30, -48), (-26, -74), (26, -74), (30, -48)], False), ink=ink, width=15) + path(curve([(-30, -48), (-26, -74), (26, -74), (30, -48)], False), ink="#5d3a22", width=8)  # fmt: skip
    straps = "".join(
        box(x, -46, 20, 126, "#6d4227", ink=ink, width=3)
        + box(x + 2, 0, 16, 18, "#e0b455", ink=ink, width=2.5)
        for x in (-62, 42)
    )
    corners = "".join(
        path(curve([(x, y), (x + 20 * s, y), (x, y + 20 * t)]), "#6d4227")
        for x, y, s, t in ((-90, -44, 1, 1), (90, -44, -1, 1))
    )
    return (
        handle
        + case
        + box(-86, -40, 172, 24, "#b87a4c", r=10)
        + straps
        + corners
        + line([(-90, 8), (90, 8)], ink, 3)
    )


def flower(ink: str) -> str:
    """A single red flower."""
    stem = path(curve([(2, -10), (8, 40), (-4, 92)], False), ink=ink, width=11) + path(
        curve([(2, -10), (8, 40), (-4, 92)], False), ink="#4e8a4a", width=6
    )
    leaf = path(curve([(6, 48), (40, 20), (58, 30), (34, 54)]), "#5c9c55", ink=ink, width=3.5)
    petals = "".join(path(curve([(cos(a) * 10, -36 + sin(a) * 10), (cos(a - 0.5) * 42, -36 + sin(a - 0.5) * 42), (cos(a) * 56, -36 + sin(a) * 54), (cos(a + 0.5) * 42, -36 + sin(a + 0.5) * 42)]), "#d8344f", ink=ink, width=3.5) for a in (k * pi / 3 for k in range(6)))  # fmt: skip
    heart = path(curve([(-18, -40), (-4, -56), (16, -50), (20, -32), (4, -20), (-14, -24)]), "#b01f3c", ink=ink, width=3.5) + line([(-8, -38), (4, -44), (10, -34), (0, -30)], "#e8657a", 3.5)  # fmt: skip
    return stem + leaf + petals + heart


def document(ink: str) -> str:
    """A signed page with a stamp."""
    back = group(box(-64, -86, 128, 172, "#e6e2da", ink=ink, width=4), transform="rotate(6)")
    page = box(-66, -88, 130, 174, "#fdfbf5", ink=ink, width=4)
    head = box(-50, -72, 60, 12, "#3b4c6b") + oval(40, -64, 13, 13, "none", ink="#b5303a", width=4)
    rows = "".join(box(-50, y, 98 - (y % 3) * 14, 5, "#b9b6ae") for y in range(-46, 44, 13))
    sign = line([(-44, 66), (-30, 54), (-24, 70), (-10, 56), (0, 68), (14, 62)], "#2c3f74", 4) + line(
        [(-48, 74), (24, 74)], "#8d8a84", 2.5
    )
    return back + page + head + rows + sign


def coffee(ink: str) -> str:
    """A steaming cup on a saucer."""
    saucer = oval(0, 62, 88, 20, "#f0e6d6", ink=ink, width=4) + oval(0, 58, 56, 11, "#d9cbb4")
    cup = curve([(-56, -26), (-50, 24), (-30, 56), (30, 56), (50, 24), (56, -26)], tension=0.7)
    handle = path(curve([(52, -10), (84, -8), (80, 26), (46, 28)], False), ink=ink, width=17) + path(
        curve([(52, -10), (84, -8), (80, 26), (46, 28)], False), ink="#f7f0e4", width=9
    )
    steam = "".join(
        line([(x, -46), (x + 9, -60), (x - 7, -76), (x + 5, -94)], "#fffaf0", 5, opacity=0.75)
        for x in (-20, 8, 32)
    )
    band = path(pts([(-60, 4), (60, 4), (60, 20), (-60, 20)]), "#c2634c")
    return saucer + handle + path(cup, "#f7f0e4") + clip(cup, band, path(pts([(-60, -40), (-26, -40), (-18, 70), (-60, 70)]), "#d9cbb4", opacity=0.8)) + path(cup, ink=ink, width=4) + oval(0, -26, 56, 13, "#f7f0e4", ink=ink, width=4) + oval(0, -24, 47, 9, "#5a3420") + steam  # fmt: skip


def necklace(ink: str) -> str:
    """Pearls and a green stone."""
    chain = curve([(-80, -70), (-62, 0), (-26, 38), (0, 44), (26, 38), (62, 0), (80, -70)], False)
    pearls = [
        (-80, -70),
        (-75, -48),
        (-68, -26),
        (-60, -5),
        (-46, 15),
        (-30, 33),
        (30, 33),
        (46, 15),
        (60, -5),
        (68, -26),
        (75, -48),
        (80, -70),
    ]
    stone = path(curve([(0, 40), (22, 60), (0, 92), (-22, 60)]), "#3d8f84", ink=ink, width=4) + path(
        curve([(-8, 58), (2, 52), (4, 66)]), "#9fe0d2"
    )
    return path(chain, ink="#c9962f", width=5) + "".join(oval(x, y, 10, 10, "#f8efe0", ink=ink, width=3) + oval(x - 3, y - 3, 3, 3, "#ffffff") for x, y in pearls) + stone  # fmt: skip


def book(ink: str) -> str:
    """Open, written in."""
    pages = pts([(-88, -46), (0, -30), (88, -46), (88, 62), (0, 78), (-88, 62)])
    rows = "".join(
        line([(s * 16, y + 2), (s * 76, y - 8)], "#b0a68f", 3) for s in (-1, 1) for y in range(-14, 56, 14)
    )
    cover = pts([(-94, -40), (94, -40), (94, 72), (0, 88), (-94, 72)])
    return (
        path(cover, "#7a2f3b", ink=ink, width=4)
        + path(pages, "#f9f1dc", ink=ink, width=4)
        + line([(0, -30), (0, 78)], ink, 3.5)
        + rows
    )


def money(ink: str) -> str:
    """A bundle of notes."""

    def note(turn: float, tone: str) -> str:
        drawn = box(-84, -42, 168, 84, tone, ink=ink, width=4, r=4) + box(
            -72, -31, 144, 62, "none", ink=dark(tone, 0.4), width=3
        )
        return group(
            drawn + oval(0, 0, 22, 26, pale(tone, 0.4), ink=dark(tone, 0.4), width=3),
            transform=f"rotate({turn})",
        )

    return (
        note(14, "#a58f86")
        + note(-10, "#b5a196")
        + note(2, "#c6b3a6")
        + box(-12, -46, 24, 92, "#e6d6a8", ink=ink, width=3)
    )


def bottle(ink: str) -> str:
    """A bottle of wine with a label."""
    d = curve(
        [(-11, -92), (-11, -50), (-32, -22), (-34, 80), (0, 90), (34, 80), (32, -22), (11, -50), (11, -92)],
        tension=0.6,
    )
    label = box(-40, 4, 80, 50, "#f4ead2")
    return cel(d, "#3f6b4a", "#2a4a38", pts([(-50, -100), (-12, -100), (-14, 100), (-50, 100)]), ink=ink, width=4) + clip(d, label, box(-40, 14, 80, 6, "#b5303a"), box(-24, 30, 48, 5, "#9a8c6c")) + path(d, ink=ink, width=4) + box(-14, -98, 28, 18, "#8e2b38", ink=ink, width=4, r=3) + line([(20, -8), (22, 40)], "#9fc9a8", 4)  # fmt: skip


def watch(ink: str) -> str:
    """A pocket watch on its chain."""
    chain = path(curve([(0, -52), (24, -84), (62, -70), (88, -92)], False), ink="#a67c2d", width=6)
    dial = oval(0, 14, 66, 66, "#d9a94a", ink=ink, width=4) + oval(0, 14, 52, 52, "#fbf4e0", ink=ink, width=3)
    marks = "".join(
        line([(cos(a) * 42, 14 + sin(a) * 42), (cos(a) * 48, 14 + sin(a) * 48)], ink, 3)
        for a in (k * pi / 6 for k in range(12))
    )
    return chain + box(-9, -66, 18, 18, "#d9a94a", ink=ink, width=4, r=4) + dial + marks + line([(0, 14), (0, -20)], ink, 5) + line([(0, 14), (24, 26)], ink, 5) + oval(0, 14, 4, 4, ink)  # fmt: skip


def box_(ink: str) -> str:
    """A small box with a lock."""
    base = pts([(-70, -10), (70, -10), (64, 70), (-64, 70)])
    lid = pts([(-78, -12), (78, -12), (66, -66), (-66, -66)])
    return cel(base, "#6b3d5a", "#4c2a44", pts([(-80, -20), (-20, -20), (-24, 80), (-80, 80)]), ink=ink, width=4) + path(lid, "#86506f", ink=ink, width=4) + path(pts([(-62, -20), (62, -20), (54, -56), (-54, -56)]), "#e9c7d6", ink=ink, width=3) + oval(0, -10, 10, 10, "#e3b64c", ink=ink, width=3.5)  # fmt: skip


def parcel(ink: str) -> str:
    """Wrapped, with a string and a bow."""
    face = box(-72, -44, 144, 118, "#c79a63", ink=ink, width=4, r=3)
    top = path(pts([(-72, -44), (-54, -70), (90, -70), (72, -44)]), "#ddb680", ink=ink, width=4)
    side = path(pts([(72, -44), (90, -70), (90, 50), (72, 74)]), "#9c7446", ink=ink, width=4)
    string = (
        line([(0, -44), (0, 74)], "#7d2f36", 6, smooth=False)
        + line([(-72, 16), (72, 16)], "#7d2f36", 6, smooth=False)
        + line([(0, -44), (18, -70)], "#7d2f36", 6, smooth=False)
    )
    bow = "".join(
        path(curve([(8, -56), (8 + s * 30, -84), (8 + s * 40, -62)]), "#b5414a", ink=ink, width=3.5)
        for s in (-1, 1)
    )
    return face + top + side + string + bow
