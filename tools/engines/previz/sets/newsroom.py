"""A newsroom."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, cut, glow, path
from tools.engines.previz.sets import fittings, readouts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import extras, panes_of
from tools.engines.previz.sets.shapes import block, poly, rod, standing
from tools.engines.previz.sets.sky import opening, outlook


def newsroom(paint: Paint) -> SetDrawing:
    """A wall of screens, clocks of the world, rows of desks with papers, a lamp that says live."""
    old = paint.tells("period")
    glass = [
        opening(paint, 1480, 80, 380, 330, style="grid", curtain="blinds"),
        opening(paint, -640, 80, 380, 330, style="grid", curtain="blinds"),
    ]
    wall = mix(paint.wall, paint.lit(paint.pick("newsroom", "#5f7080", "#c9c4b8", "#7a5f5c", "#4f6a62")), 0.6)
    screens = "".join(
        readouts.screen(paint, x, y, w, h, s)
        for x, y, w, h, s in (
            (420, 150, 300, 190, "map"),
            (750, 150, 140, 88, "graph"),
            (750, 256, 140, 84, "bars"),
            (920, 150, 300, 190, "lines"),
            (60, 150, 150, 90, "bars"),
            (60, 262, 150, 90, "map"),
            (1250, 150, 150, 90, "graph"),
            (1250, 262, 150, 90, "lines"),
            (240, 150, 150, 90, "graph"),
            (240, 262, 150, 90, "corridor"),
        )
    )
    clocks = "".join(
        readouts.clock(paint, x, 80, 40, hour=h)
        for x, h in ((300, 0.0), (520, 0.5), (740, 1.0), (960, 0.3), (1180, 0.8))
    )
    live = (
        glow(1360, 76, 140, 90, "#ff4a3e", 0.5)
        + f.slab(paint, 1310, 48, 100, 56, paint.lit("#3a2a2c"), r=10)
        + box(1322, 58, 76, 36, "#ff5a4a", r=8)
    )
    desks = "".join(_news_desk(paint, x, 690) for x in (-540, -60, 420, 900, 1380, 1860))
    middle = (
        fittings.plain_walls(paint, wall)
        + cut(*(path(o.hole, "#000000") for o in glass))
        + "".join(o.trim for o in glass)
        + fittings.hard_floor(paint)
        + screens
        + clocks
        + ("" if old else live)
        + desks
        + fittings.tube(paint, 560, 0, 360)
        + fittings.tube(paint, 1100, 0, 360)
    )
    return SetDrawing(
        far=outlook(paint, high=True), middle=middle + extras(paint, 1640, 750), panes=panes_of(glass),
        lamps=(Lamp(560, 20, 520, "#f2f8ff"), Lamp(1100, 20, 520, "#f2f8ff"), Lamp(570, 250, 320, "#9fe0e8", 0.7), Lamp(1070, 250, 320, "#9fe0e8", 0.7)),
    )  # fmt: skip


def _news_desk(paint: Paint, x: float, y: float) -> str:
    dice = paint.dice(f"desk {x:.0f}")
    top = f.slab(paint, x, y - 190, 400, 24, pale(paint.wood, 0.2), r=4) + box(
        x + 14, y - 166, 372, 166, dark(paint.wood, 0.2), ink=paint.ink, width=3
    )
    stacks = "".join(
        box(
            x + 20 + dice.uniform(-3, 3),
            y - 200 - k * 10,
            86,
            11,
            paint.lit(dice.choice(("#f4eddc", "#e0d8c4", "#cfd8dc"))),
            ink=paint.ink,
            width=1.8,
        )
        for k in range(dice.randrange(3, 9))
    )
    monitor = block(paint, x + 206, y - 214, 26, 26, "#2a2d35") + readouts.screen(
        paint, x + 146, y - 310, 146, 92, dice.choice(("lines", "lines", "bars", "map"))
    )
    extra = rod(paint, [(x + 350, y - 190), (x + 340, y - 270), (x + 372, y - 300)], "#2a2d35", 6) + poly(
        paint, [(x + 352, y - 312), (x + 396, y - 300), (x + 384, y - 276), (x + 344, y - 292)], paint.accent
    )
    return (
        standing(x + 200, 210, y)
        + top
        + stacks
        + monitor
        + extra
        + block(paint, x + 312, y - 222, 26, 32, paint.accent, r=4)
    )
