"""Five private rooms."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets import household as h
from tools.engines.previz.sets.country import cabin, farm_kitchen, logs
from tools.engines.previz.sets.paint import Lamp, Paint, SetDrawing
from tools.engines.previz.sets.room import extras, panes_of, room
from tools.engines.previz.sets.sky import opening, outlook


def living_room(paint: Paint) -> SetDrawing:
    """Sofa, lamp, books or a fireplace, curtained windows."""
    if paint.tells("rural"):
        return cabin(paint)
    dice = paint.dice("living")
    glass = [opening(paint, 1010, 130, 260, 330, curtain=paint.accent)]
    if dice.random() < 0.4:
        glass = [opening(paint, x, 120, 170, 350, curtain=paint.accent) for x in (995, 1285)]
    striped, hearth = dice.random() < 0.5, dice.random() < 0.45
    built = room(paint, glass, stripes=striped, panel=dice.random() < 0.6) + _art(paint)
    seat = mix(paint.accent, dice.choice(("#3a3346", "#c9b08a", "#5a6f6a")), dice.choice((0.15, 0.55)))
    middle = built + (h.fireplace(paint, 190, 655) if hearth else f.bookshelf(paint, 190, 660))
    middle += f.rug(paint, 800, 800, 620) if dice.random() < 0.5 else h.carpet(paint, 800, 720, 900, 150)
    old = f.table(paint, 400, 668, 110) + f.table_lamp(paint, 400, 498)
    middle += (
        (old if paint.tells("period") else f.floor_lamp(paint, 400, 668))
        + f.sofa(paint, 690, 700, seat)
        + h.coffee_table(paint, 760, 790)
    )
    middle += f.armchair(paint, 1440, 730, mix(paint.wood, paint.accent, 0.4)) + f.plant(
        paint, 1640, 700, 1.1
    )
    middle += (
        h.sideboard(paint, 1890, 690)
        + f.plant(paint, -60, 700, 1.2)
        + f.door(paint, -330, 642)
        + extras(paint, 1180, 690)
    )
    return SetDrawing(
        far=outlook(paint), middle=middle, panes=panes_of(glass),
        lamps=(Lamp(400, 240, 520), Lamp(1890, 420, 380), *((Lamp(190, 590, 380, "#ff9a4a"),) if hearth else ())),
    )  # fmt: skip


def _art(paint: Paint) -> str:
    """What hangs over the sofa: a pair, a row of small ones, a round mirror or a clock."""
    kind = paint.pick("art", "pair", "row", "mirror", "wide")
    if kind == "row":
        return "".join(
            f.picture(paint, 470 + k * 136, 170 + k % 2 * 26, 104, 130, seed=k + paint.seed) for k in range(3)
        )
    if kind == "mirror":
        return h.round_mirror(paint, 640, 230, 96) + f.picture(paint, 800, 190, 110, 140, seed=paint.seed)
    if kind == "wide":
        return f.picture(paint, 490, 150, 330, 170, seed=paint.seed)
    return f.picture(paint, 500, 170, 220, 150, seed=paint.seed) + f.picture(
        paint, 770, 210, 110, 140, seed=2
    )


def kitchen(paint: Paint) -> SetDrawing:
    """Cupboards, a window over the sink, a stove, a table."""
    if paint.tells("rural", "period"):
        return farm_kitchen(paint)
    glass = [opening(paint, 650, 150, 300, 220, curtain=paint.pick("kitchen", "", "blinds"))]
    tiles = "".join(
        box(
            x,
            y,
            62,
            40,
            pale(paint.wall, 0.3 if (x // 66 + y // 44) % 2 else 0.2),
            ink=dark(paint.wall, 0.14),
            width=2,
        )
        for x in range(-780, 2390, 66)
        for y in (372, 416)
    )
    built = room(paint, glass, tiles, tiles=True, panel=False)
    middle = (
        built + _uppers(paint) + f.counter(paint, -300, 660, 1330, paint.accent) + _stove(paint, 1040, 660)
    )
    middle += f.counter(paint, 1240, 660, 820, paint.accent) + h.fridge(paint, -170, 664)
    jars = "".join(
        f.slab(paint, 420 + k * 52, 452 - k * 4, 44, 50 + k * 4, paint.lit(c), r=6)
        for k, c in enumerate(("#c2634c", "#d9a94a", "#e9dfc8"))
    )
    tap = line([(790, 460), (790, 410), (820, 396), (842, 412)], paint.lit("#aeb6ba"), 10)
    bowl = h.fruit_bowl(paint, 1340, 450) + f.plant(paint, 1560, 462, 0.5)
    meal = f.pendant(paint, 330, 70, tone="#c2634c") + f.pendant(paint, 1330, 60, tone="#c2634c")
    return SetDrawing(
        far=outlook(paint), middle=middle + jars + tap + bowl + meal + extras(paint, 1420, 720),
        panes=panes_of(glass), lamps=(Lamp(330, 110, 520), Lamp(1330, 100, 460)),
    )  # fmt: skip


def _uppers(paint: Paint) -> str:
    """Cupboards on the wall, or open shelves with plates."""
    tone, edge = paint.accent, dark(paint.accent, 0.4)
    if paint.pick("uppers", "doors", "shelves") == "shelves":
        return "".join(h.plate_shelf(paint, x, 160) for x in (120, 1240))
    return "".join(
        f.slab(paint, x, 90, 210, 230, tone, r=4)
        + "".join(box(x + k, 106, 84, 198, "none", ink=edge, width=3) for k in (16, 110))
        for x in (120, 346, 1240, 1466)
    )


def bedroom(paint: Paint) -> SetDrawing:
    """A bed, night table with a lamp, wardrobe, dressing mirror."""
    dice = paint.dice("bedroom")
    glass = [opening(paint, 300, 120, 250, 320, curtain=pale(paint.accent, 0.35))]
    hung = f.picture(paint, 880, 150, 240, 160, seed=paint.seed + 1)
    wall = logs(paint) if paint.tells("rural") else ""
    built = room(paint, glass, wall, panel=dice.random() < 0.4 and not wall, stripes=dice.random() < 0.5)
    built += hung if dice.random() < 0.6 else h.round_mirror(paint, 1000, 230, 92)
    wardrobe = (
        f.slab(paint, 1370, 160, 280, 496, paint.wood, r=6)
        + line([(1510, 176), (1510, 640)], paint.ink, 3.5)
        + "".join(oval(1510 + k, 420, 7, 7, paint.lit("#e0b455"), ink=paint.ink, width=2) for k in (-16, 16))
    )
    night = f.table(paint, 620, 664, 110) + f.table_lamp(paint, 620, 494)
    middle = built + wardrobe + night + f.bed(paint, 1010, 716) + f.rug(paint, 700, 850, 430)
    middle += (
        f.armchair(paint, 90, 720, paint.accent) + h.dresser(paint, -280, 664) + f.plant(paint, 1760, 690)
    )
    return SetDrawing(
        far=outlook(paint), middle=middle + extras(paint, 1900, 700), panes=panes_of(glass),
        lamps=(Lamp(620, 410, 460), Lamp(-280, 360, 300)),
    )  # fmt: skip


def office(paint: Paint) -> SetDrawing:
    """A desk before a wide window over the city."""
    glass = [opening(paint, 520, 90, 600, 360, curtain="blinds", style=paint.pick("office", "cross", "grid"))]
    middle = room(paint, glass, panel=paint.dice("office").random() < 0.4) + f.bookshelf(
        paint, 270, 660, 300, 470
    )
    old = paint.tells("period")
    desk = f.table(paint, 860, 708, 420) + _papers(paint) if old else f.desk(paint, 860, 708)
    middle += desk + f.armchair(paint, 1330, 720, paint.lit("#3c3a40"))
    cabinet = f.slab(paint, 1480, 420, 150, 240, paint.lit("#7c858a")) + "".join(
        box(1530, 450 + k * 76, 50, 9, paint.lit("#c8ccca"), ink=paint.ink, width=2) for k in range(3)
    )
    middle += cabinet + h.trophy(paint, 1556, 418) + f.picture(paint, 1240, 170, 150, 190, seed=paint.seed)
    middle += f.plant(paint, 1720, 690, 1.1) + f.plant(paint, 30, 690, 1.2) + f.table_lamp(paint, 1020, 520)
    middle += (
        f.door(paint, -300, 642) + f.picture(paint, -130, 200, 130, 160, seed=3) + extras(paint, 520, 700)
    )
    return SetDrawing(
        far=outlook(paint, high=True), middle=middle, panes=panes_of(glass),
        lamps=(Lamp(1020, 440, 460), *(() if old else (Lamp(800, 470, 260, "#bfe3ff", 0.6),))),
    )  # fmt: skip


def _papers(paint: Paint) -> str:
    """A typewriter, a ledger and an inkwell instead of a screen."""
    iron, sheet = paint.lit("#35383c"), paint.lit("#f2ecdc")
    machine = path(pts([(780, 538), (940, 538), (920, 470), (800, 470)]), iron, ink=paint.ink, width=3.5)
    machine += box(812, 400, 96, 74, sheet, ink=paint.ink, width=3) + box(784, 458, 152, 20, pale(iron, 0.2), ink=paint.ink, width=3, r=9)  # fmt: skip
    keys = "".join(
        oval(806 + k * 18 + r * 6, 500 + r * 14, 6, 4, pale(iron, 0.6)) for r in range(2) for k in range(6)
    )
    book = path(pts([(690, 540), (770, 540), (762, 522), (698, 522)]), paint.accent, ink=paint.ink, width=3)
    return machine + keys + book


def hallway(paint: Paint) -> SetDrawing:
    """Doors, a console with a mirror, a runner that leads away."""
    dice = paint.dice("hallway")
    built = room(paint, stripes=dice.random() < 0.6, panel=dice.random() < 0.7) + f.picture(
        paint, 520, 180, 130, 170, seed=3
    )
    runner = path(pts([(640, 650), (960, 650), (1340, 1500), (260, 1500)]), paint.accent)
    runner += path(
        pts([(664, 650), (936, 650), (1290, 1500), (310, 1500)]), "none", ink=pale(paint.accent, 0.4), width=7
    )
    mirror = oval(
        800, 280, 100, 130, paint.lit("#cfe0e2"), ink=mix(paint.lit("#d9a94a"), paint.wood, 0.2), width=18
    )
    mirror += path(pts([(740, 350), (820, 170), (850, 180), (770, 370)]), "#ffffff", opacity=0.3)
    console = (
        f.table(paint, 800, 662, 260)
        + f.table_lamp(paint, 720, 492)
        + g.bush(paint, 868, 480, 0.3, bloom="#d8506a")
    )
    doors = "".join(f.door(paint, x, 642) for x in (250, 1330, -300, 1880))
    middle = (
        built
        + doors
        + h.coat_rack(paint, 1090, 660)
        + runner
        + mirror
        + console
        + f.plant(paint, 470, 670, 0.9)
    )
    middle += (
        f.pendant(paint, 800, -30) + f.picture(paint, 1060, 170, 110, 140, seed=5) + extras(paint, 1560, 700)
    )
    return SetDrawing(far=outlook(paint), middle=middle, lamps=(Lamp(720, 410, 420), Lamp(800, 10, 480)))


def _stove(paint: Paint, x: float, y: float) -> str:
    body = f.slab(paint, x, y - 206, 190, 206, paint.lit("#d9dcd8"), r=6) + box(
        x + 22, y - 140, 146, 100, paint.lit("#3a3a42"), ink=paint.ink, width=3, r=8
    )
    knobs = "".join(oval(x + 36 + k * 38, y - 172, 9, 9, paint.lit("#55565e")) for k in range(4))
    pot = f.slab(paint, x + 40, y - 262, 96, 56, paint.lit("#b5483f"), r=8) + line(
        [(x + 30, y - 264), (x + 146, y - 264)], paint.ink, 9
    )
    hood = path(
        pts([(x - 10, 240), (x + 200, 240), (x + 140, 150), (x + 50, 150)]),
        paint.lit("#b9bfbf"),
        ink=paint.ink,
        width=3.5,
    ) + box(x + 60, -1000, 70, 1150, paint.lit("#b9bfbf"), ink=paint.ink, width=3.5)
    return hood + body + knobs + pot
