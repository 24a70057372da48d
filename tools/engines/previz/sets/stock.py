"""What stands on shelves and hangs on rails."""

import random
from collections.abc import Callable

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import (
    box,
    clip,
    curve,
    line,
    oval,
    path,
    pts,
)
from tools.engines.previz.sets import furniture as f
from tools.engines.previz.sets.paint import (
    Paint,
)
from tools.engines.previz.sets.shapes import (
    block,
    poly,
    rod,
    standing,
    stick,
)

Fill = Callable[[Paint, random.Random, float, float, float, float], str]
"""Fills one shelf: its left end, its board, its width, the height there is."""


def shelves(
    paint: Paint, x: float, y: float, w: float, h: float, rows: int, fill: Fill, *, tone: str = "", back: str = "",
    bays: int = 1,
) -> str:  # fmt: skip
    """Open shelves from their foot up, every board filled; `x` is the left end."""
    tone, dice, step = tone or paint.wood, paint.dice(f"shelves {x:.0f} {y:.0f}"), h / rows
    drawn = standing(x + w / 2, w * 0.55, y) + box(x, y - h, w, h, back or dark(tone, 0.5))
    for row in range(rows):
        base = y - h + step * (row + 1) - 12
        wide = w / bays
        for bay in range(bays):
            drawn += fill(paint, dice, x + bay * wide + 16, base, wide - 32, step - 26)
        drawn += box(x - 4, base, w + 8, 13, tone, ink=paint.ink, width=3)
    posts = (x - 8 + bay * w / bays for bay in range(bays + 1))
    return drawn + "".join(block(paint, post, y - h - 8, 16, h + 8, dark(tone, 0.18)) for post in posts)


def _row(
    dice: random.Random, x: float, w: float, wide: tuple[float, float], gap: float
) -> list[tuple[float, float]]:
    """Where things of chance width stand on a board: left end and width."""
    found: list[tuple[float, float]] = []
    at = x
    while True:
        across = dice.uniform(*wide)
        if at + across > x + w:
            return found
        found.append((at, across))
        at += across + gap


def cartons(paint: Paint, dice: random.Random, x: float, base: float, w: float, h: float) -> str:
    """Cardboard boxes, taped."""
    drawn = ""
    for at, wide in _row(dice, x, w, (54, 92), 6):
        high = h * dice.uniform(0.55, 0.96)
        tone = paint.lit(dice.choice(("#c39a68", "#b58a58", "#d0ab7c", "#a87f52")))
        drawn += f.slab(paint, at, base - high, wide, high, tone) + box(
            at + wide * 0.42, base - high, wide * 0.16, high * 0.4, pale(tone, 0.3)
        )
    return drawn


def white_boxes(paint: Paint, dice: random.Random, x: float, base: float, w: float, h: float) -> str:
    """Insulated boxes with a coloured label."""
    drawn = ""
    for at, wide in _row(dice, x, w, (70, 110), 10):
        high = h * dice.choice((0.6, 0.8, 0.94))
        label = paint.lit(dice.choice(("#3f7fae", "#3f7fae", "#c9503f", "#4fae8a")))
        drawn += f.slab(paint, at, base - high, wide, high, paint.lit("#eef5f8"), r=5) + box(
            at + 12, base - high * 0.62, wide - 24, high * 0.3, label
        )
        drawn += box(at + 3, base - high * 0.86, wide - 6, 4, paint.lit("#b9cdd6"))
    return drawn


def bottles(paint: Paint, dice: random.Random, x: float, base: float, w: float, h: float) -> str:
    """Bottles side by side."""
    drawn = ""
    for at, wide in _row(dice, x, w, (20, 28), 7):
        high, tone = (
            h * dice.uniform(0.7, 0.95),
            paint.lit(dice.choice(("#3f6b4a", "#8a4a2a", "#5a2a3a", "#b58a3a"))),
        )
        neck = box(at + wide * 0.34, base - high, wide * 0.32, high * 0.42, tone, ink=paint.ink, width=2, r=3)
        drawn += neck + box(at, base - high * 0.68, wide, high * 0.68, tone, ink=paint.ink, width=2.4, r=7)
        drawn += box(at + 2, base - high * 0.42, wide - 4, high * 0.22, paint.lit("#efe3c8"))
    return drawn


def jars(paint: Paint, dice: random.Random, x: float, base: float, w: float, h: float) -> str:
    """Preserving jars and tins."""
    drawn = ""
    for at, wide in _row(dice, x, w, (36, 56), 9):
        high = h * dice.uniform(0.5, 0.85)
        tone = paint.lit(dice.choice(("#c9853f", "#8a3a44", "#7a8f4a", "#d9b15a", "#9a5a3a", "#b9c2b0")))
        drawn += box(at, base - high, wide, high, tone, ink=paint.ink, width=2.6, r=8) + box(
            at + 4, base - high - 9, wide - 8, 12, paint.lit("#d8d2c0"), ink=paint.ink, width=2.2, r=3
        )
        drawn += box(at + 6, base - high + 8, 6, high - 20, "#ffffff", opacity=0.28, r=3)
    return drawn


def packs(paint: Paint, dice: random.Random, x: float, base: float, w: float, h: float) -> str:
    """Small boxes with a stripe: medicines, goods."""
    drawn = ""
    for at, wide in _row(dice, x, w, (26, 50), 3):
        high = h * dice.uniform(0.5, 0.92)
        stripe = paint.lit(dice.choice(("#3f8f7a", "#3f7fae", "#c9503f", "#e8b04a", "#7a5fa0", "#4fae6a")))
        drawn += box(at, base - high, wide, high, paint.lit("#f4f2ea"), ink=paint.ink, width=2) + box(
            at + 1, base - high * 0.5, wide - 2, high * 0.26, stripe
        )
    return drawn


def loaves(paint: Paint, dice: random.Random, x: float, base: float, w: float, h: float) -> str:
    """Bread: round, long, in tins."""
    drawn = ""
    for at, wide in _row(dice, x, w, (64, 104), 6):
        high, tone = (
            min(h * 0.72, 62.0) * dice.uniform(0.8, 1),
            paint.lit(dice.choice(("#c98a45", "#b5743a", "#d9a55a"))),
        )
        d = curve([(at, base), (at + wide * 0.06, base - high * 0.7), (at + wide / 2, base - high), (at + wide * 0.94, base - high * 0.7), (at + wide, base)], tension=0.8)  # fmt: skip
        cuts = "".join(line([(at + wide * k, base - high * 0.86), (at + wide * (k + 0.12), base - high * 0.4)], pale(tone, 0.5), 5) for k in (0.22, 0.44, 0.66))  # fmt: skip
        drawn += path(d, tone) + clip(d, cuts) + path(d, ink=paint.ink, width=2.8)
    return drawn


def folders(paint: Paint, dice: random.Random, x: float, base: float, w: float, h: float) -> str:
    """Box files with a hole in their spines."""
    drawn, tones = "", ("#5a6a7a", "#8a4a44", "#4a6a58", "#c9b48a", "#3f4a5c")
    for at, wide in _row(dice, x, w, (26, 36), 2):
        drawn += box(
            at, base - h * 0.86, wide, h * 0.86, paint.lit(dice.choice(tones)), ink=paint.ink, width=2
        )
        drawn += box(at + 5, base - h * 0.72, wide - 10, h * 0.24, paint.lit("#f0ead8")) + oval(
            at + wide / 2, base - h * 0.2, 5, 5, paint.ink
        )
    return drawn


def books(paint: Paint, dice: random.Random, x: float, base: float, w: float, h: float) -> str:
    """Books of every height, a gap here and there."""
    tones, drawn = (
        ("#a8433f", "#3f5f7a", "#c9a04a", "#4f7a5c", "#7a4f6f", "#d9cdb4", "#5a4a44", "#8a5a3a"),
        "",
    )
    for at, wide in _row(dice, x, w, (17, 32), 0.5):
        if dice.random() > 0.08:
            high = h * dice.uniform(0.66, 0.96)
            drawn += box(at, base - high, wide, high, paint.lit(dice.choice(tones)), ink=paint.ink, width=1.8)
    return drawn


def garments(paint: Paint, x: float, y: float, w: float, *, veiled: bool = False, long: float = 300.0) -> str:
    """Clothes on hangers along a rail from `x`; under film where they have been cleaned."""
    dice, drawn, at = (
        paint.dice(f"garments {x:.0f}"),
        stick(paint, [(x - 14, y), (x + w + 14, y)], paint.lit("#b4c0c4"), 9),
        x + 14.0,
    )
    tones = (
        "#a8433f",
        "#35577a",
        "#e9dfc8",
        "#4f8a83",
        "#2f3138",
        "#c9853f",
        "#6f5a8c",
        "#d8a0a8",
        "#5c7a4a",
    )
    while at < x + w - 70:
        wide, high, tone = dice.uniform(70, 96), long * dice.uniform(0.68, 1.0), paint.lit(dice.choice(tones))
        drawn += _garment(paint, at, y, wide, high, tone, veiled=veiled)
        at += wide * dice.uniform(0.6, 0.86)
    return drawn


def _garment(paint: Paint, x: float, y: float, w: float, h: float, tone: str, *, veiled: bool) -> str:
    mid = x + w / 2
    hook = rod(paint, [(mid, y + 20), (mid + 6, y + 4), (mid - 2, y - 6)], paint.lit("#d8dcd8"), 2)
    shape = [
        (mid - 9, y + 18),
        (mid + 9, y + 18),
        (x + w, y + 44),
        (x + w * 0.94, y + h * 0.6),
        (x + w * 1.02, y + h),
        (x - w * 0.02, y + h),
        (x + w * 0.06, y + h * 0.6),
        (x, y + 44),
    ]
    fold = "".join(
        line([(x + w * k, y + 60), (x + w * k, y + h - 10)], dark(tone, 0.25), 3) for k in (0.3, 0.52, 0.72)
    )
    drawn = hook + poly(paint, shape, tone) + fold
    if not veiled:
        return drawn
    bag = pts(
        [(mid, y + 8), (x + w + 7, y + 38), (x + w + 8, y + h + 26), (x - 8, y + h + 26), (x - 7, y + 38)]
    )
    shine = line([(x + w * 0.84, y + 60), (x + w * 0.86, y + h)], "#ffffff", 7, opacity=0.6) + line(
        [(x + w * 0.1, y + 54), (x + w * 0.14, y + h * 0.5)], "#ffffff", 4, opacity=0.5
    )
    return (
        drawn + path(bag, "#e8f6ff", opacity=0.3) + path(bag, ink="#ffffff", width=2.4, opacity=0.7) + shine
    )
