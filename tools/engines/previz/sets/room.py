"""What all rooms have: walls, floor, daylight, and props that the script names."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, line, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.paint import FLOOR_Y, LEFT, RIGHT, Paint, flat, wash


def shell(paint: Paint, *, tiles: bool = False, panel: bool = True, stripes: bool = False) -> str:
    """Wall, skirting and floor: what all rooms have."""
    wall, floor = paint.wall, paint.floor
    back = wash(
        -260, FLOOR_Y + 260, [(0, dark(wall, 0.34), 1), (0.5, wall, 1), (1, dark(wall, 0.1), 1)]
    ) + flat(-1000, 742, dark(wall, 0.34))
    if stripes:
        back += "".join(
            box(x, -300, 26, FLOOR_Y + 300, dark(wall, 0.08), opacity=0.5)
            for x in range(int(LEFT), int(RIGHT), 76)
        )
    low = ""
    if panel:
        tone = mix(wall, paint.wood, 0.35)
        low = flat(FLOOR_Y - 150, 150, tone) + flat(FLOOR_Y - 158, 12, pale(tone, 0.25))
        low += "".join(
            box(x, FLOOR_Y - 128, 150, 92, "none", ink=dark(tone, 0.22), width=3, r=2)
            for x in range(int(LEFT), int(RIGHT), 190)
        )
    skirting = flat(FLOOR_Y - 20, 22, pale(wall, 0.3)) + flat(FLOOR_Y, 4, paint.ink)
    ground = wash(FLOOR_Y + 3, 360, [(0, dark(floor, 0.3), 1), (1, floor, 1)]) + flat(
        FLOOR_Y + 360, 720, floor
    )
    return back + low + skirting + ground + (_tiles(paint) if tiles else _boards(paint))


def _boards(paint: Paint) -> str:
    tone = dark(paint.floor, 0.26)
    rays = "".join(
        line([(800 + x, FLOOR_Y + 4), (800 + x * 2.6, 1300)], tone, 2.6, smooth=False, opacity=0.7)
        for x in range(-1600, 1601, 100)
    )
    return rays + "".join(line([(LEFT, y), (RIGHT, y)], tone, 2, opacity=0.35) for y in (676, 732, 820, 960))


def _tiles(paint: Paint) -> str:
    tone = dark(paint.floor, 0.16)
    cells, rows = [], [(FLOOR_Y + 3, 672.0), (672.0, 718.0), (718.0, 786.0), (786.0, 890.0), (890.0, 1060.0)]
    for r, (top, low) in enumerate(rows):
        a, b = 0.55 + (top - FLOOR_Y) / 330, 0.55 + (low - FLOOR_Y) / 330
        cells += [
            path(
                pts(
                    [
                        (800 + x * a, top),
                        (800 + (x + 150) * a, top),
                        (800 + (x + 150) * b, low),
                        (800 + x * b, low),
                    ]
                ),
                tone,
            )
            for x in range(-3000 + (r % 2) * 150, 3000, 300)
        ]
    return "".join(cells)


def light_pool(paint: Paint, x: float, w: float) -> str:
    """Daylight that falls through a window on the floor."""
    if paint.weather != "clear" or paint.time == "night":
        return ""
    tone = "#fff0c0" if paint.time == "day" else "#ffb06a"
    return path(
        pts([(x + 40, FLOOR_Y + 30), (x + w + 40, FLOOR_Y + 30), (x + w + 190, 860), (x + 120, 860)]),
        tone,
        opacity=0.22,
    )


def extras(paint: Paint, x: float, y: float) -> str:
    """Named props that a set does not have by itself."""
    drawn = ""
    if paint.has("piano"):
        drawn += f.slab(paint, x - 150, y - 250, 300, 230, paint.lit("#2a2228"), r=6) + f.slab(
            paint, x - 165, y - 150, 330, 30, paint.lit("#f4efe2"), r=3
        )
    if paint.has("flower", "flor", "vase", "jarr", "vaso"):
        drawn += (
            g.bush(paint, x + 10, y - 196, 0.34, bloom="#d8506a")
            + path(
                curve(
                    [
                        (x - 18, y - 200),
                        (x - 26, y - 160),
                        (x - 12, y - 130),
                        (x + 32, y - 130),
                        (x + 46, y - 160),
                        (x + 38, y - 200),
                    ]
                ),
                paint.lit("#7fa8b8"),
                ink=paint.ink,
                width=3.5,
            )
            + f.table(paint, x + 10, y, 120)
        )
    return drawn
