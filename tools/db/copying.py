"""All rows of a database, out of one snapshot and into an empty one, in an order that their references allow.

Rows are Postgres's own text form, read and written by the driver that the service itself uses. The
`pg_dump` of our packages cannot do it: it speaks no TLS and refuses servers newer than itself, and
what it writes is a program that runs at the restore, where these are data.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import psycopg
from psycopg import AsyncConnection, sql
from psycopg.rows import DictRow

from state.errors import SchemaOutdated
from tools.db.schema_version import found_versions
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("copying.sql"))
Connection = AsyncConnection[DictRow]


@dataclass(frozen=True, kw_only=True)
class TableShape:
    """A table as its rows are copied."""

    name: str
    columns: list[str]
    bytes_at: frozenset[int] = frozenset()
    """Places of the columns that hold bytes."""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One moment of a database. It ends with the block that it was opened for."""

    connection: Connection
    taken_at: datetime
    size_bytes: int
    server: str
    house: str
    libraries: dict[str, str]
    numbers: dict[str, int]
    """How far the saver's and the store's lists of statements had been run."""
    tables: list[TableShape]
    """Those that others refer to come first."""

    async def rows(self, table: TableShape, *, kept: sql.Composable | None = None) -> AsyncIterator[bytes]:
        """The rows of a table, or those of them that are `kept`, each with its line's end."""
        said = _said("copy_out", table) if kept is None else _said("copy_some", table, kept=kept)
        async with self.connection.cursor() as cursor, cursor.copy(said) as copy:
            async for row in copy:
                yield bytes(row)

    async def sequences(self) -> dict[str, int]:
        """Where the counters stand: read after the rows, so that no number is given out twice."""
        rows = await _all(self.connection, "sequences")
        return {row["name"]: row["value"] for row in rows}

    async def all(self, statement: str) -> list[DictRow]:
        """A statement's rows, of this moment."""
        return await (await self.connection.execute(statement)).fetchall()


@asynccontextmanager
async def snapshot(connection: Connection) -> AsyncIterator[Snapshot]:
    """One moment of this database; whoever works on it goes on meanwhile.

    Raises:
        SchemaOutdated: it was never migrated.
    """
    async with connection.transaction():
        await connection.execute(SQL["begin_reading"])
        try:
            yield await _taken(connection)
        except psycopg.errors.UndefinedTable as exc:
            raise SchemaOutdated("this database was never migrated, so that nothing is in it") from exc


async def _taken(connection: Connection) -> Snapshot:
    [now] = await _all(connection, "moment")
    [numbers] = await _all(connection, "numbers")
    versions = await found_versions(connection)
    return Snapshot(
        connection=connection, taken_at=now["now"], size_bytes=now["bytes"], server=now["server"],
        house=versions["house"], numbers=dict(numbers),
        libraries={row["part"]: row["version"] for row in await _all(connection, "libraries")},
        tables=await tables_of(connection),
    )  # fmt: skip


async def tables_of(connection: Connection) -> list[TableShape]:
    """The tables of a database, those that others refer to first."""
    found = {
        row["name"]: TableShape(
            name=row["name"], columns=row["columns"],
            bytes_at=frozenset(at for at, holds in enumerate(row["bytes"]) if holds),
        )
        for row in await _all(connection, "tables")
    }  # fmt: skip
    parents: dict[str, set[str]] = {name: set() for name in found}
    for row in await _all(connection, "referring"):
        if row["child"] in found and row["parent"] in found:
            parents[row["child"]].add(row["parent"])
    return [found[name] for name in TopologicalSorter(parents).static_order()]


async def is_empty(connection: Connection) -> bool:
    """True when nobody has left anything here; tables alone do not count."""
    try:
        [found] = await _all(connection, "anything")
    except psycopg.errors.UndefinedTable:
        return True
    return not found["yes"]


async def make_room(connection: Connection, tables: Iterable[TableShape]) -> None:
    """Take out what the schema is born with: it comes again with the rows."""
    names = sql.SQL(", ").join(sql.Identifier(table.name) for table in tables)
    await connection.execute(sql.SQL(SQL["empty"]).format(tables=names))


async def fill(connection: Connection, table: TableShape, chunks: AsyncIterator[bytes]) -> int:
    """Write the rows of a table; how many there were."""
    async with connection.cursor() as cursor:
        async with cursor.copy(_said("copy_in", table)) as copy:
            async for chunk in chunks:
                await copy.write(chunk)
        return cursor.rowcount


async def set_sequences(connection: Connection, values: Mapping[str, int]) -> None:
    """Let every counter go on where it stood."""
    for name, value in values.items():
        await connection.execute(SQL["set_sequence"], {"name": name, "value": value})


def _said(query: str, table: TableShape, **more: sql.Composable) -> sql.Composed:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    return sql.SQL(SQL[query]).format(table=sql.Identifier(table.name), columns=columns, **more)


async def _all(connection: Connection, query: str, params: Mapping[str, Any] | None = None) -> list[DictRow]:
    return await (await connection.execute(SQL[query], params or {})).fetchall()
