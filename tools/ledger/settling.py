"""Requests of unknown price: an answer was lost, or its vendor does not say whether it bills it.

Vendors tell it on their bills and nowhere else, so a person looks it up and says what it was. Of text each
request is a line of its own; of engines an order is, once nobody waits for its fate any more.
"""

from pathlib import Path
from typing import Any

from psycopg.rows import DictRow

from state.cost import Money
from state.errors import NotAllowed, RecordNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.telemetry.meters import MONEY

SQL = named_queries(Path(__file__).with_suffix(".sql"))


async def unknown_lines(
    database: Database, *, user_id: str | None, limit: int, offset: int
) -> tuple[list[DictRow], int]:
    """The requests of unknown price, newest first, and how many there are; None is everybody's."""
    asked = {"user": user_id, "limit": limit, "offset": offset}
    rows = await database.fetch_all(SQL["unknown"], asked)
    return rows, rows[0]["total"] if rows else 0


async def settle(
    database: Database, line: str, billed: Money, *, user_id: str | None, own_key: bool = False
) -> Money:
    """Book what a request really cost; what had been held for it. None is anybody's.

    With `own_key` only what left with a key of the user's own: the house's bill is not theirs to tell,
    and the budget that it counts in is not theirs to free.

    Raises:
        RecordNotFound: this user has no such request of unknown price.
        NotAllowed: it left with the house's key.
    """
    settles, is_open, named = _named(line)
    named |= {"user": user_id}
    row = await database.fetch_one(SQL[settles], named | {"micros": billed.micros, "own_key": own_key})
    if row is not None and row["was"] is not None:
        MONEY.labels(row["provider"], row["medium"], "billed").inc(billed.micros)
        return Money(micros=row["was"])
    if own_key and await database.fetch_one(SQL[is_open], named) is not None:
        raise NotAllowed(
            "This request left with the server's key: only an administrator books what it cost.",
            user_action="Ask an administrator, who sees the server's bills.",
            details={"line": line},
        )
    raise _no_such_line(line)


def _named(line: str) -> tuple[str, str, dict[str, Any]]:
    """How a line is settled, how it is asked whether it can be, and what it names."""
    call_key, _, number = line.rpartition("#")
    if not call_key:
        return "settle_order", "open_order", {"call_key": line}
    if not (number.isdecimal() and len(number) < 9):
        raise _no_such_line(line)
    return "settle", "open", {"call_key": call_key, "number": int(number)}


def _no_such_line(line: str) -> RecordNotFound:
    return RecordNotFound(
        "There is no such request of unknown price.",
        user_action="GET /api/costs/unknown lists them; name one by its `line`.",
        details={"line": line},
    )
