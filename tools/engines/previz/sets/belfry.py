"""Up in the tower of an old town: the bell in its arch, and roofs of tiles below."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, cut, line, oval, path, pts
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import FLOOR_Y, LEFT, RIGHT, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.sky import hills, sky

ARCHES = ((-420.0, 360.0), (80.0, 300.0), (560.0, 480.0), (1220.0, 300.0), (1660.0, 360.0))
"""Left edge and width of every opening; the bell hangs in the middle one."""
SILL, SPRING = 520.0, 150.0


def belfry(paint: Paint) -> SetDrawing:
    """Stone walls with open arches, a bell on its beam with the rope hanging down, roofs below."""
    stone = mix(paint.wall, paint.lit("#b9ab94"), 0.6)
    holes = [_arch(x, w) for x, w in ARCHES]
    walls = (
        fittings.plain_walls(paint, stone)
        + _courses(paint, stone)
        + cut("".join(path(d, "#000000") for d in holes))
    )
    frames = "".join(path(d, ink=pale(stone, 0.2), width=30) + path(d, ink=paint.ink, width=4) for d in holes)
    sills = "".join(f.slab(paint, x - 30, SILL - 4, w + 60, 30, pale(stone, 0.15)) for x, w in ARCHES)
    floor = fittings.hard_floor(paint, mix(paint.floor, stone, 0.5))
    far = (
        sky(paint)
        + hills(paint, 420, _outside(paint, "#8aa09a"), seed=paint.seed, high=90)
        + tiled_roofs(paint, 440)
    )
    return SetDrawing(
        far=far + flat(FLOOR_Y, 1200, paint.floor), middle=walls + frames + sills + floor + _bell(paint),
        panes=tuple((x, SPRING - w / 2, w, SILL - SPRING + w / 2) for x, w in ARCHES), lamps=(Lamp(800, 40, 420),),
    )  # fmt: skip


def tiled_roofs(paint: Paint, y: float) -> str:
    """Roofs of an old town from above: rows of gables, a church among them."""
    tile, wall = (paint.lit(_outside(paint, tone)) for tone in ("#b5623f", "#efe3cd"))
    drawn = _tower(paint, 1330, y, wall, tile)
    for row, (base, size) in enumerate(((y + 70, 0.6), (y + 150, 0.85), (y + 250, 1.15))):
        step = 210 * size
        for k in range(int((RIGHT - LEFT) / step) + 2):
            x = LEFT + k * step + (row * 83) % step
            high = (70 + (k * 37 + row * 53 + paint.seed) % 40) * size
            tone = mix(tile, paint.lit(_outside(paint, "#8a4632")), ((k * 29 + row) % 5) / 8)
            drawn += box(
                x, base - high * 0.6, step * 0.92, 260, dark(wall, (k % 3) * 0.06), ink=paint.ink, width=2.5
            )
            drawn += path(
                pts([(x - 14, base - high * 0.5), (x + step * 0.24, base - high * 1.3),
                     (x + step * 0.7, base - high * 1.3), (x + step * 0.92 + 14, base - high * 0.5)]),
                tone, ink=paint.ink, width=2.5,
            )  # fmt: skip
            drawn += "".join(
                line([(x + step * (0.3 + j * 0.13), base - high * 1.28), (x + step * (0.16 + j * 0.2), base - high * 0.52)],
                     dark(tone, 0.22), 2, smooth=False)
                for j in range(4)
            )  # fmt: skip
            drawn += box(x + step * 0.2, base - high * 0.3, step * 0.16, 34 * size, dark(wall, 0.5))
            drawn += box(x + step * 0.56, base - high * 0.3, step * 0.16, 34 * size, dark(wall, 0.5))
    return drawn


def _outside(paint: Paint, tone: str) -> str:
    """A colour out there, which no lamp of the room reaches at night."""
    return mix(tone, "#141d38", 0.66) if paint.night and paint.indoor else tone


def _tower(paint: Paint, x: float, y: float, wall: str, tile: str) -> str:
    """Another church, far off."""
    return (
        box(x, y - 150, 84, 260, wall, ink=paint.ink, width=2.5)
        + box(x + 30, y - 120, 24, 44, dark(wall, 0.5), r=12)
        + path(pts([(x - 10, y - 150), (x + 94, y - 150), (x + 42, y - 220)]), tile, ink=paint.ink, width=2.5)
    )


def _arch(x: float, w: float) -> str:
    """A round arch as path data."""
    r = w / 2
    return f"M{x} {SILL} L{x} {SPRING} A{r} {r} 0 0 1 {x + w} {SPRING} L{x + w} {SILL} Z"


def _courses(paint: Paint, stone: str) -> str:
    """Joints of the masonry."""
    joint = dark(stone, 0.16)
    rows = range(-180, int(FLOOR_Y), 74)
    lying = "".join(box(LEFT, y, RIGHT - LEFT, 3, joint) for y in rows)
    return lying + "".join(
        box(x + (n % 2) * 70, y, 3, 74, joint)
        for n, y in enumerate(rows)
        for x in range(int(LEFT), int(RIGHT), 140)
    )


def _bell(paint: Paint) -> str:
    """The bell on its beam, and the rope that rings it."""
    bronze, x, y = paint.lit("#a9803c"), 800.0, 30.0
    beam = f.slab(paint, 540, y - 40, 520, 44, dark(paint.wood, 0.2), r=4)
    yoke = f.slab(paint, x - 60, y, 120, 50, paint.wood, r=8)
    body = (
        f"M{x - 62} {y + 60} Q{x} {y + 20} {x + 62} {y + 60} C{x + 100} {y + 130} {x + 92} {y + 230} {x + 160} {y + 296} "
        f"L{x - 160} {y + 296} C{x - 92} {y + 230} {x - 100} {y + 130} {x - 62} {y + 60} Z"
    )
    shine = path(
        f"M{x - 56} {y + 84} C{x - 78} {y + 150} {x - 70} {y + 220} {x - 112} {y + 280}",
        ink=pale(bronze, 0.35),
        width=18,
    )
    rims = "".join(
        line([(x - w, y + k), (x + w, y + k)], dark(bronze, 0.3), 5, smooth=False)
        for w, k in ((88, 140), (120, 244))
    )
    clapper = oval(x, y + 314, 26, 30, dark(bronze, 0.45), ink=paint.ink, width=3)
    rope = line(
        [(x + 60, y + 30), (1090, y + 60), (1094, 380), (1090, 700)], paint.lit("#cdb382"), 11
    ) + oval(1090, 712, 15, 26, paint.lit("#cdb382"), ink=paint.ink, width=3)
    return beam + yoke + clapper + path(body, bronze, ink=paint.ink, width=5) + shine + rims + rope
