"""The pictures that the stand-ins make: a colour of the job's own, stripes, and in words who made it."""

import hashlib
import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

Size = tuple[int, int]
Colour = tuple[int, int, int]


def colour_of(job: str) -> Colour:
    """The colour of everything that this job made: middling and lively, never black."""
    digest = hashlib.sha256(job.encode()).digest()
    high = digest[3] % 3
    mixed = [60 + digest[channel] % 80 for channel in range(3)]
    mixed[high] += 90
    return (mixed[0], mixed[1], mixed[2])


def label(model: str, seed: int, job: str) -> str:
    """What is written on it."""
    return f"{model}\nseed {seed}\n{job}"


def draw(size: Size, text: str, job: str, inset: bytes | None = None, *, black: bool = False) -> Image.Image:
    """The picture itself; `inset` is a reference that was sent along, small in the corner."""
    if black:
        return Image.new("RGB", size, (0, 0, 0))
    image = Image.new("RGB", size, colour_of(job))
    pen = ImageDraw.Draw(image)
    step = max(size[0] // 16, 4)
    lighter = tuple(min(part + 30, 255) for part in colour_of(job))
    for at in range(0, size[0], step * 2):
        pen.rectangle((at, size[1] * 3 // 4, at + step, size[1]), fill=lighter)
    pen.multiline_text((step // 2, step // 2), text, fill="white", font=_font(max(size[1] // 18, 9)))
    if inset:
        _paste(image, inset)
    return image


def encode(image: Image.Image, format: str, quality: int = 80) -> bytes:
    """The bytes of a `webp`, `jpeg` or `png`."""
    out = io.BytesIO()
    fast = {
        "webp": {"method": 0, "quality": quality},
        "jpeg": {"quality": quality},
        "png": {"compress_level": 1},
    }
    image.save(out, format.upper(), **fast[format])
    return out.getvalue()


def size_of(picture: bytes) -> Size:
    """Raises OSError for what is no picture."""
    with Image.open(io.BytesIO(picture)) as opened:
        opened.load()
        return opened.size


def _paste(image: Image.Image, inset: bytes) -> None:
    with Image.open(io.BytesIO(inset)) as opened:
        small = opened.convert("RGB")
    small.thumbnail((image.width // 4, image.height // 4))
    image.paste(small, (image.width - small.width, 0))


@lru_cache(maxsize=16)
def _font(height: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(height)
