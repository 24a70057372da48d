"""Assistants: a graph's own, which are never written down, and those that users made, with their versions."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from state.errors import RecordNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
System = Sequence[Mapping[str, str]]
"""The graphs' own assistants, as `assistant_id` and `graph_id`."""


async def search_assistants(
    database: Database, wanted: Mapping[str, Any], *, user_id: str, system: System
) -> tuple[list[DictRow], int]:
    """A page of what this user may see, and how many there are in all."""
    params = _filter(wanted, user_id, system)
    rows = await database.fetch_all(SQL["search"], {**wanted, **params})
    if rows or not wanted["offset"]:
        return rows, int(rows[0]["total"]) if rows else 0
    return rows, await count_assistants(database, wanted, user_id=user_id, system=system)


async def count_assistants(
    database: Database, wanted: Mapping[str, Any], *, user_id: str, system: System
) -> int:
    """How many a search would find."""
    row = await database.fetch_one(SQL["count"], _filter(wanted, user_id, system))
    return int(row["total"]) if row else 0


async def get_assistant(database: Database, assistant_id: str, *, user_id: str, system: System) -> DictRow:
    """One assistant.

    Raises:
        RecordNotFound: there is none with this id that this user may see.
    """
    params = {"user": user_id, "id": assistant_id, "system": Jsonb(system)}
    return _found(await database.fetch_one(SQL["get"], params))


async def create_assistant(
    database: Database, assistant_id: str, fields: Mapping[str, Any], *, user_id: str
) -> DictRow | None:
    """Write a new assistant with its first version; None when this user has one of this id."""
    return await database.fetch_one(SQL["create"], {"user": user_id, "id": assistant_id, **_as_json(fields)})


async def change_assistant(
    database: Database, assistant_id: str, fields: Mapping[str, Any], *, user_id: str
) -> DictRow:
    """Write a new version; what is None stays, metadata is merged.

    Raises:
        RecordNotFound: this user has no such assistant.
    """
    row = await database.fetch_one(SQL["change"], {"user": user_id, "id": assistant_id, **_as_json(fields)})
    return _found(row)


async def set_latest(database: Database, assistant_id: str, version: int, *, user_id: str) -> DictRow:
    """Make an earlier version the one that runs start from.

    Raises:
        RecordNotFound: this user has no such assistant, or it no such version.
    """
    params = {"user": user_id, "id": assistant_id, "version": version}
    return _found(await database.fetch_one(SQL["set_latest"], params), "The assistant has no such version.")


async def list_versions(
    database: Database, assistant_id: str, wanted: Mapping[str, Any], *, user_id: str
) -> list[DictRow]:
    """The versions that were saved, newest first."""
    params = {"user": user_id, "id": assistant_id, **wanted, "metadata": Jsonb(wanted["metadata"] or {})}
    return await database.fetch_all(SQL["versions"], params)


async def delete_assistant(database: Database, assistant_id: str, *, user_id: str) -> None:
    """Take it away with its versions.

    Raises:
        RecordNotFound: this user has no such assistant.
    """
    if not await database.execute(SQL["delete"], {"user": user_id, "id": assistant_id}):
        raise RecordNotFound("Nothing has this id.")


async def threads_of(database: Database, assistant_id: str, *, user_id: str) -> list[DictRow]:
    """The threads that were started with it: `production_id` and `status`."""
    return await database.fetch_all(SQL["threads"], {"user": user_id, "id": assistant_id})


async def hide_threads(database: Database, assistant_id: str, *, user_id: str) -> None:
    """Show none of its threads any more."""
    await database.execute(SQL["hide_threads"], {"user": user_id, "id": assistant_id})


def _filter(wanted: Mapping[str, Any], user_id: str, system: System) -> dict[str, Any]:
    return {
        "user": user_id,
        "system": Jsonb(system),
        "graph": wanted["graph_id"],
        "name": wanted["name"],
        "metadata": Jsonb(wanted["metadata"] or {}),
    }


def _as_json(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: Jsonb(value) if isinstance(value, dict) else value for name, value in fields.items()}


def _found(row: DictRow | None, words: str = "Nothing has this id.") -> DictRow:
    if row is None:
        raise RecordNotFound(words)
    return row
