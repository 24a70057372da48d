"""What a file is, told by its content: a name or a claimed type counts for nothing.

Only what we make and show is allowed. Playlists and markup are refused because players
and browsers follow what is written in them.
"""

import asyncio
import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import filetype
from PIL import Image, UnidentifiedImageError

from state.errors import UploadRejected
from tools.ffmpeg.probe import MediaFacts, probe_now
from tools.media.boxes import EXPORT_CLIP, check_boxes
from tools.media.fonts import MAX_FONT_BYTES, check_font, font_type
from tools.media.limits import EXPORT_SOUND, check_clip, check_sound
from tools.media.matroska import check_webm
from tools.media.waves import check_wave

MAX_PIXELS = 40_000_000
MAX_SIDE = 12_000
MAX_TEXT_BYTES = 20_000_000
HEAD_BYTES = 8192
EXTENSIONS = {
    "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "video/mp4": "mp4",
    "video/webm": "webm",
    "audio/wav": "wav", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/aac": "aac",
    "application/json": "json", "application/x-subrip": "srt", "text/vtt": "vtt",
    "text/csv": "csv", "text/plain": "txt", "font/ttf": "ttf", "font/otf": "otf",
}  # fmt: skip
"""Every type we keep, with the one extension it gets."""
MPEG_SOUND = (b"\xe2", b"\xe3", b"\xf2", b"\xf3", b"\xfa", b"\xfb")
"""The second byte of a frame of layer III: MPEG 2.5, 2 and 1, with a checksum or without."""
PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
WEBM_PICTURES, WEBM_SOUNDS = ("vp8", "vp9", "av1", "libdav1d"), ("opus", "vorbis")
DEMUXERS = {"audio/x-wav": "wav", "audio/wav": "wav", "audio/mpeg": "mp3", "audio/aac": "aac"}
FOREIGN_BRANDS = {b"qt  ", b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"crx "}
"""Files built like MP4 that are something else."""
FOLLOWED = (
    "<",
    "#extm3u",
    "ffconcat",
    "[playlist]",
    "#!",
    "%!ps",
    "%pdf",
    "{\\rtf",
    "mime-version:",
    "[script info]",
)
"""How texts begin that some program would follow, draw or run; `<` is any markup."""
MARKUP = "markup, scripts and playlists are not kept"
SRT = re.compile(r"\A\s*\d+\s*\r?\n\d{1,2}:\d\d:\d\d,\d{3} --> \d{1,2}:\d\d:\d\d,\d{3}")
CSV_HEADING = re.compile(r"\A\w[\w .%$()/:-]{0,63}\Z")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a file turned out to be."""

    mime: str
    duration_s: float | None = None
    width: int | None = None
    height: int | None = None

    @property
    def extension(self) -> str:
        """The extension that files of this type get."""
        return EXTENSIONS[self.mime]


async def inspect(path: Path) -> Contents:
    """Find out what a local file is, reading as much of it as needed to be sure.

    Raises:
        UploadRejected: broken, cut short, too large to open, or of no type we keep.
    """
    return await asyncio.to_thread(inspect_now, path)


def inspect_now(path: Path) -> Contents:
    """As `inspect`, blocking."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise UploadRejected("the file is empty")
    guess = guessed(head)
    if guess in PICTURES:
        return _picture(path, guess)
    if (font := font_type(head)) is not None:
        return _font(path, font)
    if head[4:8] == b"ftyp" and head[8:12] not in FOREIGN_BRANDS:
        return _mp4(path)
    if guess == "video/webm":
        return _webm(path)
    if guess in DEMUXERS:
        if DEMUXERS[guess] == "wav":
            check_wave(path)
        return _sound(_facts(path, DEMUXERS[guess], "sound"))
    if guess is not None and not _is_text(head):
        raise UploadRejected(f"files of type {guess} are not kept")
    return Contents(mime=_text_type(path))


def guessed(head: bytes) -> str | None:
    """The type that the first bytes of a file speak of; None of text, and of what nobody knows."""
    if head[:1] == b"\xff" and head[1:2] in MPEG_SOUND:
        return "audio/mpeg"
    found: str | None = filetype.guess_mime(head)
    return "image/png" if found == "image/apng" else found


def is_followed(head: bytes) -> bool:
    """Whether a file begins as what some program would follow, draw or run."""
    return head.decode("utf-8-sig", "replace").lstrip().lower().startswith(FOLLOWED)


def open_picture(source: Path | BinaryIO, mime: str) -> Image.Image:
    """Open a picture whose header promises a size that we can take; pixels are not read yet.

    Raises:
        UploadRejected: damaged, of another type, or too large.
    """
    try:
        picture = Image.open(source, formats=[PICTURES[mime]])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        raise UploadRejected("the picture has too many pixels") from exc
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as exc:
        raise UploadRejected("the picture is damaged") from exc
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        # A phone's JPEG may hold a second picture, of depth or of light; it does not move for that.
        picture.close()
        raise UploadRejected("the picture moves; send a still one")
    width, height = picture.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        picture.close()
        raise UploadRejected(
            f"the picture has too many pixels: {width}x{height}, at most {MAX_PIXELS // 1_000_000} million"
        )
    return picture


def read_pixels(picture: Image.Image) -> None:
    """Decode all of it.

    Raises:
        UploadRejected: it is cut short or damaged.
    """
    try:
        picture.load()
    except (OSError, ValueError, SyntaxError, IndexError, Image.DecompressionBombError) as exc:
        raise UploadRejected("the picture is damaged") from exc


def _picture(path: Path, mime: str) -> Contents:
    with open_picture(path, mime) as picture:
        read_pixels(picture)
        return Contents(mime=mime, width=picture.width, height=picture.height)


def _font(path: Path, mime: str) -> Contents:
    """A font whose letters can be drawn. Its name counts for nothing: whoever uses it gives it another."""
    if path.stat().st_size > MAX_FONT_BYTES:
        raise UploadRejected(f"the font is larger than {MAX_FONT_BYTES // 1_000_000} MB")
    check_font(path.read_bytes())
    return Contents(mime=mime)


def _mp4(path: Path) -> Contents:
    check_boxes(path)
    facts = _facts(path, "mov", "clip")
    if facts.video_codec is None:
        return _sound(facts)
    if not facts.duration_s:
        raise UploadRejected("the clip has no duration", user_action=EXPORT_CLIP)
    check_clip(facts)
    return Contents(mime="video/mp4", duration_s=facts.duration_s, width=facts.width, height=facts.height)


def _webm(path: Path) -> Contents:
    """One picture and at most one sound in the coders of the web, and no fonts or subtitles beside them."""
    check_webm(path)
    facts = _facts(path, "matroska", "clip")
    streams = 1 if facts.audio_codec is None else 2
    coders = facts.video_codec in WEBM_PICTURES and facts.audio_codec in (*WEBM_SOUNDS, None)
    if not coders or facts.stream_count != streams or not facts.duration_s:
        raise UploadRejected("the clip is no WebM that is kept", user_action=EXPORT_CLIP)
    check_clip(facts)
    return Contents(mime="video/webm", duration_s=facts.duration_s, width=facts.width, height=facts.height)


def _facts(path: Path, demuxer: str, what: str) -> MediaFacts:
    try:
        return probe_now(path, demuxer=demuxer)
    except UploadRejected as exc:
        # Its own words name our temporary file.
        fix = EXPORT_CLIP if what == "clip" else EXPORT_SOUND
        raise UploadRejected(f"the {what} is damaged or cut short", user_action=fix) from exc


def _sound(facts: MediaFacts) -> Contents:
    """The mp3 reader also opens cover pictures as video; only the sound counts here."""
    families = {"wav": "audio/wav", "mp3": "audio/mpeg", "aac": "audio/aac"}
    if facts.audio_codec is None or not facts.audio_rate_hz:
        raise UploadRejected("the file holds neither picture nor sound", user_action=EXPORT_SOUND)
    check_sound(facts)
    return Contents(mime=families.get(facts.format, "audio/mp4"), duration_s=facts.duration_s)


def _is_text(head: bytes) -> bool:
    """Some types are told by two letters that a text may well begin with."""
    return not CONTROL.search(head.decode("utf-8", "replace").rstrip("\ufffd").replace("\ufffd", "\0"))


def _text_type(path: Path) -> str:
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise UploadRejected("the file is of no type that is kept")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise UploadRejected("the file is of no type that is kept") from exc
    if CONTROL.search(text):
        raise UploadRejected("the file is of no type that is kept")
    if text.lstrip().lower().startswith(FOLLOWED):
        raise UploadRejected(MARKUP)
    return _kind_of_text(text)


def _kind_of_text(text: str) -> str:
    if text.startswith("WEBVTT"):
        return "text/vtt"
    if SRT.match(text):
        return "application/x-subrip"
    if _is_json(text):
        return "application/json"
    return "text/csv" if _is_table(text) else "text/plain"


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_table(text: str) -> bool:
    """Headings that look like headings, and as many cells in every row."""
    try:
        rows = list(csv.reader(text.splitlines()))
    except csv.Error:
        return False
    if len(rows) < 2 or len(rows[0]) < 2 or not all(CSV_HEADING.match(cell) for cell in rows[0]):
        return False
    return all(len(row) == len(rows[0]) for row in rows)
