"""Steel and concrete in the open: a bridge, a building site."""

import itertools

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, glow, line, num, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.built import broad
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.growing import ground
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.quarry import quarry
from tools.engines.previz.sets.shapes import block, disc, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky, skyline
from tools.engines.previz.sets.town import cobbles, puddles
from tools.engines.previz.sets.water import RIVER, glitter, lights_in_water, mirrored, water


def bridge(paint: Paint) -> SetDrawing:
    """On a bridge: its parapet with lamps, the river below, towers and cables or an arch of stone."""
    far = (
        sky(paint, 520)
        + hills(paint, 520, "#8fa39f", seed=paint.seed, high=80)
        + skyline(paint, 522, tall=0.5, seed=paint.seed)
    )
    far += (
        water(paint, 518, 760, tone=RIVER, waves=120)
        + flat(759, 942, paint.lit(RIVER))
        + glitter(paint, 520, 700)
    )
    far += _next_bridge(paint, 560) + lights_in_water(
        paint, tuple(Lamp(x, 520) for x in range(-700, 2400, 230)), 530, 640
    )
    hung = paint.pick("which bridge", "cables", "stone", "cables") == "cables"
    middle = _cable_bridge(paint) if hung else _stone_parapet(paint)
    spots = (-420, 460, 1140, 2020)
    middle += "".join(g.street_lamp(paint, x, 700) for x in spots) + puddles(paint)
    return SetDrawing(far=far, middle=middle, lamps=tuple(Lamp(x, 180, 380) for x in spots))


def _next_bridge(paint: Paint, y: float) -> str:
    """The next bridge down the river: arches that stand over the rail, with lamps."""
    stone = mix(paint.lit("#a89478"), paint.lit("#a9bcc4"), 0.3)
    deck = box(LEFT, y - 244, RIGHT - LEFT, 22, pale(stone, 0.15), ink=dark(stone, 0.45), width=2.5)
    arches = "".join(
        f"M{x} {y}v-226h320v226h-34a126 186 0 0 0 -252 0Z" for x in range(int(LEFT) - 40, int(RIGHT), 320)
    )
    piers = "".join(
        box(x - 26, y - 262, 52, 272, stone, ink=dark(stone, 0.45), width=2.5)
        for x in range(int(LEFT) - 40, int(RIGHT), 320)
    )
    lamps = "".join(
        line([(x, y - 262), (x, y - 300)], paint.ink, 3)
        + oval(x, y - 304, 7, 8, "#ffe2a0" if paint.lamps else stone, ink=paint.ink, width=1.5)
        for x in range(int(LEFT) - 40, int(RIGHT), 160)
    )
    shade = mirrored(path(arches, stone), y, strength=0.25)
    return shade + path(arches, stone, ink=dark(stone, 0.45), width=2.5) + deck + piers + lamps


def _cable_bridge(paint: Paint) -> str:
    """A footway of steel under its tower, the cables and their hangers."""
    iron = paint.lit(paint.pick("bridge iron", "#8a4a44", "#4f6f78", "#5f7a62"))
    main = [(250.0, -260.0), (560.0, 60.0), (980.0, 236.0), (1500.0, 250.0), (2500.0, -160.0)]
    back = [(250.0, -260.0), (-200.0, 160.0), (-900.0, 420.0)]
    cables = (
        line(main, paint.ink, 21) + line(main, iron, 14) + line(back, paint.ink, 21) + line(back, iron, 14)
    )
    hangers = "".join(f"M{x} {num(_sag(x, main))}V474" for x in range(330, 2400, 86)) + "".join(
        f"M{x} {num(_sag(x, back[::-1]))}V474" for x in range(-760, 240, 86)
    )
    ropes = path(hangers, ink=paint.ink, width=6)
    tower = "".join(f.slab(paint, x, -1000, 62, 1690, iron) for x in (170, 300)) + "".join(
        f.slab(paint, 170, y, 192, 44, iron) for y in (-300, 40, 330)
    )
    tower += path("M232 100L300 310M300 100L232 310", ink=paint.ink, width=17) + path(
        "M232 100L300 310M300 100L232 310", ink=iron, width=10
    )
    tower += "".join(oval(x, y, 6, 6, dark(iron, 0.35)) for x in (186, 346) for y in range(-260, 660, 46))
    rail = "".join(box(LEFT, y, RIGHT - LEFT, 9, paint.lit("#4a5058"), ink=paint.ink, width=2) for y in (540, 640)) + path("".join(f"M{x} 486V690" for x in range(int(LEFT), int(RIGHT), 26)), ink=paint.lit("#4a5058"), width=6)  # fmt: skip
    rail += box(LEFT, 474, RIGHT - LEFT, 18, iron, ink=paint.ink, width=3.5, r=6)
    deck = wash(686, 300, [(0, dark(paint.floor, 0.16), 1), (1, paint.floor, 1)]) + flat(985, 716, paint.floor) + box(LEFT, 684, RIGHT - LEFT, 16, paint.lit("#8a8a88"), ink=paint.ink, width=3)  # fmt: skip
    joints = path(
        "".join(f"M{num(800 + x)} 700L{num(800 + x * 2)} 1400" for x in range(-1760, 1761, 220)),
        ink=dark(paint.floor, 0.24),
        width=4,
    )
    line_ = box(LEFT, 800, RIGHT - LEFT, 9, paint.lit("#e8e0cc"), opacity=0.7)
    return ropes + cables + rail + deck + joints + line_ + tower


def _sag(x: float, points: list[tuple[float, float]]) -> float:
    """How high a cable hangs at x, near enough for a hanger to reach it."""
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        if ax <= x <= bx:
            return ay + (by - ay) * (x - ax) / (bx - ax)
    return 474.0


def _stone_parapet(paint: Paint) -> str:
    """An old bridge: a balustrade of stone with statues on its piers."""
    stone = paint.lit(paint.pick("bridge stone", "#cdbfa6", "#b0b0aa", "#c9a88c"))
    deck = cobbles(paint, 690)
    base = broad(paint, LEFT, 650, RIGHT - LEFT, 50, stone) + f.slab(
        paint, LEFT, 466, RIGHT - LEFT, 34, pale(stone, 0.12)
    )
    posts = "".join(path(curve(at(x, 652, 1, "-20 0 -12 -30 -24 -70 -10 -110 -16 -152 16 -152 10 -110 24 -70 12 -30 20 0"), tension=0.8), stone, ink=paint.ink, width=3) for x in range(-780, 2400, 62))  # fmt: skip
    piers = "".join(f.slab(paint, x - 74, 430, 148, 270, stone) + f.slab(paint, x - 90, 410, 180, 30, pale(stone, 0.15)) + _statue(paint, x, 410, k) for k, x in enumerate((-800, 230, 1370, 2400)))  # fmt: skip
    return posts + base + piers + deck


def _statue(paint: Paint, x: float, y: float, k: int) -> str:
    """An obelisk with a ball on it, or an urn of flowers."""
    stone = paint.lit("#b5a88f")
    if k % 2:
        shaft = poly(paint, at(x, y, 1, "-44 -40 44 -40 22 -300 -22 -300"), stone)
        shade = path(pts(at(x, y, 1, "8 -40 44 -40 22 -300 6 -300")), dark(stone, 0.2))
        ball = disc(paint, x, y - 334, 38, stone) + oval(x - 12, y - 346, 11, 9, pale(stone, 0.4))
        return (
            shaft
            + shade
            + f.slab(paint, x - 64, y - 44, 128, 46, stone)
            + ball
            + f.slab(paint, x - 32, y - 312, 64, 16, pale(stone, 0.15))
        )
    urn = path(
        curve(at(x, y, 1, "-40 0 -20 -30 -84 -110 -92 -170 92 -170 84 -110 20 -30 40 0"), tension=0.7),
        stone,
        ink=paint.ink,
        width=3.5,
    )
    return (
        urn
        + f.slab(paint, x - 104, y - 186, 208, 24, pale(stone, 0.15))
        + "".join(g.bush(paint, x + d, y - 180, 0.42, bloom="#d8506a") for d in (-44, 40))
    )


def building_site(paint: Paint) -> SetDrawing:
    """A house going up: bare floors and columns, scaffolding, a crane, a mixer; or a quarry's face."""
    if paint.tells("quarry"):
        return quarry(paint)
    far = (
        sky(paint)
        + skyline(paint, 580, tall=0.6, seed=paint.seed)
        + _crane(paint, paint.dice("crane").uniform(560, 760), 580)
    )
    earth = paint.floor
    middle = ground(paint, 570, earth, tufts=20) + _frame(paint) + _scaffold(paint) + _ruts(paint)
    middle += (
        _bricks(paint, 560, 690)
        + _mixer(paint, 1060, 730)
        + _sand(paint, 1560, 760)
        + _barrier(paint, 300, 760)
        + _work_lamp(paint, 470, 700)
        + puddles(paint)
    )
    return SetDrawing(
        far=far,
        middle=middle,
        lamps=(Lamp(470, 330, 420, "#fff0c8"), Lamp(1255, 150, 320), Lamp(150, 576, 200, "#ffb04a")),
    )


@modern
def _crane(paint: Paint, x: float, y: float) -> str:
    """A tower crane with a load, a red lamp on its arm."""
    tone, top = paint.lit(paint.pick("crane tone", "#d9a02f", "#c9573f", "#5f8aa0")), 96.0
    mast = "".join(box(x + k, top, 8, y - top, tone, ink=paint.ink, width=2) for k in (-24, 16))
    lattice = "".join(f"M{x - 22} {k}l42 40M{x + 22} {k}l-42 40" for k in range(int(top), int(y) - 36, 40))
    web = "".join(
        f"M{num(x + k)} {top}l26 -{num(30 * (1 - k / 600))}l26 {num(30 * (1 - k / 600))}"
        for k in range(20, 560, 52)
    )
    stays = line([(x - 260, top), (x, top - 84), (x + 570, top)], paint.ink, 4, smooth=False)
    arm = box(x - 270, top - 6, 850, 12, tone, ink=paint.ink, width=2.5)
    cab = block(paint, x - 36, top + 6, 74, 52, paint.lit("#e8e4da")) + block(
        paint, x - 290, top - 4, 96, 60, paint.lit("#8a8a88")
    )
    hook = line([(x + 400, top), (x + 400, 300)], paint.ink, 4) + box(
        x + 340, 300, 120, 40, paint.lit("#b5714f"), ink=paint.ink, width=3
    )
    lamp = (
        glow(x + 570, top, 60, 60, "#ff6a4a", 0.9) + oval(x + 570, top, 7, 7, "#ff8a6a")
        if paint.lamps
        else ""
    )
    return path(lattice + web, ink=paint.ink, width=3.5) + stays + mast + arm + cab + hook + lamp


def _frame(paint: Paint) -> str:
    """The shell on the right: slabs, columns, bars that stick out, one wall begun."""
    grey = paint.lit("#b9b4aa")
    dark_in = box(1010, 60, RIGHT - 1010, 610, dark(grey, 0.42))
    brick = paint.lit(paint.pick("brick", "#b5674a", "#c9a88a", "#a8a49c"))
    wall = box(1400, 360, 340, 290, brick, ink=paint.ink, width=3) + path("".join(f"M1400 {y}h340" for y in range(384, 650, 24)) + "".join(f"M{x + (y // 24 % 2) * 26} {y}v24" for y in range(360, 640, 24) for x in range(1410, 1730, 52)), ink=dark(brick, 0.3), width=2)  # fmt: skip
    slabs = "".join(broad(paint, 970, y, RIGHT - 970, 44, grey) for y in (300, 20)) + box(
        970, 640, RIGHT - 970, 40, grey, ink=paint.ink, width=3.5
    )
    columns = "".join(
        box(x, 60, 52, 590, grey, ink=paint.ink, width=3.5) + box(x + 36, 60, 16, 590, dark(grey, 0.2))
        for x in (1010, 1350, 1740, 2120)
    )
    bars = path(
        "".join(f"M{x + k} 20V-50" for x in (1010, 1350, 1740, 2120) for k in (8, 24, 42)),
        ink=paint.lit("#8a5a40"),
        width=6,
    )
    props = "".join(stick(paint, [(x, 640), (x, 346)], paint.lit("#c9703f"), 9) for x in (1120, 1230))
    return dark_in + wall + props + bars + slabs + columns + _bare_bulb(paint, 1255, 150)


def _bare_bulb(paint: Paint, x: float, y: float) -> str:
    """A bulb on its wire under the upper floor."""
    on = "#fff0b8" if paint.lamps else paint.lit("#e4e4dc")
    return (
        line([(x, 62), (x, y - 16)], paint.ink, 4)
        + (glow(x, y, 160, 160, "#ffd27f", 0.6) if paint.lamps else "")
        + disc(paint, x, y, 17, on)
    )


def _scaffold(paint: Paint) -> str:
    """Tubes, boards and a ladder, on the left, before a wall half plastered."""
    steel, wall = paint.lit("#aab2b6"), mix(paint.wall, paint.lit("#c9b8a0"), 0.4)
    face = box(LEFT, 40, 1080, 640, wall, ink=paint.ink, width=3.5) + path(
        pts([(LEFT, 44), (40, 44), (-20, 200), (60, 330), (-60, 470), (LEFT, 520)]), pale(wall, 0.25)
    )
    holes = "".join(
        box(x, 210, 110, 150, dark(wall, 0.55), ink=paint.ink, width=4) for x in (-480, -150, 100)
    )
    tubes = "".join(stick(paint, [(x, 690), (x, -260)], steel, 12) for x in (-700, -430, -160, 110, 380))
    rails = "".join(stick(paint, [(LEFT, y), (410, y)], steel, 9) for y in (430, 360, 120, 60))
    boards = "".join(broad(paint, LEFT, y, 1220, 20, pale(paint.wood, 0.22)) for y in (490, 180))
    braces = stick(paint, [(110, 490), (380, 190)], steel, 8) + stick(
        paint, [(-430, 490), (-160, 190)], steel, 8
    )
    ladder = "".join(stick(paint, [(x, 690), (x + 40, 170)], pale(paint.wood, 0.3), 10) for x in (210, 280)) + "".join(stick(paint, [(212 + k * 3.4, 660 - k * 46), (282 + k * 3.4, 660 - k * 46)], pale(paint.wood, 0.3), 7) for k in range(11))  # fmt: skip
    net = path(
        pts([(LEFT, 190), (-160, 190), (-160, 480), (LEFT, 480)]),
        paint.lit(paint.pick("net", "#5f9a6a", "#4f7fa0", "#d9a04a")),
        opacity=0.5,
    )
    return face + holes + rails + tubes + boards + braces + net + ladder


def _ruts(paint: Paint) -> str:
    tone = dark(paint.floor, 0.18)
    return "".join(
        line(p, tone, 16, opacity=0.6)
        for p in ([(760, 690), (720, 800), (520, 1100)], [(880, 690), (880, 800), (760, 1100)])
    )


def _bricks(paint: Paint, x: float, y: float) -> str:
    tone, drawn = paint.lit("#b5674a"), standing(x, 130, y)
    for row in range(5):
        for k in range(4 - row // 3):
            drawn += block(
                paint,
                x - 110 + k * 56 + row % 2 * 10,
                y - 30 - row * 30,
                54,
                29,
                mix(tone, pale(tone, 0.3), (k + row) % 3 * 0.3),
            )
    return drawn + box(x - 130, y - 4, 260, 12, paint.wood, ink=paint.ink, width=3)


@modern
def _mixer(paint: Paint, x: float, y: float) -> str:
    drum = paint.lit("#d9822f")
    legs = stick(paint, [(x - 70, y), (x, y - 130)], paint.lit("#4a5058"), 12) + stick(
        paint, [(x + 80, y), (x, y - 130)], paint.lit("#4a5058"), 12
    )
    d = curve(at(x, y - 140, 1, "-110 60 -120 -10 -30 -80 40 -120 90 -100 110 -50 60 40 0 90"), tension=0.8)
    band = line(at(x, y - 140, 1, "-104 -30 -20 20 20 80"), dark(drum, 0.3), 12)
    mouth = oval(x + 78, y - 232, 42, 26, dark(drum, 0.5), ink=paint.ink, width=3.5)
    wheel = disc(paint, x - 84, y - 34, 36, paint.lit("#3a3a40")) + disc(
        paint, x - 84, y - 34, 15, paint.lit("#b9b9bd")
    )
    return (
        standing(x, 120, y)
        + legs
        + path(d, drum)
        + clip(d, band)
        + path(d, ink=paint.ink, width=3.5)
        + mouth
        + wheel
    )


def _sand(paint: Paint, x: float, y: float) -> str:
    tone = paint.lit("#d9bd88")
    heap = path(
        curve(at(x, y, 1, "-220 0 -110 -90 -20 -150 60 -120 150 -60 240 0"), tension=0.7),
        tone,
        ink=paint.ink,
        width=3.5,
    )
    spade = stick(paint, [(x + 10, y - 100), (x + 70, y - 330)], pale(paint.wood, 0.25), 10) + stick(
        paint, [(x + 46, y - 334), (x + 94, y - 322)], pale(paint.wood, 0.25), 9
    )
    return standing(x, 240, y) + spade + heap


def _barrier(paint: Paint, x: float, y: float) -> str:
    """A striped board on two trestles."""
    legs = "".join(
        stick(paint, [(x + k, y), (x + k + s * 26, y - 150)], paint.lit("#e8e4da"), 9)
        for k in (-150, 150)
        for s in (-1, 1)
    )
    d = pts([(x - 200, y - 160), (x + 200, y - 160), (x + 200, y - 100), (x - 200, y - 100)])
    bars = "".join(
        path(
            pts([(x + k, y - 160), (x + k + 44, y - 160), (x + k + 14, y - 100), (x + k - 30, y - 100)]),
            paint.lit("#d8452f"),
        )
        for k in range(-210, 220, 88)
    )
    lamp = (glow(x - 150, y - 186, 100, 100, "#ffb04a", 0.9) if paint.lamps else "") + disc(
        paint, x - 150, y - 184, 19, "#ffc04a" if paint.lamps else paint.lit("#e89a3a")
    )
    return (
        standing(x, 200, y)
        + legs
        + path(d, paint.lit("#f4efe4"))
        + clip(d, bars)
        + path(d, ink=paint.ink, width=3.5)
        + lamp
    )


@modern
def _work_lamp(paint: Paint, x: float, y: float) -> str:
    """A lamp on a tripod, on after dark."""
    legs = "".join(
        stick(paint, [(x + k, y), (x, y - 180)], paint.lit("#4a5058"), 9) for k in (-70, 0, 70)
    ) + stick(paint, [(x, y - 170), (x, y - 380)], paint.lit("#4a5058"), 10)
    tone = "#fff6d8" if paint.lamps else paint.lit("#e4e4dc")
    heads = "".join(
        block(paint, x + k - 50, y - 440, 96, 66, paint.lit("#e0b02f"), r=6)
        + box(x + k - 40, y - 430, 76, 46, tone, ink=paint.ink, width=3)
        for k in (-54, 56)
    )
    return (
        standing(x, 80, y)
        + legs
        + (glow(x, y - 406, 300, 260, "#fff3c8", 0.7) if paint.lamps else "")
        + heads
    )
