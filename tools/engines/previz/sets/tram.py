"""Inside an old tram: benches of wooden slats, leather straps, brass, the street by the hour outside."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, cut, glow, line, oval, path
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets.paint import BOTTOM, LEFT, RIGHT, TOP, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import block, disc, poly, rod, stick
from tools.engines.previz.sets.travel import (
    luggage_rack,
    open_country,
    passing_country,
    passing_town,
    town_beyond,
)

FRAMES = [(x, 130.0, 250.0, 250.0) for x in range(-780, 2400, 290)]


def tram(paint: Paint) -> SetDrawing:
    """The saloon from one side to the other: windows in a row, a bench under them, a pole at the door."""
    outside = fittings.outside(paint)
    return _saloon(paint, town_beyond(outside), passing_town(outside), _straps(paint) + _poles(paint))


def old_train(paint: Paint) -> SetDrawing:
    """A third-class carriage: the same benches of slats, no straps, and the country goes by."""
    outside = fittings.outside(paint)
    return _saloon(paint, open_country(outside), passing_country(outside), luggage_rack(paint))


def _saloon(paint: Paint, far: str, passing: str, hung: str) -> SetDrawing:
    wood, cream = paint.wood, mix(paint.wall, paint.lit("#e6d8b4"), 0.5)
    body = flat(TOP, BOTTOM - TOP, cream) + wash(60, 360, [(0, dark(wood, 0.1), 1), (1, wood, 1)])
    body += flat(410, 240, dark(wood, 0.16)) + _ceiling(paint, cream) + _matchboard(paint, wood)
    holes = cut(*(box(x, y, w, h, "#000000", r=14) for x, y, w, h in FRAMES))
    trims = "".join(
        box(x, y, w, h, "none", ink=dark(wood, 0.35), width=18, r=14)
        + box(x, y, w, h, "none", ink=paint.ink, width=3.5, r=14)
        + box(x, y + 62, w, 7, dark(wood, 0.35))
        for x, y, w, h in FRAMES
    )
    seats = "".join(_bench(paint, x) for x in range(-760, 2300, 420))
    return SetDrawing(
        far=far, passing=passing, panes=tuple(FRAMES),
        middle=body + holes + fittings.veil(paint, FRAMES) + trims + _slatted_floor(paint) + seats + hung + extras(paint, 1400, 780),
        lamps=tuple(Lamp(x, 0, 420, "#ffd890") for x in (200, 800, 1400)),
    )  # fmt: skip


def _ceiling(paint: Paint, cream: str) -> str:
    """A curved roof with ribs, and bulbs in glass bells."""
    drawn = wash(TOP, 1020, [(0, dark(cream, 0.4), 1), (1, cream, 1)])
    drawn += "".join(box(x, -400, 12, 420, dark(cream, 0.2)) for x in range(-760, 2400, 290))
    drawn += flat(16, 46, paint.wood) + flat(60, 4, paint.ink)
    for x in (-400, 200, 800, 1400, 2000):
        drawn += glow(x, 6, 280, 200, "#ffdc9a", 0.5) + disc(paint, x, -18, 26, paint.lit("#c9a860"), 12)
        drawn += oval(x, 2, 22, 24, "#fff0c4", ink=paint.ink, width=3)
    return drawn


def _matchboard(paint: Paint, wood: str) -> str:
    boards = "".join(box(x, 414, 3, 232, dark(wood, 0.36)) for x in range(int(LEFT), int(RIGHT), 46))
    return boards + flat(404, 12, pale(wood, 0.2)) + flat(416, 3, paint.ink)


def _slatted_floor(paint: Paint) -> str:
    floor = wash(640, 360, [(0, dark(paint.floor, 0.4), 1), (1, paint.floor, 1)]) + flat(999, 702, paint.floor)  # fmt: skip
    rays = "".join(line([(800 + x, 644), (800 + x * 2.6, 1300)], dark(paint.floor, 0.3), 5, smooth=False) for x in range(-1800, 1801, 74))  # fmt: skip
    return floor + rays + flat(638, 4, paint.ink)


def _bench(paint: Paint, x: float) -> str:
    """A bench for two whose back can be thrown over: slats on an iron frame, no cushion, no headrest."""
    slat, iron = pale(paint.wood, 0.2), paint.lit("#4a4a4c")
    frame = rod(paint, [(x + 14, 700), (x + 4, 560), (x - 8, 400)], iron, 10)
    frame += rod(paint, [(x + 316, 700), (x + 326, 560), (x + 338, 400)], iron, 10)
    back = "".join(block(paint, x - 6 + k, 396 + k * 3.4, 342 - 2 * k, 22, slat, r=5) for k in (0, 8, 16, 24, 32))  # fmt: skip
    seat = poly(paint, [(x - 6, 560), (x + 336, 560), (x + 352, 596), (x - 22, 596)], slat)
    lines = "".join(line([(x - 8 - k * 5, 568 + k * 9), (x + 338 + k * 5, 568 + k * 9)], dark(slat, 0.3), 3) for k in range(3))  # fmt: skip
    grip = disc(paint, x - 8, 394, 12, paint.lit("#c9a04a")) + disc(paint, x + 338, 394, 12, paint.lit("#c9a04a"))  # fmt: skip
    return frame + back + grip + seat + lines


def _straps(paint: Paint) -> str:
    leather, brass = paint.lit("#5a3826"), paint.lit("#c9a04a")
    drawn = stick(paint, [(LEFT, 78), (RIGHT, 78)], brass, 9)
    for x in range(-720, 2360, 150):
        drawn += line([(x, 78), (x, 140)], leather, 10, smooth=False)
        drawn += oval(x, 166, 17, 26, "none", ink=paint.ink, width=13) + oval(x, 166, 17, 26, "none", ink=leather, width=8)  # fmt: skip
    return drawn


def _poles(paint: Paint) -> str:
    brass = paint.lit("#c9a04a")
    cord = path("M-800 104H2400", ink=paint.lit("#6a5040"), width=4)
    return cord + "".join(stick(paint, [(x, 40), (x, 760)], brass, 13) for x in (-210, 1090, 1900))
