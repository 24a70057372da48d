"""The production's lease: who may write for it, and with which epoch.

Every claim raises the epoch; every fenced write names its epoch, so a worker that was
frozen and comes back can no longer change anything. Outside our runner (Studio, a
script) the first guarded call claims the lease itself.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("lease.sql"))


@dataclass(frozen=True, kw_only=True)
class Lease:
    """The right to write for one production until a successor claims it."""

    production_id: str
    user_id: str
    owner: str
    epoch: int


current_lease: ContextVar[Lease | None] = ContextVar("current_lease", default=None)
"""Set by whoever drives the graph, read by the ledger and the event log."""


async def claim(database: Database, production_id: str, *, owner: str, ttl_s: float) -> Lease | None:
    """Take the lease if nobody holds a live one; None when somebody does."""
    row = await database.fetch_one(SQL["claim"], {"id": production_id, "owner": owner, "ttl": ttl_s})
    if row is None:
        return None
    return Lease(production_id=production_id, user_id=row["user_id"], owner=owner, epoch=row["epoch"])


async def renew(database: Database, lease: Lease, *, ttl_s: float) -> bool:
    """Keep the lease; False when a successor has it."""
    params = {"id": lease.production_id, "epoch": lease.epoch, "ttl": ttl_s}
    return await database.execute(SQL["renew"], params) == 1


async def release(database: Database, lease: Lease) -> None:
    """Give the lease back early, so that the next worker need not wait."""
    await database.execute(SQL["release"], {"id": lease.production_id, "epoch": lease.epoch})
