"""What people build outdoors: fences, walls, houses, sheds, poles and the lamps on them."""

import itertools

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, glow, line, num, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import Paint
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import block, disc, poly, standing, stick

WINDOW = "#ffdc8c"
"""A window with somebody at home after dark."""


def window_tone(paint: Paint) -> str:
    """What a window looks like from outside."""
    return WINDOW if paint.lamps else paint.lit("#86a7b4")


def broad(paint: Paint, x: float, y: float, w: float, h: float, tone: str, *, r: float = 2.0) -> str:
    """A wall or roof too wide for the shaded side that a block has: only its edges are drawn."""
    face = box(x, y, w, h, tone, r=r) + box(x, y, w, min(7.0, h * 0.3), pale(tone, 0.22), r=r)
    return (
        face
        + box(x, y, min(w * 0.1, 18.0), h, dark(tone, 0.16), r=r)
        + box(x, y, w, h, "none", ink=paint.ink, width=3.5, r=r)
    )


def rail_fence(paint: Paint, x0: float, x1: float, y: float, *, high: float = 116.0, tone: str = "") -> str:
    """Posts and two rails."""
    wood, step = tone or pale(paint.wood, 0.14), high * 1.15
    count = max(2, round((x1 - x0) / step) + 1)
    posts = "".join(
        f.slab(
            paint,
            x0 + k * (x1 - x0) / (count - 1) - high * 0.09,
            y - high,
            high * 0.18,
            high,
            pale(wood, 0.06),
        )
        for k in range(count)
    )
    return "".join(f.slab(paint, x0, y - high * k, x1 - x0, high * 0.14, wood) for k in (0.84, 0.46)) + posts


def stone_wall(paint: Paint, x0: float, x1: float, y: float, high: float, *, tone: str = "#a59c8c") -> str:
    """A wall of rough stones, with a coping."""
    stone, dice = paint.lit(tone), paint.dice(f"wall{x0:.0f}{y:.0f}")
    face = box(x0, y - high, x1 - x0, high, stone)
    marks, rows = {0: "", 1: "", 2: ""}, max(2, round(high / 44))
    for row in range(rows):
        top, h, x = y - high + row * high / rows, high / rows, x0 - dice.uniform(0, 40)
        while x < x1:
            w = dice.uniform(46, 104)
            left, right = max(x, x0) + 3, min(x + w, x1) - 3
            if right - left > 8:
                marks[dice.randrange(3)] += (
                    f"M{num(left + 5)} {num(top + 3)}H{num(right - 5)}l5 6V{num(top + h - 8)}l-6 5H{num(left + 5)}l-5 -6V{num(top + 9)}Z"
                )
            x += w
    stones = "".join(path(d, (pale(stone, 0.14), dark(stone, 0.08), stone)[k], ink=dark(stone, 0.3), width=2) for k, d in marks.items() if d)  # fmt: skip
    coping = f.slab(paint, x0 - 8, y - high - 16, x1 - x0 + 16, 24, pale(stone, 0.18), r=4)
    return face + stones + box(x0, y - high, x1 - x0, high, "none", ink=paint.ink, width=3.5) + coping


def planks(paint: Paint, x: float, y: float, w: float, h: float, tone: str, *, step: float = 34.0) -> str:
    """A wall of upright boards; its corner is top left."""
    joints = "".join(
        f"M{num(x + k * step)} {num(y)}v{num(h)}" for k in range(1, int(w / step) + 1) if k * step < w
    )
    knots = path(joints, ink=dark(tone, 0.3), width=3)
    return box(x, y, w, h, tone) + box(x, y, w * 0.1, h, dark(tone, 0.16)) + knots + box(x, y, w, h, "none", ink=paint.ink, width=3.5)  # fmt: skip


def window(
    paint: Paint, x: float, y: float, w: float, h: float, *, shutters: str = "", dark_in: bool = False
) -> str:
    """A window seen from the street, with shutters if they have a colour; its corner is top left."""
    pane = paint.lit("#5a6470") if dark_in else window_tone(paint)
    bar = paint.lit("#efe6d4")
    drawn = box(x, y, w, h, pane, ink=paint.ink, width=3.5)
    drawn += (
        box(x + w / 2 - 2.5, y, 5, h, bar)
        + box(x, y + h * 0.42, w, 5, bar)
        + box(x, y, w, h, "none", ink=bar, width=5)
    )
    drawn += f.slab(paint, x - 8, y + h, w + 16, h * 0.09, pale(paint.wall, 0.4))
    if shutters:
        for side in (x - w * 0.46, x + w * 1.04):
            slats = "".join(f"M{num(side + 4)} {num(y + k * h / 7)}h{num(w * 0.42 - 8)}" for k in range(1, 7))
            drawn += block(paint, side, y - 2, w * 0.42, h + 4, shutters) + path(
                slats, ink=dark(shutters, 0.3), width=2.5
            )
    return drawn


def front_door(paint: Paint, x: float, y: float, w: float, h: float, tone: str) -> str:
    """A boarded door in a stone frame, standing on its foot."""
    frame = f.slab(paint, x - w / 2 - 12, y - h - 14, w + 24, h + 14, pale(paint.wall, 0.35))
    ring = disc(paint, x + w * 0.32, y - h * 0.46, w * 0.045, paint.lit("#c9a860"))
    return frame + planks(paint, x - w / 2, y - h, w, h, tone, step=w / 4) + ring + f.slab(paint, x - w / 2 - 16, y - 8, w + 32, 12, paint.lit("#a59c8c"))  # fmt: skip


def wall_lantern(paint: Paint, x: float, y: float, size: float = 1.0, *, side: int = 1) -> str:
    """A lantern on a bracket; `side` is where its wall is not."""
    iron = paint.lit("#3a3f48")
    cx = x + side * 44 * size
    arm = line(
        [(x, y - 10 * size), (x + side * 20 * size, y - 44 * size), (cx, y - 40 * size)], paint.ink, 7 * size
    )
    glass = "#fff0bf" if paint.lamps else paint.lit("#d8dcd8")
    body = poly(paint, at(cx, y, size, "-20 -34 20 -34 14 18 -14 18"), glass, 3)
    hood = poly(paint, at(cx, y, size, "-26 -34 0 -54 26 -34"), iron, 3) + block(paint, cx - 12 * size, y + 18 * size, 24 * size, 8 * size, iron)  # fmt: skip
    return arm + (glow(cx, y, 190 * size, 190 * size, "#ffd27f", 0.6) if paint.lamps else "") + body + hood


def tiled_roof(paint: Paint, d: list[tuple[float, float]], tone: str, *, rows: int = 5) -> str:
    """A roof by its four corners (left eave, right eave, right ridge, left ridge)."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = d
    courses, tiles = "", ""
    for k in range(1, rows):
        t = k / rows
        courses += f"M{num(ax + (dx - ax) * t)} {num(ay + (dy - ay) * t)}L{num(bx + (cx - bx) * t)} {num(by + (cy - by) * t)}"
    count = max(4, int(abs(bx - ax) / 34))
    for k in range(1, count):
        t = k / count
        tiles += f"M{num(ax + (bx - ax) * t)} {num(ay + (by - ay) * t)}L{num(dx + (cx - dx) * t)} {num(dy + (cy - dy) * t)}"
    face = (
        path(pts(d), tone)
        + path(tiles, ink=dark(tone, 0.16), width=2)
        + path(courses, ink=dark(tone, 0.28), width=3)
    )
    return face + path(pts(d), ink=paint.ink, width=3.5)


def cottage(
    paint: Paint,
    x: float,
    y: float,
    w: float,
    h: float,
    *,
    wall: str,
    roof: str,
    trim: str,
    door: float = 0.5,
) -> str:
    """A plain house of one floor, seen from the front: `h` to its eaves; `door` is where across it."""
    body = f.slab(paint, x - w / 2, y - h, w, h, wall) + box(
        x - w / 2, y - h * 0.12, w, h * 0.12, dark(wall, 0.16)
    )
    eaves = [
        (x - w * 0.55, y - h + 6),
        (x + w * 0.55, y - h + 6),
        (x + w * 0.44, y - h * 1.62),
        (x - w * 0.44, y - h * 1.62),
    ]
    smoke = "".join(oval(x + w * 0.26 + k * 18, y - h * 1.98 - k * 30, 15 + k * 7, 11 + k * 5, "#ffffff", opacity=0.3 - k * 0.07) for k in range(4))  # fmt: skip
    chimney = f.slab(paint, x + w * 0.2, y - h * 1.86, w * 0.09, h * 0.4, dark(wall, 0.12)) + smoke
    dx, side = x + (door - 0.5) * w, h * 0.36
    spots = [s for s in (0.16, 0.5, 0.84) if abs(s - door) > 0.17]
    panes = "".join(
        window(paint, x + (s - 0.5) * w - side * 0.4, y - h * 0.78, side * 0.8, side, shutters=trim)
        for s in spots
    )
    lamp = wall_lantern(paint, dx + h * 0.22, y - h * 0.62, h / 420)
    return standing(x, w * 0.54, y) + chimney + body + tiled_roof(paint, eaves, roof) + panes + front_door(paint, dx, y, h * 0.32, h * 0.66, trim) + lamp  # fmt: skip


def shed(
    paint: Paint, x: float, y: float, w: float, h: float, *, tone: str, roof: str, lamp: bool = True
) -> str:
    """A hut of boards with a window, a door and a felt roof; its foot is the middle of its front."""
    body = planks(paint, x - w / 2, y - h, w, h, tone)
    top = poly(paint, [(x - w * 0.58, y - h + 12), (x + w * 0.58, y - h + 12), (x + w * 0.5, y - h * 1.2), (x - w * 0.5, y - h * 1.2)], roof)  # fmt: skip
    entry = planks(paint, x + w * 0.08, y - h * 0.82, w * 0.32, h * 0.82, pale(tone, 0.16), step=w * 0.08)
    hinges = "".join(box(x + w * 0.08, y - h * k, w * 0.2, 7, paint.ink) for k in (0.7, 0.2))
    pane = window(paint, x - w * 0.36, y - h * 0.72, w * 0.3, h * 0.3)
    light = wall_lantern(paint, x + w * 0.44, y - h * 0.66, 0.7) if lamp else ""
    return standing(x, w * 0.6, y) + body + entry + hinges + pane + top + light


def bell_tower(paint: Paint, x: float, y: float, w: float, h: float, *, wall: str, roof: str) -> str:
    """The tower of a village church, with its bell, clock and cross."""
    body = f.slab(paint, x - w / 2, y - h, w, h, wall)
    bands = "".join(
        f.slab(paint, x - w * 0.56, y - h * k, w * 1.12, h * 0.03, pale(wall, 0.25)) for k in (1.0, 0.68)
    )
    arch = f"M{num(x - w * 0.22)} {num(y - h * 0.7)}v{num(-h * 0.13)}a{num(w * 0.22)} {num(w * 0.22)} 0 0 1 {num(w * 0.44)} 0v{num(h * 0.13)}Z"
    inner = mix("#e8b060", dark(wall, 0.5), 0.5) if paint.lamps else dark(wall, 0.5)
    bell = poly(paint, at(x, y - h * 0.72, w / 100, "-13 0 -8 -24 8 -24 13 0"), paint.lit("#b58a3a"), 2.5)
    clock = disc(paint, x, y - h * 0.56, w * 0.2, "#fdf2cf" if paint.lamps else paint.lit("#fbf4e0"))
    hands = line([(x, y - h * 0.56), (x, y - h * 0.56 - w * 0.14)], paint.ink, 4) + line([(x, y - h * 0.56), (x + w * 0.1, y - h * 0.54)], paint.ink, 4)  # fmt: skip
    tip = y - h * 1.36
    spire = poly(paint, [(x - w * 0.56, y - h), (x + w * 0.56, y - h), (x, tip)], roof)
    cross = line([(x, tip + 4), (x, tip - w * 0.4)], paint.ink, 6) + line([(x - w * 0.14, tip - w * 0.26), (x + w * 0.14, tip - w * 0.26)], paint.ink, 6)  # fmt: skip
    return cross + spire + body + path(arch, inner, ink=paint.ink, width=3) + bell + clock + hands + bands


def telegraph(paint: Paint, poles: list[tuple[float, float, float]]) -> str:
    """Poles (foot and height) with their wires from one to the next."""
    drawn, wood = "", paint.lit("#6d5442")
    for (ax, ay, ah), (bx, by, bh) in itertools.pairwise(poles):
        for k in (-0.16, 0.16):
            start, end = (ax + ah * k, ay - ah * 0.93), (bx + bh * k, by - bh * 0.93)
            sag = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + abs(bx - ax) * 0.06)
            drawn += line([start, sag, end], paint.ink, 2.5)
    for x, y, h in poles:
        arms = "".join(
            stick(paint, [(x - h * 0.19, y - h * k), (x + h * 0.19, y - h * k)], wood, h * 0.022)
            for k in (0.9, 0.8)
        )
        cups = "".join(oval(x + h * k, y - h * 0.925, h * 0.014, h * 0.02, paint.lit("#dfe6e4"), ink=paint.ink, width=1.5) for k in (-0.16, 0.16))  # fmt: skip
        drawn += stick(paint, [(x, y), (x, y - h)], wood, h * 0.03) + arms + cups
    return drawn


def string_lights(
    paint: Paint,
    ends: list[tuple[float, float]],
    sag: float,
    count: int,
    tones: tuple[str, ...] = ("#ffe6a4",),
) -> str:
    """Bulbs on a wire from point to point."""
    drawn = ""
    for (ax, ay), (bx, by) in itertools.pairwise(ends):
        drawn += line([(ax, ay), ((ax + bx) / 2, (ay + by) / 2 + sag), (bx, by)], paint.ink, 3)
        for k in range(1, count):
            t = k / count
            x, y = ax + (bx - ax) * t, ay + (by - ay) * t + sag * 4 * t * (1 - t)
            tone = tones[k % len(tones)]
            drawn += (glow(x, y + 8, 44, 44, tone, 0.75) if paint.lamps else "") + oval(x, y + 10, 8, 11, tone if paint.lamps else paint.lit(tone), ink=paint.ink, width=2)  # fmt: skip
    return drawn


def life_ring(paint: Paint, x: float, y: float, r: float) -> str:
    """A life ring, red and white."""
    red, white = paint.lit("#d8452f"), paint.lit("#f6f1e6")
    ring = oval(x, y, r * 0.78, r * 0.78, "none", ink=paint.ink, width=r * 0.44 + 7) + oval(x, y, r * 0.78, r * 0.78, "none", ink=white, width=r * 0.44)  # fmt: skip
    bands = "".join(
        f"M{num(x + r * 0.78 * c0)} {num(y + r * 0.78 * s0)}A{num(r * 0.78)} {num(r * 0.78)} 0 0 1 {num(x + r * 0.78 * c1)} {num(y + r * 0.78 * s1)}"
        for c0, s0, c1, s1 in ((0.34, -0.94, 0.94, -0.34), (0.94, 0.34, 0.34, 0.94), (-0.34, 0.94, -0.94, 0.34), (-0.94, -0.34, -0.34, -0.94))
    )  # fmt: skip
    cord = curve([(x - r, y - r * 0.6), (x, y - r * 1.14), (x + r, y - r * 0.6), (x + r * 1.14, y), (x + r * 0.8, y + r * 0.8), (x, y + r * 1.12), (x - r * 0.8, y + r * 0.8), (x - r * 1.14, y)])  # fmt: skip
    butt = f'<g stroke-linecap="butt">{path(bands, ink=red, width=r * 0.44)}</g>'
    return ring + butt + path(cord, ink=paint.lit("#e8d8a8"), width=3.5)


def hung(paint: Paint, x: float, y: float, kind: str, tone: str, size: float = 1.0) -> str:
    """Something on a washing line, by the middle of its upper edge."""
    shapes = {
        "shirt": "-40 0 -70 26 -52 56 -40 46 -42 130 42 130 40 46 52 56 70 26 40 0 14 8 -14 8",
        "dress": "-26 0 -40 6 -30 46 -64 168 64 168 30 46 40 6 26 0 0 14",
        "trousers": "-38 0 -42 168 -8 168 0 52 8 168 42 168 38 0",
        "sheet": "-120 0 -118 190 -60 180 0 192 60 182 118 192 120 0 0 8",
        "towel": "-42 0 -42 110 42 110 42 0",
    }
    d = pts(at(x, y, size, shapes[kind]))
    fold = path(
        curve(at(x, y, size, "-20 10 -26 90 -20 200 4 200 -2 90 0 10")), dark(tone, 0.16), opacity=0.8
    )
    pegs = "".join(box(x + k * size - 3, y - 12 * size, 7 * size, 20 * size, paint.lit("#c9a860"), ink=paint.ink, width=1.5) for k in (-30, 26))  # fmt: skip
    return path(d, tone) + clip(d, fold) + path(d, ink=paint.ink, width=3) + pegs
