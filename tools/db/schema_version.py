"""Which schema this program needs, and which one a database has."""

import asyncio
import importlib.metadata
import re
from functools import lru_cache
from pathlib import Path

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from state.errors import SchemaOutdated
from tools.db.pool import Database, connection_settings
from tools.db.reach import connected
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("migrate.sql"))
REVISIONS = Path(__file__).parent / "migrations" / "versions"
LIBRARIES = {
    "procrastinate": "procrastinate",
    "checkpointer": "langgraph-checkpoint-postgres",
    "store": "langgraph-checkpoint-postgres",
}
"""Parts whose tables belong to a library, and the library that says their version."""


@lru_cache(maxsize=1)
def needed_versions() -> dict[str, str]:
    """The version of each part that this program was written for."""
    house = max(file.stem.removeprefix("revision_") for file in REVISIONS.glob("revision_*.py"))
    libraries = {part: importlib.metadata.version(name) for part, name in LIBRARIES.items()}
    return {**libraries, "house": house}


async def found_versions(connection: AsyncConnection[DictRow]) -> dict[str, str]:
    """The version of each part in this database: empty before the first migration. One statement."""
    try:
        cursor = await connection.execute(SQL["versions"])
    except psycopg.errors.UndefinedTable:
        return {}
    return {row["part"]: row["version"] for row in await cursor.fetchall()}


async def check_schema(target: str | Database) -> None:
    """Check that the database has the schema of this program; changes nothing.

    Raises:
        SchemaOutdated: it has an older or a newer one.
        DatabaseDown: nobody answers.
    """
    # It looks into a folder the first time, which must not hold up the loop.
    await asyncio.to_thread(needed_versions)
    if isinstance(target, Database):
        async with target.connection() as connection:
            found = await found_versions(connection)
    else:
        async with connected(target, **connection_settings("greenlight check")) as connection:
            found = await found_versions(connection)
    _compare(found, await asyncio.to_thread(needed_versions))


def _compare(found: dict[str, str], needed: dict[str, str]) -> None:
    if not found:
        raise SchemaOutdated("this database was never migrated")
    for part, version in needed.items():
        have = found.get(part, "none")
        if sort_key(have) < sort_key(version):
            raise SchemaOutdated(f"the database has {part} schema {have}, this program needs {version}")
        if part == "house" and have != version:
            raise SchemaOutdated(
                f"the database has house schema {have}, newer than this program's {version}",
                user_action="Start the newer version of Greenlight.",
            )


def sort_key(version: str) -> tuple[int, ...]:
    """Versions in the order of their numbers."""
    return tuple(int(number) for number in re.findall(r"\d+", version))
