"""The lease keeper: a busy loop keeps its leases, a lost lease is noticed, a cut database is survived."""

import asyncio
import logging
import threading
import time
from contextlib import AsyncExitStack, suppress

import psycopg
import pytest

from server.runs.lease_keeper import LeaseKeeper
from server.runs.roster import own_card
from server.runs.slot import Slot
from state.errors import DatabaseDown
from tests.integration.runs.conftest import StudioLot
from tests.integration.runs.tiny_graphs import GATES, graphs
from tools.db import pool
from tools.db.pool import Database
from tools.orders.lease import Lease, claim

TTL_S = 0.6


class Told:
    """What the keeper said, and a way to wait for it."""

    def __init__(self) -> None:
        self.lost, self.cancelled = asyncio.Event(), asyncio.Event()


@pytest.fixture
async def held(lot: StudioLot):
    run = await lot.start("line")
    lease = await claim(lot.database, run.production_id, owner="me", ttl_s=TTL_S)
    assert lease is not None
    return lease


@pytest.fixture
async def keeper(lot: StudioLot, held: Lease):
    told = Told()
    card = own_card(role="work", slots=1, version="test")
    keeper = LeaseKeeper(lot.database.url, card, ttl_s=TTL_S)
    keeper.start()
    keeper.hold(held, on_lost=told.lost.set, on_cancel=told.cancelled.set)
    yield keeper, told
    await keeper.stop()


def block_the_loop(seconds: float) -> None:
    time.sleep(seconds)


async def test_a_busy_loop_keeps_its_lease(lot, held, keeper):
    block_the_loop(2 * TTL_S)

    assert await claim(lot.database, held.production_id, owner="other", ttl_s=1) is None


async def test_without_the_keeper_a_busy_loop_loses_it(lot, held):
    """The control."""
    block_the_loop(2 * TTL_S)

    assert await claim(lot.database, held.production_id, owner="other", ttl_s=1) is not None


async def test_a_lost_lease_is_told(lot, held, keeper):
    await lot.database.execute("update productions set epoch = epoch + 1")

    await asyncio.wait_for(keeper[1].lost.wait(), 3)
    assert not keeper[1].cancelled.is_set()


class Silence(logging.Handler):
    """Hears that a beat failed."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if "could not be renewed" in record.getMessage():
            self.heard.set()


@pytest.mark.parametrize("error", [psycopg.errors.UndefinedTable("no table"), RuntimeError("whatever")])
async def test_no_error_ends_the_keeper(lot, held, keeper, monkeypatch, error):
    """A keeper that has died says nothing, and its worker drives on until others have taken everything."""
    silence, beat = Silence(), keeper[0]._beat
    logging.getLogger("server.runs.lease_keeper").addHandler(silence)

    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(keeper[0], "_beat", fails)
    keeper[0].beat_now()
    assert await asyncio.to_thread(silence.heard.wait, 3)
    monkeypatch.setattr(keeper[0], "_beat", beat)
    keeper[0].beat_now()
    logging.getLogger("server.runs.lease_keeper").removeHandler(silence)
    await asyncio.to_thread(block_the_loop, 2 * TTL_S)
    assert await claim(lot.database, held.production_id, owner="other", ttl_s=1) is None


async def test_a_wish_to_cancel_is_heard_even_without_its_notification(lot, held, keeper):
    await lot.database.execute("update runs set status = 'running', cancel_requested = true")

    await asyncio.wait_for(keeper[1].cancelled.wait(), 3)
    assert not keeper[1].lost.is_set()


async def test_a_lease_that_was_given_back_is_not_renewed(lot, held, keeper):
    """The keeper may come a moment later than the end of the run; nobody could claim the production then."""
    await lot.database.execute("update productions set lease_owner = null, lease_until = null")
    await lot.database.execute("update runs set status = 'running', cancel_requested = true")

    await asyncio.wait_for(keeper[1].cancelled.wait(), 3)  # so it came by
    assert not keeper[1].lost.is_set()
    assert await claim(lot.database, held.production_id, owner="other", ttl_s=1) is not None


@pytest.fixture
def gate():
    GATES["here"] = asyncio.Event()
    yield GATES["here"]
    GATES.clear()


async def test_a_worker_whose_lease_was_taken_stops_and_writes_nothing(lot, gate):
    async with lot.worker():
        run = await lot.start("waits", wait_for="here")
        async for event in lot.events.follow(run.production_id):
            if event.method == "tasks" and event.payload["name"] == "wait_long":
                break
        await lot.database.execute(
            "update productions set epoch = epoch + 1, lease_until = now() + interval '1 hour'"
        )
        before = await lot.log(run.production_id)
        gate.set()
    assert await lot.log(run.production_id) == before


CUT = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""


async def test_a_database_that_cut_every_connection_is_survived(lot, gate, tmp_path):
    """What a restart of the database does to a worker in the middle of a run."""
    tally = tmp_path / "tally"
    async with lot.worker():
        run = await lot.start("waits", wait_for="here", tally=str(tally))
        async for event in lot.events.follow(run.production_id):
            if event.method == "tasks" and event.payload["name"] == "wait_long":
                break
        await lot.database.execute(CUT)
        gate.set()
        ended = [event.ends async for event in lot.events.follow(run.production_id, until_end=True)]
        state = await lot.state(run.production_id)

    assert (ended[-1], state.values["log"]) == ("completed", ["plan", "waited", "finish"])
    assert tally.read_text().split().count("finish") == 1


LOCK = "select 1 from productions where production_id = %s for no key update"
THERE = "select 1 from pg_stat_activity where pid = %s"
UNLIMITED = "set local idle_in_transaction_session_timeout = 0"
AS_IT_WAS = "set local idle_in_transaction_session_timeout to default"
TERMS = {"owner": "other", "ttl_s": 1.0, "patience_s": 600.0}


@pytest.mark.parametrize("rests", [False, True], ids=["frozen", "resting"])
async def test_who_is_frozen_inside_a_transaction_keeps_nobody_from_its_production(
    lot: StudioLot, database_url: str, monkeypatch: pytest.MonkeyPatch, rests: bool
):
    """A claim passes over rows that somebody has locked; with the limit off, the control, for ever."""
    monkeypatch.setattr(pool, "STANDSTILL_MS", 100)
    run = await lot.start("line")
    async with AsyncExitStack() as stack:
        frozen, slot = await Database.open(database_url, max_size=1), Slot(database_url, graphs())
        stack.push_async_callback(frozen.close)
        stack.push_async_callback(slot.close)
        with suppress(StandingStill, DatabaseDown):
            async with frozen.transaction(rests=rests) as connection:
                await connection.execute(UNLIMITED)  # until it was seen that the row is passed over
                await connection.execute(LOCK, [run.production_id])
                assert await slot.claim_next(**TERMS) is None
                if not rests:
                    await connection.execute(AS_IT_WAS)
                there = [connection.info.backend_pid]
                while not rests and await lot.database.fetch_one(THERE, there):
                    await asyncio.sleep(0)
                assert (await slot.claim_next(**TERMS) is None) is rests
                raise StandingStill


class StandingStill(Exception):
    """The transaction is never committed."""
