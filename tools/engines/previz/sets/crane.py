"""The cab of a tower crane: glass all round, the city far below."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, glow, line, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import BOTTOM, LEFT, RIGHT, TOP, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.shapes import block, disc, poly, stick
from tools.engines.previz.sets.sky import sky, skyline


def crane_cab(paint: Paint) -> SetDrawing:
    """Panes down to the knees, roofs far below, the jib going out, levers and a lit panel."""
    far = sky(paint, 620, sun_x=1180) + skyline(paint, 640, tall=0.55, seed=paint.seed)
    far += skyline(paint, 720, tall=0.4, seed=paint.seed + 1, near=True) + flat(
        715, 986, paint.lit("#4c525c")
    )
    steel = paint.lit("#d8a33a")
    middle = _jib(paint, steel) + _frame(paint) + _console(paint, 250) + _console(paint, 1350)
    lamps = (Lamp(250, 520, 380, "#8af0b0", 0.8), Lamp(1350, 520, 380, "#8af0b0", 0.8))
    return SetDrawing(far=far, middle=middle, panes=((LEFT, 0, RIGHT - LEFT, 640),), lamps=lamps)


def _jib(paint: Paint, steel: str) -> str:
    """The arm of the crane, smaller as it goes, with its hook on a rope."""
    top, low = [(800.0, 60.0), (1330.0, 330.0)], [(800.0, 190.0), (1330.0, 360.0)]
    drawn = "".join(stick(paint, side, steel, 12) for side in (top, low))
    for k in range(9):
        a, b = k / 9, (k + 1) / 9
        x, nx = 800 + 530 * a, 800 + 530 * b
        drawn += stick(paint, [(x, 190 + 170 * a), ((x + nx) / 2, 60 + 270 * (a + b) / 2)], steel, 7)
        drawn += stick(paint, [((x + nx) / 2, 60 + 270 * (a + b) / 2), (nx, 190 + 170 * b)], steel, 7)
    rope = line([(1180, 314), (1180, 560)], paint.ink, 4)
    return drawn + rope + block(paint, 1164, 556, 32, 36, steel, r=6)


def _frame(paint: Paint) -> str:
    """Posts, roof, sill and floor of the cab."""
    tone = paint.lit("#59626a")
    posts = "".join(f.slab(paint, x, TOP, 30, 1660 - 2, tone) for x in (-420, 120, 610, 1100, 1590, 2080))
    roof = box(LEFT, TOP, RIGHT - LEFT, -TOP - 30, dark(tone, 0.4)) + f.slab(
        paint, LEFT, -40, RIGHT - LEFT, 44, tone
    )
    sill = f.slab(paint, LEFT, 600, RIGHT - LEFT, 40, tone) + flat(638, BOTTOM - 638, dark(tone, 0.35))
    ribs = "".join(line([(LEFT, y), (RIGHT, y)], dark(tone, 0.5), 4) for y in (700, 780, 880))
    shine = "".join(
        path(pts([(x, 600), (x + 170, 0), (x + 230, 0), (x + 60, 600)]), "#ffffff", opacity=0.07)
        for x in (200, 700, 1190)
    )
    return shine + roof + posts + sill + ribs


def _console(paint: Paint, x: float) -> str:
    """A stand beside the seat with a lever and lit gauges."""
    tone = paint.lit("#3f474e")
    stand = f.slab(paint, x - 110, 560, 220, 240, tone, r=10) + poly(
        paint, [(x - 120, 562), (x + 120, 562), (x + 96, 510), (x - 96, 510)], pale(tone, 0.15)
    )
    dials = "".join(
        disc(paint, x + k, 536, 17, "#8af0b0" if paint.lamps else paint.lit("#cfe6d6")) for k in (-62, -18)
    )
    lever = stick(paint, [(x + 46, 530), (x + 58, 440)], paint.lit("#9aa2a6"), 10) + disc(paint, x + 58, 432, 20, paint.lit("#c9403a"))  # fmt: skip
    shine = glow(x - 40, 536, 120, 70, "#8af0b0", 0.5) if paint.lamps else ""
    return stand + shine + dials + lever
