"""Beside a road: a petrol station, a roadside hotel."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, glow, group, line, num, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.built import broad, front_door, telegraph, wall_lantern, window, window_tone
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.growing import ground
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import block, disc, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.town import puddles

LETTERS = {
    "H": "M0 0V100M60 0V100M0 50H60", "O": "M30 0C-10 0 -10 100 30 100C70 100 70 0 30 0Z", "T": "M0 0H60M30 0V100",
    "E": "M56 0H0V100H56M0 50H44", "L": "M0 0V100H56",
}  # fmt: skip
"""The letters of the one word that is written on signs: the same in many languages, and never mirrored."""


def roadside(paint: Paint) -> SetDrawing:
    """A road through open country with a petrol station or a hotel on it."""
    far = (
        sky(paint)
        + hills(paint, 540, "#9aa898", seed=paint.seed, high=130)
        + hills(paint, 576, "#b0b08a", seed=paint.seed + 2, high=60)
    )
    hotel = paint.about("hotel", "motel", "room key", "reception", "recepci", "recepç", "pousada", "posada")
    pumps = paint.about("pump", "surtidor", "petrol", "fuel", "gas", "bomba", "posto", "servic", "filling")
    named = hotel or pumps
    hotel = hotel or (not pumps and paint.dice("wayside").random() < 0.4)
    land = ground(paint, 566, paint.lit("#b5a878"), tufts=70) + _road(paint)
    wires = telegraph(
        paint, [(-620, 690, 620), (120, 612, 360), (470, 586, 220), (640, 576, 140), (730, 572, 90)]
    )
    if paint.tells("open_road") and not (named or paint.tells("fuel")):
        return SetDrawing(far=far, middle=land + wires + _verge(paint) + puddles(paint))
    body, lamps = _hotel(paint) if hotel else _station(paint)
    return SetDrawing(far=far, middle=land + wires + body + puddles(paint), lamps=lamps)


def _verge(paint: Paint) -> str:
    """Nothing but the road: a fence along a field, a milestone, one tree."""
    rails = "".join(line([(LEFT, y), (560, y - 34)], paint.lit("#6f6a62"), 4) for y in (640, 664))
    posts = "".join(stick(paint, [(x, 690 - x * 0.024), (x, 612 - x * 0.024)], paint.wood, 12) for x in range(-760, 560, 120))  # fmt: skip
    stone = standing(1360, 60, 716) + block(paint, 1326, 626, 68, 92, paint.lit("#ddd6c4"), r=26) + block(paint, 1326, 626, 68, 30, paint.accent, r=14)  # fmt: skip
    return g.tree(paint, 240, 640, 0.9) + rails + posts + stone


def _road(paint: Paint) -> str:
    """The forecourt, and the road that comes from the horizon across the picture."""
    tar = paint.floor
    road = pts(
        [
            (742, 570),
            (764, 570),
            (900, 640),
            (RIGHT, 790),
            (RIGHT, 1700),
            (LEFT, 1700),
            (LEFT, 760),
            (560, 664),
        ]
    )
    face = path(road, mix(tar, paint.lit("#8a8580"), 0.3), ink=dark(tar, 0.3), width=3)
    edge = path("M742 570L560 664L-800 760", ink=paint.lit("#e8e0cc"), width=6, opacity=0.8)
    near = wash(800, 240, [(0, tar, 0), (1, dark(tar, 0.12), 1)]) + flat(1039, 662, dark(tar, 0.12))
    dashes = "".join(
        path(pts([(x, 842), (x + 130, 842), (x + 120, 860), (x - 12, 860)]), paint.lit("#e8c85a"))
        for x in range(-800, 2400, 270)
    )
    return face + near + edge + dashes


def _station(paint: Paint) -> tuple[str, tuple[Lamp, ...]]:
    trim, white = paint.accent, paint.lit("#f0ebe0")
    kiosk = broad(paint, 1180, 330, 700, 350, mix(paint.wall, white, 0.4)) + f.slab(
        paint, 1150, 296, 760, 44, trim
    )
    glass = window_tone(paint)
    kiosk += "".join(box(x, 400, 170, 150, glass, ink=paint.ink, width=4) + box(x + 82, 400, 6, 150, white) for x in (1220, 1440)) + front_door(paint, 1690, 680, 120, 270, trim)  # fmt: skip
    kiosk += "".join(
        box(1226 + k * 54, 500, 40, 48, paint.lit(c), ink=paint.ink, width=2)
        for k, c in enumerate(("#c9503f", "#e8b04a", "#4f7f9a"))
    )
    roof = broad(paint, 930, 70, 1300, 84, white) + box(930, 104, 1300, 26, trim, ink=paint.ink, width=3)
    legs = "".join(
        f.slab(paint, x, 150, 46, 560, white) + box(x, 610, 46, 100, trim, ink=paint.ink, width=3)
        for x in (1010, 1560)
    )
    tubes = "".join(
        (glow(x + 70, 190, 230, 190, "#f4f4d8", 0.55) if paint.lamps else "") + block(paint, x, 152, 140, 14, "#fffbe0" if paint.lamps else paint.lit("#e4e4dc"))
        for x in (1130, 1360, 1680)
    )  # fmt: skip
    island = f.slab(paint, 1060, 690, 440, 34, paint.lit("#b9b4aa"), r=8)
    pumps = _pump(paint, 1160, 694) + _pump(paint, 1380, 694)
    middle = (
        kiosk + roof + legs + tubes + island + pumps + _price_sign(paint, 330, 700) + _tyres(paint, 560, 700)
    )
    return middle, (
        Lamp(1200, 230, 420, "#fff0c8"),
        Lamp(1500, 260, 420, "#fff0c8"),
        Lamp(330, 180, 340),
        Lamp(1330, 470, 260),
    )


def _pump(paint: Paint, x: float, y: float) -> str:
    """A pump with its dial, its hose and nozzle, its head lit."""
    red, white = paint.accent, paint.lit("#f4efe4")
    body = f.slab(paint, x - 62, y - 330, 124, 330, red, r=10) + block(
        paint, x - 44, y - 190, 88, 120, white, r=6
    )
    face = block(paint, x - 46, y - 306, 92, 84, "#eef2d8" if paint.lamps else white, r=6)
    digits = "".join(box(x - 34 + k * 25, y - 294, 18, 26, paint.lit("#3a3f48")) for k in range(3)) + "".join(box(x - 34, y - 256 + k * 14, 68, 7, dark(white, 0.3)) for k in range(2))  # fmt: skip
    head = (glow(x, y - 386, 150, 150, "#fff0c0", 0.6) if paint.lamps else "") + disc(
        paint, x, y - 380, 50, "#fff4cc" if paint.lamps else white
    )
    drop = path(f"M{num(x)} {num(y - 412)}q32 40 0 58q-32 -18 0 -58Z", red, ink=paint.ink, width=2.5)
    hose = line(
        [(x + 62, y - 270), (x + 124, y - 240), (x + 120, y - 60), (x + 84, y - 40), (x + 76, y - 190)],
        paint.ink,
        13,
    )
    nozzle = stick(paint, [(x + 76, y - 190), (x + 70, y - 226), (x + 48, y - 232)], paint.lit("#5a6068"), 12)
    return standing(x, 90, y) + hose + body + face + digits + nozzle + head + drop


@modern
def _price_sign(paint: Paint, x: float, y: float) -> str:
    """The tall sign by the road: a drop of fuel and its prices."""
    white = paint.lit("#f4efe4")
    lit = "#fff6d8" if paint.lamps else white
    posts = "".join(f.slab(paint, x + k - 11, y - 620, 22, 620, paint.lit("#8a9096")) for k in (-84, 84))
    shield = block(paint, x - 124, y - 640, 248, 172, paint.accent, r=14) + disc(paint, x, y - 554, 66, lit)
    drop = path(f"M{num(x)} {num(y - 610)}q58 70 0 102q-58 -32 0 -102Z", paint.accent, ink=paint.ink, width=3)
    rows = "".join(
        block(paint, x - 112, y - 456 + k * 66, 224, 58, paint.lit("#2f3440"))
        + "".join(_digit(x - 20 + n * 40, y - 446 + k * 66, "#ffce5a" if paint.lamps else "#f0c860") for n in range(3))
        + box(x - 96, y - 440 + k * 66, 50, 26, paint.lit(c))
        for k, c in enumerate(("#5f9a5c", "#d8b04a", "#c9503f"))
    )  # fmt: skip
    return (
        standing(x, 120, y)
        + posts
        + (glow(x, y - 500, 300, 260, "#ffe8b0", 0.35) if paint.lamps else "")
        + shield
        + drop
        + rows
    )


def _digit(x: float, y: float, tone: str) -> str:
    return path(f"M{num(x)} {num(y)}h24v38h-24ZM{num(x)} {num(y + 19)}h24", ink=tone, width=5)


def _tyres(paint: Paint, x: float, y: float) -> str:
    black = paint.lit("#3a3a40")
    return standing(x, 80, y) + "".join(
        box(x - 62, y - 36 - k * 36, 124, 38, black, ink=paint.ink, width=3.5, r=17) + box(x - 40, y - 22 - k * 36, 80, 5, pale(black, 0.25)) for k in range(3)
    )  # fmt: skip


def _hotel(paint: Paint) -> tuple[str, tuple[Lamp, ...]]:
    wall, trim = pale(paint.wall, 0.15), paint.accent
    body = broad(paint, 860, 300, 1700, 390, wall) + box(
        860, 610, 1700, 80, mix(wall, trim, 0.6), ink=paint.ink, width=3
    )
    roof = broad(paint, 810, 250, 1800, 60, trim)
    posts = "".join(f.slab(paint, x, 306, 22, 400, paint.lit("#f0ebe0")) for x in (940, 1300, 1660, 2020))
    rooms = "".join(
        front_door(paint, x, 690, 112, 290, mix(trim, paint.wood, 0.5))
        + window(paint, x + 92, 410, 116, 130)
        + disc(paint, x, 436, 17, paint.lit("#f4efe4"))
        + wall_lantern(paint, x - 90, 424, 0.72)
        for x in (1050, 1410, 1770, 2130)
    )
    walk = f.slab(paint, 800, 688, 1800, 26, paint.lit("#b9b4aa"))
    car = g.car(paint, 620, 742, paint.lit(paint.pick("car", "#3f6f8c", "#c9a04a", "#7a8f7a")))
    middle = (
        body
        + roof
        + rooms
        + walk
        + posts
        + _roof_letters(paint, 1120, 162)
        + _hotel_sign(paint, 300, 710)
        + car
    )
    return middle, (
        Lamp(300, 190, 420, "#ff9a7a"),
        Lamp(1000, 400, 300),
        Lamp(1360, 400, 300),
        Lamp(1720, 400, 300),
    )


def _letter(paint: Paint, letter: str, x: float, y: float, size: float, tone: str) -> str:
    """One letter by the middle of its top, so that it reads in a set that is drawn the other way round too."""
    way = _way(paint, size)
    where = f"translate({num(x - way * 30)} {num(y)}) scale({num(way)} {num(size)})"
    return group(
        path(LETTERS[letter], ink=paint.ink, width=24),
        path(LETTERS[letter], ink=tone, width=15),
        transform=where,
    )


def _way(paint: Paint, size: float) -> float:
    """How wide a letter is drawn: the other way round where the whole set will be."""
    return -size if paint.mirrored else size


def _roof_letters(paint: Paint, x: float, y: float) -> str:
    """The word again over the rooms, standing on the roof."""
    tone = "#ff8a6a" if paint.lamps else paint.lit("#f4efe4")
    word = reversed("HOTEL") if paint.mirrored else "HOTEL"
    struts = path(
        "".join(f"M{num(x + k * 92)} {num(y + 60)}V{num(y + 96)}" for k in range(5)), ink=paint.ink, width=6
    )
    shine = glow(x + 184, y + 40, 360, 120, "#ff9a7a", 0.4) if paint.lamps else ""
    return shine + struts + "".join(_letter(paint, c, x + k * 92, y, 0.86, tone) for k, c in enumerate(word))


def _hotel_sign(paint: Paint, x: float, y: float) -> str:
    """HOTEL down a tall sign in bulbs of light, an arrow round it."""
    posts = "".join(f.slab(paint, x + k - 10, y - 560, 20, 560, paint.lit("#8a9096")) for k in (-60, 60))
    board = block(paint, x - 96, y - 662, 192, 480, paint.lit("#2f4a5c"), r=16) + box(x - 82, y - 648, 164, 452, "none", ink="#ffd27a" if paint.lamps else paint.lit("#e8c878"), width=6, r=10)  # fmt: skip
    tone = "#ff8a6a" if paint.lamps else paint.lit("#f4efe4")
    word = "".join(_letter(paint, c, x, y - 630 + k * 86, 0.72, tone) for k, c in enumerate("HOTEL"))
    arrow = poly(paint, at(x + 96, y - 420, 1, "0 -34 92 -34 92 -66 168 0 92 66 92 34 0 34"), paint.accent)
    bulbs = "".join(
        disc(paint, x + 112 + k * 30, y - 420, 8, "#ffe6a4" if paint.lamps else paint.lit("#f0e0b0"))
        for k in range(5)
    )
    shine = glow(x, y - 420, 340, 380, "#ff9a7a", 0.4) if paint.lamps else ""
    return standing(x, 110, y) + posts + shine + board + word + arrow + bulbs
