"""Above and below a house: cellar and attic."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, cut, glow, group, line, oval, path, pts
from tools.engines.previz.sets import fittings, readouts, stock
from tools.engines.previz.sets import furniture as f
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
from tools.engines.previz.sets.shapes import blob, block, disc, poly, rod, standing, stick
from tools.engines.previz.sets.sky import outlook


def cellar(paint: Paint) -> SetDrawing:
    """Rough stone under a low vault, wooden steps to a lit door, shelves of jars, a boiler, one bulb."""
    stone = mix(paint.wall, paint.lit(paint.pick("stone", "#8a7f70", "#a08a6a", "#74787a")), 0.6)
    pane = box(980, 66, 170, 84, "#000000")
    walls = fittings.plain_walls(paint, stone) + _rubble(paint, stone)
    light = (
        box(980, 66, 170, 84, "none", ink=dark(stone, 0.35), width=24)
        + box(980, 66, 170, 84, "none", ink=paint.ink, width=4)
        + "".join(
            stick(paint, [(1022 + k * 43, 66), (1022 + k * 43, 150)], paint.lit("#59636a"), 8)
            for k in range(3)
        )
    )
    shelves = stock.shelves(paint, 190, 668, 420, 520, 5, stock.jars, bays=2) + stock.shelves(
        paint, -740, 668, 420, 520, 5, stock.jars, bays=2
    )
    rack = (
        _wine_rack(paint, 960, 668)
        + fittings.barrel(paint, 760, 590, 74)
        + fittings.barrel(paint, 890, 604, 62)
    )
    middle = (
        walls
        + cut(pane)
        + light
        + _low_vault(paint, stone)
        + fittings.hard_floor(paint)
        + _cellar_steps(paint, 1290, 668)
        + shelves
        + rack
        + _heater(paint, 40, 676)
        + _webs(paint)
        + fittings.bulb(paint, 700, 110, reach=380)
    )
    return SetDrawing(
        far=outlook(paint), middle=middle + f.slab(paint, 560, 690, 150, 100, paint.wood) + extras(paint, 1160, 760), panes=((980, 66, 170, 84),),
        lamps=(Lamp(700, 130, 620, "#ffd08a"), Lamp(1650, 160, 420, "#ffe2b0"), Lamp(40, 560, 260, "#ff9a4a")),
    )  # fmt: skip


def _rubble(paint: Paint, stone: str) -> str:
    """Field stones in mortar."""
    dice, drawn = paint.dice("rubble"), ""
    for row in range(9):
        x = LEFT - dice.uniform(0, 80)
        while x < RIGHT:
            wide = dice.uniform(70, 140)
            tone = dice.choice((stone, pale(stone, 0.1), dark(stone, 0.1), dark(stone, 0.18)))
            drawn += box(x + 4, -36 + row * 75, wide - 8, 67, tone, ink=dark(stone, 0.42), width=2.6, r=22)
            x += wide
    return drawn


def _low_vault(paint: Paint, stone: str) -> str:
    ribs = ""
    for x in (-400, 800, 2000):
        arch = [
            (x - 620, 330),
            (x - 540, 110),
            (x - 330, -10),
            (x, -50),
            (x + 330, -10),
            (x + 540, 110),
            (x + 620, 330),
        ]
        ribs += (
            path(
                curve([*arch, (x + 640, 330), (x + 640, -400), (x - 640, -400), (x - 640, 330)], tension=0.5),
                dark(stone, 0.4),
            )
            + line(arch, paint.ink, 46)
            + line(arch, dark(stone, 0.15), 38)
        )
    return ribs


def _cellar_steps(paint: Paint, x: float, y: float) -> str:
    """Steps that go up to a door with light behind."""
    door = (
        glow(x + 370, 150, 260, 330, "#ffe2a8", 0.6)
        + box(x + 300, -30, 180, 290, "#ffe9bc", ink=paint.ink, width=4)
        + f.slab(paint, x + 460, -30, 60, 290, paint.wood)
    )
    steps = "".join(
        f.slab(
            paint,
            x + k * 52,
            y - 58 - k * 52,
            470 - k * 52,
            58 + k * 52,
            mix(paint.wood, paint.lit("#6a5a48"), 0.08 * k),
        )
        for k in range(8)
    )
    edge = "".join(
        box(x - 8 + k * 52, y - 64 - k * 52, 84, 13, pale(paint.wood, 0.25), ink=paint.ink, width=2.5)
        for k in range(8)
    )
    rail = "".join(
        stick(
            paint,
            [(x + 20 + k * 104, y - 60 - k * 104), (x + 20 + k * 104, y - 230 - k * 104)],
            paint.wood,
            11,
        )
        for k in range(4)
    ) + stick(paint, [(x - 20, y - 190), (x + 400, y - 610)], pale(paint.wood, 0.15), 15)
    return door + steps + edge + rail


def _wine_rack(paint: Paint, x: float, y: float) -> str:
    drawn, dice = f.slab(paint, x, y - 430, 270, 430, dark(paint.wood, 0.45)), paint.dice("rack")
    for row in range(6):
        for col in range(4):
            cx, cy = x + 36 + col * 66, y - 392 + row * 70
            drawn += box(cx - 32, cy - 33, 64, 66, "none", ink=paint.wood, width=6)
            if dice.random() < 0.75:
                drawn += disc(
                    paint, cx, cy, 22, paint.lit(dice.choice(("#2f4a38", "#3a2a2a", "#4a3a1a")))
                ) + disc(paint, cx, cy, 9, paint.lit(dice.choice(("#8a2f3a", "#c9a04a", "#d8d2c0"))))
    return standing(x + 135, 150, y) + drawn


def _heater(paint: Paint, x: float, y: float) -> str:
    iron = paint.lit("#6a6460")
    flue = rod(paint, [(x, y - 380), (x, y - 480), (x - 60, y - 520), (x - 60, -300)], iron, 38)
    fire = (
        glow(x, y - 100, 130, 90, "#ff8a3a", 0.7)
        + box(x - 58, y - 140, 116, 80, "#ff9a3a", ink=paint.ink, width=3.5, r=6)
        + "".join(box(x - 50 + k * 20, y - 136, 8, 72, iron) for k in range(6))
    )
    return (
        standing(x, 130, y)
        + flue
        + box(x - 110, y - 390, 220, 380, iron, ink=paint.ink, width=3.5, r=40)
        + box(x - 86, y - 360, 24, 310, pale(iron, 0.3), r=10, opacity=0.6)
        + fire
        + readouts.gauge(paint, x, y - 270, 44, lean=0.7)
        + "".join(disc(paint, x + k, y - 190, 17, paint.lit("#c9403a")) for k in (-50, 50))
    )


def _webs(paint: Paint) -> str:
    drawn = ""
    for x, way in ((140, 1), (1280, -1), (640, 1)):
        ends = [(x, 250), (x + way * 60, 220), (x + way * 110, 170), (x + way * 130, 96)]
        drawn += "".join(line([(x, 90), end], "#ffffff", 2, opacity=0.35, smooth=False) for end in ends)
        drawn += "".join(
            line([(x + (ex - x) * s, 90 + (ey - 90) * s) for ex, ey in ends], "#ffffff", 2, opacity=0.35)
            for s in (0.4, 0.65, 0.9)
        )
    return drawn


def attic(paint: Paint) -> SetDrawing:
    """Rafters under a slope, a round window, trunks, things under sheets, frames, dust in the light."""
    boards, beam = (
        mix(
            mix(paint.wall, paint.wood, 0.35),
            paint.lit(paint.pick("boards", "#a88864", "#8f8a80", "#c9a878", "#7a6a70")),
            0.65,
        ),
        dark(paint.wood, 0.1),
    )
    back = (
        flat(TOP, BOTTOM - TOP, dark(boards, 0.3))
        + wash(-200, 850, [(0, dark(boards, 0.3), 1), (0.6, boards, 1), (1, dark(boards, 0.16), 1)])
        + "".join(box(LEFT, y, RIGHT - LEFT, 4, dark(boards, 0.3)) for y in range(-160, 640, 58))
    )
    rounds = [(x, 206.0, 104.0) for x in (1010.0, 420.0)]
    corner = paint.pick("pane", "round", "square") == "square"
    panes = "".join(
        _ring(x, y, r, corner, paint.wood, 30)
        + _ring(x, y, r + 15, corner, paint.ink, 3.5)
        + box(x - 4, y - r, 8, 2 * r, paint.wood)
        + box(x - r, y - 4, 2 * r, 8, paint.wood)
        for x, y, r in rounds
    )
    posts = "".join(f.slab(paint, x, -200, 44, 860, beam) for x in (690, 1270, 128))
    things = [_trunk, _sheeted, _boxes, _old_frames, _rocking_horse]
    paint.dice("clutter").shuffle(things)
    spots = ((300, 690), (560, 684), (800, 740), (1030, 694), (1320, 700))
    clutter = (
        "".join(thing(paint, x, y) for thing, (x, y) in zip(things, spots, strict=True))
        + f.floor_lamp(paint, 170, 690)
        + _sheeted(paint, 1640, 710)
        + _boxes(paint, -120, 700)
    )
    middle = (
        back
        + cut(*(_ring(x, y, r, corner, "#000000", 2, "#000000") for x, y, r in rounds))
        + panes
        + fittings.hard_floor(paint, paint.floor, joints=False)
        + _planks_of(paint)
        + posts
        + _slopes(paint, boards, beam)
        + _webs(paint)
        + clutter
        + fittings.bulb(paint, 800, 60, reach=260)
    )
    return SetDrawing(
        far=outlook(paint, high=True), middle=middle + extras(paint, 1500, 770), panes=((906, 102, 208, 208), (316, 102, 208, 208)),
        lamps=(Lamp(800, 80, 560, "#ffd08a"), Lamp(190, 280, 320)),
    )  # fmt: skip


def _ring(x: float, y: float, r: float, square: bool, ink: str, width: float, fill: str = "none") -> str:
    """The outline of a gable window."""
    if square:
        return box(x - r, y - r, 2 * r, 2 * r, fill, ink=ink, width=width, r=6)
    return oval(x, y, r, r, fill, ink=ink, width=width)


def _slopes(paint: Paint, boards: str, beam: str) -> str:
    """Both sides of the roof, with their rafters, down to the floor."""
    drawn = ""
    for x, way in ((0.0, 1), (1600.0, -1)):
        edge = [(x - way * 330, 660), (x + way * 420, -330)]
        drawn += path(
            pts([edge[0], edge[1], (x + way * 420, -1000), (x - way * 1000, -1000), (x - way * 1000, 660)]),
            dark(boards, 0.24),
            ink=paint.ink,
            width=4,
        )
        drawn += "".join(
            line(
                [(x - way * (330 + k), 660), (x + way * (420 - k), -330)], dark(boards, 0.36), 4, smooth=False
            )
            for k in range(60, 900, 60)
        )
        drawn += "".join(
            stick(paint, [(x - way * (316 + k), 660), (x + way * (434 - k), -330)], beam, 34)
            for k in (0, 260, 520)
        )
    return (
        drawn
        + stick(paint, [(LEFT, 24), (RIGHT, 24)], beam, 36)
        + "".join(stick(paint, [(800 + way * 90, 30), (800 + way * 300, -190)], beam, 26) for way in (-1, 1))
    )


def _planks_of(paint: Paint) -> str:
    tone = dark(paint.floor, 0.28)
    return "".join(
        line([(800 + x, FLOOR_Y + 4), (800 + x * 2.6, 1300)], tone, 3, smooth=False)
        for x in range(-1600, 1601, 120)
    )


def _trunk(paint: Paint, x: float, y: float) -> str:
    hide, brass = mix(paint.lit("#6a4a34"), paint.accent, 0.2), paint.lit("#c9a04a")
    lid = path(
        curve(
            [(x - 150, y - 120), (x - 146, y - 176), (x, y - 196), (x + 146, y - 176), (x + 150, y - 120)],
            tension=0.7,
        ),
        pale(hide, 0.1),
        ink=paint.ink,
        width=3.5,
    )
    bands = "".join(box(x + k, y - 184, 18, 184, dark(hide, 0.3), ink=paint.ink, width=2) for k in (-106, 88))
    return (
        standing(x, 170, y)
        + lid
        + f.slab(paint, x - 150, y - 124, 300, 124, hide, r=4)
        + bands
        + block(paint, x - 20, y - 140, 40, 46, brass, r=4)
        + "".join(disc(paint, x + a, y - b, 7, brass) for a in (-138, 138) for b in (18, 106))
    )


def _sheeted(paint: Paint, x: float, y: float) -> str:
    """A chair under a white sheet."""
    sheet = paint.lit("#e9e4d8")
    d = curve(
        [
            (x - 130, y),
            (x - 120, y - 150),
            (x - 84, y - 290),
            (x - 20, y - 330),
            (x + 60, y - 316),
            (x + 88, y - 190),
            (x + 130, y - 150),
            (x + 144, y),
            (x + 70, y - 12),
            (x, y + 4),
            (x - 70, y - 12),
        ],
        tension=0.7,
    )
    folds = "".join(
        line([(x + a, y - b), (x + a * 1.3 - 6, y - b * 0.5), (x + a * 1.4, y - 14)], dark(sheet, 0.2), 5)
        for a, b in ((-70, 240), (-24, 300), (30, 290), (70, 200), (100, 140))
    )
    return (
        standing(x, 150, y)
        + path(d, sheet)
        + clip(
            d,
            folds,
            path(
                curve([(x - 140, y), (x - 120, y - 150), (x - 84, y - 290), (x - 60, y - 150), (x - 90, y)]),
                dark(sheet, 0.12),
                opacity=0.7,
            ),
        )
        + path(d, ink=paint.ink, width=3.5)
    )


def _boxes(paint: Paint, x: float, y: float) -> str:
    tone = paint.lit("#c39a68")
    stack = ((-20, 0, 190, 120), (20, 120, 150, 100), (150, 0, 130, 90), (60, 220, 96, 70))
    return standing(x + 110, 170, y) + "".join(
        f.slab(paint, x + a, y - b - h, w, h, mix(tone, paint.lit("#8a6a44"), k * 0.14))
        + box(x + a + w * 0.42, y - b - h, w * 0.14, h * 0.4, pale(tone, 0.4))
        for k, (a, b, w, h) in enumerate(stack)
    )


def _old_frames(paint: Paint, x: float, y: float) -> str:
    gold = mix(paint.lit("#b08a3f"), paint.wood, 0.2)
    frames = "".join(
        group(
            box(0, -h, w, h, paint.lit("#6a5a48"), ink=paint.ink, width=3)
            + box(10, 10 - h, w - 20, h - 20, "none", ink=gold, width=18)
            + box(0, -h, w, h, "none", ink=paint.ink, width=3),
            transform=f"translate({x + k * 44:g} {y:g}) rotate({turn})",
        )
        for k, (w, h, turn) in enumerate(((190, 250, -5), (150, 190, 3)))
    )
    return standing(x + 110, 150, y) + frames


def _rocking_horse(paint: Paint, x: float, y: float) -> str:
    coat, red = paint.lit("#e0d0b4"), paint.lit("#b5403a")
    rocker = line(
        [(x - 130, y - 30), (x - 60, y - 4), (x + 60, y - 4), (x + 130, y - 30)], paint.ink, 20
    ) + line([(x - 130, y - 30), (x - 60, y - 4), (x + 60, y - 4), (x + 130, y - 30)], red, 13)
    legs = "".join(
        stick(paint, [(x + a, y - 110), (x + b, y - 18)], coat, 15)
        for a, b in ((-44, -76), (-34, -50), (44, 56), (54, 82))
    )
    body = blob(
        paint,
        [
            (x - 76, y - 120),
            (x - 66, y - 164),
            (x + 20, y - 160),
            (x + 58, y - 230),
            (x + 96, y - 246),
            (x + 132, y - 204),
            (x + 120, y - 188),
            (x + 88, y - 196),
            (x + 72, y - 116),
            (x, y - 96),
        ],
        coat,
    )
    mane = line([(x + 40, y - 176), (x + 54, y - 222), (x + 84, y - 250)], paint.lit("#6a4a30"), 16) + line(
        [(x - 74, y - 150), (x - 104, y - 110), (x - 96, y - 70)], paint.lit("#6a4a30"), 13
    )
    return (
        standing(x, 130, y)
        + legs
        + mane
        + body
        + oval(x + 96, y - 218, 5, 6, paint.ink)
        + poly(paint, [(x - 34, y - 170), (x + 22, y - 170), (x + 30, y - 128), (x - 36, y - 128)], red)
        + rocker
    )
