"""Runs that were given up after several attempts without progress: who runs the server sees and resumes them.

Nothing of them is lost: checkpoints, events, the ledger and the files are as the last attempt left them.
"""

from pathlib import Path
from typing import Protocol, TypeVar

from psycopg.rows import DictRow

from state.errors import RecordNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
Accepted_co = TypeVar("Accepted_co", covariant=True)


class Resumes(Protocol[Accepted_co]):
    """Goes on with what has stopped."""

    async def resume(self, *, user_id: str, production_id: str) -> Accepted_co: ...


async def listed(database: Database, *, limit: int = 200, offset: int = 0) -> tuple[list[DictRow], int]:
    """What is stuck, and what waits for a database or store that is away; the latest first, and how many."""
    rows = await database.fetch_all(SQL["listed"], {"limit": limit, "offset": offset})
    return rows, rows[0]["total"] if rows else 0


async def resume_stuck(database: Database, runs: Resumes[Accepted_co], production_id: str) -> Accepted_co:
    """Try a stuck run again from its last checkpoint, on behalf of whose it is; attempts count anew.

    Raises:
        RecordNotFound: no production with this id is stuck.
        QuotaUsedUp: its owner has too much at work.
    """
    row = await database.fetch_one(SQL["owner"], {"production": production_id})
    if row is None:
        raise RecordNotFound(
            "No production with this id is stuck.", user_action="`greenlight stuck` lists them."
        )
    return await runs.resume(user_id=row["user_id"], production_id=production_id)
