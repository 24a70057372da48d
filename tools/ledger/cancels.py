"""Which jobs are to be stopped at their providers, and what is booked for them until their fate is known.

Also which orders are left without a job: those whose answer was lost, and those that were never sent.
"""

from dataclasses import dataclass
from pathlib import Path

from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ledger.counting import counted
from tools.ledger.rows import OrderRow

SQL = named_queries(Path(__file__).with_suffix(".sql"))
MOST_TRIES = 8
FIRST_PAUSE_S = 5.0
"""Doubled after each try: the last one is more than ten minutes after the first, or twenty of a lost job."""
NEVER_SENT = "it had not been sent when its production ended"
FLAGS = ("unwanted", "driven", "last")


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """One try to stop one job, or to find it."""

    row: OrderRow
    """An `intent` has no job yet that is known: it is looked for first."""
    epoch: int
    """Of its production when the try began: once that has gone on, nothing more is written."""
    unwanted: bool
    """Its production is deleted, or about to be: nobody will ask for the result."""
    driven: bool
    """Somebody drives its production, and books what becomes of the job."""
    last: bool
    """Nobody tries again after this."""


class CancelBooks:
    """Claims tries and writes what came of them."""

    def __init__(self, database: Database, *, most: int = MOST_TRIES, pause_s: float = FIRST_PAUSE_S) -> None:
        self._database = database
        self._most = most
        self._pause_s = pause_s

    async def due(self, *, limit: int, erased: str | None = None) -> list[Cancel]:
        """Claim the tries that are due now: of whatever was cancelled or deleted, or all of a user's."""
        asked = {"most": self._most, "pause_s": self._pause_s, "limit": limit, "user": erased}
        return [
            Cancel(row=OrderRow.of(row), epoch=row["production_epoch"], **{name: row[name] for name in FLAGS})
            for row in await self._database.fetch_all(SQL["due"], asked)
        ]

    async def found(self, row: OrderRow, *, epoch: int) -> OrderRow | None:
        """Its job is known now, and is to be stopped; None where the production has gone on."""
        return await self._write("found", row, epoch)

    async def never_sent(self, *, limit: int) -> int:
        """Free what is held for orders of what was cancelled or deleted that nobody sends; how many."""
        rows = await self._database.fetch_all(SQL["never_sent"], {"limit": limit, "detail": NEVER_SENT})
        for one in rows:
            after = OrderRow.of(one)
            held = {"state": "intent", "cost_refunded": after.cost_refunded - one["held"]}
            counted(after.model_copy(update=held), after)
        return len(rows)

    async def told(self, row: OrderRow, *, epoch: int) -> OrderRow | None:
        """The provider has taken it; None where the production has gone on."""
        return await self._write("told", row, epoch)

    async def nobody_knows(self, row: OrderRow, *, epoch: int) -> OrderRow | None:
        """Its price counts as unknown; the order stays submitted."""
        return await self._write("nobody_knows", row, epoch)

    async def wanted_again(self, row: OrderRow, *, epoch: int) -> OrderRow | None:
        """Its production goes on: hold its price again, and stop nothing."""
        return await self._write("wanted_again", row, epoch)

    async def _write(self, query: str, row: OrderRow, epoch: int) -> OrderRow | None:
        job = {"call_key": row.call_key, "external_id": row.external_id}
        named = {**job, "epoch": epoch, "pause_s": self._pause_s}
        found = await self._database.fetch_one(SQL[query], named)
        return counted(row, None if found is None else OrderRow.of(found))
