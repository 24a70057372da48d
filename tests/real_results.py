"""What a provider could deliver for a request: a small file of its medium, shape and length, like no other's.

The request itself stands in it, where programs that show the file do not look.
"""

import io
import struct
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from state.order import EngineRequest, ImageRequest, VideoRequest
from tests.cut_media import tone, write_sound, write_take

FPS, SMALL = 8, 10
COLOUR = (200, 80, 40)


def real_result(request: EngineRequest) -> bytes:
    """The same for the same request."""
    words = request.model_dump_json()
    if isinstance(request, ImageRequest):
        return _picture(request.width // SMALL, request.height // SMALL, words)
    if isinstance(request, VideoRequest):
        told = words.encode()
        behind = struct.pack(">I4s", len(told) + 8, b"free") + told
        return flat_clip(request.width // SMALL, request.height // SMALL, request.duration_s) + behind
    told = words.encode() + b" " * (len(words.encode()) % 2)
    sound = short_tone() + struct.pack("<4sI", b"note", len(told)) + told
    return sound[:4] + struct.pack("<I", len(sound) - 8) + sound[8:]


def _picture(width: int, height: int, words: str) -> bytes:
    out, noted = io.BytesIO(), PngInfo()
    noted.add_text("request", words)
    Image.new("RGB", (width, height), COLOUR).save(out, "PNG", pnginfo=noted)
    return out.getvalue()


@lru_cache(maxsize=32)
def flat_clip(width: int, height: int, seconds: float, luma: int = 120) -> bytes:
    """Flat, and at least so long."""
    frames = [luma] * (int(seconds * FPS) + 1)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        return write_take(path, frames, size=(width // 2 * 2, height // 2 * 2), fps=FPS).read_bytes()


@lru_cache(maxsize=4)
def short_tone(seconds: float = 0.5, level: float = 0.3) -> bytes:
    """A tone."""
    with TemporaryDirectory() as folder:
        return write_sound(Path(folder) / "tone.wav", tone(440, seconds, level=level)).read_bytes()
