"""Who works here: one row per process with a worker, told by itself, read by whoever runs the server."""

import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from psycopg.rows import DictRow

from state.errors import RecordNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
Role = Literal["api", "work"]
Doing = Literal["working", "draining"]
LOST_AFTER = 3
"""Lease times without a sign of life after which a worker is shown as lost."""


@dataclass(frozen=True, kw_only=True)
class WorkerCard:
    """What a worker says of itself."""

    worker_id: str
    host: str
    pid: int
    role: Role
    slots: int
    version: str

    def params(self, *, ttl_s: float, state: Doing) -> dict[str, Any]:
        """For the statement that says that it lives."""
        return {
            "worker": self.worker_id, "host": self.host, "pid": self.pid, "role": self.role,
            "slots": self.slots, "version": self.version, "ttl": ttl_s, "state": state,
        }  # fmt: skip


def own_card(*, role: Role, slots: int, version: str) -> WorkerCard:
    """A card for this process. In containers all have the same number, so a suffix tells them apart."""
    host, pid = socket.gethostname(), os.getpid()
    return WorkerCard(
        worker_id=f"{host}:{pid}:{secrets.token_hex(3)}",
        host=host, pid=pid, role=role, slots=slots, version=version,
    )  # fmt: skip


async def listed(database: Database) -> list[DictRow]:
    """Every worker with the leases it holds now, the newest first."""
    return await database.fetch_all(SQL["listed"], {"lost_after": LOST_AFTER})


async def queue_lengths(database: Database) -> DictRow:
    """How many productions wait for a slot, by priority, and for how long the first of them has."""
    row = await database.fetch_one(SQL["queue_lengths"])
    assert row is not None  # noqa: S101 - an aggregate
    return row


async def ask(database: Database, worker_id: str, wanted: Doing) -> None:
    """Ask a worker to take no more work, or to take work again; it is told at once.

    Raises:
        RecordNotFound: there is no such worker.
    """
    if await database.fetch_one(SQL["ask"], {"worker": worker_id, "wanted": wanted}) is None:
        raise RecordNotFound("There is no such worker.", user_action="`greenlight workers` lists them.")


async def leave(database: Database, worker_id: str) -> None:
    """The worker has ended."""
    await database.execute(SQL["leave"], {"worker": worker_id})
