"""Changes to a production that nobody drives, made under its lease by the process that was asked."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from server.runs.graph_spec import GraphSpec
from server.runs.sizes import SizeLimits
from server.runs.slot import Claim, Slot
from state.errors import RecordConflict, RunNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.orders.lease import current_lease

SQL = named_queries(Path(__file__).with_name("queries.sql"))
LEASE_S = 60.0
MOST_AT_ONCE = 2
TRIES, TRY_AGAIN_S = 40, 0.05


class Hands:
    """A few slots of the HTTP service, opened when they are first needed."""

    def __init__(
        self, database: Database, graphs: Mapping[str, GraphSpec], limits: SizeLimits | None = None
    ) -> None:
        self._database = database
        self._owner = f"{socket.gethostname()}:{os.getpid()}:hands"
        self._free: asyncio.LifoQueue[Slot] = asyncio.LifoQueue()
        self._all = [Slot(database.url, graphs, limits) for _ in range(MOST_AT_ONCE)]
        for slot in self._all:
            self._free.put_nowait(slot)

    async def close(self) -> None:
        """Give the connections back."""
        for slot in self._all:
            await slot.close()

    @asynccontextmanager
    async def hold(self, production_id: str, *, user_id: str) -> AsyncIterator[tuple[Slot, Claim]]:
        """Hold an idle production; give it back with `settle`, or it is given back as it was.

        Raises:
            RunNotFound: there is no such production of this user.
            RecordConflict: it is running or about to.
        """
        slot = await self._free.get()
        try:
            claim = await self._claim(slot, production_id, user_id)
            token = current_lease.set(claim.lease)
            try:
                yield slot, claim
            finally:
                current_lease.reset(token)
                await self._give_back(claim)
        finally:
            self._free.put_nowait(slot)

    async def _claim(self, slot: Slot, production_id: str, user_id: str) -> Claim:
        """A worker that was rung for nothing, or other hands, let go in a moment: that is waited for."""
        for _ in range(TRIES):
            claim = await slot.claim_idle(production_id, user_id, owner=self._owner, ttl_s=LEASE_S)
            if claim is not None:
                return claim
            params = {"production": production_id, "user": user_id}
            held = await self._database.fetch_one(SQL["driven"], params)
            if held is None:
                raise RunNotFound("There is no such thread.")
            if held["driven"]:
                break
            await asyncio.sleep(TRY_AGAIN_S)
        raise RecordConflict(
            "This thread has a run that goes on.", user_action="Wait for it or cancel it first."
        )

    async def _give_back(self, claim: Claim) -> None:
        """Whatever came meanwhile is rung for; after `settle` this changes nothing."""
        params = {"production": claim.lease.production_id, "epoch": claim.lease.epoch}
        await self._database.fetch_one(SQL["unclaim"], params)
        await self._database.execute(SQL["ring"], params)
