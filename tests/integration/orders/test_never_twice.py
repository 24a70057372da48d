"""One order is one paid POST: doubled calls, dead workers, frozen workers, lost answers."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, ClassVar

import pytest

from state.errors import DatabaseDown, DeadlinePassed, LeaseLost, OrderParked, ProviderFailed
from state.order import Delivery, Order, Ticket
from tests.builders import an_image_request, an_order
from tests.fakes import Crash, CrashAt, FakeClock, FakeEngine
from tests.integration.orders.shop import Shop, Worker, working
from tools.ledger.ledger import QUERIES, Ledger
from tools.ledger.rows import OrderRow

CRASHES = (
    "before_intent", "after_intent", "after_post", "after_id", "during_download", "after_bytes",
    "before_done",
)  # fmt: skip


class ManyMaySend(Ledger):
    """The guard off: arming compares nothing."""

    queries = QUERIES | {
        "arm": QUERIES["arm"]
        .replace("and o.attempt = %(attempt)s\n        and o.submit_deadline is null", "")
        .replace("select call_key, attempt,", "select call_key, 1000 + (random() * 1e6)::int,")
    }


class NoFence(Ledger):
    """The guard off: whoever lost the lease writes on."""

    queries: ClassVar[dict[str, str]] = {
        name: sql.replace("p.epoch = %(epoch)s", "%(epoch)s::bigint is not null")
        for name, sql in QUERIES.items()
    }

    async def _lock(self, connection: Any, production_id: str, *, epoch: int) -> Any:
        return await self._one(connection, "lock_production", {"production_id": production_id})


class FrozenAfterArming(Ledger):
    """Between the intent and the request the process stops, and something else happens."""

    def __init__(self, shop: Shop, meanwhile: Callable[[], Awaitable[object]]) -> None:
        super().__init__(shop.database)
        self._meanwhile = meanwhile

    async def arm(self, row: OrderRow, *, epoch: int, timeout_s: float) -> OrderRow | None:
        armed = await super().arm(row, epoch=epoch, timeout_s=timeout_s)
        await self._meanwhile()
        return armed


async def buy_without_ledger(worker: Worker, shop: Shop, order: Order, point: str) -> None:
    """The guard off altogether: what a node that calls the provider itself would do."""
    hook = CrashAt(point)
    external_id = await worker.engine.submit(order.request, call_key=order.call_key)
    await hook("after_post")
    await worker.engine.wait(external_id)
    await hook("before_done")


async def test_twenty_calls_at_once_in_one_process(worker: Worker, shop: Shop, production: str) -> None:
    order = an_order(production)
    tickets = await asyncio.gather(*(worker.submit(order) for _ in range(20)))
    assert len(set(tickets)) == 1
    assert shop.provider.posts == [order.call_key]


async def test_twenty_processes_at_once(shop: Shop, production: str) -> None:
    order = an_order(production)
    tickets = await twenty_processes(shop, production, order)
    assert {ticket.external_id for ticket in tickets} == {"job-1"}
    assert shop.provider.posts == [order.call_key]


async def test_without_the_comparison_twenty_processes_pay_more_than_once(
    shop: Shop, production: str
) -> None:
    order = an_order(production)
    await twenty_processes(shop, production, order, ledger=ManyMaySend(shop.database))
    assert len(shop.provider.posts) > 1


async def twenty_processes(shop: Shop, production: str, order: Order, **more: Any) -> list[Ticket]:
    lease = await shop.lease(production)
    clock = FakeClock()
    workers = [await shop.worker(production, lease=lease, clock=clock, **more) for _ in range(20)]
    results = await asyncio.gather(*(each.submit(order) for each in workers), return_exceptions=True)
    return [result for result in results if isinstance(result, Ticket)]


@pytest.mark.parametrize("point", CRASHES)
async def test_a_crash_at_any_step_pays_once(point: str, shop: Shop, production: str) -> None:
    order = an_order(production)
    delivery, crashes = await crash_and_go_on(shop, production, order, point)
    assert crashes == 1
    assert shop.provider.posts == [order.call_key]
    stored = await shop.store.get(delivery.media.key)
    assert stored.read_bytes() == shop.provider.content("job-1")
    assert (await shop.row(order.call_key))["state"] == "done"


@pytest.mark.parametrize("point", ["after_post", "before_done"])
async def test_without_the_ledger_the_same_crash_pays_twice(
    point: str, shop: Shop, production: str, worker: Worker
) -> None:
    order = an_order(production)
    with pytest.raises(Crash):
        await buy_without_ledger(worker, shop, order, point)
    await buy_without_ledger(worker, shop, order, "nowhere")
    assert len(shop.provider.posts) == 2


async def crash_and_go_on(shop: Shop, production: str, order: Order, point: str) -> tuple[Delivery, int]:
    hook = CrashAt(point)
    victim = await shop.worker(production, fault=hook)
    with pytest.raises(Crash):
        await victim.place(order)
    successor = await shop.worker(production)
    return await successor.place(order), hook.crashes


async def test_an_old_epoch_buys_nothing(shop: Shop, production: str) -> None:
    old = await shop.worker(production)
    new = await shop.worker(production)
    with pytest.raises(LeaseLost):
        await old.submit(an_order(production))
    await new.submit(an_order(production))
    assert len(shop.provider.posts) == 1


async def test_without_the_fence_an_old_epoch_buys(shop: Shop, production: str) -> None:
    old = await shop.worker(production, ledger=NoFence(shop.database))
    await shop.worker(production)
    with suppress(LeaseLost):
        await old.submit(an_order(production))
    assert len(shop.provider.posts) == 1


async def test_an_old_epoch_stores_no_result(shop: Shop, production: str) -> None:
    old = await shop.worker(production)
    ticket = await old.submit(an_order(production))
    new = await shop.worker(production)
    with pytest.raises(LeaseLost):
        await old.collect(ticket)
    assert (await new.collect(ticket)).media.size_bytes > 0
    assert len(shop.provider.posts) == 1


async def test_a_frozen_owner_gives_up(shop: Shop, production: str) -> None:
    """It wakes after its deadline, when its successor has bought: it must not send."""
    order = an_order(production)
    frozen = await a_worker_that_freezes(shop, order, frozen_s=3600)
    with pytest.raises((DeadlinePassed, LeaseLost)):
        await frozen.submit(order)
    assert shop.provider.posts == [order.call_key]


async def test_a_frozen_owner_whose_clock_stood_still_pays_twice(shop: Shop, production: str) -> None:
    """The control: without the look at the clock after the freeze there are two payments."""
    order = an_order(production)
    frozen = await a_worker_that_freezes(shop, order, frozen_s=0)
    with pytest.raises(LeaseLost):
        await frozen.submit(order)
    assert len(shop.provider.posts) == 2


async def a_worker_that_freezes(shop: Shop, order: Order, *, frozen_s: float) -> Worker:
    """It stops after arming; meanwhile a successor takes the production over and buys."""
    clock = FakeClock()

    async def meanwhile() -> None:
        successor = await shop.worker(order.production_id)
        await successor.place(order)
        clock.passed_s += frozen_s

    ledger = FrozenAfterArming(shop, meanwhile)
    return await shop.worker(order.production_id, clock=clock, ledger=ledger)


async def test_a_lost_reply_is_adopted(worker: Worker, shop: Shop, production: str) -> None:
    order = an_order(production)
    worker.engine.troubles = ["lost_reply"]
    ticket = await worker.submit(order)
    assert ticket.external_id == "job-1"
    assert shop.provider.posts == [order.call_key]
    assert await shop.outcomes(order.call_key) == ["adopted"]


async def test_a_lost_request_is_proven_absent_and_sent_again(
    worker: Worker, shop: Shop, production: str
) -> None:
    order = an_order(production)
    worker.engine.troubles = ["lost_request"]
    await worker.submit(order)
    assert shop.provider.posts == [order.call_key]
    assert await shop.outcomes(order.call_key) == ["absent", "accepted"]


async def test_absence_counts_only_after_the_deadline(shop: Shop, production: str) -> None:
    """Until then the request may still arrive, so a clock that stands still sends nothing more."""
    worker = await shop.worker(production, clock=FakeClock(), submit_timeout_s=0.2, settle_s=0.3)
    worker.engine.troubles = ["lost_request"]
    await worker.submit(an_order(production))
    gap = await shop.database.fetch_one(
        "select max(posted_at) - min(posted_at) >= interval '0.5 s' as waited from order_attempts"
    )
    assert gap == {"waited": True}


async def test_a_provider_that_cannot_be_asked_parks_the_order(shop: Shop, production: str) -> None:
    worker = await shop.worker(production, engine=FakeEngine(shop.provider, reconcile="blind"))
    worker.engine.troubles = ["lost_reply"]
    order = an_order(production)
    for _ in range(2):
        with pytest.raises(OrderParked):
            await worker.submit(order)
    assert len(shop.provider.posts) == 1
    assert (await shop.row(order.call_key))["state"] == "unknown"


async def test_only_a_person_sends_a_parked_order_again(shop: Shop, production: str) -> None:
    worker = await shop.worker(production, engine=FakeEngine(shop.provider, reconcile="blind"))
    worker.engine.troubles = ["lost_reply"]
    order = an_order(production)
    with pytest.raises(OrderParked):
        await worker.submit(order)
    with working(worker.lease):
        again = await worker.orders.resubmit(order.call_key)
    assert again.external_id == "job-2"


async def test_an_idempotent_provider_is_simply_asked_again(shop: Shop, production: str) -> None:
    worker = await shop.worker(production, engine=FakeEngine(shop.provider, reconcile="idempotent_submit"))
    worker.engine.troubles = ["lost_reply"]
    order = an_order(production)
    assert (await worker.submit(order)).external_id == "job-1"
    assert shop.provider.posts == [order.call_key]


async def test_a_job_of_another_order_is_never_adopted(worker: Worker, shop: Shop, production: str) -> None:
    """The same request under two keys: the lost one may not take the other's job."""
    await worker.submit(an_order(production, item="1A"))
    worker.engine.troubles = ["lost_request"]
    other = an_order(production, item="1B")
    ticket = await worker.submit(other)
    assert ticket.external_id == "job-2"
    assert await shop.outcomes(other.call_key) == ["absent", "accepted"]


async def test_an_id_that_only_the_audit_has_is_adopted(shop: Shop, production: str) -> None:
    """The owner lost its lease between the POST and the id: the successor need not even ask."""
    order = an_order(production)

    async def overtaken(name: str) -> None:
        if name == "after_post":
            await shop.lease(production)

    old = await shop.worker(production, fault=overtaken)
    with pytest.raises(LeaseLost):
        await old.submit(order)
    new = await shop.worker(production)
    assert (await new.submit(order)).external_id == "job-1"
    assert shop.provider.reads["find"] == 0


async def test_a_cancelled_caller_loses_no_job(worker: Worker, shop: Shop, production: str) -> None:
    """Cancelled in the middle of the POST: the id is stored before the caller is let go."""
    order = an_order(production)
    started, go_on = asyncio.Event(), asyncio.Event()
    submit = worker.engine.submit

    async def slow(*arguments: Any, **more: Any) -> str:
        started.set()
        await go_on.wait()
        return await submit(*arguments, **more)

    worker.engine.submit = slow  # type: ignore[method-assign]
    task = asyncio.create_task(worker.submit(order))
    await started.wait()
    task.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await shop.row(order.call_key))["external_id"] == "job-1"


async def test_a_new_decision_is_bought(worker: Worker, shop: Shop, production: str) -> None:
    first = await worker.place(an_order(production))
    red = an_order(production, cause="gate-1", request=an_image_request(seed=8))
    second = await worker.place(red)
    assert (first.take_number, second.take_number) == (1, 2)
    assert len(shop.provider.posts) == 2


async def test_a_successor_does_not_wait_for_a_job_that_is_there(shop: Shop, production: str) -> None:
    """The request arrived, so nobody needs to wait until its deadline has passed."""
    order = an_order(production)
    victim = await shop.worker(production, fault=CrashAt("after_post"))
    with pytest.raises(Crash):
        await victim.submit(order)
    successor = await shop.worker(production)
    assert (await successor.submit(order)).external_id == "job-1"
    assert successor.clock.slept == []


async def test_a_successor_waits_while_its_predecessor_may_be_sending(shop: Shop, production: str) -> None:
    order = an_order(production)
    ledger = FrozenAfterArming(shop, CrashAt("frozen").now)
    victim = await shop.worker(production, ledger=ledger)
    with pytest.raises(Crash):
        await victim.submit(order)
    successor = await shop.worker(production)
    await successor.submit(order)
    assert successor.clock.slept
    assert await shop.outcomes(order.call_key) == ["absent", "accepted"]


async def test_one_job_cannot_be_two_orders(worker: Worker, shop: Shop, production: str) -> None:
    """A provider that answers with somebody else's job: parked, because something may be running."""
    await worker.submit(an_order(production, item="1A"))

    async def mixed_up(*_: Any, **__: Any) -> str:
        return "job-1"

    worker.engine.submit = mixed_up  # type: ignore[method-assign]
    other = an_order(production, item="1B")
    with pytest.raises(OrderParked) as caught:
        await worker.submit(other)
    assert "belongs to another order" in caught.value.details["reason"]


async def test_a_database_that_blinks_loses_no_id(shop: Shop, production: str) -> None:
    ledger = BlinksOnAccept(shop.database)
    worker = await shop.worker(production, ledger=ledger)
    order = an_order(production)
    assert (await worker.submit(order)).external_id == "job-1"
    assert ledger.blinks == 0
    assert len(worker.clock.slept) == 2


class BlinksOnAccept(Ledger):
    """Down twice, just when the id is to be stored."""

    blinks = 2

    async def accept(self, row: OrderRow, external_id: str, *, epoch: int) -> OrderRow | None:
        if self.blinks:
            self.blinks -= 1
            raise DatabaseDown
        return await super().accept(row, external_id, epoch=epoch)


async def test_a_bug_of_ours_stops_and_is_looked_into_later(
    worker: Worker, shop: Shop, production: str
) -> None:
    """Nobody knows whether the request left: it stays to be reconciled, and is not sent blindly."""
    order = an_order(production)
    worker.engine.troubles = ["internal"]
    with pytest.raises(ProviderFailed):
        await worker.submit(order)
    assert (await shop.row(order.call_key))["state"] == "intent"
    await worker.submit(order)
    assert await shop.outcomes(order.call_key) == ["absent", "accepted"]
