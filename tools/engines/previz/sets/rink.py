"""An ice rink under a roof: boards, glass, lines in the ice, rows of seats, lamps."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, glow, line, oval, path, pts
from tools.engines.previz.sets import fittings, readouts
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.paint import BOTTOM, LEFT, RIGHT, TOP, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import block, disc, poly, rod, stick

BOARDS = 520.0
"""Where the boards stand on the ice."""


def rink(paint: Paint) -> SetDrawing:
    """The ice seen from the players' side, the far boards, the seats behind them."""
    hall = mix(paint.wall, paint.lit("#5f7484"), 0.4)
    back = flat(TOP, BOTTOM - TOP, dark(hall, 0.3)) + wash(-60, 480, [(0, dark(hall, 0.4), 1), (1, hall, 1)])
    middle = back + _roof(paint, hall) + _seats(paint, hall) + _scoreboard(paint, 800, 60) + _ice(paint)
    middle += _boards(paint) + _goal(paint, 360, 660) + "".join(_lamp(paint, x) for x in (170, 590, 1010, 1430, -250, 1850))  # fmt: skip
    return SetDrawing(
        far=flat(TOP, BOTTOM - TOP, hall), middle=middle + extras(paint, 1390, 800),
        lamps=tuple(Lamp(x, 300, 760, "#eaf4ff", 0.6) for x in (170, 800, 1430)),
    )  # fmt: skip


def _roof(paint: Paint, hall: str) -> str:
    """Bent beams of wood under the roof."""
    beam = dark(paint.wood, 0.2 if paint.lamps else 0.0)
    drawn = flat(TOP, -40 - TOP, dark(hall, 0.5))
    drawn += "".join(rod(paint, [(x - 90, 330), (x - 60, 60), (x + 40, -160), (x + 260, -420)], beam, 22) for x in range(-700, 700, 330))  # fmt: skip
    drawn += "".join(rod(paint, [(x + 90, 330), (x + 60, 60), (x - 40, -160), (x - 260, -420)], beam, 22) for x in range(980, 2400, 330))  # fmt: skip
    return drawn + fittings.trusses(paint)


def _seats(paint: Paint, hall: str) -> str:
    """Rows of folding seats that climb to the wall, stairs between them."""
    tones = (paint.accent, mix(paint.accent, paint.lit("#e2b04a"), 0.5))
    drawn = ""
    for row in range(4):
        y = 230.0 + row * 48
        drawn += flat(y, 50, dark(hall, 0.1 + 0.07 * (3 - row))) + flat(y + 46, 4, paint.ink)
        for k, x in enumerate(range(int(LEFT), int(RIGHT), 44)):
            if k % 12 < 10:
                drawn += box(x, y + 8, 36, 38, dark(tones[k // 12 % 2], 0.12 * (3 - row)), ink=paint.ink, width=2, r=7)  # fmt: skip
    return drawn


@modern
def _scoreboard(paint: Paint, x: float, y: float) -> str:
    ropes = stick(paint, [(x - 120, -400), (x - 120, y)], paint.lit("#5a6066"), 6) + stick(paint, [(x + 120, -400), (x + 120, y)], paint.lit("#5a6066"), 6)  # fmt: skip
    case = block(paint, x - 180, y - 10, 360, 130, paint.lit("#23282e"), r=8)
    sides = "".join(block(paint, x + k, y + 20, 94, 76, "#0f1418", r=4) for k in (-160, 66))
    drawn = ropes + case + sides + readouts.digits(paint, x - 128, y + 34, "2", "#ffcf5a", 1.0)
    return drawn + readouts.digits(paint, x + 98, y + 34, "3", "#ffcf5a", 1.0) + disc(paint, x, y + 56, 14, "#ff5a4e")  # fmt: skip


def _ice(paint: Paint) -> str:
    """The sheet of ice with its red and blue lines, its ring, and what the skates left."""
    ice = mix(paint.lit("#e9f2f6"), "#e9f2f6", 0.45)
    drawn = wash(BOARDS, 420, [(0, mix(ice, paint.lit("#b5cfdc"), 0.5), 1), (1, ice, 1)]) + flat(BOARDS + 420, 1000, ice)  # fmt: skip
    drawn += "".join(glow(x, 640, 150, 210, "#ffffff", 0.55) for x in (170, 590, 1010, 1430))
    red, blue = paint.lit("#c9535a"), paint.lit("#4a78b5")
    drawn += path(pts([(790, BOARDS), (812, BOARDS), (830, 1700), (740, 1700)]), red, opacity=0.75)
    for way in (-1, 1):
        a = 800 + way * 470
        drawn += path(pts([(a, BOARDS), (a + way * 22, BOARDS), (a + way * 520, 1700), (a + way * 420, 1700)]), blue, opacity=0.7)  # fmt: skip
    drawn += oval(800, 720, 330, 74, "none", ink=blue, width=9) + oval(800, 720, 16, 6, red)
    dice = paint.dice("skates")
    for _ in range(40):
        x, y = dice.uniform(LEFT, RIGHT), dice.uniform(BOARDS + 40, 1200)
        bend = dice.uniform(-30, 30)
        drawn += line([(x, y), (x + 90, y + bend * 0.3), (x + 200, y + bend)], "#ffffff", 3, opacity=0.7)
    return drawn


def _boards(paint: Paint) -> str:
    """White boards with a yellow foot, a blue rail and panes on top, a gate in them."""
    white = paint.lit("#f2f1ea")
    drawn = box(LEFT, 428, RIGHT - LEFT, 100, white) + box(LEFT, 506, RIGHT - LEFT, 22, paint.lit("#e2b73a"))
    drawn += (
        box(LEFT, 420, RIGHT - LEFT, 14, paint.accent) + flat(418, 3, paint.ink) + flat(526, 4, paint.ink)
    )
    tones = ("#c9563f", "#3f7f8a", "#d9a03a", "#5a6fa0")
    for k, x in enumerate(range(int(LEFT), int(RIGHT), 290)):
        drawn += box(x, 434, 3, 72, dark(white, 0.25))
        drawn += block(paint, x + 60, 446, 170, 46, mix(paint.lit(tones[k % 4]), white, 0.25), r=5)
        drawn += box(x + 84, 460, 122, 7, white, opacity=0.9) + box(x + 84, 474, 80, 6, white, opacity=0.7)
        drawn += box(x, 330, 290, 90, "#dff0f6", opacity=0.16) + stick(paint, [(x, 420), (x, 330)], paint.lit("#aebac0"), 6)  # fmt: skip
        drawn += path(pts([(x + 60, 420), (x + 120, 330), (x + 150, 330), (x + 90, 420)]), "#ffffff", opacity=0.2)  # fmt: skip
    return drawn + box(LEFT, 326, RIGHT - LEFT, 5, pale(paint.lit("#aebac0"), 0.2))


def _goal(paint: Paint, x: float, y: float) -> str:
    """A goal of red pipe with its net, small in the distance."""
    net = poly(paint, [(x - 96, y), (x - 78, y - 116), (x + 78, y - 116), (x + 96, y)], mix(paint.lit("#e9f2f6"), "#ffffff", 0.4), 2)  # fmt: skip
    mesh = "".join(line([(x + k, y - 114), (x + k * 1.18, y)], paint.lit("#8fa0aa"), 2, smooth=False) for k in range(-66, 70, 22))  # fmt: skip
    mesh += "".join(line([(x - 84, y - k), (x + 84, y - k)], paint.lit("#8fa0aa"), 2, smooth=False) for k in (24, 50, 76, 98))  # fmt: skip
    crease = oval(x, y + 8, 150, 26, paint.lit("#8fb8d8"), opacity=0.7)
    return crease + net + mesh + rod(paint, [(x - 98, y), (x - 96, y - 120), (x + 96, y - 120), (x + 98, y)], paint.lit("#c9473f"), 10)  # fmt: skip


def _lamp(paint: Paint, x: float) -> str:
    halo = glow(x, 0, 260, 170, "#eaf4ff", 0.45)
    return halo + poly(paint, [(x - 60, -30), (x + 60, -30), (x + 84, 4), (x - 84, 4)], paint.lit("#59636a")) + box(x - 72, 2, 144, 10, "#f6fbff", r=4)  # fmt: skip
