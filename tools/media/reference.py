"""What state says of a file: its key, its type and its facts, told by its content."""

import hashlib
from pathlib import Path

from state.errors import UploadRejected
from state.media import MediaRef
from tools.media.inspect import inspect_now
from tools.media.keys import media_key


def reference_of(file: Path, sha256: str, user_id: str) -> MediaRef:
    """The reference of a complete local file for this user; blocking.

    Raises:
        UploadRejected: its content is of no type we keep, or the user id cannot be part of a path.
    """
    found = inspect_now(file)
    # The type of a reference follows from its MIME type, and the key from the type.
    bare = MediaRef(
        key="", mime=found.mime, sha256=sha256, size_bytes=file.stat().st_size,
        duration_s=found.duration_s, width=found.width, height=found.height,
    )  # fmt: skip
    key = media_key(bare.media_type, user_id, sha256, found.extension)
    return bare.model_copy(update={"key": key})


def sure_reference_of(file: Path, sha256: str, user_id: str) -> MediaRef:
    """As `reference_of`, for a file whose folder may be away for a moment: that is no damage.

    Programs that read a file do not tell the one from the other, and what we call damaged is bought again.

    Raises:
        OSError: the folder does not answer.
    """
    try:
        return reference_of(file, sha256, user_id)
    except UploadRejected:
        with file.open("rb") as again:
            hashlib.file_digest(again, "sha256")
        return reference_of(file, sha256, user_id)
