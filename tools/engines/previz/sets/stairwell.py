"""The stairs of a block of flats."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, cut, glow, line, oval, path, pts
from tools.engines.previz.sets import fittings, readouts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import FLOOR_Y, LEFT, TOP, Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import extras, panes_of
from tools.engines.previz.sets.shapes import disc, poly, rod, standing, stick
from tools.engines.previz.sets.sky import opening, outlook


def stairwell(paint: Paint) -> SetDrawing:
    """Flights that cross the wall, an iron balustrade, a tall window on the landing, doors of flats."""
    dado = mix(paint.accent, paint.wall, 0.3)
    glass = [
        opening(paint, 560, 20, 190, 350, style="grid"),
        opening(paint, -640, 20, 190, 350, style="grid"),
    ]
    walls = fittings.plain_walls(paint, paint.wall, dado=dado)
    flights = _flight(paint, 860, 660, 1) + _landing(paint)
    doors = _flat_door(paint, 190, 642) + _flat_door(paint, -200, 642) + _flat_door(paint, 1960, 642)
    middle = (
        walls
        + cut(*(path(o.hole, "#000000") for o in glass))
        + "".join(o.trim for o in glass)
        + _chequered_floor(paint)
        + doors
        + flights
        + _globe_lamp(paint, 390, 60)
        + _globe_lamp(paint, 820, -10)
        + _meter(paint, 400, 220)
    )
    middle += f.plant(paint, 480, 690, 0.8) + _bicycle(paint, 720, 730)
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 20, 740), panes=panes_of(glass),
        lamps=(Lamp(390, 80, 480, "#ffe8c0"), Lamp(820, 10, 480, "#ffe8c0"), Lamp(1500, 60, 420, "#ffe8c0")),
    )  # fmt: skip


def _chequered_floor(paint: Paint) -> str:
    """The chequered floor of a stairwell."""
    tone, drawn = dark(paint.floor, 0.3), fittings.hard_floor(paint, pale(paint.floor, 0.2), joints=False)
    rows = [(FLOOR_Y + 4, 690.0), (690.0, 760.0), (760.0, 860.0), (860.0, 1010.0)]
    for r, (top, low) in enumerate(rows):
        a, b = 0.55 + (top - FLOOR_Y) / 330, 0.55 + (low - FLOOR_Y) / 330
        drawn += "".join(
            path(
                pts(
                    [
                        (800 + x * a, top),
                        (800 + (x + 110) * a, top),
                        (800 + (x + 110) * b, low),
                        (800 + x * b, low),
                    ]
                ),
                tone,
            )
            for x in range(-2860 + r % 2 * 110, 2860, 220)
        )
    return drawn


def _flight(paint: Paint, x: float, y: float, way: int) -> str:
    """Ten steps up to the right, with balusters and a rail."""
    stone, iron = mix(paint.lit("#d8d0c0"), paint.wall, 0.3), paint.lit("#3a3f48")
    under = poly(
        paint,
        [
            (x - 30, y),
            (x + 720, y - 570),
            (x + 1500, y - 570),
            (x + 1500, y - 500),
            (x + 800, y - 500),
            (x + 140, y),
        ],
        dark(stone, 0.3),
    )
    wall = poly(
        paint,
        [(x + 140, y), (x + 800, y - 500), (x + 1500, y - 500), (x + 1500, y)],
        dark(mix(paint.wall, paint.accent, 0.2), 0.16),
    )
    steps = "".join(
        poly(
            paint,
            [
                (x + k * 72, y - k * 57),
                (x + k * 72, y - (k + 1) * 57),
                (x + (k + 1) * 72 + 10, y - (k + 1) * 57),
                (x + (k + 1) * 72 + 10, y - k * 57),
            ],
            pale(stone, 0.1 + k % 2 * 0.08),
        )
        + box(x - 6 + k * 72, y - 8 - (k + 1) * 57, 88, 12, pale(stone, 0.45), ink=paint.ink, width=2.2)
        for k in range(10)
    )
    bars = "".join(
        stick(paint, [(x + 26 + k * 36, y - 30 - k * 28.5), (x + 26 + k * 36, y - 210 - k * 28.5)], iron, 5)
        for k in range(20)
    ) + "".join(disc(paint, x + 44 + k * 72, y - 150 - k * 57, 13, iron) for k in range(9))
    post = f.slab(paint, x - 26, y - 250, 44, 250, paint.wood, r=4) + disc(
        paint, x - 4, y - 270, 30, pale(paint.wood, 0.1)
    )
    rail = stick(paint, [(x - 4, y - 216), (x + 716, y - 786)], paint.wood, 21) + line(
        [(x, y - 222), (x + 716, y - 792)], pale(paint.wood, 0.4), 4, smooth=False
    )
    return wall + under + steps + bars + rail + post


def _landing(paint: Paint) -> str:
    """The underside of the flight above, coming down from the left."""
    stone, iron = mix(paint.lit("#d8d0c0"), paint.wall, 0.3), paint.lit("#3a3f48")
    slab_ = (
        f.slab(paint, LEFT, -64, 1000, 60, stone)
        + "".join(stick(paint, [(x, -64), (x, -250)], iron, 6) for x in range(-780, 200, 40))
        + stick(paint, [(LEFT, -250), (200, -250)], paint.wood, 20)
    )
    return slab_ + poly(paint, [(200, -64), (200, -4), (1700, -700), (1700, -800)], dark(stone, 0.2))


def _flat_door(paint: Paint, x: float, y: float) -> str:
    leaf = f.door(
        paint, x, y, tone=paint.pick("leaf", "#5a6f5a", "#7a4a3a", "#4a5f78") if not paint.night else ""
    )
    eye = (
        disc(paint, x, y - 270, 9, paint.lit("#c9a04a"))
        + f.slab(paint, x - 30, y - 340, 60, 40, paint.lit("#e6d8a8"), r=4)
        + readouts.digits(
            paint, x - 17, y - 334, paint.pick(f"number {x:.0f}", "12", "7", "31", "4"), paint.ink, 0.62
        )
    )
    mat = poly(
        paint,
        [(x - 90, y + 14), (x + 90, y + 14), (x + 116, y + 52), (x - 116, y + 52)],
        dark(paint.wood, 0.2),
    )
    return leaf + eye + mat + disc(paint, x + 128, y - 230, 11, paint.lit("#e6d8a8"))


def _globe_lamp(paint: Paint, x: float, y: float) -> str:
    return (
        glow(x, y + 20, 280, 280, "#ffe8b8", 0.45)
        + line([(x, TOP), (x, y - 20)], paint.ink, 5, smooth=False)
        + disc(paint, x, y + 16, 42, "#fff4d8")
        + box(x - 20, y - 34, 40, 16, paint.lit("#8a6a3a"), ink=paint.ink, width=2.5)
    )


def _meter(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#b9bcb4")
    return "".join(
        f.slab(paint, x + k * 66, y, 56, 90, steel, r=4)
        + box(x + 8 + k * 66, y + 14, 40, 18, "#20242b", r=2)
        + disc(paint, x + 28 + k * 66, y + 60, 13, dark(steel, 0.2))
        for k in range(2)
    ) + rod(paint, [(x + 28, y), (x + 28, y - 60), (x + 94, y - 60), (x + 94, y)], dark(steel, 0.2), 6)


def _bicycle(paint: Paint, x: float, y: float) -> str:
    frame, black = paint.accent, paint.lit("#2f333c")
    wheels = "".join(
        oval(x + k, y - 70, 68, 68, "none", ink=black, width=10)
        + oval(x + k, y - 70, 62, 62, "none", ink=paint.lit("#c2cacc"), width=3)
        + "".join(
            line(
                [(x + k - 60 * a, y - 70 - 60 * b), (x + k + 60 * a, y - 70 + 60 * b)],
                paint.lit("#c2cacc"),
                1.6,
            )
            for a, b in ((1, 0), (0, 1), (0.7, 0.7), (0.7, -0.7))
        )
        for k in (-100, 104)
    )
    tubes = (
        rod(
            paint,
            [(x - 100, y - 70), (x - 44, y - 160), (x + 70, y - 164), (x, y - 70), (x - 100, y - 70)],
            frame,
            8,
        )
        + rod(paint, [(x - 44, y - 160), (x, y - 70)], frame, 8)
        + rod(paint, [(x + 104, y - 70), (x + 70, y - 164), (x + 62, y - 206), (x + 30, y - 214)], frame, 8)
    )
    return (
        standing(x, 170, y)
        + wheels
        + tubes
        + path(curve([(x - 82, y - 186), (x - 40, y - 196), (x - 16, y - 182), (x - 46, y - 174)]), black)
        + stick(paint, [(x - 44, y - 160), (x - 48, y - 184)], black, 6)
    )
