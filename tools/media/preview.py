"""Small copies of stored pictures for walls and lists: a panel is a megabyte, its copy a few dozen kB."""

import asyncio
import io
from functools import lru_cache
from pathlib import Path

from PIL import Image

PREVIEW_WIDTH = 720
KEPT = 256
"""How many copies a process keeps in memory; about 10 MB."""
QUALITY = 82


async def preview(picture: Path) -> bytes:
    """The picture as WebP, at most `PREVIEW_WIDTH` wide and never enlarged.

    The file must be one of the store's: it was checked and decoded when it came in, and its
    path names its content, so that a copy stays right for as long as it is kept.
    """
    return await asyncio.to_thread(_small_copy, str(picture))


@lru_cache(maxsize=KEPT)
def _small_copy(path: str) -> bytes:
    with Image.open(path) as picture:
        copy = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    copy.thumbnail((PREVIEW_WIDTH, PREVIEW_WIDTH * 2), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    copy.save(written, "WEBP", quality=QUALITY, method=2)
    return written.getvalue()
