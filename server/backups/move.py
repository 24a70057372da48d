"""Moves a database to another Postgres, with runs waiting at gates; the old one is not worked on any more.

At every moment at most one of the two can be worked on: the old one is halted first, the new one's halt is
lifted last, and if this is broken off in between, neither is.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from psycopg.conninfo import conninfo_to_dict

from server.backups.fill import NAME, STOP, Connection, check_empty, fill_database
from server.backups.settle import Facts, arrive, facts_of, who_holds
from state.errors import DatabaseTaken
from tools.db.connect import database_at
from tools.db.copying import Snapshot, TableShape, snapshot
from tools.db.halts import lift_halt, put_halt, read_halts, who_else
from tools.db.migrate import check_schema, migrate
from tools.db.pool import connection_settings
from tools.db.reach import connected
from tools.settings import Settings

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What lies in the new database now, and where that is."""

    to: str
    facts: Facts


async def move_database(settings: Settings, to_url: str, *, progress: Progress) -> Moved:
    """Copy the database of these settings into an empty one, and halt the old one for good.

    Raises:
        DatabaseTaken: somebody uses one of the two, or the new one holds something; nothing has changed.
        DatabaseHalted: the old one was moved before, or was restored and nobody let it go on yet.
        DatabaseDown, SchemaOutdated: one of the two cannot be used.
    """
    to = shown(to_url)
    async with database_at(settings) as url:
        if settings.database_url is None:
            await migrate(url)
        await check_schema(url)
        async with connected(url, **connection_settings("greenlight move")) as old:
            await _halt(old, to)
            try:
                await _nobody_works(old)
                await _carry(old, to_url, source=shown(url), progress=progress)
                async with connected(to_url, **connection_settings(NAME)) as new:
                    facts = await facts_of(new)
                    await arrive(new)
            except BaseException:
                await lift_halt(old, "moving")
                raise
            async with old.transaction():
                await put_halt(old, "moved", to=to)
                await lift_halt(old, "moving")
    return Moved(to=to, facts=facts)


def shown(url: str) -> str:
    """Where a database is, without the password."""
    parts = conninfo_to_dict(url)
    return f"{parts.get('host', 'localhost')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"


async def _halt(old: Connection, to: str) -> None:
    """Nobody begins here from now on. One that was broken off may be begun again."""
    for halt in await read_halts(old):
        if halt.reason != "moving":
            raise halt.error()
    await put_halt(old, "moving", to=to)


async def _nobody_works(old: Connection) -> None:
    if others := await who_else(old):
        raise DatabaseTaken(f"The database is in use by {', '.join(others)}.", user_action=STOP)
    count, until = await who_holds(old)
    if count and until is not None:
        raise DatabaseTaken(
            f"{count} productions are held by a worker that does not answer; its leases run until"
            f" {until:%H:%M:%S} UTC.",
            user_action="Wait until then, and run it again.",
        )


async def _carry(old: Connection, to_url: str, *, source: str, progress: Progress) -> None:
    async with snapshot(old) as taken:
        await check_empty(to_url, house=taken.house)
        await fill_database(
            to_url, taken.tables, _rows_of(taken, progress), taken.sequences, house=taken.house,
            numbers=taken.numbers, libraries=taken.libraries, source=source,
        )  # fmt: skip
    await migrate(to_url)


def _rows_of(taken: Snapshot, progress: Progress) -> Callable[[TableShape], AsyncIterator[bytes]]:
    async def rows(shape: TableShape) -> AsyncIterator[bytes]:
        async for row in taken.rows(shape):
            yield row
            progress("database", len(row), taken.size_bytes)

    return rows
