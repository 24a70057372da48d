"""A forest."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, line, num, oval, path, pts
from tools.engines.previz.sets.growing import ground, hedge
from tools.engines.previz.sets.heights import haze
from tools.engines.previz.sets.jungle import forest_wall
from tools.engines.previz.sets.paint import LEFT, RIGHT, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import standing
from tools.engines.previz.sets.sky import sky


def forest(paint: Paint) -> SetDrawing:
    """Trunks near and far, ferns, a path, light that falls between the crowns."""
    if paint.tells("jungle"):
        return _tropical(paint)
    pine = paint.pick("wood", "pine", "birch", "beech") if not paint.has("birch", "pine") else "pine"
    mist, floor = haze(paint, "#8fae8a", 0.4), paint.floor
    far = (
        sky(paint)
        + flat(-1000, 1640, mist)
        + wash(-200, 800, [(0, pale(mist, 0.3), 0), (1, pale(mist, 0.35), 0.9)])
    )
    far += _trunks(paint, 46, (560, 600), (22, 40), mix(mist, paint.lit("#6f8a6a"), 0.45), "far trunks")
    far += _trunks(paint, 26, (590, 626), (34, 54), mix(mist, paint.lit("#5f7458"), 0.75), "mid trunks")
    far += hedge(paint, 630, 86, tone="#7a9a6a", salt="undergrowth")
    middle = ground(paint, 612, floor, tufts=120) + _forest_path(paint) + _rays(paint)
    for x, y, w in (
        (-620, 690, 86),
        (-330, 660, 60),
        (330, 668, 66),
        (610, 636, 44),
        (985, 640, 46),
        (1200, 662, 60),
        (1820, 680, 80),
        (2180, 660, 60),
    ):
        middle += _trunk(paint, x, y, w, pine)
    middle += _trunk(paint, 120, 742, 120, pine) + _trunk(paint, 1450, 752, 128, pine)
    middle += _canopy(paint) + "".join(fern(paint, x, y, s) for x, y, s in ((300, 740, 1.0), (520, 700, 0.7), (1100, 712, 0.8), (1320, 800, 1.3), (-60, 800, 1.3), (1660, 770, 1.2), (700, 676, 0.5), (930, 690, 0.6)))  # fmt: skip
    return SetDrawing(far=far, middle=middle + _log(paint, 1180, 770) + _mushrooms(paint, 420, 772))


def _tropical(paint: Paint) -> SetDrawing:
    """A path between two walls of broad leaves and palms, the crowns closed overhead but for a gap."""
    mist = haze(paint, "#7f9f7a", 0.4)
    far = sky(paint) + flat(330, 400, mist) + hedge(paint, 560, 330, tone="#6a9468", salt="far crowns") + hedge(paint, 620, 140, tone="#5c8456", salt="near crowns")  # fmt: skip
    middle = ground(paint, 604, mix(paint.floor, paint.lit("#6f6a40"), 0.4), tufts=150) + _forest_path(paint)
    middle += forest_wall(paint, -1, foot=1.25) + forest_wall(paint, 1, foot=1.25)
    ferns = "".join(fern(paint, x, y, s) for x, y, s in ((420, 720, 0.8), (1180, 716, 0.8), (260, 790, 1.3), (1340, 800, 1.3), (-60, 830, 1.6), (1680, 820, 1.5)))  # fmt: skip
    return SetDrawing(far=far, middle=middle + ferns)


def _trunks(
    paint: Paint, count: int, feet: tuple[float, float], wide: tuple[float, float], tone: str, salt: str
) -> str:
    dice, d = paint.dice(salt), ""
    for k in range(count):
        x, w = LEFT + (RIGHT - LEFT) * (k + dice.random()) / count, dice.uniform(*wide)
        lean = dice.uniform(-30, 30)
        d += f"M{num(x - w / 2)} {num(dice.uniform(*feet))}L{num(x - w * 0.35 + lean)} -1000H{num(x + w * 0.35 + lean)}L{num(x + w / 2)} {num(feet[1])}Z"
    return path(d, tone)


def _trunk(paint: Paint, x: float, y: float, w: float, kind: str) -> str:
    """One tree from its roots to beyond the picture."""
    bark = paint.lit({"pine": "#8a5f45", "birch": "#e6e0d4", "beech": "#857a6c"}[kind])
    d = curve([(x - w * 1.0, y + 14), (x - w * 0.56, y - 50), (x - w * 0.44, y - 320), (x - w * 0.36, -1020), (x + w * 0.36, -1020), (x + w * 0.44, y - 320), (x + w * 0.56, y - 60), (x + w * 1.1, y + 12)], tension=0.6)  # fmt: skip
    shade = path(
        pts([(x + w * 0.1, -1020), (x + w, -1020), (x + w * 1.2, y + 20), (x + w * 0.2, y + 20)]),
        dark(bark, 0.22),
    )
    dice, marks = paint.dice(f"bark{x:.0f}"), ""
    for _ in range(16):
        mx, my = x + dice.uniform(-0.4, 0.3) * w, dice.uniform(-60, y - 40)
        marks += (
            f"M{num(mx)} {num(my)}h{num(w * dice.uniform(0.16, 0.34))}"
            if kind == "birch"
            else f"M{num(mx)} {num(my)}q{num(w * 0.06)} 26 0 {num(dice.uniform(40, 80))}"
        )
    detail = path(
        marks, ink=paint.lit("#3a3838") if kind == "birch" else dark(bark, 0.35), width=max(3.0, w * 0.06)
    )
    bough = line([(x + w * 0.3, y - 470), (x + w * 1.3, y - 540), (x + w * 1.9, y - 560)], paint.ink, w * 0.16 + 5) + line([(x + w * 0.2, y - 464), (x + w * 1.3, y - 540), (x + w * 1.9, y - 560)], bark, w * 0.16)  # fmt: skip
    moss = path(curve([(x - w * 1.0, y + 10), (x - w * 0.5, y - 50), (x - w * 0.1, y - 24), (x + w * 0.4, y - 36), (x + w, y + 10)]), paint.lit("#7f9a4c"), opacity=0.9)  # fmt: skip
    return (
        standing(x, w * 1.4, y + 10)
        + bough
        + path(d, bark)
        + clip(d, shade, detail, moss)
        + path(d, ink=paint.ink, width=3.5)
    )


def _canopy(paint: Paint) -> str:
    """Leaves that close the picture above, their edge in scallops."""
    dice, drawn = paint.dice("canopy"), ""
    for low, tone, step in ((104, "#7a9c5a", 64), (34, "#587f48", 78)):
        green, x, y = paint.lit(tone), LEFT - 100, float(low)
        edge = f"M{num(x)} -1100V{low}"
        while x < RIGHT + 100:
            wide, down = step * dice.uniform(0.7, 1.3), low + dice.uniform(-46, 46)
            edge += f"Q{num(x + wide * 0.5)} {num(max(y, down) + 40)} {num(x + wide)} {num(down)}"
            x, y = x + wide, down
        spots = ((dice.uniform(LEFT, RIGHT), low - dice.uniform(10, 130)) for _ in range(90))
        dabs = "".join(f"M{num(px)} {num(py)}q16 -14 34 0" for px, py in spots)
        drawn += path(edge + "V-1100Z", green, ink=dark(green, 0.4), width=3)
        drawn += path(dabs, ink=pale(green, 0.18), width=5)
    return drawn


def _rays(paint: Paint) -> str:
    if not paint.dry:
        return ""
    tone = {"day": "#fff3c0", "dusk": "#ffc98a", "night": "#b8ccff"}[paint.time]
    return "".join(path(pts([(x, -100), (x + w, -100), (x + w + 260, 720), (x + 160, 720)]), tone, opacity=0.16) for x, w in ((280, 70), (470, 40), (720, 90), (1010, 46), (-240, 80)))  # fmt: skip


def _forest_path(paint: Paint) -> str:
    tone = paint.lit("#b39a70")
    return path(curve([(780, 620), (760, 660), (860, 730), (700, 860), (420, 1200), (300, 1700), (1300, 1700), (1120, 1200), (1080, 860), (1010, 730), (850, 660), (826, 620)], tension=0.8), tone, ink=dark(tone, 0.25), width=4)  # fmt: skip


def fern(paint: Paint, x: float, y: float, size: float) -> str:
    """A fern: fronds that arch from one foot."""
    green, fronds = paint.lit("#6f9a52"), ""
    for dx, dy in ((-120, -70), (-84, -130), (-30, -164), (40, -160), (90, -124), (126, -66)):
        for k in range(1, 9):
            t = k / 9
            px, py = x + dx * size * t, y + dy * size * (2 * t - t * t)
            r = 30 * size * (1.05 - t)
            fronds += f"M{num(px)} {num(py)}l{num(-r * 0.5)} {num(-r)}l{num(r * 0.3)} {num(r * 0.2)}ZM{num(px)} {num(py)}l{num(r)} {num(r * 0.4)}l{num(-r * 0.4)} {num(-r * 0.5)}Z"
        fronds += f"M{num(x)} {num(y)}Q{num(x + dx * size * 0.4)} {num(y + dy * size * 1.0)} {num(x + dx * size)} {num(y + dy * size)}Q{num(x + dx * size * 0.36)} {num(y + dy * size * 0.9)} {num(x)} {num(y)}Z"
    return standing(x, 110 * size, y) + path(fronds, green, ink=dark(green, 0.4), width=2.2)


def _log(paint: Paint, x: float, y: float) -> str:
    bark, cut_ = paint.lit("#7d5a42"), paint.lit("#d9b98a")
    body = box(x - 170, y - 74, 330, 74, bark, ink=paint.ink, width=3.5, r=30)
    rings = oval(x + 142, y - 37, 26, 37, cut_, ink=paint.ink, width=3.5) + oval(
        x + 142, y - 37, 14, 21, "none", ink=dark(cut_, 0.25), width=3
    )
    moss = path(
        curve(at(x, y, 1, "-160 -66 -100 -84 -20 -74 40 -82 60 -66 -40 -54 -120 -50")), paint.lit("#7f9a4c")
    )
    return standing(x, 180, y) + body + moss + rings


def _mushrooms(paint: Paint, x: float, y: float) -> str:
    cap = paint.lit(paint.pick("cap", "#c9473f", "#c98f4a", "#d8a860"))
    return "".join(
        box(x + dx - 6 * s, y - 40 * s, 13 * s, 42 * s, paint.lit("#f2e8d4"), ink=paint.ink, width=2.5, r=5)
        + path(
            curve(at(x + dx, y - 36 * s, s, "-34 0 -22 -30 22 -30 34 0"), tension=0.9),
            cap,
            ink=paint.ink,
            width=3,
        )
        for dx, s in ((0, 1.0), (46, 0.7), (-40, 0.6))
    )
