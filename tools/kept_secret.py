"""Secrets that a data folder makes for itself and keeps, for whoever set none; names of folders, too."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from state.errors import FolderUnwritable
from tools.redaction import REDACT


def kept_secret(data_dir: Path, name: str) -> bytes:
    """The secret of this data folder under this name, made by whoever asks first.

    Raises:
        FolderUnwritable: it can be neither read nor made.
    """
    secret = kept_text(data_dir, name)
    REDACT.learn([secret.decode(errors="replace")])
    return secret


def kept_text(folder: Path, name: str) -> bytes:
    """64 random letters that this folder keeps under this name, made by whoever asks first.

    Raises:
        FolderUnwritable: they can be neither read nor made.
    """
    return kept_bytes(folder, name, _letters)


def kept_bytes(folder: Path, name: str, fresh: Callable[[], bytes]) -> bytes:
    """What this folder keeps under this name, for its owner alone; `fresh` makes it for whoever asks first.

    Raises:
        FolderUnwritable: it can be neither read nor made.
    """
    file = folder / name
    try:
        if not file.exists():
            _make(file, fresh())
        return file.read_bytes()
    except OSError as exc:
        what = name.replace("_", " ")
        raise FolderUnwritable(f"cannot keep the {what} in {folder}: {exc.strerror}") from exc


def _letters() -> bytes:
    return secrets.token_hex(32).encode()


def _make(file: Path, content: bytes) -> None:
    """Write elsewhere and link into place: of several processes one wins, and none reads half a secret."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
