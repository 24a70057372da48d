"""A garage."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, cut, group, line, oval, path
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import extras, panes_of
from tools.engines.previz.sets.shapes import block, disc, poly, rod, standing, stick
from tools.engines.previz.sets.sky import opening, outlook


def garage(paint: Paint) -> SetDrawing:
    """A car on the lift with its bonnet up, tyres on the wall, a red tool chest, the rolling door."""
    glass = [
        opening(paint, 1130, 100, 220, 170, style="grid"),
        opening(paint, -330, 100, 220, 170, style="grid"),
    ]
    wall = mix(paint.wall, paint.lit("#c9c0ae"), 0.3)
    walls = fittings.plain_walls(paint, wall, dado=mix(paint.accent, wall, 0.5))
    car = standing(640, 330, 700) + _car_lift(paint, 640, 690)
    middle = (
        walls
        + cut(*(path(o.hole, "#000000") for o in glass))
        + "".join(o.trim for o in glass)
        + fittings.hard_floor(paint)
        + _oil(paint)
        + _tyre_rack(paint, 60, 130)
    )
    middle += (
        fittings.shutter(paint, 1560, -20, 520, 660)
        + car
        + _tool_chest(paint, 1090, 690)
        + _tyre_rack(paint, 1390, 130, wide=1)
        + _spanners(paint, 880, 90)
        + fittings.tube(paint, 640, 20, 380)
        + fittings.tube(paint, 1330, 20, 260)
    )
    return SetDrawing(
        far=outlook(paint), middle=middle + _tyre_pile(paint, 1420, 730) + _tyre_pile(paint, -120, 730) + extras(paint, 260, 740), panes=panes_of(glass),
        lamps=(Lamp(640, 40, 560, "#fff2d8"), Lamp(1330, 40, 480, "#fff2d8")),
    )  # fmt: skip


def _car_lift(paint: Paint, x: float, y: float) -> str:
    blue = paint.lit("#2f6f9a")
    posts = "".join(
        f.slab(paint, x + k, y - 620, 50, 620, blue, r=5)
        + block(paint, x + k - 20, y - 20, 90, 20, dark(blue, 0.2))
        for k in (-330, 290)
    )
    arms = stick(paint, [(x - 300, y - 172), (x + 310, y - 172)], paint.lit("#e0b03a"), 18)
    tone = paint.lit(paint.pick("car", "#b5483f", "#c9a04a", "#5a7f6a", "#8a9aa8"))
    bonnet = poly(
        paint, [(x + 110, y - 330), (x + 128, y - 338), (x + 210, y - 470), (x + 194, y - 476)], tone
    )
    car = group(g.sedan(paint, 0, 0, tone), transform=f"translate({x} {y - 176}) scale(1.5)")
    return posts + bonnet + car + arms


def _tyre(paint: Paint, x: float, y: float, r: float) -> str:
    black = paint.lit("#33343a")
    tread = "".join(
        line([(x + dx * r * 0.8, y + dy * r * 0.8), (x + dx * r, y + dy * r)], paint.ink, 3, smooth=False)
        for dx, dy in ((0, -1), (0.7, -0.7), (1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7))
    )
    return (
        disc(paint, x, y, r, black)
        + tread
        + disc(paint, x, y, r * 0.56, paint.lit("#c2c8ca"))
        + disc(paint, x, y, r * 0.18, black)
    )


def _tyre_rack(paint: Paint, x: float, y: float, *, wide: int = 2) -> str:
    drawn = ""
    for row in range(2):
        base = y + 130 + row * 150
        drawn += "".join(_tyre(paint, x + k * 118, base - 62, 56) for k in range(wide)) + stick(
            paint, [(x - 70, base), (x + wide * 118 - 50, base)], paint.lit("#8d959a"), 11
        )
    return drawn


def _tyre_pile(paint: Paint, x: float, y: float) -> str:
    black = paint.lit("#33343a")
    return standing(x, 120, y) + "".join(
        box(x - 100 + k % 2 * 10, y - 54 - k * 52, 200, 52, black, ink=paint.ink, width=3.5, r=22)
        + "".join(
            line(
                [(x - 80 + n * 24, y - 46 - k * 52), (x - 72 + n * 24, y - 14 - k * 52)], pale(black, 0.2), 3
            )
            for n in range(7)
        )
        for k in range(4)
    )


def _tool_chest(paint: Paint, x: float, y: float) -> str:
    red = paint.lit("#c23a30")
    chest = fittings.cabinet(paint, x, y - 24, 190, 270, 6, red) + "".join(
        disc(paint, x + k, y - 14, 15, "#2a2d35") for k in (26, 164)
    )
    jack = rod(paint, [(x + 40, y - 300), (x + 60, y - 340), (x + 110, y - 330)], paint.lit("#b9c2c4"), 12)
    return chest + jack + block(paint, x + 120, y - 334, 46, 40, paint.lit("#e0b03a"), r=4)


def _spanners(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#b9c2c4")
    board = f.slab(paint, x, y, 190, 300, mix(paint.wood, paint.lit("#d9c09a"), 0.4), r=4)
    return board + "".join(
        stick(paint, [(x + 26 + k * 28, y + 40), (x + 26 + k * 28, y + 130 + k * 18)], steel, 8)
        + disc(paint, x + 26 + k * 28, y + 34, 12, steel)
        + disc(paint, x + 26 + k * 28, y + 136 + k * 18, 10, steel)
        for k in range(6)
    )


def _oil(paint: Paint) -> str:
    return oval(700, 800, 170, 20, "#1a1418", opacity=0.32) + oval(980, 850, 70, 10, "#1a1418", opacity=0.3)
