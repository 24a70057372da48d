"""Inside a car that drives."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, cut, gradient, line, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.paint import BOTTOM, LEFT, RIGHT, TOP, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.shapes import (
    blob,
    block,
    disc,
    poly,
    rod,
    stick,
)
from tools.engines.previz.sets.sky import sky, skyline


def car(paint: Paint) -> SetDrawing:
    """The front seats from the bonnet: the street goes by behind side and rear windows."""
    far = _distance(paint)
    rear = "M470 130L1130 130L1190 380L410 380Z"
    left = "M-900 100L330 110L262 400L-900 420Z"
    right = "M1270 110L2500 100L2500 420L1338 400Z"

    shell = paint.wall
    define, head = gradient([(0, dark(shell, 0.45), 1), (1, pale(shell, 0.12), 1)])
    body = _car_body(define, head, shell)
    body += path(
        curve([(-900, 60), (300, 66), (800, 40), (1300, 66), (2500, 60)], False),
        ink=dark(shell, 0.5),
        width=5,
    )
    trims = "".join(
        path(d, ink=dark(shell, 0.4), width=34) + path(d, ink=paint.ink, width=4) for d in (rear, left, right)
    )
    lines = "".join(line([(440, y), (1160, y)], "#2a1a20", 2, opacity=0.35) for y in range(160, 380, 26))
    doors = f.slab(paint, LEFT, 430, 1010, 1400, dark(shell, 0.2), r=30) + f.slab(
        paint, 1390, 430, 1010, 1400, dark(shell, 0.2), r=30
    )
    doors += "".join(
        block(paint, x, 520, 190, 40, pale(shell, 0.16), r=18)
        + disc(paint, x + 95, 540, 12, paint.lit("#c2c6ca"))
        for x in (-20, 1430)
    )
    shelf = poly(paint, [(400, 384), (1200, 384), (1290, 470), (310, 470)], dark(shell, 0.3)) + "".join(
        disc(paint, x, 424, 46, dark(shell, 0.5), 12) for x in (560, 1040)
    )
    hats = _rear_seat(paint) + _seat(paint, 540, 1) + _seat(paint, 1060, -1)
    grips = "".join(
        rod(paint, [(x, 40), (x + 20, 74), (x + 100, 74), (x + 120, 40)], pale(shell, 0.2), 12)
        for x in (130, 1350)
    )
    lamp = f.slab(paint, 730, -16, 140, 40, pale(shell, 0.25), r=12) + disc(
        paint, 800, 6, 15, "#ffeab8" if paint.lamps else paint.lit("#e9e4d6")
    )
    mirror = stick(paint, [(800, -120), (800, -70)], dark(shell, 0.3), 12)
    middle = (
        define
        + body
        + cut(*(path(d, "#000000") for d in (rear, left, right)))
        + lines
        + trims
        + doors
        + shelf
        + hats
        + grips
        + lamp
        + mirror
    )
    return SetDrawing(
        far=far,
        middle=middle,
        panes=((262, 110, 1076, 290), (-800, 100, 1130, 320), (1270, 100, 1130, 320)),
        lamps=(Lamp(800, 10, 420, "#ffdca0", 0.6),),
        passing=_passing_street(paint),
    )


def _car_body(define: str, head: str, shell: str) -> str:
    return (
        flat(TOP, BOTTOM - TOP, shell)
        + define
        + box(LEFT, -420, RIGHT - LEFT, 520, head)
        + flat(TOP, 600, dark(shell, 0.45))
    )


def _rear_seat(paint: Paint) -> str:
    tone = mix(paint.accent, paint.wall, 0.4)
    bench = blob(
        paint,
        [(300, 640), (330, 470), (520, 446), (1080, 446), (1270, 470), (1300, 640), (1280, 900), (320, 900)],
        dark(tone, 0.2),
    )
    return bench + "".join(line([(x, 460), (x - 4, 800)], dark(tone, 0.45), 4) for x in (640, 800, 960))


def _seat(paint: Paint, x: float, way: int) -> str:
    tone = paint.accent
    back = curve(
        [
            (x - 190, 1700),
            (x - 200, 820),
            (x - 168, 500),
            (x - 96, 430),
            (x + 96, 430),
            (x + 168, 500),
            (x + 200, 820),
            (x + 190, 1700),
        ],
        tension=0.7,
    )
    wings = path(
        curve(
            [
                (x - 150, 1700),
                (x - 150, 700),
                (x - 110, 520),
                (x + 110, 520),
                (x + 150, 700),
                (x + 150, 1700),
            ],
            tension=0.7,
        ),
        pale(tone, 0.12),
    )
    seams = "".join(
        line([(x - 120, y), (x, y + 14), (x + 120, y)], dark(tone, 0.35), 4) for y in (610, 720, 840, 980)
    )
    rest = box(x - 92, 268, 184, 132, tone, ink=paint.ink, width=3.5, r=40) + box(
        x - 70, 290, 140, 84, pale(tone, 0.14), r=28
    )
    posts = "".join(block(paint, x + k, 392, 12, 48, paint.lit("#b9bfc4")) for k in (-46, 34))
    belt = path(
        pts([(x + way * 150, 440), (x + way * 176, 446), (x - way * 60, 1100), (x - way * 100, 1090)]),
        paint.lit("#2a2a30"),
        ink=paint.ink,
        width=2.5,
    )
    if paint.tells("period"):
        posts = rest = belt = ""
    return (
        path(back, tone)
        + clip(back, wings, seams, belt)
        + path(back, ink=paint.ink, width=3.5)
        + posts
        + rest
    )


def _distance(paint: Paint) -> str:
    """What is too far away to go by: sky, skyline, the road's ground."""
    road = (
        flat(372, 20, paint.lit("#a9a49c"))
        + wash(390, 400, [(0, paint.lit("#5d5f66"), 1), (1, paint.lit("#75767c"), 1)])
        + flat(780, 920, paint.lit("#75767c"))
    )
    return sky(paint, 520) + skyline(paint, 376, tall=0.95, seed=paint.seed) + road


def _passing_street(paint: Paint) -> str:
    """What goes by: houses, trees, lamps and other cars."""
    houses = skyline(paint, 400, tall=0.5, seed=paint.seed + 4, near=True)
    trees = "".join(
        g.tree(paint, x, 400, 0.55, tone=c)
        for x, c in (
            (-560, "#6f9a4c"),
            (-120, "#5c8f4e"),
            (560, "#6f9a4c"),
            (1060, "#5c8f4e"),
            (1700, "#7fa860"),
            (2220, "#5c8f4e"),
        )
    )
    lamps = "".join(g.street_lamp(paint, x, 410) for x in (-340, 330, 860, 1460, 2040))
    cars = g.car(paint, 1300, 470, paint.lit("#8f9fae")) + g.car(paint, -420, 480, paint.lit("#b5653f"))
    return houses + trees + lamps + cars
