"""Leases for programs without our runner: Studio, a script.

The runner sets `current_lease` before it drives a graph. Where nobody did, the first
guarded call claims the production's lease here and keeps it for as long as the process
lives, so the same fences hold. A predecessor that died without releasing is waited out.
"""

import asyncio
import contextlib
from uuid import UUID

import structlog

from state.errors import DatabaseDown, LeaseLost, OrderError
from tools.clock import Clock
from tools.db.pool import Database
from tools.ending import end_tasks
from tools.orders.lease import SQL, Lease, claim, current_lease, release, renew
from tools.orders.options import OrderOptions

log = structlog.get_logger(__name__)
RENEWALS_PER_TTL = 3
LOOKS_PER_TTL = 10
PATIENCE_IN_TTLS = 2


class LeaseKeeper:
    """Finds the lease to write with; claims and renews it when nobody else does."""

    def __init__(self, database: Database, *, options: OrderOptions, clock: Clock) -> None:
        self._database = database
        self._options = options
        self._clock = clock
        self._own: dict[str, Lease] = {}
        self._renewing: dict[str, asyncio.Task[None]] = {}
        self._claiming = asyncio.Lock()

    async def lease_of(self, production_id: str) -> tuple[Lease, bool]:
        """The lease for a production, and whether it was claimed here.

        Raises:
            LeaseLost: another process holds the production and keeps it.
            OrderError: the runner drives another production, or the id is no UUID.
        """
        given = current_lease.get()
        if given is not None:
            if given.production_id != production_id:
                raise OrderError(f"production {given.production_id} cannot order for {production_id}")
            return given, False
        async with self._claiming:
            if production_id not in self._own:
                await self._claim(production_id)
            return self._own[production_id], True

    async def close(self) -> None:
        """Stop renewing and give every own lease back."""
        await end_tasks(self._renewing.values())
        for lease in self._own.values():
            await release(self._database, lease)
        self._own.clear()
        self._renewing.clear()

    async def _claim(self, production_id: str) -> None:
        await self._ensure_production(production_id)
        ttl_s = self._options.lease_ttl_s
        for _ in range(PATIENCE_IN_TTLS * LOOKS_PER_TTL):
            lease = await claim(self._database, production_id, owner=self._options.owner, ttl_s=ttl_s)
            if lease is not None:
                self._own[production_id] = lease
                self._renewing[production_id] = asyncio.create_task(self._renew(lease))
                return
            await self._clock.sleep(ttl_s / LOOKS_PER_TTL)
        raise LeaseLost("another process is working on this production", details={"id": production_id})

    async def _ensure_production(self, production_id: str) -> None:
        try:
            UUID(production_id)
        except ValueError as exc:
            raise OrderError(f"{production_id!r} is no production: its id must be a UUID") from exc
        values = {"id": production_id, "graph": self._options.graph}
        await self._database.execute(SQL["ensure_production"], values)

    async def _renew(self, lease: Lease) -> None:
        ttl_s = self._options.lease_ttl_s
        held = True
        while held:
            await self._clock.sleep(ttl_s / RENEWALS_PER_TTL)
            try:
                held = await renew(self._database, lease, ttl_s=ttl_s)
            except DatabaseDown as error:
                # Nothing can be written now, and if the lease runs out meanwhile, the fence says so.
                log.warning("lease_not_renewed", production_id=lease.production_id, error=error.message)
        # A successor has it: forget ours, so that the next call claims anew or says who holds it.
        with contextlib.suppress(KeyError):
            del self._own[lease.production_id], self._renewing[lease.production_id]
