"""A quarry: benches cut in the rock, heaps of broken stone, a belt that lifts it."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import curve, line, path
from tools.engines.previz.sets.growing import ground
from tools.engines.previz.sets.paint import LEFT, RIGHT, Paint, SetDrawing
from tools.engines.previz.sets.shapes import disc, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.town import puddles

STEPS = ((300.0, 96.0), (396.0, 92.0), (488.0, 100.0))
"""Where each bench of the face begins, and how high it is."""


def quarry(paint: Paint) -> SetDrawing:
    """A face of rock in steps behind a floor of dust, a loading belt, heaps of stone."""
    stone = mix(paint.lit("#b9b2a4"), paint.wall, 0.25)
    far = sky(paint) + hills(paint, 330, "#8aa080", seed=paint.seed, high=90)
    face = "".join(_bench(paint, top, high, mix(stone, paint.ink, 0.05 * k), k) for k, (top, high) in enumerate(STEPS))  # fmt: skip
    heaps = "".join(
        _heap(paint, x, y, size, stone)
        for x, y, size in ((1480, 720, 1.2), (90, 706, 0.9), (-420, 730, 1.1), (2100, 740, 1.2))
    )
    floor = ground(paint, 588, mix(paint.lit("#c2b8a4"), paint.floor, 0.3), tufts=14)
    return SetDrawing(far=far, middle=face + floor + _belt(paint, 1140, 690) + heaps + puddles(paint))


def _bench(paint: Paint, top: float, high: float, tone: str, k: int) -> str:
    """One step of the face: a ragged edge, cracks, marks of the drill."""
    dice, x = paint.dice(f"bench{k}"), LEFT
    edge = [(LEFT, top)]
    while x < RIGHT:
        x += dice.uniform(90, 190)
        edge.append((x, top + dice.uniform(-16, 20)))
    form = [*edge, (RIGHT + 200, top + high + 20), (LEFT, top + high + 20)]
    drawn = poly(paint, form, tone, 3) + line(edge, pale(tone, 0.25), 7, smooth=False)
    for _ in range(34):
        at, low = dice.uniform(LEFT, RIGHT), dice.uniform(24, high - 14)
        bend = [(at, top + 22), (at + dice.uniform(-10, 10), top + low * 0.6), (at + dice.uniform(-14, 14), top + low)]  # fmt: skip
        drawn += line(bend, dark(tone, 0.2), 3, smooth=False)
    return drawn


def _heap(paint: Paint, x: float, y: float, size: float, tone: str) -> str:
    """Broken stone in a cone."""
    dice = paint.dice(f"heap{x}")
    form = curve([(x - 210 * size, y), (x - 110 * size, y - 84 * size), (x, y - 150 * size), (x + 120 * size, y - 78 * size), (x + 214 * size, y)], tension=0.5)  # fmt: skip
    drawn = standing(x, 220 * size, y) + path(f"{form}Z", tone, ink=paint.ink, width=3.5)
    for _ in range(26):
        up = dice.random()
        at = x + dice.uniform(-190, 190) * size * (1 - up)
        shade = dice.choice((pale(tone, 0.14), dark(tone, 0.12)))
        drawn += disc(paint, at, y - 8 * size - up * 120 * size, 15 * size, shade, 10 * size)
    return drawn


def _belt(paint: Paint, x: float, y: float) -> str:
    """A belt on stilts that carries stone up to a hopper."""
    steel, yellow = paint.lit("#7f868a"), paint.lit("#d9a63a")
    stilts = "".join(stick(paint, [(x - 250 + k * 130, y), (x - 250 + k * 130, y - 60 - k * 74)], steel, 11) for k in range(4))  # fmt: skip
    way = poly(paint, [(x - 320, y - 30), (x + 240, y - 340), (x + 260, y - 304), (x - 300, y + 4)], yellow)
    load = "".join(disc(paint, x - 270 + k * 62, y - 66 - k * 34, 22, paint.lit("#a8a294"), 14) for k in range(8))  # fmt: skip
    hopper = poly(paint, [(x + 190, y - 280), (x + 350, y - 280), (x + 306, y - 160), (x + 234, y - 160)], steel)  # fmt: skip
    legs = "".join(stick(paint, [(x + k, y), (x + k, y - 170)], steel, 12) for k in (230, 310))
    return standing(x, 280, y) + stilts + legs + load + way + hopper
