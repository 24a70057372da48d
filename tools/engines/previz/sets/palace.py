"""A street before public buildings: steps, a row of columns, a pediment, lamps along the pavement."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, line, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.built import window
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.shapes import block, disc, poly, stick
from tools.engines.previz.sets.sky import sky, skyline
from tools.engines.previz.sets.town import puddles


def palace(paint: Paint) -> SetDrawing:
    """A court, a ministry or a town hall from the pavement before it."""
    far = sky(paint) + skyline(paint, 560, tall=0.8, seed=paint.seed)
    stone = mix(paint.wall, paint.lit("#d8cfba"), 0.75)
    wings = _wing(paint, LEFT, 180, stone) + _wing(paint, 1420, RIGHT, stone)
    middle = wings + _front(paint, stone) + _steps(paint, stone) + _pavement(paint)
    middle += g.street_lamp(paint, 250, 724) + g.street_lamp(paint, 1360, 724) + _flag(paint, 800)
    middle += g.tree(paint, -180, 724, 0.7) + g.tree(paint, 1760, 724, 0.7) + puddles(paint)
    return SetDrawing(far=far, middle=middle, lamps=(Lamp(250, 200, 420), Lamp(1360, 200, 420)))


def _wing(paint: Paint, left: float, right: float, stone: str) -> str:
    body = f.slab(paint, left, 130, right - left, 560, dark(stone, 0.08)) + f.slab(paint, left, 112, right - left, 30, pale(stone, 0.2))  # fmt: skip
    body += box(left, 590, right - left, 100, dark(stone, 0.22), ink=paint.ink, width=3)
    count = int((right - left) / 160)
    panes = "".join(
        window(paint, left + 50 + k * (right - left) / count, y, 70, high)
        for k in range(count)
        for y, high in ((190, 120), (390, 150))
    )
    return body + panes


def _front(paint: Paint, stone: str) -> str:
    """The portico: a wall with tall doors behind columns, a pediment over them."""
    wall = box(180, 150, 1240, 450, dark(stone, 0.28), ink=paint.ink, width=3.5)
    doors = "".join(block(paint, x, 300, 130, 300, dark(paint.wood, 0.1)) + box(x + 62, 300, 5, 300, paint.ink) for x in (410, 735, 1060))  # fmt: skip
    glow_in = "".join(block(paint, x + 14, 240, 102, 48, "#ffdc8c" if paint.lamps else paint.lit("#8fa4ac")) for x in (410, 735, 1060))  # fmt: skip
    columns = "".join(_column(paint, x, stone) for x in (250, 450, 650, 870, 1070, 1290))
    beam = f.slab(paint, 150, 118, 1300, 54, stone) + box(150, 168, 1300, 8, dark(stone, 0.3))
    gable = poly(paint, [(130, 120), (1470, 120), (800, -120)], pale(stone, 0.1))
    inner = path(pts([(300, 100), (1300, 100), (800, -76)]), dark(stone, 0.14), ink=dark(stone, 0.4), width=3)
    seal = disc(paint, 800, 40, 52, paint.lit("#c9a860")) + disc(paint, 800, 40, 36, stone)
    scales = stick(paint, [(800, 14), (800, 66)], paint.ink, 4) + line([(774, 26), (826, 26)], paint.ink, 5)
    return wall + doors + glow_in + columns + beam + gable + inner + seal + scales


def _column(paint: Paint, x: float, stone: str) -> str:
    shaft = box(x - 32, 176, 64, 424, pale(stone, 0.12), ink=paint.ink, width=3.5)
    shade = box(x - 30, 178, 16, 420, dark(stone, 0.22)) + "".join(box(x + k, 190, 3, 400, dark(stone, 0.2)) for k in (-6, 8, 20))  # fmt: skip
    return shaft + shade + f.slab(paint, x - 46, 170, 92, 26, stone) + f.slab(paint, x - 46, 580, 92, 26, stone)  # fmt: skip


def _steps(paint: Paint, stone: str) -> str:
    return "".join(
        f.slab(
            paint, 150 - k * 34, 598 + k * 18, 1300 + k * 68, 20, mix(stone, dark(stone, 0.2), k % 2 * 0.6)
        )
        for k in range(6)
    )


def _pavement(paint: Paint) -> str:
    tone = paint.lit("#b9b2a8")
    walk = wash(690, 190, [(0, dark(tone, 0.16), 1), (1, tone, 1)]) + flat(690, 4, paint.ink)
    joints = "".join(line([(800 + x, 694), (800 + x * 1.7, 880)], dark(tone, 0.2), 3, smooth=False) for x in range(-1500, 1501, 130))  # fmt: skip
    joints += flat(740, 3, dark(tone, 0.2)) + flat(806, 3, dark(tone, 0.2))
    return walk + joints + flat(880, 20, dark(tone, 0.3)) + flat(898, 803, paint.lit("#6f7076"))


def _flag(paint: Paint, x: float) -> str:
    pole = stick(paint, [(x, -120), (x, -330)], paint.lit("#9aa2a6"), 9)
    return pole + poly(paint, [(x + 4, -326), (x + 150, -306), (x + 140, -236), (x + 4, -250)], paint.accent)
