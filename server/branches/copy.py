"""Copies a line of states into a new production, with what is pending at its end, in one transaction."""

from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.branches.places import SQL, Place
from server.runs.payloads import dump
from server.runs.saver import strict_serializer
from state.errors import RunNotFound
from tools.db.pool import Database


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the new production is called and may cost."""

    branch_id: str
    title: str
    ceiling_micros: int | None = None
    """None for the parent's."""
    context: dict[str, Any] | None = None
    """Laid over the parent's."""
    replay: bool = False


async def copy_line(database: Database, place: Place, sheet: Sheet, *, user_id: str) -> None:
    """Make the branch as a draft: nobody sees it before its head is read and settled.

    Raises:
        RunNotFound: the parent is gone.
    """
    async with database.transaction() as connection:
        made = await connection.execute(SQL["copy"], _params(place, sheet, user_id))
        row = await made.fetchone()
        if row is None or row["states"] == 0:
            raise RunNotFound()
        if not place.whole:
            await _ask_above(connection, place, sheet.branch_id)


async def discard(database: Database, branch_id: str) -> None:
    """Remove a branch that is still a draft."""
    await database.execute(SQL["discard"], {"branch": branch_id})


def _params(place: Place, sheet: Sheet, user_id: str) -> dict[str, Any]:
    return {
        "source": place.production_id, "branch": sheet.branch_id, "user": user_id, "title": sheet.title,
        "namespaces": list(place.aims), "checkpoints": list(place.aims.values()), "whole": place.whole,
        "namespace": place.namespace, "owners": place.owners, "checkpoint": place.checkpoint_id,
        "ceiling": sheet.ceiling_micros, "context": Jsonb(sheet.context or {}, dump), "replay": sheet.replay,
    }  # fmt: skip


async def _ask_above(connection: AsyncConnection[DictRow], place: Place, branch_id: str) -> None:
    """Repeat the questions of an inner state at every level above it, where langgraph looks for them."""
    if not place.owners:
        return
    at = {"branch": branch_id, "ns": place.namespace, "checkpoint": place.checkpoint_id}
    rows = await (await connection.execute(SQL["questions_at"], at)).fetchall()
    if not rows:
        return
    serializer = strict_serializer()
    asked = [one for row in rows for one in serializer.loads_typed((row["type"], bytes(row["blob"])))]
    kind, blob = serializer.dumps_typed(tuple(asked))
    for namespace, task in zip(_levels(place.namespace), place.owners, strict=True):
        level = {"ns": namespace, "checkpoint": place.above[namespace], "task": task}
        await connection.execute(
            SQL["ask_above"],
            {"branch": branch_id, "source": place.production_id, "type": kind, "blob": blob, **level},
        )


def _levels(namespace: str) -> list[str]:
    """The namespaces above this one, from the root down."""
    parts = namespace.split("|")
    return ["|".join(parts[:depth]) for depth in range(len(parts))]
