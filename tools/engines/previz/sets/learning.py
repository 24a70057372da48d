"""A library and a laboratory."""

import random

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import (
    box,
    clip,
    curve,
    glow,
    group,
    line,
    oval,
    path,
    pts,
)
from tools.engines.previz.sets import fittings, stock
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import (
    Lamp,
    Paint,
    SetDrawing,
)
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.shapes import (
    block,
    disc,
    poly,
    rod,
    standing,
    stick,
)
from tools.engines.previz.sets.sky import opening, outlook


def library(paint: Paint) -> SetDrawing:
    """Bookcases to the ceiling, a ladder on a rail, an arched window, green lamps on a long table."""
    glass = [
        opening(paint, 890, 60, 200, 380, style="arch"),
        opening(paint, -700, 60, 200, 380, style="arch"),
    ]
    built = room(paint, glass, panel=False)
    cases = "".join(_bookcase(paint, x, w) for x, w in ((-420, 580), (200, 600), (1150, 600), (1790, 560)))
    table = _reading_table(paint, 560, 760) + _globe(paint, 1010, 690)
    return SetDrawing(
        far=outlook(paint), middle=built + cases + _ladder(paint, 330, 700) + _ladder(paint, 1560, 700) + table + f.armchair(paint, 1430, 770, paint.accent) + f.armchair(paint, 70, 770, paint.accent) + extras(paint, 1700, 730),
        panes=panes_of(glass), lamps=(Lamp(470, 500, 380), Lamp(700, 500, 380), Lamp(120, 120, 420, power=0.7), Lamp(1450, 120, 420, power=0.7)),
    )  # fmt: skip


def _bookcase(paint: Paint, x: float, w: float) -> str:
    crown = f.slab(paint, x - 24, -30, w + 48, 44, pale(paint.wood, 0.1), r=4) + box(
        x - 14, 14, w + 28, 14, dark(paint.wood, 0.2), ink=paint.ink, width=2.5
    )
    rail = stick(paint, [(x - 6, 148), (x + w + 6, 148)], paint.lit("#c9a04a"), 7)
    return stock.shelves(paint, x, 666, w, 640, 6, stock.books, tone=paint.wood, bays=3) + crown + rail


def _ladder(paint: Paint, x: float, y: float) -> str:
    tone = pale(paint.wood, 0.3)
    rungs = "".join(
        stick(paint, [(x + 8 + k * 11, y - 60 - k * 60), (x + 86 + k * 11, y - 60 - k * 60)], tone, 9)
        for k in range(10)
    )
    return rungs + "".join(stick(paint, [(x + k, y), (x + k + 112, y - 640)], tone, 13) for k in (0, 84))


def _reading_table(paint: Paint, x: float, y: float) -> str:
    top = (
        standing(x, 340, y)
        + f.slab(paint, x - 320, y - 200, 640, 28, pale(paint.wood, 0.1), r=4)
        + "".join(f.slab(paint, x + k, y - 172, 36, 172, dark(paint.wood, 0.15)) for k in (-296, 260))
    )
    lamps = "".join(_green_lamp(paint, x + k, y - 200) for k in (-120, 140))
    piles = "".join(
        box(x + px + k % 2 * 6, y - 222 - k * 20, 104, 20, paint.lit(c), ink=paint.ink, width=2, r=3)
        for px in (-290, 214)
        for k, c in enumerate(("#a8433f", "#3f5f7a", "#c9a04a", "#4f7a5c"))
    )
    return (
        top
        + piles
        + poly(paint, [(x - 40, y - 204), (x + 6, y - 218), (x + 54, y - 204)], paint.lit("#f4eddc"))
        + lamps
    )


def _green_lamp(paint: Paint, x: float, y: float) -> str:
    brass = paint.lit("#d0a648")
    shine = glow(x, y - 60, 240, 170, "#ffe29a", 0.5) if paint.lamps else ""
    shade = path(
        curve(
            [(x - 70, y - 76), (x - 56, y - 108), (x, y - 118), (x + 56, y - 108), (x + 70, y - 76)],
            tension=0.8,
        ),
        "#2f9a62" if paint.lamps else paint.lit("#2f7a52"),
        ink=paint.ink,
        width=3.5,
    )
    return (
        shine
        + stick(paint, [(x, y), (x, y - 84)], brass, 7)
        + box(x - 36, y - 10, 72, 12, brass, ink=paint.ink, width=2.5, r=5)
        + shade
    )


def _globe(paint: Paint, x: float, y: float) -> str:
    sea = paint.lit("#6f9fae")
    ball = curve(
        [
            (x + 70 * a, y - 300 + 70 * b)
            for a, b in (
                (0, -1),
                (0.71, -0.71),
                (1, 0),
                (0.71, 0.71),
                (0, 1),
                (-0.71, 0.71),
                (-1, 0),
                (-0.71, -0.71),
            )
        ]
    )
    land = path(
        curve(
            [
                (x - 40, y - 340),
                (x + 4, y - 350),
                (x + 14, y - 300),
                (x - 20, y - 280),
                (x - 30, y - 250),
                (x - 56, y - 300),
            ]
        ),
        paint.lit("#c9b070"),
    ) + path(
        curve([(x + 30, y - 320), (x + 66, y - 310), (x + 50, y - 260), (x + 26, y - 280)]),
        paint.lit("#c9b070"),
    )
    return (
        standing(x, 60, y)
        + "".join(stick(paint, [(x, y - 210), (x + k, y)], paint.wood, 11) for k in (-46, 46))
        + path(ball, sea)
        + clip(ball, land)
        + path(ball, ink=paint.ink, width=3.5)
        + oval(x, y - 300, 84, 84, "none", ink=paint.lit("#c9a04a"), width=8)
    )


def laboratory(paint: Paint) -> SetDrawing:
    """Glass with coloured liquids on shelves and bench, a fume hood, a microscope, a chart of elements."""
    glass = [
        opening(paint, 1480, 100, 280, 270, style="grid", curtain="blinds"),
        opening(paint, -660, 100, 280, 270, style="grid", curtain="blinds"),
    ]
    built = room(paint, glass, tiles=True, panel=False)
    shelves = "".join(
        stock.shelves(
            paint, x, 420, w, 360, 3, _flasks, tone=paint.lit("#c2cacc"), back=pale(paint.wall, 0.35)
        )
        for x, w in ((-140, 420), (1010, 420))
    )
    bench = _lab_bench(paint, -340, 700, 1900)
    things = (
        _microscope(paint, 380, 500)
        + _retort(paint, 1080, 500)
        + _tubes(paint, 130, 500)
        + _tubes(paint, 1330, 500)
        + _burner(paint, 960, 500)
    )
    return SetDrawing(
        far=outlook(paint, high=True), middle=built + shelves + _elements(paint, 330, 70) + _hood(paint, 660, 500) + bench + things + fittings.tube(paint, 460, 4, 340) + fittings.tube(paint, 1160, 4, 340) + fittings.cabinet(paint, 1640, 668, 190, 360, 4, paint.lit("#e4e8e6")) + extras(paint, 1960, 720),
        panes=panes_of(glass), lamps=(Lamp(460, 26, 560, "#effaff"), Lamp(1160, 26, 560, "#effaff"), Lamp(800, 300, 260, "#aef0ff", 0.7)),
    )  # fmt: skip


LIQUIDS = ("#5fc9e0", "#f0b03a", "#e0607a", "#7ad08a", "#a07ad8", "#f0e07a")


def _flask(paint: Paint, x: float, base: float, w: float, h: float, tone: str) -> str:
    """A conical flask with something in it."""
    d = pts(
        [
            (x + w * 0.36, base - h),
            (x + w * 0.64, base - h),
            (x + w * 0.64, base - h * 0.62),
            (x + w, base),
            (x, base),
            (x + w * 0.36, base - h * 0.62),
        ]
    )
    return (
        path(d, "#f2fbff", opacity=0.7)
        + path(
            pts([(x + w * 0.2, base - h * 0.36), (x + w * 0.8, base - h * 0.36), (x + w, base), (x, base)]),
            tone,
        )
        + path(d, ink=paint.ink, width=2.6)
        + box(x + w * 0.3, base - h - 5, w * 0.4, 8, "#eaf6fa", ink=paint.ink, width=2, r=3)
    )


def _flasks(paint: Paint, dice: random.Random, x: float, base: float, w: float, h: float) -> str:
    drawn, at = "", x
    while at < x + w - 60:
        wide, tone = dice.uniform(36, 60), paint.lit(dice.choice(LIQUIDS))
        if dice.random() < 0.6:
            drawn += _flask(paint, at, base, wide, h * dice.uniform(0.6, 0.95), tone)
        else:
            high = h * dice.uniform(0.5, 0.8)
            drawn += box(
                at, base - high, wide * 0.8, high, "#f2fbff", ink=paint.ink, width=2.6, r=6, opacity=0.9
            ) + box(at + 3, base - high * 0.6, wide * 0.8 - 6, high * 0.6 - 3, tone, r=4)
        at += wide + 14
    return drawn


def _elements(paint: Paint, x: float, y: float) -> str:
    """The chart of the elements: columns of coloured squares."""
    tall = (7, 6, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 6, 6, 6, 6, 7)
    tones = [paint.lit(c) for c in ("#e8705a", "#f0b04a", "#7ab8d8", "#8ad08a", "#c89ad8")]
    drawn = f.slab(paint, x, y, 312, 190, paint.lit("#f4f4ee"), r=4)
    for col, count in enumerate(tall):
        tone = tones[0 if col < 1 else 1 if col < 2 else 2 if col < 12 else 3 if col < 16 else 4]
        drawn += "".join(
            box(x + 14 + col * 16, y + 32 + (7 - count + row) * 19, 14, 17, tone, ink=paint.ink, width=1)
            for row in range(count)
        )
    return drawn


def _hood(paint: Paint, x: float, y: float) -> str:
    """A fume hood with its sash half down and a light inside."""
    steel = paint.lit("#cfd8da")
    body = (
        f.slab(paint, x, 40, 320, y - 40, steel, r=6)
        + box(
            x + 24,
            96,
            272,
            y - 120,
            "#dff4fa" if paint.lamps else paint.lit("#b8d0d6"),
            ink=paint.ink,
            width=3,
        )
        + glow(x + 160, 220, 200, 180, "#dff8ff", 0.4)
    )
    inside = "".join(
        _flask(paint, x + 60 + k * 76, y - 26, 60, 110 - k % 2 * 24, paint.lit(LIQUIDS[k])) for k in range(3)
    )
    sash = (
        box(x + 24, 96, 272, 150, "#ffffff", opacity=0.3)
        + stick(paint, [(x + 26, 246), (x + 294, 246)], dark(steel, 0.2), 11)
        + box(x + 110, -400, 100, 440, dark(steel, 0.1), ink=paint.ink, width=3)
    )
    return (
        body
        + inside
        + sash
        + "".join(
            disc(paint, x + 50 + k * 44, 68, 11, c)
            for k, c in enumerate(("#7af0b8", paint.lit("#8d959a"), paint.lit("#d9503f")))
        )
    )


def _lab_bench(paint: Paint, x: float, y: float, w: float) -> str:
    top = f.slab(paint, x - 14, y - 200, w + 28, 26, paint.lit("#4a5258"), r=3)
    doors = "".join(
        box(x + 14 + k * 158, y - 156, 142, 134, pale(paint.accent, 0.35), ink=paint.ink, width=3, r=4)
        + box(x + 60 + k * 158, y - 138, 50, 9, paint.lit("#8d959a"), ink=paint.ink, width=2, r=4)
        for k in range(int(w / 158))
    )
    taps = "".join(
        rod(
            paint,
            [(at, y - 200), (at, y - 268), (at + 26, y - 280), (at + 40, y - 256)],
            paint.lit("#c2cacc"),
            9,
        )
        for at in (x + 560, x + 1560)
    )
    return box(x, y - 180, w, 180, pale(paint.accent, 0.2), ink=paint.ink, width=3.5) + doors + taps + top


def _microscope(paint: Paint, x: float, y: float) -> str:
    white, black = paint.lit("#e6eaea"), paint.lit("#2f333c")
    arm = path(
        curve(
            [
                (x + 46, y - 20),
                (x + 76, y - 90),
                (x + 60, y - 176),
                (x + 8, y - 190),
                (x + 4, y - 160),
                (x + 38, y - 140),
                (x + 46, y - 90),
                (x + 16, y - 24),
            ],
            tension=0.8,
        ),
        white,
        ink=paint.ink,
        width=3.5,
    )
    eye = group(
        block(paint, -15, -74, 30, 90, black, r=5)
        + block(paint, -20, -92, 40, 22, white, r=4)
        + block(paint, -10, 16, 20, 40, paint.lit("#c2cacc")),
        transform=f"translate({x - 8:g} {y - 140:g}) rotate(-24)",
    )
    return (
        arm
        + box(x - 60, y - 20, 150, 22, black, ink=paint.ink, width=3, r=8)
        + block(paint, x - 44, y - 74, 92, 14, black)
        + eye
        + disc(paint, x + 60, y - 90, 15, black)
    )


def _retort(paint: Paint, x: float, y: float) -> str:
    """A round flask clamped over nothing, joined to another by a coil."""
    steel = paint.lit("#8d959a")
    stand = (
        stick(paint, [(x, y - 4), (x, y - 230)], steel, 8)
        + box(x - 50, y - 10, 110, 12, steel, ink=paint.ink, width=2.5)
        + stick(paint, [(x, y - 170), (x + 60, y - 170)], steel, 7)
    )
    ball = (
        disc(paint, x + 74, y - 110, 46, "#eefaff")
        + path(
            curve(
                [
                    (x + 30, y - 104),
                    (x + 74, y - 96),
                    (x + 118, y - 104),
                    (x + 104, y - 74),
                    (x + 74, y - 65),
                    (x + 44, y - 74),
                ]
            ),
            paint.lit("#e0607a"),
        )
        + oval(x + 74, y - 110, 46, 46, "none", ink=paint.ink, width=3)
        + block(paint, x + 64, y - 190, 20, 40, "#eefaff")
    )
    coil = line(
        [
            (x + 84, y - 186),
            (x + 120, y - 206),
            (x + 140, y - 160),
            (x + 160, y - 200),
            (x + 176, y - 150),
            (x + 190, y - 190),
            (x + 200, y - 90),
        ],
        paint.lit("#6fb0c0"),
        7,
    )
    return stand + ball + coil + _flask(paint, x + 170, y, 64, 96, paint.lit("#f0b03a"))


def _tubes(paint: Paint, x: float, y: float) -> str:
    rack = "".join(
        box(x + 6 + k * 26, y - 92, 18, 88, "#f2fbff", ink=paint.ink, width=2, r=8)
        + box(x + 8 + k * 26, y - 56 + k % 3 * 10, 14, 50 - k % 3 * 10, paint.lit(LIQUIDS[k % 6]), r=6)
        for k in range(6)
    )
    return (
        rack
        + block(paint, x - 8, y - 70, 178, 13, paint.wood)
        + block(paint, x - 8, y - 14, 178, 15, paint.wood)
    )


def _burner(paint: Paint, x: float, y: float) -> str:
    return (
        glow(x, y - 110, 70, 80, "#7ab8ff", 0.6)
        + path(curve([(x - 12, y - 78), (x, y - 136), (x + 12, y - 78)]), "#8fd0ff")
        + path(curve([(x - 6, y - 78), (x, y - 106), (x + 6, y - 78)]), "#ffffff")
        + block(paint, x - 9, y - 78, 18, 70, paint.lit("#8d959a"))
        + box(x - 34, y - 12, 68, 14, paint.lit("#5a6268"), ink=paint.ink, width=2.5, r=4)
    )
