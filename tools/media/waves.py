"""The heading of a WAV, read before any library opens it.

A stream's writer cannot know how long it will be, so it writes a size that says so; every other must fit.
"""

import struct
from pathlib import Path

from state.errors import UploadRejected
from tools.media.limits import EXPORT_SOUND, check_channels

UNKNOWN_SIZE = 0x7FFFF000
"""From here on, and zero, a size says that nobody knew it."""
MAX_CHUNKS = 1000


def check_wave(path: Path) -> None:
    """Hold the chunks of a WAV against its length, and its channels and rate against what is read.

    Raises:
        UploadRejected: cut short, without sound, or beyond what is read.
    """
    size, position, heard = path.stat().st_size, 12, False
    with path.open("rb") as file:
        for _ in range(MAX_CHUNKS):
            file.seek(position)
            header = file.read(24)
            kind, length = header[:4], int.from_bytes(header[4:8], "little")
            if kind == b"fmt " and len(header) == 24:
                channels, rate = struct.unpack("<HI", header[10:16])
                check_channels(channels, rate, "sound", EXPORT_SOUND)
                heard = True
            if len(header) < 8 or kind == b"data":
                break
            position += 8 + length + length % 2
    if kind != b"data" or not heard:
        raise UploadRejected("the sound is damaged or cut short", user_action=EXPORT_SOUND)
    if 0 < length < UNKNOWN_SIZE and position + 8 + length > size:
        raise UploadRejected("the sound is cut short", user_action=EXPORT_SOUND)
