"""Hardware and machines' parts that stories turn on: a screw, a knob, a spring, a cable, and any part of metal."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, group, line, oval, path, pts, rod

STEEL, BRASS, BLACK, WOOD = "#b4b9c2", "#d0a04a", "#35353d", "#8d6340"


def screw(ink: str) -> str:
    """A wood screw with a slot in its head, lying at a slant."""
    head = path(pts([(-44, -84), (44, -84), (14, -46), (-14, -46)]), STEEL, ink=ink, width=5)
    top = oval(0, -84, 44, 13, pale(STEEL, 0.35), ink=ink, width=5)
    slot = line([(-24, -86), (24, -82)], ink, 8, smooth=False)
    shank = cel(pts([(-14, -48), (14, -48), (13, 52), (0, 96), (-13, 52)]), STEEL, dark(STEEL, 0.25), pts([(2, -60), (40, -60), (40, 100), (2, 100)]), ink=ink, width=5)  # fmt: skip
    thread = "".join(
        line([(-19, y), (0, y + 9), (19, y + 1)], ink, 9)
        + line([(-17, y), (0, y + 9), (17, y + 1)], pale(STEEL, 0.4), 4)
        for y in (-30, -12, 6, 24, 42)
    )
    return group(shank + thread + head + top + slot, transform="rotate(34)")


def nail(ink: str) -> str:
    """One long nail with a flat head."""
    shank = cel(pts([(-8, -74), (8, -74), (8, 66), (0, 96), (-8, 66)]), STEEL, dark(STEEL, 0.3), pts([(1, -80), (30, -80), (30, 100), (1, 100)]), ink=ink, width=5)  # fmt: skip
    return group(shank + oval(0, -80, 32, 11, pale(STEEL, 0.3), ink=ink, width=5), transform="rotate(38)")


def gear_knob(ink: str) -> str:
    """Of resin with a rose inside, on the threaded end of its lever."""
    lever = rod([(0, 20), (0, 94)], ink, STEEL, 17, smooth=False)
    threads = "".join(line([(-9, y), (9, y + 5)], ink, 4, smooth=False) for y in (62, 72, 82))
    collar = box(-20, 38, 40, 20, BLACK, ink=ink, width=5, r=5)
    ball = oval(0, -26, 66, 66, "#c98a4e", ink=ink, width=5)
    inside = oval(-4, -30, 54, 54, "#dda66a") + oval(-10, -36, 42, 42, "#e8bc86", opacity=0.7)
    rose = (
        oval(0, -24, 25, 24, "#a62f3d", ink=dark("#a62f3d", 0.4), width=3.5)
        + line(
            [(-16, -28), (-4, -40), (12, -34), (14, -20), (0, -14), (-9, -24), (0, -30), (5, -24)],
            "#e58a8c",
            4,
        )
        + path(curve([(-26, -8), (-40, 4), (-18, 6)]), "#5f7d44", ink=dark("#5f7d44", 0.3), width=3)
        + path(curve([(24, -8), (38, 4), (16, 6)]), "#5f7d44", ink=dark("#5f7d44", 0.3), width=3)
    )
    return (
        lever
        + threads
        + collar
        + ball
        + inside
        + rose
        + line([(-42, -54), (-28, -72), (-8, -80)], "#fff4dd", 8)
    )


def door_knob(ink: str) -> str:
    """A round knob of brass on its plate, unscrewed."""
    plate = box(-34, -92, 68, 184, pale(BRASS, 0.12), ink=ink, width=5, r=12)
    screws = "".join(oval(0, y, 8, 8, dark(BRASS, 0.25), ink=ink, width=3) for y in (-76, 76))
    keyhole = oval(0, 40, 7, 8, ink) + path(pts([(-4, 42), (4, 42), (7, 60), (-7, 60)]), ink)
    ball = oval(0, -18, 42, 42, BRASS, ink=ink, width=5) + oval(
        6, -10, 30, 30, dark(BRASS, 0.16), opacity=0.7
    )
    return plate + screws + keyhole + ball + oval(-14, -34, 12, 9, "#fff0c4", opacity=0.9)


def coil_spring(ink: str) -> str:
    """A coil of steel, lying on its side at a slant."""
    turns = ""
    for x in range(-66, 67, 22):
        back = rod([(x, -40), (x + 15, -20), (x + 15, 22), (x + 8, 40)], ink, dark(STEEL, 0.35), 8)
        front = rod([(x - 14, 40), (x - 20, 8), (x - 14, -28), (x, -40)], ink, STEEL, 9)
        turns += back + front
    ends = rod([(80, 34), (94, 20)], ink, STEEL, 9) + rod([(-80, 40), (-92, 26)], ink, STEEL, 9)
    return group(ends + turns, transform="rotate(-18)")


def cable(ink: str) -> str:
    """A coil of cable, its plug in front."""
    coil = ""
    for r in (70, 54, 38):
        coil += oval(-6, -12, r, r * 0.86, "none", ink=ink, width=19) + oval(
            -6, -12, r, r * 0.86, "none", ink="#43464f", width=11
        )
    tail = rod([(52, 24), (50, 58), (10, 70), (-24, 66)], ink, "#43464f", 11)
    plug = box(-66, 50, 44, 34, "#2b2d34", ink=ink, width=5, r=9) + "".join(
        box(-92, y, 28, 7, "#d8dbe0", ink=ink, width=3, r=2) for y in (56, 71)
    )
    return coil + tail + plug


def hose(ink: str) -> str:
    """Rolled up, with its nozzle."""
    coil = ""
    for y in (54, 30, 6, -18):
        coil += oval(-6, y, 78, 30, "none", ink=ink, width=24) + oval(
            -6, y, 78, 30, "none", ink="#5d8a4c", width=16
        )
    end = rod([(66, -24), (58, -62), (20, -70)], ink, "#5d8a4c", 16)
    return (
        coil
        + end
        + path(
            pts([(24, -84), (-12, -80), (-40, -76), (-40, -66), (-12, -60), (24, -56)]),
            BRASS,
            ink=ink,
            width=5,
        )
    )


def remote_control(ink: str) -> str:
    """Black, with its rows of buttons."""
    body = box(-36, -96, 72, 192, "#33353d", ink=ink, width=5, r=16)
    keys = "".join(
        oval(x, y, 8, 7, "#8d929c", ink=ink, width=2.5) for y in (-30, -8, 14, 36) for x in (-19, 0, 19)
    )
    ring = oval(0, 68, 20, 17, "#5d626c", ink=ink, width=3.5) + oval(0, 68, 7, 6, "#8d929c")
    return group(
        body + oval(-18, -72, 9, 9, "#c8443a", ink=ink, width=3) + keys + ring, transform="rotate(18)"
    )


def motor(ink: str) -> str:
    """A small engine with its cooling ribs and belt wheel."""
    foot = box(-84, 70, 168, 20, BLACK, ink=ink, width=5, r=5)
    body = cel(pts([(-62, -34), (58, -34), (66, 70), (-70, 70)]), "#7d8792", "#5c656f", pts([(14, -50), (90, -50), (90, 90), (22, 90)]), ink=ink, width=5)  # fmt: skip
    ribs = "".join(
        line([(-58 + k, -18 + k * 0), (-64 + k, 58)], dark("#7d8792", 0.4), 5, smooth=False)
        for k in (22, 40, 58, 76)
    )
    head = box(-42, -74, 72, 42, "#9aa3ad", ink=ink, width=5, r=5) + "".join(
        line([(-40, y), (28, y)], ink, 3.5, smooth=False) for y in (-62, -50)
    )
    plug = rod([(-6, -76), (-6, -94)], ink, "#e6e2d4", 9, smooth=False)
    wheel = oval(62, 22, 34, 36, "#4a4f57", ink=ink, width=5) + oval(62, 22, 12, 12, STEEL, ink=ink, width=4)
    return foot + body + ribs + head + plug + wheel


def propeller(ink: str) -> str:
    """Three blades of brass on a hub."""
    blade = curve([(0, -12), (-34, -46), (-30, -88), (10, -96), (34, -62), (16, -20)])
    blades = "".join(
        group(
            path(blade, BRASS, ink=ink, width=5)
            + line([(-18, -76), (0, -86), (14, -76)], pale(BRASS, 0.5), 5),
            transform=f"rotate({turn}) scale(0.92)",
        )
        for turn in (0, 120, 240)
    )
    return group(
        blades + oval(0, 0, 22, 22, dark(BRASS, 0.12), ink=ink, width=5) + oval(0, 0, 8, 8, ink),
        transform="translate(0 10)",
    )


def metal_part(ink: str) -> str:
    """A part of some machine: a flange with its bolts and a short pipe."""
    pipe = cel(pts([(-26, -84), (26, -84), (26, -10), (-26, -10)]), STEEL, dark(STEEL, 0.25), pts([(4, -90), (40, -90), (40, 0), (4, 0)]), ink=ink, width=5)  # fmt: skip
    mouth = oval(0, -84, 26, 10, "#5a5f68", ink=ink, width=5)
    low = oval(0, 44, 84, 38, dark(STEEL, 0.22), ink=ink, width=5)
    disc = oval(0, 26, 84, 38, STEEL, ink=ink, width=5) + oval(
        0, 20, 36, 16, pale(STEEL, 0.3), ink=ink, width=4
    )
    bolts = "".join(
        oval(62 * cos(a), 26 + 25 * sin(a), 9, 7, pale(STEEL, 0.45), ink=ink, width=3.5)
        for a in (k * pi / 3 + 0.4 for k in range(6))
    )
    neck = cel(pts([(-26, -40), (26, -40), (30, 22), (-30, 22)]), STEEL, dark(STEEL, 0.25), pts([(4, -60), (50, -60), (50, 40), (4, 40)]), ink=ink, width=0)  # fmt: skip
    sides = line([(-26, -40), (-30, 20)], ink, 5, smooth=False) + line(
        [(26, -40), (30, 20)], ink, 5, smooth=False
    )
    return low + disc + neck + pipe + mouth + sides + bolts


def small_device(ink: str) -> str:
    """Some small machine of plastic: a display, two keys and a lamp."""
    body = cel("M-62 -74H62Q76 -74 76 -60V62Q76 78 60 78H-60Q-76 78 -76 62V-60Q-76 -74 -62 -74Z", "#d9d8d2", "#b4b3ad", pts([(20, -90), (110, -90), (110, 100), (30, 100)]), ink=ink, width=5)  # fmt: skip
    screen = box(-54, -54, 108, 56, "#49606a", ink=ink, width=4, r=6) + line(
        [(-42, -40), (-10, -40)], "#a9cbd0", 5, smooth=False
    )
    keys = "".join(
        box(x, 22, 44, 26, tone, ink=ink, width=4, r=8) for x, tone in ((-54, "#8d929c"), (10, "#4f7fa0"))
    )
    return body + screen + keys + oval(0, 62, 6, 6, "#c8443a", ink=ink, width=2.5)


def tool_roll(ink: str) -> str:
    """Tools in a roll of canvas, half open."""
    cloth = cel(pts([(-94, 6), (94, 6), (88, 78), (-88, 78)]), "#9c8558", "#7d6a45", pts([(-100, 50), (100, 44), (100, 100), (-100, 100)]), ink=ink, width=5)  # fmt: skip
    tools = ""
    for x, tone in ((-66, "#c8443a"), (-34, WOOD), (0, "#3f74b4"), (34, BLACK), (66, WOOD)):
        tools += rod([(x, 20), (x, -40)], ink, STEEL, 9, smooth=False) + box(
            x - 11, -88, 22, 56, tone, ink=ink, width=4.5, r=8
        )
    pockets = "".join(
        line([(x, 12), (x, 74)], dark("#9c8558", 0.4), 4, smooth=False) for x in (-50, -17, 17, 50)
    )
    strap = box(-96, 34, 192, 13, "#6b4a2c", ink=ink, width=4) + box(
        -14, 29, 28, 23, BRASS, ink=ink, width=4, r=3
    )
    return tools + cloth + pockets + strap
