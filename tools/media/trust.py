"""The CA of a bucket's own server: trusted for the bucket, besides all others, and for nothing else."""

import ssl
from pathlib import Path

from state.errors import FolderUnwritable, SettingInvalid
from tools.db.places import write_private

SETTING = "GREENLIGHT_S3_CA_FILE"
KEPT_AS = "s3_trust.pem"


def trusted(ca_file: Path, known: Path, data_dir: Path) -> Path:
    """One file with the CAs of `known` and those of `ca_file`, as boto3 wants it, in the data folder.

    Raises:
        SettingInvalid: the file is missing, cannot be read or holds no certificate.
        FolderUnwritable: the data folder cannot be written to.
    """
    both = f"{known.read_text(encoding='utf-8')}\n{_certificates(ca_file)}"
    file = data_dir / KEPT_AS
    if not _holds(file, both):
        write_private(file, both)
    return file


def _holds(file: Path, text: str) -> bool:
    """Whether it is there already: other connections may be reading it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return file.exists() and file.read_text(encoding="utf-8") == text
    except OSError as exc:
        raise FolderUnwritable(f"cannot use {file}: {exc.strerror}") from exc


def _certificates(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8")
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=file)
    except (ssl.SSLError, UnicodeDecodeError) as exc:
        raise _wrong(f"{file} holds no certificate in PEM form") from exc
    except OSError as exc:
        raise _wrong(f"{file} cannot be read ({exc.strerror})") from exc
    return text


def _wrong(problem: str) -> SettingInvalid:
    return SettingInvalid(
        f"{SETTING}: {problem}",
        user_action=f"Set {SETTING} to the file of the CA that signed the certificate of the bucket's server,"
        " or to nothing if a public one did.",
        details={"setting": SETTING},
    )
