"""Inside a passenger plane: small round windows over the clouds, two seats at each, lockers overhead."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, cut, glow, line, oval, path
from tools.engines.previz.sets.paint import BOTTOM, LEFT, TOP, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import block, disc
from tools.engines.previz.sets.sky import sky

STEP = 270
WINDOWS = [(float(x), 190.0, 104.0, 150.0) for x in range(-790, 2400, STEP)]


def plane(paint: Paint) -> SetDrawing:
    """The cabin from its aisle."""
    shell = mix(paint.wall, paint.lit("#e4e2da"), 0.5)
    wall = flat(TOP, BOTTOM - TOP, shell) + wash(
        120, 540, [(0, pale(shell, 0.2), 1), (1, dark(shell, 0.16), 1)]
    )
    seams = "".join(box(x + 52 + STEP / 2, 120, 3, 520, dark(shell, 0.16)) for x, _, _, _ in WINDOWS)
    holes = cut(*(box(x, y, w, h, "#000000", r=50) for x, y, w, h in WINDOWS))
    trims = "".join(_trim(paint, x, y, w, h, shell) for x, y, w, h in WINDOWS)
    seats = "".join(_seat(paint, x) for x in range(-760, 2400, 205))
    floor = wash(690, 320, [(0, dark(paint.floor, 0.3), 1), (1, paint.floor, 1)]) + flat(
        1009, 700, paint.floor
    )
    return SetDrawing(
        far=sky(paint, 900), passing=_clouds(paint), panes=tuple(WINDOWS),
        middle=wall + seams + holes + trims + _lockers(paint, shell) + floor + flat(688, 4, paint.ink) + seats + extras(paint, 1400, 790),
        lamps=tuple(Lamp(x, 40, 380, "#fff0cf") for x in (200, 800, 1400)),
    )  # fmt: skip


def _trim(paint: Paint, x: float, y: float, w: float, h: float, shell: str) -> str:
    """The frame of a window, its blind half drawn here and there."""
    frame = box(x - 13, y - 13, w + 26, h + 26, "none", ink=pale(shell, 0.4), width=24, r=60)
    edge = box(x, y, w, h, "none", ink=paint.ink, width=3.5, r=50) + box(x - 26, y - 26, w + 52, h + 52, "none", ink=dark(shell, 0.3), width=3, r=70)  # fmt: skip
    drawn = paint.dice(f"blind{x}").random() < 0.28
    blind = box(x + 4, y + 2, w - 8, h * 0.4, pale(shell, 0.3), ink=dark(shell, 0.3), width=3, r=40)
    return (blind if drawn else "") + frame + edge


def _clouds(paint: Paint) -> str:
    """A floor of cloud far below, seen slantwise through the panes."""
    dice, white = paint.dice("clouds"), paint.lit("#f4f2ee")
    drawn = flat(300, 500, mix(white, paint.lit("#b9cfdc"), 0.4))
    for k in range(64):
        x, y = LEFT + k * 52 + dice.uniform(-20, 20), 296 + dice.uniform(0, 60)
        drawn += oval(x, y, dice.uniform(40, 90), dice.uniform(16, 30), mix(white, paint.lit("#c4d2dc"), dice.uniform(0, 0.5)))  # fmt: skip
    return drawn


def _lockers(paint: Paint, shell: str) -> str:
    """Lockers over the heads, a strip of light under them, small signs."""
    drawn = flat(TOP, 40 - TOP, dark(shell, 0.08)) + wash(-160, 250, [(0, pale(shell, 0.3), 1), (1, dark(shell, 0.1), 1)])  # fmt: skip
    drawn += flat(88, 5, paint.ink) + flat(93, 18, "#fff6dc") + flat(111, 4, dark(shell, 0.3))
    for x in range(-790, 2400, STEP * 2):
        drawn += box(x, -150, STEP * 2 - 14, 230, "none", ink=dark(shell, 0.35), width=4, r=18)
        drawn += block(paint, x + STEP - 46, 46, 78, 16, paint.lit("#9aa2a6"), r=6)
        drawn += disc(paint, x + 70, 102, 9, paint.lit("#e8b04a"), 6) + glow(
            x + STEP, 110, 420, 160, "#fff0c8", 0.25
        )
    return drawn


def _seat(paint: Paint, x: float) -> str:
    """The back of a seat with its cloth for the head, an arm, the pocket."""
    cloth = mix(paint.accent, paint.lit("#35577a"), 0.35)
    legs = block(paint, x + 30, 700, 22, 70, paint.lit("#6a6e72")) + block(paint, x + 132, 700, 22, 70, paint.lit("#6a6e72"))  # fmt: skip
    back = path(f"M{x} 720 L{x + 8} 450 Q{x + 12} 396 {x + 62} 392 L{x + 122} 392 Q{x + 172} 396 {x + 176} 450 L{x + 184} 720Z", cloth, ink=paint.ink, width=3.5)  # fmt: skip
    seam = line([(x + 26, 700), (x + 32, 470)], dark(cloth, 0.25), 4) + line([(x + 158, 700), (x + 152, 470)], dark(cloth, 0.25), 4)  # fmt: skip
    linen = path(f"M{x + 26} 394 L{x + 158} 394 L{x + 154} 462 L{x + 30} 462Z", pale(shell_of(paint), 0.5), ink=paint.ink, width=2.5)  # fmt: skip
    table = block(paint, x + 36, 540, 112, 84, pale(cloth, 0.24), r=8) + block(paint, x + 84, 548, 18, 10, paint.lit("#9aa2a6"), r=3)  # fmt: skip
    arm = block(paint, x + 180, 590, 26, 22, dark(cloth, 0.4), r=8)
    return legs + back + seam + linen + table + arm


def shell_of(paint: Paint) -> str:
    """The pale plastic of the cabin."""
    return paint.lit("#e8e4da")
