"""The product studio."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import curve, glow, gradient, line, oval, path
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import BOTTOM, TOP, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.shapes import (
    block,
    disc,
    poly,
    standing,
    stick,
)


def studio(paint: Paint) -> SetDrawing:
    """A paper sweep without a horizon between softboxes: for products and portraits."""
    sheet = mix(pale(paint.wall, 0.35), paint.accent, 0.06)
    define, fall = gradient(
        [(0, dark(sheet, 0.2), 1), (0.42, sheet, 1), (0.62, pale(sheet, 0.4), 1), (1, dark(sheet, 0.07), 1)]
    )
    room_tone = dark(mix(paint.wall, paint.ink, 0.5), 0.1)
    back = flat(TOP, BOTTOM - TOP, room_tone) + wash(
        600, 300, [(0, dark(room_tone, 0.3), 1), (1, dark(room_tone, 0.1), 1)]
    )
    back += "".join(
        line([(x, TOP), (x, 610)], dark(room_tone, 0.2), 5, smooth=False) for x in range(-760, 2400, 150)
    )
    paper = curve(
        [
            (60, -60),
            (70, 420),
            (40, 620),
            (-260, 900),
            (-760, 1700),
            (2360, 1700),
            (1860, 900),
            (1560, 620),
            (1530, 420),
            (1540, -60),
        ],
        tension=0.45,
    )
    sweep = define + path(paper, fall, ink=dark(sheet, 0.4), width=2.5)
    sweep += oval(800, 760, 900, 130, "#ffffff", opacity=0.22) + oval(
        800, 250, 560, 380, "#ffffff", opacity=0.16
    )
    roll = f.slab(paint, 10, -86, 1580, 40, paint.lit("#c9b08a"), r=18) + "".join(
        stick(paint, [(x, -80), (x, 700)], paint.lit("#2f3238"), 10) for x in (-10, 1610)
    )
    middle = (
        back
        + roll
        + sweep
        + _softbox(paint, -30, 130, 1)
        + _softbox(paint, 1630, 130, -1)
        + _tripod(paint, 1790, 760)
    )
    middle += _apple_boxes(paint, -110, 790) + _c_stand(paint, 1490, 760) + f.plant(paint, -360, 720, 1.1)
    middle += line([(-240, 830), (-60, 860), (120, 840), (180, 880)], paint.lit("#2f3238"), 6)
    return SetDrawing(
        far=flat(TOP, BOTTOM - TOP, room_tone),
        middle=middle,
        lamps=(Lamp(120, 200, 900, "#fff6e6", 0.8), Lamp(1480, 200, 900, "#fff6e6", 0.8)),
    )


def _softbox(paint: Paint, x: float, y: float, way: int) -> str:
    black, face = paint.lit("#24262c"), "#fff8ea"
    stand = "".join(
        stick(paint, [(x - way * 30, 690), (x - way * 30 + k, 760)], black, 8) for k in (-70, 0, 70)
    )
    stand += stick(paint, [(x - way * 30, y + 200), (x - way * 30, 700)], black, 10)
    hood = poly(
        paint,
        [(x - way * 90, y + 90), (x - way * 90, y + 190), (x + way * 40, y + 330), (x + way * 40, y - 40)],
        black,
    )
    front = poly(
        paint,
        [(x + way * 40, y - 40), (x + way * 92, y - 10), (x + way * 92, y + 300), (x + way * 40, y + 330)],
        face,
    )
    return glow(x + way * 120, y + 140, 420, 420, "#fff6e0", 0.4) + stand + hood + front


def _tripod(paint: Paint, x: float, y: float) -> str:
    black = paint.lit("#24262c")
    legs = "".join(stick(paint, [(x, y - 300), (x + k, y)], black, 10) for k in (-90, 0, 90))
    camera = f.slab(paint, x - 76, y - 390, 130, 86, black, r=10) + block(
        paint, x - 120, y - 372, 46, 52, dark(black, 0.3), r=6
    )
    return (
        standing(x, 100, y)
        + legs
        + camera
        + disc(paint, x - 118, y - 346, 22, paint.lit("#6f8fa8"))
        + block(paint, x - 34, y - 410, 50, 22, black)
    )


def _apple_boxes(paint: Paint, x: float, y: float) -> str:
    return (
        standing(x, 130, y)
        + f.slab(paint, x - 110, y - 60, 220, 60, pale(paint.wood, 0.2))
        + f.slab(paint, x - 86, y - 104, 190, 46, pale(paint.wood, 0.3))
        + block(paint, x - 20, y - 40, 60, 18, dark(paint.wood, 0.4), r=8)
    )


def _c_stand(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#9aa3a8")
    legs = "".join(stick(paint, [(x + 60, y - 70), (x + 60 + k, y)], steel, 7) for k in (-50, 10, 66))
    return (
        legs
        + stick(paint, [(x + 60, y - 60), (x + 60, y - 470)], steel, 7)
        + disc(paint, x + 60, y - 500, 96, paint.lit("#e9dfc0"), 120)
    )
