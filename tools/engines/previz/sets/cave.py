"""Inside a cave: walls of rock round its mouth, teeth of stone above and below, a pool that takes the light."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import curve, cut, glow, line, oval, path, pts
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets.paint import BOTTOM, LEFT, RIGHT, TOP, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import poly, standing
from tools.engines.previz.sets.sky import hills, sky

MOUTH = [(560.0, 600.0), (548.0, 470.0), (604.0, 330.0), (700.0, 236.0), (812.0, 206.0), (930.0, 244.0), (1020.0, 350.0), (1052.0, 480.0), (1030.0, 600.0)]  # fmt: skip
RIMS = ((1.0, 0.0), (1.34, 0.16), (1.86, 0.3), (2.7, 0.44))
"""How much wider than the mouth every next ledge of the wall is, and how much darker."""


def cave(paint: Paint) -> SetDrawing:
    """Looking out from deep inside: what is beyond is bright by day, blue by night."""
    rock = mix(paint.wall, paint.lit("#6f675f"), 0.5)
    out = fittings.outside(paint)
    far = sky(out, 620) + hills(out, 560, "#7f9a84", seed=paint.seed, high=120) + flat(558, 200, out.lit("#8f9a7a"))  # fmt: skip
    walls = flat(TOP, BOTTOM - TOP, dark(rock, 0.12)) + cut(path(f"{curve(MOUTH, tension=0.3)}Z", "#000000"))
    ledges = "".join(_ledge(paint, rock, *rim) for rim in RIMS)
    floor = _floor(paint, rock)
    teeth = "".join(_tooth(paint, x, y, s, rock, down=True) for x, y, s in ((430, -20, 1.5), (320, -60, 1.0), (1180, -40, 1.7), (1300, -70, 1.1), (640, -10, 0.7), (980, -16, 0.8), (60, -120, 2.2), (1540, -120, 2.1)))  # fmt: skip
    stones = "".join(_tooth(paint, x, y, s, rock, down=False) for x, y, s in ((250, 760, 1.2), (390, 700, 0.8), (1290, 740, 1.3), (1180, 690, 0.7), (-120, 840, 2.0), (1720, 830, 1.9)))  # fmt: skip
    light = glow(800, 430, 760, 620, out.lit("#f4e6b8"), 0.24)
    return SetDrawing(
        far=far, middle=walls + ledges + light + floor + _pool(paint) + teeth + stones, panes=((560.0, 206.0, 480.0, 390.0),), lamps=(Lamp(470, 640, 420, "#ffc870"),)
    )  # fmt: skip


def _ledge(paint: Paint, rock: str, wide: float, deep: float) -> str:
    """One ring of rock round the mouth, its edge broken: a ring because its middle is left open."""
    dice = paint.dice(f"ledge{wide}")
    rim = [(800 + (x - 800) * wide + dice.uniform(-16, 16), 470 + (y - 470) * wide + dice.uniform(-14, 14)) for x, y in MOUTH]  # fmt: skip
    edge = curve(rim, tension=0.3)
    tone = dark(rock, deep)
    outside = pts([(LEFT, BOTTOM), (LEFT, TOP), (RIGHT, TOP), (RIGHT, BOTTOM)])
    ring = f'<path d="{outside}{edge}Z" fill="{tone}" fill-rule="evenodd"/>'
    return (
        ring
        + path(edge, ink=dark(rock, 0.6), width=4)
        + path(edge, ink=pale(tone, 0.2), width=9, opacity=0.4)
    )


def _floor(paint: Paint, rock: str) -> str:
    ground = mix(paint.floor, rock, 0.35)
    top = curve([(LEFT, 640), (200, 626), (520, 596), (800, 588), (1080, 598), (1420, 628), (RIGHT, 642)], tension=0.5)  # fmt: skip
    body = path(f"{top}L{RIGHT} {BOTTOM}L{LEFT} {BOTTOM}Z", ground, ink=paint.ink, width=3)
    dice = paint.dice("pebbles")
    pebbles = "".join(oval(dice.uniform(LEFT, RIGHT), y, 5 + (y - 600) * 0.03, 3 + (y - 600) * 0.012, dark(ground, 0.25)) for y in (640 + 5.2 * k for k in range(90)))  # fmt: skip
    return body + wash(580, 140, [(0, pale(ground, 0.3), 0.5), (1, ground, 0)]) + pebbles


def _pool(paint: Paint) -> str:
    """Still water in which the mouth of the cave stands."""
    water = paint.lit("#5f8a94")
    shape = curve([(690, 664), (820, 648), (1010, 660), (1090, 692), (980, 720), (780, 726), (640, 702)], tension=0.6)  # fmt: skip
    shine = "".join(line([(740 + k * 40, 680 + k * 9), (900 + k * 30, 678 + k * 9)], pale(water, 0.6), 4, opacity=0.7) for k in range(4))  # fmt: skip
    return path(f"{shape}Z", water, ink=paint.ink, width=3) + shine


def _tooth(paint: Paint, x: float, y: float, size: float, rock: str, *, down: bool) -> str:
    """A stone that hangs from the roof or stands on the floor."""
    tone = dark(rock, 0.2 if down else 0.08)
    if down:
        shape = at(x, y, size, "-70 -420 70 -420 52 -90 24 60 4 150 -18 70 -46 -60")
        return poly(paint, shape, tone) + line(
            at(x, y, size, "18 -300 14 -60 2 110"), pale(tone, 0.16), 6 * size
        )
    shape = at(x, y, size, "-78 0 -44 -70 -20 -150 6 -196 26 -140 48 -60 80 0")
    return standing(x, 80 * size, y) + poly(paint, shape, tone) + line(at(x, y, size, "8 -170 22 -90 40 -20"), pale(tone, 0.18), 6 * size)  # fmt: skip
