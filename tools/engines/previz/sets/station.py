"""The railway station."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.sky import outlook, sky, skyline
from tools.engines.previz.sets.underground import metro_platform


def station(paint: Paint) -> SetDrawing:
    """A platform, a train, a clock, an iron roof; of a metro one under the ground."""
    if paint.tells("underground"):
        return metro_platform(paint)
    told = paint.tells("period", "rural_view", "arid", "seaside")
    far = outlook(paint) if told else sky(paint) + skyline(paint, 560, tall=0.7, seed=paint.seed)
    far += "".join(
        line([(x, -1000), (x, 560)], paint.lit("#5a6266"), 12, smooth=False) for x in range(-700, 2400, 310)
    )
    roof = path(
        pts([(LEFT, -1000), (RIGHT, -1000), (RIGHT, 40), (800, -40), (LEFT, 40)]),
        mix(paint.wall, paint.lit("#3f464c"), 0.6),
        ink=paint.ink,
        width=4,
    ) + "".join(
        line([(800 + x, -36 + abs(x) * 0.05), (800 + x * 1.6, -700)], paint.lit("#2f353a"), 6, smooth=False)
        for x in range(-1600, 1601, 160)
    )
    train = _train(paint)
    platform = (
        wash(690, 300, [(0, dark(paint.floor, 0.2), 1), (1, paint.floor, 1)])
        + flat(988, 720, paint.floor)
        + flat(690, 16, paint.lit("#e2b04a"))
        + flat(688, 4, paint.ink)
        + "".join(
            line([(800 + x, 708), (800 + x * 2.3, 1300)], dark(paint.floor, 0.2), 3, smooth=False)
            for x in range(-1600, 1601, 160)
        )
    )
    pillars = "".join(
        f.slab(paint, x - 22, -60, 44, 760, mix(paint.accent, paint.lit("#3f464c"), 0.5))
        + f.slab(paint, x - 38, 670, 76, 44, paint.lit("#4a5054"))
        for x in (130, 1470)
    )
    clock = (
        line([(640, -40), (640, 70)], paint.ink, 9)
        + oval(640, 130, 68, 68, paint.lit("#3f464c"), ink=paint.ink, width=4)
        + oval(640, 130, 54, 54, "#fbf4e0" if paint.lamps else paint.lit("#f4ecd8"), ink=paint.ink, width=3)
        + line([(640, 130), (640, 92)], paint.ink, 6)
        + line([(640, 130), (668, 146)], paint.ink, 6)
    )
    lamps = "".join(f.pendant(paint, x, 60, tone="#4a5054") for x in (330, 980, 1250))
    return SetDrawing(
        far=far + roof,
        middle=train
        + platform
        + pillars
        + clock
        + lamps
        + g.bench(paint, 370, 770, 260)
        + _luggage(paint, 1180, 780),
        lamps=tuple(Lamp(x, 100, 420) for x in (330, 980, 1250)),
    )


def _luggage(paint: Paint, x: float, y: float) -> str:
    """A trolley with cases, forgotten on the platform."""
    cases = f.slab(paint, x - 90, y - 120, 150, 86, paint.lit("#9a5f38"), r=10) + f.slab(
        paint, x - 60, y - 180, 110, 60, paint.accent, r=8
    )
    wheels = "".join(oval(x + k, y - 14, 15, 15, "#23232a", ink=paint.ink, width=3) for k in (-70, 60))
    bar = line([(x + 84, y - 26), (x + 84, y - 200), (x + 70, y - 216)], paint.lit("#aab2b8"), 9)
    return (
        f.floor_shadow(x, y, 110)
        + cases
        + wheels
        + f.slab(paint, x - 110, y - 36, 200, 14, paint.lit("#5a6066"))
        + bar
    )


def _train(paint: Paint) -> str:
    if paint.tells("period"):
        return _wooden_train(paint)
    tone = paint.accent
    lit = "#ffe4a4" if paint.lamps else paint.lit("#b9d4dc")
    body = (
        f.slab(paint, -760, 260, 2900, 420, tone, r=18)
        + box(-756, 300, 2892, 26, pale(tone, 0.45))
        + box(-756, 590, 2892, 20, dark(tone, 0.35))
    )
    panes = "".join(
        box(x, 350, 118, 130, lit, ink=paint.ink, width=4, r=12)
        + path(pts([(x + 20, 480), (x + 60, 350), (x + 84, 350), (x + 44, 480)]), "#ffffff", opacity=0.22)
        for x in range(-720, 2080, 156)
        if (x + 720) // 156 % 4 != 3
    )
    doors = "".join(
        box(x, 336, 118, 340, dark(tone, 0.16), ink=paint.ink, width=4, r=6)
        + box(x + 18, 360, 82, 120, lit, ink=paint.ink, width=3, r=8)
        + line([(x + 59, 480), (x + 59, 676)], paint.ink, 3)
        for x in range(-720, 2080, 156)
        if (x + 720) // 156 % 4 == 3
    )
    return body + panes + doors


def _wooden_train(paint: Paint) -> str:
    """Coaches of varnished boards, each compartment with a door, lamps on the roof, a step along them."""
    wood = mix(paint.lit("#6a3a2c"), paint.wood, 0.3)
    lit = "#ffe4a4" if paint.lamps else paint.lit("#b9d4dc")
    body = f.slab(paint, -760, 236, 2900, 60, dark(wood, 0.35), r=26) + f.slab(
        paint, -760, 280, 2900, 380, wood, r=6
    )
    body += "".join(box(x, 486, 3, 172, dark(wood, 0.25)) for x in range(-740, 2120, 30))
    body += box(-756, 474, 2892, 8, paint.lit("#d9b15a")) + box(-756, 312, 2892, 6, paint.lit("#d9b15a"))
    for x in range(-740, 2080, 190):
        body += box(x, 322, 96, 336, dark(wood, 0.14), ink=paint.ink, width=3.5, r=5)
        body += box(x + 16, 342, 64, 120, lit, ink=paint.ink, width=3.5, r=10)
        body += box(x + 106, 342, 34, 120, lit, ink=paint.ink, width=3, r=8) + box(
            x + 148, 342, 34, 120, lit, ink=paint.ink, width=3, r=8
        )
        body += oval(x + 82, 506, 7, 7, paint.lit("#d9b15a"), ink=paint.ink, width=2)
    return body + f.slab(paint, -760, 660, 2900, 18, dark(wood, 0.5))
