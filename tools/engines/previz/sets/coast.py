"""High above the sea: a cliff, a lighthouse."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, glow, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.built import cottage, rail_fence, stone_wall, window
from tools.engines.previz.sets.growing import ground
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import disc, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.water import SEA, glitter, gulls, water

HORIZON = 470.0


def _sea(paint: Paint) -> str:
    """Sky and sea to below anything that stands before them."""
    sheet = water(paint, HORIZON, 900, tone=SEA, waves=150) + flat(899, 802, paint.lit(SEA))
    return (
        sky(paint, HORIZON + 10)
        + hills(paint, HORIZON + 4, "#8aa0a8", seed=paint.seed, high=50)
        + sheet
        + glitter(paint, HORIZON, 800)
    )


def cliff(paint: Paint) -> SetDrawing:
    """The edge of a cliff: rock beside, a bent tree, sea stacks and gulls far below."""
    far = (
        _sea(paint)
        + _stack(paint, 1010, 560, 0.7)
        + _stack(paint, 560, 530, 0.45)
        + _stack(paint, 700, 620, 1.0)
    )
    far += _headland(paint) + gulls(
        paint, (620, 170, 1.0), (830, 110, 0.7), (1000, 230, 0.8), (520, 300, 0.6), (-200, 120, 0.9)
    )
    turf = paint.floor
    edge = [(LEFT - 60, 652.0), (-300, 640), (160, 664), (420, 640), (640, 690), (860, 668), (1090, 704), (1330, 668), (1700, 650), (RIGHT + 60, 664)]  # fmt: skip
    lip = path(
        curve([*[(x, y + 54) for x, y in edge], *[(x, y - 8) for x, y in reversed(edge)]], tension=0.5),
        paint.lit("#8a7a68"),
        ink=paint.ink,
        width=3,
    )
    top = curve([*edge, (RIGHT + 60, 1701.0), (LEFT - 60, 1701.0)], tension=0.5)
    middle = (
        _face(paint)
        + lip
        + path(top, turf)
        + clip(top, ground(paint, 636, turf, tufts=130))
        + path(curve(edge, False, 0.5), ink=paint.ink, width=3.5)
    )
    middle += (
        rail_fence(paint, 1120, RIGHT, 760, high=150)
        + _bent_tree(paint, 1330, 716)
        + _warning(paint, 1060, 766)
        + _pinks(paint)
    )
    return SetDrawing(far=far, middle=middle, lamps=(Lamp(1761, 255, 160, "#fff0c0"),))


def _stack(paint: Paint, x: float, y: float, s: float) -> str:
    """A pillar of rock in the sea, with foam at its foot."""
    stone = mix(paint.lit("#8f8478"), paint.lit(SEA), 0.2)
    d = pts(at(x, y, s, "-90 0 -78 -90 -84 -150 -50 -230 -6 -250 36 -226 60 -150 54 -80 84 0"))
    shade = path(pts(at(x, y, s, "6 -250 40 -226 64 -150 58 -80 90 0 20 0 0 -120")), dark(stone, 0.2))
    beds = "".join(
        line(at(x, y, s, f"-90 {-k} 0 {-k - 8} 90 {-k}"), dark(stone, 0.25), 3 * s) for k in (50, 100, 160)
    )
    return (
        path(d, stone)
        + clip(d, shade, beds)
        + path(d, ink=paint.ink, width=3)
        + oval(x, y, 120 * s, 11 * s, "#ffffff", opacity=0.75)
    )


def _headland(paint: Paint) -> str:
    """The next cliff along the coast, with a light on it."""
    rock_ = mix(paint.lit("#a08c78"), paint.lit("#9fb4bc"), 0.3)
    d = pts(at(1900, 560, 1, "-560 0 -520 -70 -470 -90 -440 -180 -360 -200 -300 -240 700 -270 700 0"))
    beds = "".join(
        line(at(1900, 560, 1, f"-600 {-k} -200 {-k - 14} 700 {-k - 30}"), dark(rock_, 0.2), 5)
        for k in (40, 90, 150)
    )
    grass = path(
        curve(at(1900, 560, 1, "-450 -186 -360 -214 -300 -252 700 -284 700 -250 -290 -226 -360 -190")),
        paint.lit("#8fa868"),
    )
    tower = box(1748, 262, 26, 70, paint.lit("#f2ede2"), ink=paint.ink, width=2.5) + box(1752, 246, 18, 18, "#fff0b8" if paint.lamps else paint.lit("#c9473f"), ink=paint.ink, width=2.5)  # fmt: skip
    return path(d, rock_) + clip(d, beds) + path(d, ink=paint.ink, width=3) + grass + (glow(1761, 255, 120, 120, "#fff0b8", 0.8) if paint.lamps else "") + tower  # fmt: skip


def _face(paint: Paint) -> str:
    """The wall of rock on the left that the path comes down."""
    stone = paint.lit(paint.pick("rock", "#a8937c", "#c9b89c", "#8f8a88"))
    d = pts(
        [
            (LEFT, -400),
            (60, -260),
            (140, -60),
            (230, 40),
            (250, 150),
            (330, 240),
            (318, 360),
            (396, 470),
            (390, 600),
            (440, 720),
            (LEFT, 740),
        ]
    )
    light = path(
        pts(
            [
                (60, -260),
                (140, -60),
                (230, 40),
                (250, 150),
                (330, 240),
                (318, 360),
                (240, 330),
                (190, 180),
                (110, 90),
                (20, -120),
            ]
        ),
        pale(stone, 0.2),
    )
    shade = path(
        pts([(240, 330), (318, 360), (396, 470), (390, 600), (440, 720), (120, 740), (200, 560)]),
        dark(stone, 0.18),
    )
    cracks = "".join(line(p, dark(stone, 0.34), 5, smooth=False) for p in ([(-200, -60), (-120, 120), (-160, 260), (-70, 420)], [(60, 160), (90, 300), (40, 420), (110, 600)], [(-420, 200), (-330, 380), (-380, 560)], [(230, 420), (270, 520), (250, 640)]))  # fmt: skip
    beds = "".join(
        line([(LEFT, y), (-200, y - 30), (460, y + 24)], dark(stone, 0.16), 4) for y in (60, 230, 400, 560)
    )
    turf = path(
        curve([(LEFT, -430), (40, -300), (90, -230), (150, -80), (90, -150), (0, -250), (LEFT, -370)]),
        paint.lit("#86a05c"),
        ink=paint.ink,
        width=3,
    )
    ledges = "".join(path(curve(at(x, y, s, "-60 0 -30 -24 20 -28 64 -6 20 10")), paint.lit("#86a05c")) for x, y, s in ((210, 160, 0.8), (300, 370, 0.9), (60, 330, 1.0), (-220, 240, 1.1)))  # fmt: skip
    return (
        path(d, stone) + clip(d, light, shade, beds, cracks, ledges) + path(d, ink=paint.ink, width=4) + turf
    )


def _bent_tree(paint: Paint, x: float, y: float) -> str:
    """A pine that the wind has bent towards the land."""
    bark, green = paint.lit("#7d5a42"), paint.lit("#56804f")
    trunk = path(curve(at(x, y, 1, "-30 0 -18 -110 20 -220 90 -320 150 -390 168 -376 116 -300 60 -200 30 -100 36 0"), tension=0.8), bark, ink=paint.ink, width=3.5)  # fmt: skip
    tufts = "".join(
        path(curve(at(x + dx, y + dy, s, "-150 20 -110 -40 -20 -70 110 -64 190 -20 150 26 20 34")), mix(green, dark(green, 0.2), share), ink=paint.ink, width=3.5)
        for dx, dy, s, share in ((230, -400, 1.0, 0.7), (130, -450, 1.05, 0.0), (290, -320, 0.7, 0.4), (40, -300, 0.6, 0.2))
    )  # fmt: skip
    return standing(x, 100, y) + trunk + tufts


def _warning(paint: Paint, x: float, y: float) -> str:
    """The sign at the edge: a figure that falls."""
    post = f.slab(paint, x - 10, y - 250, 20, 250, paint.wood)
    board = poly(paint, at(x, y - 230, 1, "-84 0 84 0 0 -146"), paint.lit("#f0c23a")) + path(
        pts(at(x, y - 230, 1, "-60 -13 60 -13 0 -118")), ink=paint.ink, width=5
    )
    man = (
        disc(paint, x - 4, y - 302, 9, paint.ink)
        + line(at(x, y - 230, 1, "0 -58 8 -30 26 -20"), paint.ink, 7)
        + line(at(x, y - 230, 1, "-22 -50 4 -46 26 -58"), paint.ink, 6)
    )
    return standing(x, 40, y) + post + board + man


def _pinks(paint: Paint) -> str:
    dice, tone = paint.dice("pinks"), paint.lit("#e08aa8")
    clumps = ((dice.uniform(LEFT, RIGHT), dice.uniform(700, 860)) for _ in range(16))
    return "".join(
        oval(x + k * 13, y - (k % 2) * 8, 8, 6, tone, ink=paint.ink, width=1.5)
        for x, y in clumps
        for k in range(4)
    )


def lighthouse(paint: Paint) -> SetDrawing:
    """A lighthouse on its rock, the keeper's house, a wall, the sea."""
    far = (
        _sea(paint)
        + gulls(paint, (760, 130, 0.9), (930, 220, 0.7), (1100, 90, 0.8), (640, 260, 0.5))
        + _stack(paint, 900, 540, 0.5)
    )
    middle = _beams(paint) + ground(paint, 640, paint.floor, tufts=110) + _rocks(paint)
    wall, roof = paint.lit("#f2ede2"), paint.lit(paint.pick("roof", "#a8553c", "#5f6670"))
    middle += cottage(paint, 1340, 690, 470, 230, wall=wall, roof=roof, trim=paint.accent, door=0.34)
    middle += (
        _tower(paint, 640, 690)
        + stone_wall(paint, LEFT, 470, 712, 80)
        + _signal_mast(paint, 210, 720)
        + stone_wall(paint, 1640, RIGHT, 730, 90)
        + _way(paint)
    )
    return SetDrawing(
        far=far,
        middle=middle,
        lamps=(Lamp(640, 160, 480, "#fff0c0"), Lamp(1240, 500, 320), Lamp(660, 560, 260)),
    )


def _tower(paint: Paint, x: float, y: float) -> str:
    """The tower with its bands, door and windows, under gallery and lantern."""
    white, red = paint.lit("#f4efe4"), paint.accent
    d = pts([(x - 150, y), (x + 150, y), (x + 92, y - 440), (x - 92, y - 440)])
    bands = "".join(box(x - 200, y - k, 400, 88, red) for k in (176, 352))
    edge = [(x + 40, y - 440), (x + 200, y - 440), (x + 200, y), (x + 80, y)]
    door = path(f"M{x - 42} {y}V{y - 120}a42 42 0 0 1 84 0V{y}Z", paint.wood, ink=paint.ink, width=4)
    panes = window(paint, x - 28, y - 318, 50, 70) + window(paint, x - 24, y - 426, 44, 52)
    return (
        standing(x, 180, y)
        + path(d, white)
        + clip(d, bands, path(pts(edge), dark(white, 0.3), opacity=0.4))
        + path(d, ink=paint.ink, width=4)
        + door
        + panes
        + _lantern(paint, x, y - 440)
    )


def _lantern(paint: Paint, x: float, y: float) -> str:
    """The gallery with its rail, the glass room of the light and its dome."""
    iron, red = paint.lit("#4a5058"), paint.accent
    glass = "#fff3c4" if paint.lamps else paint.lit("#cfe0e4")
    floor = f.slab(paint, x - 134, y - 24, 268, 28, iron)
    rail = "".join(box(x - 128 + k * 28, y - 72, 5, 50, paint.ink) for k in range(10)) + f.slab(
        paint, x - 132, y - 78, 264, 9, iron
    )
    room = box(x - 70, y - 150, 140, 128, glass, ink=paint.ink, width=4)
    room += "".join(box(x + k, y - 150, 5, 128, paint.ink) for k in (-36, 0, 34))
    dome = path(
        f"M{x - 88} {y - 146}C{x - 70} {y - 236} {x + 70} {y - 236} {x + 88} {y - 146}Z",
        red,
        ink=paint.ink,
        width=4,
    )
    light = glow(x, y - 90, 400, 400, "#fff2c0", 0.8) if paint.lamps else ""
    return line([(x, y - 210), (x, y - 258)], paint.ink, 6) + light + room + floor + rail + dome


def _beams(paint: Paint) -> str:
    """What the lantern throws over the sea after dark, low enough to be seen from the ground."""
    if not paint.lamps or paint.time == "day":
        return ""
    strength = 0.2 if paint.night else 0.12
    right = path(pts([(650, 150), (2600, 20), (2600, 420)]), "#fff2c0", opacity=strength)
    return right + path(pts([(630, 150), (-1000, 30), (-1000, 280)]), "#fff2c0", opacity=strength)


def _rocks(paint: Paint) -> str:
    drawn = ""
    for x, y, s in (
        (-420, 700, 1.6),
        (620, 676, 0.8),
        (840, 668, 1.0),
        (1040, 684, 0.7),
        (1880, 690, 1.3),
        (2220, 700, 1.5),
    ):
        stone = paint.lit("#8f8a84")
        d = pts(at(x, y, s, "-120 10 -100 -40 -50 -66 10 -56 60 -78 110 -30 130 10"))
        drawn += path(d, stone) + clip(d, path(pts(at(x, y, s, "10 -60 60 -80 140 -30 140 20 40 20")), dark(stone, 0.2))) + path(d, ink=paint.ink, width=3.5)  # fmt: skip
    return drawn


def _way(paint: Paint) -> str:
    tone = paint.lit("#d0bd98")
    shape = "-40 692 40 692 120 780 300 900 640 1700 -360 1700 20 900 30 780"
    return path(curve(at(640, 0, 1, shape), tension=0.7), tone, ink=dark(tone, 0.25), width=3)


def _signal_mast(paint: Paint, x: float, y: float) -> str:
    """A mast with the flags of a signal, and a coil of rope at its foot."""
    white = paint.lit("#f2ede2")
    spars = stick(paint, [(x, y), (x, y - 620)], white, 14) + stick(
        paint, [(x - 130, y - 470), (x + 130, y - 470)], white, 9
    )
    stays = path(f"M{x} {y - 600}L{x - 190} {y}M{x} {y - 600}L{x + 190} {y}", ink=paint.ink, width=3)
    flags = "".join(
        poly(paint, at(x + dx, y - h, 1, "0 0 74 6 74 56 0 50"), paint.lit(tone), 3)
        for dx, h, tone in (
            (100, 460, "#e8b04a"),
            (100, 396, "#c9473f"),
            (-120, 460, "#3f6f9a"),
            (-120, 396, "#f2ede2"),
            (6, 610, "#c9473f"),
        )
    )
    return standing(x, 60, y) + stays + spars + flags
