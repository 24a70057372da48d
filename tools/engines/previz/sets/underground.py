"""A platform under the ground: tiles, the dark mouth of the tunnel, no sky."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, oval
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash

LIGHTS = (130, 465, 800, 1135, 1470)


def metro_platform(paint: Paint) -> SetDrawing:
    """The wall behind the tracks with its posters, a low ceiling with strips of light, a bench."""
    tile = mix(paint.wall, paint.lit("#d8dcd4"), 0.6)
    joints = "".join(box(x, 40, 2.5, 540, dark(tile, 0.14)) for x in range(int(LEFT), int(RIGHT), 56))
    joints += "".join(box(LEFT, y, RIGHT - LEFT, 2.5, dark(tile, 0.14)) for y in range(68, 580, 30))
    wall = (
        flat(-1000, 1640, tile)
        + joints
        + flat(210, 46, paint.accent)
        + flat(206, 4, paint.ink)
        + flat(256, 4, paint.ink)
    )
    signs = "".join(_sign(paint, x) for x in (330, 1270)) + "".join(
        _poster(paint, x, k) for k, x in enumerate((-180, 560, 900, 1560))
    )
    pit = wash(570, 130, [(0, dark(paint.floor, 0.72), 1), (1, dark(paint.floor, 0.86), 1)])
    rails = "".join(
        box(LEFT, y, RIGHT - LEFT, 8, paint.lit("#7d8488"), ink=paint.ink, width=2) for y in (606, 650)
    )
    ceiling = flat(-1000, 1040, dark(tile, 0.42)) + flat(38, 6, paint.ink)
    strips = "".join(
        f.slab(paint, x - 110, 20, 220, 22, "#fbf6dc" if paint.lamps else pale(tile, 0.2), r=6)
        for x in LIGHTS
    )
    floor = wash(690, 300, [(0, dark(paint.floor, 0.2), 1), (1, paint.floor, 1)]) + flat(
        988, 720, paint.floor
    )
    edge = flat(690, 18, paint.lit("#e2b04a")) + flat(688, 4, paint.ink)
    return SetDrawing(
        far=wall, middle=wall + signs + _tunnel(paint, -560) + _tunnel(paint, 1840) + pit + rails + ceiling + strips + floor + edge
        + g.bench(paint, 370, 780, 260), lamps=tuple(Lamp(x, 60, 430) for x in LIGHTS),
    )  # fmt: skip


def _sign(paint: Paint, x: float) -> str:
    """The name of a station that nobody can read."""
    plate = f.slab(paint, x - 130, 292, 260, 62, paint.lit("#27507c"), r=6)
    return plate + box(x - 92, 314, 184, 16, paint.lit("#f4f1e6"), r=6)


def _poster(paint: Paint, x: float, turn: int) -> str:
    tone = paint.lit(("#c86a4a", "#4f7f8a", "#d9b15a", "#7a5a86")[turn % 4])
    sheet = f.slab(paint, x - 90, 286, 180, 220, pale(tone, 0.1), r=3)
    return sheet + oval(x, 376, 52, 52, pale(tone, 0.45)) + box(x - 60, 454, 120, 12, dark(tone, 0.4), r=5)


def _tunnel(paint: Paint, x: float) -> str:
    """Where the train comes from."""
    return box(x - 180, 110, 360, 560, "#15171c", ink=paint.ink, width=8, r=150) + oval(
        x, 420, 12, 12, paint.lit("#c8503c")
    )
