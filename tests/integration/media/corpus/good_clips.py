"""Clips that are odd and right: what phones, cameras, editors and browsers really write."""

import struct
from functools import partial

from tests.integration.media.corpus.building import (
    BARS,
    H264,
    TONE,
    box,
    changed,
    film,
    film_with_sound,
    made,
)
from tests.integration.media.corpus.entry import NOT_KEPT, Entry, taken

SRT = b"1\n00:00:00,000 --> 00:00:00,400\nHola\n"
CANARY = "CANARY in the heading"


def turned(degrees: int) -> bytes:
    """As a phone does it: pixels lie on their side, and the heading says how to hold them."""
    return made(
        "mp4", "-display_rotation", str(degrees), "-i", "in.mp4", "-c", "copy", given=(("in.mp4", film()),)
    )


def deep(transfer: str) -> bytes:
    """Ten bits in the colours of HDR."""
    return made(
        "mp4",
        *BARS,
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p10le",
        # What a frame says of its colours wins over what the coder is told.
        "-vf",
        f"setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc",
    )


def hevc(transfer: str) -> bytes:
    shown = (
        f"log-level=none:pools=1:frame-threads=1:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc"
    )
    return made(
        "mov",
        *BARS,
        "-c:v",
        "libx265",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p10le",
        "-tag:v",
        "hvc1",
        "-x265-params",
        shown,
    )


def uneven() -> bytes:
    return made(
        "mp4",
        *BARS,
        *H264,
        "-vf",
        r"select='not(eq(mod(n\,5)\,2))'",
        "-fps_mode",
        "vfr",
        "-bf",
        "0",
    )


def two_sounds() -> bytes:
    return made("mp4", *BARS, *TONE, *TONE, *H264, "-map", "0:v", "-map", "1:a", "-map", "2:a", "-c:a", "aac")


def with_captions(container: str, codec: str) -> bytes:
    return made(
        container,
        *BARS,
        "-i",
        "in.srt",
        *H264,
        "-c:s",
        codec,
        "-map",
        "0",
        "-map",
        "1",
        given=(("in.srt", SRT),),
    )


def with_font() -> bytes:
    """A font beside the picture, as anime files have it."""
    return made(
        "matroska",
        *BARS,
        *H264,
        "-attach",
        "a.ttf",
        "-metadata:s:t",
        "mimetype=application/x-truetype-font",
        given=(("a.ttf", b"\0\1\0\0" + b"x" * 200),),
    )


def later() -> bytes:
    return made("mp4", "-itsoffset", "1.5", *BARS, *TONE, *H264, "-c:a", "aac")


def live_webm() -> bytes:
    """As a browser records: no length, no index."""
    return made("webm", *BARS, "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-live", "1")


def webm(*sound: str) -> bytes:
    return made("webm", *BARS, *sound, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8")


def latin() -> bytes:
    """A title as old programs write it: not in UTF-8."""
    content = film("-metadata", "title=Cancion de cuna")
    return content.replace(b"Cancion", "Canción".encode("latin-1").ljust(7))


def old_mov() -> bytes:
    """A MOV of before 2001 has no `ftyp`."""
    content = film(container="mov")
    length = int.from_bytes(content[:4])
    return box(b"wide", b"\0" * (length - 8)) + content[length:]


def with_free_space() -> bytes:
    return film() + box(b"free", b"\0" * 5000) + box(b"uuid", bytes(range(16)) + b"<x:xmpmeta/>")


def long_boxes() -> bytes:
    """`mdat` with a length of eight bytes, as large files have it. It comes last, so that no offset moves."""
    content = film("-movflags", "+faststart")
    at = content.index(b"mdat") - 4
    inside = content[at + 8 :]
    # Eight bytes more before the samples: the table that says where they lie is moved along.
    moved = changed(
        content[:at], {b"stco": lambda one: one[:8] + struct.pack(">I", int.from_bytes(one[8:12]) + 8)}
    )
    return moved + struct.pack(">I4sQ", 1, b"mdat", 16 + len(inside)) + inside


CLIPS: list[Entry] = [
    taken("clip", "video", film_with_sound, "H.264 and AAC"),
    *(taken(f"turned by {n}", "video", partial(turned, n), "phones film upright so") for n in (90, 180, -90)),
    taken("ten bits, pq", "video", partial(deep, "smpte2084"), "HDR10"),
    taken("ten bits, hlg", "video", partial(deep, "arib-std-b67"), "HLG"),
    taken(
        "hevc of a phone, hlg", "video", partial(hevc, "arib-std-b67"), "MOV, HEVC, ten bits", stored=NOT_KEPT
    ),
    taken("uneven frame times", "video", uneven, "phones film at a variable rate"),
    taken(
        "full colour", "video", lambda: made("mp4", *BARS, "-c:v", "libx264", "-pix_fmt", "yuv444p"), "4:4:4"
    ),
    taken(
        "odd sides",
        "video",
        lambda: made(
            "mp4",
            "-f",
            "lavfi",
            "-i",
            "testsrc=s=321x181:r=24:d=0.3",
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv444p",
        ),
        "321x181",
    ),
    taken("sound in 5.1", "video", lambda: film_with_sound("-ac", "6"), "six channels"),
    taken(
        "sound in mono at 8 kHz", "video", lambda: film_with_sound("-ac", "1", "-ar", "8000"), "a doorbell"
    ),
    taken("sound at 96 kHz", "video", lambda: film_with_sound("-ar", "96000"), "a field recorder"),
    taken("no sound", "video", film, "most engines make it so"),
    taken("two sounds", "video", two_sounds, "the first one is kept"),
    taken(
        "a timecode track",
        "video",
        lambda: film("-timecode", "01:00:00:00", container="mov"),
        "cameras write it; it is dropped",
        stored=NOT_KEPT,
    ),
    taken(
        "captions inside", "video", partial(with_captions, "mp4", "mov_text"), "a text track; it is dropped"
    ),
    taken(
        "in fragments",
        "video",
        lambda: film("-movflags", "frag_keyframe+empty_moov+default_base_moof"),
        "as it is streamed",
    ),
    taken("heading first", "video", lambda: film("-movflags", "+faststart"), "made for the web"),
    taken(
        "a large picture",
        "video",
        lambda: made("mp4", "-f", "lavfi", "-i", "color=c=gray:s=4096x2304:r=24:d=0.05", *H264),
        "4K, one frame",
    ),
    taken("one frame", "video", lambda: film("-frames:v", "1"), "a still as a clip"),
    taken(
        "frames out of order",
        "video",
        lambda: made("mp4", *BARS, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-bf", "3"),
        "B-frames, edit list",
    ),
    taken("begins late", "video", later, "its first second and a half is empty"),
    taken(
        "interlaced",
        "video",
        lambda: made(
            "mp4",
            *BARS,
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p",
            "-flags",
            "+ildct+ilme",
            "-x264opts",
            "tff=1",
        ),
        "broadcast",
    ),
    taken("wide pixels", "video", lambda: film("-vf", "setsar=16/11"), "DV in 16:9"),
    taken(
        "a title in many scripts",
        "video",
        lambda: film(
            "-metadata", f"title={CANARY} ñ 漢字 🎬 \u202e", "-metadata:s:v", f"handler_name={CANARY}"
        ),
        "the title is dropped",
    ),
    taken("a title in an old encoding", "video", latin, "Latin-1, as old programs write it"),
    taken(
        "a place",
        "video",
        lambda: film("-metadata", "location=+40.4168-003.7038/"),
        "where it was filmed is dropped",
    ),
    taken(
        "mov",
        "video",
        lambda: film_with_sound(container="mov"),
        "every editor and iPhone writes it",
        stored=NOT_KEPT,
    ),
    taken(
        "mov with plain sound",
        "video",
        lambda: made("mov", *BARS, *TONE, *H264, "-c:a", "pcm_s16le"),
        "cameras",
        stored=NOT_KEPT,
    ),
    taken("mov of before 2001", "video", old_mov, "no ftyp", stored=NOT_KEPT),
    taken(
        "prores",
        "video",
        lambda: made("mov", *BARS, "-c:v", "prores_ks"),
        "editors; encoded once",
        stored=NOT_KEPT,
    ),
    taken(
        "motion jpeg",
        "video",
        lambda: made("mov", *BARS, "-c:v", "mjpeg"),
        "old cameras; encoded once",
        stored=NOT_KEPT,
    ),
    taken("webm, vp9 and opus", "video", lambda: webm(*TONE), "the web"),
    taken(
        "webm of a browser's camera", "video", live_webm, "no length in its heading", stored="where it ends"
    ),
    taken(
        "webm with something behind it",
        "video",
        lambda: webm() + b"PK\x03\x04" + bytes(200),
        "packed anew without it",
        stored="lies behind",
    ),
    taken("mkv", "video", lambda: film_with_sound(container="matroska"), "screen recorders", stored=NOT_KEPT),
    taken(
        "mkv with subtitles", "video", partial(with_captions, "matroska", "ass"), "dropped", stored=NOT_KEPT
    ),
    taken("mkv with a font", "video", with_font, "the attachment is dropped", stored=NOT_KEPT),
    taken("free space behind it", "video", with_free_space, "editors leave room, and notes in XML"),
    taken("a length of eight bytes", "video", long_boxes, "as files over 4 GB have it"),
]
