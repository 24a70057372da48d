"""Pieces of files that are still on their way: they lie apart from all media, and nobody is given one.

A file that is sent in several requests may come by several machines, so its pieces lie in the store as well.
An upload has a day: older pieces go.
"""

import re

from state.errors import MediaMissing, UploadRejected
from tools.media.keys import USER_ID

PIECES = ".pieces"
PIECE = re.compile(rf"{USER_ID.pattern}/[0-9a-f]{{32}}/[0-9a-f]{{32}}")
MIME = "application/octet-stream"


def place_of_piece(name: str) -> str:
    """Where a piece lies: its user, its upload and its own name are in `name`.

    Raises:
        MediaMissing: no piece has such a name.
    """
    if not PIECE.fullmatch(name):
        raise MediaMissing("no piece of an upload has a name of this form")
    return f"{PIECES}/{name}"


def place_of_pieces(user_id: str, upload: str = "") -> str:
    """Where the pieces of an upload lie, or all of a user.

    Raises:
        UploadRejected: the user id cannot be part of a path.
        MediaMissing: no upload has such a name.
    """
    if not USER_ID.fullmatch(user_id):
        raise UploadRejected("this user id cannot own files")
    if upload and not re.fullmatch(r"[0-9a-f]{32}", upload):
        raise MediaMissing("no upload has a name of this form")
    return f"{PIECES}/{user_id}/{upload}".rstrip("/")
