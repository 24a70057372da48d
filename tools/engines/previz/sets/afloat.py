"""In a small open boat, seen from its stern: benches, gunwales, the bow, water and banks all round."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import clip, curve, line, oval, path, pts
from tools.engines.previz.sets.growing import hedge
from tools.engines.previz.sets.jungle import BROWN, forest_wall, shore_line
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.shapes import block, disc, poly, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.water import RIVER, SEA, glitter, mirrored, water

OUTER = [(800.0, 556.0), (716.0, 566.0), (566.0, 640.0), (330.0, 800.0), (-300.0, 1700.0), (1900.0, 1700.0), (1270.0, 800.0), (1034.0, 640.0), (884.0, 566.0)]  # fmt: skip
INNER = [(800.0, 586.0), (736.0, 594.0), (616.0, 656.0), (410.0, 812.0), (-120.0, 1700.0), (1720.0, 1700.0), (1190.0, 812.0), (984.0, 656.0), (864.0, 594.0)]  # fmt: skip


def river_boat(paint: Paint) -> SetDrawing:
    """A long open boat on a river, with an awning when the story has one."""
    jungle = paint.tells("jungle")
    tone = BROWN if jungle else RIVER
    if not paint.tells("jungle", "river", "inland"):
        tone, land = SEA, ""
    else:
        land = far_bank(paint, 500)
    far = sky(paint, 520) + water(paint, 500, 1100, tone=tone, waves=180) + land + glitter(paint, 506, 900)
    far += flat(1099, 602, paint.lit(tone)) + _wake(paint)
    banks = forest_wall(paint, -1, foot=1.7) + forest_wall(paint, 1, foot=1.7) if jungle else ""
    lamp = (Lamp(800, 300, 420),) if paint.lamps else ()
    return SetDrawing(far=far, middle=banks + _hull(paint) + _awning(paint), lamps=lamp)


def far_bank(paint: Paint, y: float) -> str:
    """The other side of a river: forest in the jungle, else a hedge below hills."""
    if paint.tells("jungle"):
        return shore_line(paint, y, 70)
    wood = hedge(paint, y + 4, 70, tone="#7a9a66", salt="far bank")
    return hills(paint, y, "#8aa58f", seed=paint.seed, high=110) + wood + mirrored(wood, y + 5)


def _wake(paint: Paint) -> str:
    spots = (
        (240, 700),
        (120, 800),
        (-60, 900),
        (1380, 720),
        (1480, 820),
        (1640, 930),
        (520, 610),
        (1090, 616),
    )
    return "".join(line([(x, y), (x + 40, y - 8), (x + 90, y)], "#ffffff", 5, opacity=0.5) for x, y in spots)


def _hull(paint: Paint) -> str:
    metal = paint.about("alumin", "alumín", "metal", "steel", "lata")
    shell = paint.lit("#b9c2c6") if metal else mix(paint.wood, paint.accent, 0.25)
    outer, inner = curve(OUTER, tension=0.5), curve(INNER, tension=0.5)
    floor = dark(shell, 0.42)
    boards = "".join(
        line([(800 + k * 26, 620), (800 + k * 190, 1500)], dark(floor, 0.3), 4, smooth=False)
        for k in range(-5, 6)
    )
    ribs = "".join(line([(440 - k * 110, y), (1160 + k * 110, y)], dark(floor, 0.2), 6) for k, y in ((0, 860), (2, 1010)))  # fmt: skip
    benches = "".join(_bench(paint, y, half, high) for y, half, high in ((648, 150, 16), (712, 236, 22)))
    bow = poly(paint, [(800, 584), (742, 600), (700, 630), (900, 630), (858, 600)], pale(shell, 0.12), 3)
    rings = disc(paint, 800, 606, 9, paint.lit("#c9a860")) + stick(paint, [(800, 600), (800, 470)], paint.lit("#6a5c50"), 7)  # fmt: skip
    flag = poly(paint, [(802, 474), (868, 492), (802, 512)], paint.accent, 2.5)
    return (
        path(outer, pale(shell, 0.14), ink=paint.ink, width=4)
        + path(inner, floor)
        + clip(inner, boards, ribs, benches)
        + path(inner, ink=paint.ink, width=3.5)
        + bow
        + rings
        + flag
    )


def _bench(paint: Paint, y: float, half: float, high: float) -> str:
    wood = pale(paint.wood, 0.18)
    return block(paint, 800 - half, y, half * 2, high, wood) + oval(800, y + high + 10, half, 9, "#12080c", opacity=0.3)  # fmt: skip


def _awning(paint: Paint) -> str:
    """A cloth on four posts over the boat; only where the story speaks of one."""
    if not paint.about("toldo", "awning", "canopy", "lona", "techo"):
        return ""
    cloth = paint.lit("#3f6fa8") if paint.about("azul", "blue") else paint.accent
    posts = "".join(
        stick(paint, [(x, y), (x, top)], paint.lit("#9aa2a6"), 9)
        for x, y, top in ((590, 650, 200), (1010, 650, 200), (300, 830, 60), (1300, 830, 60))
    )
    roof = poly(paint, [(570, 210), (1030, 210), (1420, 20), (180, 20)], cloth)
    seams = "".join(line([(570 + 460 * k / 5, 208), (180 + 1240 * k / 5, 22)], dark(cloth, 0.25), 4, smooth=False) for k in range(1, 5))  # fmt: skip
    scallops = path("M570 208" + "q23 34 46 0" * 10 + "Z", dark(cloth, 0.14), ink=paint.ink, width=3)
    light = disc(paint, 800, 236, 15, "#fff0bf") if paint.lamps else ""
    return (
        posts + scallops + roof + clip(pts([(570, 210), (1030, 210), (1420, 20), (180, 20)]), seams) + light
    )
