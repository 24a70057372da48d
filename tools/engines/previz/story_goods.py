"""Goods and keepsakes: crates and sacks, bottles of gas, honey and its lid, a mitten, a lily, rolls, a raft, a hive."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, cel, curve, group, line, oval, path, pts, rod

WOOD, STEEL, JUTE, WOOL = "#a9743f", "#a9b0b8", "#c9a877", "#b5433a"


def crate(ink: str) -> str:
    """Of slats, open on top."""
    inside = box(-82, -60, 164, 40, "#4a3323", ink=ink, width=4.5)
    slats = "".join(box(-88, y, 176, 34, tone, ink=ink, width=4.5, r=2) for y, tone in ((-42, WOOD), (0, dark(WOOD, 0.08)), (42, WOOD)))  # fmt: skip
    posts = "".join(box(x, -64, 20, 144, dark(WOOD, 0.2), ink=ink, width=4.5) for x in (-90, 70))
    nails = "".join(oval(x, y, 3, 3, "#3a3a42") for x in (-80, 80) for y in (-26, 16, 58))
    grain = "".join(line([(-52, y), (0, y - 3), (50, y + 1)], dark(WOOD, 0.3), 3) for y in (-26, 18, 60))
    return inside + slats + grain + posts + nails


def _full_sack(ink: str, x: float, y: float, k: float, tone: str) -> str:
    body = cel("M-44 60Q-60 20 -44 -24Q-30 -50 0 -50Q30 -50 44 -24Q60 20 44 60Q0 72 -44 60Z", tone, dark(tone, 0.2), pts([(6, -60), (70, -60), (70, 80), (16, 80)]), ink=ink, width=5)  # fmt: skip
    ears = path(curve([(-30, -46), (-44, -66), (-14, -56), (0, -62), (14, -56), (44, -66), (30, -46)], tension=0.6), pale(tone, 0.25), ink=ink, width=5)  # fmt: skip
    weave = "".join(line([(-30, v), (0, v + 4), (30, v)], dark(tone, 0.22), 3) for v in (-14, 10, 34))
    seam = rod([(-30, -46), (0, -41), (30, -46)], ink, "#8e5a3a", 4)
    return group(body, weave, ears, seam, transform=f"translate({x} {y}) scale({k})")


def sacks(ink: str) -> str:
    """Three full ones, stacked."""
    return _full_sack(ink, -48, 44, 0.8, JUTE) + _full_sack(ink, 48, 44, 0.8, dark(JUTE, 0.08)) + _full_sack(ink, 0, -34, 0.8, pale(JUTE, 0.12))  # fmt: skip


def oxygen_cylinder(ink: str) -> str:
    """With its valve and gauge, its hose and mask."""
    bottle = cel("M-30 96V-34Q-30 -62 0 -64Q30 -62 30 -34V96Z", "#4f9a6a", "#377550", pts([(8, -70), (40, -70), (40, 100), (12, 100)]), ink=ink, width=4.5)  # fmt: skip
    collar = path("M-29 -36Q-28 -62 0 -64Q28 -62 29 -36Z", "#e9e6dc", ink=ink, width=4)
    valve = box(-8, -84, 16, 22, "#d0a04a", ink=ink, width=4) + rod(
        [(-16, -90), (16, -90)], ink, "#d0a04a", 6
    )
    gauge = oval(-26, -76, 14, 14, "#f4f1e6", ink=ink, width=4) + line([(-26, -76), (-20, -82)], "#b5433a", 3)
    hose = line([(8, -74), (54, -70), (66, -20), (62, 24)], ink, 10) + line([(8, -74), (54, -70), (66, -20), (62, 24)], "#bfe0df", 4.5)  # fmt: skip
    mask = path(curve([(48, 24), (76, 22), (90, 48), (72, 72), (50, 58)]), "#cfe9e8", ink=ink, width=4)
    return hose + bottle + collar + valve + gauge + mask + box(-22, -4, 44, 30, "#f4f1e6", ink=ink, width=3.5, r=3) + line([(-12, 11), (12, 11)], "#377550", 5)  # fmt: skip


def gas_cylinder(ink: str) -> str:
    """For a kitchen's stove."""
    body = cel("M-56 78V-18Q-56 -52 0 -56Q56 -52 56 -18V78Q0 96 -56 78Z", "#d9813a", "#b0602a", pts([(14, -60), (66, -60), (66, 100), (22, 100)]), ink=ink, width=5)  # fmt: skip
    ring = rod([(-34, -54), (-34, -88), (34, -88), (34, -54)], ink, "#b0602a", 8, smooth=False)
    valve = box(-9, -80, 18, 26, "#d0a04a", ink=ink, width=4)
    return body + valve + ring + line([(-54, 10), (0, 18), (54, 10)], "#b0602a", 5) + box(-58, 80, 116, 14, "#8e4a20", ink=ink, width=4.5, r=5)  # fmt: skip


def honey_jar(ink: str) -> str:
    """A glass full of gold under its lid, a bee on the label."""
    glass = cel("M-56 86Q-66 40 -60 -20Q-56 -50 -44 -56H44Q56 -50 60 -20Q66 40 56 86Q0 96 -56 86Z", "#e6a02e", "#c27a1c", pts([(16, -60), (70, -60), (70, 100), (26, 100)]), ink=ink, width=5)  # fmt: skip
    lid = box(-52, -86, 104, 32, "#d8c27a", ink=ink, width=5, r=6) + "".join(line([(x, -80), (x, -60)], "#a98f45", 3) for x in range(-40, 48, 16))  # fmt: skip
    label = box(-40, -18, 80, 64, "#f8f0d8", ink=ink, width=4, r=4)
    bee = group(oval(-7, -11, 12, 8, "#e6f0f0", ink=ink, width=3), oval(8, -12, 12, 8, "#e6f0f0", ink=ink, width=3), oval(0, 2, 22, 14, "#f2c032", ink=ink, width=3.5), line([(-6, -10), (-6, 14)], ink, 6), line([(7, -10), (7, 14)], ink, 6), transform="translate(0 16)")  # fmt: skip
    return glass + lid + label + bee + line([(-48, -30), (-50, 30)], "#ffe0a0", 6)


def jar_lid(ink: str) -> str:
    """One by itself, seen from a little above."""
    rim = path("M-72 -6V22Q-60 52 0 54Q60 52 72 22V-6Z", "#c9b060", ink=ink, width=5)
    ribs = "".join(line([(x, 12 + 22 * (1 - (x / 72) ** 2)), (x, 30 + 18 * (1 - (x / 72) ** 2))], "#98813a", 4) for x in range(-54, 60, 18))  # fmt: skip
    top = oval(0, -8, 72, 30, "#e2cd86", ink=ink, width=5) + oval(
        0, -8, 54, 20, "none", ink="#b39a50", width=3.5
    )
    return rim + ribs + top


def mitten(ink: str) -> str:
    """A child's, knitted, with a snowflake."""
    hand = cel("M-40 52Q-54 0 -46 -44Q-30 -88 4 -84Q34 -80 36 -40L38 -18Q52 -36 66 -28Q78 -16 64 8Q52 30 36 52Z", WOOL, dark(WOOL, 0.22), pts([(14, -90), (90, -90), (90, 60), (22, 60)]), ink=ink, width=5)  # fmt: skip
    cuff = box(-48, 48, 92, 38, "#efe4cf", ink=ink, width=5, r=8) + "".join(line([(x, 54), (x, 80)], "#c9b795", 4) for x in range(-36, 40, 12))  # fmt: skip
    flake = "".join(group(line([(0, -22), (0, 22)], "#f4ead6", 5), transform=f"translate(-6 -20) rotate({turn})") for turn in (0, 60, 120))  # fmt: skip
    knit = "".join(
        line([(-34 + k * 4, 26 + k), (-26 + k * 4, 34)], dark(WOOL, 0.35), 3) for k in (0, 5, 10, 14)
    )
    return hand + flake + knit + cuff


def woolly_hat(ink: str) -> str:
    """Knitted, with a bobble."""
    dome = cel("M-66 34Q-70 -54 0 -58Q70 -54 66 34Z", "#3f6f8e", "#2c5270", pts([(16, -64), (80, -64), (80, 40), (24, 40)]), ink=ink, width=5)  # fmt: skip
    ribs = "".join(line([(x * 0.5, -50), (x, 28)], "#2c5270", 4) for x in (-44, -22, 0, 22, 44))
    band = line([(-60, -6), (0, -14), (60, -6)], "#e9dfc8", 9)
    brim = box(-76, 30, 152, 40, "#b5433a", ink=ink, width=5, r=12) + "".join(line([(x, 38), (x, 62)], "#8a2f2a", 4) for x in range(-60, 66, 15))  # fmt: skip
    return dome + ribs + band + brim + oval(0, -70, 24, 22, "#e9dfc8", ink=ink, width=5)


def lily(ink: str) -> str:
    """A white arum: one turned petal round its yellow spike."""
    stem = rod([(6, 96), (4, 40), (-2, 6)], ink, "#5f8f4a", 8)
    leaf = path(
        curve([(6, 80), (40, 30), (62, 22), (54, 62), (20, 92)], tension=0.8), "#6fa056", ink=ink, width=4.5
    )
    cup = cel("M-6 30Q-58 0 -44 -52Q-34 -84 -4 -92Q14 -70 46 -68Q50 -20 -6 30Z", "#fbf7ea", "#ddd6c2", pts([(-60, -6), (20, -30), (10, 36), (-60, 36)]), ink=ink, width=4.5)  # fmt: skip
    spike = rod([(-8, -2), (-4, -44)], ink, "#e6b23a", 9)
    fold = path("M46 -68Q24 -30 -6 30Q10 -20 2 -56Q20 -72 46 -68Z", "#efe9d8", ink=ink, width=4)
    return stem + leaf + cup + spike + fold


def cheese_breads(ink: str) -> str:
    """Small and round, hot in their tin."""
    tin = path(pts([(-92, 28), (92, 28), (78, 66), (-78, 66)]), "#8b8f97", ink=ink, width=5)
    rows = ((-54, -16), (0, -20), (54, -16), (-30, 10), (30, 10), (-72, 14), (72, 14))
    rolls = "".join(_ball(ink, x, y) for x, y in rows)
    steam = "".join(
        line([(x, -52), (x + 7, -66), (x - 4, -78), (x + 3, -92)], "#f4efe4", 5) for x in (-34, 4, 42)
    )
    return steam + rolls + tin + line([(-84, 38), (84, 38)], "#c3c7cd", 4)


def _ball(ink: str, x: float, y: float) -> str:
    crumb = cel(f"M{x - 27} {y + 12}Q{x - 27} {y - 24} {x} {y - 25}Q{x + 27} {y - 24} {x + 27} {y + 12}Q{x} {y + 26} {x - 27} {y + 12}Z", "#e3ac54", "#c4873a", pts([(x + 4, y - 30), (x + 34, y - 30), (x + 34, y + 30), (x + 8, y + 30)]), ink=ink, width=4)  # fmt: skip
    return crumb + "".join(oval(x + a, y + b, 3.4, 2.6, "#b87a30") for a, b in ((-10, -8), (2, -14), (-4, 4)))


def bread_roll(ink: str) -> str:
    """One, with its cut, on a napkin."""
    cloth = path(pts([(-90, 44), (0, 18), (92, 46), (0, 82)]), "#efe6d2", ink=ink, width=4)
    roll = cel("M-64 34Q-72 -30 0 -34Q72 -30 64 34Q0 58 -64 34Z", "#d8954a", "#b06f30", pts([(14, -40), (80, -40), (80, 60), (22, 60)]), ink=ink, width=5)  # fmt: skip
    cut = path("M-36 -2Q0 -24 36 -2Q0 6 -36 -2Z", "#f2d9a4", ink=ink, width=3.5)
    return cloth + roll + cut


def raft(ink: str) -> str:
    """Logs lashed together, a short mast with its sail."""
    mast = rod([(-10, 40), (-10, -94)], ink, WOOD, 6)
    sail = cel(pts([(-2, -88), (70, 14), (-2, 18)]), "#f2ead4", "#d6ccb0", pts([(20, -90), (90, 20), (40, 24)]), ink=ink, width=4.5)  # fmt: skip
    deck = "".join(_log(ink, 34 + at * 12, at) for at in range(4))
    ties = "".join(rod([(x, 30), (x - 6, 80)], ink, "#d9c08a", 5) for x in (-60, 60))
    water = line([(-98, 88), (-60, 82), (-20, 90), (20, 82), (60, 90), (98, 84)], "#6fa0ac", 7)
    return mast + sail + deck + ties + water


def _log(ink: str, y: float, at: int) -> str:
    tone = (WOOD, dark(WOOD, 0.1))[at % 2]
    return box(-88 + at * 2, y, 172, 15, tone, ink=ink, width=4, r=7) + oval(80 + at * 2, y + 7.5, 6, 7, "#d9b27a", ink=ink, width=3)  # fmt: skip


def surfboard(ink: str) -> str:
    """On its tail, a stripe down its middle."""
    board = cel("M0 -97Q40 -40 34 30Q28 80 0 97Q-28 80 -34 30Q-40 -40 0 -97Z", "#f1e6c8", "#d8caa4", pts([(10, -100), (50, -100), (50, 100), (16, 100)]), ink=ink, width=4.5)  # fmt: skip
    stripe = path("M-7 -84Q0 -94 7 -84L9 84Q0 94 -9 84Z", "#3d8a94")
    bands = path("M-37 -14Q0 -6 37 -14L36 4Q0 12 -37 4Z", "#d9683a")
    return group(board, stripe, bands, path("M0 -97Q40 -40 34 30Q28 80 0 97Q-28 80 -34 30Q-40 -40 0 -97Z", ink=ink, width=4.5), transform="rotate(9)")  # fmt: skip


def beehive(ink: str) -> str:
    """A painted box hive with its two storeys and a few bees."""
    legs = "".join(box(x, 74, 14, 20, dark(WOOD, 0.3), ink=ink, width=4) for x in (-56, 42))
    low = box(-70, 14, 140, 62, "#e6d9b0", ink=ink, width=5, r=3)
    top = box(-66, -46, 132, 60, "#8fb0a4", ink=ink, width=5, r=3)
    roof = box(-78, -64, 156, 20, "#8b8f97", ink=ink, width=5, r=3)
    slot = box(-34, 58, 68, 10, "#3a2a20", ink=ink, width=3.5) + box(
        -18, -26, 36, 10, "#6a8a80", ink=ink, width=3
    )
    bees = "".join(oval(x, y - 4, 5, 4, "#eef4f2", ink=ink, width=2) + oval(x, y, 6, 4, "#f2c032", ink=ink, width=2.5) for x, y in ((-50, -78), (18, -84), (84, -20), (-10, 50), (60, 44), (-88, 10)))  # fmt: skip
    return legs + low + top + roof + slot + bees


def earbuds(ink: str) -> str:
    """Two, on their cord."""
    cord = [(-42, -20), (-50, 30), (-8, 74), (20, 96)], [(46, -26), (52, 30), (14, 70), (20, 96)]
    cords = "".join(line(one, ink, 9) + line(one, "#f4f2ee", 4) for one in cord)
    return cords + "".join(_bud(ink, x, y, turn) for x, y, turn in ((-46, -44, -14), (48, -50, 16)))


def _bud(ink: str, x: float, y: float, turn: int) -> str:
    shape = box(-9, 0, 18, 44, "#f4f2ee", ink=ink, width=4.5, r=8) + oval(0, -8, 27, 24, "#f4f2ee", ink=ink, width=4.5) + oval(-8, -8, 11, 14, "#5a5a64", ink=ink, width=3.5)  # fmt: skip
    return group(shape, transform=f"translate({x} {y}) rotate({turn})")


def goggles(ink: str) -> str:
    """For work: clear, on a wide band."""
    band = rod([(-92, -16), (-60, -8)], ink, "#3a3a42", 16) + rod([(60, -8), (92, -16)], ink, "#3a3a42", 16)
    frame = path("M-70 -32Q0 -48 70 -32Q80 8 54 30Q20 36 8 14Q0 6 -8 14Q-20 36 -54 30Q-80 8 -70 -32Z", "#d99a3a", ink=ink, width=5)  # fmt: skip
    pane = path("M-58 -22Q0 -36 58 -22Q66 6 48 18Q22 22 12 4Q0 -8 -12 4Q-22 22 -48 18Q-66 6 -58 -22Z", "#cfe6ea", ink=ink, width=4)  # fmt: skip
    return (
        band
        + frame
        + pane
        + line([(-46, -14), (-34, 6)], "#ffffff", 6)
        + line([(22, -18), (34, 2)], "#ffffff", 6)
    )


def neon_sign(ink: str) -> str:
    """An arrow and a bed of glowing tube on its pole."""
    pole = box(-7, 20, 14, 76, "#5a5a64", ink=ink, width=4.5)
    board = box(-84, -78, 168, 100, "#2b2440", ink=ink, width=5, r=10)
    bed = line([(-58, -10), (-58, -44)], "#ff7a9a", 7, smooth=False) + line([(-58, -22), (20, -22), (20, -10)], "#ff7a9a", 7, smooth=False) + line([(-44, -26), (-30, -38), (-16, -26)], "#ffd0dc", 6)  # fmt: skip
    arrow = line([(34, -58), (66, -30), (34, -2)], "#7fe6e0", 7, smooth=False)
    rim = box(-76, -70, 152, 84, "none", ink="#f2b84a", width=4.5, r=7)
    return pole + board + rim + bed + arrow


def life_jacket(ink: str) -> str:
    """Orange, with its straps and collar."""
    body = cel("M-62 90Q-72 0 -50 -60Q-30 -92 0 -92Q30 -92 50 -60Q72 0 62 90H12V-40H-12V90Z", "#e0763a", "#b8561f", pts([(34, -90), (80, -90), (80, 100), (40, 100)]), ink=ink, width=5)  # fmt: skip
    straps = "".join(rod([(-64, y), (64, y)], ink, "#3a3a42", 8) + box(-12, y - 10, 24, 20, "#c3c7cd", ink=ink, width=4) for y in (16, 58))  # fmt: skip
    return (
        body
        + straps
        + line([(-44, -36), (-40, -8)], "#f4ead6", 9)
        + line([(44, -36), (40, -8)], "#f4ead6", 9)
    )
