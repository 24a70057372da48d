"""What can be read about productions without driving them."""

from pathlib import Path
from typing import Any, Literal

from psycopg.rows import DictRow

from state.errors import RunNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
SortBy = Literal["newest", "waiting"]


async def list_productions(
    database: Database,
    *,
    user_id: str,
    limit: int,
    offset: int = 0,
    status: str | None = None,
    graph: str | None = None,
    novela_id: str | None = None,
    film: str | None = None,
    sort: SortBy = "newest",
) -> tuple[list[DictRow], int]:
    """A page of productions, newest first or those that wait for a person first, and how many in all.

    Exports are among them only where their graph is asked for; `film` names the production that they are of.
    """
    wanted = {
        "user": user_id, "status": status, "graph": graph, "novela": novela_id, "film": film, "sort": sort,
    }  # fmt: skip
    rows = await database.fetch_all(SQL["list"], {**wanted, "limit": limit, "offset": offset})
    return rows, await _total(database, rows, wanted)


async def get_production(database: Database, production_id: str, *, user_id: str) -> DictRow:
    """One production's record.

    Raises:
        RunNotFound: there is none with this id that this user may see.
    """
    row = await database.fetch_one(SQL["get"], {"id": production_id, "user": user_id})
    if row is None:
        raise RunNotFound()
    return row


async def episode_production(
    database: Database, *, user_id: str, novela_id: str, episode: int
) -> DictRow | None:
    """The newest production of an episode; `stopped` where it pauses without a question."""
    params = {"user": user_id, "novela": novela_id, "episode": episode}
    return await database.fetch_one(SQL["episode"], params)


async def list_files(database: Database, production_id: str, *, user_id: str) -> list[DictRow]:
    """What was delivered, by name."""
    return await database.fetch_all(SQL["files"], {"id": production_id, "user": user_id})


async def list_checkpoints(
    database: Database, production_id: str, *, user_id: str, limit: int, before: int | None = None
) -> list[DictRow]:
    """The production's own checkpoints, newest first, without those of its subgraphs."""
    wanted = {"id": production_id, "user": user_id, "limit": limit, "before": before}
    return await database.fetch_all(SQL["checkpoints"], wanted)


async def read_costs(
    database: Database, production_id: str, *, user_id: str
) -> tuple[DictRow, list[DictRow]]:
    """The ceiling and the sums over all orders of a production, in micro-dollars, and the orders.

    Those of a production that was cleared, too.

    Raises:
        RunNotFound: there is none with this id that this user may see.
    """
    params = {"id": production_id, "user": user_id}
    books = await database.fetch_one(SQL["books"], params)
    if books is None:
        raise RunNotFound()
    sums = await database.fetch_one(SQL["cost_sums"], params)
    return {**books, **(sums or {})}, await database.fetch_all(SQL["cost_lines"], params)


async def cost_sums(database: Database, production_id: str, *, user_id: str) -> DictRow:
    """The sums over all orders of a production, in micro-dollars."""
    return await database.fetch_one(SQL["cost_sums"], {"id": production_id, "user": user_id}) or {}


async def _total(database: Database, rows: list[DictRow], wanted: dict[str, Any]) -> int:
    """The window count, or a count of its own where the page lies past the end."""
    if rows:
        return int(rows[0]["total"])
    counted = await database.fetch_one(SQL["count"], wanted)
    return int(counted["total"]) if counted else 0
