"""The boxes of an MP4 or a MOV, read before any library opens it.

Tables say how many entries follow, and readers make room for as many as are told: a few bytes can ask for
gigabytes. A box may also name a file elsewhere that is to be opened. Both show in the boxes alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from state.errors import UploadRejected

EXPORT_CLIP = "Export it again as one self-contained MP4 (H.264 and AAC), and send that file."
MAX_TOP_BOXES = 200_000
"""A fragment is two boxes, and there are a few fragments a second."""
MAX_HEADING_BYTES = 64_000_000
MAX_BOXES = 20_000
MAX_DEPTH = 16
MAX_TRACKS = 32
MAX_SAMPLES = 5_000_000
"""Readers keep about 24 bytes of each; an hour of picture and sound has 400,000."""
HOLDERS = frozenset(
    {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"edts", b"mvex", b"moof", b"traf"}
)
TABLES = {b"stts": 8, b"ctts": 8, b"stsc": 12, b"stco": 4, b"co64": 8, b"stss": 4, b"stps": 4}
"""How many bytes an entry has."""
ELSEWHERE = frozenset({b"rmra", b"rdrf"})
"""The boxes of a reference movie, which is a list of other files."""


@dataclass(frozen=True)
class Box:
    """One box: its type and where its content lies."""

    kind: bytes
    start: int
    end: int


@dataclass
class _Seen:
    """What was counted so far in one heading."""

    file_size: int
    boxes: int = 0
    tracks: int = 0
    in_fragments: int = 0
    samples: dict[bytes, int] = field(default_factory=dict)


def check_boxes(path: Path) -> None:
    """Hold the boxes of a file against its length, and the tables of its heading against their boxes.

    Raises:
        UploadRejected: cut short, no clip, larger in its tables than in its bytes, or a list of other files.
    """
    size = path.stat().st_size
    found, seen = set(), _Seen(size)
    with path.open("rb") as file:
        for number, box in enumerate(_top_boxes(file, size)):
            if number >= MAX_TOP_BOXES:
                raise _refused("the clip has too many parts")
            found.add(box.kind)
            if box.kind in (b"moov", b"moof"):
                _check_heading(box.kind, _content(file, box), seen)
            if box.kind in ELSEWHERE:
                raise _elsewhere()
    if b"moov" not in found:
        raise _refused("the clip is cut short: its heading (moov) is missing")
    if not seen.tracks:
        raise _refused("the clip holds neither picture nor sound")


def _top_boxes(file: BinaryIO, size: int) -> Iterator[Box]:
    position = 0
    while position < size:
        file.seek(position)
        box = _box(file.read(16), position, size)
        yield box
        position = box.end


def _box(header: bytes, position: int, limit: int) -> Box:
    """A box tells its own length: 1 says that eight bytes more do, 0 that it goes on to the end."""
    length, start = int.from_bytes(header[:4]), position + 8
    if length == 1:
        length, start = int.from_bytes(header[8:16]), position + 16
    elif length == 0:
        length = limit - position
    if len(header) < 8 or position + length > limit or position + length < start:
        raise _refused("the clip is cut short")
    return Box(header[4:8], start, position + length)


def _content(file: BinaryIO, box: Box) -> bytes:
    if box.end - box.start > MAX_HEADING_BYTES:
        raise _refused("the clip's heading is larger than that of any real clip")
    file.seek(box.start)
    return file.read(box.end - box.start)


def _check_heading(kind: bytes, content: bytes, seen: _Seen) -> None:
    """The heading of the file, or that of a fragment."""
    seen.boxes = 0
    _walk(content, Box(kind, 0, len(content)), seen, 1)


def _walk(content: bytes, holder: Box, seen: _Seen, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _refused(f"the clip's boxes lie in each other more than {MAX_DEPTH} deep")
    position = holder.start
    # A few writers end a holder with four bytes of zero.
    while position + 8 <= holder.end:
        box = _box(content[position : position + 16], position, holder.end)
        _check_box(content, box, holder.kind, seen)
        if box.kind in HOLDERS:
            _walk(content, box, seen, depth + 1)
        position = box.end
    if holder.kind == b"trak":
        _check_samples(seen)


def _check_box(content: bytes, box: Box, holder: bytes, seen: _Seen) -> None:
    seen.boxes += 1
    if seen.boxes > MAX_BOXES:
        raise _refused("the clip's heading has too many boxes")
    if box.kind == b"trak":
        seen.tracks += 1
        seen.samples = {}
        if seen.tracks > MAX_TRACKS:
            raise _refused(f"the clip has more than {MAX_TRACKS} tracks")
    elif box.kind == b"cmov":
        raise _refused("the clip's heading is compressed, which nothing here unpacks")
    elif box.kind in ELSEWHERE:
        raise _elsewhere()
    elif box.kind == b"dref" and holder == b"dinf":
        _check_references(content, box)
    elif box.kind == b"trun":
        _check_run(content, box, seen)
    elif box.kind in TABLES or box.kind in (b"stsz", b"stz2"):
        _check_table(content, box, seen)


def _check_references(content: bytes, box: Box) -> None:
    """Every entry says that the samples lie in this file; another one names a file to be opened."""
    position = box.start + 8
    while position + 12 <= box.end:
        entry = _box(content[position : position + 16], position, box.end)
        if not content[entry.start + 3] & 1:
            raise _elsewhere()
        position = entry.end


def _check_table(content: bytes, box: Box, seen: _Seen) -> None:
    """The entries must lie in the box; samples of one size in the file."""
    if box.kind == b"stsz":
        each = int.from_bytes(content[box.start + 4 : box.start + 8])
        count = int.from_bytes(content[box.start + 8 : box.start + 12])
        fits = count * each <= seen.file_size if each else count * 4 <= box.end - box.start - 12
    elif box.kind == b"stz2":
        bits = content[box.start + 7] if box.start + 7 < box.end else 0
        count = int.from_bytes(content[box.start + 8 : box.start + 12])
        fits = bits in (4, 8, 16) and count * bits <= (box.end - box.start - 12) * 8
    else:
        count = int.from_bytes(content[box.start + 4 : box.start + 8])
        fits = count * TABLES[box.kind] <= box.end - box.start - 8
    if not fits:
        raise _refused(f"the clip's table {box.kind.decode()} promises {count} entries that are not there")
    seen.samples[box.kind] = _summed(content, box, count) if box.kind == b"stts" else count


def _check_run(content: bytes, box: Box, seen: _Seen) -> None:
    """A fragment's samples. Those that share size and length take no bytes, so they are counted."""
    flags = int.from_bytes(content[box.start + 1 : box.start + 4])
    count = int.from_bytes(content[box.start + 4 : box.start + 8])
    each = 4 * (flags >> 8 & 0xF).bit_count()
    if count * each > box.end - box.start - 8:
        raise _refused(f"the clip's table trun promises {count} entries that are not there")
    seen.in_fragments += count
    if seen.in_fragments > MAX_SAMPLES:
        raise _too_many(seen.in_fragments)


def _summed(content: bytes, box: Box, count: int) -> int:
    """How many samples have a time; none of sound as plain numbers, which needs no room for each."""
    entries = memoryview(content)[box.start + 8 : box.start + 8 + count * 8].cast("B")
    lengths = [int.from_bytes(entries[at : at + 4]) for at in range(0, len(entries), 8)]
    plain = count == 1 and int.from_bytes(entries[4:8]) == 1
    return 0 if plain else sum(lengths)


def _check_samples(seen: _Seen) -> None:
    timed = seen.samples.get(b"stts", 0)
    kept = max(seen.samples.get(b"stsz", 0), seen.samples.get(b"stz2", 0)) if timed else 0
    if max(timed, kept) > MAX_SAMPLES:
        raise _too_many(max(timed, kept))


def _too_many(samples: int) -> UploadRejected:
    return _refused(f"the clip promises {samples} samples in a track; at most {MAX_SAMPLES} are read")


def _elsewhere() -> UploadRejected:
    return _refused("the clip points to other files instead of holding its picture and sound")


def _refused(why: str) -> UploadRejected:
    return UploadRejected(why, user_action=EXPORT_CLIP)
