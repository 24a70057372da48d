"""Pictures: odd ones that are taken, bombs and second files that are not."""

import io
import struct
import zlib
from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np
from PIL import Image, PngImagePlugin

from tests.integration.media.corpus.entry import NOT_KEPT, NOT_TAKEN, Entry, refused, taken
from tests.media_files import archive, huge_png

PIXELS = "too many pixels"
DAMAGED = "the picture is damaged"


def noise(size: tuple[int, int] = (61, 47), channels: int = 3) -> Image.Image:
    """Always the same picture of this size."""
    values = np.random.default_rng(7).integers(0, 256, (size[1], size[0], channels), np.uint8)
    return Image.fromarray(values[:, :, 0] if channels == 1 else values)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunks(*chunks: bytes) -> bytes:
    """A PNG with these behind its heading."""
    png = saved(noise(), "PNG")
    return png[:33] + b"".join(chunks) + png[33:]


def turned(kind: str, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(noise((60, 40)), kind, exif=exif.tobytes())


def noted() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Título", "una fotografía ñ 漢字")
    return saved(noise(), "PNG", pnginfo=notes)


@lru_cache(maxsize=1)
def packed_zeros() -> bytes:
    """A hundred megabytes of nothing, packed piece by piece."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(b"\0" * 1_000_000) for _ in range(100)), packer.flush()])


def text_bomb() -> bytes:
    """A note of a hundred megabytes in a hundred kilobytes."""
    return with_chunks(chunk(b"iTXt", b"a\0\1\0\0\0" + packed_zeros()))


def profile_bomb() -> bytes:
    return with_chunks(chunk(b"iCCP", b"a\0\0" + packed_zeros()))


def too_much_data() -> bytes:
    """Pixels behind the last one, compressed: a reader that unpacks to the end never ends."""
    png = saved(Image.new("RGB", (32, 32)), "PNG")
    data = zlib.compress(b"\0" * (32 * 97) + b"\0" * 50_000_000, 9)
    return png[:33] + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def huge_jpeg() -> bytes:
    """The size in its heading is 60,000 by 60,000."""
    jpeg = saved(noise(), "JPEG")
    at = jpeg.index(b"\xff\xc0")
    return jpeg[: at + 5] + struct.pack(">HH", 60_000, 60_000) + jpeg[at + 9 :]


def huge_webp() -> bytes:
    """The canvas of its extended heading is 16,384 by 16,384."""
    canvas = b"\0\0\0\0" + (16_383).to_bytes(3, "little") * 2
    inside = b"WEBPVP8X" + struct.pack("<I", 10) + canvas + saved(noise(), "WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue", "green")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def with_zip(picture: bytes) -> bytes:
    return picture + archive()


def gif_script() -> bytes:
    return b"GIF89a/*\x01\x00\x01\x00\x00\x00\x00*/=1;alert(document.domain)//"


def _as(kind: str, size: tuple[int, int] = (61, 47), **options: object) -> Callable[[], bytes]:
    return lambda: saved(noise(size), kind, **options)


def _mode(mode: str, kind: str) -> bytes:
    return saved(noise().convert(mode), kind)


def _deep() -> bytes:
    return saved(Image.fromarray((np.arange(48 * 64, dtype=np.uint16) * 21).reshape(48, 64)), "PNG")


def _half(build: Callable[[], bytes], share: float) -> bytes:
    content = build()
    return content[: int(len(content) * share)]


def _flipped(build: Callable[[], bytes], at: float) -> bytes:
    content = bytearray(build())
    for number in range(24):
        content[int(len(content) * at) + number] ^= 0xA5
    return bytes(content)


def two_in_one() -> bytes:
    """As a phone writes a picture with its depth."""
    return saved(noise(), "MPO", save_all=True, append_images=[noise((30, 24))])


GOOD = [
    taken(
        "jpeg with a second one inside",
        "image",
        two_in_one,
        "phones keep depth or light so; the first is the picture",
    ),
    *(
        taken(
            f"jpeg turned {n}", "image", partial(turned, "JPEG", n), "phones store the turn beside the pixels"
        )
        for n in (3, 6, 8)
    ),
    taken("png with odd sides", "image", _as("PNG"), "61x47 is a picture like any other"),
    taken("jpeg in steps", "image", _as("JPEG", progressive=True), "progressive JPEG is common on the web"),
    taken(
        "jpeg of four inks", "image", partial(_mode, "CMYK", "JPEG"), "print shops send it; it is converted"
    ),
    taken("jpeg in grey", "image", partial(_mode, "L", "JPEG"), "one channel is a picture"),
    taken("png with a palette", "image", partial(_mode, "P", "PNG"), "drawings come so"),
    taken("png of sixteen bits", "image", _deep, "scanners write it"),
    taken("png with a note in many scripts", "image", noted, "the note is dropped, the pixels stay"),
    taken("webp without loss", "image", _as("WEBP", lossless=True), "lossless WebP"),
    taken(
        "png of one colour, 6000 wide",
        "image",
        lambda: saved(Image.new("RGB", (6000, 4000)), "PNG", compress_level=1),
        "24 million pixels are a photograph of today",
    ),
    taken(
        "jpeg with a zip behind it",
        "image",
        lambda: with_zip(saved(noise(), "JPEG")),
        "a picture, and drawn anew it is nothing else: the archive behind it does not survive",
    ),
]
BAD = [
    *(
        refused(
            f"png that promises {side} by {side}",
            "image",
            partial(huge_png, side),
            PIXELS,
            "a decompression bomb is refused by its heading",
        )
        for side in (12_000, 30_000, 2**31 - 1)
    ),
    refused("jpeg that promises 60000 by 60000", "image", huge_jpeg, PIXELS, "refused by its heading"),
    refused(
        "webp that promises 16384 by 16384", "image", huge_webp, f"{PIXELS}|damaged", "refused by its heading"
    ),
    refused(
        "png with a note of 100 MB", "image", text_bomb, DAMAGED, "a note that unpacks to a hundred megabytes"
    ),
    refused("png with a profile of 100 MB", "image", profile_bomb, DAMAGED, "as its profile"),
    refused(
        "png whose pixels do not add up",
        "image",
        lambda: saved(noise(), "PNG")[:33] + chunk(b"IDAT", b"\0\0") + chunk(b"IEND", b""),
        DAMAGED,
        "no pixels",
    ),
    refused("png of no width", "image", partial(huge_png, 0), DAMAGED, "a side of nothing"),
    *(
        refused(
            f"{kind.lower()} cut at {share:.0%}",
            "image",
            partial(_half, _as(kind, (200, 150)), share),
            DAMAGED,
            "a download that ended early",
        )
        for kind in ("PNG", "JPEG")
        for share in (0.3, 0.9)
    ),
    refused(
        "png with a damaged middle",
        "image",
        partial(_flipped, _as("PNG", (200, 150)), 0.5),
        DAMAGED,
        "its checksum says so",
    ),
    refused("webp that moves", "image", partial(animated, "WEBP"), "moves", "a still is asked for"),
    refused("png that moves", "image", partial(animated, "PNG"), "moves", "an animated PNG"),
    refused(
        "gif with a script",
        "nothing",
        gif_script,
        NOT_TAKEN,
        "a GIF to a browser's eye, a script to its tag",
        stored=NOT_KEPT,
    ),
    refused(
        "gif",
        "nothing",
        partial(animated, "GIF"),
        NOT_TAKEN,
        "moving pictures of 256 colours are not cut",
        stored=NOT_KEPT,
    ),
    refused(
        "tiff",
        "nothing",
        _as("TIFF"),
        NOT_TAKEN,
        "not shown by browsers, and may hold many pictures",
        stored=NOT_KEPT,
    ),
    refused("bmp", "nothing", _as("BMP"), NOT_TAKEN, "not packed: send it as PNG", stored=NOT_KEPT),
    refused(
        "heic",
        "nothing",
        lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64,
        NOT_TAKEN,
        "nothing here decodes it: the phone exports JPEG",
        stored=NOT_KEPT,
    ),
    refused(
        "icon of a window", "nothing", _as("ICO", (32, 32)), NOT_TAKEN, "holds many pictures", stored=NOT_KEPT
    ),
]
PICTURES: list[Entry] = [*GOOD, *BAD]
