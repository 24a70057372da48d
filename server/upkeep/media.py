"""Removes files that nothing names: mark over all rows, then sweep over the store.

The order makes it safe beside whoever works. The old files are listed first, then the rows are read, then
what no row named is removed, if it is still old: who stores the same bytes again makes the file young, and
who has just stored one and not yet written its row has until the grace is over. Rows go before files, so a
sweep that dies leaves files that nothing names, and the next one finds them.
"""

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from pathlib import Path

from psycopg import AsyncConnection
from psycopg.rows import DictRow

from server.upkeep.marks import in_texts, marked
from server.upkeep.report import Report
from server.upkeep.rules import Rules
from tools.clock import Clock
from tools.db.pool import Database, connection_settings
from tools.db.reach import connected
from tools.db.sql import named_queries
from tools.db.turns import Turn, give_turn, try_turn
from tools.media.store import MediaStore

SQL = named_queries(Path(__file__).with_suffix(".sql"))
BATCH = 100
KIND = "media files"
COPIED_NOW = "Files are being copied (a backup?), so the rest of them is left for the next time."
Doomed = list[tuple[str, int]]


async def sweep_media(
    database: Database, store: MediaStore, rules: Rules, report: Report, *, without: list[str], clock: Clock
) -> AsyncGenerator[str]:
    """Remove the files that no row and no kept text names; a dry report counts them.

    `without` are productions that would be cleared: a dry report looks past their rows.

    Raises:
        StoreUnreachable, StoreRefused: the store cannot be read, or does not let us remove.
    """
    put_before = clock.now() - timedelta(hours=rules.grace_hours)
    report.add(KIND, 0)
    async with connected(database.url, **connection_settings("greenlight sweep")) as connection:
        doomed = await _doomed(connection, store, put_before, without)
        if report.dry:
            report.add(KIND, len(doomed), sum(size for _, size in doomed))
            return
        for start in range(0, len(doomed), BATCH):
            if not await _remove(connection, store, doomed[start : start + BATCH], put_before, report):
                report.notes.append(COPIED_NOW)
                return
            yield KIND


async def _doomed(
    connection: AsyncConnection[DictRow], store: MediaStore, put_before: datetime, without: list[str]
) -> Doomed:
    old = [one async for one in store.files(put_before=put_before)]  # before the rows are read
    if not old:
        return []
    named = await marked(connection, without=without)
    doomed = [one for one in old if one[0] not in named]
    if doomed:
        told = await in_texts(store, named)
        doomed = [one for one in doomed if one[0] not in told]
    return doomed


async def _remove(
    connection: AsyncConnection[DictRow], store: MediaStore, files: Doomed, put_before: datetime,
    report: Report,
) -> bool:  # fmt: skip
    """Remove a few, rows first; False when somebody copies files, and then none."""
    if not await try_turn(connection, Turn.MEDIA):
        return False
    try:
        await connection.execute(SQL["forget"], {"keys": [key for key, _ in files]})
        for key, size in files:
            if await store.remove_old(key, put_before=put_before):
                report.add(KIND, 1, size)
    finally:
        await give_turn(connection, Turn.MEDIA)
    return True
