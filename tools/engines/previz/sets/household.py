"""What makes a room somebody's own: hearth, carpets, mirrors, things on shelves."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, glow, line, oval, path, pts
from tools.engines.previz.sets.furniture import W, floor_shadow, slab, table_lamp
from tools.engines.previz.sets.paint import Paint


def fireplace(paint: Paint, x: float, y: float) -> str:
    """A mantel with a fire that burns after dark."""
    stone = pale(mix(paint.wall, paint.lit("#b9a893"), 0.6), 0.15)
    lit = paint.lamps
    hearth = box(x - 84, y - 210, 168, 210, dark(paint.wood, 0.6), ink=paint.ink, width=W)
    logs = "".join(
        slab(paint, x - 60 + k * 18, y - 34 - k % 2 * 22, 84, 24, dark(paint.wood, 0.1), r=11)
        for k in range(3)
    )
    flames = "".join(
        path(
            curve(
                [
                    (x + k - 26, y - 40),
                    (x + k - 14, y - 96),
                    (x + k, y - 150 + abs(k)),
                    (x + k + 16, y - 90),
                    (x + k + 26, y - 40),
                ]
            ),
            c,
        )
        for k, c in ((-34, "#f2803a"), (30, "#f2803a"), (0, "#ffa83a"))
    )
    fire = glow(x, y - 90, 260, 220, "#ff9a3a", 0.6) + flames if lit else ""
    things = (
        slab(paint, x - 120, y - 336, 26, 60, paint.accent, r=8)
        + oval(x + 10, y - 310, 34, 34, paint.lit("#d9a94a"), ink=paint.ink, width=W)
        + oval(x + 10, y - 310, 24, 24, paint.lit("#fbf4e0"))
        + slab(paint, x + 84, y - 322, 44, 46, paint.lit("#7a9a8a"), r=4)
    )
    return (
        slab(paint, x - 140, y - 250, 280, 250, stone)
        + hearth
        + fire
        + logs
        + slab(paint, x - 164, y - 278, 328, 30, pale(paint.wood, 0.1))
        + things
    )


def carpet(paint: Paint, x: float, y: float, w: float, h: float) -> str:
    """A rectangular carpet in perspective, with a border."""
    tone = mix(paint.accent, paint.floor, 0.3)

    def field(inset: float) -> list[tuple[float, float]]:
        return [
            (x - w / 2 + inset, y + inset * 0.3),
            (x + w / 2 - inset, y + inset * 0.3),
            (x + w * 0.62 - inset, y + h - inset * 0.3),
            (x - w * 0.62 + inset, y + h - inset * 0.3),
        ]

    knots = "".join(
        path(
            pts(
                [
                    (x + k, y + h * 0.36),
                    (x + k + 44, y + h * 0.5),
                    (x + k, y + h * 0.66),
                    (x + k - 44, y + h * 0.5),
                ]
            ),
            pale(tone, 0.25),
        )
        for k in range(-330, 331, 110)
    )
    return (
        path(pts(field(0)), tone, ink=dark(tone, 0.4), width=W)
        + path(pts(field(34)), ink=pale(tone, 0.4), width=6)
        + knots
    )


def coffee_table(paint: Paint, x: float, y: float) -> str:
    """A low table with a book and a cup."""
    legs = "".join(
        box(x + k, y - 62, 15, 62, dark(paint.wood, 0.25), ink=paint.ink, width=2.5) for k in (-130, 116)
    )
    book = slab(paint, x - 84, y - 104, 96, 18, paint.lit("#35577a"), r=3) + slab(
        paint, x - 74, y - 118, 80, 15, paint.lit("#e0c08a"), r=3
    )
    cup = slab(paint, x + 50, y - 118, 34, 32, paint.lit("#f4ede0"), r=7)
    return (
        floor_shadow(x, y, 160)
        + legs
        + book
        + cup
        + slab(paint, x - 150, y - 86, 300, 24, pale(paint.wood, 0.1), r=5)
    )


def sideboard(paint: Paint, x: float, y: float) -> str:
    """A low cupboard with a lamp and a vase."""
    doors = "".join(
        box(
            x - 180 + k * 122,
            y - 136,
            110,
            112,
            dark(paint.wood, 0.1),
            ink=dark(paint.wood, 0.45),
            width=3,
            r=4,
        )
        + oval(x - 84 + k * 122, y - 80, 7, 7, paint.lit("#e0b455"), ink=paint.ink, width=2)
        for k in range(3)
    )
    vase = path(
        curve(
            [
                (x - 120, y - 160),
                (x - 140, y - 204),
                (x - 118, y - 240),
                (x - 84, y - 240),
                (x - 64, y - 204),
                (x - 84, y - 160),
            ]
        ),
        paint.accent,
        ink=paint.ink,
        width=W,
    )
    return (
        floor_shadow(x, y, 200)
        + slab(paint, x - 196, y - 152, 392, 140, paint.wood, r=4)
        + doors
        + vase
        + table_lamp(paint, x + 90, y - 152)
    )


def round_mirror(paint: Paint, x: float, y: float, r: float) -> str:
    """A round mirror in a gilt frame."""
    gilt = mix(paint.lit("#d9a94a"), paint.wood, 0.3)
    shine = path(
        pts(
            [
                (x - r * 0.6, y + r * 0.5),
                (x + r * 0.2, y - r * 0.8),
                (x + r * 0.44, y - r * 0.7),
                (x - r * 0.36, y + r * 0.7),
            ]
        ),
        "#ffffff",
        opacity=0.3,
    )
    return (
        oval(x + 6, y + 8, r, r, "#12080c", opacity=0.25)
        + oval(x, y, r, r, gilt, ink=paint.ink, width=W)
        + oval(x, y, r * 0.86, r * 0.86, paint.lit("#c2d8dc"), ink=paint.ink, width=2.5)
        + shine
    )


def fridge(paint: Paint, x: float, y: float) -> str:
    """A round-shouldered fridge with notes on its door."""
    tone = mix(paint.lit("#e9e4d6"), paint.accent, 0.2)
    notes = "".join(
        box(x - 60 + k * 40, y - 300 + k % 2 * 34, 30, 34, paint.lit(c), ink=paint.ink, width=2)
        for k, c in enumerate(("#f2d65a", "#e8a0a8", "#a0d0c0"))
    )
    return (
        floor_shadow(x, y, 110)
        + slab(paint, x - 100, y - 470, 200, 470, tone, r=26)
        + line([(x - 96, y - 330), (x + 96, y - 330)], paint.ink, 3)
        + "".join(slab(paint, x + 66, y - k, 14, 70, paint.lit("#b4bcc0"), r=6) for k in (420, 300))
        + notes
    )


def fruit_bowl(paint: Paint, x: float, y: float) -> str:
    """A bowl of oranges and apples."""
    fruit = "".join(
        oval(x + dx, y - 40 - dy, 21, 21, paint.lit(c), ink=paint.ink, width=3)
        for dx, dy, c in (
            (-34, 0, "#e8903a"),
            (34, 0, "#d9503f"),
            (0, 4, "#8fae4a"),
            (-16, 26, "#d9503f"),
            (18, 24, "#e8b03a"),
        )
    )
    return fruit + path(
        curve([(x - 66, y - 40), (x - 40, y), (x + 40, y), (x + 66, y - 40)], tension=0.7),
        paint.lit("#4f7a8a"),
        ink=paint.ink,
        width=W,
    )


def plate_shelf(paint: Paint, x: float, y: float) -> str:
    """Two open shelves of plates, cups and jars, 420 wide."""
    tones = ("#efe6d4", "#7fa4b0", "#d9a94a", "#efe6d4", "#c2634c", "#9ab08a")
    plates = "".join(
        oval(x + 44 + k * 66, y + 66, 29, 33, paint.lit(tones[k]), ink=paint.ink, width=3)
        + oval(x + 44 + k * 66, y + 66, 16, 19, pale(paint.lit(tones[k]), 0.3))
        for k in range(6)
    )
    cups = "".join(
        slab(
            paint, x + 20 + k * 58, y - 58 - k % 3 * 8, 40, 58 + k % 3 * 8, paint.lit(tones[(k + 2) % 6]), r=7
        )
        for k in range(7)
    )
    return cups + plates + "".join(slab(paint, x, y + k, 426, 15, paint.wood, r=3) for k in (0, 100))


def dresser(paint: Paint, x: float, y: float) -> str:
    """A chest of drawers with a mirror on it."""
    drawers = "".join(
        box(
            x - 116,
            y - 184 + k * 60,
            232,
            50,
            dark(paint.wood, 0.08),
            ink=dark(paint.wood, 0.45),
            width=3,
            r=4,
        )
        + "".join(
            oval(x + s, y - 158 + k * 60, 7, 7, paint.lit("#e0b455"), ink=paint.ink, width=2)
            for s in (-60, 60)
        )
        for k in range(3)
    )
    return (
        floor_shadow(x, y, 140)
        + round_mirror(paint, x, y - 320, 104)
        + slab(paint, x - 130, y - 200, 260, 200, paint.wood, r=4)
        + drawers
        + slab(paint, x - 100, y - 240, 24, 40, paint.accent, r=6)
        + slab(paint, x - 64, y - 228, 20, 28, paint.lit("#e8b8a0"), r=5)
    )


def trophy(paint: Paint, x: float, y: float) -> str:
    """A cup that somebody won."""
    gold = paint.lit("#d9a94a")
    return (
        slab(paint, x - 30, y - 20, 60, 20, dark(paint.wood, 0.2))
        + box(x - 6, y - 46, 12, 28, gold, ink=paint.ink, width=2.5)
        + path(
            curve([(x - 34, y - 96), (x - 24, y - 54), (x + 24, y - 54), (x + 34, y - 96)], tension=0.7),
            gold,
            ink=paint.ink,
            width=3,
        )
    )


def coat_rack(paint: Paint, x: float, y: float) -> str:
    """A stand with a coat, a hat and an umbrella."""
    coat = path(
        curve(
            [(x - 8, y - 376), (x - 64, y - 330), (x - 76, y - 150), (x - 14, y - 140), (x + 6, y - 330)],
            tension=0.7,
        ),
        paint.lit("#6f5a48"),
        ink=paint.ink,
        width=W,
    )
    hat = path(
        curve([(x + 18, y - 410), (x + 32, y - 446), (x + 76, y - 444), (x + 88, y - 410)]),
        paint.lit("#4a3c38"),
        ink=paint.ink,
        width=W,
    ) + box(x + 4, y - 414, 98, 11, paint.lit("#4a3c38"), ink=paint.ink, width=2.5, r=5)
    return (
        floor_shadow(x, y, 60)
        + box(x - 6, y - 430, 12, 430, paint.wood, ink=paint.ink, width=3)
        + "".join(line([(x, y - 40), (x + k, y)], paint.ink, 11) for k in (-50, 50))
        + coat
        + hat
    )


def cake_stand(paint: Paint, x: float, y: float) -> str:
    """A cake under glass."""
    cake = (
        slab(paint, x - 36, y - 66, 72, 38, paint.lit("#e8b8a0"), r=5)
        + box(x - 36, y - 70, 72, 14, paint.lit("#fbf1e4"), ink=paint.ink, width=2.5, r=6)
        + oval(x, y - 74, 8, 8, paint.lit("#d9403a"), ink=paint.ink, width=2)
    )
    dome = path(
        curve(
            [(x - 50, y - 30), (x - 48, y - 80), (x, y - 112), (x + 48, y - 80), (x + 50, y - 30)],
            tension=0.8,
        ),
        "#ffffff",
        ink=paint.ink,
        width=2.5,
        opacity=0.25,
    )
    return (
        box(x - 6, y - 24, 12, 24, paint.lit("#d9d4c8"), ink=paint.ink, width=2.5)
        + oval(x, y - 26, 58, 10, paint.lit("#efe8da"), ink=paint.ink, width=3)
        + cake
        + dome
    )


def sacks(paint: Paint, x: float, y: float) -> str:
    """Open sacks of beans and flour."""
    return "".join(
        floor_shadow(x + dx, y, 56)
        + path(
            curve(
                [
                    (x + dx - 48, y),
                    (x + dx - 54, y - 56),
                    (x + dx - 36, y - 92),
                    (x + dx + 36, y - 92),
                    (x + dx + 54, y - 56),
                    (x + dx + 48, y),
                ],
                tension=0.8,
            ),
            paint.lit("#cbb38a"),
            ink=paint.ink,
            width=W,
        )
        + oval(x + dx, y - 92, 38, 12, paint.lit(c), ink=paint.ink, width=3)
        for dx, c in ((0, "#7a4a30"), (100, "#f2e6cf"))
    )
