"""Clears logins, links for passwords and the audit trail, a thousand rows at a time."""

from collections.abc import AsyncGenerator
from pathlib import Path

from server.upkeep.report import Report
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
QUERIES = {"logins": ("drop_logins", "drop_tokens", "drop_resets"), "audit": ("drop_audit",)}


async def clear_rows(database: Database, kind: str, days: int, report: Report) -> AsyncGenerator[str]:
    """Clear the `logins` or the `audit` that are older than that; a dry report counts them only."""
    if report.dry:
        row = await database.fetch_one(SQL[f"count_{kind}"], {"days": days})
        report.add(kind, row["many"] if row else 0)
        return
    report.add(kind, 0)
    for query in QUERIES[kind]:
        while gone := await database.execute(SQL[query], {"days": days}):
            report.add(kind, gone)
            yield query
