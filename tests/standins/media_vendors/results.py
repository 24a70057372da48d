"""The file that a job has made, always the same one for the same job, and what a fault makes of it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tests.standins.media_vendors.clips import clip, silent_film
from tests.standins.media_vendors.looks import Look, drawn
from tests.standins.media_vendors.sounds import CONTAINERS, as_wav, encoded, spoken

MIMES = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
    "opus": "audio/opus",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "pcm": "audio/pcm",
}
Job = dict[str, Any]


@dataclass(frozen=True)
class Made:
    """A file, and what it is said to be."""

    content: bytes
    mime: str


def made(job: Job, number: int = 0) -> Made:
    """What is delivered for a job; `number` tells its samples apart."""
    return _made(job["id"], number, _Frozen(job))


class _Frozen:
    """A job as a key of the cache: equal by its id, which the key holds already."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen)


@lru_cache(maxsize=16)
def _made(id: str, number: int, frozen: _Frozen) -> Made:
    job, order = frozen.job, frozen.job["order"]
    kind = str(order["format"])
    content = _wrong(job) if job["fault"] == "wrong_media" else _whole(job, number)
    if job["fault"] == "truncated":
        content = content[: len(content) // 2]
    return Made(content, MIMES[kind])


def _whole(job: Job, number: int) -> bytes:
    match job["kind"]:
        case "picture":
            return _picture(job, number)
        case "clip":
            return _clip(job, number)
    return _speech(job)


def look_of(job: Job, number: int = 0) -> Look:
    """What the label says."""
    name = f"{job['id']} {number + 1}" if number else job["id"]
    return Look(job["vendor"], job["model"], name, job["order"].get("aspect", ""), job["fault"] == "black")


def _picture(job: Job, number: int) -> bytes:
    order, out = job["order"], io.BytesIO()
    clear = bool(order.get("clear")) and job["fault"] != "black"
    picture = drawn(look_of(job, number), tuple(order["size"]), clear=clear)
    options: dict[str, Any] = (
        {"compress_level": 1} if order["format"] == "png" else {"quality": order["quality"]}
    )
    picture.save(out, order["format"].upper(), **options)
    return out.getvalue()


def _clip(job: Job, number: int) -> bytes:
    order, look, size = job["order"], look_of(job, number), tuple(job["order"]["size"])
    seconds = order["seconds"] / 2 if job["fault"] == "wrong_duration" else order["seconds"]
    if not order["sound"]:
        return silent_film(look, size, seconds)
    return clip(look, size, seconds, tone=job["fault"] != "silent")


def _speech(job: Job) -> bytes:
    order = job["order"]
    lines: Sequence[tuple[str, str]] = [(voice, text) for voice, text in order["lines"]]
    loud = 0.0 if job["fault"] == "silent" else 0.3
    pcm = spoken(lines, order["voices"], speed=order["speed"], loud=loud)
    if job["fault"] == "wrong_duration":
        pcm = pcm[: len(pcm) // 4 * 2]
    if order["format"] == "wav":
        return as_wav(pcm, endless=job["fault"] == "endless")
    return encoded(pcm, order["format"]) if order["format"] in CONTAINERS else pcm


def _wrong(job: Job) -> bytes:
    """A picture in place of what moves or sounds, a sound in place of a picture."""
    if job["kind"] == "picture":
        return encoded(spoken([("x", "not a picture")], ["x"]), "mp3")
    out = io.BytesIO()
    drawn(look_of(job), (320, 180)).save(out, "PNG")
    return out.getvalue()
