"""The only code that changes a schema: `greenlight migrate`, and the embedded database's start.

Each part runs in autocommit under one advisory lock that is tried, never waited for: the
saver's set-up creates indexes concurrently, and that waits for everybody who waits.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from procrastinate.schema import SchemaManager
from psycopg import AsyncConnection, sql
from psycopg.rows import DictRow

from state.errors import DatabaseDown
from tools.db.pool import connection_settings
from tools.db.reach import connected
from tools.db.schema_version import SQL, check_schema, found_versions, needed_versions, sort_key

if TYPE_CHECKING:
    from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
    from langgraph.store.postgres.aio import AsyncPostgresStore

__all__ = ["check_schema", "migrate"]

LOCK_KEY = 0x677265656E
LOCK_TIMEOUT_S = 120.0
LOCK_PAUSE_S = 0.05
NUMBERED = ("numbered_table", "numbers_done", "note_number")
log = structlog.get_logger(__name__)

Connection = AsyncConnection[DictRow]


async def migrate(url: str, *, lock_timeout_s: float = LOCK_TIMEOUT_S) -> list[str]:
    """Bring the database to this program's schema; the steps that were needed, none if it was there.

    Raises:
        DatabaseDown: nobody answers, or another process migrates for longer than `lock_timeout_s`.
    """
    # It looks into a folder the first time, which must not hold up the loop.
    await asyncio.to_thread(needed_versions)
    async with connected(url, **connection_settings("greenlight migrate")) as connection:
        if await _is_current(connection):
            return []
        async with _only_one(connection, lock_timeout_s):
            if await _is_current(connection):
                return []
            return await _apply(connection, url)


async def build_at(
    url: str, *, house: str, numbered: Mapping[str, int], libraries: Mapping[str, str]
) -> None:
    """Make the tables as an earlier program had them, for rows that it wrote; `migrate` goes on from there.

    `house` is our revision, `numbered` how far the saver's and the store's own lists had come, `libraries`
    the versions they are recorded under. Procrastinate's tables are as this program needs them.
    """
    saver, items = await asyncio.to_thread(_saver), await asyncio.to_thread(_items)
    named = connection_settings("greenlight migrate")
    async with connected(url, **named) as connection, _only_one(connection, LOCK_TIMEOUT_S):
        await connection.execute(SQL["parts_table"])
        await _procrastinate(connection)
        await _up_to(connection, saver.MIGRATIONS, "checkpoint_migrations", numbered["checkpointer"])
        await _up_to(connection, items.MIGRATIONS, "store_migrations", numbered["store"])
        for part in ("checkpointer", "store"):
            await _record(connection, part, libraries[part])
        await asyncio.to_thread(_run_alembic, url, house)


async def known_numbers() -> dict[str, int]:
    """How far this program's lists of the saver's and the store's tables go."""
    saver, items = await asyncio.to_thread(_saver), await asyncio.to_thread(_items)
    return {"checkpointer": len(saver.MIGRATIONS) - 1, "store": len(items.MIGRATIONS) - 1}


async def _up_to(connection: Connection, statements: Sequence[str], table: str, last: int) -> None:
    """The first statements of a library's list, noted down as the library itself does."""
    said = {name: sql.SQL(SQL[name]).format(table=sql.Identifier(table)) for name in NUMBERED}
    await connection.execute(said["numbered_table"])
    done = {row["v"] for row in await (await connection.execute(said["numbers_done"])).fetchall()}
    for number, statement in enumerate(statements[: last + 1]):
        if number not in done:
            await connection.execute(statement, prepare=False)
            await connection.execute(said["note_number"], {"number": number})


async def _is_current(connection: Connection) -> bool:
    found, needed = await found_versions(connection), await asyncio.to_thread(needed_versions)
    current = all(sort_key(found.get(part, "")) >= sort_key(version) for part, version in needed.items())
    return current and "compression" in found


@asynccontextmanager
async def _only_one(connection: Connection, timeout_s: float) -> AsyncIterator[None]:
    deadline = time.monotonic() + timeout_s
    while not await _yes(connection, "try_lock", "taken", key=LOCK_KEY):
        if time.monotonic() > deadline:
            raise DatabaseDown(f"another process has been migrating for {timeout_s:.0f} s")
        await asyncio.sleep(LOCK_PAUSE_S)
    try:
        yield
    finally:
        await connection.execute(SQL["unlock"], {"key": LOCK_KEY})


async def _apply(connection: Connection, url: str) -> list[str]:
    await connection.execute(SQL["parts_table"])
    found = await found_versions(connection)
    steps: list[str] = []
    needed = needed_versions()
    if found.get("procrastinate") != needed["procrastinate"]:
        steps += await _procrastinate(connection)
    if found.get("checkpointer") != needed["checkpointer"]:
        steps += await _checkpointer(connection)
    if found.get("store") != needed["store"]:
        steps += await _store(connection)
    if found.get("house") != needed["house"]:
        steps += await _house(url, found.get("house"))
    return steps + await _compress(connection)


async def _procrastinate(connection: Connection) -> list[str]:
    version = needed_versions()["procrastinate"]
    async with connection.transaction():
        applied = await _part(connection, "procrastinate")
        if applied:
            files = await asyncio.to_thread(_procrastinate_migrations, after=applied)
            for statements in files.values():
                await connection.execute(statements, prepare=False)
            steps = [f"procrastinate {name}" for name in files]
        elif await _yes(connection, "has_procrastinate", "yes"):
            steps = []
        else:
            # Many statements in one text cannot be prepared.
            schema = await asyncio.to_thread(SchemaManager.get_schema)
            await connection.execute(schema, prepare=False)
            steps = [f"procrastinate {version}"]
        await _record(connection, "procrastinate", version)
    return steps


def _procrastinate_migrations(*, after: str) -> dict[str, bytes]:
    """Its migrations are files named after the version they lead to; the order is the name's."""
    files = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    newer = [file for file in files if sort_key(file.stem.partition("_")[0]) > sort_key(after)]
    return {file.stem: file.read_bytes() for file in newer}


async def _checkpointer(connection: Connection) -> list[str]:
    saver = await asyncio.to_thread(_saver)
    version = needed_versions()["checkpointer"]
    await saver(connection).setup()
    await _record(connection, "checkpointer", version)
    return [f"checkpointer {version}"]


def _saver() -> "type[AsyncPostgresSaver]":
    # Slow to import, and only the first start needs it.
    from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver

    return AsyncPostgresSaver


async def _store(connection: Connection) -> list[str]:
    store = await asyncio.to_thread(_items)
    version = needed_versions()["store"]
    await store(connection).setup()
    await _record(connection, "store", version)
    return [f"store {version}"]


def _items() -> "type[AsyncPostgresStore]":
    # Slow to import, and only the first start needs it.
    from langgraph.store.postgres.aio import AsyncPostgresStore

    return AsyncPostgresStore


async def _house(url: str, before: str | None) -> list[str]:
    await asyncio.to_thread(_run_alembic, url)
    return [f"house {before or 'nothing'} -> {needed_versions()['house']}"]


def _run_alembic(url: str, revision: str = "head") -> None:
    # Slow to import, and only a schema change needs them.
    import psycopg
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=NullPool)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


async def _compress(connection: Connection) -> list[str]:
    """Let the big columns use lz4, where the server was built with it."""
    if not await _yes(connection, "has_lz4", "yes"):
        log.info("compression_skipped", reason="this Postgres was built without lz4; pglz stays")
        await _record(connection, "compression", "pglz")
        return []
    statements = await (await connection.execute(SQL["payload_columns"], {})).fetchall()
    for row in statements:
        await connection.execute(row["statement"])
    await _record(connection, "compression", "lz4")
    return [f"lz4 for {len(statements)} columns"] if statements else []


async def _yes(connection: Connection, query: str, column: str, **params: int) -> bool:
    row = await (await connection.execute(SQL[query], params)).fetchone()
    return bool(row and row[column])


async def _part(connection: Connection, part: str) -> str | None:
    row = await (await connection.execute(SQL["part_version"], {"part": part})).fetchone()
    return row["version"] if row else None


async def _record(connection: Connection, part: str, version: str) -> None:
    await connection.execute(SQL["record_part"], {"part": part, "version": version})
