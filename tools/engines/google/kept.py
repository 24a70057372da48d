"""Answers that held their file: kept before their id is known to anybody, and found again by their order.

Google keeps nothing of them and cannot be asked.
"""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from tools.engines.answers import Kept
from tools.engines.base import JobStatus
from tools.engines.google.answers import Outcome
from tools.engines.live.spool import Spool
from tools.engines.live.unclaimed import Unclaimed

FAILED = "failed"


class KeptAnswers:
    """One machine's answers of Google."""

    def __init__(self, folder: Path) -> None:
        self._spool = Spool(folder / "answers", "google")
        self._unclaimed = Unclaimed(folder / "unclaimed")

    async def keep(self, outcome: Outcome, *, call_key: str, extra: dict[str, Any]) -> str:
        """Write an outcome down and return its id.

        Raises:
            WorkFolderFull: there is no room for it.
        """
        told = {**outcome.extra, **extra}
        if outcome.error:
            failed = {"error": outcome.error, "kind": outcome.kind, "billed": outcome.billed}
            told |= {FAILED: failed}
        return await self._spool.keep(
            outcome.content, call_key=call_key, suffix=outcome.suffix, extra=told,
            noting=partial(self._unclaimed.note, call_key),
        )  # fmt: skip

    async def status(self, external_id: str) -> JobStatus:
        """What became of it: it is over when it is here.

        Raises:
            ProviderFailed: `expired`, it is not (any more).
        """
        kept = await self._spool.found(external_id)
        await self._unclaimed.claimed(external_id)
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
        await self._unclaimed.claimed(external_id)
        return kept

    async def here(self, external_id: str) -> Kept | None:
        """What lies on this machine."""
        return await self._spool.here(external_id)

    async def drop(self, external_id: str) -> None:
        """Remove what lies on this machine; it is not found by its order any more."""
        await self._unclaimed.claimed(external_id)
        await self._spool.drop(external_id)

    async def unclaimed(self, call_key: str, since: datetime) -> list[str]:
        """Answers to this order that nobody has asked for by their id, the newest first."""
        names = await self._unclaimed.names(call_key, since)
        return [name for name in names if await self._is_here(name)]

    async def _is_here(self, name: str) -> bool:
        return await self._spool.here(name) is not None
