"""A bank."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, line, oval
from tools.engines.previz.sets import fittings, readouts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import extras, room
from tools.engines.previz.sets.shapes import block, disc, standing, stick
from tools.engines.previz.sets.sky import outlook


def bank(paint: Paint) -> SetDrawing:
    """Marble columns, tellers behind brass bars, the round door of the vault."""
    stone = mix(paint.wall, paint.lit("#e6dcc8"), 0.5)
    built = room(paint, [], tiles=True, panel=True)
    columns = "".join(_pillar(paint, x, stone) for x in (-420, 90, 1010, 1510, 2020))
    desk = f.counter(paint, 170, 700, 760, paint.wood, h=200) + _teller_bars(paint, 180, 482, 740)
    middle = (
        built
        + vault_door(paint, 1260, 350)
        + desk
        + columns
        + f.pendant(paint, 550, 40, tone="#c9a04a")
        + f.pendant(paint, 1260, 10, tone="#c9a04a")
        + readouts.clock(paint, 550, 120, 52)
    )
    middle += (
        f.plant(paint, -120, 700, 1.2)
        + f.desk(paint, -180, 720)
        + fittings.ropes(paint, 300, 800, paint.lit("#8a2f3a"))
        + f.door(paint, 1770, 642)
    )
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 1660, 720), lamps=(Lamp(550, 80, 560), Lamp(1260, 60, 520), Lamp(-180, 80, 420)),
    )  # fmt: skip


def _pillar(paint: Paint, x: float, stone: str) -> str:
    shaft = (
        box(x - 46, -40, 92, 690, stone, ink=paint.ink, width=3.5)
        + box(x - 44, -40, 22, 690, dark(stone, 0.2))
        + box(x + 16, -40, 12, 690, pale(stone, 0.5))
    )
    flutes = "".join(line([(x + k, 20), (x + k, 600)], dark(stone, 0.2), 4) for k in (-12, 6, 34))
    return (
        standing(x, 90, 672)
        + shaft
        + flutes
        + f.slab(paint, x - 66, 610, 132, 56, stone, r=4)
        + f.slab(paint, x - 66, -30, 132, 44, stone, r=4)
        + box(x - 74, 14, 148, 16, paint.lit("#c9a04a"), ink=paint.ink, width=2.5, r=6)
    )


def _teller_bars(paint: Paint, x: float, y: float, w: float) -> str:
    brass = paint.lit("#d0a648")
    drawn = f.slab(paint, x, y - 330, w, 40, paint.wood, r=4)
    for k in range(3):
        left = x + k * w / 3
        drawn += (
            box(left + 20, y - 290, w / 3 - 40, 290, dark(paint.wall, 0.5), ink=paint.ink, width=3)
            + f.table_lamp(paint, left + w / 6 + 60, y)
            if k == 1
            else box(left + 20, y - 290, w / 3 - 40, 290, dark(paint.wall, 0.5), ink=paint.ink, width=3)
        )
        drawn += "".join(
            stick(paint, [(left + 40 + n * 29, y - 288), (left + 40 + n * 29, y - 60)], brass, 5)
            for n in range(7)
        ) + stick(paint, [(left + 22, y - 60), (left + w / 3 - 22, y - 60)], brass, 7)
        drawn += block(paint, left - 8, y - 294, 28, 294, paint.wood)
    return drawn + block(paint, x + w - 20, y - 294, 28, 294, paint.wood) + fittings.bell(paint, x + 130, y)


def vault_door(paint: Paint, x: float, y: float) -> str:
    """A round door of steel with its bolts and its wheel."""
    steel, brass = paint.lit("#a9b2b6"), paint.lit("#d0a648")
    rim = (
        disc(paint, x, y, 218, dark(steel, 0.35))
        + disc(paint, x, y, 196, steel)
        + disc(paint, x, y, 150, pale(steel, 0.2))
    )
    ways = (
        (0, -1),
        (0.5, -0.87),
        (0.87, -0.5),
        (1, 0),
        (0.87, 0.5),
        (0.5, 0.87),
        (0, 1),
        (-0.5, 0.87),
        (-0.87, 0.5),
        (-1, 0),
        (-0.87, -0.5),
        (-0.5, -0.87),
    )
    bolts = "".join(disc(paint, x + dx * 174, y + dy * 174, 13, brass) for dx, dy in ways)
    spokes = "".join(
        stick(paint, [(x, y), (x + dx * 104, y + dy * 104)], brass, 11)
        + disc(paint, x + dx * 104, y + dy * 104, 14, brass)
        for dx, dy in ways[::2]
    )
    return (
        rim
        + bolts
        + oval(x, y, 66, 66, "none", ink=paint.ink, width=17)
        + oval(x, y, 66, 66, "none", ink=brass, width=11)
        + spokes
        + disc(paint, x, y, 28, brass)
        + f.slab(paint, x + 196, y - 120, 40, 90, dark(steel, 0.2))
        + f.slab(paint, x + 196, y + 40, 40, 90, dark(steel, 0.2))
    )
