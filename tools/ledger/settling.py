"""Text requests of unknown price: an answer was lost, and the vendor may have billed it or not.

Vendors tell it on their bills and nowhere else, so a person looks it up and says what it was.
"""

from pathlib import Path

from psycopg.rows import DictRow

from state.cost import Money
from state.errors import RecordNotFound
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


async def settle(database: Database, line: str, billed: Money, *, user_id: str | None) -> Money:
    """Book what a request really cost; what had been held for it.

    Raises:
        RecordNotFound: this user has no such request of unknown price.
    """
    call_key, _, number = line.rpartition("#")
    if not (call_key and number.isdecimal() and len(number) < 9):
        raise _no_such_line(line)
    named = {"call_key": call_key, "number": int(number), "micros": billed.micros, "user": user_id}
    row = await database.fetch_one(SQL["settle"], named)
    if row is None or row["was"] is None:
        raise _no_such_line(line)
    MONEY.labels(row["provider"], row["medium"], "billed").inc(billed.micros)
    return Money(micros=row["was"])


def _no_such_line(line: str) -> RecordNotFound:
    return RecordNotFound(
        "There is no such request of unknown price.",
        user_action="GET /api/costs/unknown lists them; name one by its `line`.",
        details={"line": line},
    )
