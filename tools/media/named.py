"""Which media a row names: keys have one form, so they are found wherever they stand, also in checkpoints."""

import re

from tools.db.copying import TableShape
from tools.media.keys import KEY, MEDIA_TYPES

KEY_BYTES = re.compile(KEY.pattern.encode())
STARTS = tuple(f"{media_type}/".encode() for media_type in MEDIA_TYPES)


def keys_in(content: bytes) -> set[str]:
    """Every media key that stands somewhere in these bytes."""
    if not any(start in content for start in STARTS):  # most rows, and much faster
        return set()
    return {key.group().decode() for key in KEY_BYTES.finditer(content)}


def keys_of(row: bytes, shape: TableShape) -> set[str]:
    """The media keys in a row as Postgres copies it; columns of bytes are written in hex."""
    found = keys_in(row)
    if shape.bytes_at:
        fields = row.rstrip(b"\n").split(b"\t")
        for at in shape.bytes_at:
            if fields[at].startswith(rb"\\x"):
                found |= keys_in(bytes.fromhex(fields[at][3:].decode()))
    return found
