"""Where pictures hang and where they are made: museum and studio of a painter."""

from dataclasses import replace

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, cut, glow, group, line, oval, path, pts
from tools.engines.previz.sets import fittings
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.shapes import block, bricks, disc, standing, stick
from tools.engines.previz.sets.sky import opening, outlook


def museum(paint: Paint) -> SetDrawing:
    """Paintings in gold under little lamps, busts on plinths, a vase in glass, a cord before it all."""
    paint = replace(
        paint,
        wall=mix(
            paint.wall, paint.lit(paint.pick("gallery", "#7a3034", "#3f5a4c", "#3f4f6a", "#b5a88f")), 0.7
        ),
    )
    built = room(paint, [], panel=True, stripes=paint.dice("museum").random() < 0.4)
    frames = "".join(
        _old_master(paint, x, y, w, h, k)
        for k, (x, y, w, h) in enumerate(
            (
                (-560, 110, 300, 220),
                (-140, 80, 220, 300),
                (190, 110, 380, 270),
                (990, 90, 380, 270),
                (1480, 80, 220, 300),
                (1830, 110, 340, 240),
            )
        )
    )
    busts = fittings.bust(paint, 80, 690) + fittings.bust(paint, 700, 690) + fittings.bust(paint, 1430, 690)
    case = _vitrine(paint, 900, 700) + _vitrine(paint, 1770, 700)
    bench = (
        standing(520, 180, 800)
        + f.slab(paint, 360, 716, 320, 34, mix(paint.lit("#3a2a2a"), paint.wood, 0.4), r=12)
        + "".join(block(paint, x, 750, 22, 52, paint.wood) for x in (384, 634))
    )
    return SetDrawing(
        far=outlook(paint), middle=built + frames + busts + case + fittings.ropes(paint, 180, 716, paint.lit("#8a2f3a")) + fittings.ropes(paint, 1000, 716, paint.lit("#8a2f3a")) + bench + extras(paint, 1620, 760),
        lamps=(Lamp(380, 150, 420, "#ffe8b8"), Lamp(1180, 150, 420, "#ffe8b8"), Lamp(-30, 150, 340, "#ffe8b8"), Lamp(900, 400, 240, "#f2f8ff"), Lamp(1590, 150, 340, "#ffe8b8")),
    )  # fmt: skip


def _old_master(paint: Paint, x: float, y: float, w: float, h: float, k: int) -> str:
    """A landscape, a portrait, fruit or a ship, in a carved frame with its lamp."""
    gold, d = paint.lit("#d0a03f"), pts([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
    kinds = (_canvas_sea, _canvas_portrait, _canvas_fruit) if h <= w else (_canvas_portrait,)
    art = paint.dice(f"master {k}").choice(kinds)(paint, x, y, w, h, k)
    frame = (
        box(x - 12, y - 12, w + 24, h + 24, "none", ink=paint.ink, width=34)
        + box(x - 12, y - 12, w + 24, h + 24, "none", ink=gold, width=27)
        + box(x - 4, y - 4, w + 8, h + 8, "none", ink=dark(gold, 0.35), width=4)
        + box(x - 20, y - 20, w + 40, h + 40, "none", ink=pale(gold, 0.4), width=4)
    )
    corners = "".join(
        disc(paint, cx, cy, 17, gold) for cx in (x - 12, x + w + 12) for cy in (y - 12, y + h + 12)
    )
    lamp = (
        glow(x + w / 2, y + h * 0.3, w * 0.6, h * 0.8, "#ffedc0", 0.3)
        + stick(paint, [(x + w / 2, y - 30), (x + w / 2, y - 48)], gold, 6)
        + box(x + w / 2 - 60, y - 60, 120, 16, gold, ink=paint.ink, width=2.5, r=7)
    )
    plate = box(x + w / 2 - 40, y + h + 36, 80, 22, paint.lit("#e6d8a8"), ink=paint.ink, width=2)
    return (
        box(x - 18, y - 8, w + 52, h + 46, "#12080c", opacity=0.25)
        + box(x, y, w, h, paint.lit("#5a4a3a"))
        + clip(d, art)
        + frame
        + corners
        + lamp
        + plate
    )


def _canvas_sea(paint: Paint, x: float, y: float, w: float, h: float, k: int) -> str:
    sky_, sea = paint.lit("#d8c090"), paint.lit("#4f6f74")
    ship = path(
        pts(
            [
                (x + w * 0.34, y + h * 0.62),
                (x + w * 0.66, y + h * 0.62),
                (x + w * 0.6, y + h * 0.74),
                (x + w * 0.4, y + h * 0.74),
            ]
        ),
        paint.lit("#4a3022"),
    ) + "".join(
        path(
            curve([(x + w * a, y + h * 0.2), (x + w * (a + 0.13), y + h * 0.4), (x + w * a, y + h * 0.58)]),
            paint.lit("#f2e6c8"),
        )
        + line([(x + w * a, y + h * 0.14), (x + w * a, y + h * 0.62)], paint.lit("#4a3022"), 5)
        for a in (0.42, 0.56)
    )
    waves = "".join(
        line(
            [
                (x + w * n / 6, y + h * (0.74 + n % 3 * 0.07)),
                (x + w * (n + 0.5) / 6, y + h * (0.71 + n % 3 * 0.07)),
                (x + w * (n + 1) / 6, y + h * (0.74 + n % 3 * 0.07)),
            ],
            pale(sea, 0.4),
            4,
        )
        for n in range(6)
    )
    return (
        box(x, y, w, h, sky_)
        + oval(x + w * 0.78, y + h * 0.3, h * 0.14, h * 0.14, paint.lit("#f2d890"))
        + oval(x + w * 0.2, y + h * 0.24, w * 0.16, h * 0.08, pale(sky_, 0.5))
        + box(x, y + h * 0.66, w, h, sea)
        + ship
        + waves
    )


def _canvas_portrait(paint: Paint, x: float, y: float, w: float, h: float, k: int) -> str:
    mid, skin, dress = x + w / 2, paint.lit("#e0b48a"), paint.lit(("#3a4a5a", "#7a2f3a", "#4a5a3a")[k % 3])
    bust = path(
        curve(
            [
                (mid - h * 0.36, y + h),
                (mid - h * 0.3, y + h * 0.66),
                (mid, y + h * 0.56),
                (mid + h * 0.3, y + h * 0.66),
                (mid + h * 0.36, y + h),
            ],
            tension=0.7,
        ),
        dress,
    )
    ruff = oval(mid, y + h * 0.6, h * 0.15, h * 0.07, paint.lit("#f2ece0"))
    hair = oval(mid, y + h * 0.36, h * 0.17, h * 0.2, paint.lit("#3a2418"))
    face = oval(mid, y + h * 0.41, h * 0.115, h * 0.155, skin)
    eyes = "".join(
        oval(mid + a * h * 0.045, y + h * 0.39, h * 0.014, h * 0.01, paint.ink) for a in (-1, 1)
    ) + line([(mid - h * 0.03, y + h * 0.49), (mid + h * 0.03, y + h * 0.49)], dark(skin, 0.4), 3)
    return (
        box(x, y, w, h, paint.lit("#4f4030"))
        + oval(mid, y + h * 0.4, w * 0.4, h * 0.4, paint.lit("#7a6444"), opacity=0.7)
        + bust
        + ruff
        + hair
        + face
        + eyes
    )


def _canvas_fruit(paint: Paint, x: float, y: float, w: float, h: float, k: int) -> str:
    table = box(x, y + h * 0.66, w, h * 0.4, paint.lit("#7a5030")) + path(
        pts(
            [
                (x + w * 0.2, y + h * 0.66),
                (x + w * 0.7, y + h * 0.66),
                (x + w * 0.6, y + h * 0.9),
                (x + w * 0.34, y + h * 0.84),
            ]
        ),
        paint.lit("#e9e0cc"),
    )
    fruit = "".join(
        oval(x + w * a, y + h * b, h * 0.11, h * 0.11, paint.lit(c))
        + oval(x + w * a - h * 0.03, y + h * b - h * 0.04, h * 0.03, h * 0.02, "#ffffff", opacity=0.6)
        for a, b, c in (
            (0.36, 0.6, "#c9503f"),
            (0.48, 0.58, "#e0a03a"),
            (0.42, 0.46, "#8a9a3a"),
            (0.58, 0.62, "#c9503f"),
        )
    )
    jug = path(
        curve(
            [
                (x + w * 0.7, y + h * 0.7),
                (x + w * 0.67, y + h * 0.46),
                (x + w * 0.72, y + h * 0.28),
                (x + w * 0.8, y + h * 0.28),
                (x + w * 0.85, y + h * 0.46),
                (x + w * 0.82, y + h * 0.7),
            ]
        ),
        paint.lit("#6f8a94"),
    )
    return box(x, y, w, h, paint.lit("#3a3026")) + table + jug + fruit


def _vitrine(paint: Paint, x: float, y: float) -> str:
    """A vase under glass on a stand."""
    clay = paint.lit("#b5603f")
    vase = curve(
        [
            (x - 24, y - 400),
            (x - 54, y - 340),
            (x - 40, y - 270),
            (x - 20, y - 236),
            (x + 20, y - 236),
            (x + 40, y - 270),
            (x + 54, y - 340),
            (x + 24, y - 400),
        ],
        tension=0.9,
    )
    bands = box(x - 70, y - 350, 140, 22, paint.lit("#2f2a2a")) + "".join(
        oval(x - 50 + n * 20, y - 300, 6, 6, paint.lit("#2f2a2a")) for n in range(6)
    )
    stand = f.slab(paint, x - 92, y - 230, 184, 230, paint.lit("#5a4a40"), r=3)
    return (
        standing(x, 110, y)
        + stand
        + path(vase, clay)
        + clip(vase, bands)
        + path(vase, ink=paint.ink, width=3.5)
        + box(x - 20, y - 414, 40, 16, clay, ink=paint.ink, width=3)
        + box(x - 88, y - 450, 176, 220, "#e8f6fa", opacity=0.22)
        + box(x - 88, y - 450, 176, 220, "none", ink="#eef8fa", width=5)
        + path(
            pts([(x - 60, y - 240), (x + 10, y - 440), (x + 44, y - 440), (x - 26, y - 240)]),
            "#ffffff",
            opacity=0.22,
        )
    )


def art_studio(paint: Paint) -> SetDrawing:
    """A tall north window, an easel with a picture begun, canvases everywhere, pots of brushes, a plaster head."""
    glass = [
        opening(paint, 900, 10, 420, 450, style="grid"),
        opening(paint, -640, 10, 380, 450, style="grid"),
    ]
    wall = mix(
        paint.wall, paint.lit(paint.pick("whitewash", "#f0ece2", "#b5785f", "#7f8f94", "#d8c8a0")), 0.6
    )
    walls = (
        fittings.plain_walls(paint, wall)
        + (bricks(paint, -40, 640, wall) if paint.dice("brick").random() < 0.6 else "")
        + _sketches(paint, 560, 80)
        + _sketches(paint, 1400, 90)
    )
    middle = (
        walls
        + cut(*(path(o.hole, "#000000") for o in glass))
        + "".join(o.trim for o in glass)
        + fittings.hard_floor(paint, joints=False)
        + _splashes(paint)
    )
    leaning = "".join(
        _leaning(paint, x, 670, w, h, k)
        for k, (x, w, h) in enumerate(
            ((-180, 190, 240), (-40, 150, 190), (960, 200, 150), (1150, 140, 180), (1720, 220, 280))
        )
    )
    bench = _paint_table(paint, 560, 700) + fittings.bust(paint, 1470, 668)
    middle += (
        leaning
        + bench
        + _easel(paint, 250, 740, 0)
        + _easel(paint, 1280, 760, 1)
        + _stool(paint, 440, 790)
        + fittings.hung(paint, 640, 30, "#3f4a4f")
    )
    return SetDrawing(
        far=outlook(paint, high=True), middle=middle + extras(paint, 1640, 730), panes=panes_of(glass),
        lamps=(Lamp(640, 70, 560), Lamp(250, 120, 380), Lamp(1420, 120, 380)),
    )  # fmt: skip


def _subject(paint: Paint, x: float, y: float, w: float, h: float, k: int) -> str:
    """What is on a canvas: a figure in a gown, hills, a bowl, or planes of colour."""
    tones = [paint.lit(c) for c in ("#c9503f", "#e0a83a", "#4f7f9a", "#5c8a5a", "#8a5a8c", "#e9d8b8")]
    turn = k % 3
    tones = [*tones[turn:5], *tones[:turn], tones[5]]
    ground = paint.lit(("#d8c8a8", "#b8c8c4", "#e0c0a8")[turn])
    drawn = (_gown, _hilly, _bowl, _planes)[(paint.seed + k) % 4](paint, tones, ground)
    return group(drawn, transform=f"translate({x:g} {y:g}) scale({w:g} {h:g})")


def _gown(paint: Paint, tones: list[str], ground: str) -> str:
    """All that is on canvases is drawn in a square of one by one."""
    gown = path(
        curve([(0.42, 0.34), (0.58, 0.34), (0.6, 0.52), (0.84, 1), (0.16, 1), (0.4, 0.52)], tension=0.6),
        tones[0],
    )
    halo = box(0, 0, 1, 1, ground) + oval(0.5, 0.46, 0.4, 0.36, pale(ground, 0.4))
    return (
        halo
        + gown
        + oval(0.5, 0.24, 0.08, 0.08, paint.lit("#d8a882"))
        + oval(0.5, 0.2, 0.1, 0.07, paint.lit("#4a2a1a"))
    )


def _hilly(paint: Paint, tones: list[str], ground: str) -> str:
    far = path(curve([(-0.1, 0.6), (0.3, 0.4), (0.7, 0.62), (1.1, 0.46), (1.1, 1.1), (-0.1, 1.1)]), tones[3])
    near = path(curve([(-0.1, 0.8), (0.5, 0.7), (1.1, 0.86), (1.1, 1.1), (-0.1, 1.1)]), tones[1])
    return box(0, 0, 1, 1, tones[2]) + oval(0.7, 0.26, 0.12, 0.1, tones[1]) + far + near


def _bowl(paint: Paint, tones: list[str], ground: str) -> str:
    fruit = "".join(oval(a, 0.55, 0.1, 0.08, tones[n]) for n, a in enumerate((0.36, 0.5, 0.64)))
    return (
        box(0, 0, 1, 1, ground)
        + box(0, 0.66, 1, 0.34, tones[4])
        + oval(0.5, 0.66, 0.3, 0.14, tones[5])
        + fruit
    )


def _planes(paint: Paint, tones: list[str], ground: str) -> str:
    first = path(pts([(0, 0), (0.6, 0), (0.3, 0.6), (0, 0.4)]), tones[0])
    second = path(pts([(0.5, 1), (1, 0.3), (1, 1)]), tones[2])
    return box(0, 0, 1, 1, tones[5]) + first + second + oval(0.6, 0.44, 0.16, 0.13, tones[1])


def _canvas(paint: Paint, x: float, y: float, w: float, h: float, k: int) -> str:
    d = pts([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
    return (
        clip(d, _subject(paint, x, y, w, h, k))
        + box(x, y, w, h, "none", ink=paint.ink, width=4)
        + box(x + w, y + 5, 9, h, paint.lit("#d8ccb4"), ink=paint.ink, width=2)
    )


def _easel(paint: Paint, x: float, y: float, k: int) -> str:
    tone = pale(paint.wood, 0.15)
    legs = "".join(
        stick(paint, [(x + a, 90), (x + b, y)], tone, 15) for a, b in ((-14, -130), (14, 130))
    ) + stick(paint, [(x, 60), (x, y - 60)], dark(tone, 0.15), 13)
    return (
        standing(x, 150, y)
        + legs
        + _canvas(paint, x - 130, 130, 260, 330, k)
        + f.slab(paint, x - 150, 462, 300, 20, tone, r=3)
        + block(paint, x - 16, 104, 32, 30, tone)
    )


def _leaning(paint: Paint, x: float, y: float, w: float, h: float, k: int) -> str:
    return standing(x + w / 2, w * 0.6, y) + group(
        _canvas(paint, 0, -h, w, h, k + 2), transform=f"translate({x:g} {y:g}) rotate({(k % 3 - 1) * 4})"
    )


def _sketches(paint: Paint, x: float, y: float) -> str:
    sheet, dice, drawn = paint.lit("#f2eadc"), paint.dice(f"sketch {x:.0f}"), ""
    for k in range(6):
        left, top = x + k % 3 * 104 + dice.uniform(-6, 6), y + k // 3 * 136 + dice.uniform(-6, 6)
        drawn += (
            box(left, top, 86, 116, sheet, ink=paint.ink, width=2.2)
            + oval(left + 43, top + 34, 15, 19, "none", ink=dark(sheet, 0.55), width=3)
            + line(
                [
                    (left + 24, top + 104),
                    (left + 30 + k * 3, top + 66),
                    (left + 58, top + 62),
                    (left + 66, top + 104),
                ],
                dark(sheet, 0.55),
                3,
            )
            + disc(paint, left + 43, top + 5, 5, paint.accent)
        )
    return drawn


def _paint_table(paint: Paint, x: float, y: float) -> str:
    tones = [paint.lit(c) for c in ("#c9503f", "#e0a83a", "#4f7f9a", "#5c8a5a", "#8a5a8c", "#f2ece0")]
    tubes = "".join(
        box(x - 190 + k * 36, y - 186, 30, 14, tones[k % 6], ink=paint.ink, width=2, r=5) for k in range(6)
    )
    pots = ""
    for k in range(3):
        px = x + 40 + k * 66
        pots += "".join(
            stick(
                paint,
                [(px + n * 10, y - 230), (px - 8 + n * 17, y - 300 + n % 2 * 20)],
                pale(paint.wood, 0.2),
                4,
            )
            + oval(px - 8 + n * 17, y - 306 + n % 2 * 20, 7, 14, tones[(n + k) % 6], ink=paint.ink, width=2)
            for n in range(4)
        ) + block(paint, px - 12, y - 238, 54, 68, tones[(k * 2 + 1) % 6], r=6)
    palette = path(
        curve(
            [(x - 150, y - 196), (x - 90, y - 226), (x - 10, y - 214), (x + 4, y - 186), (x - 70, y - 176)]
        ),
        pale(paint.wood, 0.3),
        ink=paint.ink,
        width=3,
    ) + "".join(oval(x - 118 + k * 26, y - 200 - k % 2 * 8, 10, 7, tones[k]) for k in range(4))
    return f.table(paint, x, y, 440) + tubes + palette + pots


def _stool(paint: Paint, x: float, y: float) -> str:
    legs = "".join(
        stick(paint, [(x + k * 0.6, y - 150), (x + k, y)], paint.wood, 11) for k in (-60, 60)
    ) + stick(paint, [(x - 50, y - 60), (x + 50, y - 60)], paint.wood, 8)
    return (
        standing(x, 70, y)
        + legs
        + box(x - 66, y - 168, 132, 24, pale(paint.wood, 0.15), ink=paint.ink, width=3.5, r=12)
    )


def _splashes(paint: Paint) -> str:
    dice = paint.dice("splashes")
    return "".join(
        oval(
            dice.uniform(-400, 1900),
            dice.uniform(690, 960),
            dice.uniform(8, 34),
            dice.uniform(3, 8),
            paint.lit(dice.choice(("#c9503f", "#e0a83a", "#4f7f9a", "#f2ece0", "#5c8a5a"))),
            opacity=0.8,
        )
        for _ in range(40)
    )
