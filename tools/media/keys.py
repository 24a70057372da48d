"""Keys of the media store: made by us, checked by shape before they touch a file system."""

import re
from pathlib import PurePosixPath

from state.errors import MediaDamaged, MediaMissing, UploadRejected
from tools.media.inspect import EXTENSIONS

USER_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
MEDIA_TYPES = ("video", "image", "audio", "text")
KEY = re.compile(
    rf"(?:{'|'.join(MEDIA_TYPES)})/{USER_ID.pattern}/[0-9a-f]{{64}}\.(?:{'|'.join(EXTENSIONS.values())})"
)


def media_key(media_type: str, user_id: str, sha256: str, extension: str) -> str:
    """The one key of these bytes for this user.

    Raises:
        UploadRejected: the user id cannot be part of a path.
    """
    if not USER_ID.fullmatch(user_id):
        raise UploadRejected("this user id cannot own files")
    return f"{media_type}/{user_id}/{sha256}.{extension}"


def user_folders(user_id: str) -> list[str]:
    """Where all keys of this user begin.

    Raises:
        UploadRejected: the user id cannot be part of a path.
    """
    if not USER_ID.fullmatch(user_id):
        raise UploadRejected("this user id cannot own files")
    return [f"{media_type}/{user_id}" for media_type in MEDIA_TYPES]


def check_folder(folder: str) -> None:
    """Let only folders pass in which keys of one user lie.

    Raises:
        MediaMissing: any other.
    """
    media_type, slash, user_id = folder.partition("/")
    if not slash or media_type not in MEDIA_TYPES or not USER_ID.fullmatch(user_id):
        raise MediaMissing("no media lie in a folder of this form")


def digest_in(key: str) -> str:
    """The SHA-256 of the bytes that a key names."""
    return key.rpartition("/")[2].partition(".")[0]


def owners_in(text: str) -> set[str]:
    """The users whose files are named in a text."""
    return {key.group().split("/")[1] for key in KEY.finditer(text)}


def check_key(key: str) -> None:
    """Let only keys pass that `media_key` could have made.

    Raises:
        MediaMissing: any other, such as a path that climbs.
    """
    if not KEY.fullmatch(key):
        raise MediaMissing("no media file has a key of this form")


def check_digest(key: str, sha256: str) -> None:
    """Compare what was read with what its key says.

    Raises:
        MediaDamaged: they differ.
    """
    if PurePosixPath(key).stem != sha256:
        raise MediaDamaged(f"{key} is not what its name says", details={"key": key})
