"""What is needed of a TrueType or OpenType file: its tables, its height, and another name for it.

Subtitles call a font by its family name. A font that people bring is given a name of ours before anything
reads it, so that no name can be obeyed, and none stands for two fonts.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_MAGIC = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_MOST_TABLES = 128
_NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name")
_DRAWN = frozenset((
    *_NEEDED, "OS/2", "post", "glyf", "loca", "CFF ", "CFF2", "VORG", "BASE", "GDEF", "GPOS", "GSUB",
    "kern", "vhea", "vmtx", "fvar", "avar", "gvar", "HVAR", "VVAR", "MVAR", "STAT",
))  # fmt: skip
"""What letters are drawn and set by."""
_LAST = 0x10FFFF
_MOST_LISTS = 16
_ENTRY = struct.Struct(">4sLLL")


class NoFont(ValueError):
    """These bytes are no font that can be used; the message says why."""


@dataclass(frozen=True)
class Height:
    """How far the letters of a font reach above and below their line, in em."""

    above: float
    below: float

    @property
    def line(self) -> float:
        """From the one to the other: subtitles size a font by this."""
        return self.above + self.below


def tables_of(data: bytes) -> dict[str, bytes]:
    """The tables of a font by their tags.

    Raises:
        NoFont: cut short, of another kind, or without a table that letters need.
    """
    if data[:4] not in _MAGIC or len(data) < 12:
        raise NoFont("it is no TrueType or OpenType font")
    count = struct.unpack_from(">H", data, 4)[0]
    if not 0 < count <= _MOST_TABLES or len(data) < 12 + 16 * count:
        raise NoFont("its list of tables is broken")
    found: dict[str, bytes] = {}
    whole = 0
    for number in range(count):
        tag, _, offset, length = _ENTRY.unpack_from(data, 12 + 16 * number)
        whole += length
        if offset + length > len(data):
            raise NoFont("it is cut short")
        if whole > len(data):
            raise NoFont("its tables lie over one another")
        found[tag.decode("latin-1")] = data[offset : offset + length]
    if missing := [tag for tag in _NEEDED if tag not in found]:
        raise NoFont(f"it has no table {missing[0]}")
    return found


def height_of(data: bytes) -> Height:
    """The heights that subtitles go by: those for Windows, else those of the `hhea` table.

    Raises:
        NoFont: the font says none.
    """
    tables = tables_of(data)
    try:
        em = struct.unpack_from(">H", tables["head"], 18)[0]
        above, below = _windows(tables.get("OS/2", b""))
        if above + below == 0:
            above, below = struct.unpack_from(">hh", tables["hhea"], 4)
            below = -below
    except struct.error as exc:
        raise NoFont("its head is cut short") from exc
    if em < 16 or above + below <= 0:
        raise NoFont("it does not say how high its letters are")
    return Height(above / em, below / em)


def _windows(table: bytes) -> tuple[int, int]:
    return struct.unpack_from(">hh", table, 74) if len(table) >= 78 else (0, 0)


def letters_of(data: bytes) -> frozenset[int]:
    """The characters that a font has a shape for.

    Raises:
        NoFont: as `tables_of`, or its list of them is broken.
    """
    table = tables_of(data)["cmap"]
    found: set[int] = set()
    try:
        for offset in sorted(_lists_in(table))[:_MOST_LISTS]:
            found |= _letters_in(table[offset:])
    except struct.error as exc:
        raise NoFont("its list of characters is broken") from exc
    return frozenset(found)


def _lists_in(table: bytes) -> set[int]:
    """Where lists of characters in Unicode begin."""
    count = struct.unpack_from(">H", table, 2)[0]
    entries = (struct.unpack_from(">HHL", table, 4 + 8 * number) for number in range(count))
    return {offset for platform, _, offset in entries if platform in (0, 3)}


def _letters_in(table: bytes) -> set[int]:
    """Of the two forms that fonts of today have; others, such as that of variants, name no characters."""
    form = struct.unpack_from(">H", table)[0]
    if form == 12:
        count = min(struct.unpack_from(">L", table, 12)[0], (len(table) - 16) // 12)
        spans = [(one[0], one[1]) for one in struct.iter_unpack(">LLL", table[16 : 16 + 12 * count])]
        _check_order(spans)
        return {code for first, last in spans for code in range(first, last + 1)}
    return _letters_in_segments(table) if form == 4 else set()


def _check_order(spans: Sequence[tuple[int, int]]) -> None:
    """Spans that follow each other come to no more than there are characters; others could be endless."""
    ordered = all(one[1] < other[0] for one, other in pairwise(spans))
    if not ordered or any(first > last for first, last in spans) or (spans and spans[-1][1] > _LAST):
        raise NoFont("its list of characters is out of order")


def _letters_in_segments(table: bytes) -> set[int]:
    count = struct.unpack_from(">H", table, 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", table, at)
        for at in (14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count)
    )
    _check_order(list(zip(starts, ends, strict=True)))
    found: set[int] = set()
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, last + 1):
            if not offsets[number]:
                glyph = (code + deltas[number]) & 0xFFFF
            else:
                at = 16 + 6 * count + 2 * number + offsets[number] + 2 * (code - first)
                glyph = struct.unpack_from(">H", table, at)[0] if at + 2 <= len(table) else 0
            found |= {code} if glyph else set()
    return found - {0xFFFF}


def renamed(data: bytes, name: str) -> bytes:
    """The same font under this name alone, which is ASCII.

    Raises:
        NoFont: as `tables_of`.
    """
    tables = {tag: table for tag, table in tables_of(data).items() if tag != "DSIG"} | {"name": _named(name)}
    return _written(data[:4], tables)


def bare(data: bytes, name: str) -> bytes:
    """The same shapes of the same letters under this name, and nothing else that a file can carry.

    Programs of glyphs (hints) go, too: nothing here runs them.

    Raises:
        NoFont: as `tables_of`.
    """
    kept = {tag: table for tag, table in tables_of(data).items() if tag in _DRAWN}
    return _written(data[:4], kept | {"name": _named(name)})


def _written(magic: bytes, tables: Mapping[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    head = magic + struct.pack(">HHHH", count, 16 << power, power, 16 * (count - (1 << power)))
    at, entries, bodies = 12 + 16 * count, b"", b""
    for tag, table in sorted(tables.items()):
        padded = table + b"\0" * (-len(table) % 4)
        entries += _ENTRY.pack(tag.encode("latin-1"), _sum(padded), at + len(bodies), len(table))
        bodies += padded
    return head + entries + bodies


def _sum(padded: bytes) -> int:
    whole: int = sum(struct.unpack(f">{len(padded) // 4}L", padded))
    return whole & 0xFFFFFFFF


def _named(name: str) -> bytes:
    """A table of names for Windows, in Unicode and English."""
    values = {1: name, 2: "Regular", 4: name, 6: name.replace(" ", ""), 16: name, 17: "Regular"}
    records, text = b"", b""
    for number, value in values.items():
        coded = value.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(coded), len(text))
        text += coded
    return struct.pack(">HHH", 0, len(values), 6 + len(records)) + records + text
