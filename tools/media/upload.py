"""Pictures from people: decoded, drawn anew and only then stored.

What hid in the file besides its pixels (metadata, a place, a second file behind the
first) does not survive that.
"""

import asyncio
import io

import filetype
from PIL import Image, ImageOps

from state.errors import UploadRejected
from state.media import MediaRef
from tools.media.inspect import PICTURES, open_picture, read_pixels
from tools.media.store import MediaStore

MAX_UPLOAD_BYTES = 20_000_000
MIN_SIDE = 16
MAX_RATIO = 20
JPEG_QUALITY = 92


async def upload_image(store: MediaStore, content: bytes, *, user_id: str) -> MediaRef:
    """Store a fresh copy of an uploaded picture, as PNG or JPEG.

    Raises:
        UploadRejected: not a PNG, JPEG or WebP picture, damaged, animated, or too large.
        StoreFull: no room left.
    """
    return await store.put_bytes(await asyncio.to_thread(redrawn, content), user_id=user_id)


def redrawn(content: bytes) -> bytes:
    """The same picture upright, in a file that holds nothing but its pixels.

    Raises:
        UploadRejected: as `upload_image`.
    """
    if len(content) > MAX_UPLOAD_BYTES:
        raise UploadRejected(f"the picture is larger than {MAX_UPLOAD_BYTES // 1_000_000} MB")
    mime = filetype.guess_mime(content[:8192]) if content else None
    if mime not in PICTURES:
        raise UploadRejected("the file is not a PNG, JPEG or WebP picture")
    with open_picture(io.BytesIO(content), mime) as picture:
        _check_shape(picture)
        read_pixels(picture)
        return _encode(ImageOps.exif_transpose(picture), keep_png=mime == "image/png")


def _check_shape(picture: Image.Image) -> None:
    short, long = sorted(picture.size)
    if getattr(picture, "n_frames", 1) > 1:
        raise UploadRejected("the picture moves; send a still one")
    if short < MIN_SIDE or long > short * MAX_RATIO:
        raise UploadRejected(f"a picture of {picture.width}x{picture.height} cannot be used")


def _encode(picture: Image.Image, *, keep_png: bool) -> bytes:
    has_alpha = picture.has_transparency_data
    fresh = picture.convert("RGBA" if has_alpha else "RGB")
    # Pixels only: `convert` carries metadata along, and `save` would write it.
    fresh.info.clear()
    out = io.BytesIO()
    if has_alpha or keep_png:
        fresh.save(out, "PNG")
    else:
        fresh.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return out.getvalue()
