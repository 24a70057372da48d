"""Hand tools of wood and stone: a plane and its shaving, a gouge, a mallet, a rasp, a trowel, a sander."""

from math import cos, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, group, line, oval, path, pts, rod

WOOD, BEECH, STEEL, BRASS = "#8d5a36", "#c9935a", "#a9b0b8", "#d0a04a"


def hand_plane(ink: str) -> str:
    """A joiner's plane seen from the side: knob, blade, handle, and a curl of wood out of its throat."""
    sole = cel(pts([(-96, 40), (-88, 12), (-20, 4), (60, 4), (94, 18), (96, 40)]), STEEL, dark(STEEL, 0.3), pts([(-100, 30), (100, 26), (100, 46), (-100, 46)]), ink=ink, width=4.5)  # fmt: skip
    knob = path(curve([(-78, 12), (-74, -8), (-82, -26), (-66, -38), (-50, -26), (-58, -8), (-54, 12)], tension=0.8), WOOD, ink=ink, width=4.5)  # fmt: skip
    handle = path(curve([(38, 6), (46, -18), (38, -50), (58, -58), (74, -38), (72, -12), (84, 8)], tension=0.75), WOOD, ink=ink, width=4.5)  # fmt: skip
    blade = path(pts([(-22, 10), (14, -62), (28, -56), (2, 10)]), pale(STEEL, 0.35), ink=ink, width=4.5)
    wedge = path(pts([(-2, 8), (20, -36), (34, -28), (18, 8)]), dark(STEEL, 0.35), ink=ink, width=4)
    return _shaving_from(ink) + knob + handle + sole + blade + wedge + oval(16, -8, 8, 8, BRASS, ink=ink, width=3.5)  # fmt: skip


def _shaving_from(ink: str) -> str:
    """What the blade lifts: a ribbon that rolls itself up."""
    ribbon = [(-12, 6), (-26, -26), (-14, -62), (-36, -84), (-60, -70), (-52, -48), (-36, -54)]
    return rod(ribbon, ink, "#e9c48c", 11)


def wood_shaving(ink: str) -> str:
    """One long curl, thin as light."""
    turns = [
        (-84 + k * 5.4 + cos(k * 0.62) * 26, 6 + sin(k * 0.62) * 44 - cos(k * 0.62) * 8) for k in range(33)
    ]
    behind = "".join(rod(turns[at : at + 6], ink, "#c99a5c", 12) for at in range(4, 30, 10))
    front = "".join(rod(turns[at : at + 7], ink, "#ecc88f", 12) for at in range(0, 30, 10))
    return behind + front + "".join(line(turns[at + 1 : at + 5], "#f8e3b8", 4) for at in range(0, 30, 10))


def gouge(ink: str) -> str:
    """A carver's chisel with a hollow edge."""
    grip = path(curve([(-12, 14), (-17, 50), (-11, 92), (11, 92), (17, 50), (12, 14)], tension=0.7), BEECH, ink=ink, width=4.5)  # fmt: skip
    steel = path(
        pts([(-8, 6), (-13, -70), (-14, -84), (14, -84), (13, -70), (8, 6)]), STEEL, ink=ink, width=4.5
    )
    edge = path(curve([(-14, -82), (0, -96), (14, -82), (0, -72)]), pale(STEEL, 0.5), ink=ink, width=4)
    ferrule = box(-13, 2, 26, 15, BRASS, ink=ink, width=4, r=3)
    return group(steel, edge, grip, ferrule, line([(-5, 30), (-8, 70)], pale(BEECH, 0.4), 4), transform="rotate(38)")  # fmt: skip


def mallet(ink: str) -> str:
    """Of wood, for chisels."""
    grip = path(pts([(-8, 0), (8, 0), (11, 96), (-11, 96)]), BEECH, ink=ink, width=4.5)
    head = cel(pts([(-62, -70), (62, -70), (52, 6), (-52, 6)]), WOOD, dark(WOOD, 0.25), pts([(-70, -20), (70, -28), (70, 12), (-70, 12)]), ink=ink, width=4.5)  # fmt: skip
    grain = line([(-48, -50), (0, -54), (48, -50)], dark(WOOD, 0.35), 3.5) + line([(-44, -30), (40, -32)], dark(WOOD, 0.35), 3.5)  # fmt: skip
    return group(grip, head, grain, transform="rotate(24)")


def rasp(ink: str) -> str:
    """A long file with its wooden handle."""
    blade = cel(pts([(-12, 30), (-15, -84), (0, -94), (15, -84), (12, 30)]), STEEL, dark(STEEL, 0.25), pts([(2, -100), (20, -100), (20, 40), (2, 40)]), ink=ink, width=4.5)  # fmt: skip
    teeth = "".join(line([(-11, y), (11, y - 9)], dark(STEEL, 0.45), 3) for y in range(-68, 28, 12))
    grip = path(curve([(-9, 28), (-16, 58), (-10, 94), (10, 94), (16, 58), (9, 28)], tension=0.7), BEECH, ink=ink, width=4.5)  # fmt: skip
    return group(blade, teeth, grip, transform="rotate(40)")


def trowel(ink: str) -> str:
    """A bricklayer's, with a little mortar."""
    blade = cel(pts([(-88, -44), (14, -36), (26, 8), (-20, 52)]), STEEL, dark(STEEL, 0.22), pts([(-20, 60), (30, 10), (20, -8), (-50, 20)]), ink=ink, width=4.5)  # fmt: skip
    mortar = path(curve([(-64, -36), (-40, -52), (-10, -38), (2, -16), (-22, 4), (-48, -12)]), "#d8d2c4", ink=ink, width=4)  # fmt: skip
    neck = rod([(20, -12), (46, -16), (50, 12)], ink, dark(STEEL, 0.3), 6)
    grip = group(box(-12, 0, 24, 78, WOOD, ink=ink, width=4.5, r=10), transform="translate(50 8) rotate(-32)")
    return blade + mortar + neck + grip


def sander(ink: str) -> str:
    """Electric, with its bag for dust and its cable."""
    cord = rod([(56, -40), (84, -58), (92, -20), (98, 30)], ink, "#35343c", 6)
    body = cel(curve([(-66, 8), (-64, -34), (-30, -62), (26, -64), (58, -44), (60, 8)], tension=0.5), "#3f7f86", "#2c5c62", pts([(-70, -8), (70, -16), (70, 14), (-70, 14)]), ink=ink, width=4.5)  # fmt: skip
    grip = rod([(-42, -52), (-10, -82), (30, -74)], ink, "#2f3138", 13)
    pad = box(-82, 8, 160, 16, "#2f3138", ink=ink, width=4.5, r=4) + box(-86, 24, 168, 14, "#c98a4a", ink=ink, width=4.5, r=3)  # fmt: skip
    bag = path(curve([(60, -22), (90, -34), (98, -4), (82, 12), (60, 0)]), "#d9cfb8", ink=ink, width=4)
    dust = "".join(
        oval(x, 56 + (x % 3) * 6, 5, 4, "#d9b27a", ink=ink, width=2.5) for x in (-70, -44, -8, 30, 66)
    )
    vents = "".join(line([(-36 + k * 16, -20), (-36 + k * 16, -4)], "#1e4448", 5) for k in range(4))
    return cord + bag + grip + body + vents + pad + dust


def stone_block(ink: str) -> str:
    """Half of a face out of a block of stone."""
    block = cel(pts([(-70, -84), (40, -88), (74, -60), (70, 90), (-74, 90)]), "#cfc9bd", "#a9a296", pts([(30, -90), (80, -60), (76, 96), (34, 96)]), ink=ink, width=5)  # fmt: skip
    face = path(curve([(-44, -58), (0, -70), (30, -40), (24, 10), (-8, 40), (-40, 12)], tension=0.9), "#e3ded4", ink=ink, width=4)  # fmt: skip
    traits = line([(-28, -20), (-14, -24)], ink, 4) + line([(4, -24), (18, -22)], ink, 4) + line([(-6, -16), (-12, 4), (-2, 6)], ink, 3.5) + line([(-18, 20), (-4, 23), (8, 18)], ink, 4)  # fmt: skip
    marks = "".join(line([(x, y), (x + 12, y - 10)], "#8f887c", 4) for x, y in ((-58, 62), (-36, 74), (-10, 60), (16, 76), (44, 40), (48, 68)))  # fmt: skip
    return block + face + traits + marks


def pottery_wheel(ink: str) -> str:
    """A bowl of wet clay on its turning disc."""
    disc = oval(0, 40, 86, 22, "#7d7468", ink=ink, width=4.5) + oval(
        0, 34, 74, 16, "#a59c8e", ink=ink, width=3.5
    )
    clay = cel(curve([(-40, 30), (-52, -16), (-44, -46), (44, -46), (52, -16), (40, 30)], tension=0.7), "#b5714a", "#8f5537", pts([(10, -60), (60, -60), (60, 40), (20, 40)]), ink=ink, width=4.5)  # fmt: skip
    rings = "".join(line([(-46 + k * 2, -10 + k * 14), (0, -3 + k * 14), (46 - k * 2, -10 + k * 14)], "#8f5537", 3.5) for k in range(3))  # fmt: skip
    foot = path(pts([(-22, 58), (22, 58), (34, 94), (-34, 94)]), "#5f5850", ink=ink, width=4.5)
    return foot + disc + clay + oval(0, -46, 44, 12, "#7d4a30", ink=ink, width=4) + rings
