"""Land where nothing is sown: a desert, salt flats."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, line, num, oval, path, pts
from tools.engines.previz.sets.built import planks, window_tone
from tools.engines.previz.sets.heights import haze, rock
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import disc, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky, stops
from tools.engines.previz.sets.water import mirrored, ripples, tones


def desert(paint: Paint) -> SetDrawing:
    """Sand or stone to the horizon: mesas and cacti, or dunes; bones of a tree."""
    dunes = paint.pick("desert", "mesas", "dunes") == "dunes" and not paint.has("cact")
    sand = paint.floor
    far = sky(paint) + (_dunes(paint) if dunes else _mesas(paint))
    middle = (
        wash(590, 330, [(0, pale(sand, 0.1), 1), (1, sand, 1)]) + flat(919, 782, sand) + _sand_ripples(paint)
    )
    if dunes:
        middle += (
            _near_dune(paint)
            + dead_tree(paint, 1290, 720, 1.0)
            + dead_tree(paint, 250, 664, 0.7)
            + rock(paint, 1480, 760, 0.7, tone="#c99a70")
        )
    else:
        middle += "".join(cactus(paint, x, y, s) for x, y, s in ((310, 720, 1.05), (1290, 700, 0.9), (1560, 800, 1.3), (560, 640, 0.42), (960, 632, 0.36), (-330, 740, 1.1), (1980, 720, 1.1)))  # fmt: skip
        middle += (
            rock(paint, 1420, 742, 0.9, tone="#b5714f")
            + rock(paint, 90, 790, 1.2, tone="#b5714f")
            + _bush(paint, 640, 720)
            + _bush(paint, 1120, 760)
        )
    return SetDrawing(far=far, middle=middle + _skull(paint, 720, 784))


def _mesas(paint: Paint) -> str:
    drawn, dice = "", paint.dice("mesas")
    for x, w, h, share in (
        (-500, 420, 210, 0.4),
        (150, 360, 250, 0.3),
        (660, 170, 190, 0.5),
        (1010, 130, 250, 0.35),
        (1330, 460, 290, 0.25),
        (1960, 360, 220, 0.4),
    ):
        tone = haze(paint, "#b5603f", share)
        top = 600 - h * dice.uniform(0.85, 1.1)
        d = pts([(x - w * 0.66, 606), (x - w * 0.5, top + h * 0.55), (x - w * 0.44, top), (x + w * 0.42, top - 8), (x + w * 0.5, top + h * 0.55), (x + w * 0.7, 606)])  # fmt: skip
        bands = "".join(box(x - w, top + h * k, w * 2, h * 0.07, dark(tone, 0.14)) for k in (0.16, 0.36, 0.52)) + path(pts([(x + w * 0.12, top - 10), (x + w, top - 10), (x + w, 610), (x + w * 0.3, 610)]), dark(tone, 0.16))  # fmt: skip
        drawn += path(d, tone) + clip(d, bands) + path(d, ink=dark(tone, 0.35), width=3)
    return drawn + flat(600, 1100, haze(paint, "#d9a870", 0.15))


def _dunes(paint: Paint) -> str:
    drawn = ""
    for k, (y, share) in enumerate(((500, 0.45), (548, 0.3), (590, 0.12))):
        drawn += _dune(paint, y, 110 - k * 14, mix(paint.floor, stops(paint)[-1][1], share), f"dune{k}")
    return drawn


def _dune(paint: Paint, y: float, high: float, tone: str, salt: str) -> str:
    """A line of dunes: crests with a lit side and a dark one."""
    dice = paint.dice(salt)
    start = LEFT - dice.uniform(100, 400)
    drawn = flat(y + 20, 1200, tone)
    while start < RIGHT:
        w, h = dice.uniform(520, 820), high * dice.uniform(0.8, 1.4)
        top = start + w * dice.uniform(0.4, 0.6)
        drawn += path(f"M{num(start)} {num(y + 24)}C{num(start + w * 0.3)} {num(y)} {num(top - 60)} {num(y - h)} {num(top)} {num(y - h)}C{num(top + 60)} {num(y - h * 0.7)} {num(start + w * 0.8)} {num(y)} {num(start + w)} {num(y + 24)}Z", pale(tone, 0.12))  # fmt: skip
        drawn += path(f"M{num(top)} {num(y - h)}C{num(top + 60)} {num(y - h * 0.7)} {num(start + w * 0.8)} {num(y)} {num(start + w)} {num(y + 24)}H{num(top - 40)}C{num(top + 50)} {num(y - h * 0.3)} {num(top - 30)} {num(y - h * 0.6)} {num(top)} {num(y - h)}Z", dark(tone, 0.2))  # fmt: skip
        start += w * 0.7
    return drawn


def _near_dune(paint: Paint) -> str:
    """A great dune behind the people on one side."""
    tone = paint.floor
    light = path("M760 760C1000 690 1180 330 1330 300C1400 420 1700 560 2500 640V780Z", pale(tone, 0.12))
    shade = path("M1330 300C1400 420 1700 560 2500 640V780H1180C1330 640 1250 450 1330 300Z", dark(tone, 0.2))
    return (
        light
        + shade
        + path("M760 760C1000 690 1180 330 1330 300C1400 420 1700 560 2500 640", ink=dark(tone, 0.4), width=3)
    )


def _sand_ripples(paint: Paint) -> str:
    dice, d = paint.dice("sand"), ""
    for k in range(46):
        near = (k / 46) ** 1.2
        x, y = dice.uniform(LEFT, RIGHT), 616 + 560 * near
        d += f"M{num(x)} {num(y)}q{num(50 + 60 * near)} {num(-9 - 8 * near)} {num(100 + 120 * near)} 0"
    return path(d, ink=dark(paint.floor, 0.16), width=4)


def cactus(paint: Paint, x: float, y: float, s: float) -> str:
    """A tall cactus with two arms."""
    green = paint.lit("#5f8f5a")
    arms = [
        at(x, y, s, "0 -150 -100 -150 -104 -190 -100 -270"),
        at(x, y, s, "0 -210 88 -210 92 -250 88 -330"),
    ]
    trunk = at(x, y, s, "0 0 0 -410")
    drawn = "".join(line(p, paint.ink, 50 * s + 7) for p in arms) + line(trunk, paint.ink, 74 * s + 7)
    drawn += "".join(line(p, green, 50 * s) for p in arms) + line(trunk, green, 74 * s)
    ribs = "".join(line(at(x + k * s, y, s, "0 0 0 -412"), dark(green, 0.22), 4 * s) for k in (-18, 0, 18)) + "".join(line(p, dark(green, 0.22), 4 * s) for p in arms)  # fmt: skip
    spines = path("".join(f"M{num(x + a * s)} {num(y - b * s)}l{num(-9 * s)} {num(-6 * s)}m{num(9 * s)} {num(6 * s)}l{num(9 * s)} {num(-6 * s)}" for b in range(40, 420, 46) for a in (-28, 8, 30)), ink=pale(green, 0.5), width=2)  # fmt: skip
    bloom = disc(paint, x, y - 446 * s, 15 * s, paint.lit("#e86a8a")) if paint.seed % 2 else ""
    return standing(x, 90 * s, y) + drawn + ribs + spines + bloom


def _bush(paint: Paint, x: float, y: float) -> str:
    twigs = "".join(f"M{num(x)} {num(y)}q{num(dx * 0.4)} {num(dy)} {num(dx)} {num(dy)}" for dx, dy in ((-90, -50), (-60, -86), (-20, -104), (26, -100), (64, -80), (94, -44)))  # fmt: skip
    return (
        standing(x, 90, y)
        + path(twigs, ink=paint.ink, width=9)
        + path(twigs, ink=paint.lit("#a8a060"), width=5)
    )


def dead_tree(paint: Paint, x: float, y: float, s: float) -> str:
    """A bare tree."""
    wood = paint.lit("#a08468")
    limbs = (("0 0 -14 -120 10 -240 -20 -330", 34), ("4 -200 70 -280 130 -330 150 -400", 20), ("-6 -150 -80 -210 -110 -300", 18), ("80 -290 150 -300 190 -340", 11), ("-90 -240 -150 -260", 10), ("-12 -300 20 -370 10 -420", 14))  # fmt: skip
    drawn = "".join(line(at(x, y, s, shape), paint.ink, w * s + 7) for shape, w in limbs)
    return (
        standing(x, 90 * s, y) + drawn + "".join(line(at(x, y, s, shape), wood, w * s) for shape, w in limbs)
    )


def _skull(paint: Paint, x: float, y: float) -> str:
    """The skull of a cow in the sand."""
    bone = paint.lit("#f2e8d4")
    horns = line(at(x, y, 1, "-20 -54 -76 -70 -92 -108"), paint.ink, 17) + line(at(x, y, 1, "20 -54 76 -70 92 -108"), paint.ink, 17) + line(at(x, y, 1, "-20 -54 -76 -70 -92 -108"), bone, 11) + line(at(x, y, 1, "20 -54 76 -70 92 -108"), bone, 11)  # fmt: skip
    head = poly(paint, at(x, y, 1, "-40 -66 40 -66 26 -20 18 6 -18 6 -26 -20"), bone)
    return (
        standing(x, 60, y + 4)
        + horns
        + head
        + "".join(oval(x + k, y - 44, 9, 10, paint.ink) for k in (-19, 19))
    )


def salt_flats(paint: Paint) -> SetDrawing:
    """White pans between low dykes, shallow water that mirrors the sky, heaps of salt."""
    grown, brine = paint.dice("heaps"), paint.pick("brine", "#8fb4b8", "#c9a3a6", "#93b8a4")
    white = paint.lit("#f3f1ec")
    back = hills(paint, 520, "#9fb0b8", seed=paint.seed, high=70)
    (shallow, near), store = tones(paint, brine), grown.uniform(640, 900)
    far = sky(paint, 530) + back + _works(paint, store, 526)
    pans = wash(
        522, 420, [(0, shallow, 1), (0.5, mix(near, shallow, 0.4), 1), (1, mix(near, shallow, 0.6), 1)]
    ) + flat(941, 760, mix(near, shallow, 0.6))
    pans += mirrored(
        back + _heap(paint, 180, 530, 0.56) + _heap(paint, 1400, 530, 0.62), 526, strength=0.35
    ) + ripples(paint, 560, 900, pale(shallow, 0.5), 26)
    middle = pans + _dykes(paint, white) + "".join(_heap(paint, x, y, s) for x, y, s in ((620, 562, 0.16), (720, 556, 0.13), (890, 556, 0.14), (1010, 566, 0.2), (-520, 600, 0.6), (2060, 610, 0.8)))  # fmt: skip
    middle += (
        _crust(paint, white, brine)
        + _crystals(paint)
        + _heap(paint, 150, 696, grown.uniform(0.92, 1.3))
        + _heap(paint, 1450, 716, grown.uniform(0.95, 1.35))
        + _rake(paint, 452, 716)
        + _barrow(paint, 1090, 764)
    )
    return SetDrawing(far=far, middle=middle, lamps=(Lamp(store, 470, 220),))


def _dykes(paint: Paint, white: str) -> str:
    """The rims of the pans: some along the horizon, some towards the camera."""
    drawn = ""
    for y in (536, 560, 606, 690, 840, 1120):
        w = 3 + (y - 522) * 0.06
        drawn += box(LEFT, y, RIGHT - LEFT, w, white) + box(
            LEFT, y + w, RIGHT - LEFT, w * 0.4, dark(white, 0.2)
        )
    for x in range(-2400, 2401, 480):
        drawn += path(
            pts(
                [
                    (800 + x * 0.1, 524),
                    (800 + x * 0.1 + 3, 524),
                    (800 + x * 2.4 + 90, 1700),
                    (800 + x * 2.4, 1700),
                ]
            ),
            white,
        )
    return drawn


def _crust(paint: Paint, white: str, brine: str) -> str:
    """The dry salt that people stand on, cracked into plates, with puddles that mirror the sky."""
    edge = [
        (LEFT - 60, 726.0),
        (-300, 716),
        (240, 734),
        (700, 744),
        (1160, 738),
        (1700, 716),
        (RIGHT + 60, 726),
    ]
    ground = curve([*edge, (RIGHT + 60, 1701.0), (LEFT - 60, 1701.0)], tension=0.5)
    dice, cracks = paint.dice("plates"), ""
    for k in range(70):
        near = (k / 70) ** 1.3
        x, y, s = dice.uniform(LEFT, RIGHT), 748 + 500 * near, 0.6 + 1.6 * near
        cracks += f"M{num(x)} {num(y)}l{num(44 * s)} {num(-9 * s)}l{num(40 * s)} {num(10 * s)}m{num(-40 * s)} {num(-10 * s)}l{num(6 * s)} {num(-12 * s)}"
    sky_in = mix(*tones(paint, brine), 0.3)
    pools = "".join(
        oval(x, y, w, w * 0.1, sky_in, ink=dark(white, 0.12), width=3)
        + oval(x - w * 0.2, y - w * 0.02, w * 0.5, w * 0.025, pale(sky_in, 0.5))
        for x, y, w in (
            (700, 800, 150),
            (1500, 860, 190),
            (60, 850, 170),
            (-420, 800, 140),
            (2000, 800, 160),
            (900, 960, 230),
        )
    )
    return (
        path(ground, white, ink=dark(white, 0.3), width=3)
        + path(cracks, ink=dark(white, 0.14), width=3)
        + pools
    )


def _heap(paint: Paint, x: float, y: float, s: float) -> str:
    """A cone of salt with its dark side."""
    white = paint.lit("#f6f4f0")
    d = curve(at(x, y, s, "-330 0 -190 -120 -60 -270 0 -330 60 -276 200 -120 330 0"), tension=0.6)
    shade = path(
        curve(at(x, y, s, "0 -340 60 -276 200 -120 340 0 90 10 120 -90 30 -200")), paint.lit("#c3cbd6")
    )
    runs = "".join(line(at(x, y, s, p), paint.lit("#d9dde2"), 5 * s) for p in ("-30 -250 -80 -160 -130 -60", "-10 -200 -20 -110 -60 -20", "-90 -190 -180 -80 -230 -20"))  # fmt: skip
    return (
        standing(x, 340 * s, y)
        + path(d, white)
        + clip(d, shade, runs)
        + path(d, ink=mix(paint.ink, white, 0.25), width=3.5 if s > 0.4 else 2)
    )


def _works(paint: Paint, x: float, y: float) -> str:
    """The salt works on the horizon: a long low store, and the frame of a wind pump."""
    wall, roof = paint.lit("#e0d4c0"), paint.lit("#a8604a")
    store = box(x - 160, y - 76, 320, 76, wall, ink=paint.ink, width=3)
    store += poly(paint, at(x, y - 74, 1, "-180 0 180 0 140 -56 -140 -56"), roof, 3)
    panes = "".join(
        box(x + k, y - 54, 30, 34, window_tone(paint), ink=paint.ink, width=2.5) for k in (-130, -66, 36, 100)
    )
    tower = path(
        f"M{x + 236} {y}L{x + 262} {y - 190}L{x + 288} {y}M{x + 246} {y - 70}h32M{x + 252} {y - 120}h20",
        ink=paint.wood,
        width=6,
    )
    vanes = "".join(
        poly(
            paint,
            [
                (x + 262, y - 196),
                (x + 262 + a * 64 - b * 13, y - 196 + b * 64 + a * 13),
                (x + 262 + a * 64 + b * 13, y - 196 + b * 64 - a * 13),
            ],
            wall,
            2,
        )
        for a, b in ((1, 0), (0.5, 0.87), (-0.5, 0.87), (-1, 0), (-0.5, -0.87), (0.5, -0.87))
    )
    return store + panes + tower + vanes + disc(paint, x + 262, y - 196, 8, paint.ink)


def _rake(paint: Paint, x: float, y: float) -> str:
    wood = pale(paint.wood, 0.2)
    board = planks(paint, x - 84, y - 36, 150, 40, wood, step=50)
    return stick(paint, [(x - 10, y - 20), (x - 116, y - 420)], wood, 10) + board


def _barrow(paint: Paint, x: float, y: float) -> str:
    wood, white = pale(paint.wood, 0.08), paint.lit("#f6f4f0")
    load = path(curve(at(x, y, 1, "-96 -112 -30 -176 20 -180 86 -116")), white, ink=paint.ink, width=3)
    tub = poly(paint, at(x, y, 1, "-116 -116 104 -116 70 -48 -70 -48"), wood)
    arms = stick(paint, [(x - 170, y - 96), (x + 80, y - 50)], wood, 9) + stick(
        paint, [(x - 64, y - 60), (x - 72, y)], wood, 8
    )
    return (
        standing(x, 130, y)
        + arms
        + load
        + tub
        + disc(paint, x + 104, y - 36, 36, paint.wood)
        + disc(paint, x + 104, y - 36, 8, paint.ink)
    )


def _crystals(paint: Paint) -> str:
    """Salt that glints on the dykes."""
    dice = paint.dice("crystals")
    return path("".join(f"M{num(x)} {num(y)}l5 -8l5 8l-5 6Z" for x, y in ((dice.uniform(LEFT, RIGHT), dice.uniform(700, 1000)) for _ in range(70))), "#ffffff", opacity=0.8)  # fmt: skip
