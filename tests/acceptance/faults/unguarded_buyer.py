"""The buying worker with one guard away, which `GUARD_OFF` names: what controls of outages are made of."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path

from psycopg import OperationalError

import server.composition
from server.cli.main import main
from server.runs import drive
from server.runs.drive import Drive
from state.errors import DatabaseDown
from state.order import EngineRequest
from tests.acceptance.faults.reckless_worker import RecklessOrders
from tests.integration.machines.buying_worker import FolderEngine, open_at_the_folder, shopping_graphs
from tools.engines.files import NO_FILES, Files
from tools.ledger.rows import REQUESTS, Claim, OrderRow
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.registry import Toolbox
from tools.settings import Settings

AGAIN_S = 0.2
PROGRAM = "tests.acceptance.faults.unguarded_buyer"


class BilledBefore(FolderEngine):
    """Takes an order that was billed when it was sent."""

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        job = call_key.replace(":", "_")
        (self.folder / f"{job}.json").write_text(request.model_dump_json())
        return job


class SendsFirst(Orders):
    """Sends an order, then notes it: the other way round."""

    async def _claimed(self, claim: Claim) -> tuple[OrderRow, int]:
        await the_folder().submit(REQUESTS.validate_python(claim.request), call_key=claim.call_key)
        return await super()._claimed(claim)


def the_folder() -> FolderEngine:
    return FolderEngine(Path(os.environ["BOOKS"]), holds=False)


async def open_without_the_ledger(settings: Settings) -> Toolbox:
    tools = await open_at_the_folder(settings)
    reckless = RecklessOrders(replace(tools, engines={**tools.engines, "fake": the_folder()}))
    return replace(tools, orders=reckless)  # type: ignore[arg-type]  # fits where it matters


async def open_sending_first(settings: Settings) -> Toolbox:
    tools = await open_at_the_folder(settings)
    engines = {**tools.engines, "fake": BilledBefore(Path(os.environ["BOOKS"]), holds=False)}
    options = OrderOptions(settle_s=0.1, lease_ttl_s=settings.lease_ttl_s)
    return replace(tools, orders=SendsFirst(tools.database, tools.media, engines, options=options))


def wait_for_nothing() -> None:
    """A run fails of what passes by itself; that is noted as soon as it can be."""
    fail = Drive._fail

    async def insist(self: Drive, error: Exception) -> None:
        while True:
            try:
                return await fail(self, error)
            except (DatabaseDown, OperationalError):
                await asyncio.sleep(AGAIN_S)  # nobody tells when the database answers again

    drive.AWAY = ()  # type: ignore[assignment]
    Drive._fail = insist  # type: ignore[method-assign]


OPENED = {"ledger": open_without_the_ledger, "intent": open_sending_first}


if __name__ == "__main__":
    guard_off = os.environ.get("GUARD_OFF", "")
    if guard_off == "waiting":
        wait_for_nothing()
    server.composition.open_toolbox = OPENED.get(guard_off, open_at_the_folder)
    server.composition.graph_specs = shopping_graphs
    main()
