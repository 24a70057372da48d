"""Rooms of wood without town or current: a cabin's living room, kitchen and what they share."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, glow, line, num, oval, path
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import household as h
from tools.engines.previz.sets.paint import FLOOR_Y, LEFT, RIGHT, Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import CEILING_Y, extras, panes_of, room
from tools.engines.previz.sets.shapes import block, standing
from tools.engines.previz.sets.sky import opening, outlook


def cabin(paint: Paint) -> SetDrawing:
    """A room of logs: a fire, a table with chairs, a bench, a small window on the trees."""
    glass = [opening(paint, 1050, 190, 190, 210, style="cross")]
    built = room(paint, glass, logs(paint), panel=False)
    middle = built + h.fireplace(paint, 190, 655) + _peg_coats(paint, 500) + _shelf(paint, 660, 300)
    middle += f.door(paint, -330, 642, tone=dark(paint.wood, 0.1)) + bench(paint, 1480, 700, 300)
    middle += f.chair(paint, 600, 716) + f.table(paint, 800, 720, 300)
    middle += f.chair(paint, 1010, 716, left=True) + oil_lamp(paint, 840, 550)
    middle += h.sacks(paint, 1780, 710) + extras(paint, 1300, 700)
    lamps = (Lamp(840, 520, 460), Lamp(190, 590, 420, "#ff9a4a"))
    return SetDrawing(far=outlook(paint), middle=middle, panes=panes_of(glass), lamps=lamps)


def farm_kitchen(paint: Paint) -> SetDrawing:
    """A kitchen with a wood fire, plates on shelves, a long table; nothing that hums."""
    glass = [opening(paint, 690, 160, 210, 220, style="cross")]
    wall = logs(paint) if paint.tells("rural") and paint.pick("walls", "logs", "plaster") == "logs" else ""
    built = room(paint, glass, wall, panel=False)
    middle = built + h.fireplace(paint, 1150, 655) + h.plate_shelf(paint, 240, 170)
    middle += h.dresser(paint, 340, 664) + f.door(paint, -330, 642) + h.sacks(paint, 20, 710)
    middle += _shelf(paint, 1390, 300) + f.chair(paint, 560, 716) + f.table(paint, 780, 724, 380)
    middle += f.chair(paint, 1000, 716, left=True) + oil_lamp(paint, 860, 554)
    middle += h.fruit_bowl(paint, 700, 556) + bench(paint, 1640, 706, 280) + extras(paint, 1430, 720)
    lamps = (Lamp(860, 520, 460), Lamp(1150, 590, 420, "#ff9a4a"))
    return SetDrawing(far=outlook(paint), middle=middle, panes=panes_of(glass), lamps=lamps)


def logs(paint: Paint) -> str:
    """A wall of logs laid one on the other."""
    tone, high = mix(paint.wood, paint.wall, 0.35), 52.0
    drawn, y = "", CEILING_Y
    while y < FLOOR_Y - 20:
        tall = min(high, FLOOR_Y - 20 - y)
        shade = tone if int((y - CEILING_Y) / high) % 2 else dark(tone, 0.06)
        drawn += box(LEFT, y, RIGHT - LEFT, tall, shade) + box(LEFT, y + 6, RIGHT - LEFT, 8, pale(tone, 0.18))
        drawn += box(LEFT, y + tall - 9, RIGHT - LEFT, 9, dark(tone, 0.3))
        y += high
    dice, knots = paint.dice("knots"), ""
    for _ in range(26):
        x, row = dice.uniform(LEFT, RIGHT), dice.randrange(12)
        knots += oval(x, CEILING_Y + row * high + 26, 11, 6, dark(tone, 0.32))
    return drawn + knots


def oil_lamp(paint: Paint, x: float, y: float) -> str:
    """A lamp with a glass chimney that burns oil; it stands on its foot."""
    brass = paint.lit("#b58a3f")
    shine = glow(x, y - 62, 120, 120, "#ffc877", 0.6) if paint.lamps else ""
    glass = curve([(x - 14, y - 36), (x - 24, y - 62), (x - 11, y - 100), (x + 11, y - 100), (x + 24, y - 62), (x + 14, y - 36)], tension=0.7)  # fmt: skip
    flame = oval(x, y - 56, 6, 14, "#ffd88a") if paint.lamps else ""
    body = path(glass, paint.lit("#e9f0ec"), ink=paint.ink, width=3, opacity=0.8)
    foot = block(paint, x - 26, y - 8, 52, 10, brass, r=4) + block(paint, x - 20, y - 36, 40, 28, brass, r=12)
    return shine + body + flame + foot


def bench(paint: Paint, x: float, y: float, w: float) -> str:
    """A plain bench of one board."""
    wood = pale(paint.wood, 0.1)
    legs = "".join(block(paint, x + k, y - 84, 30, 84, dark(wood, 0.2)) for k in (-w / 2 + 20, w / 2 - 50))
    return standing(x, w / 2, y) + legs + f.slab(paint, x - w / 2, y - 108, w, 26, wood, r=4)


def _shelf(paint: Paint, x: float, y: float) -> str:
    """A board with jars and a tin mug."""
    jars = "".join(
        block(paint, x + 16 + k * 50, y - high, 36, high, paint.lit(tone), r=7)
        for k, (high, tone) in enumerate(((54, "#b5704a"), (44, "#cfc3a4"), (60, "#8a9a7a"), (40, "#9aa2a6")))
    )
    return jars + f.slab(paint, x, y, 226, 14, dark(paint.wood, 0.12))


def _peg_coats(paint: Paint, x: float) -> str:
    """Two coats on pegs."""
    drawn = line([(x - 70, 250), (x + 70, 250)], dark(paint.wood, 0.3), 12, smooth=False)
    for k, tone in ((-40, "#5c5548"), (36, "#7a4a3c")):
        cloth, left = paint.lit(tone), num(x + k - 34)
        hang = f"M{num(x + k)} 250Q{left} 268 {num(x + k - 44)} 470H{num(x + k + 44)}Q{num(x + k + 34)} 268 {num(x + k)} 250Z"
        drawn += path(hang, cloth, ink=paint.ink, width=3.5) + line(
            [(x + k, 290), (x + k - 4, 462)], dark(cloth, 0.3), 4
        )
    return drawn
