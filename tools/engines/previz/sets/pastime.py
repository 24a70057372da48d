"""Where people play: a fairground, a football pitch."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, glow, line, num, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.built import string_lights
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.growing import ground, hedge
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import disc, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky, skyline
from tools.engines.previz.sets.town import puddles

BULBS = ("#ffd86a", "#ff8a7a", "#8ae0d0", "#ffb0e0")
GAUDY = ("#d8452f", "#e8b04a", "#3f8a9a", "#8a5aa0", "#5f9a5c")


def fairground(paint: Paint) -> SetDrawing:
    """A big wheel, a carousel, stalls with prizes, bulbs everywhere."""
    far = (
        sky(paint)
        + hills(paint, 590, "#8fa592", seed=paint.seed, high=90)
        + skyline(paint, 596, tall=0.3, seed=paint.seed)
    )
    far += _big_wheel(paint, 700, 312, 272) + _tent(paint, 1090, 604)
    tone = paint.floor
    middle = wash(596, 320, [(0, dark(tone, 0.16), 1), (1, tone, 1)]) + flat(915, 786, tone) + _litter(paint)
    middle += (
        _carousel(paint, 1030, 664)
        + _stall(paint, 160, 700, 0)
        + _stall(paint, 1480, 706, 2)
        + _stall(paint, -520, 700, 3)
        + _stall(paint, 2100, 706, 1)
    )
    ends = [(-760.0, 60.0), (160.0, 90.0), (800.0, 40.0), (1480.0, 90.0), (2360.0, 50.0)]
    middle += string_lights(paint, ends, 74, 13, BULBS) + _balloons(paint, 470, 700) + puddles(paint)
    lamps = (
        Lamp(160, 440, 420),
        Lamp(1480, 440, 420),
        Lamp(1030, 500, 340),
        Lamp(700, 312, 380, "#ffb0a0"),
        Lamp(480, 130, 260),
    )
    return SetDrawing(far=far, middle=middle, lamps=lamps)


def _big_wheel(paint: Paint, x: float, y: float, r: float) -> str:
    """A wheel with its cabins, and a bulb where every spoke meets the rim."""
    iron = paint.lit("#e8e4da")
    legs = "".join(stick(paint, [(x, y), (x + k, 610)], iron, 13) for k in (-190, 190))
    count, spokes, cabins, bulbs = 16, "", "", ""
    for k in range(count):
        a = 2 * pi * k / count
        px, py = x + r * cos(a), y + r * sin(a)
        spokes += f"M{num(x)} {num(y)}L{num(px)} {num(py)}"
        tone = paint.lit(GAUDY[k % 5])
        cabins += line([(px, py), (px, py + 22)], paint.ink, 4) + path(curve(at(px, py + 20, 1, "-27 6 -27 36 -12 46 12 46 27 36 27 6"), tension=0.6), tone, ink=paint.ink, width=3) + poly(paint, at(px, py + 18, 1, "-32 2 0 -16 32 2"), pale(tone, 0.35), 2.5)  # fmt: skip
        for share in (0.45, 0.72, 1.0):
            bx, by = x + r * share * cos(a), y + r * share * sin(a)
            bulbs += oval(bx, by, 5, 5, BULBS[k % 4] if paint.lamps else paint.lit("#f4e8c0"))
    rims = "".join(oval(x, y, r * s, r * s, "none", ink=paint.ink, width=w + 5) + oval(x, y, r * s, r * s, "none", ink=paint.accent, width=w) for s, w in ((1.0, 9), (0.72, 5)))  # fmt: skip
    shine = glow(x, y, r * 1.3, r * 1.3, "#ffb890", 0.3) if paint.lamps else ""
    return (
        shine
        + legs
        + path(spokes, ink=paint.ink, width=5)
        + rims
        + bulbs
        + cabins
        + disc(paint, x, y, 30, paint.accent)
        + disc(paint, x, y, 12, paint.lit("#f4e8c0"))
    )


def _tent(paint: Paint, x: float, y: float) -> str:
    """The big top behind, in stripes."""
    red, cream, n, drawn = paint.lit("#c9473f"), paint.lit("#f4e8d0"), 10, ""
    for k in range(n):
        a, b = -260 + k * 520 / n, -260 + (k + 1) * 520 / n
        drawn += path(pts([(x, y - 300), (x + a, y - 150), (x + b, y - 150)]), red if k % 2 else cream) + path(pts([(x + a, y - 150), (x + b, y - 150), (x + b * 0.95, y), (x + a * 0.95, y)]), red if k % 2 else cream)  # fmt: skip
    return drawn + path(pts([(x, y - 300), (x + 260, y - 150), (x + 247, y), (x - 247, y), (x - 260, y - 150)]), ink=paint.ink, width=3) + line([(x, y - 300), (x, y - 350)], paint.ink, 4) + poly(paint, at(x, y - 350, 1, "0 0 50 14 0 30"), paint.lit("#e8b04a"), 2.5)  # fmt: skip


def _stall(paint: Paint, x: float, y: float, k: int) -> str:
    """A booth with a striped awning, a row of bulbs, prizes on its shelf and a counter."""
    tone, cream = paint.lit(GAUDY[(k + paint.seed) % 5]), paint.lit("#f6ecd6")
    back = box(
        x - 250,
        y - 420,
        500,
        300,
        "#f0c888" if paint.lamps else mix(tone, cream, 0.7),
        ink=paint.ink,
        width=3.5,
    )
    shelves = "".join(box(x - 236, y - h, 472, 10, paint.wood, ink=paint.ink, width=2) for h in (300, 206))
    prizes = "".join(
        _prize(paint, x - 196 + c * 78, y - h, (c + r + k) % 3)
        for r, h in enumerate((300, 206))
        for c in range(6)
    )
    counter = box(x - 260, y - 150, 520, 150, tone, ink=paint.ink, width=3.5) + "".join(path(pts([(x - 260 + c * 104, y - 150), (x - 208 + c * 104, y), (x - 156 + c * 104, y - 150)]), cream) for c in range(5)) + f.slab(paint, x - 276, y - 168, 552, 24, pale(paint.wood, 0.2))  # fmt: skip
    posts = "".join(f.slab(paint, x + s - 12, y - 440, 24, 440, cream) for s in (-262, 262))
    n, awning = 10, ""
    for c in range(n):
        a, b, fill = -300 + c * 600 / n, -300 + (c + 1) * 600 / n, tone if c % 2 else cream
        awning += poly(
            paint,
            [(x + a, y - 420), (x + b, y - 420), (x + b * 0.8, y - 530), (x + a * 0.8, y - 530)],
            fill,
            2.5,
        )
        awning += path(f"M{num(x + a)} {num(y - 422)}a30 30 0 0 0 60 0Z", fill, ink=paint.ink, width=2.5)
    bulbs = "".join((glow(x + c, y - 540, 40, 40, "#ffdf8a", 0.9) if paint.lamps else "") + oval(x + c, y - 540, 9, 9, BULBS[i % 4] if paint.lamps else paint.lit("#f4e0a8"), ink=paint.ink, width=2) for i, c in enumerate(range(-220, 221, 55)))  # fmt: skip
    return standing(x, 290, y) + back + shelves + prizes + counter + posts + awning + bulbs


def _prize(paint: Paint, x: float, y: float, kind: int) -> str:
    """A bear, a ball or a doll."""
    tone = paint.lit(("#b5804f", "#e06a5a", "#5fa0c0")[kind])
    if kind == 1:
        return disc(paint, x, y - 26, 26, tone) + line(
            [(x - 24, y - 30), (x, y - 22), (x + 24, y - 30)], paint.lit("#f6ecd6"), 6
        )
    ears = disc(paint, x - 15, y - 62, 9, tone) + disc(paint, x + 15, y - 62, 9, tone)
    return ears + oval(x, y - 20, 22, 22, tone, ink=paint.ink, width=2.5) + oval(x, y - 50, 19, 18, pale(tone, 0.15), ink=paint.ink, width=2.5) + oval(x - 6, y - 52, 2.4, 3, paint.ink) + oval(x + 6, y - 52, 2.4, 3, paint.ink)  # fmt: skip


def _carousel(paint: Paint, x: float, y: float) -> str:
    gold, red = paint.lit("#e0b04a"), paint.accent
    base = f.slab(paint, x - 210, y - 40, 420, 40, red, r=8)
    inner = box(x - 180, y - 230, 360, 190, "#f4d090" if paint.lamps else dark(gold, 0.3)) + box(
        x - 46, y - 230, 92, 190, gold, ink=paint.ink, width=3
    )
    poles = "".join(stick(paint, [(x + k, y - 40), (x + k, y - 240)], gold, 6) for k in (-160, -84, 84, 160))
    horses = "".join(
        path(curve(at(x + k, y - 100 - (i % 2) * 26, 0.62, "-60 0 -66 -40 -20 -50 20 -48 40 -90 74 -92 84 -70 60 -60 54 -20 48 30 36 30 30 -6 -30 -4 -44 34 -56 32"), tension=0.7), paint.lit(c), ink=paint.ink, width=3)
        for i, (k, c) in enumerate(((-160, "#f2e8dc"), (-84, "#b5804f"), (84, "#f2e8dc"), (160, "#8a8a94")))
    )  # fmt: skip
    n, top = 8, ""
    for c in range(n):
        a, b, fill = -230 + c * 460 / n, -230 + (c + 1) * 460 / n, red if c % 2 else paint.lit("#f6ecd6")
        top += poly(
            paint,
            [(x + a, y - 236), (x + b, y - 236), (x + b * 0.06, y - 350), (x + a * 0.06, y - 350)],
            fill,
            2.5,
        )
    rim = f.slab(paint, x - 236, y - 250, 472, 30, gold, r=8) + "".join(oval(x + k, y - 235, 6, 6, BULBS[i % 4] if paint.lamps else paint.lit("#f6ecd6")) for i, k in enumerate(range(-216, 217, 36)))  # fmt: skip
    return standing(x, 230, y) + inner + poles + horses + base + top + rim + disc(paint, x, y - 356, 13, gold)


def _balloons(paint: Paint, x: float, y: float) -> str:
    spots = ((-50, -470), (10, -520), (64, -460), (-14, -430), (40, -400), (-70, -400))
    strings = path(
        "".join(f"M{x} {y - 190}L{x + dx} {y + dy + 40}" for dx, dy in spots), ink=paint.ink, width=2
    )
    drawn = "".join(oval(x + dx, y + dy, 36, 43, paint.lit(GAUDY[k % 5]), ink=paint.ink, width=3) + oval(x + dx - 12, y + dy - 14, 8, 12, "#ffffff", opacity=0.5) for k, (dx, dy) in enumerate(spots))  # fmt: skip
    cart = f.slab(paint, x - 60, y - 110, 120, 80, paint.lit("#e8b04a"), r=6) + disc(paint, x - 34, y - 22, 24, paint.wood) + disc(paint, x + 34, y - 22, 24, paint.wood) + stick(paint, [(x, y - 110), (x, y - 196)], paint.wood, 9)  # fmt: skip
    return standing(x, 80, y) + strings + drawn + cart


def _litter(paint: Paint) -> str:
    """Confetti on the trodden ground."""
    dice = paint.dice("confetti")
    return "".join(
        oval(dice.uniform(LEFT, RIGHT), dice.uniform(640, 1000), 5, 2.4, paint.lit(GAUDY[k % 5]), opacity=0.8)
        for k in range(110)
    )


def pitch(paint: Paint) -> SetDrawing:
    """A football ground: mown stripes and lines, a goal with its net, stand, boards, floodlights."""
    far = (
        sky(paint)
        + hills(paint, 560, "#8fa592", seed=paint.seed, high=110)
        + _stand(paint)
        + hedge(paint, 590, 40, tone="#6f8f5c")
    )
    middle = ground(paint, 596, paint.floor, tufts=60) + _mown(paint) + _hoardings(paint) + _lines(paint)
    middle += (
        _mast(paint, 560, 596, 0.62)
        + _mast(paint, 1060, 596, 0.62)
        + _mast(paint, 60, 640, 1.0)
        + _mast(paint, 1560, 640, 1.0)
    )
    middle += (
        _goal(paint, 1290, 716)
        + _bench(paint, 270, 690)
        + _flag(paint, 520, 760)
        + _ball(paint, 930, 800)
        + puddles(paint)
    )
    lamps = (
        Lamp(60, 40, 460, "#f4f6ff"),
        Lamp(1560, 40, 460, "#f4f6ff"),
        Lamp(560, 230, 280, "#f4f6ff"),
        Lamp(1060, 230, 280, "#f4f6ff"),
    )
    return SetDrawing(far=far, middle=middle, lamps=lamps)


def _stand(paint: Paint) -> str:
    """Rows of people under a roof, as dots of colour."""
    wall, dice = paint.lit("#9aa4ac"), paint.dice("crowd")
    rows = box(340, 400, 920, 180, dark(wall, 0.4), ink=paint.ink, width=3) + "".join(
        box(340, 430 + k * 30, 920, 4, wall) for k in range(5)
    )
    crowd = "".join(oval(354 + k * 15 + dice.uniform(-3, 3), 424 + r * 30, 6, 7, paint.lit(dice.choice((*GAUDY, "#f2e8dc", "#c98d63", "#8d5a3b")))) for r in range(5) for k in range(60) if dice.random() < 0.72)  # fmt: skip
    roof = poly(paint, [(310, 380), (1290, 380), (1250, 336), (350, 336)], paint.accent) + "".join(box(x, 380, 9, 204, paint.lit("#e8e4da"), ink=paint.ink, width=2) for x in (350, 650, 950, 1240))  # fmt: skip
    return rows + crowd + roof


def _mown(paint: Paint) -> str:
    """Stripes of the mower, towards the camera."""
    tone = pale(paint.floor, 0.12)
    return "".join(path(pts([(800 + x * 0.62, 604), (800 + (x + 130) * 0.62, 604), (800 + (x + 130) * 2.6, 1700), (800 + x * 2.6, 1700)]), tone, opacity=0.55) for x in range(-2340, 2341, 260))  # fmt: skip


def _hoardings(paint: Paint) -> str:
    tones = ("#3f6f8c", "#e8b04a", "#c9503f", "#f2ece0", "#5f8a5c")
    boards = "".join(box(x, 560, 196, 48, paint.lit(tones[k % 5]), ink=paint.ink, width=3) + box(x + 34, 578, 128, 10, paint.lit("#ffffff" if k % 5 != 3 else "#3a4048"), opacity=0.7) for k, x in enumerate(range(-800, 2400, 200)))  # fmt: skip
    return boards


def _lines(paint: Paint) -> str:
    chalk = paint.lit("#f4f4ec")
    touch = path(pts([(LEFT, 640), (RIGHT, 640), (RIGHT, 647), (LEFT, 647)]), chalk)
    area = path(pts([(880, 730), (RIGHT, 730), (RIGHT, 738), (880, 738)]), chalk) + path(
        pts([(880, 730), (892, 730), (700, 960), (676, 960)]), chalk
    )
    arc = oval(420, 900, 420, 70, "none", ink=chalk, width=9)
    return touch + area + arc + path(pts([(LEFT, 960), (RIGHT, 960), (RIGHT, 974), (LEFT, 974)]), chalk)


def _goal(paint: Paint, x: float, y: float) -> str:
    """The goal: posts, bar and a net that falls behind them."""
    white = paint.lit("#f8f8f2")
    front = [(x - 300.0, y), (x - 300.0, y - 430), (x + 300, y - 430), (x + 300, y)]
    back = [(x - 230.0, y - 40), (x - 200.0, y - 380), (x + 360, y - 380), (x + 380, y - 40)]
    net = ""
    for k in range(19):
        t = k / 18
        net += f"M{num(front[1][0] + 600 * t)} {num(y - 430)}L{num(back[1][0] + 560 * t)} {num(y - 380)}L{num(back[0][0] + 610 * t)} {num(y - 40)}"
    for k in range(1, 11):
        t = k / 11
        net += f"M{num(x - 300)} {num(y - 430 * (1 - t))}L{num(back[1][0] + (back[0][0] - back[1][0]) * t)} {num(y - 380 + 340 * t)}H{num(back[2][0] + 20 * t)}L{num(x + 300)} {num(y - 430 * (1 - t))}"
    posts = line(front, paint.ink, 25, smooth=False) + line(front, white, 18, smooth=False)
    return (
        standing(x - 300, 40, y)
        + standing(x + 300, 40, y)
        + path(net, ink=white, width=3, opacity=0.75)
        + posts
    )


@modern
def _mast(paint: Paint, x: float, y: float, s: float) -> str:
    """A floodlight on its mast."""
    steel = paint.lit("#8a9298")
    post = stick(paint, [(x, y), (x, y - 600 * s)], steel, 18 * s)
    rack = f.slab(paint, x - 90 * s, y - 700 * s, 180 * s, 112 * s, paint.lit("#5a626a"))
    on = "#fdfdf0" if paint.lamps else paint.lit("#d8dee0")
    lights = "".join(
        oval(x - 64 * s + c * 43 * s, y - 674 * s + r * 58 * s, 17 * s, 17 * s, on, ink=paint.ink, width=2)
        for r in range(2)
        for c in range(4)
    )
    return (
        post + (glow(x, y - 644 * s, 330 * s, 260 * s, "#f4f8ff", 0.8) if paint.lamps else "") + rack + lights
    )


def _bench(paint: Paint, x: float, y: float) -> str:
    """The shelter of the substitutes."""
    tone = paint.accent
    roof = path(f"M{x - 210} {y - 230}C{x - 190} {y - 330} {x + 150} {y - 340} {x + 220} {y - 290}V{y - 262}C{x + 120} {y - 296} {x - 120} {y - 300} {x - 170} {y - 220}Z", tone, ink=paint.ink, width=3.5)  # fmt: skip
    back = box(x - 190, y - 240, 390, 200, paint.lit("#bcd4dc"), ink=paint.ink, width=3.5, opacity=0.75) + "".join(box(x + k, y - 270, 9, 270, paint.lit("#e8e4da"), ink=paint.ink, width=2) for k in (-194, 0, 190))  # fmt: skip
    seats = f.slab(paint, x - 180, y - 96, 370, 20, pale(paint.wood, 0.2)) + "".join(
        box(x + k, y - 78, 14, 78, paint.ink) for k in (-150, 0, 150)
    )
    return standing(x, 220, y) + back + seats + roof


def _flag(paint: Paint, x: float, y: float) -> str:
    return (
        standing(x, 30, y)
        + stick(paint, [(x, y), (x, y - 260)], paint.lit("#f4f4ec"), 9)
        + poly(paint, at(x, y - 256, 1, "4 0 96 20 4 62"), paint.lit("#e8b04a"))
    )


def _ball(paint: Paint, x: float, y: float) -> str:
    spots = "".join(
        path(curve(at(x, y - 26, 1, shape)), paint.ink)
        for shape in ("-8 -8 8 -8 11 6 0 13 -11 6", "-24 2 -18 10 -20 18 -26 12", "22 0 26 10 20 18 16 10")
    )
    return standing(x, 34, y) + disc(paint, x, y - 26, 28, paint.lit("#f8f8f2")) + spots
