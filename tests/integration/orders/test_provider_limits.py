"""All workers together ask an account of a provider no faster, and for no more at once, than it allows."""

import asyncio
import time
from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from state.errors import ProviderBusy
from state.order import Delivery, EngineRequest, Order
from tests.builders import an_image_request, an_order
from tests.fakes import FakeClock, FakeEngine, FakeProvider
from tests.integration.orders.shop import Shop, Worker
from tools.db.pool import Database
from tools.engines.base import JobStatus
from tools.engines.files import NO_FILES, Files
from tools.ledger.rows import OrderRow
from tools.orders.breakers import Breakers
from tools.orders.gate import READS_AT_ONCE, Gate
from tools.orders.keys import EngineKey, NoKeys
from tools.orders.limits import ProviderLimits, known_limits
from tools.orders.options import OrderOptions
from tools.resilience.retry import Backoff

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
NO_SLOTS = """
create or replace function greenlight_take_slot(
    key text, named text, most integer, job_s float8, hold_s float8,
    moment timestamptz default clock_timestamp()
) returns float8 language sql volatile as $$ select null::float8 $$
"""
PATIENT = Backoff(tries=4, first_s=0.01)


def limits(**figures: Any) -> dict[str, dict[str, ProviderLimits]]:
    return {"limits": {"fake": ProviderLimits(name="fake", **figures)}}


def picture(production: str, item: str) -> Order:
    return an_order(production, item=item, request=an_image_request(prompt=f"Ana, {item}"))


async def take(
    database: Database,
    at_s: float,
    *,
    burst: float | None = 2,
    most_wait_s: float = 60,
    seen: int | None = None,
) -> Any:
    """A token of a bucket that fills one a second, at a moment."""
    found = await database.fetch_one(
        "select greenlight_take_token('fake/', %s::float8, 1, %s, %s, %s) as told",
        (burst, most_wait_s, seen, BEGAN + timedelta(seconds=at_s)),
    )
    assert found is not None
    return found["told"]


async def close(database: Database, at_s: float, for_s: float) -> None:
    moment = BEGAN + timedelta(seconds=at_s)
    await database.execute("select greenlight_close_bucket('fake/', %s, %s)", (for_s, moment))


class SlowEngine(FakeEngine):
    """Jobs end when the test says so; knows how many ran at once."""

    def __init__(self, server: FakeProvider) -> None:
        super().__init__(server)
        self.over: dict[str, asyncio.Event] = {}
        self.running = self.most = 0

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        external_id = await super().submit(request, call_key=call_key, files=files)
        self.over[external_id] = asyncio.Event()
        self.running += 1
        self.most = max(self.most, self.running)
        return external_id

    async def wait(self, external_id: str) -> JobStatus:
        await self.over[external_id].wait()
        return await super().wait(external_id)

    def end(self, external_id: str) -> None:
        self.over[external_id].set()
        self.running -= 1


@asynccontextmanager
async def guard(database: Database, *, on: bool) -> AsyncIterator[None]:
    """The control: there is always a place."""
    found = await database.fetch_one("select pg_get_functiondef('greenlight_take_slot'::regproc) as source")
    assert found is not None
    if not on:
        await database.execute(NO_SLOTS)
    try:
        yield
    finally:
        await database.execute(found["source"])


async def two(shop: Shop, production: str, **more: Any) -> tuple[Worker, Worker]:
    """Two workers, with a production each."""
    return await shop.worker(production, **more), await shop.worker(await shop.production(), **more)


async def until(what: Any) -> None:
    """Until it is so, looked at each time others had their turn; never for long."""
    async with asyncio.timeout(10):
        while not what():
            await asyncio.sleep(0.005)


def test_the_figures_are_data_with_source_and_date() -> None:
    replicate = known_limits()["replicate"]
    assert (replicate.creates_a_minute, replicate.others_a_minute) == (600, 3000)
    for one in known_limits().values():
        assert one.source
        assert one.read_on == date(2026, 11, 23)
        assert one.in_flight is None or one.in_flight_source


async def test_tokens_come_back_with_time(database: Database) -> None:
    """Two at once, then one a second: each who comes too early is told the instant of its own."""
    assert [await take(database, 0) for _ in range(2)] == [None, None]
    assert [(await take(database, 0))["wait_s"] for _ in range(2)] == [1, 2]
    assert (await take(database, 2.5))["wait_s"] == pytest.approx(0.5)
    assert await take(database, 100) is None


async def test_a_token_that_is_too_far_off_is_not_taken(database: Database) -> None:
    for _ in range(2):
        await take(database, 0)
    assert (await take(database, 0, most_wait_s=0.9))["busy_s"] == 1
    assert (await take(database, 0, most_wait_s=1.0))["wait_s"] == 1


async def test_what_a_provider_asks_for_holds_for_all_and_for_those_who_wait(database: Database) -> None:
    for _ in range(2):
        await take(database, 0)
    waiting = await take(database, 0)
    assert await take(database, 1, seen=waiting["closes"]) is None, "its instant has come"
    await close(database, 1, 30)
    late = await take(database, 1, seen=waiting["closes"])
    assert (late["wait_s"], late["closes"]) == (30, waiting["closes"] + 1), (
        "it looks again and finds it closed"
    )
    assert (await take(database, 1))["wait_s"] == 31, "then one after the other"
    await close(database, 1, 5)
    assert (await take(database, 1))["wait_s"] == 32, "a shorter wish opens nothing"


async def test_without_a_figure_only_the_provider_decides(database: Database) -> None:
    assert [await take(database, 0, burst=None) for _ in range(50)] == [None] * 50
    await close(database, 0, 30)
    assert (await take(database, 29, burst=None))["wait_s"] == 1
    assert await take(database, 30, burst=None) is None


async def test_two_workers_share_the_rate(shop: Shop, production: str) -> None:
    """What the first used up the second waits for: it sleeps until the instant, once. Done when 7."""
    allowed = limits(creates_a_minute=2)
    first, second = await two(shop, production, **allowed)
    for item in ("1A", "1B"):
        await first.submit(picture(production, item))
    await second.submit(picture(second.lease.production_id, "1A"))
    assert first.clock.slept == []
    assert second.clock.slept == [pytest.approx(30, abs=1)]
    assert len(shop.provider.posts) == 3
    for worker in (first, second):
        await worker.orders.close()


async def test_a_429_with_a_hint_keeps_everybody_away(shop: Shop, production: str) -> None:
    first, second = await two(shop, production)
    first.engine = Asking(first, 45)
    await first.submit(picture(production, "1A"))
    await second.submit(picture(second.lease.production_id, "1A"))
    assert second.clock.slept == [pytest.approx(45, abs=1)]
    for worker in (first, second):
        await worker.orders.close()


class Asking(FakeEngine):
    """A provider that once asks to be left alone for so long."""

    def __init__(self, worker: Worker, for_s: float) -> None:
        super().__init__(worker.engine.server)
        self.for_s: float | None = for_s
        worker.orders._desk.engines = {"fake": self}

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        if self.for_s is not None:
            asked, self.for_s = self.for_s, None
            raise ProviderBusy(kind="throttled", provider="fake", details={"retry_after_s": asked})
        return await super().submit(request, call_key=call_key, files=files)


async def test_who_would_wait_too_long_is_told_when_to_come_back(shop: Shop, production: str) -> None:
    first, second = await two(shop, production)
    first.engine = Asking(first, 3600)
    with pytest.raises(ProviderBusy):
        await first.submit(picture(production, "1A"))
    order = picture(second.lease.production_id, "1A")
    with pytest.raises(ProviderBusy, match="fake takes no more for now") as busy:
        await second.submit(order)
    assert busy.value.details["retry_at"].startswith("2026-01-01T00:59") or busy.value.details[
        "retry_at"
    ].startswith("2026-01-01T01:00")
    assert "Come back on 2026-01-01" in busy.value.user_action
    assert (shop.provider.posts, second.clock.slept) == ([], [])
    assert (await shop.row(order.call_key))["cost_reserved"] == 0
    for worker in (first, second):
        await worker.orders.close()


@pytest.mark.parametrize("on", [True, False])
async def test_two_workers_share_the_places(shop: Shop, production: str, on: bool) -> None:
    """The second waits while the first's jobs run, and is rung when one of them ends."""
    engine = SlowEngine(shop.provider)
    more = {"engine": engine, "clock": FakeClock(), **limits(in_flight=2)}
    first, second = await two(shop, production, **more)
    async with guard(shop.database, on=on):
        tickets = [await first.submit(picture(production, item)) for item in ("1A", "1B")]
        waiting = asyncio.create_task(second.submit(picture(second.lease.production_id, "1A")))
        collecting = asyncio.create_task(first.collect(tickets[0]))
        if on:
            await until_waiting(shop.database)
            assert (len(shop.provider.posts), waiting.done()) == (2, False)
            began = time.monotonic()
            engine.end(tickets[0].external_id)
            await asyncio.wait_for(waiting, 10)
            assert time.monotonic() - began < 5, "nobody waited for the half hour that a job may take"
        else:
            await asyncio.wait_for(waiting, 10)
            engine.end(tickets[0].external_id)
    await collecting
    assert engine.most == (2 if on else 3)
    for worker in (first, second):
        await worker.orders.close()


async def until_waiting(database: Database) -> None:
    """Until somebody has said that it waits for a place."""
    async with asyncio.timeout(10):
        while not await database.fetch_all("select * from provider_limits where wanted_until > now()"):
            await asyncio.sleep(0.005)


async def test_who_orders_before_it_collects_does_not_wait_for_itself(shop: Shop, production: str) -> None:
    """Its own jobs have ended at the provider, though they are collected only after all were ordered."""
    worker = await shop.worker(production, **limits(in_flight=1))
    tickets = [await worker.submit(picture(production, f"{number}A")) for number in range(3)]
    assert len(shop.provider.posts) == 3
    assert [(await worker.collect(ticket)).take_number for ticket in tickets] == [1, 1, 1]
    assert await shop.database.fetch_all("select * from order_slots") == []
    await worker.orders.close()


async def test_ten_clips_are_made_five_at_once_in_two_rounds(shop: Shop, production: str) -> None:
    """S2-035: never more than five at once, and as long as the longest two after one another."""
    engine = SlowEngine(shop.provider)
    worker = await shop.worker(production, engine=engine, clock=FakeClock(), **limits(in_flight=5))
    work = [asyncio.create_task(worker.place(picture(production, f"{number}A"))) for number in range(10)]
    for already in (0, 5):
        await until(lambda already=already: len(engine.over) == already + 5 and engine.running == 5)
        for external_id in list(engine.over)[already:]:
            engine.end(external_id)
    made: list[Delivery] = await asyncio.gather(*work)
    assert (len(made), engine.most) == (10, 5)
    await worker.orders.close()


async def test_a_job_that_nobody_collects_does_not_count_for_ever(shop: Shop, production: str) -> None:
    worker = await shop.worker(
        production, engine=SlowEngine(shop.provider), **limits(in_flight=1, ends_in_s=600)
    )
    await worker.submit(picture(production, "1A"))
    await shop.database.execute("update orders set submitted_at = now() - interval '601 s'")
    await asyncio.wait_for(worker.submit(picture(production, "1B")), 10)
    await worker.orders.close()


async def test_a_worker_that_died_before_it_sent_holds_no_place(shop: Shop, production: str) -> None:
    """Nothing counts but the ledger: an intent holds its place no longer than a request may take."""
    worker = await shop.worker(production, **limits(in_flight=1))
    died = picture(production, "1A")
    await worker.submit(died)
    await shop.database.execute(
        "update orders set state = 'intent', submit_deadline = null, external_id = null;"
    )
    await shop.database.execute(
        "insert into order_slots values (%s, 'fake/', now() - interval '1 s') on conflict (call_key)"
        " do update set held_until = excluded.held_until",
        (died.call_key,),
    )
    await asyncio.wait_for(worker.submit(picture(production, "1B")), 10)
    await worker.orders.close()


async def test_other_accounts_have_limits_of_their_own(shop: Shop, production: str) -> None:
    """What a user sends with a key of their own takes nothing from the place, and waits for nobody of it."""
    worker = await shop.worker(production, **limits(creates_a_minute=1))
    await worker.submit(picture(production, "1A"))
    worker.orders._desk.keys = OwnKeys()
    await worker.submit(picture(production, "1B"))
    assert worker.clock.slept == []
    buckets = await shop.database.fetch_all("select bucket from provider_limits order by bucket")
    assert [row["bucket"] for row in buckets] == ["fake/", f"fake/{OwnKeys.key_id}"]
    await worker.orders.close()


class OwnKeys(NoKeys):
    """Everybody has a key of their own."""

    key_id = str(uuid4())

    async def lend(self, row: OrderRow, *, but: Collection[str] = ()) -> EngineKey:
        return EngineKey(key_id=self.key_id)


async def test_looks_at_jobs_are_paced_together_and_asked_for_in_bulk(shop: Shop, production: str) -> None:
    """3000 a minute are 150 turns of twenty looks; who has used them up sleeps until the next."""
    options = OrderOptions(**limits(others_a_minute=2 * READS_AT_ONCE), backoff=PATIENT)
    worker = await shop.worker(production)
    await worker.submit(picture(production, "1A"))
    row = OrderRow.of(await shop.row(picture(production, "1A").call_key))
    clocks, paused = [FakeClock(), FakeClock()], list[float]()
    gates = [
        Gate(shop.database, Breakers(shop.database, clock), options, clock, worker.orders._desk.job_ends)
        for clock in clocks
    ]

    async def pause(seconds: float) -> None:
        paused.append(seconds)

    for gate in gates:
        for _ in range(READS_AT_ONCE):
            await gate.paced(row, pause)(2.0)
    assert paused == [2.0] * (2 * READS_AT_ONCE)
    assert [clock.slept for clock in clocks] == [[], []]
    await gates[0].read(row)
    assert clocks[0].slept == [pytest.approx(30, abs=1)]
    await worker.orders.close()


async def test_pools_of_their_own_never_get_more_than_there_are(
    shop: Shop, production: str, shared_url: str
) -> None:
    """Twenty ask at once over four pools for three places: three get one."""
    worker = await shop.worker(production)
    keys = [picture(production, f"{number}A") for number in range(20)]
    for order in keys:
        await worker.submit(order)
    await shop.database.execute("update orders set state = 'intent', external_id = null")
    async with AsyncExitStack() as stack:
        pools = [await Database.open(shared_url, max_size=2, name=f"worker {n}") for n in range(4)]
        for pool in pools:
            stack.push_async_callback(pool.close)
        asked = [
            pools[number % 4].fetch_one(
                "select greenlight_take_slot(%s, 'fake/', 3, 600, 60) as full", (order.call_key,)
            )
            for number, order in enumerate(keys)
        ]
        answers = [found["full"] for found in await asyncio.gather(*asked) if found is not None]
    assert (len(answers), answers.count(None)) == (20, 3)
    await worker.orders.close()
