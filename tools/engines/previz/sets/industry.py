"""Where goods are made: factory and winery."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, cut, line, oval, path, pts
from tools.engines.previz.sets import fittings, readouts, stock
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.paint import BOTTOM, TOP, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.room import extras, panes_of
from tools.engines.previz.sets.shapes import block, bricks, disc, rod, standing, stick
from tools.engines.previz.sets.sky import opening, outlook


def factory(paint: Paint) -> SetDrawing:
    """Machines, a belt with goods, pipes and dials under tall windows."""
    glass = [opening(paint, x, 70, 210, 250, style="grid") for x in (-460, 150, 640, 1180, 1860)]
    brick = mix(paint.wall, paint.lit(paint.pick("brick", "#a86a50", "#8f9a98", "#c9b490")), 0.6)
    walls = fittings.plain_walls(paint, brick) + bricks(paint, -40, 640, brick) + fittings.trusses(paint)
    belt = _belt(paint, 330, 690)
    middle = (
        walls
        + cut(*(path(o.hole, "#000000") for o in glass))
        + "".join(o.trim for o in glass)
        + fittings.pipes(paint, 352, (paint.lit("#c9853f"), paint.lit("#5f8a8a")))
    )
    middle += (
        fittings.hard_floor(paint)
        + _press(paint, 40, 680)
        + _boiler(paint, 1010, 680)
        + belt
        + _press(paint, 1600, 680)
        + _boiler(paint, -420, 680)
        + fittings.hung(paint, 520, 60)
        + fittings.hung(paint, 1090, 60)
    )
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 1330, 740), panes=panes_of(glass),
        lamps=(Lamp(520, 100, 540), Lamp(1090, 100, 540), Lamp(-200, 100, 400)),
    )  # fmt: skip


def _signal_lamps(paint: Paint, x: float, y: float) -> str:
    return disc(paint, x - 110, y - 500, 24, "#ff5a4e") + disc(paint, x - 40, y - 500, 24, "#7af0b8")


def _press(paint: Paint, x: float, y: float) -> str:
    """A tall machine with a head, a screw and lamps."""
    green, steel = mix(paint.lit("#4f7a6a"), paint.accent, 0.2), paint.lit("#b9c2c4")
    posts = "".join(f.slab(paint, x + k, y - 500, 46, 420, green) for k in (-150, 104))
    head = (
        f.slab(paint, x - 180, y - 560, 360, 120, green, r=10)
        + ("" if paint.tells("period") else _signal_lamps(paint, x, y))
        + readouts.gauge(paint, x + 90, y - 500, 42)
    )
    ram = (
        block(paint, x - 22, y - 440, 44, 120, steel)
        + f.slab(paint, x - 90, y - 330, 180, 54, dark(steel, 0.15), r=5)
        + "".join(
            line([(x - 22, y - 430 + k), (x + 22, y - 420 + k)], dark(steel, 0.3), 4)
            for k in range(0, 90, 18)
        )
    )
    bands = "".join(
        path(
            pts(
                [
                    (x - 176 + k * 44, y - 440),
                    (x - 154 + k * 44, y - 440),
                    (x - 164 + k * 44, y - 418),
                    (x - 186 + k * 44, y - 418),
                ]
            ),
            paint.lit("#e8b83a"),
        )
        for k in range(8)
    )
    return (
        standing(x, 220, y)
        + posts
        + ram
        + head
        + bands
        + f.slab(paint, x - 190, y - 180, 380, 180, dark(green, 0.15), r=6)
        + f.slab(paint, x - 120, y - 226, 240, 50, dark(steel, 0.1))
    )


def _boiler(paint: Paint, x: float, y: float) -> str:
    copper = mix(paint.lit("#b5703f"), paint.accent, 0.3)
    body = curve(
        [
            (x - 130, y - 60),
            (x - 134, y - 360),
            (x - 90, y - 450),
            (x, y - 476),
            (x + 90, y - 450),
            (x + 134, y - 360),
            (x + 130, y - 60),
        ],
        tension=0.6,
    )
    bands = "".join(box(x - 140, y - k, 280, 16, dark(copper, 0.25)) for k in (350, 130)) + box(
        x - 104, y - 440, 30, 370, pale(copper, 0.4), opacity=0.5, r=14
    )
    rivets = "".join(oval(x - 116 + k * 29, y - 342, 4, 4, pale(copper, 0.4)) for k in range(9))
    stack = rod(paint, [(x, y - 470), (x, y - 560), (x + 60, y - 600), (x + 60, -300)], dark(copper, 0.2), 44)
    dials = (
        readouts.gauge(paint, x, y - 270, 48, lean=0.8)
        + disc(paint, x, y - 178, 34, paint.lit("#c9403a"))
        + disc(paint, x, y - 178, 20, dark(copper, 0.2))
        + line([(x - 30, y - 178), (x + 30, y - 178)], paint.lit("#c9403a"), 7)
    )
    legs = "".join(block(paint, x + k, y - 66, 22, 66, "#3a3438") for k in (-96, 74))
    return (
        standing(x, 150, y)
        + stack
        + legs
        + path(body, copper)
        + clip(body, bands)
        + path(body, ink=paint.ink, width=3.5)
        + rivets
        + dials
    )


def _belt(paint: Paint, x: float, y: float) -> str:
    """A conveyor with what comes off it."""
    steel, w = paint.lit("#8d979c"), 520.0
    goods = "".join(
        f.slab(paint, x + 20 + k * 102, y - 256, 70, 62, paint.lit(("#d0ab7c", "#c39a68")[k % 2]))
        for k in range(5)
    )
    legs = "".join(stick(paint, [(x + k, y - 150), (x + k - 14, y)], steel, 12) for k in (40, 260, 480))
    rollers = "".join(disc(paint, x + 26 + k * 58, y - 168, 17, pale(steel, 0.2)) for k in range(9))
    return (
        standing(x + w / 2, 280, y)
        + legs
        + goods
        + box(x - 10, y - 194, w + 20, 50, "#2f3138", ink=paint.ink, width=3.5, r=24)
        + rollers
    )


def winery(paint: Paint) -> SetDrawing:
    """Barrels under arches, steel tanks, a table with bottles and candles."""
    stone = mix(paint.wall, paint.lit(paint.pick("stone", "#c9b48f", "#a8664a", "#8f8f8a", "#d9d0be")), 0.65)
    walls = fittings.plain_walls(paint, stone) + bricks(paint, -40, 640, stone)
    vaults = "".join(_vault(paint, x, stone) for x in (-560, 40, 640, 1240, 1840))
    stacks = "".join(_barrels(paint, x, 668) for x in (40, 1240, -560, 1840))
    lamps = "".join(fittings.bulb(paint, x, 120, reach=240) for x in (340, 940, -260, 1540))
    middle = (
        walls
        + vaults
        + fittings.hard_floor(paint)
        + stacks
        + (_barrels(paint, 640, 668) if paint.tells("period") else _vats(paint, 640, 668))
        + lamps
        + _tasting(paint, 940, 730)
    )
    return SetDrawing(
        far=flat(TOP, BOTTOM - TOP, dark(stone, 0.5)), middle=middle + extras(paint, 330, 730),
        lamps=(Lamp(340, 120, 460), Lamp(940, 120, 460), Lamp(-260, 120, 400), Lamp(1540, 120, 400)),
    )  # fmt: skip


def _vault(paint: Paint, x: float, stone: str) -> str:
    arch = f"M{x - 240:g} 640V260A240 210 0 0 1 {x + 240:g} 260V640Z"
    keys = "".join(
        line(
            [(x + dx * 232, 262 + dy * 202), (x + dx * 288, 262 + dy * 256)],
            dark(stone, 0.35),
            4,
            smooth=False,
        )
        for dx, dy in ((-0.95, -0.3), (-0.7, -0.7), (-0.3, -0.95), (0.3, -0.95), (0.7, -0.7), (0.95, -0.3))
    )
    return (
        path(arch, ink=paint.ink, width=66)
        + path(arch, ink=pale(stone, 0.16), width=58)
        + path(arch, dark(stone, 0.5))
        + keys
    )


def _barrels(paint: Paint, x: float, y: float) -> str:
    """Three rows of barrels on their sides."""
    drawn = standing(x, 250, y)
    for row, count in enumerate((3, 3, 2)):
        drawn += "".join(
            fittings.barrel(paint, x - (count - 1) * 76 + k * 152, y - 78 - row * 138, 74)
            for k in range(count)
        )
    return drawn


@modern
def _vats(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#c2cacc")
    drawn = ""
    for k in (-120, 120):
        at = x + k
        drawn += standing(at, 110, y) + "".join(
            block(paint, at + n, y - 60, 16, 60, dark(steel, 0.4)) for n in (-80, 64)
        )
        drawn += (
            box(at - 100, y - 440, 200, 390, steel, ink=paint.ink, width=3.5, r=40)
            + box(at - 76, y - 410, 26, 320, "#ffffff", opacity=0.5, r=12)
            + box(at + 58, y - 410, 30, 330, dark(steel, 0.2), r=14, opacity=0.7)
        )
        drawn += (
            disc(paint, at, y - 150, 36, dark(steel, 0.15))
            + readouts.gauge(paint, at, y - 320, 30)
            + rod(paint, [(at, y - 440), (at, y - 490)], steel, 16)
        )
    return drawn


def _tasting(paint: Paint, x: float, y: float) -> str:
    table = (
        standing(x, 120, y)
        + box(x - 84, y - 190, 168, 190, paint.wood, ink=paint.ink, width=3.5, r=26)
        + "".join(
            box(x - 88, y - k, 176, 14, paint.lit("#6a6460"), ink=paint.ink, width=2) for k in (160, 50)
        )
    )
    glasses = "".join(
        line([(gx, y - 194), (gx, y - 224)], "#ffffff", 3, opacity=0.8)
        + path(
            curve(
                [
                    (gx - 17, y - 262),
                    (gx - 14, y - 232),
                    (gx, y - 222),
                    (gx + 14, y - 232),
                    (gx + 17, y - 262),
                ]
            ),
            "#8a2438",
            opacity=0.85,
        )
        for gx in (x - 44, x + 46)
    )
    return table + stock.bottles(paint, paint.dice("wine"), x - 20, y - 190, 60, 130) + glasses
