"""Archives in tests: made, brought, looked into, and tampered with."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from server.archives.send import archive_of
from server.archives.take_in import Imported, take_in
from server.deps import House

Rows = list[dict[str, Any]]


async def packed(house: House, production_id: str, *, user_id: str = "local") -> bytes:
    """The archive of a production, whole."""
    archive = await archive_of(house, production_id, user_id=user_id)
    return b"".join([chunk async for chunk in archive.chunks()])


async def bring(house: House, archive: bytes, *, user_id: str = "local", as_new: bool = False) -> Imported:
    """Import it."""
    return await take_in(house, io.BytesIO(archive), user_id=user_id, as_new=as_new)


def members(archive: bytes) -> dict[str, bytes]:
    """What is in an archive, but when it was made."""
    found = contents(archive)
    manifest = json.loads(found.pop("manifest.json"))
    manifest.pop("created_at")
    return {**found, "manifest.json": json.dumps(manifest).encode()}


def contents(archive: bytes) -> dict[str, bytes]:
    """Every member."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def rows(archive: bytes, table: str) -> Rows:
    """The rows of a table."""
    return [json.loads(line) for line in contents(archive)[f"rows/{table}.jsonl"].splitlines()]


def changed_rows(archive: bytes, table: str, change: Callable[[Rows], Any]) -> bytes:
    """The archive with other rows, sealed as if they had always been there."""
    found = contents(archive)
    kept = rows(archive, table)
    change(kept)
    found[f"rows/{table}.jsonl"] = b"".join(json.dumps(row).encode() + b"\n" for row in kept)
    return sealed(found)


def changed_manifest(archive: bytes, **fields: Any) -> bytes:
    """The archive with another manifest."""
    found = contents(archive)
    found["manifest.json"] = json.dumps({**json.loads(found["manifest.json"]), **fields}).encode()
    return zipped(found)


def sealed(found: dict[str, bytes]) -> bytes:
    """The members under a manifest that fits them."""
    manifest = json.loads(found["manifest.json"])
    inside = {name: content for name, content in found.items() if name != "manifest.json"}
    manifest["members"] = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in inside.items()
    ]
    for name, content in inside.items():
        if name.startswith("rows/"):
            manifest["counts"][name[5:-6]] = len(content.splitlines())
    return zipped({"manifest.json": json.dumps(manifest).encode(), **inside})


def zipped(found: dict[str, bytes]) -> bytes:
    """The members as a zip file, packed as ours are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in found.items():
            kind = zipfile.ZIP_STORED if name.startswith("media/") else zipfile.ZIP_DEFLATED
            file.writestr(name, content, compress_type=kind)
    return out.getvalue()
