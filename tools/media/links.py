"""Links to media that work for a while, for whoever holds them."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from state.errors import FolderUnwritable, LinkExpired
from tools.clock import Clock
from tools.redaction import REDACT

SECRET_FILE = "link_secret"  # noqa: S105  # the file's name


def sign_link(key: str, *, expires: int, secret: bytes) -> str:
    """The signature of a key until a second of the Unix clock."""
    return hmac.new(secret, f"{expires}\n{key}".encode(), hashlib.sha256).hexdigest()


def check_link(key: str, *, expires: int, signature: str, secret: bytes, clock: Clock) -> None:
    """Accept a link that we signed and that still runs.

    Raises:
        LinkExpired: too old or forged.
    """
    right = sign_link(key, expires=expires, secret=secret)
    if not hmac.compare_digest(right.encode(), signature.encode()):
        raise LinkExpired("this link was not made here")
    if clock.now().timestamp() >= expires:
        raise LinkExpired


def kept_secret(data_dir: Path, name: str = SECRET_FILE) -> bytes:
    """The secret of this data folder under this name, made by whoever asks first.

    Raises:
        FolderUnwritable: it can be neither read nor made.
    """
    file = data_dir / name
    try:
        if not file.exists():
            _make_secret(file)
        secret = file.read_bytes()
        REDACT.learn([secret.decode(errors="replace")])
        return secret
    except OSError as exc:
        what = name.replace("_", " ")
        raise FolderUnwritable(f"cannot keep the {what} in {data_dir}: {exc.strerror}") from exc


def _make_secret(file: Path) -> None:
    """Write elsewhere and link into place: of several processes one wins, and none reads half a secret."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(secrets.token_hex(32).encode())
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
