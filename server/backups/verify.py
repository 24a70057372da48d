"""Looks a backup through before anything is written: its directory, its manifest, every digest.

A digest tells of damage, not of forgery: whoever can write the file can write its digests, too. But rows are
only ever rows, and no name in the file becomes a path.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from pydantic import ValidationError

from server.backups.format import (
    MANIFEST,
    MAX_MANIFEST_BYTES,
    OLDEST_HOUSE,
    VERSION,
    Manifest,
    Member,
)
from server.zip_members import DAMAGED, member_chunks
from state.errors import BackupRefused
from tools.db.schema_version import sort_key

_chunks = partial(member_chunks, refused=BackupRefused, what="backup")

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
Count = Callable[[int], None]


class Backup:
    """A backup file whose directory and manifest fit together."""

    def __init__(self, zip_file: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = zip_file
        self.manifest = manifest

    @classmethod
    def open(cls, file: Path) -> Self:
        """Read directory and manifest.

        Raises:
            BackupRefused: it cannot be read, is none of ours, was cut short, or is of another version.
        """
        try:
            opened = zipfile.ZipFile(file)
        except OSError as exc:
            raise BackupRefused(f"{file} cannot be read: {exc.strerror}") from exc
        except DAMAGED as exc:
            raise BackupRefused(f"{file} is no backup, or it was cut short.") from exc
        try:
            manifest = _read_manifest(opened)
            _check_members(opened, manifest)
        except BaseException:
            opened.close()
            raise
        return cls(opened, manifest)

    def check(self, told: Count) -> None:
        """Read every member and hold it against its digest.

        Raises:
            BackupRefused: one was changed or damaged.
        """
        for member in self.manifest.members:
            for chunk in self.chunks(member):
                told(len(chunk))

    def chunks(self, member: Member) -> Iterator[bytes]:
        """The bytes of a member; what is not as it was sealed is refused at its end."""
        digest, size = hashlib.sha256(), 0
        for chunk in _chunks(
            self._zip, member.member, most=member.size, refused=BackupRefused, what="backup"
        ):
            digest.update(chunk)
            size += len(chunk)
            yield chunk
        if size != member.size or digest.hexdigest() != member.sha256:
            raise BackupRefused(f"{member.member} is not what the manifest says: it was changed or damaged.")

    def stream(self, member: Member) -> BinaryIO:
        """A member as a file to read."""
        return cast(BinaryIO, self._zip.open(member.member))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()


def check_versions(manifest: Manifest, *, house: str, numbers: dict[str, int]) -> None:
    """Refuse what a newer program wrote.

    Raises:
        BackupRefused: names the part, and both versions.
    """
    newer = {"house": (manifest.house, house)} if sort_key(manifest.house) > sort_key(house) else {}
    for part, known in numbers.items():
        if manifest.numbers.get(part, 0) > known:
            newer[part] = (str(manifest.numbers[part]), str(known))
    for part, (theirs, ours) in newer.items():
        raise BackupRefused(
            f"The backup has {part} schema {theirs}, newer than this program's {ours}.",
            user_action=f"Restore it with Greenlight {manifest.program} or newer.",
        )
    if sort_key(manifest.house) < sort_key(OLDEST_HOUSE):
        raise BackupRefused(
            f"The backup has house schema {manifest.house}; there is none before {OLDEST_HOUSE}."
        )


def _read_manifest(opened: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in opened.namelist():
        raise BackupRefused("There is no manifest.json in this file.")
    content = b"".join(_chunks(opened, MANIFEST, most=MAX_MANIFEST_BYTES))
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError as exc:
        first = exc.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BackupRefused(f"manifest.json: {place or 'it'}: {first['msg']}") from exc
    if manifest.version != VERSION:
        raise BackupRefused(
            f"The backup has version {manifest.version} of the format; here is version {VERSION}.",
            user_action=f"Restore it with Greenlight {manifest.program}.",
        )
    return manifest


def _check_members(opened: zipfile.ZipFile, manifest: Manifest) -> None:
    """The manifest and the directory tell of the same members, once each, with the same sizes."""
    entries = opened.infolist()
    told = {member.member: member for member in manifest.members}
    spoilt = {f"media/{key}" for key in manifest.media_missing}
    if len(told) != len(manifest.members) or len({entry.filename for entry in entries}) != len(entries):
        raise BackupRefused("The backup holds a name twice.")
    found = {entry.filename: entry for entry in entries if entry.filename not in spoilt}
    if strange := found.keys() - told.keys() - {MANIFEST}:
        raise BackupRefused(
            f"The backup holds a member that its manifest does not name: {min(strange)[:80]!r}."
        )
    if missing := told.keys() - found.keys():
        raise BackupRefused(f"The backup lacks {min(missing)}.")
    for name, entry in found.items():
        if entry.flag_bits & ENCRYPTED or entry.compress_type not in METHODS:
            raise BackupRefused(f"{name} is packed in a way that is not read here.")
        if name in told and entry.file_size != told[name].size:
            raise BackupRefused(f"{name} has another size than the manifest says.")
