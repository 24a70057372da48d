"""Counts over everything a user has."""

from pathlib import Path

from psycopg.rows import DictRow

from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))


async def count_everything(database: Database, *, user_id: str) -> DictRow:
    """One row of counts; money in micro-dollars."""
    row = await database.fetch_one(SQL["count"], {"user": user_id})
    return row or {}
