"""Where people go after work: the gym and the bar."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, glow, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.shapes import block, bricks, disc, lamp_light, poly, rod, standing, stick
from tools.engines.previz.sets.sky import opening, outlook


def gym(paint: Paint) -> SetDrawing:
    """Racks of weights, a treadmill, a heavy bag, a wall of mirrors."""
    glass = [opening(paint, x, 60, 300, 220, style="grid") for x in (-420, -60, 300)]
    stripe = flat(430, 46, paint.accent) + flat(484, 12, pale(paint.accent, 0.4))
    built = room(paint, glass, stripe, panel=False)
    mirror = (
        block(paint, 700, 90, 820, 470, paint.lit("#b9ccd2"))
        + "".join(
            path(pts([(x, 560), (x + 150, 90), (x + 200, 90), (x + 50, 560)]), "#ffffff", opacity=0.16)
            for x in (740, 1010, 1290)
        )
        + "".join(
            line([(x, 90), (x, 560)], dark(paint.lit("#b9ccd2"), 0.3), 3, smooth=False) for x in (970, 1240)
        )
    )
    tubes = "".join(
        block(paint, x, -16, 260, 14, "#fbfdf4", r=6)
        + (glow(x + 130, 0, 300, 120, "#eef6ff", 0.4) if paint.lamps else "")
        for x in (120, 680, 1240)
    )
    mats = wash(662, 60, [(0, dark(paint.floor, 0.35), 1), (1, dark(paint.floor, 0.1), 1)]) + "".join(
        path(
            pts([(x, 770), (x + 330, 770), (x + 360, 860), (x - 20, 860)]),
            mix(paint.accent, paint.floor, 0.55),
            ink=paint.ink,
            width=3,
        )
        for x in (-330, 560, 1430)
    )
    middle = (
        built
        + mirror
        + mats
        + tubes
        + _weights(paint, 1000, 668)
        + _bag(paint, 500)
        + _treadmill(paint, 90, 716)
    )
    middle += (
        _bench_press(paint, 1330, 752)
        + _balls(paint, 1700, 720)
        + _kettlebells(paint, 700, 730)
        + _wall_bars(paint, -240)
    )
    return SetDrawing(
        far=outlook(paint, high=True), middle=middle + extras(paint, 1960, 720), panes=panes_of(glass),
        lamps=tuple(Lamp(x, 0, 620, "#eef4ff") for x in (250, 810, 1370)),
    )  # fmt: skip


def _weights(paint: Paint, x: float, y: float) -> str:
    iron = paint.lit("#2f3238")
    rack = "".join(
        stick(paint, [(x + k, y), (x + k, y - 250)], paint.lit("#6f767c"), 12) for k in (-230, 230)
    )
    rows = ""
    for row in range(3):
        base = y - 60 - row * 84
        rows += f.slab(paint, x - 240, base, 480, 12, paint.lit("#6f767c"))
        for k in range(5):
            cx, r = x - 190 + k * 95, 18 + row * 4
            rows += stick(paint, [(cx - 24, base - r), (cx + 24, base - r)], paint.lit("#b9c0c4"), 7)
            rows += "".join(block(paint, cx + s - 9, base - 2 * r, 18, 2 * r, iron, r=5) for s in (-26, 26))
    return standing(x, 250, y) + rack + rows


def _bag(paint: Paint, x: float) -> str:
    chain = line([(x, -1000), (x, 130)], paint.lit("#6f767c"), 6, smooth=False)
    straps = "".join(line([(x, 130), (x + k, 190)], paint.ink, 4, smooth=False) for k in (-50, 0, 50))
    tone = paint.accent
    body = box(x - 62, 184, 124, 330, tone, ink=paint.ink, width=3.5, r=26)
    return (
        chain
        + straps
        + oval(x, 690, 90, 10, "#12080c", opacity=0.3)
        + body
        + box(x - 56, 200, 22, 300, dark(tone, 0.25), r=12)
        + box(x - 60, 290, 120, 16, dark(tone, 0.35))
        + box(x - 60, 420, 120, 16, dark(tone, 0.35))
    )


@modern
def _treadmill(paint: Paint, x: float, y: float) -> str:
    grey = paint.lit("#3a3e46")
    deck = poly(paint, [(x - 200, y), (x + 200, y), (x + 180, y - 46), (x - 190, y - 30)], grey) + poly(
        paint,
        [(x - 180, y - 34), (x + 150, y - 44), (x + 140, y - 54), (x - 170, y - 44)],
        paint.lit("#1f2228"),
    )
    arm = rod(paint, [(x + 170, y - 40), (x + 130, y - 260), (x + 20, y - 270)], paint.lit("#aab2b8"), 14)
    return (
        standing(x, 220, y)
        + deck
        + arm
        + f.slab(paint, x + 84, y - 330, 110, 70, grey, r=8)
        + box(x + 96, y - 320, 86, 44, "#7fd0c0" if paint.lamps else paint.lit("#8fc0c0"))
    )


def _bench_press(paint: Paint, x: float, y: float) -> str:
    steel, iron = paint.lit("#8f979c"), paint.lit("#26282e")
    posts = "".join(stick(paint, [(x + k, y), (x + k, y - 270)], steel, 14) for k in (-90, 90))
    bar = stick(paint, [(x - 300, y - 262), (x + 300, y - 262)], paint.lit("#c2c8cc"), 8)
    plates = "".join(
        block(paint, x + k - 12, y - 262 - r, 24, 2 * r, iron, r=8)
        for k, r in ((-236, 76), (-208, 56), (236, 76), (208, 56))
    )
    seat = f.slab(paint, x - 66, y - 120, 132, 40, paint.accent, r=14)
    return (
        standing(x, 280, y)
        + posts
        + bar
        + plates
        + seat
        + "".join(stick(paint, [(x + k, y - 80), (x + k * 1.5, y)], steel, 10) for k in (-44, 44))
    )


def _balls(paint: Paint, x: float, y: float) -> str:
    return "".join(
        standing(x + dx, r, y)
        + disc(paint, x + dx, y - r, r, paint.lit(c))
        + oval(x + dx - r * 0.3, y - r * 1.4, r * 0.3, r * 0.2, "#ffffff", opacity=0.35)
        for dx, r, c in ((0, 96, "#3f7f8c"), (150, 66, "#c9853f"))
    )


def _kettlebells(paint: Paint, x: float, y: float) -> str:
    iron = paint.lit("#33363d")
    return "".join(
        standing(x + k * 74, 34, y)
        + rod(
            paint,
            [
                (x + k * 74 - 22, y - 58),
                (x + k * 74 - 16, y - 88),
                (x + k * 74 + 16, y - 88),
                (x + k * 74 + 22, y - 58),
            ],
            iron,
            9,
        )
        + disc(paint, x + k * 74, y - 34, 34, (iron, paint.accent)[k % 2])
        for k in range(3)
    )


def _wall_bars(paint: Paint, x: float) -> str:
    posts = "".join(block(paint, x + k, 300, 20, 344, paint.wood) for k in (0, 190))
    return posts + "".join(
        stick(paint, [(x + 12, y), (x + 198, y)], pale(paint.wood, 0.2), 9) for y in range(330, 630, 48)
    )


def bar(paint: Paint) -> SetDrawing:
    """Bottles before a mirror, a long counter with stools, neon."""
    glass = [opening(paint, -330, 140, 300, 330, style="cross")]
    built = room(paint, glass, bricks(paint, 2, 470, mix(paint.wall, paint.lit("#8a4a3a"), 0.35)))
    middle = (
        built
        + _back_bar(paint, 560, 110)
        + _neon(paint, 1290, 170)
        + _dartboard(paint, 120, 270)
        + _counter(paint, 250, 690, 900)
    )
    middle += (
        "".join(_stool(paint, x, 772) for x in (360, 560, 760, 960))
        + _jukebox(paint, 1370, 690)
        + _high_table(paint, 1660, 740)
        + _high_table(paint, 0, 740)
    )
    middle += "".join(f.pendant(paint, x, 70, tone="#2f6a5f") for x in (420, 700, 980))
    lamps = tuple(Lamp(x, 110, 400) for x in (420, 700, 980))
    return SetDrawing(
        far=outlook(paint),
        middle=middle,
        panes=panes_of(glass),
        lamps=lamps if paint.tells("period") else (*lamps, Lamp(1290, 200, 460, "#ff5f9a", 0.8)),
    )


def _back_bar(paint: Paint, x: float, y: float) -> str:
    frame = f.slab(paint, x - 270, y - 40, 560, 400, dark(paint.wood, 0.15), r=4) + box(
        x - 250, y - 10, 520, 350, mix(paint.lit("#6f8a90"), paint.wood, 0.35)
    )
    dice, drawn = paint.dice("bottles"), ""
    for row in range(3):
        base = y + 92 + row * 112
        cx = x - 240
        while cx < x + 236:
            w, h = dice.uniform(20, 30), dice.uniform(54, 84)
            drawn += _bottle(
                paint,
                cx + w / 2,
                base,
                w,
                h,
                dice.choice(("#3f6b4a", "#8a4a2a", "#c9a04a", "#6f2f3a", "#cfd8d4", "#35577a")),
            )
            cx += w + dice.uniform(5, 16)
        drawn += f.slab(paint, x - 256, base, 532, 13, paint.wood, r=2) + (
            box(x - 250, base + 13, 520, 5, "#ffd78a", opacity=0.75) if paint.lamps else ""
        )
    return frame + drawn


def _bottle(paint: Paint, x: float, y: float, w: float, h: float, tone: str) -> str:
    body = curve(
        [
            (x - w / 2, y),
            (x - w / 2, y - h * 0.55),
            (x - w * 0.17, y - h * 0.7),
            (x - w * 0.17, y - h),
            (x + w * 0.17, y - h),
            (x + w * 0.17, y - h * 0.7),
            (x + w / 2, y - h * 0.55),
            (x + w / 2, y),
        ],
        tension=0.35,
    )
    return (
        path(body, paint.lit(tone), ink=paint.ink, width=2)
        + box(x - w * 0.4, y - h * 0.42, w * 0.8, h * 0.2, paint.lit("#efe4c8"))
        + box(x - w * 0.36, y - h * 0.5, w * 0.12, h * 0.42, "#ffffff", opacity=0.3)
    )


@modern
def _neon(paint: Paint, x: float, y: float) -> str:
    on = paint.lamps
    pink, blue = ("#ff6fa8", "#6fe0ff") if on else (paint.lit("#c98aa0"), paint.lit("#8ab0b8"))
    glass = [(x - 70, y - 60), (x + 70, y - 60), (x, y + 30), (x - 70, y - 60)]
    shapes = (
        (glass, pink),
        ([(x, y + 30), (x, y + 110)], pink),
        ([(x - 44, y + 112), (x + 44, y + 112)], pink),
        ([(x + 20, y - 90), (x + 66, y - 20)], blue),
        ([(x - 130, y - 90), (x - 100, y + 20), (x - 130, y + 130)], blue),
        ([(x + 130, y - 90), (x + 100, y + 20), (x + 130, y + 130)], blue),
    )
    halo = glow(x, y + 10, 330, 300, "#ff5f9a", 0.45) if on else ""
    return (
        halo
        + "".join(
            line(p, dark(c, 0.1) if on else paint.ink, 15, smooth=False, opacity=0.35)
            + line(p, c, 8, smooth=False)
            + (line(p, "#fff4fa", 3, smooth=False) if on else "")
            for p, c in shapes
        )
        + disc(paint, x + 4, y - 34, 10, blue)
    )


def _dartboard(paint: Paint, x: float, y: float) -> str:
    rings = (
        (92, "#3a2a26"),
        (74, "#e9dfc8"),
        (58, "#3f6b4a"),
        (44, "#e9dfc8"),
        (28, "#b5483f"),
        (10, "#e9dfc8"),
    )
    return "".join(disc(paint, x, y, r, paint.lit(c)) for r, c in rings) + "".join(
        stick(paint, [(x + a, y + b), (x + a + 40, y + b - 20)], paint.lit("#d9a94a"), 4)
        for a, b in ((6, 4), (-30, 24))
    )


def _counter(paint: Paint, x: float, y: float, w: float) -> str:
    front = f.slab(paint, x, y - 210, w, 210, paint.wood) + "".join(
        box(
            x + 22 + k * 146,
            y - 160,
            122,
            130,
            dark(paint.wood, 0.14),
            ink=dark(paint.wood, 0.4),
            width=3,
            r=4,
        )
        for k in range(int(w // 146))
    )
    rail = stick(paint, [(x + 10, y - 26), (x + w - 10, y - 26)], paint.lit("#d9b15a"), 9)
    taps = f.slab(paint, x + 420, y - 320, 150, 30, paint.lit("#d9b15a"), r=10) + "".join(
        block(paint, x + 436 + k * 44, y - 374, 22, 56, paint.lit(c), r=8)
        + stick(paint, [(x + 447 + k * 44, y - 290), (x + 447 + k * 44, y - 270)], paint.lit("#d9b15a"), 8)
        for k, c in enumerate(("#b5483f", "#2f7f7a", "#e8b04a"))
    )
    column = block(paint, x + 470, y - 292, 46, 70, paint.lit("#d9b15a"))
    glasses = "".join(
        block(paint, x + 90 + k * 52, y - 272, 30, 44, "#e9c46a" if k % 2 else paint.lit("#dfe9ea"), r=3)
        + (box(x + 92 + k * 52, y - 276, 26, 12, "#fffaf0") if k % 2 else "")
        for k in range(4)
    )
    return (
        standing(x + w / 2, w / 2, y)
        + front
        + rail
        + taps
        + column
        + glasses
        + f.slab(paint, x - 20, y - 230, w + 40, 28, pale(paint.wood, 0.2), r=6)
    )


def _stool(paint: Paint, x: float, y: float) -> str:
    steel = paint.lit("#b9a06a")
    return (
        standing(x, 60, y)
        + stick(paint, [(x, y - 8), (x, y - 170)], steel, 12)
        + disc(paint, x, y - 8, 50, steel, 10)
        + disc(paint, x, y - 70, 34, "none", 7)
        + box(x - 58, y - 196, 116, 34, paint.accent, ink=paint.ink, width=3.5, r=16)
    )


def _jukebox(paint: Paint, x: float, y: float) -> str:
    d = f"M{x - 110} {y}V{y - 300}A110 110 0 0 1 {x + 110} {y - 300}V{y}Z"
    inner = f"M{x - 76} {y - 190}V{y - 296}A76 76 0 0 1 {x + 76} {y - 296}V{y - 190}Z"
    lit = "#ffd27a" if paint.lamps else paint.lit("#d9c08a")
    ribs = "".join(
        box(x - 66 + k * 27, y - 150, 16, 120, paint.accent, ink=paint.ink, width=2.5, r=6) for k in range(5)
    )
    return (
        standing(x, 120, y)
        + lamp_light(paint, x, y - 280, 230, "#ffb04a")
        + path(d, paint.lit("#a8433f"), ink=paint.ink, width=3.5)
        + path(d, ink="#ffcf6a" if paint.lamps else paint.lit("#d9b15a"), width=10)
        + path(inner, lit, ink=paint.ink, width=3.5)
        + disc(paint, x, y - 262, 52, "#1d1a20")
        + disc(paint, x, y - 262, 16, paint.accent)
        + ribs
    )


def _high_table(paint: Paint, x: float, y: float) -> str:
    top = oval(x, y - 230, 110, 20, paint.wood, ink=paint.ink, width=3.5) + oval(
        x, y - 234, 100, 14, pale(paint.wood, 0.2)
    )
    candle = (
        block(paint, x - 14, y - 268, 28, 34, paint.lit("#b5483f"), r=6)
        + lamp_light(paint, x, y - 276, 130)
        + path(curve([(x - 5, y - 268), (x, y - 290), (x + 5, y - 268)]), "#ffe6a0")
    )
    return (
        standing(x, 70, y)
        + stick(paint, [(x, y - 8), (x, y - 222)], paint.lit("#3a3438"), 13)
        + disc(paint, x, y - 8, 62, paint.lit("#3a3438"), 12)
        + top
        + candle
    )
