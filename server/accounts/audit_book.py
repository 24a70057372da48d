"""Rows of the audit that come while a statement is under way go together in the next one.

Nobody waits longer for it: a row that comes alone is written at once, each is stored when its `add` returns.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from psycopg.types.json import Jsonb

from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("audit.sql"))
MOST_AT_ONCE = 100
Waiting = tuple[dict[str, Any], "asyncio.Future[None]"]


class AuditBook:
    """Of one app: adds rows in the order in which they come."""

    def __init__(self) -> None:
        self._waiting: list[Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def add(self, database: Database, row: dict[str, Any]) -> None:
        """Write a row; it is stored when this returns. Raises what its own insert raises."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((row, written))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write(database), name="audit book")
        await written

    async def _write(self, database: Database) -> None:
        try:
            while self._waiting:
                page, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                await _write_page(database, page)
        finally:
            self._writing = None


async def _write_page(database: Database, page: Sequence[Waiting]) -> None:
    """All of a page, or each by itself when one of them cannot be written."""
    try:
        await database.execute(SQL["add"], {"rows": Jsonb([row for row, _ in page])})
    except Exception as exc:  # it is raised again where the row came from
        if len(page) > 1:
            for one in page:
                await _write_page(database, [one])
        elif not page[0][1].done():
            page[0][1].set_exception(exc)
        return
    for _, written in page:
        if not written.done():  # whoever asked may be gone
            written.set_result(None)
