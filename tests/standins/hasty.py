"""Media that cost nothing to make: for those that a corpus leaves out, and from a farm in a hurry."""

import hashlib
import subprocess
import wave
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from state.media import MediaRef
from state.order import EngineRequest, ImageRequest, Medium, MusicRequest, VideoRequest, VoiceRequest
from tools.engines.base import Fetched
from tools.engines.previz.engine import Previz
from tools.engines.previz.renderers import Renderer
from tools.engines.previz.workers import RenderPool
from tools.ffmpeg.command import ffmpeg_exe

RATE = 48_000


def hasty(folder: Path) -> Previz:
    """An engine that makes everything, and nothing to look at."""
    return Previz(folder, renderers=lambda _: _hasty(_))


def _hasty(_: RenderPool) -> Mapping[Medium, Renderer]:
    return {medium: _make for medium in ("image", "video", "voice", "music")}  # type: ignore[return-value]  # a literal


async def _make(request: EngineRequest, into: Path) -> Fetched:
    seed = getattr(request, "seed", 0)
    match request:
        case ImageRequest():
            return Fetched(path=picture(into, request.width, request.height, seed), seed=seed)
        case VideoRequest():
            content = clip(request.width, request.height, request.duration_s, request.fps)
            (into / "take.mp4").write_bytes(content)
            return Fetched(path=into / "take.mp4", seed=seed)
        case VoiceRequest():
            length_s = 0.4 + 0.05 * len(request.text)
            words = [{"word": word, "start_s": 0.1, "end_s": length_s} for word in request.text.split()]
            return Fetched(path=tone(into, length_s, 1), extra={"words": words, "visemes": []}, seed=seed)
        case MusicRequest():
            return Fetched(path=tone(into, request.duration_s, 2), extra={"beats": []}, seed=seed)


def write_stand_in(media: MediaRef, target: Path) -> None:
    """A file with the facts of another one; its digest is not what its name says, and nobody looks."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        target.write_bytes(_like(media, Path(folder)))


def _like(media: MediaRef, folder: Path) -> bytes:
    width, height, length_s = media.width or 320, media.height or 180, media.duration_s or 1.0
    match media.media_type:
        case "image":
            return picture(folder, width, height, 1).read_bytes()
        case "video":
            return clip(width, height, length_s, 24)
        case "audio":
            return tone(folder, length_s, 2).read_bytes()
    raise AssertionError(f"{media.key} is no picture, clip or sound")


def picture(folder: Path, width: int, height: int, seed: int) -> Path:
    colour = tuple(hashlib.sha256(str(seed).encode()).digest()[:3])
    Image.new("RGB", (width, height), colour).save(folder / "panel.png")
    return folder / "panel.png"


def tone(folder: Path, length_s: float, channels: int) -> Path:
    wobble = np.sin(np.arange(int(length_s * RATE)) * 440 * 2 * np.pi / RATE) * 6000
    with wave.open(str(folder / "sound.wav"), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(np.repeat(wobble.astype("<i2"), channels).tobytes())
    return folder / "sound.wav"


@lru_cache(maxsize=32)
def clip(width: int, height: int, length_s: float, fps: int) -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "take.mp4"
        source = f"testsrc2=s={width}x{height}:r={fps}:d={length_s}"
        subprocess.run(
            [ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", "-preset",
             "ultrafast", "-c:v", "libx264", str(file)], check=True,
        )  # fmt: skip
        return file.read_bytes()
