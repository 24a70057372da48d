"""What a job ordered, in words that no vendor owns: kind, size, seconds, sound, format."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tests.standins.job_vendors.models import Model

Kind = Literal["image", "video", "sound"]
Size = tuple[int, int]
FPS = 24
SONG_S = 12.0
"""How long a song is whose length cannot be ordered."""
FLUX: dict[str, Size] = {
    "1:1": (1024, 1024), "16:9": (1344, 768), "21:9": (1536, 640), "3:2": (1216, 832), "2:3": (832, 1216),
    "4:5": (896, 1088), "5:4": (1088, 896), "3:4": (896, 1152), "4:3": (1152, 896), "9:16": (768, 1344),
    "9:21": (640, 1536),
}  # fmt: skip
"""Inferred: the pictures of flux at one megapixel."""
PRESETS: dict[str, Size] = {
    "square_hd": (1024, 1024), "square": (512, 512), "portrait_4_3": (768, 1024),
    "portrait_16_9": (576, 1024), "landscape_4_3": (1024, 768), "landscape_16_9": (1024, 576),
}  # fmt: skip
"""Inferred: the image sizes of fal by name."""


@dataclass(frozen=True)
class Wanted:
    """One file that a job has to make."""

    kind: Kind
    format: str
    """`webp`, `jpeg`, `png`, `mp4`, `mp3`, `wav`."""
    size: Size = (0, 0)
    seconds: float = 0.0
    has_sound: bool = False
    rate_hz: int = 44_100
    bitrate: int = 128_000

    @property
    def mime(self) -> str:
        """As the vendors' file servers say it."""
        sounds = {"mp3": "audio/mpeg", "wav": "audio/wav"}
        return sounds.get(self.format) or f"{self.kind}/{self.format}"

    @property
    def suffix(self) -> str:
        return "jpg" if self.format == "jpeg" else self.format


def wanted(model: Model, given: Mapping[str, Any], start: Size | None = None, clip_s: float = 0.0) -> Wanted:
    """`given` has the schema's defaults; `start` is the size of what was sent along, if anything."""
    if model.makes == "image":
        kind = str(given.get("output_format", "png")).replace("jpg", "jpeg")
        return Wanted("image", kind, _picture(given, start))
    if model.makes == "music":
        kind = str(given.get("audio_format") or given.get("output_format") or "wav")
        seconds = float(given.get("duration", SONG_S))
        rate = int(given.get("sample_rate", 32_000))
        return Wanted(
            "sound", kind, seconds=seconds, rate_hz=rate, bitrate=int(given.get("bitrate", 128_000))
        )
    if "target_resolution" in given:
        return Wanted("video", "mp4", _even(_larger(str(given["target_resolution"]), start)), clip_s)
    seconds = float(str(given["duration"]).removesuffix("s"))
    has_sound = model.sound == "always" or bool(model.sound and given.get(model.sound))
    return Wanted("video", "mp4", _even(_clip(model, given, start)), seconds, has_sound, rate_hz=48_000)


def count(given: Mapping[str, Any]) -> int:
    """How many pictures."""
    return int(given.get("num_outputs") or given.get("num_images") or 1)


def units(model: Model, given: Mapping[str, Any], start: Size | None = None, clip_s: float = 0.0) -> float:
    """What is billed of it."""
    made = wanted(model, given, start, clip_s) if model.makes != "text" else None
    match model.unit:
        case "second" if made:
            # A second of 4k costs as much as four of 1080p, of 2k as much as two.
            return made.seconds * {"2k": 2, "4k": 4}.get(str(given.get("target_resolution")), 1)
        case "megapixel" if made:
            return count(given) * math.ceil(made.size[0] * made.size[1] / 1_000_000)
        case "image":
            return count(given)
    return 1


def _picture(given: Mapping[str, Any], start: Size | None) -> Size:
    if "width" in given:
        return (int(given["width"]), int(given["height"]))
    if "image_size" in given:
        named = given["image_size"]
        return (
            PRESETS[named] if isinstance(named, str) else (named.get("width", 512), named.get("height", 512))
        )
    ratio = str(given.get("aspect_ratio", ""))
    if "resolution" in given:
        return _area(ratio, {"1K": 1, "2K": 4, "4K": 16}[given["resolution"]], start)
    if ratio in FLUX:
        part = 2 if given.get("megapixels") == "0.25" else 1
        return (FLUX[ratio][0] // part, FLUX[ratio][1] // part)
    return start or (1024, 768)


def _area(ratio: str, megapixels: int, start: Size | None) -> Size:
    """A picture of so many times 1024 by 1024, in steps of 16."""
    shape = _ratio(ratio) or (start[0] / start[1] if start else 1.0)
    height = math.sqrt(megapixels * 1024 * 1024 / shape)
    return (round(height * shape / 16) * 16, round(height / 16) * 16)


def _clip(model: Model, given: Mapping[str, Any], start: Size | None) -> Size:
    if "size" in given:
        wide, _, high = str(given["size"]).partition("*")
        return (int(wide), int(high))
    short = int(str(given.get("resolution") or "720p").removesuffix("p"))
    if given.get("mode") == "pro" or "/pro/" in model.id:
        short = 1080
    shape = _ratio(str(given.get("aspect_ratio", ""))) or (start[0] / start[1] if start else 16 / 9)
    return (round(short * shape), short) if shape >= 1 else (short, round(short / shape))


def _larger(resolution: str, start: Size | None) -> Size:
    short = {"1080p": 1080, "2k": 1440, "4k": 2160}[resolution]
    wide, high = start or (16, 9)
    shape = wide / high
    return (round(short * shape), short) if shape >= 1 else (short, round(short / shape))


def _ratio(text: str) -> float | None:
    wide, _, high = text.partition(":")
    return int(wide) / int(high) if wide.isdigit() and high.isdigit() else None


def _even(size: Size) -> Size:
    return (size[0] // 2 * 2, size[1] // 2 * 2)
