"""Takes back what a run did: its checkpoints, its writes, its events, its row. Never what it bought."""

from pathlib import Path

from server.runs.graph_spec import GraphSpec
from server.runs.head import settle
from server.runs.slot import Claim, Slot
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("unwind.sql"))
QUEUE_SQL = named_queries(Path(__file__).with_name("queries.sql"))


async def runs_to_unwind(database: Database, production_id: str) -> list[str]:
    """The ended runs that somebody asked to roll back, the newest first."""
    rows = await database.fetch_all(QUEUE_SQL["to_unwind"], {"production": production_id})
    return [row["run_id"] for row in rows]


async def unwind(database: Database, slot: Slot, spec: GraphSpec, claim: Claim, runs: list[str]) -> None:
    """Roll the production back to before these runs, under an idle claim; the claim is given back.

    The ledger is not touched: what was bought stays bought, and a new run finds it.

    Raises:
        LeaseLost: a successor has the production.
    """
    place = {"production": claim.lease.production_id, "epoch": claim.lease.epoch}
    for run_id in runs:
        async with database.transaction() as connection:
            for query in ("forget_writes", "forget_checkpoints", "forget_run"):
                await connection.execute(SQL[query], place | {"run": run_id})
    await settle(database, claim, spec, slot.graph(claim.graph), by="unwound")
