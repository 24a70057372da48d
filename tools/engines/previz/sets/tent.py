"""The tent of a fête."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, cut, line, oval, path, pts
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import household as h
from tools.engines.previz.sets.paint import (
    BOTTOM,
    FLOOR_Y,
    LEFT,
    RIGHT,
    TOP,
    Lamp,
    Paint,
    SetDrawing,
    flat,
    wash,
)
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import blob, block, disc, poly, stick
from tools.engines.previz.sets.sky import hills, sky


def tent(paint: Paint) -> SetDrawing:
    """A striped tent with poles and bunting: trestle tables under cloth, laid out for a show."""
    cream, stripe = (
        paint.wall,
        mix(
            mix(
                paint.accent,
                paint.lit(paint.pick("canvas", "#b5483f", "#3f6f9a", "#4f8a5c", "#d9a03a")),
                0.85,
            ),
            paint.wall,
            0.12,
        ),
    )
    walls = flat(TOP, BOTTOM - TOP, cream) + "".join(
        box(x, 100, 76, 544, stripe) for x in range(int(LEFT), int(RIGHT), 152)
    )
    shade = wash(100, 544, [(0, "#3a2418", 0.34), (0.25, "#3a2418", 0.05), (1, "#3a2418", 0.16)])
    flaps: list[list[tuple[float, float]]] = [
        [(x + 10, 644), (x + 40, 420), (x + 70, 150), (x + 170, 150), (x + 200, 420), (x + 230, 644)]
        for x in (690, -640)
    ]
    tied = "".join(_tied(paint, p, stripe) for p in flaps)
    grass = (
        wash(FLOOR_Y, 400, [(0, dark(paint.floor, 0.34), 1), (1, paint.floor, 1)])
        + flat(1040, 700, paint.floor)
        + _trodden(paint)
    )
    poles = "".join(
        stick(paint, [(x, TOP), (x, y)], pale(paint.wood, 0.2), 22)
        for x, y in ((560, 690), (1110, 690), (-120, 690), (1760, 690))
    )
    tables = "".join(
        _trestle(paint, x, 690, k)
        for k, x in enumerate((-20, 1180, -560, 1740), paint.dice("tables").randrange(2))
    )
    middle = (
        walls
        + shade
        + cut(*(path(pts(p), "#000000") for p in flaps))
        + tied
        + _canopy(paint, cream, stripe)
        + grass
        + poles
        + _pennants(paint, 84)
        + tables
    )
    return SetDrawing(
        far=_green(fittings.outside(paint)), middle=middle + _urn(paint, 640, 700) + extras(paint, 980, 700), panes=((720, 150, 180, 490),),
        lamps=(Lamp(560, 150, 520), Lamp(1110, 150, 520)),
    )  # fmt: skip


def _green(paint: Paint) -> str:
    """The field that a tent stands on."""
    trees = hills(paint, 420, "#7a9a5c", seed=paint.seed, high=110) + hills(
        paint, 452, "#5f8a4c", seed=paint.seed + 2, high=60
    )
    return sky(paint, 560) + trees + flat(440, 1300, paint.lit("#9ab86a"))


def _canopy(paint: Paint, cream: str, stripe: str) -> str:
    """The roof: stripes that run up to the ridge, a scalloped edge."""
    roof = flat(TOP, 1110, dark(cream, 0.08))
    for k in range(-22, 23):
        x = 800 + k * 152
        roof += path(
            pts(
                [
                    (x - 38, 110),
                    (x + 38, 110),
                    (800 + (x + 38 - 800) * 0.3, TOP),
                    (800 + (x - 38 - 800) * 0.3, TOP),
                ]
            ),
            dark(stripe, 0.1),
        )
    hem = "".join(
        path(
            curve([(x, 96), (x + 4, 132), (x + 38, 146), (x + 72, 132), (x + 76, 96)], tension=0.7),
            stripe if k % 2 else cream,
            ink=paint.ink,
            width=3,
        )
        for k, x in enumerate(range(int(LEFT), int(RIGHT), 76))
    )
    return roof + hem


def _tied(paint: Paint, p: list[tuple[float, float]], stripe: str) -> str:
    drawn = path(pts(p), ink=paint.ink, width=4)
    for edge, way in ((p[0][0], 1), (p[-1][0], -1)):
        drawn += path(
            curve(
                [
                    (edge - way * 20, 130),
                    (edge + way * 70, 140),
                    (edge + way * 34, 330),
                    (edge + way * 8, 420),
                    (edge + way * 26, 644),
                    (edge - way * 34, 644),
                ],
                tension=0.7,
            ),
            pale(stripe, 0.2),
            ink=paint.ink,
            width=3.5,
        )
        drawn += line([(edge - way * 24, 416), (edge + way * 20, 424)], paint.lit("#d9c48a"), 9)
    return drawn


def _trodden(paint: Paint) -> str:
    dice, tone = paint.dice("tufts"), dark(paint.floor, 0.25)
    return "".join(
        line([(x - 9, y - 15), (x, y), (x + 8, y - 18)], tone, 3.5)
        for x, y in ((dice.uniform(-700, 2300), dice.uniform(670, 1100)) for _ in range(70))
    )


def _pennants(paint: Paint, y: float) -> str:
    tones = [paint.lit(c) for c in ("#c9503f", "#e8b04a", "#3f7f8c", "#f3ead6", "#5c8a4a")]
    drawn = ""
    for start in range(-700, 2300, 560):
        cord = [(start + k * 56, y + 46 + 70 * (1 - (k / 5 - 1) ** 2)) for k in range(11)]
        drawn += line(cord, paint.ink, 3)
        drawn += "".join(
            poly(paint, [(px - 22, py), (px + 22, py), (px, py + 50)], tones[k % 5], 2.4)
            for k, (px, py) in enumerate(cord[:-1])
        )
    return drawn


def _trestle(paint: Paint, x: float, y: float, kind: int) -> str:
    """A table under a cloth: vegetables with a rosette, cakes, or flowers."""
    cloth = paint.lit("#f4ecdc")
    top = f.table(paint, x + 200, y, 460, cloth=cloth) + box(
        x - 30, y - 176, 460, 12, pale(cloth, 0.4), ink=paint.ink, width=2.5
    )
    rosette = (
        disc(paint, x + 200, y - 110, 30, paint.accent)
        + disc(paint, x + 200, y - 110, 16, paint.lit("#f6e6b0"))
        + "".join(
            poly(
                paint,
                [(x + 200 + k, y - 86), (x + 214 + k, y - 86), (x + 207 + k * 1.4, y - 46)],
                paint.accent,
                2.5,
            )
            for k in (-18, 4)
        )
    )
    dishes = (
        _vegetables(paint, x, y - 176)
        if kind % 2 == 0
        else h.cake_stand(paint, x + 70, y - 174)
        + h.cake_stand(paint, x + 320, y - 174)
        + _jam(paint, x + 150, y - 176)
    )
    return top + dishes + rosette


def _vegetables(paint: Paint, x: float, y: float) -> str:
    green, orange = paint.lit("#5c8a3a"), paint.lit("#e08a3a")
    marrow = blob(
        paint,
        [
            (x, y - 30),
            (x + 40, y - 66),
            (x + 150, y - 70),
            (x + 196, y - 36),
            (x + 150, y - 2),
            (x + 40, y - 2),
        ],
        green,
    )
    marrow += "".join(
        line([(x + 20, y - 34 + k), (x + 96, y - 40 + k * 1.6), (x + 180, y - 36 + k)], pale(green, 0.35), 5)
        for k in (-14, 2, 16)
    )
    pumpkin = "".join(
        oval(x + 280 + k, y - 52, 44, 54, orange, ink=paint.ink, width=3) for k in (-44, 44, 0)
    ) + block(paint, x + 272, y - 126, 16, 26, green, r=3)
    carrots = "".join(
        poly(
            paint,
            [(x + 356 + k * 22, y - 70), (x + 376 + k * 22, y - 70), (x + 362 + k * 20, y)],
            orange,
            2.5,
        )
        + line([(x + 366 + k * 22, y - 70), (x + 360 + k * 26, y - 104)], green, 6)
        for k in range(3)
    )
    return marrow + carrots + pumpkin


def _jam(paint: Paint, x: float, y: float) -> str:
    tones = ("#8a2f3f", "#c9703f", "#5a2a4a")
    return "".join(
        block(paint, x + k * 42, y - 54, 34, 54, paint.lit(tones[k]), r=6)
        + block(paint, x - 3 + k * 42, y - 66, 40, 18, paint.lit("#e8d8b8"), r=4)
        for k in range(3)
    )


def _urn(paint: Paint, x: float, y: float) -> str:
    """A tea urn with cups."""
    steel = paint.lit("#c2cacc")
    body = (
        f.table(paint, x, y, 150)
        + block(paint, x - 42, y - 300, 84, 124, steel, r=12)
        + block(paint, x - 30, y - 326, 60, 26, dark(steel, 0.15), r=10)
        + block(paint, x - 8, y - 212, 16, 26, "#2a2a30")
    )
    return (
        body
        + box(x - 30, y - 290, 14, 90, "#ffffff", opacity=0.5, r=6)
        + disc(paint, x + 58, y - 186, 16, paint.lit("#f4f0e4"), 12)
    )
