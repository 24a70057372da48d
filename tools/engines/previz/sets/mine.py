"""Under the ground: a gallery on timber props, rails that run into the dark, a tub of ore, hung lamps."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, glow, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import BOTTOM, LEFT, RIGHT, TOP, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import disc, poly, standing, stick

FRAMES = ((0.2, 476.0), (0.34, 520.0), (0.56, 584.0), (0.94, 700.0))
"""The props from far to near: their size, and where they stand."""


def mine(paint: Paint) -> SetDrawing:
    """The gallery from its middle: rock, four frames of props, rails, a lamp on every other one."""
    rock = mix(paint.wall, paint.lit("#6a5c50"), 0.4)
    walls = flat(TOP, BOTTOM - TOP, dark(rock, 0.3)) + _rock(paint, rock)
    hole = path(curve([(700, 480), (706, 392), (800, 366), (894, 392), (900, 480)], tension=0.6), "#0c090a", ink=paint.ink, width=3)  # fmt: skip
    frames = "".join(_frame(paint, size, y, k) for k, (size, y) in enumerate(FRAMES))
    middle = walls + _floor(paint, rock) + hole + _rails(paint) + frames + _tub(paint, 1210, 740)
    middle += _heap(paint, 250, 760) + _heap(paint, 1640, 770)
    lamps = (Lamp(470, 210, 520, "#ffcf80"), Lamp(1030, 316, 320, "#ffcf80"))
    return SetDrawing(far=flat(TOP, BOTTOM - TOP, "#0c090a"), middle=middle, lamps=lamps)


def _rock(paint: Paint, rock: str) -> str:
    """Faces of stone that catch the light, smaller towards the end of the gallery."""
    dice, drawn = paint.dice("rock"), ""
    for k in range(170):
        near = k / 170
        way = dice.choice((-1, 1))
        x = 800 + way * (130 + 1400 * near * dice.uniform(0.6, 1.1))
        y = dice.uniform(-500, 640) * (0.2 + 0.8 * near) + 360 * (1 - near)
        s = 0.3 + 1.3 * near
        tone = mix(rock, dark(rock, 0.42), dice.random())
        shape = at(
            x, y, s, f"-60 {dice.uniform(-20, 10)} -16 -48 52 -36 70 {dice.uniform(0, 26)} 10 44 -44 32"
        )
        drawn += path(pts(shape), tone, ink=dark(rock, 0.5), width=2)
    return drawn


def _floor(paint: Paint, rock: str) -> str:
    d = [(700.0, 478.0), (900.0, 478.0), (2500.0, 900.0), (2500.0, 1700.0), (-900.0, 1700.0), (-900.0, 900.0)]
    ground, dice = mix(paint.floor, rock, 0.3), paint.dice("gravel")
    stones = "".join(
        oval(dice.uniform(LEFT, RIGHT), y, 5 + (y - 600) * 0.03, 3 + (y - 600) * 0.012, dark(ground, 0.24))
        for y in (640 + 4.6 * k for k in range(120))
    )
    return path(pts(d), ground, ink=paint.ink, width=3) + stones


def _rails(paint: Paint) -> str:
    iron, sleepers = paint.lit("#8a8480"), ""
    for k in range(13):
        near = (k / 12) ** 2
        y, half = 486 + 700 * near, 40 + 430 * near
        sleepers += f.slab(paint, 800 - half, y, half * 2, 5 + 26 * near, dark(paint.wood, 0.2))
    rails = "".join(poly(paint, [(800 + w * 24, 480), (800 + w * 30, 480), (800 + w * 420, 1300), (800 + w * 370, 1300)], iron, 2.5) for w in (-1, 1))  # fmt: skip
    return sleepers + rails


def _frame(paint: Paint, size: float, y: float, k: int) -> str:
    """Two props and the beam they carry."""
    wood, half, high = mix(paint.wood, "#1a1210", 0.4 * (1 - size)), 640 * size, 660 * size
    drawn = "".join(
        poly(
            paint,
            at(800 + way * half, y, size, f"-34 0 34 0 {30 - way * 14} -660 {-30 - way * 14} -660"),
            wood,
        )
        + line(at(800 + way * half, y, size, f"-8 -20 {-6 - way * 10} -640"), dark(wood, 0.3), 5 * size)
        for way in (-1, 1)
    )
    beam = f.slab(paint, 800 - half - 60 * size, y - high - 50 * size, half * 2 + 120 * size, 62 * size, pale(wood, 0.06))  # fmt: skip
    return drawn + beam + (_lantern(paint, 800 - half * 0.56, y - high + 20 * size, size) if k % 2 else "")


def _lantern(paint: Paint, x: float, y: float, size: float) -> str:
    iron = paint.lit("#4a4a4c")
    cord = line([(x, y), (x, y + 60 * size)], paint.ink, 4)
    glass = box(x - 20 * size, y + 76 * size, 40 * size, 56 * size, "#fff0bf", ink=paint.ink, width=3, r=8)
    cap = poly(paint, at(x, y + 76 * size, size, "-26 0 26 0 12 -22 -12 -22"), iron, 3)
    foot = disc(paint, x, y + 134 * size, 24 * size, iron, 7 * size)
    return glow(x, y + 100 * size, 420 * size, 380 * size, "#ffc870", 0.6) + cord + glass + cap + foot


def _tub(paint: Paint, x: float, y: float) -> str:
    """A tub on wheels, heaped with ore."""
    rust = paint.lit("#8a5a44")
    ore = "".join(disc(paint, x + dx, y - 196 + abs(dx) * 0.3, 38, paint.lit("#4f4a48"), 28) for dx in (-90, 84, -40, 36, 0))  # fmt: skip
    body = poly(paint, at(x, y, 1, "-150 -190 150 -190 112 -52 -112 -52"), rust)
    bands = "".join(line(at(x, y, 1, f"{a} -186 {a * 0.76} -56"), dark(rust, 0.3), 7) for a in (-90, 0, 90))
    wheels = "".join(disc(paint, x + k, y - 34, 34, paint.lit("#5a5450")) + disc(paint, x + k, y - 34, 10, paint.ink) for k in (-72, 72))  # fmt: skip
    return standing(x, 170, y) + ore + body + bands + wheels + stick(paint, [(x - 130, y - 190), (x + 130, y - 190)], rust, 12)  # fmt: skip


def _heap(paint: Paint, x: float, y: float) -> str:
    """Broken stone, a pick left in it."""
    tone = paint.lit("#6a605a")
    stones = "".join(poly(paint, at(x + dx, y - dy, s, "-50 0 -40 -44 10 -60 52 -30 46 0"), mix(tone, dark(tone, 0.2), k % 2)) for k, (dx, dy, s) in enumerate(((-110, 0, 1.1), (100, 0, 1.2), (-30, 40, 1.0), (40, 36, 0.9), (0, 0, 1.3))))  # fmt: skip
    pick = stick(paint, [(x + 30, y - 60), (x + 120, y - 250)], paint.wood, 11) + line([(x + 50, y - 270), (x + 124, y - 258), (x + 190, y - 206)], paint.lit("#8a9094"), 14)  # fmt: skip
    return standing(x, 170, y) + pick + stones
