"""The lift and the wheelhouse of a boat."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, cut, glow, gradient, line, oval, path, pts
from tools.engines.previz.sets import fittings, readouts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import (
    BOTTOM,
    FLOOR_Y,
    LEFT,
    RIGHT,
    TOP,
    Lamp,
    Paint,
    Pane,
    SetDrawing,
    flat,
    wash,
)
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import block, disc, poly, rod, standing, stick
from tools.engines.previz.sets.sky import hills, sky


def lift(paint: Paint) -> SetDrawing:
    """Steel doors that are shut, the floor above them, buttons, a rail: no room to step back."""
    wood = paint.pick("veneer", "laminate", "wood") == "wood"
    panel = paint.lit(paint.pick("panel", "#d8d2c4", "#7a4038", "#56646c", "#c9b48a"))
    side = mix(paint.wood, paint.wall, 0.25) if wood else mix(paint.wall, panel, 0.7)
    middle = (
        flat(TOP, BOTTOM - TOP, dark(side, 0.5)) + fittings.hard_floor(paint, joints=False) + _lift_mat(paint)
    )
    middle += (
        fittings.side_walls(paint, 250, 1350, side, top=-10) + _lift_front(paint, side) + _lift_doors(paint)
    )
    middle += (
        "".join(_lift_buttons(paint, x) for x in (356, 1124)) + _lift_rails(paint) + _lift_ceiling(paint)
    )
    return SetDrawing(
        far=flat(TOP, BOTTOM - TOP, dark(side, 0.5)), middle=middle + _lift_notice(paint),
        lamps=(Lamp(560, -10, 560, "#fff4da"), Lamp(1040, -10, 560, "#fff4da"), Lamp(800, 90, 160, "#ffb14e", 0.6)),
    )  # fmt: skip


def _lift_front(paint: Paint, side: str) -> str:
    define, steel = gradient([(0, pale(side, 0.14), 1), (0.5, side, 1), (1, dark(side, 0.18), 1)])
    seams = "".join(
        line([(x, -10), (x, FLOOR_Y)], dark(side, 0.4), 4, smooth=False) for x in (342, 500, 1100, 1258)
    )
    kick = box(250, FLOOR_Y - 60, 1100, 60, paint.lit("#8d959a"), ink=paint.ink, width=3)
    return define + box(250, -10, 1100, FLOOR_Y + 10, steel, ink=paint.ink, width=4) + seams + kick


def _lift_doors(paint: Paint) -> str:
    steel = paint.lit(paint.pick("doors", "#b4bdc2", "#c4a468", "#7f8a94", "#9a8f86"))
    if paint.tells("period"):
        steel = paint.lit("#8a5a34")
    define, sheen = gradient([(0, dark(steel, 0.2), 1), (0.24, pale(steel, 0.35), 1), (0.5, steel, 1), (0.8, pale(steel, 0.2), 1), (1, dark(steel, 0.26), 1)], across=True)  # fmt: skip
    frame = box(516, 128, 568, 524, paint.lit("#6d757c"), ink=paint.ink, width=4) + box(
        538, 150, 524, 502, paint.ink
    )
    leaves = "".join(box(x, 152, 258, 500, sheen, ink=paint.ink, width=3.5) for x in (540, 802))
    brush = "".join(
        line([(x, y), (x + 210, y)], "#ffffff", 2, opacity=0.22)
        for x in (564, 826)
        for y in range(190, 640, 46)
    )
    gap = box(797, 152, 7, 500, "#2a1a16") + box(799, 152, 2, 500, "#ffd98a", opacity=0.7)
    return define + frame + leaves + brush + gap + _lift_indicator(paint)


def _lift_indicator(paint: Paint) -> str:
    up = paint.pick("way", "up", "down") == "up"
    arrow = [(728, 108), (774, 108), (751, 76)] if up else [(728, 76), (774, 76), (751, 108)]
    plate = f.slab(paint, 690, 58, 220, 66, paint.lit("#3a3d45"), r=8) + box(702, 68, 196, 46, "#1a0f0a", r=4)
    floor = readouts.digits(
        paint, 836, 74, paint.pick("floor", "2", "5", "8", "3", "7", "4"), "#ffab3d", 0.82
    )
    return plate + glow(800, 90, 170, 80, "#ffab3d", 0.3) + path(pts(arrow), "#ffab3d") + floor


def _lift_buttons(paint: Paint, x: float) -> str:
    steel, dice = paint.lit("#ccd3d6"), paint.dice(f"buttons {x:.0f}")
    plate = f.slab(paint, x, 176, 120, 330, steel, r=8) + "".join(
        disc(paint, x + a, y, 4, dark(steel, 0.4)) for a in (10, 110) for y in (188, 494)
    )
    grille = "".join(box(x + 34, 200 + k * 9, 52, 4, paint.ink) for k in range(5))
    called = dice.randrange(8)
    keys = ""
    for k in range(8):
        kx, ky, lit = x + 36 + k % 2 * 48, 272 + k // 2 * 46, k == called
        keys += (
            (glow(kx, ky, 44, 44, "#ffab3d", 0.7) if lit else "")
            + disc(paint, kx, ky, 17, "#ffd27a" if lit else pale(steel, 0.4))
            + oval(kx, ky, 9, 9, "none", ink=dark(steel, 0.4), width=2.4)
        )
    alarm = disc(paint, x + 36, 464, 16, paint.lit("#d9403a")) + disc(
        paint, x + 84, 464, 16, paint.lit("#e8b84a")
    )
    return plate + grille + keys + alarm


def _lift_rails(paint: Paint) -> str:
    chrome = paint.lit("#d8dee0")
    drawn = "".join(rod(paint, points, chrome, 15) for points in ([(276, 548), (320, 548), (500, 548)], [(1100, 548), (1300, 548), (1324, 548)]))  # fmt: skip
    for x, way in ((250, -1), (1350, 1)):
        glass = [(x + way * 46, 60), (x + way * 460, -150), (x + way * 460, 600), (x + way * 46, 430)]
        streak = [(x + way * 120, 30), (x + way * 180, 0), (x + way * 300, 520), (x + way * 240, 500)]
        drawn += poly(paint, glass, mix(paint.lit("#bcd2d8"), paint.wall, 0.2)) + path(
            pts(streak), "#ffffff", opacity=0.24
        )
        drawn += rod(paint, [(x + way * 14, 548), (x + way * 200, 640), (x + way * 560, 820)], chrome, 19)
    return drawn


def _lift_ceiling(paint: Paint) -> str:
    tone = paint.lit("#9aa2a6")
    roof = poly(paint, [(250, -10), (1350, -10), (2500, -TOP * -1.3), (-900, -TOP * -1.3)], tone)
    lights = "".join(
        poly(
            paint,
            [
                (x - 120, -34),
                (x + 120, -34),
                (x + 190 + (x - 800) * 0.3, -110),
                (x - 190 + (x - 800) * 0.3, -110),
            ],
            "#fffbe8",
        )
        for x in (560, 1040)
    )
    shine = "".join(glow(x, 0, 420, 230, "#fff6dc", 0.42) for x in (560, 1040))
    strip = box(254, -8, 1092, 16, "#fffbe8", ink=paint.ink, width=2.5)
    return roof + lights + shine + strip


def _lift_mat(paint: Paint) -> str:
    tone = dark(mix(paint.accent, paint.lit(paint.pick("mat", "#3a3f48", "#8a3f3a", "#8f8674")), 0.6), 0.1)
    mat = poly(paint, [(300, 660), (1300, 660), (1740, 1100), (-140, 1100)], tone)
    return (
        mat
        + poly(paint, [(330, 670), (1270, 670), (1640, 1060), (-40, 1060)], pale(tone, 0.14), 2)
        + box(538, 644, 524, 14, paint.lit("#c9ced0"), ink=paint.ink, width=2.5)
    )


def _lift_notice(paint: Paint) -> str:
    """How many people it carries, without words."""
    plate = f.slab(paint, 1266, 210, 66, 110, paint.lit("#f1ead8"), r=4) + f.slab(
        paint, 268, 210, 66, 110, paint.lit("#f1ead8"), r=4
    )
    people = "".join(
        oval(x + k * 20, 240, 5, 5, paint.ink) + box(x - 5 + k * 20, 248, 10, 22, paint.ink, r=4)
        for x in (1280, 282)
        for k in range(3)
    )
    return (
        plate
        + people
        + "".join(
            box(x, 284, 44, 5, dark(paint.accent, 0.1)) + box(x, 296, 30, 5, paint.ink) for x in (1277, 279)
        )
    )


def boat_cabin(paint: Paint) -> SetDrawing:
    """The wheelhouse: slanted windows on the sea, wheel, dials, radar, radio."""
    panes: list[list[tuple[float, float]]] = [
        [(x, 96), (x + 262, 96), (x + 242, 344), (x + 20, 344)] for x in range(-520, 2200, 296)
    ]
    wood = mix(paint.wood, paint.lit(paint.pick("timber", "#a8703f", "#e6e2d4", "#6a4a34", "#4f7480")), 0.6)
    define, shade = gradient([(0, dark(wood, 0.3), 1), (0.5, wood, 1), (1, dark(wood, 0.2), 1)])
    body = (
        define
        + flat(TOP, BOTTOM - TOP, dark(paint.wall, 0.15))
        + box(LEFT, -60, RIGHT - LEFT, 760, paint.wall)
        + _cabin_roof(paint, wood)
    )
    holes = cut(*(path(pts(p), "#000000") for p in panes))
    trims = "".join(path(pts(p), ink=wood, width=26) + path(pts(p), ink=paint.ink, width=4) + path(pts([(p[0][0] - 13, 83), (p[1][0] + 13, 83), (p[2][0] + 13, 357), (p[3][0] - 13, 357)]), ink=paint.ink, width=3.5) for p in panes)  # fmt: skip
    shine = "".join(
        path(
            pts([(p[0][0] + 60, 100), (p[0][0] + 120, 100), (p[0][0] + 70, 340), (p[0][0] + 30, 340)]),
            "#ffffff",
            opacity=0.12,
        )
        for p in panes
    )
    desk = _console(paint, wood, shade) + _ships_wheel(paint, 430, 470, 128, wood)
    middle = (
        body
        + holes
        + shine
        + trims
        + fittings.hard_floor(paint, mix(wood, paint.floor, 0.5))
        + desk
        + _cabin_things(paint, wood)
    )
    glass: tuple[Pane, ...] = ((LEFT, 96, RIGHT - LEFT, 248),)
    return SetDrawing(
        far=_open_sea(fittings.outside(paint)), middle=middle + extras(paint, 1760, 720), panes=glass, passing=_swell(fittings.outside(paint)),
        lamps=(Lamp(800, 40, 520, "#ffca7a", 0.8), Lamp(1150, 420, 260, "#8affc0", 0.6), Lamp(120, 180, 320)),
    )  # fmt: skip


def _open_sea(paint: Paint) -> str:
    grey = not paint.dry
    deep = paint.lit("#5f7f8c" if grey else "#3f86a0")
    mist = (
        {"day": "#cfd8dc", "dusk": "#c9a8a4", "night": "#3a4662"}[paint.time]
        if paint.weather == "fog"
        else deep
    )
    tones = [(0.0, mix(pale(deep, 0.3), mist, 0.8), 1.0), (1.0, mix(deep, mist, 0.5), 1.0)]
    coast = (
        hills(paint, 262, mix("#6f8a94", "#9ab0b8", 0.4), seed=paint.seed, high=46)
        if paint.weather in ("clear", "overcast")
        else ""
    )
    return sky(paint, 300) + coast + wash(236, 200, tones) + flat(436, 1300, mix(deep, mist, 0.4))


def _swell(paint: Paint) -> str:
    """Waves and gulls that go by."""
    dice, foam = paint.dice("swell"), paint.lit("#e6f2f2")
    drawn = ""
    for _ in range(90):
        x, y = dice.uniform(LEFT, RIGHT), 246 + 110 * dice.random() ** 1.4
        wide = 20 + (y - 240) * 0.9
        drawn += line(
            [(x, y), (x + wide * 0.5, y - wide * 0.1), (x + wide, y)], foam, 2 + (y - 240) * 0.04, opacity=0.7
        )
    if paint.time == "day":
        for _ in range(7):
            x, y = dice.uniform(LEFT, RIGHT), dice.uniform(120, 200)
            drawn += line([(x - 18, y - 8), (x, y), (x + 18, y - 8)], "#4a545c", 3.5)
    return drawn


def _cabin_roof(paint: Paint, wood: str) -> str:
    beams = "".join(
        poly(
            paint,
            [(800 + x, 30), (830 + x, 30), (848 + x * 1.5, -400), (788 + x * 1.5, -400)],
            dark(wood, 0.1),
        )
        for x in range(-1500, 1500, 300)
    )
    roof = flat(TOP, 1030, dark(paint.wall, 0.2)) + beams + f.slab(paint, LEFT, 22, RIGHT - LEFT, 46, wood)
    radio = (
        f.slab(paint, 640, -2, 210, 74, paint.lit("#2d3038"), r=6)
        + readouts.digits(paint, 662, 18, "1-8", "#ff9a4e", 0.6)
        + "".join(disc(paint, 770 + k * 40, 34, 13, paint.lit("#8d959a")) for k in range(2))
    )
    cord = line([(700, 72), (690, 130), (716, 150), (694, 176), (712, 200)], paint.ink, 6)
    return roof + radio + cord + box(690, 196, 34, 54, paint.lit("#2d3038"), ink=paint.ink, width=3, r=8)


def _console(paint: Paint, wood: str, shade: str) -> str:
    top = poly(paint, [(LEFT, 420), (RIGHT, 420), (RIGHT, 372), (LEFT, 372)], pale(wood, 0.14))
    front = box(LEFT, 420, RIGHT - LEFT, 250, shade, ink=paint.ink, width=3.5)
    panels = "".join(
        box(x, 536, 250, 104, "none", ink=dark(wood, 0.4), width=4, r=4) for x in range(-780, 2300, 290)
    )
    dials = "".join(
        readouts.gauge(paint, x, 468, 38, lean=k % 3 * 0.4)
        for k, x in enumerate((620, 716, 880, 976, -60, 60, 1560, 1660))
    )
    radar = (
        f.slab(paint, 1060, 286, 190, 176, paint.lit("#3a4048"), r=10)
        + glow(1155, 370, 150, 150, "#6affa8", 0.3)
        + oval(1155, 372, 70, 70, "#0f3a26")
    )
    sweep = (
        "".join(oval(1155, 372, r, r, "none", ink="#5fe09a", width=2.4) for r in (22, 46, 68))
        + path(pts([(1155, 372), (1206, 322), (1222, 350)]), "#8affc0", opacity=0.6)
        + oval(1130, 342, 5, 5, "#d8ffe6")
    )
    lever = block(paint, 1326, 436, 84, 30, paint.lit("#3a4048"), r=6) + "".join(stick(paint, [(1346 + k * 42, 440), (1336 + k * 52, 330)], paint.lit("#c2c8cc"), 9) + disc(paint, 1336 + k * 52, 326, 17, paint.lit(c)) for k, c in enumerate(("#c9403a", "#2a2d35")))  # fmt: skip
    compass = disc(paint, 800, 368, 50, paint.lit("#c9a04a"), 22) + disc(
        paint, 800, 360, 42, paint.lit("#dff0f2"), 26
    )
    if paint.tells("period"):
        radar = sweep = ""
    return front + panels + top + dials + radar + sweep + lever + compass


def _ships_wheel(paint: Paint, x: float, y: float, r: float, wood: str) -> str:
    ways = ((0, -1), (0.71, -0.71), (1, 0), (0.71, 0.71), (0, 1), (-0.71, 0.71), (-1, 0), (-0.71, -0.71))
    grips = "".join(
        stick(paint, [(x, y), (x + dx * r * 1.34, y + dy * r * 1.34)], pale(wood, 0.2), 13) for dx, dy in ways
    )
    rim = (
        oval(x, y, r, r, "none", ink=paint.ink, width=34)
        + oval(x, y, r, r, "none", ink=mix(wood, paint.lit("#8a4a24"), 0.6), width=27)
        + oval(x, y, r + 4, r + 4, "none", ink=pale(wood, 0.35), width=4)
    )
    hub = disc(paint, x, y, r * 0.26, paint.lit("#c9a04a")) + disc(
        paint, x, y, r * 0.12, dark(paint.lit("#c9a04a"), 0.25)
    )
    return block(paint, x - 34, y, 68, 260, dark(wood, 0.2), r=6) + grips + rim + hub


def _cabin_things(paint: Paint, wood: str) -> str:
    ring = oval(1500, 470, 74, 74, "none", ink=paint.ink, width=46) + oval(
        1500, 470, 74, 74, "none", ink=paint.lit("#f3efe6"), width=39
    )
    bands = "".join(
        line(
            [(1500 + dx * 56, 470 + dy * 56), (1500 + dx * 92, 470 + dy * 92)],
            paint.lit("#d9482f"),
            30,
            smooth=False,
        )
        for dx, dy in ((0.7, -0.7), (0.7, 0.7), (-0.7, 0.7), (-0.7, -0.7))
    )
    lamp = rod(paint, [(120, 60), (120, 110), (120, 130)], paint.lit("#c9a04a"), 6) + glow(120, 180, 200, 200, "#ffca7a", 0.5 if paint.lamps else 0.0) + box(92, 132, 56, 84, "#ffe6a8" if paint.lamps else paint.lit("#dfe6d8"), ink=paint.ink, width=4, r=12) + block(paint, 86, 122, 68, 16, paint.lit("#c9a04a")) + block(paint, 86, 208, 68, 16, paint.lit("#c9a04a"))  # fmt: skip
    chart = (
        poly(paint, [(150, 400), (350, 396), (362, 366), (176, 368)], paint.lit("#efe3c0"))
        + line([(200, 390), (250, 376), (320, 382)], paint.lit("#3f7fae"), 4)
        + stick(paint, [(60, 398), (130, 372)], paint.lit("#efe3c0"), 20)
    )
    mug = block(paint, 930, 344, 34, 40, paint.accent, r=5)
    stool = (
        standing(1000, 90, 800)
        + stick(paint, [(1000, 796), (1000, 660)], paint.lit("#8d959a"), 16)
        + box(920, 620, 160, 48, paint.accent, ink=paint.ink, width=3.5, r=20)
    )
    return ring + bands + lamp + chart + mug + stool
