"""Files from people: read to their end, made anew and only then stored.

What hid in a picture besides its pixels (metadata, a place, a second file behind the first) does not survive
that. `clips.py` does the same for clips and sounds.
"""

import asyncio
import io
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

from state.errors import UploadRejected
from state.media import MediaRef
from tools.media.clips import SEND_ANOTHER, kind_of, made_anew
from tools.media.fonts import FONT_MIMES, check_no_web_font, font_anew, font_type
from tools.media.inspect import HEAD_BYTES, MARKUP, PICTURES, guessed, is_followed, open_picture, read_pixels
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


async def upload_file(store: MediaStore, file: Path, *, declared: str, user_id: str) -> MediaRef:
    """Store a fresh copy of an uploaded picture, clip, sound or font whose content is what `declared` says.

    Pictures become PNG or JPEG, clips MP4, sounds WAV, MP3 or M4A; fonts keep their letters alone.

    Raises:
        UploadRejected: not of the declared type, of none that is taken, damaged, cut short or too large.
        StoreFull: no room left.
        WorkFolderFull: no room to make the copy.
    """
    head = await asyncio.to_thread(_head, file)
    if not head:
        raise UploadRejected("the file is empty", user_action=SEND_ANOTHER)
    check_declared(head, declared)
    if declared in PICTURES:
        return await upload_image(store, await asyncio.to_thread(file.read_bytes), user_id=user_id)
    if declared in FONT_MIMES:
        return await store.put_bytes(await asyncio.to_thread(font_anew, file), user_id=user_id)
    with tempfile.TemporaryDirectory(prefix="greenlight-upload-") as folder:
        return await store.put(await made_anew(file, Path(folder)), user_id=user_id)


def check_declared(head: bytes, declared: str) -> None:
    """Hold the first bytes of a file against the type that its sender gave it.

    Raises:
        UploadRejected: they are of another type, or of none that is taken.
    """
    check_no_web_font(head)
    kind, found = kind_of(head), font_type(head) or guessed(head)
    if found in FONT_MIMES:
        fits = declared in FONT_MIMES
    else:
        fits = found == declared if declared in PICTURES else kind is not None and declared in kind.mimes
    if fits:
        return
    if is_followed(head):
        raise UploadRejected(MARKUP, user_action=SEND_ANOTHER)
    if kind is None and found not in (*PICTURES, *FONT_MIMES):
        what = f"is {found}, which is not taken" if found else "is no picture, no clip and no sound"
        raise UploadRejected(f"the file {what}", user_action=SEND_ANOTHER)
    raise UploadRejected(
        f"the file is no {declared}, which it is declared as",
        user_action=f"Declare it as {found or 'what it is'}, or send another file.",
    )


def type_of(head: bytes) -> str:
    """The type of a file that nobody has declared, by its first bytes.

    Raises:
        UploadRejected: it is of none that is taken.
    """
    if (found := font_type(head) or guessed(head)) in (*PICTURES, *FONT_MIMES):
        return str(found)
    if (kind := kind_of(head)) is None:
        check_declared(head, "")
    assert kind is not None  # noqa: S101  # refused in the line before
    return sorted(kind.mimes)[0]


def redrawn(content: bytes) -> bytes:
    """The same picture upright, in a file that holds nothing but its pixels.

    Raises:
        UploadRejected: as `upload_image`.
    """
    if len(content) > MAX_UPLOAD_BYTES:
        raise UploadRejected(f"the picture is larger than {MAX_UPLOAD_BYTES // 1_000_000} MB")
    mime = guessed(content[:HEAD_BYTES]) if content else None
    if mime not in PICTURES:
        raise UploadRejected("the file is not a PNG, JPEG or WebP picture")
    with open_picture(io.BytesIO(content), mime) as picture:
        _check_shape(picture)
        read_pixels(picture)
        ImageOps.exif_transpose(picture, in_place=True)
        return _encode(picture, keep_png=mime == "image/png")


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(HEAD_BYTES)


def _check_shape(picture: Image.Image) -> None:
    short, long = sorted(picture.size)
    if short < MIN_SIDE or long > short * MAX_RATIO:
        raise UploadRejected(f"a picture of {picture.width}x{picture.height} cannot be used")


def _encode(picture: Image.Image, *, keep_png: bool) -> bytes:
    has_alpha = picture.has_transparency_data
    mode = "RGBA" if has_alpha else "RGB"
    fresh = picture if picture.mode == mode else picture.convert(mode)
    # Pixels only: `convert` carries metadata along, and `save` would write it.
    fresh.info.clear()
    out = io.BytesIO()
    if has_alpha or keep_png:
        fresh.save(out, "PNG")
    else:
        fresh.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return out.getvalue()
