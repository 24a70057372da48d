"""Twenty runs that buy, and spending is stopped in the middle: they pause, say why, and lose nothing."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from nodes.parallel import in_parallel
from server.runs.accept import Runs
from server.runs.events import EventLog
from server.runs.graph_spec import GraphSpec
from server.runs.worker import Worker
from state.cost import Money
from state.order import EngineRequest, Ticket
from tests.builders import an_order
from tests.fakes import FakeEngine, FakeProvider, FakeStore
from tests.integration.runs.conftest import USER, StudioLot
from tests.integration.runs.tiny_graphs import TinyState, finish, line
from tests.postgres import empty
from tools.db.pool import Database
from tools.engines.files import NO_FILES, Files
from tools.ledger.ledger import QUERIES, Ledger
from tools.ledger.stops import Stop, Stops
from tools.orders.lease import current_lease
from tools.orders.options import OrderOptions
from tools.orders.place import Orders

RUNS, SHOTS = 20, 6
CENT = Money.usd("0.01")
HELD = 8


class NoStop(Ledger):
    """The guard off."""

    queries = QUERIES | {
        "arm": QUERIES["arm"].replace("greenlight_may_post(o.user_id)", "null::jsonb"),
        "claim": QUERIES["claim"].replace("asked.refusal is null", "true"),
    }


class Held(FakeEngine):
    """After a third of all requests, what is sent is on its way until the test lets it arrive."""

    def __init__(self, provider: FakeProvider) -> None:
        super().__init__(provider)
        self.enough, self.arrive, self.held = asyncio.Event(), asyncio.Event(), 0

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        if len(self.server.posts) >= RUNS * SHOTS // 3:
            self.held += 1
            if self.held == HELD:
                self.enough.set()
            await self.arrive.wait()
        return await super().submit(request, call_key=call_key, files=files)


class Studio:
    """A worker whose one graph buys takes of a provider with prices."""

    def __init__(self, database: Database, folder: Path, ledger: type[Ledger]) -> None:
        self.database, self.provider = database, FakeProvider()
        self.engine = Held(self.provider)
        self.orders = Orders(
            database, FakeStore(folder), {"fake": self.engine}, ledger=ledger(database),
            options=OrderOptions(),
        )  # fmt: skip
        graphs = {"shoot": GraphSpec(graph=line(self.submit_takes, finish))}
        self.lot = StudioLot(database=database, runs=Runs(database, graphs), events=EventLog(database))
        self.worker = Worker(database, graphs, self.lot.events, slots=8, lease_ttl_s=30, sweep_every_s=5)

    async def submit_takes(self, state: TinyState) -> dict[str, Any]:
        lease = current_lease.get()
        assert lease is not None

        async def hand_in(number: int) -> Ticket:
            order = an_order(lease.production_id, item=f"{number}A")
            return await self.orders.submit(order, price=CENT)

        tickets = await in_parallel(range(1, SHOTS + 1), hand_in, at_once=2)
        return {"log": [ticket.call_key for ticket in tickets]}


@pytest.fixture
async def emptied(database_url: str, database: Database) -> AsyncIterator[Database]:
    yield database
    with psycopg.connect(database_url, autocommit=True) as connection:
        empty(connection, "spending_stops")


async def stopped(studio: Studio) -> tuple[list[str], int, Stop]:
    """The productions after a stop in the middle, and how many requests reached the provider after it."""
    await studio.worker.start()
    allowed = {"preproduction_usd": "1000"}
    start = partial(studio.lot.runs.start, user_id=USER, graph="shoot", title="shoot", brief={})
    started = [await start(context=allowed) for _ in range(RUNS)]
    await studio.engine.enough.wait()
    stop = await Stops(studio.database).stop(None, by=USER, reason="enough")
    acknowledged = len(studio.provider.posts)
    studio.engine.arrive.set()
    for one in started:
        await studio.lot.until(one.production_id, "paused", "completed")
    return [one.production_id for one in started], len(studio.provider.posts) - acknowledged, stop


async def test_nothing_leaves_after_the_stop_and_all_goes_on_after_the_release(
    emptied: Database, tmp_path: Path
) -> None:
    studio = Studio(emptied, tmp_path, Ledger)
    productions, late, stop = await stopped(studio)
    assert len(studio.provider.posts) < RUNS * SHOTS
    assert HELD <= late <= stop.on_their_way, "only what was on its way, all of it told"
    paused = [one for one in productions if (await studio.lot.state(one)).status == "paused"]
    states = [await studio.lot.state(one) for one in paused]
    assert {state.error["code"] for state in states if state.error} == {"spending_stopped"}
    assert len(paused) == len([state for state in states if state.error and not state.interrupts]) > 0

    told = await emptied.fetch_all(
        "select production_id::text from events where payload ->> 'name' = 'spending_stopped'"
    )
    assert sorted(row["production_id"] for row in told) == sorted(paused), "followers hear of it, once"

    await Stops(emptied).release(None, by=USER)
    for one in paused:
        await studio.lot.runs.resume(user_id=USER, production_id=one)
        await studio.lot.until(one, "completed", runs=2)
    assert len(studio.provider.posts) == len(set(studio.provider.posts)) == RUNS * SHOTS
    await studio.worker.stop(timeout_s=5)
    await studio.lot.events.close()


async def test_without_the_switch_requests_leave_after_it(emptied: Database, tmp_path: Path) -> None:
    studio = Studio(emptied, tmp_path, NoStop)
    _, late, stop = await stopped(studio)
    assert late > stop.on_their_way
    await studio.worker.stop(timeout_s=5)
    await studio.lot.events.close()
