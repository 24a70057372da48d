"""A workshop where clothes are sewn: rolls of cloth, a machine at the window, a dress on its form."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.sky import opening, outlook

CLOTHS = ("#b8505f", "#5d86a8", "#e0b95c", "#7f9f72", "#8a6aa0", "#e7d9c4")


def sewing_workshop(paint: Paint) -> SetDrawing:
    """Shelves of cloth, a cutting table, a sewing machine, two dress forms."""
    glass = [opening(paint, 1060, 130, 300, 230, style="grid")]
    built = room(paint, glass, panel=False)
    things = _cloth_shelf(paint, 250, 110) + _ribbons(paint, 820, 150)
    forms = _dress_form(paint, 150, 716, paint.lit("#d9c4a4")) + _dress_form(paint, 1530, 716, paint.accent)
    tables = (
        f.table(paint, 560, 700, 420)
        + _machine(paint, 470, 520)
        + f.table(paint, 1180, 700, 300)
        + _folded(paint, 1180, 520)
    )
    lamps = f.pendant(paint, 560, 40, tone="#5a6a5f") + f.pendant(paint, 1180, 40, tone="#5a6a5f")
    return SetDrawing(
        far=outlook(paint), middle=built + things + tables + forms + lamps + extras(paint, 1740, 710),
        panes=panes_of(glass), lamps=(Lamp(560, 70, 520), Lamp(1180, 70, 480)),
    )  # fmt: skip


def _cloth_shelf(paint: Paint, x: float, y: float) -> str:
    """Rolls of cloth, their ends to the room."""
    back = f.slab(paint, x, y, 480, 300, dark(paint.wood, 0.25), r=4)
    rolls = ""
    for row in range(3):
        for k in range(7):
            tone = paint.lit(CLOTHS[(row * 4 + k + paint.seed) % len(CLOTHS)])
            cx, cy = x + 42 + k * 66, y + 58 + row * 96
            rolls += oval(cx, cy, 30, 30, tone, ink=paint.ink, width=3) + oval(
                cx, cy, 17, 17, pale(tone, 0.25)
            )
            rolls += oval(cx, cy, 7, 7, paint.lit("#c8a878"), ink=paint.ink, width=2)
        rolls += box(x, y + 90 + row * 96, 480, 9, paint.wood, ink=paint.ink, width=2)
    return back + rolls


def _ribbons(paint: Paint, x: float, y: float) -> str:
    """Spools on their nails, and a measuring tape."""
    rail = f.slab(paint, x - 30, y, 200, 14, paint.wood, r=4)
    spools = "".join(
        box(
            x - 14 + k * 46, y + 20, 30, 44, paint.lit(CLOTHS[k % len(CLOTHS)]), ink=paint.ink, width=2.5, r=6
        )
        for k in range(4)
    )
    tape = line([(x + 30, y + 14), (x + 22, y + 130), (x + 40, y + 230)], paint.lit("#e8d04c"), 11)
    return rail + tape + spools


def _dress_form(paint: Paint, x: float, y: float, tone: str) -> str:
    """A dress on its form, on a foot with three legs."""
    foot = box(x - 5, y - 190, 10, 170, paint.lit("#6b4a32"), ink=paint.ink, width=2.5) + path(
        curve([(x - 60, y), (x, y - 40), (x + 60, y)], False), ink=paint.lit("#6b4a32"), width=9
    )
    bust = path(
        curve([(x - 22, y - 520), (x - 74, y - 490), (x - 62, y - 410), (x - 44, y - 350), (x + 44, y - 350),
               (x + 62, y - 410), (x + 74, y - 490), (x + 22, y - 520)], tension=0.8),
        tone, ink=paint.ink, width=3.5,
    )  # fmt: skip
    skirt = path(
        pts([(x - 44, y - 352), (x + 44, y - 352), (x + 128, y - 110), (x + 60, y - 96), (x, y - 108), (x - 60, y - 96), (x - 128, y - 110)]),
        tone, ink=paint.ink, width=3.5,
    )  # fmt: skip
    folds = "".join(
        line([(x + k * 14, y - 340), (x + k * 36, y - 112)], dark(tone, 0.18), 3) for k in (-2, -1, 0, 1, 2)
    )
    neck = box(x - 13, y - 552, 26, 36, paint.lit("#c8a878"), ink=paint.ink, width=3, r=6)
    return (
        f.floor_shadow(x, y, 90)
        + foot
        + neck
        + skirt
        + folds
        + bust
        + box(x - 46, y - 358, 92, 14, dark(tone, 0.3), ink=paint.ink, width=2)
    )


def _machine(paint: Paint, x: float, y: float) -> str:
    """An old sewing machine, its wheel at the right, cloth under the needle."""
    iron, gold = paint.lit("#2f3338"), paint.lit("#d9b15a")
    base = f.slab(paint, x - 110, y - 26, 240, 26, mix(iron, paint.wood, 0.4), r=4)
    arm = path(
        curve([(x + 96, y - 28), (x + 96, y - 124), (x + 40, y - 138), (x - 80, y - 132), (x - 96, y - 96), (x - 60, y - 92),
               (x + 40, y - 96), (x + 56, y - 28)], tension=0.6),
        iron, ink=paint.ink, width=3.5,
    )  # fmt: skip
    wheel = oval(x + 116, y - 100, 22, 34, iron, ink=paint.ink, width=3) + oval(x + 116, y - 100, 8, 13, gold)
    needle = box(x - 84, y - 96, 10, 62, paint.lit("#aab4b8"), ink=paint.ink, width=2)
    cloth = path(
        curve([(x - 210, y - 2), (x - 150, y - 34), (x - 60, y - 30), (x + 20, y - 4)]),
        paint.accent,
        ink=paint.ink,
        width=3,
    )
    return base + cloth + needle + arm + wheel + line([(x - 60, y - 114), (x + 40, y - 116)], gold, 4)


def _folded(paint: Paint, x: float, y: float) -> str:
    """Folded cloth and a pair of shears on the cutting table."""
    piles = "".join(
        box(
            x - 110,
            y - 22 - k * 22,
            120,
            22,
            paint.lit(CLOTHS[(k + 1) % len(CLOTHS)]),
            ink=paint.ink,
            width=2.5,
            r=8,
        )
        for k in range(4)
    )
    steel = paint.lit("#aab4b8")
    blades = line([(x + 30, y - 6), (x + 120, y - 16)], steel, 8) + line(
        [(x + 30, y - 16), (x + 120, y - 6)], steel, 8
    )
    return (
        piles
        + blades
        + oval(x + 24, y - 5, 13, 7, "none", ink=paint.ink, width=4)
        + oval(x + 24, y - 19, 13, 7, "none", ink=paint.ink, width=4)
    )
