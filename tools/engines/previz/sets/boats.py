"""On board: the deck of a boat, with the sea all round."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, curve, glow, line, num, oval, path, pts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.afloat import far_bank
from tools.engines.previz.sets.built import broad, life_ring, window_tone
from tools.engines.previz.sets.jungle import BROWN
from tools.engines.previz.sets.paint import LEFT, RIGHT, Lamp, Paint, SetDrawing, flat, wash
from tools.engines.previz.sets.placing import at
from tools.engines.previz.sets.shapes import block, disc, standing, stick
from tools.engines.previz.sets.sky import hills, sky
from tools.engines.previz.sets.water import RIVER, SEA, glitter, gulls, water

HORIZON = 396.0


def boat_deck(paint: Paint) -> SetDrawing:
    """The deck of a boat: wheelhouse, rail with a life ring, mast and rigging; the sea or a river behind."""
    far = _river(paint) if paint.tells("jungle", "river") else _sea(paint)
    middle = (
        _rigging(paint)
        + _deck(paint)
        + _railing(paint)
        + life_ring(paint, 1040, 566, 62)
        + _mast(paint, 1250)
    )
    middle += _wheelhouse(paint) + _deck_things(paint)
    return SetDrawing(
        far=far, middle=middle, lamps=(Lamp(1250, 120, 380), Lamp(330, 200, 340), Lamp(120, 330, 300))
    )


def _river(paint: Paint) -> str:
    """Water between banks, and no gull."""
    tone = BROWN if paint.tells("jungle") else RIVER
    near = water(paint, HORIZON, 760, tone=tone, waves=130) + flat(760, 940, paint.lit(tone))
    return (
        sky(paint, HORIZON + 10)
        + near
        + far_bank(paint, HORIZON)
        + glitter(paint, HORIZON, 700)
        + _wake(paint)
    )


def _sea(paint: Paint) -> str:
    """The open sea, with a coast or an island here and there."""
    coast = paint.pick("coast", "none", "hills", "island")
    land = ""
    if coast == "hills":
        land = hills(paint, HORIZON + 6, "#7f96a0", seed=paint.seed, high=80)
    if coast == "island":
        land = path(
            curve(at(900, HORIZON + 4, 1, "-330 6 -200 -44 -70 -58 60 -96 170 -40 320 6")),
            paint.lit("#7f96a0"),
        )
    far = (
        sky(paint, HORIZON + 10)
        + land
        + water(paint, HORIZON, 760, tone=SEA, waves=130)
        + flat(760, 940, paint.lit(SEA))
    )
    birds = gulls(paint, (560, 150, 0.9), (980, 100, 0.7), (700, 250, 0.5))
    return far + glitter(paint, HORIZON, 700) + _wake(paint) + birds


def _wake(paint: Paint) -> str:
    foam = "".join(f"M{num(x)} {num(y)}q{num(30 + y * 0.1)} -9 {num(70 + y * 0.2)} 0" for x, y in (
        (430, 500), (520, 560), (620, 610), (980, 530), (1130, 600), (1420, 520), (1600, 580), (760, 640)))  # fmt: skip
    return path(foam, ink="#ffffff", width=5, opacity=0.5)


def _deck(paint: Paint) -> str:
    """Planks that run to the bow, and the bulwark that the rail stands on."""
    tone = paint.floor
    boards = wash(690, 260, [(0, dark(tone, 0.2), 1), (1, tone, 1)]) + flat(949, 760, tone)
    joints = "".join(f"M{num(800 + x)} 690L{num(800 + x * 2.3)} 1700" for x in range(-1800, 1801, 82))
    butts = "".join(f"M{num(800 + x)} {num(y)}h{num(w)}" for x, y, w in ((-520, 790, 96), (-160, 850, 110), (240, 760, 90), (560, 880, 116), (40, 960, 130)))  # fmt: skip
    lines = path(joints, ink=dark(tone, 0.34), width=4) + path(butts, ink=dark(tone, 0.34), width=4)
    low = broad(paint, LEFT, 650, RIGHT - LEFT, 44, paint.lit("#efeae0"))
    return boards + lines + low + box(LEFT, 684, RIGHT - LEFT, 12, paint.accent, ink=paint.ink, width=2.5)


def _railing(paint: Paint) -> str:
    white = paint.lit("#f2eee4")
    wires = "".join(stick(paint, [(LEFT, y), (RIGHT, y)], white, 7) for y in (530, 594))
    posts = "".join(stick(paint, [(x, 652), (x, 474)], white, 12) + disc(paint, x, 470, 11, white) for x in range(-740, 2400, 180))  # fmt: skip
    return wires + posts + broad(paint, LEFT, 458, RIGHT - LEFT, 22, pale(paint.wood, 0.12), r=8)


def _wheelhouse(paint: Paint) -> str:
    """The cabin on the left with its windows, door and a second life ring."""
    white, trim = paint.lit(paint.pick("wheelhouse", "#efeae0", "#e0d0a8", "#b9cdd4")), paint.accent
    body = broad(paint, LEFT, 40, 1130, 680, white) + box(LEFT, 600, 1130, 120, mix(white, trim, 0.85), ink=paint.ink, width=3.5)  # fmt: skip
    roof = broad(paint, LEFT, 0, 1176, 46, trim, r=8) + block(paint, -60, -110, 150, 112, dark(white, 0.12))
    glass = window_tone(paint)
    panes = "".join(
        box(x, 104, 150, 176, glass, ink=paint.ink, width=4, r=16)
        + path(pts([(x + 20, 276), (x + 64, 108), (x + 92, 108), (x + 48, 276)]), "#ffffff", opacity=0.22)
        for x in (-560, -380, -200)
    )
    door = block(paint, -10, 130, 132, 560, pale(paint.wood, 0.05), r=14) + box(20, 172, 72, 110, glass, ink=paint.ink, width=4, r=12)  # fmt: skip
    handle = stick(paint, [(104, 404), (104, 446)], paint.lit("#c9a860"), 7)
    port = disc(paint, 222, 200, 50, paint.lit("#b99a56")) + disc(paint, 222, 200, 37, glass) + "".join(
        oval(222 + dx * 44, 200 + dy * 44, 4, 4, paint.ink) for dx, dy in ((0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7))
    )  # fmt: skip
    lamp = (glow(322, 96, 210, 210, "#ffd27f", 0.7) if paint.lamps else "") + block(paint, 306, 70, 30, 46, "#fff0bf" if paint.lamps else paint.lit("#d8dcd8"), r=12)  # fmt: skip
    return body + roof + panes + door + handle + port + life_ring(paint, 222, 386, 78) + lamp


def _rigging(paint: Paint) -> str:
    """Shrouds with their ratlines, right of the mast, and stays to both sides."""
    rope = paint.lit("#5a4a40")
    feet, top = (1370.0, 1460.0, 1550.0), (1256.0, -330.0)
    lines = "".join(f"M{x} 470L{top[0]} {top[1]}" for x in feet)
    rungs = ""
    for k in range(13):
        t = k / 15
        y = 470 + (top[1] - 470) * t
        rungs += f"M{num(feet[0] + (top[0] - feet[0]) * t)} {num(y)}L{num(feet[2] + (top[0] - feet[2]) * t)} {num(y)}"
    stays = f"M{top[0]} {top[1]}L2600 470M{top[0]} {top[1]}L360 20M1250 60L700 -420"
    return path(lines, ink=rope, width=6) + path(rungs, ink=rope, width=4) + path(stays, ink=rope, width=4)


def _mast(paint: Paint, x: float) -> str:
    wood = pale(paint.wood, 0.12)
    spar = f.slab(paint, x - 20, -1000, 40, 1690, wood)
    boom = stick(paint, [(x, 330), (x + 760, 296)], wood, 24)
    sail = path(curve(at(x, 330, 1, "16 -14 120 -58 330 -50 560 -58 740 -46 750 -24 560 -8 300 4 100 -2"), tension=0.8), paint.lit(paint.pick("sail", "#f0e4c8", "#c96a4a", "#e8dcc8")), ink=paint.ink, width=3.5)  # fmt: skip
    ties = "".join(
        line([(x + k, 264 + (k % 3) * 4), (x + k + 10, 336)], paint.ink, 6) for k in range(90, 740, 130)
    )
    lamp = (glow(x, 120, 220, 220, "#ffd27f", 0.7) if paint.lamps else "") + block(paint, x - 18, 96, 36, 50, "#fff0bf" if paint.lamps else paint.lit("#d8dcd8"), r=10)  # fmt: skip
    rope = "".join(oval(x, y, 26, 9, "none", ink=paint.lit("#cbb38a"), width=7) for y in (500, 514, 528))
    return standing(x, 60, 700) + spar + boom + sail + ties + rope + lamp


def _deck_things(paint: Paint) -> str:
    """Rope, and what this boat carries."""
    coil = "".join(
        oval(600, 770 - k * 11, 84 - k * 7, 19 - k * 1.5, "none", ink=paint.ink, width=17)
        + oval(600, 770 - k * 11, 84 - k * 7, 19 - k * 1.5, "none", ink=paint.lit("#cbb38a"), width=11)
        for k in range(3)
    )
    if paint.pick("cargo", "crates", "barrels") == "crates":
        load = "".join(
            f.slab(paint, x, y - s, s * 1.3, s, pale(paint.wood, 0.16))
            + "".join(box(x + 6, y - s + k * s / 3, s * 1.3 - 12, 4, dark(paint.wood, 0.3)) for k in (1, 2))
            for x, y, s in ((1440, 760, 110), (1590, 772, 120), (1490, 650, 92))
        )
    else:
        load = "".join(
            standing(x, 64, y)
            + path(curve(at(x, y, 1, "-52 -4 -62 -74 -52 -146 52 -146 62 -74 52 -4"), tension=0.7), paint.lit(c), ink=paint.ink, width=3.5)
            + "".join(box(x - 58, y - k, 116, 8, dark(paint.lit(c), 0.35)) for k in (110, 40))
            for x, y, c in ((1480, 760, "#35577a"), (1620, 772, "#b5653f"))
        )  # fmt: skip
    return coil + load
