"""A steep lane: bare brick on a poor hill, painted colonial fronts, flags and a crowd on a feast day."""

from dataclasses import dataclass

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.built import front_door, tiled_roof, wall_lantern, window
from tools.engines.previz.sets.crowd import silhouettes
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import block, disc, poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.town import puddles

LEFT_EDGES, RIGHT_EDGES = (LEFT, 130.0, 380.0, 540.0, 640.0, 704.0), (RIGHT, 1470.0, 1220.0, 1060.0, 960.0, 896.0)  # fmt: skip
FEET, HIGH = (716.0, 652.0, 596.0, 552.0, 520.0), (640.0, 440.0, 310.0, 220.0, 160.0)
COLONIAL = ("#e0b04a", "#6fa0b5", "#d98a7a", "#a8b87a", "#e8dcc4", "#b58ab0", "#e09a5a")
BRICK = ("#b5714f", "#a8644a", "#c08058", "#9f9088", "#b8886a")
FLAGS = ("#d9503f", "#e8b04a", "#3f8fae", "#5c9a4a", "#f2e6d0", "#b55a9a")


@dataclass(frozen=True)
class House:
    """One front of the lane: its left edge, its foot, how wide and how high."""

    x: float
    y: float
    w: float
    h: float


def alley(paint: Paint) -> SetDrawing:
    """The lane climbs between its houses to a bit of sky; poor unless it is an old town's."""
    far = sky(paint) + hills(paint, 500, "#8fa094", seed=paint.seed, high=150) + _hill_of_houses(paint)
    houses = ""
    for k in reversed(range(len(FEET))):
        for edges in (LEFT_EDGES, RIGHT_EDGES):
            left, right = sorted((edges[k], edges[k + 1]))
            houses += _house(paint, House(left, FEET[k], right - left, HIGH[k]), k + (edges is RIGHT_EDGES) * 5)  # fmt: skip
    feast = _feast(paint) if paint.tells("festive") else ""
    middle = _lane(paint) + houses + _steps(paint) + _doorsteps(paint) + feast + puddles(paint)
    lamps = (Lamp(90, 380, 380), Lamp(1510, 380, 380), Lamp(590, 430, 160))
    return SetDrawing(far=far, middle=middle, lamps=lamps)


def _tones(paint: Paint) -> tuple[str, ...]:
    return COLONIAL if _old_town(paint) else BRICK


def _old_town(paint: Paint) -> bool:
    return paint.tells("colonial") or (paint.tells("festive") and not paint.tells("poor"))


def _hill_of_houses(paint: Paint) -> str:
    """What the lane leads up to: many small houses, their windows lit after dark."""
    dice, drawn = paint.dice("hill"), ""
    for k in range(26):
        x, y = 560 + dice.uniform(0, 480), 430 + k * 4.5
        w, h = dice.uniform(40, 80), dice.uniform(30, 52)
        tone = mix(paint.lit(dice.choice(_tones(paint))), paint.lit("#9fb0b4"), 0.35)
        pane = "#ffdc8c" if paint.lamps and dice.random() < 0.6 else dark(tone, 0.4)
        drawn += box(x, y - h, w, h + 60, tone, ink=paint.ink, width=2) + box(x + w * 0.3, y - h * 0.7, 12, 14, pane)  # fmt: skip
    return drawn


def _house(paint: Paint, house: House, k: int) -> str:
    x, y, w, h = house.x, house.y, house.w, house.h
    tone = paint.lit(_tones(paint)[(k * 3 + paint.seed) % len(_tones(paint))])
    body = f.slab(paint, x, y - h, w, h + 60, tone)
    body += _plaster(paint, house, tone) if _old_town(paint) else _bare_bricks(paint, house, tone)
    near = x + w - 150 if x < 0 else x + 150 if x > 1300 else x + w * 0.5
    wide = min(w * 0.34, h * 0.24)
    trim = paint.lit(("#3f7f8c", "#7a4a34", "#4f7a5c", "#35577a")[k % 4])
    door = front_door(paint, near, y + 4, wide, h * 0.46, trim)
    step = wide * 1.5 * (-1 if x < 0 else 1 if x > 1300 else 0)
    panes = window(paint, near + step - wide * 0.4, y - h * 0.5, wide * 0.8, h * 0.2) if step else ""
    panes += window(paint, near - wide * 0.4, y - h * 0.86, wide * 0.8, h * 0.2, shutters=trim if _old_town(paint) else "")  # fmt: skip
    return body + door + panes + _lamp_over(paint, near, y - h * 0.54, h / 560) + _roof(paint, house)


def _plaster(paint: Paint, house: House, tone: str) -> str:
    """A painted band along the foot and pale corners."""
    low = box(house.x, house.y - house.h * 0.13, house.w, house.h * 0.13 + 60, dark(tone, 0.24))
    edge = 0.04 * house.h
    return low + "".join(box(x, house.y - house.h, edge, house.h, pale(tone, 0.5)) for x in (house.x, house.x + house.w - edge))  # fmt: skip


def _bare_bricks(paint: Paint, house: House, tone: str) -> str:
    """Courses of brick without plaster, a beam of concrete, rods left for another floor."""
    step, joint = house.h / 26, dark(tone, 0.24)
    rows = "".join(box(house.x, house.y - house.h + k * step, house.w, 2, joint, opacity=0.7) for k in range(1, 27))  # fmt: skip
    beam = box(house.x, house.y - house.h * 0.56, house.w, house.h * 0.035, paint.lit("#a8a49c"), ink=paint.ink, width=2)  # fmt: skip
    rods = "".join(
        line([(house.x + house.w * k, house.y - house.h), (house.x + house.w * k + 3, house.y - house.h * 1.13)], paint.lit("#6a4a3c"), 4)
        for k in (0.12, 0.16, 0.84, 0.88)
    )  # fmt: skip
    return rows + beam + rods


def _roof(paint: Paint, house: House) -> str:
    x, y, w, h = house.x, house.y - house.h, house.w, house.h
    if not _old_town(paint):
        return f.slab(paint, x - 6, y - h * 0.02, w + 12, h * 0.045, paint.lit("#a8a49c"))
    d = [(x - 10, y + 8), (x + w + 10, y + 8), (x + w - 8, y - h * 0.1), (x + 8, y - h * 0.1)]
    return tiled_roof(paint, d, paint.lit("#b5603f"), rows=3)


def _lamp_over(paint: Paint, x: float, y: float, size: float) -> str:
    return wall_lantern(paint, x, y, size) if _old_town(paint) else disc(paint, x, y, 13 * size + 3, "#ffd873" if paint.lamps else paint.lit("#e8d8a0"))  # fmt: skip


def _lane(paint: Paint) -> str:
    tone = paint.floor
    return wash(500, 260, [(0, dark(tone, 0.24), 1), (1, tone, 1)]) + flat(759, 942, tone)


def _steps(paint: Paint) -> str:
    """The lane itself, in steps that widen towards the camera, and the cobbles at its foot."""
    tone, drawn = pale(paint.floor, 0.08), ""
    for k in range(12):
        near = (k / 11) ** 1.5
        y, half = 505 + 200 * near, 92 + 470 * near
        drawn += poly(paint, [(800 - half, y), (800 + half, y), (800 + half + 14, y + 5 + 16 * near), (800 - half - 14, y + 5 + 16 * near)], mix(tone, dark(tone, 0.2), k % 2), 2.5)  # fmt: skip
    dice = paint.dice("cobbles")
    stones = "".join(
        box(dice.uniform(LEFT, RIGHT), y, 34 + (y - 720) * 0.2, 9 + (y - 720) * 0.03, dark(tone, dice.uniform(0.05, 0.2)), r=5)
        for y in (728 + 3.4 * k for k in range(110))
    )  # fmt: skip
    return drawn + stones + path(pts([(LEFT, 716), (RIGHT, 716)], False), ink=dark(tone, 0.4), width=3)


def _doorsteps(paint: Paint) -> str:
    """Buckets in a row where people are poor, pots of flowers in an old town; washing on a line."""
    drawn = ""
    for k, x in enumerate((210, 290, 366, 1240, 1316)):
        tone = paint.lit(FLAGS[k % 4])
        drawn += standing(x, 40, 734) + poly(paint, at(x, 734, 1, "-34 -62 34 -62 25 0 -25 0"), tone)
        drawn += oval(x, 672, 34, 8, dark(tone, 0.35), ink=paint.ink, width=2.5)
    if _old_town(paint):
        return drawn
    rope = line([(380, 300), (800, 344), (1220, 300)], paint.ink, 3)
    cloths = "".join(block(paint, x, 330 - abs(x - 800) * 0.06, 54, 78, paint.lit(FLAGS[k % 6])) for k, x in enumerate(range(500, 1100, 90)))  # fmt: skip
    wires = "".join(line([(LEFT, y), (800, y + 60), (RIGHT, y - 20)], paint.ink, 2.4) for y in (60, 96))
    return drawn + rope + cloths + wires


def _feast(paint: Paint) -> str:
    """Strings of flags from house to house, a crowd with arms in the air, confetti on the ground."""
    spots = ((690, 0.42), (742, 0.46), (792, 0.44), (850, 0.45), (900, 0.43), (660, 0.5), (940, 0.5))
    crowd = silhouettes(paint, 574, spots, raised=True)
    crowd += silhouettes(paint, 650, ((520, 0.72), (600, 0.76), (1010, 0.74), (1090, 0.7)), raised=True)
    crowd += silhouettes(paint, 716, ((420, 0.96), (1190, 0.98), (330, 1.0), (1280, 0.94)), raised=True)
    strings = "".join(flags(paint, (x0, y), (x1, y + 14), sag) for x0, x1, y, sag in ((80, 1520, 120, 120), (340, 1250, 240, 70), (530, 1070, 340, 40), (LEFT, 1700, -10, 150)))  # fmt: skip
    dice = paint.dice("confetti")
    bits = "".join(oval(dice.uniform(LEFT, RIGHT), dice.uniform(724, 1100), 7, 4, paint.lit(dice.choice(FLAGS))) for _ in range(150))  # fmt: skip
    pole = stick(paint, [(250, 716), (250, 160)], paint.wood, 10)
    return bits + crowd + pole + strings


def street_feast(paint: Paint) -> str:
    """Flags across the street and people on both pavements with their arms in the air."""
    crowd = silhouettes(paint, 706, tuple((float(x), 0.86 + 0.05 * (x % 3)) for x in (-340, -120, 40, 150, 420, 520, 1040, 1130, 1440, 1560, 1740)), raised=True)  # fmt: skip
    strings = ((-300.0, 700.0, 90.0, 90.0), (500.0, 1500.0, 60.0, 110.0), (60.0, 1300.0, 210.0, 80.0), (1200.0, 2200.0, 110.0, 80.0))  # fmt: skip
    return crowd + "".join(flags(paint, (x0, y), (x1, y + 16), sag) for x0, x1, y, sag in strings)


def flags(paint: Paint, start: tuple[float, float], end: tuple[float, float], sag: float) -> str:
    """A string of little flags from one point to another."""
    (ax, ay), (bx, by) = start, end
    count = max(6, int(abs(bx - ax) / 52))
    drawn = line([start, ((ax + bx) / 2, (ay + by) / 2 + sag), end], paint.ink, 3)
    size = 15 if abs(bx - ax) > 700 else 9
    for k in range(1, count):
        t = k / count
        x, y = ax + (bx - ax) * t, ay + (by - ay) * t + sag * 4 * t * (1 - t) * 0.94
        drawn += poly(paint, [(x - size, y), (x + size, y), (x, y + size * 2.3)], paint.lit(FLAGS[k % 6]), 2)
    return drawn
