"""Orders of unknown fate in the books: which there are, and what a person decided about each."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from state.errors import RunNotFound
from tools.db.sql import named_queries
from tools.ledger.counting import counted
from tools.ledger.ledger import QUERIES, Ledger
from tools.ledger.refusals import about
from tools.ledger.rows import OrderRow, SentWith

SQL = named_queries(Path(__file__).with_suffix(".sql"))


class ParkedLedger:
    """Writes decisions. A method returns the changed row, or None when the order had moved on meanwhile."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._database = ledger.database

    async def listed(
        self, user_id: str, *, production_id: str | None, limit: int, offset: int
    ) -> tuple[list[DictRow], int]:
        """A user's parked orders, the newest first, and how many there are."""
        asked = {"user": user_id, "production": production_id, "limit": limit, "offset": offset}
        rows = await self._database.fetch_all(SQL["listed"], asked)
        return rows, rows[0]["total"] if rows else 0

    async def status(self, production_id: str) -> str:
        """The status of a production; empty where it is deleted or gone."""
        row = await self._database.fetch_one(SQL["production"], {"production_id": production_id})
        return "" if row is None or row["deleted"] else str(row["status"])

    async def send_again(self, row: OrderRow, settled: Mapping[str, Any]) -> OrderRow | None:
        """Reserve its price once more, beside what stays unknown; its production sends it.

        Raises:
            SpendingBlocked: that does not fit, or spending is stopped; it stays parked.
        """
        named = {"production_id": row.production_id, "needs": row.cost_quoted, "call_key": row.call_key}
        async with self._database.transaction() as connection:
            # The order in which a claim locks, too.
            locked = await (await connection.execute(QUERIES["lock_production"], named)).fetchone()
            if locked is None:
                raise RunNotFound(details={"production_id": row.production_id})
            asked = named | {"day_budget": self._ledger.day_budget}
            found = await (await connection.execute(QUERIES["may_spend"], asked)).fetchone()
            refusal = found["refusal"] if found and row.cost_quoted else None
            if refusal is None:
                cursor = await connection.execute(SQL["send_again"], _values(row, settled))
                again = _row(await cursor.fetchone())
        if refusal is not None:
            raise about(await self._ledger.refuse(row.production_id, refusal), row)
        if again is not None and again.cost_quoted:
            await self._ledger.warn(row.production_id)
        return counted(row, again)

    async def adopt(
        self, row: OrderRow, external_id: str, settled: Mapping[str, Any], *, sent_with: SentWith
    ) -> OrderRow | None:
        """Take the job that a person named, and the key that sees it; None where another order owns it."""
        values = _values(row, settled) | {"external_id": external_id} | sent_with._asdict()
        try:
            return counted(row, _row(await self._database.fetch_one(SQL["adopt"], values)))
        except psycopg.errors.UniqueViolation:
            return None

    async def give_up(self, row: OrderRow, settled: Mapping[str, Any]) -> OrderRow | None:
        """It has failed; its price stays booked as unknown."""
        return counted(row, _row(await self._database.fetch_one(SQL["give_up"], _values(row, settled))))

    async def give_up_deleted(self, call_key: str | None = None, *, limit: int = 1) -> list[OrderRow]:
        """As `give_up` what is parked in productions that were deleted, or this one order if it is."""
        named = {"call_key": call_key, "limit": limit}
        rows = [OrderRow.of(row) for row in await self._database.fetch_all(SQL["give_up_deleted"], named)]
        for row in rows:
            counted(row.model_copy(update={"state": "unknown"}), row)
        return rows


def _values(row: OrderRow, settled: Mapping[str, Any]) -> dict[str, Any]:
    return {"call_key": row.call_key, "attempt": row.attempt, "settled": Jsonb(dict(settled))}


def _row(found: DictRow | None) -> OrderRow | None:
    return None if found is None else OrderRow.of(found)
