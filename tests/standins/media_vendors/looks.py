"""How a result of a stand-in looks and sounds, and how to tell it in a film that was made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

COLOURS = {"google": (26, 92, 214), "openai": (16, 150, 118)}
TONES_HZ = {"google": 523.25, "openai": 659.25}
"""What is heard under a clip; voices have tones of their own (`sounds.py`)."""
LIGHT, DARK = (250, 250, 245), (12, 14, 18)
BAND = 64
"""Height of the stripe at the bottom in which something moves."""
NEAR = 60
"""How far a colour may be from its vendor's, the sum of three channels, after encoding and grading."""


@dataclass(frozen=True)
class Look:
    """What is written on a picture."""

    vendor: str
    model: str
    job: str
    aspect: str
    black: bool = False


def drawn(look: Look, size: tuple[int, int], *, clear: bool = False) -> Image.Image:
    """The vendor's colour with the label on it; black and nothing else when it is to be black."""
    if look.black:
        return Image.new("RGB", size, (0, 0, 0))
    picture = Image.new("RGBA" if clear else "RGB", size, (0, 0, 0, 0) if clear else COLOURS[look.vendor])
    pen, edge = ImageDraw.Draw(picture), max(4, min(size) // 60)
    pen.rectangle((0, 0, size[0] - 1, size[1] - 1), outline=LIGHT, width=edge)
    font, step = ImageFont.load_default(max(10, size[0] // 26)), max(12, size[0] // 20)
    for number, words in enumerate((look.model, look.job, look.aspect, f"{size[0]} x {size[1]}")):
        pen.text((edge * 4, edge * 4 + number * step), words, font=font, fill=LIGHT)
    return picture


def who_made(picture: Image.Image | np.ndarray[Any, Any]) -> str | None:
    """The vendor whose colour a third of the picture has; None when it is nobody's."""
    pixels = np.asarray(picture.convert("RGB") if isinstance(picture, Image.Image) else picture, dtype=int)
    shares = {vendor: _share(pixels[::4, ::4], colour) for vendor, colour in COLOURS.items()}
    best = max(shares, key=lambda vendor: shares[vendor])
    return best if shares[best] > 1 / 3 else None


def who_sounds(samples: np.ndarray[Any, Any], rate: int, tones: Mapping[str, float] = TONES_HZ) -> str | None:
    """Whose tone is the strongest of all frequencies; None in silence and where it is nobody's."""
    mono = samples.reshape(len(samples), -1).mean(axis=1)
    strength = np.abs(np.fft.rfft(mono))
    if not len(strength) or strength.max() < 1e-6:
        return None
    heard = float(np.fft.rfftfreq(len(mono), 1 / rate)[int(strength.argmax())])
    return next((name for name, tone in tones.items() if abs(heard - tone) < 4), None)


def _share(pixels: np.ndarray[Any, Any], colour: tuple[int, int, int]) -> float:
    return float((np.abs(pixels - np.array(colour)).sum(axis=2) < NEAR).mean())
