"""What stands between the camera and the people, out of focus, at one edge of the frame.

Drawn in frame units for the left edge (the frame begins at 0), mirrored for the right one.
Below the captions' line nothing reaches further in than the captions' own margin.
"""

from collections.abc import Callable

from state.script import SetKind
from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import Point, box, curve, glow, group, line, oval, path, pts
from tools.engines.previz.sets import near_indoors as indoors
from tools.engines.previz.sets import near_outdoors as near
from tools.engines.previz.sets.near_indoors import FOOT
from tools.engines.previz.sets.paint import Paint

Draw = Callable[[Paint, float], str]
"""Draws a thing for a frame of that height, 220 wide from its edge."""
REACH = 220.0


def _leaf(x: float, y: float, dx: float, dy: float, wide: float, tone: str) -> str:
    mid = (x + dx * 0.5 - dy * 0.12, y + dy * 0.5 + dx * 0.12)
    side = (-dy * wide, dx * wide)
    return path(curve([(x, y), (mid[0] + side[0], mid[1] + side[1]), (x + dx, y + dy), (mid[0] - side[0], mid[1] - side[1])]), tone)  # fmt: skip


def _plant(paint: Paint, h: float) -> str:
    green = dark(paint.lit(paint.pick("fore green", "#4f8550", "#5c7a4a", "#3f7a5c")), 0.25)
    spread = ((150, -90), (196, -210), (120, -330), (40, -380), (-40, -330), (210, -20), (90, -180))
    leaves = "".join(
        _leaf(-10, h * 0.74, dx, dy, 0.16, green if k % 2 else dark(green, 0.2))
        for k, (dx, dy) in enumerate(spread)
    )
    return leaves + box(-160, h * 0.74, 200, h * 0.4, dark(paint.lit("#8a5a40"), 0.3), r=20)


def _branch(paint: Paint, h: float) -> str:
    green, dice = dark(paint.lit("#4f7d48"), 0.25), paint.dice("branch")
    twigs: list[list[Point]] = [
        [(-150, -80), (20, h * 0.06), (150, h * 0.2)],
        [(-150, h * 0.02), (0, h * 0.16), (90, h * 0.34)],
        [(-80, -120), (90, 10), (230, h * 0.07)],
    ]
    wood = "".join(line(p, dark(paint.lit("#5a4030"), 0.3), 9) for p in twigs)
    leaves = ""
    for start, _, end in twigs:
        for k in range(13):
            t = k / 12
            x, y = start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t
            turn = dice.uniform(-40, 60)
            leaves += _leaf(
                x,
                y,
                46 + turn * 0.4,
                turn + 30,
                0.24,
                dice.choice((green, dark(green, 0.2), pale(green, 0.1))),
            )
    return wood + leaves


def _curtain(paint: Paint, h: float) -> str:
    tone = dark(paint.accent, 0.3)
    edge = [(150, -80), (128, h * 0.3), (96, h * 0.62), (FOOT * 0.8, h * 0.8), (FOOT * 0.7, h * 1.1)]
    cloth = path(curve([(-260, -80), *edge, (-260, h * 1.1)], tension=0.6), tone)
    folds = "".join(
        line([(x, -80), (x * 0.85 - 6, h * 0.4), (x * 0.55, h * 1.1)], dark(tone, 0.25), 26, opacity=0.55)
        for x in (-60, 10, 80)
    )
    return cloth + folds


def _lamp(paint: Paint, h: float) -> str:
    shade = "#ffe0a0" if paint.lamps else dark(paint.lit("#d8c4a0"), 0.15)
    light = glow(20, h * 0.36, 320, 320, "#ffc869", 0.5) if paint.lamps else ""
    hood = path(pts([(-120, h * 0.27), (90, h * 0.27), (150, h * 0.45), (-180, h * 0.45)]), shade)
    return light + box(-26, h * 0.44, 22, h * 0.7, dark(paint.wood, 0.4)) + hood


def _chair(paint: Paint, h: float) -> str:
    tone = dark(mix(paint.wood, paint.accent, 0.3), 0.35)
    posts = box(60, h * 0.52, 24, h * 0.7, tone, r=10) + box(-110, h * 0.48, 24, h * 0.7, tone, r=10)
    return posts + "".join(box(-120, h * (0.52 + k * 0.08), 200, 22, tone, r=10) for k in range(3))


def _bottles(paint: Paint, h: float) -> str:
    drawn = box(-200, h * 0.86, 200 + FOOT, h * 0.3, dark(paint.wood, 0.15))
    for x, top, c in ((-60, 0.5, "#3f6b4a"), (24, 0.58, "#8a4a2a")):
        tone = dark(paint.lit(c), 0.2)
        drawn += box(x - 36, h * (top + 0.1), 72, h * (0.78 - top), tone, r=18) + box(
            x - 13, h * top, 26, h * 0.16, tone, r=8
        )
        drawn += box(x - 26, h * (top + 0.13), 12, h * 0.2, "#ffffff", opacity=0.25)
    return drawn


def _candles(paint: Paint, h: float) -> str:
    drawn = ""
    for x, top in ((-30, 0.5), (40, 0.6), (112, 0.55)):
        drawn += glow(x, h * top - 26, 130, 130, "#ffb84e", 0.6)
        drawn += box(x - 17, h * top, 34, h * (0.78 - top), "#f0e2c0", r=6) + path(
            curve([(x - 11, h * top), (x, h * top - 46), (x + 11, h * top)]), "#ffe2a0"
        )
    return (
        drawn
        + box(-120, h * 0.76, 290, 22, dark(paint.lit("#b58a3a"), 0.3), r=8)
        + box(-40, h * 0.78, 70, h * 0.3, dark(paint.lit("#b58a3a"), 0.4))
    )


def _post(paint: Paint, h: float) -> str:
    """An iron pillar: a shaft with a lit side, rings, a foot."""
    tone = mix(paint.wood, paint.lit("#7a848c"), 0.6)
    rings = "".join(box(-130, h * y, 196, 20, pale(tone, 0.16), r=8) for y in (0.12, 0.74))
    return (
        _shaft(tone, h, 52) + rings + box(-140, h * 0.86, 140 + FOOT * 0.9, h * 0.3, dark(tone, 0.12), r=10)
    )


def _shaft(tone: str, h: float, right: float) -> str:
    """Something upright in four strips, from its shadow to the light along its edge."""
    strips = (
        (-120.0, dark(tone, 0.2)),
        (right * 0.2, tone),
        (right * 0.62, pale(tone, 0.14)),
        (right - 8, pale(tone, 0.4)),
    )
    return "".join(box(x, -100, right - x, h * 1.3, t) for x, t in strips)


def _jamb(paint: Paint, h: float) -> str:
    """The frame of the door that the camera looks through: moulded, lit from the room."""
    tone = mix(paint.wood, paint.wall, 0.45)
    plate = box(-60, h * 0.46, 74, h * 0.12, pale(paint.lit("#b08a4a"), 0.05), r=6)
    return _shaft(tone, h, 58) + plate + box(-140, h * 0.88, 140 + FOOT * 0.8, h * 0.3, dark(tone, 0.1), r=4)


def _column(paint: Paint, h: float) -> str:
    """A stone column with its capital."""
    tone = mix(paint.wall, paint.lit("#d8cdb8"), 0.4)
    flutes = "".join(box(x, h * 0.08, 6, h * 0.76, dark(tone, 0.2), r=3, opacity=0.7) for x in (-28, 2, 28))
    capital = box(-140, h * 0.01, 226, h * 0.05, pale(tone, 0.2), r=8) + box(
        -140, h * 0.06, 210, 16, tone, r=8
    )
    return (
        _shaft(tone, h, 58)
        + flutes
        + capital
        + box(-140, h * 0.86, 140 + FOOT * 0.9, h * 0.3, dark(tone, 0.1), r=8)
    )


def _awning(paint: Paint, h: float) -> str:
    """The striped cloth of a shop front, high in the corner."""
    tone, cream = paint.accent, paint.lit("#f1e6d0")
    drawn = ""
    for k in range(6):
        x, fill = -80.0 + k * 50, tone if k % 2 else cream
        low = h * 0.13 - k * 9
        drawn += path(pts([(x, -120), (x + 50, -120), (x + 50, low - 9), (x, low)]), fill) + oval(
            x + 25, low - 4, 25, 20, fill
        )
    return drawn


def _shelf(paint: Paint, h: float) -> str:
    drawn, dice = box(-300, -100, 336, h * 1.3, dark(paint.wood, 0.3)), paint.dice("fore shelf")
    for row in range(5):
        base, x = h * (0.2 + row * 0.2), -30.0
        while x < (40 if base > h * 0.8 else 110):
            w, t = dice.uniform(22, 38), dice.uniform(0.1, 0.15)
            drawn += box(
                x,
                base - h * t,
                w,
                h * t,
                dark(paint.lit(dice.choice(("#a8433f", "#3f5f7a", "#c9a04a", "#4f7a5c"))), 0.25),
            )
            x += w
        drawn += box(-300, base, 300 + (FOOT if base > h * 0.7 else 150), 22, dark(paint.wood, 0.3))
    return drawn


def _crates(paint: Paint, h: float) -> str:
    wood, fruit = (
        dark(paint.wood, 0.25),
        dark(paint.lit(paint.pick("fore fruit", "#d9503f", "#e8a03a", "#8fae4a")), 0.1),
    )
    heap = "".join(
        oval(x, h * y, 44, 42, dark(fruit, k % 3 * 0.12))
        for k, (x, y) in enumerate(((-40, 0.58), (40, 0.6), (-10, 0.54), (96, 0.64), (30, 0.66), (-60, 0.66)))
    )
    return (
        heap
        + box(-200, h * 0.65, 330, h * 0.13, wood)
        + box(-200, h * 0.78, 200 + FOOT, h * 0.3, dark(wood, 0.2))
    )


def _rail(paint: Paint, h: float) -> str:
    iron = dark(paint.lit("#6a707a"), 0.2)
    bars = "".join(box(x, h * 0.56, 13, h * 0.6, iron) for x in (-80, -24, 32))
    return bars + path(
        curve([(-200, h * 0.53), (20, h * 0.53), (70, h * 0.56), (74, h * 0.66), (40, h * 0.68)], False),
        ink=iron,
        width=24,
    )


def _softbox(paint: Paint, h: float) -> str:
    black = paint.lit("#4a4c55")
    return (
        glow(90, h * 0.24, 380, 380, "#fff6e0", 0.35)
        + path(pts([(-200, -40), (4, 24), (4, h * 0.48), (-200, h * 0.56)]), black)
        + path(pts([(4, 24), (118, 84), (118, h * 0.42), (4, h * 0.48)]), "#fff8ea")
        + path(pts([(4, 24), (118, 84), (118, h * 0.42), (4, h * 0.48)]), ink=pale(black, 0.3), width=9)
        + box(-60, h * 0.5, 20, h * 0.6, black)
    )


def _rope(paint: Paint, h: float) -> str:
    tone = dark(paint.lit("#b59a6a"), 0.25)
    return "".join(
        line(p, tone, 22)
        for p in (
            [(-120, -60), (20, h * 0.24), (60, h * 0.6), (20, h * 1.1)],
            [(120, -80), (60, h * 0.18), (-140, h * 0.5)],
        )
    ) + oval(46, h * 0.42, 52, 60, "none", ink=dark(paint.lit("#e2703f"), 0.2), width=30)


def _grass(paint: Paint, h: float) -> str:
    green, dice = dark(paint.floor, 0.4), paint.dice("fore grass")
    return "".join(
        _leaf(
            dice.uniform(-160, 60),
            h * 1.05,
            dice.uniform(-60, 90),
            -h * dice.uniform(0.2, 0.46),
            0.05,
            dark(green, dice.uniform(0, 0.25)),
        )
        for _ in range(22)
    )


NEAR: dict[SetKind, tuple[Draw, ...]] = {
    "living_room": (_plant, _lamp, _curtain, _shelf), "kitchen": (_bottles, _plant, _chair),
    "bedroom": (_curtain, _lamp, _plant), "office": (_plant, _lamp, _jamb), "hospital": (_curtain, _plant),
    "church": (_candles, _column), "restaurant": (_bottles, _candles, _plant), "hallway": (_plant, _lamp, _jamb),
    "street": (_awning,), "park": (_branch, _grass), "beach": (_grass,), "rooftop": (_plant, _rail),
    "garden": (_branch, _grass, _plant), "cafe": (_plant, _chair, _bottles), "shop": (_shelf, _crates),
    "station": (_post, _rail), "bathroom": (_plant, _curtain), "gym": (_plant,), "studio": (_softbox,),
    "car": (), "market": (_crates, _awning), "classroom": (_shelf, _plant, _chair), "courtroom": (_column, _chair),
    "harbour": (_rope,), "bar": (_bottles, _candles), "countryside": (_branch, near.lane_post), "plaza": (_awning, _plant),
    "workshop": (_shelf, _bottles, _lamp), "cemetery": (_branch, _grass, _rail), "stage": (_curtain,),
    "lift": (), "boat_cabin": (_rope, _lamp), "cinema": (_curtain, indoors.seat),
    "control_room": (_lamp, indoors.seat), "tent": (_grass,), "warehouse": (indoors.boxes, _post),
    "cold_store": (indoors.cool_boxes,), "factory": (indoors.pipe, indoors.boxes), "garage": (_post, indoors.pipe),
    "winery": (_bottles, _candles), "laundry": (indoors.clothes,), "bakery": (_plant, _chair),
    "pharmacy": (_plant,), "bank": (_column, _plant), "lobby": (_plant, _lamp, _column),
    "hotel_room": (_lamp, _curtain), "waiting_room": (_plant, indoors.seat),
    "dressing_room": (_curtain, indoors.clothes), "train": (indoors.seat,), "bus": (indoors.seat,),
    "airport": (_plant, indoors.seat), "police_station": (_lamp, _plant, indoors.bars), "cell": (indoors.bars,),
    "newsroom": (_plant, _lamp), "library": (_shelf, _lamp), "laboratory": (_plant,),
    "museum": (_column,), "art_studio": (indoors.canvas, _plant), "cellar": (_bottles, indoors.boxes, _candles),
    "attic": (indoors.boxes,), "stairwell": (_plant,), "greenhouse": (_plant, _branch),
    "boat_deck": (near.shrouds, _rope), "field": (near.corn, near.lane_post), "vineyard": (near.vine,),
    "allotment": (_grass, near.lane_post, _crates), "canal": (near.reeds, _branch), "river": (near.reeds, _branch),
    "village": (_plant, _jamb), "yard": (near.linen, _plant), "roadside": (_post, near.lane_post),
    "balcony": (_plant, _curtain), "forest": (_branch, near.pine), "mountain": (near.pine, near.stone),
    "snow": (near.snowy_pine,), "desert": (near.stone,), "salt_flats": (near.lane_post,),
    "lake": (near.reeds, near.pine), "pool": (_plant,), "cliff": (near.stone, _grass),
    "lighthouse": (near.lane_post, near.stone), "farmyard": (near.lane_post, _branch), "bridge": (_rail,),
    "building_site": (near.scaffold,), "fairground": (near.bulbs,), "pitch": (_rail,),
    "river_boat": (_rope,), "vault": (_column,), "telephone_exchange": (_lamp,), "ballroom": (_plant, _candles),
    "tram": (indoors.seat,), "alley": (near.linen, _plant), "mine": (indoors.boxes,),
    "cave": (near.stone,), "plane": (indoors.seat,), "salon": (_plant,), "rink": (_rail,), "booth": (_lamp,),
    "car_park": (_post,), "stock_room": (indoors.boxes, _shelf),
}  # fmt: skip


PLAIN: dict[SetKind, tuple[Draw, ...]] = {
    "ballroom": (_chair, _jamb), "workshop": (_rope,), "stage": (_jamb,), "warehouse": (indoors.boxes,),
}  # fmt: skip
PLAIN_SIGNS = ("hall", "boats", "seats", "sacks")
"""What stands before the camera where such a place is a plain one."""


def foreground(kind: SetKind, paint: Paint, salt: str, height: float, reach: float) -> str:
    """Something of this place for the left edge, `reach` wide, or nothing: not every shot has one."""
    dice = paint.dice(f"foreground {salt}")
    if not NEAR[kind] or dice.random() < 0.2:
        return ""
    scale = min(reach / REACH, 1.15)
    near_by = PLAIN.get(kind, ()) if paint.tells(*PLAIN_SIGNS) else ()
    drawn = dice.choice(near_by or NEAR[kind])(paint, height / scale)
    return group(drawn, transform=f"scale({scale:.4f})")
