"""Where answers that are files lie: noted with the id that each gets, forgotten when its order is over.

The row names the file, so that whoever marks what is named keeps it for exactly as long (schema 0031).
"""

from pathlib import Path

from psycopg.types.json import Jsonb
from pydantic import BaseModel

from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ledger.requests import storable
from tools.ledger.rows import OrderRow

SQL = named_queries(Path(__file__).with_suffix(".sql"))


class StoredAnswer(BaseModel, frozen=True):
    """An answer as every machine finds it."""

    media: str | None = None
    """The key of the file; None where the answer held none that is kept."""
    extra: dict[str, object] = {}
    """What its engine keeps beside it."""
    problem: str = ""
    """Why the store did not take the file."""


async def note_answer(database: Database, row: OrderRow, external_id: str, answer: StoredAnswer) -> bool:
    """Write down where the answer to the row's last request lies; whether the order still needs it."""
    values = {"call_key": row.call_key, "attempt": row.attempt, "external_id": external_id}
    named = {**values, "answer": Jsonb(storable(answer.model_dump(mode="json")))}
    return await database.fetch_one(SQL["note"], named) is not None


async def answer_under(database: Database, row: OrderRow, external_id: str) -> StoredAnswer | None:
    """What is written down under an id of this provider, among the orders of the row's user."""
    asked = {"provider": row.provider, "external_id": external_id, "user_id": row.user_id}
    found = await database.fetch_one(SQL["found"], asked)
    return None if found is None else StoredAnswer.model_validate(found["answer"])
