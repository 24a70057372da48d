"""What things are kept and carried in: tins, boxes, cases; and cloths laid together."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, group, line, oval, path, pts, rod

TIN, CARD, LEATHERETTE, CANVAS = "#2f5d7c", "#d8c39a", "#3b3236", "#5f7a6a"
TERRY = "#e9d9bf"


def biscuit_tin(ink: str) -> str:
    """Round, with a lid and a picture of biscuits."""
    side = curve([(-84, -22), (-82, 58), (0, 78), (82, 58), (84, -22)], tension=0.5)
    wall = cel(side, TIN, dark(TIN, 0.2), pts([(30, -30), (100, -30), (100, 90), (20, 90)]), ink=ink, width=4)  # fmt: skip
    band = line([(-80, 40), (0, 58), (80, 40)], "#e0b75a", 6)
    rim = path(curve([(-90, -34), (-90, -8), (0, 12), (90, -8), (90, -34)], tension=0.5), pale(TIN, 0.2), ink=ink, width=4)  # fmt: skip
    lid = oval(0, -36, 90, 30, pale(TIN, 0.35), ink=ink, width=4) + oval(0, -37, 70, 21, "#f2e4c4")
    biscuits = "".join(
        oval(x, y, 19, 9, "#c98f4e", ink=ink, width=2.5)
        + "".join(oval(x + at, y - 1, 2, 1.4, "#7a4a24") for at in (-8, 0, 8))
        for x, y in ((-30, -38), (28, -40), (0, -30))
    )
    return wall + band + rim + lid + biscuits


def shoebox(ink: str) -> str:
    """Of cardboard, its lid a little askew and a label at the end."""
    front = cel(pts([(-84, -14), (62, -14), (58, 62), (-80, 62)]), CARD, dark(CARD, 0.12), pts([(20, -20), (70, -20), (70, 70), (10, 70)]), ink=ink, width=4)  # fmt: skip
    end = path(pts([(62, -14), (94, -36), (90, 36), (58, 62)]), dark(CARD, 0.2), ink=ink, width=4)
    top = path(pts([(-90, -34), (-52, -62), (100, -60), (68, -32)]), pale(CARD, 0.35), ink=ink, width=4)
    lip = path(pts([(-90, -34), (68, -32), (68, -8), (-90, -10)]), pale(CARD, 0.15), ink=ink, width=4)
    label = box(-62, 10, 54, 34, "#f7f1e2", ink=ink, width=3) + "".join(
        line([(-54, y), (-18, y)], dark(CARD, 0.5), 3, smooth=False) for y in (20, 29)
    )
    return front + end + top + lip + path(pts([(68, -32), (100, -60), (100, -38), (68, -8)]), CARD, ink=ink, width=4) + label  # fmt: skip


def violin_case(ink: str) -> str:
    """Shut, in the form of what is in it, with its handle and two clasps."""
    form = curve([(-94, 22), (-88, -24), (-46, -34), (-14, -20), (20, -18), (88, -12), (96, 8), (90, 30), (24, 36), (-12, 40), (-48, 54), (-88, 58)], tension=0.5)  # fmt: skip
    body = cel(form, LEATHERETTE, dark(LEATHERETTE, 0.3), pts([(-110, 24), (110, 14), (110, 80), (-110, 80)]), ink=ink, width=4)  # fmt: skip
    seam = line([(-92, 22), (-46, 20), (0, 14), (94, 10)], pale(LEATHERETTE, 0.3), 4)
    handle = rod([(-30, -28), (-24, -48), (10, -46), (14, -22)], ink, "#6b4a34", 8)
    clasps = "".join(box(x, y, 14, 16, "#d9b45a", ink=ink, width=3, r=2) for x, y in ((-66, 10), (44, 4)))
    return group(handle + body + seam + clasps, transform="rotate(-4)")


def folded_towel(ink: str) -> str:
    """Laid together, its folds to the front."""
    layers = "".join(
        path(
            curve([(-78, y), (-88, y + 14), (-78, y + 26), (76, y + 26), (76, y)], tension=0.35),
            tone,
            ink=ink,
            width=4,
        )
        for y, tone in ((28, dark(TERRY, 0.16)), (2, dark(TERRY, 0.06)), (-24, TERRY))
    )
    top = path(pts([(-78, -24), (-46, -52), (94, -52), (76, -24)]), pale(TERRY, 0.4), ink=ink, width=4)
    side = path(pts([(76, -24), (94, -52), (94, 26), (76, 54)]), dark(TERRY, 0.24), ink=ink, width=4)
    bands = "".join(line([(x, -26), (x + 32, -51)], "#b98a5c", 7, smooth=False) for x in (30, 46))
    return layers + top + side + bands


def tarpaulin(ink: str) -> str:
    """A stiff sheet folded over itself, with eyelets and a cord."""
    under = path(pts([(-92, 30), (-60, -34), (90, -40), (94, 40), (10, 62)]), dark(CANVAS, 0.25), ink=ink, width=4)  # fmt: skip
    fold = cel(pts([(-92, 30), (-60, -34), (42, -52), (26, 34), (-44, 58)]), CANVAS, dark(CANVAS, 0.12), pts([(-20, -60), (60, -60), (40, 70), (-10, 70)]), ink=ink, width=4)  # fmt: skip
    creases = line([(-58, -4), (-10, -14), (30, -10)], dark(CANVAS, 0.4), 3.5) + line([(50, -20), (78, 20)], dark(CANVAS, 0.5), 3.5)  # fmt: skip
    eyes = "".join(oval(x, y, 7, 6, "#c9ced4", ink=ink, width=3) for x, y in ((-76, 24), (-34, 46), (18, 26), (30, -40)))  # fmt: skip
    return under + fold + creases + eyes + line([(18, 26), (48, 56), (84, 50), (70, 74)], "#c7a25a", 5)


def embroidery(ink: str) -> str:
    """A cloth in a hoop: a hill, a house, a path of stitches."""
    hoop = oval(0, 0, 90, 88, "#b98a5c", ink=ink, width=4) + box(-12, -100, 24, 16, "#9c7446", ink=ink, width=4)  # fmt: skip
    cloth = oval(0, 2, 78, 76, "#f6efdf", ink=ink, width=3)
    hill = path(curve([(-70, 34), (-30, -2), (4, -22), (40, 6), (70, 32), (40, 64), (-40, 64)]), "#8fae7a")
    house = box(-6, -44, 26, 24, "#5f86b0") + path(pts([(-12, -44), (7, -60), (26, -44)]), "#b5514a")
    way = "".join(line([(x, y), (x + 7, y - 8)], "#a0522d", 5, smooth=False) for x, y in ((-26, 56), (-14, 42), (-18, 26), (-4, 12), (-8, -2)))  # fmt: skip
    needle = line([(48, 54), (80, 20)], "#9aa3ad", 4, smooth=False) + line([(48, 54), (30, 44), (24, 56)], "#b5514a", 3.5)  # fmt: skip
    return hoop + cloth + hill + house + way + needle


def photo_of_woman(ink: str) -> str:
    """A printed photograph with a white border: a woman with long hair, in brown tones."""
    frame = box(-72, -92, 144, 184, "#fbf5e6", ink=ink, width=4, r=2) + box(-58, -78, 116, 156, "#d3bd96")
    hair = path(curve([(-38, 34), (-40, -24), (-26, -60), (0, -66), (26, -60), (40, -24), (38, 34), (14, 44), (-14, 44)], tension=0.5), "#4a3022")  # fmt: skip
    dress = path(curve([(-52, 78), (-44, 44), (-16, 28), (16, 28), (44, 44), (52, 78)], tension=0.4), "#8a5a50")  # fmt: skip
    head = box(-9, 6, 18, 26, "#dcc19a") + oval(0, -18, 24, 31, "#e2c8a2")
    fringe = path(curve([(-25, -16), (-20, -46), (2, -52), (24, -44), (25, -16), (8, -36)]), "#4a3022")
    eyes = "".join(oval(x, -16, 3, 3.6, "#3f2c20") + line([(x - 5, -24), (x + 5, -25)], "#4a3022", 2) for x in (-10, 10))  # fmt: skip
    mouth = path(curve([(-8, 0), (0, -3), (8, 0), (0, 5)]), "#a0524a")
    return frame + hair + dress + head + fringe + eyes + mouth + box(-58, -78, 116, 156, "none", ink=ink, width=3)  # fmt: skip
