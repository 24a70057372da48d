"""What stands in the open: trees, bushes, benches, lamps, cars."""

from collections.abc import Sequence

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import Point, box, cel, clip, curve, glow, line, oval, path, pts
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.furniture import floor_shadow, slab
from tools.engines.previz.sets.paint import Paint

W = 3.5
"""Width of the outline of furniture."""


def bench(paint: Paint, x: float, y: float, w: float = 300.0) -> str:
    """A park bench."""
    planks = "".join(slab(paint, x - w / 2, y - k, w, 20, paint.wood, r=4) for k in (196, 164, 106))
    legs = "".join(
        path(curve([(x + k, y - 200), (x + k + 4, y - 90), (x + k - 4, y)], False), ink=paint.ink, width=13)
        for k in (-w / 2 + 30, w / 2 - 30)
    )
    return floor_shadow(x, y, w * 0.5) + legs + planks


def tree(paint: Paint, x: float, y: float, size: float = 1.0, *, tone: str = "#5c8f4e") -> str:
    """A round tree."""
    bark = [(-24, 0), (-17, -160), (-40, -260), (44, -262), (18, -160), (28, 0)]
    trunk = curve(_placed(bark, x, y, size), tension=0.7)
    stem = path(trunk, paint.lit("#6d4a30"), ink=paint.ink, width=W)
    return floor_shadow(x, y, 110 * size) + stem + _crown(paint, x, y, size, paint.lit(tone))


def _crown(paint: Paint, x: float, y: float, size: float, green: str) -> str:
    lobes = [
        (-128, -300),
        (-118, -400),
        (-48, -478),
        (46, -484),
        (120, -410),
        (138, -312),
        (74, -250),
        (-60, -246),
    ]
    below = [(-200, -330), (-60, -310), (70, -296), (200, -340), (160, -200), (-160, -200)]
    d = curve(_placed(lobes, x, y, size), tension=1.25)
    shade = path(curve(_placed(below, x, y, size)), dark(green, 0.28))
    dabs = "".join(
        line(_placed([(a, b), (a + 22, b - 14), (a + 44, b)], x, y, size), pale(green, 0.22), 5)
        for a, b in ((-90, -370), (-40, -440), (36, -430), (70, -360), (-10, -380))
    )
    return path(d, green) + clip(d, shade, dabs) + path(d, ink=paint.ink, width=W)


def _placed(points: Sequence[Point], x: float, y: float, size: float) -> list[Point]:
    return [(x + a * size, y + b * size) for a, b in points]


def bush(paint: Paint, x: float, y: float, size: float = 1.0, *, bloom: str = "") -> str:
    """A low bush, with flowers if a colour is given."""
    green = paint.lit("#4f8048")
    d = curve(
        [
            (x + a * size, y + b * size)
            for a, b in (
                (-120, 0),
                (-128, -54),
                (-78, -104),
                (-16, -92),
                (40, -122),
                (98, -86),
                (132, -40),
                (120, 0),
            )
        ],
        tension=1.2,
    )
    shade = path(
        curve(
            [
                (x - 160 * size, y - 34 * size),
                (x, y - 40 * size),
                (x + 160 * size, y - 24 * size),
                (x, y + 40 * size),
            ]
        ),
        dark(green, 0.3),
    )
    blooms = (
        "".join(
            oval(x + a * size, y + b * size, 10 * size, 10 * size, paint.lit(bloom), ink=paint.ink, width=2)
            + oval(x + a * size, y + b * size, 3.4 * size, 3.4 * size, paint.lit("#f7d35c"))
            for a, b in (
                (-84, -58),
                (-44, -84),
                (-10, -50),
                (36, -92),
                (66, -54),
                (96, -66),
                (-70, -22),
                (20, -22),
            )
        )
        if bloom
        else ""
    )
    return path(d, green) + clip(d, shade) + path(d, ink=paint.ink, width=W) + blooms


def street_lamp(paint: Paint, x: float, y: float) -> str:
    """A street lamp with its cone of light."""
    cone = (
        glow(x, y - 520, 300, 300, "#ffd27f", 0.6) + oval(x, y + 4, 190, 26, "#ffd98a", opacity=0.22)
        if paint.lamps
        else ""
    )
    post = box(x - 8, y - 500, 16, 500, paint.lit("#3a3f48"), ink=paint.ink, width=W) + box(
        x - 20, y - 30, 40, 30, paint.lit("#3a3f48"), ink=paint.ink, width=W
    )
    bulb = "#fff0bf" if paint.lamps else paint.lit("#d8dcd8")
    return (
        cone
        + post
        + path(
            pts([(x - 26, y - 566), (x + 26, y - 566), (x + 18, y - 500), (x - 18, y - 500)]),
            bulb,
            ink=paint.ink,
            width=W,
        )
        + path(
            pts([(x - 34, y - 566), (x, y - 596), (x + 34, y - 566)]),
            paint.lit("#3a3f48"),
            ink=paint.ink,
            width=W,
        )
    )


@modern
def car(paint: Paint, x: float, y: float, tone: str) -> str:
    """A car that is parked or goes by, where cars do."""
    return sedan(paint, x, y, tone)


def sedan(paint: Paint, x: float, y: float, tone: str) -> str:
    """A car from the side, 430 wide."""
    body = curve(
        [
            (x - 214, y - 44),
            (x - 206, y - 92),
            (x - 128, y - 106),
            (x - 74, y - 160),
            (x + 62, y - 162),
            (x + 122, y - 104),
            (x + 204, y - 88),
            (x + 214, y - 44),
        ],
        tension=0.6,
    )
    panes = path(
        pts([(x - 104, y - 108), (x - 62, y - 148), (x - 8, y - 148), (x - 8, y - 108)]),
        paint.lit("#b8d4de"),
        ink=paint.ink,
        width=3,
    ) + path(
        pts([(x + 6, y - 108), (x + 6, y - 148), (x + 56, y - 149), (x + 96, y - 106)]),
        paint.lit("#b8d4de"),
        ink=paint.ink,
        width=3,
    )
    wheels = "".join(
        oval(x + k, y - 38, 38, 38, "#1d1a20", ink=paint.ink, width=W)
        + oval(x + k, y - 38, 17, 17, paint.lit("#b9b9bd"))
        for k in (-126, 126)
    )
    lights = (glow(x + 216, y - 74, 110, 60, "#fff0b0", 0.7) if paint.lamps else "") + oval(
        x + 202, y - 74, 11, 9, "#fff3c4", ink=paint.ink, width=2.5
    )
    return (
        floor_shadow(x, y, 230)
        + cel(
            body,
            tone,
            dark(tone, 0.28),
            pts([(x - 240, y - 74), (x + 240, y - 70), (x + 240, y), (x - 240, y)]),
            ink=paint.ink,
            width=W,
        )
        + panes
        + wheels
        + lights
        + line([(x - 8, y - 100), (x - 8, y - 50)], dark(tone, 0.4), 3)
    )
