"""What all rooms have: walls, floor, daylight, and props that the script names."""

from collections.abc import Sequence
from itertools import pairwise

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, cut, group, line, path, pts
from tools.engines.previz.objects import OBJECTS, UNKNOWN, drawn_object, known_object
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.paint import FLOOR_Y, LEFT, RIGHT, TOP, Paint, Pane, flat, wash
from tools.engines.previz.sets.sky import Opening
from tools.pictures.library import pictures

CEILING_Y = -34.0


def room(
    paint: Paint,
    openings: Sequence[Opening] = (),
    *on_the_wall: str,
    tiles: bool = False,
    panel: bool = True,
    stripes: bool = False,
) -> str:
    """A room's walls and floor with its windows let in, and what hangs on the wall."""
    built = shell(paint, tiles=tiles, panel=panel, stripes=stripes)
    walls = built + "".join(on_the_wall) + cut(*(path(o.hole, "#000000") for o in openings))
    return walls + "".join(o.trim for o in openings)


def panes_of(openings: Sequence[Opening]) -> tuple[Pane, ...]:
    """The glass of some windows."""
    return tuple(o.pane for o in openings)


def shell(paint: Paint, *, tiles: bool = False, panel: bool = True, stripes: bool = False) -> str:
    """Ceiling, wall, skirting and floor: what all rooms have."""
    wall, floor = paint.wall, paint.floor
    back = wash(
        CEILING_Y, FLOOR_Y - CEILING_Y, [(0, dark(wall, 0.24), 1), (0.45, wall, 1), (1, dark(wall, 0.1), 1)]
    ) + _ceiling(paint)
    if stripes:
        back += "".join(
            box(x, CEILING_Y, 26, FLOOR_Y - CEILING_Y, dark(wall, 0.08), opacity=0.5)
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


def _ceiling(paint: Paint) -> str:
    tone = mix(pale(paint.wall, 0.3), paint.lit("#8d7f78"), 0.4)
    rays = "".join(
        line([(800 + x, CEILING_Y - 20), (800 + x * 2.6, TOP)], dark(tone, 0.16), 3, smooth=False)
        for x in range(-1600, 1601, 200)
    )
    cornice = flat(CEILING_Y - 22, 24, pale(paint.wall, 0.34)) + flat(CEILING_Y + 2, 3, paint.ink)
    return wash(TOP, CEILING_Y - TOP, [(0, dark(tone, 0.4), 1), (1, tone, 1)]) + rays + cornice


def _boards(paint: Paint) -> str:
    tone = dark(paint.floor, 0.26)
    rays = "".join(
        line([(800 + x, FLOOR_Y + 4), (800 + x * 2.6, 1300)], tone, 2.6, smooth=False, opacity=0.7)
        for x in range(-1600, 1601, 100)
    )
    return rays + "".join(line([(LEFT, y), (RIGHT, y)], tone, 2, opacity=0.35) for y in (676, 732, 820, 960))


def _tiles(paint: Paint) -> str:
    tone = dark(paint.floor, 0.16)
    edges = (FLOOR_Y + 3, 672.0, 718.0, 786.0, 890.0, 1060.0, 1340.0, 1800.0)
    cells = []
    for r, (top, low) in enumerate(pairwise(edges)):
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


ON_TABLE_CM = 60
HANDLED = ("piano", "flower", "flor", "vase", "jarr", "vaso", "plant")


def extras(paint: Paint, x: float, y: float) -> str:
    """Props that the script names: furniture as such, what lies about on a small table."""
    drawn = ""
    if paint.has("piano"):
        drawn += f.slab(paint, x - 150, y - 250, 300, 230, paint.lit("#2a2228"), r=6)
        drawn += f.slab(paint, x - 165, y - 150, 330, 30, paint.lit("#f4efe2"), r=3)
    if paint.has("plant"):
        drawn += f.plant(paint, x + 150, y, 0.9)
    if paint.has("flower", "flor", "vase", "jarr", "vaso"):
        drawn += _vase(paint, x, y)
    return drawn + _laid_out(paint, x, y)


def _laid_out(paint: Paint, x: float, y: float) -> str:
    """Up to three things that have a drawing of their own, on a side table."""
    names = [known_object(prop) for prop in paint.props if not any(word in prop for word in HANDLED)]
    # A bed that the script names is furniture: what lies on a table has been drawn to lie there.
    things = [name for name in dict.fromkeys(names) if name in OBJECTS and _fits_a_table(name)][:3]
    if not things:
        return ""
    wide = 60.0 + 104.0 * len(things)
    table = f.table(paint, x - 20, y + 6, wide)
    left = x - 20 - wide / 2 + 82
    return table + "".join(
        group(
            drawn_object(name, paint.ink),
            transform=f"translate({left + k * 104:.0f} {y - 208:.0f}) scale(0.46)",
        )
        for k, name in enumerate(things)
    )


def _fits_a_table(name: str) -> bool:
    """A stove or a bed among the props is furniture of the set, never a toy on a table."""
    picture = pictures().get(name)
    furniture = picture is not None and picture.kind == "house" and picture.cm > ON_TABLE_CM
    return name != UNKNOWN and not furniture


def _vase(paint: Paint, x: float, y: float) -> str:
    vase = [(-18, -200), (-26, -160), (-12, -130), (32, -130), (46, -160), (38, -200)]
    body = path(curve([(x + a, y + b) for a, b in vase]), paint.lit("#7fa8b8"), ink=paint.ink, width=3.5)
    return g.bush(paint, x + 10, y - 196, 0.34, bloom="#d8506a") + body + f.table(paint, x + 10, y, 120)
