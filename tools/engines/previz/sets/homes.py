"""Five private rooms."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, line, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets import greenery as g
from tools.engines.previz.sets.paint import Paint, SetDrawing
from tools.engines.previz.sets.room import extras, light_pool, shell
from tools.engines.previz.sets.sky import window


def living_room(paint: Paint) -> SetDrawing:
    """Sofa, lamp, books and a curtained window."""
    pane = (1010.0, 130.0, 260.0, 330.0)
    far = (
        shell(paint, stripes=True) + window(paint, *pane, curtain=paint.accent) + light_pool(paint, 1010, 260)
    )
    far += f.picture(paint, 500, 170, 220, 150, seed=paint.seed) + f.picture(
        paint, 770, 210, 110, 140, seed=2
    )
    middle = f.bookshelf(paint, 190, 660) + f.rug(paint, 800, 800, 620) + f.floor_lamp(paint, 400, 668)
    middle += f.sofa(paint, 690, 700, mix(paint.accent, "#3a3346", 0.15)) + f.armchair(
        paint, 1440, 730, mix(paint.wood, paint.accent, 0.4)
    )
    return SetDrawing(
        far=far,
        middle=middle
        + f.plant(paint, 1640, 700, 1.1)
        + f.plant(paint, -60, 700, 1.2)
        + extras(paint, 1180, 690),
        window=pane,
    )


def kitchen(paint: Paint) -> SetDrawing:
    """Cupboards, a window over the sink and a table."""
    pane = (650.0, 150.0, 300.0, 220.0)
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
    far = shell(paint, tiles=True, panel=False) + tiles + window(paint, *pane, curtain="")
    uppers = "".join(
        f.slab(paint, x, 90, 210, 230, paint.accent, r=4)
        + box(x + 16, 106, 84, 198, "none", ink=dark(paint.accent, 0.4), width=3)
        + box(x + 110, 106, 84, 198, "none", ink=dark(paint.accent, 0.4), width=3)
        for x in (120, 346, 1240, 1466)
    )
    middle = (
        uppers
        + f.counter(paint, -300, 660, 1330, paint.accent)
        + _stove(paint, 1040, 660)
        + f.counter(paint, 1240, 660, 820, paint.accent)
    )
    things = "".join(
        f.slab(paint, 420 + k * 52, 452 - k * 4, 44, 50 + k * 4, paint.lit(c), r=6)
        for k, c in enumerate(("#c2634c", "#d9a94a", "#e9dfc8"))
    )
    tap = line([(790, 460), (790, 410), (820, 396), (842, 412)], paint.lit("#aeb6ba"), 10)
    meal = f.pendant(paint, 330, 70, tone="#c2634c")
    return SetDrawing(
        far=far,
        middle=middle + things + tap + meal + f.plant(paint, 1560, 462, 0.5) + extras(paint, 1420, 720),
        window=pane,
    )


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


def bedroom(paint: Paint) -> SetDrawing:
    """A bed, night table with a lamp, wardrobe."""
    pane = (300.0, 120.0, 250.0, 320.0)
    far = (
        shell(paint, panel=False, stripes=True)
        + window(paint, *pane, curtain=pale(paint.accent, 0.35))
        + light_pool(paint, 300, 250)
        + f.picture(paint, 880, 150, 240, 160, seed=paint.seed + 1)
    )
    wardrobe = (
        f.slab(paint, 1370, 160, 280, 496, paint.wood, r=6)
        + line([(1510, 176), (1510, 640)], paint.ink, 3.5)
        + "".join(oval(1510 + k, 420, 7, 7, paint.lit("#e0b455"), ink=paint.ink, width=2) for k in (-16, 16))
    )
    night = f.table(paint, 620, 664, 110) + f.table_lamp(paint, 620, 494)
    middle = (
        wardrobe
        + night
        + f.bed(paint, 1010, 716)
        + f.rug(paint, 700, 850, 430)
        + f.armchair(paint, 90, 720, paint.accent)
    )
    return SetDrawing(
        far=far, middle=middle + extras(paint, 1740, 700) + f.plant(paint, 1760, 690), window=pane
    )


def office(paint: Paint) -> SetDrawing:
    """A desk before a wide window over the city."""
    pane = (520.0, 90.0, 600.0, 360.0)
    blinds = "".join(box(520, 90 + k * 12, 600, 5, pale(paint.wall, 0.4), opacity=0.85) for k in range(9))
    far = shell(paint, panel=False) + window(paint, *pane) + blinds + light_pool(paint, 620, 420)
    middle = (
        f.bookshelf(paint, 270, 660, 300, 470)
        + f.desk(paint, 860, 708)
        + f.armchair(paint, 1330, 720, paint.lit("#3c3a40"))
    )
    cabinet = f.slab(paint, 1480, 420, 150, 240, paint.lit("#7c858a")) + "".join(
        box(1530, 450 + k * 76, 50, 9, paint.lit("#c8ccca"), ink=paint.ink, width=2) for k in range(3)
    )
    return SetDrawing(
        far=far,
        middle=middle
        + cabinet
        + f.plant(paint, 1720, 690, 1.1)
        + f.plant(paint, 30, 690, 1.2)
        + f.table_lamp(paint, 1020, 520)
        + extras(paint, 520, 700),
        window=pane,
    )


def hallway(paint: Paint) -> SetDrawing:
    """Doors, a console with a mirror, a runner that leads away."""
    far = shell(paint, stripes=True) + f.picture(paint, 520, 180, 130, 170, seed=3)
    runner = path(pts([(640, 650), (960, 650), (1340, 1500), (260, 1500)]), paint.accent) + path(
        pts([(664, 650), (936, 650), (1290, 1500), (310, 1500)]), "none", ink=pale(paint.accent, 0.4), width=7
    )
    mirror = oval(
        800, 280, 100, 130, paint.lit("#cfe0e2"), ink=mix(paint.lit("#d9a94a"), paint.wood, 0.2), width=18
    ) + path(pts([(740, 350), (820, 170), (850, 180), (770, 370)]), "#ffffff", opacity=0.3)
    console = (
        f.table(paint, 800, 662, 260)
        + f.table_lamp(paint, 720, 492)
        + g.bush(paint, 868, 480, 0.3, bloom="#d8506a")
    )
    doors = (
        f.door(paint, 250, 642)
        + f.door(paint, 1330, 642)
        + f.door(paint, -300, 642)
        + f.door(paint, 1880, 642)
    )
    return SetDrawing(
        far=far + doors,
        middle=runner
        + mirror
        + console
        + f.plant(paint, 1100, 670, 0.9)
        + f.plant(paint, 470, 670, 0.9)
        + f.pendant(paint, 800, -30),
    )
