"""Rivers of the tropics: walls of forest, wide brown water, a tongue of sand, a narrow channel."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import clip, curve, line, oval, path, pts
from tools.engines.previz.sets.barren import dead_tree
from tools.engines.previz.sets.growing import hedge
from tools.engines.previz.sets.paint import LEFT, RIGHT, Paint, SetDrawing, flat
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import standing, stick
from tools.engines.previz.sets.sky import sky
from tools.engines.previz.sets.water import glitter, mirrored, water

BROWN, SAND = "#9a7a55", "#e0cba0"
FAR, MIDDLE, NEAR = "#6f9280", "#4f7f54", "#3a6a44"


def shore_line(paint: Paint, y: float, high: float) -> str:
    """The forest of the other bank: one dark band with crowns over it, its mirror in the water."""
    wood = hedge(paint, y, high, tone=FAR, salt="canopy") + hedge(
        paint, y, high * 0.6, tone=MIDDLE, salt="bank"
    )
    return wood + mirrored(wood, y + 1, strength=0.26)


def forest_wall(paint: Paint, side: int, *, foot: float = 1.0) -> str:
    """The forest of a near bank, from the distance up to the edge of the picture; `side` -1 is left."""
    dice, drawn = paint.dice(f"wall{side}"), ""
    for k in range(9):
        near = k / 8
        x = 800 + side * (240 + 900 * near) * foot
        y, high = 500 + 330 * near, 170 + 520 * near
        tone = mix(paint.lit(FAR), paint.lit(NEAR), near)
        drawn += _crown(x, y, high, mix(tone, paint.lit(MIDDLE), dice.uniform(0, 0.4)), paint.ink)
        if k % 3 == 1:
            drawn += palm(paint, x - side * 40, y, high / 260, lean=-side)
    return drawn


def _crown(x: float, y: float, high: float, green: str, ink: str) -> str:
    s = high / 100
    d = curve(at(x, y, s, "-64 2 -78 -24 -62 -46 -66 -72 -30 -84 -8 -104 24 -92 58 -80 60 -50 78 -24 62 2"), tension=0.9)  # fmt: skip
    low = path(pts(at(x, y, s, "-90 4 -90 -26 -20 -18 40 -34 90 -22 90 4")), dark(green, 0.32))
    dabs = "".join(
        line(at(x, y, s, f"{a} {b} {a + 10} {b - 6} {a + 22} {b - 2}"), pale(green, 0.2), 2.2 * s)
        for a, b in ((-46, -58), (-22, -78), (8, -66), (30, -52), (-30, -38), (4, -42))
    )
    return path(d, green) + clip(d, low, dabs) + path(d, ink=mix(ink, green, 0.3), width=3.5)


def palm(paint: Paint, x: float, y: float, size: float, *, lean: int = 1) -> str:
    """A tall forest palm with a tuft of drooping leaves."""
    green, top = paint.lit("#4f8a4a"), (x + lean * 34 * size, y - 330 * size)
    trunk = line(
        [(x, y), (x + lean * 8 * size, y - 170 * size), top], paint.lit("#7d6a54"), max(6.0, 15 * size)
    )
    leaves = "".join(
        path(
            curve([top, (top[0] + dx * 0.5 * size, top[1] + (dy - 46) * size), (top[0] + dx * size, top[1] + dy * size), (top[0] + dx * 0.5 * size, top[1] + (dy - 22) * size)]),
            mix(green, dark(green, 0.3), (k % 3) / 2), ink=paint.ink, width=2.5,
        )
        for k, (dx, dy) in enumerate(((-120, 40), (-104, -20), (-60, -66), (0, -84), (62, -64), (108, -16), (122, 44)))
    )  # fmt: skip
    return trunk + leaves


def wild_river(paint: Paint) -> SetDrawing:
    """Wide water the colour of earth, the other bank a line of forest, some roots of the near one."""
    far = sky(paint, 520) + shore_line(paint, 500, 60) + water(paint, 498, 900, tone=BROWN, waves=170)
    far += glitter(paint, 505, 820) + flat(899, 802, paint.lit(BROWN))
    bank = [(LEFT - 100, 800.0), (-200, 812), (240, 850), (640, 908), (1040, 902), (1460, 840), (RIGHT + 100, 790)]  # fmt: skip
    mud = curve([*bank, (RIGHT + 100, 1700.0), (LEFT - 100, 1700.0)], tension=0.7)
    ground = path(mud, paint.lit("#8a6a48"), ink=paint.ink, width=3)
    canoe = _canoe(paint, 1130, 850)
    return SetDrawing(
        far=far,
        middle=forest_wall(paint, -1, foot=1.25) + forest_wall(paint, 1, foot=1.4) + ground + canoe,
    )


def sandbank(paint: Paint) -> SetDrawing:
    """A tongue of pale sand in a channel, dry trunks on it, forest on both sides."""
    far = sky(paint, 520) + shore_line(paint, 520, 150) + water(paint, 518, 760, tone=BROWN, waves=110)
    far += flat(759, 942, paint.lit(BROWN))
    tongue = [(700.0, 576.0), (900, 576), (1180, 640), (1700, 720), (RIGHT + 100, 790), (RIGHT + 100, 1700), (LEFT - 100, 1700), (LEFT - 100, 800), (60, 720), (480, 640)]  # fmt: skip
    d, sand, dice = curve(tongue, tension=0.7), paint.lit(SAND), paint.dice("sand")
    marks = "".join(line([(x, y), (x + 90, y - 8), (x + 190, y)], dark(sand, 0.12), 4) for x, y in ((dice.uniform(LEFT, RIGHT), dice.uniform(640, 1150)) for _ in range(40)))  # fmt: skip
    wet = path(d, ink=dark(sand, 0.3), width=26)
    logs = "".join(
        standing(x, 130 * s, y)
        + stick(paint, [(x - 120 * s, y - 6), (x + 130 * s, y - 34 * s)], paint.lit("#a3927a"), 26 * s)
        + stick(paint, [(x + 30 * s, y - 24 * s), (x + 90 * s, y - 100 * s)], paint.lit("#a3927a"), 12 * s)
        for x, y, s in ((360, 730, 0.9), (1330, 716, 0.8))
    )
    middle = forest_wall(paint, -1) + forest_wall(paint, 1) + wet + path(d, sand) + clip(d, marks) + logs
    return SetDrawing(far=far, middle=middle + dead_tree(paint, 1560, 770, 0.9))


def narrow_channel(paint: Paint) -> SetDrawing:
    """A channel so narrow that the forest of both banks meets the edges of the picture."""
    far = sky(paint, 520) + shore_line(paint, 520, 190) + water(paint, 518, 900, tone=BROWN, waves=90)
    far += flat(899, 802, paint.lit(BROWN))
    roots = "".join(
        line([(x, 640 + abs(x - 800) * 0.16), (x + 16, 700 + abs(x - 800) * 0.16), (x + 6, 770 + abs(x - 800) * 0.16)], paint.lit("#6a5540"), 9)
        for x in (330, 270, 210, 1280, 1340, 1400)
    )  # fmt: skip
    return SetDrawing(
        far=far,
        middle=forest_wall(paint, -1, foot=0.86) + forest_wall(paint, 1, foot=0.86) + roots + _mud(paint),
    )


def _mud(paint: Paint) -> str:
    bank = [(LEFT - 100, 812.0), (0, 826), (420, 880), (800, 902), (1180, 880), (1600, 826), (RIGHT + 100, 812)]  # fmt: skip
    d = curve([*bank, (RIGHT + 100, 1700.0), (LEFT - 100, 1700.0)], tension=0.7)
    return path(d, paint.lit("#7d6246"), ink=paint.ink, width=3)


def _canoe(paint: Paint, x: float, y: float) -> str:
    """A dugout, half on the bank."""
    hull = curve(at(x, y, 1.2, "-190 -46 -100 -30 60 -30 200 -56 130 4 -110 6"), tension=0.6)
    inside = curve(at(x, y, 1.2, "-176 -44 -90 -32 60 -32 180 -50 60 -48 -90 -50"), tension=0.6)
    shade = oval(x, y + 6, 230, 16, "#12080c", opacity=0.3)
    return shade + path(hull, paint.wood, ink=paint.ink, width=3.5) + path(inside, dark(paint.wood, 0.45))
