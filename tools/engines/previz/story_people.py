"""People who are not of the cast: a baby in its cloth, a crowd, a figure of stone; and a baker's hat."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, line, oval, path, pts

SKINS = ("#e8b48c", "#8d5a3b", "#c98f63", "#f0c6a2", "#6d4430", "#d9a377")
HAIRS = ("#2f2420", "#5a3a24", "#1f1b22", "#8a5a2e", "#3b2c26", "#a9a39b")
CLOTHES = ("#b2553f", "#3f6f8f", "#5d8a57", "#caa14a", "#7a5a8a", "#4a5568", "#c9786a")


def baby(ink: str) -> str:
    """Wrapped up to the chin, its eyes shut."""
    cloth = "#e9dcc0"
    bundle = cel(curve([(-92, 40), (-60, -4), (-6, -22), (34, -34), (66, 2), (56, 52), (4, 76), (-60, 74)], tension=0.9), cloth, dark(cloth, 0.18), pts([(-100, 52), (100, 40), (100, 100), (-100, 100)]), ink=ink, width=5)  # fmt: skip
    face = oval(46, -6, 36, 35, "#d9a37f", ink=ink, width=4)
    hood = path(curve([(14, 22), (2, -18), (30, -52), (70, -46), (88, -12), (76, 22), (70, -14), (50, -32), (24, -18), (24, 18)], tension=0.8), cloth, ink=ink, width=4)  # fmt: skip
    tuft = line([(44, -34), (52, -24), (46, -18)], "#5a3a24", 4)
    eyes = line([(28, -4), (34, 0), (40, -4)], ink, 4) + line([(54, -6), (60, -2), (66, -6)], ink, 4)
    mouth = line([(44, 14), (49, 17), (54, 13)], "#8a4a3a", 4)
    cheeks = oval(32, 8, 6, 4, "#e58f78", opacity=0.7) + oval(64, 6, 6, 4, "#e58f78", opacity=0.7)
    folds = line([(-74, 36), (-30, 12), (10, 14)], dark(cloth, 0.3), 4) + line([(-58, 62), (-16, 38), (26, 42)], dark(cloth, 0.3), 4)  # fmt: skip
    return bundle + face + tuft + cheeks + eyes + mouth + hood + folds


def crowd(ink: str) -> str:
    """Two rows of people, each another one, the nearer ones before the others."""
    behind = "".join(_figure(x, -20, at, ink, 0.92) for at, x in enumerate((-80, -48, -16, 16, 48, 80)))
    before = "".join(_figure(x, -8, at + 3, ink, 1.0) for at, x in enumerate((-92, -64, -32, 0, 32, 64, 92)))
    return behind + before


def _figure(x: float, y: float, at: int, ink: str, k: float) -> str:
    """Somebody from head to foot, no higher than the others by much."""
    cloth, legs = CLOTHES[at * 3 % len(CLOTHES)], ("#39404f", "#5a4a3c", "#2f3a36")[at % 3]
    y += (0, -4, 2, -2, 4)[at % 5]
    foot = 58 + y * 0.25
    trousers = path(pts([(x - 8 * k, y + 34 * k), (x + 8 * k, y + 34 * k), (x + 7 * k, foot), (x - 7 * k, foot)]), legs, ink=ink, width=1.8)  # fmt: skip
    body = path(curve([(x - 11 * k, y + 40 * k), (x - 12.5 * k, y + 16 * k), (x - 5 * k, y + 9 * k), (x + 5 * k, y + 9 * k), (x + 12.5 * k, y + 16 * k), (x + 11 * k, y + 40 * k)], tension=0.6), cloth, ink=ink, width=1.8)  # fmt: skip
    arms = "".join(line([(x + s * 8.5 * k, y + 20 * k), (x + s * 8 * k, y + 36 * k)], dark(cloth, 0.35), 1.6) for s in (-1, 1))  # fmt: skip
    return trousers + body + arms + _face(x, y, at, ink, k * 0.62)


def _face(x: float, y: float, at: int, ink: str, k: float) -> str:
    skin, hair = SKINS[at * 5 % len(SKINS)], HAIRS[at * 7 % len(HAIRS)]
    back = path(curve([(x - 14 * k, y + 15 * k), (x - 15 * k, y - 8 * k), (x, y - 19 * k), (x + 15 * k, y - 8 * k), (x + 14 * k, y + 15 * k)]), hair, ink=ink, width=1.6) if at % 3 == 1 else ""  # fmt: skip
    face = oval(x, y, 11.5 * k, 13.5 * k, skin, ink=ink, width=1.8)
    top = path(curve([(x - 12.5 * k, y - 2 * k), (x - 11 * k, y - 13 * k), (x, y - 18 * k), (x + 11 * k, y - 13 * k), (x + 12.5 * k, y - 2 * k), (x + 4 * k, y - 9 * k), (x - 5 * k, y - 9 * k)], tension=0.8), hair, ink=ink, width=1.6)  # fmt: skip
    eyes = oval(x - 4 * k, y + 1, 1.6 * k, 2 * k, ink) + oval(x + 4 * k, y + 1, 1.6 * k, 2 * k, ink)
    mouth = line([(x - 4 * k, y + 6.5 * k), (x, y + 8.5 * k), (x + 4 * k, y + 6.5 * k)], ink, 1.3)
    return back + face + top + eyes + mouth


def statue(ink: str) -> str:
    """A saint of painted plaster, his hands together, on a base."""
    robe, stone = "#b9b2a4", "#8f897d"
    base = box(-44, 74, 88, 22, stone, ink=ink, width=4) + box(-36, 62, 72, 14, pale(stone, 0.25), ink=ink, width=4)  # fmt: skip
    halo = oval(0, -64, 30, 30, "none", ink="#d9a93c", width=6)
    body = cel(curve([(-18, -40), (18, -40), (30, -8), (34, 62), (-34, 62), (-30, -8)], tension=0.6), robe, dark(robe, 0.2), pts([(8, -50), (60, -50), (60, 80), (12, 80)]), ink=ink, width=4)  # fmt: skip
    head = oval(0, -60, 16, 19, pale(robe, 0.35), ink=ink, width=4)
    beard = path(
        curve([(-12, -54), (0, -48), (12, -54), (7, -36), (0, -32), (-7, -36)]), stone, ink=ink, width=3
    )
    hands = path(pts([(-8, -2), (0, -26), (8, -2)]), pale(robe, 0.35), ink=ink, width=4)
    sleeves = line([(-26, -16), (-8, 0), (8, 0), (26, -16)], dark(robe, 0.35), 5)
    folds = "".join(line([(x, 8), (x * 1.3, 56)], dark(robe, 0.3), 4) for x in (-16, 0, 16))
    eyes = line([(-8, -63), (-4, -62)], ink, 3) + line([(4, -62), (8, -63)], ink, 3)
    feet = oval(-11, 62, 10, 6, pale(robe, 0.35), ink=ink, width=3) + oval(11, 62, 10, 6, pale(robe, 0.35), ink=ink, width=3)  # fmt: skip
    return halo + base + body + feet + head + beard + eyes + sleeves + hands + folds


def chef_hat(ink: str) -> str:
    """Tall, white, puffed above its band."""
    puff = curve(
        [(-46, 22), (-84, -10), (-70, -54), (-30, -58), (0, -84), (34, -60), (72, -54), (84, -8), (46, 22)]
    )
    top = cel(puff, "#f7f4ec", "#d8d3c6", pts([(20, -90), (100, -90), (100, 40), (30, 40)]), ink=ink, width=5)
    folds = "".join(line([(x, 16), (x * 1.25, -26)], "#c9c3b4", 4) for x in (-28, 0, 28))
    band = path(pts([(-50, 18), (50, 18), (46, 70), (-46, 70)]), "#fbf9f3", ink=ink, width=5)
    return top + folds + band


def wooden_box(ink: str) -> str:
    """Of planks, with a lid and iron corners."""
    wood = "#a9754a"
    body = cel(pts([(-80, -22), (80, -22), (74, 76), (-74, 76)]), wood, dark(wood, 0.2), pts([(34, -30), (100, -30), (100, 90), (30, 90)]), ink=ink, width=5)  # fmt: skip
    lid = path(pts([(-86, -50), (86, -50), (84, -20), (-84, -20)]), pale(wood, 0.16), ink=ink, width=5)
    planks = "".join(line([(-76, y), (76, y)], dark(wood, 0.35), 4, smooth=False) for y in (10, 42))
    corners = "".join(box(x, -20, 16, 94, "#7d7f86", ink=ink, width=3.5) for x in (-72, 56))
    return body + planks + corners + lid + box(-11, -32, 22, 26, "#8d9098", ink=ink, width=4, r=4)


def hat(ink: str) -> str:
    """Of felt, with a dent in its crown and a ribbon."""
    felt = "#8a6b4f"
    crown = cel(curve([(-54, 22), (-50, -34), (-34, -54), (-8, -44), (12, -50), (38, -54), (50, -34), (54, 22)], tension=0.7), felt, dark(felt, 0.2), pts([(18, -70), (90, -70), (90, 50), (24, 50)]), ink=ink, width=5)  # fmt: skip
    brim = cel(curve([(-98, 26), (-54, 12), (0, 20), (54, 12), (98, 26), (62, 46), (0, 52), (-62, 46)], tension=0.9), felt, dark(felt, 0.22), pts([(-100, 34), (0, 42), (100, 34), (100, 70), (-100, 70)]), ink=ink, width=5)  # fmt: skip
    band = path(pts([(-55, 0), (0, 8), (55, 0), (54, 18), (0, 26), (-54, 18)]), "#3a2f2c", ink=ink, width=4)
    dent = line([(-22, -44), (-4, -30), (18, -44)], dark(felt, 0.4), 4)
    return crown + dent + brim + band
