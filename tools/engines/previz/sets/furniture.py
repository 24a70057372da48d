"""Furniture, lamps, plants and vehicles: each stands on the point given as its foot."""

import random

from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import box, cel, clip, curve, glow, group, line, oval, path, pts
from tools.engines.previz.sets.paint import Paint

W = 3.5
"""Width of the outline of furniture."""


def slab(paint: Paint, x: float, y: float, w: float, h: float, tone: str, *, r: float = 2.0) -> str:
    """A block with its lit top edge and its dark left side."""
    body = box(x, y, w, h, tone, r=r) + box(x, y, w * 0.12, h, dark(tone, 0.2), r=r, opacity=0.7)
    return (
        body
        + box(x, y, w, min(7.0, h * 0.3), pale(tone, 0.22), r=r)
        + box(x, y, w, h, "none", ink=paint.ink, width=W, r=r)
    )


def floor_shadow(x: float, y: float, rx: float) -> str:
    """What keeps furniture on the floor."""
    return oval(x, y, rx, rx * 0.09, "#12080c", opacity=0.28)


def sofa(paint: Paint, x: float, y: float, tone: str) -> str:
    """Three seats wide, 520."""
    seat = slab(paint, x - 215, y - 105, 430, 62, tone, r=16)
    back = cel(curve([(x - 225, y - 100), (x - 220, y - 205), (x, y - 222), (x + 220, y - 205), (x + 225, y - 100)], tension=0.7), dark(tone, 0.08), dark(tone, 0.26), pts([(x - 300, y - 150), (x + 300, y - 138), (x + 300, y), (x - 300, y)]), ink=paint.ink, width=W)  # fmt: skip
    arms = "".join(slab(paint, x + s, y - 162, 58, 136, dark(tone, 0.05), r=20) for s in (-262, 204))
    cushions = "".join(line([(x + k, y - 102), (x + k, y - 48)], dark(tone, 0.4), W) for k in (-72, 72))
    pillow = group(
        box(-36, -36, 72, 72, pale(paint.accent, 0.45), ink=paint.ink, width=W, r=14),
        transform=f"translate({x - 150} {y - 140}) rotate(-16)",
    )
    feet = "".join(box(x + k, y - 44, 16, 44, dark(paint.wood, 0.3)) for k in (-224, 208))
    return (
        floor_shadow(x, y, 270)
        + feet
        + back
        + seat
        + slab(paint, x - 215, y - 52, 430, 26, dark(tone, 0.18), r=6)
        + cushions
        + pillow
        + arms
    )


def armchair(paint: Paint, x: float, y: float, tone: str) -> str:
    """One seat, 230 wide."""
    back = cel(curve([(x - 92, y - 80), (x - 96, y - 226), (x, y - 244), (x + 96, y - 226), (x + 92, y - 80)], tension=0.7), tone, dark(tone, 0.24), pts([(x - 120, y - 250), (x - 40, y - 250), (x - 40, y), (x - 120, y)]), ink=paint.ink, width=W)  # fmt: skip
    return (
        floor_shadow(x, y, 125)
        + back
        + slab(paint, x - 84, y - 112, 168, 70, pale(tone, 0.12), r=18)
        + "".join(slab(paint, x + s, y - 150, 44, 130, tone, r=18) for s in (-116, 72))
    )


def floor_lamp(paint: Paint, x: float, y: float) -> str:
    """Standing lamp, lit after dark."""
    shade = "#ffe3a1" if paint.lamps else paint.lit("#ead9b4")
    light = glow(x, y - 420, 330, 330, "#ffc869", 0.55) if paint.lamps else ""
    post = box(x - 5, y - 380, 10, 372, dark(paint.wood, 0.3), ink=paint.ink, width=2.5) + oval(
        x, y - 6, 46, 11, dark(paint.wood, 0.3), ink=paint.ink, width=W
    )
    return (
        light
        + post
        + path(
            pts([(x - 42, y - 466), (x + 42, y - 466), (x + 68, y - 372), (x - 68, y - 372)]),
            shade,
            ink=paint.ink,
            width=W,
        )
    )


def table_lamp(paint: Paint, x: float, y: float) -> str:
    """Small lamp on a table."""
    shade = "#ffe6ac" if paint.lamps else paint.lit("#e8d3ae")
    light = glow(x, y - 80, 220, 220, "#ffc869", 0.55) if paint.lamps else ""
    foot = path(
        curve(
            [(x - 22, y), (x - 16, y - 30), (x - 6, y - 52), (x + 6, y - 52), (x + 16, y - 30), (x + 22, y)]
        ),
        paint.accent,
        ink=paint.ink,
        width=W,
    )
    return (
        light
        + foot
        + path(
            pts([(x - 28, y - 112), (x + 28, y - 112), (x + 46, y - 48), (x - 46, y - 48)]),
            shade,
            ink=paint.ink,
            width=W,
        )
    )


def pendant(paint: Paint, x: float, y: float, *, tone: str = "#d8a24a") -> str:
    """A lamp that hangs from the ceiling."""
    light = glow(x, y + 36, 300, 260, "#ffd07a", 0.5) if paint.lamps else ""
    cord = line([(x, -1000), (x, y - 34)], paint.ink, 4, smooth=False)
    shade = path(
        curve(
            [(x - 62, y + 20), (x - 48, y - 16), (x, y - 38), (x + 48, y - 16), (x + 62, y + 20)], tension=0.9
        ),
        paint.lit(tone),
        ink=paint.ink,
        width=W,
    )
    return light + cord + oval(x, y + 20, 28, 18, "#fff2c4") + shade


def table(paint: Paint, x: float, y: float, w: float = 340.0, *, cloth: str = "") -> str:
    """A table on four legs, or under a cloth."""
    if cloth:
        d = curve([(x - w / 2, y - 168), (x + w / 2, y - 168), (x + w / 2 + 12, y - 60), (x + w / 2 - 8, y - 44), (x + w * 0.2, y - 62), (x, y - 44), (x - w * 0.2, y - 62), (x - w / 2 + 8, y - 44), (x - w / 2 - 12, y - 60)], tension=0.7)  # fmt: skip
        legs = "".join(box(x + k, y - 60, 14, 60, dark(paint.wood, 0.3)) for k in (-w * 0.36, w * 0.34))
        folds = "".join(
            path(
                pts([(x + k, y - 164), (x + k + 12, y - 164), (x + k + 20, y - 40), (x + k - 6, y - 40)]),
                dark(cloth, 0.16),
            )
            for k in (-w * 0.42, -w * 0.1, w * 0.22)
        )
        return (
            floor_shadow(x, y, w * 0.5)
            + legs
            + path(d, cloth)
            + clip(d, folds)
            + path(d, ink=paint.ink, width=W)
        )
    legs = "".join(
        box(x + k, y - 150, 18, 150, dark(paint.wood, 0.2), ink=paint.ink, width=2.5)
        for k in (-w / 2 + 16, w / 2 - 34)
    )
    return floor_shadow(x, y, w * 0.5) + legs + slab(paint, x - w / 2, y - 170, w, 26, paint.wood, r=4)


def chair(paint: Paint, x: float, y: float, *, left: bool = False) -> str:
    """A wooden chair from the side."""
    s = -1 if left else 1
    tone = mix(paint.wood, paint.accent, 0.25)
    back = path(
        pts([(x - s * 44, y - 262), (x - s * 30, y - 262), (x - s * 26, y - 108), (x - s * 44, y - 108)]),
        tone,
        ink=paint.ink,
        width=W,
    )
    rails = "".join(box(x - s * 38 - 9, y - k, 18, 10, dark(tone, 0.2)) for k in (230, 190, 150))
    legs = "".join(
        path(
            pts(
                [
                    (x + k - 6, y - 110),
                    (x + k + 6, y - 110),
                    (x + k + 9 * (1 if k > 0 else -1), y),
                    (x + k - 3, y),
                ]
            ),
            dark(tone, 0.2),
            ink=paint.ink,
            width=2.5,
        )
        for k in (-36, 36)
    )
    return legs + back + rails + slab(paint, x - 48, y - 122, 96, 18, tone, r=5)


def rug(paint: Paint, x: float, y: float, rx: float) -> str:
    """A round rug in perspective."""
    tone = mix(paint.accent, paint.floor, 0.35)
    return (
        oval(x, y, rx, rx * 0.17, tone, ink=dark(tone, 0.4), width=W)
        + oval(x, y, rx * 0.84, rx * 0.138, "none", ink=pale(tone, 0.35), width=5)
        + oval(x, y, rx * 0.5, rx * 0.08, pale(tone, 0.18))
    )


def picture(paint: Paint, x: float, y: float, w: float, h: float, *, seed: int = 1) -> str:
    """A framed landscape."""
    sky_, land = paint.lit("#dcc9a4"), paint.lit("#7d8f6a")
    view = path(
        curve(
            [
                (x, y + h * 0.65),
                (x + w * 0.3, y + h * (0.4 + seed % 3 * 0.08)),
                (x + w * 0.6, y + h * 0.62),
                (x + w, y + h * 0.45),
                (x + w, y + h * 1.1),
                (x, y + h * 1.1),
            ]
        ),
        land,
    )
    art = clip(
        pts([(x, y), (x + w, y), (x + w, y + h), (x, y + h)]),
        box(x, y, w, h, sky_),
        oval(x + w * 0.7, y + h * 0.28, h * 0.12, h * 0.12, paint.accent),
        view,
    )
    return (
        box(x + 7, y + 9, w, h, "#12080c", opacity=0.25)
        + art
        + box(x, y, w, h, "none", ink=mix(paint.wood, paint.lit("#d9a94a"), 0.5), width=14)
        + box(x - 7, y - 7, w + 14, h + 14, "none", ink=paint.ink, width=3)
    )


def bookshelf(paint: Paint, x: float, y: float, w: float = 250.0, h: float = 440.0) -> str:
    """Shelves full of books."""
    dice = random.Random(int(x) + paint.seed)  # noqa: S311  # books, not secrets
    tones = [
        paint.lit(c) for c in ("#a8433f", "#3f5f7a", "#c9a04a", "#4f7a5c", "#7a4f6f", "#d9cdb4", "#5a4a44")
    ]
    parts = [
        slab(paint, x - w / 2, y - h, w, h, paint.wood),
        box(x - w / 2 + 12, y - h + 12, w - 24, h - 24, dark(paint.wood, 0.42)),
    ]
    for row in range(4):
        base, cx = y - h + 12 + (row + 1) * (h - 24) / 4, x - w / 2 + 18
        while cx < x + w / 2 - 40:
            wide, tall = dice.uniform(13, 25), dice.uniform(0.58, 0.84) * (h - 24) / 4
            if dice.random() > 0.1:
                parts.append(
                    box(cx, base - tall - 8, wide, tall, dice.choice(tones), ink=paint.ink, width=1.8)
                )
            cx += wide
        parts.append(box(x - w / 2 + 8, base - 9, w - 16, 11, pale(paint.wood, 0.12), ink=paint.ink, width=2))
    return floor_shadow(x, y, w * 0.55) + "".join(parts)


def plant(paint: Paint, x: float, y: float, size: float = 1.0, *, tone: str = "#4f8550") -> str:
    """A potted plant with long leaves."""
    green, leaves = paint.lit(tone), []
    for k, (dx, dy) in enumerate(
        ((-86, -150), (-50, -230), (-8, -270), (44, -236), (90, -160), (-104, -86), (106, -92))
    ):
        side = 1 if dx >= 0 else -1
        d = curve([(x, y - 78 * size), (x + dx * 0.35 * size - 12, y + (dy * 0.55 - 40) * size), (x + dx * size, y + (dy - 40) * size), (x + (dx * 0.55 + side * 14) * size, y + (dy * 0.5 - 30) * size)])  # fmt: skip
        leaves.append(path(d, dark(green, 0.18) if k % 2 else green, ink=paint.ink, width=3))
    pot = cel(pts([(x - 46 * size, y - 92 * size), (x + 46 * size, y - 92 * size), (x + 34 * size, y), (x - 34 * size, y)]), paint.lit("#b5653f"), paint.lit("#82442c"), pts([(x - 60, y - 100), (x - 14, y - 100), (x - 10, y), (x - 60, y)]), ink=paint.ink, width=W)  # fmt: skip
    return floor_shadow(x, y, 52 * size) + "".join(leaves) + pot


def door(paint: Paint, x: float, y: float, *, tone: str = "", w: float = 190.0, h: float = 440.0) -> str:
    """A panelled door."""
    tone = tone or paint.wood
    panels = "".join(
        box(
            x - w / 2 + 24 + a,
            y - h + b,
            (w - 66) / 2,
            c,
            dark(tone, 0.14),
            ink=dark(tone, 0.45),
            width=3,
            r=3,
        )
        for a in (0, (w - 30) / 2)
        for b, c in ((34, h * 0.36), (h * 0.52, h * 0.38))
    )
    return (
        box(x - w / 2 - 18, y - h - 18, w + 36, h + 18, pale(tone, 0.3), ink=paint.ink, width=W)
        + slab(paint, x - w / 2, y - h, w, h, tone)
        + panels
        + oval(x + w / 2 - 18, y - h * 0.46, 9, 9, paint.lit("#e0b455"), ink=paint.ink, width=2.5)
    )


def bed(paint: Paint, x: float, y: float) -> str:
    """A double bed from the side, 620 wide."""
    cover = paint.accent
    head = slab(paint, x - 330, y - 300, 44, 300, paint.wood, r=10)
    mattress = slab(paint, x - 290, y - 132, 590, 70, paint.lit("#efe6d6"), r=14)
    quilt = cel(curve([(x - 130, y - 142), (x + 60, y - 152), (x + 306, y - 138), (x + 312, y - 40), (x - 120, y - 36)], tension=0.6), cover, dark(cover, 0.26), pts([(x - 140, y - 84), (x + 330, y - 90), (x + 330, y), (x - 140, y)]), ink=paint.ink, width=W)  # fmt: skip
    pillows = "".join(
        path(
            curve(
                [
                    (x - 280 + k, y - 136),
                    (x - 268 + k, y - 190),
                    (x - 180 + k, y - 186),
                    (x - 168 + k, y - 134),
                ]
            ),
            paint.lit("#f8f1e4"),
            ink=paint.ink,
            width=W,
        )
        for k in (34, 0)
    )
    return (
        floor_shadow(x, y, 330)
        + head
        + pillows
        + mattress
        + quilt
        + slab(paint, x - 300, y - 56, 610, 30, dark(paint.wood, 0.1))
        + "".join(box(x + k, y - 28, 18, 28, dark(paint.wood, 0.35)) for k in (-290, 276))
    )


def desk(paint: Paint, x: float, y: float) -> str:
    """A desk with a computer, 460 wide."""
    screen = (
        slab(paint, x - 70, y - 318, 150, 100, paint.lit("#2c2f38"), r=6)
        + box(x - 60, y - 308, 130, 80, "#bfe3ee" if paint.lamps else paint.lit("#9fc3d0"))
        + box(x - 5, y - 218, 20, 26, dark(paint.lit("#555a66"), 0.2))
    )
    papers = path(
        pts([(x - 190, y - 196), (x - 110, y - 204), (x - 104, y - 194), (x - 186, y - 186)]),
        paint.lit("#f4efe2"),
        ink=paint.ink,
        width=2,
    )
    drawers = "".join(
        slab(paint, x + 110, y - 160 + k, 96, 46, dark(paint.wood, 0.06))
        + box(x + 144, y - 142 + k, 28, 6, paint.lit("#d9b15a"))
        for k in (0, 50, 100)
    )
    return (
        floor_shadow(x, y, 245)
        + box(x - 214, y - 166, 420, 166, dark(paint.wood, 0.35))
        + drawers
        + slab(paint, x - 220, y - 166, 40, 166, paint.wood)
        + screen
        + papers
        + slab(paint, x - 240, y - 190, 480, 26, pale(paint.wood, 0.1), r=4)
    )


def counter(paint: Paint, x: float, y: float, w: float, tone: str, *, h: float = 190.0) -> str:
    """Cupboards under a worktop."""
    n = max(2, int(w // 150))
    doors = "".join(
        box(
            x + 14 + k * (w - 16) / n,
            y - h + 42,
            (w - 16) / n - 14,
            h - 62,
            dark(tone, 0.06),
            ink=dark(tone, 0.45),
            width=3,
            r=4,
        )
        + box(x + (k + 1) * (w - 16) / n - 26, y - h + 70, 7, 34, paint.lit("#e0d3b4"), r=3)
        for k in range(n)
    )
    return (
        slab(paint, x, y - h, w, h, tone)
        + doors
        + slab(paint, x - 12, y - h - 18, w + 24, 26, pale(paint.wood, 0.32), r=4)
    )
