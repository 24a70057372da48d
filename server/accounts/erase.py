"""Erase my data: rows, files, checkpoints, events, tokens. Everything else only hides (S2-124, C15).

What runs is cancelled first and ends in order, so that what was spent is booked before it is forgotten
and no worker writes a file for somebody who is gone.
"""

import asyncio
import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.rows import DictRow

from state.errors import RecordConflict
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.media.store import MediaStore
from tools.orders.cancelling import Cancelling, stop_all
from tools.post.piece_cache import forget_pieces

SQL = named_queries(Path(__file__).with_suffix(".sql"))
PATIENCE_S = 20.0
LOOK_EVERY_S = 0.2
STILL_STOPPING = "A production of yours is still stopping, so nothing was erased."
OF_THREADS = ("checkpoints", "blobs", "writes", "jobs")


class Cancels(Protocol):
    """Ends productions."""

    async def cancel(self, *, user_id: str, production_id: str) -> None: ...


class Forgets(Protocol):
    """Takes away all that a user kept, and says how much it was."""

    async def forget(self, user_id: str) -> int: ...


@dataclass(frozen=True)
class Eraser:
    """Everything that must be gone lies in these."""

    database: Database
    store: MediaStore
    items: Forgets
    runs: Cancels
    clock: Clock
    jobs: Cancelling | None = None
    """Stops jobs at providers, while there are keys to do it with; None where nothing is ordered."""
    pieces: Path | None = None
    """Where rendered pieces of films are kept on this machine; on others they go within a day."""

    async def erase(self, user_id: str) -> None:
        """Erase a user and all that is theirs.

        Raises:
            RecordConflict: a worker has not let go of a production yet; nothing was erased.
        """
        await self._stop(user_id)
        if self.jobs is not None:
            await stop_all(self.jobs, user_id, within_s=PATIENCE_S)
        async with self.database.transaction(rests=True) as connection:
            # Whoever starts something now waits for this row, and then finds nobody it could belong to.
            await connection.execute(SQL["lock"], {"user": user_id})
            if await (await connection.execute(SQL["held"], {"user": user_id})).fetchone():
                raise RecordConflict(STILL_STOPPING, user_action="Try again in a moment.")
            await _erase_rows(connection, user_id)
            # Before the rows are gone for good: if it fails, they are still there and it can be done again.
            await self.items.forget(user_id)
            await self.store.erase(user_id=user_id)
            if self.pieces is not None:
                await asyncio.to_thread(forget_pieces, self.pieces, user_id)

    async def _stop(self, user_id: str) -> None:
        """Cancel what runs or waits, and wait until no worker holds any of it."""
        deadline = self.clock.monotonic() + PATIENCE_S
        while going_on := await self.database.fetch_all(SQL["going_on"], {"user": user_id}):
            for row in going_on:
                if row["live"]:
                    with contextlib.suppress(RecordConflict):  # it has just ended by itself
                        await self.runs.cancel(user_id=user_id, production_id=row["production_id"])
            if self.clock.monotonic() > deadline:
                raise RecordConflict(STILL_STOPPING, user_action="Try again in a moment.")
            await self.clock.sleep(LOOK_EVERY_S)


async def _erase_rows(connection: AsyncConnection[DictRow], user_id: str) -> None:
    named = {"user": user_id}
    for name in OF_THREADS:
        await connection.execute(SQL[name], named)
    for name in ("owning", "counted"):
        rows = await (await connection.execute(SQL[name], {})).fetchall()
        for row in rows:
            # The names of tables come from the catalogue and are quoted there.
            await AsyncRawCursor(connection).execute(row["statement"], [user_id])
    await connection.execute(SQL["unname"], named)
    await connection.execute(SQL["forget"], named)
