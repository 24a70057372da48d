"""Which order an answer on this machine is of, until somebody asks for it by its id.

Vendors that answer with the file keep nothing of it and cannot be asked. Who dies between the answer and
storing its id has paid for a file that lies here under a name nobody knows.
"""

import asyncio
import hashlib
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import structlog

from tools.engines.live.spool import drop_old

log = structlog.get_logger(__name__)


class Unclaimed:
    """Notes in a folder of this machine, beside a provider's spool."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def note(self, call_key: str, name: str) -> None:
        """The answer that is about to lie here is of this order.

        Where that cannot be written its id is about to be known anyway.
        """
        try:
            await asyncio.to_thread(self._note, call_key, name)
        except OSError as exc:
            log.warning("answer_not_noted", folder=str(self._folder), error=exc.strerror)

    async def claimed(self, name: str) -> None:
        """Somebody knows its id. A note that cannot be removed goes when it is old."""
        with suppress(OSError):
            await asyncio.to_thread(self._claimed, name)

    async def names(self, call_key: str, since: datetime) -> list[str]:
        """Answers to this order that nobody has asked for by their id, the newest first."""
        return await asyncio.to_thread(self._names, call_key, since)

    def _note(self, call_key: str, name: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        drop_old(self._folder)
        (self._folder / f"{_digest(call_key)}-{name}").touch()

    def _claimed(self, name: str) -> None:
        for note in self._folder.glob(f"*-{name}"):
            note.unlink(missing_ok=True)

    def _names(self, call_key: str, since: datetime) -> list[str]:
        notes = list[tuple[float, str]]()
        for note in self._folder.glob(f"{_digest(call_key)}-*"):
            with suppress(FileNotFoundError):  # somebody else has just claimed it
                notes.append((note.stat().st_mtime, note.name))
        return [name.split("-")[1] for at, name in sorted(notes, reverse=True) if at >= since.timestamp()]


def _digest(call_key: str) -> str:
    """Keys of orders hold what no file's name may."""
    return hashlib.sha256(call_key.encode()).hexdigest()[:32]
