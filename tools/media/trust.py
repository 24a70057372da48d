"""The CA of a bucket's own server: trusted for the bucket, besides all others, and for nothing else."""

import re
import secrets
import ssl
from pathlib import Path

from state.errors import FolderUnwritable, SettingInvalid
from tools.db.places import give_to_owner

SETTING = "GREENLIGHT_S3_CA_FILE"
KEPT_AS = "s3_trust.pem"
CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


def trusted(ca_file: Path, known: Path, data_dir: Path) -> Path:
    """One file with the CAs of `known` and those of `ca_file`, as boto3 wants it, in the data folder.

    Raises:
        SettingInvalid: the file is missing, cannot be read or holds no certificate.
        FolderUnwritable: the data folder cannot be written to.
    """
    both = f"{known.read_text(encoding='utf-8')}\n{_certificates(ca_file)}"
    file = data_dir / KEPT_AS
    try:
        if not _holds(file, both):
            _write(file, both)
    except OSError as exc:
        raise FolderUnwritable(f"cannot use {file}: {exc.strerror}") from exc
    return file


def _holds(file: Path, text: str) -> bool:
    """Whether it is there already, whole: other processes may be reading it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.exists() and file.read_text(encoding="utf-8", errors="replace") == text


def _write(file: Path, text: str) -> None:
    """In one step, by a name that nobody else has: containers share folders, and numbers of processes too."""
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        fresh.write_text(text, encoding="utf-8")
        give_to_owner(fresh)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def _certificates(file: Path) -> str:
    """Those of the file and nothing else: a key may lie beside them."""
    try:
        text = file.read_text(encoding="utf-8")
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=file)
    except (ssl.SSLError, UnicodeDecodeError) as exc:
        raise _wrong(f"{file} holds no certificate in PEM form") from exc
    except OSError as exc:
        raise _wrong(f"{file} cannot be read ({exc.strerror})") from exc
    if not (found := CERTIFICATE.findall(text)):
        raise _wrong(f"{file} holds no certificate in PEM form")
    return "\n".join(found) + "\n"


def _wrong(problem: str) -> SettingInvalid:
    return SettingInvalid(
        f"{SETTING}: {problem}",
        user_action=f"Set {SETTING} to the file of the CA that signed the certificate of the bucket's server,"
        " or to nothing if a public one did.",
        details={"setting": SETTING},
    )
