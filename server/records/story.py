"""What a production has written, drawn and shot so far, from its log and its orders."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.rows import DictRow

from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
TOLD = (
    "progress", "note_applied", "scene_done", "scene_failed", "scene_approved", "warning", "quality",
    "model_stood_in", "engine_stood_in", "references_left_out", "master_done",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class StoryRows:
    """The parts that a production's story is told from."""

    script: dict[str, Any] | None
    quote: dict[str, Any] | None
    refused: bool
    """The budget was answered with RED."""
    orders: list[DictRow]
    """Panels and takes, each version with its number, oldest first."""
    told: list[DictRow]
    """What the graph told people, oldest first."""


async def read_story(database: Database, production_id: str, *, user_id: str) -> StoryRows:
    """Everything there is to show about a production; each part is empty until it is there."""
    params = {"id": production_id, "user": user_id}
    values = await database.fetch_one(SQL["values"], params)
    quote = await database.fetch_one(SQL["quote"], params)
    return StoryRows(
        script=values["script"] if values else None,
        quote=quote["quote"] if quote else None,
        refused=quote["refused"] if quote else False,
        orders=await database.fetch_all(SQL["pictures"], params),
        told=await database.fetch_all(SQL["told"], {**params, "names": list(TOLD)}),
    )
