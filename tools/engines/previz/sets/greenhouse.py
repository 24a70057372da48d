"""A greenhouse."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, cut, line, oval, path, pts
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.paint import BOTTOM, LEFT, RIGHT, TOP, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import disc, poly, rod, standing, stick
from tools.engines.previz.sets.sky import hills, sky


def greenhouse(paint: Paint) -> SetDrawing:
    """Glass on iron ribs all round, benches of seedlings, tall tomatoes, pots that hang."""
    iron = mix(paint.lit("#e9efe6"), paint.accent, 0.12)
    walls = [(x, 96.0, 186.0, 330.0) for x in range(-780, 2300, 200)]
    roof = [
        [
            (800 + x + 7, 66.0),
            (800 + x + 193, 66.0),
            (800 + (x + 193) * 1.7, -560.0),
            (800 + (x + 7) * 1.7, -560.0),
        ]
        for x in range(-1580, 1580, 200)
    ]
    body = flat(TOP, BOTTOM - TOP, iron)
    ribs = "".join(
        box(x, y, w, h, "none", ink=paint.ink, width=3)
        + box(x, y + 160, w, 7, iron)
        + path(pts([(x + 20, y + h), (x + 100, y), (x + 130, y), (x + 50, y + h)]), "#ffffff", opacity=0.16)
        for x, y, w, h in walls
    )
    ribs += "".join(
        path(pts(p), ink=paint.ink, width=3) + path(pts(p), "#ffffff", opacity=0.12) for p in roof
    ) + stick(paint, [(LEFT, 80), (RIGHT, 80)], iron, 18)
    holes = [box(x, y, w, h, "#000000") for x, y, w, h in walls] + [path(pts(p), "#000000") for p in roof]
    low = _low_wall(paint)
    benches = "".join(_bench_of_pots(paint, x, 700, k) for k, x in enumerate((-640, -60, 520, 1100, 1680)))
    middle = (
        body
        + cut(*holes)
        + ribs
        + low
        + fittings.hard_floor(paint, mix(paint.floor, paint.lit("#b0a488"), 0.4))
        + benches
        + "".join(_climber(paint, x, 660) for x in (-90, 480, 1070, 1660))
        + _baskets(paint)
        + _can(paint, 760, 790)
    )
    return SetDrawing(
        far=_garden_beyond(fittings.outside(paint)), middle=middle + extras(paint, 1440, 780), panes=((LEFT, 96, RIGHT - LEFT, 330),),
        lamps=(Lamp(480, 120, 520), Lamp(1120, 120, 520)),
    )  # fmt: skip


def _garden_beyond(paint: Paint) -> str:
    greens = hills(paint, 420, "#6f9a5c", seed=paint.seed, high=150) + "".join(
        g.tree(paint, x, 440, 0.6, tone=c)
        for x, c in (
            (-400, "#5c8f4e"),
            (250, "#6f9a4c"),
            (940, "#5c8f4e"),
            (1500, "#7fa860"),
            (2100, "#5c8f4e"),
        )
    )
    return sky(paint, 560) + greens + flat(420, 1300, paint.lit("#8fb068"))


def _low_wall(paint: Paint) -> str:
    """The low wall that the glass stands on."""
    tone, drawn = paint.lit("#b5705a"), ""
    drawn += box(LEFT, 440, RIGHT - LEFT, 206, tone, ink=paint.ink, width=3)
    drawn += "".join(
        box(x + row % 2 * 32, 462 + row * 30, 60, 26, dark(tone, 0.08 * ((row + x // 64) % 3)), r=2)
        for row in range(6)
        for x in range(int(LEFT), int(RIGHT), 64)
    )
    return drawn + f.slab(paint, LEFT, 426, RIGHT - LEFT, 26, paint.lit("#d9d2c0"))


def _bench_of_pots(paint: Paint, x: float, y: float, k: int) -> str:
    dice, clay = paint.dice(f"pots {k}"), paint.lit("#c0704a")
    top = (
        f.slab(paint, x, y - 210, 500, 22, pale(paint.wood, 0.2))
        + "".join(f.slab(paint, x + a, y - 188, 22, 188, paint.wood) for a in (20, 458))
        + f.slab(paint, x + 30, y - 80, 440, 16, paint.wood)
    )
    drawn = ""
    for n in range(7):
        px, size = x + 42 + n * 68, dice.uniform(0.8, 1.2)
        green = paint.lit(dice.choice(("#4f8a4a", "#6fa050", "#3f7a4f")))
        drawn += "".join(
            path(
                curve(
                    [
                        (px, y - 262),
                        (px + dx * size * 0.6 - 8, y - 262 - dy * size * 0.5),
                        (px + dx * size, y - 262 - dy * size),
                        (px + dx * size * 0.6 + 8, y - 262 - dy * size * 0.4),
                    ]
                ),
                dark(green, 0.1 * (dx % 3)),
                ink=paint.ink,
                width=2,
            )
            for dx, dy in ((-34, 60), (0, 96), (34, 66), (-18, 84), (20, 40))
        )
        if dice.random() < 0.5:
            drawn += "".join(
                disc(
                    paint,
                    px + a * size,
                    y - 262 - b * size,
                    10,
                    paint.lit(dice.choice(("#d8506a", "#f0c04a", "#f4e8e8"))),
                )
                for a, b in ((-30, 56), (2, 92), (30, 62))
            )
        drawn += poly(
            paint, [(px - 27, y - 268), (px + 27, y - 268), (px + 20, y - 210), (px - 20, y - 210)], clay
        ) + box(px - 31, y - 276, 62, 14, pale(clay, 0.15), ink=paint.ink, width=2.5)
    return (
        standing(x + 250, 260, y)
        + top
        + drawn
        + "".join(
            poly(
                paint,
                [
                    (x + 80 + n * 90, y - 134),
                    (x + 140 + n * 90, y - 134),
                    (x + 132 + n * 90, y - 80),
                    (x + 88 + n * 90, y - 80),
                ],
                clay,
            )
            for n in range(4)
        )
    )


def _climber(paint: Paint, x: float, y: float) -> str:
    """A tomato plant up its string, with fruit at every height."""
    green, dice, drawn = (
        paint.lit("#4f8a4a"),
        paint.dice(f"climber {x:.0f}"),
        line([(x, 80), (x, y)], paint.lit("#d8c8a0"), 3, smooth=False),
    )
    drawn += line([(x, y), (x - 14, y - 160), (x + 12, y - 330), (x - 6, y - 520)], dark(green, 0.2), 10)
    for k in range(13):
        cy, side = y - 60 - k * 38, -1 if k % 2 else 1
        drawn += path(
            curve([(x, cy), (x + side * 40, cy - 44), (x + side * 92, cy - 20), (x + side * 50, cy + 16)]),
            green if k % 3 else dark(green, 0.16),
            ink=paint.ink,
            width=2.4,
        )
        if k % 3 == 1 and k > 2:
            tone = paint.lit(dice.choice(("#d9402f", "#e0702f", "#8fae4a")))
            drawn += "".join(
                disc(paint, x - side * (16 + n * 24), cy + 10 + n * 16, 17, tone) for n in (0, 1)
            )
    return drawn + poly(
        paint, [(x - 44, y - 60), (x + 44, y - 60), (x + 34, y), (x - 34, y)], paint.lit("#c0704a")
    )


def _baskets(paint: Paint) -> str:
    drawn = ""
    for k, x in enumerate((-340, 230, 800, 1370, 1940)):
        green, bloom = paint.lit("#5c9a50"), paint.lit(("#d8506a", "#f0c04a", "#b07ad0")[k % 3])
        drawn += "".join(line([(x, 70), (x + a, 170)], paint.ink, 3, smooth=False) for a in (-56, 56))
        drawn += "".join(
            line([(x + a, 176), (x + a * 1.3, 230), (x + a * 1.2, 270 - abs(a))], green, 9)
            for a in (-66, -36, 0, 36, 66)
        )
        drawn += "".join(
            oval(x + a, 160 - b, 32, 27, green if a % 4 else dark(green, 0.12), ink=paint.ink, width=2)
            for a, b in ((-52, 4), (0, 16), (52, 4))
        ) + "".join(
            disc(paint, x + a, 150 + b, 12, bloom)
            for a, b in ((-58, 6), (-22, -10), (18, 4), (52, -4), (-40, 80), (44, 96))
        )
        drawn += path(
            curve([(x - 66, 166), (x - 44, 208), (x, 222), (x + 44, 208), (x + 66, 166)], tension=0.8),
            paint.lit("#8a6040"),
            ink=paint.ink,
            width=3,
        )
    return drawn


def _can(paint: Paint, x: float, y: float) -> str:
    tin = paint.lit("#7f9a9a")
    return (
        standing(x, 110, y)
        + rod(paint, [(x + 44, y - 40), (x + 110, y - 120), (x + 130, y - 130)], tin, 13)
        + rod(paint, [(x - 40, y - 110), (x - 90, y - 90), (x - 56, y - 30)], tin, 9)
        + f.slab(paint, x - 54, y - 120, 108, 120, tin, r=10)
        + poly(paint, [(x + 112, y - 150), (x + 160, y - 130), (x + 142, y - 104)], dark(tin, 0.15))
    )
