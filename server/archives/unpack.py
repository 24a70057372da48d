"""Takes a zip file apart that somebody else made: bounded before it is opened, sealed by its manifest.

The directory is measured before it is read, names are those of the format and nothing else, sizes and
digests are counted while bytes come out. Nothing is ever written under a name that the file chose.
"""

import hashlib
import struct
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from server.archives.format import (
    LATER,
    MANIFEST,
    MAX_MANIFEST_BYTES,
    MAX_MEMBERS,
    MAX_ROWS_BYTES,
    MAX_UNPACKED_BYTES,
    MEDIA_NAME,
    ROW_NAMES,
    VERSION,
    Manifest,
    Member,
)
from server.zip_members import member_chunks
from state.errors import ArchiveRefused

_chunks = partial(member_chunks, refused=ArchiveRefused, what="archive")

END = struct.Struct("<4s4H2LH")
END64_PLACE = struct.Struct("<4sLQL")
END64 = struct.Struct("<4sQ2H2L4Q")
MOST_DIRECTORY_BYTES = 4 * 1024**2
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
Progress = Callable[[int], None]
"""Told of bytes that were read and checked."""


class Parcel:
    """An archive whose directory and manifest were read and found in order."""

    def __init__(self, zip_file: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = zip_file
        self.manifest = manifest

    def unpack(self, member: Member, target: Path) -> None:
        """Write a member to a path of ours, checked against its seal.

        Raises:
            ArchiveRefused: it is longer, shorter or other than the manifest says, or damaged.
        """
        digest, size = hashlib.sha256(), 0
        with target.open("xb") as out:
            for chunk in _chunks(
                self._zip, member.name, most=member.size, refused=ArchiveRefused, what="archive"
            ):
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
        if size != member.size or digest.hexdigest() != member.sha256:
            raise ArchiveRefused(f"{member.name} is not what the manifest says: it was changed or damaged.")

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()


def open_parcel(file: BinaryIO) -> Parcel:
    """Read the directory and the manifest of an archive.

    Raises:
        ArchiveRefused: no archive of ours, cut short, of another version, or one that means harm.
    """
    _measure(file)
    try:
        opened = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as exc:
        raise ArchiveRefused("This is no zip file, or it is damaged.") from exc
    try:
        _check_directory(opened.infolist(), file.seek(0, 2))
        manifest = _read_manifest(opened)
        _check_members(manifest, {info.filename: info for info in opened.infolist()})
    except BaseException:
        opened.close()
        raise
    return Parcel(opened, manifest)


def _measure(file: BinaryIO) -> None:
    """How long the directory is, before anything reads it into memory."""
    size = file.seek(0, 2)
    whole = END.size + END64_PLACE.size + END64.size
    file.seek(max(0, size - whole))
    tail = file.read(whole)
    if len(tail) < END.size or tail[-END.size :][:4] != b"PK\x05\x06":
        raise ArchiveRefused("This is no archive, or its end is missing: it was cut short.")
    *_, entries, length, place, _ = END.unpack(tail[-END.size :])
    if entries == 0xFFFF or 0xFFFFFFFF in (length, place):
        entries, length = _measure64(tail)
    if entries > MAX_MEMBERS + 1 or length > MOST_DIRECTORY_BYTES:
        raise ArchiveRefused(f"The archive has more than {MAX_MEMBERS} members.")


def _measure64(tail: bytes) -> tuple[int, int]:
    end = tail[: END64.size]
    if len(tail) < END64.size + END64_PLACE.size + END.size or end[:4] != b"PK\x06\x06":
        raise ArchiveRefused("This is no zip file, or it is damaged.")
    *_, entries, length, _ = END64.unpack(end)
    return entries, length


def _check_directory(entries: list[zipfile.ZipInfo], file_bytes: int) -> None:
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise ArchiveRefused("The archive holds a name twice.")
    for entry in entries:
        if entry.orig_filename != entry.filename or not _is_ours(entry.filename):
            raise ArchiveRefused(
                f"The archive holds a member that none of ours has: {entry.orig_filename[:80]!r}."
            )
        if entry.flag_bits & ENCRYPTED or entry.compress_type not in METHODS:
            raise ArchiveRefused(f"{entry.filename} is packed in a way that is not read here.")
        if entry.filename.startswith("media/") and entry.compress_size != entry.file_size:
            raise ArchiveRefused(f"{entry.filename} is compressed, as no archive of ours is.")
    # Members that lie on top of each other unpack to more than the file holds.
    if sum(entry.compress_size for entry in entries) > file_bytes:
        raise ArchiveRefused("Members of the archive lie on top of each other.")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise ArchiveRefused(f"The archive would unpack to more than {MAX_UNPACKED_BYTES // 1024**3} GiB.")


def _is_ours(name: str) -> bool:
    return name == MANIFEST or name in ROW_NAMES or MEDIA_NAME.fullmatch(name) is not None


def _read_manifest(opened: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in opened.namelist():
        raise ArchiveRefused(
            "There is no manifest.json in this file.",
            user_action="Send a file that `greenlight export --archive` made.",
        )
    content = b"".join(_chunks(opened, MANIFEST, most=MAX_MANIFEST_BYTES))
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError as exc:
        first = exc.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ArchiveRefused(f"manifest.json: {place or 'it'}: {first['msg']}") from exc
    if manifest.version != VERSION:
        raise ArchiveRefused(
            f"The archive has version {manifest.version} of the format; here is version {VERSION}.",
            user_action="Export it again with this version of Greenlight, or import it with the other.",
        )
    return manifest


def _check_members(manifest: Manifest, found: dict[str, zipfile.ZipInfo]) -> None:
    """The manifest and the directory tell of the same members, with the same sizes."""
    told = {member.name: member for member in manifest.members}
    if len(told) != len(manifest.members) or told.keys() | {MANIFEST} != found.keys():
        raise ArchiveRefused("The manifest tells of other members than the archive holds.")
    if missing := {row for row, name in ROW_NAMES.items() if name not in LATER} - told.keys():
        raise ArchiveRefused(f"The archive lacks {min(missing)}.")
    if any(member.size != found[name].file_size for name, member in told.items()):
        raise ArchiveRefused("The manifest tells of other sizes than the archive has.")
    if sum(member.size for name, member in told.items() if name in ROW_NAMES) > MAX_ROWS_BYTES:
        raise ArchiveRefused(f"The rows of the archive are more than {MAX_ROWS_BYTES // 1024**3} GiB.")
    for member in manifest.media:
        if MEDIA_NAME.fullmatch(member.name)[2] != member.sha256:  # type: ignore[index]  # the directory was checked
            raise ArchiveRefused(f"{member.name} is not named by its digest.")
