"""Clears whole productions: checkpoints, events, runs, texts. What was bought stays as books.

Each goes in one short transaction of its own, under its row's lock, children before their parents. Whatever
is locked by somebody else in that moment is passed over and found the next time. Files are not touched here:
once no row names them, `media.py` finds them.
"""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow

from server.upkeep.report import Report
from server.upkeep.rules import MORE_THAN_ENOUGH, Rules
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
COUNTED = {"drop_checkpoints": "checkpoints", "drop_events": "events", "drop_runs": "runs"}
ALSO = ("drop_blobs", "drop_writes", "drop_files", "drop_cuts", "drop_replay_calls", "drop_messages",
        "drop_free_orders", "keep_books")  # fmt: skip

KEPT_STUCK = "Kept whole: {many} that were given up and wait for a person; `greenlight stuck` lists them."


async def due(database: Database, rules: Rules) -> list[str]:
    """The productions that may go, in the order in which they must; none when nobody asked."""
    if rules.productions is None and rules.deleted is None:
        return []
    rows = await database.fetch_all(SQL["due"], _terms(rules))
    return [row["production_id"] for row in rows]


async def tell_of_stuck(database: Database, rules: Rules, report: Report) -> None:
    """Note how many are passed over because they were given up and wait for a person."""
    asked = [days for days in (rules.productions, rules.checkpoints, rules.events) if days is not None]
    row = await database.fetch_one(SQL["stuck"], {"days": min(asked)}) if asked else None
    if row is not None and row["many"]:
        report.notes.append(KEPT_STUCK.format(many=row["many"]))


async def weigh(database: Database, ids: list[str], report: Report) -> None:
    """Say what would go with these; nothing is changed."""
    row = await database.fetch_one(SQL["weigh"], {"ids": ids})
    assert row is not None  # noqa: S101 - an aggregate
    report.add("productions", row["productions"])
    report.add("runs", row["runs"])
    report.add("checkpoints", row["checkpoints"], int(row["checkpoint_bytes"]))
    report.add("events", row["events"], int(row["event_bytes"]))


async def clear(database: Database, ids: list[str], rules: Rules, report: Report) -> AsyncGenerator[str]:
    """Clear them one after the other; each is told when it is gone, so that the caller can rest."""
    for production_id in ids:
        if await _clear_one(database, production_id, rules, report):
            yield production_id


async def _clear_one(database: Database, production_id: str, rules: Rules, report: Report) -> bool:
    async with database.transaction() as connection:
        place = {"id": production_id, **_terms(rules)}
        row = await (await connection.execute(SQL["lock"], place)).fetchone()
        if row is None:  # it has begun to live again, or somebody is at it now
            return False
        gone = await _drop(connection, place)
        await connection.execute(SQL["drop_draft" if row["blank"] else "close"], place)
    report.add("productions", 1)
    for kind, count in gone.items():
        report.add(kind, count)
    return True


async def _drop(connection: AsyncConnection[DictRow], place: dict[str, Any]) -> dict[str, int]:
    gone = {}
    for query, kind in COUNTED.items():
        gone[kind] = (await connection.execute(SQL[query], place)).rowcount
    for query in ALSO:
        await connection.execute(SQL[query], place)
    return gone


def _terms(rules: Rules) -> dict[str, Any]:
    ended = MORE_THAN_ENOUGH if rules.productions is None else rules.productions
    return {"ended": ended, "deleted": rules.deleted, "series": rules.series}
