"""Where people live outdoors: a village street, the yard behind a house."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, line, num, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.alley import street_feast
from tools.engines.previz.sets.built import (
    bell_tower,
    broad,
    cottage,
    front_door,
    hung,
    planks,
    stone_wall,
    tiled_roof,
    wall_lantern,
    window,
)
from tools.engines.previz.sets.growing import cypress
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import disc, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.town import cobbles, puddles

LINEN = ("#f2ece0", "#c9503f", "#4f7f9a", "#e8b04a", "#7fa87a", "#d8a0a8", "#f2ece0", "#5c5f7a")


def village(paint: Paint) -> SetDrawing:
    """One street of low houses that climbs to the church, its tower over the roofs."""
    roof = paint.lit(paint.pick("roof", "#b5603f", "#a8553c", "#5f6670"))
    lime = paint.lit(paint.pick("lime", "#f2ead8", "#efe0c0", "#d9cbb0"))
    far = sky(paint) + hills(paint, 540, "#8fa58f", seed=paint.seed, high=210) + hills(paint, 580, "#9ab07f", seed=paint.seed + 4, high=90)  # fmt: skip
    middle = _upper_houses(paint, lime, roof) + bell_tower(
        paint, 596, 590, 104, 340, wall=pale(lime, 0.1), roof=roof
    )
    middle += cottage(paint, 640, 596, 210, 78, wall=lime, roof=roof, trim=paint.accent)
    middle += cottage(
        paint, 950, 604, 230, 90, wall=mix(lime, paint.wall, 0.6), roof=roof, trim=paint.lit("#5c7a6a")
    )
    middle += (
        cobbles(paint, 598)
        + _near_house(paint, 200, lime, roof, paint.accent)
        + _right_house(paint, lime, roof)
    )
    middle += (
        _trough(paint, 1010, 716) + g.street_lamp(paint, 452, 690) + _flower_pots(paint) + puddles(paint)
    )
    if paint.tells("festive"):
        middle += street_feast(paint)
    return SetDrawing(far=far, middle=middle, lamps=(Lamp(452, 170, 380), Lamp(1180, 330, 340), Lamp(30, 330, 300), Lamp(640, 540, 200)))  # fmt: skip


def _upper_houses(paint: Paint, lime: str, roof: str) -> str:
    """The houses on the slope behind, no larger than their windows need."""
    dice, drawn = paint.dice("slope"), ""
    for k in range(14):
        x, y = -500 + k * 190 + dice.uniform(-40, 40), 560 - dice.uniform(0, 50)
        wall = mix(lime, paint.lit(dice.choice(("#d9b48a", "#c9a890", "#e6dcc8"))), 0.7)
        w, h = dice.uniform(110, 160), dice.uniform(52, 74)
        drawn += box(x - w / 2, y - h, w, h + 60, wall, ink=paint.ink, width=2.5)
        drawn += poly(paint, [(x - w * 0.56, y - h), (x + w * 0.56, y - h), (x + w * 0.4, y - h - 34), (x - w * 0.4, y - h - 34)], mix(roof, wall, 0.15), 2.5)  # fmt: skip
        drawn += "".join(box(x + s * w, y - h * 0.7, 17, 24, "#ffdc8c" if paint.lamps and dice.random() < 0.6 else paint.lit("#6f7f88"), ink=paint.ink, width=2) for s in (-0.3, 0.16))  # fmt: skip
    return drawn


def _near_house(paint: Paint, right: float, lime: str, roof: str, trim: str) -> str:
    """The house on the left, at the camera: its door, window and bench."""
    wall = mix(lime, paint.wall, 0.25)
    body = broad(paint, LEFT, 170, right - LEFT + 160, 536, wall) + box(LEFT, 590, right - LEFT + 160, 116, mix(wall, trim, 0.7), ink=paint.ink, width=3)  # fmt: skip
    top = tiled_roof(paint, [(LEFT, 190), (right + 214, 190), (right + 110, 20), (LEFT, 20)], roof, rows=6)
    door = front_door(paint, 40, 704, 150, 380, trim)
    panes = window(paint, 196, 320, 104, 150, shutters=trim) + window(
        paint, -260, 320, 104, 150, shutters=trim
    )
    plants = "".join(g.bush(paint, x, 476, 0.4, bloom=c) for x, c in ((248, "#d8506a"), (-208, "#e86a4a")))
    bench = f.slab(paint, 150, 640, 170, 18, paint.wood) + "".join(
        f.slab(paint, x, 656, 16, 52, paint.wood) for x in (164, 292)
    )
    return body + top + door + panes + plants + wall_lantern(paint, 126, 350, 0.9) + bench


def _right_house(paint: Paint, lime: str, roof: str) -> str:
    """The house on the right: an arch to its yard, a balcony with a rail."""
    wall, trim = (
        mix(lime, paint.lit(paint.pick("other wall", "#e0b07a", "#d9a890", "#b9c4b4")), 0.7),
        paint.lit("#6f5a48"),
    )
    body = broad(paint, 1190, 110, RIGHT - 1190, 600, wall) + box(
        1190, 610, RIGHT - 1190, 100, dark(wall, 0.16), ink=paint.ink, width=3
    )
    top = tiled_roof(paint, [(1140, 128), (RIGHT, 128), (RIGHT, -30), (1236, -30)], roof, rows=6)
    gate = path("M1330 708V470a96 96 0 0 1 192 0V708Z", dark(paint.wood, 0.15), ink=paint.ink, width=4)
    gate += path("".join(f"M{x} 400V704" for x in range(1356, 1520, 28)), ink=dark(paint.wood, 0.45), width=3)
    gate += path("M1318 708V470a108 108 0 0 1 216 0V708", ink=pale(wall, 0.35), width=20)
    pane = window(paint, 1246, 190, 92, 130, shutters=trim) + window(paint, 1480, 190, 92, 130, shutters=trim) + window(paint, 1660, 380, 110, 150, shutters=trim)  # fmt: skip
    iron = f.slab(paint, 1216, 330, 156, 12, paint.lit("#4a4a50")) + path("".join(f"M{x} 268V332" for x in range(1222, 1370, 18)), ink=paint.ink, width=5) + f.slab(paint, 1214, 262, 160, 9, paint.lit("#4a4a50"))  # fmt: skip
    blooms = "".join(g.bush(paint, x, 300, 0.26, bloom="#d8506a") for x in (1250, 1300, 1344))
    return body + top + gate + pane + iron + blooms + wall_lantern(paint, 1190, 352, 0.95, side=-1)


def _trough(paint: Paint, x: float, y: float) -> str:
    """The fountain of the village: a spout over a stone trough."""
    stone = paint.lit("#b5ab98")
    pillar = f.slab(paint, x + 60, y - 220, 66, 220, stone) + poly(
        paint, at(x + 93, y - 220, 1, "-46 0 46 0 0 -44"), pale(stone, 0.2)
    )
    jet = line([(x + 60, y - 150), (x + 20, y - 150), (x, y - 70)], "#e4f2f6", 8)
    basin = f.slab(paint, x - 110, y - 74, 210, 74, pale(stone, 0.1), r=8) + oval(
        x - 6, y - 70, 92, 11, paint.lit("#8fc0cc"), ink=paint.ink, width=3
    )
    return standing(x, 140, y) + pillar + basin + jet


def _flower_pots(paint: Paint) -> str:
    spots = ((1250, 726, "#e86a4a"), (1590, 730, "#f2d6da"), (-70, 730, "#e8b04a"), (356, 728, "#d8506a"))
    return "".join(
        g.bush(paint, x, y - 54, 0.42, bloom=c)
        + poly(paint, at(x, y, 1, "-44 -62 44 -62 32 0 -32 0"), paint.lit("#b5653f"))
        for x, y, c in spots
    )


def yard(paint: Paint) -> SetDrawing:
    """The yard behind a house: a washing line, the kitchen door, a wall with a tree beyond it."""
    far = sky(paint) + hills(paint, 560, "#8fa58f", seed=paint.seed, high=120) + _neighbours(paint)
    wall = paint.wall
    built = stone_wall(paint, LEFT, RIGHT, 640, 300, tone="#b0a48f") if paint.pick("wall", "stone", "plaster") == "stone" else _plastered(paint)  # fmt: skip
    paving = cobbles(paint, 636)
    house = broad(paint, LEFT, -1000, 1270, 1660, wall) + box(
        LEFT, 560, 1270, 100, dark(wall, 0.18), ink=paint.ink, width=3
    )
    trim = paint.accent
    house += front_door(paint, 330, 662, 190, 420, trim) + window(paint, 70, 250, 130, 170, shutters=trim) + window(paint, -360, 250, 130, 170, shutters=trim)  # fmt: skip
    house += poly(
        paint, [(196, 214), (474, 214), (500, 250), (170, 250)], paint.lit("#b5603f")
    ) + wall_lantern(paint, 470, 330, 0.9)
    middle = (
        _beyond(paint) + built + paving + house + _washing(paint) + _tub(paint, 1330, 724) + _climber(paint)
    )
    middle += _yard_things(paint) + puddles(paint)
    return SetDrawing(far=far, middle=middle, lamps=(Lamp(510, 330, 420), Lamp(130, 330, 260)))


def _neighbours(paint: Paint) -> str:
    """Roofs behind the wall."""
    roof, wall = paint.lit("#a8604a"), paint.lit("#d9cbb4")
    return "".join(cottage(paint, x, 470, w, h, wall=wall, roof=roof, trim=paint.lit("#6f7a7a")) for x, w, h in ((1120, 300, 120), (1620, 340, 150), (2150, 300, 110)))  # fmt: skip


def _beyond(paint: Paint) -> str:
    kind = paint.pick("tree", "round", "cypress", "lemon")
    if kind == "cypress":
        return cypress(paint, 760, 420, 420) + cypress(paint, 860, 420, 340)
    tone = "#6f9a4c" if kind == "round" else "#5f8a50"
    tree = g.tree(paint, 780, 520, 1.05, tone=tone)
    fruit = "".join(disc(paint, x, y, 12, paint.lit("#f0c83a")) for x, y in ((700, 150), (760, 90), (830, 170), (880, 110), (740, 220), (850, 240)))  # fmt: skip
    return tree + (fruit if kind == "lemon" else "")


def _plastered(paint: Paint) -> str:
    tone = mix(paint.wall, paint.lit("#efe6d4"), 0.55)
    brick, patches = paint.lit("#b5714f"), ""
    for x, y, size in ((700, 590, 1.0), (1330, 470, 0.8), (1880, 540, 1.1)):
        hole = pts(at(x, y, size, "-70 0 -52 -30 -60 -48 -10 -56 20 -44 66 -50 58 -10 74 12 20 30 -30 18"))
        rows = "".join(f"M{num(x - 90)} {num(y - 60 + k * 18)}h180" for k in range(6))
        ends = "".join(
            f"M{num(x - 80 + k * 34 + n % 2 * 17)} {num(y - 60 + n * 18)}v18"
            for n in range(5)
            for k in range(5)
        )
        inside = clip(hole, path(rows + ends, ink=dark(brick, 0.3), width=2.5))
        patches += path(hole, brick) + inside + path(hole, ink=dark(tone, 0.35), width=2.5)
    return broad(paint, LEFT, 340, RIGHT - LEFT, 304, tone) + patches + "".join(
        poly(paint, [(x, 346), (x + 64, 346), (x + 58, 322), (x + 6, 322)], paint.lit("#b5603f"), 2.5) for x in range(int(LEFT), int(RIGHT), 64)
    )  # fmt: skip


def _washing(paint: Paint) -> str:
    """A line from the house to a pole, and what hangs on it at head height."""
    dice, rope = paint.dice("washing"), [(470.0, 120.0), (1000.0, 176.0), (1540.0, 128.0)]
    post = stick(paint, [(1545, 700), (1545, 104)], pale(paint.wood, 0.2), 18) + stick(
        paint, [(1490, 130), (1600, 130)], pale(paint.wood, 0.2), 12
    )
    kinds = ["sheet", "shirt", "trousers", "towel", "dress", "shirt", "towel"]
    dice.shuffle(kinds)
    drawn, x = "", 560.0
    for kind in kinds:
        half = 130 if kind == "sheet" else 78
        x += half
        if x < 1510:
            y = 128 + 46 * (1 - ((x - 1005) / 535) ** 2)
            drawn += hung(paint, x, y, kind, paint.lit(dice.choice(LINEN)), 1.1)
        x += half
    second = line([(1545, 130), (2000, 180), (2420, 140)], paint.lit("#e8e0cc"), 4) + "".join(
        hung(paint, x, 170, kind, paint.lit(dice.choice(LINEN)), 1.1) for x, kind in ((1720, "shirt"), (1900, "sheet"), (2120, "dress"))
    )  # fmt: skip
    return post + line(rope, paint.ink, 6) + line(rope, paint.lit("#e8e0cc"), 3.5) + second + drawn


def _tub(paint: Paint, x: float, y: float) -> str:
    """A stone sink with its tap and washboard."""
    stone = paint.lit("#b9b2a6")
    tap = stick(
        paint,
        [(x + 60, y - 150), (x + 60, y - 250), (x + 20, y - 250), (x + 20, y - 226)],
        paint.lit("#a08a4f"),
        9,
    )
    body = f.slab(paint, x - 150, y - 160, 300, 54, stone, r=6) + f.slab(
        paint, x - 116, y - 108, 232, 108, dark(stone, 0.1)
    )
    board = poly(paint, at(x - 60, y - 150, 1, "-50 0 30 0 50 -84 -26 -84"), pale(paint.wood, 0.2)) + path("".join(f"M{num(x - 104 + k * 4)} {num(y - 160 - k * 12)}h70" for k in range(1, 6)), ink=paint.ink, width=2.5)  # fmt: skip
    return standing(x, 170, y) + tap + board + body


def _climber(paint: Paint) -> str:
    """A plant in flower that climbs the end of the wall from the ground."""
    bloom = paint.pick("bloom", "#d84a8a", "#e86a4a", "#a86ad0")
    stems = [(1190.0, 646.0), (1206.0, 560.0), (1180.0, 480.0), (1216.0, 390.0)]
    twigs = line(stems, paint.ink, 17) + line(stems, paint.lit("#6d5040"), 11)
    spots = ((1216, 520, 0.42), (1160, 456, 0.5), (1250, 440, 0.5), (1110, 392, 0.46), (1290, 380, 0.56), (1200, 388, 0.66), (1990, 400, 0.7))  # fmt: skip
    return twigs + "".join(g.bush(paint, x, y, s, bloom=bloom) for x, y, s in spots)


def _yard_things(paint: Paint) -> str:
    pots = "".join(
        g.bush(paint, x, y - 66, 0.5, bloom=c)
        + poly(paint, at(x, y, 1.15, "-46 -66 46 -66 34 0 -34 0"), paint.lit("#b5653f"))
        for x, y, c in ((520, 724, "#d8506a"), (1090, 702, "#e8b04a"), (-130, 730, "#f2d6da"))
    )
    broom = stick(paint, [(206, 680), (176, 400)], pale(paint.wood, 0.25), 9) + poly(paint, at(208, 690, 1, "-34 0 36 0 12 -76 -12 -76"), paint.lit("#d0a850"))  # fmt: skip
    steel = paint.lit("#9aa8ac")
    bucket = standing(700, 56, 740) + poly(paint, at(700, 740, 1, "-50 -86 50 -86 36 0 -36 0"), steel) + oval(700, 654, 50, 11, dark(steel, 0.3), ink=paint.ink, width=3)  # fmt: skip
    stool = planks(paint, 840, 640, 120, 20, paint.wood) + "".join(
        stick(paint, [(x, 660), (x, 720)], paint.wood, 9) for x in (852, 948)
    )
    basket = path(pts(at(900, 640, 1, "-56 -52 56 -52 44 0 -44 0")), paint.lit("#c9a05a"), ink=paint.ink, width=3) + clip(pts(at(900, 640, 1, "-56 -52 56 -52 44 0 -44 0")), path("M840 606h120M842 622h116", ink=dark(paint.lit("#c9a05a"), 0.3), width=3))  # fmt: skip
    cloth = oval(900, 588, 46, 16, paint.lit("#f2ece0"), ink=paint.ink, width=3)
    return pots + broom + bucket + cloth + basket + stool
