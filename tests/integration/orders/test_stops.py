"""The stop switch: what was armed before it is counted, and nothing leaves after it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, LiteralString, cast

import psycopg
import pytest
from psycopg.rows import dict_row

from state.cost import ZERO, Charged, Money
from state.errors import SpendingStopped
from state.order import TextAnswer
from tests.builders import a_text_order, an_order
from tests.integration.orders.shop import TEXT_MOST, TEXT_USAGE, Shop, Worker, Writer
from tools.db import migrations
from tools.db.pool import Database
from tools.engines.base import JobStatus
from tools.ledger.ledger import QUERIES, Ledger
from tools.ledger.rows import Claim
from tools.ledger.stops import Stop, Stops
from tools.models.base import Booking, TextCall, TextEnd

CENT = Money.usd("0.01")
RUNS = 20
LATE = """
select count(*)::int as many from order_attempts a, spending_stops s where a.posted_at > s.stopped_at
"""


WAITING = """
select count(*) from pg_locks l join pg_database d on d.oid = l.database
where l.locktype = 'advisory' and not l.granted and d.datname = current_database()
"""
UNSTOPPED = QUERIES["arm"].replace("asked.refusal is null", "true")


class NoStop(Ledger):
    """The guard off: nobody looks at the switch before the bytes leave."""

    queries = QUERIES | {
        "arm": UNSTOPPED.replace("select asked.refusal,", "select null::jsonb as refusal,"),
        "claim": QUERIES["claim"].replace("asked.refusal is null", "true"),
    }


@pytest.fixture
def stops(shop: Shop) -> Stops:
    return Stops(shop.database)


async def test_a_stop_holds_up_what_costs_and_nothing_else(
    worker: Worker, shop: Shop, stops: Stops, production: str
) -> None:
    await stops.stop(None, by="local", reason="the bill is odd")
    with pytest.raises(SpendingStopped, match="for everybody: the bill is odd") as caught:
        await worker.submit(an_order(production), price=CENT)
    assert caught.value.details["reason"] == "stopped_all"
    assert (caught.value.asked, caught.value.charged) == (False, Charged())
    assert await worker.orders.history(production) == []
    await worker.submit(an_order(production, item="1B"), price=ZERO)
    assert await told(shop) == [{"everybody": True, "why": "the bill is odd"}]


async def test_released_it_is_bought(worker: Worker, shop: Shop, stops: Stops, production: str) -> None:
    await stops.stop("local", by="local")
    for _ in range(2):
        with pytest.raises(SpendingStopped, match="Your spending is stopped"):
            await worker.submit(an_order(production), price=CENT)
    assert len(await told(shop)) == 1, "once for each stop"
    assert await stops.release("local", by="local")
    await worker.submit(an_order(production), price=CENT)
    assert len(shop.provider.posts) == 1
    assert not await stops.release("local", by="local"), "nothing was stopped any more"


async def test_another_users_stop_is_theirs(
    worker: Worker, shop: Shop, stops: Stops, production: str
) -> None:
    await stops.stop("somebody", by="local")
    await worker.submit(an_order(production), price=CENT)
    assert len(shop.provider.posts) == 1


async def test_a_second_stop_is_the_first(stops: Stops) -> None:
    first, again = await stops.stop(None, by="one", reason="odd"), await stops.stop(None, by="other")
    assert (again.stop_id, again.stopped_by, again.reason) == (first.stop_id, "one", "odd")
    assert [one.stop_id for one in await stops.in_force()] == [first.stop_id]


async def test_a_stop_between_the_intent_and_the_request(shop: Shop, stops: Stops, production: str) -> None:
    """The order stays, with its reservation, and is sent by whoever places it again."""

    async def stopped(name: str) -> None:
        if name == "after_intent":
            await stops.stop(None, by="local")

    worker = await shop.worker(production, fault=stopped)
    order = an_order(production)
    with pytest.raises(SpendingStopped):
        await worker.submit(order, price=CENT)
    assert (shop.provider.posts, await shop.outcomes(order.call_key)) == ([], [])
    assert (await worker.orders.costs(production)).reserved == CENT
    await stops.release(None, by="local")
    await worker.place(order, price=CENT)
    assert (await worker.orders.costs(production)).billed == CENT


async def test_what_was_armed_before_is_told(shop: Shop, stops: Stops, production: str) -> None:
    seen: list[Any] = []

    async def stopped(name: str) -> None:
        if name == "before_post":
            seen.append(await stops.stop(None, by="local"))

    worker = await shop.worker(production, fault=stopped)
    await worker.submit(an_order(production), price=CENT)
    [stop] = seen
    assert (stop.on_their_way, stop.at_providers) == (1, 0)
    assert len(shop.provider.posts) == 1
    await stops.release(None, by="local")
    assert (await stops.stop(None, by="local")).at_providers == 1


@asynccontextmanager
async def counted_as_in(database: Database, schema: str) -> AsyncIterator[None]:
    """Stops count as this schema has it."""
    folder = Path(migrations.__file__).parent
    await database.execute(_stopping(folder / f"schema_{schema}.sql"))
    try:
        yield
    finally:
        await database.execute(_stopping(folder / "schema_0020.sql"))


def _stopping(file: Path) -> str:
    text = file.read_text("utf-8").replace("create function", "create or replace function")
    start = text.index("create or replace function greenlight_stop_spending")
    return text[start : text.index("$$;", start) + 3]


@pytest.mark.parametrize(
    ("schema", "provider", "who", "told"),
    [("0020", "openai", None, 1), ("0020", "openai", "local", 1), ("0020", "openai", "somebody", 0),
     ("0020", "openai_compatible", None, 0), ("0013", "openai", None, 0)],
)  # fmt: skip
async def test_text_on_its_way_is_told(
    worker: Worker, shop: Shop, stops: Stops, production: str, *,
    schema: str, provider: str, who: str | None, told: int,
) -> None:  # fmt: skip
    """Paid text, of those who are stopped. Schema 0013 is the control: it looks at deadlines alone."""
    seen: list[Stop] = []

    async def call(booking: Booking) -> TextAnswer:
        await booking.begin(TextCall(provider=provider, model="gpt-5", most=TEXT_MOST))
        seen.append(await stops.stop(who, by="local"))
        booking.end(TextEnd(outcome="done", usage=TEXT_USAGE))
        return TextAnswer(content={})

    async with counted_as_in(shop.database, schema):
        await worker.ask(a_text_order(production), call)
        assert [(one.on_their_way, one.at_providers) for one in seen] == [(told, 0)]


async def test_text_that_came_is_not_on_its_way(
    worker: Worker, shop: Shop, stops: Stops, production: str
) -> None:
    await worker.ask(a_text_order(production), Writer())
    assert (await stops.stop(None, by="local")).on_their_way == 0


async def test_a_job_that_died_is_made_again_when_it_may(
    worker: Worker, shop: Shop, stops: Stops, production: str
) -> None:
    worker.engine.job_troubles = [JobStatus(state="failed", kind="transient_job", error="runner died")]
    ticket = await worker.submit(an_order(production), price=CENT)
    await stops.stop(None, by="local")
    for _ in range(2):
        with pytest.raises(SpendingStopped) as stopped:
            await worker.collect(ticket)
        assert (stopped.value.asked, stopped.value.charged) == (True, Charged(billed=CENT)), "the first job"
    assert (await worker.orders.costs(production)).billed == CENT
    assert await shop.outcomes(ticket.call_key) == ["transient_job"]
    await stops.release(None, by="local")
    delivery = await worker.collect(ticket)
    assert (delivery.cost, len(shop.provider.posts)) == (CENT * 2, 2)


async def test_whoever_stops_waits_for_who_is_arming(
    shared_url: str, worker: Worker, shop: Shop, production: str
) -> None:
    """Two connections: an arm that began before the stop is committed before it, and counted."""
    async with arming(shared_url, worker, QUERIES["arm"]) as connection:
        stopping = asyncio.create_task(Stops(shop.database).stop(None, by="local"))
        await _somebody_waits(shared_url)
        assert not stopping.done()
        await connection.commit()
    stop = await stopping
    [attempt] = await shop.database.fetch_all("select posted_at from order_attempts")
    assert attempt["posted_at"] < stop.stopped_at
    assert stop.on_their_way == 1


async def test_without_the_lock_an_arm_outlives_the_stop(
    shared_url: str, worker: Worker, shop: Shop, production: str
) -> None:
    """The control: it is allowed to leave after the stop has said that nothing can."""
    async with arming(shared_url, worker, QUERIES["arm"].replace("_may_post", "_stop_of")) as connection:
        stop = await Stops(shop.database).stop(None, by="local")
        await connection.commit()
    assert stop.on_their_way == 0
    assert await shop.database.fetch_all("select from order_attempts")


async def test_who_arms_waits_for_whoever_stops(
    shared_url: str, worker: Worker, shop: Shop, production: str
) -> None:
    ledger = Ledger(shop.database)
    row, _ = await ledger.claim(_claim(production), epoch=worker.lease.epoch)
    async with await psycopg.AsyncConnection.connect(shared_url) as stopping:
        await stopping.execute("select greenlight_stop_spending(null, 'local', '')")
        arming = asyncio.create_task(ledger.arm(row, epoch=worker.lease.epoch, timeout_s=30))
        await _somebody_waits(shared_url)
        assert not arming.done()
        await stopping.commit()
    with pytest.raises(SpendingStopped):
        await arming
    assert await shop.outcomes(row.call_key) == []


async def test_twenty_runs_buying_and_a_stop_in_the_middle(shop: Shop) -> None:
    late, bought = await twenty_runs(shop, Ledger(shop.database))
    assert late == 0
    assert 0 < bought < RUNS * 10


async def test_without_the_switch_some_leave_after_it(shop: Shop) -> None:
    late, _ = await twenty_runs(shop, NoStop(shop.database))
    assert late > 0


async def twenty_runs(shop: Shop, ledger: Ledger) -> tuple[int, int]:
    """How many requests left after the stop, and how many in all; the stop comes with the 50th job."""
    stops, enough = Stops(shop.database), asyncio.Event()
    workers = [
        await shop.worker(await shop.production(), ledger=ledger, fault=_counting(shop, enough))
        for _ in range(RUNS)
    ]

    async def buy(worker: Worker) -> None:
        for number in range(1, 11):
            order = an_order(worker.lease.production_id, item=f"{number}A")
            await worker.submit(order, price=CENT)

    runs = [asyncio.create_task(buy(worker)) for worker in workers]
    await enough.wait()
    await stops.stop(None, by="local")
    ends = await asyncio.gather(*runs, return_exceptions=True)
    assert not [end for end in ends if end is not None and not isinstance(end, SpendingStopped)]
    found = await shop.database.fetch_one(LATE)
    assert found is not None
    return found["many"], len(shop.provider.posts)


def _counting(shop: Shop, enough: asyncio.Event) -> Any:
    async def counted(name: str) -> None:
        if name == "after_id" and len(shop.provider.posts) >= 50:
            enough.set()

    return counted


async def told(shop: Shop) -> list[dict[str, Any]]:
    rows = await shop.database.fetch_all(
        "select payload -> 'payload' as told from events where payload ->> 'name' = 'spending_stopped'"
    )
    return [row["told"] for row in rows]


def _claim(production: str) -> Claim:
    return Claim.of_order(an_order(production), price=CENT, price_edition="", prompt_digest="")


@asynccontextmanager
async def arming(url: str, worker: Worker, arm: str) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    """A connection that has armed an order and has not committed it yet."""
    claim = _claim(worker.lease.production_id)
    row, _ = await Ledger(worker.orders._database).claim(claim, epoch=worker.lease.epoch)
    fence = {
        "call_key": row.call_key,
        "attempt": 0,
        "epoch": worker.lease.epoch,
        "timeout_s": 30,
        "key_id": None,
        "key_version": None,
        "key_mark": None,
    }
    async with await psycopg.AsyncConnection.connect(url, row_factory=dict_row) as connection:
        armed = await (await connection.execute(cast("LiteralString", arm), fence)).fetchone()
        assert armed is not None
        assert (armed["refusal"], armed["attempt"]) == (None, 1)
        yield connection


async def _somebody_waits(url: str) -> None:
    """Stands behind the switch's lock."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as looking, asyncio.timeout(10):
        while (await (await looking.execute(WAITING)).fetchone()) == (0,):
            await asyncio.sleep(0)
