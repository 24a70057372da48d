"""What people wear, off them: on a hanger, folded, or as a pair on the ground."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, clip, curve, group, line, oval, path, pts, rod

WOOD, STEEL = "#8d6340", "#aeb4bc"
COAT, GOWN, LINEN, LEATHER = "#5f5a66", "#5b7fa6", "#f3eee2", "#3a3038"
LEAST_CM = 20.0
Shape = list[tuple[float, float]]


def _hanger(ink: str) -> str:
    """A nail in the wall and the hook on it."""
    nail = oval(0, -96, 6, 6, STEEL, ink=ink, width=3)
    hook = line([(0, -74), (0, -82), (9, -88), (3, -97), (-7, -93)], ink, 5.5)
    return nail + hook + rod([(-46, -56), (0, -75), (46, -56)], ink, WOOD, 6)


def suit_jacket(ink: str) -> str:
    """A man's jacket on a hanger: lapels, three buttons, a breast pocket."""
    sleeves = ""
    for s in (-1, 1):
        arm = pts([(s * 40, -58), (s * 60, -40), (s * 84, 62), (s * 52, 70), (s * 40, -6)])
        sleeves += path(arm, dark(COAT, 0.1), ink=ink, width=4)
        sleeves += line([(s * 82, 50), (s * 54, 57)], dark(COAT, 0.35), 3, smooth=False)
    front = pts([(-24, -64), (24, -64), (50, -52), (52, 20), (56, 88), (3, 92), (-3, 92), (-56, 88), (-52, 20), (-50, -52)])  # fmt: skip
    body = cel(front, COAT, dark(COAT, 0.16), pts([(10, 12), (70, -60), (70, 100), (4, 100)]), ink=ink, width=4)  # fmt: skip
    lining = path(pts([(-22, -64), (22, -64), (0, 10)]), dark(COAT, 0.45), ink=ink, width=3)
    lapels = ""
    for s in (-1, 1):
        lapel = pts([(s * 20, -67), (s * 34, -44), (s * 30, -34), (s * 37, -28), (0, 16)])
        lapels += path(lapel, pale(COAT, 0.1), ink=ink, width=3.5)
    edge = line([(0, 16), (-2, 60), (-10, 90)], ink, 3.5)
    buttons = "".join(oval(7, y, 4.5, 4.5, dark(COAT, 0.5), ink=ink, width=2) for y in (28, 46, 64))
    pockets = "".join(box(x, 44, 30, 9, pale(COAT, 0.08), ink=ink, width=3, r=2) for x in (-47, 18))
    breast = line([(20, -10), (40, -14)], ink, 3.5, smooth=False)
    return _hanger(ink) + sleeves + body + lining + lapels + edge + buttons + pockets + breast


def dressing_gown(ink: str) -> str:
    """On a hanger, with a shawl collar and a belt."""
    sleeves = ""
    for s in (-1, 1):
        arm = pts([(s * 38, -60), (s * 58, -44), (s * 88, 34), (s * 58, 48), (s * 38, -8)])
        sleeves += path(arm, dark(GOWN, 0.1), ink=ink, width=4)
        sleeves += path(pts([(s * 88, 34), (s * 58, 48), (s * 54, 36), (s * 83, 21)]), pale(GOWN, 0.45), ink=ink, width=3)  # fmt: skip
    front = pts([(-22, -66), (22, -66), (46, -54), (42, 6), (62, 94), (-62, 94), (-42, 6), (-46, -54)])
    body = cel(front, GOWN, dark(GOWN, 0.16), pts([(14, -20), (70, -70), (80, 100), (20, 100)]), ink=ink, width=4)  # fmt: skip
    collar = ""
    for s in (-1, 1):
        collar += path(curve([(s * 20, -69), (s * 32, -44), (s * 6, 12), (0, 8), (s * 12, -44)], tension=0.5), pale(GOWN, 0.45), ink=ink, width=3.5)  # fmt: skip
    belt = box(-43, 6, 86, 13, pale(GOWN, 0.28), ink=ink, width=3.5, r=3)
    tails = path(pts([(-6, 12), (-18, 60), (-6, 62), (2, 14)]), pale(GOWN, 0.28), ink=ink, width=3)
    tails += path(pts([(2, 12), (14, 54), (4, 58), (-4, 14)]), pale(GOWN, 0.28), ink=ink, width=3)
    edge = line([(0, 20), (4, 60), (0, 94)], ink, 3.5)
    return _hanger(ink) + sleeves + body + collar + edge + belt + tails + oval(0, 13, 8, 8, pale(GOWN, 0.2), ink=ink, width=3)  # fmt: skip


def pyjamas(ink: str) -> str:
    """Striped, folded, the collar upwards."""
    tone = "#dfe6ee"
    stack = pts([(-62, -42), (62, -42), (76, 74), (-76, 74)])
    stripes = "".join(line([(x, -50), (x * 1.24, 80)], "#6f8fb4", 5, smooth=False) for x in range(-60, 61, 15))  # fmt: skip
    top = path(stack, tone) + clip(stack, stripes) + path(stack, "none", ink=ink, width=4)
    sleeves = path(pts([(-62, -20), (-18, 30), (-40, 52), (-74, 24)]), dark(tone, 0.08), ink=ink, width=3.5)
    sleeves += path(pts([(62, -20), (18, 30), (40, 52), (74, 24)]), dark(tone, 0.08), ink=ink, width=3.5)
    collar = path(pts([(0, -12), (-34, -56), (-44, -30), (-14, 0)]), pale(tone, 0.5), ink=ink, width=3.5)
    collar += path(pts([(0, -12), (34, -56), (44, -30), (14, 0)]), pale(tone, 0.5), ink=ink, width=3.5)
    buttons = "".join(oval(0, y, 4, 4, "#6f8fb4", ink=ink, width=2) for y in (8, 30, 52))
    under = path(pts([(-76, 74), (76, 74), (72, 90), (-72, 90)]), dark(tone, 0.12), ink=ink, width=4)
    return under + top + sleeves + collar + buttons


def folded_cloth(ink: str) -> str:
    """A sheet or a length of cloth, folded, one corner turned back."""
    drawn = ""
    for k, y in enumerate((58, 32, 6, -20)):
        tone = dark(LINEN, 0.05 * (3 - k))
        layer = curve([(-84, y), (84, y), (92, y + 14), (84, y + 27), (-84, y + 27)], tension=0.28)
        drawn += path(layer, tone, ink=ink, width=4)
    top = cel(pts([(-84, -20), (84, -20), (62, -66), (-58, -66)]), pale(LINEN, 0.3), dark(LINEN, 0.06), pts([(20, -70), (80, -70), (100, -10), (44, -10)]), ink=ink, width=4)  # fmt: skip
    corner = path(pts([(84, -20), (36, -20), (62, -66)]), dark(LINEN, 0.12), ink=ink, width=3.5)
    hem = line([(-74, -27), (30, -27)], dark(LINEN, 0.22), 3, smooth=False)
    crease = line([(-40, -60), (-50, -30)], dark(LINEN, 0.14), 3) + line([(4, -60), (0, -32)], dark(LINEN, 0.14), 3)  # fmt: skip
    return drawn + top + hem + crease + corner


def spread_cloth(ink: str) -> str:
    """A length of cloth laid out, its edge in waves."""
    outline: Shape = [(-92, -52), (-30, -62), (36, -56), (92, -62), (96, 44), (60, 66), (14, 54), (-34, 72), (-96, 58)]  # fmt: skip
    body = cel(curve(outline, tension=0.35), LINEN, dark(LINEN, 0.1), pts([(-100, 40), (100, 30), (100, 90), (-100, 90)]), ink=ink, width=4)  # fmt: skip
    folds = "".join(line([(x, -50), (x * 1.05 - 6, 0), (x * 1.05, 50)], dark(LINEN, 0.12), 3.5) for x in (-58, -6, 50))  # fmt: skip
    return body + folds


def _laced(ink: str, tone: str) -> str:
    """A lace-up shoe from its side, the toe to the left."""
    heel = box(42, 36, 40, 18, "#2a2226", ink=ink, width=3.5, r=3)
    sole = path(curve([(-90, 34), (-86, 44), (-20, 46), (44, 40), (84, 38), (84, 46), (46, 47), (-24, 54), (-90, 50)], tension=0.35), "#4a3a34", ink=ink, width=3.5)  # fmt: skip
    upper = curve([(-92, 36), (-88, 12), (-60, -2), (-26, -8), (-2, -36), (26, -48), (76, -50), (84, -20), (84, 40), (-20, 46)], tension=0.4)  # fmt: skip
    body = cel(upper, tone, dark(tone, 0.22), pts([(-100, 22), (100, 10), (100, 60), (-100, 60)]), ink=ink, width=4)  # fmt: skip
    mouth = path(curve([(24, -47), (50, -54), (78, -49), (74, -40), (46, -38), (28, -40)], tension=0.6), dark(tone, 0.45), ink=ink, width=3)  # fmt: skip
    cap = line([(-50, -5), (-46, 14), (-54, 40)], ink, 3)
    quarter = line([(4, -34), (20, -8), (14, 42)], ink, 3)
    laces = "".join(line([(x, y), (x + 17, y + 10)], pale(tone, 0.55), 4.5) for x, y in ((-16, -22), (-6, -33), (6, -43)))  # fmt: skip
    shine = line([(-80, 14), (-68, 6), (-58, 3)], pale(tone, 0.5), 5) + line([(44, -26), (66, -26)], pale(tone, 0.25), 4)  # fmt: skip
    return heel + sole + body + mouth + cap + quarter + laces + shine


def dress_shoes(ink: str) -> str:
    """A grown man's pair, laced, of dark leather."""
    far = group(_laced(ink, dark(LEATHER, 0.1)), transform="translate(16 -30) scale(0.84)")
    return far + group(_laced(ink, LEATHER), transform="translate(-8 26) scale(0.98)")


def one_shoe(ink: str) -> str:
    """One of that pair."""
    return _laced(ink, LEATHER)


def worn_shoes(ink: str) -> str:
    """A plain pair for anybody: brown, laced."""
    tone = "#8a5f3f"
    far = group(_laced(ink, dark(tone, 0.1)), transform="translate(16 -30) scale(0.84)")
    return far + group(_laced(ink, tone), transform="translate(-8 26) scale(0.98)")


def slippers(ink: str) -> str:
    """A pair, of felt."""

    def one(tone: str) -> str:
        sole = path(curve([(-80, 30), (-60, 44), (20, 40), (80, 36), (84, 22), (20, 18), (-60, 18)], tension=0.7), "#c9b08c", ink=ink, width=4)  # fmt: skip
        toe = cel(curve([(-84, 26), (-76, -4), (-40, -18), (4, -10), (14, 24), (-30, 34)], tension=0.7), tone, dark(tone, 0.18), pts([(-90, 16), (20, 10), (20, 50), (-90, 50)]), ink=ink, width=4)  # fmt: skip
        cuff = path(curve([(2, -12), (20, -8), (26, 22), (14, 26)], tension=0.6), pale(tone, 0.5), ink=ink, width=3.5)  # fmt: skip
        return sole + toe + cuff

    far = group(one("#9a5f58"), transform="translate(18 -28) scale(0.88)")
    return far + group(one("#a96a62"), transform="translate(-10 26)")
