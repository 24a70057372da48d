"""Files of providers that answer an order with the file itself: kept here until they are stored.

Such a provider keeps nothing, so the bytes of an answer that was paid for must not depend on this process. A
file is on the disk before its id is known to anybody; what nobody came for is dropped after a while.
"""

import asyncio
import hashlib
import json
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from state.errors import ProviderFailed
from tools.engines.answers import Kept
from tools.engines.calling import current_calling
from tools.full_disks import room_in

KEPT_S = 7 * 86400
"""Collected or not: after a week nobody comes for it."""


class Spool:
    """One provider's answers in a folder of this machine. Ids hold nothing but what `[0-9a-f]` is."""

    def __init__(self, folder: Path, provider: str) -> None:
        self._folder, self._provider = folder, provider

    async def keep(
        self,
        content: bytes,
        *,
        call_key: str,
        suffix: str,
        extra: dict[str, Any],
        noting: Callable[[str], Awaitable[None]],
    ) -> str:
        """Write an answer down for good and return its id.

        `noting` is told the id before anything lies under it: who dies after that has left a note of nothing,
        the other way round an answer that nobody finds.

        Raises:
            WorkFolderFull: there is no room for it.
        """
        name = await asyncio.to_thread(_name, content, call_key)
        await noting(name)
        await asyncio.to_thread(self._keep, name, content, suffix, extra)
        return name

    async def found(self, external_id: str) -> Kept:
        """What was kept under an id: here, or where the call that is going on says that answers lie.

        Raises:
            ProviderFailed: `expired`, it is in neither place (any more).
        """
        answers = current_calling.get().answers
        kept = await self.here(external_id)
        if kept is None and answers is not None:
            kept = await answers.found(external_id)
        if kept is None:
            words = f"{self._provider}'s answer {external_id[:12]} was not stored, and does not lie here."
            raise ProviderFailed(words, provider=self._provider, kind="expired")
        return kept

    async def here(self, external_id: str) -> Kept | None:
        """What was kept under an id on this machine."""
        return await asyncio.to_thread(self._read, external_id)

    async def drop(self, external_id: str) -> None:
        """Remove what lies here under an id; what cannot be removed goes when it is old."""
        with suppress(OSError):
            await asyncio.to_thread(self._drop, external_id)

    def _keep(self, name: str, content: bytes, suffix: str, extra: dict[str, Any]) -> None:
        with room_in(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            drop_old(self._folder)
            _write(self._folder / f"{name}{suffix}", content)
            about = {"suffix": suffix, "extra": extra, "sha256": hashlib.sha256(content).hexdigest()}
            _write(self._folder / f"{name}.json", json.dumps(about).encode())

    def _read(self, external_id: str) -> Kept | None:
        if not external_id or external_id.strip("0123456789abcdef"):
            return None
        try:
            about = json.loads((self._folder / f"{external_id}.json").read_bytes())
        except FileNotFoundError:
            return None
        path = self._folder / f"{external_id}{about['suffix']}"
        return Kept(about["extra"], partial(_at, path)) if path.is_file() else None

    def _drop(self, external_id: str) -> None:
        if external_id and not external_id.strip("0123456789abcdef"):
            # The note last: a file without one would be found by nobody until it is old.
            for path in sorted(self._folder.glob(f"{external_id}.*"), key=lambda one: one.suffix == ".json"):
                path.unlink(missing_ok=True)


def drop_old(folder: Path) -> None:
    """Remove what nobody came for. Others write and remove here meanwhile: what is gone is no error."""
    oldest = time.time() - KEPT_S
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()


def _name(content: bytes, call_key: str) -> str:
    # The time is in it: the same order sent again, after a person said so, is another answer.
    return hashlib.sha256(f"{call_key} {time.time_ns()}".encode() + content).hexdigest()


async def _at(path: Path) -> Path:
    return path


def _write(path: Path, content: bytes) -> None:
    """On the disk, not only in its cache, when this returns."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
