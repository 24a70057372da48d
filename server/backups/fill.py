"""Fills an empty database: its tables as they were made then, every row in one transaction, under a halt."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from state.errors import BackupRefused, DatabaseTaken
from tools.db.copying import TableShape, fill, is_empty, make_room, set_sequences, tables_of
from tools.db.halts import put_halt, who_else
from tools.db.migrate import build_at
from tools.db.pool import connection_settings
from tools.db.reach import connected
from tools.db.schema_version import found_versions, sort_key

Rows = Callable[[TableShape], AsyncIterator[bytes]]
Sequences = Callable[[], Awaitable[dict[str, int]]]
Connection = AsyncConnection[DictRow]
NAME = "greenlight restore"
ELSEWHERE = "Set GREENLIGHT_DATABASE_URL to an empty database, or GREENLIGHT_DATA_DIR to a new folder."
STOP = "Stop every server and worker of it, then run it again."


async def check_empty(url: str, *, house: str) -> None:
    """Refuse a database in which anything or anybody is, or whose schema is newer than `house`.

    Raises:
        DatabaseTaken: says which.
    """
    async with connected(url, **connection_settings(NAME)) as connection:
        if not await is_empty(connection):
            raise DatabaseTaken("The database is not empty.", user_action=ELSEWHERE)
        found = (await found_versions(connection)).get("house", "")
        if sort_key(found) > sort_key(house):
            raise DatabaseTaken(
                f"The database has house schema {found} already, and what comes has {house}.",
                user_action=ELSEWHERE,
            )
        if others := await who_else(connection):
            raise DatabaseTaken(
                f"Somebody else is connected to the database: {', '.join(others)}.", user_action=STOP
            )


async def fill_database(
    url: str, shapes: Sequence[TableShape], rows: Rows, sequences: Sequences, *, house: str,
    numbers: Mapping[str, int], libraries: Mapping[str, str], source: str,
    expected: Mapping[str, int] | None = None,
) -> list[str]:  # fmt: skip
    """Make the tables, then write all rows or none; the names of tables that are none of ours.

    The halt `filling` stays: `settle.hold` or `settle.arrive` ends it.

    Raises:
        BackupRefused: the rows do not fit, or are not as many as `expected`; none was written.
    """
    await build_at(url, house=house, numbered=numbers, libraries=libraries)
    given = {shape.name: shape for shape in shapes}
    async with connected(url, **connection_settings(NAME)) as connection:
        try:
            async with connection.transaction():
                here = [given[shape.name] for shape in await tables_of(connection) if shape.name in given]
                await make_room(connection, here)
                await put_halt(connection, "filling", source=source)
                for shape in here:
                    count = await fill(connection, shape, rows(shape))
                    if expected is not None and count != expected[shape.name]:
                        raise BackupRefused(
                            f"{shape.name}: {count} rows came instead of {expected[shape.name]}."
                        )
                await set_sequences(connection, await sequences())
        except (psycopg.IntegrityError, psycopg.DataError, psycopg.ProgrammingError) as exc:
            raise BackupRefused(f"The rows do not fit together: {str(exc).splitlines()[0]}") from exc
    return sorted(given.keys() - {shape.name for shape in here})
