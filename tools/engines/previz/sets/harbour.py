"""The harbour."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, glow, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.shapes import block, disc, poly, rod, standing, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.town import puddles


def harbour(paint: Paint) -> SetDrawing:
    """Fishing boats at a quay, cranes and a ship behind them, a lighthouse."""
    sea = {"day": ("#3f8296", "#7fb4bc"), "dusk": ("#5a4f86", "#d9886a"), "night": ("#101c40", "#2b3f6c")}[
        paint.time
    ]
    if not paint.dry:
        sea = (mix(sea[0], "#55606a", 0.5), mix(sea[1], "#737e86", 0.5))
    dice = paint.dice("waves")
    waves = "".join(
        line([(x, y), (x + 40, y - 5), (x + 84, y)], "#ffffff", 3, opacity=0.35)
        for x, y in ((dice.uniform(LEFT, RIGHT), dice.uniform(450, 640)) for _ in range(90))
    )
    far = (
        sky(paint, 450)
        + hills(paint, 440, "#7f95a0", seed=paint.seed, high=90)
        + _cranes(paint)
        + wash(432, 260, [(0, sea[0], 1), (1, sea[1], 1)])
        + flat(690, 1010, sea[1])
        + waves
        + _ship(paint, 420, 470)
        + _lighthouse(paint, 1380, 450)
    )
    quay = (
        f.slab(paint, LEFT, 690, RIGHT - LEFT, 46, paint.lit("#a59c8c"))
        + wash(734, 260, [(0, dark(paint.floor, 0.2), 1), (1, paint.floor, 1)])
        + flat(990, 710, paint.floor)
    )
    quay += (
        "".join(
            line([(800 + x, 738), (800 + x * 2.1, 1400)], dark(paint.floor, 0.24), 3, smooth=False)
            for x in range(-1600, 1601, 190)
        )
        + flat(812, 3, dark(paint.floor, 0.24))
        + flat(930, 4, dark(paint.floor, 0.24))
    )
    boats = (
        _boat(paint, 210, 660, paint.accent)
        + _boat(paint, 1270, 664, paint.lit("#3f6f8c"))
        + _boat(paint, 1900, 660, paint.lit("#d9a94a"))
        + _boat(paint, -430, 664, paint.lit("#4f8a6f"))
    )
    things = (
        "".join(_bollard(paint, x, 770) for x in (60, 560, 1080, 1560))
        + _crates(paint, 1480, 800)
        + _nets(paint, 330, 820)
        + _crates(paint, -220, 810)
        + g.street_lamp(paint, 840, 760)
        + _gulls(paint)
        + _rope(paint, 700, 860)
    )
    return SetDrawing(
        far=far,
        middle=boats + quay + things + puddles(paint),
        lamps=(Lamp(840, 240, 480), Lamp(1380, 210, 300, "#fff0c0")),
    )


@modern
def _cranes(paint: Paint) -> str:
    tone = mix(paint.lit("#5f7080"), "#c9d6dc" if paint.time == "day" else "#3b4573", 0.35)
    drawn = ""
    for x, s in ((-380, 1.0), (60, 0.8), (720, 1.1), (1020, 0.9), (1760, 1.1), (2140, 0.8)):
        top = 440 - 320 * s
        drawn += "".join(
            line([(x + k * s, 440), (x + k * 0.5 * s, top)], tone, 10 * s, smooth=False) for k in (-60, 60)
        )
        drawn += (
            line([(x - 190 * s, top), (x + 250 * s, top - 6)], tone, 13 * s, smooth=False)
            + line([(x, top - 90 * s), (x + 240 * s, top)], tone, 5 * s, smooth=False)
            + line([(x, top - 90 * s), (x - 180 * s, top)], tone, 5 * s, smooth=False)
            + line([(x, top - 90 * s), (x, top + 40)], tone, 11 * s, smooth=False)
            + line([(x + 190 * s, top), (x + 190 * s, top + 130 * s)], tone, 3, smooth=False)
            + box(x - 30 * s, top, 60 * s, 40 * s, dark(tone, 0.15))
        )
        drawn += "".join(box(x - 50 * s, 400 - k * 70 * s, 100 * s, 7 * s, tone) for k in range(3))
        drawn += disc(paint, x + 240 * s, top - 8, 6, "#ff6a4a") if paint.lamps else ""
    return drawn


@modern
def _ship(paint: Paint, x: float, y: float) -> str:
    hull = poly(
        paint,
        [(x - 420, y - 80), (x + 430, y - 80), (x + 370, y + 14), (x - 380, y + 14)],
        paint.lit("#3f4a5a"),
    ) + poly(
        paint,
        [(x - 396, y - 16), (x + 394, y - 16), (x + 372, y + 14), (x - 382, y + 14)],
        paint.lit("#8a4038"),
        2,
    )
    tones = ("#b5603f", "#4f7a8a", "#c9a04a", "#7a8f6a", "#8a5a6a")
    load = "".join(
        box(
            x - 260 + c * 74,
            y - 118 - r * 38,
            72,
            37,
            paint.lit(tones[(c * 2 + r) % 5]),
            ink=paint.ink,
            width=2.5,
        )
        for c in range(8)
        for r in range(1 + (c * 5 + 2) % 3)
    )
    tower = (
        block(paint, x - 390, y - 220, 110, 142, paint.lit("#efe8dc"))
        + "".join(
            box(x - 380 + k * 32, y - 206, 22, 20, "#ffdc8c" if paint.lamps else paint.lit("#6f8fa0"))
            for k in range(3)
        )
        + block(paint, x - 350, y - 262, 36, 44, paint.accent)
    )
    return load + tower + hull


def _lighthouse(paint: Paint, x: float, y: float) -> str:
    # Flat where the sea begins: a round underside hovers.
    top = curve(
        [(x - 160, y + 10), (x - 96, y - 26), (x - 10, y - 40), (x + 84, y - 34), (x + 166, y + 10)], False
    )
    rock = path(f"{top}Z", paint.lit("#7a766f"), ink=paint.ink, width=3.5)
    rock += line([(x - 200, y + 13), (x + 206, y + 13)], paint.lit("#dfe9ea"), 6, opacity=0.75)
    body = pts([(x - 40, y - 30), (x + 40, y - 30), (x + 26, y - 220), (x - 26, y - 220)])
    bands = "".join(box(x - 50, y - k, 100, 36, paint.lit("#c9473f")) for k in (80, 152, 222))
    beam = (
        path(pts([(x, y - 244), (x - 2900, y - 900), (x - 2900, y - 380)]), "#fff2c0", opacity=0.16)
        if paint.night
        else ""
    )
    lantern = block(
        paint, x - 20, y - 262, 40, 42, "#fff0b8" if paint.lamps else paint.lit("#cfe0e4")
    ) + poly(paint, [(x - 28, y - 262), (x + 28, y - 262), (x, y - 294)], paint.lit("#c9473f"))
    return (
        beam
        + (glow(x, y - 242, 150, 150, "#fff0b8", 0.8) if paint.lamps else "")
        + path(body, paint.lit("#f2ede2"))
        + clip(body, bands)
        + path(body, ink=paint.ink, width=3.5)
        + lantern
        + rock
    )


def _boat(paint: Paint, x: float, y: float, tone: str) -> str:
    d = curve(
        [
            (x - 220, y - 70),
            (x - 180, y + 30),
            (x + 150, y + 40),
            (x + 240, y - 96),
            (x + 120, y - 66),
            (x - 100, y - 58),
        ],
        tension=0.5,
    )
    stripe = box(x - 240, y - 66, 500, 22, paint.lit("#f2ead8"))
    cabin = (
        f.slab(paint, x - 120, y - 170, 130, 110, paint.lit("#f2ead8"), r=6)
        + box(
            x - 104,
            y - 150,
            42,
            40,
            "#ffdc8c" if paint.lamps else paint.lit("#7fa4b4"),
            ink=paint.ink,
            width=3,
        )
        + box(
            x - 52,
            y - 150,
            42,
            40,
            "#ffdc8c" if paint.lamps else paint.lit("#7fa4b4"),
            ink=paint.ink,
            width=3,
        )
        + f.slab(paint, x - 136, y - 188, 162, 22, tone)
    )
    mast = (
        stick(paint, [(x + 60, y - 60), (x + 60, y - 380)], paint.wood, 9)
        + line([(x + 60, y - 376), (x + 226, y - 96)], paint.ink, 3, smooth=False)
        + line([(x + 60, y - 376), (x - 200, y - 78)], paint.ink, 3, smooth=False)
        + stick(paint, [(x + 60, y - 180), (x + 190, y - 250)], paint.wood, 6)
    )
    flag = poly(paint, [(x + 62, y - 378), (x + 122, y - 362), (x + 62, y - 340)], paint.accent, 2.5)
    rings = "".join(
        disc(paint, x + k, y - 22, 20, paint.lit("#e2703f")) + disc(paint, x + k, y - 22, 9, tone)
        for k in (-60, 40)
    )
    foam = oval(x + 10, y + 34, 250, 12, "#ffffff", opacity=0.4)
    return (
        mast
        + flag
        + cabin
        + path(d, tone)
        + clip(d, stripe, box(x - 240, y, 500, 60, dark(tone, 0.28)))
        + path(d, ink=paint.ink, width=3.5)
        + rings
        + foam
    )


def _bollard(paint: Paint, x: float, y: float) -> str:
    iron = paint.lit("#3a3e46")
    return (
        standing(x, 44, y)
        + block(paint, x - 22, y - 66, 44, 66, iron, r=4)
        + box(x - 34, y - 88, 68, 28, iron, ink=paint.ink, width=3.5, r=12)
        + rod(paint, [(x - 24, y - 40), (x, y - 30), (x + 24, y - 40)], paint.lit("#cbb38a"), 8)
    )


def _crates(paint: Paint, x: float, y: float) -> str:
    drawn = standing(x + 60, 190, y)
    for dx, dy, s in ((-90, 0, 124), (44, 0, 124), (-30, 124, 110), (170, 0, 90)):
        tone = pale(paint.wood, 0.15 if dy else 0.05)
        drawn += (
            f.slab(paint, x + dx, y - dy - s, s, s, tone)
            + "".join(
                line(
                    [(x + dx + 4, y - dy - s + k * s / 3), (x + dx + s - 4, y - dy - s + k * s / 3)],
                    dark(tone, 0.4),
                    3,
                )
                for k in (1, 2)
            )
            + line([(x + dx + 8, y - dy - 8), (x + dx + s - 8, y - dy - s + 8)], dark(tone, 0.3), 7)
        )
    return drawn


def _nets(paint: Paint, x: float, y: float) -> str:
    tone = paint.lit("#5a8a7f")
    d = curve([(x - 130, y), (x - 100, y - 70), (x - 20, y - 96), (x + 70, y - 66), (x + 130, y)])
    mesh = "".join(
        line([(x - 160 + k * 24, y + 10), (x - 100 + k * 24, y - 110)], pale(tone, 0.35), 2.5)
        + line([(x - 160 + k * 24, y - 110), (x - 100 + k * 24, y + 10)], pale(tone, 0.35), 2.5)
        for k in range(14)
    )
    floats = "".join(
        disc(paint, x - 90 + k * 46, y - 40 - (k % 2) * 30, 13, paint.lit("#e2703f")) for k in range(5)
    )
    return standing(x, 140, y) + path(d, tone) + clip(d, mesh) + path(d, ink=paint.ink, width=3.5) + floats


def _gulls(paint: Paint) -> str:
    tone = paint.lit("#f6f4ee")
    return "".join(
        line(
            [
                (x - 34 * s, y - 10 * s),
                (x - 14 * s, y - 20 * s),
                (x, y),
                (x + 14 * s, y - 20 * s),
                (x + 34 * s, y - 10 * s),
            ],
            paint.ink,
            9 * s,
        )
        + line(
            [
                (x - 34 * s, y - 10 * s),
                (x - 14 * s, y - 20 * s),
                (x, y),
                (x + 14 * s, y - 20 * s),
                (x + 34 * s, y - 10 * s),
            ],
            tone,
            5 * s,
        )
        for x, y, s in (
            (360, 120, 1.0),
            (520, 190, 0.7),
            (1080, 90, 0.9),
            (1240, 160, 0.6),
            (-240, 140, 1.0),
            (1900, 110, 1.0),
        )
    )


def _rope(paint: Paint, x: float, y: float) -> str:
    return "".join(
        oval(x, y - k * 11, 70 - k * 6, 17 - k * 1.5, "none", ink=paint.ink, width=15)
        + oval(x, y - k * 11, 70 - k * 6, 17 - k * 1.5, "none", ink=paint.lit("#cbb38a"), width=10)
        for k in range(3)
    )
