"""A hall dressed for a party: flowers, cloths, garlands, chandeliers, guests along the walls."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import glow, line, oval
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.crowd import silhouettes
from tools.engines.previz.sets.hall import hall
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.shapes import blob, block, disc, poly, standing, stick
from tools.engines.previz.sets.sky import opening, outlook

BLOOMS = ("#d8506a", "#f2d6da", "#e8b04a", "#f4efe2")


def ballroom(paint: Paint) -> SetDrawing:
    """A long room of tall windows, tables with flowers, an arch of roses; a plain hall where that is told."""
    if paint.tells("hall"):
        return hall(paint)
    windows = [opening(paint, x, 70, 150, 420, style="arch", curtain=paint.lit("#f0e4d4")) for x in (-460, -60, 1510, 1910)]  # fmt: skip
    built = room(paint, windows, tiles=True)
    guests = silhouettes(paint, 700, ((330, 0.9), (400, 1.0), (1180, 1.0), (1260, 0.92), (1340, 1.0), (210, 1.0)))  # fmt: skip
    tables = "".join(_table(paint, x, y, k) for k, (x, y) in enumerate(((60, 780), (1520, 780), (-520, 770), (2060, 770))))  # fmt: skip
    feast = paint.tells("feast") or paint.tells("festive")
    dressed = _arch(paint) + guests + _swags(paint) if feast else _chimney(paint)
    middle = built + dressed + "".join(_chandelier(paint, x) for x in (460, 1140)) + tables  # fmt: skip
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 1290, 790), panes=panes_of(windows),
        lamps=(Lamp(460, 60, 560), Lamp(1140, 60, 560)),
    )  # fmt: skip


def _arch(paint: Paint) -> str:
    """The arch of flowers at the end of the hall."""
    drawn = stick(paint, [(590, 650), (590, 270)], paint.lit("#efe8da"), 16)
    drawn += stick(paint, [(1010, 650), (1010, 270)], paint.lit("#efe8da"), 16)
    spots = [(590.0, 640.0 - k * 62) for k in range(6)] + [(1010.0, 640.0 - k * 62) for k in range(6)]
    spots += [(624.0, 266.0), (690.0, 212.0), (756.0, 184.0), (840.0, 184.0), (910.0, 212.0), (976.0, 266.0)]
    return drawn + "".join(g.bush(paint, x, y + 40, 0.42, bloom=BLOOMS[k % 3]) for k, (x, y) in enumerate(spots))  # fmt: skip


def _chimney(paint: Paint) -> str:
    """The end of a hall where nobody feasts: a chimney of stone, its fire, a tall mirror in gold."""
    stone, gold = paint.lit("#d8d0c0"), paint.lit("#c9a04a")
    glass = block(paint, 664, 60, 272, 300, gold, r=10) + block(paint, 686, 82, 228, 256, mix(paint.wall, paint.lit("#c4d4d8"), 0.6))  # fmt: skip
    shine = line([(716, 310), (836, 110)], "#ffffff", 10, opacity=0.35) + line([(760, 316), (850, 160)], "#ffffff", 5, opacity=0.3)  # fmt: skip
    mantel = block(paint, 596, 384, 408, 30, pale(stone, 0.16)) + block(paint, 622, 412, 356, 240, stone)
    hearth = block(paint, 690, 470, 220, 182, "#1a1210") + glow(800, 600, 260, 220, "#ff9a3c", 0.7)
    fire = blob(paint, at(800, 648, 1, "-70 0 -60 -56 -30 -34 -8 -118 22 -50 52 -84 70 0"), "#f08a34") + blob(paint, at(800, 648, 1, "-34 0 -22 -44 2 -74 26 -36 34 0"), "#ffd76a")  # fmt: skip
    irons = "".join(
        disc(paint, x, 372, 13, gold) + stick(paint, [(x, 372), (x, 330)], gold, 8) for x in (634, 966)
    )
    return glass + shine + mantel + hearth + fire + irons


def _swags(paint: Paint) -> str:
    """Cloth hung in bows under the ceiling, with ribbons."""
    cloth, drawn = mix(paint.accent, paint.lit("#f6ece0"), 0.55), ""
    for k in range(int((RIGHT - LEFT) / 320)):
        x = LEFT + k * 320
        drawn += blob(paint, at(x, -36, 1, "0 0 40 60 160 104 280 60 320 0 280 26 160 58 40 26"), cloth)
        drawn += disc(paint, x, -24, 24, paint.accent) + poly(paint, at(x, -20, 1, "-10 10 10 10 22 110 0 90 -22 110"), paint.accent, 3)  # fmt: skip
    return drawn


def _chandelier(paint: Paint, x: float) -> str:
    gold = paint.lit("#d0a648")
    drawn = line([(x, -400), (x, 60)], paint.ink, 6, smooth=False) + glow(x, 90, 340, 260, "#ffe2a0", 0.5)
    arms = "".join(
        line([(x, 110), (x + k * 0.6, 126), (x + k, 84)], gold, 8)
        + oval(x + k, 66, 9, 17, "#fff2c8", ink=paint.ink, width=2)
        for k in (-120, -66, 66, 120)
    )
    return (
        drawn + arms + disc(paint, x, 106, 26, gold) + oval(x, 66, 9, 17, "#fff2c8", ink=paint.ink, width=2)
    )


def _table(paint: Paint, x: float, y: float, k: int) -> str:
    """A round table under a cloth, with glasses and a bunch of flowers."""
    cloth = paint.lit("#f6f0e6")
    skirt = blob(paint, at(x, y, 1, "-190 -150 190 -150 214 0 120 -12 40 2 -40 -12 -120 2 -214 -6"), cloth)
    folds = "".join(line(at(x, y, 1, f"{a} -146 {a * 1.1} -8"), dark(cloth, 0.16), 4) for a in (-130, -60, 20, 90, 150))  # fmt: skip
    top = oval(x, y - 150, 190, 30, pale(cloth, 0.3), ink=paint.ink, width=3.5)
    glasses = "".join(stick(paint, [(x + a, y - 152), (x + a, y - 190)], paint.lit("#cfe0e4"), 5) + disc(paint, x + a, y - 204, 13, paint.lit("#dfeef0"), 18) for a in (-110, 96, 136))  # fmt: skip
    vase = poly(paint, at(x, y - 150, 1, "-20 0 20 0 26 -66 -26 -66"), paint.lit("#9fc0c8"))
    return standing(x, 220, y) + skirt + folds + top + glasses + vase + g.bush(paint, x, y - 206, 0.5, bloom=BLOOMS[k % 4])  # fmt: skip
