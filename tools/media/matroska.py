"""WebM as a file: whole, and nothing behind it.

Elements are an id, a length and what they hold (RFC 8794).
"""

from pathlib import Path

from state.errors import UploadRejected
from tools.media.boxes import EXPORT_CLIP

EBML, SEGMENT = 0x1A45DFA3, 0x18538067
_HEAD = 12
"""Four bytes of id and at most eight of length."""


def check_webm(path: Path) -> None:
    """See whether a WebM is its heading and one segment of a known length, to the last byte.

    Raises:
        UploadRejected: it is cut short, was never finished, or something lies behind it.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        at = _end_of(file.read(_HEAD), EBML, 0)
        file.seek(at)
        end = _end_of(file.read(_HEAD), SEGMENT, at)
    if end > size:
        raise UploadRejected("the clip is damaged or cut short", user_action=EXPORT_CLIP)
    if end < size:
        raise UploadRejected("something lies behind the clip", user_action=EXPORT_CLIP)


def _end_of(head: bytes, wanted: int, at: int) -> int:
    """Where the element that begins at `at` ends."""
    if len(head) < 5 or int.from_bytes(head[:4], "big") != wanted:
        raise UploadRejected("the clip is damaged or cut short", user_action=EXPORT_CLIP)
    width = 9 - head[4].bit_length()
    if head[4] == 0 or len(head) < 4 + width:
        raise UploadRejected("the clip is damaged or cut short", user_action=EXPORT_CLIP)
    length = int.from_bytes(head[4 : 4 + width], "big") & ((1 << 7 * width) - 1)
    if length == (1 << 7 * width) - 1:
        raise UploadRejected("the clip says nowhere where it ends", user_action=EXPORT_CLIP)
    return at + 4 + width + length
