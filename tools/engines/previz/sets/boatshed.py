"""Where boats are built or mended: a timber shed whose doors stand open on the slip."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, cut, line, path, pts
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import FLOOR_Y, LEFT, RIGHT, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import block, poly, rod, standing, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.water import water

DOOR = (560.0, 120.0, 620.0, 524.0)
"""Left, top, width and height of the way out to the water."""


def boatshed(paint: Paint) -> SetDrawing:
    """Planks, a boat on trestles, a bench with tools, and the water behind the open doors."""
    wall = mix(paint.wall, paint.wood, 0.45)
    planks = "".join(box(x, -40, 5, 690, dark(wall, 0.2)) for x in range(int(LEFT), int(RIGHT), 62))
    x, y, w, h = DOOR
    hole = pts([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
    frame = path(hole, ink=dark(paint.wood, 0.15), width=26) + path(hole, ink=paint.ink, width=4)
    slip = poly(paint, [(x + 60, 644), (x + w - 60, 644), (x + w - 190, 520), (x + 190, 520)], paint.lit("#a39c90"), 3)  # fmt: skip
    built = (
        fittings.plain_walls(paint, wall) + planks + fittings.trusses(paint) + cut(path(hole, "#000000"))
        + fittings.hard_floor(paint, mix(paint.floor, paint.wood, 0.3), joints=False)
    )  # fmt: skip
    doors = _leaf(paint, x - 250, y, 236, h) + _leaf(paint, x + w + 14, y, 236, h)
    things = _bench(paint, 60, 690) + _oars(paint, 1500) + _hull(paint, 1330, 752) + _shavings(paint)
    lamps = "".join(fittings.hung(paint, at, 30) for at in (330, 1330))
    far = sky(paint) + hills(paint, 470, "#8aa09a", seed=paint.seed, high=90) + water(paint, 468, 660)
    return SetDrawing(
        far=far + slip + flat(660, 1100, paint.lit("#8f887c")), middle=built + frame + doors + things + lamps
        + extras(paint, 420, 780), panes=(DOOR,), lamps=(Lamp(330, 80, 520), Lamp(1330, 80, 520)),
    )  # fmt: skip


def _leaf(paint: Paint, x: float, y: float, w: float, h: float) -> str:
    """One of the big doors, folded back against the wall."""
    tone = mix(paint.accent, paint.wood, 0.55)
    boards = "".join(line([(x + k, y), (x + k, y + h)], dark(tone, 0.22), 3, smooth=False) for k in (48, 96, 144, 192))  # fmt: skip
    brace = stick(paint, [(x + 14, y + h - 40), (x + w - 14, y + 40)], pale(tone, 0.12), 20)
    rails = "".join(block(paint, x, y + k, w, 26, pale(tone, 0.12)) for k in (24, h - 56))
    return block(paint, x, y, w, h, tone) + boards + brace + rails


def _bench(paint: Paint, x: float, y: float) -> str:
    """A long bench with a vise under saws and planes on their nails."""
    steel = paint.lit("#aab4b8")
    saws = "".join(
        poly(paint, [(x + k, 300), (x + k + 170, 286), (x + k + 172, 316), (x + k + 8, 342)], steel)
        + block(paint, x + k - 26, 294, 40, 50, paint.wood, r=12)
        for k in (-280, -20)
    )
    top = f.slab(paint, x - 360, y - 176, 620, 30, pale(paint.wood, 0.1), r=3)
    legs = "".join(block(paint, x + k, y - 148, 30, 148, dark(paint.wood, 0.2)) for k in (-340, -60, 210))
    vise = block(paint, x + 180, y - 206, 56, 34, dark(steel, 0.3)) + rod(paint, [(x + 208, y - 150), (x + 208, y - 110)], steel, 7)  # fmt: skip
    plane = block(paint, x - 120, y - 202, 120, 26, paint.wood, r=5) + block(paint, x - 30, y - 222, 16, 22, dark(paint.wood, 0.3), r=5)  # fmt: skip
    pots = "".join(block(paint, x - 320 + k * 52, y - 226, 40, 50, paint.lit(tone), r=4) for k, tone in enumerate(("#c9503f", "#3f7f8c", "#e8dfc8")))  # fmt: skip
    return standing(x - 50, 320, y) + saws + legs + top + vise + plane + pots


def _hull(paint: Paint, x: float, y: float) -> str:
    """A boat half built, keel down on two trestles."""
    wood = mix(paint.wood, paint.lit("#d8a868"), 0.6)
    form = curve([(x - 330, y - 250), (x - 250, y - 110), (x - 90, y - 70), (x + 170, y - 76), (x + 300, y - 250), (x + 120, y - 226), (x - 140, y - 222)], tension=0.5)  # fmt: skip
    strakes = "".join(line([(x - 340, y - 218 + k), (x - 40, y - 176 + k), (x + 310, y - 226 + k)], dark(wood, 0.24), 4) for k in (0, 34, 68, 100))  # fmt: skip
    ribs = "".join(stick(paint, [(x + k, y - 226), (x + k + 4, y - 300)], pale(wood, 0.15), 10) for k in (-160, -60, 40, 140))  # fmt: skip
    trestles = "".join(
        stick(paint, [(x + k - 50, y), (x + k, y - 100)], paint.wood, 12)
        + stick(paint, [(x + k + 50, y), (x + k, y - 100)], paint.wood, 12)
        + block(paint, x + k - 70, y - 112, 140, 18, paint.wood)
        for k in (-170, 150)
    )
    return standing(x, 320, y) + ribs + trestles + path(form, wood) + clip(form, strakes) + path(form, ink=paint.ink, width=4)  # fmt: skip


def _oars(paint: Paint, x: float) -> str:
    """Oars and a coil of rope on the wall."""
    tone = paint.lit("#d8b888")
    oars = "".join(
        stick(paint, [(x + k, 610), (x + k + 30, 170)], tone, 10)
        + poly(paint, [(x + k + 16, 200), (x + k + 46, 202), (x + k + 56, 60), (x + k + 20, 58)], tone)
        for k in (90, 160)
    )
    return oars + fittings.ropes(paint, x + 330, 300, paint.lit("#c9b283"))


def _shavings(paint: Paint) -> str:
    dice, curl = paint.dice("shavings"), paint.lit("#e6c48f")
    drawn = ""
    for _ in range(34):
        x, y = dice.uniform(-300, 1900), dice.uniform(FLOOR_Y + 60, 900)
        drawn += line([(x, y), (x + 10, y - 10), (x + 22, y - 2), (x + 14, y + 6)], curl, 4)
    return drawn
