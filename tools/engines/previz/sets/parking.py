"""A level of a multi-storey car park."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, cut, glow, group, line, path, pts
from tools.engines.previz.sets import fittings, readouts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, Pane, SetDrawing
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import block, disc, poly, standing, stick
from tools.engines.previz.sets.sky import outlook

COLUMNS = (-560.0, 40.0, 1120.0, 1720.0)
OPENINGS: tuple[Pane, ...] = (
    (-770.0, 150.0, 200.0, 240.0), (-450.0, 150.0, 480.0, 240.0), (150.0, 150.0, 960.0, 240.0),
    (1230.0, 150.0, 480.0, 240.0), (1830.0, 150.0, 480.0, 240.0),
)  # fmt: skip
"""Between parapet and ceiling the level is open."""
TINS = ("#b9c0c4", "#b5483f", "#5a7f9a", "#c9a04a", "#5f6a70", "#e4e0d6")


def car_park(paint: Paint) -> SetDrawing:
    """Concrete under tubes, columns with a band, bays with cars, the pay machine, the way out."""
    stone = mix(paint.wall, paint.lit("#b0ada4"), 0.5)
    walls = fittings.plain_walls(paint, stone) + _ceiling(paint, stone)
    holes = cut(*(path(_frame(pane), "#000000") for pane in OPENINGS))
    rails = "".join(stick(paint, [(x, y + h - 46), (x + w, y + h - 46)], paint.lit("#6f777c"), 10) for x, y, w, h in OPENINGS)  # fmt: skip
    columns = "".join(_column(paint, x, stone) for x in COLUMNS)
    cars = "".join(_parked(paint, x, tone) for x, tone in _cars(paint))
    tubes = "".join(fittings.tube(paint, x, 26, 300) for x in (-380, 640, 1420))
    middle = walls + holes + rails + fittings.hard_floor(paint) + _bays(paint) + cars + columns + tubes
    middle += _machine(paint, 1210, 700) + _arrow(paint)
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 240, 760), panes=OPENINGS,
        lamps=(*(Lamp(x, 60, 620, "#eef6e4") for x in (-380, 640, 1420)), Lamp(1210, 500, 200, "#8fd0ff", 0.5)),
    )  # fmt: skip


def _frame(pane: Pane) -> str:
    x, y, w, h = pane
    return pts([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])


def _ceiling(paint: Paint, stone: str) -> str:
    """The slab above with its beams, a pipe along it."""
    slab = box(LEFT, -1000, RIGHT - LEFT, 1020, dark(stone, 0.3)) + box(LEFT, 14, RIGHT - LEFT, 8, paint.ink)
    beams = "".join(block(paint, x - 70, 20, 140, 70, dark(stone, 0.16), r=3) for x in range(-700, 2300, 300))
    return slab + beams + fittings.pipes(paint, 112, (paint.lit("#c9473f"),), width=16.0)


def _column(paint: Paint, x: float, stone: str) -> str:
    """A square column: its level in a white field, yellow and black at its foot."""
    light, black = pale(stone, 0.16), paint.lit("#2c2c30")
    drawn = standing(x + 50, 80, 660) + f.slab(paint, x, 20, 100, 640, light, r=3)
    drawn += box(x + 76, 24, 22, 632, dark(light, 0.16))
    drawn += f.slab(paint, x, 520, 100, 120, paint.lit("#e0b53a"), r=2)
    drawn += "".join(
        path(pts([(x, 556 + k), (x + 100, 520 + k), (x + 100, 540 + k), (x, 576 + k)]), black)
        for k in (0, 50)
    )
    sign = f.slab(paint, x + 14, 210, 72, 92, paint.accent, r=6)
    white = paint.lit("#f6f2e6")
    level = next((one for one in paint.name if one.isdigit()), paint.pick("level", "2", "3", "4"))
    return drawn + sign + readouts.digits(paint, x + 36, 226, level, white, 1.4)


def _bays(paint: Paint) -> str:
    """White lines between the places, towards the camera."""
    white = paint.lit("#ece8dc")
    return "".join(
        path(pts([(x, 648), (x + 13, 648), (x + 13 + lean, 760), (x - 6 + lean, 760)]), white, opacity=0.85)
        for x, lean in ((-520, -70), (130, -34), (620, 0), (1100, 34), (1600, 70), (2080, 100))
    )  # fmt: skip


def _cars(paint: Paint) -> list[tuple[float, str]]:
    """Which places are taken, by what colour of car."""
    dice = paint.dice("parked")
    tones = list(TINS)
    dice.shuffle(tones)
    return list(zip((-180.0, 420.0, 1460.0, 2050.0), tones, strict=False))


def _parked(paint: Paint, x: float, tone: str) -> str:
    car = group(g.sedan(paint, 0, 0, paint.lit(tone)), transform=f"translate({x} 690) scale(1.22)")
    return standing(x, 270, 690) + car


def _machine(paint: Paint, x: float, y: float) -> str:
    """Where the ticket is paid: a tall case with a lit screen, a slot for coins, a tray."""
    case = f.slab(paint, x - 62, y - 330, 124, 330, mix(paint.lit("#d9dcd8"), paint.accent, 0.15), r=8)
    head = f.slab(paint, x - 70, y - 380, 140, 62, paint.accent, r=8)
    screen = block(paint, x - 42, y - 290, 84, 62, paint.lit("#1f2f3a"), r=4) + glow(x, y - 260, 110, 80, "#8fd0ff", 0.4)  # fmt: skip
    lines = "".join(box(x - 32, y - 278 + k * 16, 64 - k * 14, 6, "#bfe6ff") for k in range(3))
    slots = block(paint, x - 40, y - 204, 34, 14, paint.ink, r=3) + disc(paint, x + 26, y - 198, 15, paint.lit("#8a9296"))  # fmt: skip
    tray = block(paint, x - 44, y - 110, 88, 34, paint.lit("#3a3f44"), r=6)
    keys = "".join(
        block(paint, x - 8 + k % 3 * 18, y - 168 + k // 3 * 18, 13, 13, paint.lit("#f2eee2"), r=2)
        for k in range(6)
    )
    return standing(x, 90, y) + case + head + screen + lines + slots + tray + keys + line([(x - 44, y - 350), (x + 44, y - 350)], paint.lit("#f6f2e6"), 10)  # fmt: skip


def _arrow(paint: Paint) -> str:
    """The way cars go, on the floor."""
    white = paint.lit("#ece8dc")
    tail = [(560, 838), (860, 838), (860, 816), (980, 850), (860, 888), (860, 864), (560, 864)]
    return path(pts([(float(x), float(y)) for x, y in tail]), white, opacity=0.55) + poly(
        paint, [(-300, 990), (-180, 990), (-180, 1010), (-300, 1010)], white, 0
    )
