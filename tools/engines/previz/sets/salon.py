"""A hairdresser's: mirrors, chairs that turn, a basin to wash in, shelves of bottles."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, glow, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import household as h
from tools.engines.previz.sets.paint import FLOOR_Y, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.shapes import blob, block, disc, lamp_light, poly, rod, standing, stick
from tools.engines.previz.sets.sky import opening, outlook

PLACES = (-470.0, 250.0, 660.0, 2010.0)
"""Where a mirror hangs with its chair."""


def salon(paint: Paint) -> SetDrawing:
    """Two places before their mirrors, a basin by the shop window, towels, a coat stand."""
    glass = [opening(paint, 1180, 120, 330, 430, style="plain"), opening(paint, -220, 130, 200, 400, style="plain")]  # fmt: skip
    built = room(paint, glass, tiles=True, panel=False, stripes=paint.pick("paper", "yes", "no") == "yes")
    tone = mix(paint.accent, paint.lit("#e9e2d4"), 0.45)
    low = flat(FLOOR_Y - 96, 96, tone) + flat(FLOOR_Y - 104, 12, pale(tone, 0.3)) + flat(FLOOR_Y - 3, 5, paint.ink)  # fmt: skip
    glazing = "".join(box(x, FLOOR_Y - 92, 3, 90, dark(tone, 0.16)) for x in range(-800, 2400, 62))
    walls = built + low + glazing
    places = "".join(_mirror(paint, x) for x in PLACES)
    chairs = "".join(_chair(paint, x, 772) for x in PLACES)
    side = _towels(paint, 930, 250) + _basin(paint, 1010, 690) + _pole(paint, 1600, 300)
    middle = walls + places + side + f.plant(paint, 1370, 700, 0.9) + h.coat_rack(paint, 60, 700) + chairs
    return SetDrawing(
        far=outlook(paint), middle=middle + _hair(paint) + extras(paint, 1420, 800), panes=panes_of(glass),
        lamps=(*tuple(Lamp(x, 96, 430, "#fff0cf") for x in PLACES[1:3]), Lamp(1600, 400, 220, "#ffe6c0")),
    )  # fmt: skip


def _mirror(paint: Paint, x: float) -> str:
    """A tall mirror with a lamp over it, the shelf with what is worked with."""
    frame, glass = paint.wood, mix(paint.lit("#bcd6da"), pale(paint.wall, 0.3), 0.35)
    drawn = f.slab(paint, x - 128, 120, 256, 330, frame, r=10) + block(paint, x - 106, 142, 212, 286, glass)
    inside = box(x - 104, 356, 208, 70, dark(glass, 0.12)) + box(x - 104, 350, 208, 7, pale(glass, 0.3))
    shine = path(pts([(x - 70, 426), (x + 20, 144), (x + 54, 144), (x - 36, 426)]), "#ffffff", opacity=0.26)
    shine += path(pts([(x - 14, 426), (x + 76, 144), (x + 88, 144), (x - 2, 426)]), "#ffffff", opacity=0.2)
    bulb = lamp_light(paint, x, 92, 170) + block(paint, x - 70, 78, 140, 26, "#fff4d8" if paint.lamps else paint.lit("#f6efdc"), r=12)  # fmt: skip
    shelf = f.slab(paint, x - 156, 476, 312, 26, pale(paint.wood, 0.12), r=4)
    drawer = f.slab(paint, x - 140, 502, 280, 66, dark(paint.wood, 0.1), r=4) + disc(paint, x, 534, 8, paint.lit("#d9b15a"))  # fmt: skip
    return drawn + inside + shine + bulb + _tools(paint, x, 476) + shelf + drawer


def _tools(paint: Paint, x: float, y: float) -> str:
    """Bottles, a glass of combs, a brush, on the shelf."""
    tones = ("#c9563f", "#4f8a7a", "#e2b04a", "#8a6aa0")
    bottles = "".join(
        block(paint, x - 128 + k * 32, y - 58 + k % 2 * 12, 24, 58 - k % 2 * 12, paint.lit(tone), r=5)
        + block(paint, x - 122 + k * 32, y - 74 + k % 2 * 12, 12, 18, paint.lit("#f2ead8"), r=3)
        for k, tone in enumerate(tones)
    )
    combs = "".join(stick(paint, [(x + 62 + k * 12, y - 40), (x + 54 + k * 18, y - 92)], c, 5) for k, c in enumerate((paint.lit("#2c2a30"), paint.lit("#c9473f"), paint.lit("#d8c9a0"))))  # fmt: skip
    cup = block(paint, x + 48, y - 52, 46, 52, mix(paint.lit("#9fd0d8"), paint.wall, 0.2), r=5)
    brush = disc(paint, x + 122, y - 20, 18, paint.wood) + block(paint, x + 114, y - 62, 16, 36, paint.lit("#efe4cc"), r=6)  # fmt: skip
    return bottles + combs + cup + brush


def _chair(paint: Paint, x: float, y: float) -> str:
    """A chair that turns, with its iron foot and a rest for the head, seen from behind."""
    leather, chrome = mix(paint.accent, paint.lit("#5a2f2a"), 0.35), paint.lit("#b9c2c6")
    foot = oval(x, y - 4, 110, 20, chrome, ink=paint.ink, width=3.5) + stick(paint, [(x, y - 14), (x, y - 120)], chrome, 34)  # fmt: skip
    seat = f.slab(paint, x - 104, y - 172, 208, 62, leather, r=18)
    arms = "".join(rod(paint, [(x + k * 96, y - 150), (x + k * 128, y - 190), (x + k * 122, y - 236), (x + k * 84, y - 240)], chrome, 12) for k in (-1, 1))  # fmt: skip
    back = blob(paint, [(x - 92, y - 160), (x - 98, y - 300), (x - 70, y - 336), (x + 70, y - 336), (x + 98, y - 300), (x + 92, y - 160)], leather)  # fmt: skip
    seams = "".join(line([(x + k, y - 176), (x + k, y - 322)], dark(leather, 0.25), 5) for k in (-34, 34))
    rest = stick(paint, [(x, y - 336), (x, y - 366)], chrome, 12) + f.slab(paint, x - 52, y - 404, 104, 44, leather, r=18)  # fmt: skip
    return standing(x, 140, y) + foot + seat + arms + rest + back + seams


def _basin(paint: Paint, x: float, y: float) -> str:
    """The basin that hair is washed in, a hose over its rim."""
    white, chrome = paint.lit("#f4f2ec"), paint.lit("#b4c0c4")
    stand = poly(paint, [(x - 56, y - 190), (x + 56, y - 190), (x + 38, y), (x - 38, y)], dark(white, 0.08))
    bowl = blob(paint, [(x - 120, y - 262), (x - 104, y - 190), (x, y - 168), (x + 104, y - 190), (x + 120, y - 262)], white)  # fmt: skip
    rim = oval(x, y - 262, 120, 24, pale(white, 0.3), ink=paint.ink, width=3.5) + oval(x, y - 258, 94, 15, dark(white, 0.2))  # fmt: skip
    hose = rod(paint, [(x + 70, y - 270), (x + 66, y - 340), (x + 20, y - 352), (x - 4, y - 306)], chrome, 9)
    return standing(x, 110, y) + stand + bowl + rim + hose + disc(paint, x - 6, y - 300, 16, chrome)


def _towels(paint: Paint, x: float, y: float) -> str:
    """Rolled towels on two boards."""
    drawn = ""
    for row in range(2):
        top = y + row * 74
        drawn += "".join(
            disc(paint, x + k * 42, top - 22, 21, paint.lit(("#f2e6d0", "#e0b8a4", "#a8c4c0")[(k + row) % 3]))
            + oval(x + k * 42, top - 22, 9, 9, "none", ink=paint.ink, width=2)
            for k in range(4)
        )
        drawn += f.slab(paint, x - 34, top, 194, 14, paint.wood, r=3)
    return drawn


def _pole(paint: Paint, x: float, y: float) -> str:
    """The turning pole of the trade, in a case of glass."""
    brass = paint.lit("#d0a648")
    hole = pts([(x - 26, y), (x + 26, y), (x + 26, y + 200), (x - 26, y + 200)])
    stripes = "".join(
        path(pts([(x - 26, y + k), (x + 26, y + k - 34), (x + 26, y + k - 16), (x - 26, y + k + 18)]), paint.lit(c))
        for k, c in zip(range(36, 198, 27), ("#c9473f", "#3f5f9a") * 3, strict=True)
    )  # fmt: skip
    halo = glow(x, y + 100, 160, 200, "#ffe6c0", 0.4) if paint.lamps else ""
    caps = disc(paint, x, y - 14, 30, brass, 20) + disc(paint, x, y + 214, 30, brass, 20)
    return halo + path(hole, paint.lit("#f6f0e4")) + stripes + path(hole, ink=paint.ink, width=3.5) + caps


def _hair(paint: Paint) -> str:
    """Cut hair on the tiles."""
    dice, tone = paint.dice("hair"), dark(paint.wood, 0.4)
    spots = [(dice.uniform(140, 780), dice.uniform(786, 850)) for _ in range(16)]
    return "".join(line([(x, y), (x + 10, y - 7), (x + 22, y + 2)], tone, 3, opacity=0.7) for x, y in spots)
