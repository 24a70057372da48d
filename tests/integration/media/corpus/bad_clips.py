"""Clips that are cut, lie about themselves, or point elsewhere."""

import struct
from collections.abc import Callable
from functools import partial

from tests.integration.media.corpus.building import (
    BARS,
    TONE,
    box,
    boxes,
    changed,
    film,
    film_with_sound,
    first,
    made,
    number_at,
)
from tests.integration.media.corpus.entry import NOT_KEPT, NOT_TAKEN, PORT, SECRET_PATH, Entry, refused
from tests.integration.media.corpus.good_clips import webm
from tests.media_files import picture, sound

CUT, ELSEWHERE, PROMISES = "cut short", "points to other files", "promises"
FTYP = box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41")


def cut(build: Callable[[], bytes], share: float) -> bytes:
    content = build()
    return content[: int(len(content) * share)]


def fast() -> bytes:
    return film_with_sound("-movflags", "+faststart")


def cut_in(build: Callable[[], bytes], kind: bytes) -> bytes:
    """Ends in the middle of this box."""
    content = build()
    at = content.index(kind) - 4
    return content[: at + int.from_bytes(content[at : at + 4]) // 2]


def damaged() -> bytes:
    """Its middle is overwritten, and its boxes still add up."""
    content = made(
        "mp4", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=24:d=0.5", "-c:v", "libx264", "-pix_fmt", "yuv420p"
    )
    at = content.index(b"mdat") + 1500
    return content[:at] + b"\x55" * 400 + content[at + 400 :]


def flipped(kind: bytes, offset: int) -> bytes:
    """Bytes of a box are turned around."""
    return changed(
        film(),
        {
            kind: lambda one: (
                one[:offset] + bytes(255 - b for b in one[offset : offset + 6]) + one[offset + 6 :]
            )
        },
    )


def many_tracks(count: int) -> bytes:
    content = film()
    track = box(b"trak", first(content, b"trak"))
    return changed(content, {b"moov": lambda inside: inside + track * count})


def sized(width: int, height: int) -> bytes:
    """The sample description and the track say another size; the stream's own heading is left out."""
    shape = struct.pack(">HH", width, height)
    raw = box(
        b"raw ",
        b"\0" * 6
        + b"\0\1"
        + b"\0" * 16
        + shape
        + b"\0H\0\0" * 2
        + b"\0" * 4
        + b"\0\1"
        + b"\0" * 32
        + b"\0\x18\xff\xff",
    )
    return changed(film(), {b"stsd": lambda _: b"\0" * 4 + b"\0\0\0\1" + raw})


def lasting(seconds: int) -> bytes:
    """Each of its twelve frames is shown so long."""

    def header(inside: bytes, at: int) -> bytes:
        return inside[:at] + struct.pack(">II", 1, seconds) + inside[at + 8 :]

    return changed(
        film("-bf", "0"),
        {
            b"mvhd": lambda one: header(one, 12),
            b"mdhd": lambda one: header(one, 12),
            b"stts": lambda _: struct.pack(">IIII", 0, 1, 12, seconds // 12),
            b"edts": lambda _: b"",
        },
    )


def quick(rate: int) -> bytes:
    """Twelve frames, so many a second."""
    lasting = struct.pack(">II", rate, 12)
    return changed(
        film("-bf", "0"),
        {
            b"mvhd": lambda one: one[:12] + lasting + one[20:],
            b"mdhd": lambda one: one[:12] + lasting + one[20:],
            b"stts": lambda _: struct.pack(">IIII", 0, 1, 12, 1),
            b"edts": lambda _: b"",
        },
    )


def real_table(count: int) -> bytes:
    """A table of times that really has so many entries."""
    return changed(
        film(), {b"stts": lambda _: struct.pack(">II", 0, count) + struct.pack(">II", 100_000, 1) * count}
    )


def one_size(count: int, size: int) -> bytes:
    """All samples have one size, so that no byte of the table stands for any of them."""
    return changed(
        film(),
        {
            b"stsz": lambda _: struct.pack(">III", 0, size, count),
            b"stts": lambda _: struct.pack(">IIII", 0, 1, count, 1),
            b"stsc": lambda _: struct.pack(">IIIII", 0, 1, 1, count, 1),
            b"stco": lambda one: struct.pack(">II", 0, 1) + one[8:12],
        },
    )


def run_of(count: int) -> bytes:
    """A fragment that says so many samples, and that all are alike."""
    content = film("-movflags", "frag_keyframe+empty_moov+default_base_moof")
    return changed(content, {b"trun": lambda _: struct.pack(">II", 0, count)})


def referring(kind: bytes, target: str) -> bytes:
    """The samples lie in another file, says the heading."""
    if kind == b"url ":
        entry = box(b"url ", b"\0\0\0\0" + target.encode() + b"\0")
    else:
        # The Finder's alias: a head of 150 bytes that says how far to climb, then records; 2 is the path.
        head = bytearray(150)
        head[130:134] = struct.pack(">HH", 1, 1)
        path = (target if "/" in target else f"folder/{target}").encode()
        record = struct.pack(">HH", 2, len(path)) + path + b"\0" * (len(path) % 2)
        record += struct.pack(">HH", 0xFFFF, 0)
        entry = box(kind, b"\0\0\0\0" + bytes(head) + record)
    return changed(film(container="mov"), {b"dref": lambda _: struct.pack(">II", 0, 1) + entry})


def reference_movie(target: str) -> bytes:
    inside = box(b"rdrf", b"\0\0\0\0url " + struct.pack(">I", len(target) + 1) + target.encode() + b"\0")
    return box(b"ftyp", b"qt  \0\0\2\0qt  ") + box(b"moov", box(b"rmra", box(b"rmda", inside)))


def compressed_heading() -> bytes:
    return FTYP + box(
        b"moov", box(b"cmov", box(b"dcom", b"zlib") + box(b"cmvd", struct.pack(">I", 2**31) + b"x\x9c"))
    )


def nested(depth: int) -> bytes:
    """One in the other; all of them together are small."""
    lengths = range(8 * depth, 0, -8)
    return FTYP + box(b"moov", b"".join(struct.pack(">I4s", each, b"trak") for each in lengths))


def ebml(*parts: bytes) -> bytes:
    heading = bytes.fromhex(
        "1a45dfa3 9f 4286810142f7810142f2810442f381084282886d6174726f736b61428781044285 8102"
    )
    return heading + b"".join(parts)


BILLIONS = b"\x01" + (2**56 - 2).to_bytes(7)
MATROSKA: dict[str, Callable[[], bytes]] = {
    "mkv of one endless element": lambda: ebml(bytes.fromhex("18538067"), BILLIONS, b"\xec", BILLIONS),
    "mkv whose name is endless": lambda: ebml(
        bytes.fromhex("18538067"),
        BILLIONS,
        bytes.fromhex("1654ae6b"),
        BILLIONS,
        b"\xae",
        BILLIONS,
        b"\x86",
        BILLIONS,
    ),
    "mkv of its heading alone": ebml,
}
HEADINGS = [
    refused("heading of a clip alone", "video", lambda: FTYP, "moov", "nothing follows"),
    refused(
        "heading that is empty",
        "video",
        lambda: FTYP + box(b"moov"),
        "neither picture nor sound",
        "an empty moov",
    ),
    refused(
        "heading of garbage", "video", lambda: FTYP + box(b"moov", b"\xff" * 200), CUT, "boxes of no length"
    ),
    refused(
        "compressed heading",
        "video",
        compressed_heading,
        "compressed",
        "a bomb of two gigabytes, if unpacked",
    ),
    refused(
        "boxes 10,000 deep", "video", partial(nested, 10_000), "deep", "a reader that calls itself would fall"
    ),
    refused(
        "a track 10,000 times", "video", partial(many_tracks, 10_000), "tracks", "no film has 10,000 tracks"
    ),
    refused("a track 40 times", "video", partial(many_tracks, 40), "tracks", "one over the bound is over it"),
    refused(
        "picture of 60,000 by 60,000",
        "video",
        partial(sized, 60_000, 60_000),
        "no size that can be read",
        "no screen has it",
    ),
    refused("picture of 8,194 by 64", "video", partial(sized, 8194, 64), "8194x64", "just over the bound"),
    refused(
        "a hundred years",
        "video",
        partial(lasting, 100 * 365 * 86_400),
        "claims to last",
        "nobody waits for its end",
    ),
    refused(
        "forty minutes in twelve frames",
        "video",
        partial(lasting, 2400),
        "at most 1800 s",
        "longer than an upload may be",
        stored="",
    ),
    refused(
        "a billion frames a second",
        "video",
        partial(quick, 10**9),
        "frames a second|no duration",
        "no camera films so",
    ),
    refused(
        "twelve thousand frames a second",
        "video",
        partial(quick, 12_000),
        "claims 12000 frames a second",
        "a length that can be, at a rate that cannot",
    ),
    refused(
        "millions of times",
        "video",
        partial(real_table, 200),
        "samples in a track",
        "20 million frames by 200 entries",
    ),
    refused(
        "times that are not there",
        "video",
        lambda: changed(film(), {b"stts": number_at(4, 2**32 - 1)}),
        PROMISES,
        "four billion entries in 24 bytes",
    ),
    refused(
        "places that are not there",
        "video",
        lambda: changed(film(), {b"stco": number_at(4, 2**30)}),
        PROMISES,
        "a billion entries in 12 bytes",
    ),
    refused(
        "sizes that are not there",
        "video",
        lambda: changed(film(), {b"stsz": number_at(8, 2**28)}),
        PROMISES,
        "as above",
    ),
    refused(
        "170 million samples of one byte",
        "video",
        partial(one_size, 170_000_000, 1),
        PROMISES,
        "four gigabytes of a reader's memory in 16 bytes",
    ),
    refused(
        "a fragment of four billion samples",
        "video",
        partial(run_of, 2**32 - 1),
        "samples in a track",
        "as above, in a fragment",
    ),
]
POINTING = [
    refused(
        f"samples in {name}",
        "video",
        partial(referring, kind, target),
        ELSEWHERE,
        "the heading names a file that is to be opened",
        stored=NOT_KEPT,
    )
    for name, kind, target in (
        ("a local file", b"url ", f"file://{SECRET_PATH}"),
        ("an inner address", b"url ", f"http://127.0.0.1:{PORT}/a.mov"),
        ("a local file by its alias", b"alis", SECRET_PATH),
        ("a neighbour", b"alis", "neighbour.mp4"),
        ("a part of a file", b"url ", f"subfile,,start,0,end,100,,:{SECRET_PATH}"),
        ("a row of files", b"url ", f"concat:{SECRET_PATH}|{SECRET_PATH}"),
        ("words in an address", b"url ", "data:text/plain,hola"),
    )
] + [
    refused(
        "reference movie",
        "video",
        partial(reference_movie, f"http://127.0.0.1:{PORT}/a.mov"),
        ELSEWHERE,
        "a list of other movies",
        stored=NOT_KEPT,
    ),
]
CUTS = [
    *(
        refused(
            f"clip cut at {share:.0%}", "video", partial(cut, fast, share), CUT, "a download that ended early"
        )
        for share in (0.05, 0.5, 0.9, 0.999)
    ),
    refused("clip cut in its heading", "video", partial(cut_in, fast, b"moov"), CUT, "in the middle of moov"),
    refused("clip cut in its samples", "video", partial(cut_in, fast, b"mdat"), CUT, "in the middle of mdat"),
    refused(
        "clip without its heading",
        "video",
        lambda: b"".join(box(kind, inside) for kind, inside in boxes(film()) if kind != b"moov"),
        "moov",
        "a recorder that was switched off",
    ),
    refused(
        "webm that is cut",
        "video",
        partial(cut, webm, 0.5),
        "damaged|ends after|to its end",
        "half a download",
        stored="damaged or cut short",
    ),
    refused(
        "mkv that is cut",
        "video",
        partial(cut, lambda: film(container="matroska"), 0.6),
        "damaged|ends after|to its end",
        "half a download",
        stored=NOT_KEPT,
    ),
    refused(
        "clip with a damaged middle",
        "video",
        damaged,
        "to its end",
        "the boxes add up, the picture does not",
        stored="",
    ),
    refused(
        "clip with a damaged description",
        "video",
        partial(flipped, b"stsd", 12),
        "damaged|decodes|neither",
        "no known codec",
    ),
    refused(
        "clip with a damaged codec heading",
        "video",
        partial(flipped, b"stsd", 104),
        "damaged|to its end|cannot be used",
        "nothing can begin to decode",
        stored="",
    ),
    *(
        refused(
            name,
            "video",
            build,
            "damaged|ends after|neither|no duration",
            "lengths beyond the file",
            stored=NOT_KEPT,
        )
        for name, build in MATROSKA.items()
    ),
]
MISTAKEN = [
    refused(
        "a clip's first line before a list",
        "video",
        lambda: b"\0\0\0\x18ftypisom\0\0\0\0isommp42#EXTM3U\nfile:///etc/passwd\n",
        CUT,
        "a playlist behind ftyp",
    ),
    refused(
        "avi",
        "nothing",
        lambda: made("avi", *BARS, "-c:v", "mpeg4"),
        NOT_TAKEN,
        "nobody's phone writes it: MP4 is asked for",
        stored=NOT_KEPT,
    ),
    refused(
        "transport stream",
        "nothing",
        lambda: made("mpegts", *BARS, *TONE, "-c:v", "mpeg2video"),
        NOT_TAKEN,
        "broadcast; MP4 is asked for",
        stored=NOT_KEPT,
    ),
    refused(
        "flash video",
        "nothing",
        lambda: made("flv", *BARS, "-c:v", "flv1"),
        NOT_TAKEN,
        "long gone",
        stored=NOT_KEPT,
    ),
]
CLIPS: list[Entry] = [*HEADINGS, *POINTING, *CUTS, *MISTAKEN]
MISLABELLED: dict[str, tuple[Callable[[], bytes], str]] = {
    "png named jpeg": (picture, "image/jpeg"),
    "jpeg named png": (partial(picture, "JPEG"), "image/png"),
    "wav named webp": (partial(sound, "wav"), "image/webp"),
    "png named mp4": (picture, "video/mp4"),
    "mp4 named png": (film, "image/png"),
    "webm named mp4": (webm, "video/mp4"),
    "mp3 named wav": (partial(sound, "mp3"), "audio/wav"),
    "mp4 named webm": (film, "video/webm"),
}
"""Right in themselves, and declared as something else."""
