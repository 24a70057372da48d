"""Files of providers that answer an order with the file itself: kept here until the store has its copy.

Such a provider keeps nothing, so the bytes of an answer that was paid for must not depend on this process. A
file is on the disk before its id is known to anybody; what was collected is dropped after a while.
"""

import asyncio
import hashlib
import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from state.errors import ProviderFailed
from tools.full_disks import room_in

KEPT_S = 7 * 86400
"""Collected or not: after a week nobody comes for it."""


@dataclass(frozen=True)
class Kept:
    """An answer as it was kept."""

    path: Path
    extra: dict[str, Any]


class Spool:
    """One provider's answers in a folder of this machine. Ids hold nothing but what `[0-9a-f]` is."""

    def __init__(self, folder: Path, provider: str) -> None:
        self._folder, self._provider = folder, provider

    async def keep(self, content: bytes, *, call_key: str, suffix: str, extra: dict[str, Any]) -> str:
        """Write an answer down for good and return its id.

        Raises:
            WorkFolderFull: there is no room for it.
        """
        return await asyncio.to_thread(self._keep, content, call_key, suffix, extra)

    async def found(self, external_id: str) -> Kept:
        """What was kept under an id.

        Raises:
            ProviderFailed: `expired`, nothing is there: it was answered on another machine, or long ago.
        """
        kept = await asyncio.to_thread(self._read, external_id)
        if kept is None:
            words = f"{self._provider}'s answer {external_id[:12]} does not lie on this machine (any more)."
            raise ProviderFailed(words, provider=self._provider, kind="expired")
        return kept

    def _keep(self, content: bytes, call_key: str, suffix: str, extra: dict[str, Any]) -> str:
        # The time is in it: the same order sent again, after a person said so, is another answer.
        name = hashlib.sha256(f"{call_key} {time.time_ns()}".encode() + content).hexdigest()
        with room_in(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._drop_old()
            _write(self._folder / f"{name}{suffix}", content)
            about = {"suffix": suffix, "extra": extra, "sha256": hashlib.sha256(content).hexdigest()}
            _write(self._folder / f"{name}.json", json.dumps(about).encode())
        return name

    def _read(self, external_id: str) -> Kept | None:
        if not external_id or external_id.strip("0123456789abcdef"):
            return None
        note = self._folder / f"{external_id}.json"
        if not note.is_file():
            return None
        about = json.loads(note.read_bytes())
        path = self._folder / f"{external_id}{about['suffix']}"
        return Kept(path, about["extra"]) if path.is_file() else None

    def _drop_old(self) -> None:
        oldest = time.time() - KEPT_S
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):  # another answer's part, which has its own name by now
                if path.stat().st_mtime < oldest:
                    path.unlink()


def _write(path: Path, content: bytes) -> None:
    """On the disk, not only in its cache, when this returns."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
