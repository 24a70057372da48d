"""Answers that held their file: kept before their id is known to anybody, and found again by their order.

Google keeps nothing of them and cannot be asked. Who dies between the answer and storing its id has paid for
a file that lies here under a name nobody knows, so the order's key is noted beside it until somebody asks
for it by its id.
"""

import asyncio
import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from tools.engines.answers import Kept
from tools.engines.base import JobStatus
from tools.engines.google.answers import Outcome
from tools.engines.live.spool import Spool, drop_old

log = structlog.get_logger(__name__)
FAILED = "failed"


class KeptAnswers:
    """One machine's answers of Google."""

    def __init__(self, folder: Path) -> None:
        self._spool = Spool(folder / "answers", "google")
        self._unclaimed = folder / "unclaimed"

    async def keep(self, outcome: Outcome, *, call_key: str, extra: dict[str, Any]) -> str:
        """Write an outcome down and return its id.

        Raises:
            WorkFolderFull: there is no room for it.
        """
        told = {**outcome.extra, **extra}
        if outcome.error:
            failed = {"error": outcome.error, "kind": outcome.kind, "billed": outcome.billed}
            told |= {FAILED: failed}
        suffix = outcome.suffix
        name = await self._spool.keep(outcome.content, call_key=call_key, suffix=suffix, extra=told)
        try:
            await asyncio.to_thread(self._note, call_key, name)
        except OSError as exc:  # the answer is kept and its id is about to be known: that is what counts
            log.warning("answer_not_noted", folder=str(self._unclaimed), error=exc.strerror)
        return name

    async def status(self, external_id: str) -> JobStatus:
        """What became of it: it is over when it is here.

        Raises:
            ProviderFailed: `expired`, it is not (any more).
        """
        kept = await self._spool.found(external_id)
        await asyncio.to_thread(self._claimed, external_id)
        failed = kept.extra.get(FAILED)
        if kept.problem:
            return JobStatus(state="failed", error=kept.problem, kind="bad_output")
        if failed is None:
            return JobStatus(state="succeeded", progress=1.0)
        return JobStatus(state="failed", error=failed["error"], kind=failed["kind"], billed=failed["billed"])

    async def found(self, external_id: str) -> Kept:
        """The file.

        Raises:
            ProviderFailed: `expired`, it is not here (any more).
        """
        kept = await self._spool.found(external_id)
        await asyncio.to_thread(self._claimed, external_id)
        return kept

    async def here(self, external_id: str) -> Kept | None:
        """What lies on this machine."""
        return await self._spool.here(external_id)

    async def drop(self, external_id: str) -> None:
        """Remove what lies on this machine; it is not found by its order any more."""
        await asyncio.to_thread(self._claimed, external_id)
        await self._spool.drop(external_id)

    async def unclaimed(self, call_key: str, since: datetime) -> list[str]:
        """Answers to this order that nobody has asked for by their id, the newest first."""
        names = await asyncio.to_thread(self._names, call_key, since)
        return [name for name in names if await self._is_here(name)]

    async def _is_here(self, name: str) -> bool:
        return await self._spool.here(name) is not None

    def _note(self, call_key: str, name: str) -> None:
        self._unclaimed.mkdir(parents=True, exist_ok=True)
        drop_old(self._unclaimed)
        (self._unclaimed / f"{_digest(call_key)}-{name}").touch()

    def _claimed(self, name: str) -> None:
        for note in self._unclaimed.glob(f"*-{name}"):
            note.unlink(missing_ok=True)

    def _names(self, call_key: str, since: datetime) -> list[str]:
        notes = [(note.stat().st_mtime, note.name) for note in self._unclaimed.glob(f"{_digest(call_key)}-*")]
        return [name.split("-")[1] for at, name in sorted(notes, reverse=True) if at >= since.timestamp()]


def _digest(call_key: str) -> str:
    """Keys of orders hold what no file's name may."""
    return hashlib.sha256(call_key.encode()).hexdigest()[:32]
