"""Fittings of rooms where people work or wait: floors, lights, cabinets, seats."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tools.engines.previz.colour import dark, pale, room_light
from tools.engines.previz.ink import box, clip, curve, glow, gradient, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import readouts
from tools.engines.previz.sets.paint import FLOOR_Y, LEFT, RIGHT, TOP, Paint, Pane, cold_of, flat, wash
from tools.engines.previz.sets.shapes import blob, block, disc, poly, rod, standing, stick

CEILING = -40.0


def outside(paint: Paint) -> Paint:
    """The paint of what glass looks out on: under the light of the open air."""
    light = room_light(paint.time, paint.weather, indoor=False)
    return replace(paint, light=light, cold=cold_of(paint.told))


def veil(paint: Paint, panes: Iterable[Pane]) -> str:
    """The fog that stands before the panes of whatever rides through it."""
    if paint.weather != "fog":
        return ""
    tone = outside(paint).lit("#c9cdcc")
    return "".join(box(x, y, w, h, tone, r=14, opacity=0.66) for x, y, w, h in panes)


def plain_walls(paint: Paint, tone: str = "", *, dado: str = "") -> str:
    """A wall without mouldings, perhaps in two colours, under a dark ceiling."""
    tone = tone or paint.wall
    high = FLOOR_Y - CEILING
    drawn = wash(TOP, CEILING - TOP, [(0, dark(tone, 0.6), 1), (1, dark(tone, 0.34), 1)])
    drawn += wash(CEILING, high, [(0, dark(tone, 0.3), 1), (0.45, tone, 1), (1, dark(tone, 0.14), 1)])
    if dado:
        drawn += flat(430, FLOOR_Y - 430, dado) + flat(424, 8, dark(dado, 0.35))
    return drawn + flat(CEILING - 3, 5, paint.ink)


def hard_floor(paint: Paint, tone: str = "", *, joints: bool = True) -> str:
    """Concrete, stone or sheet: joints that run away, a shine under the back wall."""
    tone = tone or paint.floor
    drawn = wash(FLOOR_Y, 360, [(0, dark(tone, 0.34), 1), (0.4, dark(tone, 0.08), 1), (1, tone, 1)])
    drawn += (
        flat(FLOOR_Y + 360, 720, tone)
        + flat(FLOOR_Y - 12, 14, dark(tone, 0.42))
        + flat(FLOOR_Y, 4, paint.ink)
    )
    if joints:
        rays = [[(800 + x, FLOOR_Y + 4), (800 + x * 2.6, 1300)] for x in range(-1800, 1801, 300)]
        drawn += "".join(line(ray, dark(tone, 0.2), 3, smooth=False) for ray in rays)
        drawn += "".join(line([(LEFT, y), (RIGHT, y)], dark(tone, 0.2), 2.4, opacity=0.7) for y in (700, 810))
    return drawn


def side_walls(paint: Paint, left: float, right: float, tone: str, *, top: float = CEILING) -> str:
    """The two walls beside the camera of a narrow room, and what of ceiling and floor lies between them."""
    define, shade = gradient([(0, pale(tone, 0.1), 1), (1, dark(tone, 0.34), 1)], across=True)
    back, shade_back = gradient([(0, dark(tone, 0.34), 1), (1, pale(tone, 0.1), 1)], across=True)
    drawn = define + back
    for x, way, fill in ((left, -1.0, shade), (right, 1.0, shade_back)):
        wall = [(x, top), (x + way * 1150, TOP - 300), (x + way * 1150, 1900), (x, FLOOR_Y)]
        drawn += poly(paint, wall, fill)
    return drawn


def tube(paint: Paint, x: float, y: float, w: float, *, tone: str = "#f4fbff", lit: bool = True) -> str:
    """A strip light under the ceiling, with its light."""
    shine = glow(x, y + 20, w * 0.85, 190, tone, 0.34) if lit else ""
    case = box(x - w / 2 - 8, y - 14, w + 16, 16, paint.lit("#8d959a"), ink=paint.ink, width=2.5)
    return (
        shine
        + case
        + box(x - w / 2, y, w, 10, tone if lit else paint.lit("#cfd6d6"), ink=paint.ink, width=2, r=5)
    )


def hung(paint: Paint, x: float, y: float, tone: str = "#5a6a70") -> str:
    """A broad enamel shade on a cord, lit at all hours."""
    return glow(x, y + 40, 330, 280, "#ffe2a8", 0.42) + f.pendant(paint, x, y, tone=tone)


def bulb(paint: Paint, x: float, y: float, *, reach: float = 300.0) -> str:
    """A bare bulb on its cord."""
    cord = line([(x, TOP), (x, y - 34)], paint.ink, 4, smooth=False) + block(
        paint, x - 9, y - 38, 18, 26, "#2a2a30"
    )
    return glow(x, y, reach, reach, "#ffd68a", 0.6) + cord + disc(paint, x, y, 19, "#fff3c8", 23)


def cabinet(paint: Paint, x: float, y: float, w: float, h: float, drawers: int, tone: str = "") -> str:
    """A steel cabinet with drawers, standing on `y`."""
    tone, high = tone or paint.lit("#7c858a"), (h - 16) / drawers
    fronts = "".join(
        block(paint, x + 9, y - h + 10 + k * high, w - 18, high - 8, pale(tone, 0.1), r=3)
        for k in range(drawers)
    )
    grips = "".join(
        box(
            x + w / 2 - 26,
            y - h + 10 + k * high + high * 0.36,
            52,
            9,
            paint.lit("#d8dcd8"),
            ink=paint.ink,
            width=2,
            r=4,
        )
        for k in range(drawers)
    )
    return standing(x + w / 2, w * 0.6, y) + f.slab(paint, x, y - h, w, h, tone, r=4) + fronts + grips


def lockers(paint: Paint, x: float, y: float, count: int, tone: str, *, h: float = 440.0) -> str:
    """Tall steel lockers with slits."""
    drawn = ""
    for k in range(count):
        left = x + k * 96
        drawn += f.slab(paint, left, y - h, 96, h, tone if k % 2 else dark(tone, 0.06), r=3)
        drawn += "".join(
            box(left + 24, y - h + 30 + n * 15, 48, 5, dark(tone, 0.45)) for n in range(3)
        ) + block(paint, left + 76, y - h * 0.5, 9, 40, paint.lit("#d8dcd8"))
    return standing(x + count * 48, count * 52, y) + drawn


def pipes(paint: Paint, y: float, tones: Sequence[str], *, width: float = 22.0) -> str:
    """Pipes along the whole wall, with flanges."""
    drawn = ""
    for k, tone in enumerate(tones):
        at = y + k * width * 2
        drawn += stick(paint, [(LEFT - 20, at), (RIGHT + 20, at)], tone, width) + box(
            LEFT, at - width * 0.36, RIGHT - LEFT, width * 0.22, pale(tone, 0.4), opacity=0.7
        )
        drawn += "".join(
            block(paint, x, at - width * 0.8, 16, width * 1.6, dark(tone, 0.15), r=3)
            for x in range(int(LEFT) + 130 + k * 90, int(RIGHT), 420)
        )
    return drawn


def barrel(paint: Paint, x: float, y: float, r: float) -> str:
    """The head of a barrel that lies on its side, by its centre."""
    staves = "".join(
        line([(x + k * r * 0.36, y - r), (x + k * r * 0.36, y + r)], dark(paint.wood, 0.3), 3, smooth=False)
        for k in (-2, -1, 0, 1, 2)
    )
    d = curve(
        [
            (x + r * dx, y + r * dy)
            for dx, dy in (
                (0, -0.82),
                (0.58, -0.58),
                (0.82, 0),
                (0.58, 0.58),
                (0, 0.82),
                (-0.58, 0.58),
                (-0.82, 0),
                (-0.58, -0.58),
            )
        ]
    )
    hoop = disc(paint, x, y, r, dark(paint.wood, 0.28)) + disc(paint, x, y, r * 0.92, paint.lit("#6a6460"))
    return (
        hoop
        + path(d, pale(paint.wood, 0.08))
        + clip(d, staves)
        + path(d, ink=paint.ink, width=3)
        + disc(paint, x, y + r * 0.4, r * 0.1, dark(paint.wood, 0.45))
    )


def chairs(paint: Paint, x: float, y: float, count: int, tone: str, *, step: float = 116.0) -> str:
    """A row of moulded seats on one bar, as where people wait."""
    bar = stick(paint, [(x - 20, y - 92), (x + count * step, y - 92)], paint.lit("#8d959a"), 12)
    legs = "".join(
        block(paint, at, y - 92, 14, 92, paint.lit("#6d757a")) for at in (x + 30, x + count * step - 60)
    )
    drawn = standing(x + count * step / 2, count * step * 0.5, y) + legs + bar
    for k in range(count):
        left = x + k * step
        drawn += box(left, y - 262, step - 16, 142, tone, ink=paint.ink, width=3.5, r=20) + box(
            left + 12, y - 250, step - 40, 60, pale(tone, 0.16), r=14
        )
        drawn += box(left - 4, y - 132, step - 8, 34, dark(tone, 0.14), ink=paint.ink, width=3.5, r=14)
    return drawn


def shutter(paint: Paint, x: float, y: float, w: float, h: float) -> str:
    """A rolling steel door."""
    steel = paint.lit("#a3abae")
    return f.slab(paint, x - 14, y, w + 28, h, steel, r=4) + "".join(
        box(x - 10, k, w + 20, 4, dark(steel, 0.3)) for k in range(int(y) + 18, int(y + h), 22)
    )


def trusses(paint: Paint) -> str:
    """The iron girders of a big roof."""
    iron = paint.lit("#6a7278")
    drawn = stick(paint, [(LEFT, -60), (RIGHT, -60)], iron, 16) + stick(
        paint, [(LEFT, 14), (RIGHT, 14)], iron, 12
    )
    return drawn + "".join(
        stick(paint, [(x, -56), (x + 75, 10), (x + 150, -56)], iron, 7)
        for x in range(int(LEFT), int(RIGHT), 150)
    )


def till(paint: Paint, x: float, y: float) -> str:
    """A cash register on a counter."""
    tone = paint.lit("#5a626a")
    body = poly(paint, [(x - 64, y), (x - 56, y - 50), (x + 40, y - 74), (x + 64, y - 50), (x + 64, y)], tone)
    keys = "".join(
        box(x - 40 + k % 4 * 20, y - 42 + k // 4 * 14, 14, 9, pale(tone, 0.5), r=2) for k in range(8)
    )
    return (
        body
        + keys
        + f.slab(paint, x - 26, y - 118, 70, 44, dark(tone, 0.2), r=4)
        + readouts.digits(paint, x - 14, y - 108, "24", "#7af0b8", 0.55)
    )


def bell(paint: Paint, x: float, y: float) -> str:
    """The bell on a counter."""
    brass = paint.lit("#d9b04a")
    return (
        path(
            curve(
                [(x - 30, y - 8), (x - 22, y - 34), (x, y - 42), (x + 22, y - 34), (x + 30, y - 8)],
                tension=0.8,
            ),
            brass,
            ink=paint.ink,
            width=3,
        )
        + disc(paint, x, y - 46, 6, brass)
        + box(x - 36, y - 10, 72, 10, dark(brass, 0.4), ink=paint.ink, width=2.5, r=3)
    )


def luggage(paint: Paint, x: float, y: float) -> str:
    """A suitcase with straps and a bag on it."""
    hide = paint.lit(paint.pick("hide", "#8a4a2a", "#35577a", "#5a6a4a"))
    big = f.slab(paint, x - 110, y - 150, 220, 150, hide, r=14) + rod(
        paint,
        [(x - 30, y - 150), (x - 26, y - 176), (x + 26, y - 176), (x + 30, y - 150)],
        dark(hide, 0.3),
        9,
    )
    straps = "".join(
        box(x + k, y - 148, 20, 146, dark(hide, 0.3))
        + block(paint, x + k - 2, y - 90, 24, 22, paint.lit("#d9b04a"), r=3)
        for k in (-76, 56)
    )
    return standing(x, 130, y) + big + straps + f.slab(paint, x - 70, y - 244, 150, 88, paint.accent, r=12)


def ropes(paint: Paint, x: float, y: float, tone: str) -> str:
    """A red cord on three brass posts."""
    brass, drawn = paint.lit("#d0a648"), ""
    for k in range(3):
        drawn += (
            standing(x + k * 200, 40, y)
            + stick(paint, [(x + k * 200, y - 6), (x + k * 200, y - 190)], brass, 9)
            + disc(paint, x + k * 200, y - 196, 14, brass)
            + disc(paint, x + k * 200, y - 6, 34, brass, 9)
        )
    return drawn + "".join(
        line([(x + k * 200, y - 180), (x + 100 + k * 200, y - 130), (x + 200 + k * 200, y - 180)], tone, 11)
        for k in range(2)
    )


def bust(paint: Paint, x: float, y: float) -> str:
    """A plaster head on a plinth."""
    stone = paint.lit("#e6e0d4")
    plinth = (
        f.slab(paint, x - 62, y - 250, 124, 250, paint.lit("#c9c0ae"), r=2)
        + f.slab(paint, x - 76, y - 270, 152, 26, paint.lit("#d9d0be"), r=2)
        + f.slab(paint, x - 76, y - 24, 152, 26, paint.lit("#d9d0be"), r=2)
    )
    chest = blob(
        paint,
        [
            (x - 74, y - 300),
            (x - 56, y - 360),
            (x - 20, y - 376),
            (x + 20, y - 376),
            (x + 56, y - 360),
            (x + 74, y - 300),
            (x + 30, y - 272),
            (x - 30, y - 272),
        ],
        stone,
    )
    head = oval(x, y - 424, 42, 54, stone, ink=paint.ink, width=3.5) + blob(
        paint,
        [
            (x - 46, y - 424),
            (x - 40, y - 474),
            (x, y - 490),
            (x + 40, y - 474),
            (x + 46, y - 424),
            (x + 30, y - 454),
            (x - 30, y - 454),
        ],
        dark(stone, 0.1),
    )
    face = (
        line([(x - 20, y - 430), (x - 8, y - 430)], dark(stone, 0.5), 4)
        + line([(x + 8, y - 430), (x + 20, y - 430)], dark(stone, 0.5), 4)
        + line([(x, y - 428), (x + 5, y - 406), (x - 3, y - 404)], dark(stone, 0.4), 3)
        + line([(x - 10, y - 392), (x + 10, y - 392)], dark(stone, 0.4), 4)
    )
    return standing(x, 90, y) + plinth + block(paint, x - 20, y - 390, 40, 30, stone) + chest + head + face


def barred_door(paint: Paint, x: float, y: float) -> str:
    """A door of bars; dark behind it."""
    iron = paint.lit("#59636a")
    drawn = box(x - 130, y - 520, 260, 520, dark(paint.wall, 0.62), ink=paint.ink, width=4) + box(
        x - 130, y - 150, 260, 150, dark(paint.wall, 0.5)
    )
    drawn += "".join(
        stick(paint, [(x - 112 + k * 37, y - 516), (x - 112 + k * 37, y - 4)], iron, 11) for k in range(7)
    )
    drawn += "".join(stick(paint, [(x - 128, y - k), (x + 128, y - k)], iron, 13) for k in (510, 290, 14))
    return (
        drawn
        + f.slab(paint, x + 62, y - 300, 64, 90, dark(iron, 0.2), r=4)
        + disc(paint, x + 94, y - 262, 8, "#1a1418")
        + path(
            pts([(x - 138, y), (x - 138, y - 528), (x + 138, y - 528), (x + 138, y)], False),
            ink=dark(iron, 0.2),
            width=18,
        )
    )
