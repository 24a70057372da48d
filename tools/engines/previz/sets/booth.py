"""A booth with a window: the barrier on the road outside, or the hall where people queue."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, cut, glow, line, oval, path, pts
from tools.engines.previz.sets import fittings, readouts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import block, disc, poly, rod, standing, stick
from tools.engines.previz.sets.sky import hills, sky

WINDOWS = ((-720.0, 120.0, 360.0, 330.0), (210.0, 110.0, 780.0, 350.0), (1330.0, 120.0, 360.0, 330.0), (1830.0, 120.0, 420.0, 330.0))  # fmt: skip


def booth(paint: Paint) -> SetDrawing:
    """The inside: a wide pane with a hatch, the shelf with the till under it, a heater, a stool."""
    panelled = mix(paint.wall, paint.wood, 0.2)
    walls = fittings.plain_walls(paint, panelled)
    walls += "".join(box(x, -40, 4, 680, dark(panelled, 0.14)) for x in range(int(LEFT), int(RIGHT), 72))
    holes = cut(*(path(_frame(pane), "#000000") for pane in WINDOWS))
    trims = "".join(_trim(paint, pane) for pane in WINDOWS)
    middle = walls + holes + trims + fittings.hard_floor(paint) + _shelf(paint) + _board(paint, 1110, 130)
    middle += fittings.cabinet(paint, 1400, 690, 190, 210, 3) + _radio(paint, 1495, 480) + _stool(paint, 1150, 790)  # fmt: skip
    middle += _heater(paint, 60, 700) + f.door(paint, -200, 642) + f.pendant(paint, 800, -60)
    return SetDrawing(
        far=_queue(paint) if paint.tells("tickets") else _road(paint),
        middle=middle + extras(paint, 1420, 800), panes=WINDOWS,
        lamps=(Lamp(800, 0, 640, "#ffd890"), Lamp(60, 620, 240, "#ff9a4c", 0.6)),
    )  # fmt: skip


def _frame(pane: tuple[float, float, float, float]) -> str:
    x, y, w, h = pane
    return pts([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])


def _trim(paint: Paint, pane: tuple[float, float, float, float]) -> str:
    """A steel frame with a bar; the widest has a hatch to hand things through."""
    x, y, w, h = pane
    steel = mix(paint.lit("#8a9498"), paint.accent, 0.3)
    shine = path(pts([(x + w * 0.1, y + h), (x + w * 0.3, y), (x + w * 0.38, y), (x + w * 0.18, y + h)]), "#ffffff", opacity=0.13)  # fmt: skip
    drawn = shine + path(_frame(pane), ink=steel, width=22) + path(_frame(pane), ink=paint.ink, width=3.5)
    if w < 700:  # only the wide pane has the hatch
        return drawn + box(x + w / 2 - 5, y, 10, h, steel)
    bars = box(x + w * 0.33 - 5, y, 10, h, steel) + box(x + w * 0.67 - 5, y, 10, h, steel)
    hatch = path(pts([(x + w * 0.36, y + h), (x + w * 0.36, y + h - 96), (x + w * 0.64, y + h - 96), (x + w * 0.64, y + h)]), ink=steel, width=12)  # fmt: skip
    talk = "".join(disc(paint, x + w * 0.5 + a, y + 150 + b, 5, paint.ink) for a, b in ((0, 0), (-16, 0), (16, 0), (-8, -14), (8, -14), (-8, 14), (8, 14)))  # fmt: skip
    return drawn + bars + hatch + oval(x + w * 0.5, y + 150, 34, 34, "none", ink=steel, width=7) + talk


def _shelf(paint: Paint) -> str:
    """The board under the pane: the till, rolls of tickets, a mug, a lamp, a book of figures."""
    wood = paint.wood
    drawn = f.slab(paint, 150, 520, 900, 34, pale(wood, 0.14), r=4) + f.slab(paint, 176, 554, 848, 130, dark(wood, 0.12), r=3)  # fmt: skip
    drawn += "".join(f.slab(paint, 200 + k * 210, 574, 180, 84, wood, r=4) + disc(paint, 290 + k * 210, 614, 8, paint.lit("#c9a860")) for k in range(4))  # fmt: skip
    rolls = "".join(disc(paint, 700 + k * 62, 492, 28, paint.lit(c)) + disc(paint, 700 + k * 62, 492, 9, paint.lit("#f4eddc")) for k, c in enumerate(("#e0a8a0", "#a8c4b8", "#e2cf8a")))  # fmt: skip
    mug = block(paint, 556, 476, 40, 44, paint.accent, r=6) + rod(paint, [(596, 486), (614, 494), (596, 508)], paint.accent, 6)  # fmt: skip
    book = poly(paint, [(900, 516), (916, 492), (1020, 492), (1030, 516)], paint.lit("#f4eddc")) + line([(968, 492), (966, 516)], paint.ink, 3)  # fmt: skip
    till = _cash_box(paint, 330, 522) if paint.tells("period") else fittings.till(paint, 330, 522)
    return drawn + till + mug + rolls + book


def _cash_box(paint: Paint, x: float, y: float) -> str:
    """A tin box for coins, its lid open, as there were before tills had figures."""
    tin = mix(paint.lit("#5f7a6a"), paint.accent, 0.3)
    lid = poly(
        paint, [(x - 70, y - 60), (x - 58, y - 118), (x + 58, y - 118), (x + 70, y - 60)], dark(tin, 0.25)
    )
    coins = "".join(disc(paint, x + k, y - 62, 15, paint.lit("#d9b04a"), 8) for k in (-44, -14, 18, 46))
    return lid + coins + f.slab(paint, x - 74, y - 56, 148, 56, tin, r=4)


def _board(paint: Paint, x: float, y: float) -> str:
    """Keys and slips of paper on a board, a clock over it."""
    cork = mix(paint.lit("#c39a68"), paint.wall, 0.2)
    drawn = f.slab(paint, x, y + 110, 180, 210, cork, r=4)
    tones = ("#f4eddc", "#f2d88a", "#c8dce0", "#f0c4b4")
    for k in range(6):
        left, top = x + 16 + k % 2 * 82, y + 124 + k // 2 * 64
        drawn += block(paint, left, top, 62, 50, paint.lit(tones[k % 4])) + disc(paint, left + 31, top + 6, 5, paint.accent)  # fmt: skip
    return drawn + readouts.clock(paint, x + 90, y + 40, 48, hour=0.0)


def _radio(paint: Paint, x: float, y: float) -> str:
    body = f.slab(paint, x - 70, y - 76, 140, 76, mix(paint.wood, paint.accent, 0.35), r=10)
    cloth = block(paint, x - 56, y - 62, 74, 48, paint.lit("#d8c9a0"), r=6)
    weave = "".join(line([(x - 52, y - 54 + k), (x + 14, y - 54 + k)], paint.ink, 2, opacity=0.5) for k in (0, 12, 24))  # fmt: skip
    return body + cloth + weave + disc(paint, x + 44, y - 48, 13, paint.lit("#efe4cc")) + disc(paint, x + 44, y - 20, 9, paint.lit("#c9a860"))  # fmt: skip


def _stool(paint: Paint, x: float, y: float) -> str:
    iron = paint.lit("#4a5058")
    legs = "".join(stick(paint, [(x, y - 90), (x + k, y)], iron, 9) for k in (-64, 0, 64))
    return standing(x, 86, y) + legs + disc(paint, x, y - 178, 74, mix(paint.accent, paint.wood, 0.4), 22) + stick(paint, [(x, y - 160), (x, y - 84)], iron, 14)  # fmt: skip


def _heater(paint: Paint, x: float, y: float) -> str:
    """A small heater that glows."""
    case = f.slab(paint, x - 84, y - 110, 168, 100, paint.lit("#8a8478"), r=12)
    bars = "".join(
        stick(paint, [(x - 62, y - 86 + k), (x + 62, y - 86 + k)], "#ff8a4c", 8) for k in (0, 26, 52)
    )
    return standing(x, 90, y) + glow(x, y - 60, 190, 120, "#ff8a3c", 0.35) + case + bars


def _road(paint: Paint) -> str:
    """Outside: the road that leads away, a barrier across it, a lamp, the land."""
    tone = "#b08a62" if paint.tells("arid") else "#7d9a74"
    drawn = sky(paint, 560, sun_x=980) + hills(paint, 400, tone, seed=paint.seed, high=90)
    ground = paint.lit("#a68a64" if paint.tells("arid") else "#6f8a5c")
    drawn += flat(392, 1400, ground) + wash(392, 90, [(0, dark(ground, 0.2), 1), (1, ground, 1)])
    tar = paint.lit("#5f6268")
    drawn += path(pts([(560, 392), (640, 392), (1180, 760), (20, 760)]), tar)
    drawn += "".join(path(pts([(598 - k, 396 + k * 9), (603 - k * 0.8, 396 + k * 9), (604 - k * 0.6, 404 + k * 11), (597 - k, 404 + k * 11)]), paint.lit("#f2e6c0")) for k in (0, 4, 9))  # fmt: skip
    post = stick(paint, [(900, 330), (900, 470)], paint.lit("#d9b03a"), 26)
    arm = stick(paint, [(890, 350), (260, 366)], paint.lit("#f4f0e6"), 15)
    red = "".join(line([(840 - k * 110, 351.5 + k * 2.8), (786 - k * 110, 353 + k * 2.8)], paint.lit("#c9473f"), 15, smooth=False) for k in range(5))  # fmt: skip
    pole = stick(paint, [(400, 392), (400, 130), (470, 118)], paint.lit("#4a5054"), 7)
    lamp = glow(476, 130, 170, 170, "#ffd98a", 0.75) if paint.lamps else ""
    return drawn + pole + lamp + box(456, 116, 44, 12, "#fff0c0" if paint.lamps else paint.lit("#d8d4c8"), ink=paint.ink, width=2, r=4) + post + arm + red  # fmt: skip


def _queue(paint: Paint) -> str:
    """Outside: a hall with pillars, a board of hours, benches under lamps."""
    stone = paint.lit("#c9b898")
    drawn = flat(-1000, 2700, mix(stone, paint.wall, 0.2)) + wash(-60, 520, [(0, dark(stone, 0.35), 1), (1, stone, 1)])  # fmt: skip
    drawn += "".join(f.slab(paint, x, -80, 54, 520, pale(stone, 0.14)) for x in range(-760, 2300, 300))
    board = block(paint, 420, 150, 380, 150, paint.lit("#23282e"), r=6)
    board += "".join(box(446, 176 + k * 30, 200, 9, "#f2d98a", opacity=0.9) + box(690, 176 + k * 30, 74, 9, "#f2d98a", opacity=0.7) for k in range(4))  # fmt: skip
    lamps = "".join(glow(x, 80, 200, 200, "#ffe2a0", 0.55) + disc(paint, x, 84, 26, "#fff2cc") for x in (360, 880))  # fmt: skip
    return drawn + flat(438, 1200, paint.lit("#8f8272")) + flat(436, 4, paint.ink) + board + lamps
