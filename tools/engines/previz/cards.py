"""Title and end card: typography over the production's own palette."""

import asyncio
import random
import re
from io import BytesIO

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from state.order import Style
from tools.engines.previz.colour import dark, luma, mix, rgb
from tools.engines.previz.ink import box, curve, glow, gradient, line, oval, path
from tools.engines.previz.light import veil
from tools.engines.previz.raster import Pixels, raster
from tools.engines.previz.typefaces import FACES, Face, font_file

NIGHT = "#0d0a10"
GRAIN_SEED = 5


async def title_card(title: str, subtitle: str, style: Style, size: tuple[int, int]) -> bytes:
    """The opening card as PNG, exactly `size` pixels (width, height)."""
    return await asyncio.to_thread(_card, title, _whole_sentences(subtitle), style, size)


async def end_card(text: str, title: str, style: Style, size: tuple[int, int]) -> bytes:
    """The closing card as PNG: what is said at the end, and of which title."""
    return await asyncio.to_thread(_card, text, title, style, size)


def _whole_sentences(text: str) -> str:
    """A text that breaks off, up to its last whole sentence, where it has one."""
    text = text.strip()
    if not text.endswith(("…", "...")):
        return text
    whole = re.match(r"(?s).*[.!?](?=\s)", text.rstrip("….").rstrip())
    return whole.group() if whole else text


def _card(title: str, subtitle: str, style: Style, size: tuple[int, int]) -> bytes:
    w, h = size
    picture = Image.fromarray(cv2.cvtColor(_ground(style, w, h), cv2.COLOR_BGR2RGB))
    pen = ImageDraw.Draw(picture)
    column = int(w * (0.8 if w > h else 0.84))
    tall = h > w * 1.15
    largest = int(min(w, h) * (0.15 if w > h else 0.15 if tall else 0.13))
    font, rows = _fitted(title.upper(), "title", column, largest, most=5 if tall else 3)
    small, under = _fitted(subtitle, "text", column, int(min(w, h) * (0.05 if tall else 0.042)), most=3)
    leading, small_leading = font.size * 1.16, small.size * 1.5
    gap = min(w, h) * 0.055
    y = (
        h * (0.42 if tall else 0.46)
        - (len(rows) * leading + (gap * 2 + len(under) * small_leading if subtitle else 0)) / 2
    )
    for row in rows:
        _row(pen, row, font, (w / 2, y + leading / 2), "#fbf4e6")
        y += leading
    if subtitle:
        _rule(pen, w / 2, y + gap * 0.7, min(w, h), style.accent)
        y += gap * 1.7
        for row in under:
            _row(pen, row, small, (w / 2, y + small_leading / 2), mix("#fbf4e6", style.accent, 0.25))
            y += small_leading
    packed = BytesIO()
    picture.save(packed, "PNG")
    return packed.getvalue()


def _ground(style: Style, w: int, h: int) -> Pixels:
    """Hills of the palette's colours before a low sun, dark enough to read on; as the film, so its hills."""
    tones = sorted([*style.palette, "#1f2a44", "#b5533c", "#e8b04a"][:3], key=luma)
    base, middle, warm = (
        mix(tone, NIGHT, share) for tone, share in zip(tones, (0.38, 0.45, 0.3), strict=True)
    )
    dice = random.Random(f"{style.palette}")  # noqa: S311  # hills, not secrets
    define, fill = gradient([(0, dark(base, 0.4), 1), (0.5, base, 1), (0.72, mix(base, middle, 0.75), 1)])
    sun = 800.0 + dice.choice((-1, 1)) * dice.uniform(90, 210)
    light = glow(sun, 670, 860, 420, warm, 0.62) + oval(sun, 694, 92, 92, warm, opacity=0.5)
    ridges = (mix(middle, base, 0.3), mix(middle, base, 0.68), dark(mix(base, NIGHT, 0.35), 0.3))
    slopes = "".join(_ridge(dice, 690.0 + k * 72, tone, warm) for k, tone in enumerate(ridges))
    body = define + box(-400, -400, 2400, 1800, fill) + light + slopes
    across = 900.0 * w / h
    drawn = raster(body, (800 - across / 2, 0.0, across, 900.0), (w, h))[:, :, :3]
    toned = cv2.multiply(drawn, veil("romantic", w, h, blinds=False), scale=1 / 255)
    return _grained(np.asarray(toned, np.uint8))


def _grained(picture: Pixels) -> Pixels:
    """With the finest grain there is: dark slopes of colour show their steps without it."""
    grain = np.random.default_rng(GRAIN_SEED).integers(-1, 2, (*picture.shape[:2], 1), np.int16)
    return np.asarray(np.clip(picture + grain, 0, 255), np.uint8)


def _ridge(dice: random.Random, y: float, tone: str, light: str) -> str:
    crest = [(x, y + dice.uniform(-46, 46)) for x in range(-260, 2300, 240)]
    slope = path(curve([*crest, (2400, 1200), (-700, 1200)], tension=0.9), tone)
    return slope + line(crest, light, 2.4, opacity=0.35)


def _row(
    pen: ImageDraw.ImageDraw, row: str, font: ImageFont.FreeTypeFont, at: tuple[float, float], colour: str
) -> None:
    shade = max(1.0, font.size * 0.03)
    red, green, blue = (round(v * 255) for v in rgb(colour))
    pen.text((at[0] + shade, at[1] + shade), row, font=font, fill=(10, 6, 10), anchor="mm")
    pen.text(at, row, font=font, fill=(red, green, blue), anchor="mm")


def _rule(pen: ImageDraw.ImageDraw, x: float, y: float, side: int, colour: str) -> None:
    """A short line with a diamond in its middle."""
    reach, thick, knot = side * 0.11, max(1, round(side * 0.003)), side * 0.009
    for start, end in ((x - reach, x - knot * 2.2), (x + knot * 2.2, x + reach)):
        pen.line([(start, y), (end, y)], fill=colour, width=thick)
    pen.polygon([(x, y - knot), (x + knot, y), (x, y + knot), (x - knot, y)], fill=colour)


def _fitted(
    text: str, face: Face, column: int, largest: int, *, most: int
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest type in which the text needs at most so many rows."""
    size = max(largest, 8)
    while True:
        font = _font(face, size)
        rows = _wrapped(text, font, column)
        fits = len(rows) <= most and all(font.getlength(row) <= column for row in rows)
        if fits or size <= 8:
            return font, rows[: most + 1]
        size = max(8, int(size * 0.92))


def _wrapped(text: str, font: ImageFont.FreeTypeFont, column: int) -> list[str]:
    rows: list[str] = []
    for word in text.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and font.getlength(longer) <= column:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows


def _font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(font_file(face)), size)
    font.set_variation_by_axes([FACES[face][2]])
    return font
