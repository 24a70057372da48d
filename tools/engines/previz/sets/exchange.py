"""A telephone exchange worked by hand: boards of jacks and cords, a stool, a lamp, a window."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, line, oval
from tools.engines.previz.sets import fittings, readouts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.shapes import block, disc, poly, rod, standing, stick
from tools.engines.previz.sets.sky import opening, outlook


def telephone_exchange(paint: Paint) -> SetDrawing:
    """Three switchboards side by side, cords plugged in, some of their lamps alight."""
    pane = opening(paint, 1330, 110, 230, 300, curtain=dark(paint.accent, 0.2), style="sash")
    left = opening(paint, -420, 110, 230, 300, curtain=dark(paint.accent, 0.2), style="sash")
    built = room(paint, [left, pane], stripes=True)
    boards = "".join(_switchboard(paint, x, k) for k, x in enumerate((30, 440, 850)))
    middle = built + boards + readouts.clock(paint, 1276, 60, 46, hour=2.0) + f.pendant(paint, 640, -10)
    middle += f.pendant(paint, 1180, -10) + _stool(paint, 400, 770) + _stool(paint, 1050, 770)
    middle += fittings.cabinet(paint, -130, 690, 130, 300, 4) + f.door(paint, 1760, 642)
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 1500, 770), panes=panes_of([left, pane]),
        lamps=(Lamp(640, 30, 520), Lamp(1180, 30, 520)),
    )  # fmt: skip


def _switchboard(paint: Paint, x: float, seat: int) -> str:
    """A cabinet of rows of jacks, its shelf with plugs and keys."""
    wood, face = paint.wood, dark(mix(paint.wood, paint.ink, 0.4), 0.1)
    body = standing(x + 195, 220, 700) + f.slab(paint, x, 80, 390, 620, wood, r=6)
    body += block(paint, x + 22, 104, 346, 330, face) + f.slab(paint, x - 8, 56, 406, 28, pale(wood, 0.14))
    dice, jacks = paint.dice(f"jacks{seat}"), ""
    for row in range(9):
        y = 128 + row * 34
        jacks += box(x + 34, y + 15, 322, 3, pale(face, 0.16))
        for column in range(12):
            at_x = x + 46 + column * 27
            lit = dice.random() < 0.1
            tone = "#ffd35a" if lit else paint.lit("#b59a5c")
            jacks += oval(at_x, y, 7, 7, tone, ink=paint.ink, width=2) + oval(at_x, y, 2.6, 2.6, paint.ink)
    shelf = poly(paint, [(x - 14, 470), (x + 404, 470), (x + 430, 530), (x - 40, 530)], pale(wood, 0.1))
    shelf += f.slab(paint, x - 40, 530, 470, 24, dark(wood, 0.12))
    plugs = "".join(
        stick(paint, [(x + 40 + k * 34, 500), (x + 40 + k * 34, 472)], paint.lit("#c9473f"), 8)
        for k in range(10)
    )
    return body + jacks + _cords(paint, x, seat) + shelf + plugs


def _cords(paint: Paint, x: float, seat: int) -> str:
    """Cords that hang from jacks in use down to the shelf."""
    dice, drawn = paint.dice(f"cords{seat}"), ""
    for k in range(6):
        top = (x + 46 + dice.randrange(12) * 27, 128.0 + dice.randrange(7) * 34)
        foot = (x + 50 + k * 58, 486.0)
        sag = ((top[0] + foot[0]) / 2, max(top[1], foot[1]) - 20)
        tone = paint.lit(dice.choice(("#b5483f", "#3f6a4a", "#2f4f7a", "#c9a04a")))
        drawn += line([top, sag, foot], paint.ink, 9) + line([top, sag, foot], tone, 5)
    return drawn


def _stool(paint: Paint, x: float, y: float) -> str:
    """A revolving chair with a low back, and a headset on it."""
    iron = paint.lit("#4a5058")
    legs = "".join(stick(paint, [(x, y - 70), (x + k, y)], iron, 9) for k in (-56, 0, 56))
    back = rod(paint, [(x - 60, y - 150), (x - 66, y - 260), (x + 66, y - 260), (x + 60, y - 150)], iron, 9)
    rest = f.slab(paint, x - 72, y - 286, 144, 58, paint.accent, r=14)
    seat = disc(paint, x, y - 140, 78, mix(paint.accent, paint.wood, 0.4), 18)
    return (
        standing(x, 80, y) + legs + stick(paint, [(x, y - 130), (x, y - 60)], iron, 14) + back + rest + seat
    )
