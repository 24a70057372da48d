"""A laundry that cleans and irons."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, line, oval, path
from tools.engines.previz.sets import fittings, readouts, stock
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.shapes import blob, disc, poly, rod, standing, stick, wall_tiles
from tools.engines.previz.sets.sky import opening, outlook


def laundry(paint: Paint) -> SetDrawing:
    """Drum machines in a row; clothes under film on a rail; a counter with an iron."""
    glass = [
        opening(paint, 1420, 110, 250, 290, style="plain"),
        opening(paint, -560, 110, 250, 290, style="plain"),
    ]
    tiles = wall_tiles(paint, 330, 640, pale(paint.wall, 0.35)) + flat(320, 14, paint.accent)
    built = room(paint, glass, tiles, tiles=True, panel=False)
    machines = "".join(_washer(paint, 660 + k * 172, 690, k) for k in range(4))
    upper = "".join(_dryer(paint, 660 + k * 172, 376) for k in range(4))
    rails = stock.garments(paint, -230, 96, 800, veiled=True) + stock.garments(
        paint, 1740, 96, 560, veiled=True
    )
    rail = "".join(
        stick(paint, [(x, -300), (x, 92)], paint.lit("#b4c0c4"), 7) for x in (-220, 160, 560, 1750, 2280)
    )
    counter = (
        f.counter(paint, -180, 720, 620, paint.accent)
        + fittings.till(paint, -60, 512)
        + _iron(paint, 190, 512)
        + fittings.bell(paint, 350, 512)
    )
    if paint.tells("period"):
        rails += stock.garments(paint, 660, 96, 700) + _basket(paint, 800, 720) + _basket(paint, 1150, 730)
    lights = fittings.tube(paint, 320, 16, 300) + fittings.tube(paint, 1150, 16, 300)
    return SetDrawing(
        far=outlook(paint), middle=built + machines + upper + rail + rails + _basket(paint, 1420, 740) + counter + lights + extras(paint, 1560, 720),
        panes=panes_of(glass), lamps=(Lamp(320, 40, 560, "#fff6e0"), Lamp(1150, 40, 560, "#fff6e0")),
    )  # fmt: skip


@modern
def _washer(paint: Paint, x: float, y: float, k: int) -> str:
    white, dice = paint.lit("#eef1ee"), paint.dice(f"drum {k}")
    body = f.slab(paint, x, y - 300, 164, 300, white, r=8) + box(
        x + 10, y - 290, 144, 44, paint.lit("#cfd8da"), ink=paint.ink, width=2.4, r=4
    )
    panel = (
        disc(paint, x + 40, y - 268, 14, paint.lit("#8d959a"))
        + box(x + 74, y - 280, 66, 22, "#123038", r=3)
        + readouts.digits(paint, x + 86, y - 276, dice.choice(("24", "07", "38")), "#7af0b8", 0.36)
    )
    cx, cy = x + 82, y - 134
    tones = [paint.lit(c) for c in dice.sample(["#c9503f", "#e8b04a", "#f4f0e4", "#5a8fae", "#8a5a8c"], 3)]
    wash = "".join(
        path(
            curve(
                [
                    (cx - 52, cy + 6),
                    (cx - 20 + n * 16, cy - 30 + n * 26),
                    (cx + 30, cy - 6 + n * 12),
                    (cx + 48, cy + 26),
                    (cx, cy + 56),
                ]
            ),
            c,
        )
        for n, c in enumerate(tones)
    )
    door = (
        disc(paint, cx, cy, 74, paint.lit("#aab6ba"))
        + disc(paint, cx, cy, 58, "#41606c")
        + wash
        + oval(cx, cy, 58, 58, "none", ink=paint.ink, width=3)
    )
    return (
        body
        + panel
        + door
        + path(
            curve([(cx - 40, cy - 8), (cx - 24, cy - 38), (cx + 6, cy - 46), (cx - 18, cy - 24)]),
            "#ffffff",
            opacity=0.5,
        )
    )


@modern
def _dryer(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#d3dadb")
    body = f.slab(paint, x, y - 266, 164, 266, steel, r=8) + "".join(
        box(x + 20 + k * 26, y - 252, 16, 12, c, ink=paint.ink, width=2, r=3)
        for k, c in enumerate(("#ff6a4e", "#7af0b8", paint.lit("#8d959a")))
    )
    return (
        body
        + disc(paint, x + 82, y - 122, 72, paint.lit("#aab6ba"))
        + disc(paint, x + 82, y - 122, 57, "#3a4c56")
        + "".join(
            oval(x + 82 + dx * 30, y - 122 + dy * 30, 5, 5, "#6a7f8a")
            for dx, dy in (
                (0, 0),
                (1, 0),
                (-1, 0),
                (0, 1),
                (0, -1),
                (0.7, 0.7),
                (-0.7, 0.7),
                (0.7, -0.7),
                (-0.7, -0.7),
            )
        )
        + path(
            curve([(x + 40, y - 130), (x + 56, y - 164), (x + 86, y - 170), (x + 62, y - 146)]),
            "#ffffff",
            opacity=0.4,
        )
    )


def _iron(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#c2cacc")
    sole = poly(
        paint, [(x - 66, y), (x - 60, y - 22), (x + 30, y - 44), (x + 66, y - 44), (x + 66, y)], steel
    )
    return (
        rod(
            paint,
            [(x - 20, y - 34), (x - 10, y - 70), (x + 50, y - 74), (x + 58, y - 44)],
            paint.lit("#2f3138"),
            13,
        )
        + sole
        + line([(x + 64, y - 60), (x + 110, y - 90), (x + 96, -20)], paint.ink, 4)
    )


def _basket(paint: Paint, x: float, y: float) -> str:
    cane = mix(paint.wood, paint.lit("#d9b98a"), 0.6)
    heap = blob(
        paint,
        [(x - 110, y - 120), (x - 60, y - 190), (x + 10, y - 170), (x + 60, y - 200), (x + 112, y - 120)],
        paint.lit("#f1ece0"),
    ) + blob(
        paint, [(x - 10, y - 120), (x + 30, y - 176), (x + 90, y - 150), (x + 100, y - 118)], paint.accent
    )
    body = poly(paint, [(x - 124, y - 126), (x + 124, y - 126), (x + 104, y), (x - 104, y)], cane)
    return (
        standing(x, 130, y)
        + heap
        + body
        + "".join(
            line(
                [(x - 116 + k * 3, y - 100 + k * 32), (x + 116 - k * 3, y - 100 + k * 32)], dark(cane, 0.3), 4
            )
            for k in range(4)
        )
    )
