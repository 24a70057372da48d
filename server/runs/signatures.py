"""The signatures that a production has made: random as they are, a replay takes them from the record."""

from pathlib import Path
from typing import Any

from server.runs.saver import strict_serializer
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))


async def recorded_signatures(database: Database, production_id: str) -> list[Any]:
    """Every signature that a state of this production still holds, as JSON values."""
    rows = await database.fetch_all(SQL["signatures"], {"production": production_id})
    reads = strict_serializer()
    return [value for row in rows if (value := reads.loads_typed((row["type"], row["blob"])))]
