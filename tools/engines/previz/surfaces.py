"""What an insert's thing lies on: the surface that its place has, seen from above and in front.

Drawn 1600 by 900 and wider on all sides; its far edge is at EDGE.
"""

import random
from collections.abc import Callable

from state.script import SetKind
from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, gradient, line, oval, path, pts
from tools.engines.previz.sets.paint import Paint

EDGE = 330.0
LEFT, WIDE, DEEP = -1200.0, 4000.0, 2600.0
Surface = Callable[[Paint], str]


def surface(kind: SetKind, paint: Paint) -> str:
    """The surface of a place of this kind."""
    return SURFACES.get(kind, _wood)(paint)


def wall(paint: Paint, w: float, h: float) -> str:
    """A plastered wall seen close, over the whole frame and what a camera move may show of more."""
    tone = mix(paint.wall, paint.lit("#cdbfa6"), 0.3)
    define, fill = gradient([(0, pale(tone, 0.08), 1), (0.7, tone, 1), (1, dark(tone, 0.2), 1)])
    dice = random.Random(11)  # noqa: S311  # strokes of a trowel, not secrets
    strokes = ""
    for _ in range(46):
        x, y, long = dice.uniform(-0.1, 1.05) * w, dice.uniform(-0.1, 1.1) * h, dice.uniform(0.03, 0.1) * w
        lighter = pale(tone, 0.12) if dice.random() < 0.5 else dark(tone, 0.08)
        strokes += line([(x, y), (x + long * 0.5, y - 3), (x + long, y + 2)], lighter, 4, opacity=0.6)
    return define + box(-0.2 * w, -0.2 * h, 1.4 * w, 1.4 * h, fill) + strokes


def _plane(paint: Paint, tone: str, *, rim: str = "") -> str:
    """A flat top, darker towards its far edge, with a lit rim."""
    define, fill = gradient([(0, dark(tone, 0.24), 1), (0.25, tone, 1), (1, pale(tone, 0.06), 1)])
    top = define + box(LEFT, EDGE, WIDE, DEEP, fill)
    return (
        top
        + box(LEFT, EDGE - 8, WIDE, 13, rim or pale(tone, 0.35))
        + line([(LEFT, EDGE - 8), (LEFT + WIDE, EDGE - 8)], paint.ink, 5)
    )


def _rays(tone: str, step: int, width: float = 4.0) -> str:
    """Joints that run away from the camera."""
    return "".join(
        line([(800 + x * 0.62, EDGE + 6), (800 + x * 2.0, 1300)], tone, width, smooth=False)
        for x in range(-2400, 2401, step)
    )


def _wood(paint: Paint) -> str:
    return _table(paint, paint.wood)


def _table(paint: Paint, tone: str) -> str:
    dice = random.Random(7)  # noqa: S311  # grain, not secrets
    grain = ""
    for _ in range(60):
        x, y = dice.uniform(-700, 2200), dice.uniform(EDGE + 30, 1250)
        long = dice.uniform(90, 320)
        grain += line(
            [(x, y), (x + long * 0.5, y + 3), (x + long, y - 2)],
            dark(tone, 0.18),
            2.6,
            opacity=0.5,
        )
    return _plane(paint, tone) + _boards(tone, (404, 548, 792, 1180)) + grain


def _boards(tone: str, joints: tuple[int, ...]) -> str:
    """Boards along the table; boards that run away from the camera would be a floor."""
    return "".join(
        line([(LEFT, y), (LEFT + WIDE, y)], dark(tone, 0.26), 2.5 + (y - EDGE) * 0.004, smooth=False)
        + line([(LEFT, y + 5), (LEFT + WIDE, y + 5)], pale(tone, 0.16), 2.5, smooth=False)
        for y in joints
    )


def _laminate(paint: Paint) -> str:
    tone = mix(paint.lit("#e2e4de"), paint.wall, 0.25)
    return _plane(paint, tone, rim=paint.lit("#b9c2c2")) + _specks(tone, 90)


def _marble(paint: Paint) -> str:
    tone = mix(paint.lit("#e9e4da"), paint.wall, 0.12)
    veins = "".join(
        line(
            [(x, EDGE + 20), (x + 130, 560), (x + 60, 760), (x + 240, 1200)], dark(tone, 0.14), 5, opacity=0.6
        )
        for x in range(-600, 2200, 420)
    )
    return _plane(paint, tone) + veins


def _cloth(paint: Paint) -> str:
    tone = paint.lit("#f3ead9")
    checks = "".join(
        line([(LEFT, y), (LEFT + WIDE, y)], mix(tone, paint.accent, 0.5), 10, smooth=False, opacity=0.5)
        for y in (372, 430, 508, 612, 750, 930, 1160)
    )
    return _plane(paint, tone) + checks + _rays(mix(tone, paint.accent, 0.35), 260, 10)


def _stone(paint: Paint) -> str:
    tone = mix(paint.lit("#b9b2a6"), paint.wall, 0.2)
    return _plane(paint, tone) + _specks(tone, 160) + _rays(dark(tone, 0.2), 700, 5)


def _sand(paint: Paint) -> str:
    tone = paint.floor
    dunes = "".join(
        line([(x, y), (x + 150, y - 12), (x + 320, y)], dark(tone, 0.12), 6)
        for x, y in ((-300, 480), (200, 620), (900, 540), (1300, 720), (100, 860), (1100, 980), (-200, 1100))
    )
    shell = path(
        pts([(1290, 860), (1330, 800), (1376, 860), (1352, 884), (1312, 884)]),
        paint.lit("#f2d6c4"),
        ink=paint.ink,
        width=4,
    )
    return _plane(paint, tone, rim=tone) + _specks(tone, 220) + dunes + shell


def _planks(paint: Paint) -> str:
    tone = mix(paint.wood, paint.lit("#9a8468"), 0.4)
    rows = "".join(
        line([(LEFT, y), (LEFT + WIDE, y)], dark(tone, 0.4), 9, smooth=False) for y in (420, 540, 710, 950)
    )
    return _plane(paint, tone) + rows + _specks(tone, 60)


def _leather(paint: Paint) -> str:
    tone = dark(paint.accent, 0.1)
    seams = "".join(
        line([(LEFT, y), (LEFT + WIDE, y)], dark(tone, 0.35), 7, smooth=False) for y in (470, 800)
    )
    stitches = "".join(
        line([(x, y + 12), (x + 18, y + 12)], pale(tone, 0.4), 4)
        for y in (470, 800)
        for x in range(-1100, 2600, 34)
    )
    return _plane(paint, tone) + seams + stitches


def _counter(paint: Paint) -> str:
    tone = dark(paint.wood, 0.12)
    return _table(paint, tone) + box(LEFT, EDGE + 26, WIDE, 10, pale(tone, 0.25), opacity=0.5)


def _rubber(paint: Paint) -> str:
    tone = mix(paint.floor, paint.lit("#3a3d44"), 0.4)
    return _plane(paint, tone, rim=paint.accent) + _specks(pale(tone, 0.2), 200)


def _steel(paint: Paint) -> str:
    """A sheet of brushed metal."""
    tone = mix(paint.lit("#a9b4b8"), paint.wall, 0.2)
    brush = "".join(
        line(
            [(LEFT, y), (LEFT + WIDE, y)], pale(tone, 0.3), 2 + (y - EDGE) * 0.002, smooth=False, opacity=0.5
        )
        for y in range(int(EDGE) + 24, 1250, 34)
    )
    return _plane(paint, tone, rim=pale(tone, 0.5)) + brush + _rays(dark(tone, 0.16), 900, 5)


def _sweep(paint: Paint) -> str:
    """No edge at all: paper that rises behind the thing."""
    return ""


def _specks(tone: str, count: int) -> str:
    dice = random.Random(9)  # noqa: S311  # specks, not secrets
    return "".join(
        oval(
            dice.uniform(-700, 2300),
            EDGE + 12 + 900 * dice.random() ** 1.5,
            3.4,
            2,
            dark(tone, dice.choice((0.14, 0.24))),
            opacity=0.6,
        )
        for _ in range(count)
    )


def _turf(paint: Paint) -> str:
    """Grass, trodden short."""
    return _soil(paint, paint.floor, "M{x} {y}l-7 -20l8 10l5 -24l5 24l10 -14l-7 24Z")


def _earth(paint: Paint) -> str:
    """Bare ground with pebbles and straws."""
    return _soil(paint, mix(paint.lit("#9a7a54"), paint.floor, 0.35), "M{x} {y}l30 -8M{x} {y}l-12 -14")


def _soil(paint: Paint, tone: str, mark: str) -> str:
    """Ground with marks on it: tufts, straws."""
    dice, marks = random.Random(5), ""  # noqa: S311  # tufts, not secrets
    for _ in range(150):
        x, y = dice.uniform(-700, 2300), EDGE + 20 + 900 * dice.random() ** 1.4
        marks += mark.format(x=round(x), y=round(y))
    return (
        _ground(tone)
        + _specks(tone, 160)
        + path(marks, dark(tone, 0.2), ink=dark(tone, 0.2), width=3, opacity=0.7)
    )


def _ground(tone: str) -> str:
    """Open ground: it has no edge as a table has, it rises a little and ends in what grows there."""
    define, fill = gradient([(0, dark(tone, 0.2), 1), (0.25, tone, 1), (1, pale(tone, 0.06), 1)])
    dice = random.Random(11)  # noqa: S311  # ground, not secrets
    crest = [(x, EDGE + dice.uniform(-16, 10)) for x in range(round(LEFT), round(LEFT + WIDE) + 1, 90)]
    low = [(LEFT + WIDE, EDGE + DEEP), (LEFT, EDGE + DEEP)]
    return define + path(pts([*crest, *low]), fill)


def _drift(paint: Paint) -> str:
    """Snow or salt: white, in soft waves, with what glints in it."""
    tone = paint.lit("#eef1f4")
    waves = "".join(
        line([(x, y), (x + 190, y - 16), (x + 420, y)], dark(tone, 0.1), 9)
        for x, y in (
            (-400, 460),
            (250, 560),
            (1000, 500),
            (1300, 680),
            (60, 800),
            (900, 900),
            (-300, 1010),
            (1200, 1120),
        )
    )
    dice = random.Random(3)  # noqa: S311  # crystals, not secrets
    glints = "".join(
        oval(dice.uniform(-700, 2300), EDGE + 20 + 900 * dice.random(), 4, 4, "#ffffff") for _ in range(120)
    )
    return _ground(tone) + waves + glints


def _coping(paint: Paint) -> str:
    """The top of a rough wall: stones that meet in crooked joints."""
    tone = paint.lit("#b5aa98")
    joints = "".join(
        line(
            [(x, EDGE), (x - 30, 520), (x + 40, 760), (x - 60 + (x - 800) * 0.6, 1300)],
            dark(tone, 0.34),
            8,
            smooth=False,
        )
        for x in range(-900, 2600, 520)
    )
    across = line([(LEFT, 640), (400, 656), (1100, 630), (LEFT + WIDE, 650)], dark(tone, 0.34), 8)
    spots = ((-300, 420, 120), (1480, 400, 150), (260, 900, 110), (1700, 860, 140))
    moss = "".join(oval(x, y, w, w * 0.3, paint.lit("#8a9a5c"), opacity=0.6) for x, y, w in spots)
    return _plane(paint, tone) + _specks(tone, 200) + joints + across + moss


SURFACES: dict[SetKind, Surface] = {
    "kitchen": _marble, "bathroom": _marble, "hospital": _laminate, "restaurant": _cloth, "cafe": _wood,
    "street": _stone, "plaza": _stone, "rooftop": _stone, "church": _stone, "cemetery": _stone,
    "park": _planks, "garden": _planks, "countryside": _planks, "harbour": _planks, "market": _planks,
    "station": _planks, "beach": _sand, "car": _leather, "bar": _counter, "gym": _rubber, "studio": _sweep,
    "stage": _counter,
    "boat_deck": _planks, "field": _earth, "forest": _turf, "mountain": _coping, "desert": _sand,
    "river": _planks, "lake": _planks, "canal": _coping, "vineyard": _earth, "salt_flats": _drift,
    "bridge": _coping, "yard": _coping, "balcony": _marble, "pool": _stone, "farmyard": _planks,
    "village": _coping, "pitch": _turf, "lighthouse": _coping, "fairground": _counter, "allotment": _planks,
    "roadside": _stone, "building_site": _planks, "cliff": _turf, "snow": _drift,
    "lift": _rubber, "boat_cabin": _planks, "cinema": _leather, "cold_store": _steel,
    "control_room": _steel, "warehouse": _planks, "tent": _cloth, "art_studio": _planks,
    "laundry": _laminate, "lobby": _marble, "train": _laminate, "police_station": _laminate,
    "laboratory": _steel, "garage": _steel, "factory": _steel, "winery": _planks, "newsroom": _laminate,
    "bus": _leather, "airport": _laminate, "bakery": _marble, "pharmacy": _laminate,
    "waiting_room": _laminate, "cellar": _stone, "attic": _planks, "stairwell": _stone, "cell": _stone,
    "museum": _marble, "bank": _marble, "greenhouse": _planks, "river_boat": _planks, "vault": _marble,
    "ballroom": _cloth, "tram": _planks, "alley": _coping, "mine": _coping,
    "cave": _coping, "plane": _laminate, "salon": _marble, "rink": _laminate, "booth": _counter,
    "car_park": _coping, "stock_room": _planks,
}  # fmt: skip
"""What is not named has a wooden table."""
