"""A balcony over the roofs."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, num, oval, path
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.built import (
    bell_tower,
    broad,
    planks,
    tiled_roof,
    wall_lantern,
    window,
)
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import disc, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky, skyline


def balcony(paint: Paint) -> SetDrawing:
    """A balcony over the roofs: its rail with flowers, the open shutters of a room, a lamp, a small table."""
    far = (
        sky(paint, 620)
        + hills(paint, 540, "#8fa3a8", seed=paint.seed, high=120)
        + skyline(paint, 600, tall=0.6, seed=paint.seed)
    )
    far += bell_tower(paint, 790, 620, 92, 250, wall=paint.lit("#d9c8a8"), roof=paint.lit("#a8553c"))
    far += _roofs(paint) + flat(899, 802, paint.lit("#8a6a5a"))
    floor = wash(700, 240, [(0, dark(paint.floor, 0.18), 1), (1, paint.floor, 1)]) + flat(
        939, 762, paint.floor
    )
    joints = path(
        "".join(f"M{num(800 + x)} 700L{num(800 + x * 2.2)} 1600" for x in range(-1700, 1701, 130)),
        ink=dark(paint.floor, 0.22),
        width=3,
    )
    rows = "".join(box(LEFT, y, RIGHT - LEFT, 3, dark(paint.floor, 0.22)) for y in (730, 780, 850, 950))
    middle = (
        floor
        + joints
        + rows
        + _balustrade(paint)
        + _room_wall(paint)
        + _pots_on_rail(paint)
        + _bistro(paint, 1210, 770)
        + _side_wall(paint)
        + _awning(paint)
        + _baskets(paint)
    )
    return SetDrawing(
        far=far, middle=middle, lamps=(Lamp(120, 400, 420), Lamp(430, 250, 360), Lamp(1570, 260, 300))
    )


def _roofs(paint: Paint) -> str:
    """The roofs below and across the street, with lit windows and aerials."""
    dice, drawn = paint.dice("roofs"), ""
    for y, high in ((640, 110), (730, 150)):
        x = LEFT - 40
        while x < RIGHT:
            w, h = dice.uniform(190, 290), high * dice.uniform(0.75, 1.2)
            wall = paint.lit(dice.choice(("#d9c0a0", "#c9a890", "#e0d0b4", "#c0b0a0")))
            drawn += box(x, y - h, w, h + 300, wall, ink=paint.ink, width=3)
            drawn += tiled_roof(paint, [(x - 12, y - h + 4), (x + w + 12, y - h + 4), (x + w - 20, y - h - 44), (x + 20, y - h - 44)], paint.lit(dice.choice(("#b5603f", "#a8553c", "#9a5a4a"))), rows=3)  # fmt: skip
            drawn += "".join(
                box(
                    x + w * k,
                    y - h + 34,
                    34,
                    46,
                    "#ffdc8c" if paint.lamps and dice.random() < 0.6 else paint.lit("#6f7f88"),
                    ink=paint.ink,
                    width=2.5,
                )
                for k in (0.18, 0.6)
            )
            if dice.random() < 0.5:
                ax = x + w * 0.5
                drawn += path(f"M{num(ax)} {num(y - h - 44)}v-70m-26 0h52m-44 14h36", ink=paint.ink, width=4)
            x += w
    return drawn


def _balustrade(paint: Paint) -> str:
    """The rail: wrought iron or turned stone."""
    if paint.pick("rail", "iron", "stone") == "stone":
        stone = paint.lit("#e0d6c2")
        posts = "".join(path(curve(at(x, 690, 1, "-18 0 -10 -30 -24 -80 -10 -130 -16 -168 16 -168 10 -130 24 -80 10 -30 18 0"), tension=0.8), stone, ink=paint.ink, width=3) for x in range(-780, 2400, 66))  # fmt: skip
        return (
            posts
            + broad(paint, LEFT, 684, RIGHT - LEFT, 30, stone)
            + broad(paint, LEFT, 494, RIGHT - LEFT, 32, pale(stone, 0.2))
        )
    bars = path("".join(f"M{x} 500V704" for x in range(int(LEFT), int(RIGHT), 34)), ink=paint.ink, width=8)
    scrolls = path(
        "".join(
            f"M{x + 8} 560a26 26 0 1 1 26 26a26 26 0 1 1 26 26" for x in range(int(LEFT), int(RIGHT), 136)
        ),
        ink=paint.ink,
        width=6,
    )
    knobs = "".join(disc(paint, x, 600, 9, paint.lit("#4a5058")) for x in range(int(LEFT), int(RIGHT), 68))
    return bars + scrolls + knobs + broad(paint, LEFT, 690, RIGHT - LEFT, 16, paint.lit("#4a5058")) + broad(paint, LEFT, 492, RIGHT - LEFT, 18, paint.lit("#4a5058"), r=6)  # fmt: skip


def _room_wall(paint: Paint) -> str:
    """The house on the left: a glass door with shutters, light behind a curtain, a lantern."""
    wall, trim = paint.wall, paint.accent
    body = (
        box(LEFT, -1000, 1180, 1740, wall)
        + box(330, -1000, 50, 1740, dark(wall, 0.14))
        + path("M380 -1000V740", ink=paint.ink, width=4)
    )
    glass = "#ffdc8c" if paint.lamps else paint.lit("#8fb0bc")
    door = f.slab(paint, -40, 50, 300, 670, paint.lit("#efe6d4")) + box(
        -14, 78, 248, 626, glass, ink=paint.ink, width=4
    )
    cloth = path(
        curve([(-12, 80), (90, 80), (70, 300), (96, 520), (60, 700), (-12, 702)], tension=0.6),
        paint.lit("#f4ece0"),
        ink=paint.ink,
        width=3,
    )
    bars = box(104, 78, 14, 626, paint.lit("#efe6d4"), ink=paint.ink, width=2.5) + "".join(
        box(-14, y, 248, 9, paint.lit("#efe6d4"), ink=paint.ink, width=2) for y in (280, 480)
    )
    slats = "".join(
        planks(paint, x, 44, 100, 680, trim, step=50)
        + path("".join(f"M{x + 10} {y}h80" for y in range(64, 710, 20)), ink=dark(trim, 0.28), width=3)
        for x in (-146, 262)
    )
    return (
        body
        + door
        + cloth
        + bars
        + slats
        + wall_lantern(paint, 380, 240, 1.1)
        + window(paint, -560, 120, 160, 260, shutters=trim)
    )


def _side_wall(paint: Paint) -> str:
    """The neighbour on the right: his window with its shutters, his lamp."""
    wall = mix(paint.wall, paint.lit("#c9a58a"), 0.6)
    body = box(1440, -1000, 960, 1740, wall) + path("M1440 -1000V740", ink=paint.ink, width=4)
    panes = window(paint, 1536, 180, 120, 210, shutters=paint.lit("#5c7a6a"))
    return body + panes + window(paint, 1860, 180, 120, 210, shutters=paint.lit("#5c7a6a"))


def _awning(paint: Paint) -> str:
    """Striped cloth over the balcony, its hem in scallops."""
    tones, drawn = (
        (paint.lit(paint.pick("awning", "#d8a04a", "#c9574a", "#5f8fa0")), paint.lit("#f4ead4")),
        "",
    )
    for k in range(13):
        x = 376 + k * 82
        drawn += poly(paint, [(x, 84), (x + 82, 84), (x + 82, -300), (x, -300)], tones[k % 2], 2.5)
        drawn += path(f"M{x} 83a41 34 0 0 0 82 0Z", tones[k % 2], ink=paint.ink, width=2.5)
    return drawn


def _baskets(paint: Paint) -> str:
    """Hanging baskets of flowers at head height."""
    drawn, bloom = "", paint.pick("basket", "#e86a8a", "#f2d6da", "#b58ad0")
    for x in (600, 1080):
        drawn += path(f"M{x - 46} 250L{x} 84L{x + 46} 250", ink=paint.ink, width=3)
        drawn += path(f"M{x - 56} 246a56 56 0 0 0 112 0Z", paint.lit("#8a6444"), ink=paint.ink, width=3.5)
        drawn += g.bush(paint, x, 262, 0.52, bloom=bloom) + g.bush(paint, x - 40, 290, 0.26, bloom=bloom)
    return drawn


def _pots_on_rail(paint: Paint) -> str:
    """Boxes of geraniums that hang on the rail."""
    bloom = paint.pick("geranium", "#d8405a", "#e86a4a", "#d86aa8")
    return "".join(
        f.slab(paint, x - 92, 500, 184, 56, paint.lit("#b5653f"), r=6) + "".join(g.bush(paint, x + k, 506, 0.42, bloom=bloom) for k in (-58, 2, 60))
        for x in (520, 1010, 1330, 1900)
    )  # fmt: skip


def _bistro(paint: Paint, x: float, y: float) -> str:
    table = stick(paint, [(x, y), (x, y - 190)], paint.lit("#4a5058"), 11) + oval(
        x, y - 196, 100, 18, paint.lit("#efe6d4"), ink=paint.ink, width=3.5
    )
    cup = f.slab(paint, x - 46, y - 232, 34, 32, paint.lit("#f7f0e4"), r=6) + f.slab(
        paint, x + 24, y - 258, 26, 58, paint.lit("#5c8a7a"), r=8
    )
    return f.chair(paint, x + 150, y, left=True) + standing(x, 90, y) + table + cup
