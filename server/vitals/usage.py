"""What everybody used on this server, for whoever runs it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from psycopg.rows import DictRow

from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, kw_only=True)
class Usage:
    """Counts, and a row for each engine and medium."""

    totals: DictRow
    engines: list[DictRow]


async def read_usage(database: Database, *, since: datetime, until: datetime) -> Usage:
    """Everything from `since` up to, not including, `until`."""
    span = {"since": since, "until": until}
    totals = await database.fetch_one(SQL["totals"], span)
    assert totals is not None  # noqa: S101 - an aggregate
    return Usage(totals=totals, engines=await database.fetch_all(SQL["by_engine"], span))
