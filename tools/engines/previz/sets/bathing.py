"""Still water to swim and row in: a lake, a pool."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, line, num, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.built import broad, life_ring, planks, wall_lantern, window
from tools.engines.previz.sets.growing import fir, ground, hedge
from tools.engines.previz.sets.hardship import dry_lake
from tools.engines.previz.sets.heights import haze, peaks
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import disc, poly, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.water import (
    LAKE,
    glitter,
    mirrored,
    reeds,
    ripples,
    rowing_boat,
    tones,
    water,
)


def lake(paint: Paint) -> SetDrawing:
    """A still lake with mountains upside down in it, a jetty, a boathouse, reeds; dry in a drought."""
    if paint.tells("dry"):
        return dry_lake(paint)
    range_ = peaks(paint, 540, 330, haze(paint, "#8496a8", 0.3), salt="lake range") + peaks(paint, 548, 170, haze(paint, "#6f8a74", 0.12), salt="lake hills", snow=False)  # fmt: skip
    wood = hedge(paint, 554, 46, tone="#5f8464", salt="lake wood")
    far = (
        sky(paint)
        + range_
        + wood
        + water(paint, 552, 940, tone=LAKE, waves=60)
        + mirrored(range_ + wood, 553, strength=0.34)
    )
    far += (
        ripples(paint, 600, 900, pale(tones(paint, LAKE)[0], 0.4), 40)
        + glitter(paint, 560, 840)
        + box(LEFT, 939, RIGHT - LEFT, 762, paint.lit(LAKE))
    )
    shore = [
        (LEFT - 100.0, 690.0),
        (-300, 700),
        (60, 730),
        (420, 800),
        (800, 826),
        (1180, 804),
        (1500, 730),
        (1900, 700),
        (RIGHT + 100, 690),
    ]
    edge = curve([*shore, (RIGHT + 100, 1701), (LEFT - 100, 1701)], tension=0.7)
    rim = path(
        curve([*[(x, y - 16) for x, y in shore], (RIGHT + 100, 1701.0), (LEFT - 100, 1701.0)], tension=0.7),
        paint.lit("#cdbb96"),
        ink=paint.ink,
        width=3,
    )
    middle = (
        _boathouse(paint, 1350, 700) + _jetty(paint, 300) + rowing_boat(paint, 660, 668, 0.8, paint.accent)
    )
    middle += rim + path(edge, paint.floor) + clip(edge, ground(paint, 690, paint.floor, tufts=110))
    middle += "".join(
        fir(paint, x, y, h)
        for x, y, h in (
            (-420, 720, 560),
            (-180, 740, 640),
            (1700, 740, 620),
            (1900, 730, 520),
            (2180, 740, 600),
            (60, 730, 470),
        )
    )
    middle += reeds(paint, 1120, 812, 1.5) + reeds(paint, 520, 826, 1.1) + reeds(paint, 1560, 760, 1.3)
    return SetDrawing(far=far, middle=middle, lamps=(Lamp(1260, 520, 320), Lamp(390, 420, 300)))


def _boathouse(paint: Paint, x: float, y: float) -> str:
    """A house of boards on piles over the water, its doors open on it."""
    tone = paint.lit(paint.pick("boathouse", "#a8553c", "#6f8a94", "#8a6a48"))
    piles = "".join(
        stick(paint, [(x + k, y - 40), (x + k, y + 40)], dark(paint.wood, 0.2), 16)
        for k in (-190, -90, 90, 190)
    )
    walls = planks(paint, x - 210, y - 270, 420, 240, tone)
    mouth = box(x - 110, y - 190, 180, 170, dark(tone, 0.6), ink=paint.ink, width=4) + box(
        x - 110, y - 60, 180, 40, paint.lit(LAKE)
    )
    gable = poly(paint, [(x - 250, y - 262), (x + 250, y - 262), (x, y - 420)], paint.lit("#5a5450")) + poly(paint, [(x - 180, y - 266), (x + 180, y - 266), (x, y - 384)], pale(tone, 0.15))  # fmt: skip
    return (
        piles
        + walls
        + mouth
        + gable
        + window(paint, x - 30, y - 340, 56, 56)
        + window(paint, x + 104, y - 200, 70, 80)
        + wall_lantern(paint, x - 150, y - 170, 0.8)
    )


def _jetty(paint: Paint, x: float) -> str:
    """Planks that run out on the water, with a lamp on its post."""
    wood = pale(paint.wood, 0.16)
    posts = "".join(stick(paint, [(x + dx, y + 40), (x + dx, y - 44)], dark(wood, 0.1), w) for dx, y, w in ((-100, 760, 20), (60, 700, 16), (150, 650, 12), (230, 656, 12), (160, 730, 16)))  # fmt: skip
    top = [(x - 150.0, 800.0), (x + 130, 800), (x + 252, 636), (x + 160, 636)]
    lines = "".join(
        line(
            [(x - 150 + k * 38, 800 - k * 20), (x + 130 + k * 15, 800 - k * 20)],
            dark(wood, 0.3),
            3,
            smooth=False,
        )
        for k in range(1, 8)
    )
    lamp = stick(paint, [(x + 60, 716), (x + 60, 410)], wood, 14) + wall_lantern(paint, x + 62, 440, 0.9)
    return posts + poly(paint, top, wood) + clip(pts(top), lines) + lamp


def pool(paint: Paint) -> SetDrawing:
    """A swimming pool: its lanes, ladder and springboard, a high chair, parasols, a hedge."""
    drained = paint.tells("drained")
    far = (
        sky(paint)
        + hills(paint, 540, "#8fa592", seed=paint.seed, high=110)
        + _bath_house(paint)
        + hedge(paint, 596, 110, tone="#5f8a58")
    )
    pale_, joint = paint.floor, dark(paint.floor, 0.14)
    deck = box(LEFT, 590, RIGHT - LEFT, 1111, pale_) + "".join(
        box(LEFT, y, RIGHT - LEFT, 2.5, joint) for y in (600, 614, 632, 850, 910, 990, 1100)
    )
    deck += path(
        "".join(f"M{num(800 + x * 0.9)} 590L{num(800 + x * 2.2)} 1200" for x in range(-1800, 1801, 150)),
        ink=joint,
        width=2.5,
    )
    middle = (
        deck
        + (_dry_basin(paint) if drained else _basin(paint))
        + _loungers(paint)
        + _ladder(paint, 430, 680)
        + _board(paint, 1330, 700)
        + _high_chair(paint, 230, 660)
    )
    return SetDrawing(far=far, middle=middle, lamps=_pool_lamps()[3 if drained else 0 :])


def _pool_lamps() -> tuple[Lamp, ...]:
    under = tuple(Lamp(x, 730, 240, "#9af0e8", 0.6) for x in (300, 800, 1300))
    return (*under, Lamp(1080, 462, 240), Lamp(520, 462, 240))


def _bath_house(paint: Paint) -> str:
    wall = pale(paint.wall, 0.2)
    doors = "".join(box(x, 470, 60, 110, (paint.accent, paint.lit("#e8c04a"), paint.lit("#4f8aa0"))[k % 3], ink=paint.ink, width=3) for k, x in enumerate(range(420, 1180, 96)))  # fmt: skip
    return (
        box(390, 430, 830, 160, wall, ink=paint.ink, width=3)
        + broad(paint, 370, 404, 870, 34, paint.lit("#f4efe4"))
        + doors
        + "".join(wall_lantern(paint, x - 44, 462, 0.6) for x in (520, 1080))
    )


def _dry_basin(paint: Paint) -> str:
    """A basin without its water: the far wall and the floor in tiles, a drain, and where some tiles are missing."""
    tile, white = paint.lit("#a9d3d6"), paint.lit("#f4f1ea")
    joint, brim, floor_at, low = dark(tile, 0.22), 664.0, 724.0, 792.0
    wall = box(LEFT, brim, RIGHT - LEFT, floor_at - brim, dark(tile, 0.14))
    wall += "".join(box(LEFT, y, RIGHT - LEFT, 2, joint) for y in (684, 704))
    wall += path(
        "".join(f"M{num(x)} {num(brim)}v60" for x in range(int(LEFT), int(RIGHT), 28)), ink=joint, width=2
    )
    ground = box(LEFT, floor_at, RIGHT - LEFT, low - floor_at, tile)
    ground += "".join(box(LEFT, y, RIGHT - LEFT, 2.5, joint) for y in (732, 744, 762))
    ground += path(
        "".join(
            f"M{num(800 + x)} {num(floor_at)}L{num(800 + x * 1.5)} {num(low)}" for x in range(-1600, 1601, 40)
        ),
        ink=joint,
        width=2,
    )
    bare = paint.lit("#b9ab98")
    gaps = "".join(
        path(pts([(x, 744), (x + 60, 744), (x + 66, 762), (x + 2, 762)]), bare, ink=paint.ink, width=2)
        for x in (560, 640, 1010)
    )
    drain = path(
        pts([(860, 748), (916, 748), (922, 758), (858, 758)]), dark(tile, 0.6), ink=paint.ink, width=2
    )
    rim = broad(paint, LEFT, 642, RIGHT - LEFT, 22, white) + f.slab(
        paint, LEFT, low - 2, RIGHT - LEFT, 24, white
    )
    return wall + ground + gaps + drain + rim


def _basin(paint: Paint) -> str:
    """The water in its rim of tiles, with lane ropes and the light that plays in it."""
    blue = mix("#46c4cc", paint.lit("#46b4c4"), 0.45) if paint.lamps else paint.lit("#46b4c4")
    top, low = 660.0, 792.0
    white = paint.lit("#f4f1ea")
    rim = broad(paint, LEFT, 642, RIGHT - LEFT, 22, white) + f.slab(
        paint, LEFT, low - 2, RIGHT - LEFT, 24, white
    )
    tiles = "".join(box(x, top + 4, 40, 12, paint.lit("#2f7f9a")) for x in range(int(LEFT), int(RIGHT), 80))
    floor = "".join(
        path(
            pts([(800 + x, 678), (822 + x, 678), (840 + x * 1.4, low), (800 + x * 1.4, low)]),
            dark(blue, 0.28),
        )
        for x in range(-1500, 1501, 250)
    )
    net, dice = "", paint.dice("net of light")
    for _ in range(90):
        x, y = dice.uniform(LEFT, RIGHT), dice.uniform(684, low - 8)
        w = 20 + (y - 680) * 0.4
        net += f"M{num(x)} {num(y)}q{num(w * 0.5)} {num(-w * 0.24)} {num(w)} 0q{num(w * 0.4)} {num(w * 0.2)} {num(w * 0.9)} {num(-w * 0.04)}"
    lit = "#f0fffc" if paint.lamps else white
    under = "".join(disc(paint, x, 684, 13, lit, 9) for x in (300, 800, 1300))
    return (
        box(LEFT, top, RIGHT - LEFT, low - top, blue)
        + tiles
        + floor
        + under
        + path(net, ink="#d8fbf8", width=3, opacity=0.6)
        + _lanes(paint)
        + rim
    )


def _lanes(paint: Paint) -> str:
    """Two ropes of floats, red and white."""
    drawn = ""
    for y, step in ((702, 32), (744, 40)):
        for k, x in enumerate(range(int(LEFT), int(RIGHT), step)):
            drawn += disc(paint, x, y, step * 0.17, paint.lit("#d8452f" if k % 2 else "#f4f1ea"))
    return drawn


def _ladder(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#d4dade")
    rails = "".join(
        f"M{num(x + k)} {num(y + 60)}V{num(y - 150)}q0 -50 -40 -50q-34 0 -34 40V{num(y - 40)}"
        for k in (0, 96)
    )
    steps = "".join(box(x, y - k, 96, 11, steel, ink=paint.ink, width=2.5) for k in (-30, 20, 70))
    return steps + path(rails, ink=paint.ink, width=16) + path(rails, ink=steel, width=10)


def _board(paint: Paint, x: float, y: float) -> str:
    """The springboard on its stand, high enough to be seen behind heads."""
    stand = "".join(f.slab(paint, x + k, y - 330, 26, 350, paint.lit("#e8ecec")) for k in (60, 200))
    steps = "".join(
        box(x + 92, y - k, 104, 12, paint.lit("#b9c4c8"), ink=paint.ink, width=2.5)
        for k in range(40, 330, 56)
    )
    plank = poly(
        paint, [(x - 290, y - 344), (x + 260, y - 352), (x + 260, y - 326), (x - 290, y - 326)], paint.accent
    )
    rail = path(f"M{num(x + 60)} {num(y - 340)}V{num(y - 450)}H{num(x + 250)}V{num(y - 340)}", ink=paint.ink, width=13) + path(f"M{num(x + 60)} {num(y - 340)}V{num(y - 450)}H{num(x + 250)}V{num(y - 340)}", ink=paint.lit("#d4dade"), width=8)  # fmt: skip
    return stand + steps + rail + plank


def _high_chair(paint: Paint, x: float, y: float) -> str:
    """The chair of the life guard under its parasol, a ring on its side."""
    white, tone = paint.lit("#f4f1ea"), paint.accent
    legs = "".join(
        stick(paint, [(x + a, y), (x + b, y - 270)], white, 14) for a, b in ((-110, -60), (110, 60))
    )
    rungs = "".join(
        stick(paint, [(x - 100 + k * 12, y - 50 - k * 62), (x + 100 - k * 12, y - 50 - k * 62)], white, 9)
        for k in range(4)
    )
    seat = f.slab(paint, x - 76, y - 290, 152, 26, tone) + f.slab(paint, x - 70, y - 410, 140, 110, tone, r=8)
    pole = stick(paint, [(x + 60, y - 290), (x + 40, y - 580)], white, 9)
    shade = poly(paint, at(x + 40, y - 560, 1, "-200 40 -120 -50 0 -84 120 -50 200 40 100 20 0 40 -100 20"), white) + poly(paint, at(x + 40, y - 560, 1, "-100 20 -50 -62 0 -84 50 -62 100 20 0 40"), tone)  # fmt: skip
    return legs + rungs + seat + pole + shade + life_ring(paint, x, y - 150, 52)


def _loungers(paint: Paint) -> str:
    cloth = paint.lit(paint.pick("cloth", "#e8c04a", "#e07a5a", "#5fa0b0"))
    return "".join(
        poly(paint, at(x, 640, 1, "-120 0 -120 -16 40 -20 100 -96 118 -90 66 0"), paint.lit("#f4f1ea")) + poly(paint, at(x, 622, 1, "-112 0 -112 -14 36 -18 94 -88 104 -74 46 0"), cloth)
        for x in (640, 990, -260, 1900)
    )  # fmt: skip
