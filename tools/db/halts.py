"""Databases that nobody may work on: half filled, restored and not let go on yet, or moved elsewhere."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from state.errors import DatabaseHalted
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("halts.sql"))

LOOKS, BETWEEN_LOOKS_S = 10, 0.1
Reason = Literal["filling", "restored", "moving", "moved"]
FORBIDS_ALL: frozenset[Reason] = frozenset({"filling", "moving", "moved"})
"""What is written there would be lost, or mixed up. A restored place can be looked at."""
FORBIDS_WORK: frozenset[Reason] = FORBIDS_ALL | {"restored"}


@dataclass(frozen=True, kw_only=True)
class Halt:
    """One reason to keep away, with what is told about it."""

    reason: Reason
    told: dict[str, Any]
    since: datetime

    def error(self) -> DatabaseHalted:
        """The sentence for whoever wanted to work here."""
        words, action = SAID[self.reason]
        facts = {"to": "another database", "source": "somewhere", "taken_at": "an unknown time", **self.told}
        message = words.format(**facts, since=f"{self.since:%Y-%m-%d %H:%M} UTC")
        return DatabaseHalted(message, user_action=action.format(**facts), details={"reason": self.reason})


SAID: dict[Reason, tuple[str, str]] = {
    "filling": (
        "This database was being filled from {source} on {since}, and that was broken off.",
        "Begin again with a new database and, for a restore, a new data folder.",
    ),
    "restored": (
        "This place was restored on {since} from a backup of {taken_at}, and nobody has said yet that the"
        " original will not go on: if both did, both would buy.",
        "Make sure that the original is stopped for good, then run `greenlight restore --go-on`.",
    ),
    "moving": (
        "Moving this database to {to} was begun on {since} and was broken off.",
        "Run `greenlight move-database` again with a new database. If all works at {to}, it had arrived: set"
        " GREENLIGHT_DATABASE_URL to that.",
    ),
    "moved": (
        "This database was moved to {to} on {since}; what is written here would be lost.",
        "Set GREENLIGHT_DATABASE_URL to {to}.",
    ),
}


async def read_halts(target: Database | AsyncConnection[DictRow]) -> list[Halt]:
    """Every reason to keep away from this database."""
    if isinstance(target, Database):
        rows = await target.fetch_all(SQL["halts"])
    else:
        rows = await (await target.execute(SQL["halts"])).fetchall()
    return [Halt(**row) for row in rows]


async def refuse_if_halted(database: Database, reasons: Collection[Reason]) -> None:
    """Keep away from a database that stands still for one of these reasons.

    Raises:
        DatabaseHalted: says why, and what ends it.
    """
    for halt in await read_halts(database):
        if halt.reason in reasons:
            raise halt.error()


async def put_halt(connection: AsyncConnection[DictRow], reason: Reason, **told: Any) -> None:
    """Let nobody work here from now on."""
    await connection.execute(SQL["halt"], {"reason": reason, "told": Jsonb(told)})


async def lift_halt(connection: AsyncConnection[DictRow], reason: Reason) -> dict[str, Any] | None:
    """End a halt; what was told about it, or None when there was none."""
    row = await (await connection.execute(SQL["lift"], {"reason": reason})).fetchone()
    return row["told"] if row else None


async def who_else(connection: AsyncConnection[DictRow]) -> list[str]:
    """The names of the others that are connected to this database; one that has just left is waited for."""
    for _ in range(LOOKS):
        rows = await (await connection.execute(SQL["others"], {})).fetchall()
        if not rows:
            break
        await asyncio.sleep(BETWEEN_LOOKS_S)
    return [f"{row['name']} ({row['connections']})" for row in rows]
