"""Five places in the open."""

import random

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, glow, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.alley import alley, street_feast
from tools.engines.previz.sets.belfry import tiled_roofs
from tools.engines.previz.sets.hardship import mud
from tools.engines.previz.sets.jungle import sandbank
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.palace import palace
from tools.engines.previz.sets.sky import aside, hills, sky, skyline
from tools.engines.previz.sets.town import cobbles


def street(paint: Paint) -> SetDrawing:
    """House fronts, a shop, a parked car, a street lamp; columns where it runs past a public building."""
    if paint.tells("civic"):
        return palace(paint)
    if paint.tells("colonial"):
        return alley(paint)
    old = paint.tells("period")
    far = sky(paint) + (
        hills(paint, 560, "#8fa094", seed=paint.seed, high=90)
        if old
        else skyline(paint, 560, tall=0.9, seed=paint.seed)
    )
    far += flat(540, 130, mix(paint.lit("#7f858c"), paint.wall, 0.25)) + flat(540, 5, paint.ink)
    tones = [
        mix(paint.wall, paint.lit(c), 0.55)
        for c in ("#c98f6a", "#8a9fa8", "#c9b47a", "#a5685c", "#7f8f78", "#b58a9a")
    ]
    houses = _street_houses(paint, tones)
    pavement = (
        flat(660, 70, paint.lit("#b9b2a8"))
        + flat(660, 5, paint.ink)
        + "".join(
            line([(x, 664), (x + (x - 800) * 0.1, 730)], dark(paint.lit("#b9b2a8"), 0.2), 2.5)
            for x in range(-800, 2400, 130)
        )
    )
    road = (
        flat(728, 14, paint.lit("#8f8a86"))
        + wash(742, 300, [(0, dark(paint.floor, 0.1), 1), (1, paint.floor, 1)])
        + flat(1040, 700, paint.floor)
    )
    dashes = "".join(
        path(pts([(x, 846), (x + 120, 846), (x + 112, 862), (x - 8, 862)]), paint.lit("#e6dfcc"), opacity=0.8)
        for x in range(-800, 2400, 260)
    )
    wet = (
        "".join(
            oval(x, y, w, w * 0.1, pale(paint.floor, 0.35), opacity=0.5)
            for x, y, w in ((300, 800, 170), (1100, 880, 220), (1500, 780, 120), (-200, 860, 200))
        )
        if paint.wet
        else ""
    )
    return SetDrawing(
        far=far,
        middle=houses
        + pavement
        + road
        + (cobbles(paint, 742) if old else dashes)
        + wet
        + g.street_lamp(paint, 900, 700)
        + g.tree(paint, 620, 690, 0.9)
        + ("" if paint.tells("flooded", "period") else g.car(paint, 1330, 770, paint.accent))
        + g.street_lamp(paint, -60, 700)
        + (street_feast(paint) if paint.tells("festive") else "")
        + (mud(paint, 716) if paint.tells("flooded") else _kerb_things(paint)),
        lamps=(Lamp(900, 180, 480), Lamp(-60, 180, 480)),
    )


def _street_houses(paint: Paint, tones: list[str]) -> str:
    return "".join(
        _house(paint, x, w, h, tones[k % 6], k)
        for k, (x, w, h) in enumerate(
            (
                (-760, 330, 640),
                (-420, 300, 560),
                (-110, 330, 660),
                (230, 300, 540),
                (1010, 330, 610),
                (1350, 330, 680),
                (1690, 310, 560),
                (2010, 360, 620),
            )
        )
    )


def _kerb_things(paint: Paint) -> str:
    """What stands on a pavement: a hydrant, a post box, a bin, pots."""
    red, iron = paint.lit("#c9473f"), paint.lit("#4a5058")
    hydrant = f.slab(paint, 470, 636, 44, 66, red, r=10) + oval(
        492, 634, 22, 14, red, ink=paint.ink, width=3.5
    )
    post = f.slab(paint, 1120, 580, 74, 110, paint.lit("#35577a"), r=12) + box(1134, 606, 46, 8, paint.ink)
    post += box(1150, 690, 14, 20, iron, ink=paint.ink, width=3)
    bin_ = f.slab(paint, 150, 610, 60, 88, iron, r=6) + "".join(
        line([(160 + k * 13, 620), (160 + k * 13, 690)], dark(iron, 0.3), 3) for k in range(4)
    )
    return hydrant + post + bin_ + f.plant(paint, 300, 700, 0.6) + g.bench(paint, 30, 706, 220)


def _house(paint: Paint, x: float, w: float, h: float, tone: str, seed: int) -> str:
    top = 662 - h
    wall = (
        box(x, top, w, h, tone)
        + box(x, top, w * 0.08, h, dark(tone, 0.2))
        + box(x - 10, top - 16, w + 20, 26, dark(tone, 0.22), ink=paint.ink, width=3.5)
    )
    lit = "#ffdc8c" if paint.lamps else paint.lit("#9fc0cc")
    panes = []
    for r in range(int((h - 240) // 130)):
        for c in range(3):
            px, py = x + 30 + c * (w - 40) / 3, top + 40 + r * 130
            on = paint.lamps and (r * 3 + c + seed) % 3 != 0
            panes.append(
                box(px, py, 58, 82, lit if on or not paint.lamps else dark(tone, 0.5), ink=paint.ink, width=3)
                + line([(px + 29, py), (px + 29, py + 82)], pale(tone, 0.5), 4)
                + box(px - 7, py + 82, 72, 9, pale(tone, 0.35), ink=paint.ink, width=2.5)
            )
    return (
        wall
        + "".join(panes)
        + _shopfront(paint, x, w, tone, seed)
        + box(x, top, w, h, "none", ink=paint.ink, width=3.5)
    )


def _shopfront(paint: Paint, x: float, w: float, tone: str, seed: int) -> str:
    lit = "#ffe0a0" if paint.lamps else paint.lit("#a9c6cc")
    stripes = (paint.accent, paint.lit("#3f6f7a"), paint.lit("#5c7a4a"))[seed % 3]
    awning = "".join(
        path(
            pts(
                [
                    (x + 20 + k * (w - 40) / 6, 476),
                    (x + 20 + (k + 1) * (w - 40) / 6, 476),
                    (x + 14 + (k + 1) * (w - 28) / 6, 524),
                    (x + 14 + k * (w - 28) / 6, 524),
                ]
            ),
            stripes if k % 2 else paint.lit("#f1e7d4"),
            ink=paint.ink,
            width=2.5,
        )
        for k in range(6)
    )
    pane = box(x + 26, 520, w * 0.5, 112, lit, ink=paint.ink, width=3.5) + path(
        pts([(x + 46, 632), (x + 90, 520), (x + 120, 520), (x + 76, 632)]), "#ffffff", opacity=0.25
    )
    entry = box(x + w * 0.68, 516, w * 0.22, 146, dark(stripes, 0.3), ink=paint.ink, width=3.5) + box(
        x + w * 0.71, 530, w * 0.16, 60, lit, ink=paint.ink, width=2.5
    )
    return pane + entry + awning + (glow(x + w * 0.4, 590, 240, 160, "#ffcf80", 0.35) if paint.lamps else "")


def park(paint: Paint) -> SetDrawing:
    """Lawns, trees, a bench and a path."""
    far = (
        sky(paint)
        + skyline(paint, 560, tall=0.55, seed=paint.seed)
        + hills(paint, 620, "#7da36a", seed=paint.seed + 2, high=130)
    )
    lawn = wash(600, 320, [(0, dark(paint.floor, 0.12), 1), (1, paint.floor, 1)]) + flat(
        918, 800, paint.floor
    )
    way = path(
        curve(
            [
                (980, 604),
                (900, 680),
                (480, 780),
                (160, 1000),
                (-200, 1500),
                (1300, 1500),
                (1080, 980),
                (1000, 800),
                (1060, 690),
                (1040, 604),
            ]
        ),
        paint.lit("#d9c79c"),
        ink=dark(paint.lit("#c9b283"), 0.2),
        width=4,
    )
    trees = (
        g.tree(paint, 60, 676, 1.05)
        + g.tree(paint, 1480, 690, 1.2, tone="#6f9a4c")
        + g.tree(paint, 1200, 630, 0.7, tone="#7fa860")
        + g.tree(paint, -420, 700, 1.2)
        + g.tree(paint, 1990, 700, 1.1)
        + g.tree(paint, 640, 624, 0.6, tone="#86a868")
    )
    return SetDrawing(
        far=far + lawn,
        middle=way
        + trees
        + g.bench(paint, 380, 740)
        + g.street_lamp(paint, 760, 690)
        + g.bush(paint, 1180, 720, 0.8, bloom="#d8664e")
        + _grass(paint),
        lamps=(Lamp(760, 170, 480),),
    )


def _grass(paint: Paint) -> str:
    dice = random.Random(4)  # noqa: S311  # grass, not secrets
    tone = dark(paint.floor, 0.24)
    tufts = [(dice.uniform(LEFT, RIGHT), dice.uniform(660, 1200)) for _ in range(110)]
    return "".join(
        path(f"M{x:.0f} {y:.0f}l-6 -16l6 8l4 -18l4 18l8 -10l-5 18Z", tone, opacity=0.65) for x, y in tufts
    )


def beach(paint: Paint) -> SetDrawing:
    """Sea, sand and stones; palms and a parasol only where the story has them, a river's own sand."""
    if paint.tells("jungle", "river"):
        return sandbank(paint)
    sea = {"day": ("#2f8fa8", "#7fcbd0"), "dusk": ("#5a4f86", "#e58a6a"), "night": ("#101c46", "#2f4377")}[
        paint.time
    ]
    if not paint.dry:
        sea = (mix(sea[0], "#5c6770", 0.5), mix(sea[1], "#7b868c", 0.5))
    water = wash(480, 170, [(0, sea[0], 1), (1, sea[1], 1)])
    dice = random.Random(9)  # noqa: S311  # waves, not secrets
    waves = "".join(
        line([(x, y), (x + 34, y - 5), (x + 70, y)], "#ffffff", 3, opacity=0.5)
        for x, y in ((dice.uniform(LEFT, RIGHT), dice.uniform(496, 628)) for _ in range(70))
    )
    path_of_light = (
        glow(1180 + aside(paint), 560, 150, 110, "#ffe6b0", 0.6) if paint.dry and paint.time != "day" else ""
    )
    far = (
        sky(paint, 490)
        + hills(paint, 486, "#6f8f9a", seed=paint.seed, high=70)
        + water
        + waves
        + path_of_light
    )
    shore = [
        (LEFT - 100, 640),
        (0, 656),
        (420, 634),
        (860, 660),
        (1300, 638),
        (1800, 658),
        (RIGHT + 100, 640),
    ]
    foam = path(
        curve([*[(x, y - 16) for x, y in shore], *[(x, y + 26) for x, y in reversed(shore)]]),
        "#fbfdf8",
        opacity=0.85,
    )
    sand = path(curve([*shore, (RIGHT + 100, 1700), (LEFT - 100, 1700)], tension=0.5), paint.floor)
    dots = "".join(
        oval(dice.uniform(LEFT, RIGHT), dice.uniform(690, 1300), 3, 1.6, dark(paint.floor, 0.2), opacity=0.6)
        for _ in range(220)
    )
    ripples = "".join(
        line([(x, y), (x + 90, y - 9), (x + 190, y)], dark(paint.floor, 0.13), 4)
        for x, y in ((dice.uniform(LEFT, RIGHT), dice.uniform(720, 1200)) for _ in range(34))
    )
    palms = _palm(paint, 190, 760, 1) + _palm(paint, 1760, 780, -1)
    return SetDrawing(
        far=far + foam,
        middle=sand
        + dots
        + ripples
        + (palms if paint.tells("holiday", "palms") else _rocks(paint))
        + (_parasol(paint, 1330, 770) if paint.tells("holiday") else ""),
    )


def _rocks(paint: Paint) -> str:
    """Stones and tufts of grass at the edge of the sand."""
    stone, drawn = paint.lit("#8f8a84"), ""
    for x, y, s in ((120, 716, 1.0), (236, 738, 0.6), (1500, 704, 0.8), (1640, 744, 1.2), (-360, 740, 1.3), (2060, 726, 1.0)):  # fmt: skip
        form = [(x - 90 * s, y), (x - 70 * s, y - 52 * s), (x - 10 * s, y - 78 * s), (x + 60 * s, y - 46 * s), (x + 92 * s, y)]  # fmt: skip
        drawn += f.floor_shadow(x, y, 96 * s) + path(curve(form, tension=0.6), stone, ink=paint.ink, width=3.5)  # fmt: skip
        drawn += line([(x - 40 * s, y - 50 * s), (x, y - 62 * s), (x + 34 * s, y - 46 * s)], dark(stone, 0.2), 4)  # fmt: skip
    return drawn


def _palm(paint: Paint, x: float, y: float, lean: int) -> str:
    bark, green = paint.lit("#8a6440"), paint.lit("#3f8a5a")
    top = (x + lean * 120.0, y - 520.0)
    trunk = path(
        curve(
            [
                (x - 22, y),
                (x + lean * 20 - 16, y - 220),
                (top[0] - 12, top[1]),
                (top[0] + 12, top[1]),
                (x + lean * 20 + 20, y - 220),
                (x + 26, y),
            ],
            tension=0.8,
        ),
        bark,
        ink=paint.ink,
        width=3.5,
    )
    leaves = ""
    for dx, dy in ((-210, 40), (-160, -90), (-40, -150), (110, -130), (200, -20), (190, 100), (-130, 130)):
        tip = (top[0] + dx, top[1] + dy)
        mid = (top[0] + dx * 0.55, top[1] + dy * 0.55 - 46)
        leaves += path(
            curve([top, (mid[0] - dy * 0.1, mid[1] - 22), tip, (mid[0] + dy * 0.06, mid[1] + 24)]),
            green if dy > 0 else dark(green, 0.12),
            ink=paint.ink,
            width=3,
        )
    nuts = "".join(
        oval(top[0] + k, top[1] + 14, 14, 15, paint.lit("#7a4b2c"), ink=paint.ink, width=2.5)
        for k in (-14, 12)
    )
    return f.floor_shadow(x, y, 70) + trunk + leaves + nuts


def _parasol(paint: Paint, x: float, y: float) -> str:
    pole = path(
        pts([(x - 5, y), (x + 30, y - 350), (x + 40, y - 350), (x + 7, y)]),
        paint.lit("#e9dfc8"),
        ink=paint.ink,
        width=3,
    )
    dome = curve(
        [
            (x - 170, y - 250),
            (x - 90, y - 352),
            (x + 40, y - 388),
            (x + 170, y - 330),
            (x + 232, y - 214),
            (x + 130, y - 240),
            (x + 30, y - 238),
            (x - 70, y - 240),
        ],
        tension=0.9,
    )
    stripes = path(
        curve([(x + 40, y - 400), (x - 20, y - 330), (x - 60, y - 230), (x + 40, y - 230)]),
        paint.lit("#f7efdc"),
    ) + path(
        curve(
            [
                (x + 60, y - 400),
                (x + 140, y - 320),
                (x + 140, y - 220),
                (x + 240, y - 200),
                (x + 190, y - 330),
            ]
        ),
        paint.lit("#f7efdc"),
    )
    return (
        f.floor_shadow(x + 30, y, 190)
        + pole
        + path(dome, paint.accent)
        + clip(dome, stripes)
        + path(dome, ink=paint.ink, width=3.5)
    )


def rooftop(paint: Paint) -> SetDrawing:
    """The city from above, a parapet, string lights; over an old town its roofs."""
    town = (
        tiled_roofs(paint, 420)
        if paint.tells("old_roofs")
        else skyline(paint, 640, tall=1.15, seed=paint.seed)
        + skyline(paint, 700, tall=0.8, seed=paint.seed + 5, near=True)
    )
    far = sky(paint) + town
    wall = (
        f.slab(paint, LEFT, 560, RIGHT - LEFT, 110, paint.wall)
        + f.slab(paint, LEFT, 540, RIGHT - LEFT, 28, pale(paint.wall, 0.2))
        + "".join(
            line([(x, y), (x + 60, y)], dark(paint.wall, 0.25), 3)
            for x in range(-780, 2380, 130)
            for y in (596, 626)
        )
    )
    floor = (
        wash(670, 300, [(0, dark(paint.floor, 0.22), 1), (1, paint.floor, 1)])
        + flat(968, 740, paint.floor)
        + "".join(
            line([(800 + x, 672), (800 + x * 2.2, 1300)], dark(paint.floor, 0.22), 3, smooth=False)
            for x in range(-1600, 1601, 200)
        )
    )
    shed = f.slab(paint, 1250, 300, 330, 376, mix(paint.wall, paint.wood, 0.4)) + f.door(
        paint, 1400, 676, w=130, h=290
    )
    tank = (
        box(70, 300, 10, 370, paint.ink)
        + box(240, 300, 10, 370, paint.ink)
        + f.slab(paint, 40, 150, 240, 190, paint.wood, r=10)
        + path(pts([(26, 150), (294, 150), (160, 70)]), dark(paint.wood, 0.3), ink=paint.ink, width=3.5)
    )
    bulbs, cable = "", line([(160, 120), (500, 240), (800, 250), (1120, 230), (1410, 130)], paint.ink, 3)
    # It hangs between a pole on the parapet and one on the shed.
    cable = box(150, 110, 10, 450, paint.ink) + box(1410, 120, 10, 190, paint.ink) + cable
    for k in range(13):
        x = 200 + k * 98
        y = 128 + (1 - ((x - 790) / 640) ** 2) * 124
        bulbs += (glow(x, y + 14, 70, 70, "#ffce74", 0.7) if paint.lamps else "") + oval(
            x, y + 12, 9, 12, "#ffe6a4" if paint.lamps else paint.lit("#e9dfc0"), ink=paint.ink, width=2
        )
    return SetDrawing(
        far=far,
        middle=wall
        + floor
        + tank
        + shed
        + ("" if paint.tells("old_roofs") else cable + bulbs)
        + f.plant(paint, 1120, 700, 0.9)
        + f.plant(paint, 380, 700, 0.9)
        + g.bench(paint, 640, 730, 260)
        + f.rug(paint, 820, 830, 420),
        lamps=tuple(Lamp(x, 230, 420) for x in (300, 650, 1000, 1320)),
    )


def garden(paint: Paint) -> SetDrawing:
    """Roses, a pergola, a fountain and cypresses."""
    far = sky(paint) + hills(paint, 600, "#7f9f72", seed=paint.seed, high=180)
    lawn = wash(596, 320, [(0, dark(paint.floor, 0.14), 1), (1, paint.floor, 1)]) + flat(
        914, 800, paint.floor
    )
    cypress = "".join(
        path(
            curve([(x - 40, 640), (x - 46, 480), (x, 240), (x + 46, 480), (x + 40, 640)]),
            paint.lit("#3f6b48"),
            ink=paint.ink,
            width=3.5,
        )
        + line([(x - 10, 600), (x - 4, 380)], paint.lit("#57885c"), 6)
        for x in (-300, 40, 330, 1290, 1580, 1900)
    )
    posts = (
        "".join(f.slab(paint, x, 190, 30, 480, paint.lit("#efe6d4")) for x in (500, 1080))
        + f.slab(paint, 440, 160, 730, 36, paint.lit("#efe6d4"))
        + "".join(f.slab(paint, 470 + k * 78, 132, 20, 40, paint.lit("#efe6d4")) for k in range(9))
    )
    vines = "".join(
        g.bush(paint, x, y, s, bloom=c)
        for x, y, s, c in (
            (520, 230, 0.55, "#e8808f"),
            (1080, 236, 0.6, "#e8808f"),
            (760, 182, 0.4, "#f2d6da"),
            (940, 178, 0.4, "#e8808f"),
            (626, 180, 0.36, "#f2d6da"),
        )
    )
    basin = (
        f.floor_shadow(800, 720, 190)
        + f.slab(paint, 620, 650, 360, 66, paint.lit("#c9c2b4"), r=14)
        + oval(800, 652, 172, 20, paint.lit("#8fc0cc"), ink=paint.ink, width=3.5)
        + box(784, 540, 32, 112, paint.lit("#c9c2b4"), ink=paint.ink, width=3.5)
        + oval(800, 538, 86, 18, paint.lit("#c9c2b4"), ink=paint.ink, width=3.5)
    )
    jets = "".join(
        line([(800, 520), (800 + k * 40, 470), (800 + k * 78, 540)], "#e6f4f6", 5, opacity=0.8)
        for k in (-1, 1)
    ) + line([(800, 536), (800, 450)], "#e6f4f6", 6, opacity=0.8)
    beds = "".join(
        g.bush(paint, x, y, s, bloom=c)
        for x, y, s, c in (
            (210, 740, 1.0, "#c8506a"),
            (1400, 750, 1.05, "#e8b04a"),
            (480, 700, 0.6, "#f2e6e0"),
            (1130, 706, 0.6, "#c8506a"),
            (-120, 770, 1.1, "#e8b04a"),
            (1740, 770, 1.1, "#c8506a"),
        )
    )
    return SetDrawing(far=far + lawn, middle=cypress + posts + vines + basin + jets + beds + _grass(paint))
