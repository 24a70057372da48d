"""How a story's thing looks: its colour, how many there are, and the state that it is in.

A drawing is recoloured by its own main tone, so that shade and light stay what they are to it.
"""

import colorsys
import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from state.script import ThingLook, ThingState
from tools.engines.previz.colour import dark, hexed, pale, rgb
from tools.engines.previz.damage import BLOT, DAMAGES, THREAD, damaged, in_halves, seam
from tools.engines.previz.extent import Extent, extent_of
from tools.engines.previz.ink import clip, curve, group, line, oval, path, pts
from tools.engines.previz.keepsakes import SAID
from tools.engines.previz.lettering import lettered
from tools.engines.previz.raster import raster
from tools.engines.previz.story_openings import striped_flag

TONES = {
    "red": "#cf3038", "blue": "#3a6fc4", "green": "#3f9550", "yellow": "#f2c832", "orange": "#ec8430",
    "purple": "#8450a8", "pink": "#ee8fb2", "brown": "#85573a", "black": "#3b3a44", "white": "#f4f1ea",
    "grey": "#8d9099", "gold": "#e0aa36", "silver": "#bcc3cd", "cream": "#efe0bd",
    "turquoise": "#3fb0ae", "burgundy": "#7c2438",
}  # fmt: skip
HEX = re.compile(r"#[0-9a-fA-F]{6}(?![0-9a-fA-F])")
STOP = re.compile(r"(<stop [^>]*?)(?: stop-opacity=\"[^\"]*\")?\s*/>")
"""Of a glow of light."""
PATH = re.compile(r"<path [^>]*/>")
WARM, BRIGHT, GLOWING, FLAMING = 0.18, 0.8, 0.24, 0.7
"""Hue, value and fullness of light, and of fire."""
MESSAGE = re.compile(rf"{re.escape(SAID)}.*?</g>", re.DOTALL)
FULL, NEAR = 0.2, 0.09
"""From how much colour on a tone counts as coloured, and how near on the wheel two tones are one."""
SIDE = 220
SEEN = 48
"""Pixels in which a drawing's main tone is looked for."""
SPREAD = 1.3
"""How far apart the middles of several are, against the size of one."""
DARKENED = 0.42
DEEPER, PALER = 0.42, 0.45
"""How far a dark or a light shade is from its colour."""
UNDER = 0.24
"""How much of a standing animal is its legs."""
PALE, MOSTLY = 0.72, 0.7


def with_look(drawn: str, look: ThingLook, ink: str, *, hung: bool = False) -> str:
    """A drawing as the story says that the thing looks; what hangs stands in no puddle."""
    if look.stripes:
        drawn = striped_flag(ink, tuple(TONES[one] for one in look.stripes if one))
    shown = recoloured(drawn, _shaded(look), ink) if look.colour else drawn
    shown = _unlit(shown, ink) if look.state == "out" else shown
    if look.state == "broken":
        # Of several broken ones each is broken.
        shown += _crack(extent_of(shown), ink)
    shown += lettered(look.written, extent_of(shown), ink) if look.written else ""
    if look.state == "in_pieces":
        shown = in_halves(shown, ink)
    if look.state == "mended":
        shown += seam(shown, ink, TONES.get(look.thread, THREAD))
    if look.state in DAMAGES:
        shown += damaged(look.state, shown, ink, TONES.get(look.thread, THREAD), TONES.get(look.stain, BLOT))
    shown = _several(shown, look.count) if look.count > 1 else shown
    if look.state == "wet" and hung:
        return shown + _drops(extent_of(shown), ink)
    return _in_state(shown, look.state, ink)


def _shaded(look: ThingLook) -> str:
    """The tone of its colour: dark green, light blue."""
    tone = TONES[look.colour]
    return dark(tone, DEEPER) if look.shade == "dark" else pale(tone, PALER) if look.shade else tone


def recoloured(drawn: str, tone: str, ink: str) -> str:
    """The drawing with its main tone, in light and in shade, made another colour."""
    main = _main_tone(drawn, ink)
    if main is None:
        return drawn
    hue, light, full = colorsys.rgb_to_hls(*rgb(tone))
    own = colorsys.rgb_to_hls(*rgb(main))

    def turned(found: re.Match[str]) -> str:
        was = found[0].lower()
        if was == ink.lower() or not _akin(colorsys.rgb_to_hls(*rgb(was)), own):
            return found[0]
        lit = light + (colorsys.rgb_to_hls(*rgb(was))[1] - own[1]) * 0.8
        return hexed(*colorsys.hls_to_rgb(hue, min(max(lit, 0.06), 0.97), full))

    return HEX.sub(turned, drawn)


def _akin(tone: tuple[float, float, float], own: tuple[float, float, float]) -> bool:
    """Whether a tone is the main one in another light."""
    if own[2] < FULL:
        return tone[2] < FULL
    apart = abs(tone[0] - own[0])
    return tone[2] >= FULL / 2 and min(apart, 1 - apart) <= NEAR


@lru_cache(maxsize=64)
def _main_tone(drawn: str, ink: str) -> str | None:
    """Of the tones that a drawing is made of, the one that most of it shows."""
    tones = sorted({found[0].lower() for found in HEX.finditer(drawn)} - {ink.lower()})
    pixels = raster(drawn, (-SIDE / 2, -SIDE / 2, SIDE, SIDE), (SEEN, SEEN)).reshape(-1, 4).astype(int)
    seen = pixels[pixels[:, 3] > 250][:, 2::-1]
    if not tones or not len(seen):
        return None
    listed = np.array([[int(tone[at : at + 2], 16) for at in (1, 3, 5)] for tone in [*tones, ink]])
    nearest = np.abs(seen[:, None, :] - listed[None, :, :]).sum(axis=2).argmin(axis=1)
    counts = np.bincount(nearest, minlength=len(listed))[: len(tones)]
    pale = np.array([min(rgb(tone)) > PALE for tone in tones])
    # A dial or a label is not what has the colour, unless there is hardly anything else.
    weights = np.where(pale & (counts < counts.sum() * MOSTLY), counts * 0.2, counts)
    return tones[int(weights.argmax())]


def _unlit(drawn: str, ink: str) -> str:
    """No flame and no beam, lit glass gone dark, and nothing to read on a screen."""

    def darkened(found: re.Match[str]) -> str:
        hue, full, light = colorsys.rgb_to_hsv(*rgb(found[0]))
        if not (hue < WARM and light > BRIGHT and full > GLOWING):
            return found[0]
        return hexed(*colorsys.hsv_to_rgb(hue, 0.12, light * DARKENED))

    def gone(found: re.Match[str]) -> str:
        return "" if _shines(found[0], ink) else found[0]

    dark = STOP.sub(r'\1 stop-opacity="0"/>', MESSAGE.sub("", drawn))
    return HEX.sub(darkened, PATH.sub(gone, dark))


def _shines(shape: str, ink: str) -> bool:
    """Whether a shape is a flame or a beam: warm and bright, and with no line of its own round it."""
    filled = re.search(rf' fill="({HEX.pattern})"', shape)
    if filled is None:
        return False
    hue, full, light = colorsys.rgb_to_hsv(*rgb(filled[1]))
    inked = f'stroke="{ink}"' in shape
    bare = not inked and (full > GLOWING or "fill-opacity" in shape)
    return hue < WARM and light > BRIGHT and (bare or full > FLAMING)


def _several(drawn: str, count: int) -> str:
    """So many of it in rows, the nearer ones lower and before the others."""
    left, top, right, low = extent_of(drawn)
    wide, high = (right - left) * 0.92, (low - top) * 0.66
    rows = [count] if count <= 3 else [count // 2, count - count // 2]
    scale = min(1.0, 200 / (wide * max(rows)), 200 / (high * (len(rows) - 1) + low - top))
    parts = [group(drawn, transform=f"translate({x * wide:.1f} {y * high:.1f})") for x, y in _places(rows)]
    return group(*parts, transform=f"scale({scale:.3f})")


def _places(rows: list[int]) -> Iterator[tuple[float, float]]:
    for down, across in enumerate(rows):
        for at in range(across):
            yield at - (across - 1) / 2, down - (len(rows) - 1) / 2


def _in_state(drawn: str, state: ThingState, ink: str) -> str:
    extent = extent_of(drawn) if state else (0.0, 0.0, 0.0, 0.0)
    match state:
        case "wet":
            return _puddle(extent) + drawn + _drops(extent, ink)
        case "dirty":
            return drawn + _spots(extent)
        case "burning":
            return _flames(extent, ink, 1.0) + drawn + _flames(extent, ink, 0.62)
        case "asleep":
            return _lain(drawn, extent) + _sleep(extent, ink)
        case "lying":
            return _lain(drawn, extent)
        case "in_bed":
            return _pillow(extent, ink) + drawn + _cover(extent, ink) + _sleep(extent, ink)
        case _:
            return drawn


def _crack(extent: Extent, ink: str) -> str:
    """A crack from top to foot, with a gap at the edge."""
    left, top, right, low = extent
    x, w, h = (left + right) / 2, right - left, low - top
    down = [(0.06, 0.12), (-0.07, 0.3), (0.09, 0.45), (-0.05, 0.63), (0.06, 0.86)]
    main = line([(x + w * a, top + h * b) for a, b in down], ink, 5, smooth=False)
    side = line([(x + w * 0.09, top + h * 0.45), (x + w * 0.24, top + h * 0.56)], ink, 4, smooth=False)
    shard = path(
        pts([(right - 8, low - 2), (right + 14, low - 20), (right + 20, low)]), "#d8d2c6", ink=ink, width=3
    )
    return main + side + shard


def _puddle(extent: Extent) -> str:
    left, _, right, low = extent
    return oval((left + right) / 2, low - 2, (right - left) * 0.62, 12, "#8fc3dd", opacity=0.75)


def _drops(extent: Extent, ink: str) -> str:
    left, top, right, low = extent
    w, h = right - left, low - top
    spots = ((0.16, 0.34), (0.42, 0.2), (0.68, 0.42), (0.3, 0.64), (0.82, 0.7), (0.56, 0.78))
    return "".join(_drop(left + w * a, top + h * b, ink) for a, b in spots)


def _drop(x: float, y: float, ink: str) -> str:
    shape = curve([(x, y - 12), (x + 7, y + 3), (x, y + 9), (x - 7, y + 3)], tension=0.7)
    return path(shape, "#9fd4ef", ink=ink, width=2.2) + oval(x - 2, y + 2, 1.8, 2.6, "#ffffff")


def _spots(extent: Extent) -> str:
    left, top, right, low = extent
    w, h = right - left, low - top
    spots = ((0.24, 0.62, 13), (0.5, 0.8, 17), (0.74, 0.66, 11), (0.4, 0.45, 8), (0.66, 0.88, 9))
    return "".join(oval(left + w * a, top + h * b, r, r * 0.7, "#6b4a2c", opacity=0.85) for a, b, r in spots)


def _flames(extent: Extent, ink: str, share: float) -> str:
    """Tongues of fire: behind the thing high, before it low."""
    left, top, right, low = extent
    w, h = right - left, (low - top) * share
    tongues = ((0.12, 0.7), (0.36, 1.05), (0.62, 0.85), (0.86, 0.98))
    drawn = ""
    for at, tall in tongues:
        x, tip = left + w * at, low - h * tall * 0.95
        for tone, k in (("#ef6a2c", 1.0), ("#f9c440", 0.55)):
            half, peak = w * 0.16 * k, low - (low - tip) * k
            shape = curve([(x, peak), (x + half, (low + peak) / 2), (x + half * 0.7, low), (x - half * 0.7, low), (x - half, (low + peak) / 2)], tension=0.6)  # fmt: skip
            drawn += path(shape, tone, ink=ink if k == 1.0 else "none", width=3)
    return drawn


def _lain(drawn: str, extent: Extent) -> str:
    """Down on its belly, its legs under it."""
    left, top, right, low = extent
    edge = low - (low - top) * UNDER
    seen = pts([(left - 20, top - 20), (right + 20, top - 20), (right + 20, edge), (left - 20, edge)])
    body = group(clip(seen, drawn), transform=f"translate(0 {low - edge - 6:.1f})")
    x, half = (left + right) / 2, (right - left) * 0.44
    return body + oval(x, low - 6, half, 8, "#2b1a20", opacity=0.55)


def _sleep(extent: Extent, ink: str) -> str:
    """Breath in letters, as in every cartoon of sleep."""
    _, top, right, _ = extent
    drawn = ""
    for x, y, k in ((0, 8, 1.0), (18, -14, 1.35)):
        points = [(x + right - 26, top + y), (x + right - 26 + 11 * k, top + y), (x + right - 26, top + y + 12 * k), (x + right - 26 + 11 * k, top + y + 12 * k)]  # fmt: skip
        drawn += line(points, ink, 8, smooth=False) + line(points, "#f6f1e4", 4, smooth=False)
    return drawn


def _pillow(extent: Extent, ink: str) -> str:
    left, top, right, low = extent
    x, y, w, h = (left + right) / 2, top + (low - top) * 0.42, (right - left) * 0.66, (low - top) * 0.34
    shape = curve([(x - w, y - h), (x, y - h * 1.12), (x + w, y - h), (x + w * 1.08, y), (x + w, y + h), (x - w, y + h), (x - w * 1.08, y)], tension=0.8)  # fmt: skip
    return path(shape, "#f5f0e4", ink=ink, width=4)


def _cover(extent: Extent, ink: str) -> str:
    """A blanket up to the neck, its border turned down."""
    left, top, right, low = extent
    x, w, edge = (left + right) / 2, (right - left) * 0.76, top + (low - top) * 0.56
    body = pts([(x - w, edge), (x + w, edge), (x + w * 1.06, low + 10), (x - w * 1.06, low + 10)])
    fold = pts([(x - w, edge), (x + w, edge), (x + w * 1.01, edge + 22), (x - w * 1.01, edge + 22)])
    seams = "".join(
        line([(x + w * a, edge + 24), (x + w * a * 1.05, low + 8)], "#6f4560", 3, smooth=False)
        for a in (-0.6, -0.2, 0.2, 0.6)
    )
    return path(body, "#a5607f", ink=ink, width=4) + seams + path(fold, "#f3e6d2", ink=ink, width=4)
