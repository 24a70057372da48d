"""Sounds: odd ones that are taken, wrong headings that are not."""

import io
import struct
from collections.abc import Callable
from functools import partial

from PIL import Image

from tests.integration.media.corpus.building import TONE, made
from tests.integration.media.corpus.entry import NOT_KEPT, NOT_TAKEN, Entry, refused, taken

DAMAGED = "damaged or cut short"


def wav(
    *, channels: int = 1, rate: int = 48_000, bits: int = 16, seconds: float = 0.25,
    riff: int | None = None, data: int | None = None,
) -> bytes:  # fmt: skip
    """A sawtooth; sizes may lie."""
    each = channels * bits // 8
    count = max(1, int(seconds * rate))
    samples = b"".join(struct.pack("<B", n % 251) * each for n in range(min(count, 24_000)))
    heading = struct.pack("<HHIIHH", 1, channels, rate, min(rate * each, 2**32 - 1), min(each, 65_535), bits)
    size = len(samples) if data is None else data
    inside = b"WAVEfmt " + struct.pack("<I", 16) + heading + b"data" + struct.pack("<I", size) + samples
    return b"RIFF" + struct.pack("<I", len(inside) if riff is None else riff) + inside


def mp3(*options: str) -> bytes:
    return made("mp3", *TONE, "-c:a", "libmp3lame", *options)


def id3(size: int, content: bytes = b"") -> bytes:
    """The heading of a tag that claims this size, seven bits a byte."""
    sizes = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\0\0" + sizes + content


def _cover() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (32, 32), "teal").save(out, "JPEG")
    return out.getvalue()


def with_cover() -> bytes:
    return made(
        "ipod",
        *TONE,
        "-i",
        "cover.jpg",
        "-map",
        "0:a",
        "-map",
        "1:v",
        "-c:a",
        "aac",
        "-c:v",
        "copy",
        "-disposition:v:0",
        "attached_pic",
        given=(("cover.jpg", _cover()),),
    )


def _half(build: Callable[[], bytes], share: float) -> bytes:
    content = build()
    return content[: int(len(content) * share)]


GOOD = [
    taken("wav in mono", "audio", wav, "the plainest sound"),
    taken("wav of 8 bits", "audio", partial(wav, bits=8), "old recorders"),
    taken(
        "wav of 96 kHz", "audio", lambda: made("wav", *TONE, "-ar", "96000", "-c:a", "pcm_s24le"), "studios"
    ),
    taken("wav in 5.1", "audio", lambda: made("wav", *TONE, "-ac", "6"), "a film's mix"),
    taken("wav of floats", "audio", lambda: made("wav", *TONE, "-c:a", "pcm_f32le"), "editors export it"),
    taken(
        "wav of a stream, sizes unknown",
        "audio",
        partial(wav, riff=0xFFFFFFFF, data=0xFFFFFFFF),
        "a voice service streams it and cannot know its size",
    ),
    taken(
        "wav of a stream, sizes zero", "audio", partial(wav, riff=0, data=0), "as above, by another writer"
    ),
    taken(
        "mp3 with a title in many scripts",
        "audio",
        lambda: mp3("-metadata", "title=Canción ñ 漢字 🎬"),
        "the title is dropped",
    ),
    taken("mp3 of 8 kHz", "audio", lambda: mp3("-ar", "8000"), "a telephone"),
    taken("m4a with a cover", "audio", with_cover, "the cover is no film"),
    taken(
        "aac without a container", "audio", lambda: made("adts", *TONE, "-c:a", "aac"), "as it is streamed"
    ),
    taken("flac", "audio", lambda: made("flac", *TONE), "becomes a WAV: nothing is lost", stored=NOT_KEPT),
    taken("ogg", "audio", lambda: made("ogg", *TONE, "-c:a", "libvorbis"), "becomes a WAV", stored=NOT_KEPT),
]
BAD = [
    refused("wav that is cut", "audio", lambda: wav()[:-9000], "cut short", "promises more than it holds"),
    refused("wav with only its heading", "audio", lambda: wav()[:36], DAMAGED, "no sound at all"),
    refused(
        "wav of 1000 channels",
        "audio",
        partial(wav, channels=1000, bits=8, seconds=0.001),
        "1000 channels",
        "no room has so many speakers",
    ),
    refused("wav of 1 Hz", "audio", partial(wav, rate=1, seconds=4), "1 samples a second", "nobody hears it"),
    refused(
        "wav of 10 MHz",
        "audio",
        partial(wav, rate=10_000_000, seconds=0.001),
        "10000000 samples a second",
        "nobody hears it",
    ),
    refused("wav of no channel", "audio", partial(wav, channels=0), "0 channels", "no sound"),
    refused(
        "mp3 behind a tag of 256 MB",
        "audio",
        lambda: id3(0x0FFFFFFF) + mp3()[45:],
        DAMAGED,
        "the tag claims to be larger than the file",
    ),
    refused("tag without a sound", "audio", lambda: id3(64, b"\0" * 64), DAMAGED, "a heading alone"),
    refused("mp3 that is cut", "audio", partial(_half, mp3, 0.4), "ends after", "half a download", stored=""),
    refused(
        "m4a that is cut",
        "audio",
        partial(_half, lambda: made("ipod", *TONE, "-c:a", "aac"), 0.6),
        "cut short",
        "half a download",
    ),
    refused(
        "midi",
        "nothing",
        lambda: b"MThd\0\0\0\6\0\1\0\1\0\x60MTrk\0\0\0\4\0\xff\x2f\0",
        NOT_TAKEN,
        "notes, not sound",
        stored=NOT_KEPT,
    ),
    refused(
        "aiff",
        "nothing",
        lambda: made("aiff", *TONE),
        NOT_TAKEN,
        "nobody sends it: WAV is the same",
        stored=NOT_KEPT,
    ),
]
SOUNDS: list[Entry] = [*GOOD, *BAD]
