"""The gate of an airport."""

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, clip, curve, cut, glow, group, line, oval, path, pts
from tools.engines.previz.sets import fittings, readouts
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.epoch import modern
from tools.engines.previz.sets.paint import LEFT, RIGHT, TOP, Lamp, Paint, SetDrawing, flat
from tools.engines.previz.sets.room import extras
from tools.engines.previz.sets.shapes import poly, standing, stick
from tools.engines.previz.sets.sky import hills, sky


def airport(paint: Paint) -> SetDrawing:
    """The gate: a wall of glass with aeroplanes behind, the board of departures, rows of seats."""
    steel = paint.lit("#7f8a90")
    frames = [(x, 60.0, 286.0, 500.0) for x in range(-780, 2400, 310)]
    body = fittings.plain_walls(paint, mix(paint.wall, paint.lit("#e6eaea"), 0.4)) + _terminal_roof(
        paint, steel
    )
    trims = "".join(
        box(x, y, w, h, "none", ink=steel, width=20)
        + box(x, y, w, h, "none", ink=paint.ink, width=3.5)
        + box(x, y + 330, w, 8, steel)
        + path(pts([(x + 40, y + h), (x + 160, y), (x + 220, y), (x + 100, y + h)]), "#ffffff", opacity=0.1)
        for x, y, w, h in frames
    )
    seats = "".join(fittings.chairs(paint, x, 716, 3, paint.accent, step=124) for x in (-520, 20, 980, 1560))
    gate = _gate_desk(paint, 620, 716)
    middle = (
        body
        + cut(*(box(x, y, w, h, "#000000") for x, y, w, h in frames))
        + trims
        + fittings.hard_floor(paint)
        + _departures(paint, 300, 44)
        + _departures(paint, 1150, 44)
        + _plane_sign(paint, 800, 96)
        + seats
        + gate
        + fittings.luggage(paint, 470, 790)
        + fittings.luggage(paint, 1440, 800)
    )
    return SetDrawing(
        far=_apron(fittings.outside(paint)), middle=middle + extras(paint, 1840, 740), panes=tuple(frames),
        lamps=(Lamp(420, 120, 420, "#ffca7a", 0.8), Lamp(1270, 120, 420, "#ffca7a", 0.8), Lamp(800, 0, 620, "#f0f6ff")),
    )  # fmt: skip


def _terminal_roof(paint: Paint, steel: str) -> str:
    ribs = "".join(
        poly(
            paint,
            [(800 + x, 20), (822 + x, 20), (860 + x * 2.2, -800), (800 + x * 2.2, -800)],
            dark(steel, 0.2),
            2.5,
        )
        for x in range(-1550, 1600, 310)
    )
    return flat(TOP, 1040, pale(steel, 0.3)) + ribs + stick(paint, [(LEFT, 26), (RIGHT, 26)], steel, 22)


@modern
def _departures(paint: Paint, x: float, y: float) -> str:
    """A board of lines that nobody can read from here."""
    dice, drawn = (
        paint.dice(f"board {x:.0f}"),
        "".join(stick(paint, [(x + k, -200), (x + k, y)], paint.lit("#5f686e"), 8) for k in (40, 200)),
    )
    drawn += f.slab(paint, x - 10, y, 260, 190, paint.lit("#20242b"), r=6)
    for row in range(6):
        top = y + 18 + row * 28
        drawn += (
            box(x + 4, top, 44, 14, "#ffca4e")
            + box(x + 60, top, dice.uniform(60, 110), 14, "#f4f0e0")
            + box(x + 192, top, 40, 14, dice.choice(("#7af0b8", "#7af0b8", "#ff7a5e", "#ffca4e")))
        )
    return glow(x + 120, y + 90, 220, 160, "#ffca7a", 0.2) + drawn


def _plane_sign(paint: Paint, x: float, y: float) -> str:
    """The yellow sign with an aeroplane."""
    hang = "".join(stick(paint, [(x + k, -200), (x + k, y - 46)], paint.lit("#5f686e"), 7) for k in (-90, 90))
    plate = f.slab(paint, x - 130, y - 46, 260, 92, paint.lit("#e8b83a"), r=8)
    body = path(
        curve(
            [
                (x - 78, y + 26),
                (x - 60, y + 12),
                (x + 52, y - 26),
                (x + 80, y - 28),
                (x + 66, y - 10),
                (x - 56, y + 30),
            ],
            tension=0.6,
        ),
        paint.ink,
    )
    wings = (
        path(pts([(x - 10, y + 2), (x - 40, y - 34), (x - 22, y - 36), (x + 34, y - 14)]), paint.ink)
        + path(pts([(x + 2, y + 8), (x + 6, y + 40), (x + 22, y + 34), (x + 40, y - 8)]), paint.ink)
        + path(pts([(x - 70, y + 20), (x - 84, y - 6), (x - 70, y - 8), (x - 52, y + 10)]), paint.ink)
    )
    return hang + plate + body + wings


def _gate_desk(paint: Paint, x: float, y: float) -> str:
    front = f.slab(paint, x, y - 200, 300, 200, mix(paint.accent, paint.wall, 0.3), r=6) + f.slab(
        paint, x - 16, y - 222, 332, 26, paint.lit("#e6e4dc"), r=4
    )
    return (
        standing(x + 150, 170, y)
        + front
        + readouts.screen(paint, x + 40, y - 308, 96, 66, "lines")
        + readouts.screen(paint, x + 170, y - 308, 96, 66, "map")
        + readouts.digits(paint, x + 110, y - 150, paint.pick("gate", "14", "27", "36", "08"), "#fff6e0", 1.7)
    )


def _apron(paint: Paint) -> str:
    """The field outside: a parked aeroplane, another that climbs, the tower."""
    field = (
        flat(430, 1300, paint.lit("#9aa094"))
        + flat(430, 40, paint.lit("#8aa070"))
        + "".join(box(x, 520, 120, 8, paint.lit("#f0ead8")) for x in range(-700, 2300, 240))
    )
    tower = box(-470, 190, 50, 250, paint.lit("#c9c6bc"), ink=paint.ink, width=3) + poly(
        paint, [(-510, 190), (-380, 190), (-396, 130), (-494, 130)], paint.lit("#5f7f8c")
    )
    return (
        sky(paint, 560)
        + hills(paint, 430, "#8aa08f", seed=paint.seed, high=60)
        + field
        + tower
        + "".join(
            _aeroplane(paint, x, y, size)
            for x, y, size in ((330, 410, 1.0), (1290, 400, 1.12), (2180, 410, 1.0))
        )
        + group(_aeroplane(paint, 0, 0, 0.34), transform="translate(1560 130) rotate(-14)")
    )


def _aeroplane(paint: Paint, x: float, y: float, s: float) -> str:
    """An aeroplane from its side, nose to the left; its wheels are out when it is near."""
    white, tone = paint.lit("#f2f2ee"), paint.accent
    hull = curve(
        [(-330, -40), (-290, -86), (-200, -104), (240, -104), (350, -86), (250, -40), (0, -22), (-250, -20)],
        tension=0.6,
    )
    tail = poly(paint, [(220, -100), (300, -230), (366, -230), (330, -90)], tone)
    wing = poly(paint, [(-70, -48), (60, -48), (190, 20), (140, 24)], dark(white, 0.2)) + box(
        -30, -26, 100, 40, tone, ink=paint.ink, width=3, r=18
    )
    body = (
        path(hull, white) + clip(hull, box(-360, -50, 760, 10, tone)) + path(hull, ink=paint.ink, width=3.5)
    )
    return group(
        tail + (_wheels(paint) if s > 0.5 else "") + body + _portholes(paint) + wing,
        transform=f"translate({x:g} {y:g}) scale({s:g})",
    )


def _wheels(paint: Paint) -> str:
    return "".join(
        line([(k, -20), (k, 26)], paint.ink, 7) + oval(k, 30, 15, 15, "#2a2d35") for k in (-240, 60)
    )


def _portholes(paint: Paint) -> str:
    glass = "#ffe0a0" if paint.lamps else paint.lit("#4f6a78")
    return "".join(oval(k * 32 - 190, -76, 7, 9, glass) for k in range(13)) + path(
        pts([(-304, -74), (-262, -92), (-244, -76)]), paint.lit("#3f5864")
    )
