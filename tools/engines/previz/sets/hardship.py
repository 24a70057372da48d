"""What drought and flood leave: a lake bed of cracked mud, a street after the water."""

import random

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, line, num, path
from tools.engines.previz.sets.barren import dead_tree
from tools.engines.previz.sets.paint import LEFT, RIGHT, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import block, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.water import LAKE, rowing_boat, water

MUD = "#a98d68"


def dry_lake(paint: Paint) -> SetDrawing:
    """A reservoir in a drought: low hills with the tide mark, a rest of water, cracked mud, old walls."""
    far = sky(paint) + hills(paint, 540, "#a3a283", seed=paint.seed, high=120)
    far += flat(520, 50, paint.lit("#c9b48c")) + flat(548, 5, paint.lit("#9a8664"))
    far += water(paint, 570, 620, tone=LAKE, waves=24) + flat(619, 1082, paint.lit(MUD))
    bed = wash(612, 300, [(0, dark(paint.lit(MUD), 0.16), 1), (1, paint.lit(MUD), 1)])
    bed += flat(911, 790, paint.lit(MUD)) + cracks(paint, 616, 1300)
    middle = bed + _ruin(paint, 330, 690) + _ruin(paint, 1420, 664, size=0.7)
    middle += rowing_boat(paint, 1060, 716, 0.7, paint.accent) + dead_tree(paint, 1800, 740, 1.2)
    return SetDrawing(far=far, middle=middle + dead_tree(paint, -180, 720, 1.0))


def cracks(paint: Paint, top: float, low: float) -> str:
    """The net of cracks in dried mud, wider near the camera."""
    dice, drawn = paint.dice("cracks"), {2.0: "", 3.4: "", 5.0: ""}
    y = top
    while y < low:
        near = (y - top) / (low - top)
        high, wide = 12 + 90 * near, 60 + 190 * near
        x = LEFT - dice.uniform(0, wide)
        while x < RIGHT:
            width = 2.0 if near < 0.2 else 3.4 if near < 0.5 else 5.0
            drawn[width] += _crack(dice, x, y, wide, high)
            x += wide
        y += high
    tone = dark(paint.lit(MUD), 0.4)
    return "".join(path(d, ink=tone, width=width, opacity=0.75) for width, d in drawn.items() if d)


def _crack(dice: random.Random, x: float, y: float, wide: float, high: float) -> str:
    bend = [dice.uniform(-0.3, 0.3) for _ in range(4)]
    across = f"M{num(x)} {num(y)}l{num(wide * 0.45)} {num(high * bend[0])}L{num(x + wide)} {num(y)}"
    return (
        across + f"M{num(x + wide * 0.45)} {num(y + high * bend[0])}l{num(wide * bend[1] * 0.6)} {num(high)}"
    )


def _ruin(paint: Paint, x: float, y: float, *, size: float = 1.0) -> str:
    """The walls of a drowned house: a doorway, a gable broken off."""
    stone = paint.lit("#b3a58a")
    shape = "-210 0 -210 -150 -170 -210 -120 -180 -60 -250 20 -190 60 -200 60 0 0 0 0 -120 -90 -120 -90 0"
    far = poly(paint, at(x, y, size, "60 0 60 -120 110 -150 170 -90 230 -100 240 0"), dark(stone, 0.16))
    courses = "".join(
        line(at(x, y, size, f"{a} {b} {a + 40} {b}"), dark(stone, 0.3), 3)
        for a, b in ((-200, -40), (-180, -90), (-150, -140), (-80, -160), (-40, -200), (10, -50), (10, -150))
    )
    return standing(x, 220 * size, y) + far + poly(paint, at(x, y, size, shape), stone) + courses


def mud(paint: Paint, y: float) -> str:
    """What a flood leaves in front of the houses: silt, its line on the walls, a heap of wet things."""
    silt, dice = paint.lit("#7d664a"), paint.dice("silt")
    crest = [(LEFT + k * 200.0, y + dice.uniform(-14, 22)) for k in range(17)]
    sheet = curve([*crest, (RIGHT + 60, 1701.0), (LEFT - 60, 1701.0)], tension=0.6)
    shine = "".join(
        line([(x, y + 60 + k * 26), (x + 130, y + 52 + k * 26)], pale(silt, 0.3), 7, opacity=0.6)
        for k, x in enumerate((-300, 180, 640, 1010, 1380, 60, 820))
    )
    stain = box(LEFT, 470, RIGHT - LEFT, y - 470, silt, opacity=0.3)
    return stain + path(sheet, silt, ink=dark(silt, 0.3), width=3) + shine + _heap(paint, 260, y + 30) + _heap(paint, 1450, y + 20)  # fmt: skip


def _heap(paint: Paint, x: float, y: float) -> str:
    """A broken chair, a drawer, boards and a mattress in a pile."""
    wood, wet = mix(paint.wood, paint.lit("#7d664a"), 0.5), paint.lit("#8f8676")
    bed = poly(paint, at(x, y, 1, "-190 0 -160 -90 90 -130 150 0"), wet)
    boards = "".join(
        stick(paint, at(x, y, 1, shape), wood, 15)
        for shape in ("-170 -20 60 -190", "-60 -70 170 -120", "-120 -100 -10 -230", "40 -40 190 -30")
    )
    drawer = block(paint, x - 40, y - 112, 120, 62, dark(wood, 0.1)) + block(paint, x + 8, y - 88, 24, 10, pale(wood, 0.3))  # fmt: skip
    return standing(x, 210, y) + bed + boards + drawer
