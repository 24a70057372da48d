"""Rolling land with a farm."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, line, oval, path
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.built import cottage, rail_fence, stone_wall
from tools.engines.previz.sets.growing import hedge, poplar
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.shapes import disc, standing
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.town import puddles


def meadow(paint: Paint, top: float) -> str:
    """Grass from the horizon to the camera, with tufts."""
    tone, dice = paint.floor, paint.dice("tufts")
    ground = wash(top, 340, [(0, dark(tone, 0.14), 1), (1, tone, 1)]) + flat(top + 340, 1360 - top, tone)
    shade = dark(tone, 0.24)
    tufts = [(dice.uniform(LEFT, RIGHT), dice.uniform(top + 60, 1240)) for _ in range(120)]
    return ground + "".join(
        path(f"M{x:.0f} {y:.0f}l-6 -16l6 8l4 -18l4 18l8 -10l-5 18Z", shade, opacity=0.65) for x, y in tufts
    )


def countryside(paint: Paint) -> SetDrawing:
    """Rolling land: fields in strips, a lane between fences, trees, a plain farmhouse."""
    seed = paint.seed
    far = (
        sky(paint)
        + hills(paint, 530, "#8fa890", seed=seed, high=190)
        + hills(paint, 572, "#9ab07a", seed=seed + 3, high=110)
    )
    far += hedge(paint, 582, 34, tone="#7f9a68", salt="far hedge")
    left = paint.dice("farm").random() < 0.5
    house = 250.0 if left else 1340.0
    middle = _strips(paint) + meadow(paint, 596) + _lane(paint) + _farm(paint, house, 654)
    middle += _trees(paint, 1340.0 if left else 250.0) + rail_fence(paint, -790, 480, 742, high=120)
    middle += rail_fence(paint, 1080, 2390, 762, high=128) + stone_wall(paint, 1050, RIGHT, 640, 40)
    middle += _grown_beside(paint) + puddles(paint)
    return SetDrawing(far=far, middle=middle, lamps=(Lamp(house + 40, 540, 360), Lamp(house - 150, 560, 240)))


def _strips(paint: Paint) -> str:
    """Fields on the slope in the colours of the season, each with its furrows."""
    dice, drawn = paint.dice("strips"), ""
    for k, x in enumerate((-820, -240, 380, 1000, 1620)):
        tone = paint.lit(dice.choice(("#c9b45a", "#9ab05a", "#d9c46a", "#8fa850", "#b59a68")))
        top = 540 - (k % 2) * 12
        d = curve([(x, 606), (x + 220, top), (x + 640, top + 14), (x + 720, 608)], tension=0.6)
        rows = "".join(
            line([(x + n * 60, 610), (x + 180 + n * 34, top)], dark(tone, 0.2), 3) for n in range(13)
        )
        drawn += path(d, tone) + clip(d, rows) + path(d, ink=dark(tone, 0.3), width=3)
    return drawn


def _farm(paint: Paint, x: float, y: float) -> str:
    """The farmhouse with a shed built on to it."""
    roof = paint.lit(paint.pick("roof", "#a8553c", "#b5714a", "#6f6a68"))
    wall = pale(paint.wall, 0.25)
    side = cottage(
        paint, x + 300, y - 4, 220, 110, wall=mix(wall, paint.wood, 0.25), roof=roof, trim=paint.wood
    )
    return side + cottage(paint, x, y, 430, 196, wall=wall, roof=roof, trim=paint.lit("#5c7a6a"), door=0.5)


def _trees(paint: Paint, x: float) -> str:
    """A clump opposite the house, and single trees along the hedges."""
    kind = paint.pick("trees", "round", "poplars")
    if kind == "poplars":
        clump = "".join(
            poplar(paint, x + d, 668 + abs(d) * 0.06, 500 - abs(d) * 0.5) for d in (-170, -60, 70, 190)
        )
    else:
        clump = g.tree(paint, x - 130, 660, 0.9) + g.tree(paint, x + 130, 668, 1.05, tone="#6f9a4c")
    single = g.tree(paint, 640, 622, 0.46, tone="#7fa860") + g.tree(paint, 985, 616, 0.4, tone="#86a868")
    return single + clump + g.tree(paint, -260, 680, 1.0) + g.tree(paint, 1900, 690, 1.15, tone="#6f9a4c")


def _grown_beside(paint: Paint) -> str:
    """Straw bales or wild flowers by the fences."""
    if paint.pick("beside", "hay", "flowers") == "hay":
        return "".join(
            _hay(paint, x, y, s) for x, y, s in ((1180, 690, 0.8), (1740, 760, 1.1), (930, 650, 0.5))
        )
    dice, tones = paint.dice("poppies"), ("#d8503f", "#f2ece0", "#8a7ac0")
    spots = (
        (dice.choice((dice.uniform(-700, 460), dice.uniform(1120, 2300))), dice.uniform(730, 860))
        for _ in range(60)
    )
    return "".join(
        line([(x, y), (x + 2, y - 30)], paint.lit("#5f8648"), 4)
        + disc(paint, x + 2, y - 34, 9, paint.lit(tones[k % 3]), 8)
        for k, (x, y) in enumerate(spots)
    )


def _lane(paint: Paint) -> str:
    tone = paint.lit("#d2b98a")
    way = curve(
        [
            (470, 640),
            (560, 700),
            (700, 820),
            (620, 1100),
            (500, 1600),
            (1400, 1600),
            (1120, 1060),
            (900, 800),
            (640, 690),
            (520, 640),
        ]
    )
    ruts = "".join(
        line(p, dark(tone, 0.18), 7)
        for p in ([(580, 700), (780, 840), (760, 1200)], [(640, 700), (900, 860), (1000, 1200)])
    )
    return path(way, tone, ink=dark(tone, 0.25), width=4) + clip(way, ruts)


def _hay(paint: Paint, x: float, y: float, s: float) -> str:
    straw = paint.lit("#d9b65a")
    side = (
        disc(paint, x, y - 70 * s, 76 * s, straw)
        + oval(x, y - 70 * s, 50 * s, 50 * s, "none", ink=dark(straw, 0.25), width=4)
        + oval(x, y - 70 * s, 24 * s, 24 * s, "none", ink=dark(straw, 0.25), width=4)
    )
    roll = box(x, y - 146 * s, 110 * s, 152 * s, dark(straw, 0.12), ink=paint.ink, width=3.5, r=30 * s)
    return standing(x + 30 * s, 110 * s, y) + roll + side
