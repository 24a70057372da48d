"""A production as one archive, made while it is downloaded."""

import asyncio
import hashlib
import io
import re
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from server.api.health import own_version
from server.archives.collect import Collected, Part, collect, sealed
from server.archives.format import MANIFEST, SUFFIX, Manifest
from server.archives.pack import packed
from server.deps import House
from state.errors import RecordConflict
from tools.clock import SystemClock
from tools.db.schema_version import needed_versions
from tools.media.incoming import LEFTOVER_AGE_S
from tools.redaction import Redactor, known_secrets

LIBRARIES = ("langgraph", "langgraph-checkpoint", "langgraph-checkpoint-postgres", "ormsgpack")
WORK_FOLDER = "archives"
TRIES = 10
BETWEEN_TRIES_S = 0.2
UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class Archive:
    """An archive that can be read once."""

    file_name: str
    unpacked_bytes: int
    """How much goes through: for a progress bar; the file itself is smaller."""
    manifest: Manifest
    parts: list[Part]
    files: ExitStack

    async def chunks(self) -> AsyncIterator[bytes]:
        """The bytes of the file, from first to last."""
        with self.files:
            pieces = packed(self.parts)
            while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
                if piece:
                    yield piece


async def archive_of(house: House, production_id: str, *, user_id: str) -> Archive:
    """The archive of a production that stands still: ended, or waiting at a gate.

    Raises:
        RunNotFound, RecordConflict, MediaMissing: as `collect` says.
    """
    folder = await asyncio.to_thread(work_folder, house.settings.data_dir)
    collected = await _at_rest(house, production_id, user_id=user_id, folder=folder)
    with ExitStack() as files:
        files.enter_context(collected.files)
        manifest = await asyncio.to_thread(_manifest, production_id, collected)
        return _archive(manifest, collected, files.pop_all())


async def _at_rest(house: House, production_id: str, *, user_id: str, folder: Path) -> Collected:
    """A worker that only looks whether there is something to do holds a production for a moment."""
    redact = Redactor(known_secrets(house.settings))
    for tries_left in reversed(range(TRIES)):
        try:
            return await collect(
                house.database, house.store, production_id, user_id=user_id, folder=folder, redact=redact
            )
        except RecordConflict as exc:
            if not (exc.details.get("passing") and tries_left):
                raise
        await asyncio.sleep(BETWEEN_TRIES_S)
    raise AssertionError("the last try raises")


def _archive(manifest: Manifest, collected: Collected, files: ExitStack) -> Archive:
    return Archive(
        file_name=_file_name(collected.title, manifest.production_id),
        unpacked_bytes=sum(part.size for part in collected.parts),
        manifest=manifest,
        parts=[_manifest_part(manifest), *collected.parts],
        files=files,
    )


def work_folder(data_dir: Path) -> Path:
    """Where archives are taken apart and put together; what a killed process left long ago goes."""
    folder = data_dir / WORK_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.iterdir():
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > LEFTOVER_AGE_S:
                shutil.rmtree(left, ignore_errors=True)
    return folder


def _manifest(production_id: str, collected: Collected) -> Manifest:
    return Manifest.model_validate(
        {
            "created_at": SystemClock().now(),
            "program": own_version(),
            "house_schema": needed_versions()["house"],
            "libraries": {name: version(name) for name in LIBRARIES},
            "production_id": production_id,
            "graph": collected.graph,
            "graph_version": collected.graph_version,
            "counts": collected.counts,
            "absent": collected.absent,
            "members": list(sealed(collected.parts)),
        }
    )


def _manifest_part(manifest: Manifest) -> Part:
    content = manifest.model_dump_json(indent=1).encode()
    digest = hashlib.sha256(content).hexdigest()
    return Part(name=MANIFEST, size=len(content), sha256=digest, open=lambda: io.BytesIO(content))


def _file_name(title: str, production_id: str) -> str:
    words = UNSAFE.sub("-", title.lower()).strip("-")[:60]
    return f"{words or 'production'}-{production_id[:8]}{SUFFIX}"
