"""A working farm: its yard with the stable, the barn and what stands about."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, line, num, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.built import front_door, planks, stone_wall, tiled_roof, wall_lantern, window
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.growing import ground, hedge
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import blob, block, disc, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.town import puddles


def farmyard(paint: Paint) -> SetDrawing:
    """A yard between stable and barn: a horse at its door, a tractor, hay, hens, a trough."""
    far = (
        sky(paint)
        + hills(paint, 560, "#93aa90", seed=paint.seed, high=150)
        + hedge(paint, 590, 70, tone="#7a9a62")
    )
    roof = paint.lit(paint.pick("roof", "#a8553c", "#b5714a", "#6f6a68"))
    earth = paint.floor
    middle = (
        ground(paint, 592, earth, tufts=50)
        + stone_wall(paint, LEFT, RIGHT, 640, 70)
        + g.tree(paint, 800, 640, 0.8)
    )
    middle += (
        _barn(paint, roof)
        + _stable(paint, roof)
        + _tractor(paint, 1130, 720)
        + _straw(paint)
        + _cart_wheel(paint, 480, 700)
    )
    middle += _trough(paint, 690, 716) + "".join(_hen(paint, x, y, s, tone) for x, y, s, tone in ((560, 780, 1.0, "#b5653f"), (640, 806, -1.0, "#f2ece0"), (900, 790, 1.0, "#c98f4a"), (420, 800, -0.9, "#f2ece0")))  # fmt: skip
    return SetDrawing(
        far=far,
        middle=middle + puddles(paint),
        lamps=(Lamp(400, 330, 380), Lamp(1280, 330, 380), Lamp(1560, 400, 300)),
    )


def _stable(paint: Paint, roof: str) -> str:
    """The stable on the left: half doors, an animal that looks out, a lantern."""
    wall, trim = paint.wall, paint.accent
    body = box(LEFT, 190, 1230, 516, wall, ink=paint.ink, width=3.5) + box(
        LEFT, 620, 1230, 86, dark(wall, 0.16)
    )
    top = tiled_roof(paint, [(LEFT, 206), (490, 206), (410, 40), (LEFT, 40)], roof, rows=6)
    inside = dark(wall, 0.62) if not paint.lamps else mix("#e8a850", dark(wall, 0.5), 0.5)
    stalls = ""
    for k, x in enumerate((60, -300, -640)):
        stalls += box(x, 300, 210, 400, inside, ink=paint.ink, width=4)
        stalls += _horse(paint, x + 96, 470) if k == 0 else ""
        stalls += (
            planks(paint, x, 490, 210, 212, trim, step=42)
            + box(x, 520, 210, 14, dark(trim, 0.3))
            + f.slab(paint, x - 14, 284, 238, 20, paint.wood)
        )
        stalls += planks(paint, x + 212, 302, 60, 186, trim, step=30)
    shoe = path(f"M{num(340)} 330v-34a26 26 0 0 1 52 0v34", ink=paint.ink, width=14) + path(
        "M340 330v-34a26 26 0 0 1 52 0v34", ink=paint.lit("#9aa2a6"), width=8
    )
    return body + top + stalls + shoe + wall_lantern(paint, 428, 330, 1.0)


def _horse(paint: Paint, x: float, y: float) -> str:
    """The head of a horse over its half door."""
    coat = paint.lit(paint.pick("horse", "#8a5a3c", "#6f6460", "#b5865a"))
    neck = blob(paint, at(x, y, 1, "-80 40 -70 -60 -20 -130 40 -120 60 -40 50 40"), coat)
    head = blob(paint, at(x, y, 1, "-26 -146 30 -150 70 -100 104 -40 98 -6 66 0 40 -36 0 -66 -30 -100"), coat)
    ears = poly(paint, at(x, y, 1, "-16 -140 -20 -184 6 -152"), coat, 3) + poly(
        paint, at(x, y, 1, "14 -150 22 -188 36 -148"), coat, 3
    )
    mane = path(
        curve(at(x, y, 1, "-26 -146 -60 -110 -84 -30 -88 40 -60 40 -50 -30 -30 -90")),
        dark(coat, 0.4),
        ink=paint.ink,
        width=3,
    )
    blaze = path(curve(at(x, y, 1, "20 -130 46 -90 74 -40 62 -44 34 -84 12 -116")), paint.lit("#f2ece0"))
    return (
        neck
        + mane
        + ears
        + head
        + blaze
        + oval(x + 22, y - 100, 7, 8, paint.ink)
        + oval(x + 88, y - 26, 6, 5, paint.ink)
    )


def _barn(paint: Paint, roof: str) -> str:
    """The barn on the right, its great door open on hay."""
    stone = mix(paint.wall, paint.lit("#b5a690"), 0.6)
    gable = [(1240.0, 700.0), (1240.0, 200.0), (1620.0, -60.0), (2000.0, 200.0), (2000.0, 700.0)]
    body = path(pts(gable), stone) + clip(pts(gable), "".join(path(f"M{x} {y}h64v30h-64Z", ink=dark(stone, 0.16), width=3) for y in range(-40, 700, 46) for x in range(1250 + (y // 46 % 2) * 60, 2000, 210)))  # fmt: skip
    inside = mix("#e8a850", dark(stone, 0.5), 0.45) if paint.lamps else dark(stone, 0.6)
    mouth = box(1400, 330, 300, 370, inside, ink=paint.ink, width=4)
    hay = path(
        curve(
            [(1404, 700), (1410, 560), (1480, 480), (1560, 500), (1640, 450), (1696, 560), (1698, 700)],
            tension=0.8,
        ),
        paint.lit("#d9b65a"),
        ink=paint.ink,
        width=3,
    )
    leaves = (
        planks(paint, 1276, 330, 124, 372, paint.wood, step=31)
        + planks(paint, 1700, 330, 124, 372, paint.wood, step=31)
        + f.slab(paint, 1384, 310, 332, 24, paint.wood)
    )
    braces = "".join(
        line([(x, 344), (x + 110, 690)], dark(paint.wood, 0.35), 9, smooth=False) for x in (1284, 1708)
    )
    loft = path("M1570 250v-60a50 50 0 0 1 100 0v60Z", inside, ink=paint.ink, width=4) + stick(
        paint, [(1620, 120), (1560, 120)], paint.wood, 10
    )
    eaves = line([(1200, 232), (1620, -76), (2040, 232)], paint.ink, 36, smooth=False) + line(
        [(1200, 232), (1620, -76), (2040, 232)], roof, 28, smooth=False
    )
    wing = (
        box(2000, 330, 420, 370, stone, ink=paint.ink, width=3.5)
        + tiled_roof(paint, [(1990, 346), (RIGHT + 40, 346), (RIGHT + 40, 230), (2000, 230)], roof)
        + window(paint, 2140, 420, 100, 120)
    )
    return wing + body + path(pts(gable), ink=paint.ink, width=4) + mouth + hay + leaves + braces + loft + eaves + wall_lantern(paint, 1240, 330, 1.0, side=-1) + _stable_lamp(paint, 1560, 400) + front_door(paint, 2330, 700, 90, 220, paint.accent)  # fmt: skip


def _stable_lamp(paint: Paint, x: float, y: float) -> str:
    """A lantern that hangs in the barn door."""
    glass = "#fff0bf" if paint.lamps else paint.lit("#d8dcd8")
    ring = line([(x, y - 66), (x, y - 34)], paint.ink, 4) + block(
        paint, x - 17, y - 36, 34, 9, paint.lit("#4a4a50")
    )
    return (
        ring
        + block(paint, x - 14, y - 27, 28, 42, glass, r=8)
        + block(paint, x - 17, y + 14, 34, 8, paint.lit("#4a4a50"))
    )


@modern
def _tractor(paint: Paint, x: float, y: float) -> str:
    """A tractor from the side."""
    tone, black, rim = (
        paint.lit(paint.pick("tractor", "#c9473f", "#4f8a5a", "#3f6f9a")),
        paint.lit("#3a3a40"),
        paint.lit("#e8c45a"),
    )
    hood = poly(paint, at(x, y, 1, "-10 -190 150 -180 158 -90 -10 -84"), tone) + "".join(
        box(x + 120, y - 170 + k * 18, 28, 8, dark(tone, 0.4)) for k in range(4)
    )
    cab = (
        block(paint, x - 130, y - 320, 130, 160, paint.lit("#a9c4cc"), r=8)
        + box(x - 70, y - 320, 8, 160, paint.ink)
        + f.slab(paint, x - 146, y - 340, 164, 26, tone, r=8)
    )
    body = block(paint, x - 140, y - 190, 150, 100, tone, r=8)
    pipe = stick(paint, [(x + 70, y - 186), (x + 70, y - 290)], paint.lit("#5a6068"), 10)
    big = (
        disc(paint, x - 96, y - 92, 92, black)
        + disc(paint, x - 96, y - 92, 46, rim)
        + disc(paint, x - 96, y - 92, 12, black)
    )
    small = disc(paint, x + 120, y - 54, 54, black) + disc(paint, x + 120, y - 54, 26, rim)
    lugs = path("".join(f"M{num(x - 96 + 84 * a)} {num(y - 92 + 84 * b)}l{num(-14 * a)} {num(-14 * b)}" for a, b in ((1, 0), (0.87, 0.5), (0.5, 0.87), (0, 1), (-0.5, 0.87), (-0.87, 0.5), (-1, 0), (-0.87, -0.5), (-0.5, -0.87), (0, -1), (0.5, -0.87), (0.87, -0.5))), ink=pale(black, 0.25), width=6)  # fmt: skip
    return standing(x, 210, y) + pipe + cab + body + hood + big + lugs + small


def _straw(paint: Paint) -> str:
    """Bales, and a fork that stands in them."""
    tone, drawn = paint.lit("#d9b65a"), ""
    for x, y in ((1480, 760), (1620, 760), (1550, 682)):
        drawn += (
            standing(x, 80, y)
            + f.slab(paint, x - 70, y - 80, 140, 80, tone, r=5)
            + path(f"M{x - 36} {y - 80}v80M{x + 36} {y - 80}v80", ink=dark(tone, 0.4), width=5)
        )
        drawn += path(
            "".join(f"M{x - 60 + k * 17} {y - 60 + k * 7 % 40}h12" for k in range(8)),
            ink=dark(tone, 0.22),
            width=3,
        )
    fork = stick(paint, [(1660, 610), (1720, 330)], pale(paint.wood, 0.2), 10) + path(
        "M1630 640V600H1690V640M1660 640V600", ink=paint.ink, width=6
    )
    return fork + drawn


def _cart_wheel(paint: Paint, x: float, y: float) -> str:
    wood = pale(paint.wood, 0.12)
    spokes = "".join(
        stick(paint, [(x - 74 * a, y - 86 - 74 * b), (x + 74 * a, y - 86 + 74 * b)], wood, 7)
        for a, b in ((1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7))
    )
    return (
        standing(x, 70, y)
        + spokes
        + oval(x, y - 86, 78, 84, "none", ink=paint.ink, width=23)
        + oval(x, y - 86, 78, 84, "none", ink=wood, width=16)
        + disc(paint, x, y - 86, 16, wood)
    )


def _trough(paint: Paint, x: float, y: float) -> str:
    """A pump over a trough."""
    iron, stone = paint.lit("#5a7a6a"), paint.lit("#b5ab98")
    pump = f.slab(paint, x - 20, y - 290, 40, 290, iron, r=8) + disc(paint, x, y - 296, 24, iron) + stick(paint, [(x + 16, y - 220), (x + 74, y - 220), (x + 74, y - 190)], iron, 13) + stick(paint, [(x - 16, y - 260), (x - 90, y - 180)], iron, 9)  # fmt: skip
    basin = f.slab(paint, x + 20, y - 70, 200, 70, stone, r=6) + oval(
        x + 120, y - 66, 88, 10, paint.lit("#8fc0cc"), ink=paint.ink, width=3
    )
    return standing(x + 70, 160, y) + pump + line([(x + 74, y - 184), (x + 76, y - 72)], "#e4f2f6", 7) + basin


def _hen(paint: Paint, x: float, y: float, s: float, tone: str) -> str:
    """A hen that pecks; `s` below nothing looks left."""
    k, feathers = abs(s), paint.lit(tone)
    side = 1 if s > 0 else -1

    def shape(text: str) -> list[tuple[float, float]]:
        return [(x + (px - x) * side, py) for px, py in at(x, y, k, text)]

    legs = line(shape("-4 -16 -4 0 6 0"), paint.lit("#d9a02f"), 4) + line(
        shape("8 -16 8 0 18 0"), paint.lit("#d9a02f"), 4
    )
    body = blob(
        paint,
        shape("-52 -58 -30 -34 -20 -14 20 -12 40 -34 46 -72 62 -78 56 -96 38 -98 28 -70 -10 -56 -40 -78"),
        feathers,
        3,
    )
    comb = blob(paint, shape("38 -96 40 -110 48 -102 54 -108 56 -94"), paint.lit("#d8452f"), 2)
    beak = poly(paint, shape("60 -88 74 -82 60 -78"), paint.lit("#e8b04a"), 2)
    wing = path(
        curve(shape("-26 -46 6 -50 14 -30 -10 -22"), tension=0.9),
        dark(feathers, 0.16),
        ink=paint.ink,
        width=2,
    )
    return (
        standing(x, 44 * k, y)
        + legs
        + comb
        + beak
        + body
        + wing
        + oval(shape("50 -88")[0][0], y - 88 * k, 3, 3, paint.ink)
    )
