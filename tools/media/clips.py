"""Clips and sounds from people: read to their end, written anew and only then stored.

MOV, MP4, WebM and MKV become an MP4, sounds a WAV, MP3 or M4A. What a player of our age decodes is copied, so
that nothing is lost; the rest is encoded once. Metadata, places, chapters, timecodes, subtitles and
attachments stay behind.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from state.errors import FfmpegFailed, UploadRejected
from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.ffmpeg.limits import Limits
from tools.ffmpeg.probe import MAX_PIXELS, MediaFacts, probe
from tools.media.boxes import EXPORT_CLIP, check_boxes
from tools.media.inspect import FOREIGN_BRANDS, MPEG_SOUND
from tools.media.limits import EXPORT_SOUND, check_clip, check_sound
from tools.media.waves import check_wave

SEND_ANOTHER = (
    "Send a PNG, JPEG or WebP picture, an MP4, MOV, WebM or MKV clip, "
    "a WAV, MP3, M4A, AAC, FLAC or OGG sound, or a TrueType or OpenType font."
)
OLD_MOV = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip"})
"""How a MOV without `ftyp` begins."""
MAX_UPLOAD_S = 1800.0
LOOK = Limits(cpu_s=120, memory_bytes=6 << 30, file_bytes=512 << 20)
AT_ONCE = 2
"""So many are read in a process; the next ones wait."""
LOOK_S = 55.0
"""Nobody waits longer for an answer."""
COPIED_PICTURE = frozenset({"h264", "hevc", "av1", "libdav1d", "vp9", "libvpx-vp9", "mpeg4"})
COPIED_SOUND = frozenset({"aac", "mp3", "mp3float", "opus", "libopus", "flac", "alac"})
STRICTLY = ("-xerror", "-err_detect", "explode")
STRICT: dict[str, tuple[str, ...]] = {"wav": ()}
"""Plain numbers cannot be damaged, and the last packet of a stream of unknown length counts as an error."""
SHORTER_S, SHORTER = 0.25, 0.05
"""So much less than its heading says may be there: seconds, or a share of a long one."""
_TURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
BARE = ("-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-dn", "-sn", "-bitexact")


@dataclass(frozen=True)
class Kind:
    """What a file seems to be, by its first bytes."""

    demuxer: str
    mimes: frozenset[str]
    """The types that it may be declared as."""
    target: str
    """The container that it is written anew in."""


_MOV = Kind(
    "mov", frozenset({"video/mp4", "video/quicktime", "video/x-m4v", "audio/mp4", "audio/x-m4a"}), "mp4"
)
_MATROSKA = Kind("matroska", frozenset({"video/webm", "video/x-matroska", "audio/webm"}), "mp4")
_WAV = Kind("wav", frozenset({"audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"}), "wav")
_MP3 = Kind("mp3", frozenset({"audio/mpeg", "audio/mp3"}), "mp3")
_AAC = Kind("aac", frozenset({"audio/aac", "audio/aacp"}), "mp4")
_FLAC = Kind("flac", frozenset({"audio/flac", "audio/x-flac"}), "wav")
_OGG = Kind("ogg", frozenset({"audio/ogg", "audio/opus", "audio/vorbis", "application/ogg"}), "wav")


CLIPS_AND_SOUNDS = frozenset().union(*(one.mimes for one in (_MOV, _MATROSKA, _WAV, _MP3, _AAC, _FLAC, _OGG)))
"""The types that are taken."""


def kind_of(head: bytes) -> Kind | None:
    """The kind of a file by its first sixteen bytes; None of what is no clip and no sound."""
    if (head[4:8] == b"ftyp" and (head[8:12] == b"qt  " or head[8:12] not in FOREIGN_BRANDS)) or (
        head[4:8] in OLD_MOV
    ):
        return _MOV
    if head[:4] == b"\x1aE\xdf\xa3":
        return _MATROSKA
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return _WAV
    if head[:3] == b"ID3" or (head[:1] == b"\xff" and head[1:2] in MPEG_SOUND):
        return _MP3
    if head[:1] == b"\xff" and head[1:2] in (b"\xf1", b"\xf9"):
        return _AAC
    return {b"fLaC": _FLAC, b"OggS": _OGG}.get(head[:4])


async def made_anew(source: Path, folder: Path) -> Path:
    """A fresh file in `folder` with the picture and the first sound of `source`, and nothing else.

    Raises:
        UploadRejected: no clip or sound, damaged, cut short, or beyond what is kept; says what helps.
    """
    kind = kind_of(await asyncio.to_thread(_head, source))
    if kind is None:
        raise UploadRejected("the file is no clip and no sound that is read here", user_action=SEND_ANOTHER)
    facts = await _facts(source, kind)
    fresh = folder / f"fresh.{kind.target}"
    try:
        async with _turn():
            await run_ffmpeg(_command(source, kind, facts, fresh), timeout_s=LOOK_S, limits=LOOK)
    except FfmpegFailed as exc:
        what, fix = _words(facts)
        raise UploadRejected(f"the {what} cannot be read to its end", user_action=fix) from exc
    await _check_length(fresh, kind, facts)
    return fresh


def _turn() -> asyncio.Semaphore:
    """One for each event loop, because a semaphore belongs to the loop that waits at it."""
    return _TURNS.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))


async def _facts(source: Path, kind: Kind) -> MediaFacts:
    if kind.demuxer == "mov":
        await asyncio.to_thread(check_boxes, source)
    elif kind.demuxer == "wav":
        await asyncio.to_thread(check_wave, source)
    try:
        facts = await probe(source, demuxer=kind.demuxer)
    except UploadRejected as exc:
        fix = EXPORT_CLIP if kind in (_MOV, _MATROSKA) else EXPORT_SOUND
        raise UploadRejected("the file is damaged or cut short", user_action=fix) from exc
    what, fix = _words(facts)
    if facts.video_codec is None and facts.audio_codec is None:
        raise UploadRejected("the file holds neither picture nor sound", user_action=fix)
    (check_clip if facts.video_codec else check_sound)(facts)
    if (facts.duration_s or 0.0) > MAX_UPLOAD_S:
        raise UploadRejected(
            f"the {what} lasts {facts.duration_s:.0f} s; at most {MAX_UPLOAD_S:.0f} s are taken",
            user_action=f"Cut it into parts, or send the part that is used. {fix}",
        )
    return facts


def _command(source: Path, kind: Kind, facts: MediaFacts, fresh: Path) -> list[str]:
    opening = local_input(
        source, "-threads", "2", *STRICT.get(kind.demuxer, STRICTLY), "-max_pixels", str(MAX_PIXELS),
        "-f", kind.demuxer,
    )  # fmt: skip
    streams = ["-map", "0:V:0"] if facts.video_codec else []
    streams += ["-map", "0:a:0"] if facts.audio_codec else []
    # Whatever is only copied is decoded once beside it.
    return [
        *opening, *streams, *BARE, *_picture(facts), *_sound(kind, facts), *_container(kind), str(fresh),
        *streams, "-f", "null", "-",
    ]  # fmt: skip


def _picture(facts: MediaFacts) -> list[str]:
    if not facts.video_codec:
        return []
    if facts.video_codec in COPIED_PICTURE:
        return ["-c:v", "copy"]
    deep = "10" in (facts.pixel_format or "") or "12" in (facts.pixel_format or "")
    even = "crop=trunc(iw/2)*2:trunc(ih/2)*2"
    shape = ["-vf", even, "-pix_fmt", "yuv420p10le" if deep else "yuv420p"]
    return ["-c:v", "libx264", "-crf", "14", "-preset", "veryfast", "-threads", "2", *shape]


def _sound(kind: Kind, facts: MediaFacts) -> list[str]:
    codec = facts.audio_codec or ""
    if kind.target == "wav":
        return [
            "-c:a",
            "copy" if codec.startswith("pcm_") else "pcm_s24le" if codec == "flac" else "pcm_s16le",
        ]
    if codec in COPIED_SOUND or not codec:
        return ["-c:a", "copy"]
    return ["-c:a", "aac", "-b:a", "256k"]


def _container(kind: Kind) -> list[str]:
    if kind.target == "mp3":
        return ["-id3v2_version", "0", "-f", "mp3"]
    return ["-movflags", "+faststart", "-f", "mp4"] if kind.target == "mp4" else ["-f", "wav"]


async def _check_length(fresh: Path, kind: Kind, facts: MediaFacts) -> None:
    demuxer = "mov" if kind.target == "mp4" else kind.target
    made_s, promised_s = (await probe(fresh, demuxer=demuxer)).duration_s or 0.0, facts.duration_s or 0.0
    what, fix = _words(facts)
    if made_s <= 0.0:
        raise UploadRejected(f"the {what} has no duration", user_action=fix)
    if made_s < promised_s - max(SHORTER_S, SHORTER * promised_s):
        raise UploadRejected(f"the {what} ends after {made_s:.2f} of {promised_s:.2f} s", user_action=fix)


def _words(facts: MediaFacts) -> tuple[str, str]:
    return ("clip", EXPORT_CLIP) if facts.video_codec else ("sound", EXPORT_SOUND)


def _head(source: Path) -> bytes:
    with source.open("rb") as file:
        return file.read(16)
