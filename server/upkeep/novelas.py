"""Clears novelas that their owners deleted, once nothing is left of their productions but books."""

from collections.abc import AsyncGenerator
from pathlib import Path

from server.upkeep.report import Report
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
KIND = "novelas"


async def clear_novelas(
    database: Database, days: int, report: Report, *, without: list[str]
) -> AsyncGenerator[str]:
    """Clear them with their scenes, a hundred at a time; a dry report counts them.

    `without` are productions that would be gone by then.
    """
    if report.dry:
        row = await database.fetch_one(SQL["count"], {"days": days, "without": without})
        report.add(KIND, row["many"] if row else 0)
        return
    report.add(KIND, 0)
    while gone := await database.fetch_all(SQL["drop"], {"days": days}):
        report.add(KIND, len(gone))
        yield KIND
