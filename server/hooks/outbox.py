"""The outbox's way in: a row per receiver and event, written where the projection moves on.

Rows and position share a transaction, so an event is told to each receiver exactly once, whoever
projects it and however often the process dies. Sending is another matter: `sender.py`.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.hooks.facts import EventType, Fact, fact_of
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))


async def listened(database: Database, productions: Collection[str]) -> list[str]:
    """Those of which somebody wants to hear: the others' news need no transaction."""
    rows = await database.fetch_all(SQL["listened"], {"productions": list(productions)})
    return [row["production_id"] for row in rows]


async def put_in_outbox(
    connection: AsyncConnection[DictRow], production: Mapping[str, Any], event: Mapping[str, Any]
) -> None:
    """Write down who is to be told of an event, in the transaction that counts it."""
    fact = fact_of(event)
    if fact is None or production["replay"] or production["deleted_at"] is not None:
        return  # a replay tells again what its parent told
    named = {
        "user": production["user_id"], "production": production["production_id"], "type": fact.type,
        "key": _in_production(production, fact.key),
        "mail_key": _in_production(production, fact.mail_key) if fact.mail_key else "",
        "data": Jsonb(_facts(production, fact)), "at": event["at"],
    }  # fmt: skip
    await connection.execute(SQL["tell"], named)


async def tell_user(
    connection: AsyncConnection[DictRow],
    user_id: str,
    kind: EventType,
    *,
    key: str,
    data: dict[str, Any],
    at: datetime,
) -> None:
    """Write down that a user is to be told of something that belongs to no production."""
    named = {"user": user_id, "production": None, "type": kind, "key": key, "mail_key": "",
             "data": Jsonb(data), "at": at}  # fmt: skip
    await connection.execute(SQL["tell"], named)


def _in_production(production: Mapping[str, Any], key: str) -> str:
    return f"{production['production_id']}:{key}"


def _facts(production: Mapping[str, Any], fact: Fact) -> dict[str, Any]:
    novela = production["novela_id"]
    return {
        "production_id": str(production["production_id"]),
        "title": production["title"],
        "novela_id": str(novela) if novela else None,
        "episode_number": production["episode_number"],
        **fact.data,
    }
