"""By fresh water: a canal with its gates, a river, a lake, a pool."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, glow, line, num, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.built import cottage
from tools.engines.previz.sets.growing import ground, hedge, poplar, willow
from tools.engines.previz.sets.jungle import narrow_channel, wild_river
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import block, disc, poly, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.water import (
    RIVER,
    glitter,
    mirrored,
    reeds,
    rowing_boat,
    tones,
    water,
)


def canal(paint: Paint) -> SetDrawing:
    """A straight channel between its banks, a row of trees, sluice gates with their wheels."""
    if paint.tells("jungle"):
        return narrow_channel(paint)
    far = (
        sky(paint)
        + hills(paint, 550, "#93aa98", seed=paint.seed, high=110)
        + hedge(paint, 566, 36, tone="#86a06f")
    )
    bank = ground(paint, 556, paint.floor, tufts=110)
    side = [(790.0, 560.0), (826.0, 560.0), (1500.0, 1700.0), (-140.0, 1700.0)]
    channel = pts(side)
    sheet = clip(channel, water(paint, 556, 1700, tone=RIVER, waves=150), _banks_in_water(paint))
    stone = paint.lit("#b5ab98")
    left = pts([(790, 560), (796, 560), (-40, 1700), (-290, 1700)])
    right = pts([(820, 560), (826, 560), (1640, 1700), (1420, 1700)])
    rims = path(left, stone, ink=paint.ink, width=3) + path(right, stone, ink=paint.ink, width=3)
    path_ = pts([(846, 560), (862, 560), (2500, 1700), (1900, 1700)])
    way = path(path_, paint.lit("#d0b98c"), ink=dark(paint.lit("#d0b98c"), 0.24), width=3)
    middle = (
        bank
        + way
        + _bank_trees(paint)
        + _keeper(paint)
        + sheet
        + rims
        + _branch(paint)
        + sluice(paint, 794, 690, 0.56)
        + sluice(paint, 1230, 800, 1.0)
    )
    middle += reeds(paint, 470, 800, 1.1) + reeds(paint, 300, 880, 1.4) + g.street_lamp(paint, 1500, 860)
    return SetDrawing(far=far, middle=middle, lamps=(Lamp(1500, 330, 380),))


def _bank_trees(paint: Paint) -> str:
    """The row of trees along the left bank, and a few on the other."""
    row = ((736, 566, 110), (700, 574, 165), (646, 588, 245), (566, 610, 345), (440, 642, 500), (230, 690, 720), (-130, 760, 1000))  # fmt: skip
    over = "".join(
        poplar(paint, x, y, h, tone="#7f9c5c")
        for x, y, h in ((900, 566, 100), (950, 574, 150), (1030, 590, 215))
    )
    kind = paint.pick("bank trees", "poplars", "planes", "willows")
    if kind == "planes":
        return over + "".join(g.tree(paint, x, y, h / 470, tone="#7a9c5a") for x, y, h in row)
    if kind == "willows":
        return (
            over
            + "".join(willow(paint, x, y, h / 560) for x, y, h in row[1::2])
            + poplar(paint, -130, 760, 1000)
        )
    return over + "".join(poplar(paint, x, y, h) for x, y, h in row)


def _keeper(paint: Paint) -> str:
    """The house of whoever keeps the gates, on half of the canals."""
    if paint.dice("keeper").random() < 0.5:
        return ""
    wall, roof = paint.lit("#e3d3b4"), paint.lit(paint.pick("keeper roof", "#a8553c", "#6f6a68"))
    return cottage(paint, 1010, 606, 260, 116, wall=wall, roof=roof, trim=paint.accent)


def _banks_in_water(paint: Paint) -> str:
    """The dark of both walls in the water along them."""
    _, near = tones(paint, RIVER)
    left = path(pts([(788, 556), (796, 556), (220, 1700), (-200, 1700)]), dark(near, 0.4), opacity=0.55)
    return left + path(
        pts([(820, 556), (830, 556), (1560, 1700), (1320, 1700)]), dark(near, 0.4), opacity=0.4
    )


def _branch(paint: Paint) -> str:
    """The side channel that the near gate lets water into."""
    stone, (distant, near) = paint.lit("#b5ab98"), tones(paint, RIVER)
    rim = path(pts([(968, 812), (1440, 812), (1560, 1010), (1096, 1010)]), stone, ink=paint.ink, width=3)
    return rim + path(pts([(978, 822), (1418, 822), (1500, 992), (1070, 1000)]), mix(distant, near, 0.5))


def sluice(paint: Paint, x: float, y: float, size: float) -> str:
    """A gate of boards between two pillars, its screw, and the wheel that lifts it."""
    stone, iron, rust = paint.lit("#b8ae9c"), paint.lit("#4a5058"), paint.lit(paint.pick("wheel", "#b5483f", "#3f6f8c", "#c9853f"))  # fmt: skip
    k = size
    pillars = "".join(f.slab(paint, x + s * 170 * k - 38 * k, y - 400 * k, 76 * k, 430 * k, stone) + f.slab(paint, x + s * 170 * k - 48 * k, y - 424 * k, 96 * k, 30 * k, pale(stone, 0.2)) for s in (-1, 1))  # fmt: skip
    boards = box(x - 134 * k, y - 250 * k, 268 * k, 210 * k, paint.wood, ink=paint.ink, width=3.5)
    boards += "".join(
        box(x - 134 * k, y - (250 - n * 52) * k, 268 * k, 5 * k, dark(paint.wood, 0.4)) for n in (1, 2, 3)
    )
    boards += "".join(
        box(x + s * 80 * k - 9 * k, y - 260 * k, 18 * k, 214 * k, iron, ink=paint.ink, width=2)
        for s in (-1, 1)
    )
    spill = path(pts(at(x, y, k, "-130 -42 130 -42 140 40 -140 40")), "#eef6f6", opacity=0.75)
    spill += "".join(
        line(at(x + s * k, y, k, "0 -38 3 0 -3 36"), paint.lit("#9cc0c4"), 5 * k)
        for s in (-100, -60, -24, 20, 62, 104)
    )
    foam = "".join(
        oval(x + s * k, y + 38 * k, 44 * k, 13 * k, "#ffffff", opacity=0.8) for s in (-110, -50, 6, 60, 116)
    )
    beam = f.slab(paint, x - 220 * k, y - 450 * k, 440 * k, 42 * k, iron)
    screw = stick(paint, [(x, y - 250 * k), (x, y - 640 * k)], paint.lit("#9aa2a6"), 14 * k)
    threads = path(
        "".join(
            f"M{num(x - 8 * k)} {num(y - n * k)}l{num(16 * k)} {num(-7 * k)}" for n in range(260, 400, 15)
        ),
        ink=paint.ink,
        width=2,
    )
    stand = poly(paint, at(x, y, k, "-44 -450 44 -450 22 -520 -22 -520"), iron)
    return (
        spill
        + foam
        + boards
        + pillars
        + screw
        + threads
        + beam
        + stand
        + wheel(paint, x, y - 590 * k, 96 * k, rust)
    )


def wheel(paint: Paint, x: float, y: float, r: float, tone: str) -> str:
    """A hand wheel with its spokes."""
    spokes = "".join(stick(paint, [(x - a * r, y - b * r), (x + a * r, y + b * r)], tone, r * 0.1) for a, b in ((1, 0), (0.5, 0.87), (-0.5, 0.87)))  # fmt: skip
    rim = oval(x, y, r, r, "none", ink=paint.ink, width=r * 0.2 + 6) + oval(
        x, y, r, r, "none", ink=tone, width=r * 0.2
    )
    return spokes + rim + disc(paint, x, y, r * 0.2, dark(tone, 0.2))


def river(paint: Paint) -> SetDrawing:
    """A river between wooded banks: a willow, a landing stage with a boat, stones, reeds."""
    if paint.tells("jungle"):
        return wild_river(paint)
    wood = hills(paint, 520, "#8aa58f", seed=paint.seed, high=170) + hedge(
        paint, 548, 104, tone="#7a9a66", salt="far bank"
    )
    far = sky(paint) + wood + water(paint, 546, 900, tone=RIVER, waves=150) + mirrored(hedge(paint, 548, 104, tone="#7a9a66", salt="far bank"), 549)  # fmt: skip
    far += glitter(paint, 560, 800) + box(LEFT, 899, RIGHT - LEFT, 802, paint.lit(RIVER))
    tone = paint.floor
    shore = [(LEFT - 100, 700), (-200, 716), (200, 700), (470, 742), (760, 800), (1100, 806), (1400, 764), (1700, 730), (RIGHT + 100, 716)]  # fmt: skip
    edge = curve(
        [*[(x, y + 14.0) for x, y in shore], (RIGHT + 100, 1700.0), (LEFT - 100, 1700.0)], tension=0.7
    )
    mud = path(curve([*[(x, y - 6.0) for x, y in shore], (RIGHT + 100, 1700.0), (LEFT - 100, 1700.0)], tension=0.7), paint.lit("#a08a62"), ink=paint.ink, width=3)  # fmt: skip
    bank = mud + path(edge, tone) + clip(edge, ground(paint, 700, tone, tufts=120))
    if paint.tells("stream"):
        middle = _near_bank(paint) + bank
    else:
        middle = _mill(paint) if paint.dice("mill").random() < 0.5 else _stone_bridge(paint)
        middle += _landing(paint, 330, 690) + rowing_boat(paint, 560, 668, 0.9, paint.accent) + bank
    middle += _stones(paint) + willow(paint, 1370, 800, 1.35) + willow(paint, -260, 760, 1.1, tone="#6f9456")
    middle += (
        reeds(paint, 110, 760, 1.5)
        + reeds(paint, 1080, 800, 1.2)
        + reeds(paint, 1760, 770, 1.6)
        + reeds(paint, 470, 770, 0.9)
    )
    lit = () if paint.tells("stream") else (Lamp(236, 420, 320), Lamp(690, 440, 240))
    return SetDrawing(far=far, middle=middle, lamps=lit)


def _near_bank(paint: Paint) -> str:
    """The other bank of a brook, a stride away: grass to the water, stones in it."""
    tone = dark(paint.floor, 0.08)
    crest = [(LEFT - 100.0, 560.0), (100, 548), (700, 562), (1300, 546), (RIGHT + 100, 560)]
    foot = [(RIGHT + 100.0, 668.0), (1500, 690), (1000, 716), (500, 690), (LEFT - 100, 664)]
    edge = curve([*crest, *foot], tension=0.6)
    stones = "".join(
        oval(x, y, r, r * 0.42, paint.lit("#a39d90"), ink=paint.ink, width=3)
        for x, y, r in ((420, 720, 46), (560, 742, 36), (800, 752, 52), (980, 748, 40), (1240, 742, 44))
    )
    return (
        path(edge, tone, ink=dark(tone, 0.3), width=3)
        + clip(edge, ground(paint, 560, tone, tufts=60))
        + stones
    )


def _stone_bridge(paint: Paint) -> str:
    """A bridge of three arches over the river, its back raised in the middle."""
    stone, x, y = paint.lit("#b5a88f"), 690.0, 566.0
    shape = "-400 0 -390 -96 -200 -146 0 -166 200 -146 390 -96 400 0"
    body = path(curve(at(x, y, 1, shape), tension=0.5), stone, ink=paint.ink, width=3.5)
    rim = line(at(x, y, 1, "-390 -98 -200 -148 0 -168 200 -148 390 -98"), pale(stone, 0.2), 13)
    holes = "".join(
        path(
            f"M{num(x + k - w)} {y}v-26a{w} {w * 0.9} 0 0 1 {2 * w} 0v26Z",
            dark(paint.lit(RIVER), 0.4),
            ink=paint.ink,
            width=3.5,
        )
        for k, w in ((-230, 66), (0, 86), (230, 66))
    )
    joints = path(
        "".join(f"M{num(x + k)} {y - 110}h34" for k in (-300, -150, -120, 110, 160, 290)),
        ink=dark(stone, 0.3),
        width=3,
    )
    post = stick(paint, [(x, y - 166), (x, y - 240)], paint.lit("#4a5058"), 6)
    glass = "#fff0bf" if paint.lamps else paint.lit("#d8dcd8")
    lamp = poly(paint, at(x, y - 240, 1, "-12 0 12 0 18 -36 -18 -36"), glass, 3)
    lamp += poly(paint, at(x, y - 240, 1, "-24 -36 0 -54 24 -36"), paint.lit("#4a5058"), 3)
    shine = glow(x, y - 258, 120, 120, "#ffd27f", 0.6) if paint.lamps else ""
    return body + holes + joints + rim + post + shine + lamp


def _mill(paint: Paint) -> str:
    """A mill on the far bank with its water wheel."""
    wall, roof = paint.lit("#d9c9ac"), paint.lit("#8a5a48")
    house = cottage(paint, 740, 566, 300, 138, wall=wall, roof=roof, trim=paint.lit("#5c7a6a"), door=0.2)
    wood, x, y, r = paint.wood, 556.0, 508.0, 84.0
    spokes = "".join(
        stick(paint, [(x - a * r, y - b * r), (x + a * r, y + b * r)], wood, 6)
        for a, b in ((1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7))
    )
    paddles = "".join(
        line([(x + a * r * 0.84, y + b * r * 0.84), (x + a * r * 1.16, y + b * r * 1.16)], paint.ink, 9)
        for a, b in ((1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7))
    )
    rims = "".join(
        oval(x, y, k, k, "none", ink=tone, width=w)
        for k in (r, r * 0.7)
        for tone, w in ((paint.ink, 15), (wood, 9))
    )
    foam = oval(x, 576, 84, 9, "#ffffff", opacity=0.8)
    return house + spokes + paddles + rims + disc(paint, x, y, 12, wood) + foam


def _landing(paint: Paint, x: float, y: float) -> str:
    """A stage of planks on posts with a lantern."""
    wood = pale(paint.wood, 0.16)
    posts = "".join(stick(paint, [(x + k, y + 70), (x + k, y - 60)], wood, 18) for k in (-190, -50, 90))
    deck = poly(
        paint,
        [(x - 330, y + 40), (x + 60, y - 6), (x + 130, y - 6), (x - 120, y + 70), (x - 330, y + 90)],
        wood,
    )
    lines = "".join(line([(x - 300 + k * 62, y + 36 - k * 7), (x - 250 + k * 62, y + 84 - k * 14)], dark(wood, 0.35), 3) for k in range(6))  # fmt: skip
    post = stick(paint, [(x - 94, y + 20), (x - 94, y - 250)], wood, 14) + stick(
        paint, [(x - 94, y - 240), (x - 50, y - 240)], wood, 8
    )
    glass = "#fff0bf" if paint.lamps else paint.lit("#d8dcd8")
    lamp = block(paint, x - 66, y - 236, 30, 44, glass, r=8)
    return posts + deck + lines + post + lamp


def _stones(paint: Paint) -> str:
    dice, drawn = paint.dice("stones"), ""
    for x, y, s in (
        (640, 812, 0.8),
        (880, 838, 1.0),
        (960, 806, 0.6),
        (1180, 842, 0.9),
        (260, 770, 0.7),
        (1580, 800, 1.0),
    ):
        tone = mix(paint.lit("#9a9a92"), paint.lit("#b5a890"), dice.random())
        d = curve(at(x, y, s, "-70 0 -76 -30 -40 -58 20 -62 66 -36 74 0"), tension=0.9)
        drawn += path(d, tone) + clip(d, path(pts(at(x, y, s, "-90 -22 90 -16 90 10 -90 10")), dark(tone, 0.24))) + path(d, ink=paint.ink, width=3.5)  # fmt: skip
    return drawn
