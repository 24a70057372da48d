"""The hall of a village or a parish: trestle tables, stacked chairs, a notice board, and nothing grand."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, line
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.shapes import block, disc, poly, standing, stick
from tools.engines.previz.sets.sky import opening, outlook

TABLES = ((40.0, 742.0, 520.0), (800.0, 712.0, 600.0), (1560.0, 742.0, 520.0), (-600.0, 752.0, 500.0), (2180.0, 752.0, 500.0))  # fmt: skip
"""Where the long tables stand, and how long they are."""


def hall(paint: Paint) -> SetDrawing:
    """High plain windows over long tables under paper cloths, with room for a whole village."""
    windows = [opening(paint, x, 90, 190, 210, style="grid") for x in (-520, -40, 1450, 1930)]
    built = room(paint, windows, _board(paint, 330, 150), _clock(paint, 800, 120), _hatch(paint, 1000, 230))
    cloth = mix(paint.lit("#f4efe4"), paint.accent, 0.06)
    tables = "".join(f.table(paint, x, y, w, cloth=cloth) for x, y, w in sorted(TABLES, key=lambda one: one[1]))  # fmt: skip
    chairs = "".join(_stack(paint, x, 690) for x in (330, 1300, 1980))
    lamps = "".join(f.pendant(paint, x, 20, tone="#e4e0d4") for x in (300, 800, 1300))
    return SetDrawing(
        far=outlook(paint), middle=built + _door(paint) + chairs + tables + lamps + extras(paint, 1290, 790),
        panes=panes_of(windows), lamps=tuple(Lamp(x, 60, 560) for x in (300, 800, 1300)),
    )  # fmt: skip


def _door(paint: Paint) -> str:
    """The two leaves of the way out, with a bar to push."""
    tone = mix(paint.accent, paint.wood, 0.5)
    leaves = "".join(block(paint, x, 250, 120, 394, tone) for x in (500, 622))
    panes = "".join(block(paint, x, 290, 44, 130, pale(paint.wall, 0.3)) for x in (538, 660))
    return leaves + panes + stick(paint, [(520, 476), (724, 476)], paint.lit("#b9bfc2"), 8)


def _board(paint: Paint, x: float, y: float) -> str:
    """What is on this month, on pins."""
    board = f.slab(paint, x - 130, y, 260, 190, mix(paint.wood, paint.lit("#d9b98a"), 0.6), r=4)
    sheets = ((-108, 22, "#f6f0e0"), (-34, 34, "#cfe0d8"), (46, 18, "#f2d9c0"), (-90, 108, "#e0d8ec"), (6, 106, "#f6f0e0"))  # fmt: skip
    drawn = board
    for dx, dy, tone in sheets:
        drawn += box(x + dx, y + dy, 58, 66, paint.lit(tone), ink=paint.ink, width=2)
        for k in (20, 32, 44):
            drawn += line([(x + dx + 10, y + dy + k), (x + dx + 46, y + dy + k)], "#7d746c", 2.5)
    return drawn


def _clock(paint: Paint, x: float, y: float) -> str:
    hands = stick(paint, [(x, y), (x, y - 26)], paint.ink, 2) + stick(paint, [(x, y), (x + 18, y + 10)], paint.ink, 2)  # fmt: skip
    return disc(paint, x, y, 48, paint.wood) + disc(paint, x, y, 39, paint.lit("#fbf6e6")) + hands


def _hatch(paint: Paint, x: float, y: float) -> str:
    """The opening to the kitchen, its shutter half up, an urn for tea."""
    dim = dark(paint.wall, 0.5)
    frame = block(paint, x, y, 330, 220, paint.wood) + block(paint, x + 16, y + 16, 298, 190, dim)
    urn = block(paint, x + 70, y + 110, 64, 92, paint.lit("#b9c0c4"), r=10) + disc(paint, x + 102, y + 106, 30, paint.lit("#cfd5d8"), 8)  # fmt: skip
    cups = "".join(block(paint, x + 170 + k * 40, y + 176, 28, 26, paint.lit("#f4efe4"), r=6) for k in range(3))  # fmt: skip
    ledge = f.slab(paint, x - 16, y + 204, 362, 22, pale(paint.wood, 0.2), r=3)
    return frame + fittings.shutter(paint, x + 16, y + 16, 298, 64) + urn + cups + ledge


def _stack(paint: Paint, x: float, y: float) -> str:
    """Chairs put one into another."""
    steel, seat = paint.lit("#9aa2a6"), mix(paint.accent, paint.lit("#8a5a3a"), 0.4)
    legs = "".join(stick(paint, [(x + k, y - 70), (x + k * 1.15, y)], steel, 7) for k in (-50, 46))
    seats = "".join(block(paint, x - 58, y - 92 - k * 24, 112, 16, seat, r=6) for k in range(4))
    back = poly(paint, [(x + 38, y - 170), (x + 58, y - 170), (x + 74, y - 300), (x + 54, y - 300)], seat)
    return standing(x, 70, y) + legs + seats + back
