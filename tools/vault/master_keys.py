"""The keys that seal keys: from the environment, from a file, or made and kept on a machine of one's own.

The first one seals; the others only read what was sealed before. None is ever shown: what names a
master key is the beginning of a digest of it.
"""

import base64
import binascii
import hashlib
import re
from pathlib import Path

from state.errors import SettingInvalid, VaultClosed
from tools.kept_secret import kept_secret
from tools.settings import Settings

KEY_BYTES = 32
KEPT_FILE = "master_key"
LARGEST_FILE = 64 * 1024
FEWEST_DIFFERENT = 8
"""Bytes that differ. 32 random ones have about thirty; a word or a row of zeros has fewer."""
HEX = re.compile(f"[0-9a-fA-F]{{{2 * KEY_BYTES}}}")
MAKE_ONE = "Make one with `openssl rand -base64 32`; several stand between commas, the current one first."


def read_master_keys(settings: Settings) -> list[bytes]:
    """The master keys of these settings, the current one first.

    Raises:
        SettingInvalid: they cannot be read; names the setting and never a key.
        VaultClosed: people have accounts here, and nobody has set a master key.
        FolderUnwritable: none is set, and none can be kept in the data folder.
    """
    keys = given_master_keys(settings)
    if keys is not None:
        return keys
    if settings.auth_mode == "token":
        raise VaultClosed()
    kept = kept_secret(settings.data_dir, KEPT_FILE)
    return _parsed(kept.decode("ascii", "replace"), f"the file {settings.data_dir / KEPT_FILE}")


def given_master_keys(settings: Settings) -> list[bytes] | None:
    """What was set, if anything was.

    Raises:
        SettingInvalid: it is set twice, cannot be read or is no key.
    """
    if settings.master_key is not None and settings.master_key_file is not None:
        raise _wrong("GREENLIGHT_MASTER_KEY", "is set, and GREENLIGHT_MASTER_KEY_FILE too: set one of them")
    if settings.master_key is not None:
        return _parsed(settings.master_key.get_secret_value(), "GREENLIGHT_MASTER_KEY")
    if settings.master_key_file is not None:
        return _parsed(_text_of(settings.master_key_file), "GREENLIGHT_MASTER_KEY_FILE")
    return None


def master_key_id(key: bytes) -> str:
    """Names a master key without telling anything about it."""
    return hashlib.sha256(b"greenlight master key id\n" + key).hexdigest()[:16]


def _text_of(file: Path) -> str:
    try:
        with file.open("rb") as source:
            text = source.read(LARGEST_FILE).decode("ascii")
    except UnicodeDecodeError:
        raise _wrong("GREENLIGHT_MASTER_KEY_FILE", "holds no text: base64 or hex is expected") from None
    except OSError as exc:
        raise _wrong("GREENLIGHT_MASTER_KEY_FILE", f"cannot be read ({exc.strerror})") from exc
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


def _parsed(text: str, where: str) -> list[bytes]:
    words = [word for word in re.split(r"[\s,]+", text) if word]
    if not words:
        raise _wrong(where, "holds no key")
    # Each once: the id is the key's own.
    return list({word: _key(word, f"{where}: key {n}") for n, word in enumerate(words, start=1)}.values())


def _key(word: str, where: str) -> bytes:
    try:
        standard = word.replace("-", "+").replace("_", "/").rstrip("=")
        padded = standard + "=" * (-len(standard) % 4)
        key = bytes.fromhex(word) if HEX.fullmatch(word) else base64.b64decode(padded, validate=True)
    except (binascii.Error, ValueError):
        raise _wrong(where, f"is neither base64 nor hex of {KEY_BYTES} bytes") from None
    if len(key) != KEY_BYTES:
        raise _wrong(where, f"is {len(key)} bytes long, and must be {KEY_BYTES}")
    if len(set(key)) < FEWEST_DIFFERENT:
        raise _wrong(where, "is not random")
    return key


def _wrong(where: str, problem: str) -> SettingInvalid:
    named = where.partition(":")[0]
    return SettingInvalid(f"{where} {problem}.", user_action=MAKE_ONE, details={"setting": named})
